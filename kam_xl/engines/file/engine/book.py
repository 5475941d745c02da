"""An open book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlwings import base_classes

from kam_xl.engines.file.engine.gaps import named_gaps, refuse
from kam_xl.engines.file.engine.names import Names
from kam_xl.engines.file.engine.sheets import Sheets
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.engines.file.save import SaveReport, save
from kam_xl.files.destination import Destination

if TYPE_CHECKING:
    from kam_xl.engines.file.engine.app import App, Books


@named_gaps
class Book(base_classes.Book):
    """A workbook in memory, and the file it came from.

    Attributes
    ----------
    workbook : Workbook
        Its model.
    report : SaveReport or None
        Which parts the file last written shares with the one that was read.
    backup : bool
        Whether saving keeps a copy of the file that it replaces.
    """

    def __init__(self, books: Books, workbook: Workbook, name: str, path: Path | None = None) -> None:
        self._books, self.workbook = books, workbook
        self._name, self._path = name, path
        self.report: SaveReport | None = None
        self.backup = False

    @property
    def api(self) -> Workbook:
        """The model behind the book: there is no program that has objects of its own."""
        return self.workbook

    @property
    def app(self) -> App:
        return self._books.app

    @property
    def name(self) -> str:
        return self._name

    @property
    def fullname(self) -> str:
        return str(self._path or self._name)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        self._books.items.remove(self)
        self._books.items.append(self)

    def close(self) -> None:
        if self in self._books.items:
            self._books.items.remove(self)

    def save_copy(self, path: Path) -> None:
        """Write the book as it is now into another file; the book stays that of its own file."""
        save(self.workbook, path.absolute())

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Write the book; without a path where it came from, a new one into the current folder."""
        if password:
            refuse("passwords")
        target = Path(path) if path else self._path or Path(self._name)
        if not target.suffix:
            target = target.with_suffix(".xlsm" if self.workbook.has_macros else ".xlsx")
        self.save_to(target.absolute())

    def save_to(self, destination: Path | Destination) -> None:
        """Write the book to a place, if that is still as it was when the place was chosen."""
        self.report = save(self.workbook, destination, backup=self.backup)
        path = destination.given.absolute() if isinstance(destination, Destination) else destination
        self._name, self._path = path.name, path
