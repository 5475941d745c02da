"""What calamine leaves out of an xlsx package: whose a sheet is, and which cells hold errors or uncomputed formulas."""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from kam_xl.table.finding import column_letter
from kam_xl.table.numbers import UNCOMPUTED

# More cells than these are not read into memory: a sheet of 20 columns to its very end still is.
MANY_CELLS = 30_000_000

_TAG = re.compile(rb"<(?:\w+:)?(sheet|definedName|Relationship)\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d+)\"")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)<")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension [^>]*?\bref=\"(?:[A-Z]+\d+:)?([A-Z]+)(\d+)\"")
_FILLED = re.compile(rb"<c\b[^>]*?\br=\"([A-Z]+)(\d+)\"[^>/]*>")
# So much of a sheet's start and end shows whether its declared extent can be believed.
_SAMPLE = 65_536
_ERROR = b't="e"'
_NO_VALUE = (b"</f></c>", b"</f><v></v></c>", b"</f><v/></c>", b"</f><v /></c>")


class PackageParts:
    """The parts of a workbook file; empty answers for files that are no xlsx packages.

    They are scanned as bytes: building a tree of a large sheet would take longer than reading the whole table.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sheets: dict[str, bytes] = {}

    def own_sheets(self) -> set[str]:
        """Names of the sheets that kam_xl itself has made: those with a name `kam_sheet` of their own."""
        tags = self._tags
        names = [self._text(tag[b"name"]) for kind, tag in tags if kind == b"sheet" and b"name" in tag]
        marked = [tag for kind, tag in tags if kind == b"definedName" and tag.get(b"name") == b"kam_sheet"]
        owners = [int(tag[b"localSheetId"]) for tag in marked if tag.get(b"localSheetId", b"").isdigit()]
        return {names[owner] for owner in owners if owner < len(names)}

    def troubles(self, sheet: str) -> Iterator[tuple[int, int, str]]:
        """Row, column (from 1) and text of each cell with an error value or with a formula that has no value."""
        data = self._sheet(sheet)
        yield from _cells(data, _ERROR)
        for mark in _NO_VALUE if b"</f>" in data else ():
            yield from _cells(data, mark)

    def extent(self, sheet: str) -> tuple[str, int]:
        """The last cell of a sheet and the number of cells up to it.

        As declared; counted where that is much, or where a cell stands outside.
        """
        data = self._sheet(sheet)
        declared = _DIMENSION.search(data, 0, 4096)
        if declared:
            row, column = int(declared[2]), _column(declared[1])
            seen = _last(data[:_SAMPLE]), _last(data[-_SAMPLE:])
            if row * column <= MANY_CELLS and all(place[0] <= row and place[1] <= column for place in seen):
                return (declared[1] + declared[2]).decode(), row * column
        row, column = _last(data)
        return f"{column_letter(column)}{row}", row * column

    @cached_property
    def _tags(self) -> list[tuple[bytes, dict[bytes, bytes]]]:
        return _tags(self._read("xl/workbook.xml"))

    def _sheet(self, name: str) -> bytes:
        if name not in self._sheets:
            self._sheets = {name: self._read_sheet(name)}  # the last one only: it is asked for twice
        return self._sheets[name]

    def _read_sheet(self, name: str) -> bytes:
        ids = {self._text(tag.get(b"name", b"")): tag.get(b"r:id") for kind, tag in self._tags if kind == b"sheet"}
        for _, relation in _tags(self._read("xl/_rels/workbook.xml.rels")):
            if relation.get(b"Id") == ids.get(name):
                target = self._text(relation.get(b"Target", b""))
                return self._read(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
        return b""

    def _read(self, part: str) -> bytes:
        try:
            with zipfile.ZipFile(self._path) as package:
                return package.read(part)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
            return b""  # another kind of package, or one of which calamine will tell what is wrong

    @staticmethod
    def _text(value: bytes) -> str:
        return html.unescape(value.decode("utf-8", "replace"))


def _tags(xml: bytes) -> list[tuple[bytes, dict[bytes, bytes]]]:
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        xml = xml.decode("utf-16", "replace").encode()
    return [
        (found[1], {name: double or single for name, double, single in _ATTRIBUTE.findall(found[2])})
        for found in _TAG.finditer(xml)
    ]


def _cells(data: bytes, mark: bytes) -> Iterator[tuple[int, int, str]]:
    at = data.find(mark)
    while at >= 0:
        start = data.rfind(b"<c ", 0, at)
        cell = data[start : data.find(b"</c>", at)] if start >= 0 else b""
        if place := _PLACE.search(cell):
            value = _VALUE.search(cell)
            if mark == _ERROR or b't="str"' not in cell[: cell.find(b">")]:
                yield int(place[2]), _column(place[1]), value[1].decode("utf-8", "replace") if value else UNCOMPUTED
        at = data.find(mark, at + 1)


def _last(data: bytes) -> tuple[int, int]:
    """The last row and the last column that hold anything."""
    filled = _FILLED.findall(data)
    return max((int(row) for _, row in filled), default=1), max((_column(column) for column, _ in filled), default=1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
