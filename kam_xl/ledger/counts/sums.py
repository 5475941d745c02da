"""The sums that are made where the ledger lies: exact decimals, whatever the order of the rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import and_, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from kam_xl.ledger.cells.amounts import DECIMAL
from kam_xl.ledger.counts.periods import MonthSpan
from kam_xl.ledger.opening import Ledger
from kam_xl.ledger.packages import required
from kam_xl.ledger.parties.names import Lost, client_columns, is_blank, named
from kam_xl.ledger.queries import dicts, rows_of, small

if TYPE_CHECKING:
    import ibis

ZERO = Decimal(0)
# So many payments are compared as a whole.
_FEW = 200_000
# Nobody is called so: it keeps a table from being empty.
_NOBODY = "\x01"
# The state of a row that is a payment; the others are reasons to leave a row out.
PAYMENT = "payment"


@dataclass(frozen=True)
class Profile:
    """What a ledger holds: rows and money by state, month, currency and, where several columns make the client, its
    first one."""

    state: str
    month: date | None
    first: str
    currency: str
    rows: int
    amount: Decimal


class ClientMonth(NamedTuple):
    """The payments of one client in one month to one party, in one currency, on one VAT basis.

    `costed` is the amount of those whose cost is known. `credits` are negative payments, `credit_rows` their number.
    """

    client: tuple[str, ...]
    client_id: str
    party: str
    category: str
    currency: str
    vat: str
    month: date
    rows: int
    amount: Decimal
    cost: Decimal
    costed: Decimal
    uncosted_rows: int
    credit_rows: int
    credits: Decimal
    industry: str = ""
    territory: str = ""
    manager: str = ""


@dataclass(frozen=True)
class Doubles:
    """Payments that are equal in all that the ledger says: groups, rows too many, and their money by currency."""

    groups: int
    rows: int
    amounts: Mapping[str, Decimal]


def profile(ledger: Ledger, names: Sequence[str]) -> list[Profile]:
    """One look at all rows; `names` are the groups of columns of which a payment needs at least one each."""
    ibis = required("ibis")
    lost: Lost | None = None if ledger.spelt is None else ledger.lost
    table = ledger.table if ledger.spelt is None else ledger.spelt
    clients = client_columns(table)
    first = table[clients[0]] if len(clients) > 1 else ibis.literal("")
    faults = _faults(table, names, lost or {})
    state = ibis.cases((table.skip != "", table.skip), *((test, name) for name, test in faults.items()), else_=PAYMENT)
    days = table.group_by(state=state, date=table.date, first=first, currency=table.currency).agg(
        rows=table.count(), amount=table.amount.sum()
    )
    # Days first: there are few of them, and no month has to be made of each row.
    keys = {"state": days.state, "month": days.date.truncate("M"), "currency": days.currency}
    first = days["first"] if lost is None else named(days["first"], lost.get(clients[0]))
    sums = days.group_by(**keys, first=first).agg(rows=days.rows.sum().cast("int64"), amount=days.amount.sum())
    return [Profile(**{**each, "amount": each["amount"] or ZERO}) for each in dicts(sums)]


def unreadable(profiles: Iterable[Profile]) -> int:
    """How many rows cannot be read."""
    return sum(each.rows for each in profiles if each.state == "unreadable")


def _faults(table: ibis.Table, names: Sequence[str], lost: Lost) -> dict[str, ibis.Value]:
    """Why rows of a ledger are not payments, the first that is true; `skip` overrides them."""
    return {
        "unreadable": table.bad_field.notnull(),
        "note": table.amount.isnull() & table.date.isnull(),
        "no-amount": table.amount.isnull(),
        "no-date": table.date.isnull(),
        **{f"no-{name}": nameless(table, name, lost) for name in names},
    }


def nameless(table: ibis.Table, name: str, lost: Lost) -> ibis.Value:
    """Whether rows name no client, or no supplier; `lost` are the blank texts of names as they are spelt."""
    columns = [*client_columns(table), "client_id"] if name == "client" else ["supplier", "supplier_id"]
    return reduce(and_, (is_blank(table[each], lost.get(each)) for each in columns))


def payments(table: ibis.Table, names: Sequence[str], seen: Collection[str]) -> ibis.Table:
    """The rows that are payments; only faults that were `seen` are asked for."""
    faults = [test for name, test in _faults(table, names, {}).items() if name in seen]
    return table.filter(table.skip == "", *(~test for test in faults))


def categories(table: ibis.Table) -> dict[str, list[tuple[date, str, int, Decimal]]]:
    """The categories of payments, each with its rows and money by month and currency."""
    by_category: dict[str, list[tuple[date, str, int, Decimal]]] = {}
    keys = {"category": table.category, "month": table.date.truncate("M"), "currency": table.currency}
    for each in dicts(table.group_by(**keys).agg(rows=table.count(), amount=table.amount.sum())):
        by_category.setdefault(each["category"], []).append(
            (each["month"], each["currency"], each["rows"], each["amount"])
        )
    return by_category


def refunds(payments: ibis.Table, period: MonthSpan) -> list[tuple[str, int, Decimal]]:
    """What was subtracted from payments of a period: currency, rows and money."""
    if "refunded" not in payments.columns:
        return []
    given = payments.filter(payments.refunded > 0)
    groups = given.group_by(month=given.date.truncate("M"), currency=given.currency)
    by_currency: dict[str, tuple[int, Decimal]] = {}
    for each in dicts(groups.agg(rows=given.count(), amount=given.refunded.sum())):
        rows, amount = by_currency.get(each["currency"], (0, ZERO))
        if each["month"] in period:
            by_currency[each["currency"]] = rows + each["rows"], amount + each["amount"]
    return [(currency, rows, amount) for currency, (rows, amount) in sorted(by_currency.items())]


def with_categories(ledger: Ledger, table: ibis.Table, wanted: Iterable[str]) -> ibis.Table:
    """The payments of some categories."""
    return table.semi_join(small_table(ledger, {"category": list(wanted)}), "category")


def small_table(ledger: Ledger, columns: Mapping[str, Sequence[str]]) -> ibis.Table:
    """A small table of ours to join with; never null, never without a row."""
    return small(ledger.connection, {name: [*values, _NOBODY] for name, values in columns.items()})


def suspects(ledger: Ledger, table: ibis.Table) -> ibis.Table:
    """The payments that may be there more than once: all that are, and few others.

    DuckDB tells them by a hash where there are many, for groups of whole rows are large. Other databases hold all
    payments for suspects.
    """
    if ledger.connection.name != "duckdb" or rows_of(table.aggregate(n=table.count()))[0][0] <= _FEW:
        return table
    hashed = table.select(*identity(table)).mutate(hash_=_hash(table))
    repeated = hashed.group_by("hash_").agg(n=hashed.count()).filter(lambda each: each.n > 1).select("hash_")
    return ledger.kept(hashed.semi_join(ledger.kept(repeated, few=True), "hash_"))


def _hash(table: ibis.Table) -> ibis.Value:
    """DuckDB's own hash of all that two payments have in common, 64 bits."""
    ibis = required("ibis")
    whole = ibis.struct({name: table[name] for name in identity(table)})
    signature = (whole.type(),), "uint64"
    return ibis.udf.scalar.builtin(lambda whole: None, name="hash", signature=signature)(whole)


