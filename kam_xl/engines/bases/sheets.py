"""Worksheets: which cells an address or a name means."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from kam_xl.engines.errors import EditError
from kam_xl.excel.addresses import located, parse
from kam_xl.excel.references import COLUMNS, ROWS, Area, same
from kam_xl.locale import Text


class SheetBase(base_classes.Sheet):
    """A worksheet of `_book`; to add: `name`, `position`, `names`, `tables`, `cells_of`, `used_range`, `activate`."""

    _book: Any

    @property
    def book(self) -> Any:
        return self._book

    @property
    def index(self) -> int:
        return int(self.position) + 1

    def select(self) -> None:
        self.activate()

    @property
    def cells(self) -> Any:
        return self.cells_of(Area("", 1, 1, ROWS, COLUMNS))

    def range(self, arg1: Any, arg2: Any = None) -> Any:
        """The cells between two corners, each a range, an address, a name, or row and column."""
        first = self._corner(arg1)
        if arg2 is None:
            return first
        last = self._corner(arg2)
        top, left = min(first.row, last.row), min(first.column, last.column)
        return first.sheet.cells_of(Area("", top, left, max(first.bottom, last.bottom), max(first.right, last.right)))

    def _corner(self, corner: Any) -> Any:
        if isinstance(corner, base_classes.Range):
            return corner
        if isinstance(corner, tuple):
            row, column, height, width = (*corner, 1, 1)[:4]  # xlwings gives the size of a slice, too
            return self.cells_of(Area("", row, column, row + height - 1, column + width - 1))
        area = parse(corner) or located(corner)
        if area is not None:
            return (self._book.sheets(area.sheet) if area.sheet else self).cells_of(area)
        for names in (self.names, self._book.names):
            if names.contains(corner):
                return names(corner).refers_to_range
        for table in self.tables:
            if same(table.name, corner):
                return table.data_body_range or table.range
        raise EditError(Text("this is neither an address nor a name of the workbook"), where=self.name, got=corner)

    def clear_contents(self) -> None:
        self.used_range.clear_contents()

    def autofit(self, axis: str | None = None) -> None:
        """Fit rows and columns to what they hold, as far as ranges of the engine can."""
        self.used_range.autofit(axis)
