"""The years that headers of an operational plan leave to the reader: from the title, or from the months before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kam_xl.table.headers.period_words import Heading
from kam_xl.table.operational.layout import AmountColumn


class Dated(NamedTuple):
    """What each column's header says, its year included, and the first of those whose year is a guess."""

    headers: dict[int, Heading]
    assumed: AmountColumn | None


def dated(amounts: Sequence[AmountColumn], hint: int | None, this_year: int) -> Dated:
    """Give each header its year.

    Parameters
    ----------
    amounts : sequence of AmountColumn
        The columns, from left to right.
    hint : int or None
        The year that titles suppose.
    this_year : int
        The guess where nothing names a year.

    Examples
    --------
    >>> months = [AmountColumn(at, "", Heading(months=1, number=number)) for at, number in enumerate((11, 12, 1))]
    >>> [said.year for said in dated(months, 2025, 2026).headers.values()]
    [2025, 2025, 2026]
    """
    headers: dict[int, Heading] = {}
    current: dict[object, int] = {}
    last: dict[object, tuple[int, int]] = {}
    assumed = None
    for each in amounts:
        heading, row = each.heading, (each.heading.kind, each.heading.measure)
        year, number = heading.year, heading.number or 1
        if year is None:
            year = current.get(row) or hint or this_year
            if row not in current and not hint:
                assumed = assumed or each
            before = last.get((row, heading.months))
            if before and number <= before[1]:  # the months begin again
                year = max(year, before[0] + 1)
        current[row], last[row, heading.months] = year, (year, number)
        headers[each.column] = heading._replace(year=year)
    return Dated(headers, assumed)
