"""Cells with their place: what every kind of source is turned into before it is understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import zip_longest
from pathlib import Path
from typing import Protocol

from kam_xl.locale import Text
from kam_xl.table.cells import Cell
from kam_xl.table.errors import SheetNotFoundError
from kam_xl.table.finding import column_letter

HEAD_ROWS = 50
NO_SHEET = Text("there is no such sheet")
# What Excel does not take in a sheet's name.
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Grid:
    """A block of cells: `rows` from the sheet's row `top` and column `left`, both counted from 1."""

    sheet: str
    rows: Sequence[list[Cell]]
    top: int = 1
    left: int = 1

    def columns(self, first_row: int, width: int) -> list[tuple[Cell, ...]]:
        """The cells column by column from one row (an index into `rows`) on; short rows are filled up with None.

        >>> Grid("Clients", [["x", "y"], ["a"]]).columns(1, width=2)
        [('a',), (None,)]
        """
        rows = self.rows[first_row:]
        columns = list(zip_longest(*rows))
        return columns + [(None,) * len(rows)] * (width - len(columns))

    def cell(self, row: int, column: int) -> str:
        """The address of a cell given by its indices into `rows`.

        >>> Grid("Clients", [["x"]], top=3, left=2).cell(0, 0)
        'B3'
        """
        return f"{column_letter(self.left + column)}{self.top + row}"


class Source(Protocol):
    """A file or an open book whose sheets can be read."""

    name: str
    decimal: str  # the decimal mark that its texts are likely to use, blank where nothing is known

    def all_sheets(self) -> list[str]:
        """Names of all worksheets."""
        ...

    def sheets(self) -> list[str]:
        """Names of the sheets to look at, ours left out."""
        ...

    def head(self, sheet: str) -> Grid:
        """The first rows of a sheet."""
        ...

    def grid(self, sheet: str) -> Grid:
        """A whole sheet."""
        ...

    def table(self, name: str) -> Grid:
        """A named Excel table with its header."""
        ...


def pick(wanted: str, names: Sequence[str], where: str, what: Text) -> str:
    """The name out of `names` that is wanted, letter case apart.

    Raises
    ------
    SheetNotFoundError
        Telling what there is and what may be meant.
    """
    folded = {name.strip().casefold(): name for name in names}
    if (key := wanted.strip().casefold()) in folded:
        return folded[key]
    close = get_close_matches(wanted.casefold(), folded, n=1)
    there = [f'"{name}"' for name in names]
    if close:
        remedy = Text("Perhaps {name} is meant. There are: {names}.", name=f'"{folded[close[0]]}"', names=there)
    else:
        remedy = Text("There are: {names}.", names=there) if there else Text("There are none.")
    raise SheetNotFoundError(what, where=where, got=wanted, remedy=remedy)


class Grids:
    """A source of sheets at hand."""

    def __init__(self, name: str, grids: Sequence[Grid], decimal: str = "") -> None:
        self.name, self.decimal, self._grids = name, decimal, {grid.sheet: grid for grid in grids}

    def all_sheets(self) -> list[str]:
        """Their names."""
        return list(self._grids)

    def sheets(self) -> list[str]:
        """Their names."""
        return self.all_sheets()

    def head(self, sheet: str) -> Grid:
        """The first rows."""
        whole = self.grid(sheet)
        return Grid(whole.sheet, whole.rows[:HEAD_ROWS], whole.top, whole.left)

    def grid(self, sheet: str) -> Grid:
        """All rows."""
        return self._grids[pick(sheet, self.all_sheets(), self.name, NO_SHEET)]

    def table(self, name: str) -> Grid:
        """Nothing: there are no Excel tables in bare cells."""
        raise SheetNotFoundError(
            Text("this file has no Excel tables"), where=self.name, got=name, remedy=Text("Leave the table's name out.")
        )


class SingleGrid(Grids):
    """A source of one sheet."""

    def __init__(self, name: str, grid: Grid, decimal: str = "") -> None:
        super().__init__(name, [grid], decimal)

    @classmethod
    def of_file(cls, path: Path, rows: Sequence[list[Cell]], decimal: str = "") -> SingleGrid:
        """The rows of a csv or parquet file, on a sheet named after it as Excel does; it begins where the data do."""
        first = next((row for row, cells in enumerate(rows) if any(cells)), 0)
        return cls(path.name, Grid(_FORBIDDEN.sub("_", path.stem)[:31], rows[first:], top=first + 1), decimal)
