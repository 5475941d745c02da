"""The sums that are made where the ledger lies: exact decimals, whatever the order of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kam_xl.ledger.amounts import DECIMAL
from kam_xl.ledger.opening import Ledger
from kam_xl.ledger.packages import required
from kam_xl.ledger.periods import MonthSpan
from kam_xl.ledger.suppliers import Supplier
from kam_xl.ledger.typed import client_columns

if TYPE_CHECKING:
    import ibis

ZERO = Decimal(0)
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


@dataclass(frozen=True)
class Cell:
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


def fetched(expression: ibis.Table) -> list[dict[str, Any]]:
    """The rows of a small result."""
    rows: list[dict[str, Any]] = expression.to_pyarrow().to_pylist()
    return rows


def profile(ledger: Ledger, names: Sequence[str]) -> list[Profile]:
    """One look at all rows; `names` are the groups of columns of which a payment needs at least one each."""
    ibis = required("ibis")
    table = ledger.table
    clients = client_columns(table)
    first = table[clients[0]] if len(clients) > 1 else ibis.literal("")
    state = ibis.cases(
        (table.skip != "", table.skip), *((test, name) for name, test in _faults(table, names).items()), else_=PAYMENT
    )
    days = table.group_by(state=state, date=table.date, first=first, currency=table.currency).agg(
        rows=table.count(), amount=table.amount.sum()
    )
    # Days first: there are few of them, and no month has to be made of each row.
    keys = {"state": days.state, "month": days.date.truncate("M"), "first": days["first"], "currency": days.currency}
    sums = days.group_by(**keys).agg(rows=days.rows.sum().cast("int64"), amount=days.amount.sum())
    return [Profile(**{**each, "amount": each["amount"] or ZERO}) for each in fetched(sums)]


def unreadable(profiles: Iterable[Profile]) -> int:
    """How many rows cannot be read."""
    return sum(each.rows for each in profiles if each.state == "unreadable")


def _faults(table: ibis.Table, names: Sequence[str]) -> dict[str, ibis.Value]:
    """Why rows of a ledger are not payments, the first that is true; `skip` overrides them."""
    return {
        "unreadable": table.bad_field.notnull(),
        "note": table.amount.isnull() & table.date.isnull(),
        "no-amount": table.amount.isnull(),
        "no-date": table.date.isnull(),
        **{f"no-{name}": _nameless(table, name) for name in names},
    }


def _nameless(table: ibis.Table, name: str) -> ibis.Value:
    columns = [*client_columns(table), "client_id"] if name == "client" else ["supplier", "supplier_id"]
    blank = table[columns[0]] == ""
    for column in columns[1:]:
        blank = blank & (table[column] == "")
    return blank


def payments(table: ibis.Table, names: Sequence[str], profiles: Iterable[Profile]) -> ibis.Table:
    """The rows that are payments; faults that no row has are not asked for."""
    seen = {each.state for each in profiles}
    faults = [test for name, test in _faults(table, names).items() if name in seen]
    return table.filter(table.skip == "", *(~test for test in faults))


def categories(table: ibis.Table) -> dict[str, list[tuple[date, str, int, Decimal]]]:
    """The categories of payments, each with its rows and money by month and currency."""
    found: dict[str, list[tuple[date, str, int, Decimal]]] = {}
    keys = {"category": table.category, "month": table.date.truncate("M"), "currency": table.currency}
    for each in fetched(table.group_by(**keys).agg(rows=table.count(), amount=table.amount.sum())):
        found.setdefault(each["category"], []).append((each["month"], each["currency"], each["rows"], each["amount"]))
    return found


def refunds(payments: ibis.Table, period: MonthSpan) -> list[tuple[str, int, Decimal]]:
    """What was subtracted from payments of a period: currency, rows and money."""
    if "refunded" not in payments.columns:
        return []
    given = payments.filter(payments.refunded > 0)
    groups = given.group_by(month=given.date.truncate("M"), currency=given.currency)
    found: dict[str, tuple[int, Decimal]] = {}
    for each in fetched(groups.agg(rows=given.count(), amount=given.refunded.sum())):
        rows, amount = found.get(each["currency"], (0, ZERO))
        if each["month"] in period:
            found[each["currency"]] = rows + each["rows"], amount + each["amount"]
    return [(currency, rows, amount) for currency, (rows, amount) in sorted(found.items())]


def suppliers(table: ibis.Table) -> list[Supplier]:
    """The suppliers as they are spelt, those with most money first."""
    sums = table.group_by("supplier", "supplier_id").agg(rows=table.count(), amount=table.amount.sum()).to_pyarrow()
    found = map(Supplier, *(column.to_pylist() for column in sums.columns))  # there may be a hundred thousand
    return sorted(found, key=lambda each: (-each.amount, each.name, each.number))


def with_categories(table: ibis.Table, wanted: Iterable[str]) -> ibis.Table:
    """The payments of some categories."""
    return table.semi_join(_small({"category": list(wanted)}), "category")


def with_parties(table: ibis.Table, parties: Mapping[tuple[str, str], str], *, others: bool) -> ibis.Table:
    """The payments with their party; those to nobody of interest with a blank one, or left out."""
    names, numbers = [name for name, _ in parties], [number for _, number in parties]
    links = _small({"supplier": names, "supplier_id": numbers, "party": list(parties.values())})
    if not others:
        return table.inner_join(links, ["supplier", "supplier_id"])
    joined = table.left_join(links, ["supplier", "supplier_id"])
    return joined.mutate(party=joined.party.fill_null(""))


def _small(columns: Mapping[str, Sequence[str]]) -> ibis.Table:
    """A small table of ours to join with; never null, never without a row."""
    padded = {name: [*values, _NOBODY] for name, values in columns.items()}
    return required("ibis").memtable(padded, schema=dict.fromkeys(columns, "string"))


def suspects(ledger: Ledger, table: ibis.Table) -> ibis.Table:
    """The payments that may be there more than once: all that are, and few others.

    DuckDB tells them by a hash, for groups of whole rows are large. Other databases hold all payments for suspects.
    """
    if ledger.connection.name != "duckdb":
        return table
    hashed = table.select(*_identity(table)).mutate(hash_=_hash(table))
    repeated = hashed.group_by("hash_").agg(n=hashed.count()).filter(lambda each: each.n > 1).select("hash_")
    return ledger.kept(hashed.semi_join(ledger.kept(repeated), "hash_"))


def _hash(table: ibis.Table) -> ibis.Value:
    """DuckDB's own hash of all that two payments have in common, 64 bits."""
    ibis = required("ibis")
    whole = ibis.struct({name: table[name] for name in _identity(table)})
    signature = (whole.type(),), "uint64"
    return ibis.udf.scalar.builtin(lambda whole: None, name="hash", signature=signature)(whole)


