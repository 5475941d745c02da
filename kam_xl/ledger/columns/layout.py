"""Which columns of a ledger are what, and what their first rows say about sides, years, units and taxes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kam_xl.excel.references import column_letters
from kam_xl.ledger.columns import evidence
from kam_xl.ledger.columns.choice import VAT
from kam_xl.ledger.columns.evidence import Sample, is_date
from kam_xl.ledger.columns.fields import ABOUT, FIELDS, JUDGED
from kam_xl.ledger.errors import RecipeError
from kam_xl.locale import Text
from kam_xl.table.grid import Grid
from kam_xl.table.headers.units import unit_around
from kam_xl.table.interpretation import ColumnUse
from kam_xl.table.values.cells import Cell, quoted
from kam_xl.table.words.matching import Unit, unit_of, words
from kam_xl.table.words.vocabulary import section

# The fields that count whatever the money is made of; others only help to understand.
_COUNTS = {"date", "client", "client_id", "supplier", "supplier_id", "category", "number", "currency", "vat", "side"}
_COUNTS |= {"cost", "margin", "refunded", "year", *ABOUT, *JUDGED}
# A year, or that of a date of eight digits.
_ONE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:(?:0[1-9]|1[0-2])[0-3]\d)?(?!\d)")


@dataclass(frozen=True)
class Layout:
    """The header of a ledger: its row (from 0), its titles, and the columns of each field (of the client also several).

    `scale`, `currency` and `vat` are what the amount's title says: 1000.0 for "тыс.", "RUB", "incl" or "excl".
    `money` names the fields that the amount is made of: ("amount",) as a rule, or ("quantity", "unit_price"); of the
    two sides of an account the one that sales stand on comes first. `year` is that of dates without one, `contra` the
    side ("debit" or "credit") whose amounts lower the sum, `bank` says that the rows are those of a bank account.
    """

    row: int
    titles: tuple[str, ...]
    fields: Mapping[str, tuple[int, ...]]
    money: tuple[str, ...] = ("amount",)
    scale: float = 1
    currency: str = ""
    vat: str = ""
    notes: tuple[Text, ...] = field(default=())
    kind: str = "invoices"
    year: int = 0
    contra: str = ""
    bank: bool = False

    def scale_of(self, name: str) -> float:
        """What brings a money column to whole units: its own title's word, else that of the amounts."""
        own = None if name == self.money[-1] else unit_of(self.title(name)).scale
        scale = own or self.scale
        return int(scale) if scale >= 1 else scale

    def title(self, name: str) -> str:
        """The title of a field's first column."""
        return self.titles[self.fields[name][0]]

    def columns(self) -> tuple[ColumnUse, ...]:
        """All columns and what they were taken as, as `kam_xl.table.interpretation` shows them."""
        counts = _COUNTS | set(self.money) | ({"discount"} if "unit_price" in self.money else set())
        taken = {at: name for name, places in self.fields.items() if name in counts for at in places}
        return tuple(
            ColumnUse(column_letters(at + 1), title, taken.get(at, "")) for at, title in enumerate(self.titles) if title
        )


