"""Many filled copies of one sheet: `kam_xl.engines.stamp` with as few calls as can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kam_xl.engines.calc import values
from kam_xl.engines.rows import runs, visible
from kam_xl.engines.stamp import Fill, laid_out
from kam_xl.engines.values import Formula, text_value
from kam_xl.excel.references import Area

if TYPE_CHECKING:
    from kam_xl.engines.calc.sheets import Sheet


def stamp(template: Sheet, fills: Sequence[Fill], after: Sheet) -> None:
    """Copy a sheet once for every fill, behind another sheet, filled.

    The names are read from the template alone: they stand for the same cells of each copy.
    """
    places = _places(template)
    has_formula = _formulas(template)
    for copy, fill in zip(_copies(template, fills, after), fills, strict=True):
        copy.visible = True
        for name, value in fill.cells.items():
            if name.lower() in places:
                _write(copy, places[name.lower()], value, has_formula, f"{fill.name}, {name}")
        areas = {
            name: range(places[name.lower()].top, places[name.lower()].bottom + 1)
            for name in fill.shown
            if name.lower() in places
        }
        for first, last, shown in runs(visible(areas, fill.shown)):
            copy.cells_of(Area("", first, 1, last, 1)).show_rows(shown=shown)


def _copies(template: Sheet, fills: Sequence[Fill], after: Sheet) -> list[Sheet]:
    """Blank copies in their order; all but the first are copies of that one, which has been put right once for all."""
    copies: list[Sheet] = []
    for index, fill in enumerate(fills, start=after.position + 1):
        copies.append((copies[0] if copies else template).copied(index, after.book, fill.name))
    return copies


def _places(template: Sheet) -> dict[str, Area]:
    areas = {name.local.lower(): name.area for _, name in template.names.snapshot()}
    return {name: area for name, area in areas.items() if area and area.sheet == template.name}


def _formulas(template: Sheet) -> Callable[[int, int], bool]:
    """Whether a cell of the template has a formula, by row and column."""
    used = template.used_range
    rows = used.api.getFormulaArray() if len(used) > 1 else ((used.api.getFormula(),),)

    def has_formula(row: int, column: int) -> bool:
        if not (used.row <= row <= used.bottom and used.column <= column <= used.right):
            return False
        return bool(rows[row - used.row][column - used.column].startswith("="))

    return has_formula


def _write(sheet: Sheet, place: Area, value: object, has_formula: Callable[[int, int], bool], where: str) -> None:
    """Fill the cells of a name; a formula of the template stays: who owns it may have improved on ours."""
    rows = laid_out(value, *place.shape, where)
    if not rows or not rows[0]:
        return
    width = max(map(len, rows))
    blocks = [Area("", place.top, place.left, place.top + len(rows) - 1, place.left + width - 1)]
    if any(isinstance(item, Formula) for row in rows for item in row):
        blocks = [Area("", *cell, *cell) for cell in blocks[0].cells()]
    for block in blocks:
        part = [
            [rows[row - place.top][column - place.left] for column in range(block.left, block.right + 1)]
            for row in range(block.top, block.bottom + 1)
        ]
        if not (isinstance(part[0][0], Formula) and has_formula(block.top, block.left)):
            values.write(
                sheet.document, sheet.cells_of(block).api, block, [[_plain(item) for item in row] for row in part]
            )


def _plain(value: object) -> object:
    return values.plain(text_value(value) if isinstance(value, str) else value)
