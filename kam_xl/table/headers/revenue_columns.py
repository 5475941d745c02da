"""Which of several columns of amounts is our revenue: that of the latest year, net of VAT and of returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isclose
from typing import NamedTuple

from kam_xl.table.records.groups import ROUNDING
from kam_xl.table.values.cells import Cell
from kam_xl.table.values.column_values import value_of
from kam_xl.table.words.matching import is_rolling
from kam_xl.table.words.vat import vat_of

# So many rows show whether a column is made of others.
_SAMPLE = 400


class Candidate(NamedTuple):
    """A column that may be our revenue: `kind` is the field that its header names, `year` the one it gives."""

    column: int
    title: str
    kind: str
    year: int | None
    cells: Sequence[Cell]


def without_sums_of_years(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates but for one that names no year and is the sum of those that do: the revenue of several years.

    >>> years = [Candidate(at, f"Sales {year}", "revenue", year, [5.0]) for at, year in enumerate((2024, 2025))]
    >>> [each.title for each in without_sums_of_years([*years, Candidate(2, "Total sales", "revenue", None, [10.0])])]
    ['Sales 2024', 'Sales 2025']
    """
    years = {each.year: each for each in reversed(candidates) if each.year}
    if len(years) < 2:
        return list(candidates)
    parts = [each.cells for each in years.values()]
    return [each for each in candidates if each.year or not is_sum(each.cells, parts)]


def better(first: Candidate, candidates: Iterable[Candidate], returned: Sequence[Cell] = ()) -> Candidate:
    """What is our revenue where `first` looks most like it: that of the last twelve months, else of a later year, else
    the same net of VAT or of returns.

    Parameters
    ----------
    first : Candidate
        The column that its header favours.
    found : iterable of Candidate
        All columns that may be meant.
    returned : sequence of cells
        What clients sent back, where a column tells.

    Examples
    --------
    >>> gross, net = (Candidate(1, title, "revenue", None, [amount]) for title, amount in
    ...               (("Sales incl. VAT", 120.0), ("Sales excl. VAT", 100.0)))
    >>> better(gross, [gross, net]).title
    'Sales excl. VAT'
    """
    candidates = list(candidates)
    if rolling := [each for each in candidates if each.kind == "revenue" and is_rolling(each.title)]:
        return first if is_rolling(first.title) else rolling[0]
    if first.year:
        latest = max(candidates, key=lambda each: each.year or 0, default=first)
        first = latest if (latest.year or 0) > first.year else first
    same = [each for each in candidates if each.year == first.year and each is not first]
    if returned and (less := next((each for each in same if is_less(first.cells, returned, each.cells)), None)):
        return less
    if vat_of(first.title) == "net":
        return first
    named = vat_of(first.title) == "gross" or first.kind == "amount"
    net = (each for each in same if vat_of(each.title) == "net" and (named or each.kind == "revenue"))
    return next(net, first)


def is_sum(total: Sequence[Cell], parts: Sequence[Sequence[Cell]]) -> bool:
    """Whether a column is the sum of others.

    >>> is_sum([5.0, 3.0], [[2.0, 1.0], [3.0, 2.0]])
    True
    """
    return _made_of(total, parts, sum)


def is_less(gross: Sequence[Cell], returned: Sequence[Cell], net: Sequence[Cell]) -> bool:
    """Whether a column is another one less the returns, whatever the sign of these.

    >>> is_less([130.0, 50.0], [-10.0, None], [120.0, 50.0]), is_less([130.0] * 20, [10.0] + [None] * 19, [130.0] * 20)
    (True, False)
    """
    back = [row for row, cell in enumerate(returned) if value_of(cell)][:_SAMPLE]  # the others say nothing
    columns = [[column[row] for row in back] for column in (net, gross, returned)]
    return _made_of(columns[0], columns[1:], lambda parts: parts[0] - abs(parts[1]))


def _made_of(cells: Sequence[Cell], parts: Sequence[Sequence[Cell]], make: Callable[[list[float]], float]) -> bool:
    """Whether most amounts of a column are made of those beside them."""
    known = [
        (value, make([value_of(each) or 0.0 for each in beside]))
        for cell, *beside in zip(cells[:_SAMPLE], *(part[:_SAMPLE] for part in parts), strict=True)
        if (value := value_of(cell))
    ]
    agreeing = sum(isclose(value, made, rel_tol=ROUNDING) for value, made in known)
    return bool(known) and agreeing * 10 >= len(known) * 9
