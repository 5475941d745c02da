"""Sums on the sheet of an operational plan: none is counted, each is compared with what it sums up."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, isclose

from kam_xl.locale import Text
from kam_xl.table.operational.block import BlockSheet, Find
from kam_xl.table.operational.layout import PlanBlock

_REMEDY = Text("Correct the sum or its parts; the parts are what counts.")


def check_sums(sheet: BlockSheet, block: PlanBlock, tolerance: float, find: Find) -> None:
    """Remark the sums over periods (quarters, years) and over clients (rows of totals) that are wrong."""
    for column in sheet.headers:
        _check_periods(sheet, block, column, tolerance, find)
    for place, row in enumerate(sheet.totals):
        before = [total for total in sheet.totals[:place] if sheet.indicators[total] == sheet.indicators[row]]
        _check_total(sheet, block, row, before[-1] if before else -1, tolerance, find)


def _check_periods(sheet: BlockSheet, block: PlanBlock, column: int, tolerance: float, find: Find) -> None:
    """A total may be of the periods within its own, or of those since the last total: that of a financial year."""
    parts = sheet.within(column)
    if not parts:
        return
    before = sheet.before(column)
    for row in sheet.rows:
        total = sheet.values[column][row]
        sums = [_across(sheet, columns, row) for columns in (parts, before)]
        if total is None or sums[0] is None:
            continue
        if not any(each is not None and isclose(total, each, rel_tol=tolerance, abs_tol=1e-6) for each in sums):
            message = Text(
                "The sum is {total:money} here, but its parts add up to {parts:money}.", total=total, parts=sums[0]
            )
            find(block.first + row, column, "sum-differs", "warning", message, total, _REMEDY)


def _across(sheet: BlockSheet, columns: Sequence[int], row: int) -> float | None:
    known = [amount for column in columns if (amount := sheet.values[column][row]) is not None]
    return fsum(known) if known else None


def _check_total(sheet: BlockSheet, block: PlanBlock, row: int, before: int, tolerance: float, find: Find) -> None:
    """A total may be of all rows above, or of those since the last total."""
    for column, values in sheet.values.items():
        total = values[row]
        if total is None:
            continue
        since = [_sum(values, sheet, start, row) for start in (-1, before)]
        if not any(isclose(total, each, rel_tol=tolerance, abs_tol=1e-6) for each in since):
            message = Text(
                "The total is {total:money} here, but the rows above add up to {parts:money}.",
                total=total,
                parts=since[0],
            )
            find(block.first + row, column, "total-differs", "warning", message, total, _REMEDY)


def _sum(values: Sequence[float | None], sheet: BlockSheet, start: int, row: int) -> float:
    indicator = sheet.indicators[row]
    rows = (each for each in sheet.rows if start < each < row and sheet.indicators[each] == indicator)
    return fsum(value for each in rows if (value := values[each]) is not None)
