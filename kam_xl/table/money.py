"""A column of amounts: numbers and texts into floats, with the marks that may be read in two ways decided together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from math import isfinite, isnan
from typing import NamedTuple

from kam_xl.locale import Text
from kam_xl.table.cells import Cell, UnreadableError, quoted, refuse_error
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.matching import Unit
from kam_xl.table.numbers import Number, read_number

_REMEDY = Text("Enter a number or leave the cell blank; the value counts as unknown.")
_MADE_A_DATE = Text(
    "Excel may have made a date of a number such as 1.5: format the cell as a number and enter it again."
)


# No amount is as large, but account numbers are, which slip into a column of amounts.
_TOO_LARGE = 1e18


class Amounts(NamedTuple):
    """A column's amounts, what is wrong in it, and the currencies that its cells name."""

    values: list[float | None]
    remarks: list[Remark]
    currencies: frozenset[str]


def read_money(values: Sequence[Cell], column: int, unit: Unit, decimal: str = ".") -> Amounts:
    """Amounts of one column, None where unknown or unreadable.

    A text such as "1,234" has two readings. Other texts of the column decide ("12,5" proves a decimal comma); without
    them several such texts are thousands, unless the header names a unit such as "млн"; a single one is read with
    `decimal`, the decimal mark of the table's language. Whatever was decided without proof is remarked.

    >>> read_money([12.0, "1,234", "12,5", ""], 0, Unit(None, None, None)).values
    [12.0, 1.234, 12.5, None]
    """
    read: list[float | None] = [value if value.__class__ is float else None for value in values]
    texts: dict[int, Number] = {}
    remarks: list[Remark] = []
    for row, value in enumerate(values):
        if value.__class__ is float or value is None or value == "":
            continue
        try:
            number = _number(refuse_error(value), unit)
        except UnreadableError as why:
            remarks.append(why.remark(row, column, value))
            continue
        read[row] = number.value
        texts[row] = number
    remarks += _settle_unclear(read, texts, values, column, unit, decimal)
    remarks += _refuse_too_large(read, values, column)
    return Amounts(read, remarks, frozenset(number.currency for number in texts.values()) - {""})


def _number(value: Cell, unit: Unit) -> Number:
    if not isinstance(value, str):
        return _from_other(value)
    number = read_number(value)
    if number is None:
        raise _no_amount(Text("{value} is not a number.", value=quoted(value)))
    if number.percent:
        raise _no_amount(Text("{value} is a percentage, not an amount.", value=quoted(value)))
    if number.scaled and (unit.scale or 1) > 1:
        raise _no_amount(Text("{value} names a unit, and so does the header of the column.", value=quoted(value)))
    return number


def _from_other(value: Cell) -> Number:
    if isinstance(value, bool):
        raise _no_amount(Text("{value} is a yes or no, not an amount.", value=quoted(value)))
    if isinstance(value, (date, time, timedelta)):
        raise _no_amount(Text("{value} is a date, not an amount.", value=quoted(value)), _MADE_A_DATE)
    return Number(float(value))


def _no_amount(message: Text, remedy: Text = _REMEDY) -> UnreadableError:
    return UnreadableError("not-a-number", message, remedy)


def _refuse_too_large(read: list[float | None], values: Sequence[Cell], column: int) -> list[Remark]:
    remarks = []
    for row in [row for row, amount in enumerate(read) if amount is not None and not -_TOO_LARGE < amount < _TOO_LARGE]:
        message = Text("{value} is too large to be an amount.", value=quoted(values[row]))
        if isnan(read[row] or 0.0):
            message = Text("{value} is not a number.", value=quoted(values[row]))
        value = values[row] if isfinite(read[row] or 0.0) else str(values[row])  # no sheet can show it otherwise
        remarks.append(_no_amount(message).remark(row, column, value))
        read[row] = None
    return remarks


def _settle_unclear(
    read: list[float | None], texts: dict[int, Number], values: Sequence[Cell], column: int, unit: Unit, decimal: str
) -> list[Remark]:
    unclear = {row: number for row, number in texts.items() if number.unclear}
    if not unclear:
        return []
    proven = {number.decimal for number in texts.values()} - {""}
    several = len({number.value for number in unclear.values()}) > 1 and (unit.scale or 1) == 1
    mark = next(iter(proven)) if len(proven) == 1 else "" if several else decimal
    for row, number in unclear.items():
        if number.unclear == mark and number.value is not None:
            read[row] = number.value / 1000
    if len(proven) == 1:
        return []
    first, number = next(iter(unclear.items()))
    return [_decided(first, column, values[first], number.unclear == mark, "note" if several else "warning")]


def _decided(row: int, column: int, value: Cell, decimal: bool, grade: Grade) -> Remark:
    if decimal:
        message = Text("{value} can be read in two ways: its mark is taken for a decimal mark.", value=quoted(value))
    else:
        message = Text("{value} can be read in two ways: its mark is taken to separate thousands.", value=quoted(value))
    remedy = Text("Format the column as numbers instead of text.")
    return Remark(row, column, "ambiguous-number", grade, message, value, remedy)
