"""Sheets named after months or years that list the same clients: one table with the periods side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import fsum

from kam_xl.domain.periods import YEAR
from kam_xl.excel.references import column_letters
from kam_xl.locale import Quoted, Text
from kam_xl.table.finding import Remark
from kam_xl.table.grid import Grid
from kam_xl.table.headers.columns import settle
from kam_xl.table.headers.header import KEYS, Header
from kam_xl.table.headers.period_words import Heading, heading_of
from kam_xl.table.interpretation import Given
from kam_xl.table.values.cells import Cell, quoted, read_name
from kam_xl.table.values.column_values import value_of
from kam_xl.table.words.matching import Match
from kam_xl.table.words.vocabulary import KINDS

SHEETS_ARE_PERIODS = "sheets-are-periods"
_REMEDY = Text("Name one sheet with --sheet if they are not parts of one table.")


def periods_of(sheets: Sequence[str]) -> list[Heading] | None:
    """The periods that sheets are named after, all of one length; None where they are not.

    >>> [said.number for said in periods_of(["Январь", "Февраль"])], periods_of(["2024", "Nord"])
    ([1, 2], None)
    """
    periods = [
        heading
        for sheet in sheets
        if (heading := heading_of(sheet)) and heading.kind in (None, "fact") and _is_period(heading)
    ]
    lengths = {heading.months or YEAR for heading in periods}
    distinct = {(heading.year, heading.number) for heading in periods}
    return periods if len(distinct) == len(sheets) > len(lengths) == 1 else None


def _is_period(heading: Heading) -> bool:
    return heading.number is not None or heading.year is not None


def side_by_side(grids: Sequence[Grid], headers: Sequence[Header], given: Given) -> tuple[Grid, Header, Remark] | None:
    """The sheets as one table with a column of revenue for each period; None where that cannot be made for sure.

    A client has the row of the last sheet that lists it. Other amounts are added up over months, unless they repeat; of
    years, and of all that is no amount, the latest counts.

    Parameters
    ----------
    grids, headers
        The sheets and where their headers stand; the titles are those of the first.
    given : Given
        What the user says about the columns.
    """
    periods = periods_of([grid.sheet for grid in grids])
    revenue = _revenue(grids[0], headers[0], given)
    if periods is None or revenue is None:
        return None
    order = sorted(range(len(grids)), key=lambda at: (periods[at].year or 0, periods[at].number or 0))
    sheets = [_Sheet(grids[at], headers[at]) for at in order]
    if any(sheet.repeats for sheet in sheets):
        return None
    return _Joined(sheets, [periods[at] for at in order], revenue).result()


def _revenue(grid: Grid, header: Header, given: Given) -> int | None:
    """The only column of revenue of a sheet."""
    settled = settle(grid.columns(header.row + 1, len(header.titles)), header, replace(given, kind=""), grid.left)
    column = settled.header.fields.get("revenue")
    return None if column is None or column in settled.made_of or settled.history else column


class _Sheet:
    """The rows of one sheet by their client."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self.grid, self.header = grid, header
        keys = [header.fields[name] for name in KEYS[::-1] if name in header.fields]
        self.rows: dict[str, int] = {}
        self.repeats = False
        for row in range(header.row + 1, len(grid.rows)):
            if key := _key(grid.rows[row], keys):
                self.repeats = self.repeats or key in self.rows
                self.rows[key] = row

    def cell(self, key: str, column: int) -> Cell:
        """The cell of a client; None where the sheet does not list it."""
        row = self.grid.rows[self.rows[key]] if key in self.rows else []
        return row[column] if column < len(row) else None


def _key(cells: Sequence[Cell], columns: Sequence[int]) -> str:
    """What a row is known by: its id, its client, else its first text."""
    names = (read_name(cells[column]) for column in columns if column < len(cells))
    name = next(filter(None, names), "") or next((cell for cell in cells if isinstance(cell, str) and cell.strip()), "")
    return " ".join(name.casefold().split())


