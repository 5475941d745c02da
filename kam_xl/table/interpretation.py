"""What was understood of a table: one plain value, shown to people, written to a file, changed there and given back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kam_xl.locale import LANGUAGES, Quoted, Text, in_context, plural
from kam_xl.table.words.matching import words

Kind = Literal["clients", "competitors", "operational", "invoices", "market", "opportunities"]
# A summary names no more columns than these that are not used.
_MANY = 6
OWN_SCORES, HISTORY = "own_scores", "history"
_BY_HEADERS = (OWN_SCORES, HISTORY)
"""Fields of any number of columns, known by their headers; a reading file names them in comments."""

# What people call the fields.
TITLES: Mapping[str, Text] = {
    "client_id": Text("Client ID"),
    "client": Text("Client"),
    "revenue": Text("Revenue"),
    "procurement_budget": Text("Procurement budget"),
    "competitor_revenue": Text("Competitor revenue"),
    "margin": Text("Margin"),
    "sales_plan": Text("Sales plan"),
    "industry": Text("Industry"),
    "territory": Text("Territory"),
    "manager": Text("Manager"),
    "reference": in_context("column", "Reference"),
    "reference_reason": Text("Reason for reference"),
    "expertise": in_context("column", "Expertise"),
    "expertise_reason": Text("Reason for expertise"),
    "budget_basis": Text("Budget basis"),
    "budget_date": Text("Budget date"),
    "budget_low": Text("Budget, low"),
    "budget_high": Text("Budget, high"),
    "position": in_context("column", "Position"),
    "position_reason": Text("Reason for position"),
    "potential": in_context("column", "Potential"),
    "potential_reason": Text("Reason for potential"),
    "share_of_wallet": Text("Share of wallet"),
    "competitor_share": Text("Share of competitors"),
    "competitor": in_context("column", "Competitor"),
    "strengths": in_context("column", "Strengths"),
    "weaknesses": in_context("column", "Weaknesses"),
    "stance": in_context("column", "Stance"),
    "currency": Text("Currency"),
    "parent": Text("Parent company"),
    "quantity": Text("Quantity"),
    "unit_price": Text("Unit price"),
    OWN_SCORES: Text("Our scores"),
    HISTORY: Text("Revenue of earlier years"),
    "date": in_context("column", "Date"),
    "year": Text("Year of the date"),
    "amount": in_context("column", "Amount"),
    "number": Text("Document number"),
    "category": Text("Category"),
    "supplier": Text("Supplier"),
    "supplier_id": Text("Supplier ID"),
    "cost": Text("Cost"),
    "discount": Text("Discount"),
    "refunded": Text("Refunded"),
    "debit": Text("Debit"),
    "credit": Text("Credit"),
    "side": Text("Debit or credit"),
    "total": in_context("column", "Total"),
    "vat": Text("VAT"),
    "status": in_context("column", "Status"),
    "posted": Text("Posted"),
    "scenario": Text("Scenario"),
    "voided": Text("Cancelled"),
    "bank_account": Text("Bank account"),
    "document_type": Text("Document type"),
    "ledger_account": Text("Ledger account"),
    "credit_account": Text("Credit account"),
    "deal": in_context("column", "Deal"),
    "deal_amount": in_context("column", "Amount"),
    "deal_status": in_context("column", "Status"),
    "deal_id": Text("Deal ID"),
    "probability": in_context("column", "Probability"),
    "stage": in_context("column", "Stage"),
    "close_date": Text("Close date"),
    "owner": in_context("column", "Owner"),
}


@dataclass(frozen=True)
class ColumnUse:
    """One column and what it was taken as: `field` is blank where it is not used; `why` says what decided.

    `title` is its header, `letter` its place on the sheet (several for a value made of several columns: "C:F");
    `is_part` where it is one of these several; `year` is that of a column of earlier revenue.
    """

    letter: str
    title: str
    field: str = ""
    why: Text | None = None
    scale: float = 1.0
    currency: str = ""
    is_part: bool = False
    year: int | None = None

    @property
    def says_its_field(self) -> bool:
        """Whether the header is the very name of the field, so that nothing needs to be said."""
        title = self.title.split(",")[0].split("(")[0].strip().casefold().replace("ё", "е")
        name = TITLES.get(self.field)
        names = {name.render(lang).casefold().replace("ё", "е") for lang in LANGUAGES} if name else set()
        return self.why is None and title in names | {self.field.replace("_", " ")}

    def shown(self) -> str:
        """Place and header: `D "Amount"`."""
        return f"{self.letter} {Quoted(self.title)}" if self.title else self.letter

    def named(self) -> Text | str:
        """The same for a message, in the quotation marks of its language."""
        return Text("{letter} {title}", letter=self.letter, title=Quoted(self.title)) if self.title else self.letter


@dataclass(frozen=True)
class LeftOut:
    """Rows that are not records: why (a finding's code), how many, and their money where they have any."""

    code: str
    rows: int
    amount: float | None = None


@dataclass(frozen=True)
class Interpretation:
    """How a table was understood: where it stands, its header, its columns, and what was left out."""

    kind: Kind
    name: str
    sheets: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = ()
    columns: tuple[ColumnUse, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    total_agrees: bool = False
    table: str = ""
    encoding: str = ""
    decimal: str = ""
    day_first: bool | None = None
    currency: str = ""
    notes: tuple[Text, ...] = field(default=())
    groups: tuple[str, ...] = ()
    skip: Mapping[str, Sequence[str | float]] = field(default_factory=dict)
    summed: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def used(self) -> tuple[ColumnUse, ...]:
        """The columns that are used."""
        return tuple(column for column in self.columns if column.field)

    @property
    def unused(self) -> tuple[ColumnUse, ...]:
        """The columns that are not."""
        return tuple(column for column in self.columns if not column.field and not column.is_part)

    def column(self, name: str) -> ColumnUse | None:
        """The column of a field."""
        return next((column for column in self.columns if column.field == name), None)

    def summary(self, *, whole: bool = False) -> list[Text]:
        """One to three lines: what is taken from where, what is not used, what was left out.

        `whole` names every column, also those whose headers are the very names of their fields.

        >>> columns = ColumnUse("B", "Name", "client"), ColumnUse("F", "Note")
        >>> read = Interpretation("clients", "a.csv", columns=columns)
        >>> [line.render("en") for line in read.summary()]
        ['Understood: Client <- B "Name".', 'Not used: F "Note".']
        """
        shown_columns = [column for column in self.used if whole or not column.says_its_field]
        used: list[Text | str] = [_taken(column) for column in shown_columns if column.field not in _BY_HEADERS]
        used += [
            Text("{field} <- {columns}", field=TITLES[name], columns=columns)
            for name in _BY_HEADERS
            if (columns := [column.named() for column in shown_columns if column.field == name])
        ]
        if by_name := len(self.used) - len(shown_columns):
            used.append(plural("{n:count} column by its own name", "{n:count} columns by their own names", n=by_name))
        if len(self.sheets) > 1:
            used.insert(0, Text("sheets {sheets} together", sheets=[Quoted(sheet) for sheet in self.sheets]))
        lines = [Text("Understood: {columns}.", columns=used)]
        if self.unused:
            most = len(self.unused) if whole else _MANY
            shown = [column.named() for column in self.unused[:most]] + ["…"] * (len(self.unused) > most)
            lines.append(Text("Not used: {columns}.", columns=shown))
        left_out: list[Text | str] = [_rows(each) for each in self.left_out]
        if self.total_agrees:
            left_out.append(Text("the rows add up to the total of the table"))
        if left_out:
            lines.append(Text("Rows left out: {rows}.", rows=left_out))
        return [*lines, *self.notes] if self.kind == "clients" else lines

    def toml(self, lang: str = "en", file: str = "reading.toml") -> str:
        """The reading file, as `--reading` takes it, with what is not used in comments of a language.

        >>> print(Interpretation("clients", "a.csv", ("a",), (1,), (ColumnUse("B", "Name", "client"),)).toml())
        # How a.csv was understood. Change what is wrong and give it back: --reading reading.toml
        kind = "clients"
        sheets = ["a"]
        header_rows = [1]
        <BLANKLINE>
        [columns]
        client = "Name"  # B "Name"
        """
        computed = [each for each in self.used if ":" in each.letter and each.field not in _BY_HEADERS]
        by_headers = [each for each in self.used if each.field in _BY_HEADERS]
        earlier = [each for each in by_headers if each.year]
        title = Text(
            "How {name} was understood. Change what is wrong and give it back: --reading {file}",
            name=self.name,
            file=file,
        )
        lines = [
            f"# {title.render(lang)}",
            f"kind = {_toml(self.kind)}",
            *(f"{name} = {_toml(value)}" for name, value in self._settings().items() if value),
            *(f"day_first = {_toml(self.day_first)}" for _ in (1,) if self.day_first is not None),
            "",
            "[columns]",
            *(
                f"{name} = {self._given(columns)}  # {', '.join(column.shown() for column in columns)}"
                for name, columns in self._by_field().items()
            ),
            *(
                f"{each.field} = {_toml(list(self.summed[each.field]))}  # {each.letter}"
                if each.field in self.summed
                else f"# {_computed(each).render(lang)}"
                for each in computed
            ),
            *(f"# {TITLES[each.field].render(lang)}: {each.shown()}" for each in by_headers if not each.year),
            *(f"# {Text('not used: {column}', column=column.shown()).render(lang)}" for column in self.unused),
            *(["", f"[{HISTORY}]"] if earlier else []),
            *(f"{each.year} = {self._given([each])}  # {each.shown()}" for each in earlier),
            *(["", "[skip]"] if self.skip else []),
            *(f"{_key(name)} = {_toml(list(values))}" for name, values in self.skip.items()),
        ]
        return "\n".join(lines)

    def _by_field(self) -> dict[str, list[ColumnUse]]:
        """The columns of each field that a reading file can name: as a rule one, of status or name also several."""
        by_field: dict[str, list[ColumnUse]] = {}
        for column in self.used:
            if ":" not in column.letter and column.field not in _BY_HEADERS:
                by_field.setdefault(column.field, []).append(column)
        return by_field

    def _given(self, columns: Sequence[ColumnUse]) -> str:
        """The headers of a field; the letter of its only column where that has none, one that others have, too, or a
        part of one."""
        if len(columns) > 1:
            return _toml([column.title for column in columns])
        [column] = columns
        alike = sum(words(each.title) == words(column.title) for each in self.columns)
        return _toml(column.title) if alike == 1 and not column.is_part else f"{{ column = {_toml(column.letter)} }}"

    def _settings(self) -> Mapping[str, object]:
        return {
            "sheets": list(self.sheets),
            "table": self.table,
            "header_rows": [] if self.table else list(self.header_rows),
            "encoding": self.encoding,
            "decimal": self.decimal,
            "currency": self.currency,
            "groups": list(self.groups),
        }


_REASONS = {
    "total-row": Text("totals: {rows}"),
    "not-a-client": Text("headings and footnotes: {rows}"),
    "group-row": Text("group headings: {rows}"),
    "other-clients": Text("several clients in one row: {rows}"),
    "detail-row": Text("parts of a client: {rows}"),
    "skipped-row": Text("skipped by the reading file: {rows}"),
    "other-currency": Text("in another currency: {rows}"),
}


def _rows(left_out: LeftOut) -> Text:
    reason = Text(_REASONS[left_out.code].message, rows=left_out.rows)
    if left_out.amount is None:
        return reason
    return Text("{reason} ({amount:money})", reason=reason, amount=left_out.amount)


def _taken(column: ColumnUse) -> Text:
    field = TITLES.get(column.field, column.field)
    if column.why:
        return Text("{field} <- {column} ({why})", field=field, column=column.named(), why=column.why)
    return Text("{field} <- {column}", field=field, column=column.named())


def _computed(column: ColumnUse) -> Text:
    return Text("{field} is computed from {columns}", field=column.field, columns=column.letter)


def _key(name: str) -> str:
    """A key of TOML; one that is not a plain word stands in quotation marks."""
    return name if name.isascii() and name.isidentifier() else _toml(name)


def _toml(value: object) -> str:
    """A value as TOML writes it; its strings, numbers and lists are those of JSON."""
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True)
class Given:
    """What a user says about a table, in a reading file: it overrides what would be understood.

    `columns` and `competitors` name headers by field, `letters` columns by their letter ("B"); `file` says where.
    `titles` are the headers above the letters, in a reading that a workbook keeps. `history` has earlier years with the
    header, or the letter, of their revenue; `groups` are the fields that heads
    of groups name, outermost first; `skip` are rows that are no clients: their numbers under "rows", texts under a
    field or a header.
    """

    kind: str = ""
    sheets: Sequence[str] = ()
    table: str = ""
    header_rows: Sequence[int] = ()
    encoding: str = ""
    decimal: str = ""
    day_first: bool | None = None
    currency: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    competitors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    history: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    skip: Mapping[str, tuple[str | float, ...]] = field(default_factory=dict)
    file: str = field(default="", compare=False)


NOTHING_GIVEN = Given()
