"""Sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kam_xl.errors import KamError
from windows.stand_in.model import application, books
from windows.stand_in.model.base import Collection, ExcelObject, NotFoundError
from windows.stand_in.model.ranges import Range, Union
from windows.stand_in.model.tables import Names, Table

HIDDEN, SHOWN = 0, -1


class Worksheet(ExcelObject):
    """A sheet with cells."""

    interface = "_Worksheet"

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet

    def get_Name(self) -> str:
        return self.sheet.name

    def put_Name(self, value: str) -> None:
        self.sheet.name = value

    def get_Index(self) -> int:
        return int(self.sheet.impl.position) + 1  # among all sheets, charts too

    def get_Parent(self) -> books.Workbook:
        return books.Workbook(self.sheet.book)

    def get_Application(self) -> application.Application:
        return application.Application.running

    def get_Visible(self) -> int:
        return SHOWN if self.sheet.visible else HIDDEN

    def put_Visible(self, value: Any) -> None:
        self.sheet.visible = bool(value)

    def get_ProtectContents(self) -> bool:
        return self.sheet.name in books.Workbook.protected

    def get_ProtectionMode(self) -> bool:
        return False  # true where macros may change what people may not

    def get_Range(self, Cell1: Any, Cell2: Any = None) -> Range:
        if isinstance(Cell1, str) and "," in Cell1:
            return Union([self.get_Range(each) for each in Cell1.split(",")])
        ends = [each.area if isinstance(each, Range) else each for each in (Cell1, Cell2) if each is not None]
        if Cell2 is None and isinstance(Cell1, Range):
            return Cell1
        try:
            return Range(self.sheet.range(*ends))
        except (KamError, KeyError) as error:
            raise NotFoundError(Cell1) from error

    def get_Cells(self) -> Range:
        return Range(self.sheet.cells)

    def get_UsedRange(self) -> Range:
        return Range(self.sheet.used_range)

    def get_Names(self) -> Names:
        return Names(self.sheet.names)

    def get_ListObjects(self) -> Collection:
        return Collection("ListObjects", [Table(each) for each in self.sheet.tables])

    def Activate(self) -> None:
        self.sheet.activate()

    def Copy(self, Before: Any = None, After: Any = None) -> None:
        self.sheet.copy(before=Before and Before.sheet, after=After and After.sheet)

    def Move(self, Before: Any = None, After: Any = None) -> None:
        self.sheet.move(before=Before and Before.sheet, after=After and After.sheet)

    def ExportAsFixedFormat(
        self,
        Type: Any,
        Filename: Any = None,
        Quality: Any = None,
        IncludeDocProperties: Any = None,
        IgnorePrintAreas: Any = None,
        From: Any = None,
        To: Any = None,
        OpenAfterPublish: Any = None,
    ) -> None:
        Path(Filename).write_text(f"%PDF-1.7 {self.sheet.name}", "utf-8")


class Sheets(Collection):
    """The sheets of a workbook."""

    def __init__(self, interface: str, book: Any) -> None:
        super().__init__(interface, [Worksheet(each) for each in book.sheets])
        self.book = book

    def get_Parent(self) -> books.Workbook:
        return books.Workbook(self.book)

    def Add(self, Before: Any = None, After: Any = None, Count: Any = None, Type: Any = None) -> Worksheet:
        return Worksheet(self.book.sheets.add(before=Before and Before.sheet, after=After and After.sheet))
