"""A market ledger, who bought what from whom, into a client table: budgets, our revenue, that of competitors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kam_xl.ledger import account as accounting
from kam_xl.ledger import sums
from kam_xl.ledger.basis import on_one_basis
from kam_xl.ledger.clients import Account, Measure, accounts, period_rows, total
from kam_xl.ledger.errors import NothingFoundError, RecipeError, UndecidedError
from kam_xl.ledger.names import matches
from kam_xl.ledger.opening import Ledger, Where, open_ledger, refuse_bad_rows
from kam_xl.ledger.periods import Period
from kam_xl.ledger.recipe import Recipe
from kam_xl.ledger.result import ClientRow, Imported, LeftOut, PeriodRow, remark
from kam_xl.ledger.sums import Cell
from kam_xl.ledger.suppliers import Link, Supplier, decisions_text, link, read_decisions
from kam_xl.locale import Text, plural
from kam_xl.table.finding import Finding

if TYPE_CHECKING:
    import ibis

_NAMES = ("client", "supplier")


@dataclass(frozen=True)
class Options:
    """How an import goes about it.

    `decisions` is the file of suppliers that a person edits; it is written where names have to be decided on.
    """

    decisions: Path | None = None
    drop_duplicates: bool = False
    leave_out_bad: bool = False
    lang: str = "en"


def import_market(where: Where, recipe: Recipe, options: Options) -> Imported:
    """The client table of a seller from what buyers paid to suppliers.

    The procurement budget is what a client paid in the categories of the recipe; without categories, what it paid to
    the seller and the competitors. Money is in the ledger's own currency, exact to its fourth decimal.

    Raises
    ------
    LedgerError
        Where the ledger cannot be read, rows cannot be read, currencies or VAT are mixed, or nothing is found.
    UndecidedError
        Where names of suppliers have to be decided on first; they are in the file of decisions then.
    """
    if recipe.seller is None:
        raise RecipeError(Text("there is no seller"), remedy=Text("Name it with --seller, or in the recipe."))
    with open_ledger(where, "market", recipe) as ledger:
        return _Market(ledger, recipe, options).imported()


class _Market:
    """One import of a market ledger."""

    def __init__(self, ledger: Ledger, recipe: Recipe, options: Options) -> None:
        self._ledger, self._recipe, self._options = ledger, recipe, options
        self._profiles = sums.profile(ledger, _NAMES)
        if not options.leave_out_bad:
            refuse_bad_rows(ledger, sums.unreadable(self._profiles))
        self._period, self._findings = accounting.chosen_period(self._profiles, recipe, ledger.name)
        self._others: list[LeftOut] = []

    def imported(self) -> Imported:
        recipe, name, period = self._recipe, self._ledger.name, self._period
        rows = self._of_categories(self._ledger.table)
        links = self._links(sums.suppliers(self._payments(rows)))
        # Parties before all else: of a market's payments they have few.
        payments = self._payments(self._ledger.kept(self._of_parties(rows, links)))
        suspects = sums.suspects(self._ledger, payments)
        doubles = sums.doubles(suspects, period)
        dropped = self._options.drop_duplicates
        cells = sums.cells(sums.without_doubles(payments, suspects) if dropped else payments)
        counted = [cell for cell in cells if cell.month in period]
        basis = on_one_basis(counted, recipe, name)
        found = accounts(basis.cells, recipe)
        if not found:
            raise NothingFoundError(
                Text("no payment of the period goes to the seller or a competitor"),
                where=name,
                remedy=Text("Check the names and patterns of the suppliers."),
            )
        every = on_one_basis(cells, replace(recipe, currency=basis.currency, vat=basis.vat), name)
        by = recipe.by or "year"
        pieces = accounting.shown_pieces(self._profiles, period, by)
        left_out = [*accounting.left_out_rows(self._profiles, period), *self._others, *basis.left_out]
        left_out += accounting.repeated(doubles, dropped=dropped)
        nobody = Text("suppliers that are neither the seller nor competitors")
        left_out += accounting.remainder(nobody, self._profiles, [*left_out, basis.used])
        return Imported(
            name=name,
            period=period,
            by=by,
            pieces=pieces,
            clients=[self._client(account) for account in found],
            rows=self._rows(accounts(every.cells, recipe), found, pieces),
            read=accounting.all_rows(self._profiles),
            used=basis.used,
            left_out=left_out,
            findings=[
                *self._findings,
                *accounting.incomplete(self._profiles, period, name),
                *basis.findings,
                *accounting.credit_notes(basis.cells, name),
                *accounting.doubled(doubles, dropped=dropped, where=name),
                *_undecided(links, self._options.decisions, name),
            ],
            currency=basis.currency,
            links=links,
        )

    def _payments(self, rows: ibis.Table) -> ibis.Table:
        return sums.payments(rows, _NAMES, self._profiles)

    def _of_categories(self, rows: ibis.Table) -> ibis.Table:
        if not self._recipe.categories:
            return rows
        found = sums.categories(self._payments(rows))
        wanted = {name for name in found if matches(name, self._recipe.categories)}
        lost = [
            each for name, months in found.items() if name not in wanted for each in months if each[0] in self._period
        ]
        reason = Text("other categories")
        self._others.append(
            LeftOut(reason, sum(rows for _, rows, _ in lost), sum((money for *_, money in lost), Decimal(0)))
        )
        return sums.with_categories(rows, wanted)

    def _links(self, seen: Sequence[Supplier]) -> list[Link]:
        """Who is who; stops where a person has to decide first."""
        recipe, path = self._recipe, self._options.decisions
        decided = read_decisions(path, recipe.parties) if path and path.exists() else None
        links = link(seen, recipe.parties, decided or {})
        if path is None:
            return links
        new = [each for each in links if each.why in ("same", "alike")]
        if new or decided is None:
            kept = [_remembered(key, value, links) for key, value in (decided or {}).items()]
            order = {True: 1, None: 0, False: 2}
            ordered = sorted(new, key=lambda each: (order[each.decision], each.party, -each.supplier.amount))
            path.write_text(decisions_text([*kept, *ordered], self._options.lang), encoding="utf-8-sig", newline="")
        bare = {party.name for party in recipe.parties if not party.has_rules}
        open_questions = [each for each in new if each.decision is None and each.party in bare]
        if decided is None and open_questions:
            raise UndecidedError(
                plural(
                    "{n:count} name of a supplier may be one of yours or not: decide",
                    "{n:count} names of suppliers may be one of yours or not: decide",
                    n=len(open_questions),
                ),
                where=str(path),
                remedy=Text(
                    "Write yes or no into the column Decision, save, and run again. What stays open does not count."
                ),
            )
        return links

    def _of_parties(self, rows: ibis.Table, links: Iterable[Link]) -> ibis.Table:
        parties = {(each.supplier.name, each.supplier.number): each.party for each in links if each.decision}
        return sums.with_parties(rows, parties, others=bool(self._recipe.categories))

    def _client(self, account: Account) -> ClientRow:
        seller = self._recipe.parties[0].name
        by_party: dict[str, Decimal] = {}
        for cell in account.cells:
            by_party[cell.party] = by_party.get(cell.party, Decimal(0)) + cell.amount
        rivals = {party.name: by_party[party.name] for party in self._recipe.competitors if party.name in by_party}
        return ClientRow(
            client_id=account.client_id,
            client=account.name,
            revenue=by_party.get(seller, Decimal(0)),
            procurement_budget=sum(by_party.values(), Decimal(0)),
            competitor_revenue=sum(rivals.values(), Decimal(0)),
            industry=account.about.industry,
            territory=account.about.territory,
            manager=account.about.manager,
            competitors=dict(sorted(rivals.items())),
        )

    def _rows(self, every: Sequence[Account], found: Sequence[Account], pieces: Sequence[Period]) -> list[PeriodRow]:
        ids = {account.name: account.client_id for account in found}
        for account in every:
            account.client_id = ids.get(account.name, account.client_id)
        seller = self._recipe.parties[0].name
        rivals = {party.name for party in self._recipe.competitors}
        measures: dict[Text, Measure] = {
            Text("Revenue"): partial(_paid_to, {seller}),
            Text("Procurement budget"): total,
            Text("Competitor revenue"): partial(_paid_to, rivals),
        }
        return period_rows(every, pieces, measures)


def _paid_to(parties: set[str], cells: Iterable[Cell]) -> Decimal:
    return total(cell for cell in cells if cell.party in parties)


def _remembered(key: tuple[str, str], value: tuple[str, bool | None], links: Sequence[Link]) -> Link:
    """A decision as it stands in the file, with the payments of this ledger where it has any."""
    for each in links:
        if each.why == "decided" and each.supplier.key == key:
            return each
    return Link(Supplier(*key, 0, Decimal(0)), *value, "decided")


def _undecided(links: Sequence[Link], path: Path | None, where: str) -> list[Finding]:
    """The names that nobody has decided on: they do not count."""
    lost = [each for each in links if each.decision is None]
    if not lost:
        return []
    message = Text(
        "{count:count} suppliers ({amount:money}) may be the seller or a competitor and do not count: {names}.",
        count=len(lost),
        amount=float(sum((each.supplier.amount for each in lost), Decimal(0))),
        names=[f'"{each.supplier.name}"' for each in lost[:5]] + ["…"] * (len(lost) > 5),
    )
    remedy = (
        Text("Decide on them in {path}.", path=str(path))
        if path
        else Text("Name a file for decisions with --suppliers.")
    )
    return [remark("suppliers-undecided", "warning", message, remedy, where, len(lost))]
