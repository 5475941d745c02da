"""Tables and names."""

from __future__ import annotations

from typing import Any

from windows.stand_in.model import ranges
from windows.stand_in.model.base import Collection, ExcelObject


class Table(ExcelObject):
    """A table of a sheet."""

    interface = "ListObject"

    def __init__(self, table: Any) -> None:
        self.table = table

    def get_DataBodyRange(self) -> ranges.Range | None:
        body = self.table.data_body_range
        return body and ranges.Range(body)

    def get_HeaderRowRange(self) -> ranges.Range | None:
        header = self.table.header_row_range
        return header and ranges.Range(header)

    def get_ShowTotals(self) -> bool:
        return self.table.show_totals

    def get_ShowAutoFilter(self) -> bool:
        return self.table.show_autofilter

    def put_ShowAutoFilter(self, value: Any) -> None:
        """Excel forgets what was filtered when the filter goes."""
        if not value:
            self.table.impl.show_all_rows()

    def Resize(self, Range: Any) -> None:
        self.table.resize(Range.area)


class DefinedName(ExcelObject):
    """A name of a workbook or a sheet."""

    interface = "Name"

    def __init__(self, name: Any) -> None:
        self.name = name

    def get_Name(self) -> str:
        return self.name.name

    def get_RefersTo(self) -> str:
        return self.name.refers_to

    def get_RefersToRange(self) -> ranges.Range:
        return ranges.Range(self.name.refers_to_range)


class Names(Collection):
    """The names of a workbook or a sheet."""

    def __init__(self, names: Any) -> None:
        super().__init__("Names", [DefinedName(each) for each in names])
