"""Cells, rows and columns."""

from __future__ import annotations

from typing import Any

from windows.stand_in.model import application, sheets
from windows.stand_in.model.base import Collection, ExcelObject
from windows.stand_in.model.validation import Validation
from windows.stand_in.model.values import from_excel, to_excel


class Lines(ExcelObject):
    """Rows or columns of a range."""

    interface = "Range"

    def __init__(self, area: Any, axis: int) -> None:
        self.area, self.axis = area, axis

    def get_Count(self) -> int:
        return self.area.shape[self.axis]

    def put_Hidden(self, value: Any) -> None:
        self.area.impl.show_rows(shown=not value)

    def AutoFit(self) -> None:
        self.area.autofit()


class Range(ExcelObject):
    """Cells."""

    interface = "Range"

    def __init__(self, area: Any) -> None:
        self.area = area

    def get_Worksheet(self) -> sheets.Worksheet:
        return sheets.Worksheet(self.area.sheet)

    def get_Application(self) -> application.Application:
        return application.Application.running

    def get_Row(self) -> int:
        return self.area.row

    def get_Column(self) -> int:
        return self.area.column

    def get_Rows(self) -> Lines:
        return Lines(self.area, 0)

    def get_Columns(self) -> Lines:
        return Lines(self.area, 1)

    def get_EntireRow(self) -> Lines:
        return Lines(self.area, 0)

    def get_Count(self) -> int:
        return self.area.size

    def get_Value(self, RangeValueDataType: Any = None) -> Any:
        return to_excel(self.area.impl.raw_value)

    def put_Value(self, *values: Any) -> None:
        self.area.impl.raw_value = from_excel(values[-1])

    def get_Formula(self) -> Any:
        return to_excel(self.area.formula)

    def get_Address(
        self,
        RowAbsolute: Any = None,
        ColumnAbsolute: Any = None,
        ReferenceStyle: Any = None,
        External: Any = None,
        RelativeTo: Any = None,
    ) -> str:
        return self.area.get_address(RowAbsolute is not False, ColumnAbsolute is not False)

    def get__Default(self, RowIndex: Any, ColumnIndex: Any = None) -> Range:
        row, column = self.area.row + int(RowIndex) - 1, self.area.column + int(ColumnIndex or 1) - 1
        return Range(self.area.sheet.range((row, column)))

    def get_Validation(self) -> Validation:
        return Validation(self.area)

    def get_Areas(self) -> Collection:
        return Collection("Areas", [self])

    def get_NumberFormat(self) -> Any:
        return self.area.number_format

    def put_NumberFormat(self, value: Any) -> None:
        self.area.number_format = value

    def get_RowHeight(self) -> Any:
        return self.area.row_height

    def ClearContents(self) -> None:
        self.area.clear_contents()

    def Clear(self) -> None:
        self.area.clear()


class Union(Range):
    """Cells in several places."""

    def __init__(self, parts: list[Range]) -> None:
        super().__init__(parts[0].area)  # where it has one answer, Excel gives that of the first area
        self.parts = parts

    def get_Address(
        self,
        RowAbsolute: Any = None,
        ColumnAbsolute: Any = None,
        ReferenceStyle: Any = None,
        External: Any = None,
        RelativeTo: Any = None,
    ) -> str:
        return ",".join(each.get_Address(RowAbsolute, ColumnAbsolute) for each in self.parts)[:255]

    def get_Areas(self) -> Collection:
        return Collection("Areas", self.parts)

    def get_EntireRow(self) -> Union:
        return self

    def put_Hidden(self, value: Any) -> None:
        for each in self.parts:
            each.get_EntireRow().put_Hidden(value)

    def get_NumberFormat(self) -> Any:
        formats = {each.get_NumberFormat() for each in self.parts}
        return formats.pop() if len(formats) == 1 else None

    def put_NumberFormat(self, value: Any) -> None:
        for each in self.parts:
            each.put_NumberFormat(value)
