"""A compound file ([MS-CFB], version 3): streams in storages, in sectors of 512 bytes; no dates, no class ids."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Union

SECTOR, MINI_SECTOR, ENTRY = 512, 64, 128
MINI_CUTOFF = 4096  # smaller streams stand in the mini stream (2.2)
FREE, END, FAT_SECTOR, NOBODY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF  # 2.1, 2.6.1
STORAGE, STREAM, ROOT = 1, 2, 5  # 2.6.1, object types
RED, BLACK = 0, 1
IN_HEADER = 109  # sectors of the FAT that the header can name
_NUMBERS = SECTOR // 4  # of a sector of the FAT

Tree = Mapping[str, Union[bytes, "Tree"]]


def compound_file(tree: Tree) -> bytes:
    """The file of a tree of storages (mappings) and streams (bytes)."""
    entries = list(_entries("Root Entry", tree, ROOT))
    _number(entries)
    sectors, mini = _Sectors(SECTOR), _Sectors(MINI_SECTOR)
    for entry in entries:
        if entry.kind == STREAM:
            entry.start = (mini if len(entry.data) < MINI_CUTOFF else sectors).put(entry.data)
            entry.size = len(entry.data)
    root = entries[0]
    root.start, root.size = sectors.put(bytes(mini.data)), len(mini.data)
    mini_fat = _padded(mini.chain)
    mini_fat_start = sectors.put(_packed(mini_fat))
    unused = [_Entry("", 0)] * (-len(entries) % (SECTOR // ENTRY))
    directory = sectors.put(b"".join(entry.packed() for entry in [*entries, *unused]))
    fat_start, fat_sectors = sectors.put_fat()
    header = _header(fat_start, fat_sectors, directory, mini_fat_start, len(mini_fat) // _NUMBERS)
    return header + bytes(sectors.data)


@dataclass
class _Entry:
    """A directory entry (2.6.1); its children, siblings and place become known later."""

    name: str
    kind: int
    data: bytes = b""
    children: list[_Entry] = field(default_factory=list)
    number: int = NOBODY
    color: int = BLACK
    left: int = NOBODY
    right: int = NOBODY
    child: int = NOBODY
    start: int = 0
    size: int = 0

    @property
    def order(self) -> tuple[int, str]:
        """Shorter names first, equal ones by upper case (2.6.4)."""
        return len(self.name), self.name.upper()

    def packed(self) -> bytes:
        """The 128 bytes of the entry."""
        name = self.name.encode("utf-16-le")
        length = len(name) + 2 if name else 0
        links = (self.left, self.right, self.child)
        color = self.color if name else RED
        head = name.ljust(64, b"\0") + struct.pack("<HBB3I", length, self.kind, color, *links)
        return head + struct.pack("<16sIQQIQ", b"", 0, 0, 0, self.start, self.size)


def _entries(name: str, content: bytes | Tree, kind: int = STREAM) -> Iterator[_Entry]:
    """An entry, and after it all that is in it."""
    if isinstance(content, bytes):
        yield _Entry(name, STREAM, content)
        return
    entry = _Entry(name, kind if kind == ROOT else STORAGE)
    below = [list(_entries(*item)) for item in content.items()]
    entry.children = [each[0] for each in below]
    yield entry
    for each in below:
        yield from each


def _number(entries: Sequence[_Entry]) -> None:
    for number, entry in enumerate(entries):
        entry.number = number
    for entry in entries:
        children = sorted(entry.children, key=lambda each: each.order)
        whole_levels = (len(children) + 1).bit_length() - 1
        entry.child = _linked(children, whole_levels)


def _linked(entries: Sequence[_Entry], black_levels: int) -> int:
    """A balanced tree of siblings; those below the last whole level are red, so that it is a red-black tree (2.6.4)."""
    if not entries:
        return NOBODY
    middle = len(entries) // 2
    entry = entries[middle]
    entry.color = BLACK if black_levels > 0 else RED
    entry.left = _linked(entries[:middle], black_levels - 1)
    entry.right = _linked(entries[middle + 1 :], black_levels - 1)
    return entry.number


class _Sectors:
    """Sectors of one size with the chain that joins them (2.3, 2.4)."""

    def __init__(self, size: int) -> None:
        self.size, self.data, self.chain = size, bytearray(), list[int]()

    def put(self, data: bytes) -> int:
        """Add a stream; the number of its first sector."""
        if not data:
            return END
        start, count = len(self.chain), -(-len(data) // self.size)
        self.data += data.ljust(count * self.size, b"\0")
        self.chain += [*range(start + 1, start + count), END]
        return start

    def put_fat(self) -> tuple[int, int]:
        """Add the chain itself, its own sectors among it; the number of its first sector and of its sectors."""
        start, count = len(self.chain), 1
        while start + count > count * _NUMBERS:
            count += 1
        if count > IN_HEADER:
            raise ValueError("the streams are too large for a compound file without a DIFAT")
        self.chain += [FAT_SECTOR] * count
        self.data += _packed(_padded(self.chain))
        return start, count


def _padded(chain: Sequence[int]) -> list[int]:
    return [*chain, *[FREE] * (-len(chain) % _NUMBERS)]


def _packed(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def _header(fat: int, fat_sectors: int, directory: int, mini_fat: int, mini_fat_sectors: int) -> bytes:
    """The header (2.2): version 3.62, little-endian, sectors of 2^9 and mini sectors of 2^6 bytes."""
    fixed = struct.pack("<8s16s5H6s", bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"")
    places = (0, fat_sectors, directory, 0, MINI_CUTOFF, mini_fat, mini_fat_sectors, END, 0)
    named = [*range(fat, fat + fat_sectors), *[FREE] * (IN_HEADER - fat_sectors)]
    return fixed + _packed(places) + _packed(named)
