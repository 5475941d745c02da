"""Texts for people: kept as a message with its values, put into words where they are shown.

English is the language of the messages themselves; other languages are gettext catalogues beside this file.
Standard library only, so that every host's own Python can import it.
"""

from __future__ import annotations

import gettext
import locale
import math
import string
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from pathlib import Path

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

__all__ = [
    "LANGUAGES",
    "Beside",
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
        values = self.values
        if self.plural:
            count = values["n"]
            pieces = _plural_pieces(self.message, self.plural, count if isinstance(count, int) else 0, lang)
        else:
            pieces = _pieces(self.message, self.context, lang)
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

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._parts() == other._parts()

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


class Beside(float):
    """A number that is compared with others in one sentence: shown with enough decimals to tell them apart.

    A rounding never makes a sentence false: 349,999.6 is not said to be "below 350,000" as 350,000.

    >>> Text("{a:money} is below {b:money}", a=Beside(349_999.6, 350_000), b=Beside(350_000, 349_999.6))
    Text('349,999.6 is below 350,000')
    """

    others: tuple[float, ...]

    def __new__(cls, value: float, *others: float | None) -> Beside:
        number = float.__new__(cls, value)
        number.others = tuple([other for other in others if other is not None])
        return number


def beside(value: float, kind: str, *others: float | None) -> float:
    """A number shown as `kind` beside others: `Beside` where another is so near that both could look the same.

    >>> type(beside(0.2, "share", 0.2001)).__name__, type(beside(0.2, "share", 0.5, None)).__name__
    ('Beside', 'float')
    """
    far = _FAR[kind]
    for other in others:
        if other is not None and -far < other - value < far:
            return Beside(value, *others)
    return value


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


_Pieces = str | tuple[tuple[str, str | None, str, "Callable[..., str] | None"], ...]
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
    return tuple((literal, name, kind or "", _NUMBERS.get(kind or "")) for literal, name, kind, _ in fields)


def _written(value: object, kind: str, lang: str) -> str:
    if value.__class__ is str and not kind:
        return value
    if isinstance(value, (Text, Quoted)):
        return value.render(lang)
    if isinstance(value, Beside) and kind in _NUMBERS:
        return _apart(value, kind, lang)
    if isinstance(value, (list, tuple)):
        return ", ".join([_written(item, kind, lang) for item in value])
    if isinstance(value, date):
        return _day(value, lang)
    if isinstance(value, (int, float)) and kind in _NUMBERS:
        return _NUMBERS[kind](value, lang)
    return format(value, kind)


@lru_cache(4096)
def _day(value: date, lang: str) -> str:
    return value.strftime(language_named(lang).date_format)


def _apart(value: Beside, kind: str, lang: str) -> str:
    show, far = _NUMBERS[kind], _FAR.get(kind, math.inf)
    text, number = show(value, lang), float(value)
    near = [other for other in value.others if -far < other - number < far]
    close = [other for other in near if not math.isclose(other, number)] if near else near
    least = 0
    while close and least < _MOST and any(show(other, lang, least) == text for other in close):
        least += 1
        text = show(value, lang, least)
    return text


def _number(value: float, lang: str, decimals: int = 2) -> str:
    if not math.isfinite(value):
        return str(value)
    digits = format(_rounded(abs(value), decimals), _FORMATS[decimals])
    if decimals:
        digits = digits.rstrip("0").rstrip(".")
    thousands, decimal = _marks(lang)
    if thousands != "," or decimal != ".":
        whole, point, rest = digits.partition(".")
        digits = whole.replace(",", thousands) + (decimal + rest if point else "")
    return f"\N{MINUS SIGN}{digits}" if value < 0 and digits != "0" else digits


@cache
def _marks(lang: str) -> tuple[str, str]:
    """The marks that a language writes between thousands and before decimals."""
    record = language_named(lang)
    return record.thousands_mark, record.decimal_mark


def _rounded(value: float, decimals: int) -> float | Decimal:
    # Halves go up and 15 digits count, as in a spreadsheet: beside a cell with 6.3 % a text must not say 6.2 %.
    scaled = value * 10**decimals
    if scaled < _SURE and abs(scaled % 1 - 0.5) > 1e-5:  # far from a half: however it is rounded, it is the same
        return value
    number = Decimal(format(value, ".15g"))
    return number if value >= 1e15 else number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


_MOST = 9  # decimals that tell numbers apart
_FORMATS = [f",.{decimals}f" for decimals in range(_MOST + 1)]
_SURE = 1e9  # up to here the 15th digit is far behind what decides
# Each shows a number with at least so many decimals, zeros at the end left out. Sentences about one client, and about
# bounds, repeat their numbers.


@lru_cache(4096)
def _money(value: float, lang: str, least: int = 0) -> str:
    # Kopecks matter on small amounts only.
    return _number(value, lang, max(2 if abs(value) < 1000 else 0, least))


def _count(value: float, lang: str, least: int = 0) -> str:
    return _number(value, lang, least)


@lru_cache(4096)
def _plain(value: float, lang: str, least: int = 0) -> str:
    return _number(value, lang, max(2, least))


@lru_cache(4096)
def _share(value: float, lang: str, least: int = 0) -> str:
    # In per cent with one decimal, as in the cells. What would read as 0 is shown whole where it has two digits, as a
    # bound of the user's has, else as less than what one decimal can show.
    percent = value * 100
    tiny = 0 < abs(percent) < 0.051 and _rounded(abs(percent), 1) < 0.05
    decimals = min(6, 1 - math.floor(math.log10(abs(percent)))) if tiny else 1
    is_less = tiny and percent > 0 and least <= 1 and not math.isclose(percent, round(percent, decimals))
    number = f"<{_number(0.1, lang, 1)}" if is_less else _number(percent, lang, max(decimals, least))
    return number + language_named(lang).percent_sign


_NUMBERS: Mapping[str, Callable[..., str]] = {"money": _money, "count": _count, "share": _share, "number": _plain}
_FAR = {"money": 1.01, "share": 0.0011}
"""How far apart two numbers differ however they are rounded."""


def joined(texts: Sequence[Text], separator: str = "; ", lang: str = "en") -> str:
    """Several texts in one string."""
    return separator.join(text.render(lang) for text in texts)
