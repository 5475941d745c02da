"""Where cells with contents begin and end: the ways of Ctrl and the arrow keys, and merged cells."""

from __future__ import annotations

from itertools import chain

from kam_xl.engines.directions import step
from kam_xl.engines.file.parts.cells.sheet import SheetPart
from kam_xl.excel.references import COLUMNS, ROWS, Area
from kam_xl.ooxml import xml


def end(sheet: SheetPart, row: int, column: int, direction: str) -> tuple[int, int]:
    """The cell that Ctrl and an arrow key lead to.

    To the last of the filled cells that follow without a gap; from the last of them, or from an empty cell, to the
    next filled one; where there is none, to the edge of the sheet.
    """
    down, right = step(direction)
    edge = {1: ROWS, -1: 1}[down] if down else {1: COLUMNS, -1: 1}[right]
    line = _line(sheet, row, column, down, right)
    filled = 0
    while filled < len(line) and line[filled]:
        filled += 1
    if filled > 1:
        steps = filled - 1
    else:
        steps = next(
            (index for index, full in enumerate(line) if full and index), abs(edge - (row if down else column))
        )
    return row + down * steps, column + right * steps


def _line(sheet: SheetPart, row: int, column: int, down: int, right: int) -> list[bool]:
    """Whether cells are filled, from one cell to the end of the used ones in a direction."""
    used = sheet.used() or Area("", 1, 1, 1, 1)
    last_row = max(used.bottom, row) if down > 0 else row if right else 1
    last_column = max(used.right, column) if right > 0 else column if down else 1
    rows = sheet.block(min(row, last_row), min(column, last_column), max(row, last_row), max(column, last_column))
    values = [value for line in rows for value in line]
    step = down or right
    cells = [(row + down * index, column + right * index) for index in range(len(values))]
    return [value is not None or bool(sheet.formula(*cell)) for value, cell in zip(values[::step], cells, strict=True)]


def around(sheet: SheetPart, row: int, column: int) -> Area:
    """The block of filled cells around a cell, bounded by empty rows and columns."""
    region = Area("", row, column, row, column)
    while True:
        wider = Area(
            "",
            max(region.top - 1, 1),
            max(region.left - 1, 1),
            min(region.bottom + 1, ROWS),
            min(region.right + 1, COLUMNS),
        )
        values = chain.from_iterable(sheet.block(wider.top, wider.left, wider.bottom, wider.right))
        filled = [cell for cell, value in zip(wider.cells(), values, strict=True) if value is not None]
        grown = _bounds([(row, column), *filled, (region.top, region.left), (region.bottom, region.right)])
        if grown == region:
            return region
        region = grown


def _bounds(cells: list[tuple[int, int]]) -> Area:
    rows, columns = zip(*cells, strict=True)
    return Area("", min(rows), min(columns), max(rows), max(columns))


def merged(sheet: SheetPart, row: int, column: int) -> Area:
    """The merged cells that a cell is part of, itself alone where it is not."""
    for element in xml.find_all(sheet.frame, "mergeCell"):
        area = Area.parse(xml.attributes(xml.tag(sheet.frame, element)).get("ref", ""))
        if area and area.meets(row, column):
            return area
    return Area("", row, column, row, column)
