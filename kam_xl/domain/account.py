"""One client seen against its whole table: measures, ratings, criteria, rank and arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, make_dataclass
from typing import Any

from kam_xl.domain import attainable, measures, tasks
from kam_xl.domain.arguments import Rating
from kam_xl.domain.concentration import abc_class
from kam_xl.domain.criteria import (
    AFFECTS,
    expertise_criterion,
    is_large_amount,
    is_large_share,
    is_prospect,
    prospect_criterion,
    reference_criterion,
    revenue_criterion,
    vertical_of,
)
from kam_xl.domain.errors import MeasureError
from kam_xl.domain.freshness import budget_note
from kam_xl.domain.measures import known
from kam_xl.domain.model import (
    AbcClass,
    Client,
    Criterion,
    Position,
    Potential,
    Stance,
    Status,
    Strategy,
    Task,
)
from kam_xl.domain.ratings import rate_position, rate_potential, status_by
from kam_xl.domain.sales_plan import sales_plan_of
from kam_xl.domain.scores import rate_stance
from kam_xl.domain.settings import Settings
from kam_xl.domain.strategy import strategy
from kam_xl.domain.yardsticks import Yardsticks, usable_budget
from kam_xl.locale import Text


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """A client together with everything that the rules derive for it.

    A wrong number in the client's row never raises here: what cannot be computed from it is None.

    Attributes
    ----------
    client : Client
    yardsticks : Yardsticks
        Totals, bounds and scales of the whole table.
    revenue_share, penetration : float or None
        Fractions.
    position, potential : Rating or None
        The user's own rating first.
    met : mapping of Criterion to Rating
        The criteria met, in the order of section 2, with their arguments.
    rank : int or None
        The place among the key accounts, from 1; None for other clients.
    within_limit : bool
        Whether it is a key account among those that the limit allows.
    """

    client: Client
    yardsticks: Yardsticks = field(repr=False)
    revenue_share: float | None
    penetration: float | None
    position: Rating[Position] | None
    potential: Rating[Potential] | None
    met: Mapping[Criterion, Rating[bool]]
    rank: int | None = None
    within_limit: bool = False

    @property
    def abc(self) -> AbcClass | None:
        """The client's class among all clients."""
        return abc_class(self.client.revenue, self.yardsticks.abc_classes)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria met, in the order of section 2."""
        return tuple(self.met)

    @property
    def is_key(self) -> bool:
        """Whether the client meets any criterion; the limit does not change this."""
        return bool(self.met)

    @property
    def above_limit(self) -> bool:
        """Whether the client is a key account beyond the number that the limit allows."""
        return self.rank is not None and not self.within_limit

    @property
    def penetration_range(self) -> tuple[float, float] | None:
        """The penetration index by the budget's high and low bounds, lowest first."""
        client = self.client
        return known(measures.penetration_range, client.revenue, client.budget_low, client.budget_high)

    @property
    def headroom(self) -> float | None:
        """What the client still buys elsewhere, in money."""
        revenue, budget = self.client.revenue, self.client.procurement_budget
        if self.penetration is None or revenue is None or budget is None:
            return known(measures.headroom, revenue, budget)
        return measures.room(revenue, budget)  # the numbers were found right

    @property
    def competitor_revenue(self) -> float | None:
        """What competitors earn from the client: its own column, else the sum over its competitors."""
        return competitor_revenue_of(self.client)

    @property
    def competitor_share(self) -> float | None:
        """Competitors' share of the procurement budget."""
        return known(measures.competitor_share, self.competitor_revenue, self.client.procurement_budget)

    @property
    def attainable_penetration(self) -> float | None:
        """The penetration index that can be reached at the horizon; None where the budget is unknown."""
        if not usable_budget(self.client):
            return None
        position = self.position and self.position.value
        return attainable.attainable_penetration(self.penetration, position, self.yardsticks.settings)

    @property
    def attainable_gain(self) -> float | None:
        """What can be won within the horizon, in money a year, before the ceiling of capacity; None: budget unknown."""
        position, settings = self.position and self.position.value, self.yardsticks.settings
        revenue, budget = self.client.revenue, self.client.procurement_budget
        if self.penetration is None or revenue is None or budget is None:
            return known(attainable.attainable_gain, self._earned, usable_budget(self.client), position, settings)
        return attainable.gain_from(
            self.penetration, revenue, budget, position, settings
        )  # the numbers were found right

    @property
    def value_at_stake(self) -> float:
        """What a year with the client is worth once the plan has worked; an unknown part of it counts as 0."""
        return self.value_with(self.attainable_gain)

    def value_with(self, gain: float | None) -> float:
        """The value at stake, where the attainable gain has been asked for already."""
        return (self._earned or 0.0) + (gain or 0.0)

    @property
    def _earned(self) -> float | None:
        return self.client.revenue if measures.is_valid_amount(self.client.revenue) else None

    @property
    def status(self) -> Rating[Status] | None:
        """Current (actual) or potential account."""
        client, yardsticks, plan = self.client, self.yardsticks, self.sales_plan
        return status_by(
            known(measures.plan_share, plan, yardsticks.total_plan),
            self.revenue_share,
            (client.revenue, yardsticks.total_revenue),
            (plan, yardsticks.total_plan),
            yardsticks.settings,
            plan_year=yardsticks.calendar.plan_year if yardsticks.calendar and client.sales_plan is None else None,
        )

    @property
    def sales_plan(self) -> float | None:
        """The client's sales plan: the table's own, else the revenue that the operational plan plans."""
        return sales_plan_of(self.client, self.yardsticks.calendar)

    @property
    def strategy(self) -> Strategy | None:
        """What to do, by position and potential, never against the account's task; None where a rating is missing."""
        position, potential = self.position, self.potential
        return strategy(position and position.value, potential and potential.value, self.met)

    @property
    def task(self) -> Rating[Task] | None:
        """What the account is for, by the first criterion that it meets; None for other clients."""
        return next(iter(self.tasks), None)

    @property
    def tasks(self) -> tuple[Rating[Task], ...]:
        """What the account is for, one task for each criterion met."""
        if not self.met:
            return ()
        return tuple([_TASKS[criterion](self) for criterion in self.met])

    @property
    def stances(self) -> tuple[Rating[Stance], ...]:
        """How to meet each competitor, in the order of the client's competitors."""
        client = self.client
        budget, settings = client.procurement_budget, self.yardsticks.settings
        return tuple(rate_stance(each, client.own_scores, budget, settings) for each in client.competitors)

    @property
    def rank_argument(self) -> Text | None:
        """The value that ranked a key account; None for other clients."""
        return self.ranked_by(self.value_at_stake)

    def ranked_by(self, value: float) -> Text | None:
        """The argument of the rank, where the value at stake has been asked for already."""
        if self.rank is None:
            return None
        if Criterion.REVENUE in self.met:
            return Text("Rank {rank}: by revenue, {revenue:money}.", rank=self.rank, revenue=self.client.revenue)
        return Text(
            "Rank {rank}: {count} of 4 criteria, value at stake {value:money}.",
            rank=self.rank,
            count=len(self.met),
            value=value,
        )

    def affects(self) -> list[Text]:
        """What each criterion met affects."""
        return [AFFECTS[criterion] for criterion in self.met]

    def arguments(self) -> list[Text]:
        """Why the client is what it is: criteria met, position, potential, status, and how sound its budget is."""
        return self.argued(self.status, self.budget_note())

    def argued(self, status: Rating[Status] | None, note: Text | None) -> list[Text]:
        """The arguments, where status and `budget_note` have been asked for already."""
        ratings = (*self.met.values(), self.position, self.potential, status)
        arguments = [rating.argument for rating in ratings if rating is not None]
        if note is not None:
            arguments.append(note)
        return arguments

    def why_not(self) -> list[Text]:
        """Why the client does not meet the criteria that it does not meet, in the order of section 2."""
        missed = (criterion for criterion in Criterion if criterion not in self.met)
        return [_judged(criterion, self.client, self.yardsticks, self.potential).argument for criterion in missed]

    def budget_note(self) -> Text | None:
        """What to say wherever the budget shows: estimated, a proxy, old or undated; None without a budget."""
        client, yardsticks = self.client, self.yardsticks
        if client.procurement_budget is None:
            return None
        return budget_note(
            client.budget_basis,
            client.budget_date,
            yardsticks.today,
            yardsticks.settings,
            dated=yardsticks.budgets_dated,
        )


