"""A row below the header whose words nobody knows: the parts of a merged title, such as products below "Revenue"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kam_xl.table.grid import Grid
from kam_xl.table.headers.header import KEYS, Header
from kam_xl.table.headers.period_words import heading_of
from kam_xl.table.values.cells import Cell, read_name
from kam_xl.table.values.column_values import as_number
from kam_xl.table.words.matching import is_unit, nature_of
from kam_xl.table.words.row_words import is_total
from kam_xl.table.words.vocabulary import KINDS

# So many rows below show whether columns hold numbers.
_SAMPLE = 20


def with_parts(grid: Grid, header: Header) -> Header:
    """The header with the row of parts below it: a field of several columns has their total, else all of them.

    >>> from kam_xl.table.headers.header import find_header
    >>> from kam_xl.table.words.matching import Matcher
    >>> rows = [["Client", "Revenue", None], [None, "Pumps", "Pipes"], ["Nord", 5.0, 7.0]]
    >>> grid = Grid("", rows)
    >>> with_parts(grid, find_header(grid, Matcher({"client": ("client",), "revenue": ("revenue",)}))).parts
    {'revenue': (1, 2)}
    """
    below = header.row + 1
    lower = grid.rows[below] if below < len(grid.rows) else []
    groups = _groups(header, lower, grid.rows[below + 1 : below + 1 + _SAMPLE])
    if not groups:
        return header
    titles = list(header.titles)
    matches, fields, periods = dict(header.matches), dict(header.fields), dict(header.periods)
    parts: dict[str, tuple[int, ...]] = {}
    for first, columns in groups.items():
        for column in columns:
            titles[column] = f"{header.titles[first]} {read_name(lower[column])}"
        match = matches.pop(first, None)
        periods.pop(first, None)
        if match is None:
            continue
        whole = next((column for column in columns if is_total(str(lower[column]))), None)
        parts[match.field] = columns if whole is None else (whole,)
        if whole is not None:
            matches[whole] = match
        if fields.get(match.field) == first:
            fields = {name: at for name, at in fields.items() if name != match.field}
            fields |= {match.field: whole} if whole is not None else {}
    return replace(
        header,
        row=below,
        height=header.height + 1,
        titles=tuple(titles),
        matches=matches,
        fields=fields,
        periods=periods,
        parts=parts,
    )


def _groups(header: Header, lower: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> dict[int, tuple[int, ...]]:
    """The titles that stand over several columns, with these; nothing where the row below is not one of headers."""
    filled = [column for column, cell in enumerate(lower) if read_name(cell)]
    keys = [header.fields[key] for key in KEYS if key in header.fields]
    if not filled or any(not _is_word(lower[column]) for column in filled) or not set(filled).isdisjoint(keys):
        return {}
    groups: dict[int, tuple[int, ...]] = {}
    for first in filled:
        if first >= len(header.titles) or not header.titles[first]:
            continue
        end = first + 1
        while end in filled and end < len(header.titles) and not header.titles[end]:
            end += 1
        match = header.matches.get(first)
        of_money = match is not None and (KINDS.get(match.field) == "money" or match.field in ("amount", "total"))
        of_share = match is not None and match.field == "competitor_share"
        if end - first > 1 and (of_money or of_share) and all(_has_numbers(rows, at) for at in range(first, end)):
            groups[first] = tuple(range(first, end))
    return groups


def _is_word(cell: Cell) -> bool:
    """Whether a cell is a word that says neither a period nor a unit: a product, a region, a competitor."""
    return (
        isinstance(cell, str)
        and not (as_number(cell) or (heading_of(cell) and not is_total(cell)))
        and not (is_unit(cell) or nature_of(cell))
    )


def _has_numbers(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    return any(column < len(row) and as_number(row[column]) is not None for row in rows)
