"""Columns of months, quarters and years: which of them make the revenue, and which are earlier years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import NamedTuple

from kam_xl.domain.periods import YEAR
from kam_xl.table.headers.period_words import Heading


class OfPeriods(NamedTuple):
    """The columns that add up to the revenue of one year, and those of the years before it.

    `year` is None where the headers give none; `months` is how many months the columns cover together, `covered` how
    many those of each year do.
    """

    columns: tuple[int, ...]
    year: int | None
    months: int
    earlier: Mapping[int, tuple[int, ...]]
    covered: Mapping[int | None, int]

    def before(self, year: int) -> Mapping[int, tuple[int, ...]]:
        """The years before one, but for those that cover fewer months than the columns of the latest."""
        years = self.earlier if self.year is None else {**self.earlier, self.year: self.columns}
        return {each: columns for each, columns in years.items() if each < year and self.covered[each] >= self.months}


def of_latest_year(periods: Mapping[int, Heading]) -> OfPeriods | None:
    """The columns of the latest year; None where there are none.

    Parameters
    ----------
    periods : mapping
        Column to the period that heads it, of actual revenue only.

    Examples
    --------
    >>> months = {1: Heading(2024, 1, 12), 2: Heading(2025, 1, 1), 3: Heading(2025, 1, 2)}
    >>> of_latest_year(months).columns, of_latest_year(months).earlier
    ((2, 3), {2024: (1,)})
    >>> of_latest_year({1: Heading(None, 1, 1), 2: Heading(None, 1, 2), 3: Heading(2026, 3, 1)}).year
    2026
    >>> of_latest_year(months | {4: Heading(2025, 3, 1)}).columns  # a quarter with a month missing
    (4,)
    """
    if not periods:
        return None
    by_year: dict[int | None, dict[int, Heading]] = {}
    for column, heading in _dates_as_years(_of_one_year(periods)).items():
        by_year.setdefault(heading.year, {})[column] = heading
    chosen = {year: _without_overlaps(columns) for year, columns in by_year.items()}
    latest = max(chosen, key=lambda year: year or 0)
    covered = {year: sum(months_of(heading) for heading in columns.values()) for year, columns in chosen.items()}
    earlier = sorted(year for year in chosen if year is not None and year != latest)
    return OfPeriods(
        tuple(chosen[latest]),
        latest,
        covered[latest],
        {year: tuple(chosen[year]) for year in earlier},
        covered,
    )


def of_one_period(periods: Mapping[int, Heading]) -> list[list[int]]:
    """The columns that one and the same period heads, where it heads several.

    >>> of_one_period({1: Heading(2025, 1, 1), 2: Heading(2025, 1, 2), 3: Heading(None, 1, 2)})
    [[2, 3]]
    """
    alike: dict[tuple[int | None, int, int], list[int]] = {}
    for column, heading in _of_one_year(periods).items():
        alike.setdefault((heading.year, *months_within(heading)), []).append(column)
    return [columns for columns in alike.values() if len(columns) > 1]


def months_of(heading: Heading) -> int:
    """How many months a period has."""
    return heading.months or YEAR


def _of_one_year(periods: Mapping[int, Heading]) -> Mapping[int, Heading]:
    """Months and quarters without a year are of the year that the other parts of a year name: "Jan", "H1 2026"."""
    named = {heading.year for heading in periods.values() if heading.year}
    if len(named) != 1 or any(heading.year and months_of(heading) == YEAR for heading in periods.values()):
        return periods
    return {column: heading | Heading(year=next(iter(named))) for column, heading in periods.items()}


def _dates_as_years(periods: Mapping[int, Heading]) -> Mapping[int, Heading]:
    """One and the same month or day of several years ends each of these years: "31 Dec 2025", "31 Dec 2024"."""
    parts = {(heading.months, heading.number) for heading in periods.values()}
    years = {heading.year for heading in periods.values()} - {None}
    if len(parts) > 1 or len(years) < len(periods) or len(years) < 2:
        return periods
    return {column: Heading(heading.year, YEAR, 1) for column, heading in periods.items()}


def _without_overlaps(columns: Mapping[int, Heading]) -> dict[int, Heading]:
    """The shortest periods, but a longer one where it says more than the shorter ones within it."""
    kept: dict[int, Heading] = {}
    for column, heading in sorted(columns.items(), key=lambda each: months_of(each[1])):
        within = [other for other, each in kept.items() if _lies_within(each, heading)]
        if sum(months_of(kept[other]) for other in within) < months_of(heading):
            kept = {other: each for other, each in kept.items() if other not in within} | {column: heading}
    return dict(sorted(kept.items()))


def _lies_within(part: Heading, whole: Heading) -> bool:
    start, end = months_within(part)
    first, last = months_within(whole)
    return first <= start and end <= last


def months_within(heading: Heading) -> tuple[int, int]:
    """Where in its year a period begins and ends, in months.

    >>> months_within(Heading(2026, 3, 2)), months_within(Heading(2026, 1, 12))
    ((3, 6), (11, 12))
    """
    months = months_of(heading)
    start = ((heading.number or 1) - 1) * months
    return start, start + months


def sums(columns: Sequence[Sequence[float | None]]) -> list[float | None]:
    """Row by row the sum of what is known.

    >>> sums([[1.0, None], [2.0, None]])
    [3.0, None]
    """
    return [
        fsum(known) if (known := [each for each in row if each is not None]) else None
        for row in zip(*columns, strict=True)
    ]
