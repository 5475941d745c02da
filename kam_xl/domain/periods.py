"""Months, quarters, half-years and years: periods that lie whole within each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kam_xl.domain.bounds import at_least
from kam_xl.locale import Text, in_context

MONTH, QUARTER, HALF_YEAR, YEAR = 1, 3, 6, 12
"""The lengths of periods, in months."""

_MONTHS = (
    in_context("month", "Jan"),
    in_context("month", "Feb"),
    in_context("month", "Mar"),
    in_context("month", "Apr"),
    in_context("month", "May"),
    in_context("month", "Jun"),
    in_context("month", "Jul"),
    in_context("month", "Aug"),
    in_context("month", "Sep"),
    in_context("month", "Oct"),
    in_context("month", "Nov"),
    in_context("month", "Dec"),
)


class Period(NamedTuple):
    """A period of a year: so many months, which of them in the year (from 1).

    Examples
    --------
    >>> Period(2026, QUARTER, 2).label.render("en"), Period(2026, QUARTER, 2).covers(Period(2026, MONTH, 5))
    ('Q2 2026', True)
    """

    year: int
    months: int
    number: int = 1

    @property
    def end(self) -> int:
        """Its last month, counted through all years: periods that end together have the same."""
        return self.year * YEAR + self.number * self.months

    @property
    def label(self) -> Text:
        """What people call it."""
        if self.months == MONTH:
            return Text("{month} {year}", month=_MONTHS[self.number - 1], year=self.year)
        if self.months == QUARTER:
            return Text("Q{number} {year}", number=self.number, year=self.year)
        if self.months == HALF_YEAR:
            return Text("H{number} {year}", number=self.number, year=self.year)
        return Text("{year}", year=self.year)

    def parts(self, months: int) -> list[Period]:
        """The shorter periods of one length that it consists of.

        >>> [part.number for part in Period(2026, HALF_YEAR, 2).parts(QUARTER)]
        [3, 4]
        """
        count = self.months // months
        return [Period(self.year, months, (self.number - 1) * count + part) for part in range(1, count + 1)]

    def around(self, months: int) -> Period:
        """The longer period of a length that it lies in.

        >>> Period(2026, MONTH, 5).around(HALF_YEAR)
        Period(year=2026, months=6, number=1)
        """
        return Period(self.year, months, (self.number * self.months - 1) // months + 1)

    def covers(self, other: Period) -> bool:
        """Whether another period lies within this one, or is it."""
        return (
            self.year == other.year
            and self.months >= other.months
            and (other.number * other.months - 1) // self.months + 1 == self.number
        )


def outermost(periods: Iterable[Period]) -> list[Period]:
    """The periods that lie within no other of them, in the order of time.

    >>> outermost([Period(2026, MONTH, 1), Period(2026, QUARTER, 1), Period(2026, MONTH, 4)])
    [Period(year=2026, months=3, number=1), Period(year=2026, months=1, number=4)]
    """
    distinct = set(periods)
    inner = _inner(distinct) if len({period.months for period in distinct}) > 1 else set()
    return sorted(distinct - inner, key=lambda each: each.end)


def _inner(periods: set[Period]) -> set[Period]:
    """Those that lie within another of them."""
    return {period for period in periods if any(each in periods for each in _longer(period))}


def _longer(period: Period) -> list[Period]:
    return [period.around(months) for months in (QUARTER, HALF_YEAR, YEAR) if months > period.months]


class Roll(NamedTuple):
    """The amounts of a period added up: how many of its months they cover."""

    value: float
    months: int


class Series(dict[Period, float]):
    """Amounts by period, each month in one of them only.

    What a table says about a longer period counts where nothing is known about the periods within it: the total of a
    quarter beside its months is never added to them.

    >>> series = Series({Period(2026, MONTH, 1): 10.0, Period(2026, QUARTER, 1): 99.0, Period(2026, QUARTER, 2): 40.0})
    >>> series.roll(Period(2026, HALF_YEAR, 1))
    Roll(value=50.0, months=4)
    """

    def __init__(self, amounts: Mapping[Period, float] | None = None) -> None:
        amounts = amounts or {}
        if len({period.months for period in amounts}) > 1:
            outer = {longer for period in amounts for longer in _longer(period)}
            amounts = {period: amount for period, amount in amounts.items() if period not in outer}
        super().__init__(amounts)

    def roll(self, period: Period) -> Roll | None:
        """What is known about a period; None where nothing is."""
        within = [(each.months, amount) for each, amount in self.items() if period.covers(each)]
        return Roll(sum(amount for _, amount in within), sum(months for months, _ in within)) if within else None

    def whole(self, period: Period) -> float | None:
        """The amount of a period that is known from its beginning to its end."""
        if period in self:
            return self[period]
        rolled = self.roll(period)
        return rolled.value if rolled and at_least(rolled.months, period.months) else None