def judged(layout: Layout, head: Sequence[Sequence[Cell]], where: str, cents: str = "", year: int = 0) -> Layout:
    """The layout with what its first rows say about sides, years, units, and whose account it is."""
    sample = Sample(head[layout.row + 1 :])
    layout = _in_cents(_in_unit_above(layout, head), sample, where, cents)
    notes = list(layout.notes)
    if "side" in layout.fields:
        layout = replace(layout, contra=_contra(layout, sample))
    if layout.money in (("credit", "debit"), ("debit", "credit")) and layout.kind == "invoices":
        layout = replace(layout, money=_sides(layout, sample))
    lacks_year = "date" in layout.fields and sample.mostly(layout.fields["date"][0], evidence.lacks_year)
    year = _year(layout, [*(cell for row in head[: layout.row] for cell in row), where], year) if lacks_year else 0
    if year:
        notes.append(Text("The dates have no year: {year} is taken from the titles or the period.", year=str(year)))
    if bank := layout.kind == "invoices" and "purpose" in layout.fields and _is_account(layout):
        notes.append(Text("This is a bank statement: payments received count as revenue, payments made do not."))
    if suppliers := layout.kind == "invoices" and _of_suppliers(layout, sample):
        note = Text("{title} names several suppliers. Where they compete, read the file with kam-xl import market.")
        notes.append(Text(note.message, title=quoted(suppliers)))
        if both := _on_both_sides(layout, sample, suppliers):
            note = Text("{name} pays and is paid: leave out what it pays, with --where {title}={name}.")
            notes.append(Text(note.message, name=quoted(both), title=quoted(suppliers)))
    fields = {name: at for name, at in layout.fields.items() if name != "year" or not _has_years(layout, sample)}
    layout = replace(layout, fields=fields, year=year, bank=bank, notes=tuple(notes))
    return _with_tax(layout, sample) if "tax" in layout.fields and len(layout.money) == 1 else layout


def _has_years(layout: Layout, sample: Sample) -> bool:
    """Whether the dates have years of their own, so that a column of years says nothing more."""
    dates = layout.fields.get("date")
    return dates is not None and sample.mostly(dates[0], lambda cell: is_date(cell) and not evidence.lacks_year(cell))


def _of_suppliers(layout: Layout, sample: Sample) -> str:
    """The title of a column that names several suppliers: the file may be a market's ledger of purchases."""
    names = {"".join(words(each)) for each in FIELDS["market"]["supplier"]}
    for at, title in enumerate(layout.titles):
        unused = not any(at in places for places in layout.fields.values())
        if unused and "".join(words(title)) in names and len(set(map(str, sample.cells(at)))) > 1:
            return title
    return ""


def _on_both_sides(layout: Layout, sample: Sample, title: str) -> str:
    """A name that stands among the clients and in the column of those who are paid: that of our own company."""
    names = [set(map(str, sample.cells(at))) for at in (*layout.fields.get("client", ()), layout.titles.index(title))]
    return min(set.intersection(*names), default="")


def _in_unit_above(layout: Layout, head: Sequence[Sequence[Cell]]) -> Layout:
    """The layout in the unit that a title above the header states: "тыс. руб."."""
    if unit_of(layout.title(layout.money[-1])).scale:
        return layout
    title, unit = unit_around(Grid("", [*map(list, head[: layout.row + 1])]), layout.row) or (
        "",
        Unit(None, None, None),
    )
    if not unit.scale or unit.scale == 1:
        return layout
    note = Text("1 in the amounts is {scale:money}, as {title} says.", scale=unit.scale, title=quoted(title))
    currency = layout.currency or unit.currency or ""
    return replace(layout, scale=unit.scale, currency=currency, notes=(*layout.notes, note))


def _in_cents(layout: Layout, sample: Sample, where: str, cents: str) -> Layout:
    """The layout with its amounts in cents, where their title or the user says so.

    Raises
    ------
    RecipeError
        Where they may be, and nobody says: a payment service keeps them so.
    """
    title = layout.title(layout.money[-1])
    if cents == "yes" or (layout.scale < 1 and not cents):
        note = Text("The amounts of {title} are in cents: 100 of them count as 1.", title=quoted(title))
        return replace(layout, scale=0.01, notes=(*layout.notes, note))
    if cents == "no":
        return replace(layout, scale=max(layout.scale, 1))
    if layout.scale == 1 and evidence.may_be_cents(sample, layout.fields[layout.money[-1]][0]):
        raise RecipeError(
            Text("the amounts may be in cents: all are whole numbers beside the numbers of a payment service"),
            where=f"{where}, {title}",
            remedy=Text(
                'Say it in a file reading.toml, and give it with --reading reading.toml: cents = "yes" where 100 of '
                'them are 1, else cents = "no".'
            ),
        )
    return layout


