"""Proposals that no longer fit, goals that revenue has passed or that were typed over: told, never rewritten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kam_xl.actions.book.entries import finding_at
from kam_xl.actions.book.filling import key
from kam_xl.actions.book.record import same
from kam_xl.actions.book.sheets import NamedSheet
from kam_xl.actions.plans.context import BuildContext
from kam_xl.domain.bounds import more_than
from kam_xl.domain.classify import Account
from kam_xl.domain.model import Client
from kam_xl.locale import Beside, Text
from kam_xl.plan.account.content import proposals
from kam_xl.plan.account.plan_fields import PLAN_FIELDS
from kam_xl.plan.account.values import as_number
from kam_xl.plan.fields import Number
from kam_xl.table.finding import Finding

_TARGET = "kam_target_penetration"
_COMPARED = (_TARGET, "kam_horizon", "kam_budget_growth", "kam_margin_rate")
_NOTICED = 0.01  # a proposal that would move by less than a hundredth of itself still fits


def proposal_findings(
    context: BuildContext,
    account: Account,
    plan: NamedSheet,
    cells: Mapping[str, list[object]],
    written: Mapping[str, object],
) -> Iterator[Finding]:
    """What a plan still proposes from older figures; else whether its goal lies below today's revenue.

    Parameters
    ----------
    context : BuildContext
    account : Account
    plan : NamedSheet
    cells : mapping
        What the plan holds now, by field.
    written : mapping
        What earlier builds wrote there, as the record has it.
    """
    numbers = {name: as_number(column[0]) for name, column in cells.items() if PLAN_FIELDS[name].rows == 1}
    goal, revenue = numbers.get("kam_goal_revenue"), numbers.get("kam_revenue")
    counted = _goal_by_year(cells, numbers.get("kam_horizon"))
    untouched = {name: numbers.get(name) for name in _COMPARED if same(numbers.get(name), written.get(key(name, 0)))}
    typed_over = goal is not None and counted is not None and not same(goal, counted)
    if goal is not None and counted is not None and typed_over:
        yield finding_at(
            plan,
            ("kam_goal_revenue", 0),
            account.client,
            "goal-typed-over",
            Text(
                "The goal of {goal:money} was typed over; list and portfolio count it, but the years on page 2 lead to "
                "{counted:money}.",
                goal=Beside(goal, counted),
                counted=Beside(counted, goal),
            ),
            goal,
            Text("Clear the cell, and change the target penetration index on page 2, or the goal of its last year."),
        )
    if old := _outdated(untouched, proposals(account, context.classification, context.today)):
        yield finding_at(
            plan,
            (_TARGET, 0),
            account.client,
            "proposal-outdated",
            Text("Proposed from older figures or settings, and not changed since: {proposals}.", proposals=old),
            numbers.get(_TARGET),
            Text("Enter these values or your own; the goals follow."),
            grade="note",
        )
    elif (
        not typed_over  # one finding for one cell
        and goal is not None
        and revenue is not None
        and more_than(revenue, goal)
        and not _proposed_below(context, account)
    ):
        yield finding_at(
            plan,
            ("kam_goal_revenue", 0),
            account.client,
            "goal-below-revenue",
            Text(
                "The goal of {goal:money} is below today's revenue of {revenue:money}.",
                goal=Beside(goal, revenue),
                revenue=Beside(revenue, goal),
            ),
            goal,
            Text("Raise the target penetration index, unless you mean to sell less."),
        )


GOAL_FIELDS = (
    *(f"kam_trajectory_{name}" for name in ("label", "revenue", "budget")),
    *("kam_horizon", "kam_goal_revenue", "kam_revenue", "kam_budget"),
)
"""The fields of a plan that `budget_findings` looks at."""


def budget_findings(client: Client, plan: NamedSheet, cells: Mapping[str, list[object]]) -> Iterator[Finding]:
    """The first goal above everything that the client buys, whether typed or lifted by an operational plan.

    Not where today's revenue is above the budget already: that the budget is understated is told then.
    """
    today, budget, horizon, own = (
        as_number(next(iter(cells.get(name, ())), None))
        for name in ("kam_revenue", "kam_budget", "kam_horizon", "kam_goal_revenue")
    )
    if budget is None or more_than(today or 0.0, budget):
        return
    names = [f"kam_trajectory_{name}" for name in ("label", "revenue", "budget")]
    years = list(zip(*(cells.get(name, ()) for name in names), strict=False))
    for at, (year, counted, demand) in list(enumerate(years))[1:]:
        is_last = at == int(horizon or 0)
        goal, most = own if is_last else as_number(counted), as_number(demand)
        if goal is not None and most is not None and more_than(goal, most):
            yield finding_at(
                plan,
                ("kam_goal_revenue", 0) if is_last else ("kam_trajectory_revenue", at),
                client,
                "goal-above-budget",
                Text(
                    "The goal of {goal:money} for {year} is above the client's whole procurement budget of "
                    "{most:money}.",
                    goal=Beside(goal, most),
                    year=str(year),
                    most=Beside(most, goal),
                ),
                goal,
                Text("Check the goal, the operational plan and the budget: one of them is wrong."),
            )
            return


def _goal_by_year(cells: Mapping[str, list[object]], horizon: float | None) -> float | None:
    """The goal to which the way by year leads."""
    years = cells.get("kam_trajectory_revenue", [])
    return as_number(years[int(horizon)]) if horizon is not None and 1 <= horizon < len(years) else None


def _outdated(untouched: Mapping[str, float | None], now: Mapping[str, object]) -> list[Text]:
    """The proposals that would be others today, each with what it is and what it would be."""
    texts = []
    for name, old in untouched.items():
        new = as_number(now[name])
        if old is not None and new is not None and abs(new - old) > _NOTICED * max(abs(new), abs(old)):
            values = {"name": PLAN_FIELDS[name].title, "old": Beside(old, new), "new": Beside(new, old)}
            is_share = PLAN_FIELDS[name].number is Number.SHARE
            texts.append(
                Text("{name} {old:share} (would be {new:share} now)", **values)
                if is_share
                else Text("{name} {old:count} (would be {new:count} now)", **values)
            )
    return texts


def _proposed_below(context: BuildContext, account: Account) -> bool:
    """Whether the proposal itself lies below today's revenue."""
    goal = context.classification.proposal(account).goals[-1].revenue
    return goal is not None and more_than(account.client.revenue or 0.0, goal)
