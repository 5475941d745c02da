"""The operational plan of a client: plan and fact by period, compared like with like (sections 1, 2 and 5).

Money is in the currency and unit of the client table. None means unknown: a blank month is not a month of 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import fsum
from typing import NamedTuple

from kam_xl.domain.bounds import less
from kam_xl.domain.periods import MONTH, YEAR, Period, Series, outermost
from kam_xl.locale import Text, in_context


class Comparison(NamedTuple):
    """Plan and actual of a period, of one client or of several together.

    Attributes
    ----------
    plan : float or None
        The plan of the whole period, as far as there is one.
    plan_to_date, fact : float or None
        Plan and actual of those months that have both: the two that may be compared.
    unplanned : float
        The fact of months without a plan, which is compared with nothing.
    lead : float or None
        Where the period leads: the fact where it is known, the plan where it is not (yet).
    months : int
        How many months of the period `lead` covers; of several clients, the fewest.
    is_open : bool
        Whether the period goes on after what `lead` covers; of several clients, for any.
    missing : tuple of Period
        Periods with a plan and without a fact, although others have theirs by then.
    shared : tuple of Period
        Periods whose plan was divided evenly, to be compared with the facts of some of their months.
    """

    plan: float | None = None
    plan_to_date: float | None = None
    fact: float | None = None
    unplanned: float = 0.0
    lead: float | None = None
    months: int = 0
    is_open: bool = False
    missing: tuple[Period, ...] = ()
    shared: tuple[Period, ...] = ()

    @property
    def forecast(self) -> float | None:
        """Where the period leads; what was earned so far, without any plan, is not a forecast of what is still open.

        >>> Comparison(lead=5.0, months=2, is_open=True).forecast, Comparison(lead=5.0, months=12).forecast
        (None, 5.0)
        """
        return None if self.plan is None and self.is_open else self.lead

    @property
    def deviation(self) -> float | None:
        """Fact less plan, in money."""
        return None if self.fact is None or self.plan_to_date is None else self.fact - self.plan_to_date

    @property
    def deviation_share(self) -> float | None:
        """The deviation as a fraction of the plan to date; of no plan, or of less than none, there is no share."""
        deviation, plan = self.deviation, self.plan_to_date
        return None if deviation is None or not plan or plan < 0 else deviation / plan


@dataclass(frozen=True)
class PlanFact:
    """One indicator of one client."""

    plan: Series = field(default_factory=Series)
    fact: Series = field(default_factory=Series)

    def compare(self, period: Period, closed: int | None = None) -> Comparison:
        """Plan and actual of a period.

        Where the plan is of a quarter and the facts are of some of its months, these are compared with their share of
        the plan: a fact that is known never vanishes.

        Parameters
        ----------
        period : Period
        closed : int, optional
            `Period.end` of the last period for which anybody has a fact.

        Examples
        --------
        >>> months = Period(2026, 12).parts(1)
        >>> sales = PlanFact(Series(dict.fromkeys(months, 10.0)), Series(dict(zip(months, [12.0, 7.0]))))
        >>> year = sales.compare(Period(2026, 12))
        >>> year.plan, year.plan_to_date, year.fact, year.deviation, year.deviation_share, year.lead
        (120.0, 20.0, 19.0, -1.0, -0.05, 119.0)
        >>> mixed = PlanFact(Series({Period(2026, 3, 1): 30.0}), Series({months[0]: 12.0}))
        >>> quarterly = mixed.compare(Period(2026, 12))
        >>> quarterly.plan_to_date, quarterly.fact, quarterly.lead
        (10.0, 12.0, 32.0)
        """
        known = [each for each in (*self.plan, *self.fact) if period.covers(each)]
        both: list[tuple[float, float]] = []
        unplanned, lead, missing, shared, months = [], [], [], [], 0
        for block in outermost(known):
            plan, fact = self.plan.whole(block), self.fact.whole(block)
            if plan is not None and fact is not None:
                both.append((plan, fact))
            elif plan is not None and (known_fact := self.fact.roll(block)):
                share = known_fact.months / block.months
                shared.append(block)
                both.append((plan * share, known_fact.value))
                lead.append(known_fact.value + plan * (1 - share))
                months += block.months
                missing += [
                    month
                    for month in block.parts(MONTH)
                    if closed is not None and month.end <= closed and self.fact.whole(month) is None
                ]
                continue
            elif fact is not None:
                unplanned.append(fact)
            elif plan is not None and closed is not None and block.end <= closed:
                missing.append(block)
            if (leads := plan if fact is None else fact) is not None:
                lead.append(leads)
                months += block.months
        planned = self.plan.roll(period)
        return Comparison(
            plan=planned.value if planned else None,
            plan_to_date=fsum(plan for plan, _ in both) if both else None,
            fact=fsum(fact for _, fact in both) if both else None,
            unplanned=fsum(unplanned),
            lead=fsum(lead) if lead else None,
            months=months,
            is_open=0 < months < period.months and (closed is None or closed < period.end),
            missing=tuple(missing),
            shared=tuple(shared),
        )


class Indicator(NamedTuple):
    """What a row or a column of an operational plan holds."""

    measure: str  # "revenue" or "margin"
    kind: str  # "plan" or "fact"

    @property
    def label(self) -> Text:
        """What people call it."""
        return _INDICATORS[self]


REVENUE_PLAN, REVENUE_FACT = Indicator("revenue", "plan"), Indicator("revenue", "fact")
MARGIN_PLAN, MARGIN_FACT = Indicator("margin", "plan"), Indicator("margin", "fact")
_INDICATORS = {
    REVENUE_PLAN: in_context("indicator", "Revenue plan"),
    REVENUE_FACT: in_context("indicator", "Revenue fact"),
    MARGIN_PLAN: in_context("indicator", "Margin plan"),
    MARGIN_FACT: in_context("indicator", "Margin fact"),
}
INDICATORS = tuple(_INDICATORS)


@dataclass(frozen=True)
class OperationalPlan:
    """Revenue and margin of one client, plan and fact."""

    revenue: PlanFact = field(default_factory=PlanFact)
    margin: PlanFact = field(default_factory=PlanFact)

    def series(self) -> Iterable[Series]:
        """All four series."""
        return self.revenue.plan, self.revenue.fact, self.margin.plan, self.margin.fact


def summed(comparisons: Iterable[Comparison]) -> Comparison:
    """Plan and actual of several clients together; what one does not know adds nothing.

    >>> both = summed([Comparison(10.0, 5.0, 4.0, lead=9.0, months=12), Comparison(20.0, lead=20.0, months=12)])
    >>> both.plan, both.plan_to_date, both.fact, both.lead
    (30.0, 5.0, 4.0, 29.0)
    """
    parts = list(comparisons)
    return Comparison(
        plan=_sum(each.plan for each in parts),
        plan_to_date=_sum(each.plan_to_date for each in parts),
        fact=_sum(each.fact for each in parts),
        unplanned=fsum(each.unplanned for each in parts),
        lead=_sum(each.lead for each in parts),
        months=min((each.months for each in parts if each.lead is not None), default=0),
        is_open=any(each.is_open for each in parts),
        missing=tuple(period for each in parts for period in each.missing),
        shared=tuple(period for each in parts for period in each.shared),
    )


def _sum(amounts: Iterable[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return fsum(known) if known else None


def gap_to_goal(goal: float | None, lead: float | None) -> float | None:
    """By how much the operational periods fall short of the goal; negative where they lead beyond it.

    None where either is unknown.

    Notes
    -----
    Section 5: where the sum of the operational periods does not lead to the perspective goal, the plan shows the gap.

    Examples
    --------
    >>> gap_to_goal(100, 80), gap_to_goal(100, None), gap_to_goal(0.3, 0.1 + 0.2)
    (20, None, 0.0)
    """
    return None if goal is None or lead is None else less(goal, lead)


class Calendar(NamedTuple):
    """What the operational plans of a table have in common.

    Attributes
    ----------
    base_year : int
        The year that the client table's own figures are of: year 0 of a perspective plan.
    current_year : int
        The year to watch: the present one, or the nearest of which something is known.
    plan_year : int
        The year whose revenue plan is the sales plan.
    closed : int or None
        `Period.end` of the last period with a fact.
    """

    base_year: int
    current_year: int
    plan_year: int
    closed: int | None


def calendar_of(plans: Iterable[OperationalPlan], this_year: int, base_year: int | None = None) -> Calendar | None:
    """What is planned and done when; None where there is no operational plan.

    Parameters
    ----------
    plans : iterable of OperationalPlan
    this_year : int
        The year of the build.
    base_year : int, optional
        Where it is known. Otherwise it is the last year with facts for all of its months, else the one before the
        current year, as a client table is usually that of the last full year.

    Examples
    --------
    >>> plan = PlanFact(Series({Period(2026, 12): 5.0}), Series(dict.fromkeys(Period(2025, 12).parts(3), 1.0)))
    >>> calendar_of([OperationalPlan(plan)], 2026)
    Calendar(base_year=2025, current_year=2026, plan_year=2026, closed=24312)
    """
    planned, done = _known(plans)
    years = {period.year for period in (*planned, *done)}
    if not years:
        return None
    current = min(years, key=lambda year: (abs(year - this_year), year))
    whole = [year for year in years if _is_whole(year, done)]
    base = base_year or max(whole, default=current - 1)
    revenue_years = {period.year for period in planned}
    plan_year = base if base in revenue_years else current
    return Calendar(base, current, plan_year, max((period.end for period in done), default=None))


def _known(plans: Iterable[OperationalPlan]) -> tuple[set[Period], set[Period]]:
    """The periods of all revenue plans and of all facts."""
    planned: set[Period] = set()
    done: set[Period] = set()
    for plan in plans:
        planned.update(plan.revenue.plan)
        done.update(plan.revenue.fact)
        done.update(plan.margin.fact)
    return planned, done


def _is_whole(year: int, done: set[Period]) -> bool:
    return len({month for period in done if period.year == year for month in period.parts(MONTH)}) == YEAR
