"""A recognised table: its columns read, its rows sorted out, everything doubtful remarked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import partial
from string import digits
from typing import Any

from kam_xl.excel.references import column_letters
from kam_xl.locale import Text, language_of_headers
from kam_xl.table.amounts import money_units, read_amounts, with_vat
from kam_xl.table.finding import Finding, Remark, address
from kam_xl.table.grid import Grid
from kam_xl.table.headers.columns import settle
from kam_xl.table.headers.currencies import ByRow, Doubt, keep_currency, settle_currencies
from kam_xl.table.headers.currency_columns import currencies_by_row, currency_columns, in_currency
from kam_xl.table.headers.header import KEYS, Header, headers_below
from kam_xl.table.headers.header_parts import with_parts
from kam_xl.table.headers.settling import Settled
from kam_xl.table.headers.titles import part_of_year, planned
from kam_xl.table.headers.units import base_unit, unit_around
from kam_xl.table.headers.vat import bases, vat_differs
from kam_xl.table.interpretation import HISTORY, NOTHING_GIVEN, OWN_SCORES, ColumnUse, Given, LeftOut
from kam_xl.table.records.filling import (
    DESCRIPTIONS,
    FILLED_DOWN,
    FILLED_DOWN_REMEDY,
    filled_below,
    merged_cells,
    named_below,
    spelt_alike,
    with_fills,
)
from kam_xl.table.records.row_facts import LEFT_OUT
from kam_xl.table.records.rows import RowSorter
from kam_xl.table.values.cells import Cell, choice_of, read_cells, read_date, read_mark, read_name, read_text
from kam_xl.table.values.dates import day_first
from kam_xl.table.values.money import Amounts, read_money
from kam_xl.table.values.shown import plain
from kam_xl.table.words.matching import Unit
from kam_xl.table.words.vat import Basis
from kam_xl.table.words.vocabulary import KINDS

SECOND_TABLE = "second-table"
_PARSERS: Mapping[str, Callable[[str], Callable[[Cell], Any]]] = {
    "name": lambda field: read_name,
    "text": lambda field: read_text,
    "mark": lambda field: read_mark,
    "choice": choice_of,
}


@dataclass
class Block:
    """A table's data, one list per column, all of one length.

    `fields` holds the recognised columns, `extra` the others under their own headers; `rows` are the indices of the
    data rows below the header; `unit` is a money column's header and the unit of all amounts, where a header tells,
    `factors` is what brought each money column to it, and `decimal` the decimal mark its texts are likely to use;
    `scores` has the criteria of columns of scores; `currency` is the one of all amounts, where anything names it,
    `doubt` what the user must decide about currencies first.
    """

    grid: Grid
    header: Header
    settled: Settled
    rows: Sequence[int]
    fields: dict[str, list[Any]]
    extra: dict[str, list[Cell]]
    remarks: list[Remark]
    unit: tuple[str, Unit] | None
    factors: Mapping[int, float]
    decimal: str
    left_out: list[LeftOut]
    total_agrees: bool
    history: dict[int, list[float | None]]
    currency: str = ""
    doubt: Doubt | None = None
    scores: dict[int, str] = attribute(default_factory=dict)
    day_first: bool | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def row_numbers(self) -> list[int]:
        """The row of each client on its sheet, counted from 1."""
        return [row for _, row in self.homes]

    @property
    def homes(self) -> list[tuple[str, int]]:
        """The sheet and the row of each client in the workbook that links go to."""
        return [self.home(row) for row in self.rows]

    def home(self, row: int) -> tuple[str, int]:
        """The sheet and the row number of a data row in the workbook that links go to."""
        return self.grid.home(self.header.row + 1 + row)

    @property
    def parts(self) -> dict[int, list[Cell]]:
        """The columns that fields are computed from, and those of earlier years, as they were read."""
        return {part: _at(cells, self.rows) for part, cells in sorted(self.settled.parts.items())}

    @property
    def letters(self) -> dict[str, str]:
        """Field to the letter of its column; what is computed from several columns has none."""
        computed = self.settled.made_of
        return {
            field: column_letters(self.grid.left + column)
            for field, column in self.header.fields.items()
            if column not in computed
        }

    def verdicts(self) -> Iterator[ColumnUse]:
        """The columns from left to right with what each was taken as, those made of several last."""
        settled = self.settled
        fields = {column: field for field, column in self.header.fields.items() if column not in settled.made_of}
        computed = [*self.header.fields.items(), *((HISTORY, column) for column in settled.history.values())]
        parts = {part for _, column in computed for part in settled.made_of.get(column, ())}
        parts.update(*self.header.parts.values())
        years = {column: year for year, column in settled.history.items()}
        for column in settled.helping:
            match = self.header.matches.get(column)
            fields.setdefault(column, match.field if match else "currency")
        for column, title in enumerate(self.header.titles[: len(self.settled.columns) - len(settled.made_of)]):
            known = fields.get(column, HISTORY if column in years else "")
            field = OWN_SCORES if column in self.scores else known
            if not field and not title:
                continue
            unit, why = settled.unit(column), settled.why.get(field)
            letter = self._letter(column)
            of, year = unit.currency or "", years.get(column) if field == HISTORY else None
            yield ColumnUse(letter, title, field, why, unit.scale or 1.0, of, column in parts, year)
        for field, column in computed:
            if made_of := settled.made_of.get(column):
                letters = map(self._letter, (min(made_of), max(made_of)))
                yield ColumnUse(":".join(letters), "", field, settled.why.get(field))

    def _letter(self, column: int) -> str:
        return self.grid.cell(self.header.row, column).rstrip(digits)

    @property
    def vat(self) -> tuple[Basis, str]:
        """Whether the amounts are with VAT or without, revenue first, and the text that says it; else blanks."""
        said = bases(with_vat(self.settled), self.grid, self.header.top, self.settled.net)
        return next(iter(said.values()), ("", ""))

    def column(self, field: str) -> int:
        """The column of a field; for a field that is not there, that of the client."""
        fields = self.header.fields
        return fields.get(field, fields.get("client", fields.get("client_id", 0)))

    def unscaled(self, field: str) -> list[Any]:
        """The values of a field in the unit of its own column."""
        factor = self.factors.get(self.header.fields[field], 1.0)
        values = self.fields[field]
        return values if factor == 1 else [None if value is None else value / factor for value in values]

    def shown(self, position: int, field: str) -> Any:
        """What a finding quotes of a client's field: its value; a word as the user wrote it."""
        if field not in self.header.fields or field not in self.fields:
            return None
        if KINDS.get(field) == "choice" and self.header.fields[field] not in self.settled.made_of:
            return self.grid.rows[self.header.row + 1 + self.rows[position]][self.header.fields[field]]
        return self.fields[field][position]

    def cell(self, row: int | None, column: int | None) -> str:
        """The address of a data row's cell; of the header's where no row is given."""
        if column is None:
            return ""
        column = self.settled.made_of.get(column, (column,))[0]
        return self.grid.cell(self.header.row + (0 if row is None else row + 1), column)

    def cell_named(self, row: int, column: int) -> str:
        """A data row's cell, with its sheet where there are several: "D7", "b!D7"."""
        cell = self.cell(row, column)
        return address(self.home(row)[0], cell) if self.grid.origins and not self.grid.of_files else cell

    def findings(self, ids: Sequence[str], names: Sequence[str]) -> list[Finding]:
        """The remarks with addresses and clients, top to bottom; those on rows that are not clients are left out."""
        findings = []
        for remark in sorted(self.remarks, key=lambda each: (-1 if each.row is None else each.row, each.column or 0)):
            client_id, client = "", ""
            if remark.row is not None and remark.code not in (
                *LEFT_OUT,
                SECOND_TABLE,
                "total-differs",
                "total-without-texts",
            ):
                position = bisect_left(self.rows, remark.row)
                if position == len(self) or self.rows[position] != remark.row:
                    continue
                client_id, client = ids[position], names[position]
            cell = self.cell(remark.row, remark.column)
            findings.append(Finding(self._sheet(remark), cell, client_id, client, *remark[2:]))
        return findings

    def _sheet(self, remark: Remark) -> str:
        if remark.row is None:
            return self.grid.sheet
        spot = self.grid.spots.get((self.header.row + 1 + remark.row, remark.column or 0))
        return spot[0] if spot else self.home(remark.row)[0]


