"""Texts for people: kept as a message with its values, put into words where they are shown.

English is the language of the messages themselves; other languages are gettext catalogues beside this file.
Standard library only, so that every host's own Python can import it.
"""

from __future__ import annotations

import gettext
import locale
import string
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kam_xl.locale.languages import (
    LANGUAGES,
    code_of,
    language_named,
    language_of_headers,
    language_of_texts,
    next_language,
    system_language,
    use_host_language,
)
from kam_xl.locale.numbers import NUMBERS, Beside, apart, beside

__all__ = [
    "LANGUAGES",
    "OPEN",
    "Beside",
    "Form",
    "Repeated",
    "Text",
    "beside",
    "code_of",
    "in_context",
    "joined",
    "language_named",
    "language_of_headers",
    "language_of_texts",
    "next_language",
    "plural",
    "shown",
    "system_encoding",
    "system_language",
    "use_host_language",
]


def system_encoding() -> str:
    """The encoding of other programs' texts without a mark; on Windows its code page, even in UTF-8 mode."""
    if sys.platform == "win32":
        import ctypes

        return f"cp{ctypes.windll.kernel32.GetACP()}"
    return locale.getpreferredencoding(False)


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang == LANGUAGES[0]:
        return gettext.NullTranslations()
    try:
        return gettext.translation("kam_xl", Path(__file__).parent, languages=[language_named(lang).code])
    except FileNotFoundError as error:
        place = f"kam_xl/locale/{lang}/LC_MESSAGES/kam_xl.mo"
        raise FileNotFoundError(f"{place} is missing: python -m kam_xl.locale.catalogue makes it") from error


class Text:
    """A message and its values, not yet in any language.

    The message is a format string; besides Python's own formats its fields know ``money``, ``count`` (whole number),
    ``share`` (a fraction shown in per cent), ``number`` and ``date``. Values may themselves be texts, or lists of
    texts, which are joined by commas. `plural` makes a text that depends on a number.

    Examples
    --------
    >>> text = Text("penetration {share:share} of {budget:money}", share=0.125, budget=1234567.8)
    >>> text.render("en")
    'penetration 12.5% of 1,234,568'
    """

    __slots__ = ("context", "message", "plural", "values")

    def __init__(self, message: str, /, **values: object) -> None:
        self.message, self.plural, self.context, self.values = message, "", "", values

    def render(self, lang: str = "en") -> str:
        """The text in words.

        >>> Text("Share: {x:share}", x=0.5).render("en")
        'Share: 50%'
        """
        pieces, values = self._in(lang), self.values
        if isinstance(pieces, str):
            return pieces
        text = ""
        for literal, name, kind, number in pieces:
            if name is None:
                text += literal
                continue
            value = values[name]
            what = value.__class__  # the most frequent ones first
            if number is not None and what is float:
                text += literal + number(value, lang)
            elif isinstance(value, Text):
                text += literal + value.render(lang)
            else:
                text += literal + _written(value, kind, lang)
        return text

    def _in(self, lang: str) -> _Pieces:
        if self.plural:
            count = self.values["n"]
            return _plural_pieces(self.message, self.plural, count if isinstance(count, int) else 0, lang)
        return _pieces(self.message, self.context, lang)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.message == other.message and self._parts() == other._parts()

    def _parts(self) -> tuple[str, str, str, dict[str, object]]:
        return self.message, self.plural, self.context, self.values

    def __hash__(self) -> int:
        return hash(self.message)

    def __repr__(self) -> str:
        return f"Text({self.render()!r})"


def plural(one: str, many: str, /, **values: object) -> Text:
    """A text in two forms (more in other languages), picked by the value named `n`.

    >>> plural("{n} client", "{n} clients", n=3).render("en")
    '3 clients'
    """
    text = Text(one, **values)
    text.plural = many
    return text


def in_context(context: str, message: str, /, **values: object) -> Text:
    """A text whose translation depends on what it is about.

    >>> in_context("position", "Medium").render("ru"), in_context("potential", "Medium").render("ru")
    ('Средняя', 'Средний')
    """
    text = Text(message, **values)
    text.context = context
    return text


def shown(value: object, kind: str, lang: str) -> str:
    """A bare value as people of the language write it; unknown is blank. Kinds: see `Text`.

    >>> shown(0.125, "share", "en"), shown(None, "money", "en")
    ('12.5%', '')
    """
    return "" if value is None else _written(value, kind, lang)


class Repeated(Text):
    """A text that many others hold, such as a bound: put into words once for each language.

    >>> Repeated(Text("{bound:share}", bound=0.2)).render("en")
    '20%'
    """

    __slots__ = ("_rendered",)

    def __init__(self, text: Text) -> None:
        self.message, self.plural, self.context, self.values = text._parts()
        self._rendered: dict[str, str] = {}

    def render(self, lang: str = "en") -> str:
        """The text in words."""
        text = self._rendered.get(lang)
        if text is None:
            text = self._rendered[lang] = super().render(lang)
        return text


OPEN: Any = object()
"""A value that is not known yet; see `Form`."""


