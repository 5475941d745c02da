"""A template's text cut at the cells that its copies fill."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from kam_xl.engines.file.parts.cells import splice
from kam_xl.engines.file.parts.cells.grid import Cell
from kam_xl.engines.file.parts.cells.sheet import SheetPart
from kam_xl.engines.file.parts.copies.slots import Place, Slot
from kam_xl.ooxml import xml
from kam_xl.ooxml.form import Form, hole

Prepare = Callable[[str], str]  # puts the holes of a copy into a piece of the sheet's text

_MARKED = "kam_xl: "
_TYPE = re.compile(r"\st=\"[^\"]*\"")


def cut(sheet: SheetPart, places: Iterable[Place], prepare: Prepare) -> tuple[str, dict[Place, Slot]]:
    """A template's text with holes for some of its cells, and the cells.

    The values of formulas are left out of the text: they are the template's, and wrong for every copy.

    Parameters
    ----------
    sheet : SheetPart
        The template; it is changed on the way and of no use afterwards.
    places : iterable of (int, int)
        Row and column of the cells.
    prepare : callable
        Puts the holes of a copy into a piece of the text.
    """
    wanted = sorted(places)
    rows = {row: {cell.column: cell for cell in sheet.grid.cells(row)} for row in {row for row, _ in wanted}}
    slots = {
        place: _slot(sheet, place, rows[place[0]].get(place[1]), number, prepare) for number, place in enumerate(wanted)
    }
    for place, slot in slots.items():
        sheet.set(*place, _MARKED + slot.key, style=slot.style)
    sheet.frame = splice.with_dimension(sheet.frame, splice.around(sheet.edits))
    by_key = {slot.key: slot for slot in slots.values()}
    p = re.escape(sheet.prefix)
    token = re.compile(
        rf'<{p}c( r="[A-Z]+\d+")(?: s="\d+")? t="inlineStr"([^>]*)><{p}is><{p}t>{_MARKED}([^<]*)</{p}t></{p}is></{p}c>'
    )

    def open_hole(match: re.Match[str]) -> str:
        by_key[match[3]].tag = f"<{sheet.prefix}c{match[1]}{match[2]}"
        return hole(match[3])

    return token.sub(open_hole, without_results(sheet.text, sheet)), slots


def cut_rows(text: str, sheet: SheetPart, rows: Iterable[int]) -> tuple[str, dict[int, RowTags]]:
    """A template's text with holes for the start tags of some rows, and the tags."""
    wanted, tags = set(rows), {}

    def open_hole(match: re.Match[str]) -> str:
        number = re.search(r"\sr\s*=\s*[\"'](\d+)", match[0])
        if number is None or int(number[1]) not in wanted:
            return match[0]
        row = int(number[1])
        tags[row] = RowTags(match[0], *(xml.changed_tag(match[0], {"hidden": hidden}) for hidden in (None, "1")))
        return hole(row_key(row))

    return sheet.grid.patterns.row.sub(open_hole, text), tags


class RowTags(NamedTuple):
    """The start tag of a row: the template's own, that of the row shown, and that of the row hidden."""

    own: str
    shown: str
    hidden: str

    def of(self, shown: bool | None) -> str:
        """The tag for a row that is to be shown, or hidden, or left as it is."""
        return self.own if shown is None else self.shown if shown else self.hidden


def row_key(row: int) -> str:
    """The key of the hole for a row's start tag."""
    return f"row {row}"


def _slot(sheet: SheetPart, place: Place, cell: Cell | None, number: int, prepare: Prepare) -> Slot:
    row, column = place
    style, formula = sheet.style(row, column), sheet.formula(row, column)
    slot = Slot(f"cell {number}", place, sheet.prefix, style, formula=formula)
    if cell is None:
        return slot
    element = without_results(sheet.grid.text[cell.start : cell.end], sheet)
    if formula:
        markup = _formula_markup(sheet, element, formula)
        slot.markup = Form(prepare(markup))
        element = xml.replace(element, next(xml.children(element, xml.root(element), "f")), markup)
    slot.own = Form(prepare(element))
    return slot


def _formula_markup(sheet: SheetPart, cell: str, formula: str) -> str:
    """The element of a cell's formula, of its own where the cell shares one."""
    element = next(xml.children(cell, xml.root(cell), "f"))
    if xml.attributes(xml.tag(cell, element)).get("t") == "shared":
        return f"<{sheet.prefix}f>{xml.escape(formula)}</{sheet.prefix}f>"
    return cell[element.start : element.end]


def without_results(text: str, sheet: SheetPart) -> str:
    """A piece of a sheet's text without the values of its formulas."""
    patterns = sheet.grid.patterns

    def strip(match: re.Match[str]) -> str:
        inner = match[6] or ""
        if not patterns.formula.search(inner):
            return match[0]
        start = match.start(6) - match.start()
        tag, rest = match[0][:start], match[0][start + len(inner) :]
        return _TYPE.sub("", tag) + patterns.value.sub("", inner) + rest

    return patterns.cell.sub(strip, text)
