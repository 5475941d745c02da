"""Worksheets of a book."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_xl.engines.bases.sheets import SheetBase
from kam_xl.engines.calc import charts, copying, regions, stamp
from kam_xl.engines.calc.formats import area_of
from kam_xl.engines.calc.gaps import named_gaps
from kam_xl.engines.calc.main_thread import Result
from kam_xl.engines.calc.names import Names
from kam_xl.engines.calc.printing import PageSetup
from kam_xl.engines.calc.range import Range
from kam_xl.engines.calc.tables import Tables
from kam_xl.engines.errors import EditError, NoSuchItemError
from kam_xl.excel.references import Area, same
from kam_xl.excel.sheet_names import LIMIT, cut, length
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.engines.calc.books import Book
    from kam_xl.engines.calc.document import Document
    from kam_xl.engines.stamp import Fill


@named_gaps
class Sheets(base_classes.Sheets):
    """The sheets of a book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def api(self) -> Any:
        """Calc's own object, ``com.sun.star.sheet.Spreadsheets``."""
        return self._book.api.getSheets()

    @property
    def active(self) -> Sheet:
        controller = self._book.api.getCurrentController()
        return Sheet(self._book, controller.getActiveSheet()) if controller else self(1)

    def __call__(self, name_or_index: str | int) -> Sheet:
        sheets = self.api
        if isinstance(name_or_index, int):
            if 0 < name_or_index <= sheets.getCount():
                return Sheet(self._book, sheets.getByIndex(name_or_index - 1))
        else:
            name = name_or_index if sheets.hasByName(name_or_index) else _as_written(sheets, name_or_index)
            if name:
                return Sheet(self._book, sheets.getByName(name))
        raise NoSuchItemError(Text("the workbook has no such sheet"), where=self._book.name, got=name_or_index)

    def __len__(self) -> int:
        return int(self.api.getCount())

    def __iter__(self) -> Iterator[Sheet]:
        sheets = self.api
        return (Sheet(self._book, sheets.getByIndex(index)) for index in range(sheets.getCount()))

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Add an empty sheet, before the active one unless said otherwise; the active one stays active."""
        sheets = self.api
        name = name or free_name(sheets, f"Sheet{len(self) + 1}")
        check_name(sheets, name)
        index = (before or after or self.active).position + (before is None and after is not None)
        self._book.app.office.run(lambda: sheets.insertNewByName(name, index))
        return Sheet(self._book, sheets.getByName(name))


@named_gaps
class Sheet(SheetBase):
    """A worksheet."""

    api: Any = None  # a value of its own in the place of the property that the base class has

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self.api = book, sheet

    @property
    def document(self) -> Document:
        """What is known about the document."""
        return self._book.document

    @property
    def name(self) -> str:
        return str(self.api.getName())

    @name.setter
    def name(self, value: str) -> None:
        if value != self.name:
            if not same(value, self.name):
                check_name(self._book.api.getSheets(), value)
            self.change(lambda: self.api.setName(value))

    @property
    def names(self) -> Names:
        return Names(self._book, self)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def page_setup(self) -> PageSetup:
        return PageSetup(self)

    @property
    def position(self) -> int:
        """The place of its tab, from 0."""
        return int(self.api.getRangeAddress().Sheet)

    @property
    def visible(self) -> bool:
        return bool(self.api.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.api.IsVisible = bool(value)

    def activate(self) -> None:
        controller = self._book.api.getCurrentController()
        if controller is not None:
            controller.setActiveSheet(self.api)

    # --- cells -------------------------------------------------------------------------------------------------------

    def cells_of(self, area: Area) -> Range:
        """The range of an area."""
        return Range(self, area.top, area.left, *area.shape)

    def range_of(self, address: Any) -> Range:
        """The range of a ``CellRangeAddress``."""
        return self.cells_of(area_of(address))

    @property
    def used_range(self) -> Range:
        return self.cells_of(regions.used(self.api) or Area("", 1, 1, 1, 1))

    def clear_formats(self) -> None:
        self.cells.clear_formats()

    def clear(self) -> None:
        self.cells.clear()

    def refresh_charts(self) -> None:
        """Have the sheet's charts show what its cells hold; see `kam_xl.engines.charts`."""
        charts.refresh(self.document, self.api)

    def change(self, task: Callable[[], Result]) -> Result:
        """What a task answers that copies, moves or removes cells, or the sheet: see `Office.run`."""
        return self._book.app.office.run(task)

    # --- the sheet as a whole ----------------------------------------------------------------------------------------

    def delete(self) -> None:
        sheets = self._book.api.getSheets()
        if sheets.getCount() == 1:
            raise EditError(Text("the last sheet of a workbook cannot be deleted"), where=self.name)
        self.change(lambda: sheets.removeByName(self.name))

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        target = before or after or self._last()
        place = target.position + (before is None)
        self.change(lambda: self._book.api.getSheets().moveByName(self.name, place))

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """Copy the sheet with everything on it, within the book or into another open one."""
        target = before or after or self._last()
        self.copied(target.position + (before is None), target.book)

    def copied(self, index: int, book: Book | None = None, name: str = "") -> Sheet:
        """A copy at a place counted from 0, in this book or another one of the same LibreOffice."""
        book = book or self._book
        name = name or free_name(book.api.getSheets(), self.name)
        return Sheet(book, self.change(lambda: self._copied(book, name, index)))

    def _copied(self, book: Book, name: str, index: int) -> Any:
        if book == self._book:
            return copying.within(self.document, self.api, name, index)
        return copying.across(self.document, self.api, book.document, name, index)

    def stamp(self, fills: Sequence[Fill], after: Sheet) -> None:
        """Copy the sheet once for every fill, filled; see `kam_xl.engines.stamp`."""
        with self._book.app.quiet():
            stamp.stamp(self, fills, after)

    def _last(self) -> Sheet:
        return self._book.sheets(len(self._book.sheets))


def _as_written(sheets: Any, name: str) -> str | None:
    return next((known for known in sheets.getElementNames() if same(known, name)), None)


def free_name(sheets: Any, name: str) -> str:
    """A name no sheet has, after another one: "Plan (2)"."""
    if _as_written(sheets, name) is None:
        return name
    number = 2
    while _as_written(sheets, free := f"{cut(name, LIMIT - len(f' ({number})'))} ({number})"):
        number += 1
    return free


def check_name(sheets: Any, name: str) -> None:
    """Refuse what Excel does not take as the name of a sheet, or what another sheet is called."""
    if not name or length(name) > LIMIT or set(name) & set("[]:*?/\\") or name.startswith("'") or name.endswith("'"):
        raise EditError(
            Text("this is not a valid sheet name"),
            got=name,
            remedy=Text("Use 1 to 31 characters, none of them []:*?/\\, no apostrophe at either end."),
        )
    if _as_written(sheets, name):
        raise EditError(Text("another sheet has this name"), got=name)
