"""The measures of section 3: shares of money, with what is unknown kept unknown.

Money is in one currency and one period; shares are fractions. None goes in and comes out as "unknown"; a number that
cannot be right raises an error named for the fact. Nothing is clipped and nothing is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import fsum, inf
from typing import NamedTuple, TypeVar

from kam_xl.domain.errors import (
    BudgetRangeError,
    CompetitorsWithoutBudgetError,
    GrowthError,
    MeasureError,
    NegativeBudgetError,
    NegativeCompetitorRevenueError,
    NegativePlanError,
    NegativeRevenueError,
    NotANumberError,
    PenetrationError,
    RevenueWithoutBudgetError,
    ShareOfNothingError,
)
from kam_xl.locale import Text

T = TypeVar("T")

# No money comes near it, and sums of such amounts are still finite.
LARGEST = 1e100


def penetration(revenue: float | None, budget: float | None) -> float | None:
    """Penetration index (share of wallet): our share of what the client spends on our kind of products.

    Parameters
    ----------
    revenue, budget : float or None
        Revenue and procurement budget of the same scope and period.

    Returns
    -------
    float or None
        Revenue / budget; None where either is unknown, or both are 0 (no demand). A value above 1 means that the
        budget is understated; it is returned as it is.

    Raises
    ------
    NegativeRevenueError, NegativeBudgetError, RevenueWithoutBudgetError, NotANumberError

    Notes
    -----
    Section 3, "penetration index".

    Examples
    --------
    >>> penetration(46_350, 2_000_000)
    0.023175
    >>> penetration(0, None), penetration(0, 0), penetration(120, 100)
    (None, None, 1.2)
    """
    return _share(revenue, budget, NegativeRevenueError, NegativeBudgetError, RevenueWithoutBudgetError)


def penetration_range(revenue: float | None, low: float | None, high: float | None) -> tuple[float, float] | None:
    """Penetration index for a budget known only as a range, lowest value first.

    None where revenue or a bound is unknown, or where revenue and the low bound are 0.

    Raises
    ------
    BudgetRangeError
        Where the low bound is above the high one.
    NegativeRevenueError, NegativeBudgetError, RevenueWithoutBudgetError, NotANumberError
        As `penetration` does: a low bound of 0 contradicts revenue.

    Examples
    --------
    >>> penetration_range(100, 400, 1000)
    (0.1, 0.25)
    """
    if low is not None and high is not None and low > high:
        raise BudgetRangeError(Text("{low:money} > {high:money}", low=low, high=high))
    least, most = penetration(revenue, high), penetration(revenue, low)
    return None if least is None or most is None else (least, most)


class Coverage(NamedTuple):
    """Penetration of a group and what it rests on: `known` of its `clients` have both numbers, `revenue_share` of its
    revenue is theirs."""

    penetration: float | None
    known: int
    clients: int
    revenue_share: float | None


def group_penetration(pairs: Iterable[tuple[float | None, float | None]]) -> Coverage:
    """Penetration index of a group: sum of revenues over sum of budgets, never an average of ratios.

    Parameters
    ----------
    pairs : iterable of (revenue, budget)
        One pair per client. Pairs with an unknown or wrong number are left out; the coverage tells how many.

    Notes
    -----
    Section 3, "penetration of a group". The coverage by revenue is the counted clients' share of the group's revenue,
    negative and unknown revenues left out.

    Examples
    --------
    >>> group_penetration([(10, 100), (30, 50), (60, None)])
    Coverage(penetration=0.26666666666666666, known=2, clients=3, revenue_share=0.4)
    """
    pairs = list(pairs)
    total = total_of(revenue for revenue, _ in pairs)
    counted = [
        (revenue, budget)
        for revenue, budget in pairs
        if revenue is not None and budget is not None and not is_faulty(penetration, revenue, budget)
    ]
    covered, budgets = fsum(revenue for revenue, _ in counted), fsum(budget for _, budget in counted)
    value = _ratio(covered, budgets, RevenueWithoutBudgetError)
    return Coverage(value, len(counted), len(pairs), _ratio(covered, total, ShareOfNothingError))


def revenue_share(revenue: float | None, total: float | None) -> float | None:
    """A client's share of the revenue of the whole table, whatever filter is on.

    None where either is unknown or both are 0.

    Raises
    ------
    NegativeRevenueError, ShareOfNothingError, NotANumberError

    Examples
    --------
    >>> revenue_share(10, 100)
    0.1
    """
    return _share(revenue, total, NegativeRevenueError, NegativeRevenueError, ShareOfNothingError)


def plan_share(sales_plan: float | None, total: float | None) -> float | None:
    """A client's share of the sales plan of the whole table; None where either is unknown or both are 0.

    Raises
    ------
    NegativePlanError, ShareOfNothingError, NotANumberError

    Examples
    --------
    >>> plan_share(5, 200)
    0.025
    """
    return _share(sales_plan, total, NegativePlanError, NegativePlanError, ShareOfNothingError)


def competitor_share(competitor_revenue: float | None, budget: float | None) -> float | None:
    """Competitors' share of the client's procurement budget; None where either is unknown or both are 0.

    Raises
    ------
    NegativeCompetitorRevenueError, NegativeBudgetError, CompetitorsWithoutBudgetError, NotANumberError

    Examples
    --------
    >>> competitor_share(30, 120)
    0.25
    """
    return _share(
        competitor_revenue,
        budget,
        NegativeCompetitorRevenueError,
        NegativeBudgetError,
        CompetitorsWithoutBudgetError,
    )


def headroom(revenue: float | None, budget: float | None) -> float | None:
    """What the client still buys elsewhere: budget less revenue, never below zero; None where either is unknown.

    Raises
    ------
    NegativeRevenueError, NegativeBudgetError, RevenueWithoutBudgetError, NotANumberError

    Examples
    --------
    >>> headroom(30, 100), headroom(120, 100)
    (70, 0)
    """
    if revenue is None or budget is None:
        return None
    penetration(revenue, budget)  # the same numbers are wrong here
    return room(revenue, budget)


def room(revenue: float, budget: float) -> float:
    """The headroom between two amounts that are known to be right.

    >>> room(30, 100)
    70
    """
    return max(budget - revenue, 0)


def growth_rate(first: float | None, last: float | None, years: float | None) -> float | None:
    """Compound annual growth rate (CAGR) from a first amount to a last one; None where anything is unknown.

    Raises
    ------
    GrowthError
        For a first amount that is not above 0, a last one below 0, or no time between them.

    Notes
    -----
    (last / first) ^ (1 / years) - 1.

    Examples
    --------
    >>> growth_rate(100, 121, 2)
    0.10000000000000009
    >>> growth_rate(100, None, 2)
    """
    if first is None or last is None or years is None:
        return None
    if not (0 < first < LARGEST and 0 <= last < LARGEST and 0 < years < LARGEST):
        raise GrowthError(Text("{first:money}, {last:money}, {years:number}", first=first, last=last, years=years))
    return float((last / first) ** (1 / years)) - 1


def total_of(amounts: Iterable[float | None]) -> float:
    """The sum of a column: unknown, negative and endless amounts left out, the same in any order of rows.

    >>> total_of([10, None, -5, 0.5])
    10.5
    """
    return fsum(amount for amount in amounts if amount is not None and 0 <= amount < LARGEST)


def is_valid_amount(amount: float | None) -> bool:
    """Whether an amount is known, not negative and of a sensible size.

    >>> is_valid_amount(5), is_valid_amount(-5), is_valid_amount(1e300)
    (True, False, False)
    """
    return amount is not None and 0 <= amount < LARGEST


def known(rule: Callable[..., T | None], *values: object) -> T | None:
    """A measure or rule inside a table, where a wrong value makes it unknown instead of stopping the rest.

    >>> known(penetration, -5, 100)
    """
    try:
        return rule(*values)
    except MeasureError:
        return None


def is_faulty(measure: Callable[..., object], *amounts: float | None) -> bool:
    """Whether a measure finds its numbers wrong.

    >>> is_faulty(penetration, 5, 0), is_faulty(penetration, 0, 0)
    (True, False)
    """
    try:
        measure(*amounts)
    except MeasureError:
        return True
    return False


def check_amount(amount: float, negative: type[MeasureError]) -> None:
    """Raise `negative` for an amount below zero, `NotANumberError` for one without end."""
    if not 0 <= amount < LARGEST:
        raise negative(amount) if -LARGEST < amount < 0 else NotANumberError(amount)


def check_penetration(index: float) -> None:
    """Raise `PenetrationError` for an index that cannot be.

    >>> check_penetration(1.2)
    """
    if not 0 <= index < inf:
        raise PenetrationError(index)


def _share(
    part: float | None,
    whole: float | None,
    negative_part: type[MeasureError],
    negative_whole: type[MeasureError],
    part_of_nothing: type[MeasureError],
) -> float | None:
    if part is None or whole is None:
        return None
    if not (0 <= part < LARGEST and 0 <= whole < LARGEST):
        check_amount(part, negative_part)
        check_amount(whole, negative_whole)
    return _ratio(part, whole, part_of_nothing)


def _ratio(part: float, whole: float, part_of_nothing: type[MeasureError]) -> float | None:
    if not whole and not part:
        return None
    if not whole or (ratio := part / whole) == inf:  # 1e-320 of anything is nothing, too
        raise part_of_nothing(part)
    return ratio
