"""The payments to each supplier, and those to the parties of interest.

With names as they are spelt only the sums by supplier, and then the payments to parties, are cleaned.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kam_xl.ledger.names import Lost, cleaned, trimmed
from kam_xl.ledger.queries import rows_of
from kam_xl.ledger.sums import identity, nameless, small_table
from kam_xl.ledger.suppliers import Supplier

if TYPE_CHECKING:
    import ibis

    from kam_xl.ledger.opening import Ledger


def spellings(payments: ibis.Table) -> ibis.Table:
    """The payments to each supplier: as it is spelt in them (`spelt`, `spelt_id`), and cleaned."""
    keys = {"spelt": payments.supplier, "spelt_id": payments.supplier_id}
    sums = payments.group_by(**keys).agg(rows=payments.amount.count(), amount=payments.amount.sum())
    sums = sums.filter(sums.rows > 0)
    return sums.mutate(supplier=trimmed(sums.spelt), supplier_id=trimmed(sums.spelt_id))


def suppliers(spellings: ibis.Table) -> list[Supplier]:
    """The suppliers, in no order: there may be a hundred thousand."""
    known = spellings.filter(~nameless(spellings, "supplier", {}))
    sums = known.group_by("supplier", "supplier_id").agg(rows=known.rows.sum(), amount=known.amount.sum())
    return [Supplier(*row) for row in rows_of(sums)]


def with_parties(
    ledger: Ledger,
    payments: ibis.Table,
    spellings: ibis.Table,
    parties: Mapping[tuple[str, str], str],
    lost: Lost | None,
    *,
    others: bool,
) -> ibis.Table:
    """The payments with their party, kept; those to nobody of interest with a blank one, or left out.

    `lost` are the blank texts of names as they are spelt; None: `payments` are cleaned.
    """
    names, numbers = [name for name, _ in parties], [number for _, number in parties]
    columns = {"supplier": names, "supplier_id": numbers, "party": [*parties.values()]}
    links = small_table(ledger, columns)
    if lost is None:
        links = links.rename(spelt="supplier", spelt_id="supplier_id")
        same = [payments.supplier == links.spelt, payments.supplier_id == links.spelt_id]
    else:
        links = links.inner_join(spellings, ["supplier", "supplier_id"]).select("spelt", "spelt_id", "party")
        same = [payments.supplier.identical_to(links.spelt), payments.supplier_id.identical_to(links.spelt_id)]
    joined = payments.left_join(links, same) if others else payments.inner_join(links, same)
    payments_of = joined.select(*identity(payments), party=joined.party.fill_null(""))
    payments_of = ledger.kept(payments_of if lost is None else cleaned(payments_of, lost))
    return payments_of.filter(payments_of.amount.notnull())
