"""Operational plans with the months down and the clients across, turned so that each client has a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from kam_xl.domain.periods import YEAR
from kam_xl.table.grid import Grid
from kam_xl.table.headers.period_words import heading_of
from kam_xl.table.values.cells import Cell, read_name

# So many months below each other, and clients beside each other, make a table of months.
_MONTHS, _CLIENTS = 3, 2
# Where the months may stand, and how many rows may name the clients and what their amounts are.
_FIRST_COLUMNS, _TALLEST = 3, 2


def upright(grid: Grid) -> Grid:
    """The grid itself, or the same with a row for each client where its months stand below each other.

    >>> plan = Grid("Plan 2026", [["Month", "Nord", "Alfa"], ["Jan", 1.0, 2.0], ["Feb", 3.0, 4.0], ["Mar", 5.0, 6.0]])
    >>> turned = upright(plan)
    >>> turned.rows, turned.cell(2, 1)
    ([['Client', 'Jan', 'Feb', 'Mar'], ['Nord', 1.0, 3.0, 5.0], ['Alfa', 2.0, 4.0, 6.0]], 'C2')
    """
    for column in range(_FIRST_COLUMNS):
        months = [row for row, cells in enumerate(grid.rows) if column < len(cells) and _is_month(cells[column])]
        if len(months) >= _MONTHS and (heads := _heads(grid.rows, months[0], column)):
            return _turned(grid, heads, column)
    return grid


def _is_month(cell: Cell) -> bool:
    heading = heading_of(cell) if cell not in (None, "") else None
    return bool(heading and heading.number and (heading.months or YEAR) < YEAR)


def _heads(rows: Sequence[Sequence[Cell]], first: int, column: int) -> list[int]:
    """The rows right above the months that name at least two clients, and perhaps plan and actual below them."""
    heads: list[int] = []
    for row in range(first - 1, max(-1, first - 1 - _TALLEST), -1):
        names = [cell for cell in rows[row][column + 1 :] if isinstance(cell, str) and cell.strip()]
        if len(names) < _CLIENTS:
            break
        heads.insert(0, row)
    named = [cell for row in heads[:1] for cell in rows[row][column + 1 :] if isinstance(cell, str)]
    return heads if heads and not any(map(heading_of, named)) else []


def _turned(grid: Grid, heads: Sequence[int], column: int) -> Grid:
    """The cells from the heads on, columns as rows; the titles above stand above, a row each."""
    titles = [[text] for row in grid.rows[: heads[0]] for cell in row if (text := read_name(cell))]
    columns = [list(cells) for cells in zip_longest(*grid.rows[heads[0] :])][column:]
    columns[0][: len(heads)] = ["Client", "Indicator"][: len(heads)]
    for before, cells in pairwise(columns):
        if len(heads) > 1 and not read_name(cells[0]) and read_name(cells[1]):  # a client over several columns
            cells[0] = before[0]
    left = grid.left + column - len(titles)
    return Grid(grid.sheet, [*titles, *columns], grid.top + heads[0], left, is_turned=True)
