"""Defined names of a book or a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlwings import base_classes

from kam_xl.engines.addresses import located
from kam_xl.engines.file.engine.gaps import named_gaps
from kam_xl.engines.file.errors import EditError, NoSuchItemError
from kam_xl.engines.file.parts.names import DefinedName
from kam_xl.engines.file.parts.tabs import SheetEntry
from kam_xl.engines.references import Area, quoted
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.engines.file.engine.book import Book
    from kam_xl.engines.file.engine.range import Range
    from kam_xl.engines.file.engine.sheets import Sheet


@named_gaps
class Names(base_classes.Names):
    """The names of a book, those of its sheets among them; or of one sheet alone."""

    def __init__(self, book: Book, sheet: Sheet | None = None) -> None:
        self._book, self._sheet = book, sheet

    @property
    def api(self) -> Names:
        return self

    def _all(self) -> list[DefinedName]:
        names = self._book.workbook.names
        return names.of(self._sheet.entry) if self._sheet else list(names)

    def _find(self, name_or_index: str | int) -> DefinedName | None:
        if isinstance(name_or_index, int):
            found = self._all()
            return found[name_or_index - 1] if 0 < name_or_index <= len(found) else None
        entry, name = self._scope(name_or_index)
        return self._book.workbook.names.get(name, entry)

    def _scope(self, name: str) -> tuple[SheetEntry | None, str]:
        """The sheet that a name such as ``Sheet1!rate`` belongs to, and the name without it."""
        sheet, mark, local = name.rpartition("!")
        if not mark:
            return (self._sheet.entry if self._sheet else None), name
        if sheet.startswith("'"):
            sheet = sheet[1:-1].replace("''", "'")
        entry = self._book.workbook.tabs.get(sheet)
        if entry is None:
            raise NoSuchItemError(Text("the workbook has no such sheet"), where=self._book.name, got=sheet)
        return entry, local

    def __call__(self, name_or_index: str | int) -> Name:
        found = self._find(name_or_index)
        if found is None:
            raise NoSuchItemError(Text("there is no such name"), where=self._book.name, got=name_or_index)
        return Name(self._book, found)

    def contains(self, name_or_index: str | int) -> bool:
        return self._find(name_or_index) is not None

    def __len__(self) -> int:
        return len(self._all())

    def snapshot(self) -> list[tuple[str, Name]]:
        handles = [Name(self._book, defined) for defined in self._all()]
        return [(handle.name, handle) for handle in handles]

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name, on a sheet where it is asked for there or as ``Sheet1!rate``."""
        entry, local = self._scope(name)
        if not refers_to.startswith("="):
            refers_to = f'="{refers_to}"'  # Excel, too, takes it for a text
        self._book.workbook.note_change()
        return Name(self._book, self._book.workbook.names.add(local, refers_to, entry))


@named_gaps
class Name(base_classes.Name):
    """One name."""

    def __init__(self, book: Book, defined: DefinedName) -> None:
        self._book, self.defined = book, defined

    @property
    def api(self) -> DefinedName:
        return self.defined

    @property
    def name(self) -> str:
        """The name; of one that belongs to a sheet, with the sheet before it."""
        sheet = self.defined.sheet
        return f"{quoted(sheet.name)}!{self.defined.name}" if sheet else self.defined.name

    @name.setter
    def name(self, value: str) -> None:
        self._book.workbook.names.rename(self.defined, value.rpartition("!")[2])

    @property
    def refers_to(self) -> str:
        return "=" + self.defined.refers_to

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.defined.refers_to = value.removeprefix("=")
        self._book.workbook.note_change()

    @property
    def area(self) -> Area | None:
        """The one block of cells that the name stands for, with its sheet; None where it is anything else."""
        return located(self.defined.refers_to)

    @property
    def refers_to_range(self) -> Range:
        area = self.area
        if area is None:
            raise EditError(Text("the name stands for no single range"), where=self.name, got=self.refers_to)
        return self._book.sheets(area.sheet or 1).cells_of(area)

    def delete(self) -> None:
        self._book.workbook.names.delete(self.defined)
        self._book.workbook.note_change()
