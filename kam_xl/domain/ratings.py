"""Position, potential and status of a client, each with the argument that it rests on (sections 2 and 3).

A rating is missing, not weak or low, where its input is missing. A person's own rating overrides the computed one and
is argued by the person's reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kam_xl.domain.arguments import (
    amount_text,
    graded,
    named,
    penetration_text,
    plan_share_text,
    revenue_share_text,
    share_text,
)
from kam_xl.domain.bounds import at_least, whole_up
from kam_xl.domain.errors import NegativeBudgetError
from kam_xl.domain.measures import check_amount, check_penetration, known, plan_share, revenue_share
from kam_xl.domain.model import Labelled, Position, Potential, Status
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.locale import Text

R = TypeVar("R", bound=Labelled)


@dataclass(frozen=True, slots=True)
class Rating(Generic[R]):
    """A value on a scale, why it is so, and whether a person set it."""

    value: R
    argument: Text
    manual: bool = False


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
        The person's own rating and its reason, which override the computed one.
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
    Text("Position strong by the person's own rating: sole supplier")
    """
    if manual is not None:
        return _by_hand(manual, reason)
    value = position_of(penetration, settings)
    if value is None or penetration is None:
        return None
    strong, medium = share_text(settings.position_strong_from), share_text(settings.position_medium_from)
    return Rating(value, graded(value, penetration_text(penetration, revenue, budget), strong, medium))


def position_of(penetration: float | None, settings: Settings = DEFAULTS) -> Position | None:
    """The computed position alone, without its argument; the same error as `rate_position`.

    >>> position_of(0.5).value, position_of(0.2).value, position_of(0.19).value
    ('strong', 'medium', 'weak')
    """
    if penetration is None:
        return None
    check_penetration(penetration)
    if at_least(penetration, settings.position_strong_from):
        return Position.STRONG
    return Position.MEDIUM if at_least(penetration, settings.position_medium_from) else Position.WEAK


@dataclass(frozen=True, slots=True)
class PotentialBounds:
    """From which procurement budget the potential is high or medium; None where the table gives no bound.

    A percentile is given where the bound was taken from the table's known budgets, None where a person set it.
    """

    high: float | None
    medium: float | None
    high_percentile: float | None = None
    medium_percentile: float | None = None

    @classmethod
    def of(cls, budgets: Iterable[float], settings: Settings = DEFAULTS) -> PotentialBounds:
        """The bounds set in the settings or, failing these, taken from the known budgets of the whole table.

        Where only one is set and the table would put the medium bound above the high one, nothing is medium.

        Examples
        --------
        >>> PotentialBounds.of([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
        PotentialBounds(high=80, medium=50, high_percentile=0.8, medium_percentile=0.5)
        """
        ordered = sorted(budgets)
        high, high_percentile = _bound(ordered, settings.potential_high_from, settings.potential_high_percentile)
        medium, percentile = _bound(ordered, settings.potential_medium_from, settings.potential_medium_percentile)
        if high is not None and medium is not None and medium > high:  # one set, the other from the table
            return cls(high, high, high_percentile, high_percentile)
        return cls(high, medium, high_percentile, percentile)


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
        Amounts set by a person, or percentiles of the table.
    manual, reason
        The person's own rating and its reason, which override the computed one.

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
    value = potential_of(budget, bounds)
    if value is None or bounds.high is None or bounds.medium is None:
        return None
    if budget == 0:
        return Rating(value, Text("{rating}: procurement budget is 0, no demand.", rating=named(value)))
    amount = Text("procurement budget {budget:money}", budget=budget)
    high = amount_text(bounds.high, bounds.high_percentile)
    medium = amount_text(bounds.medium, bounds.medium_percentile)
    return Rating(value, graded(value, amount, high, medium))


def potential_of(budget: float | None, bounds: PotentialBounds) -> Potential | None:
    """The computed potential alone, without its argument; the same errors as `rate_potential`.

    >>> bounds = PotentialBounds(high=100, medium=50)
    >>> potential_of(100, bounds).value, potential_of(50, bounds).value, potential_of(49, bounds).value
    ('high', 'medium', 'low')
    """
    if budget is None or bounds.high is None or bounds.medium is None:
        return None
    check_amount(budget, NegativeBudgetError)
    if budget == 0:
        return Potential.LOW
    if at_least(budget, bounds.high):
        return Potential.HIGH
    return Potential.MEDIUM if at_least(budget, bounds.medium) else Potential.LOW


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
    Text('Actual account: 1% of all revenue (10 of 1,000) is at least 1%.')
    >>> rate_status(10, 1000, sales_plan=4, total_plan=1000).value
    <Status.POTENTIAL: 'potential'>
    """
    by_plan, by_revenue = known(plan_share, sales_plan, total_plan), known(revenue_share, revenue, total_revenue)
    if by_plan is not None:
        share, measure = by_plan, plan_share_text(by_plan, sales_plan, total_plan, plan_year)
    elif by_revenue is not None:
        share, measure = by_revenue, revenue_share_text(by_revenue, revenue, total_revenue)
    else:
        return None
    bound = settings.actual_min_share
    value = _status(share, settings)
    return Rating(value, graded(value, measure, share_text(bound), share_text(bound)))


def status_of(
    revenue: float | None,
    total_revenue: float | None,
    sales_plan: float | None = None,
    total_plan: float | None = None,
    settings: Settings = DEFAULTS,
) -> Status | None:
    """The status alone, without its argument.

    >>> status_of(10, 1000), status_of(None, 1000)
    (<Status.ACTUAL: 'actual'>, None)
    """
    share = known(plan_share, sales_plan, total_plan)
    if share is None:
        share = known(revenue_share, revenue, total_revenue)
    return None if share is None else _status(share, settings)


def _status(share: float, settings: Settings) -> Status:
    return Status.ACTUAL if at_least(share, settings.actual_min_share) else Status.POTENTIAL


def _by_hand(rating: R, reason: str) -> Rating[R]:
    why = reason.strip() or Text("no reason given")
    return Rating(rating, Text("{rating} by the person's own rating: {reason}", rating=named(rating), reason=why), True)
