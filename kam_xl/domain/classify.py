"""The whole table at once: who the key accounts are, in what order, and how many the limit allows (section 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kam_xl.domain.account import Account, Yardsticks
from kam_xl.domain.concentration import Concentration, abc_classes, concentration
from kam_xl.domain.measures import Coverage, group_penetration
from kam_xl.domain.model import Client
from kam_xl.domain.operational import Calendar
from kam_xl.domain.ratings import PotentialBounds
from kam_xl.domain.settings import DEFAULTS, Settings

__all__ = ["Account", "Classification", "Limit", "classify"]


class Limit(NamedTuple):
    """How many clients there are, may be key accounts, are, and are beyond the limit."""

    clients: int
    allowed: int
    qualified: int
    above: int


@dataclass(frozen=True)
class Classification:
    """What the rules say of a table.

    `accounts` stand in the order of the table, `key_accounts` in the order of their rank: all that qualify, those
    above the limit too. `references` counts the reference clients per vertical, the largest first; those without a
    vertical stand under an empty name. `calendar` is that of the operational plans, None where there are none.
    """

    accounts: tuple[Account, ...]
    key_accounts: tuple[Account, ...]
    limit: Limit
    settings: Settings
    today: date
    total_revenue: float
    concentration: Concentration
    coverage: Coverage
    references: Mapping[str, int]
    potential_bounds: PotentialBounds
    calendar: Calendar | None = None


def classify(clients: Sequence[Client], settings: Settings = DEFAULTS, today: date | None = None) -> Classification:
    """Classify, rate and rank the clients of a table.

    Parameters
    ----------
    clients : sequence of Client
        All clients, in any order; money in one currency and one period.
    settings : Settings, optional
    today : date, optional
        The day that budgets are dated against; by default the present one.

    Returns
    -------
    Classification

    Notes
    -----
    Sections 2 and 3. A wrong number in a row (a negative revenue, a budget of 0 with revenue) makes the measures that
    need it unknown and stops nothing; a negative revenue is left out of the total. Key accounts rank by the number of
    criteria met, then the value at stake (the greater of revenue and headroom, an unknown one counting as 0), then
    the client id. The limit marks accounts, it never drops one.

    Examples
    --------
    >>> table = [Client("1", "Nordwerk", revenue=60), Client("2", "Alpha", revenue=8), Client("3", "Beta", revenue=32)]
    >>> result = classify(table)
    >>> [(account.rank, account.client.client, account.above_limit) for account in result.key_accounts]
    [(1, 'Nordwerk', False), (2, 'Beta', True)]
    >>> result.limit
    Limit(clients=3, allowed=1, qualified=2, above=1)
    """
    yardsticks = Yardsticks.of(clients, settings, today or date.today())
    revenues = [client.revenue for client in clients]
    accounts = tuple(
        Account(client, yardsticks, abc) for client, abc in zip(clients, abc_classes(revenues, settings), strict=True)
    )
    ranked = _ranked(accounts)
    return Classification(
        accounts=accounts,
        key_accounts=ranked,
        limit=Limit(len(clients), yardsticks.allowed, len(ranked), max(len(ranked) - yardsticks.allowed, 0)),
        settings=settings,
        today=yardsticks.today,
        total_revenue=yardsticks.total_revenue,
        concentration=concentration(revenues),
        coverage=group_penetration((client.revenue, client.procurement_budget) for client in clients),
        references=yardsticks.references,
        potential_bounds=yardsticks.potential_bounds,
        calendar=yardsticks.calendar,
    )


def _ranked(accounts: Sequence[Account]) -> tuple[Account, ...]:
    def order(account: Account) -> tuple[int, float, str, str]:
        client = account.client
        return -len(account.criteria), -account.value_at_stake, client.client_id, client.client

    ranked = tuple(sorted((account for account in accounts if account.is_key), key=order))
    for rank, account in enumerate(ranked, start=1):
        account.rank = rank
    return ranked
