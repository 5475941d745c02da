"""What the pages of a parquet file say of their size: readers make room for it before they see what is there.

The header of a page is a struct in the compact protocol of Thrift; see the Parquet format, "Data Pages".
"""

from __future__ import annotations

from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING

from kam_xl.gate.limits import LIMITS
from kam_xl.locale import Text
from kam_xl.ooxml.errors import UnsafeFileError

if TYPE_CHECKING:
    from pyarrow import parquet as pq

_UNPACKED, _PACKED = 2, 3  # fields of a page's header
_BYTE, _DOUBLE, _BINARY, _STRUCT = 3, 7, 8, 12
_BOOLEANS, _INTEGERS = (1, 2), (4, 5, 6)
_DEPTH = 3  # a header holds that of its kind of page, which holds statistics
_ROOM = 1 << 26  # a smaller page harms nobody, whatever its column says


def check_pages(path: Path, metadata: pq.FileMetaData, where: str) -> None:
    """Refuse a file with a page that takes more room than texts may, or far more than its whole column is said to.

    Headers that cannot be understood are for the reader to tell.

    Raises
    ------
    UnsafeFileError
    """
    chunks = [
        metadata.row_group(group).column(at)
        for group in range(metadata.num_row_groups)
        for at in range(metadata.num_columns)
    ]
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        for chunk in chunks:
            most = min(LIMITS.characters, max(_ROOM, chunk.total_uncompressed_size))
            start = min(chunk.dictionary_page_offset or chunk.data_page_offset, chunk.data_page_offset)
            for size in _sizes(data, start, start + chunk.total_compressed_size):
                if size > most:
                    raise UnsafeFileError(
                        Text(
                            "a page of the column {name} asks for {size:count} bytes of memory",
                            name=chunk.path_in_schema,
                            size=size,
                        ),
                        where=where,
                        remedy=Text("Write or copy it again."),
                    )


def _sizes(data: mmap, at: int, end: int) -> Iterator[int]:
    """How many bytes each page of a piece of a column has once it is unpacked."""
    while 0 <= at < end:
        try:
            fields, at = _integers(data, at)
        except (IndexError, ValueError):
            return
        yield fields.get(_UNPACKED, 0)
        at += max(fields.get(_PACKED, 0), 0)


def _integers(data: bytes | mmap, at: int, depth: int = 0) -> tuple[dict[int, int], int]:
    r"""The whole numbers of a struct by field, and where the struct ends.

    >>> _integers(b"\x15\x04\x15\xc8\x01\x15\x0c\x2c\x15\x02\x00\x00", 0)
    ({1: 2, 2: 100, 3: 6}, 12)
    """
    if depth > _DEPTH:
        raise ValueError(depth)
    fields: dict[int, int] = {}
    field = 0
    while head := data[at]:
        step, kind = head >> 4, head & 15
        field, at = (field + step, at + 1) if step else _integer(data, at + 1)
        if kind in _INTEGERS:
            fields[field], at = _integer(data, at)
        elif kind == _BINARY:
            size, at = _varint(data, at)
            at += size
        elif kind == _STRUCT:
            _, at = _integers(data, at, depth + 1)
        elif kind in (_BYTE, _DOUBLE):
            at += 1 if kind == _BYTE else 8
        elif kind not in _BOOLEANS:
            raise ValueError(kind)
    return fields, at + 1


def _integer(data: bytes | mmap, at: int) -> tuple[int, int]:
    """A number with its sign in its last bit, and where it ends."""
    value, at = _varint(data, at)
    return (value >> 1) ^ -(value & 1), at


def _varint(data: bytes | mmap, at: int) -> tuple[int, int]:
    for size in range(10):
        if data[at + size] < 0x80:
            groups = (data[at + each] & 0x7F for each in range(size + 1))
            return sum(group << 7 * each for each, group in enumerate(groups)), at + size + 1
    raise ValueError(at)
