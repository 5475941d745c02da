"""Defined names of a book or a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kam_xl.engines.bases.names import NameBase, NamesBase
from kam_xl.engines.file.engine.gaps import named_gaps
from kam_xl.engines.file.parts.names.defined_names import DefinedName
from kam_xl.excel.addresses import located
from kam_xl.excel.references import Area

if TYPE_CHECKING:
    from kam_xl.engines.file.engine.book import Book
    from kam_xl.engines.file.engine.sheets import Sheet


@named_gaps
class Names(NamesBase):
    """The names of a book, those of its sheets among them; or of one sheet alone."""

    @property
    def api(self) -> Names:
        return self

    def _all(self) -> list[Name]:
        names = self._book.workbook.names
        return [Name(self._book, defined) for defined in (names.of(self._sheet.entry) if self._sheet else names)]

    def meanings(self) -> dict[str, str]:
        known = self._book.workbook.names.meanings(self._sheet.entry if self._sheet else None)
        return {name: f"={refers_to}" for name, refers_to in known.items()}

    def _get(self, name: str, sheet: Sheet | None) -> Name | None:
        name_of_book = self._book.workbook.names.get(name, sheet.entry if sheet else None)
        return Name(self._book, name_of_book) if name_of_book else None

    def _define(self, name: str, formula: str, sheet: Sheet | None) -> Name:
        self._book.workbook.note_change()
        return Name(self._book, self._book.workbook.names.add(name, formula, sheet.entry if sheet else None))


@named_gaps
class Name(NameBase):
    """One name."""

    def __init__(self, book: Book, defined: DefinedName) -> None:
        self._book, self.defined = book, defined

    @property
    def api(self) -> DefinedName:
        return self.defined

    @property
    def local(self) -> str:
        """The name without its sheet."""
        return self.defined.name

    @property
    def scope(self) -> str:
        """The sheet that it belongs to, "" for the whole book."""
        return self.defined.sheet.name if self.defined.sheet else ""

    @property
    def name(self) -> str:
        return super().name

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

    def delete(self) -> None:
        self._book.workbook.names.delete(self.defined)
        self._book.workbook.note_change()
