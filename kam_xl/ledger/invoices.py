"""Invoices, what we sold to whom, into a client table: revenue and margin by client and period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from kam_xl.ledger import account as accounting
from kam_xl.ledger import sums
from kam_xl.ledger.basis import on_one_basis
from kam_xl.ledger.clients import Account, accounts, period_rows, same_clients, total
from kam_xl.ledger.errors import NothingFoundError
from kam_xl.ledger.market import Options
from kam_xl.ledger.names import matches
from kam_xl.ledger.opening import Ledger, Where, open_ledger, refuse_bad_rows
from kam_xl.ledger.recipe import Recipe
from kam_xl.ledger.result import ClientRow, Imported, LeftOut, remark
from kam_xl.ledger.sums import Cell
from kam_xl.locale import Text
from kam_xl.table.finding import Finding

_NAMES = ("client",)


def import_invoices(where: Where, recipe: Recipe, options: Options) -> Imported:
    """The client table of what was sold: revenue and, where costs or margins are known, margin.

    Raises
    ------
    LedgerError
        Where the ledger or rows of it cannot be read, currencies or VAT are mixed, or nothing is found.
    """
    with open_ledger(where, "invoices", recipe) as ledger:
        return _imported(ledger, recipe, options)


def _imported(ledger: Ledger, recipe: Recipe, options: Options) -> Imported:
    profiles = sums.profile(ledger, _NAMES)
    if not options.leave_out_bad:
        refuse_bad_rows(ledger, sums.unreadable(profiles))
    period, findings = accounting.chosen_period(profiles, recipe, ledger.name)
    payments = sums.payments(ledger.table, _NAMES, profiles)
    left_out = accounting.left_out_rows(profiles, period)
    if recipe.categories:
        known = sums.categories(payments)
        wanted = {name for name in known if matches(name, recipe.categories)}
        lost = [each for name, months in known.items() if name not in wanted for each in months if each[0] in period]
        money = sum((amount for *_, amount in lost), Decimal(0))
        left_out.append(LeftOut(Text("other categories"), sum(rows for _, rows, _ in lost), money))
        payments = ledger.kept(sums.with_categories(payments, wanted))
    suspects = sums.suspects(ledger, payments)
    doubles = sums.doubles(suspects, period)
    cells = sums.cells(sums.without_doubles(payments, suspects) if options.drop_duplicates else payments)
    basis = on_one_basis([cell for cell in cells if cell.month in period], recipe, ledger.name)
    found = accounts(basis.cells, recipe)
    if not found:
        raise NothingFoundError(
            Text("there are no payments"), where=ledger.name, remedy=Text("Check the period and the categories.")
        )
    every = accounts(
        on_one_basis(cells, replace(recipe, currency=basis.currency, vat=basis.vat), ledger.name).cells, recipe
    )
    by = recipe.by or "month"
    pieces = accounting.shown_pieces(profiles, period, by)
    measures = {Text("Revenue fact"): total} | ({Text("Margin fact"): margin} if _has_costs(basis.cells) else {})
    shown = every if by == "year" else found
    left_out += [*basis.left_out, *accounting.repeated(doubles, dropped=options.drop_duplicates)]
    return Imported(
        name=ledger.name,
        period=period,
        by=by,
        pieces=pieces,
        clients=[_client(account) for account in found],
        rows=period_rows(shown, pieces, measures),
        read=accounting.all_rows(profiles),
        used=basis.used,
        left_out=left_out,
        findings=[
            *findings,
            *accounting.incomplete(profiles, period, ledger.name),
            *basis.findings,
            *accounting.credit_notes(basis.cells, ledger.name),
            *accounting.doubled(doubles, dropped=options.drop_duplicates, where=ledger.name),
            *same_clients(found, ledger.name),
            *_margins(basis.cells, ledger.name),
        ],
        currency=basis.currency,
    )


def _client(account: Account) -> ClientRow:
    about = account.about
    return ClientRow(
        client_id=account.client_id,
        client=account.name,
        revenue=total(account.cells),
        margin=margin(account.cells),
        industry=about.industry,
        territory=about.territory,
        manager=about.manager,
    )


def margin(cells: Iterable[Cell]) -> Decimal | None:
    """Revenue less cost; None where the cost of any payment is not known."""
    cells = list(cells)
    if any(cell.uncosted_rows for cell in cells):
        return None
    return sum((cell.amount - cell.cost for cell in cells), Decimal(0))


def _has_costs(cells: Iterable[Cell]) -> bool:
    return any(cell.rows > cell.uncosted_rows for cell in cells)


def _margins(cells: list[Cell], where: str) -> list[Finding]:
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