def read_block(
    grid: Grid,
    header: Header,
    decimal: str = "",
    unit: tuple[str, Unit] | None = None,
    given: Given = NOTHING_GIVEN,
    currency: str = "",
) -> Block:
    """Read the table below a header.

    Parameters
    ----------
    grid : Grid
        The whole sheet.
    header : Header
        Found in it.
    decimal : str
        The decimal mark that the source's texts are likely to use; by default that of the headers' language.
    unit : (str, Unit), optional
        A header elsewhere and its unit, to which all amounts are brought.
    given : Given, optional
        What the user says about the columns.
    currency : str
        The one to read where there are several.
    """
    header = in_currency(with_parts(grid, header), currency)
    columns: list[Sequence[Cell]] = [*grid.columns(header.row + 1, len(header.titles))]
    again, end = headers_below(columns, header)
    columns = columns if end is None else [cells[:end] for cells in columns]
    lists_competitors = "competitor" in header.fields
    if (products := header.columns_of("category")) and not lists_competitors:
        columns = named_below(columns, [header.fields[key] for key in KEYS if key in header.fields], products[0])
    decimal = given.decimal or decimal or language_of_headers(header.titles).decimal_mark
    scale = around[1].scale if (around := unit or unit_around(grid, header.top)) else None
    in_currencies = currency_columns(header, columns) if lists_competitors else []
    settled = (
        Settled(header, list(columns), helping=in_currencies, currencies_in=in_currencies)
        if lists_competitors
        else settle(columns, header, given, grid.left, decimal, scale)
    )
    header, cells = settled.header, settled.columns
    if any(not each.scale for each in money_units(settled)[0].values()):
        unit = around
    amounts, factors, remarks = read_amounts(settled, decimal, unit)
    money = {column: each.values for column, each in amounts.items()}
    sorter = RowSorter(cells, header.fields, money, again, header.levels, grid.outline.below(header.row + 1))
    places = currencies_by_row(header.titles, header.fields, settled.currencies_in)
    by_row = {column: ByRow(at, cells[at]) for column, at in places.items()}
    money_in = settle_currencies(
        amounts,
        money_units(settled)[0],
        sorter.clients,
        titles=header.titles,
        by_row=by_row,
        wanted=currency,
        keep_rows=lists_competitors,
    )
    rows = money_in.rows
    remarks += [
        *money_in.remarks,
        *settled.remarks,
        *part_of_year(grid, settled),
        *planned(grid, settled),
        *vat_differs(with_vat(settled), grid, header.top, settled.net),
        *sorter.remarks,
        *sorter.differences,
        *_second_table(grid, header, end),
    ]
    fills = {**sorter.fills}
    for column, filled in merged_cells(grid, header.row + 1, len(columns[0]) if columns else 0).items():
        fills.setdefault(column, {}).update(filled)
    fields: dict[str, list[Any]] = {}
    order = given.day_first
    for field, column in header.fields.items():
        if column in amounts:
            fields[field] = _at(amounts[column].values, rows)
            continue
        kind = KINDS.get(field, "text")
        if kind == "date":
            order = _day_first(cells[column], given)
        parse = partial(read_date, day_first=order) if kind == "date" else _PARSERS[kind](field)
        values, unreadable = read_cells(cells[column], parse, column)
        if field in DESCRIPTIONS and column not in fills and (below := filled_below(values, rows)):
            fills[column] = below
            remarks.append(Remark(None, column, "filled-down", "note", FILLED_DOWN, None, FILLED_DOWN_REMEDY))
        fields[field] = _at(with_fills(values, fills.get(column, {})), rows)
        remarks += unreadable
    for level in DESCRIPTIONS:
        if level in fills and level not in fields:
            fields[level] = [read_text(fills[level].get(row)) for row in rows]
    remarks += spelt_alike(fields, header.fields, rows)
    extra = _extra(grid, header, columns, rows, fills)
    base = unit or base_unit(*money_units(settled))
    history, more_remarks = _read_history(settled, rows, decimal, base, money_in.code)
    remarks += more_remarks
    return Block(
        grid,
        header,
        settled,
        rows,
        fields,
        extra,
        remarks,
        base,
        factors,
        decimal,
        [*sorter.left_out, *money_in.left_out],
        sorter.agrees and not money_in.left_out,
        history,
        money_in.code,
        money_in.doubt,
        day_first=order,
    )


