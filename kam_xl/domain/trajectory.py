"""The numbers of a perspective plan, year by year (section 5).

Everything here is a proposal that a user edits, never a derived truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kam_xl.domain.errors import NegativeBudgetError, TargetError
from kam_xl.domain.measures import check_amount, check_penetration
from kam_xl.domain.model import PathShape
from kam_xl.domain.operational import gap_to_goal
from kam_xl.domain.settings import DEFAULTS


class Year(NamedTuple):
    """One year of a plan, 0 being the present one; money, and penetration as a fraction; None where unknown.

    `gap` is by how much the operational plan falls short of the year's revenue; negative where it exceeds it.
    """

    year: int
    budget: float
    penetration: float
    revenue: float
    margin: float | None
    operational_plan: float | None
    gap: float | None


def path(share_of_time: float, shape: PathShape) -> float:
    """How much of the way to the target is done after a share of the time.

    Linear is steady; S-shaped (3t² - 2t³) starts and ends slowly, as work with a key account does.

    >>> path(0.25, PathShape.LINEAR), path(0.25, PathShape.S_SHAPED), path(0.5, PathShape.S_SHAPED)
    (0.25, 0.15625, 0.5)
    """
    t = share_of_time
    return t if shape is PathShape.LINEAR else t * t * (3 - 2 * t)


def trajectory(
    budget: float | None,
    penetration: float | None,
    target: float | None,
    *,
    years: int = DEFAULTS.horizon_years,
    growth: float = DEFAULTS.budget_growth,
    shape: PathShape = DEFAULTS.target_path,
    margin_rate: float | None = None,
    operational_plan: Sequence[float | None] = (),
) -> list[Year]:
    """Budget, penetration, revenue and margin by year from the present to the target.

    Parameters
    ----------
    budget : float or None
        This year's procurement budget.
    penetration, target : float or None
        The penetration index now and at the horizon, fractions; the present one is above 1 where the budget is
        understated.
    years : int
        The horizon; the rows go from year 0 to this year.
    growth : float
        Yearly growth of the budget, a fraction.
    shape : PathShape
        How penetration goes to the target.
    margin_rate : float, optional
        Margin as a fraction of revenue, the same in all years.
    operational_plan : sequence of float or None
        Revenue by year from the operational plan, from year 0 on; missing years are unknown.

    Returns
    -------
    list of Year
        Empty where budget, penetration or target is unknown.

    Raises
    ------
    NegativeBudgetError, NotANumberError, PenetrationError
    TargetError
        For a target below 0 or above 1.

    Notes
    -----
    Section 5. Budget: budget · (1 + growth)^year; penetration: now + (target - now) · path(year / years);
    revenue: budget · penetration; margin: revenue · margin rate; gap: revenue - operational plan.

    Examples
    --------
    >>> for year in trajectory(1000, 0.1, 0.3, years=2, growth=0.5, margin_rate=0.5, operational_plan=[100, 250]):
    ...     print(*year)
    0 1000.0 0.1 100.0 50.0 100 0.0
    1 1500.0 0.2 300.0 150.0 250 50.0
    2 2250.0 0.3 675.0 337.5 None None
    """
    if budget is None or penetration is None or target is None:
        return []
    _check(budget, penetration, target)
    rows = []
    for year in range(years + 1):
        demand = budget * (1 + growth) ** year
        share = _between(penetration, target, path(year / years, shape))
        revenue = demand * share
        plan = operational_plan[year] if year < len(operational_plan) else None
        rows.append(
            Year(
                year,
                demand,
                share,
                revenue,
                None if margin_rate is None else revenue * margin_rate,
                plan,
                gap_to_goal(revenue, plan),
            )
        )
    return rows


def _check(budget: float, penetration: float, target: float) -> None:
    check_amount(budget, NegativeBudgetError)
    check_penetration(penetration)
    if not 0 <= target <= 1:
        raise TargetError(target)


def _between(start: float, end: float, done: float) -> float:
    return start * (1 - done) + end * done  # exactly the start and the end at 0 and 1
