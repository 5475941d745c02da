"""Why a figure of a key account is less than at an earlier build, in numbers; of a rating its argument."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kam_xl.domain.classify import Account, Classification
from kam_xl.locale import Text
from kam_xl.plan.account.account_states import State
from kam_xl.plan.words import some

_NAMED = 3  # clients that a fall of rank names


class Riser(NamedTuple):
    """A key account that is new or ranks better than it did; `before` is None for a new one."""

    client: str
    now: int
    before: int | None


def risers(before: Mapping[str, State], classification: Classification) -> list[Riser]:
    """The key accounts that are new or rank better than before: whoever fell in rank, fell behind one of them.

    >>> from kam_xl.domain.classify import Client, classify
    >>> risers({}, classify([Client("1", "Nordwerk", revenue=100)]))
    [Riser(client='Nordwerk', now=1, before=None)]
    """
    better = []
    for account in classification.key_accounts:
        was = before.get(account.client.client_id)
        rank = was.rank if was else None
        if account.rank is not None and (rank is None or account.rank < rank):
            better.append(Riser(account.client.client, account.rank, rank))
    return better


def reasons(
    name: str, was: State, now: State, account: Account, classification: Classification, rose: list[Riser]
) -> Iterator[Text]:
    """Why a figure fell, in numbers; of a rating its argument.

    Parameters
    ----------
    name : str
        The field of both states.
    was, now : State
    account : Account
        The client now.
    classification : Classification
        All clients now.
    rose : list of Riser
        Who may be ahead of it.
    """
    rating = {"position": account.position, "potential": account.potential}.get(name)
    if rating:
        yield rating.argument
    if name == "rank" and was.rank is not None and now.rank is not None and now.rank > was.rank:
        yield _overtaken(was.rank, now.rank, rose)
    if not _is_less(getattr(now, name), getattr(was, name)):
        return
    if name == "revenue":
        yield from _less_revenue(was, now)
    if name == "goal":
        yield classification.proposal(account).argument
    if name in ("penetration", "budget") and was.revenue is not None and now.revenue is not None:
        yield _moved_revenue(was.revenue, now.revenue)
    if name == "penetration" and was.budget is not None and now.budget is not None:
        yield _moved_budget(was.budget, now.budget)
    if name == "budget" and was.penetration is not None and now.penetration is not None:
        yield _our_share(was.penetration, now.penetration)


def _less_revenue(was: State, now: State) -> Iterator[Text]:
    if was.budget is None or now.budget is None:
        yield Text("the budget is not known: the client buys less, or elsewhere")
    elif was.penetration is not None and now.penetration is not None:
        yield _moved_budget(was.budget, now.budget)
        yield _our_share(was.penetration, now.penetration)


def _overtaken(was: int, now: int, rose: list[Riser]) -> Text:
    ahead = [each.client for each in rose if each.now < now and (each.before is None or each.before > was)]
    return Text("ahead of it now: {names}", names=some(ahead, _NAMED))


def _our_share(before: float, after: float) -> Text:
    return Text("our share of it: {before:share}, then {after:share}", before=before, after=after)


def _moved_revenue(before: float, after: float) -> Text:
    if same(before, after):
        return Text("revenue stayed at {revenue:money}", revenue=before)
    return Text("revenue: {before:money}, then {after:money}", before=before, after=after)


def _moved_budget(before: float, after: float) -> Text:
    if same(before, after):
        return Text("the budget stayed at {budget:money}", budget=before)
    return Text("budget: {before:money}, then {after:money}", before=before, after=after)


def _is_less(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and one < other


def same(one: object, other: object) -> bool:
    """Whether two figures or words read the same.

    >>> same(0.1 + 0.2, 0.3), same("", None), same(0, None)
    (True, True, False)
    """
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-9)
    return (None if one == "" else one) == (None if other == "" else other)