def _day_first(cells: Sequence[Cell], given: Given) -> bool | None:
    """Whether dates begin with the day: as the user says, else as the other dates of the column prove."""
    return (
        given.day_first if given.day_first is not None else day_first(cell for cell in cells if isinstance(cell, str))
    )


def _second_table(grid: Grid, header: Header, end: int | None) -> list[Remark]:
    if end is None:
        return []
    column, cell = next((column, cell) for column, cell in enumerate(grid.rows[header.row + 1 + end]) if cell)
    message = Text("Another table begins here; it is not read.")
    remedy = Text("Move it to a sheet of its own.")
    return [Remark(end, column, SECOND_TABLE, "warning", message, cell, remedy)]


def _read_history(
    settled: Settled, rows: Sequence[int], decimal: str, base: tuple[str, Unit] | None, currency: str
) -> tuple[dict[int, list[float | None]], list[Remark]]:
    """The revenue of earlier years in whole amounts; what cannot be read or is in another currency is unknown."""
    units = {column: settled.unit(column) for column in settled.history.values()}
    amounts: dict[int, Amounts] = {}
    for column, unit in units.items():
        factor = unit.scale or (base[1].scale if base else None) or 1.0
        amounts[column] = read = read_money(settled.columns[column], column, unit, decimal, scale=factor)
        if column not in settled.made_of:
            settled.parts[column] = list(read.values)
        read.values[:] = [None if value is None else value * factor for value in read.values]
    remarks = keep_currency(amounts, units, rows, settled.header.titles, currency)
    return {year: _at(amounts[column].values, rows) for year, column in settled.history.items()}, remarks


