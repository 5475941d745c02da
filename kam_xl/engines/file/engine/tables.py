"""Native tables of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kam_xl.engines.bases.tables import TableBase, TablesBase
from kam_xl.engines.file.engine.gaps import named_gaps, refuse
from kam_xl.engines.file.parts import table
from kam_xl.engines.file.parts.table import TablePart
from kam_xl.excel.references import Area

if TYPE_CHECKING:
    from kam_xl.engines.file.engine.sheets import Sheet


@named_gaps
class Tables(TablesBase):
    """The tables of a sheet."""

    @property
    def api(self) -> Tables:
        return self

    def _all(self) -> list[Table]:
        return [Table(self._sheet, model) for model in table.tables(self._sheet.part)]

    def add(self, source: Any, name: str | None = None, has_headers: bool = True, **options: Any) -> Table:
        """Make a table of a range whose first row holds the names of the columns."""
        if not has_headers:
            refuse("Tables.add with has_headers=False; write a row of headers first")
        style = options.get("table_style_name") or "TableStyleMedium2"
        return Table(
            self._sheet, table.add(self._sheet.book.workbook, self._sheet.part, source.impl.area, name or "", style)
        )


@named_gaps
class Table(TableBase):
    """One table."""

    def __init__(self, sheet: Sheet, model: TablePart) -> None:
        self._sheet, self.model = sheet, model

    @property
    def api(self) -> TablePart:
        """The model behind the table: there is no program that has objects of its own."""
        return self.model

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def area(self) -> Area:
        """All its cells, header and totals among them."""
        return self.model.area

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
        self.model.resize(self._sheet.book.workbook, range.impl.area)
