"""One client seen against its whole table: measures, ratings, criteria and arguments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kam_xl.domain import measures
from kam_xl.domain.bounds import whole_down
from kam_xl.domain.criteria import (
    AFFECTS,
    MarkScale,
    expertise_criterion,
    mark_scale,
    meets_mark,
    prospect_criterion,
    reference_criterion,
    revenue_criterion,
    vertical_of,
)
from kam_xl.domain.freshness import budget_note
from kam_xl.domain.measures import known
from kam_xl.domain.model import AbcClass, Client, Criterion, Position, Potential, Status, Strategy
from kam_xl.domain.ratings import (
    PotentialBounds,
    Rating,
    position_of,
    potential_of,
    rate_position,
    rate_potential,
    rate_status,
    status_of,
)
from kam_xl.domain.settings import Settings
from kam_xl.domain.strategy import strategy
from kam_xl.locale import Text


@dataclass(frozen=True)
class Yardsticks:
    """What every client of one table is measured against."""

    settings: Settings
    today: date
    clients: int
    total_revenue: float
    total_plan: float
    potential_bounds: PotentialBounds
    reference_scale: MarkScale
    expertise_scale: MarkScale
    references: Mapping[str, int]
    budgets_dated: bool

    @classmethod
    def of(cls, clients: Sequence[Client], settings: Settings, today: date) -> Yardsticks:
        """The yardsticks of a whole table."""
        scale = mark_scale(client.reference for client in clients)
        references = Counter(
            vertical_of(client.industry, client.territory)
            for client in clients
            if _counts(client.reference, settings, scale)
        )
        return cls(
            settings=settings,
            today=today,
            clients=len(clients),
            total_revenue=measures.total_of(client.revenue for client in clients),
            total_plan=measures.total_of(client.sales_plan for client in clients),
            potential_bounds=PotentialBounds.of(
                [budget for client in clients if (budget := usable_budget(client)) is not None], settings
            ),
            reference_scale=scale,
            expertise_scale=mark_scale(client.expertise for client in clients),
            references=dict(sorted(references.items(), key=lambda item: (-item[1], item[0]))),
            budgets_dated=any(client.budget_basis or client.budget_date for client in clients),
        )

    @property
    def allowed(self) -> int:
        """How many key accounts the limit allows, at least one."""
        return max(whole_down(self.settings.key_account_limit * self.clients), 1)


class Account:
    """A client with everything the rules say of it.

    A wrong number in the client's row never raises here: what cannot be computed from it is None.

    Parameters
    ----------
    client : Client
    yardsticks : Yardsticks
        Totals, bounds and scales of the whole table.
    abc : AbcClass, optional
        The client's class among all clients.

    Attributes
    ----------
    revenue_share, penetration : float or None
        Fractions.
    abc : AbcClass or None
    rank : int or None
        The place among the key accounts, from 1; None for other clients.
    """

    __slots__ = ("_met", "_yardsticks", "abc", "client", "penetration", "rank", "revenue_share")

    def __init__(self, client: Client, yardsticks: Yardsticks, abc: AbcClass | None = None) -> None:
        self.client, self._yardsticks, self.abc = client, yardsticks, abc
        self.rank: int | None = None
        self.revenue_share = known(measures.revenue_share, client.revenue, yardsticks.total_revenue)
        self.penetration = known(measures.penetration, client.revenue, client.procurement_budget)
        self._met = self._criteria_met()

    def _criteria_met(self) -> dict[Criterion, Text]:
        client, yardsticks = self.client, self._yardsticks
        settings = yardsticks.settings
        arguments = {
            Criterion.REVENUE: known(revenue_criterion, client.revenue, yardsticks.total_revenue, settings),
            Criterion.PROSPECT: known(self._prospect),
            Criterion.REFERENCE: known(self._reference) if client.reference else None,
            Criterion.EXPERTISE: known(self._expertise) if client.expertise else None,
        }
        return {criterion: argument for criterion, argument in arguments.items() if argument is not None}

    def _prospect(self) -> Text | None:
        client, yardsticks = self.client, self._yardsticks
        return prospect_criterion(
            client.revenue,
            client.procurement_budget,
            self.potential_value,
            yardsticks.settings,
            competitor_revenue=self.competitor_revenue,
            manual=client.potential is not None,
        )

    def _reference(self) -> Text | None:
        client, yardsticks = self.client, self._yardsticks
        vertical = vertical_of(client.industry, client.territory)
        return reference_criterion(
            client.reference,
            yardsticks.settings,
            scale=yardsticks.reference_scale,
            vertical=vertical,
            count=yardsticks.references.get(vertical, 0),
        )

    def _expertise(self) -> Text | None:
        yardsticks = self._yardsticks
        return expertise_criterion(self.client.expertise, yardsticks.settings, scale=yardsticks.expertise_scale)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria met, in the order of section 2."""
        return tuple(self._met)

    @property
    def is_key(self) -> bool:
        """Whether the client meets any criterion; the limit does not change this."""
        return bool(self._met)

    @property
    def above_limit(self) -> bool:
        """Whether the client is a key account beyond the number that the limit allows."""
        return self.rank is not None and self.rank > self._yardsticks.allowed

    @property
    def penetration_range(self) -> tuple[float, float] | None:
        """The penetration index by the budget's high and low bounds, lowest first."""
        client = self.client
        return known(measures.penetration_range, client.revenue, client.budget_low, client.budget_high)

    @property
    def headroom(self) -> float | None:
        """What the client still buys elsewhere, in money."""
        return known(measures.headroom, self.client.revenue, self.client.procurement_budget)

    @property
    def competitor_revenue(self) -> float | None:
        """What competitors earn from the client: its own column, else the sum over its competitors."""
        client = self.client
        if client.competitor_revenue is not None:
            return client.competitor_revenue
        revenues = [each.revenue for each in client.competitors]
        return measures.total_of(revenues) if any(map(measures.is_valid_amount, revenues)) else None

    @property
    def competitor_share(self) -> float | None:
        """Competitors' share of the procurement budget."""
        return known(measures.competitor_share, self.competitor_revenue, self.client.procurement_budget)

    @property
    def value_at_stake(self) -> float:
        """What ranks key accounts that meet equally many criteria: revenue or headroom, whichever is more.

        As in the prospect criterion, an unknown revenue counts as none.
        """
        revenue = self.client.revenue if measures.is_valid_amount(self.client.revenue) else 0.0
        return max(known(measures.headroom, revenue, self.client.procurement_budget) or 0.0, revenue or 0.0)

    @property
    def position_value(self) -> Position | None:
        """The position alone, without its argument."""
        return self.client.position or position_of(self.penetration, self._yardsticks.settings)

    @property
    def potential_value(self) -> Potential | None:
        """The potential alone, without its argument."""
        return self.client.potential or potential_of(usable_budget(self.client), self._yardsticks.potential_bounds)

    @property
    def position(self) -> Rating[Position] | None:
        """How we stand with the client; the person's own rating first."""
        client = self.client
        return rate_position(
            self.penetration,
            self._yardsticks.settings,
            manual=client.position,
            reason=client.position_reason,
            revenue=client.revenue,
            budget=client.procurement_budget,
        )

    @property
    def potential(self) -> Rating[Potential] | None:
        """What the client can give; the person's own rating first."""
        client = self.client
        return rate_potential(
            usable_budget(client),
            self._yardsticks.potential_bounds,
            manual=client.potential,
            reason=client.potential_reason,
        )

    @property
    def status(self) -> Status | None:
        """Actual or potential account."""
        client, yardsticks = self.client, self._yardsticks
        return status_of(
            client.revenue, yardsticks.total_revenue, client.sales_plan, yardsticks.total_plan, yardsticks.settings
        )

    @property
    def strategy(self) -> Strategy | None:
        """What to do, by position and potential; None where either is missing."""
        return strategy(self.position_value, self.potential_value)

    def affects(self) -> list[Text]:
        """What each criterion met affects."""
        return [AFFECTS[criterion] for criterion in self._met]

    def arguments(self) -> list[Text]:
        """Why the client is what it is: criteria met, position, potential, status, and how sound its budget is."""
        ratings = [rating.argument for rating in (self.position, self.potential, self._status()) if rating is not None]
        note = self.budget_note()
        return [*self._met.values(), *ratings, *([note] if note is not None else [])]

    def budget_note(self) -> Text | None:
        """What to say wherever the budget shows: estimated, a proxy, old or undated; None without a budget."""
        client, yardsticks = self.client, self._yardsticks
        if client.procurement_budget is None:
            return None
        return budget_note(
            client.budget_basis,
            client.budget_date,
            yardsticks.today,
            yardsticks.settings,
            dated=yardsticks.budgets_dated,
        )

    def _status(self) -> Rating[Status] | None:
        client, yardsticks = self.client, self._yardsticks
        return rate_status(
            client.revenue, yardsticks.total_revenue, client.sales_plan, yardsticks.total_plan, yardsticks.settings
        )

    def __repr__(self) -> str:
        return f"Account({self.client.client_id!r}, criteria={[str(each) for each in self._met]}, rank={self.rank})"


def usable_budget(client: Client) -> float | None:
    """The client's budget unless the row contradicts it: below zero, or 0 although the client has bought."""
    revenue = client.revenue if measures.is_valid_amount(client.revenue) else 0
    contradicted = measures.is_faulty(measures.penetration, revenue, client.procurement_budget)
    return None if contradicted else client.procurement_budget


def _counts(mark: bool | int | None, settings: Settings, scale: MarkScale) -> bool:
    return bool(known(lambda: meets_mark(mark, settings, scale=scale)))
