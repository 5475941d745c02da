"""The data check: what is wrong or doubtful in the rows of a client table, by the domain's own rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from math import isclose
from typing import Any

from kam_xl.domain import errors
from kam_xl.domain.bounds import more_than
from kam_xl.domain.measures import (
    competitor_share,
    is_valid_amount,
    known,
    penetration,
    penetration_range,
    plan_share,
    revenue_share,
    total_of,
)
from kam_xl.domain.model import Client, Clients
from kam_xl.domain.sales_plan import calendar_of_clients
from kam_xl.domain.settings import Settings
from kam_xl.locale import Text
from kam_xl.table.fault import Fault
from kam_xl.table.finding import Grade
from kam_xl.table.operational.checks import check_operational, check_plans

# Far below what is too large to be an amount, far above what firms earn.
_LARGE = 1e15
_BOUNDS_ONLY = Text(
    "Only bounds of the procurement budget are given. It counts as unknown: potential and goals need one amount."
)
_BOUNDS_ONLY_REMEDY = Text("Enter one amount as the procurement budget, such as the middle of the bounds.")
FACTS = (
    *("revenue", "procurement_budget", "competitor_revenue", "margin", "sales_plan", "budget_low", "budget_high"),
    *("budget_date", "position", "potential", "competitors", "operational"),
)
"""The fields that tell whether anything else need be asked about a client."""


def check(clients: Clients, settings: Settings, today: date) -> Iterator[tuple[int, Fault]]:
    """Everything wrong or doubtful about each client, with its position.

    Parameters
    ----------
    clients : Clients
        The whole table, since totals count.
    settings : Settings
        `money_tolerance` tells rounding from contradiction.
    today : date
        Dates after it are in the future.
    """
    total = total_of(clients.column("revenue")) or 1.0
    planned = total_of(clients.column("sales_plan")) or 1.0
    tolerance = settings.money_tolerance
    has_plans = any(plan is not None for plan in clients.column("operational"))
    calendar = calendar_of_clients(clients, settings, today) if has_plans else None
    if calendar is not None:
        yield from check_plans(clients, calendar)
    for position, facts in enumerate(zip(*map(clients.column, FACTS), strict=True)):
        if is_plain(facts, today):
            continue
        client = clients[position]
        for fault in faults_of(client, total, planned, tolerance, today):
            yield position, fault
        if calendar is not None:
            for fault in check_operational(client, calendar, tolerance):
                yield position, fault


def faults_of(client: Client, total: float, planned: float, tolerance: float, today: date) -> Iterator[Fault]:
    """Everything wrong or doubtful about one client of a table with these totals, its operational plan apart."""
    competitors = client.competitor_revenue
    if client.competitors:
        revenues = [each.revenue for each in client.competitors]
        if competitors is None:
            competitors = total_of(revenues)
        elif all(map(is_valid_amount, (competitors, *revenues))) and not isclose(
            competitors, total_of(revenues), rel_tol=tolerance
        ):
            yield _competitors_disagree(competitors, total_of(revenues))
    amounts = (client.revenue, client.procurement_budget, competitors)
    yield from _refused(client, *amounts, total, planned)
    yield from _beyond_budget(*amounts, tolerance)
    yield from _budget_facts(client, today)
    yield from _unargued(client)
    yield from _margin(client)


def is_plain(facts: Sequence[Any], today: date) -> bool:
    """Whether the amounts of a client are plainly in order: most are, and nothing else need be asked about them.

    Parameters
    ----------
    facts : sequence
        The client's values of the fields in `FACTS`.
    today : date

    Examples
    --------
    >>> client = Client("1", "Nord", revenue=5.0, procurement_budget=9.0)
    >>> is_plain([getattr(client, field) for field in FACTS], date(2026, 1, 31))
    True
    """
    revenue, budget, rivals, margin, plan, low, high, dated, position, potential, competitors, operational = facts
    revenue, rivals, whole = revenue or 0.0, rivals or 0.0, _LARGE if budget is None else budget
    return (
        0 <= revenue <= whole
        and 0 <= rivals <= whole - revenue
        and 0 < whole <= _LARGE
        and (margin is None or margin <= revenue)
        and (plan is None or 0 <= plan <= _LARGE)
        and (low is None or 0 < low <= (whole if high is None else min(whole, high)))
        and (high is None or (budget or 0.0) <= high <= _LARGE)
        and (budget is not None or low is high is None)
        and (dated is None or dated <= today)
        and not (position or potential or competitors or operational)
    )


def _refused(
    client: Client, revenue: float | None, budget: float | None, competitors: float | None, total: float, planned: float
) -> Iterator[Fault]:
    """What the measures themselves refuse to compute with."""
    yield from _tried("revenue", revenue_share, revenue, total)
    # The budget is right or wrong whatever the sign of the revenue.
    wrong_budget = list(_tried("procurement_budget", penetration, max(revenue or 0.0, 0.0), budget))
    yield from wrong_budget
    if competitors is not None:
        yield from _tried(
            "competitor_revenue", competitor_share, competitors, 1.0 if budget is None or wrong_budget else budget
        )
    if client.sales_plan is not None:
        yield from _tried("sales_plan", plan_share, client.sales_plan, planned)
    if client.budget_low is not None or client.budget_high is not None:
        yield from _tried("budget_low", penetration_range, 0.0, client.budget_low, client.budget_high)


_CODES: dict[type[errors.MeasureError], tuple[str, Grade, Text]] = {
    errors.NegativeRevenueError: (
        "negative-revenue",
        "warning",
        Text("Revenue is negative ({got:money}): it is left out of every share and total."),
    ),
    errors.NegativeBudgetError: ("negative-budget", "error", Text("The procurement budget is negative ({got:money}).")),
    errors.RevenueWithoutBudgetError: (
        "budget-zero",
        "error",
        Text("The procurement budget is 0, but there is revenue."),
    ),
    errors.CompetitorsWithoutBudgetError: (
        "budget-zero",
        "error",
        Text("The procurement budget is 0, but competitors have revenue."),
    ),
    errors.BudgetRangeError: (
        "bounds-reversed",
        "error",
        Text("The budget's low bound is above its high bound ({got})."),
    ),
    errors.NegativeCompetitorRevenueError: (
        "negative-competitor-revenue",
        "error",
        Text("Competitor revenue is negative ({got:money})."),
    ),
    errors.NegativePlanError: ("negative-plan", "warning", Text("The sales plan is negative ({got:money}).")),
    errors.NotANumberError: ("not-a-number", "error", Text("The amount is implausibly large.")),
}


def _tried(field: str, measure: Callable[..., object], *amounts: float | None) -> Iterator[Fault]:
    try:
        measure(*amounts)
    except errors.MeasureError as error:
        code, grade, message = _CODES[type(error)]
        if code == "budget-zero":
            field = "procurement_budget"
        yield Fault(field, code, grade, Text(message.message, got=error.got), error.way_out)


def _beyond_budget(
    revenue: float | None, budget: float | None, competitors: float | None, tolerance: float
) -> Iterator[Fault]:
    """Sales above what the client buys at all: its budget is understated."""
    share = known(penetration, revenue, budget)
    if share is None or revenue is None or budget is None:
        return
    if more_than(share, 1.0):
        yield Fault(
            "procurement_budget",
            "revenue-above-budget",
            "warning",
            Text(
                "Revenue {revenue:money} is above the procurement budget {budget:money}: the budget is understated.",
                revenue=revenue,
                budget=budget,
            ),
            Text(
                "Ask for the whole budget of the same scope and period; until then the penetration index is above 100%."
            ),
        )
    elif competitors is not None and competitors > 0 and more_than(revenue + competitors, budget * (1 + tolerance)):
        yield Fault(
            "procurement_budget",
            "competitors-above-budget",
            "warning",
            Text(
                "Revenue {revenue:money} and competitors' revenue {competitors:money} together are above the "
                "procurement budget {budget:money}.",
                revenue=revenue,
                competitors=competitors,
                budget=budget,
            ),
            Text("Check that all three are of the same scope and period; the budget may be understated."),
        )


def _competitors_disagree(column: float, rows: float) -> Fault:
    return Fault(
        "competitor_revenue",
        "competitors-disagree",
        "warning",
        Text(
            "Competitor revenue is {column:money} here, but {rows:money} on the competitors' sheet.",
            column=column,
            rows=rows,
        ),
        Text("Correct one of them; this column is what counts."),
    )


def _budget_facts(client: Client, today: date) -> Iterator[Fault]:
    """The budget against its own bounds and its date."""
    budget, low, high = client.procurement_budget, client.budget_low, client.budget_high
    bounds = [each for each in (low, high) if each is not None]
    if budget is None and bounds and all(each > 0 for each in bounds) and bounds == sorted(bounds):
        field = "budget_low" if low is not None else "budget_high"
        yield Fault(field, "budget-bounds-only", "warning", _BOUNDS_ONLY, _BOUNDS_ONLY_REMEDY)
    below = budget is not None and low is not None and more_than(low, budget)
    above = budget is not None and high is not None and more_than(budget, high)
    if (below or above) and not (low is not None and high is not None and low > high):
        message = Text("The procurement budget is outside its own bounds.")
        remedy = Text("Correct the budget or its bounds.")
        yield Fault("procurement_budget", "budget-outside-bounds", "warning", message, remedy)
    if client.budget_date is not None and client.budget_date > today:
        message = Text("The date of the budget is in the future.")
        yield Fault("budget_date", "future-date", "warning", message, Text("Correct the date."))


def _unargued(client: Client) -> Iterator[Fault]:
    """Every rating carries its argument, the user's own ratings too."""
    remedy = Text("Write the reason into the table.")
    if client.position and not client.position_reason:
        message = Text("The position is rated by hand, but no reason is given.")
        yield Fault("position", "rating-without-reason", "warning", message, remedy)
    if client.potential and not client.potential_reason:
        message = Text("The potential is rated by hand, but no reason is given.")
        yield Fault("potential", "rating-without-reason", "warning", message, remedy)


def _margin(client: Client) -> Iterator[Fault]:
    if (
        client.margin is not None
        and client.revenue is not None
        and client.revenue >= 0
        and client.margin > client.revenue
    ):
        message = Text(
            "Margin {margin:money} is above revenue {revenue:money}.", margin=client.margin, revenue=client.revenue
        )
        yield Fault("margin", "margin-above-revenue", "warning", message, Text("Check both numbers."))
