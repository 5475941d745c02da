"""The sheets that an import makes beside the client table: numbers by period, the account of rows, the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Any, Literal

import xlwings as xw

from kam_xl.actions.book.cell_contents import contents_of
from kam_xl.actions.book.record import is_blank, same
from kam_xl.engines.values import put, runs
from kam_xl.locale import Text, plural
from kam_xl.table.grid import HEAD_ROWS
from kam_xl.table.values.cells import read_name

# What the rows of numbers by period are known by: client id, client, indicator.
_KEYS = 3
_MONTH = "mmm yyyy"
Row = Sequence[object]


@dataclass(frozen=True)
class BesideSheet:
    """A sheet that comes with an import, in every language: its name, and its rows, the header first.

    Attributes
    ----------
    way : str
        "merge": the numbers go into the cells of their client, indicator and period; "add": they are added to what
        stands there; "replace": the sheet is written anew; "append": the rows go below those that are there.
    names, rows : mapping
        Language to name and rows.
    optional : bool
        Whether a book that does not have the sheet goes without.
    """

    way: Literal["merge", "add", "replace", "append"]
    names: Mapping[str, str]
    rows: Mapping[str, Sequence[Row]]
    optional: bool = False


class SheetPlan:
    """Everything that an import would do to one of these sheets, found out without writing.

    Attributes
    ----------
    told : list of Text
        What is to be said about it before.
    """

    def __init__(self, book: xw.Book, beside: BesideSheet, lang: str) -> None:
        self._book, self._beside = book, beside
        wanted = {name.casefold() for name in beside.names.values()}
        self._sheet = next((sheet for sheet in book.sheets if sheet.name.casefold() in wanted), None)
        self._name = self._sheet.name if self._sheet else beside.names[lang]
        self._rows: Sequence[Row] = beside.rows[lang]
        self._cells: dict[tuple[int, int], object] = {}
        self._months: list[tuple[int, int]] = []
        self.lines: list[Text] = []
        if self._sheet is None and beside.optional:
            return
        if self._sheet is None:
            self.lines.append(Text("New sheet: {name}", name=self._name))
        if self._sheet is None or beside.way == "replace":
            self._write_all()
        elif beside.way == "append":
            self._append(self._sheet)
        else:
            self._merge(self._sheet)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self._cells

    def _write_all(self) -> None:
        for down, row in enumerate(self._rows, start=1):
            for right, value in enumerate(row, start=1):
                self._cells[down, right] = value
                if down == 1 and isinstance(value, date):
                    self._months.append((down, right))

    def _append(self, sheet: xw.Sheet) -> None:
        last = sheet.used_range.last_cell.row
        for down, row in enumerate(self._rows[1:], start=last + 1):
            self._cells |= {(down, right): value for right, value in enumerate(row, start=1)}

    def _merge(self, sheet: xw.Sheet) -> None:
        last = sheet.used_range.last_cell
        area = sheet.range((1, 1), (last.row, last.column))
        grid, formulas = area.options(ndim=2).value, area.options(ndim=2).formula
        place_of_header = next((place for lang in self._beside.rows if (place := self._header(grid, lang))), None)
        if place_of_header is None:
            self.lines.append(
                Text(
                    "The sheet {name} is not laid out as the import writes it: its numbers were not updated.",
                    name=self._name,
                )
            )
            return
        top, left = place_of_header
        columns = self._columns(grid[top], top, left)
        rows = {
            _key(row[left : left + _KEYS]): at
            for at, row in enumerate(grid[top + 1 :], start=top + 1)
            if any(not is_blank(cell) for cell in row[left : left + _KEYS])
        }
        numbers = any(isinstance(grid[at][left], float) for at in rows.values())
        bottom = max(rows.values(), default=top)
        stays = 0
        for row in self._rows[1:]:
            key = _key(row[:_KEYS])
            at = rows.get(key)
            if at is None:
                at = bottom = rows[key] = bottom + 1
                heads = [_as_number(row[0]) if numbers else row[0], *row[1:_KEYS]]
                self._cells |= {(at + 1, left + right + 1): value for right, value in enumerate(heads)}
            for title, value in zip(self._rows[0][_KEYS:], row[_KEYS:], strict=True):
                column = columns[_period(title)]
                old = grid[at][column] if at < len(grid) and column < len(grid[at]) else None
                formula = formulas[at][column] if at < len(grid) and column < len(grid[at]) else ""
                if str(formula or "").startswith("="):
                    stays += not same(old, value)
                elif not is_blank(value):
                    total = fsum((old, value)) if self._beside.way == "add" and _is_number(old, value) else value  # type: ignore[arg-type]
                    if not same(old, total):
                        self._cells[at + 1, column + 1] = total
        if stays:
            self.lines.append(
                plural(
                    "{name}: {n:count} cell with a formula was kept.",
                    "{name}: {n:count} cells with formulas were kept.",
                    n=stays,
                    name=self._name,
                )
            )

    def _header(self, grid: Sequence[Sequence[Any]], lang: str) -> tuple[int, int] | None:
        """Row and column of the header as the import writes it in a language, whose rows are used then."""
        wanted = [_word(cell) for cell in self._beside.rows[lang][0][:_KEYS]]
        for top, row in enumerate(grid[:HEAD_ROWS]):
            words = [_word(cell) for cell in row]
            for left in range(len(words) - _KEYS + 1):
                if words[left : left + _KEYS] == wanted:
                    self._rows = self._beside.rows[lang]
                    return top, left
        return None

    def _columns(self, header: Sequence[Any], top: int, left: int) -> dict[object, int]:
        """Period to its column; new periods go to the right of the last one."""
        columns: dict[object, int] = {}
        for at, cell in enumerate(header):
            if at >= left + _KEYS and not is_blank(cell):
                columns.setdefault(_period(cell), at)
        end = max([left + _KEYS - 1, *columns.values()])
        for title in self._rows[0][_KEYS:]:
            if _period(title) not in columns:
                end += 1
                columns[_period(title)] = end
                self._cells[top + 1, end + 1] = title
                if isinstance(title, date):
                    self._months.append((top + 1, end + 1))
        return columns

    def write(self, undo: ExitStack) -> None:
        """Write it all; each step leaves in `undo` what takes it back."""
        sheet = self._sheet
        if self.is_empty:
            return
        if sheet is None:
            sheet = self._book.sheets.add(self._name, after=self._book.sheets[-1])
            undo.callback(sheet.delete)
        elif self._beside.way == "replace":
            cells = sheet.used_range
            undo.callback(put, cells, contents_of(cells))
            cells.clear_contents()
        for (row, column), values in runs(self._cells):
            area = sheet.range((row, column), (row + len(values) - 1, column))
            undo.callback(put, area, contents_of(area))
            put(area, [[value] for value in values])
        for place in self._months:
            sheet.range(place).number_format = _MONTH


def _word(cell: object) -> str:
    return " ".join(str(cell or "").casefold().split())


def _key(cells: Sequence[object]) -> tuple[str, str]:
    """A row's client, by its id where it has one, and its indicator."""
    client_id, name, indicator = (read_name(cell) or "" for cell in cells)
    return (client_id or name).casefold(), _word(indicator)


def _period(cell: object) -> object:
    """A period as it is looked up: a month, else its name."""
    return (cell.year, cell.month) if isinstance(cell, date) else read_name(cell)


def _is_number(*cells: object) -> bool:
    return all(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in cells)


def _as_number(client_id: object) -> object:
    """An id as a sheet writes its own that are numbers."""
    text = str(client_id)
    return int(text) if text.isdecimal() and str(int(text)) == text and len(text) < 16 else client_id