def _extra(
    grid: Grid,
    header: Header,
    columns: Sequence[Sequence[Cell]],
    rows: Sequence[int],
    fills: Mapping[int | str, Mapping[int, Cell]],
) -> dict[str, list[Cell]]:
    """The unrecognised columns that hold anything, each under a name of its own."""
    known = set(header.fields.values())
    extra: dict[str, list[Cell]] = {}
    taken = dict.fromkeys((*KINDS, *header.fields), 1)
    for column, cells in enumerate(columns):
        title = header.titles[column] if column < len(header.titles) else ""
        if column in known or (not title and not any(cell not in (None, "") for cell in cells)):
            continue
        name = _unique(title or column_letters(grid.left + column), taken)
        filled = _at(with_fills(cells, fills.get(column, {})), rows)
        extra[name] = [None if cell == "" else plain(cell) for cell in filled]
    return extra


def _unique(name: str, taken: dict[str, int]) -> str:
    """The name, with a number behind it where it is taken; `taken` knows the last number of each."""
    unique = name
    while unique in taken:
        taken[name] += 1
        unique = f"{name} ({taken[name]})"
    taken[unique] = 1
    return unique


def _at(values: Sequence[Any], rows: Sequence[int]) -> list[Any]:
    cells = list(values)
    return cells if len(rows) == len(cells) else [cells[row] for row in rows]
