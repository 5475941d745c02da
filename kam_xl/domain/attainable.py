"""What can be won from one client within the horizon, and what a year with it is worth then (sections 1 and 5)."""

from __future__ import annotations

from kam_xl.domain.bounds import more_than
from kam_xl.domain.errors import NegativeBudgetError, NegativeRevenueError
from kam_xl.domain.measures import check_amount, penetration
from kam_xl.domain.model import Position
from kam_xl.domain.settings import DEFAULTS, Settings


def attainable_penetration(index: float | None, position: Position | None, settings: Settings = DEFAULTS) -> float:
    """The penetration index that can be reached at the end of the horizon.

    Weak or unknown: the bound of medium; medium: the bound of strong; strong: today's and `strong_step`, at most
    `attainable_max`. In no case more than `max_step` a year, and never below today's.

    Parameters
    ----------
    index : float or None
        Today's penetration index, a fraction; an unknown one counts as 0.
    position : Position or None

    Notes
    -----
    Section 5, "attainable penetration".

    Examples
    --------
    >>> attainable_penetration(0.05, Position.WEAK), attainable_penetration(0.3, Position.MEDIUM)
    (0.2, 0.5)
    >>> attainable_penetration(0.85, Position.STRONG), attainable_penetration(0.1, Position.MEDIUM)
    (0.9, 0.4)
    """
    now = index or 0.0
    if position is Position.STRONG:
        bound = min(now + settings.strong_step, settings.attainable_max)
    else:
        bound = settings.position_strong_from if position is Position.MEDIUM else settings.position_medium_from
    return max(min(bound, now + settings.max_step * settings.horizon_years), now)


def attainable_gain(
    revenue: float | None, budget: float | None, position: Position | None, settings: Settings = DEFAULTS
) -> float | None:
    """What can be won within the horizon, in money a year.

    Attainable penetration of the budget at the horizon, less today's revenue, never negative. An unknown revenue counts
    as none, None where the budget is unknown.

    Raises
    ------
    NegativeRevenueError, NegativeBudgetError, RevenueWithoutBudgetError, NotANumberError

    Notes
    -----
    Section 5, "attainable gain"; the budget grows by `budget_growth` a year.

    Examples
    --------
    >>> attainable_gain(10, 100, Position.WEAK), attainable_gain(10, None, None)
    (10.0, None)
    """
    if budget is None:
        return None
    earned = 0.0 if revenue is None else revenue
    index = penetration(earned, budget)
    return 0.0 if index is None else gain_from(index, earned, budget, position, settings)


def gain_from(
    index: float, earned: float, budget: float, position: Position | None, settings: Settings = DEFAULTS
) -> float:
    """The attainable gain where the penetration index has been measured already.

    An understated budget, one below revenue, says nothing of a gain, however it grows.

    >>> gain_from(0.1, 10, 100, Position.WEAK), gain_from(1.2, 120, 100, Position.STRONG, Settings(budget_growth=0.5))
    (10.0, 0.0)
    """
    if more_than(index, 1.0):
        return 0.0
    reached = attainable_penetration(index, position, settings) * budget_at_horizon(budget, settings)
    return reached - earned if more_than(reached, earned) else 0.0


def budget_at_horizon(budget: float, settings: Settings = DEFAULTS) -> float:
    """The procurement budget that is expected at the horizon.

    >>> budget_at_horizon(100, Settings(budget_growth=0.5, horizon_years=2))
    225.0
    """
    check_amount(budget, NegativeBudgetError)
    return float(budget * (1 + settings.budget_growth) ** settings.horizon_years)


def value_at_stake(
    revenue: float | None, budget: float | None, position: Position | None, settings: Settings = DEFAULTS
) -> float | None:
    """What a year with the client is worth once the plan has worked: revenue today and the attainable gain.

    Counted before the ceiling of capacity. Where the budget is unknown it is the revenue alone, where the revenue is
    unknown the gain alone; None where both are.

    Raises
    ------
    NegativeRevenueError, NegativeBudgetError, RevenueWithoutBudgetError, NotANumberError

    Notes
    -----
    Section 1, "value at stake".

    Examples
    --------
    >>> value_at_stake(10, 100, Position.WEAK), value_at_stake(10, None, None), value_at_stake(None, 100, None)
    (20.0, 10, 20.0)
    """
    if revenue is not None:
        check_amount(revenue, NegativeRevenueError)
    gain = attainable_gain(revenue, budget, position, settings)
    return revenue if gain is None else (revenue or 0.0) + gain
