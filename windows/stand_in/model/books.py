"""Workbooks and their windows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from windows.stand_in.model import application
from windows.stand_in.model.base import Collection, ExcelObject
from windows.stand_in.model.sheets import Sheets, Worksheet
from windows.stand_in.model.tables import Names


class Window(ExcelObject):
    """The window that a process gets Excel from."""

    interface = "Window"

    def get_Application(self) -> application.Application:
        return application.Application.running


class Workbook(ExcelObject):
    """A workbook."""

    interface = "_Workbook"
    web_folder = ""  # of OneDrive or SharePoint, by whose address Excel calls what it saves by itself

    def __init__(self, book: Any) -> None:
        self.book = book

    protected: tuple[str, ...] = ()  # names of sheets; the workbook's own protects its structure

    def get_ProtectStructure(self) -> bool:
        return self.book.name in self.protected

    def get_Name(self) -> str:
        return self.book.name

    def get_FullName(self) -> str:
        return f"{self.web_folder}/{self.book.name}" if self.web_folder else self.book.fullname

    def get_Sheets(self) -> Sheets:
        return Sheets("Sheets", self.book)

    def get_Worksheets(self) -> Sheets:
        return Sheets("Sheets", self.book)

    def get_Names(self) -> Names:
        return Names(self.book.names)

    def get_Application(self) -> application.Application:
        return application.Application.running

    def get_ActiveSheet(self) -> Worksheet:
        return Worksheet(self.book.sheets.active)

    def Activate(self) -> None:
        self.book.activate()

    def SaveCopyAs(self, Filename: Any = None) -> None:
        self.book.impl.save_copy(Path(Filename))

    def Close(self, SaveChanges: Any = None, Filename: Any = None, RouteWorkbook: Any = None) -> None:
        self.book.close()


class Workbooks(Collection):
    """The open workbooks."""

    def __init__(self, app: Any) -> None:
        super().__init__("Workbooks", [Workbook(each) for each in app.books])
        self.app = app

    def get_Application(self) -> application.Application:
        return application.Application.running

    def Open(  # all that Excel knows, because clients give them all
        self,
        Filename: Any,
        UpdateLinks: Any = None,
        ReadOnly: Any = None,
        Format: Any = None,
        Password: Any = None,
        WriteResPassword: Any = None,
        IgnoreReadOnlyRecommended: Any = None,
        Origin: Any = None,
        Delimiter: Any = None,
        Editable: Any = None,
        Notify: Any = None,
        Converter: Any = None,
        AddToMru: Any = None,
        Local: Any = None,
        CorruptLoad: Any = None,
    ) -> Workbook:
        return Workbook(self.app.books.open(Filename))
