"""What a column holds, judged by its first filled cells: numbers, amounts, shares, damaged ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from kam_xl.locale import Text
from kam_xl.table.finding import Remark
from kam_xl.table.values.cells import Cell, UnreadableError, quoted
from kam_xl.table.values.numbers import ERRORS, PLAIN_NUMBER, WrittenNumber, ends_of, is_range, read_number
from kam_xl.table.values.shown import Shown, ShownNumber

# So many filled cells show what a column holds.
_SAMPLE = 400
_NO_AMOUNT = UnreadableError("not-a-number", Text(""), Text(""))


class Values:
    """The first filled cells of a column."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = cells

    @cached_property
    def filled(self) -> list[Cell]:
        """Neither blank nor an error of the spreadsheet, which says nothing about its column."""
        known = (cell for cell in self._cells if cell is not None and cell != "" and not _is_error(cell))
        return list(islice(known, _SAMPLE))

    @cached_property
    def numbers(self) -> list[WrittenNumber]:
        """Those that are numbers."""
        return [number for cell in self.filled if (number := as_number(cell)) and number.value is not None]

    @property
    def are_numbers(self) -> bool:
        """Whether most of those that are not marked as unknown are."""
        return bool(self.filled) and len(self.numbers) * 2 > len(self.filled) - self._unknown

    @property
    def _unknown(self) -> int:
        """How many are marked as unknown."""
        return sum(number is not None and number.value is None for number in map(as_number, self.filled))

    def are_amounts(self, *, named: bool) -> bool:
        """Whether most are amounts, not per cent; small ones only where a currency is `named`."""
        amounts = [number.value or 0.0 for number in self.numbers if not number.percent]
        amounts += [_end_of(cell) for cell in self.filled if isinstance(cell, str) and ends_of(cell)]
        money = named or any(amount > 3 for amount in amounts)
        return bool(amounts) and len(amounts) * 2 > len(self.filled) - self._unknown and money

    def unreadable(self, parse: Callable[[Cell], Any]) -> list[Cell]:
        """The cells that a parser refuses."""
        return [cell for cell in self.filled if not _readable(cell, parse)]

    def mostly_unreadable(self, parse: Callable[[Cell], Any]) -> list[Cell]:
        """The cells that a parser refuses, where they are more than half; of two cells both."""
        wrong = self.unreadable(parse)
        few = len(self.filled) < 3 and len(wrong) < max(2, len(self.filled))
        return [] if few or len(wrong) * 2 <= len(self.filled) else wrong


def _end_of(cell: str) -> float:
    """The highest amount that a range names."""
    return max((value_of(end) or 0.0 for end in ends_of(cell) or () if end), default=0.0)


def as_number(cell: Cell) -> WrittenNumber | None:
    """The number that a cell holds or says; None where it says none."""
    if cell.__class__ is float:
        return WrittenNumber(cell)
    if isinstance(cell, bool):
        return None
    if isinstance(cell, ShownNumber):
        return WrittenNumber(float(cell), percent=cell.shown.percent, currency=cell.shown.currency)
    if isinstance(cell, int):
        return WrittenNumber(float(cell))
    return read_number(cell) if isinstance(cell, str) else None


def value_of(cell: Cell) -> float | None:
    """The value of a cell, where it is a number."""
    number = as_number(cell)
    return None if number is None else number.value


def with_currency(value: Cell, text: Cell) -> Cell:
    """A value that was read from a text, shown in the currency that the text names."""
    is_named = isinstance(text, str) and isinstance(value, float) and not PLAIN_NUMBER.fullmatch(text)
    number = as_number(text) if is_named else None
    return ShownNumber(value, Shown(currency=number.currency)) if number and number.currency else value


def is_in_percent(cell: Cell) -> bool:
    """Whether a cell is a number in per cent: "30%", or 0.3 shown so."""
    number = as_number(cell)
    return number is not None and number.percent


def currencies_in(cells: Sequence[Cell]) -> set[str]:
    """The currencies that the texts of a column name, and the formats of its numbers.

    >>> currencies_in([5.0, "$ 5"])
    {'USD'}
    """
    texts = {cell for cell in cells if cell.__class__ is str}
    formats = {cell.shown.currency for cell in cells if cell.__class__ is ShownNumber}
    return ({number.currency for text in texts if (number := read_number(text))} | formats) - {""}


_UNCLEAR_SHARE = Text("{value} may be a percentage or a share.")
_UNCLEAR_SHARE_REMEDY = Text("Write all shares of the column in one way, such as 40%.")


class Shares(NamedTuple):
    """Shares as fractions, and the rows of those that may be per cent or a fraction, which are unknown."""

    values: list[float | None]
    unclear: list[int]


def shares(cells: Sequence[Cell]) -> Shares:
    """Shares as fractions: "35%", 0.35 shown as 35%, 0.35, or 35 where any value is above 1.

    >>> shares(["35%", ""]), shares([35.0, 0.5])
    (Shares(values=[0.35, None], unclear=[]), Shares(values=[0.35, None], unclear=[1]))
    """
    numbers = [number if number and number.value is not None else None for number in map(as_number, cells)]
    plain = [number.value or 0.0 for number in numbers if number and not number.percent]
    in_percent = any(value > 1 for value in plain)
    below = 1 if any(0 < value < 1 for value in plain) else 0  # beside 0.4 one is a whole, or a hundredth
    values: list[float | None] = []
    unclear: list[int] = []
    for row, number in enumerate(numbers):
        value = number and number.value
        if number and value and in_percent and not number.percent:
            is_unclear = 0 < value <= below
            unclear += [row] if is_unclear else []
            value = None if is_unclear else value / 100
        values.append(value)
    return Shares(values, unclear)


def unclear_share(row: int, column: int, cell: Cell) -> Remark:
    """The error for a cell of which `shares` does not know whether it is per cent or a fraction."""
    message = Text(_UNCLEAR_SHARE.message, value=quoted(cell))
    return Remark(row, column, "share-unclear", "error", message, cell, _UNCLEAR_SHARE_REMEDY)


def read_amount(cell: Cell) -> None:
    """Refuse what is not an amount; a range of amounts is told cell by cell later.

    Raises
    ------
    UnreadableError
    """
    number = as_number(cell)
    if (number is None and not is_range(str(cell))) or (number is not None and number.percent):
        raise _NO_AMOUNT


def is_damaged(text: str) -> bool:
    """Whether an id is what a spreadsheet makes of a long number.

    >>> is_damaged("7,70708E+09"), is_damaged("E+9")
    (True, False)
    """
    mantissa, mark, exponent = text.strip().casefold().partition("e+")
    return bool(mark) and exponent.isdigit() and mantissa.replace(",", "").replace(".", "").isdigit()


def _is_error(cell: Cell) -> bool:
    return cell.__class__ is str and cell[:1] == "#" and cell.upper() in ERRORS


def _readable(cell: Cell, parse: Callable[[Cell], Any]) -> bool:
    try:
        parse(cell)
    except UnreadableError:
        return False
    return True
