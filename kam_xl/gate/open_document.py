"""OpenDocument spreadsheets (.ods): rows and cells that are written once and repeated many times."""

from __future__ import annotations

import re

from kam_xl.gate.limits import Extent, ReadingLimits
from kam_xl.locale import Text
from kam_xl.ooxml.archive import Archive
from kam_xl.ooxml.errors import DamagedFileError, UnsafeFileError

_PART = "content.xml"
_TAG = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
_REPEATED = re.compile(rb"""table:number-(?:rows|columns)-repeated\s*=\s*["'](\d{1,9})["']""")
_NAME = re.compile(rb"""table:name\s*=\s*["']([^"']*)["']""")
_HELD = re.compile(rb"\b(?:office:value-type|office:value|office:string-value|table:formula)\s*=")
_BLANKS = re.compile(rb"""<text:s\b[^>]*text:c\s*=\s*["'](\d+)["']""")
_MANY_BLANKS = 100_000
_COLUMNS = 16_384  # no sheet has more; of further ones a reader takes no notice


def check(archive: Archive, limits: ReadingLimits) -> None:
    """Refuse a spreadsheet whose repeated rows and cells unfold into more than a reader has room for.

    Raises
    ------
    PackageError
    """
    entry = next((entry for entry in archive.entries if entry.name == _PART), None)
    if entry is None:
        raise DamagedFileError(Text("a part of the file is missing"), where=archive.where, got=_PART)
    content = archive.read(entry)
    if any(int(match[1]) > _MANY_BLANKS for match in _BLANKS.finditer(content)):
        raise UnsafeFileError(Text("a text of the workbook holds far too many blanks"), where=archive.where)
    for name, extent, stored in _tables(content):
        where = f"{archive.where} ({name})"
        extent.check(where, limits)
        Extent(1, stored, stored).check(where, limits)


def _tables(content: bytes) -> list[tuple[str, Extent, int]]:
    """Every table: its name, its extent, and how many cells a reader makes of its rows before it repeats them."""
    tables: list[tuple[str, Extent, int]] = []
    name, extent, stored, row, repeats, column, filled = "", Extent(), 0, 0, 1, 0, 0
    for tag in _TAG.finditer(content):
        closes, kind, attributes = bool(tag[1]), tag[2], tag[3]
        count = _REPEATED.search(attributes)
        times = int(count[1]) if count else 1
        if kind == b"table":
            if closes:
                tables.append((name, extent, stored))
            else:
                named = _NAME.search(attributes)
                name, extent, stored, row = named[1].decode("utf-8", "replace") if named else "", Extent(), 0, 0
        elif kind == b"table-row":
            if closes:
                row += repeats
                stored += filled
                if filled:
                    extent.rows, extent.columns = max(extent.rows, row), max(extent.columns, filled)
            else:
                repeats, column, filled = times, 0, 0
                row += repeats if attributes.endswith(b"/") else 0
        elif not closes:
            column = min(column + times, _COLUMNS)
            if _HELD.search(attributes):
                filled = column
                extent.filled += times * repeats
                length = 0 if attributes.endswith(b"/") else content.find(b"</table:", tag.end()) - tag.end()
                extent.characters += times * repeats * max(length, 0) if b"string" in attributes else 0
    return tables
