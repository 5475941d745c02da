"""Cells with their place: what every kind of source is turned into before it is understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple, Protocol

from kam_xl.excel.references import column_letters
from kam_xl.excel.sheet_names import cut
from kam_xl.locale import Quoted, Text, plural
from kam_xl.table.errors import SheetNotFoundError
from kam_xl.table.values.cells import Cell, read_name
from kam_xl.table.values.text_columns import TextRows

HEAD_ROWS = 50
_TOGETHER = 1000
OWN_NAME = "kam_sheet"
"""The defined name by which sheets made by kam_xl are known; it says what each is for."""
_NAMES_SHOWN = 6
NO_SHEET = Text("there is no such sheet")
# What Excel does not take in a sheet's name.
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


class Outline(NamedTuple):
    """How deep a spreadsheet groups each row, empty where it groups none, and whether sums stand below their groups."""

    depths: Sequence[int] = ()
    heads_below: bool = True

    def below(self, first_row: int) -> Outline:
        """The same from one row on."""
        return self._replace(depths=self.depths[first_row:])


NO_OUTLINE = Outline()


@dataclass(frozen=True)
class Grid:
    """A block of cells: `rows` from the sheet's row `top` and column `left`, both counted from 1.

    `merged` are the merged ranges of the sheet, corners as (row, column) from 0. A grid of several sheets has in
    `origins` the sheet and the row number of each of its rows, and `of_files` where they come from several files, which
    become one sheet when they are carried into a workbook; of one that is turned (`is_turned`) the rows are the
    sheet's columns. `outline` groups the `rows`; `spots` has the sheet and the address of cells that stand elsewhere,
    by row and column.
    """

    sheet: str
    rows: Sequence[list[Cell]]
    top: int = 1
    left: int = 1
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
    origins: Sequence[tuple[str, int]] = ()
    of_files: bool = False
    is_turned: bool = False
    outline: Outline = NO_OUTLINE
    spots: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def titles(self) -> list[list[str]]:
        """The cells as the titles that they may be: on one line, blank where they name nothing."""
        return [[read_name(cell) or "" for cell in cells] for cells in self.rows]

    def place(self, row: int) -> tuple[str, int]:
        """The sheet, or the file, and the row number (from 1) of a row given by its index into `rows`.

        >>> Grid("Clients", [["x"]], top=3).place(0)
        ('Clients', 3)
        """
        return self.origins[row] if self.origins else (self.sheet, self.top + row)

    def home(self, row: int) -> tuple[str, int]:
        """The same in the workbook that links go to; rows of several files stand there one below another."""
        return (self.sheet, self.top + row) if self.of_files else self.place(row)

    def depth(self, row: int) -> int:
        """How deep a row given by its index into `rows` is grouped."""
        return self.outline.depths[row] if self.outline.depths else 0

    def from_a(self) -> Grid:
        """The same from the sheet's first column on.

        >>> Grid("Clients", [["x"]], left=2).from_a().rows
        [[None, 'x']]
        """
        blank: list[Cell] = [None] * (self.left - 1)
        return replace(self, rows=[[*blank, *row] for row in self.rows], left=1) if blank else self

    def columns(self, first_row: int, width: int) -> list[Sequence[Cell]]:
        """The cells column by column from one row (an index into `rows`) on; short rows are filled up with None.

        >>> Grid("Clients", [["x", "y"], ["a"]]).columns(1, width=2)
        [['a'], (None,)]
        """
        rows = self.rows[first_row:]
        columns: list[Sequence[Cell]]
        if isinstance(rows, TextRows):
            columns = rows.columns
        elif len({*map(len, rows)}) == 1:
            columns = [*_turned(rows)]
        else:
            columns = list(zip_longest(*rows))
        return columns + [(None,) * len(rows)] * (width - len(columns))

    def cell(self, row: int, column: int) -> str:
        """The address of a cell given by its indices into `rows`.

        >>> Grid("Clients", [["x"]], top=3, left=2).cell(0, 0)
        'B3'
        """
        if (row, column) in self.spots:
            return self.spots[row, column][1]
        if self.is_turned:
            return f"{column_letters(self.left + row)}{self.top + column}"
        return f"{column_letters(self.left + column)}{self.home(row)[1]}"


def _turned(rows: Sequence[list[Cell]]) -> list[list[Cell]]:
    """Rows of one length as columns; all of them at once take twice the time."""
    columns: list[list[Cell]] = [[] for _ in rows[0]]
    for start in range(0, len(rows), _TOGETHER):
        for column, cells in zip(columns, zip(*rows[start : start + _TOGETHER], strict=True), strict=True):
            column += cells
    return columns


class Source(Protocol):
    """A file or an open book whose sheets can be read."""

    name: str
    encoding: str  # that of a text file, where it is not UTF-8
    decimal: str  # the decimal mark that its texts are likely to use, blank where nothing is known

    def all_sheets(self) -> list[str]:
        """Names of all worksheets."""
        ...

    def sheets(self) -> list[str]:
        """Names of the sheets to look at, ours left out."""
        ...

    def own_sheet(self, kind: str, title: str) -> str | None:
        """The sheet that kam_xl made for a purpose: by the name `OWN_NAME`, where none is told by its title."""
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
    if wanted in names:
        return wanted
    folded = {name.strip().casefold(): name for name in names}
    if (key := wanted.strip().casefold()) in folded:
        return folded[key]
    raise SheetNotFoundError(what, where=where, got=wanted, remedy=available(wanted, names))


def available(wanted: str, names: Sequence[str]) -> Text:
    """Which names there are, the most similar ones of many, and which of them may be meant.

    >>> available("Cliens", ["Clients", "Other"]).render("en")
    'Did you mean "Clients"? Available: "Clients", "Other".'
    """
    key = wanted.strip().casefold()
    shown = list(dict.fromkeys(names))
    if more := max(0, len(shown) - _NAMES_SHOWN):
        shown = sorted(shown, key=lambda name: -SequenceMatcher(a=name.casefold(), b=key).ratio())[:_NAMES_SHOWN]
    there: list[Quoted | Text] = [Quoted(name) for name in shown]
    if more:
        there.append(plural("{n:count} more", "{n:count} more", n=more))
    folded = {name.strip().casefold(): name for name in names}
    if close := get_close_matches(key, folded, n=1):
        return Text("Did you mean {name}? Available: {names}.", name=Quoted(folded[close[0]]), names=there)
    return Text("Available: {names}.", names=there) if there else Text("There are none.")


def available_columns(wanted: str, titles: Sequence[str]) -> Text:
    """Which columns there are, and how to see all of them where they are many."""
    there = available(wanted, titles)
    if len(set(titles)) <= _NAMES_SHOWN:
        return there
    return Text("{available} All columns: kam-xl read INPUT", available=there)


class Grids:
    """A source of sheets at hand."""

    def __init__(self, name: str, grids: Sequence[Grid], decimal: str = "", encoding: str = "") -> None:
        self.name, self.decimal, self.encoding = name, decimal, encoding
        self._grids = {grid.sheet: grid for grid in grids}

    def all_sheets(self) -> list[str]:
        """Their names."""
        return list(self._grids)

    def sheets(self) -> list[str]:
        """Their names."""
        return self.all_sheets()

    def own_sheet(self, kind: str, title: str) -> str | None:
        """None: bare cells are nobody's."""
        return None

    def head(self, sheet: str) -> Grid:
        """The first rows."""
        whole = self.grid(sheet)
        return Grid(whole.sheet, list(whole.rows[:HEAD_ROWS]), whole.top, whole.left)

    def grid(self, sheet: str) -> Grid:
        """All rows."""
        return self._grids[pick(sheet, self.all_sheets(), self.name, NO_SHEET)]

    def table(self, name: str) -> Grid:
        """Nothing: there are no Excel tables in bare cells."""
        raise SheetNotFoundError(
            Text("this file has no Excel tables"), where=self.name, got=name, remedy=Text("Leave out the table's name.")
        )


class SingleGrid(Grids):
    """A source of one sheet."""

    def __init__(self, name: str, grid: Grid, decimal: str = "", encoding: str = "") -> None:
        super().__init__(name, [grid], decimal, encoding)

    @classmethod
    def of_file(cls, path: Path, rows: Sequence[list[Cell]], decimal: str = "", encoding: str = "") -> SingleGrid:
        """The rows of a csv or parquet file, on a sheet named after it as Excel does; it begins where the data do."""
        first = next((row for row, cells in enumerate(rows) if any(cells)), 0)
        return cls(path.name, Grid(cut(_FORBIDDEN.sub("_", path.stem)), rows[first:], top=first + 1), decimal, encoding)
