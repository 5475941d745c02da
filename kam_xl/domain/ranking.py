"""In what order key accounts rank, and how many the limit allows (section 2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kam_xl.domain.bounds import levels, whole_down
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.locale import Text

RANKING_RULE = Text(
    "Key accounts by revenue come first, ranked by revenue; then the others, by the number of criteria met, then by "
    "the value at stake."
)
"""The rule in one sentence, for every list that shows ranks."""

_DIGITS = re.compile(r"([0-9]+)")


class Contender(NamedTuple):
    """What ranks a key account; `revenue` counts where it is key by revenue, else it is None."""

    revenue: float | None
    criteria: int
    value_at_stake: float
    client_id: str
    client: str


def rank_order(contenders: Sequence[Contender]) -> list[int]:
    """The positions of the contenders from the first rank down.

    Notes
    -----
    Section 2, "limit". Clients that are key by revenue stand first, by revenue: they affect the result directly. The
    others follow by the number of criteria, then by the value at stake. Amounts that read as equal are equal; then the
    client id decides in natural order, 2 before 10.

    Examples
    --------
    >>> rank_order([
    ...     Contender(None, 2, 900, "1", "Prospect and reference"), Contender(60, 1, 60, "2", "By revenue"),
    ...     Contender(None, 1, 14, "10", "B"), Contender(None, 1, 10.4 + 3.6, "9", "A"),
    ... ])
    [1, 0, 3, 2]
    """
    revenues = levels([-1.0 if each.revenue is None else each.revenue for each in contenders])
    values = levels([each.value_at_stake for each in contenders])

    def order(place: int) -> tuple[object, ...]:
        each = contenders[place]
        others = (0, 0) if each.revenue is not None else (-each.criteria, values[place])
        return revenues[place], *others, natural_key(each.client_id), each.client, each.client_id

    return sorted(range(len(contenders)), key=order)


def natural_key(text: str) -> list[tuple[int, str]]:
    """A sort key by which numbers within a text count as numbers.

    >>> sorted(["C10", "C2", "c1", "B"], key=natural_key)
    ['B', 'c1', 'C2', 'C10']
    """
    parts = _DIGITS.split(text.casefold())
    return [(len(part.lstrip("0")), part.lstrip("0")) if at % 2 else (0, part) for at, part in enumerate(parts)]


class Limit(NamedTuple):
    """How many clients there are, may be key accounts, are, and are beyond the limit."""

    clients: int
    allowed: int
    qualified: int
    above: int


def limit_of(clients: int, qualified: int, settings: Settings = DEFAULTS) -> Limit:
    """How many key accounts the limit allows: a share of all clients.

    At least one is allowed where any client qualifies; a limit set to 0 allows none.

    Notes
    -----
    Section 2, "limit"; the share is `key_account_limit`.

    Examples
    --------
    >>> limit_of(40, 8), limit_of(3, 1).allowed, limit_of(3, 1, Settings(key_account_limit=0)).allowed
    (Limit(clients=40, allowed=6, qualified=8, above=2), 1, 0)
    """
    allowed = whole_down(settings.key_account_limit * clients)
    if qualified and settings.key_account_limit:
        allowed = max(allowed, 1)
    return Limit(clients, allowed, qualified, max(qualified - allowed, 0))
