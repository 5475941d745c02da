"""What was read of product groups, put beside the client table: whose sales they are, and what does not agree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kam_xl.domain.whitespace import Sale
from kam_xl.locale import Text, plural
from kam_xl.table.client_table import ClientTable

_NAMED = 8  # names in one sentence


@dataclass(frozen=True)
class ProductSales:
    """What was read.

    Attributes
    ----------
    sales : list of Sale
        Of clients of the client table.
    where : str
        File and sheet.
    notes : list of Text
        What was left out or does not agree.
    """

    sales: list[Sale]
    where: str
    notes: list[Text]


@dataclass(frozen=True)
class ProductRow:
    """What one client buys of one product group, as it was read; None where nothing is said."""

    client_id: str | None
    client: str | None
    product: str | None
    revenue: float | None
    elsewhere: float | None = None


def sales_of(
    rows: Sequence[ProductRow], table: ClientTable, where: str, notes: Sequence[Text], tolerance: float
) -> ProductSales:
    """The rows that are sales of clients of a table; `notes` are what is known already.

    Parameters
    ----------
    rows : sequence of ProductRow
    table : ClientTable
    where : str
    notes : sequence of Text
    tolerance : float
        The share of an amount by which sums may differ by rounding.
    """
    lines = [row for row in rows if row.product and (row.client_id or row.client)]
    clientele = table.clientele
    positions = [(row, clientele.find(row.client_id, row.client)) for row in lines]
    sales = [
        Sale(table.keys.ids[at], row.product or "", row.revenue, row.elsewhere)
        for row, at in positions
        if at is not None
    ]
    lost = [row for row, at in positions if at is None]
    unclear = [row for row in lost if clientele.is_unclear(row.client_id, row.client)]
    strangers = [row for row in lost if row not in unclear]
    texts = [*_nameless(rows), *_strangers(strangers), *_unclear(unclear), *_against_table(sales, table, tolerance)]
    return ProductSales(sales, where, [*notes, *texts])


def _nameless(rows: Sequence[ProductRow]) -> list[Text]:
    left = [
        row for row in rows if not (row.product and (row.client_id or row.client)) and (row.revenue or row.elsewhere)
    ]
    if not left:
        return []
    return [
        plural(
            "{n:count} row without client or product group was left out: {amount:money}.",
            "{n:count} rows without client or product group were left out: {amount:money}.",
            n=len(left),
            amount=math.fsum(row.revenue or 0.0 for row in left),
        )
    ]


def _strangers(rows: Sequence[ProductRow]) -> list[Text]:
    if not rows:
        return []
    text = Text("Not in the client table and left out, {amount:money} in all: {names}.")
    return [Text(text.message, **_named(rows))]


def _unclear(rows: Sequence[ProductRow]) -> list[Text]:
    if not rows:
        return []
    text = Text(
        "Several clients may be meant, left out, {amount:money} in all: {names}. Give their exact names or IDs."
    )
    return [Text(text.message, **_named(rows))]


def _named(rows: Sequence[ProductRow]) -> dict[str, object]:
    sums: dict[str, float] = {}
    for row in rows:
        name = row.client or row.client_id or ""
        sums[name] = sums.get(name, 0.0) + (row.revenue or 0.0)
    return {"amount": math.fsum(sums.values()), "names": _some(sorted(sums, key=lambda name: -sums[name]))}


def _against_table(sales: Sequence[Sale], table: ClientTable, tolerance: float) -> list[Text]:
    """Clients whose product groups do not add up to their revenue in the client table, or that have none."""
    sums: dict[str, list[float]] = {}
    for sale in sales:
        sums.setdefault(sale.client_id, []).append(sale.revenue or 0.0)
    known = {client.client_id: (client.client, client.revenue) for client in table.clients() if client.revenue}
    other = [
        (name, math.fsum(sums[client_id]), revenue)
        for client_id, (name, revenue) in known.items()
        if client_id in sums
        and not math.isclose(math.fsum(sums[client_id]), revenue or 0.0, rel_tol=tolerance, abs_tol=0.005)
    ]
    without = [(name, 0.0, revenue) for client_id, (name, revenue) in known.items() if client_id not in sums]
    apart = Text(
        "The product groups do not add up to the revenue in the client table ({sum:money} against {revenue:money}): "
        "{names}."
    )
    absent = Text("Revenue in the client table without product groups, {revenue:money} in all: {names}.")
    return [
        Text(
            text.message,
            sum=math.fsum(sum_here for _, sum_here, _ in clients),
            revenue=math.fsum(revenue or 0.0 for *_, revenue in clients),
            names=_some([name for name, *_ in sorted(clients, key=_difference)]),
        )
        for text, clients in ((apart, other), (absent, without))
        if clients
    ]


def _difference(client: tuple[str, float, float | None]) -> float:
    """What does not agree, the most first."""
    _, found, revenue = client
    return -abs((revenue or 0.0) - found)


def _some(names: Sequence[str]) -> list[str]:
    return [*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])]
