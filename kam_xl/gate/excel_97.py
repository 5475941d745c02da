"""Workbooks of before 2007 (.xls): how far sheets reach, record by record ([MS-XLS] 2.1.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kam_xl.gate.compound import CompoundFile, damaged
from kam_xl.gate.limits import Extent, ReadingLimits

_STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_DIMENSIONS, _TEXTS, _CONTINUE, _SHARED, _RUN = 0x0200, 0x00FC, 0x003C, 0x00FD, 0x00BD
_CELLS = {0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, _SHARED, 0x0006}
_WIDE, _EXTENDED, _RICH = 1, 4, 8


def check(data: bytes, where: str, limits: ReadingLimits) -> None:
    """Refuse a file whose sectors do not hang together, or whose sheets are too large to read.

    Raises
    ------
    PackageError
    """
    file = CompoundFile(data, where)
    name = next((name for name in _STREAMS if name in file.streams), None)
    if name is None:
        raise damaged(where)
    try:
        for extent in _extents(file.stream(name)):
            extent.check(where, limits)
    except struct.error as error:
        raise damaged(where) from error


def _extents(stream: bytes) -> Iterator[Extent]:
    """What the announced dimensions and the cells of all sheets unfold into; each sheet begins with its dimensions."""
    extent, texts, lengths = Extent(), list[bytes](), list[int]()
    for kind, body in _records(stream):
        if texts and kind != _CONTINUE:
            lengths, texts = list(_lengths(texts)), []
        if kind == _DIMENSIONS and len(body) >= 12:
            yield extent
            yield _announced(body)
            extent = Extent()
        elif kind in _CELLS and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            at = struct.unpack_from("<I", body, 6)[0] if kind == _SHARED and len(body) >= 10 else -1
            extent.include(row + 1, column + 1, lengths[at] if 0 <= at < len(lengths) else 0)
        elif kind == _RUN and len(body) >= 6:
            row, first = struct.unpack_from("<HH", body)
            last = max(first, struct.unpack_from("<H", body, len(body) - 2)[0])
            extent.include(row + 1, last + 1)
            extent.filled += last - first
        elif kind == _TEXTS or (kind == _CONTINUE and texts):
            texts.append(body)
    yield extent


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(stream) - 4
    while at <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _announced(body: bytes) -> Extent:
    """The dimensions that a sheet announces; a reader makes room for them, whatever cells come."""
    first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH", body)
    rows, columns = max(last_row - first_row, 0) + 1, max(last_column - first_column, 0) + 1
    return Extent(rows, columns, filled=rows * columns)


def _lengths(pieces: list[bytes]) -> Iterator[int]:
    """The lengths of the shared texts, which may go on from one piece of their table in the next."""
    piece, at, rest = pieces[0], 8, iter(pieces[1:])
    try:
        while True:
            if at >= len(piece):
                piece, at = next(rest), at - len(piece)
                continue
            count, flags = struct.unpack_from("<HB", piece, at)
            at += 3
            runs = struct.unpack_from("<H", piece, at)[0] if flags & _RICH else 0
            at += 2 if flags & _RICH else 0
            more = struct.unpack_from("<I", piece, at)[0] if flags & _EXTENDED else 0
            at += 4 if flags & _EXTENDED else 0
            yield count
            left = count
            while left > (room := max(len(piece) - at, 0) >> (flags & _WIDE)):
                left -= room
                piece, at = next(rest), 1  # what is continued says anew how wide its characters are
                flags = piece[0] if piece else 0
            at += (left << (flags & _WIDE)) + 4 * runs + more
    except (StopIteration, struct.error):
        return
