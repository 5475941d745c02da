"""Documents, such as invoices, into the sales by product group of the clients of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from kam_xl.ledger.counts import account as accounting
from kam_xl.ledger.counts.counting import Count, Counted, ImportOptions
from kam_xl.ledger.counts.result import CountedRows
from kam_xl.ledger.errors import ColumnsError, MixedBasisError
from kam_xl.ledger.opening import Ledger, Where, open_ledger
from kam_xl.ledger.parties.clients import PayingClient
from kam_xl.ledger.parties.identity import KnownClients
from kam_xl.ledger.recipe import Recipe
from kam_xl.locale import Text, plural
from kam_xl.table.client_table import ClientTable
from kam_xl.table.product_sales import ProductRow, ProductSales, sales_of
from kam_xl.table.values.cells import quoted


def product_sales(
    where: Where, recipe: Recipe, options: ImportOptions, table: ClientTable, tolerance: float = 0.005
) -> ProductSales:
    """What clients of a table bought by product group, read as invoices are: of one period, in one currency, what is
    cancelled, paid or offered left out, credit notes netted.

    Documents without dates are taken as those of one period. Without a currency in the recipe the client table's is
    taken.

    Parameters
    ----------
    where : Where
    recipe : Recipe
    options : ImportOptions
    table : ClientTable
    tolerance : float
        The share of an amount by which sums may differ by rounding.

    Raises
    ------
    LedgerError
        Where the ledger or rows of it cannot be read, currencies or VAT are mixed, or nothing is found.
    """
    if recipe.currency and table.currency not in ("", recipe.currency):
        raise MixedBasisError(
            Text(
                "the client table is in {own}, and the documents are asked for in {asked}",
                own=table.currency,
                asked=recipe.currency,
            ),
            where=table.source.name,
            remedy=Text("Choose the currency of the client table: --currency {code}.", code=table.currency),
        )
    recipe = replace(recipe, currency=recipe.currency or table.currency)
    with open_ledger(where, "invoices", recipe, undated=options.today.replace(day=1)) as ledger:
        if not ledger.has("category"):
            raise ColumnsError(
                Text("no column names product groups"),
                where=ledger.name,
                remedy=Text("Name its header in the recipe: category, in the section [columns]."),
            )
        count = Count(ledger, recipe, options, ["client"])
        counted = count.counted(ledger.kept(count.of_categories(count.payments(ledger.table))), by_category=True)
        rows = list(_rows(counted.paying))
        return sales_of(rows, table, ledger.name, _account(ledger, count, counted), tolerance)


def documented_sales(
    path: Path,
    sheet: str,
    recipe: Recipe,
    options: ImportOptions,
    table: ClientTable,
    tolerance: float = 0.005,
    *,
    elsewhere: str = "",
) -> ProductSales:
    """What clients of a table bought by product group, from a file with documents; `product_sales` says how.

    `elsewhere` is the header of a column with what clients buy elsewhere, which documents do not tell: it is named.
    """
    known = KnownClients(zip(table.keys.names, table.keys.ids, strict=True))
    where = Where([str(path)], sheet=sheet)
    sales = product_sales(where, recipe, replace(options, known=known), table, tolerance)
    left = [Text("Not read beside documents: {column}.", column=quoted(elsewhere))] if elsewhere else []
    return replace(sales, notes=[*left, *sales.notes])


def _rows(clients: Sequence[PayingClient]) -> Iterator[ProductRow]:
    for client in clients:
        sums: dict[str, Decimal] = {}
        for cell in client.cells:
            sums[cell.category] = sums.get(cell.category, Decimal(0)) + cell.amount
        for category, amount in sums.items():
            yield ProductRow(client.client_id, client.name, category or None, float(amount))


def _account(ledger: Ledger, count: Count, counted: Counted) -> list[Text]:
    """The rows read, used and left out, each with their money, then what is to be known."""
    everything, used = accounting.all_rows(count.profiles), counted.basis.used
    read = plural(
        "{n:count} row was read, {money}; {used:count} used, {used_money}.",
        "{n:count} rows were read, {money}; {used:count} used, {used_money}.",
        n=everything.rows,
        money=_money(everything),
        used=used.rows,
        used_money=_money(used),
    )
    left = [
        plural(
            "Left out: {n:count} row, {reason} ({money}).",
            "Left out: {n:count} rows, {reason} ({money}).",
            n=each.rows,
            reason=each.reason,
            money=_money(each),
        )
        for each in counted.left_out
    ]
    return [read, *left, *(finding.message for finding in counted.findings)]


def _money(part: CountedRows) -> Text | list[Text]:
    return part.money or Text("no money")
