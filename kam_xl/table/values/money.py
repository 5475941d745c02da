"""A column of amounts: numbers and texts into floats, with the marks that may be read in two ways decided together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from math import isfinite, isnan
from typing import NamedTuple

from kam_xl.locale import Text
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.values.cells import Cell, UnreadableError, quoted, refuse_error
from kam_xl.table.values.numbers import PLAIN_NUMBER, WrittenNumber, is_range, read_number
from kam_xl.table.values.shown import Shown, ShownNumber
from kam_xl.table.values.text_columns import TextColumn
from kam_xl.table.words.matching import Unit

_REMEDY = Text("Enter a number or leave the cell blank; the value counts as unknown.")
_RANGE = Text("Enter one amount; the ends of a range have columns of their own: budget low and budget high.")
_MADE_A_DATE = Text(
    "Excel may have turned a number such as 1.5 into a date: format the cell as a number and enter it again."
)
_NO_SIDES = Text("Give a column of what was sold to each client, as plain amounts.")
_SHAPE = str.maketrans("123456789", "0" * 9)
# What needs no reading.
_PLAIN = {float, type(None)}
# "100.00 Cr" is a credit where other rows are debits, and ten millions where none is.
_DEBIT = re.compile(r"\d\s*(?:dr|дт)\.?\s*$", re.IGNORECASE)
_SIDE = re.compile(r"\d\s*(?:dr|cr|дт|кт)\.?\s*$", re.IGNORECASE)
# No amount is as large, but account numbers are, which slip into a column of amounts.
_TOO_LARGE = 1e18


class Amounts(NamedTuple):
    """A column's amounts, what is wrong in it, and by row the currency that a cell names."""

    values: list[float | None]
    remarks: list[Remark]
    currencies: dict[int, str]


def read_money(
    values: Sequence[Cell],
    column: int,
    unit: Unit,
    decimal: str = ".",
    beside: Sequence[Sequence[Cell]] = (),
    scale: float | None = None,
) -> Amounts:
    """Amounts of one column, None where unknown or unreadable.

    A text such as "1,234" has two readings. Other texts of the column decide ("12,5" proves a decimal comma), and then
    those of the columns `beside`; without them several such texts are thousands, unless the header names a unit such
    as "млн"; a single one is read with `decimal`, the decimal mark of the table's language. Whatever was decided
    without proof is remarked. A cell that names its own unit is that amount, in the unit of the column: its header's,
    or a `scale` that a title gives.

    >>> read_money([12.0, "1,234", "12,5", ""], 0, Unit(None, None, None)).values
    [12.0, 1.234, 12.5, None]
    >>> read_money([900.0, "2,1 млн"], 0, Unit(1000.0, "RUB", None)).values
    [900.0, 2100.0]
    """
    if values and type(values[0]) in _PLAIN and {*map(type, values)} <= _PLAIN:
        plain = list(values)
        return Amounts(plain, _refuse_too_large(plain, values, column), {})
    read, others = _read_plain(values)
    texts: dict[int, WrittenNumber] = {}
    remarks: list[Remark] = []
    sided = any(values[row].__class__ is str and _DEBIT.search(values[row]) for row in others)
    for row in others:
        value = values[row]
        try:
            if sided and value.__class__ is str and _SIDE.search(value):
                raise _no_amount(
                    Text("{value} names a side of an account, not a sign.", value=quoted(value)), _NO_SIDES
                )
            number = _number(refuse_error(value))
        except UnreadableError as why:
            remarks.append(why.remark(row, column, value))
            continue
        read[row] = number.value
        texts[row] = number
    if any(number.unclear for number in texts.values()):
        texts |= _plain_texts(values, read, texts)
        remarks += _settle_unclear(read, texts, values, column, unit, decimal, beside)
    remarks += _of_own_unit(read, texts, values, column, scale or unit.scale or 1.0)
    remarks += _shown_scaled(read, values, others, column, scale or unit.scale or 1.0)
    remarks += _approximate(texts, values, column)
    remarks += _refuse_too_large(read, values, column)
    return Amounts(read, remarks, {row: number.currency for row, number in texts.items() if number.currency})


