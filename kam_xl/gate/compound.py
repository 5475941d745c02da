"""Compound files ([MS-CFB]), the shell of workbooks of before 2007: a small file system of chained sectors."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence

from kam_xl.locale import Text
from kam_xl.ooxml.errors import DamagedFileError

_LAST_SECTOR = 0xFFFFFFFA  # numbers from here on mean "free", "end of chain" and the like
_END = 0xFFFFFFFE
_MINI_SECTOR, _MINI_LIMIT = 64, 4096
_ENTRY = 128


class CompoundFile:
    """The streams of a compound file. Every chain of sectors that a reader may follow must come to an end.

    Raises
    ------
    DamagedFileError
        If one does not, or leads out of the file.
    """

    def __init__(self, data: bytes, where: str) -> None:
        self._data, self.where = data, where
        try:
            self._read_tables()
            self.streams = self._directory()
        except (struct.error, IndexError, ValueError) as error:
            raise damaged(where) from error

    def _read_tables(self) -> None:
        shift = struct.unpack_from("<H", self._data, 30)[0]
        if shift not in (9, 12):
            raise damaged(self.where)
        self._size = 1 << shift
        self._count = len(self._data) // self._size + 1
        fat_sectors, self._first_directory = struct.unpack_from("<2I", self._data, 44)
        self._first_mini, self._minis, first_difat = struct.unpack_from("<3I", self._data, 60)
        if max(fat_sectors, self._minis) > self._count:
            raise damaged(self.where)
        self._fat = [number for sector in self._fat_sectors(first_difat) for number in _numbers(self._sector(sector))]

    def _fat_sectors(self, first: int) -> list[int]:
        """The sectors of the allocation table: some are named in the header, the others in a chain of their own."""
        numbers, steps = list(struct.unpack_from("<109I", self._data, 76)), 0
        while first < _LAST_SECTOR:
            *more, first = _numbers(self._sector(first))
            numbers += more
            steps += 1
            if steps > self._count:
                raise damaged(self.where)
        named = [number for number in numbers if number < _LAST_SECTOR]
        if len(named) > self._count:
            raise damaged(self.where)
        return named

    def _directory(self) -> dict[str, tuple[int, int]]:
        """First sector and length of each stream, by name; of two with one name the first counts."""
        content = self._chain(self._first_directory)
        whole = range(0, len(content) - _ENTRY + 1, _ENTRY)
        entries = [content[at : at + _ENTRY] for at in whole]
        root = struct.unpack_from("<II", entries[0], 116)
        self._mini_stream = self._chain(*root) if self._minis else b""
        self._mini_fat = _numbers(self._chain(self._first_mini, self._minis * self._size)) if self._minis else []
        return {_name(entry): struct.unpack_from("<II", entry, 116) for entry in reversed(entries)}

    def stream(self, name: str) -> bytes:
        """The content of a stream."""
        first, length = self.streams[name]
        if length >= _MINI_LIMIT:
            return self._chain(first, length)
        return self._followed(first, self._mini_fat, self._mini_sector, length)

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _mini_sector(self, number: int) -> bytes:
        return self._mini_stream[number * _MINI_SECTOR : (number + 1) * _MINI_SECTOR]

    def _chain(self, first: int, length: int | None = None) -> bytes:
        return self._followed(first, self._fat, self._sector, length)

    def _followed(self, number: int, table: Sequence[int], sector: Callable[[int], bytes], length: int | None) -> bytes:
        pieces, size = list[bytes](), 0
        while number != _END and (length is None or size < length):
            if len(pieces) > len(table) or number >= len(table):
                raise damaged(self.where)
            pieces.append(sector(number))
            size += len(pieces[-1])
            number = table[number]
        return b"".join(pieces)[:length]


def damaged(where: str) -> DamagedFileError:
    """The error for a file that does not hang together."""
    return DamagedFileError(
        Text("the workbook is damaged or is not a workbook"),
        where=where,
        remedy=Text("Open it in Excel, save it as .xlsx and try again."),
    )


def _numbers(sector: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])


def _name(entry: bytes) -> str:
    length: int = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
