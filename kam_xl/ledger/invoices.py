"""Invoices, what we sold to whom, into a client table: revenue and margin by client and period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kam_xl.ledger.counts import account as accounting
from kam_xl.ledger.counts.counting import Count, ImportOptions
from kam_xl.ledger.counts.log import fingerprint
from kam_xl.ledger.counts.result import ClientRow, Imported, remark
from kam_xl.ledger.counts.sums import ClientMonth
from kam_xl.ledger.errors import NothingFoundError
from kam_xl.ledger.opening import Ledger, Where, open_ledger
from kam_xl.ledger.parties.clients import PayingClient, period_rows, total
from kam_xl.ledger.recipe import Recipe
from kam_xl.locale import Text
from kam_xl.table.finding import Finding
from kam_xl.table.values.cells import quoted


def import_invoices(where: Where, recipe: Recipe, options: ImportOptions) -> Imported:
    """The client table of what was sold: revenue and, where costs or margins are known, margin.

    Raises
    ------
    LedgerError
        Where the ledger or rows of it cannot be read, currencies or VAT are mixed, or nothing is found.
    """
    with open_ledger(where, "invoices", recipe) as ledger:
        return _imported(ledger, recipe, options)


def _imported(ledger: Ledger, recipe: Recipe, options: ImportOptions) -> Imported:
    count = Count(ledger, recipe, options, ["client"])
    payments = count.payments(ledger.table)
    if recipe.categories:
        payments = ledger.kept(count.of_categories(payments))
    counted = count.counted(payments)
    if not counted.paying:
        raise NothingFoundError(
            Text("there are no payments"), where=ledger.name, remedy=Text("Check the period and the categories.")
        )
    cells = counted.basis.cells
    _refuse_wrong_side(ledger, cells)
    measures = {Text("Revenue fact"): total} | ({Text("Margin fact"): margin} if _has_costs(cells) else {})
    shown = counted.every if count.by == "year" else counted.paying
    return Imported(
        name=ledger.name,
        period=count.period,
        by=count.by,
        pieces=count.pieces,
        clients=[_client(account) for account in counted.paying],
        rows=period_rows(shown, count.pieces, measures),
        read=accounting.all_rows(count.profiles),
        used=counted.basis.used,
        left_out=counted.left_out,
        findings=[*counted.findings, *_margins(cells, ledger.name)],
        currency=counted.basis.currency,
        vat=counted.basis.vat,
        fingerprint=fingerprint(ledger.files),
        day=options.today,
        understood=ledger.understood,
    )


def _refuse_wrong_side(ledger: Ledger, cells: Sequence[ClientMonth]) -> None:
    """Stop where the two sides of an account cannot be sales: they are equal, or the one that lowers sales is larger.

    Raises
    ------
    NothingFoundError
    """
    layouts = [part.layout for part in ledger.parts]
    sold = sum((cell.amount for cell in cells), Decimal(0))
    if sold > 0 or len(cells) < 2 or any(len(each.money) != 2 or each.bank for each in layouts):
        return
    if not sold:
        raise NothingFoundError(
            Text("debits and credits are equal: these are the books with both sides of each entry"),
            where=ledger.name,
            remedy=Text("Give the entries of the accounts of sales only, such as with --where Account=70*."),
        )
    larger = layouts[0].title(layouts[0].money[1])
    raise NothingFoundError(
        Text(
            "{larger} adds up to more than the other side: as sales the amounts would be negative",
            larger=quoted(larger),
        ),
        where=ledger.name,
        remedy=Text(
            "If these are the sales, write it into a file reading.toml, and give it with --reading reading.toml:\n"
            "    [columns]\n    amount = {larger}",
            larger=quoted(larger),
        ),
    )


def _client(account: PayingClient) -> ClientRow:
    return ClientRow(
        client_id=account.client_id,
        client=account.name,
        revenue=total(account.cells),
        margin=margin(account.cells),
        industry=account.described("industry"),
        territory=account.described("territory"),
        manager=account.described("manager"),
    )


def margin(cells: Iterable[ClientMonth]) -> Decimal | None:
    """Revenue less cost; None where the cost of any payment is not known."""
    cells = list(cells)
    if any(cell.uncosted_rows for cell in cells):
        return None
    return sum((cell.amount - cell.cost for cell in cells), Decimal(0))


def _has_costs(cells: Iterable[ClientMonth]) -> bool:
    return any(cell.rows > cell.uncosted_rows for cell in cells)


def _margins(cells: list[ClientMonth], where: str) -> list[Finding]:
    """How much of the revenue has a known margin, where some has and some has not."""
    rows = sum(cell.uncosted_rows for cell in cells)
    if not rows or not _has_costs(cells):
        return []
    revenue = sum((cell.amount for cell in cells), Decimal(0))
    share = float(sum((cell.costed for cell in cells), Decimal(0)) / revenue) if revenue else 0.0
    message = Text(
        "{rows:count} rows have no cost: their clients get no margin; costs are known for {share:share} of revenue.",
        rows=rows,
        share=share,
    )
    return [remark("margin-unknown", "warning", message, Text("Fill in the costs, or leave the margins blank."), where)]
