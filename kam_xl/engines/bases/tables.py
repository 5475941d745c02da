"""Native tables of a sheet: finding one, and the parts of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from kam_xl.engines.errors import NoSuchItemError
from kam_xl.excel.references import Area, same
from kam_xl.locale import Text


class TablesBase(base_classes.Collection, base_classes.Tables):
    """The tables of a sheet; to add: `_all` and `add`."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    @property
    def parent(self) -> Any:
        return self._sheet

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __contains__(self, key: object) -> bool:
        return any(item.name == key for item in self)

    def __call__(self, key: str | int) -> Any:
        items = self._all()
        if isinstance(key, int) and 0 < key <= len(items):
            return items[key - 1]
        for item in items:
            if isinstance(key, str) and same(item.name, key):
                return item
        raise NoSuchItemError(Text("the sheet has no such table"), where=self._sheet.name, got=key)


class TableBase(base_classes.Table):
    """A table of `_sheet`; to add: `name`, `area`, `show_headers`, `show_totals`, `resize`."""

    _sheet: Any

    @property
    def parent(self) -> Any:
        return self._sheet

    @property
    def display_name(self) -> str:
        return str(self.name)

    @property
    def range(self) -> Any:
        return self._sheet.cells_of(self.area)

    @property
    def data_body_range(self) -> Any:
        """The rows between header and totals, None where there are none."""
        area: Area = self.area
        data = area._replace(top=area.top + self.show_headers, bottom=area.bottom - self.show_totals)
        return self._sheet.cells_of(data) if data.bottom >= data.top else None

    @property
    def header_row_range(self) -> Any:
        area = self.area
        return self._sheet.cells_of(area._replace(bottom=area.top)) if self.show_headers else None

    @property
    def totals_row_range(self) -> Any:
        area = self.area
        return self._sheet.cells_of(area._replace(top=area.bottom)) if self.show_totals else None

    @property
    def insert_row_range(self) -> None:
        """The row that awaits data in an empty table; such a table has an empty row of data here."""
