"""Which columns of a table that is not understood may be meant: what a refusal proposes for a reading file."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.table.values.cells import Cell
from kam_xl.table.values.column_values import value_of

# A whole number from here on is rather a tax number or an account than an amount.
_LONG_NUMBER = 1e9


def likely_columns(rows: Sequence[Sequence[Cell]], columns: Sequence[int]) -> tuple[int, int]:
    """Of the columns of an unknown table the first of texts and the one after it that looks most like money.

    >>> likely_columns([[7.0, "Nord", 4020.0, 12.5], [8.0, "Süd", 4020.0, 20.0]], [0, 1, 2, 3])
    (1, 3)
    """
    filled = {at: [row[at] for row in rows if at < len(row) and row[at] not in (None, "")] for at in columns}
    numbers = {at: share for at in columns if (share := all_numbers(filled[at]))}
    names = next((at for at in columns if filled[at] and at not in numbers), columns[0])
    money = max((at for at in numbers if at > names), key=lambda at: like_money(numbers[at]), default=None)
    others = (at for at in columns if at != names)
    return names, next(others) if money is None else money


def all_numbers(cells: Sequence[Cell]) -> list[float]:
    """The amounts of cells that hold nothing else; none where one does."""
    values = [value_of(cell) for cell in cells]
    return [] if None in values else [value for value in values if value is not None]


def like_money(values: Sequence[float]) -> tuple[bool, bool, bool]:
    """Money has cents more often than codes have, differs from row to row, and is no number of a tax office."""
    short = all(abs(value) < _LONG_NUMBER for value in values)
    return short, len(set(values)) > 1 or len(values) == 1, any(value % 1 for value in values)
