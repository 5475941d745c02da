"""From payments to clients, for every kind of ledger: repeats, ids, months to come, one currency, one VAT basis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from kam_xl.ledger.cells.bad_rows import refuse_bad_rows
from kam_xl.ledger.columns.fields import ABOUT
from kam_xl.ledger.counts import account as accounting
from kam_xl.ledger.counts import sums
from kam_xl.ledger.counts.basis import Basis, on_one_basis
from kam_xl.ledger.counts.periods import STEP_OF, STEPS, MonthSpan
from kam_xl.ledger.counts.reading_notes import check_totals, how_read
from kam_xl.ledger.counts.result import CountedRows
from kam_xl.ledger.opening import Ledger
from kam_xl.ledger.parties.clients import PayingClient, accounts, same_clients, unclear_clients, unused_same
from kam_xl.ledger.parties.company_names import matches
from kam_xl.ledger.parties.identity import KnownClients, settled_ids
from kam_xl.ledger.recipe import Recipe
from kam_xl.locale import Text
from kam_xl.table.finding import Finding

if TYPE_CHECKING:
    import ibis


@dataclass(frozen=True)
class ImportOptions:
    """How an import goes about it.

    Attributes
    ----------
    decisions : path, optional
        The file of suppliers that a user edits; it is written where names have to be decided on.
    drop_duplicates, leave_out_bad : bool
    lang : str
    known : KnownClients
        Those of the target: they keep their ids.
    today : date
        Payments of the months after this one do not count.
    """

    decisions: Path | None = None
    drop_duplicates: bool = False
    leave_out_bad: bool = False
    lang: str = "en"
    known: KnownClients = field(default_factory=KnownClients)
    today: date = field(default_factory=date.today)


@dataclass(frozen=True)
class Counted:
    """The clients of the period (`found`) and of all periods (`every`), what was left out, and what is to be known."""

    paying: list[PayingClient]
    every: list[PayingClient]
    basis: Basis
    left_out: list[CountedRows]
    findings: list[Finding]


class Count:
    """One look at a ledger: its period, and what of its rows counts.

    Parameters
    ----------
    ledger : Ledger
    recipe : Recipe
    options : ImportOptions
    names : sequence of str
        What a payment must name: "client", "supplier".

    Raises
    ------
    BadRowsError, NothingFoundError
    """

    def __init__(self, ledger: Ledger, recipe: Recipe, options: ImportOptions, names: Sequence[str]) -> None:
        self.ledger, self._recipe, self._options, self._names = ledger, recipe, options, names
        self.profiles = sums.profile(ledger, names)
        if not options.leave_out_bad:
            refuse_bad_rows(ledger, sums.unreadable(self.profiles))
        self._month = options.today.replace(day=1)
        self.period, self._findings = accounting.chosen_period(
            self.profiles, recipe, ledger.name, self._month, deals=ledger.has("stage")
        )
        self._other_categories: list[CountedRows] = []

    @property
    def pieces(self) -> list[MonthSpan]:
        """The steps of time that the sheet of numbers by period shows."""
        return accounting.shown_pieces(self.profiles, self.period, self.by, self._month)

    @property
    def by(self) -> str:
        """How long these steps are."""
        shortest = STEP_OF[max((reading.months for reading in self.ledger.readings), default=0)]
        wanted = self._recipe.by or ("year" if "supplier" in self._names else "month")
        return max(wanted, shortest, key=lambda step: STEPS[step])

    @property
    def _has_months(self) -> bool:
        """Whether the dates are of days or months: those of quarters and years leave no month out."""
        return self.ledger.is_dated and all(reading.months <= 1 for reading in self.ledger.readings)

    def payments(self, rows: ibis.Table) -> ibis.Table:
        """The rows that are payments."""
        return sums.payments(rows, self._names, {each.state for each in self.profiles})

    def of_categories(self, rows: ibis.Table) -> ibis.Table:
        """The rows of the recipe's categories."""
        if not self._recipe.categories:
            return rows
        by_category = sums.categories(self.payments(rows))
        wanted = {name for name in by_category if matches(name, self._recipe.categories)}
        lost = [
            each for name, sums_ in by_category.items() if name not in wanted for each in sums_ if self._counts(each[0])
        ]
        money = [(currency, amount) for _, currency, _, amount in lost]
        reason = Text("other categories")
        self._other_categories = [CountedRows(reason, sum(rows for _, _, rows, _ in lost), by_currency(money))]
        return sums.with_categories(self.ledger, rows, wanted)

    def _counts(self, month: date) -> bool:
        return month in self.period and month <= self._month

    def counted(self, payments: ibis.Table, *, by_category: bool = False) -> Counted:
        """The clients with their sums, also by product group; `payments` are those of the parties and categories that
        count."""
        where, dropped = self.ledger.name, self._options.drop_duplicates
        suspects = sums.suspects(self.ledger, payments)
        doubles = sums.doubles(suspects, self.period)
        about = [name for name in ABOUT if self.ledger.has(name)]
        once = sums.without_doubles(payments, suspects) if dropped else payments
        cells = sums.cells(once, about, by_category=by_category)
        settled = settled_ids([cell for cell in cells if cell.month <= self._month], self.ledger.id_title, where)
        recipe, known = self._recipe, self._options.known
        kept, others = accounting.without_others([cell for cell in settled.cells if cell.month in self.period])
        basis = on_one_basis(kept, recipe, where)
        paying = accounts(basis.cells, recipe, known)
        numbered = ((each.name, each.client_id) for each in paying if not known.id_of(each.name))
        known = KnownClients([*known.clients, *numbered])
        same_basis = replace(recipe, currency=basis.currency, vat=basis.vat)
        return Counted(
            paying,
            accounts(on_one_basis(settled.cells, same_basis, where).cells, recipe, known),
            basis,
            [
                *accounting.left_out_rows(self.profiles, self.period, self._month),
                *self._other_categories,
                *others,
                *basis.left_out,
                *accounting.repeated(doubles, dropped=dropped),
            ],
            [
                *how_read(self.ledger),
                *self._findings,
                *(check_totals(self.ledger) if any(each.state == "total" for each in self.profiles) else ()),
                *(accounting.incomplete(self.profiles, self.period, where, self._month) if self._has_months else ()),
                *settled.findings,
                *basis.findings,
                *accounting.credit_notes(basis.cells, where),
                *accounting.refunded(sums.refunds(once, self.period), where),
                *accounting.doubled(doubles, dropped=dropped, where=where),
                *same_clients(paying, where),
                *unused_same(settled.cells, recipe, where),
                *unclear_clients(paying, self._options.known, where),
            ],
        )


def by_currency(money: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """Amounts summed by currency: they are never added up.

    >>> by_currency([("EUR", Decimal(2)), ("USD", Decimal(3)), ("EUR", Decimal(5))])
    {'EUR': Decimal('7'), 'USD': Decimal('3')}
    """
    sums: dict[str, Decimal] = {}
    for currency, amount in money:
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    return sums
