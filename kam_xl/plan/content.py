"""The values of one plan sheet, field by field, in the person's language.

Computed fields are rewritten at every build; proposals are made for a new plan only, and for the lines of new
competitors; entries never appear here. In a column of proposals None leaves the cell as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kam_xl.domain.classify import Account, Classification
from kam_xl.domain.freshness import months_before
from kam_xl.domain.measures import is_valid_amount
from kam_xl.domain.model import Client
from kam_xl.domain.trajectory import propose_targets
from kam_xl.locale import Text, joined
from kam_xl.plan.competitors import merge_competitors
from kam_xl.plan.fields import ARGUMENT_ROWS, PLAN_FIELDS
from kam_xl.plan.operational import operational_values
from kam_xl.plan.state import account_state
from kam_xl.plan.values import with_formulas
from kam_xl.plan.words import capitalised, filled, said


def plan_values(
    account: Account,
    classification: Classification,
    *,
    lang: str,
    built: date,
    source: str = "",
    existing: Mapping[str, object] | None = None,
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
    existing : mapping, optional
        What the sheet says now, by field name (columns as lists). Given, the plan is rebuilt: proposals and entries
        are the person's, and the formulas' values follow from them.

    Returns
    -------
    dict
        Field name to a value, or to a list of `rows` values: text, number, date, `Computed` or None (blank).
    """
    sheet = existing or {}
    values = {
        **_header(account, classification, source, lang),
        "kam_built": built,
        "kam_account_state": account_state(account, lang=lang, built=built, existing=sheet.get("kam_account_state")),
        **_numbers(account),
        **_answers(account),
        **operational_values(account.client, classification.calendar, lang),
        **_competitors(account.client, sheet),
    }
    if existing is None:
        values |= _proposals(account, classification, built)
    written = {name: said(value, lang) for name, value in values.items()}
    return written | with_formulas({**sheet, **written})


def _header(account: Account, classification: Classification, source: str, lang: str) -> dict[str, object]:
    client, currency = account.client, classification.settings.currency
    return {
        "kam_client": client.client,
        "kam_client_id": client.client_id,
        "kam_industry": client.industry,
        "kam_territory": client.territory,
        "kam_class": joined([criterion.label for criterion in account.criteria], ", ", lang),
        "kam_affects": capitalised(joined(account.affects(), "; ", lang)),
        "kam_rank": account.rank,
        "kam_limit_note": _limit_note(account, classification),
        "kam_status": account.status and account.status.label,
        "kam_source": Text("{source}; amounts in {currency}", source=source, currency=currency) if currency else source,
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
        "kam_competitor_total": account.competitor_revenue,
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


def _answers(account: Account) -> dict[str, object]:
    """The three questions: position, potential, and what to do."""
    position, potential = account.position, account.potential
    rated = [rating.argument for rating in (position, potential) if rating]
    arguments = [argument for argument in account.arguments() if argument not in rated]
    return {
        "kam_position": position and position.value.label,
        "kam_position_argument": position.argument
        if position
        else Text("Not rated: revenue or procurement budget is unknown or cannot be right."),
        "kam_potential": potential and potential.value.label,
        "kam_potential_argument": potential.argument
        if potential
        else Text("Not rated: the procurement budget is unknown or cannot be right."),
        "kam_arguments": filled(arguments, ARGUMENT_ROWS),
        "kam_strategy": account.strategy.label
        if account.strategy
        else Text("No recommendation: it takes both position and potential."),
    }


def _competitors(client: Client, sheet: Mapping[str, object]) -> dict[str, object]:
    rows = merge_competitors(client.competitors, sheet)
    new = [row.new if row else None for row in rows]
    return {
        "kam_competitor_name": [row and row.name for row in rows],
        "kam_competitor_revenue": [row and row.revenue for row in rows],
        "kam_competitor_strengths": [each and (each.strengths or None) for each in new],
        "kam_competitor_weaknesses": [each and (each.weaknesses or None) for each in new],
        "kam_competitor_stance": [each and each.stance and each.stance.label for each in new],
    }


def _proposals(account: Account, classification: Classification, built: date) -> dict[str, object]:
    client, settings = account.client, classification.settings
    target = propose_targets(account, settings)
    reviews = range(1, PLAN_FIELDS["kam_review_date"].rows + 1)
    return {
        "kam_manager": client.manager,
        "kam_target_position": target and target.position.label,
        "kam_target_penetration": target and target.penetration,
        "kam_horizon": settings.horizon_years,
        "kam_budget_growth": settings.budget_growth,
        "kam_path": settings.target_path.label,
        "kam_margin_rate": _margin_rate(client),
        "kam_review_date": [months_before(built, -3 * quarter) for quarter in reviews],
    }


def _margin_rate(client: Client) -> float | None:
    if client.margin is None or not client.revenue or not is_valid_amount(client.revenue):
        return None
    return client.margin / client.revenue
