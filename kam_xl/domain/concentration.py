"""How much of the revenue hangs on few clients (section 3: concentration risk and ABC classes).

Only clients with known, positive revenue count here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nlargest
from itertools import accumulate
from math import fsum
from typing import NamedTuple

from kam_xl.domain.bounds import at_least
from kam_xl.domain.measures import LARGEST
from kam_xl.domain.model import AbcClass
from kam_xl.domain.settings import DEFAULTS, Settings


class Concentration(NamedTuple):
    """The concentration measures of a table; None where nobody has revenue."""

    top_1: float | None
    top_5: float | None
    top_10: float | None
    hhi: float | None
    normalised_hhi: float | None


def concentration(revenues: Iterable[float | None]) -> Concentration:
    """All concentration measures at once.

    >>> concentration([50, 30, 20]).top_1
    0.5
    """
    earned = _earned(revenues)
    return Concentration(
        top_share(earned, 1), top_share(earned, 5), top_share(earned, 10), hhi(earned), normalised_hhi(earned)
    )


def top_share(revenues: Iterable[float | None], n: int) -> float | None:
    """The share of the `n` largest clients in revenue.

    >>> top_share([50, 30, 20, None], 2)
    0.8
    """
    earned = _earned(revenues)
    return fsum(nlargest(n, earned)) / fsum(earned) if earned else None


def hhi(revenues: Iterable[float | None]) -> float | None:
    """Herfindahl-Hirschman index: the sum of squared revenue shares, from 1/N (all equal) to 1 (one client).

    >>> hhi([50, 50])
    0.5
    """
    earned = _earned(revenues)
    total = fsum(earned)
    return fsum((revenue / total) ** 2 for revenue in earned) if earned else None


def normalised_hhi(revenues: Iterable[float | None]) -> float | None:
    """The index freed of the number of clients, from 0 (all equal) to 1; None for fewer than two clients.

    >>> normalised_hhi([50, 50]), normalised_hhi([100])
    (0.0, None)
    """
    earned = _earned(revenues)
    index, n = hhi(earned), len(earned)
    return None if index is None or n < 2 else max((index - 1 / n) / (1 - 1 / n), 0.0)


def alike_others(concentration: Concentration) -> float | None:
    """How many clients of equal size the revenue of all but the largest client would be spread over as it is.

    >>> round(alike_others(concentration([60, 10, 10, 10, 10])), 6)
    4.0
    """
    if concentration.hhi is None or concentration.top_1 is None:
        return None
    others = concentration.hhi - concentration.top_1**2
    return (1 - concentration.top_1) ** 2 / others if others > 0 else None


def abc_classes(revenues: Iterable[float | None], settings: Settings = DEFAULTS) -> dict[float, AbcClass]:
    """The ABC class of each revenue above 0.

    A client's class follows from the share of the revenue of all clients larger than it: below `abc_a` it is A, below
    `abc_b` B, else C. So the client that crosses 80 % is A, and equal revenues share a class.

    Examples
    --------
    >>> {revenue: str(each) for revenue, each in abc_classes([80, 15, 5, None, 0]).items()}
    {80: 'A', 15: 'B', 5: 'C'}
    """
    ordered = sorted(_earned(revenues), reverse=True)
    total = fsum(ordered)
    classes: dict[float, AbcClass] = {}
    for revenue, larger in zip(ordered, accumulate(ordered, initial=0.0), strict=False):
        classes.setdefault(revenue, _abc_class(larger / total, settings))
    return classes


def abc_class(revenue: float | None, classes: Mapping[float, AbcClass]) -> AbcClass | None:
    """The ABC class of one of the clients; no revenue (0 or below) is C, unknown revenue has no class.

    >>> [str(abc_class(revenue, abc_classes([80, 15, 5, None, 0]))) for revenue in (15, None, 0)]
    ['B', 'None', 'C']
    """
    return None if revenue is None else classes.get(revenue, AbcClass.C)


def _abc_class(larger: float, settings: Settings) -> AbcClass:
    if not at_least(larger, settings.abc_a):
        return AbcClass.A
    return AbcClass.C if at_least(larger, settings.abc_b) else AbcClass.B


def _earned(revenues: Iterable[float | None]) -> list[float]:
    return [revenue for revenue in revenues if revenue is not None and 0 < revenue < LARGEST]
