"""The values of one plan sheet, field by field, in the user's language.

Computed fields are rewritten at every build; proposals go only into cells that stay blank and never had one, which the
record of the book decides; entries never appear here. In a column of proposals None leaves the cell as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from kam_xl.domain.classify import Account, Classification
from kam_xl.domain.freshness import months_before, working_day
from kam_xl.domain.goals import year_label, year_shown
from kam_xl.domain.measures import is_valid_amount, known
from kam_xl.domain.model import Client
from kam_xl.domain.scores import compare_scores
from kam_xl.domain.settings import Settings
from kam_xl.locale import Text, joined
from kam_xl.plan.account.account_states import state_of
from kam_xl.plan.account.competitors import merge_competitors
from kam_xl.plan.account.filling import people_at_risk, unfilled
from kam_xl.plan.account.operational import operational_values
from kam_xl.plan.account.people_map import people_map
from kam_xl.plan.account.plan_fields import ARGUMENT_ROWS, HISTORY_ROWS, PLAN_FIELDS, TRAJECTORY_ROWS
from kam_xl.plan.account.trend import Point, trend_values
from kam_xl.plan.account.values import with_formulas
from kam_xl.plan.state import account_state
from kam_xl.plan.units import AS_GIVEN, TableUnit, period_label, unit_label
from kam_xl.plan.words import capitalised, filled, in_language, sentence

REVIEWS_PROPOSED = 4
"""A review a quarter, for a year."""


def plan_values(
    account: Account,
    classification: Classification,
    *,
    lang: str,
    built: date,
    source: str = "",
    unit: TableUnit = AS_GIVEN,
    existing: Mapping[str, object] | None = None,
    earlier: Sequence[Point] = (),
    formulas: bool = True,
) -> dict[str, object]:
    """What to write into the named fields of one plan sheet.

    Parameters
    ----------
    account : Account
        The client; key or no longer so.
    classification : Classification
        The whole table's, the account's included.
    lang : str
        The language of all texts.
    built : date
        The day of this build.
    source : str
        Where the client's row stands, as people call it.
    unit : TableUnit, optional
        What the table says about its amounts.
    existing : mapping, optional
        What the sheet says now, by field name (columns as lists). Given, the plan is rebuilt: proposals and entries
        are the user's, and the formulas' values follow from them.
    earlier : sequence of Point, optional
        The account at earlier builds, the oldest first.
    formulas : bool
        Whether to answer formulas, too: a rebuild calculates them when it knows what the other cells are to hold.

    Returns
    -------
    dict
        Field name to a value, or to a list of `rows` values: text, number, date, `Computed` or None (blank).
    """
    sheet = existing or {}
    values = {
        **_header(account, classification, source, lang),
        **_figures(account, classification, unit),
        "kam_built": built,
        "kam_account_state": account_state(account, lang=lang, built=built, existing=sheet.get("kam_account_state")),
        **_numbers(account),
        **_answers(account, lang),
        **operational_values(account.client, classification, lang),
        **_goal(account, classification),
        **_competitors(account, sheet),
        **trend_values(earlier, Point(built, state_of(account, classification)), lang),
    }
    if existing is None:
        values |= proposals(account, classification, built)
    whole = {**sheet, **values}
    values |= {"kam_people_note": people_at_risk(whole), **people_map(whole)}
    values["kam_unfilled"] = capitalised(joined(unfilled(whole), ", ", lang))
    written = {name: in_language(value, lang) for name, value in values.items()}
    return written | with_formulas({**sheet, **written}) if formulas else written


def _header(account: Account, classification: Classification, source: str, lang: str) -> dict[str, object]:
    client = account.client
    return {
        "kam_client": client.client,
        "kam_client_id": client.client_id,
        "kam_industry": client.industry,
        "kam_territory": client.territory,
        "kam_manager": client.manager,
        "kam_class": joined([criterion.label for criterion in account.criteria], ", ", lang),
        "kam_affects": capitalised(joined(account.affects(), "; ", lang)),
        "kam_rank": account.rank,
        "kam_limit_note": _limit_note(account, classification),
        "kam_status": account.status and account.status.value.label,
        "kam_source": source,
    }


def _figures(account: Account, classification: Classification, unit: TableUnit) -> dict[str, object]:
    """What the figures are: their year and their unit; and what they were when the ratings were made from them."""
    client, settings = account.client, classification.settings
    year = classification.base_year
    period = period_label(unit, year_label(year, settings))
    return {
        "kam_base_year": year,
        "kam_year_start": settings.financial_year_start,
        "kam_period": period
        if client.year or classification.calendar
        else Text("{year} (assumed: the table names no year)", year=period),
        "kam_unit": unit_label(unit, settings.currency) or Text("units of the client table"),
        "kam_was_revenue": client.revenue,
        "kam_was_budget": client.procurement_budget,
        "kam_was_competitors": account.competitor_revenue,
        "kam_stale_text": Text(
            'Differs from the client table, which ratings and goals follow: change it and press "Build plans".'
        ),
    }


def _limit_note(account: Account, classification: Classification) -> Text | None:
    if account.rank is None:
        return None
    limit = classification.limit
    numbers = {"rank": account.rank, "qualified": limit.qualified, "allowed": limit.allowed}
    if account.above_limit:
        return Text(
            "Above the limit: rank {rank:count} of {qualified:count}, the limit allows {allowed:count}.", **numbers
        )
    return Text(
        "Within the limit: rank {rank:count} of {qualified:count}, the limit allows {allowed:count}.", **numbers
    )


def _numbers(account: Account) -> dict[str, object]:
    client = account.client
    return {
        "kam_revenue": client.revenue,
        "kam_revenue_share": account.revenue_share,
        "kam_margin": client.margin,
        "kam_abc": account.abc and account.abc.label,
        "kam_budget": client.procurement_budget,
        "kam_budget_basis": client.budget_basis and client.budget_basis.label,
        "kam_budget_date": client.budget_date,
        "kam_budget_range": _budget_range(account),
        "kam_budget_note": account.budget_note(),
        "kam_attainable_gain": account.attainable_gain,
        "kam_value_at_stake": account.value_at_stake,
        "kam_competitor_total": account.competitor_revenue,
        **_history(client, account.yardsticks.settings),
    }


def _history(client: Client, settings: Settings) -> dict[str, object]:
    """Revenue of earlier years, the latest of them; the oldest first."""
    years = client.history[-HISTORY_ROWS:]
    return {
        "kam_history_year": filled(
            [year_shown(year, settings.financial_year_start) for year, _ in years], HISTORY_ROWS
        ),
        "kam_history_revenue": filled([revenue for _, revenue in years], HISTORY_ROWS),
    }


def _budget_range(account: Account) -> Text | None:
    low, high = account.client.budget_low, account.client.budget_high
    if low is None and high is None:
        return None
    if high is None:
        return Text("from {low:money}", low=low)
    if low is None:
        return Text("up to {high:money}", high=high)
    if account.penetration_range is None:
        return Text("from {low:money} to {high:money}", low=low, high=high)
    least, most = account.penetration_range
    return Text(
        "from {low:money} to {high:money}: penetration from {least:share} to {most:share}",
        low=low,
        high=high,
        least=least,
        most=most,
    )


def _answers(account: Account, lang: str) -> dict[str, object]:
    """The three questions: position, potential, and what to do."""
    position, potential = account.position, account.potential
    rated = [rating.argument for rating in (position, potential) if rating]
    arguments = [argument for argument in account.arguments() if argument not in rated]
    return {
        "kam_position": position and position.value.label,
        "kam_position_argument": position.argument
        if position
        else Text("Not rated: revenue or procurement budget is unknown or cannot be right."),
        "kam_position_own": _by_the_table(position and position.value.label),
        "kam_was_position": position and position.value.label,
        "kam_potential": potential and potential.value.label,
        "kam_potential_argument": potential.argument
        if potential
        else Text("Not rated: the procurement budget is unknown or cannot be right."),
        "kam_potential_own": _by_the_table(potential and potential.value.label),
        "kam_was_potential": potential and potential.value.label,
        "kam_arguments": filled(arguments, ARGUMENT_ROWS),
        "kam_strategy": account.strategy.label
        if account.strategy
        else Text("No recommendation: it takes both position and potential."),
        "kam_task": joined([task.value.label for task in account.tasks], "; ", lang),
        "kam_task_argument": " ".join(sentence(task.argument.render(lang)) for task in account.tasks),
    }


def _by_the_table(rating: Text | None) -> Text:
    return Text("By the client table: {rating}.", rating=rating or Text("not rated"))


def _goal(account: Account, classification: Classification) -> dict[str, object]:
    """What the goal was made from: the proposal's argument, its floors, and the operational plan of the years."""
    proposal = classification.proposal(account)
    floors = [proposal.floor, *(goal.floor for goal in proposal.goals)]
    goal, settings = proposal.goals[-1], classification.settings
    year = year_label(goal.year, settings)
    return {
        "kam_goal_argument": proposal.argument,
        "kam_goal_floor": filled(floors, TRAJECTORY_ROWS),
        "kam_goal_own": Text("Proposed: {goal:money} in {year}.", goal=goal.revenue, year=year)
        if goal.revenue
        else Text("No goal is proposed."),
        "kam_was_goal": goal.revenue or None,
        "kam_was_goal_year": year_shown(goal.year, settings.financial_year_start),
    }


