"""Defined names of a book or a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kam_xl.engines.bases.names import NameBase, NamesBase, as_formula
from kam_xl.engines.calc.bridge import struct
from kam_xl.engines.calc.gaps import named_gaps
from kam_xl.engines.errors import EditError
from kam_xl.excel.addresses import located, parse
from kam_xl.excel.references import Area, same
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.engines.calc.books import Book
    from kam_xl.engines.calc.sheets import Sheet

_BUILT_IN = "_xlnm."  # print areas and filters, which Calc keeps elsewhere and shows nobody as names
# Most names stand for one block of cells: read here, and not by a parser at four calls each.
_SHEET = r"\$?(?:'(?:[^']|'')+'|\w+)\."
_CELLS = re.compile(
    rf"\$?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>\w+))\.(?P<first>\$[A-Z]+\$\d+)(?::(?:{_SHEET})?(?P<last>\$[A-Z]+\$\d+))?"
)


@named_gaps
class Names(NamesBase):
    """The names of a book, those of its sheets among them; or of one sheet alone."""

    @property
    def api(self) -> Any:
        """Calc's own object, ``com.sun.star.sheet.NamedRanges``."""
        return (self._sheet or self._book).api.NamedRanges

    def _all(self) -> list[Name]:
        scopes = [self._sheet] if self._sheet else [None, *self._book.sheets]
        return [name for sheet in scopes for name in _names(self._book, sheet)]

    def _get(self, name: str, sheet: Sheet | None) -> Name | None:
        ranges = (sheet or self._book).api.NamedRanges
        key = next((key for key in ranges.getElementNames() if same(key, name)), None)
        return Name(self._book, ranges.getByName(key), sheet) if key else None

    def _define(self, name: str, formula: str, sheet: Sheet | None) -> Name:
        ranges = (sheet or self._book).api.NamedRanges
        before = self._get(name, sheet)
        if before:
            before.delete()
        try:
            ranges.addNewByName(name, _content(self._book, formula), _corner(sheet), 0)
        except Exception as error:
            raise EditError(
                Text("LibreOffice does not allow this name"),
                got=name,
                remedy=Text("Begin with a letter, use letters, digits, underscores; it must not look like a cell."),
            ) from error
        return Name(self._book, ranges.getByName(name), sheet)


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
    return book.document.formulas.to_calc(as_formula(refers_to)).removeprefix("=")


@named_gaps
class Name(NameBase):
    """One name."""

    def __init__(self, book: Book, named: Any, sheet: Sheet | None, key: str = "", title: str = "") -> None:
        self._book, self.api, self._sheet = book, named, sheet
        self._key, self._title = key, title

    @property
    def local(self) -> str:
        """The name without its sheet."""
        return str(self._key or self.api.getName())

    @property
    def scope(self) -> str:
        """The sheet that it belongs to, "" for the whole book."""
        return "" if self._sheet is None else self._title or self._sheet.name

    @property
    def name(self) -> str:
        return super().name

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value.rpartition("!")[2])
        self._key = ""

    @property
    def area(self) -> Area | None:
        """The one block of cells that the name stands for, with its sheet; None where it is anything else."""
        content = self.api.getContent()
        match = _CELLS.fullmatch(content)
        if match is None:
            return None if "#REF!" in content else located(self.refers_to.removeprefix("="))
        area = parse(f"{match['first']}:{match['last'] or match['first']}")
        return area and area._replace(sheet=(match["quoted"] or match["bare"]).replace("''", "'"))

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

    def _sheet_called(self, title: str) -> Any:
        return self._sheet if self._sheet and self._title == title else super()._sheet_called(title)

    def delete(self) -> None:
        (self._sheet or self._book).api.NamedRanges.removeByName(self.api.getName())
