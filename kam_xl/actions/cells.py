"""What cells hold, as it must be written back, and cells written in as few calls as a program needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import xlwings as xw

from kam_xl.engines.values import Formula, put

Place = tuple[int, int]
"""Row and column of a cell."""


def content(value: object, formula: object) -> object:
    """A cell as it must be written back: a formula as a formula, everything else as its value."""
    # A text that begins with "=" is no formula: there the value is the very text.
    if isinstance(formula, str) and formula.startswith("=") and formula != value:
        return Formula(formula, value)
    return value


def contents_of(cells: xw.Range) -> list[list[Any]]:
    """What a block holds, row by row: values, and `Formula` where there is one."""
    values = cells.options(ndim=2).value
    return [list(map(content, *rows)) for rows in zip(values, formulas_of(cells), strict=True)]


def formulas_of(cells: xw.Range) -> list[list[Any]]:
    """The formulas of a block, of cells without one what was typed into them."""
    found = cells.formula
    return [list(row) for row in found] if isinstance(found, (list, tuple)) else [[found]]


def write(sheet: xw.Sheet, cells: Mapping[Place, object]) -> None:
    """Write cells wherever they are; to a program each call costs, so those below each other go in one."""
    for place, run in runs(cells):
        put(sheet.range(place), [[each] for each in run])


def runs(cells: Mapping[Place, object]) -> Iterator[tuple[Place, list[object]]]:
    """Cells that stand below each other: where the first is, and what they are to hold.

    >>> list(runs({(1, 1): "a", (1, 2): "b", (2, 1): "c"}))
    [((1, 1), ['a', 'c']), ((1, 2), ['b'])]
    """
    start, run = (0, 0), list[object]()
    for row, column in sorted(cells, key=lambda place: (place[1], place[0])):
        if run and (row, column) != (start[0] + len(run), start[1]):
            yield start, run
            run = []
        start = start if run else (row, column)
        run.append(cells[row, column])
    if run:
        yield start, run
