"""Columns of texts as texts: a string for each of a million cells takes seven times the room."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, zip_longest
from typing import NamedTuple, overload

from kam_xl.table.values.cells import Cell


class Piece(NamedTuple):
    """Some cells of a column: a text with a cell a line, or a list where they are not so plain."""

    cells: str | list[Cell]
    size: int

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> Piece:
        r"""Cells as a text where each is one line of text; None is no cell.

        >>> Piece.of(["a", ""]), Piece.of(["a", None])
        (Piece(cells='a\n', size=2), Piece(cells=['a', None], size=2))
        """
        if None not in cells and (text := "\n".join(cells)).count("\n") == len(cells) - 1:
            return cls(text, len(cells))
        return cls(list(cells), len(cells))

    @property
    def values(self) -> list[Cell]:
        """The cells one by one."""
        return self.cells.split("\n") if isinstance(self.cells, str) else self.cells


class TextColumn(Sequence[Cell]):
    """The cells of a column from `start` up to `stop`, in pieces.

    >>> column = TextColumn([Piece.of(["a", "b"]), Piece.of(["c"])])
    >>> list(column[1:]), column[2], len(column)
    (['b', 'c'], 'c', 3)
    """

    def __init__(self, pieces: Sequence[Piece], start: int = 0, stop: int | None = None) -> None:
        self._pieces, self._ends = pieces, list(accumulate(piece.size for piece in pieces))
        self._start, self._stop = start, (self._ends[-1] if self._ends else 0) if stop is None else stop
        self._open: tuple[int, int, list[Cell]] = (0, 0, [])  # the piece asked for last, between its bounds

    def __len__(self) -> int:
        return self._stop - self._start

    def __iter__(self) -> Iterator[Cell]:
        return chain.from_iterable(piece.values for piece in self.pieces())

    @overload
    def __getitem__(self, at: int) -> Cell: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Cell]: ...
    def __getitem__(self, at: int | slice) -> Cell:
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            whole = TextColumn(self._pieces, self._start + start, self._start + max(start, stop))
            return whole if step == 1 else [*self][at]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at += self._stop if at < 0 else self._start
        first, end, cells = self._open
        if not first <= at < end:
            place = bisect_right(self._ends, at)
            cells, end = self._pieces[place].values, self._ends[place]
            first = end - len(cells)
            self._open = first, end, cells
        return cells[at - first]

    def pieces(self) -> Iterator[Piece]:
        """The cells piece by piece."""
        for piece, end in zip(self._pieces, self._ends, strict=True):
            begin = end - piece.size
            first, last = max(self._start - begin, 0), min(self._stop - begin, piece.size)
            if (first, last) == (0, piece.size):
                yield piece
            elif first < last:
                yield Piece.of(piece.values[first:last])


class TextRows(Sequence[list[Cell]]):
    """The rows of columns of one length, each made when it is asked for; what is None at their ends is no cell.

    >>> rows = TextRows([["a", "b"], ["c", None]])
    >>> list(rows), rows[-1], len(rows[1:])
    ([['a', 'c'], ['b']], ['b'], 1)
    """

    def __init__(self, columns: Sequence[Sequence[Cell]]) -> None:
        self._columns = columns

    @classmethod
    def of(cls, tables: Sequence[Sequence[Piece]]) -> TextRows:
        """The rows of tables one below another, each with the pieces of its columns."""
        blank = [Piece([None] * table[0].size, table[0].size) for table in tables]
        padded = zip_longest(*tables)
        return cls(
            [TextColumn([piece or nothing for piece, nothing in zip(pieces, blank, strict=True)]) for pieces in padded]
        )

    def __len__(self) -> int:
        return len(self._columns[0]) if self._columns else 0

    def __iter__(self) -> Iterator[list[Cell]]:
        return map(_row, zip(*self._columns, strict=True))

    @overload
    def __getitem__(self, at: int) -> list[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> TextRows: ...
    def __getitem__(self, at: int | slice) -> list[Cell] | TextRows:
        if isinstance(at, slice):
            return TextRows([column[at] for column in self._columns])
        return _row([column[at] for column in self._columns])

    @property
    def columns(self) -> list[Sequence[Cell]]:
        """The columns up to the last that has a cell in any row."""
        columns = list(self._columns)
        while columns and all(cell is None for cell in columns[-1]):
            columns.pop()
        return columns


def _row(cells: Sequence[Cell]) -> list[Cell]:
    row = list(cells)
    while row and row[-1] is None:
        row.pop()
    return row
