"""Stamping: many copies of one sheet, each with values of its own in its named cells.

The template's text is cut once, at its named cells and at its references to itself; a copy is the join of the pieces,
made when the file is written. However many copies there are, only the one that is being written is in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import count

from kam_xl.engines.file.errors import EditError, UnsupportedError
from kam_xl.engines.file.parts import charts, sweep, table
from kam_xl.engines.file.parts.cells.sheet import SheetPart
from kam_xl.engines.file.parts.copies import transplant
from kam_xl.engines.file.parts.copies.clone import SheetCopier, Values
from kam_xl.engines.file.parts.copies.cutting import cut, cut_rows, row_key
from kam_xl.engines.file.parts.copies.layouts import Field, Laid, Layouts, differing
from kam_xl.engines.file.parts.copies.slots import Place, Slot, stored
from kam_xl.engines.file.parts.names.tabs import SheetEntry
from kam_xl.engines.file.parts.page_ends import PageEnds, with_page_ends
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.engines.rows import visible
from kam_xl.engines.stamp import Fill
from kam_xl.excel.references import Area, areas, same, sheets
from kam_xl.locale import Text
from kam_xl.ooxml.form import hole

_PAGES = "page ends"


def stamp(
    workbook: Workbook, entry: SheetEntry, fills: Sequence[Fill], index: int, target: Workbook | None = None
) -> list[SheetEntry]:
    """Copies of a sheet, one for each fill, at a place among the tabs of the same book or of another.

    See `kam_xl.engines.stamp.stamp`.
    """
    target = target or workbook
    _check_names(target, fills)
    if target is workbook:
        template = Template(workbook, entry, fills)
    else:  # the sheet goes over once, and is gone again when its copies are to come
        guest = transplant.copy(workbook, entry, target, _free_name(target), len(target.sheets))
        try:
            template = Template(target, guest, fills)
        finally:
            sweep.delete(target, guest)
    target.recalculate = True  # formulas whose values nobody gave have none
    return [template.copy(copy, index + number) for number, copy in enumerate(template.copies)]


def _check_names(workbook: Workbook, fills: Sequence[Fill]) -> None:
    taken: set[str] = set()
    for fill in fills:
        workbook.tabs.check_name(fill.name)
        if fill.name.casefold() in taken:
            raise EditError(Text("two sheets would have the same name"), got=fill.name)
        taken.add(fill.name.casefold())


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
        copier = self._copier = SheetCopier(workbook, entry)
        self._date_1904 = workbook.date_1904
        self._sheet = sheet = SheetPart(workbook, entry)  # one of our own, to be cut up
        self._charts = _chart_forms(workbook, entry)
        shown = [area for form in self._charts.values() for area in form.areas]
        self._constants = charts.values_of(sheet, shown, results=False)
        named = _named_areas(workbook, entry, fills)
        _refuse_headers(sheet, [area for _, area in named.values()])
        self._pages = _pages(workbook, entry, sheet, fills)
        text, slots = cut(sheet, {place for _, area in named.values() for place in area.cells()}, copier.marked)
        self._row_areas = _rows_of_names(workbook, entry, (name for fill in fills for name in fill.shown))
        text = with_page_ends(text, hole(_PAGES)) if self._pages else text
        text, self._row_tags = cut_rows(text, sheet, {row for rows in self._row_areas.values() for row in rows})
        self._slots = {slot.key: slot for slot in slots.values()}
        fields = {name: Field(area.shape, _rows(reached, slots)) for name, (area, reached) in named.items()}
        layouts = Layouts(fields, self._constants)
        self.copies = [layouts.laid(fill) for fill in fills]
        for copy, last in zip(self.copies, [None, *self.copies], strict=False):
            self._approve(copy, last)
        self._written: Laid | None = None  # the copy whose cells are in `_texts`
        self._texts: dict[str, str] = {}
        self._charted: tuple[Laid | None, dict[Place, object]] = None, {}
        self._shown: tuple[Mapping[str, int] | None, dict[str, str]] = None, {}
        copier.prepare({sheet.part: text} | {part: form.text for part, form in self._charts.items()})

    def copy(self, copy: Laid, index: int) -> SheetEntry:
        """The copy with some contents, visible even if the template is not."""
        more = {part: partial(self._caches, form, copy) for part, form in self._charts.items()}
        more[self._sheet.part] = partial(self._cells, copy)
        return self._copier.copy(copy.name, index, more, state="visible")

    def _approve(self, copy: Laid, last: Laid | None) -> None:
        """Refuse now what could not be written later, and find the formats that the contents ask for."""
        for at in differing(copy, last):
            slot, content = copy.layout.slots[at], copy.contents[at]
            try:
                sort, _ = stored(content, self._date_1904)
            except EditError as error:
                error.where = f"{copy.name}!{slot.address}"
                raise
            if sort not in slot.ends:
                slot.allow(sort, self._sheet.written(content, slot.style)[1])

    # --- when the file is written ------------------------------------------------------------------------------------

    def _cells(self, copy: Laid, values: Values) -> dict[str, str]:
        """The cells of a copy that were cut out of the template: those that differ from the last copy's, made anew."""
        layout, texts, last = copy.layout, self._texts, self._written
        self._written = None  # if this is broken off
        for at in {*differing(copy, last), *layout.moving}:
            slot = layout.slots[at]
            texts[slot.key] = slot.render(*stored(copy.contents[at], self._date_1904), values)
        self._written = copy
        own = {key: slot.own.fill(values) for key, slot in self._slots.items() if key not in layout.keys}
        return {**texts, **own, **self._rows(copy)}

    def _rows(self, copy: Laid) -> dict[str, str]:
        """The start tags of the rows that one copy shows and another hides, and where its pages end."""
        if self._shown[0] != copy.shown:  # most copies show the rows that the one before shows
            wanted = visible(self._row_areas, copy.shown)
            texts = {row_key(row): tags.of(wanted.get(row)) for row, tags in self._row_tags.items()}
            if self._pages:
                texts[_PAGES] = self._pages.markup(wanted) or ""
            self._shown = copy.shown, texts
        return self._shown[1]

    def _caches(self, form: charts.ChartForm, copy: Laid, values: Values) -> dict[str, str]:
        """What a chart of a copy keeps of the copy's cells."""
        if self._charted[0] is not copy:  # the charts of a copy are written one after the other
            shown = dict(self._constants)
            for at in copy.layout.charted:
                slot = copy.layout.slots[at]
                shown[slot.place] = slot.shows(stored(copy.contents[at], self._date_1904)[1])
            self._charted = copy, shown
        return form.values(self._charted[1])


