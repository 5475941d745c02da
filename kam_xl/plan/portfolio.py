"""What the portfolio sheet says: the grid of ratings, key figures, and the data of its charts."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, fsum, log10

from kam_xl.domain.classify import Account, Classification
from kam_xl.domain.measures import is_valid_amount, revenue_share, total_of
from kam_xl.locale import Text, plural
from kam_xl.plan.report_fields import BUBBLE_ROWS, GRID, PARETO_ROWS, REFERENCE_ROWS
from kam_xl.plan.words import filled, said, shortened

GRID_LINES = 8
"""How many lines of names a cell of the grid has room for."""

SMALLEST_BUBBLE = 0.01
"""The size of the bubble of a client without revenue, in that of the largest: a dot, but there to be seen."""

LABEL_HEIGHT, LETTER_WIDTH = 0.03, 0.013
"""What the name at a bubble takes of the height of the chart, and each of its letters of the width."""


def portfolio_values(classification: Classification, lang: str) -> dict[str, object]:
    """What to write into the named fields of the portfolio sheet.

    Parameters
    ----------
    classification : Classification
    lang : str

    Returns
    -------
    dict
        Field name to text, number or None, a list of values for a column; rows that are not needed are None.
    """
    values = {
        "kam_summary": _summary(classification),
        "kam_built": classification.today,
        **_grid(classification.accounts),
        **_kpis(classification),
        **_bubbles(classification.key_accounts),
        **_pareto(classification),
        **_references(classification),
    }
    return {name: said(value, lang) for name, value in values.items()}


def _summary(classification: Classification) -> Text:
    """How much of the table the penetration index rests on."""
    coverage = classification.coverage
    if coverage.penetration is None:
        return Text("No client has both revenue and procurement budget: no penetration index can be given.")
    return Text(
        "Revenue and procurement budget are both known for {known:count} of {clients:count} clients, {share:share} of "
        "revenue; our penetration index with them is {penetration:share}.",
        known=coverage.known,
        clients=coverage.clients,
        share=coverage.revenue_share or 0.0,
        penetration=coverage.penetration,
    )


def _grid(accounts: Sequence[Account]) -> dict[str, object]:
    cells: dict[str, list[Account]] = {name: [] for name in (*GRID.values(), "kam_grid_unrated")}
    for account in accounts:
        position, potential = account.position_value, account.potential_value
        name = GRID[position, potential] if position and potential else "kam_grid_unrated"
        cells[name].append(account)
    return {name: _names(members, "; " if name == "kam_grid_unrated" else "\n") for name, members in cells.items()}


def _names(accounts: Sequence[Account], separator: str) -> Text | None:
    """How many clients, how many of them key, and the first names: key accounts by rank, then the others by revenue."""
    if not accounts:
        return None
    ordered = sorted(accounts, key=lambda account: (not account.is_key, account.rank or 0, *_by_revenue(account)))
    shown = len(accounts) if len(accounts) <= GRID_LINES else GRID_LINES - 1
    names, more = separator.join(_name(account) for account in ordered[:shown]), len(accounts) - shown
    clients = plural("{n:count} client", "{n:count} clients", n=len(accounts))
    key = sum(account.is_key for account in accounts)
    return Text(
        "{clients}:\n{names}",
        clients=Text("{clients}, {key:count} of them key", clients=clients, key=key) if key else clients,
        names=Text("{names}… (+{more:count} more)", names=names + separator, more=more) if more else names,
    )


def _name(account: Account) -> str:
    return shortened(account.client.client)


def _by_revenue(account: Account) -> tuple[float, str]:
    return -_revenue(account), account.client.client_id


def _revenue(account: Account) -> float:
    revenue = account.client.revenue
    return revenue if revenue is not None and is_valid_amount(revenue) else 0.0


def _kpis(classification: Classification) -> dict[str, object]:
    limit, risk, coverage = classification.limit, classification.concentration, classification.coverage
    key_revenue = total_of(account.client.revenue for account in classification.key_accounts)
    values = {
        "clients": limit.clients,
        "revenue": classification.total_revenue,
        "key_accounts": limit.qualified,
        "limit_allowed": limit.allowed,
        "above_limit": limit.above,
        "key_revenue_share": revenue_share(key_revenue, classification.total_revenue),
        "top_1": risk.top_1,
        "top_5": risk.top_5,
        "top_10": risk.top_10,
        "hhi": risk.hhi,
        "normalised_hhi": risk.normalised_hhi,
        "known_budgets": coverage.known,
        "coverage_revenue": coverage.revenue_share,
        "group_penetration": coverage.penetration,
    }
    return {f"kam_kpi_{code}": value for code, value in values.items()}


def _bubbles(key_accounts: Sequence[Account]) -> dict[str, object]:
    """The key accounts whose budget and penetration are known, those with the largest budgets; large bubbles first.

    A chart draws its points in their order: so no bubble hides a smaller one.
    """
    known = [account for account in key_accounts if account.penetration is not None and _budget(account) > 0]
    largest = sorted(known, key=lambda account: (-_budget(account), account.client.client_id))[:BUBBLE_ROWS]
    drawn = sorted(largest, key=lambda account: -_revenue(account))
    labels = _labels(sorted(drawn, key=lambda account: account.rank or 0))
    dot = SMALLEST_BUBBLE * max(map(_revenue, drawn), default=0.0) or 1.0
    return {
        "kam_bubble_client": filled([_name(account) for account in drawn], BUBBLE_ROWS),
        "kam_bubble_penetration": filled([account.penetration for account in drawn], BUBBLE_ROWS),
        "kam_bubble_budget": filled([_budget(account) for account in drawn], BUBBLE_ROWS),
        "kam_bubble_revenue": filled([max(_revenue(account), dot) for account in drawn], BUBBLE_ROWS),
        "kam_bubble_label": filled([labels.get(id(account)) for account in drawn], BUBBLE_ROWS),
    }


def _labels(accounts: Sequence[Account]) -> dict[int, str]:
    """The names that stand beside the bubbles, by `id` of the account: of two that would collide, the first.

    Two names collide where one begins before the other ends, on about the same height of the logarithmic axis.
    """
    if not accounts:
        return {}
    heights = [log10(_budget(account)) for account in accounts]
    line = LABEL_HEIGHT * max(ceil(max(heights)) - floor(min(heights)), 1)
    widest = max(account.penetration or 0.0 for account in accounts) or 1.0
    placed: list[tuple[float, float, float]] = []
    labels = {}
    for account, height in zip(accounts, heights, strict=True):
        name, left = _name(account), (account.penetration or 0.0) / widest
        right = left + LETTER_WIDTH * len(name)
        if all(abs(height - other) >= line or left > end or right < start for start, end, other in placed):
            placed.append((left, right, height))
            labels[id(account)] = name
    return labels


def _budget(account: Account) -> float:
    return account.client.procurement_budget or 0.0


def _pareto(classification: Classification) -> dict[str, object]:
    """The clients with the most revenue, and the share of all revenue that they reach together."""
    earning = [account for account in classification.accounts if _revenue(account)]
    largest = sorted(earning, key=_by_revenue)[:PARETO_ROWS]
    revenues = [_revenue(account) for account in largest]
    return {
        "kam_pareto_client": filled([_name(account) for account in largest], PARETO_ROWS),
        "kam_pareto_revenue": filled(revenues, PARETO_ROWS),
        "kam_pareto_cumulative": filled(
            [fsum(revenues[: place + 1]) / classification.total_revenue for place in range(len(revenues))], PARETO_ROWS
        ),
    }


def _references(classification: Classification) -> dict[str, object]:
    """Reference clients per vertical; the smallest verticals together where there are too many."""
    counts: list[tuple[str | Text, int | None]] = [
        (name or Text("Vertical not given"), count) for name, count in classification.references.items()
    ]
    if not counts:
        counts = [(Text("No client is marked as a reference."), None)]
    if len(counts) > REFERENCE_ROWS:
        shown, rest = counts[: REFERENCE_ROWS - 1], counts[REFERENCE_ROWS - 1 :]
        counts = [*shown, (Text("Other verticals"), sum(count or 0 for _, count in rest))]
    return {
        "kam_reference_vertical": filled([name for name, _ in counts], REFERENCE_ROWS),
        "kam_reference_count": filled([count for _, count in counts], REFERENCE_ROWS),
    }