def _competitors(account: Account, sheet: Mapping[str, object]) -> dict[str, object]:
    client = account.client
    rows = merge_competitors(client.competitors, sheet)
    named = [row.known if row else None for row in rows]
    rated = {
        each.name.strip().casefold(): (each, stance)
        for each, stance in zip(client.competitors, account.stances, strict=True)
    }
    met = [rated.get(str(row.name).strip().casefold()) if row else None for row in rows]
    scores = [known(compare_scores, each[0].scores, client.own_scores) if each else None for each in met]
    return {
        "kam_competitor_name": [row and row.name for row in rows],
        "kam_competitor_revenue": [row and row.revenue for row in rows],
        "kam_competitor_score": [score and score.theirs for score in scores],
        "kam_competitor_difference": [score and score.difference for score in scores],
        "kam_competitor_argument": [each and each[1].argument for each in met],
        "kam_competitor_strengths": [each and (each.strengths or None) for each in named],
        "kam_competitor_weaknesses": [each and (each.weaknesses or None) for each in named],
        "kam_competitor_stance": [
            known[1].value.label if each and known else None for each, known in zip(named, met, strict=True)
        ],
    }


def proposals(account: Account, classification: Classification, built: date) -> dict[str, object]:
    """What a plan made today would propose, by field."""
    client, settings = account.client, classification.settings
    target = classification.proposal(account)
    return {
        "kam_target_position": target.position and target.position.label,
        "kam_target_penetration": target.penetration,
        "kam_horizon": settings.horizon_years,
        "kam_budget_growth": settings.budget_growth,
        "kam_path": settings.target_path.label,
        "kam_margin_rate": _margin_rate(client),
        "kam_review_date": filled(_reviews(built), PLAN_FIELDS["kam_review_date"].rows),
    }


@lru_cache(maxsize=8)
def _reviews(built: date) -> tuple[date, ...]:
    return tuple(working_day(months_before(built, -3 * quarter)) for quarter in range(1, REVIEWS_PROPOSED + 1))


def _margin_rate(client: Client) -> float | None:
    if client.margin is None or not client.revenue or not is_valid_amount(client.revenue):
        return None
    return client.margin / client.revenue
