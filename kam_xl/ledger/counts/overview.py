"""What a ledger holds at a glance, before anything of it is chosen: clients, rows, months and money."""

from __future__ import annotations

from kam_xl.ledger.counts import sums
from kam_xl.ledger.counts.account import all_rows
from kam_xl.ledger.counts.result import CountedRows, month_name
from kam_xl.ledger.counts.sums import PAYMENT
from kam_xl.ledger.opening import Ledger
from kam_xl.ledger.parties.names import client_columns
from kam_xl.ledger.queries import rows_of
from kam_xl.locale import Text


def overview(ledger: Ledger, kind: str) -> Text:
    """Clients and sums of all rows that count, in whatever period and currency."""
    names = ["client", "supplier"] if kind == "market" else ["client"]
    profiles = sums.profile(ledger, names)
    counted = [each for each in profiles if each.state == PAYMENT]
    months = sorted(each.month for each in counted if each.month)
    paid = sums.payments(ledger.table, names, {each.state for each in profiles})
    keys = client_columns(paid) if ledger.has("client") else ["client_id"]
    [[clients]] = rows_of(paid.select(*keys).distinct().aggregate(clients=lambda table: table.count()))
    money = CountedRows.of(Text(""), counted)
    if not months:
        return Text("No row counts.")
    return Text(
        "Clients: {clients:count}. Rows that count: {rows:count} of {read:count}, from {first} to {last}. "
        "Sums: {money}.",
        clients=clients,
        rows=money.rows,
        read=all_rows(profiles).rows,
        first=month_name(months[0]),
        last=month_name(months[-1]),
        money=money.money,
    )