def _win(account: Account) -> Rating[Task]:
    client, settings = account.client, account.yardsticks.settings
    budget, earned = client.procurement_budget, account.competitor_revenue
    return tasks.win(client.competitors, client.own_scores, budget, settings, competitor_revenue=earned)


def _use(account: Account) -> Rating[Task]:
    client = account.client
    return tasks.use(vertical_of(client.industry, client.territory), account.yardsticks.without_reference)


_TASKS: Mapping[Criterion, Callable[[Account], Rating[Task]]] = {
    Criterion.REVENUE: lambda account: tasks.protect(account.revenue_share),
    Criterion.PROSPECT: _win,
    Criterion.REFERENCE: _use,
    Criterion.EXPERTISE: lambda _: tasks.learn(),
}


_Open = make_dataclass("_Open", [field.name for field in fields(Account)], slots=True)
"""An account that is not frozen yet; see `Clients.made`."""


def assess(client: Client, yardsticks: Yardsticks) -> Account:
    """Measure, rate and judge one client; its rank follows when all are."""
    settings, revenue, budget = yardsticks.settings, client.revenue, client.procurement_budget
    index = known(measures.penetration, revenue, budget)
    share = known(measures.revenue_share, revenue, yardsticks.total_revenue)
    position = rate_position(
        index, settings, manual=client.position, reason=client.position_reason, revenue=revenue, budget=budget
    )
    potential = rate_potential(
        usable_budget(client), yardsticks.potential_bounds, manual=client.potential, reason=client.potential_reason
    )
    met = {}
    for criterion in _likely(client, share, index, potential, settings):
        verdict = _judged(criterion, client, yardsticks, potential)
        if verdict.value:
            met[criterion] = verdict
    account: Any = _Open(client, yardsticks, share, index, position, potential, met or _NOTHING, None, False)
    account.__class__ = Account
    return account  # type: ignore[no-any-return]


