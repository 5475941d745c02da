"""Values of many areas of a sheet, in as few readings as a program needs."""

from __future__ import annotations

from collections.abc import Sequence

import xlwings as xw

from kam_xl.engines.abilities import offers
from kam_xl.engines.many_ranges import rows_of
from kam_xl.excel.addresses import address
from kam_xl.excel.references import Area


def values_of(sheet: xw.Sheet, areas: Sequence[Area]) -> list[list[object]]:
    """The values of the cells of each area, row by row.

    A program is asked once, for the block around them; an engine with `values_of` reads only what is asked for.
    """
    if not areas:
        return []
    if offers(sheet.impl, "values_of"):
        return list(sheet.impl.values_of(areas))
    top, left = min(area.top for area in areas), min(area.left for area in areas)
    bottom, right = max(area.bottom for area in areas), max(area.right for area in areas)
    rows = rows_of(sheet.range(address(Area("", top, left, bottom, right))))
    return [[rows[row - top][column - left] for row, column in area.cells()] for area in areas]
