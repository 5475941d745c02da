"""Native tables of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_xl.engines.file.engine.gaps import named_gaps, refuse
from kam_xl.engines.file.errors import NoSuchItemError
from kam_xl.engines.file.parts import table
from kam_xl.engines.file.parts.table import TablePart
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.engines.file.engine.range import Range
    from kam_xl.engines.file.engine.sheets import Sheet


@named_gaps
class Tables(base_classes.Collection, base_classes.Tables):
    """The tables of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Tables:
        return self

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def _all(self) -> list[Table]:
        return [Table(self._sheet, model) for model in table.tables(self._sheet.part)]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Table]:
        return iter(self._all())

    def __contains__(self, key: object) -> bool:
        return any(item.name == key for item in self)

    def __call__(self, key: str | int) -> Table:
        items = self._all()
        if isinstance(key, int) and 0 < key <= len(items):
            return items[key - 1]
        for item in items:
            if isinstance(key, str) and item.name.casefold() == key.casefold():
                return item
        raise NoSuchItemError(Text("the sheet has no such table"), where=self._sheet.name, got=key)

    def add(self, source: Any, name: str | None = None, has_headers: bool = True, **options: Any) -> Table:
        """Make a table of a range whose first row holds the names of the columns."""
        if not has_headers:
            refuse("Tables.add with has_headers=False; write a row of headers first")
        style = options.get("table_style_name") or "TableStyleMedium2"
        return Table(self._sheet, table.add(self._sheet.part, source.impl.area, name or "", style))


@named_gaps
class Table(base_classes.Table):
    """One table."""

    def __init__(self, sheet: Sheet, model: TablePart) -> None:
        self._sheet, self.model = sheet, model

    @property
    def api(self) -> TablePart:
        """The model behind the table: there is no program that has objects of its own."""
        return self.model

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def display_name(self) -> str:
        return self.model.name

    @property
    def range(self) -> Range:
        return self._sheet.cells_of(self.model.area)

    @property
    def data_body_range(self) -> Range | None:
        data = self.model.data
        return self._sheet.cells_of(data) if data.bottom >= data.top else None

    @property
    def header_row_range(self) -> Range | None:
        area = self.model.area
        return self._sheet.cells_of(area._replace(bottom=area.top)) if self.model.header_rows else None

    @property
    def totals_row_range(self) -> Range | None:
        area = self.model.area
        return self._sheet.cells_of(area._replace(top=area.bottom)) if self.model.totals_rows else None

    @property
    def insert_row_range(self) -> Range | None:
        """The row that awaits data in an empty table; such a table has an empty row of data here."""
        return None

    @property
    def show_headers(self) -> bool:
        return bool(self.model.header_rows)

    @property
    def show_totals(self) -> bool:
        return bool(self.model.totals_rows)

    @property
    def show_autofilter(self) -> bool:
        return "<autoFilter" in self.model.text or ":autoFilter" in self.model.text

    @property
    def table_style(self) -> str:
        return self.model.style.get("name", "")

    @property
    def show_table_style_row_stripes(self) -> bool:
        return self.model.style.get("showRowStripes") in {"1", "true"}

    @property
    def show_table_style_column_stripes(self) -> bool:
        return self.model.style.get("showColumnStripes") in {"1", "true"}

    @property
    def show_table_style_first_column(self) -> bool:
        return self.model.style.get("showFirstColumn") in {"1", "true"}

    @property
    def show_table_style_last_column(self) -> bool:
        return self.model.style.get("showLastColumn") in {"1", "true"}

    def show_all_rows(self) -> None:
        """Show all rows of data; see `kam_xl.engines.filters`."""
        self.model.show_all_rows()

    def resize(self, range: Any) -> None:
        """Give the table another range; charts over its columns follow."""
        self.model.resize(range.impl.area)