def rank(account: Account, place: int, allowed: int) -> None:
    """Give a key account that nobody has seen yet its place among so many that the limit allows."""
    object.__setattr__(account, "rank", place)
    object.__setattr__(account, "within_limit", place <= allowed)


_NOTHING: Mapping[Criterion, Rating[bool]] = {}


def _likely(
    client: Client, share: float | None, index: float | None, potential: Rating[Potential] | None, settings: Settings
) -> list[Criterion]:
    """The criteria that may be met, in the order of section 2: measures alone rule the others out."""
    revenue, budget, likely = client.revenue, client.procurement_budget, []
    if revenue is not None and (share is None or is_large_share(share, settings) or is_large_amount(revenue, settings)):
        likely.append(Criterion.REVENUE)
    if budget is not None and (index is None or is_prospect(index, budget, potential, settings)):
        likely.append(Criterion.PROSPECT)
    if client.reference:
        likely.append(Criterion.REFERENCE)
    if client.expertise:
        likely.append(Criterion.EXPERTISE)
    return likely


def _judged(
    criterion: Criterion, client: Client, yardsticks: Yardsticks, potential: Rating[Potential] | None
) -> Rating[bool]:
    """Whether a criterion is met; one whose numbers cannot be right is not."""
    try:
        return _CRITERIA[criterion](client, yardsticks, potential)
    except MeasureError as why:
        return Rating(False, _argue_fault, criterion, why)


def _by_revenue(client: Client, yardsticks: Yardsticks, _: object) -> Rating[bool]:
    return revenue_criterion(client.revenue, yardsticks.total_revenue, yardsticks.settings)


def _by_prospect(client: Client, yardsticks: Yardsticks, potential: Rating[Potential] | None) -> Rating[bool]:
    earned = competitor_revenue_of(client)
    return prospect_criterion(
        client.revenue, client.procurement_budget, potential, yardsticks.settings, competitor_revenue=earned
    )


def _by_reference(client: Client, yardsticks: Yardsticks, _: object) -> Rating[bool]:
    vertical = vertical_of(client.industry, client.territory)
    return reference_criterion(
        client.reference,
        yardsticks.settings,
        scale=yardsticks.reference_scale,
        vertical=vertical,
        count=yardsticks.references.get(vertical, 0),
        reason=client.reference_reason,
    )


def _by_expertise(client: Client, yardsticks: Yardsticks, _: object) -> Rating[bool]:
    scale, reason = yardsticks.expertise_scale, client.expertise_reason
    return expertise_criterion(client.expertise, yardsticks.settings, scale=scale, reason=reason)


_CRITERIA: Mapping[Criterion, Callable[[Client, Yardsticks, Rating[Potential] | None], Rating[bool]]] = {
    Criterion.REVENUE: _by_revenue,
    Criterion.PROSPECT: _by_prospect,
    Criterion.REFERENCE: _by_reference,
    Criterion.EXPERTISE: _by_expertise,
}


def _argue_fault(criterion: Criterion, why: MeasureError) -> Text:
    return Text("{criterion}: cannot be judged, {fact}.", criterion=criterion.label, fact=why.fact)


def competitor_revenue_of(client: Client) -> float | None:
    """What competitors earn from a client: its own column, else the sum over its competitors.

    >>> from kam_xl.domain.model import Competitor
    >>> competitor_revenue_of(Client("1", "Nordwerk", competitors=(Competitor("Alfa", 5), Competitor("Beta", 7))))
    12.0
    """
    if client.competitor_revenue is not None:
        return client.competitor_revenue
    if not client.competitors:
        return None
    revenues = [each.revenue for each in client.competitors]
    return measures.total_of(revenues) if any(map(measures.is_valid_amount, revenues)) else None