def _read_plain(values: Sequence[Cell]) -> tuple[list[float | None], list[int]]:
    """The numbers of a column, of its texts those that need no thought, and the rows of all other filled cells."""
    is_plain = PLAIN_NUMBER.fullmatch
    read: list[float | None] = []
    for cells in (piece.cells for piece in values.pieces()) if isinstance(values, TextColumn) else (values,):
        read += (
            _of_lines(cells)
            if isinstance(cells, str)
            else [
                value
                if value.__class__ is float
                else float(value)
                if value.__class__ is str and is_plain(value)
                else None
                for value in cells
            ]
        )
    if None not in read:
        return read, []
    pairs = zip(read, values, strict=True)
    return read, [row for row, (known, cell) in enumerate(pairs) if known is None and cell is not None and cell != ""]


def _of_lines(text: str) -> list[float | None]:
    r"""The plain numbers of a text with a cell a line: thousands of cells have few shapes, which are looked at.

    >>> _of_lines("12.5\nn/a\n-7")
    [12.5, None, -7.0]
    """
    cells, shapes = text.split("\n"), text.translate(_SHAPE).split("\n")
    distinct = {*shapes}
    plain = {shape for shape in distinct if PLAIN_NUMBER.fullmatch(shape)}
    if plain == distinct:
        return [*map(float, cells)]
    return [float(cell) if shape in plain else None for cell, shape in zip(cells, shapes, strict=True)]


def _plain_texts(
    values: Sequence[Cell], read: Sequence[float | None], texts: Mapping[int, WrittenNumber]
) -> dict[int, WrittenNumber]:
    """The texts of `_read_plain`, which may prove how others are meant."""
    return {
        row: number
        for row, value in enumerate(values)
        if value.__class__ is str and row not in texts and read[row] is not None and (number := read_number(value))
    }


def _number(value: Cell) -> WrittenNumber:
    if not isinstance(value, str):
        return _from_other(value)
    number = read_number(value)
    if number is None and is_range(value):
        raise _no_amount(Text("{value} is a range, not an amount.", value=quoted(value)), _RANGE)
    if number is None:
        raise _no_amount(Text("{value} is not a number.", value=quoted(value)))
    if number.percent:
        raise _no_amount(Text("{value} is a percentage, not an amount.", value=quoted(value)))
    return number


def _from_other(value: Cell) -> WrittenNumber:
    if isinstance(value, bool):
        raise _no_amount(Text("{value} is a yes or no, not an amount.", value=quoted(value)))
    if isinstance(value, (date, time, timedelta)):
        raise _no_amount(Text("{value} is a date, not an amount.", value=quoted(value)), _MADE_A_DATE)
    shown = value.shown if isinstance(value, ShownNumber) else Shown()
    if shown.percent:
        percent = quoted(f"{value * 100:.10g}%")
        raise _no_amount(Text("{value} is a percentage, not an amount.", value=percent))
    return WrittenNumber(float(value), currency=shown.currency)


def _no_amount(message: Text, remedy: Text = _REMEDY) -> UnreadableError:
    return UnreadableError("not-a-number", message, remedy)


def _refuse_too_large(read: list[float | None], values: Sequence[Cell], column: int) -> list[Remark]:
    remarks: list[Remark] = []
    if sum(map(abs, filter(None, read))) < _TOO_LARGE:  # as a rule; also false where one is no number
        return remarks
    for row in [row for row, amount in enumerate(read) if amount is not None and not -_TOO_LARGE < amount < _TOO_LARGE]:
        message = Text("{value} is too large to be an amount.", value=quoted(values[row]))
        if isnan(read[row] or 0.0):
            message = Text("{value} is not a number.", value=quoted(values[row]))
        value = values[row] if isfinite(read[row] or 0.0) else str(values[row])  # no sheet can show it otherwise
        remarks.append(_no_amount(message).remark(row, column, value))
        read[row] = None
    return remarks


