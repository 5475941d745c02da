"""The whole table at once: who the key accounts are, in what order, and how many the limit allows (section 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import fsum

from kam_xl.domain.account import Account, assess, rank
from kam_xl.domain.breadth import WideTable, largest_not_key, wide_table
from kam_xl.domain.capacity import Capacity, capacity_of
from kam_xl.domain.competition import Rival, rivals
from kam_xl.domain.concentration import Concentration, concentration
from kam_xl.domain.goals import Planned, Proposal, Start, floors_of, last_full_year, planned_for, propose
from kam_xl.domain.measures import Coverage, group_penetration, is_valid_amount, total_of
from kam_xl.domain.model import Client, Criterion, Strategy
from kam_xl.domain.operational import Calendar
from kam_xl.domain.ranking import Contender, Limit, limit_of, rank_order
from kam_xl.domain.ratings import PotentialBounds
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.domain.yardsticks import Yardsticks, usable_budget

__all__ = ["Account", "Classification", "Limit", "classify"]

_KEPT = frozenset({Strategy.DEFEND, Strategy.HOLD})


@dataclass(frozen=True)
class Classification:
    """What the rules derive for a table.

    `accounts` stand in the order of the table, `key_accounts` in the order of their rank: all that qualify, those
    above the limit too. `yardsticks` hold what all clients are measured against. `planned_names` are the names of the
    clients that plans of their ids were made for.
    """

    accounts: tuple[Account, ...]
    key_accounts: tuple[Account, ...]
    limit: Limit
    yardsticks: Yardsticks
    planned_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """The settings that hold."""
        return self.yardsticks.settings

    @property
    def today(self) -> date:
        """The day of the classification."""
        return self.yardsticks.today

    @property
    def total_revenue(self) -> float:
        """The revenue of all clients, negative ones left out."""
        return self.yardsticks.total_revenue

    @property
    def references(self) -> Mapping[str, int]:
        """The reference clients per vertical."""
        return self.yardsticks.references

    @property
    def potential_bounds(self) -> PotentialBounds:
        """From which budget the potential is high or medium."""
        return self.yardsticks.potential_bounds

    @property
    def calendar(self) -> Calendar | None:
        """What the operational plans have in common; None where there are none."""
        return self.yardsticks.calendar

    @cached_property
    def concentration(self) -> Concentration:
        """How much of the revenue hangs on few clients."""
        return concentration([account.client.revenue for account in self.accounts])

    @cached_property
    def coverage(self) -> Coverage:
        """The penetration index of the whole table, and what it rests on."""
        return group_penetration(
            (account.client.revenue, account.client.procurement_budget) for account in self.accounts
        )

    @cached_property
    def by_id(self) -> Mapping[str, Account]:
        """Accounts by client id, in the order of the table: whose the plan of the id is.

        Of several with one id that is the one whose name the plan was made for, else the first key account, else the
        first: an order of rank would hand what is typed there from one client to another.
        """
        found: dict[str, Account] = {}
        for account in self.accounts:
            first = found.setdefault(account.client.client_id, account)
            if self._claims(account) > self._claims(first):
                found[account.client.client_id] = account
        return found

    def _claims(self, account: Account) -> tuple[bool, bool]:
        client = account.client
        return self.planned_names.get(client.client_id) == client.client, account.is_key

    @cached_property
    def without_own_id(self) -> tuple[Account, ...]:
        """Key accounts with the id of another account, which has the plan."""
        return tuple(each for each in self.key_accounts if self.by_id[each.client.client_id] is not each)

    @cached_property
    def base_year(self) -> int:
        """The year of the table's figures: set, named by the table or its plans, else the last full year."""
        if self.calendar is not None:
            return self.calendar.base_year
        named = next((account.client.year for account in self.accounts if account.client.year), None)
        return self.settings.base_year or named or last_full_year(self.today, self.settings)

    @cached_property
    def years(self) -> range:
        """The years of the goals."""
        return range(self.base_year + 1, self.base_year + 1 + self.settings.horizon_years)

    @cached_property
    def wide(self) -> WideTable | None:
        """What to say where no client stands out; None for other tables."""
        return wide_table(self.accounts, self.total_revenue, self.limit.allowed, self.settings)

    @cached_property
    def largest_not_key(self) -> tuple[Account, ...]:
        """The ten clients with the most revenue that are not key."""
        return largest_not_key(self.accounts)

    @cached_property
    def rivals(self) -> tuple[Rival, ...]:
        """The competitors over all clients."""
        return rivals(self.accounts, self.settings)

    @cached_property
    def capacity(self) -> Capacity:
        """What all key accounts together may add, and the ceiling that follows."""
        gains = [account.attainable_gain or 0.0 for account in self.key_accounts]
        floors = [
            max(floors_of(self._plans(account))[-1] - total_of([account.client.revenue]), 0.0)
            for account in self.key_accounts
        ]
        return capacity_of(self.total_revenue, gains, floors, self.settings)

    def proposal(self, account: Account) -> Proposal:
        """Where a plan for the account proposes to go."""
        known = self._proposals.get(id(account))
        if known is None or known[0] is not account:
            known = self._proposals[id(account)] = account, self._proposal(account)
        return known[1]

    @cached_property
    def _proposals(self) -> dict[int, tuple[Account, Proposal]]:
        """Those that were asked for: plan, lists, sums and what-ifs ask for the same ones."""
        return {}

    def _proposal(self, account: Account) -> Proposal:
        client = account.client
        start = Start(
            revenue=client.revenue if is_valid_amount(client.revenue) else None,
            budget=usable_budget(client),
            index=account.penetration,
            position=account.position and account.position.value,
            gain=account.attainable_gain,
            keeps=account.strategy in _KEPT,
        )
        return propose(start, self._plans(account), self.base_year, self.capacity, self.settings)

    @cached_property
    def goals(self) -> Mapping[int, float]:
        """The goals of all key accounts together, by year."""
        proposals = [self.proposal(account) for account in self.key_accounts]
        return {year: fsum(each.goals[at].revenue or 0.0 for each in proposals) for at, year in enumerate(self.years)}

    @cached_property
    def falling(self) -> list[Account]:
        """The key accounts whose last goal lies below today's revenue."""
        return [account for account in self.key_accounts if self.proposal(account).fall]

    def _plans(self, account: Account) -> list[Planned | None]:
        """The account's operational plan in each year."""
        return [planned_for(account.client, self.calendar, year, self.settings) for year in self.years]


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
    need it unknown and stops nothing; a negative revenue is left out of the total. The order of ranks is that of
    `kam_xl.domain.ranking`. The limit marks accounts, it never drops one.

    Examples
    --------
    >>> table = [Client("1", "Nordwerk", revenue=60), Client("2", "Alpha", revenue=8), Client("3", "Beta", revenue=32)]
    >>> result = classify(table)
    >>> [(account.rank, account.client.client, account.within_limit) for account in result.key_accounts]
    [(1, 'Nordwerk', True), (2, 'Beta', False)]
    >>> result.limit
    Limit(clients=3, allowed=1, qualified=2, above=1)
    """
    yardsticks = Yardsticks.of(clients, settings, today or date.today())
    accounts = tuple([assess(client, yardsticks) for client in clients])
    qualified = [account for account in accounts if account.met]
    limit = limit_of(len(accounts), len(qualified), settings)
    key_accounts = tuple([qualified[at] for at in rank_order([_contender(account) for account in qualified])])
    for place, account in enumerate(key_accounts, start=1):
        rank(account, place, limit.allowed)
    return Classification(accounts, key_accounts, limit, yardsticks)


def _contender(account: Account) -> Contender:
    client = account.client
    revenue = client.revenue if Criterion.REVENUE in account.met else None
    return Contender(revenue, len(account.met), account.value_at_stake, client.client_id, client.client)
