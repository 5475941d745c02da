"""The goals that are proposed for a key account, year by year: what a head of sales would sign (section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from kam_xl.domain.attainable import attainable_penetration, budget_at_horizon
from kam_xl.domain.bounds import more_than
from kam_xl.domain.capacity import Capacity, limited
from kam_xl.domain.model import Client, Position
from kam_xl.domain.operational import Calendar, Comparison
from kam_xl.domain.periods import HALF_YEAR, MONTH, QUARTER, YEAR, Period
from kam_xl.domain.ratings import rate_position
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.domain.trajectory import path
from kam_xl.locale import Beside, Text


class Goal(NamedTuple):
    """The revenue proposed for one year.

    Attributes
    ----------
    revenue : float or None
        None where neither revenue nor budget nor an operational plan is known: nothing says how much.
    operational_plan : float or None
        Where the operational plan of this year leads; None where unknown.
    floor : float or None
        What operational plans forbid to fall below; None where they do not.
    """

    year: int
    revenue: float | None
    operational_plan: float | None
    floor: float | None = None


class Planned(NamedTuple):
    """The operational plan of a year, and where it leads: actual figures where they are known, else the plan."""

    plan: float
    lead: float


class Proposal(NamedTuple):
    """Where a plan proposes to go; a user edits it.

    Attributes
    ----------
    position : Position or None
        The position that the target makes, never below today's.
    penetration : float or None
        The penetration index at the horizon, after the ceiling; None where the budget is unknown.
    goals : tuple of Goal
        From the year after the table's to the horizon.
    argument : Text
        What the goal of the last year rests on.
    floor : float or None
        Today's revenue, where no goal may lie below it, 0 where there is no demand; None where a goal may lie below.
    fall : float
        By how much the last goal lies below today's revenue, because the client's budget shrinks; else 0.
    """

    position: Position | None
    penetration: float | None
    goals: tuple[Goal, ...]
    argument: Text
    floor: float | None = None
    fall: float = 0.0


@dataclass(frozen=True)
class Start:
    """What a proposal starts from: today's numbers of a client, wrong ones taken as unknown."""

    revenue: float | None
    budget: float | None
    index: float | None
    position: Position | None
    gain: float | None
    keeps: bool  # whether the strategy forbids to fall below today's revenue


def planned_for(client: Client, calendar: Calendar | None, year: int, settings: Settings) -> Planned | None:
    """The operational plan of a client for a year; None where it does not cover the whole year."""
    plan = client.operational
    if plan is None or calendar is None:
        return None
    return planned_of([plan.revenue.compare(part) for part in parts_of_year(year, settings)])


def planned_of(parts: Sequence[Comparison]) -> Planned | None:
    """The operational plan of a year by its parts; None where they leave months out.

    >>> from kam_xl.domain.operational import PlanFact
    >>> from kam_xl.domain.periods import Series
    >>> sales = PlanFact(Series({Period(2026, YEAR): 30.0}), Series({Period(2026, QUARTER, 1): 5.0}))
    >>> planned_of([sales.compare(Period(2026, YEAR))])
    Planned(plan=30.0, lead=27.5)
    """
    if sum(part.months for part in parts) < YEAR:
        return None
    leads = [part.lead or 0.0 for part in parts]
    return Planned(
        sum(lead if part.plan is None else part.plan for part, lead in zip(parts, leads, strict=True)), sum(leads)
    )


