"""Position, potential and status of a client, each with the argument that it rests on (sections 2 and 3).

A rating is missing, not weak or low, where its input is missing. The user's own rating overrides the computed one and
is argued by the user's reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from kam_xl.domain.arguments import (
    Rating,
    amount_text,
    graded,
    named,
    penetration_text,
    plan_share_text,
    reason_text,
    revenue_share_text,
    share_text,
)
from kam_xl.domain.bounds import at_least, whole_up
from kam_xl.domain.errors import NegativeBudgetError
from kam_xl.domain.measures import check_amount, check_penetration, known, plan_share, revenue_share
from kam_xl.domain.model import Labelled, Position, Potential, Status
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.locale import OPEN, Form, Text, beside

R = TypeVar("R", bound=Labelled)


def rate_position(
    penetration: float | None,
    settings: Settings = DEFAULTS,
    *,
    manual: Position | None = None,
    reason: str = "",
    revenue: float | None = None,
    budget: float | None = None,
) -> Rating[Position] | None:
    """How we stand with a client, by its penetration index.

    Parameters
    ----------
    penetration : float or None
        Penetration index, a fraction; None gives no rating.
    manual, reason
        The user's own rating and its reason, which override the computed one.
    revenue, budget : float, optional
        What the index was computed from, quoted in the argument.

    Raises
    ------
    PenetrationError

    Notes
    -----
    Section 3, "position"; the bounds are `position_strong_from` and `position_medium_from`, each belonging to the
    better rating.

    Examples
    --------
    >>> rate_position(0.023175, revenue=46_350, budget=2_000_000).argument
    Text('Position weak: penetration 2.3% (46,350 of 2,000,000) is below 20%.')
    >>> rate_position(None, manual=Position.STRONG, reason="sole supplier").argument
    Text('Position strong, rated by hand: sole supplier.')
    """
    if manual is not None:
        return _by_hand(manual, reason)
    if penetration is None:
        return None
    check_penetration(penetration)
    strong, medium = settings.position_strong_from, settings.position_medium_from
    if at_least(penetration, strong):
        value = Position.STRONG
    else:
        value = Position.MEDIUM if at_least(penetration, medium) else Position.WEAK
    return Rating(value, _argue_position, value, penetration, strong, medium, revenue, budget)


def _argue_position(
    value: Position, index: float, strong: float, medium: float, revenue: float | None, budget: float | None
) -> Text:
    shown = beside(index, "share", strong, medium)
    if shown is index:
        form = _position_form(value, strong, medium, revenue is not None and budget is not None)
        return form.filled(index=index, revenue=revenue, budget=budget)
    return graded(value, penetration_text(shown, revenue, budget), share_text(strong, index), share_text(medium, index))


@lru_cache
def _position_form(value: Position, strong: float, medium: float, quoted: bool) -> Form:
    measure = penetration_text(OPEN, OPEN, OPEN) if quoted else penetration_text(OPEN)
    return Form(graded(value, measure, share_text(strong), share_text(medium)))


@dataclass(frozen=True, slots=True)
class PotentialBounds:
    """From which procurement budget the potential is high or medium; None where the table gives no bound.

    A percentile is given where the bound was taken from the table's known budgets; `high_share` where the high bound is
    this share of our whole revenue, because the percentile lies below it; neither where a user set the amount.
    """

    high: float | None
    medium: float | None
    high_percentile: float | None = None
    medium_percentile: float | None = None
    high_share: float | None = None

    @classmethod
    def of(
        cls, budgets: Iterable[float], settings: Settings = DEFAULTS, total_revenue: float | None = None
    ) -> PotentialBounds:
        """The bounds set in the settings or, failing these, taken from the known budgets of the whole table.

        Budgets of 0 move no bound: there is no demand to compare. By percentiles the potential is never high below
        `considerable_share` of `total_revenue`, where this is known and above 0, however small the other budgets are.
        Where only one bound is set and the table would put the medium one above the high one, nothing is medium.

        Examples
        --------
        >>> PotentialBounds.of([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
        PotentialBounds(high=80, medium=50, high_percentile=0.8, medium_percentile=0.5, high_share=None)
        >>> PotentialBounds.of([10, 20, 30], total_revenue=10_000).high
        100.0
        """
        ordered = sorted(budget for budget in budgets if budget > 0)
        high, high_percentile = _bound(ordered, settings.potential_high_from, settings.potential_high_percentile)
        medium, percentile = _bound(ordered, settings.potential_medium_from, settings.potential_medium_percentile)
        share = None
        considerable = settings.considerable_share * (total_revenue or 0.0)
        if high is not None and high_percentile is not None and high < considerable:
            high, high_percentile, share = considerable, None, settings.considerable_share
        if high is not None and medium is not None and medium > high:  # one set, the other from the table
            return cls(high, high, high_percentile, high_percentile, share)
        return cls(high, medium, high_percentile, percentile, share)


def nearest_rank(ordered: Sequence[float], percentile: float) -> float | None:
    """The nearest-rank percentile of ascending values: the least value that this share of them does not exceed.

    >>> nearest_rank([10, 20, 30, 40, 50], 0.8), nearest_rank([10, 20, 30, 40, 50], 0.81), nearest_rank([], 0.5)
    (40, 50, None)
    """
    return ordered[max(whole_up(percentile * len(ordered)), 1) - 1] if ordered else None


def _bound(ordered: Sequence[float], amount: float | None, percentile: float) -> tuple[float | None, float | None]:
    return (nearest_rank(ordered, percentile), percentile) if amount is None else (amount, None)


def rate_potential(
    budget: float | None,
    bounds: PotentialBounds,
    *,
    manual: Potential | None = None,
    reason: str = "",
) -> Rating[Potential] | None:
    """What a client can give, by its procurement budget.

    Parameters
    ----------
    budget : float or None
        Procurement budget; None gives no rating, 0 is low whatever the bounds (no demand).
    bounds : PotentialBounds
        Amounts set by a user, or percentiles of the table.
    manual, reason
        The user's own rating and its reason, which override the computed one.

    Raises
    ------
    NegativeBudgetError, NotANumberError

    Notes
    -----
    Section 3, "potential"; a bound belongs to the better rating.

    Examples
    --------
    >>> rate_potential(2_000_000, PotentialBounds(high=1_500_000, medium=400_000)).argument
    Text('Potential high: procurement budget 2,000,000 is at least 1,500,000 (the amount set).')
    """
    if manual is not None:
        return _by_hand(manual, reason)
    if budget is None:
        return None
    check_amount(budget, NegativeBudgetError)
    if budget == 0:
        return Rating(Potential.LOW, _no_demand)
    if bounds.high is None or bounds.medium is None:
        return None
    if at_least(budget, bounds.high):
        value = Potential.HIGH
    else:
        value = Potential.MEDIUM if at_least(budget, bounds.medium) else Potential.LOW
    return Rating(value, _argue_potential, value, budget, bounds)


def _no_demand() -> Text:
    return Text("{rating}: procurement budget is 0, no demand.", rating=named(Potential.LOW))


def _argue_potential(value: Potential, budget: float, bounds: PotentialBounds) -> Text:
    shown = beside(budget, "money", bounds.high, bounds.medium)
    if shown is budget:
        return _potential_form(value, bounds).filled(budget=budget)
    return _potential_text(value, bounds, shown, budget)


@lru_cache
def _potential_form(value: Potential, bounds: PotentialBounds) -> Form:
    return Form(_potential_text(value, bounds, OPEN))


def _potential_text(value: Potential, bounds: PotentialBounds, shown: float, budget: float | None = None) -> Text:
    high, medium = bounds.high or 0.0, bounds.medium or 0.0
    upper = amount_text(high, budget, bounds.high_percentile, bounds.high_share)
    medium_share = bounds.high_share if medium == high else None
    lower = amount_text(medium, budget, bounds.medium_percentile, medium_share)
    return graded(value, Text("procurement budget {budget:money}", budget=shown), upper, lower)


def rate_status(
    revenue: float | None,
    total_revenue: float | None,
    sales_plan: float | None = None,
    total_plan: float | None = None,
    settings: Settings = DEFAULTS,
    *,
    plan_year: int | None = None,
) -> Rating[Status] | None:
    """Whether a client contributes considerably already (actual) or could do so in future (potential).

    By its share of the sales plan, of revenue where the client has no plan; None where neither share is known.
    `plan_year` is given where the client's plan is the operational plan's of that year.

    Notes
    -----
    Section 2, "actual or potential"; the bound is `actual_min_share`. A wrong number counts as an unknown one.

    Examples
    --------
    >>> rate_status(10, 1000).argument
    Text('Current account: 1% of all revenue (10 of 1,000) is at least 1%.')
    >>> rate_status(10, 1000, sales_plan=4, total_plan=1000).value
    <Status.POTENTIAL: 'potential'>
    """
    by_plan, by_revenue = known(plan_share, sales_plan, total_plan), known(revenue_share, revenue, total_revenue)
    earned, planned = (revenue, total_revenue), (sales_plan, total_plan)
    return status_by(by_plan, by_revenue, earned, planned, settings, plan_year=plan_year)


def status_by(
    by_plan: float | None,
    by_revenue: float | None,
    earned: tuple[float | None, float | None],
    planned: tuple[float | None, float | None],
    settings: Settings = DEFAULTS,
    *,
    plan_year: int | None = None,
) -> Rating[Status] | None:
    """The status by shares that have been measured already, of amounts and totals that the argument quotes.

    >>> status_by(None, 0.01, (10, 1000), (None, None)).value
    <Status.ACTUAL: 'actual'>
    """
    share = by_revenue if by_plan is None else by_plan
    if share is None:
        return None
    bound = settings.actual_min_share
    value = Status.ACTUAL if at_least(share, bound) else Status.POTENTIAL
    if by_plan is None:
        return Rating(value, _argue_by_revenue, value, share, bound, *earned)
    return Rating(value, _argue_by_plan, value, share, bound, *planned, plan_year)


def _argue_by_revenue(value: Status, share: float, bound: float, revenue: float, total: float) -> Text:
    shown = beside(share, "share", bound)
    if shown is share:
        return _status_form(value, bound, total).filled(share=share, part=revenue)
    limit = share_text(bound, share)
    return graded(value, revenue_share_text(shown, revenue, total), limit, limit)


def _argue_by_plan(value: Status, share: float, bound: float, planned: float, total: float, year: int | None) -> Text:
    shown = beside(share, "share", bound)
    if shown is share:
        return _planned_form(value, bound, total, year).filled(share=share, part=planned)
    limit = share_text(bound, share)
    return graded(value, plan_share_text(shown, planned, total, year), limit, limit)


@lru_cache
def _status_form(value: Status, bound: float, total: float) -> Form:
    return Form(graded(value, revenue_share_text(OPEN, OPEN, total), share_text(bound), share_text(bound)))


@lru_cache
def _planned_form(value: Status, bound: float, total: float, year: int | None) -> Form:
    return Form(graded(value, plan_share_text(OPEN, OPEN, total, year), share_text(bound), share_text(bound)))


def _by_hand(rating: R, reason: str) -> Rating[R]:
    return Rating(rating, _argue_by_hand, rating, reason, manual=True)


def _argue_by_hand(rating: Labelled, reason: str) -> Text:
    return Text("{rating}, rated by hand: {reason}", rating=named(rating), reason=reason_text(reason))
