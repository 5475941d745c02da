"""What the number format of a cell says of its number: a percentage, in what currency, shown in thousands."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kam_xl.table.words.vocabulary import CELL_CURRENCIES

# The parts of a code: a text in quotes, a single letter as it stands, a condition, a colour or a currency, a gap.
_TEXT = re.compile(r'"([^"]*)"?|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].')
_SCALED = re.compile(r"[0#?](,+)(?![,0#?])")
_WORD = re.compile(r"[^\W\d_]+|[$€£₽₸¥₹₴₺]")


class Shown(NamedTuple):
    """How a number is shown: as a percentage, divided by a scale, in a currency, which is blank where it names none."""

    percent: bool = False
    scale: float = 1.0
    currency: str = ""


_AS_IT_IS = Shown()


class ShownNumber(float):
    """A number whose format says more of it than its digits.

    >>> number = ShownNumber(0.4, Shown(percent=True))
    >>> number, number.shown.percent
    (0.4, True)
    """

    __slots__ = ("shown",)

    def __new__(cls, value: float, shown: Shown) -> ShownNumber:
        """The number, and how it is shown."""
        number = super().__new__(cls, value)
        number.shown = shown
        return number

    shown: Shown


def plain(cell: object) -> object:
    """A cell without what its format says."""
    return float(cell) if cell.__class__ is ShownNumber else cell


def currency_of(cell: object) -> str:
    """The currency that a number is shown in; blank where it is none."""
    return cell.shown.currency if isinstance(cell, ShownNumber) else ""


def format_in(currency: str) -> str:
    """The number format of amounts in a currency.

    >>> shown_by(format_in("EUR")).currency
    'EUR'
    """
    return f'#,##0.00 "{currency}"'


@lru_cache
def shown_by(code: str) -> Shown | None:
    """What a number format says, by its section for positive numbers; None where it shows numbers as they are.

    >>> shown_by('#,##0.00\\\\ "₽"'), shown_by("0.0%")
    (Shown(percent=False, scale=1.0, currency='RUB'), Shown(percent=True, scale=1.0, currency=''))
    >>> shown_by("#,##0,"), shown_by("[$€-2] #,##0"), shown_by('#,##0" pcs; boxes"'), shown_by("dd.mm.yyyy")
    (Shown(percent=False, scale=1000.0, currency=''), Shown(percent=False, scale=1.0, currency='EUR'), None, None)
    """
    texts: list[str] = []

    def text(match: re.Match[str]) -> str:
        texts.append(next(filter(None, match.groups()), ""))
        return "\0"

    plain = _TEXT.sub(text, code).split(";")[0]
    texts = texts[: plain.count("\0")]
    spoken = _WORD.findall(" ".join((*texts, "".join(texts), plain)).casefold())
    currency = next((CELL_CURRENCIES[word] for word in spoken if word in CELL_CURRENCIES), "")
    scaled = _SCALED.search(plain)
    shown = Shown("%" in plain, 1000.0 ** len(scaled[1]) if scaled else 1.0, currency)
    return None if shown == _AS_IT_IS or not re.search("[0#?]", plain) else shown
