"""Worksheets of a book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from xlwings import base_classes

from kam_xl.engines.bases.sheets import SheetBase
from kam_xl.engines.file.engine.gaps import named_gaps
from kam_xl.engines.file.engine.names import Names
from kam_xl.engines.file.engine.range import Range, literal
from kam_xl.engines.file.engine.tables import Tables
from kam_xl.engines.file.errors import NoSuchItemError
from kam_xl.engines.file.parts import chart_words, flushing, sweep
from kam_xl.engines.file.parts.blank import blank_sheet
from kam_xl.engines.file.parts.cells.sheet import SheetPart
from kam_xl.engines.file.parts.copies import clone, stamp, transplant
from kam_xl.engines.file.parts.names.tabs import SheetEntry
from kam_xl.engines.file.parts.page_ends import PageEnds, with_page_ends
from kam_xl.engines.file.parts.workbook import WORKSHEET
from kam_xl.engines.values import Place, value_of
from kam_xl.excel.references import Area
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.engines.file.engine.book import Book
    from kam_xl.engines.stamp import Fill


@named_gaps
class Sheets(base_classes.Sheets):
    """The worksheets of a book; chart sheets and macro sheets stay in the file, but are none of them."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def api(self) -> Sheets:
        return self

    def _entries(self) -> list[SheetEntry]:
        return [entry for entry in self._book.workbook.sheets if entry.kind == "worksheet" and entry.part]

    @property
    def active(self) -> Sheet:
        entry = self._book.workbook.tabs.active
        entries = self._entries()
        return Sheet(self._book, entry if entry in entries else entries[0])

    def __call__(self, name_or_index: str | int) -> Sheet:
        if isinstance(name_or_index, int):
            entries = self._entries()
            entry = entries[name_or_index - 1] if 0 < name_or_index <= len(entries) else None
        else:
            entry = self._book.workbook.tabs.get(name_or_index)
        if entry is None or entry.kind != "worksheet":
            raise NoSuchItemError(Text("the workbook has no such sheet"), where=self._book.name, got=name_or_index)
        return Sheet(self._book, entry)

    def __len__(self) -> int:
        return len(self._entries())

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self._book, entry) for entry in self._entries())

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Add an empty sheet, before the active one unless said otherwise; the active one stays active."""
        workbook = self._book.workbook
        name = name or workbook.tabs.free_name(f"Sheet{len(self) + 1}")
        workbook.tabs.check_name(name)
        index = (before or after or self.active).position + (before is None and after is not None)
        part = workbook.package.fresh_name("xl/worksheets/sheet1.xml")
        workbook.package.put(part, blank_sheet(workbook.package.strict), WORKSHEET)
        return Sheet(self._book, workbook.add_entry(name, part, index=index))


@named_gaps
class Sheet(SheetBase):
    """A worksheet."""

    def __init__(self, book: Book, entry: SheetEntry) -> None:
        self._book, self.entry = book, entry

    @property
    def api(self) -> SheetPart:
        """The model behind the sheet: there is no program that has objects of its own."""
        return self.part

    @property
    def part(self) -> SheetPart:
        """The cells."""
        if self._book.workbook.tabs.get(self.entry.name) is not self.entry:
            raise NoSuchItemError(Text("the sheet was deleted"), got=self.entry.name)
        return self._book.workbook.sheet_part(self.entry)

    @property
    def name(self) -> str:
        return self.entry.name

    @name.setter
    def name(self, value: str) -> None:
        sweep.rename(self._book.workbook, self.entry, value)

    @property
    def names(self) -> Names:
        return Names(self._book, self)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    def refresh_charts(self) -> None:
        """Have the sheet's charts keep what its cells hold, now and when the book is saved."""
        self.part.refresh_charts = True
        flushing.pack(self._book.workbook, self.part)

    def put_chart_words(self, words: Mapping[str, str]) -> None:
        """Put other words into the charts' own texts: series, axes, number formats; see `kam_xl.engines.charts`."""
        chart_words.put(self._book.workbook, self.entry, words)

    def end_pages(self, starts: Sequence[int]) -> None:
        """Have no page end within the parts that begin with these rows; see `kam_xl.engines.pages`."""
        ends = PageEnds(self.part, self._book.workbook.names.of(self.entry), starts).markup({})
        if ends is not None:
            self.part.frame = with_page_ends(self.part.frame, ends)

    @property
    def position(self) -> int:
        """The place of its tab, from 0."""
        return self._book.workbook.sheets.index(self.entry)

    @property
    def visible(self) -> bool:
        return self.entry.state == "visible"

    @visible.setter
    def visible(self, value: bool) -> None:
        self._book.workbook.show(self.entry, bool(value))

    def activate(self) -> None:
        self._book.workbook.activate(self.entry)

    # --- cells -------------------------------------------------------------------------------------------------------

    def cells_of(self, area: Area) -> Range:
        """The range of an area."""
        return Range(self, area.top, area.left, *area.shape)

    def write_cells(self, cells: Mapping[Place, object]) -> None:
        """Write cells wherever they are, as `Range.write_literally` does a block."""
        self.part.set_cells({place: literal(content) for place, content in cells.items()})

    def values_of(self, areas: Sequence[Area]) -> list[list[object]]:
        """The values of the cells of each area, row by row; errors are None. What lies between them is not read."""
        left, right = min(area.left for area in areas), max(area.right for area in areas)
        rows: dict[int, list[object]] = {}
        for top, bottom in _spans(areas):
            rows.update(enumerate(self.part.contents(top, left, bottom, right), start=top))
        return [[value_of(rows[row][column - left]) for row, column in area.cells()] for area in areas]

    @property
    def used_range(self) -> Range:
        return self.cells_of(self.part.used() or Area("", 1, 1, 1, 1))

    def clear_formats(self) -> None:
        self.used_range.clear_formats()

    def clear(self) -> None:
        self.used_range.clear()

    # --- the sheet as a whole ----------------------------------------------------------------------------------------

    def delete(self) -> None:
        sweep.delete(self._book.workbook, self.entry)

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        target = before or after or self._last()
        others = [entry for entry in self._book.workbook.sheets if entry is not self.entry]
        self._book.workbook.move(self.entry, others.index(target.entry) + (before is None))

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """Copy the sheet with everything on it, within the book or into another open one."""
        target = before or after or self._last()
        workbook, name = target.book.workbook, target.book.workbook.tabs.free_name(self.name)
        index = target.position + (before is None)
        if workbook is self._book.workbook:
            clone.copy(workbook, self.entry, name, index)
        else:
            transplant.copy(self._book.workbook, self.entry, workbook, name, index)

    def _last(self) -> Sheet:
        return Sheet(self._book, self._book.workbook.sheets[-1])

    def stamp(self, fills: Sequence[Fill], after: Sheet) -> None:
        """Copy the sheet once for every fill, filled; see `kam_xl.engines.stamp`."""
        stamp.stamp(self._book.workbook, self.entry, fills, after.position + 1, after.book.workbook)


def _spans(areas: Sequence[Area]) -> list[tuple[int, int]]:
    """The first and last rows of areas, those that meet joined."""
    spans: list[tuple[int, int]] = []
    for top, bottom in sorted((area.top, area.bottom) for area in areas):
        if spans and top <= spans[-1][1] + 1:
            spans[-1] = spans[-1][0], max(bottom, spans[-1][1])
        else:
            spans.append((top, bottom))
    return spans
