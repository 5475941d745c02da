"""Native tables that the program fills and people annotate: rows match by key, foreign columns travel with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import xlwings as xw

from kam_xl.actions.record import Record, is_blank
from kam_xl.actions.sheets import NamedSheet, native
from kam_xl.engines.values import Formula, put
from kam_xl.errors import KamError
from kam_xl.locale import Text
from kam_xl.plan.fields import Column

Row = Mapping[str, object]
"""Column code -> value."""


class NoRoomError(KamError):
    """A list must grow over cells that somebody filled."""

    exit_code = 4


class MissingTableError(KamError):
    """A list sheet lost its native table."""

    exit_code = 4


@dataclass(frozen=True)
class _OldRow:
    ours: Row
    foreign: Mapping[int, object]  # offset -> what the person has there

    @property
    def annotated(self) -> bool:
        return not all(map(is_blank, self.foreign.values()))


class List:
    """A native table on one of our sheets, with the place of our columns in it."""

    def __init__(self, sheet: NamedSheet, columns: Sequence[Column]) -> None:
        self.sheet = sheet
        present = [column for column in columns if column.name in sheet]
        table = self._table_around(sheet[present[0].name]) if present else None
        if table is None:
            raise MissingTableError(
                Text("the list is no table any more"),
                where=sheet.title,
                remedy=Text("Rename or delete the sheet; a new one is made then."),
            )
        self.table = table
        header = table.header_row_range
        self.top, self.left, self.width = header.row, header.column, header.columns.count
        self.offsets = {column.code: sheet[column.name].column - self.left for column in present}

    def _table_around(self, cell: xw.Range) -> xw.main.Table | None:
        headers = ((table, table.header_row_range) for table in self.sheet.sheet.tables)
        return next(
            (
                table
                for table, header in headers
                if header and header.row == cell.row and 0 <= cell.column - header.column < header.columns.count
            ),
            None,
        )

    @cached_property
    def height(self) -> int:
        body = self.table.data_body_range
        return int(body.rows.count) if body else 0

    def body(self, first: int, last: int) -> xw.Range:
        """Rows `first` to `last` of the body, counted from 1."""
        return self.sheet.sheet.range((self.top + first, self.left), (self.top + last, self.left + self.width - 1))

    def rows(self) -> list[_OldRow]:
        """What stands in the table now, blank rows left out."""
        if not self.height:
            return []
        body = self.body(1, self.height)
        foreign = sorted(set(range(self.width)) - set(self.offsets.values()))
        read = []
        for values, formulas in zip(body.options(ndim=2).value, body.options(ndim=2).formula, strict=True):
            ours = {code: values[offset] for code, offset in self.offsets.items()}
            if not all(map(is_blank, ours.values())):
                read.append(_OldRow(ours, {at: _content(values[at], formulas[at]) for at in foreign}))
        return read

    def write(self, lines: Sequence[Sequence[object]]) -> None:
        """Replace the whole body; nothing below the table may be in the way."""
        height = max(len(lines), 1)
        if height > self.height:
            self._check_room(height)
        if self.height > height:
            self.body(height + 1, self.height).clear_contents()
        put(self.body(1, height), lines or [[None] * self.width])
        if height != self.height:
            self.table.resize(self.sheet.sheet.range((self.top, self.left), self.body(height, height).last_cell))
        self.body(1, max(height, self.height)).rows.autofit()

    def _check_room(self, height: int) -> None:
        below = self.body(self.height + 1, height)
        if not all(is_blank(value) for row in below.options(ndim=2).value for value in row):
            raise NoRoomError(
                Text("the list grows to {n} rows, and the cells below it are filled", n=height),
                where=f"{self.sheet.title}!{below.address.replace('$', '')}",
                remedy=Text("Move what stands there, for example to the right of the list."),
            )


def _content(value: object, formula: object) -> object:
    """A person's cell as it must be written back: a formula as a formula, everything else as its value."""
    if isinstance(formula, str) and formula.startswith("=") and formula != value:
        return Formula(formula, value)
    return value


def refresh(
    sheet: NamedSheet,
    columns: Sequence[Column],
    rows: Sequence[Row],
    key: Callable[[Row], str],
    record: Record,
) -> list[str]:
    """Bring a list up to date; returns the addresses of our cells that people typed over: those stay as they are.

    Columns that are not ours (a person's comments) stay with the row of the same key. A row whose key is gone leaves
    the list unless somebody annotated it: then it stays at the end, for the person to delete.
    """
    the_list = List(sheet, columns)
    old = {key(row.ours): row for row in the_list.rows()}
    gone = old.keys() - {key(row) for row in rows}
    rows = [*rows, *(row.ours for found, row in old.items() if found in gone and row.annotated)]
    lines, kept = [], []
    for number, row in enumerate(rows, start=the_list.top + 1):
        line, typed = _line(the_list, row, old.get(key(row)), f"{sheet.kind}:{key(row)}", record)
        lines.append(line)
        kept += [sheet.sheet.range((number, the_list.left + offset)).address.replace("$", "") for offset in typed]
    the_list.write(lines)
    return [f"{sheet.title}!{address}" for address in kept]


def _line(the_list: List, row: Row, old: _OldRow | None, owner: str, record: Record) -> tuple[list[object], list[int]]:
    """One row to write, and the offsets of the cells that a person typed over."""
    line: list[object] = [None] * the_list.width
    typed = []
    for offset, content in (old.foreign if old else {}).items():
        line[offset] = content
    for code, offset in the_list.offsets.items():
        new = native(row.get(code))
        current = old.ours.get(code) if old else None
        if isinstance(new, Formula) or record.is_ours(owner, code, current):
            line[offset] = new
            record.note(owner, code, None if isinstance(new, Formula) else new)
        else:
            line[offset] = current
            typed.append(offset)
    return line, typed
