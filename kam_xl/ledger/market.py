"""A market ledger, who bought what from whom, into a client table: budgets, our revenue, that of competitors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kam_xl.files.destination import Destination
from kam_xl.ledger.counts import account as accounting
from kam_xl.ledger.counts.counting import Count, ImportOptions
from kam_xl.ledger.counts.log import fingerprint
from kam_xl.ledger.counts.periods import MonthSpan
from kam_xl.ledger.counts.result import ClientRow, Imported, PeriodRow, remark
from kam_xl.ledger.counts.sums import ClientMonth
from kam_xl.ledger.errors import NothingFoundError, RecipeError, UndecidedError
from kam_xl.ledger.opening import Ledger, Where, open_ledger
from kam_xl.ledger.parties import supplier_payments
from kam_xl.ledger.parties.clients import Measure, PayingClient, period_rows, total
from kam_xl.ledger.parties.names import cleaned
from kam_xl.ledger.parties.suppliers import Decisions, Link, Supplier, candidates, decisions_text, link, read_decisions
from kam_xl.ledger.recipe import Recipe
from kam_xl.locale import Quoted, Text, plural
from kam_xl.table.finding import Finding

if TYPE_CHECKING:
    import ibis


def import_market(where: Where, recipe: Recipe, options: ImportOptions) -> Imported:
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

    def __init__(self, ledger: Ledger, recipe: Recipe, options: ImportOptions) -> None:
        self._ledger, self._recipe, self._options = ledger, recipe, options
        self._file = Destination.seen(options.decisions) if options.decisions else None
        self._decided = self._read_decisions()
        # Where others are of no interest, only payments that may be to a party are looked at more closely.
        self._spelt = None if recipe.categories else ledger.spelt
        names = [] if self._spelt is None else supplier_payments.spellings(self._spelt)
        with ThreadPoolExecutor(1) as aside:  # names are compared while the database sums
            likely = aside.submit(candidates, names, recipe.parties, self._decided or {})
            self._count = Count(ledger, recipe, options, ["client", "supplier"])
        self._likely = likely.result()

    def imported(self) -> Imported:
        count, ledger, name = self._count, self._ledger, self._ledger.name
        payments = self._payments()
        links = self._links(supplier_payments.suppliers(payments))
        # Parties before all else: of a market's payments they have few.
        wanted = {(each.supplier.name, each.supplier.number): each.party for each in links if each.decision}
        others = bool(self._recipe.categories)
        counted = count.counted(supplier_payments.with_parties(ledger, payments, wanted, others=others))
        if not counted.paying:
            raise NothingFoundError(
                Text("no payment in the period goes to the seller or a competitor"),
                where=name,
                remedy=Text("Check the names and patterns of the suppliers."),
            )
        self._refuse_unpaid(counted.basis.cells, links)
        nobody = Text("suppliers that are neither the seller nor competitors")
        rest = accounting.remainder(nobody, count.profiles, [*counted.left_out, counted.basis.used])
        return Imported(
            name=name,
            period=count.period,
            by=count.by,
            pieces=count.pieces,
            clients=[self._client(account) for account in counted.paying],
            rows=self._rows(counted.every, count.pieces),
            read=accounting.all_rows(count.profiles),
            used=counted.basis.used,
            left_out=[*counted.left_out, *rest],
            findings=[*counted.findings, *_undecided(links, self._options.decisions, name)],
            currency=counted.basis.currency,
            vat=counted.basis.vat,
            fingerprint=fingerprint(self._ledger.files),
            day=self._options.today,
            understood=self._ledger.understood,
            links=links,
            rivals=[party.name for party in self._recipe.competitors],
        )

    def _read_decisions(self) -> Decisions | None:
        """What a user decided about suppliers; None where nobody was asked yet."""
        return read_decisions(self._file.given, self._recipe.parties) if self._file and self._file.before else None

    def _payments(self) -> ibis.Table:
        """The payments; where others are of no interest, those that may be to a party, kept.

        DuckDB compares texts that stand in a file many times faster than texts that it makes of them: only the payments
        to suppliers whose names, as they are spelt, may be a party's are cleaned.
        """
        count, ledger = self._count, self._ledger
        if self._spelt is None:
            return count.payments(count.of_categories(ledger.table))
        rows = supplier_payments.possible(ledger, self._spelt, self._recipe.parties, self._likely)
        return count.payments(ledger.kept(cleaned(rows, ledger.lost), few=True))

    def _links(self, seen: Sequence[Supplier]) -> list[Link]:
        """Who is who; stops where a user has to decide first."""
        recipe, file, decided = self._recipe, self._file, self._decided
        links = link(seen, recipe.parties, decided or {})
        if file is None:
            return links
        new = [each for each in links if each.why in ("same", "alike")]
        if new or decided is None:
            kept = [_remembered(key, value, links) for key, value in (decided or {}).items()]
            order = {True: 1, None: 0, False: 2}
            ordered = sorted(new, key=lambda each: (order[each.decision], each.party, -each.supplier.amount))
            file.write(decisions_text([*kept, *ordered], self._options.lang).encode("utf-8-sig"))
        bare = {party.name for party in recipe.parties if not party.has_rules}
        open_questions = [each for each in new if each.decision is None and each.party in bare]
        if decided is None and open_questions:
            raise UndecidedError(
                plural(
                    "{n:count} supplier name may or may not be one of yours: decide",
                    "{n:count} supplier names may or may not be yours: decide",
                    n=len(open_questions),
                ),
                where=str(file.given),
                remedy=Text(
                    "Write yes or no into the column Decision, save, and run again. What stays open does not count."
                ),
            )
        return links

    def _refuse_unpaid(self, cells: Sequence[ClientMonth], links: Sequence[Link]) -> None:
        """Stop where nobody paid the seller: that is a name spelt in another way, not a year without revenue."""
        seller = self._recipe.parties[0].name
        if any(cell.party == seller for cell in cells):
            return
        open_names = [Quoted(each.supplier.name) for each in links if each.party == seller and each.decision is None]
        raise NothingFoundError(
            Text("no payment in the period {period} goes to the seller", period=self._count.period.name),
            where=self._ledger.name,
            got=seller,
            remedy=Text("Decide on these names first: {names}.", names=open_names[:5])
            if open_names
            else Text("Write the seller as the ledger spells it, or give patterns in the recipe."),
        )

    def _client(self, account: PayingClient) -> ClientRow:
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
            industry=account.described("industry"),
            territory=account.described("territory"),
            manager=account.described("manager"),
            competitors=dict(sorted(rivals.items())),
        )

    def _rows(self, every: Sequence[PayingClient], pieces: Sequence[MonthSpan]) -> list[PeriodRow]:
        seller = self._recipe.parties[0].name
        rivals = {party.name for party in self._recipe.competitors}
        measures: dict[Text, Measure] = {
            Text("Revenue"): partial(_paid_to, {seller}),
            Text("Procurement budget"): total,
            Text("Competitor revenue"): partial(_paid_to, rivals),
        }
        return period_rows(every, pieces, measures)


def _paid_to(parties: set[str], cells: Iterable[ClientMonth]) -> Decimal:
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
        "{count:count} suppliers ({amount:money}) may be the seller or a competitor and are not counted: {names}.",
        count=len(lost),
        amount=float(sum((each.supplier.amount for each in lost), Decimal(0))),
        names=[Quoted(each.supplier.name) for each in lost[:5]] + ["…"] * (len(lost) > 5),
    )
    remedy = (
        Text("Decide on them in {path}.", path=str(path))
        if path
        else Text("Name a file for decisions with --suppliers.")
    )
    return [remark("suppliers-undecided", "warning", message, remedy, where, len(lost))]
