"""What the portfolio sheet says: where the money is, key figures, competitors, white spots, the data of its charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from kam_xl.domain.bounds import more_than
from kam_xl.domain.classify import Account, Classification
from kam_xl.domain.concentration import alike_others
from kam_xl.domain.measures import is_valid_amount, revenue_share, total_of
from kam_xl.domain.yardsticks import Uncovered
from kam_xl.locale import Beside, Text, plural
from kam_xl.plan.reports.bubbles import bubble_values
from kam_xl.plan.reports.goal_summary import part_of_year
from kam_xl.plan.reports.portfolio_fields import GRID, NOT_KEY_ROWS, PARETO_ROWS, REFERENCE_ROWS, RIVAL_ROWS
from kam_xl.plan.reports.portfolio_money import PlanCells, money_values
from kam_xl.plan.units import AS_GIVEN, TableUnit
from kam_xl.plan.words import both, filled, in_language, shortened

GRID_LINES = 7
"""How many lines of names a cell of the grid has room for."""

KEY = "●"
"""The mark of a key account."""

_SHOWN = 3
"""How many clients are named where a competitor dominates or is weaker."""

# Below this Herfindahl-Hirschman index a market is not concentrated (US Horizontal Merger Guidelines, 1,000 points).
_SPREAD = 0.1


def portfolio_values(
    classification: Classification,
    lang: str,
    plans: Mapping[str, PlanCells] | None = None,
    unit: TableUnit = AS_GIVEN,
) -> dict[str, object]:
    """What to write into the named fields of the portfolio sheet.

    Parameters
    ----------
    classification : Classification
    lang : str
    plans : mapping, optional
        Client id to the cells of its plan: goals are the ones that stand there.
    unit : TableUnit, optional
        What the table says about its amounts.

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
        "kam_notice": both(part_of_year(classification, unit), classification.wide and classification.wide.notice),
        **money_values(classification, plans or {}),
        **bubble_values(classification.key_accounts),
        "kam_concentration_note": _concentration(classification),
        **_pareto(classification),
        **_references(classification),
        **_rivals(classification),
        **_not_key(classification),
    }
    return {name: in_language(value, lang) for name, value in values.items()}


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
        position, potential = account.position, account.potential
        name = GRID[position.value, potential.value] if position and potential else "kam_grid_unrated"
        cells[name].append(account)
    return {name: _names(members, "; " if name == "kam_grid_unrated" else "\n") for name, members in cells.items()}


def _names(accounts: Sequence[Account], separator: str) -> Text | None:
    """How many clients and how much money, and the first names: key accounts by rank, then the others by revenue."""
    if not accounts:
        return None
    ordered = sorted(accounts, key=lambda account: (not account.is_key, account.rank or 0, *_by_revenue(account)))
    shown = len(accounts) if len(accounts) <= GRID_LINES else GRID_LINES - 1
    names, more = separator.join(_name(account) for account in ordered[:shown]), len(accounts) - shown
    clients = plural("{n:count} client", "{n:count} clients", n=len(accounts))
    key = sum(account.is_key for account in accounts)
    return Text(
        "{clients}\n{money}:\n{names}",
        clients=Text("{clients}, {key:count} of them key", clients=clients, key=key) if key else clients,
        money=_money(accounts),
        names=Text("{names}… (+{more:count} more)", names=names + separator, more=more) if more else names,
    )


def _money(accounts: Sequence[Account]) -> Text:
    """Revenue, and what the clients spend with anybody as far as that is known."""
    budgets = [budget for account in accounts if is_valid_amount(budget := account.client.procurement_budget)]
    revenue = fsum(map(_revenue, accounts))
    if not budgets:
        return Text("revenue {revenue:money}", revenue=revenue)
    return Text("revenue {revenue:money}, budget {budget:money}", revenue=revenue, budget=total_of(budgets))


def _name(account: Account) -> str:
    """The client's name; before that of a key account its mark and its rank."""
    name = shortened(account.client.client)
    return f"{KEY} {account.rank} {name}" if account.rank else name


def _names_of(accounts: Sequence[Account]) -> Text | str | None:
    """The clients with the most revenue by name, the others counted."""
    ordered = sorted(accounts, key=_by_revenue)
    names = "; ".join(shortened(account.client.client) for account in ordered[:_SHOWN])
    if more := len(ordered) - _SHOWN if len(ordered) > _SHOWN else 0:
        return Text("{names} (+{more:count} more)", names=names, more=more)
    return names or None


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