def doubles(table: ibis.Table, period: MonthSpan) -> Doubles:
    """Payments that a ledger seems to hold more than once in a period; `table` are the suspects."""
    inside = table.filter(table.date.truncate("M").between(period.first, period.last))
    groups = inside.group_by(*_identity(table)).agg(n=inside.count())
    repeated = groups.filter(groups.n > 1)
    extra = (repeated.n - 1).cast("int64")
    sums = repeated.group_by("currency").agg(
        groups=repeated.count(), rows=extra.sum(), amount=(repeated.amount * extra).cast("decimal(38, 4)").sum()
    )
    found = fetched(sums)
    return Doubles(
        sum(each["groups"] for each in found),
        sum(int(each["rows"]) for each in found),
        {each["currency"]: each["amount"] for each in sorted(found, key=itemgetter("currency"))},
    )


def without_doubles(table: ibis.Table, suspects: ibis.Table) -> ibis.Table:
    """Every payment once."""
    names = _identity(table)
    once = suspects.select(*names).distinct()
    if suspects is table:
        return once
    alone = table.mutate(hash_=_hash(table)).anti_join(suspects, "hash_").select(*names)
    return required("ibis").union(alone, once, distinct=False)


def _identity(table: ibis.Table) -> list[str]:
    """What two payments have in common that are taken as one."""
    return [name for name in table.columns if name not in ("file", "row", "skip", "bad_field", "bad_value", "hash_")]


def cells(table: ibis.Table, about: Sequence[str] = (), *, by_category: bool = False) -> list[Cell]:
    """The sums that clients, parties and periods are made of, in a fixed order.

    `about` are the columns that describe clients, of those that the ledger has; product groups are told apart where
    that is asked for.
    """
    ibis = required("ibis")
    clients = client_columns(table)
    zero = ibis.literal(ZERO, DECIMAL)
    party = table.party if "party" in table.columns else ibis.literal("")
    keys = {
        **{name: table[name] for name in (*clients, "client_id", "currency", "vat", *about)},
        "party": party,
        "category": table.category if by_category else ibis.literal(""),
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
    found = [Cell(tuple(each.pop(name) for name in clients), **each) for each in fetched(sums)]
    return sorted(
        found,
        key=lambda cell: (
            *(cell.client, cell.client_id, cell.party, cell.category, cell.month, cell.currency, cell.vat),
        ),
    )