def _of_own_unit(
    read: list[float | None], texts: Mapping[int, WrittenNumber], values: Sequence[Cell], column: int, scale: float
) -> list[Remark]:
    """Bring amounts that name their own unit to that of the column; one warning for all of them."""
    rows = [row for row, number in texts.items() if number.scaled] if scale != 1 else []
    for row in rows:
        read[row] = None if (value := read[row]) is None else value / scale
    if not rows:
        return []
    value = values[rows[0]]
    message = Text("Amounts that name their own unit, such as {value}, are read by it, not by that of the column.")
    remedy = Text("Write all amounts in the unit of the column.")
    return [Remark(rows[0], column, "own-unit", "warning", Text(message.message, value=quoted(value)), value, remedy)]


def _shown_scaled(
    read: list[float | None], values: Sequence[Cell], rows: Sequence[int], column: int, scale: float
) -> list[Remark]:
    """Forget amounts that their format shows in thousands below a header of thousands: they may be whole ones."""
    scaled = [row for row in rows if isinstance(values[row], ShownNumber) and values[row].shown.scale > 1 and read[row]]
    if scale <= 1 or not scaled:
        return []
    for row in scaled:
        read[row] = None
    first = values[scaled[0]]
    message = Text(
        "The number format shows amounts such as {value} divided by {shown:money}, and they are read in units of "
        "{scale:money}: they may be counted too large, and are unknown.",
        value=quoted(first),
        shown=first.shown.scale,
        scale=scale,
    )
    remedy = Text(
        "Where the cells hold whole amounts, write so into the header; else take the division out of the number format."
    )
    return [Remark(None, column, "shown-divided", "error", message, first, remedy)]


def _approximate(texts: dict[int, WrittenNumber], values: Sequence[Cell], column: int) -> list[Remark]:
    """One note for all amounts of a column that say that they are not exact, or bear a remark."""
    rows = [row for row, number in texts.items() if number.approximate]
    if not rows:
        return []
    message = Text(
        "{count} amounts are approximate or carry a remark, such as {value}; they are read as they are.",
        count=len(rows),
        value=quoted(values[rows[0]]),
    )
    remedy = Text("No action needed; enter exact amounts where they are known.")
    return [Remark(rows[0], column, "approximate-amount", "note", message, values[rows[0]], remedy)]


def _settle_unclear(
    read: list[float | None],
    texts: dict[int, WrittenNumber],
    values: Sequence[Cell],
    column: int,
    unit: Unit,
    decimal: str,
    beside: Sequence[Sequence[Cell]],
) -> list[Remark]:
    unclear = {row: number for row, number in texts.items() if number.unclear}
    others = [number for cells in beside for cell in cells if isinstance(cell, str) and (number := read_number(cell))]
    proven = {number.decimal for number in texts.values()} - {""} or {number.decimal for number in others} - {""}
    known = {number.value for number in (*unclear.values(), *(other for other in others if other.unclear))}
    several = len(known) > 1 and (unit.scale or 1) == 1
    mark = next(iter(proven)) if len(proven) == 1 else "" if several else decimal
    for row, number in unclear.items():
        if number.unclear == mark and number.value is not None:
            read[row] = number.value / 1000
    if len(proven) == 1:
        thousandths = [row for row, number in unclear.items() if number.unclear == mark]
        used = any(mark in str(values[row]) for row in texts.keys() - unclear.keys())  # or only its absence proves it
        if not thousandths or used or len(texts) == len(unclear) or (unit.scale or 1) != 1:
            return []
        return [_decided(thousandths[0], column, values[thousandths[0]], decimal=True, grade="warning")]
    first, number = next(iter(unclear.items()))
    grade: Grade = "note" if several else "warning"
    return [_decided(first, column, values[first], decimal=number.unclear == mark, grade=grade)]


def _decided(row: int, column: int, value: Cell, *, decimal: bool, grade: Grade) -> Remark:
    if decimal:
        message = Text("{value} is ambiguous: its separator was read as a decimal mark.", value=quoted(value))
    else:
        message = Text("{value} is ambiguous: its separator was read as a thousands separator.", value=quoted(value))
    remedy = Text("Format the column as numbers instead of text.")
    return Remark(row, column, "ambiguous-number", grade, message, value, remedy)
