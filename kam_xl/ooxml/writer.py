"""Zip files written entry by entry: copied still compressed, or deflated anew.

The same content always gives the same file: new entries bear the date that Excel gives to all of its own.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from typing import BinaryIO, NamedTuple

from kam_xl.ooxml.archive import Entry, Packed, deflated, zlib_like

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_MAX_32, _MAX_16 = 0xFFFFFFFF, 0xFFFF
_DESCRIPTOR, _UTF8 = 0x8, 0x800
_DOS_1980 = (0, 33)


class Head(NamedTuple):
    """What the directory of the file says about an entry, without its place."""

    name: bytes
    flags: int
    method: int
    time: tuple[int, int]
    crc: int
    packed: int
    size: int
    attributes: int


class ArchiveWriter:
    """Writes a zip file into a stream.

    >>> import io
    >>> stream = io.BytesIO()
    >>> writer = ArchiveWriter(stream)
    >>> _ = writer.write("a.txt", [b"con", b"tent"])
    >>> writer.close()
    >>> zipfile.ZipFile(stream).read("a.txt")
    b'content'
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._position = stream, 0
        self.checksum = 0  # of all that was written
        self._directory: list[bytes] = []

    def copy(self, entry: Entry, packed: bytes) -> None:
        """Take over an entry of another file with its bytes as they are there."""
        info = entry.info
        year, month, day, hour, minute, second = info.date_time
        time = (hour << 11 | minute << 5 | second // 2, max(year - 1980, 0) << 9 | month << 5 | day)
        # Sizes are known here, so that no data descriptor follows the data.
        flags = info.flag_bits & ~_DESCRIPTOR
        sizes = (info.CRC, info.compress_size, info.file_size)
        self._add(Head(entry.stored_name, flags, info.compress_type, time, *sizes, info.external_attr), packed)

    def write(self, name: str, content: Iterable[bytes], like: Entry | None = None) -> int:
        """Add an entry; gives the checksum of its content. `like` is the entry that it takes the place of."""
        packed, size, crc = content.parts if isinstance(content, Packed) else deflated(content)
        if like is not None:
            encoded, flags = like.stored_name, like.info.flag_bits & _UTF8
        else:
            encoded, flags = name.encode("utf-8"), 0 if name.isascii() else _UTF8
        method = zipfile.ZIP_DEFLATED
        self._add(Head(encoded, flags, method, _DOS_1980, crc, len(packed), size, 0), packed)
        return crc

    def _add(self, entry: Head, packed: bytes) -> None:
        self._directory.append(_central(entry, self._position))
        large = entry.size > _MAX_32 or entry.packed > _MAX_32
        sizes = (_MAX_32, _MAX_32) if large else (entry.packed, entry.size)
        extra = struct.pack("<HHQQ", 1, 16, entry.size, entry.packed) if large else b""
        version = 45 if large else 20
        header = _LOCAL.pack(
            b"PK\3\4", version, entry.flags, entry.method, *entry.time, entry.crc, *sizes, len(entry.name), len(extra)
        )
        self._put(header + entry.name + extra)
        self._put(packed)

    def _put(self, data: bytes) -> None:
        self._position += self._stream.write(data)
        self.checksum = zlib_like.crc32(data, self.checksum)

    def close(self) -> None:
        """Write the central directory."""
        start = self._position
        directory = b"".join(self._directory)
        size, count = len(directory), len(self._directory)
        self._put(directory)
        if start > _MAX_32 or size > _MAX_32 or count > _MAX_16:
            self._put(_END_64.pack(b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start))
            self._put(_LOCATOR_64.pack(b"PK\6\7", 0, start + size, 1))
        counts = (min(count, _MAX_16),) * 2
        self._put(_END.pack(b"PK\5\6", 0, 0, *counts, min(size, _MAX_32), min(start, _MAX_32), 0))


def _central(entry: Head, offset: int) -> bytes:
    """The entry's part of the directory."""
    wide = [number for number in (entry.size, entry.packed, offset) if number > _MAX_32]
    extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    version = 45 if wide else 20
    header = _CENTRAL.pack(
        b"PK\1\2",
        *(version, 0, version, 0, entry.flags, entry.method, *entry.time, entry.crc),
        *(min(entry.packed, _MAX_32), min(entry.size, _MAX_32), len(entry.name), len(extra)),
        *(0, 0, 0, entry.attributes, min(offset, _MAX_32)),
    )
    return header + entry.name + extra
