"""Tables of product groups in other shapes as one with a row for each client and group: groups below or across."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kam_xl.table.grid import NO_OUTLINE, Grid
from kam_xl.table.headers.choose import client_matcher
from kam_xl.table.headers.header import Header, find_header
from kam_xl.table.headers.units import unit_around
from kam_xl.table.values.cells import Cell, read_name
from kam_xl.table.values.column_values import Values
from kam_xl.table.words.matching import Matcher, nature_of, unit_of
from kam_xl.table.words.row_words import is_total
from kam_xl.table.words.vocabulary import PRODUCT_FIELDS

_TITLES: list[Cell] = ["Client ID", "Client", "Product group"]
_REVENUE = "Revenue"
_Row = tuple[int, list[Cell]]


def in_rows(grid: Grid) -> Grid | None:
    """The same table with a row for each client and product group; None where it has neither shape."""
    return _stacked(grid) or _across(grid)


def _stacked(grid: Grid) -> Grid | None:
    """Each client above its product groups in one column, as 1C lists them; indents or the outline tell them apart.

    >>> rows = [["Client / Product group", "Revenue"], ["Nord", 5.0], ["  Pumps", 5.0], ["Total", 5.0]]
    >>> _stacked(Grid("S", rows)).rows[1:]
    [[None, 'Nord', 'Pumps', 5.0], [None, 'Total', None, 5.0]]
    """
    header = find_header(grid, Matcher(PRODUCT_FIELDS))
    if header is None or header.levels != ("client", "category") or "revenue" not in header.fields:
        return None
    name, amount = header.fields["client"], header.fields["revenue"]
    below = range(header.row + 1, len(grid.rows))
    named = [row for row in below if name < len(grid.rows[row]) and read_name(grid.rows[row][name])]
    depths = {row: (grid.depth(row), _indent(grid.rows[row][name])) for row in named}
    if len(set(depths.values())) != 2:
        return None
    outer = min(depths.values())
    return _listed(grid, header, header.titles[amount], _groups_below(grid, depths, outer, name, amount))


def _groups_below(
    grid: Grid, depths: dict[int, tuple[int, int]], outer: tuple[int, int], name: int, amount: int
) -> Iterator[_Row]:
    client: Cell = None
    rows = list(depths)
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        label = read_name(grid.rows[row][name])
        cell = grid.rows[row][amount] if amount < len(grid.rows[row]) else None
        if depths[row] != outer:
            yield row, [None, client, label, cell]
            continue
        client = label
        if after is None or depths[after] == outer:  # a total, or a client without groups
            yield row, [None, client, None, cell]


def _indent(cell: Cell) -> int:
    return len(cell) - len(cell.lstrip()) if isinstance(cell, str) else 0


def _across(grid: Grid) -> Grid | None:
    """A column for each product group: those of numbers whose headers nothing else is known of.

    >>> rows = [["Client", "Pumps", "Pipes", "Total"], ["Nord", 5.0, None, 5.0], ["Süd", 4.0, 3.0, 7.0]]
    >>> _across(Grid("S", rows)).rows[1:]
    [[None, 'Nord', 'Pumps', 5.0], [None, 'Süd', 'Pumps', 4.0], [None, 'Süd', 'Pipes', 3.0]]
    """
    header = find_header(grid, client_matcher(), needed=1)
    if header is None or "category" in header.fields or header.periods:
        return None
    columns = grid.columns(header.row + 1, len(header.titles))
    groups = [at for at, title in enumerate(header.titles) if title and at not in header.matches]
    groups = [at for at in groups if _is_group(header.titles[at]) and Values(columns[at]).are_numbers]
    units = [unit_of(header.titles[at]) for at in groups]
    units += [around[1]] if (around := unit_around(grid, header.top)) else []
    currencies = {unit.currency for unit in units} - {None}
    if len(groups) < 2 or len(currencies) > 1 or {unit.scale for unit in units} - {None, 1.0}:
        return None  # a single column is not a table of groups
    revenue = ", ".join(filter(None, (_REVENUE, *currencies)))
    return _listed(grid, header, revenue, _groups_across(grid, header, groups))


def _is_group(title: str) -> bool:
    return not (is_total(title) or nature_of(title) or title.startswith(("№", "#")))


def _groups_across(grid: Grid, header: Header, groups: list[int]) -> Iterator[_Row]:
    for row in range(header.row + 1, len(grid.rows)):
        cells = [*grid.rows[row], *[None] * len(header.titles)]
        places = [header.fields.get(key) for key in ("client_id", "client")]
        keys = [None if at is None else read_name(cells[at]) for at in places]
        if not any(keys) or any(map(is_total, filter(None, keys))):
            continue
        for at in groups:
            if cells[at] not in (None, ""):
                yield row, [*keys, header.titles[at], cells[at]]


def _listed(grid: Grid, header: Header, revenue: str, rows: Iterator[_Row]) -> Grid:
    listed = list(rows)
    titles: list[Cell] = [*_TITLES, revenue]
    origins = [grid.place(row) for row in (header.row, *(row for row, _ in listed))]
    cells = [titles, *(each for _, each in listed)]
    return replace(grid, rows=cells, left=1, top=1, merged=(), origins=origins, outline=NO_OUTLINE, spots={})