def _named_areas(workbook: Workbook, entry: SheetEntry, fills: Sequence[Fill]) -> dict[str, tuple[Area, Area]]:
    """The names of a sheet that are filled, each with its cells and those of them that values can reach."""
    lengths: dict[str, int] = {}
    for fill in fills:
        for name, value in fill.cells.items():
            length = len(value) if isinstance(value, (list, tuple)) else 1
            if length > lengths.get(name, 0):
                lengths[name] = length
    wanted = {name.casefold(): length for name, length in lengths.items()}
    named = {}
    for defined in workbook.names.of(entry):
        name, places = defined.name.casefold(), areas(defined.refers_to)
        if name in wanted and len(places) == 1 and same(places[0].sheet, entry.name):
            named[name] = places[0], _within_reach(places[0], wanted[name])
    return named


def _pages(workbook: Workbook, entry: SheetEntry, sheet: SheetPart, fills: Sequence[Fill]) -> PageEnds | None:
    """Where the pages of copies end; None where nobody asks, or the sheet does not say how it is printed."""
    parts = fills[0].parts if fills else {}
    starts = [rows.start - parts[name] for name, rows in _rows_of_names(workbook, entry, parts).items()]
    pages = PageEnds(sheet, workbook.names.of(entry), starts)
    return pages if pages.markup({}) is not None else None


def _rows_of_names(workbook: Workbook, entry: SheetEntry, names: Iterable[str]) -> dict[str, range]:
    """The rows of some names, as they are spelt by who asks."""
    areas_of_names = {defined.name.casefold(): areas(defined.refers_to) for defined in workbook.names.of(entry)}
    rows = {}
    for name in dict.fromkeys(names):
        named = areas_of_names.get(name.casefold(), [])
        if len(named) == 1 and same(named[0].sheet, entry.name):
            rows[name] = range(named[0].top, named[0].bottom + 1)
    return rows


def _refuse_headers(sheet: SheetPart, filled: Sequence[Area]) -> None:
    """Refuse to fill the header of a table: the table's part says the same, and Excel repairs a file that disagrees."""
    for each in table.tables(sheet):
        header = each.area._replace(bottom=each.area.top + each.header_rows - 1)
        if any(area.meets(*cell) for area in filled for cell in header.cells()):
            raise UnsupportedError(
                Text("the header of a table cannot be filled"),
                where=sheet.entry.name,
                got=each.name,
                remedy=Text("Remove the names of fields from the table's header."),
            )


def _within_reach(area: Area, length: int) -> Area:
    right = min(area.right, area.left + length - 1) if area.top == area.bottom else area.right
    return area._replace(bottom=min(area.bottom, area.top + length - 1), right=right)


def _rows(area: Area, slots: Mapping[Place, Slot]) -> list[list[Slot]]:
    inside = [slots[place] for place in area.cells()]
    width = area.shape[1]
    return [inside[start : start + width] for start in range(0, len(inside), width)]


def _chart_forms(workbook: Workbook, entry: SheetEntry) -> dict[str, charts.ChartForm]:
    """The charts on a sheet by part, with holes for the values of the sheet's cells."""
    package, locate = workbook.package, charts.locator(workbook, entry)

    def is_own(reference: str) -> bool:
        return any(same(sheet, entry.name) for sheet in sheets(reference))

    forms = {}
    for part in charts.on_sheet(package, entry.part or ""):
        text = charts.with_plain_references(package.text(part), workbook)
        forms[part] = charts.ChartForm(text, locate, is_own)
    return forms