def _concentration(classification: Classification) -> Text | None:
    """What the Herfindahl-Hirschman index means: of n equal clients it is 1/n."""
    risk, bound = classification.concentration, classification.settings.key_revenue_share
    if risk.hhi is None or risk.top_1 is None:
        return None
    values = {"n": round(1 / risk.hhi), "top": Beside(risk.top_1, bound), "bound": Beside(bound, risk.top_1)}
    if more_than(risk.top_1, bound) and risk.hhi < _SPREAD:
        values["n"] = round(alike_others(risk) or 0)
        return Text(
            "Spread, but for the largest client: it brings {top:share}, more than {bound:share}, and its loss alone "
            "would be felt. Otherwise it is as if {n:count} clients of equal size shared the revenue.",
            **values,
        )
    if more_than(risk.top_1, bound):
        return Text(
            "Concentrated: revenue depends on few clients, as if {n:count} of equal size shared it. The "
            "largest brings {top:share}, more than {bound:share}: its loss alone would be felt.",
            **values,
        )
    return Text(
        "Spread: as if {n:count} clients of equal size shared the revenue. The largest brings {top:share}, not more "
        "than {bound:share}: no single loss would decide the year.",
        **values,
    )


def _pareto(classification: Classification) -> dict[str, object]:
    """The clients with the most revenue, and the share of all revenue that they reach together."""
    earning = [account for account in classification.accounts if _revenue(account)]
    largest = sorted(earning, key=_by_revenue)[:PARETO_ROWS]
    revenues = [_revenue(account) for account in largest]
    return {
        "kam_pareto_client": filled([shortened(account.client.client) for account in largest], PARETO_ROWS),
        "kam_pareto_revenue": filled(revenues, PARETO_ROWS),
        "kam_pareto_cumulative": filled(
            [fsum(revenues[: place + 1]) / classification.total_revenue for place in range(len(revenues))], PARETO_ROWS
        ),
    }


def _references(classification: Classification) -> dict[str, object]:
    """Reference clients per vertical; the smallest verticals together where there are too many."""
    industries = {account.client.industry for account in classification.accounts}
    counts: list[tuple[str | Text, int | None]] = [
        (_vertical(name, industries), count) for name, count in classification.references.items()
    ]
    if not counts:
        counts = [(Text("No client is marked as a reference."), None)]
    if len(counts) > REFERENCE_ROWS:
        shown, rest = counts[: REFERENCE_ROWS - 1], counts[REFERENCE_ROWS - 1 :]
        counts = [*shown, (Text("Other verticals"), sum(count or 0 for _, count in rest))]
    return {
        "kam_reference_vertical": filled([name for name, _ in counts], REFERENCE_ROWS),
        "kam_reference_count": filled([count for _, count in counts], REFERENCE_ROWS),
        "kam_without_reference": _without_reference(classification.yardsticks.without_reference),
    }


def _vertical(name: str, industries: set[str]) -> str | Text:
    """An industry by its name; a territory, which stands in for one that is not given, is said to be one."""
    if not name:
        return Text("Vertical not given")
    return name if name in industries else Text("{territory} (territory)", territory=name)


def _without_reference(without: Uncovered) -> Text | None:
    """Industries and territories apart, each where there are some."""
    industries, territories = (names and "; ".join(names) for names in without)
    if industries and territories:
        return Text(
            "Industries: {industries}.\nTerritories: {territories}.", industries=industries, territories=territories
        )
    if industries:
        return Text("Industries: {industries}.", industries=industries)
    return Text("Territories: {territories}.", territories=territories) if territories else None


def _rivals(classification: Classification) -> dict[str, object]:
    """The competitors over all clients, those with the most revenue there first."""
    shown = classification.rivals[:RIVAL_ROWS]
    columns: dict[str, list[object]] = {
        "name": [each.name for each in shown] or [Text("No competitor is named.")],
        "revenue": [each.revenue for each in shown],
        "clients": [len(each.clients) for each in shown],
        "dominates": [_names_of(each.dominates) for each in shown],
        "weaker": [_names_of(each.weaker) for each in shown],
    }
    return {f"kam_rival_{name}": filled(column, RIVAL_ROWS) for name, column in columns.items()}


def _not_key(classification: Classification) -> dict[str, object]:
    """The largest clients that are not key accounts."""
    columns: dict[str, list[object]] = {
        "client": [each.client.client for each in classification.largest_not_key],
        "revenue": [each.client.revenue for each in classification.largest_not_key],
        "share": [each.revenue_share for each in classification.largest_not_key],
    }
    return {f"kam_not_key_{name}": filled(column, NOT_KEY_ROWS) for name, column in columns.items()}