def doubles(table: ibis.Table, period: MonthSpan) -> Doubles:
    """Payments that a ledger seems to hold more than once in a period; `table` are the suspects."""
    inside = table.filter(table.date.truncate("M").between(period.first, period.last))
    groups = inside.group_by(*identity(table)).agg(n=inside.count())
    repeated = groups.filter(groups.n > 1)
    extra = (repeated.n - 1).cast("int64")
    sums = repeated.group_by("currency").agg(
        groups=repeated.count(), rows=extra.sum(), amount=(repeated.amount * extra).cast("decimal(38, 4)").sum()
    )
    counted = dicts(sums)
    return Doubles(
        sum(each["groups"] for each in counted),
        sum(int(each["rows"]) for each in counted),
        {each["currency"]: each["amount"] for each in sorted(counted, key=itemgetter("currency"))},
    )


def without_doubles(table: ibis.Table, suspects: ibis.Table) -> ibis.Table:
    """Every payment once."""
    names = identity(table)
    once = suspects.select(*names).distinct()
    if suspects is table:
        return once
    alone = table.mutate(hash_=_hash(table)).anti_join(suspects, "hash_").select(*names)
    return required("ibis").union(alone, once, distinct=False)


def identity(table: ibis.Table) -> list[str]:
    """What two payments have in common that are taken as one."""
    return [name for name in table.columns if name not in ("file", "row", "skip", "bad_field", "bad_value", "hash_")]


def cells(table: ibis.Table, about: Sequence[str] = (), *, by_category: bool = False) -> list[ClientMonth]:
    """The sums that clients, parties and periods are made of, in a fixed order.

    `about` are the columns that describe clients, of those that the ledger has; product groups are told apart where
    that is asked for.
    """
    ibis = required("ibis")
    clients = client_columns(table)
    zero = ibis.literal(ZERO, DECIMAL)
    party = table.party if "party" in table.columns else ibis.literal("")
    keys = {
        **{name: table[name] for name in (*about, *clients, "client_id")},
        "party": party,
        "category": table.category if by_category else ibis.literal(""),
        "currency": table.currency,
        "vat": table.vat,
        "month": table.date.truncate("M"),
    }
    known = table.cost.notnull()
    sums = table.group_by(**keys).agg(
        rows=table.count(),
        amount=table.amount.sum(),
        cost=table.cost.fill_null(zero).sum(),
        costed=known.ifelse(table.amount, zero).sum(),
        uncosted_rows=known.ifelse(0, 1).sum(),
        credit_rows=(table.amount < 0).ifelse(1, 0).sum(),
        credits=(table.amount < 0).ifelse(table.amount, zero).sum(),
    )
    first, last = len(about), len(about) + len(clients)
    counted = [
        ClientMonth(row[first:last], *row[last:], **dict(zip(about, row[:first], strict=True))) for row in rows_of(sums)
    ]
    return sorted(
        counted,
        key=lambda cell: (
            *(cell.client, cell.client_id, cell.party, cell.category, cell.month, cell.currency, cell.vat),
        ),
    )
