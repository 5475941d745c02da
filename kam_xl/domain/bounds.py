"""Comparing a number with a bound the way a user reads it.

A share of exactly 10 % may come out of floating-point arithmetic as 0.1 or as 0.10000000000000002. Both are the
bound, so all rules compare through these functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, isclose

_REL_TOL = 1e-9
# Amounts differ by a cent, also where they are billions; the noise of their sums is far smaller.
_AMOUNT_TOL = 1e-12
# Counts come from a share of a number of clients; this is far below one client in a million.
_COUNT_TOL = 1e-9


def at_least(value: float, bound: float) -> bool:
    """Whether a value has reached a bound.

    >>> at_least(0.5, 0.5), at_least(1 - 0.9, 0.1), at_least(0.499999, 0.5)
    (True, True, False)
    """
    return value >= bound or isclose(value, bound, rel_tol=_REL_TOL)


def more_than(value: float, bound: float) -> bool:
    """Whether a value is strictly above a bound.

    >>> more_than(0.1 + 0.2, 0.3), more_than(0.300001, 0.3)
    (False, True)
    """
    return value > bound and not isclose(value, bound, rel_tol=_REL_TOL)


def less(amount: float, other: float) -> float:
    """The difference of two amounts, 0 where they are the same but for the noise of their sums, as programs have it.

    >>> less(0.3, 0.1 + 0.2), less(10_000_000, 9_999_999.99) > 0
    (0.0, True)
    """
    return 0.0 if isclose(amount, other, rel_tol=_AMOUNT_TOL) else amount - other


def whole_up(number: float) -> int:
    """The least whole number at or above, blind to floating-point noise.

    >>> whole_up(0.07 * 100), whole_up(7.2)
    (7, 8)
    """
    return ceil(number - _COUNT_TOL)


def whole_down(number: float) -> int:
    """The greatest whole number at or below, blind to floating-point noise.

    >>> whole_down(0.29 * 100), whole_down(7.9)
    (29, 7)
    """
    return floor(number + _COUNT_TOL)


def levels(values: Sequence[float]) -> list[int]:
    """The place of each amount from the largest, 0, down; amounts that read as equal share a place.

    >>> levels([14, 10.4 + 3.6, 20, 0]), levels([9_999_999.99, 10_000_000])
    ([1, 1, 0, 2], [1, 0])
    """
    places, level, first = [0] * len(values), -1, 0.0
    for place in sorted(range(len(values)), key=lambda at: -values[at]):
        if level < 0 or not isclose(first, values[place], rel_tol=_AMOUNT_TOL):
            level, first = level + 1, values[place]
        places[place] = level
    return places
