"""Texts for people: kept as a message with its values, put into words where they are shown.

English is the language of the messages themselves; other languages are gettext catalogues beside this file.
Standard library only, so that every host's own Python can import it.
"""

from __future__ import annotations

import gettext
import locale
import math
import os
import string
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "ru")

# Decimal mark and thousands separator (a no-break space, so that an amount is never torn apart at a line's end).
_MARKS = {"en": (".", ","), "ru": (",", "\N{NO-BREAK SPACE}")}


_host = ""


def speak(lang: str) -> None:
    """Take the language of the program in whose process we run for the system's."""
    global _host
    _host = lang if lang in LANGUAGES else "en"


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of the person's system, English where it is not one of ours.

    >>> system_language({"LANG": "ru_RU.UTF-8"})
    'ru'
    >>> system_language({"LC_ALL": "C", "LANG": "ru_RU.UTF-8"})
    'en'
    """
    if _host and environment is os.environ:
        return _host
    named = next((environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)), "")
    if not named and environment is os.environ:
        named = locale.getlocale()[0] or ""  # Windows sets no variables
    return "ru" if named.lower().startswith(("ru", "russian")) else "en"


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang == "en":
        return gettext.NullTranslations()
    return gettext.translation("kam_xl", Path(__file__).parent, languages=[lang])


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
        catalogue = _catalogue(lang)
        if self.plural:
            count = self.values["n"]
            message = catalogue.ngettext(self.message, self.plural, count if isinstance(count, int) else 0)
        elif self.context:
            message = catalogue.pgettext(self.context, self.message)
        else:
            message = catalogue.gettext(self.message) if self.message else ""
        return _Formatter(lang).vformat(message, (), self.values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._parts() == other._parts()

    def _parts(self) -> tuple[object, ...]:
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
    """A text whose translation depends on what it is said of.

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
    return "" if value is None else _Formatter(lang).format_field(value, kind)


class _Formatter(string.Formatter):
    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, Text):
            return value.render(self.lang)
        if isinstance(value, (list, tuple)):
            return ", ".join(self.format_field(item, format_spec) for item in value)
        if isinstance(value, date):
            return value.strftime("%d.%m.%Y" if self.lang == "ru" else "%Y-%m-%d")
        if isinstance(value, (int, float)) and format_spec in _NUMBERS:
            return _NUMBERS[format_spec](value, self.lang)
        return str(super().format_field(value, format_spec))


def _number(value: float, lang: str, decimals: int = 2) -> str:
    if not math.isfinite(value):
        return str(value)
    decimal, thousands = _MARKS[lang]
    whole, _, fraction = f"{_rounded(abs(value), decimals):,.{decimals}f}".partition(".")
    fraction = fraction.rstrip("0")
    digits = whole.replace(",", thousands) + (decimal + fraction if fraction else "")
    return ("\N{MINUS SIGN}" if value < 0 and digits.strip("0.,") else "") + digits


def _rounded(value: float, decimals: int) -> Decimal:
    # Halves go up and 15 digits count, as in a spreadsheet: beside a cell with 6.3 % a text must not say 6.2 %.
    number = Decimal(format(value, ".15g"))
    return number if value >= 1e15 else number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _money(value: float, lang: str) -> str:
    # Kopecks matter on small amounts only.
    return _number(value, lang, 2 if abs(value) < 1000 else 0)


def _count(value: float, lang: str) -> str:
    return _number(value, lang, 0)


def _share(value: float, lang: str) -> str:
    # In per cent with one decimal; with more where a small share would read as 0, or 19.99 % as the bound of 20 %.
    percent = value * 100
    decimals = 1 if abs(percent) >= 1 or not percent else min(6, 1 - math.floor(math.log10(abs(percent))))
    while decimals < 4 and 1e-9 < abs(percent) % 1 < 1 - 1e-9 and round(percent, decimals) == round(percent):
        decimals += 1
    return _number(percent, lang, decimals) + ("\N{NO-BREAK SPACE}%" if lang == "ru" else "%")


_NUMBERS = {"money": _money, "count": _count, "share": _share, "number": _number}


def joined(texts: Sequence[Text], separator: str = "; ", lang: str = "en") -> str:
    """Several texts in one string."""
    return separator.join(text.render(lang) for text in texts)
