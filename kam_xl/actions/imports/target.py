"""A table of a book, of clients or their competitors, as a place to write to: its columns, rows, and room for more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

import xlwings as xw

from kam_xl.actions.book.cell_contents import formulas_of
from kam_xl.actions.book.lists import NoRoomError
from kam_xl.actions.book.record import is_blank
from kam_xl.engines.filters import show_all_rows
from kam_xl.engines.values import Formula, put
from kam_xl.excel.references import column_letters
from kam_xl.excel.shifting import row_moved
from kam_xl.locale import Text, language_of_headers, plural
from kam_xl.table.basis import Basis, basis_of, basis_of_title
from kam_xl.table.block import Block, read_block
from kam_xl.table.grid import Grid
from kam_xl.table.headers import choose
from kam_xl.table.headers.header import Header
from kam_xl.table.headers.units import unit_around
from kam_xl.table.interpretation import NOTHING_GIVEN, Given
from kam_xl.table.kept_reading import kept_reading, refusing_unfit, with_titles
from kam_xl.table.keys import settle_keys
from kam_xl.table.mapping import refuse_missing
from kam_xl.table.records.totals import TOTAL_DIFFERS
from kam_xl.table.sources.open_book import OpenBook
from kam_xl.table.values.column_values import as_number
from kam_xl.table.words.matching import Unit, unit_of, words
from kam_xl.table.words.vocabulary import CLIENT_FIELDS, COMPETITOR_FIELDS, KINDS


class Target:
    """A table, which may still be empty, in an Excel table or in plain cells.

    Parameters
    ----------
    book : xlwings.Book
    place : Place
        Its sheet and header.
    unit : (str, Unit), optional
        The unit of amounts where its own headers name none.
    given : Given, optional
        The reading that the workbook keeps.

    Attributes
    ----------
    block : Block
        What stands in it.
    ids, names : list of str
        Of the clients in its rows.
    rows : list of int
        These rows on the sheet.
    computed : dict of str to list of str
        Fields that are computed from several columns, such as months, with the headers of these.
    """

    def __init__(
        self,
        book: xw.Book,
        place: choose.Place,
        unit: tuple[str, Unit] | None = None,
        given: Given = NOTHING_GIVEN,
    ) -> None:
        self._read = partial(
            read_block, header=place.header, decimal=OpenBook.decimal, unit=unit, given=given, currency=given.currency
        )
        self.block: Block = self._read(place.grid)
        self.ids, self.names = settle_keys(self.block)
        self.rows = self.block.row_numbers
        self.sheet: xw.Sheet = book.sheets[place.grid.sheet]
        self.header_row = place.grid.top + place.header.row
        self._left = place.grid.left
        self.titles: tuple[str, ...] = tuple(place.header.titles)
        self._given = given
        self._unit = unit or unit_around(place.grid, place.header.top)
        self.columns = {field: self._left + at for field, at in _columns(place.header, self.block, given).items()}
        """Field to the number of its column."""
        self.added: dict[str, str] = {}
        """New fields with their headers: the last columns, which are still to be written."""
        fields = ((field, self.block.settled.made_of.get(at)) for field, at in self.block.header.fields.items())
        self._of_numbers: dict[int, bool] = {}
        self.computed = {field: [self.titles[part] for part in parts] for field, parts in fields if parts}

    @classmethod
    def clients(cls, book: xw.Book, sheet: str = "") -> Target:
        """The client table; `sheet` names its sheet, where the right one is not found by itself."""
        source = OpenBook(book)
        kept = kept_reading(source)
        if kept is None:
            return cls(book, choose.client_sheet(source, [sheet] if sheet else (), join=False))
        with refusing_unfit(source):
            if kept.table:
                place = choose.named_table(source, kept.table, kept)
            else:
                place = choose.client_sheet(source, [sheet] if sheet else kept.sheets, kept, join=False)
            refuse_missing(replace(kept, competitors={}, file=source.name), place.header)
            return cls(book, place, given=with_titles(kept, place))

    @classmethod
    def competitors(cls, book: xw.Book, clients: Target) -> Target | None:
        """The list of competitors beside a client table; None where the book has none."""
        place = choose.competitor_sheet(OpenBook(book), clients.sheet.name, {})
        return cls(book, place, clients.block.unit) if place else None

    @property
    def lang(self) -> str:
        """The language that the table is in: words are written in it."""
        return language_of_headers(self.titles).code

    def title(self, field: str) -> str:
        """The header above a field."""
        return self.titles[self.columns[field] - self._left]

    def unit(self, field: str) -> Unit:
        """A field's unit as its header says it, or where that names none, what speaks for all amounts of the table."""
        own = unit_of(self.title(field))
        _, base = self._unit or ("", own)
        return Unit(own.scale or base.scale, own.currency or base.currency, own.year)

    def basis(self, field: str) -> Basis:
        """Year, part of a year and VAT of a field's amounts, as its header or what stands above the table says."""
        return basis_of(self.block, field) if field in self.block.header.fields else basis_of_title(self.title(field))

    def may_be_retitled(self, field: str) -> bool:
        """Whether nothing stands below the header of a field, which is a text of its own that no reading file names."""
        header = self.typed_header(self.columns[field])
        named = field in self._given.columns or field in self._given.letters or self.block.header.height > 1
        return not (named or self._has_values(field)) and bool(header.strip()) and not header.startswith("=")

    def typed_header(self, column: int) -> str:
        """What was typed into the header cell of a column."""
        return str(self.sheet.range((self.header_row, column)).formula or "")

    def _has_values(self, field: str) -> bool:
        return any(value is not None for value in self.block.fields.get(field, ()))

    @property
    def has_no_money(self) -> bool:
        """Whether the table has no amount yet, so that they can all be in whole units."""
        return not any(self._has_values(field) for field, kind in KINDS.items() if kind == "money")

    def add(self, titles: Mapping[str, str]) -> None:
        """Take columns for more fields in, at the right of the table; `extend` writes their headers.

        Raises
        ------
        NoRoomError
            Where cells beside the table are filled.
        """
        if not titles:
            return
        width = max(at for at, title in enumerate(self.titles, 1) if title)
        first = self._left + width
        bottom = max(self.last, self.sheet.used_range.last_cell.row)
        beside = self.sheet.range((self.header_row, first), (bottom, first + len(titles) - 1))
        inside = self.table.header_row_range if self.table else None
        ends = inside is None or inside.column + inside.columns.count == first
        if not ends or not all(is_blank(cell) for row in formulas_of(beside) for cell in row):
            raise NoRoomError(
                plural(
                    "the table grows by {n:count} column, and the cells beside it are filled",
                    "the table grows by {n:count} columns, and the cells beside it are filled",
                    n=len(titles),
                ),
                where=f"{self.sheet.name}!{column_letters(first)}{self.header_row}",
                remedy=Text("Insert empty columns there, or add the columns to the table, and import again."),
            )
        self.added = dict(titles)
        self.columns |= {name: first + at for at, name in enumerate(titles)}
        self.titles = (*self.titles[:width], *titles.values())

    def extend(self) -> None:
        """Have an Excel table include the new columns, whose headers are written."""
        if self.table is not None and self.added:
            header = self.table.header_row_range
            bottom = self.last + int(bool(self.table.show_totals))
            right = header.column + header.columns.count - 1 + len(self.added)
            self.table.resize(self.sheet.range((header.row, header.column), (bottom, right)))

    def narrow(self) -> None:
        """Give an Excel table its old last column again."""
        if self.table is not None and self.added:
            header = self.table.header_row_range
            bottom = self.last + int(bool(self.table.show_totals))
            right = self._left + len(self.titles) - 1 - len(self.added)
            self.table.resize(self.sheet.range((header.row, header.column), (bottom, right)))

    def column_of(self, header: str) -> int | None:
        """The column that is not a field and has this header, whatever its spelling."""
        known = set(self.columns.values())
        columns = (self._left + at for at, title in enumerate(self.titles) if words(title) == words(header))
        return next((column for column in columns if column not in known), None)

    @cached_property
    def table(self) -> xw.main.Table | None:
        """The Excel table around the clients."""
        return next(
            (
                table
                for table in self.sheet.tables
                if (header := table.header_row_range)
                and header.row == self.header_row
                and 0 <= min(self.columns.values()) - header.column < header.columns.count
            ),
            None,
        )

    @cached_property
    def _cells(self) -> list[list[Any]]:
        """Formulas, of cells without one what stands in them, from the row below the header on."""
        bottom = max(self.last, self.sheet.used_range.last_cell.row, self.header_row + 1)
        width = len(self.titles)
        area = self.sheet.range((self.header_row + 1, self._left), (bottom, self._left + width - 1))
        return formulas_of(area)

    @property
    def last(self) -> int:
        """The last row that belongs to the table."""
        if self.table is None:
            return self.rows[-1] if self.rows else self.header_row
        body = self.table.data_body_range
        return int(body.last_cell.row) if body else self.header_row

    def read(self, position: int, column: int) -> Any:
        """What a cell in the row of a client held when the table was read."""
        cells = self.block.grid.rows[self.block.header.row + 1 + self.block.rows[position]]
        return cells[column - self._left] if column - self._left < len(cells) else None

    def as_in(self, column: int, value: object) -> object:
        """A value of a text file as a column that is not a field has its own: a number among numbers."""
        number = as_number(value) if isinstance(value, str) and self._holds_numbers(column) else None
        is_plain = number is not None and not (number.percent or number.currency or number.unclear or number.scaled)
        return number.value if number and is_plain and number.value is not None else value

    def _holds_numbers(self, column: int) -> bool:
        """Whether nothing but numbers stands in a column."""
        if column not in self._of_numbers:
            cells = (self.read(place, column) for place in range(len(self.rows)))
            kinds = [isinstance(cell, float) for cell in cells if cell not in (None, "")]
            self._of_numbers[column] = bool(kinds) and all(kinds)
        return self._of_numbers[column]

    def typed(self, row: int, column: int) -> Any:
        """The formula of a cell, or what was typed into it."""
        at = row - self.header_row - 1
        return self._cells[at][column - self._left] if at < len(self._cells) else None

    def has_formula(self, row: int, column: int) -> bool:
        """Whether a cell is computed."""
        return str(self.typed(row, column) or "").startswith("=")

    def stale_totals(self, values: Mapping[tuple[int, int], object]) -> list[tuple[int, int]]:
        """The typed totals that fit the figures as they are, and not with other values in some cells: rows, columns."""
        if not values or not self.block.left_out:
            return []
        before = _wrong_totals(self.block)
        wrong = _wrong_totals(self._read(self._with(values))) - before
        first = self.header_row + 1
        cells = sorted((first + row, self._left + column) for row, column in wrong)
        return [cell for cell in cells if not self.has_formula(*cell)]

    def _with(self, values: Mapping[tuple[int, int], object]) -> Grid:
        """The sheet with other values in some cells."""
        grid = self.block.grid
        rows: list[list[Any]] = [*grid.rows]
        for (row, column), value in values.items():
            at, place = row - grid.top, column - grid.left
            rows += [[] for _ in range(at + 1 - len(rows))]
            rows[at] = [*rows[at], *[None] * (place + 1 - len(rows[at]))]
            rows[at][place] = value
        return replace(grid, rows=rows)

    def room(self, count: int) -> list[int]:
        """Rows for new clients: those below the last one, first the empty ones that the table has already.

        Raises
        ------
        NoRoomError
            Where cells below the table are filled.
        """
        first = (self.rows[-1] if self.rows else self.header_row) + 1
        rows = list(range(first, first + count))
        totals = int(bool(self.table and self.table.show_totals))
        for row in rows:
            inside = row <= self.last
            if not (self._is_free(row, computed=True) if inside else self._is_free(row + totals)):
                raise NoRoomError(
                    plural(
                        "the table grows by {n:count} row, and the cells below its clients are filled",
                        "the table grows by {n:count} rows, and the cells below its clients are filled",
                        n=count,
                    ),
                    where=f"{self.sheet.name}!{row}:{row}",
                    remedy=plural(
                        "Insert {n:count} empty row there, and import again.",
                        "Insert {n:count} empty rows there, and import again.",
                        n=count,
                    ),
                )
        return rows

    def _is_free(self, row: int, *, computed: bool = False) -> bool:
        at = row - self.header_row - 1
        cells = self._cells[at] if at < len(self._cells) else []
        return all(is_blank(each) or (computed and str(each).startswith("=")) for each in cells)

    def grow(self, rows: Sequence[int]) -> None:
        """Take rows in: an Excel table gets longer, plain rows take number formats and formulas of the last client."""
        if self.table is not None:
            show_all_rows(self.table)
            if rows[-1] > self.last:
                self._resize(rows[-1])
        elif self.rows:
            for column in range(self._left, self._left + len(self.titles)):
                self._continue_column(column, rows)

    def _resize(self, last: int) -> None:
        assert self.table is not None  # noqa: S101 (asked for by the only caller)
        header = self.table.header_row_range
        right = header.column + header.columns.count - 1
        bottom = last + int(bool(self.table.show_totals))
        self.table.resize(self.sheet.range((header.row, header.column), (bottom, right)))

    def _continue_column(self, column: int, rows: Sequence[int]) -> None:
        above = self.rows[-1]
        cells = self.sheet.range((rows[0], column), (rows[-1], column))
        number_format = self.sheet.range((above, column)).number_format
        if number_format and number_format != "General":
            cells.number_format = number_format
        formulas = {
            row_moved(str(self.typed(row, column)), row, above) for row in self.rows if self.has_formula(row, column)
        }
        if len(formulas) == 1 and all(self.has_formula(row, column) for row in self.rows):
            put(cells, [[Formula(row_moved(next(iter(formulas)), above, row))] for row in rows])

    def forget(self, rows: Iterable[int]) -> None:
        """Drop the values kept of the formulas in rows whose other cells changed: none is better than a wrong one.

        A spreadsheet program calculates them itself.
        """
        if not getattr(self.sheet.range("A1").impl, "keeps_formula_values", False):
            return
        for row in rows:
            for at in range(len(self.titles)):
                cell = self.sheet.range((row, self._left + at))
                if str(cell.formula or "").startswith("="):
                    put(cell, [[Formula(cell.formula)]])

    def shrink(self, last: int) -> None:
        """Give an Excel table its old last row again."""
        if self.table is not None and last < self.last:
            self._resize(max(last, self.header_row + 1))


def _wrong_totals(block: Block) -> set[tuple[int, int]]:
    """The totals of a table that contradict its rows: rows below the header and columns, counted from 0."""
    return {(each.row or 0, each.column or 0) for each in block.remarks if each.code == TOTAL_DIFFERS}


def _columns(header: Header, block: Block, given: Given) -> dict[str, int]:
    """Field to its column as the table is read; one without values to show it, as in an empty table, by its header."""
    settled = {field: at for field, at in block.header.fields.items() if at < len(header.titles)}
    fields = {*CLIENT_FIELDS, *COMPETITOR_FIELDS} - block.header.fields.keys()
    others = {} if given.kind else {name: at for name, at in header.fields.items() if name in fields}
    return {name: at for name, at in others.items() if at not in settled.values()} | settled