def parts_of_year(year: int, settings: Settings = DEFAULTS) -> list[Period]:
    """The longest periods that make a calendar or financial year.

    >>> [part.label.render() for part in parts_of_year(2026, Settings(financial_year_start=10))]
    ['Q4 2026', 'Q1 2027', 'Q2 2027', 'Q3 2027']
    """
    before = settings.financial_year_start - 1
    months = next(each for each in (YEAR, HALF_YEAR, QUARTER, MONTH) if not before % each)
    first = (year * YEAR + before) // months
    return [
        Period(at * months // YEAR, months, at % (YEAR // months) + 1) for at in range(first, first + YEAR // months)
    ]


def floors_of(plans: Sequence[Planned | None]) -> list[float]:
    """The revenue below which no goal lies: the most that is planned, or that a plan leads to, up to each year.

    >>> floors_of([None, Planned(30, 25), None, Planned(20, 20)])
    [0.0, 30, 30, 30]
    """
    return list(accumulate((max(plan) if plan else 0.0 for plan in plans), max))


def secured_by(plans: Iterable[float | None], revenue: float) -> list[float]:
    """What is secured of each year's goal: the last operational plan up to the year, else today's revenue.

    >>> secured_by([None, 30, None, 20], 10)
    [10, 30, 30, 20]
    """
    return list(accumulate(plans, lambda before, plan: before if plan is None else plan, initial=revenue))[1:]


def last_full_year(today: date, settings: Settings = DEFAULTS) -> int:
    """The calendar or financial year that ended last; financial years are named for the year in which they begin.

    >>> last_full_year(date(2026, 3, 1)), last_full_year(date(2026, 3, 1), Settings(financial_year_start=4))
    (2025, 2024)
    """
    return today.year - (1 if today.month >= settings.financial_year_start else 2)


def year_label(year: int, settings: Settings = DEFAULTS) -> str:
    """What people call a year.

    >>> year_label(2026), year_label(2026, Settings(financial_year_start=4))
    ('2026', '2026/27')
    """
    return str(year_shown(year, settings.financial_year_start))


def year_shown(year: int, first_month: float) -> int | str:
    """The same for a cell: a calendar year stays a number.

    >>> year_shown(2026, 1), year_shown(2026, 4)
    (2026, '2026/27')
    """
    return f"{year}/{str(year + 1)[-2:]}" if first_month > 1 else year


def propose(
    start: Start, plans: Sequence[Planned | None], base_year: int, capacity: Capacity, settings: Settings = DEFAULTS
) -> Proposal:
    """The goals of a client from the year after `base_year` to the horizon.

    Parameters
    ----------
    start : Start
    plans : sequence of Planned or None
        The operational plans of these years.
    base_year : int
        The year of the table's figures.
    capacity : Capacity
        That of all key accounts, whose ceiling limits the gain.
    settings : Settings

    Notes
    -----
    Section 5. Penetration goes from today's to the target along `target_path`. No goal lies below the operational plan
    of its year or of a year before it, nor below today's revenue for a client to defend, extend or hold, or whose
    budget is unknown or understated: revenue above the budget says that the client buys more than we know.

    Examples
    --------
    >>> plenty = Capacity(1000, 10, None, 10, 1)
    >>> plans = [None, Planned(16, 15), None]
    >>> found = propose(Start(10, 100, 0.1, Position.WEAK, 10, False), plans, 2025, plenty)
    >>> [(goal.year, round(goal.revenue, 2)) for goal in found.goals], found.position.value
    ([(2026, 13.33), (2027, 16.67), (2028, 20.0)], 'medium')
    >>> found.argument
    Text('Attainable: 20% of a procurement budget of 100 in 2028, 10 more than today.')
    """
    years = range(1, settings.horizon_years + 1)
    earned, floors, leads = start.revenue or 0.0, floors_of(plans), [plan and plan.lead for plan in plans]
    understated = start.index is not None and more_than(start.index, 1.0)
    if start.budget is None or start.gain is None or understated:
        kept = tuple(
            Goal(base_year + year, _kept(start.revenue, leads[:year], floor), lead, floor or None)
            for year, floor, lead in zip(years, floors, leads, strict=True)
        )
        argument = _understated_budget(floors[-1]) if understated else _unknown_budget(start.revenue, floors[-1])
        return Proposal(start.position, None, kept, argument, start.revenue)
    demand = budget_at_horizon(start.budget, settings)
    now, target = start.index or 0.0, _target(start, demand, capacity, settings)
    goals = []
    for year in years:
        budget = start.budget * (1 + settings.budget_growth) ** year
        done = path(year / settings.horizon_years, settings.target_path)
        revenue = budget * (now * (1 - done) + target * done)
        floor = floors[year - 1]
        lowest = max(floor, earned if start.keeps else 0.0)
        goals.append(Goal(base_year + year, max(revenue, lowest), leads[year - 1], floor or None))
    rated, last = rate_position(target, settings), goals[-1].revenue or 0.0
    fall = earned - last if more_than(earned, last) else 0.0
    return Proposal(
        _better(start.position, rated.value if rated else None),
        target,
        tuple(goals),
        _argue(start, demand, floors[-1], fall, base_year, capacity, settings),
        (start.revenue if start.keeps else None) if demand else 0.0,
        fall,
    )


def _kept(revenue: float | None, leads: Iterable[float | None], floor: float) -> float | None:
    """Today's revenue or the floor; None where neither it nor an operational plan up to the year is known."""
    known = revenue is not None or any(lead is not None for lead in leads)
    return max(revenue or 0.0, floor) if known else None


def _target(start: Start, demand: float, capacity: Capacity, settings: Settings) -> float:
    """The penetration index at the horizon: the attainable one, or as far as the ceiling lets it."""
    if capacity.ceiling is None or not demand or (start.gain or 0.0) <= capacity.ceiling:
        return attainable_penetration(start.index, start.position, settings)
    return ((start.revenue or 0.0) + capacity.ceiling) / demand


def _better(one: Position | None, other: Position | None) -> Position | None:
    scale = list(Position)
    rated = [each for each in (one, other) if each is not None]
    return min(rated, key=scale.index, default=None)


def _argue(
    start: Start,
    demand: float,
    floor: float,
    fall: float,
    base_year: int,
    capacity: Capacity,
    settings: Settings,
) -> Text:
    earned, gain, ceiling = start.revenue or 0.0, start.gain or 0.0, capacity.ceiling
    year = year_label(base_year + settings.horizon_years, settings)
    if fall:
        return _falls(start, demand, fall, year, settings)
    attainable = _attainable(start, demand, year, settings)
    if floor > earned + limited(gain, 0.0, ceiling):
        return Text(
            "{attainable}; the goal follows the operational plan: {plan:money}.",
            attainable=attainable,
            plan=floor,
        )
    if ceiling is None or gain <= ceiling:
        return Text("{attainable}.", attainable=attainable)
    return Text(
        "{attainable}; limited to {ceiling:money}, the ceiling for every key account, because together ({accounts}) "
        "they would add {wanted:money}, and we can grow by {amount:money} ({growth:share} a year).",
        attainable=attainable,
        ceiling=ceiling,
        accounts=capacity.accounts,
        wanted=Beside(capacity.wanted, capacity.amount),
        amount=Beside(capacity.amount or 0.0, capacity.wanted),
        growth=settings.capacity_growth,
    )


def _falls(start: Start, demand: float, fall: float, year: str, settings: Settings) -> Text:
    earned = start.revenue or 0.0
    return Text(
        "Attainable: {index:share} of a procurement budget of {budget:money} in {year}; the goal of {goal:money} is "
        "below today's revenue of {revenue:money}, because the procurement budget shrinks by {shrinks:share} a year.",
        index=attainable_penetration(start.index, start.position, settings),
        budget=demand,
        year=year,
        goal=Beside(earned - fall, earned),
        revenue=Beside(earned, earned - fall),
        shrinks=-settings.budget_growth,
    )


def _attainable(start: Start, demand: float, year: str, settings: Settings) -> Text:
    values = {"index": attainable_penetration(start.index, start.position, settings), "budget": demand, "year": year}
    if not start.gain:
        return Text(
            "Attainable: {index:share} of a procurement budget of {budget:money} in {year}, no more than today",
            **values,
        )
    return Text(
        "Attainable: {index:share} of a procurement budget of {budget:money} in {year}, {gain:money} more than today",
        **values,
        gain=start.gain,
    )


def _unknown_budget(revenue: float | None, floor: float) -> Text:
    if floor > (revenue or 0.0):
        return Text(
            "The procurement budget is unknown: the goal follows the operational plan: {plan:money}.",
            plan=floor,
        )
    if revenue is None:
        return Text("Revenue and procurement budget are unknown: no goal can be proposed.")
    return Text("The procurement budget is unknown: the goal is today's revenue.")


def _understated_budget(floor: float) -> Text:
    if floor:
        return Text(
            "Revenue is above the procurement budget, which is understated: the goal is today's revenue, or "
            "what the operational plan has, {plan:money}, if this is more.",
            plan=floor,
        )
    return Text("Revenue is above the procurement budget, which is understated: the goal is today's revenue.")
