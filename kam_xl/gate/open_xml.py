"""Open XML workbooks (.xlsx, .xlsm): announced numbers of texts, and how far sheets reach.

Sheets are looked at as bytes: most are ordinary, and for these a few passes at the speed of memory are enough.
"""

from __future__ import annotations

import re
from functools import cached_property

from kam_xl.excel.references import ROWS as _ROWS
from kam_xl.excel.references import column_number
from kam_xl.gate.limits import Extent, ReadingLimits
from kam_xl.locale import Text
from kam_xl.ooxml import xml
from kam_xl.ooxml.errors import UnsafeFileError
from kam_xl.ooxml.package import Package

_SHORTEST_TEXT = len("<si/>")
_SST = re.compile(rb"<(?:[\w.\-]+:)?sst\b[^>]*>")
_TEXT = re.compile(rb"<((?:[\w.\-]+:)?)si\b(?:[^>]*/>|.*?</(?:[\w.\-]+:)?si>)", re.DOTALL)
_SHEET = re.compile(rb"<(?:[\w.\-]+:)?sheet\s")
_PREFIX = re.compile(rb"<((?:[\w.\-]+:)?)sheetData\b")
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]+)["']""")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)([0-9]+)["']""")
_MOST_DIGITS = 9  # and letters: readers go wrong beyond
# The letters of columns up to a number, as patterns that a quick look at all cells can use.
_COLUMNS = ((10, b"[A-J]"), (26, b"[A-Z]"), (52, b"A?[A-Z]"), (702, b"[A-Z]{1,2}"), (16_384, b"[A-Z]{1,3}"))
_HEAD = 65_536  # so much of a sheet shows how wide its rows are


class Texts:
    """The shared texts of a workbook; their lengths in bytes, markup included, are only found out when asked for."""

    def __init__(self, part: bytes) -> None:
        self._part = part

    @cached_property
    def longest(self) -> int:
        """Not shorter than the longest text."""
        return max(map(len, re.split(rb"<(?:[\w.\-]+:)?si\b", self._part)))

    @cached_property
    def lengths(self) -> list[int]:
        """The length of each text."""
        return [match.end() - match.start() for match in _TEXT.finditer(self._part)]


def _shared_part(package: Package) -> bytes:
    workbook = package.part_of_type("", "officeDocument") or ""
    part = package.part_of_type(workbook, "sharedStrings")
    return package.read(part) if part else b""


def check_texts(package: Package) -> None:
    """Refuse a table of texts that announces more of them than it can hold: a reader makes room for all.

    Raises
    ------
    UnsafeFileError
    """
    data = _shared_part(package)
    match = _SST.search(data)
    announced = xml.attributes(match[0].decode("utf-8", "replace")).get("uniqueCount", "").strip() if match else ""
    if announced.isdecimal() and int(announced) * _SHORTEST_TEXT > len(data):
        raise UnsafeFileError(
            Text("the workbook declares {count:count} texts and holds far fewer", count=int(announced)),
            where=package.name,
            remedy=Text("Do not trust it; ask its sender for a copy saved by Excel."),
        )


def check_sheets(package: Package, limits: ReadingLimits) -> None:
    """Refuse a workbook that names more sheets than anybody has: a reader looks at each.

    Raises
    ------
    UnsafeFileError
    """
    workbook = package.part_of_type("", "officeDocument")
    count = len(_SHEET.findall(package.read(workbook))) if workbook else 0
    if count > limits.sheets:
        raise UnsafeFileError(
            Text(
                "the workbook names {count:count} sheets, and at most {most:count} are read",
                count=count,
                most=limits.sheets,
            ),
            where=package.name,
            remedy=Text("Do not trust it; ask its sender for a copy saved by Excel."),
        )


def shared_texts(package: Package) -> Texts:
    """The shared texts of a workbook."""
    return Texts(_shared_part(package))


def extent(sheet: bytes, texts: Texts, limits: ReadingLimits) -> Extent:
    """How far a sheet reaches: a quick upper bound where that is within the limits, else exactly.

    >>> sheet = b'<worksheet><sheetData><row r="2"><c r="C2"><v>1</v></c></row></sheetData></worksheet>'
    >>> extent(sheet, Texts(b""), ReadingLimits(cells=10))
    Extent(rows=2, columns=3, filled=1, characters=0)
    """
    match = _PREFIX.search(sheet)
    prefix = match[1] if match else b""
    bound = _bound(sheet, prefix, limits)
    marks = (b't="s"', *((b"t='s'",) if b"'" in sheet else ())) if texts.longest else ()
    bound.characters = sum(map(sheet.count, marks)) * texts.longest
    if bound.is_within(limits):
        return bound
    exact = _counted(sheet, prefix)
    exact.characters = _characters(sheet, prefix, texts)
    return exact


def _bound(sheet: bytes, prefix: bytes, limits: ReadingLimits) -> Extent:
    """An area that all cells stand in, if each says where it is in the usual way; one beyond all limits if not.

    The area is guessed from the first rows and the last; one pass over all cells proves it or not.
    """
    head = re.findall(rb'<%sc r="([A-Z]{1,3})' % re.escape(prefix), sheet[:_HEAD])
    widest = max(map(column_number, map(bytes.decode, head)), default=1)
    columns, letters = next(tier for tier in _COLUMNS if widest <= tier[0] or tier is _COLUMNS[-1])
    last = _ROW_NUMBER.search(sheet, max(sheet.rfind(b"<%srow " % prefix), 0))
    lead, rest = (int(last[1][:1]), len(last[1]) - 1) if last else (9, 0)
    numbers = rb"(?:[1-%d][0-9]{%d}|[0-9]{1,%d})" % (max(lead, 1), rest, max(rest, 1))
    if re.search(rb'<%sc\b(?! r="%s%s")' % (re.escape(prefix), letters, numbers), sheet):
        return Extent(limits.cells, limits.cells)
    rows = min((lead + 1) * 10**rest, _ROWS)
    is_large = rows * columns > limits.sparse_cells
    return Extent(rows, columns, sheet.count(b"<%sc " % prefix) if is_large else rows * columns)


def _counted(sheet: bytes, prefix: bytes) -> Extent:
    """Cell by cell. Cells and rows without a place follow the one before; cells without content are not counted."""
    result, row, column = Extent(), 0, 0
    for match in re.finditer(rb"<%s(?:(row)|c)\b([^>]*)>" % re.escape(prefix), sheet):
        attributes = match[2]
        if match[1]:
            number = _ROW_NUMBER.search(attributes)
            row, column = _number(number[1]) if number else row + 1, 0
            continue
        place = _PLACE.search(attributes)
        row, column = (_number(place[2]), _column(place[1])) if place else (row, column + 1)
        if not attributes.endswith(b"/"):
            result.include(row, column)
    return result


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS


def _column(letters: bytes) -> int:
    return column_number(letters[:_MOST_DIGITS].decode())


def _characters(sheet: bytes, prefix: bytes, texts: Texts) -> int:
    pattern = rb"""\st\s*=\s*["']s["'][^>]*>\s*<%sv>\s*([0-9]+)""" % re.escape(prefix)
    count = len(texts.lengths)
    return sum(texts.lengths[at] for at in map(int, re.findall(pattern, sheet)) if at < count)
