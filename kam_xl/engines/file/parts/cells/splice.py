"""Edits put into the text of a sheet: each cell where it stands or belongs, everything else untouched."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Protocol

from kam_xl.engines.file.parts.cells import cell_xml
from kam_xl.engines.file.parts.cells.cell_xml import KEEP, Edit
from kam_xl.engines.file.parts.cells.grid import Cell, Grid
from kam_xl.excel.references import Area, column_letters
from kam_xl.ooxml import xml

# A cell's place, format and type, and what marks its old content as a rich value or a spill.
_REWRITTEN = ("r", "s", "t", "cm", "vm")


class Edited(Protocol):
    """A sheet with changes: edits of cells, heights and hidden rows by number, formulas that lost the one they shared.

    `cells` gives those of a row by column, `expanded` row, column and text of such a formula.
    """

    grid: Grid
    edits: dict[int, dict[int, Edit]]
    heights: dict[int, float | None]
    hidden: dict[int, bool]

    def cells(self, row: int) -> Mapping[int, Cell]: ...
    def expanded(self) -> Iterator[tuple[int, int, str]]: ...


def render(sheet: Edited) -> str:
    """The text of the sheet's ``<sheetData>`` with its edits in it."""
    grid, pieces, position = sheet.grid, [], 0
    formulas: dict[int, dict[int, str]] = {}
    for row, column, text in sheet.expanded():
        formulas.setdefault(row, {})[column] = text
    root = xml.root(grid.text)
    for row in sorted(sheet.edits.keys() | formulas.keys() | sheet.heights.keys() | sheet.hidden.keys()):
        start = grid.row_start(row) or 0  # no row begins at 0: the start tag of them all does
        if not start:
            if row not in sheet.edits and row not in sheet.hidden and sheet.heights[row] is None:
                continue  # nothing to say about a row that the file does not have
            start = end = grid.row_after(row) or root.close
            new = _new_row(sheet, row, sheet.edits.get(row, {}))
        else:
            new, end = _changed_row(sheet, row, start, formulas.get(row, {}))
        pieces += [grid.text[position:start], new]
        position = end
    if root.self_closed:
        return f"{grid.text[:-2].rstrip()}>{''.join(pieces[1::2])}</{root.name}>"
    return "".join([*pieces, grid.text[position:]])


def _new_row(sheet: Edited, row: int, edits: Mapping[int, Edit]) -> str:
    p = sheet.grid.prefix
    written = "".join([_new_cell(sheet, row, column, edits[column]) for column in sorted(edits)])
    tag = _with_looks(sheet, row, f'<{p}row r="{row}">')
    return f"{tag}{written}</{p}row>"


def _changed_row(sheet: Edited, row: int, start: int, formulas: Mapping[int, str]) -> tuple[str, int]:
    """The row with its edits, and where the old one ended."""
    grid, edits = sheet.grid, sheet.edits.get(row, {})
    tag, p = grid.row_tag(start), grid.prefix
    close = grid.row_close(tag)
    self_closed = tag[0].endswith("/>")
    known = sheet.cells(row)
    columns = list(known)
    pieces, position = [], tag.end()
    for column in sorted(edits.keys() | formulas.keys()):
        cell = known.get(column)
        if cell is None:
            index = bisect_left(columns, column)
            at = (
                known[columns[index]].start
                if index < len(columns)
                else known[columns[-1]].end
                if columns
                else tag.end()
            )
            pieces += [grid.text[position:at], _new_cell(sheet, row, column, edits[column])]
            position = at
        else:
            pieces += [
                grid.text[position : cell.start],
                _changed_cell(grid, row, cell, edits.get(column), formulas.get(column)),
            ]
            position = cell.end
    opening = _with_looks(sheet, row, grid.text[start : tag.end()])
    if self_closed:
        return f"{opening[:-2].rstrip()}>{''.join(pieces)}</{p}row>", tag.end()
    end = grid.text.index(">", close) + 1
    return "".join([opening, *pieces, grid.text[position:end]]), end


def _with_looks(sheet: Edited, row: int, tag: str) -> str:
    """A row's start tag with its new height, where it gets one: not a user's own, so that a program may fit it."""
    changes: dict[str, str | None] = {}
    if row in sheet.hidden:
        changes["hidden"] = "1" if sheet.hidden[row] else None
    if row in sheet.heights:
        points = sheet.heights[row]
        changes |= {"ht": None if points is None else f"{points:g}", "customHeight": None}
    return xml.changed_tag(tag, changes) if changes else tag


def _new_cell(sheet: Edited, row: int, column: int, edit: Edit) -> str:
    content = None if edit.content is KEEP else edit.content
    return _written(sheet.grid.prefix, f"{column_letters(column)}{row}", edit.style, "", content)


def _changed_cell(grid: Grid, row: int, cell: Cell, edit: Edit | None, formula: str | None) -> str:
    if edit is not None and edit.content is not KEEP:
        attributes = xml.attributes(cell.more) if cell.more else {}
        kept = "".join(
            [f' {name}="{xml.quote(value)}"' for name, value in attributes.items() if name not in _REWRITTEN]
        )
        return _written(grid.prefix, f"{column_letters(cell.column)}{row}", edit.style, kept, edit.content)
    text = grid.text[cell.start : cell.end]
    root = xml.root(text)
    if formula is not None:
        for shared in xml.children(text, root, "f"):
            text = xml.replace(text, shared, f"<{grid.prefix}f>{xml.escape(formula)}</{grid.prefix}f>")
    return xml.set_attributes(text, root, {"s": str(edit.style)}) if edit else text


def _written(p: str, address: str, style: int, kept: str, content: object) -> str:
    """A cell's element; the order of its attributes is that of every known program."""
    kind, inner = cell_xml.inner(content, p)
    attributes = (f' s="{style}"' if style else "") + (f' t="{kind}"' if kind else "") + kept
    start = f'<{p}c r="{address}"{attributes}'
    return f"{start}>{inner}</{p}c>" if inner else f"{start}/>"


def around(edits: Mapping[int, Mapping[int, Edit]]) -> Area | None:
    """The smallest block around edits, None where there are none."""
    if not edits:
        return None
    columns = [column for row in edits.values() for column in row]
    return Area("", min(edits), min(columns), max(edits), max(columns))


def with_dimension(frame: str, new: Area | None) -> str:
    """The sheet's frame with the range of its cells, where it gives one, grown to take in new ones."""
    dimension = xml.child(frame, xml.root(frame), "dimension")
    known = Area.parse(xml.attributes(xml.tag(frame, dimension)).get("ref", "")) if dimension else None
    if dimension is None or known is None or new is None:
        return frame
    grown = Area(
        "",
        min(known.top, new.top),
        min(known.left, new.left),
        max(known.bottom, new.bottom),
        max(known.right, new.right),
    )
    if grown == known:
        return frame
    return xml.set_attributes(frame, dimension, {"ref": grown.address().replace("$", "")})
