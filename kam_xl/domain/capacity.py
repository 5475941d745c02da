"""How much we can grow, and the one ceiling that keeps the goals of all key accounts within it (section 5)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

from kam_xl.domain.bounds import at_least
from kam_xl.domain.settings import DEFAULTS, Settings


class Capacity(NamedTuple):
    """What all key accounts together may add to our revenue by the horizon, in money a year.

    Attributes
    ----------
    amount : float or None
        By how much our revenue can grow; None without revenue, there is no ceiling then.
    wanted : float
        What the attainable gains, or the operational plans where these are higher, add up to.
    ceiling : float or None
        The most that a single proposal adds; None where all fit.
    proposed : float
        What the proposals add up to; above `amount` only where the operational plans alone exceed it.
    accounts : int
        How many key accounts there are.
    """

    amount: float | None
    wanted: float
    ceiling: float | None
    proposed: float
    accounts: int

    @property
    def exceeded(self) -> bool:
        """Whether the operational plans alone lead beyond the capacity."""
        return self.amount is not None and not at_least(self.amount, self.proposed)


def growth_capacity(total_revenue: float, settings: Settings = DEFAULTS) -> float | None:
    """By how much our revenue can grow within the horizon; None without revenue.

    Notes
    -----
    Section 5, "capacity": `capacity_growth` a year, compounded.

    Examples
    --------
    >>> round(growth_capacity(1000), 6), growth_capacity(0)
    (728.0, None)
    """
    if total_revenue <= 0:
        return None
    return total_revenue * ((1 + settings.capacity_growth) ** settings.horizon_years - 1)


def capacity_of(
    total_revenue: float, gains: Sequence[float], floors: Sequence[float], settings: Settings = DEFAULTS
) -> Capacity:
    """The ceiling for the gains of all key accounts.

    Parameters
    ----------
    total_revenue : float
        Of all clients, key or not.
    gains : sequence of float
        What can be won from each key account, 0 where that is unknown.
    floors : sequence of float
        What the operational plan of the horizon's year already adds to each; a proposal never lies below it.

    Notes
    -----
    Section 5. With a ceiling c a proposal adds max(floor, min(gain, c)); c is such that the sum is the capacity. So
    small accounts keep their whole gain.

    Examples
    --------
    >>> doubling = Settings(capacity_growth=1, horizon_years=2)
    >>> capacity_of(1000, [100, 5000], [0, 0], doubling)
    Capacity(amount=3000, wanted=5100.0, ceiling=2900.0, proposed=3000.0, accounts=2)
    >>> capacity_of(1000, [100, 200], [0, 0]).ceiling
    """
    amount = growth_capacity(total_revenue, settings)
    wanted = fsum(map(max, gains, floors))
    if amount is None or at_least(amount, wanted):
        return Capacity(amount, wanted, None, wanted, len(gains))
    ceiling = _ceiling(gains, floors, amount)
    proposed = fsum(limited(gain, floor, ceiling) for gain, floor in zip(gains, floors, strict=True))
    return Capacity(amount, wanted, ceiling, proposed, len(gains))


def limited(gain: float, floor: float, ceiling: float | None) -> float:
    """What a proposal adds: the gain up to the ceiling, but at least what the operational plan already adds.

    >>> limited(500, 0, 300), limited(500, 400, 300), limited(100, 0, 300), limited(500, 0, None)
    (300, 400, 100, 500)
    """
    return max(floor, gain if ceiling is None else min(gain, ceiling))


def _ceiling(gains: Sequence[float], floors: Sequence[float], amount: float) -> float:
    """The level up to which the gains are filled; all of them would be more than the amount."""
    pairs = list(zip(gains, floors, strict=True))
    levels = sorted({0.0, *gains, *floors})
    # The last level at which the amount is not exceeded; between two levels the sum grows evenly.
    at = bisect_right(levels, amount, key=lambda level: fsum(limited(*pair, level) for pair in pairs)) - 1
    if at < 0:
        return 0.0  # the operational plans alone exceed it
    low = levels[at]
    growing = sum(floor <= low < gain for gain, floor in pairs)
    settled = fsum(limited(*pair, low) for pair in pairs if not pair[1] <= low < pair[0])
    return (amount - settled) / growing if growing else low