class _Joined:
    def __init__(self, sheets: Sequence[_Sheet], periods: Sequence[Heading], revenue: int) -> None:
        self._sheets, self._periods, self._revenue = sheets, periods, revenue
        self._keys = _in_order([list(sheet.rows) for sheet in sheets])
        self._base = sheets[-1]
        self._width = len(self._base.header.titles)
        self._are_years = (periods[0].months or YEAR) == YEAR
        self._columns = [*range(self._width, self._width + len(sheets) - 1), revenue]

    def result(self) -> tuple[Grid, Header, Remark]:
        base, header = self._base, self._base.header
        added = self._added_up()
        rows = [*base.grid.rows[: header.row + 1]]
        origins = [base.grid.place(row) for row in range(header.row + 1)]
        depths = [base.grid.depth(row) for row in range(header.row + 1)]
        for key in self._keys:
            rows.append(self._row(key, added))
            home = next(sheet for sheet in reversed(self._sheets) if key in sheet.rows)
            origins.append(home.grid.place(home.rows[key]))
            depths.append(home.grid.depth(home.rows[key]))
        outline = base.grid.outline._replace(depths=depths if any(depths) else ())
        spots = dict(self._spots())
        grid = replace(base.grid, rows=rows, origins=origins, merged=(), outline=outline, spots=spots)
        return grid, self._header(), self._remark(added)

    def _row(self, key: str, added: Sequence[int]) -> list[Cell]:
        cells = [self._value(key, column, added) for column in range(self._width)]
        revenue = [sheet.cell(key, self._revenue) for sheet in self._sheets]
        cells[self._revenue] = revenue[-1]
        return [*cells, *revenue[:-1]]

    def _value(self, key: str, column: int, added: Sequence[int]) -> Cell:
        cells = [sheet.cell(key, column) for sheet in self._sheets]
        if column in added:
            known = [value for cell in cells if (value := value_of(cell)) is not None]
            return fsum(known) if known else None
        if self._are_years and column in self._money():
            return cells[-1]
        return next((cell for cell in reversed(cells) if cell not in (None, "")), None)

    def _money(self) -> list[int]:
        fields = self._base.header.fields
        return [at for name, at in fields.items() if KINDS.get(name) == "money" and at != self._revenue]

    def _added_up(self) -> list[int]:
        """The other columns of amounts that differ from month to month."""
        return [] if self._are_years else [column for column in self._money() if not self._repeats(column)]

    def _repeats(self, column: int) -> bool:
        """Whether most clients have one and the same amount on all sheets."""
        values_of_keys = [{value_of(sheet.cell(key, column)) for sheet in self._sheets} - {None} for key in self._keys]
        known = [values for values in values_of_keys if values]
        return sum(len(values) == 1 for values in known) * 2 > len(known)

    def _spots(self) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
        """Where the amounts of each period stand, their headers first."""
        letter = column_letters(self._base.grid.left + self._revenue)
        for column, sheet in zip(self._columns, self._sheets, strict=True):
            name, row = sheet.grid.place(sheet.header.row)
            yield (self._base.header.row, column), (name, f"{letter}{row}")
            for at, key in enumerate(self._keys, start=self._base.header.row + 1):
                if key in sheet.rows:
                    name, row = sheet.grid.place(sheet.rows[key])
                    yield (at, column), (name, f"{letter}{row}")

    def _header(self) -> Header:
        """The header with a column for each period; what the user named as revenue is each of them."""
        header, field = self._base.header, self._base.header.matches.get(self._revenue, Match("revenue", 1, 0))
        titles = [*header.titles, *([""] * (len(self._sheets) - 1))]
        matches, periods = dict(header.matches), dict(header.periods)
        for column, sheet, heading in zip(self._columns, self._sheets, self._periods, strict=True):
            titles[column] = f"{header.titles[self._revenue]}, {sheet.grid.sheet}"
            matches[column], periods[column] = Match("revenue", max(field.level, 1), field.rank), heading
        return replace(header, titles=tuple(titles), matches=matches, periods=periods)

    def _remark(self, added: Sequence[int]) -> Remark:
        titles = self._base.header.titles
        about: Mapping[str, object] = {
            "sheets": [Quoted(sheet.grid.sheet) for sheet in self._sheets],
            "columns": [quoted(titles[column]) for column in (self._revenue, *added)],
        }
        message = (
            Text("The sheets {sheets} are years of the same clients; the revenue of each is in {columns}.", **about)
            if self._are_years
            else Text("The sheets {sheets} are periods of the same clients; added up: {columns}.", **about)
        )
        return Remark(None, self._revenue, SHEETS_ARE_PERIODS, "note", message, None, _REMEDY)


def _in_order(lists: Sequence[Sequence[str]]) -> list[str]:
    """All keys in the order of the lists; one that a list adds comes behind the key before it.

    >>> _in_order([["a", "c", "total"], ["a", "b", "c", "d", "total"]])
    ['a', 'b', 'c', 'd', 'total']
    """
    following: dict[str, str] = {"": ""}
    for keys in lists:
        before = ""
        for key in keys:
            if key not in following:
                following[key], following[before] = following[before], key
            before = key
    order, key = [], following[""]
    while key:
        order.append(key)
        key = following[key]
    return order
