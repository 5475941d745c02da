"""What cells hold, as it must be written back, and cells written in as few calls as a program needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xlwings as xw

from kam_xl.engines.many_ranges import rows_of
from kam_xl.engines.values import Formula, Place, SheetWriter, value_of


def content(value: object, formula: object) -> object:
    """A cell as it must be written back: a formula as a formula, everything else as its value."""
    # A text that begins with "=" is not a formula: there the value is the very text.
    if isinstance(formula, str) and formula.startswith("=") and formula != value:
        return Formula(formula, value)
    return value


def contents_of(cells: xw.Range) -> list[list[Any]]:
    """What a block holds, row by row: values, and `Formula` where there is one."""
    if hasattr(cells.impl, "contents"):  # an engine that tells both at once
        return list(cells.impl.contents())
    return [list(map(content, *rows)) for rows in zip(rows_of(cells), formulas_of(cells), strict=True)]


def shown(cell: xw.Range) -> object:
    """What a cell, or the first one of several, shows."""
    if hasattr(cell.impl, "contents"):  # what else the sheet holds is asked for in the same way, and read once
        return value_of(cell.impl.contents()[0][0])
    return rows_of(cell)[0][0]


def formulas_of(cells: xw.Range) -> list[list[Any]]:
    """The formulas of a block, of cells without one what was typed into them."""
    formulas = cells.formula
    return [list(row) for row in formulas] if isinstance(formulas, (list, tuple)) else [[formulas]]


def write(sheet: xw.Sheet, cells: Mapping[Place, object]) -> None:
    """Write cells wherever they are; to a program each call costs, so blocks go in one."""
    if cells:
        SheetWriter(sheet).write(cells)
