"""The sheets of white spots: a map of product groups by client with its sums, and the proposals with arguments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import fsum

from kam_xl.domain.classify import Classification
from kam_xl.domain.whitespace import Spot, Whitespace
from kam_xl.locale import Text, in_context, plural
from kam_xl.plan.fields import Column, Field, Kind, Number

SPOTS_TABLE = "kam_white_spots"
SPOTS = (
    Column("client", Text("Client")),
    Column("product", Text("Product group")),
    Column("amount", Text("Amount a year"), Number.MONEY),
    Column("argument", Text("Argument"), long=True),
    Column("take", Text("Into the plan")),
    Column("manager", Text("Manager")),
    Column("client_id", Text("Client ID")),
)
HINT = Text('Write yes under "Into the plan": at the next press the proposal becomes an opportunity of the plan.')
YES, TAKEN = in_context("white spot", "yes"), in_context("white spot", "in the plan")

MAP_CLIENTS, MAP_PRODUCTS = 30, 10
"""So many clients and product groups the map shows; what the others buy stands in a row and a column of its own."""

_C, _MONEY = Kind.COMPUTED, Number.MONEY
PRODUCT = Field("kam_map_product", Text("Product group"), _C, rows=MAP_PRODUCTS)
PRODUCT_SUM = Field("kam_map_product_sum", Text("Total"), _C, _MONEY, MAP_PRODUCTS)
OTHERS_SUM = Field("kam_map_others_sum", Text("Other groups"), _C, _MONEY)
TOTAL = Field("kam_map_total", Text("Total"), _C, _MONEY)
CLIENT = Field("kam_map_client", Text("Client"), _C, rows=MAP_CLIENTS)
AMOUNT = Field("kam_map_amount", Text("Amount a year"), _C, _MONEY, MAP_CLIENTS * MAP_PRODUCTS)
OTHERS = Field("kam_map_others", Text("Other groups"), _C, _MONEY, MAP_CLIENTS)
CLIENT_SUM = Field("kam_map_client_sum", Text("Total"), _C, _MONEY, MAP_CLIENTS)
SPOT = Field("kam_map_spot", Text("White spots"), _C, Number.COUNT, MAP_CLIENTS * MAP_PRODUCTS)
MAP = (PRODUCT, PRODUCT_SUM, OTHERS_SUM, TOTAL, CLIENT, AMOUNT, OTHERS, CLIENT_SUM, SPOT)


def map_values(whitespace: Whitespace, classification: Classification, lang: str) -> dict[str, object]:
    """What the map holds: key accounts by rank, then others by what they buy; the largest product groups first.

    Sums are of all clients and product groups, also those that have no row or column of their own.

    Examples
    --------
    >>> from kam_xl.domain.classify import Client, classify
    >>> found = Whitespace(("Oil",), {"1": {"Oil": 60.0}, "2": {"Oil": 40.0}}, ())
    >>> clients = [Client("1", "Nord", revenue=60.0), Client("2", "Süd", revenue=40.0)]
    >>> values = map_values(found, classify(clients), "en")
    >>> values["kam_map_client"][:3], values["kam_map_amount"][::10][:3], values["kam_map_total"]
    (['Nord', 'Süd', None], [60.0, 40.0, None], 100.0)
    """
    shown = list(whitespace.products[:MAP_PRODUCTS])
    rest = whitespace.products[MAP_PRODUCTS:]
    rows = _rows(whitespace, classification, lang)
    spots = {(spot.account.client.client_id, spot.product) for spot in whitespace.spots}
    amounts = [[_sum([bought.get(product)]) for product in shown] for _, _, bought in rows]
    return {
        PRODUCT.name: _padded(shown, MAP_PRODUCTS),
        PRODUCT_SUM.name: _padded([whitespace.total(product) for product in shown], MAP_PRODUCTS),
        OTHERS_SUM.name: _sum([whitespace.total(product) for product in rest]),
        TOTAL.name: fsum(whitespace.total(product) for product in whitespace.products),
        CLIENT.name: _padded([name for _, name, _ in rows], MAP_CLIENTS),
        AMOUNT.name: _grid(amounts),
        OTHERS.name: _padded([_sum([bought.get(each) for each in rest]) for _, _, bought in rows], MAP_CLIENTS),
        CLIENT_SUM.name: _padded([_sum(list(bought.values())) for _, _, bought in rows], MAP_CLIENTS),
        SPOT.name: _grid([[1 if (each, product) in spots else None for product in shown] for each, _, _ in rows]),
    }


def _rows(
    whitespace: Whitespace, classification: Classification, lang: str
) -> list[tuple[str, str, Mapping[str, float | None]]]:
    """Id, name and purchases of the clients that the map shows; the last row adds up those that have no room."""
    names = {client_id: account.client.client for client_id, account in classification.by_id.items()}
    key = [account.client.client_id for account in classification.key_accounts]
    others = sorted(
        whitespace.revenue.keys() - set(key), key=lambda each: (-fsum(whitespace.revenue[each].values()), each)
    )
    ids = list(dict.fromkeys([*key, *others]))
    room = MAP_CLIENTS if len(ids) <= MAP_CLIENTS else MAP_CLIENTS - 1
    rows: list[tuple[str, str, Mapping[str, float | None]]] = [
        (each, names.get(each, each), whitespace.revenue.get(each, {})) for each in ids[:room]
    ]
    if rest := ids[room:]:
        name = plural("{n:count} other client", "{n:count} other clients", n=len(rest)).render(lang)
        together = {
            product: _sum([whitespace.revenue.get(each, {}).get(product) for each in rest])
            for product in whitespace.products
        }
        rows.append(("", name, together))
    return rows


def _sum(amounts: Sequence[float | None]) -> float | None:
    """The sum of what is known; None where nothing is bought."""
    known = [amount for amount in amounts if amount]
    return fsum(known) if known else None


def _padded(values: Sequence[object], rows: int) -> list[object]:
    return [*values, *[None] * (rows - len(values))]


def _grid(rows: Sequence[Sequence[object]]) -> list[object]:
    cells = [cell for row in rows for cell in _padded(row, MAP_PRODUCTS)]
    return _padded(cells, MAP_CLIENTS * MAP_PRODUCTS)


def spot_row(spot: Spot, taken: Collection[tuple[str, str]], lang: str) -> dict[str, object]:
    """A white spot as a row of its list; `taken` are clients and product groups that are opportunities already."""
    client = spot.account.client
    is_taken = (client.client_id, spot.product.casefold()) in taken
    return {
        "client": client.client,
        "product": spot.product,
        "amount": spot.amount,
        "argument": spot.argument.render(lang),
        "take": TAKEN.render(lang) if is_taken else None,
        "manager": client.manager or None,
        "client_id": client.client_id,
    }


def spots_summary(spots: Sequence[Spot]) -> Text:
    """How many white spots there are, and what they add up to."""
    if not spots:
        return Text("No white spots: no product group is bought by enough similar clients.")
    return Text(
        "White spots: {n:count}, {amount:money} a year in all.",
        n=len(spots),
        amount=fsum(spot.amount for spot in spots),
    )
