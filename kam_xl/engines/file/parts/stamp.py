"""Stamping: many copies of one sheet, each with values of its own in its named cells.

The template's text is cut once, at its named cells and at its references to itself; a copy is the join of the pieces,
made when the file is written. However many copies there are, only the one that is being written is in memory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import count

from kam_xl.engines.file.parts import cells, charts, dates, transplant
from kam_xl.engines.file.parts.caches import UNKNOWN
from kam_xl.engines.file.parts.cells import CellError
from kam_xl.engines.file.parts.clone import Mould, Values
from kam_xl.engines.file.parts.references import Area, areas, same, sheets
from kam_xl.engines.file.parts.sheet import SheetPart
from kam_xl.engines.file.parts.slots import Place, Slot, cut, sort_of
from kam_xl.engines.file.parts.tabs import SheetEntry
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.engines.stamp import Fill, laid_out
from kam_xl.engines.values import Formula


def stamp(
    workbook: Workbook, entry: SheetEntry, fills: Sequence[Fill], index: int, target: Workbook | None = None
) -> list[SheetEntry]:
    """Copies of a sheet, one for each fill, at a place among the tabs of the same book or of another.

    See `kam_xl.engines.stamp.stamp`.
    """
    target = target or workbook
    for fill in fills:
        target.tabs.check_name(fill.name)
    if target is workbook:
        template = Template(workbook, entry, fills)
    else:  # the sheet goes over once, and is gone again when its copies are to come
        guest = transplant.copy(workbook, entry, target, _free_name(target), len(target.sheets))
        template = Template(target, guest, fills)
        target.delete(guest)
    target.recalculate = True  # formulas whose values nobody gave have none
    return [template.cast(fill, index + number) for number, fill in enumerate(fills)]


def _free_name(workbook: Workbook) -> str:
    return next(name for name in (f"kam_xl {number}" for number in count()) if workbook.tabs.get(name) is None)


class Template:
    """A sheet cut for stamping.

    Parameters
    ----------
    workbook : Workbook
        The book.
    entry : SheetEntry
        The sheet.
    fills : sequence of Fill
        What is going to be filled in: a cell is cut out if one of them names it.
    """

    def __init__(self, workbook: Workbook, entry: SheetEntry, fills: Sequence[Fill]) -> None:
        mould = self._mould = Mould(workbook, entry)
        self._workbook = workbook
        self._sheet = sheet = SheetPart(workbook, entry)  # one of our own, to be cut up
        self._charts = _chart_forms(workbook, entry)
        shown = [area for form in self._charts.values() for area in form.areas]
        self._constants = charts.values_of(sheet, shown, results=False)
        wanted = {name.casefold() for fill in fills for name in fill.cells}
        named = {name: area for name, area in _named_areas(workbook, entry) if name in wanted}
        text, slots = cut(sheet, {place for area in named.values() for place in area.cells()}, mould.marked)
        self._slots = {slot.key: slot for slot in slots.values()}
        self._named = {name: _rows(area, slots) for name, area in named.items()}
        mould.press({sheet.part: text} | {part: form.text for part, form in self._charts.items()})

    def cast(self, fill: Fill, index: int) -> SheetEntry:
        """The copy for one fill, visible even if the template is not."""
        for slot, content in self._contents(fill):
            self._approve(slot, content, fill.name)
        more = {part: partial(self._caches, form, fill) for part, form in self._charts.items()}
        more[self._sheet.part] = partial(self._cells, fill)
        return self._mould.cast(fill.name, index, more, state="visible")

    def _approve(self, slot: Slot, content: object, sheet: str) -> None:
        """Refuse now what could not be written later, and find the format that the content asks for."""
        content = cells.normal(content, f"{sheet}!{slot.address}")
        sort = sort_of(content)
        if sort not in slot.starts:
            slot.allow(sort, self._sheet.written(content, slot.style)[1])

    def _contents(self, fill: Fill) -> Iterator[tuple[Slot, object]]:
        """The cells of a fill and what goes into them."""
        for name, value in fill.cells.items():
            slots = self._named.get(name.casefold())
            if slots is None:
                continue
            if not isinstance(value, (list, tuple)):
                yield slots[0][0], value
                continue
            rows = laid_out(value, len(slots), len(slots[0]), f"{fill.name}, {name}")
            for row, contents in zip(slots, rows, strict=False):
                yield from zip(row, contents, strict=False)

    # --- when the file is written ------------------------------------------------------------------------------------

    def _cells(self, fill: Fill, values: Values) -> dict[str, str]:
        """The cells of a copy that were cut out of the template."""
        filled = {slot.key: slot.render(*self._held(slot, content), values) for slot, content in self._contents(fill)}
        return filled | {key: slot.own.fill(values) for key, slot in self._slots.items() if key not in filled}

    def _caches(self, form: charts.ChartForm, fill: Fill, values: Values) -> dict[str, str]:
        """What a chart of a copy keeps of the copy's cells."""
        shown = dict(self._constants)
        for slot, content in self._contents(fill):
            if slot.place in shown:
                shown[slot.place] = _seen(slot, self._held(slot, content)[1])
        return form.values(shown)

    def _held(self, slot: Slot, content: object) -> tuple[str, object]:
        """The start tag for a content, and the content as the file holds it."""
        content = cells.normal(content)
        start = slot.starts[sort_of(content)]
        if isinstance(content, (dt.date, dt.time, dt.timedelta)):
            return start, dates.to_serial(content, self._workbook.date_1904)
        return start, content


def _seen(slot: Slot, content: object) -> object:
    """What a chart sees of a filled cell."""
    if not isinstance(content, Formula):
        return content
    if content.value is None or not slot.knows(content):
        return UNKNOWN
    return CellError(content.value) if content.value in cells.ERRORS else content.value


def _named_areas(workbook: Workbook, entry: SheetEntry) -> Iterator[tuple[str, Area]]:
    """The names of a sheet that stand for cells of it."""
    for defined in workbook.names.of(entry):
        found = areas(defined.refers_to)
        if len(found) == 1 and same(found[0].sheet, entry.name):
            yield defined.name.casefold(), found[0]


def _rows(area: Area, slots: Mapping[Place, Slot]) -> list[list[Slot]]:
    found = [slots[place] for place in area.cells()]
    width = area.shape[1]
    return [found[start : start + width] for start in range(0, len(found), width)]


def _chart_forms(workbook: Workbook, entry: SheetEntry) -> dict[str, charts.ChartForm]:
    """The charts on a sheet by part, with holes for the values of the sheet's cells."""
    package, locate = workbook.package, charts.locator(workbook, entry)

    def is_own(reference: str) -> bool:
        return any(same(sheet, entry.name) for sheet in sheets(reference))

    found = charts.on_sheet(package, entry.part or "")
    return {part: charts.ChartForm(package.text(part), locate, is_own) for part in found}
