"""Defined names of a book or a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_xl.engines.addresses import located
from kam_xl.engines.calc.bridge import struct
from kam_xl.engines.calc.gaps import named_gaps
from kam_xl.engines.errors import EditError, NoSuchItemError
from kam_xl.engines.references import Area, column_number, quoted, same
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.engines.calc.books import Book
    from kam_xl.engines.calc.range import Range
    from kam_xl.engines.calc.sheets import Sheet

_BUILT_IN = "_xlnm."  # print areas and filters, which Calc keeps elsewhere and shows nobody as names
# Most names stand for one block of cells: read here, and not by a parser at four calls each.
_CELLS = re.compile(
    r"\$?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>\w+))\.\$(?P<left>[A-Z]{1,3})\$(?P<top>\d+)"
    r"(?::(?:\$?(?:'(?:[^']|'')+'|\w+)\.)?\$(?P<right>[A-Z]{1,3})\$(?P<bottom>\d+))?"
)


@named_gaps
class Names(base_classes.Names):
    """The names of a book, those of its sheets among them; or of one sheet alone."""

    def __init__(self, book: Book, sheet: Sheet | None = None) -> None:
        self._book, self._sheet = book, sheet

    @property
    def api(self) -> Any:
        """Calc's own object, ``com.sun.star.sheet.NamedRanges``."""
        return (self._sheet or self._book).api.NamedRanges

    def _all(self) -> Iterator[Name]:
        if self._sheet is None:
            yield from _names(self._book, None)
        for sheet in [self._sheet] if self._sheet else self._book.sheets:
            yield from _names(self._book, sheet)

    def _find(self, name_or_index: str | int) -> Name | None:
        if isinstance(name_or_index, int):
            found = list(self._all())
            return found[name_or_index - 1] if 0 < name_or_index <= len(found) else None
        sheet, name = self._scope(name_or_index)
        ranges = (sheet or self._book).api.NamedRanges
        key = next((key for key in ranges.getElementNames() if same(key, name)), None)
        return Name(self._book, ranges.getByName(key), sheet) if key else None

    def _scope(self, name: str) -> tuple[Sheet | None, str]:
        """The sheet that a name such as ``Sheet1!rate`` belongs to, and the name without it."""
        sheet, mark, local = name.rpartition("!")
        if not mark:
            return self._sheet, name
        return self._book.sheets(sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet), local

    def __call__(self, name_or_index: str | int) -> Name:
        found = self._find(name_or_index)
        if found is None:
            raise NoSuchItemError(Text("there is no such name"), where=self._book.name, got=name_or_index)
        return found

    def contains(self, name_or_index: str | int) -> bool:
        return self._find(name_or_index) is not None

    def __len__(self) -> int:
        return len(list(self._all()))

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name.name, name) for name in self._all()]

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name, on a sheet where it is asked for there or as ``Sheet1!rate``; one that is there gives way."""
        sheet, local = self._scope(name)
        ranges = (sheet or self._book).api.NamedRanges
        before = self._find(name)
        if before:
            before.delete()
        try:
            ranges.addNewByName(local, _content(self._book, refers_to), _corner(sheet), 0)
        except Exception as error:
            raise EditError(
                Text("LibreOffice does not allow this name"),
                got=name,
                remedy=Text("Begin with a letter, use letters, digits, underscores; it must not look like a cell."),
            ) from error
        return Name(self._book, ranges.getByName(local), sheet)


def _names(book: Book, sheet: Sheet | None) -> Iterator[Name]:
    ranges = (sheet or book).api.NamedRanges
    title = sheet.name if sheet else ""
    for key in ranges.getElementNames():
        if not key.startswith(_BUILT_IN):
            yield Name(book, ranges.getByName(key), sheet, key, title)


def _corner(sheet: Sheet | None) -> Any:
    place = sheet.api.getRangeAddress().Sheet if sheet else 0
    return struct("table.CellAddress", Sheet=place, Column=0, Row=0)


def _content(book: Book, refers_to: str) -> str:
    if not refers_to.startswith("="):
        refers_to = f'="{refers_to}"'  # Excel, too, takes it for a text
    return book.document.formulas.to_calc(refers_to).removeprefix("=")


@named_gaps
class Name(base_classes.Name):
    """One name."""

    def __init__(self, book: Book, named: Any, sheet: Sheet | None, key: str = "", title: str = "") -> None:
        self._book, self.api, self._sheet = book, named, sheet
        self._key, self._title = key, title

    @property
    def local(self) -> str:
        """The name without its sheet."""
        return str(self._key or self.api.getName())

    @property
    def name(self) -> str:
        """The name; of one that belongs to a sheet, with the sheet before it."""
        if self._sheet is None:
            return self.local
        return f"{quoted(self._title or self._sheet.name)}!{self.local}"

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value.rpartition("!")[2])
        self._key = ""

    @property
    def area(self) -> Area | None:
        """The one block of cells that the name stands for, with its sheet; None where it is anything else."""
        content = self.api.getContent()
        found = _CELLS.fullmatch(content)
        if found is None:
            return None if "#REF!" in content else located(self.refers_to.removeprefix("="))
        left, top = column_number(found["left"]), int(found["top"])
        right, bottom = column_number(found["right"] or found["left"]), int(found["bottom"] or top)
        return Area((found["quoted"] or found["bare"]).replace("''", "'"), top, left, bottom, right)

    @property
    def refers_to(self) -> str:
        content = self.api.getContent()
        if "#REF!" in content:
            return "=#REF!"
        if content.startswith('"') and content.endswith('"'):
            return f"={content}"
        if _CELLS.fullmatch(content) and (area := self.area):
            return f"={area.address()}"
        return self._book.document.formulas.to_excel(f"={content}")

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.setContent(_content(self._book, value))

    @property
    def refers_to_range(self) -> Range:
        area = self.area
        if area is None:
            raise EditError(Text("the name stands for no single range"), where=self.name, got=self.refers_to)
        if self._sheet and self._title == area.sheet:
            return self._sheet.cells_of(area)
        return self._book.sheets(area.sheet or 1).cells_of(area)

    def delete(self) -> None:
        (self._sheet or self._book).api.NamedRanges.removeByName(self.api.getName())