def _with_tax(layout: Layout, sample: Sample) -> Layout:
    """The layout with what the tax beside the amounts says about them."""
    if layout.vat == "excl" or "fee" in layout.fields:
        return layout
    at, tax = layout.fields[layout.money[0]][0], layout.fields["tax"][0]
    basis = layout.vat or evidence.tax_basis(sample.numbers(at), sample.numbers(tax))
    titles = {"amount": quoted(layout.titles[at]), "tax": quoted(layout.titles[tax])}
    if basis == "excl":
        return replace(layout, vat=basis)
    note = (
        Text("The amounts in {amount} hold the tax in {tax}: they count with it.", **titles)
        if basis
        else Text(
            "Whether the amounts in {amount} hold the tax in {tax} is not said: they count as they stand.", **titles
        )
    )
    return replace(layout, vat=basis, notes=(*layout.notes, note))


def _is_account(layout: Layout) -> bool:
    of_books = not layout.fields.keys().isdisjoint(("ledger_account", "tax", "vat"))
    sides = "side" in layout.fields and not of_books
    return not layout.fields.keys().isdisjoint(("balance", "bank_account")) or len(layout.money) == 2 or sides


def _contra(layout: Layout, sample: Sample) -> str:
    """The side that lowers the sum: the rarer one, where the amounts themselves have no sign."""
    [amount], [side] = layout.fields[layout.money[-1]][:1], layout.fields["side"]
    if any(map(evidence.is_negative, sample.cells(amount))):
        return ""
    sides = [evidence.side_of(cell) for cell in sample.cells(side)]
    if layout.kind == "market" or "purpose" in layout.fields:
        return "credit" if layout.kind == "market" else "debit"
    return "debit" if sides.count("credit") > sides.count("debit") else "credit"


def _sides(layout: Layout, sample: Sample) -> tuple[str, ...]:
    """The side that sales stand on first: in the books of a client that is the debit, where invoices stand there."""
    if "document_type" not in layout.fields or set(layout.money) != {"debit", "credit"}:
        return layout.money
    kind, debit, credit = (layout.fields[name][0] for name in ("document_type", "debit", "credit"))
    sold = [row for row in sample.rows if kind < len(row) and evidence.is_kind(row[kind], "sale")]
    return ("debit", "credit") if len(_filled(sold, debit)) > len(_filled(sold, credit)) else ("credit", "debit")


def _filled(rows: Sequence[Sequence[Cell]], column: int) -> list[Cell]:
    return [row[column] for row in rows if column < len(row) and row[column] not in (None, "", 0)]


def _year(layout: Layout, titles: Sequence[Cell], given: int) -> int:
    """The only year that the titles above the header name, where the dates have none; else the given one.

    Raises
    ------
    RecipeError
        Where nothing names it.
    """
    years = {int(year) for title in titles if isinstance(title, str) for year in _ONE_YEAR.findall(title)}
    year = years.pop() if len(years) == 1 else given
    if not year and "year" not in layout.fields:
        raise RecipeError(
            Text("the dates have no year"), where=layout.title("date"), remedy=Text("Name it: --period 2025")
        )
    return year


def vat_of_cell(text: str) -> str:
    """What a cell of a VAT column says, its amount apart: "incl", "excl" or nothing known.

    >>> vat_of_cell("без НДС"), vat_of_cell("Incl. VAT"), vat_of_cell("в т.ч. 220,50"), vat_of_cell("?")
    ('excl', 'incl', 'incl', '')
    """
    key = "".join(word for word in words(text) if word.isalpha())
    return next((VAT[basis] for basis in VAT if key in _vat_words(basis)), "")


def _vat_words(basis: str) -> frozenset[str]:
    return frozenset("".join(words(each)) for each in section("vat")[basis])
