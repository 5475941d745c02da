"""How much a workbook may ask of its reader."""

from __future__ import annotations

from dataclasses import dataclass

from kam_xl.excel.references import column_letters
from kam_xl.locale import Text
from kam_xl.ooxml.errors import UnsafeFileError


@dataclass(frozen=True)
class ReadingLimits:
    """How much a sheet may unfold into.

    A reader makes room for every cell up to the last one. A sheet of 20 columns filled to its very end is within
    `cells`; where hardly any cell holds something, as when one stands far from the table, `sparse_cells` is the limit.
    Each of `sheets` is looked at, though all may be the same few bytes. `rows` is the limit of files that are not
    workbooks, whose sheets end by themselves.
    """

    cells: int = 30_000_000
    sparse_cells: int = 8_000_000
    density: float = 0.01
    characters: int = 1 << 28
    sheets: int = 20_000
    rows: int = 5_000_000


LIMITS = ReadingLimits()


@dataclass
class Extent:
    """What one sheet unfolds into: its last row and column, how many cells hold something, their texts' length."""

    rows: int = 0
    columns: int = 0
    filled: int = 0
    characters: int = 0

    def include(self, row: int, column: int, characters: int = 0) -> None:
        """Count a filled cell; row and column from 1."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        self.filled += 1
        self.characters += characters

    def is_within(self, limits: ReadingLimits) -> bool:
        """Whether a reader has room for it."""
        return self._has_room(limits) and self.characters <= limits.characters

    def _has_room(self, limits: ReadingLimits) -> bool:
        area = self.rows * self.columns
        return area <= limits.cells and (area <= limits.sparse_cells or self.filled >= area * limits.density)

    def check(self, where: str, limits: ReadingLimits = LIMITS) -> None:
        """Refuse what no reader has room for.

        >>> Extent(1_048_576, 16_384, filled=2).check("Sheet1")
        Traceback (most recent call last):
        kam_xl.ooxml.errors.UnsafeFileError: Sheet1: the sheet is too large: it reaches to XFD1048576. Delete the
        cells far from the table, save the workbook and try again.
        """
        if not self._has_room(limits):
            raise UnsafeFileError(
                Text("the sheet is too large: it reaches to {cell}", cell=f"{column_letters(self.columns)}{self.rows}"),
                where=where,
                remedy=Text("Delete the cells far from the table, save the workbook and try again."),
            )
        if self.characters > limits.characters:
            raise UnsafeFileError(
                Text("the texts of the sheet expand to {size:count} characters", size=self.characters),
                where=where,
                remedy=Text("Keep only the table, without its long texts, and try again."),
            )


def check_table(where: str, rows: int = 0, cells: int = 0, characters: int = 0) -> None:
    """Refuse a table out of a text or parquet file that no reader has room for.

    >>> check_table("clients.csv", rows=118_000_000)
    Traceback (most recent call last):
    kam_xl.ooxml.errors.UnsafeFileError: clients.csv: the table is too large: it has more than 5,000,000 rows. Keep only
    the rows that are needed, and try again.
    """
    for number, most, what in (
        (rows, LIMITS.rows, Text("the table is too large: it has more than {most:count} rows", most=LIMITS.rows)),
        (cells, LIMITS.cells, Text("the table is too large: it has more than {most:count} cells", most=LIMITS.cells)),
        (
            characters,
            LIMITS.characters,
            Text("the table is too large: its texts have more than {most:count} characters", most=LIMITS.characters),
        ),
    ):
        if number > most:
            raise UnsafeFileError(what, where=where, remedy=Text("Keep only the rows that are needed, and try again."))
