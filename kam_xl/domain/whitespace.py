"""Whitespace: what similar clients buy from us and a client does not. A house rule whose comparison is named."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from kam_xl.domain.account import Account
from kam_xl.domain.arguments import in_words
from kam_xl.domain.bounds import at_least
from kam_xl.domain.classify import Classification
from kam_xl.domain.settings import Settings
from kam_xl.locale import Text


@dataclass(frozen=True)
class Sale:
    """What a client buys of a product group: from us, and from others where that is known; in the table's currency."""

    client_id: str
    product: str
    revenue: float | None = None
    elsewhere: float | None = None


@dataclass(frozen=True)
class Spot:
    """A product group that a client does not buy from us, proposed as an opportunity.

    Attributes
    ----------
    account : Account
    product : str
    amount : float
        What a year of it may bring, in money.
    argument : Text
        With the comparison group and the numbers.
    """

    account: Account
    product: str
    amount: float
    argument: Text


@dataclass(frozen=True)
class Whitespace:
    """Product groups by client.

    Attributes
    ----------
    products : tuple of str
        By revenue, the largest first.
    revenue : mapping
        Client id to product to what it buys from us; what is not there, it does not buy.
    spots : tuple of Spot
        White spots of the key accounts, the largest first.
    """

    products: tuple[str, ...]
    revenue: Mapping[str, Mapping[str, float]]
    spots: tuple[Spot, ...]

    def total(self, product: str) -> float:
        """What all clients buy of a product group."""
        return math.fsum(bought.get(product, 0.0) for bought in self.revenue.values())


def whitespace(sales: Iterable[Sale], classification: Classification) -> Whitespace:
    """The white spots of the key accounts: product groups that they do not buy and similar clients do.

    Similar are the clients of the same industry and size: the same potential, else the same ABC class. A proposal
    is made where at least `whitespace_min_peers` of them buy anything, and at least `whitespace_min_share` of these
    buy the product group. Its amount is the median of what they pay, at most the client's headroom. Where it is known
    what a client buys elsewhere, that is the amount, and no comparison is needed.

    Parameters
    ----------
    sales : iterable of Sale
        Several of one client and product are added up.
    classification : Classification
        All clients.

    Examples
    --------
    >>> from kam_xl.domain.classify import Client, classify
    >>> clients = [Client(id, name, industry="Food", revenue=100.0) for id, name in ("1A", "2B", "3C", "4D")]
    >>> sales = [Sale(id, "Oil", 60.0) for id in "1234"] + [Sale("1", "Gas", 40.0)]
    >>> found = whitespace([*sales, Sale("2", "Gas", 20.0), Sale("3", "Gas", 30.0)], classify(clients))
    >>> [(spot.account.client.client, spot.product, spot.amount) for spot in found.spots]
    [('D', 'Gas', 30.0)]
    >>> found.spots[0].argument
    Text('3 of 3 similar clients (Food, ABC class A) buy it, a median of 30 a year: A, C, B.')
    """
    revenue, elsewhere = _added_up(sales)
    accounts = classification.by_id
    products = sorted(
        {product for bought in (*revenue.values(), *elsewhere.values()) for product in bought},
        key=lambda product: (-math.fsum(bought.get(product, 0.0) for bought in revenue.values()), product),
    )
    peers: defaultdict[tuple[str, str], list[Account]] = defaultdict(list)
    for client_id, bought in revenue.items():
        account = accounts.get(client_id)
        if account and (group := _group(account)) and any(amount > 0 for amount in bought.values()):
            peers[group].append(account)
    spots = [
        spot
        for account in classification.key_accounts
        for product in products
        if revenue.get(account.client.client_id, {}).get(product, 0.0) <= 0
        and (spot := _spot(account, product, peers, revenue, elsewhere, classification.settings))
    ]
    ordered = sorted(spots, key=lambda spot: (-spot.amount, spot.account.client.client_id, spot.product))
    return Whitespace(tuple(products), revenue, tuple(ordered))


Bought = dict[str, dict[str, float]]


def _added_up(sales: Iterable[Sale]) -> tuple[Bought, Bought]:
    ours: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    others: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for sale in sales:
        for amounts, amount in ((ours, sale.revenue), (others, sale.elsewhere)):
            if amount is not None:
                amounts[sale.client_id, sale.product].append(amount)
    bought: tuple[Bought, Bought] = {}, {}
    for amounts, by_client in zip((ours, others), bought, strict=True):
        for (client_id, product), each in amounts.items():
            by_client.setdefault(client_id, {})[product] = math.fsum(each)
    return bought


def _group(account: Account) -> tuple[str, str] | None:
    """Industry and size of a client; None where the industry or all of the size is unknown."""
    size = account.potential.value.value if account.potential else account.abc and account.abc.value
    industry = account.client.industry
    return (industry.casefold(), size) if industry and size else None


def _group_name(account: Account) -> Text:
    if account.potential:
        return Text("{industry}, {size}", industry=account.client.industry, size=in_words(account.potential.value))
    return Text(
        "{industry}, ABC class {size}", industry=account.client.industry, size=account.abc and account.abc.label
    )


def _spot(
    account: Account,
    product: str,
    peers: Mapping[tuple[str, str], Sequence[Account]],
    revenue: Bought,
    elsewhere: Bought,
    settings: Settings,
) -> Spot | None:
    theirs = elsewhere.get(account.client.client_id, {}).get(product)
    if theirs is not None:
        argument = Text("Buys it elsewhere for {amount:money} a year.", amount=theirs)
        return Spot(account, product, theirs, argument) if theirs > 0 else None
    group = _group(account)
    similar = [each for each in peers.get(group, ()) if each is not account] if group else []
    paid = {each: revenue[each.client.client_id].get(product, 0.0) for each in similar}
    buyers = {each: amount for each, amount in paid.items() if amount > 0}
    enough = len(similar) >= settings.whitespace_min_peers
    if not enough or not at_least(len(buyers) / len(similar), settings.whitespace_min_share):
        return None
    typical = median(buyers.values())
    headroom = account.headroom
    argument = _argument(account, similar, buyers, typical)
    if headroom is None or headroom >= typical:
        return Spot(account, product, typical, argument)
    limited = Text("{argument} Limited to the headroom of {headroom:money}.", argument=argument, headroom=headroom)
    return Spot(account, product, headroom, limited) if headroom > 0 else None


_NAMED = 5


def _argument(account: Account, similar: Sequence[Account], buyers: Mapping[Account, float], typical: float) -> Text:
    """Who is compared, how many of them buy, for how much, and who these are."""
    largest = sorted(buyers, key=lambda each: (-buyers[each], each.client.client_id))
    names: list[object] = [each.client.client for each in largest[:_NAMED]]
    if len(largest) > _NAMED:
        names.append("…")
    return Text(
        "{buyers:count} of {similar:count} similar clients ({group}) buy it, a median of {typical:money} a year: "
        "{names}.",
        buyers=len(buyers),
        similar=len(similar),
        group=_group_name(account),
        typical=typical,
        names=names,
    )
