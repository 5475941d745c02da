"""The goals of all key accounts in words: beside this year's revenue, and why they are limited."""

from __future__ import annotations

from math import fsum

from kam_xl.domain.bounds import more_than
from kam_xl.domain.classify import Classification
from kam_xl.domain.goals import year_label
from kam_xl.domain.measures import total_of
from kam_xl.locale import Beside, Text, joined, plural
from kam_xl.plan.units import TableUnit, rests_on_part
from kam_xl.plan.words import some


def goals_summary(classification: Classification, lang: str) -> str:
    """What all proposals add up to; empty where there is no key account.

    Examples
    --------
    >>> from datetime import date
    >>> from kam_xl.domain.classify import Client, classify
    >>> table = [Client("1", "Nordwerk", revenue=60, procurement_budget=400), Client("2", "Alpha", revenue=40)]
    >>> print(goals_summary(classify(table, today=date(2026, 3, 1)), "en"))
    Proposed goals of the key accounts: 2026: 106.67, 2027: 113.33, 2028: 120; their revenue is 100 today.
    """
    if not classification.key_accounts:
        return ""
    goals = [
        Text("{year}: {goal:money}", year=year_label(year, classification.settings), goal=goal)
        for year, goal in classification.goals.items()
    ]
    revenue = total_of(account.client.revenue for account in classification.key_accounts)
    sentences = [
        Text(
            "Proposed goals of the key accounts: {goals}; their revenue is {revenue:money} today.",
            goals=goals,
            revenue=revenue,
        )
        if knows_revenue(classification)
        else Text("Proposed goals of the key accounts: {goals}; what they buy from us today is unknown.", goals=goals)
    ]
    sentences += _planned(classification)
    if ceiling := ceiling_sentence(classification):
        sentences.append(ceiling)
    if classification.capacity.exceeded:
        sentences.append(Text("The operational plans alone exceed that."))
    if falling := _falling(classification):
        sentences.append(falling)
    return joined(sentences, " ", lang)


def part_of_year(classification: Classification, unit: TableUnit) -> Text | None:
    """What to say where the revenue is that of a part of a year."""
    return rests_on_part(unit, year_label(classification.base_year, classification.settings))


def knows_revenue(classification: Classification) -> bool:
    """Whether the revenue of any client is known: else nothing can be compared with today's.

    >>> from kam_xl.domain.classify import Client, classify
    >>> knows_revenue(classify([Client("1", "Alpha", procurement_budget=40)]))
    False
    """
    return any(account.client.revenue is not None for account in classification.accounts)


def ceiling_sentence(classification: Classification) -> Text | None:
    """Why many goals add the same: the ceiling that all key accounts have in common; None where all fit.

    >>> from kam_xl.domain.classify import Client, classify
    >>> table = [Client("1", "Nordwerk", revenue=60, procurement_budget=4000), Client("2", "Alpha", revenue=40)]
    >>> print(ceiling_sentence(classify(table)).render())
    No proposed goal adds more than 72.8: together the key accounts would add 740, and our revenue of 100 can grow by
    72.8 in that time (20% a year).
    """
    capacity = classification.capacity
    if capacity.ceiling is None or capacity.amount is None:
        return None
    at_most = {"ceiling": capacity.ceiling}
    if _planned_beyond(classification, capacity.ceiling):
        most = Text("No proposed goal adds more than {ceiling:money} unless its operational plan does", **at_most)
    else:
        most = Text("No proposed goal adds more than {ceiling:money}", **at_most)
    return Text(
        "{most}: together the key accounts would add {wanted:money}, and our revenue of {total:money} can grow by "
        "{amount:money} in that time ({growth:share} a year).",
        most=most,
        wanted=Beside(capacity.wanted, capacity.amount),
        total=classification.total_revenue,
        amount=Beside(capacity.amount, capacity.wanted),
        growth=classification.settings.capacity_growth,
    )


def shared_ids(classification: Classification) -> Text | None:
    """Which key accounts have no plan of their own, because their ID has that of another; None where IDs are unique.

    >>> from kam_xl.domain.classify import Client, classify
    >>> table = [Client("1", "Nordwerk", revenue=60), Client("1", "Alpha", revenue=40)]
    >>> print(shared_ids(classify(table)).render())
    1 key account has the ID of another one and so no plan of its own; its proposed goal counts: Alpha (1).
    """
    shared = [each.client for each in classification.without_own_id]
    if not shared:
        return None
    return plural(
        "{n:count} key account has the ID of another one and so no plan of its own; its proposed goal counts: {names}.",
        "{n:count} key accounts have the ID of another one and so no plan of their own; their proposed goals count: "
        "{names}.",
        n=len(shared),
        names=some([f"{client.client} ({client.client_id})" for client in shared]),
    )


def _falling(classification: Classification) -> Text | None:
    """Which goals lie below today's revenue, because budgets shrink; None where none does."""
    accounts = classification.falling
    if not accounts:
        return None
    return plural(
        "{n:count} of these goals is below today's revenue, by {fall:money} in {year}, because budgets shrink by "
        "{shrinks:share} a year (budget_growth): {names}.",
        "{n:count} of these goals are below today's revenue, by {fall:money} together in {year}, because budgets "
        "shrink by {shrinks:share} a year (budget_growth): {names}.",
        n=len(accounts),
        fall=fsum(classification.proposal(account).fall for account in accounts),
        year=year_label(classification.years[-1], classification.settings),
        shrinks=-classification.settings.budget_growth,
        names=some([account.client.client for account in accounts]),
    )


def _planned_beyond(classification: Classification, ceiling: float) -> bool:
    """Whether the operational plan of a key account leads beyond the ceiling, which then gives way."""
    goals = [(account, classification.proposal(account).goals[-1].revenue) for account in classification.key_accounts]
    return any(more_than((goal or 0.0) - (account.client.revenue or 0.0), ceiling) for account, goal in goals)


def _planned(classification: Classification) -> list[Text]:
    """Where the operational plans of the key accounts lead, year by year."""
    proposals = [classification.proposal(account) for account in classification.key_accounts]
    known = {
        year: [each.goals[at].operational_plan for each in proposals if each.goals[at].operational_plan is not None]
        for at, year in enumerate(classification.years)
    }
    plans = [
        Text(
            "{year}: {plan:money}",
            year=year_label(year, classification.settings),
            plan=fsum(plan for plan in amounts if plan is not None),
        )
        for year, amounts in known.items()
        if amounts
    ]
    if plans:
        return [Text("Their operational plans lead to: {plans}.", plans=plans)]
    if any(account.client.operational is not None for account in classification.key_accounts):
        return [Text("Their operational plans cover none of these years whole: no goal follows them.")]
    return []
