"""The payments to each supplier, and those to the parties of interest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kam_xl.ledger.counts.sums import identity, nameless, small_table
from kam_xl.ledger.parties.company_names import bare_number
from kam_xl.ledger.parties.suppliers import Key, Supplier
from kam_xl.ledger.queries import rows_of, step
from kam_xl.ledger.recipe import Party

if TYPE_CHECKING:
    import ibis

    from kam_xl.ledger.opening import Ledger

# More texts than these are joined with, not listed.
_LISTED = 1000


def possible(ledger: Ledger, table: ibis.Table, parties: Sequence[Party], names: Sequence[str]) -> ibis.Table:
    """The rows that may be payments to a party, where names are as they are spelt: all that are, and few others.

    `names` are those of suppliers that may be one.
    """
    numbers = {bare_number(number) for party in parties for number in party.numbers} - {""}
    wanted = _among(ledger, table.supplier.fill_null("") if "" in names else table.supplier, names)
    if numbers:
        those = [text for text in _texts(table.supplier_id) if bare_number(text) in numbers]
        wanted = wanted.fill_null(False) | _among(ledger, table.supplier_id, those)
    return table.filter(wanted)


def spellings(table: ibis.Table) -> list[str]:
    """The names of suppliers, each once."""
    return _texts(table.supplier)


def _texts(column: ibis.Value) -> list[str]:
    return [text or "" for (text,) in rows_of(column.name("text").as_table().distinct())]


def _among(ledger: Ledger, column: ibis.Value, texts: Sequence[str]) -> ibis.BooleanValue:
    return column.isin(texts if len(texts) <= _LISTED else small_table(ledger, {"text": texts}).text)


def suppliers(payments: ibis.Table) -> list[Supplier]:
    """The suppliers with their payments, in no order: there may be a hundred thousand."""
    known = payments.filter(~nameless(payments, "supplier", {}))
    sums = known.group_by("supplier", "supplier_id").agg(rows=known.amount.count(), amount=known.amount.sum())
    return [Supplier(*row) for row in rows_of(sums)]


def with_parties(ledger: Ledger, payments: ibis.Table, parties: Mapping[Key, str], *, others: bool) -> ibis.Table:
    """The payments with their party; those to nobody of interest with a blank one, or left out."""
    names, numbers = [name for name, _ in parties], [number for _, number in parties]
    links = small_table(ledger, {"supplier": names, "supplier_id": numbers, "party": [*parties.values()]})
    same = ["supplier", "supplier_id"]
    joined = payments.left_join(links, same) if others else payments.inner_join(links, same)
    parted = joined.select(*identity(payments), party=joined.party.fill_null(""))
    if ledger.spelt is not None and not others:  # few, which stand in a table already
        return step(ledger.connection, parted)
    return ledger.kept(parted, few=not others)
