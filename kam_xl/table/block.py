"""A recognised table: its columns read, its rows sorted out, everything doubtful remarked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kam_xl.locale import Text
from kam_xl.table.cells import Cell, choice_of, read_cells, read_date, read_mark, read_name, read_text
from kam_xl.table.finding import Finding, Remark, column_letter
from kam_xl.table.grid import Grid
from kam_xl.table.header import Header, headers_below
from kam_xl.table.matching import Unit, unit_of
from kam_xl.table.money import Amounts, read_money
from kam_xl.table.rows import LEFT_OUT, RowSorter
from kam_xl.table.units import base_unit, settle_units
from kam_xl.table.vocabulary import KINDS

SECOND_TABLE = "second-table"
_PARSERS: Mapping[str, Callable[[str], Callable[[Cell], Any]]] = {
    "name": lambda field: read_name,
    "text": lambda field: read_text,
    "mark": lambda field: read_mark,
    "date": lambda field: read_date,
    "choice": choice_of,
}


@dataclass
class Block:
    """A table's data, one list per column, all of one length.

    `fields` holds the recognised columns, `extra` the others under their own headers; `rows` are the indices of the
    data rows below the header; `unit` is a money column's header and the unit of all amounts, where a header tells,
    `factors` is what brought each money column to it, and `decimal` the decimal mark its texts are likely to use.
    """

    grid: Grid
    header: Header
    rows: list[int]
    fields: dict[str, list[Any]]
    extra: dict[str, list[Cell]]
    remarks: list[Remark]
    unit: tuple[str, Unit] | None
    factors: Mapping[int, float]
    decimal: str

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def row_numbers(self) -> list[int]:
        """The row of each client on its sheet, counted from 1."""
        first = self.grid.top + self.header.row + 1
        return [first + row for row in self.rows]

    @property
    def letters(self) -> dict[str, str]:
        """Field to the letter of its column."""
        return {field: column_letter(self.grid.left + column) for field, column in self.header.fields.items()}

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
        """What a finding quotes of a client's field: its value; a word as the person wrote it."""
        if field not in self.fields:
            return None
        if KINDS.get(field) == "choice":
            return self.grid.rows[self.header.row + 1 + self.rows[position]][self.header.fields[field]]
        return self.fields[field][position]

    def cell(self, row: int | None, column: int | None) -> str:
        """The address of a data row's cell; of the header's where no row is given."""
        if column is None:
            return ""
        return self.grid.cell(self.header.row + (0 if row is None else row + 1), column)

    def findings(self, ids: Sequence[str], names: Sequence[str]) -> list[Finding]:
        """The remarks with addresses and clients, top to bottom; those on rows that are no clients are left out."""
        findings = []
        for remark in sorted(self.remarks, key=lambda each: (-1 if each.row is None else each.row, each.column or 0)):
            client_id, client = "", ""
            if remark.row is not None and remark.code not in (*LEFT_OUT, SECOND_TABLE):
                position = bisect_left(self.rows, remark.row)
                if position == len(self) or self.rows[position] != remark.row:
                    continue
                client_id, client = ids[position], names[position]
            cell = self.cell(remark.row, remark.column)
            findings.append(Finding(self.grid.sheet, cell, client_id, client, *remark[2:]))
        return findings


def read_block(grid: Grid, header: Header, decimal: str = "", unit: tuple[str, Unit] | None = None) -> Block:
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
    """
    columns = grid.columns(header.row + 1, len(header.titles))
    again, end = headers_below(columns, header)
    columns = [cells[:end] for cells in columns]
    decimal = decimal or ("," if _is_russian(header.titles) else ".")
    amounts, factors, remarks = _read_amounts(columns, header, decimal, unit)
    sorter = RowSorter(columns, header.fields, {column: each.values for column, each in amounts.items()}, again)
    remarks += [*header.remarks, *sorter.remarks, *_second_table(grid, header, end)]
    fields: dict[str, list[Any]] = {}
    for field, column in header.fields.items():
        if column in amounts:
            fields[field] = _at(amounts[column].values, sorter.clients)
        else:
            values, unreadable = read_cells(columns[column], _PARSERS[KINDS.get(field, "text")](field), column)
            fields[field] = _at(values, sorter.clients)
            remarks += unreadable
    extra = _extra(grid, header, columns, sorter.clients)
    return Block(
        grid, header, sorter.clients, fields, extra, remarks, unit or base_unit(*_units(header)), factors, decimal
    )


def _second_table(grid: Grid, header: Header, end: int | None) -> list[Remark]:
    if end is None:
        return []
    column, cell = next((column, cell) for column, cell in enumerate(grid.rows[header.row + 1 + end]) if cell)
    message = Text("Another table begins here; it is not read.")
    remedy = Text("Move it to a sheet of its own.")
    return [Remark(end, column, SECOND_TABLE, "warning", message, cell, remedy)]


def _read_amounts(
    columns: Sequence[Sequence[Cell]], header: Header, decimal: str, base: tuple[str, Unit] | None
) -> tuple[dict[int, Amounts], dict[int, float], list[Remark]]:
    """The money columns by position, revenue first, in one unit, and the factors that brought them there."""
    units, titles = _units(header)
    amounts = {column: read_money(columns[column], column, unit, decimal) for column, unit in units.items()}
    factors, remarks = settle_units(units, titles, base)
    for column, each in amounts.items():
        remarks += each.remarks
        if factors[column] != 1:
            each.values[:] = [None if value is None else value * factors[column] for value in each.values]
    return amounts, factors, remarks + _currencies(amounts)


def _units(header: Header) -> tuple[dict[int, Unit], dict[int, str]]:
    money = [header.fields[field] for field, kind in KINDS.items() if kind == "money" and field in header.fields]
    return {column: unit_of(header.titles[column]) for column in money}, dict(enumerate(header.titles))


def _currencies(amounts: Mapping[int, Amounts]) -> list[Remark]:
    named = frozenset[str]().union(*(each.currencies for each in amounts.values()))
    if len(named) < 2:
        return []
    column = next(column for column, each in amounts.items() if each.currencies)
    message = Text("The amounts are in several currencies; nothing is converted.")
    remedy = Text("Bring all amounts to one currency.")
    return [Remark(None, column, "currencies-differ", "warning", message, ", ".join(sorted(named)), remedy)]


def _extra(grid: Grid, header: Header, columns: Sequence[Sequence[Cell]], rows: Sequence[int]) -> dict[str, list[Cell]]:
    """The unrecognised columns that hold anything, each under a name of its own."""
    known = set(header.fields.values())
    extra: dict[str, list[Cell]] = {}
    taken = dict.fromkeys((*KINDS, *header.fields), 1)
    for column, cells in enumerate(columns):
        title = header.titles[column] if column < len(header.titles) else ""
        if column in known or (not title and not any(cell not in (None, "") for cell in cells)):
            continue
        name = _unique(title or column_letter(grid.left + column), taken)
        extra[name] = [None if cell == "" else cell for cell in _at(cells, rows)]
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
    return list(values) if len(rows) == len(values) else [values[row] for row in rows]


def _is_russian(titles: Iterable[str]) -> bool:
    return any("а" <= character <= "я" for title in titles for character in title.casefold())
