"""Comparing a number with a bound the way a person reads it.

A share of exactly 10 % may come out of floating-point arithmetic as 0.1 or as 0.10000000000000002. Both are the
bound, so all rules compare through these functions.
"""

from __future__ import annotations

from math import ceil, floor, isclose

_REL_TOL = 1e-9
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
