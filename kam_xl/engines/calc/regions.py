"""Where cells with contents begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kam_xl.engines.directions import step
from kam_xl.excel.references import COLUMNS, ROWS, Area

if TYPE_CHECKING:
    from kam_xl.engines.calc.sheets import Sheet

CONTENTS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: values, dates, texts, formulas


def used(cells: Any) -> Area | None:
    """The block around all cells of a range that hold anything, None where none does."""
    filled = cells.queryContentCells(CONTENTS).getRangeAddresses()
    if not filled:
        return None
    return Area(
        "",
        min(address.StartRow for address in filled) + 1,
        min(address.StartColumn for address in filled) + 1,
        max(address.EndRow for address in filled) + 1,
        max(address.EndColumn for address in filled) + 1,
    )


def end(sheet: Sheet, row: int, column: int, direction: str) -> tuple[int, int]:
    """The cell that Ctrl and an arrow key lead to.

    To the last of the filled cells that follow without a gap; from the last of them, or from an empty cell, to the
    next filled one; where there is none, to the edge of the sheet.
    """
    down, right = step(direction)
    place, edge = (row, {1: ROWS, -1: 1}[down]) if down else (column, {1: COLUMNS, -1: 1}[right])
    last = _last(_runs(sheet, row, column, bool(down)), place, down or right, edge)
    return (last, column) if down else (row, last)


def _runs(sheet: Sheet, row: int, column: int, vertical: bool) -> list[tuple[int, int]]:
    """First and last of each run of filled cells in a column or row."""
    first, last = ((column - 1, 0), (column - 1, ROWS - 1)) if vertical else ((0, row - 1), (COLUMNS - 1, row - 1))
    line = sheet.api.getCellRangeByPosition(*first, *last)
    spans = sorted(
        (address.StartRow + 1, address.EndRow + 1) if vertical else (address.StartColumn + 1, address.EndColumn + 1)
        for address in line.queryContentCells(CONTENTS).getRangeAddresses()
    )
    runs: list[tuple[int, int]] = []
    for begin, stop in spans:
        if runs and runs[-1][1] == begin - 1:
            runs[-1] = runs[-1][0], stop
        else:
            runs.append((begin, stop))
    return runs


def _last(runs: list[tuple[int, int]], place: int, step: int, edge: int) -> int:
    """Where a way leads along runs of filled cells."""
    ahead = [(begin, stop) if step > 0 else (stop, begin) for begin, stop in runs]
    for begin, stop in ahead:
        if min(begin, stop) <= place <= max(begin, stop) and place != stop:
            return stop
    beyond = [begin for begin, _ in ahead if (begin - place) * step > 0]
    return min(beyond, key=lambda begin: abs(begin - place), default=edge)
