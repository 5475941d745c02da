"""Cells as Calc gives them into plain cells, and answers into what Calc takes as numbers, texts and errors."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from kam_xl.calc_addin.types import CalcType
from kam_xl.excel.error_values import CALC_NUMBERS

Cell = Any

_ERROR_NAMES = {number: name for name, number in CALC_NUMBERS.items()}
_QUIET_NAN = 0x7FF8_0000_0000_0000
DAY_0 = datetime(1899, 12, 30)
# As Calc writes a number into a string: no leading or trailing zeros, so that ids such as 0017 stay texts.
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:([.,٫])\d*[1-9])?(?:E[+-]?\d+)?")
_FORMULA_ERRORS, _DATES = 4, 2  # com.sun.star.sheet.FormulaResult.ERROR, CellFlags.DATETIME


def error_value(name: str) -> float:
    """The number that Calc takes as an error: not a number, with the error's number in its lower half.

    >>> struct.pack(">d", error_value("#N/A")).hex()
    '7ff8000000007fff'
    """
    return float(struct.unpack("<d", struct.pack("<Q", _QUIET_NAN | CALC_NUMBERS[name]))[0])


def error_name(number: int) -> str:
    """The name of an error by its number in Calc; those of Calc alone, such as Err:504, are wrong values.

    >>> error_name(32767), error_name(504)
    ('#N/A', '#VALUE!')
    """
    return _ERROR_NAMES.get(number, "#VALUE!")


def answer_value(kind: CalcType, answer: Cell) -> Any:
    """A function's answer as Calc takes it: a cell, or rows as tuples.

    >>> answer_value(CalcType.ROWS, [[True, None], [date(2026, 1, 31), 7_000_000_000]])
    ((1.0, ''), (46053.0, 7000000000.0))
    """
    if kind is CalcType.ROWS:
        rows = answer if isinstance(answer, list) else [[answer]]
        return tuple(tuple(map(_plain_value, row)) for row in rows)
    return _plain_value(answer)


def _plain_value(cell: Cell) -> float | str:
    if isinstance(cell, str):
        return error_value(cell) if cell in CALC_NUMBERS else cell
    if cell is None:
        return ""
    if isinstance(cell, date):
        moment = cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)
        return (moment - DAY_0) / timedelta(days=1)
    return float(cell)


class Reader:
    """Turns the arguments of a call into plain cells.

    Parameters
    ----------
    decimal_mark : callable
        Asks Calc for the mark with which it writes numbers now; asked only where a number has another one than before.
    """

    def __init__(self, decimal_mark: Callable[[], str]) -> None:
        self._ask, self._mark = decimal_mark, "."

    def argument(self, kind: CalcType, value: Any) -> Cell:
        """One argument as a function of `kam_xl.functions` takes it.

        >>> reader = Reader(lambda: ",")
        >>> reader.argument(CalcType.CELL, "0,25"), reader.argument(CalcType.CELL, "")
        (0.25, None)
        """
        if kind is CalcType.CELL:
            return self._cell(value)
        if kind is CalcType.CELLS:
            rows = [list(map(self._cell, row)) for row in value]
            return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows
        return referenced(value) if kind is CalcType.REFERENCE else _optional(value)

    def _cell(self, text: str) -> Cell:
        number = _NUMBER.fullmatch(text)
        if number is None:
            return text or None
        mark = number[1]
        if mark is None or mark == self._mark == ".":
            return float(text)
        if mark != self._mark:
            self._mark = self._ask()
        return float(text.replace(mark, ".")) if mark == self._mark else text


def _optional(value: Any) -> Cell:
    # What is left out is None; blank cells of a range are "", which the functions know for blank.
    return None if value == "" else value


def referenced(cells: Any) -> list[list[Cell]]:
    """The cells of a reference (XCellRange): blanks are "", dates are dates, errors their names."""
    rows: list[list[Cell]] = list(map(list, cells.getDataArray()))
    origin = cells.getRangeAddress()
    for row, column in _places(cells.queryContentCells(_DATES), origin):
        rows[row][column] = DAY_0 + timedelta(days=rows[row][column])
    for row, column in _places(cells.queryFormulaCells(_FORMULA_ERRORS), origin):
        rows[row][column] = error_name(cells.getCellByPosition(column, row).getError())
    return rows


def _places(ranges: Any, origin: Any) -> list[tuple[int, int]]:
    return [
        (row - origin.StartRow, column - origin.StartColumn)
        for area in ranges.getRangeAddresses()
        for row in range(area.StartRow, area.EndRow + 1)
        for column in range(area.StartColumn, area.EndColumn + 1)
    ]
