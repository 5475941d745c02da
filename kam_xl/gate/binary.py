"""Binary workbooks (.xlsb): how far sheets reach, record by record ([MS-XLSB] 2.1.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kam_xl.gate.limits import Extent, ReadingLimits
from kam_xl.locale import Text
from kam_xl.ooxml.errors import DamagedFileError
from kam_xl.ooxml.package import Package

_ROW, _LAST_CELL, _SHARED, _TEXT_ITEM, _END_OF_DATA = 0, 11, 7, 19, 146
_BLANK = 1
_LAST_ROW = 1_048_576
_U32 = struct.Struct("<I")


def check(package: Package, limits: ReadingLimits) -> None:
    """Refuse a workbook with a sheet that is too large to read.

    Raises
    ------
    PackageError
    """
    workbook = package.part_of_type("", "officeDocument") or ""
    part = package.part_of_type(workbook, "sharedStrings")
    lengths = [len(body) for kind, body in _records(package, part) if kind == _TEXT_ITEM] if part else []
    for rel in package.rels(workbook):
        if rel.kind == "worksheet" and rel.part:
            _extent(package, rel.part, lengths).check(f"{package.name} ({rel.part})", limits)


def _extent(package: Package, part: str, lengths: list[int]) -> Extent:
    extent, row = Extent(), 0
    for kind, body in _records(package, part):
        if kind == _END_OF_DATA:
            break
        if kind == _ROW and len(body) >= _U32.size:
            row = _U32.unpack_from(body)[0] + 1
            if row > _LAST_ROW:  # a reader stops here
                break
        elif _BLANK < kind <= _LAST_CELL and len(body) >= 2 * _U32.size:
            at = _U32.unpack_from(body, 8)[0] if kind == _SHARED and len(body) >= 12 else -1
            extent.include(row, _U32.unpack_from(body)[0] + 1, lengths[at] if 0 <= at < len(lengths) else 0)
    return extent


def _records(package: Package, part: str) -> Iterator[tuple[int, bytes]]:
    """The records of a part: number of the type, and body."""
    data, at = package.read(part), 0
    try:
        while at < len(data):
            kind, at = _varied(data, at, 2)
            size, at = _varied(data, at, 4)
            yield kind, data[at : at + size]
            at += size
    except IndexError as error:
        raise DamagedFileError(Text("a part of the file is damaged"), where=part) from error


def _varied(data: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number of up to `longest` bytes, seven bits in each, and where the next one begins."""
    number = 0
    for shift in range(longest):
        byte = data[at + shift]
        number |= (byte & 0x7F) << 7 * shift
        if byte < 0x80:
            return number, at + shift + 1
    return number, at + longest
