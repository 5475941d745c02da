"""Competitors over all clients: what each earns with them, where it dominates, where it is weak (section 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from kam_xl.domain.measures import is_valid_amount, known, total_of
from kam_xl.domain.model import Competitor
from kam_xl.domain.scores import compare_scores, dominates
from kam_xl.domain.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from kam_xl.domain.account import Account


class Rival(NamedTuple):
    """A competitor over all clients.

    `revenue` is what it earns with them as far as known, None where nothing is; `dominates` are the clients of whose
    budget it holds at least `dominant_share`, `weaker` those where it is scored below us.
    """

    name: str
    revenue: float | None
    clients: tuple[Account, ...]
    dominates: tuple[Account, ...]
    weaker: tuple[Account, ...]


def rivals(accounts: Iterable[Account], settings: Settings = DEFAULTS) -> tuple[Rival, ...]:
    """All competitors named in a table, the one with the most revenue first.

    A name counts as the same in any letter case; the most frequent spelling is shown.

    Examples
    --------
    >>> from kam_xl.domain.classify import Client, classify
    >>> table = [Client("1", "Nordwerk", procurement_budget=100, competitors=(Competitor("Alfa", 60),)),
    ...          Client("2", "Gasprom", competitors=(Competitor("ALFA", 5), Competitor("Beta")))]
    >>> [(each.name, each.revenue, len(each.clients), len(each.dominates)) for each in classify(table).rivals]
    [('Alfa', 65.0, 2, 1), ('Beta', None, 1, 0)]
    """
    by_name: dict[str, list[tuple[Account, Competitor]]] = {}
    for account in accounts:
        for competitor in account.client.competitors:
            if key := " ".join(competitor.name.casefold().split()):
                by_name.setdefault(key, []).append((account, competitor))
    rows = [_rival(meetings, settings) for meetings in by_name.values()]
    return tuple(sorted(rows, key=lambda each: (-(each.revenue or 0.0), each.name.casefold())))


def _rival(meetings: list[tuple[Account, Competitor]], settings: Settings) -> Rival:
    spellings = Counter(competitor.name.strip() for _, competitor in meetings)
    earned = [each.revenue for _, each in meetings if is_valid_amount(each.revenue)]
    return Rival(
        name=min(spellings, key=lambda name: (-spellings[name], name.isupper(), name)),
        revenue=total_of(earned) if earned else None,
        clients=_accounts(account for account, _ in meetings),
        dominates=_accounts(
            account for account, each in meetings if dominates(each, account.client.procurement_budget, settings)
        ),
        weaker=_accounts(account for account, each in meetings if _is_weaker(account, each)),
    )


def _is_weaker(account: Account, competitor: Competitor) -> bool:
    scores = known(compare_scores, competitor.scores, account.client.own_scores)
    return scores is not None and scores.difference > 0


def _accounts(accounts: Iterable[Account]) -> tuple[Account, ...]:
    return tuple({id(account): account for account in accounts}.values())