class Form:
    """A text with open values: what it says beside them is put into words once for each language.

    So many sentences that differ in their numbers only take a fraction of the time. The open values have the names of
    their fields, also of those within texts that are values themselves.

    Examples
    --------
    >>> measure = Text("penetration {index:share}", index=OPEN)
    >>> form = Form(Text("{client}: {measure}.", client="Nordwerk", measure=measure))
    >>> form.filled(index=0.125)
    Text('Nordwerk: penetration 12.5%.')
    """

    __slots__ = ("_known", "text")

    def __init__(self, text: Text) -> None:
        self.text, self._known = text, dict[str, _Pieces]()

    def filled(self, **values: object) -> Text:
        """The text with its open values."""
        return _Filled(self, values)

    def pieces(self, lang: str) -> _Pieces:
        """It in a language, taken apart."""
        pieces = self._known.get(lang)
        if pieces is None:
            pieces = self._known[lang] = tuple(_joined_literals(_open_pieces(self.text, lang)))
        return pieces


class _Filled(Text):
    __slots__ = ("_form",)

    def __init__(self, form: Form, values: dict[str, object]) -> None:
        self._form, self.message, self.values = form, form.text.message, values

    def _in(self, lang: str) -> _Pieces:
        return self._form.pieces(lang)

    def _parts(self) -> tuple[str, str, str, dict[str, object]]:
        return _closed(self._form.text, self.values)._parts()


def _closed(text: Text, known: Mapping[str, object]) -> Text:
    """A text with its open values filled in."""
    closed = Text(text.message)
    closed.plural, closed.context = text.plural, text.context
    for name, value in text.values.items():
        filled = _closed(value, known) if isinstance(value, Text) else value
        closed.values[name] = known[name] if value is OPEN else filled
    return closed


def _open_pieces(text: Text, lang: str) -> Iterator[_Piece]:
    """The pieces of a text and of those within it; only open values are still fields."""
    pieces = text._in(lang)
    for literal, name, kind, number in ((pieces, None, "", None),) if isinstance(pieces, str) else pieces:
        value = None if name is None else text.values[name]
        if name is None or value is OPEN:
            yield literal, name, kind, number
        elif isinstance(value, Text):
            yield literal, None, "", None
            yield from _open_pieces(value, lang)
        else:
            yield literal + _written(value, kind, lang), None, "", None


def _joined_literals(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    before = ""
    for literal, name, kind, number in pieces:
        before += literal
        if name is not None:
            yield before, name, kind, number
            before = ""
    if before:
        yield before, None, "", None


class Quoted(str):
    """A name or a value of the user's, in the quotation marks of the language in which it is told.

    >>> told = Text("{name} is a total", name=Quoted("Sum"))
    >>> told.render("en"), told.render("ru"), str(Quoted("Sum"))
    ('"Sum" is a total', '«Sum» is a total', '"Sum"')
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Quoted:
        return super().__new__(cls, "{0}{2}{1}".format(*language_named(LANGUAGES[0]).quotation_marks, text))

    def render(self, lang: str) -> str:
        """It in the marks of a language."""
        return "{0}{2}{1}".format(*language_named(lang).quotation_marks, self[1:-1])


_Piece = tuple[str, str | None, str, "Callable[..., str] | None"]
_Pieces = str | tuple[_Piece, ...]
"""A message in a language, taken apart: literals, each with the field behind it, how that is shown, and what shows a
number so. One without fields is a text as it is."""


@lru_cache(4096)
def _pieces(message: str, context: str, lang: str) -> _Pieces:
    catalogue = _catalogue(lang)
    if context:
        return _taken_apart(catalogue.pgettext(context, message))
    return _taken_apart(catalogue.gettext(message)) if message else ""


@lru_cache(4096)
def _plural_pieces(one: str, many: str, count: int, lang: str) -> _Pieces:
    return _taken_apart(_catalogue(lang).ngettext(one, many, count))


def _taken_apart(message: str) -> _Pieces:
    if "{" not in message and "}" not in message:
        return message
    fields = string.Formatter().parse(message)
    return tuple((literal, name, kind or "", NUMBERS.get(kind or "")) for literal, name, kind, _ in fields)


def _written(value: object, kind: str, lang: str) -> str:
    if not kind:
        if value.__class__ is str:
            return value
        if value.__class__ is int:
            return str(value)
    if isinstance(value, (Text, Quoted)):
        return value.render(lang)
    if isinstance(value, Beside) and kind in NUMBERS:
        return apart(value, kind, lang)
    if isinstance(value, (list, tuple)):
        return ", ".join([_written(item, kind, lang) for item in value])
    if isinstance(value, date):
        return _day(value, lang)
    if isinstance(value, (int, float)) and kind in NUMBERS:
        return NUMBERS[kind](value, lang)
    return format(value, kind)


@lru_cache(4096)
def _day(value: date, lang: str) -> str:
    return value.strftime(language_named(lang).date_format)


def joined(texts: Sequence[Text], separator: str = "; ", lang: str = "en") -> str:
    """Several texts in one string."""
    return separator.join(text.render(lang) for text in texts)
