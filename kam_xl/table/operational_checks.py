"""The client table against the operational plan, and the plan against itself: what is missing and what differs."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from kam_xl.domain.model import Client
from kam_xl.domain.operational import Calendar, OperationalPlan
from kam_xl.domain.periods import YEAR, Period
from kam_xl.locale import Text
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


def _this_year(plan: OperationalPlan, calendar: Calendar) -> Iterator[Fault]:
    year = plan.revenue.compare(Period(calendar.current_year, YEAR), calendar.closed)
    if year.unplanned and year.plan is None:
        message = Text(
            "The operational plan of {year} has facts of this client ({fact:money}) and no plan: they are compared "
            "with nothing.",
            year=calendar.current_year,
            fact=year.unplanned,
        )
        remedy = Text("Enter a plan, 0 where nothing was planned.")
        yield Fault("client", "fact-without-plan", "warning", message, remedy)
    if year.missing:
        named = [period.label for period in year.missing[:_MANY]]
        message = Text(
            "There is no fact for {periods}, though others have theirs: plan and fact are compared without.",
            periods=[*named, "…"] if len(year.missing) > _MANY else named,
        )
        yield Fault("client", "missing-fact", "warning", message, Text("Enter the fact, 0 where nothing was sold."))


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
        "Revenue is {table:money} here, but the facts of {year} in the operational plan add up to {fact:money}.",
        table=table,
        fact=done,
        year=year,
    )
    remedy = Text("Check that both are of the same year and scope; this column is what counts.")
    return Fault("revenue", "revenue-differs", "warning", message, remedy)
