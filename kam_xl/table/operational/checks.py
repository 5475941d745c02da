"""The client table against the operational plan, and the plan against itself: what is missing and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum, isclose

from kam_xl.domain.model import Client
from kam_xl.domain.operational import Calendar, OperationalPlan
from kam_xl.domain.periods import YEAR, Period
from kam_xl.locale import Text, plural
from kam_xl.table.fault import Fault

_MANY = 3


def check_operational(client: Client, calendar: Calendar, tolerance: float) -> Iterator[Fault]:
    """What is doubtful about a client's operational plan.

    Parameters
    ----------
    client : Client
    calendar : Calendar
        That of the whole table.
    tolerance : float
        Sums that differ by no more than this share differ by rounding.
    """
    plan = client.operational
    if plan is None:
        return
    base = Period(calendar.base_year, YEAR)
    planned, done = plan.revenue.plan.whole(base), plan.revenue.fact.whole(base)
    if planned is not None and _differ(client.sales_plan, planned, tolerance):
        yield _other_plan(client.sales_plan, planned, calendar.base_year)
    if done is not None and _differ(client.revenue, done, tolerance):
        yield _other_revenue(client.revenue, done, calendar.base_year)
    yield from _this_year(plan, calendar)


def check_plans(clients: Sequence[Client], calendar: Calendar) -> Iterator[tuple[int, Fault]]:
    """What is to be said once for all clients, at the first: facts without a plan, and plans that were divided."""
    period = Period(calendar.current_year, YEAR)
    years = [
        (at, client.operational.revenue.compare(period, calendar.closed))
        for at, client in enumerate(clients)
        if client.operational
    ]
    if bare := [(at, year.unplanned) for at, year in years if year.unplanned and year.plan is None]:
        yield bare[0][0], _unplanned(calendar.current_year, [fact for _, fact in bare])
    if divided := [(at, year.shared) for at, year in years if year.shared]:
        yield divided[0][0], _divided(sorted({period for _, shared in divided for period in shared}))


def _unplanned(year: int, facts: Sequence[float]) -> Fault:
    message = plural(
        "The operational plan of {year} has actual figures for {n:count} client without a plan ({fact:money}).",
        "The operational plan of {year} has actual figures for {n:count} clients without a plan ({fact:money}).",
        n=len(facts),
        year=year,
        fact=fsum(facts),
    )
    return Fault("client", "fact-without-plan", "warning", message, Text("Enter a plan, 0 where nothing was planned."))


def _divided(periods: Sequence[Period]) -> Fault:
    named = [period.label for period in periods[:_MANY]]
    message = Text(
        "Plans are for longer periods than actual figures ({periods}): each was divided evenly among its months.",
        periods=[*named, "…"] if len(periods) > _MANY else named,
    )
    return Fault("client", "plan-divided", "note", message, Text("Enter plans by month if seasons matter."))


def _this_year(plan: OperationalPlan, calendar: Calendar) -> Iterator[Fault]:
    year = plan.revenue.compare(Period(calendar.current_year, YEAR), calendar.closed)
    if year.missing:
        named = [period.label for period in year.missing[:_MANY]]
        message = Text(
            "{periods} have no actual figures, though others have theirs: plan and actual are compared without them.",
            periods=[*named, "…"] if len(year.missing) > _MANY else named,
        )
        yield Fault(
            "client", "missing-fact", "warning", message, Text("Enter the actual figure, 0 where nothing was sold.")
        )


def _differ(table: float | None, operational: float, tolerance: float) -> bool:
    return table is not None and not isclose(table, operational, rel_tol=tolerance)


def _other_plan(table: float | None, planned: float, year: int) -> Fault:
    message = Text(
        "The sales plan is {table:money} here, but the operational plan of {year} adds up to {plan:money}.",
        table=table,
        plan=planned,
        year=year,
    )
    remedy = Text("Correct one of them; this column is what counts.")
    return Fault("sales_plan", "sales-plan-differs", "warning", message, remedy)


def _other_revenue(table: float | None, done: float, year: int) -> Fault:
    message = Text(
        "Revenue is {table:money} here, but the actual figures for {year} in the operational plan "
        "add up to {fact:money}.",
        table=table,
        fact=done,
        year=year,
    )
    remedy = Text("Check that both are of the same year and scope; this column is what counts.")
    return Fault("revenue", "revenue-differs", "warning", message, remedy)
