"""An open workbook in whatever program xlwings drives; no file is touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cached_property

import xlwings as xw

from kam_xl.gate.limits import Extent
from kam_xl.locale import Text
from kam_xl.table.grid import HEAD_ROWS, NO_SHEET, OWN_NAME, Grid, pick
from kam_xl.table.values.shown import ShownNumber, shown_by


class OpenBook:
    """A source over an xlwings book.

    Parameters
    ----------
    book : xlwings.Book
    skip : collection of str
        Sheets not to look at, besides those of our own.
    """

    decimal = encoding = ""

    def __init__(self, book: xw.Book, skip: Collection[str] = ()) -> None:
        self._book, self.name = book, book.name
        self._skip = {name.casefold() for name in skip}

    @cached_property
    def _titled(self) -> dict[str, xw.Sheet]:
        return {sheet.name: sheet for sheet in self._book.sheets}

    def all_sheets(self) -> list[str]:
        """Names of all sheets."""
        return list(self._titled)

    def own_sheet(self, kind: str, title: str) -> str | None:
        """The sheet of ours of a kind, whatever it is called; the record stands behind the plans, which are many."""
        marked = ((name, sheet.names) for name, sheet in reversed(self._titled.items()))
        return next((name for name, own in marked if OWN_NAME in own and _constant(own) == kind), None)

    def first(self, is_wanted: Callable[[str], bool]) -> Grid | None:
        """The first sheet with a name that is wanted; those behind it are not asked."""
        wanted = next((sheet for sheet in self._book.sheets if is_wanted(sheet.name)), None)
        return wanted and _grid(wanted.used_range)

    def sheets(self) -> list[str]:
        """Names of the visible sheets, ours and the skipped ones left out."""
        return list(self._visible)

    @cached_property
    def _visible(self) -> list[str]:
        """Asked once: each sheet costs a program several calls, and a book may hold a plan for every client."""
        return [
            name
            for name, sheet in self._titled.items()
            if name.casefold() not in self._skip and sheet.visible and OWN_NAME not in sheet.names
        ]

    def head(self, sheet: str) -> Grid:
        """The first rows of a sheet."""
        used = self._sheet(sheet).used_range
        rows, columns = used.shape
        return _grid(used[: min(rows, HEAD_ROWS), :columns])

    def grid(self, sheet: str) -> Grid:
        """A whole sheet, with errors such as "#N/A" as text, and numbers with what their formats say of them."""
        return _looked_at(self._sheet(sheet).used_range)

    def table(self, name: str) -> Grid:
        """A named Excel table with its header, without its total row."""
        tables = {table.name: table for sheet in self._book.sheets for table in sheet.tables}
        table = tables[pick(name, list(tables), self.name, Text("there is no such Excel table"))]
        whole = table.range
        rows, columns = whole.shape
        return _looked_at(whole[: rows - bool(table.show_totals), :columns])

    def _sheet(self, name: str) -> xw.Sheet:
        return self._titled[pick(name, self.all_sheets(), self.name, NO_SHEET)]


def _constant(names: xw.main.Names) -> str:
    return str(names(OWN_NAME).refers_to).strip('="')


def _grid(cells: xw.Range) -> Grid:
    height, width = cells.shape
    Extent(height, width, filled=height * width).check(cells.sheet.name)  # a program makes room for them all
    rows = cells.options(ndim=2, err_to_str=True).value
    return Grid(cells.sheet.name, rows, top=cells.row, left=cells.column)


def _looked_at(cells: xw.Range) -> Grid:
    """A block of cells, the numbers among them with what their formats say."""
    grid = _grid(cells)
    told = getattr(cells.impl, "number_formats", None)
    looks = ((row - grid.top, at - grid.left, code) for row, at, code in told()) if told else _asked(cells, grid)
    for row, column, code in looks:
        if (look := shown_by(code)) and grid.rows[row][column].__class__ is float:
            grid.rows[row][column] = ShownNumber(grid.rows[row][column], look)
    return grid


def _asked(cells: xw.Range, grid: Grid) -> Iterator[tuple[int, int, str]]:
    """Row, column (from 0) and number format; a program is asked once for a column whose numbers have the same."""
    for column in range(cells.shape[1]):
        numbers = [row for row, each in enumerate(grid.rows) if each[column].__class__ is float]
        for first, last, code in _codes(cells, column, numbers[0], numbers[-1]) if numbers else ():
            yield from ((row, column, code) for row in range(first, last + 1))


def _codes(cells: xw.Range, column: int, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """From which row to which a column has a number format; a program tells none of cells that differ."""
    code = cells[first : last + 1, column].number_format
    if code is None and first < last:
        middle = (first + last) // 2
        yield from _codes(cells, column, first, middle)
        yield from _codes(cells, column, middle + 1, last)
    elif code:
        yield first, last, code
