"""Tables where no client stands out: what is said then, with the numbers that help (section 2, "wide tables")."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from kam_xl.domain.bounds import at_least, more_than
from kam_xl.domain.measures import is_valid_amount, total_of
from kam_xl.domain.model import Criterion
from kam_xl.domain.settings import Settings
from kam_xl.locale import Beside, Text, plural

if TYPE_CHECKING:
    from kam_xl.domain.account import Account

LOWER_SHARES = (0.05, 0.03, 0.01)
"""The shares of all revenue at which it is said how many clients would be key."""

LARGEST = 10
"""How many of the largest clients that are not key are listed."""


class WideTable(NamedTuple):
    """Why a table is wide, and the numbers that help to set the bound.

    Attributes
    ----------
    key_revenue_share : float
        What the key accounts together bring, as a share of all revenue.
    key_at : tuple of (share, count)
        How many clients would be key by revenue at lower shares.
    from_amount : float or None
        The revenue of the last client that the limit allows, by revenue; None where it allows none.
    allowed : int
        How many key accounts the limit allows.
    notice : Text
        All this in words.
    """

    key_revenue_share: float
    key_at: tuple[tuple[float, int], ...]
    from_amount: float | None
    allowed: int
    notice: Text


def wide_table(accounts: Sequence[Account], total_revenue: float, allowed: int, settings: Settings) -> WideTable | None:
    """What to say about a table where no client is key by revenue, or the key accounts bring little together.

    None for any other table, and where nobody has revenue.

    Notes
    -----
    Section 2, "wide tables"; the bound is `thin_share`.

    Examples
    --------
    >>> from kam_xl.domain.classify import Client, classify
    >>> found = classify([Client(str(number), "x", revenue=20 - number) for number in range(20)]).wide
    >>> found.key_at, found.from_amount
    (((0.05, 10), (0.03, 14), (0.01, 18)), 18)
    """
    if total_revenue <= 0:
        return None
    key_share = total_of(each.client.revenue for each in accounts if each.is_key) / total_revenue
    by_revenue = any(Criterion.REVENUE in account.criteria for account in accounts)
    if by_revenue and at_least(key_share, settings.thin_share):
        return None
    shares = [account.revenue_share for account in accounts if account.revenue_share is not None]
    key_at = tuple(
        (bound, sum(more_than(share, bound) for share in shares))
        for bound in LOWER_SHARES
        if bound < settings.key_revenue_share
    )
    revenues = sorted(
        (each.client.revenue for each in accounts if each.client.revenue and is_valid_amount(each.client.revenue)),
        reverse=True,
    )
    from_amount = revenues[min(allowed, len(revenues)) - 1] if allowed else None
    notice = _notice(max(shares), key_share, by_revenue, key_at, from_amount, allowed, settings)
    return WideTable(key_share, key_at, from_amount, allowed, notice)


def largest_not_key(accounts: Sequence[Account]) -> tuple[Account, ...]:
    """The clients with the most revenue that are not key, the largest first.

    >>> from kam_xl.domain.classify import Client, classify
    >>> table = [Client("1", "Nordwerk", revenue=95), Client("2", "Alpha", revenue=2), Client("3", "Beta", revenue=3)]
    >>> [account.client.client for account in largest_not_key(classify(table).accounts)]
    ['Beta', 'Alpha']
    """
    others = [each for each in accounts if not each.is_key and each.client.revenue]
    earning = [each for each in others if is_valid_amount(each.client.revenue)]
    return tuple(sorted(earning, key=lambda each: -(each.client.revenue or 0.0))[:LARGEST])


def _notice(
    largest: float,
    key_share: float,
    by_revenue: bool,
    key_at: Sequence[tuple[float, int]],
    from_amount: float | None,
    allowed: int,
    settings: Settings,
) -> Text:
    if by_revenue:
        reason = Text(
            "The key accounts together bring {share:share} of all revenue, less than {bound:share}.",
            share=Beside(key_share, settings.thin_share),
            bound=Beside(settings.thin_share, key_share),
        )
    else:
        reason = Text(
            "No client is key by revenue: the largest brings {largest:share} of all revenue, the bound is more than "
            "{bound:share}.",
            largest=Beside(largest, settings.key_revenue_share),
            bound=Beside(settings.key_revenue_share, largest),
        )
    counts: list[object] = [
        plural("{n:count} client above {share:share}", "{n:count} clients above {share:share}", n=count, share=share)
        for share, count in key_at
    ]
    sentences = [reason]
    if counts:
        sentences.append(Text("By revenue: {counts}.", counts=counts))
    if from_amount is not None:
        sentences.append(
            plural(
                "The limit allows {n:count} key account: the largest client brings {amount:money}.",
                "The limit allows {n:count} key accounts: so many clients bring {amount:money} or more.",
                n=allowed,
                amount=from_amount,
            )
        )
    return reduce(lambda first, then: Text("{first} {then}", first=first, then=then), sentences)
