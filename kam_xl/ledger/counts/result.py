"""What an import gives: clients and competitors, their numbers by period, and an account of every row that was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kam_xl.ledger.counts.log import LOG, TITLES, LogEntry
from kam_xl.ledger.counts.periods import MonthSpan
from kam_xl.ledger.counts.sums import ClientMonth, Profile
from kam_xl.ledger.parties.suppliers import Link
from kam_xl.locale import Text
from kam_xl.table import ClientTable, Finding, Grid, read_grids
from kam_xl.table.finding import Grade

CLIENTS, COMPETITORS, IMPORT = Text("Clients"), Text("Competitors"), Text("Import")
BY_PERIOD, OPERATIONAL_PLAN, SUPPLIERS = Text("By period"), Text("Operational plan"), Text("Suppliers")
_TITLES = {
    "client_id": Text("Client ID"),
    "client": Text("Client"),
    "industry": Text("Industry"),
    "territory": Text("Territory"),
    "manager": Text("Manager"),
    "revenue": Text("Revenue"),
    "margin": Text("Margin"),
    "procurement_budget": Text("Procurement budget"),
    "competitor_revenue": Text("Competitor revenue"),
}
_ALWAYS = ("client_id", "client", "revenue")
VAT = {"incl": Text("with VAT"), "excl": Text("without VAT")}
_VAT_IN_HEADERS = {"incl": Text("incl. VAT"), "excl": Text("excl. VAT")}
GRADES = {"error": Text("Error"), "warning": Text("Warning"), "note": Text("Note")}


def remark(code: str, grade: Grade, message: Text, remedy: Text, where: str, value: object = None) -> Finding:
    """A finding about a ledger, not about a cell."""
    return Finding(where, "", "", "", code, grade, message, value, remedy)


@dataclass(frozen=True)
class CountedRows:
    """Rows that count or do not, and why; `amounts` by currency, None where their money is not known."""

    reason: Text
    rows: int
    amounts: Mapping[str, Decimal] | None = None

    @classmethod
    def of(cls, reason: Text, groups: Iterable[ClientMonth | Profile]) -> CountedRows:
        """What some cells or profiles hold: their money is added up by currency."""
        groups = list(groups)
        amounts: dict[str, Decimal] = {}
        for each in groups:
            amounts[each.currency] = amounts.get(each.currency, Decimal(0)) + each.amount
        in_order = dict(sorted(amounts.items()))  # databases give groups in any order
        return cls(reason, sum(each.rows for each in groups), in_order)

    @property
    def amount(self) -> Decimal | None:
        """The money in one currency; None where it is not known, or in several."""
        if self.amounts is None or len(self.amounts) > 1:
            return None
        return sum(self.amounts.values(), Decimal(0))

    @property
    def money(self) -> list[Text]:
        """The money as messages tell it, an amount for each currency."""
        return [
            Text("{amount:money} {code}", amount=float(amount), code=code)
            if code
            else Text("{amount:money}", amount=float(amount))
            for code, amount in (self.amounts or {}).items()
        ]


@dataclass(frozen=True)
class ClientRow:
    """One client; money is None where the ledger says nothing of it."""

    client_id: str
    client: str
    revenue: Decimal
    procurement_budget: Decimal | None = None
    competitor_revenue: Decimal | None = None
    margin: Decimal | None = None
    industry: str = ""
    territory: str = ""
    manager: str = ""
    competitors: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class PeriodRow:
    """One number of a client by period; None where it is not known."""

    client_id: str
    client: str
    indicator: Text
    amounts: Sequence[Decimal | None]


@dataclass(frozen=True)
class Imported:
    """A client table made of a ledger.

    Attributes
    ----------
    period : MonthSpan
        That of the client table.
    clients, rows : lists
        The clients, and their numbers by `pieces` of time.
    read : CountedRows
        All rows and their money; of these `used`, and `left_out` by reason: together they are all.
    findings : list of Finding
    vat : str
        "incl" or "excl" where the amounts are known to include VAT or not.
    links : list of Link
        The suppliers that count, or may.
    rivals : list of str
        The competitors that were looked for.
    day : date
        When it was imported.
    fingerprint : str
        Of its files; see `kam_xl.ledger.counts.log`.
    understood : list of Text
        Which columns were taken as what.
    """

    name: str
    period: MonthSpan
    by: str
    pieces: Sequence[MonthSpan]
    clients: Sequence[ClientRow]
    rows: Sequence[PeriodRow]
    read: CountedRows
    used: CountedRows
    left_out: Sequence[CountedRows]
    findings: Sequence[Finding]
    currency: str = ""
    vat: str = ""
    links: Sequence[Link] = ()
    rivals: Sequence[str] = ()
    day: date = field(default_factory=date.today)
    fingerprint: str = ""
    understood: Sequence[Text] = ()

    def sheets(self, lang: str) -> dict[str, list[list[object]]]:
        """All sheets of a new workbook, by name: rows of plain cells, the header first."""
        return {title.render(lang): rows for title, rows in self._sheets(lang).items()}

    @property
    def starts_late(self) -> bool:
        """Whether the figures lack the first months of the period, as far as they are by month."""
        if self.by != "month":
            return False
        return not any(amount is not None for row in self.rows for amount in row.amounts[:1])

    @property
    def titles(self) -> list[Text]:
        """The titles of these sheets."""
        return list(self._sheets("en"))

    def _sheets(self, lang: str) -> dict[Text, list[list[object]]]:
        sheets = {CLIENTS: self._clients(lang)}
        if any(client.competitors for client in self.clients):
            sheets[COMPETITORS] = self._competitors(lang)
        sheets[OPERATIONAL_PLAN if self.by == "month" and not self.links else BY_PERIOD] = self._by_period(lang)
        if self.links:
            sheets[SUPPLIERS] = self._suppliers(lang)
        sheets[IMPORT] = self._account(lang)
        sheets[LOG] = [_titles(lang, *TITLES), [each or None for each in self.entry]]
        return sheets

    @property
    def entry(self) -> LogEntry:
        """Its line in the log of imports."""
        amount = self.used.amount
        return LogEntry(
            self.day,
            self.name,
            self.period.name,
            self.used.rows,
            None if amount is None else float(amount),
            self.currency,
            self.fingerprint,
        )

    def table(self, lang: str) -> ClientTable:
        """The clients with their competitors as a client table."""
        sheets = self.sheets(lang)
        names = [title.render(lang) for title in (CLIENTS, COMPETITORS)]
        grids = [Grid(name, sheets[name]) for name in names if name in sheets]
        return read_grids(grids, name=self.name)

    def _clients(self, lang: str) -> list[list[object]]:
        used = [
            name
            for name in _TITLES
            if name in _ALWAYS or any(getattr(each, name) not in (None, "") for each in self.clients)
        ]
        rows = [[_cell(getattr(client, name)) for name in used] for client in self.clients]
        # The header tells whoever reads the table again what year its figures are of, on which basis.
        vat = _VAT_IN_HEADERS[self.vat].render(lang) if self.vat else ""
        revenue = " ".join(filter(None, (_TITLES["revenue"].render(lang), str(self.period.year or ""), vat)))
        header = _titles(lang, *(_TITLES[name] for name in used))
        header[used.index("revenue")] = ", ".join(filter(None, (revenue, self.currency)))
        return [header, *rows]

    def _competitors(self, lang: str) -> list[list[object]]:
        header = _titles(lang, Text("Client ID"), Text("Competitor"), Text("Revenue"))
        return [header] + [
            [client.client_id, name, _cell(amount)]
            for client in self.clients
            for name, amount in client.competitors.items()
        ]

    def _by_period(self, lang: str) -> list[list[object]]:
        header = _titles(lang, Text("Client ID"), Text("Client"), Text("Indicator"))
        header += [piece.first if self.by == "month" else piece.name for piece in self.pieces]
        return [header] + [
            [row.client_id, row.client, row.indicator.render(lang), *map(_cell, row.amounts)] for row in self.rows
        ]

    def _suppliers(self, lang: str) -> list[list[object]]:
        titles = (
            Text("Supplier"),
            Text("Company number"),
            Text("Belongs to"),
            Text("Counts"),
            Text("Why"),
            Text("Payments"),
            Text("Amount"),
        )
        words = {True: Text("yes"), False: Text("no"), None: Text("to be decided")}
        return [_titles(lang, *titles)] + [
            [
                link.supplier.name,
                link.supplier.number or None,
                link.party or None,
                words[link.decision].render(lang),
                link.reason.render(lang),
                link.supplier.rows,
                _cell(link.supplier.amount),
            ]
            for link in self.links
        ]

    def _account(self, lang: str) -> list[list[object]]:
        """Where the numbers come from: the rows read, used and left out, then what is to be known."""
        read = Text("Read from {name}, period {period}", name=self.name, period=self.period.name)
        lines = [(read, self.read), (Text("Used"), self.used), *((each.reason, each) for each in self.left_out)]
        rows = [_titles(lang, Text("What"), Text("Rows"), Text("Amount"), Text("Currency"))]
        for place, (text, each) in enumerate(lines):
            title = (Text("Left out: {reason}", reason=text) if place > 1 else text).render(lang)
            money: list[tuple[str, Decimal | None]] = [*each.amounts.items()] if each.amounts else [("", None)]
            for at, (code, amount) in enumerate(money):  # the rows once, whatever the currencies
                rows.append([title, None if at else each.rows, _cell(amount), code or None])
        texts: list[list[object]] = [
            [GRADES[each.grade].render(lang), each.message.render(lang), each.remedy.render(lang), None]
            for each in self.findings
        ]
        understood: list[list[object]] = [[line.render(lang), None, None, None] for line in self.understood]
        rows += [[None] * 4, *understood]
        return [*rows, [None] * 4, *texts] if texts else rows


def _titles(lang: str, *titles: Text) -> list[object]:
    return [title.render(lang) for title in titles]


def _cell(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return None if value == "" else value


def month_name(month: date) -> str:
    """A month for messages."""
    return f"{month:%Y-%m}"
