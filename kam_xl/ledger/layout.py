"""Which columns of a ledger are what: the header row found, each field's column, what its money is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kam_xl.excel.references import column_letters, column_number
from kam_xl.ledger import evidence
from kam_xl.ledger.choice import VAT, ColumnChoice, vat_of_title
from kam_xl.ledger.currency_columns import currency_columns
from kam_xl.ledger.errors import ColumnsError
from kam_xl.ledger.evidence import Sample, is_date, is_number, numbers_columns
from kam_xl.ledger.fields import ABOUT, FIELDS, JUDGED, NEEDED
from kam_xl.ledger.proposals import how_to_name
from kam_xl.locale import Text
from kam_xl.table.cells import Cell, quoted, read_name
from kam_xl.table.grid import Grid
from kam_xl.table.interpretation import ColumnUse
from kam_xl.table.matching import Match, Matcher, Unit, unit_of, words
from kam_xl.table.units import unit_around
from kam_xl.table.vocabulary import section

# What an amount can be made of where no column holds it, and of what else where not even that is there.
_MADE_OF = (("quantity", "unit_price"), ("total",), ("debit",), ("credit",), ("unit_price",))
_NAMES = {
    "date": Text("date"),
    "amount": Text("amount"),
    "client": Text("client"),
    "supplier": Text("supplier"),
}
# The fields that count whatever the money is made of; others only help to understand.
_COUNTS = {"date", "client", "client_id", "supplier", "supplier_id", "category", "number", "currency", "vat", "side"}
_COUNTS |= {"cost", "margin", "refunded", "year", *ABOUT, *JUDGED}
Own = Mapping[str, tuple[str, ...]]
# A year, or that of a date of eight digits.
_ONE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:(?:0[1-9]|1[0-2])[0-3]\d)?(?!\d)")
# A column by its letter: "B", "B:B".
_LETTERS = re.compile(r"([A-Z]{1,3})(?::\1)?")
# Of several header rows no more than these make one title.
_TALLEST = 2


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
    scale: int = 1
    currency: str = ""
    vat: str = ""
    notes: tuple[Text, ...] = field(default=())
    kind: str = "invoices"
    year: int = 0
    contra: str = ""
    bank: bool = False

    def scale_of(self, name: str) -> int:
        """What brings a money column to whole units: its own title's word, else that of the amounts."""
        return int(unit_of(self.title(name)).scale or self.scale)

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


def find_layout(
    head: Sequence[Sequence[Cell]], kind: str, own: Own, where: str, *, client: bool = False, dated: bool = True
) -> Layout:
    """The layout of a ledger from its first rows.

    Parameters
    ----------
    head : rows of cells
    kind : str
        "market" or "invoices".
    own : mapping
        Field to the user's own headers, or the letters of their columns where no header is called so; several of
        `client` together make the client.
    where : str
        The file's name in messages.
    client : bool
        Whether the client is known without a column.
    dated : bool
        Whether the rows must have dates.

    Raises
    ------
    ColumnsError
        Where date, amount or the names are not found.

    Examples
    --------
    >>> layout = find_layout([["Ledger 2025"], ["Дата", "Клиент", "Сумма без НДС, тыс. руб."]], "invoices", {}, "a.csv")
    >>> layout.row, layout.scale, layout.currency, layout.vat
    (1, 1000, 'RUB', 'excl')
    >>> find_layout([["Date", "Client", "Qty", "Price"]], "invoices", {}, "a.csv").money
    ('quantity', 'unit_price')
    """
    matcher = Matcher(FIELDS[kind], own)
    layouts = [
        _layout(row + height - 1, titles, matcher, own, Sample(head[row + height :]))
        for height in range(1, _TALLEST + 1)
        for row in range(len(head) - height + 1)
        if (titles := _stacked(head[row : row + height], matcher))
    ]

    def weight(layout: Layout) -> tuple[int, bool, int]:
        by_letter = any(_letter(each) for titles in own.values() for each in titles)
        return len(layout.fields), _is_numbered(layout, head), by_letter * sum(map(bool, layout.titles))

    best = max(layouts, key=weight, default=Layout(0, (), {}))
    _refuse_absent(own, best, head, kind, where)
    missing = ["date"] if dated and "date" not in best.fields else []
    missing += ["amount"] if not best.money else []
    needed = [keys for keys in NEEDED[kind] if not (client and "client" in keys)]
    missing += [keys[0] for keys in needed if not any(key in best.fields for key in keys)]
    if missing:
        raise ColumnsError(
            Text("columns were not found: {names}", names=[_NAMES[key] for key in missing]),
            where=where,
            remedy=_naming(missing, best, head),
        )
    return _judged(replace(best, kind=kind, row=best.row + _is_numbered(best, head)), head, where)


def _naming(missing: Sequence[str], best: Layout, head: Sequence[Sequence[Cell]]) -> Text:
    """How to name the missing columns."""
    row = best.row if best.fields else _widest(head)
    used = {at for places in best.fields.values() for at in places}
    titles = [read_name(cell) or "" for cell in head[row]] if head else []
    return how_to_name(missing, titles, head[row + 1 :], used, [quoted(title) for title in _titles(head, best)])


def _widest(head: Sequence[Sequence[Cell]]) -> int:
    """The row with most texts."""
    return max(range(len(head)), key=lambda at: sum(isinstance(cell, str) and bool(cell.strip()) for cell in head[at]))


def _is_numbered(layout: Layout, head: Sequence[Sequence[Cell]]) -> bool:
    """Whether the row below the header numbers its columns, as forms do."""
    return layout.row + 1 < len(head) and numbers_columns(head[layout.row + 1])


def _stacked(rows: Sequence[Sequence[Cell]], matcher: Matcher) -> list[str]:
    """The titles of a row, or of two that make one header: what stands over several columns counts for all of them."""
    titles = [[read_name(cell) or "" for cell in cells] for cells in rows]
    if len(titles) == 1:
        return titles[0]
    lower = titles[1]
    if sum(map(bool, lower)) < _TALLEST or any(map(is_number, rows[1])) or any(map(is_date, filter(None, lower))):
        return []
    width, above, stacked = max(map(len, titles)), "", []
    for at in range(width):
        top, bottom = (row[at] if at < len(row) else "" for row in titles)
        above = top or (above if bottom else "")
        tried = (f"{above} {bottom}".strip(), bottom, above)
        stacked.append(next((each for each in tried if each and matcher.match(each)), tried[0]))
    return stacked


def _judged(layout: Layout, head: Sequence[Sequence[Cell]], where: str) -> Layout:
    """The layout with what its first rows say about sides, years, and whose account it is."""
    sample = Sample(head[layout.row + 1 :])
    layout = _in_unit_above(layout, head)
    notes = list(layout.notes)
    if "side" in layout.fields:
        layout = replace(layout, contra=_contra(layout, sample))
    if layout.money in (("credit", "debit"), ("debit", "credit")) and layout.kind == "invoices":
        layout = replace(layout, money=_sides(layout, sample))
    if evidence_of_year := _year(layout, sample, [*(cell for row in head[: layout.row] for cell in row), where]):
        notes.append(Text("The dates have no year: {year} is taken from the titles.", year=str(evidence_of_year)))
    if bank := layout.kind == "invoices" and "purpose" in layout.fields and _is_account(layout):
        notes.append(Text("This is a bank statement: payments received count as revenue, payments made do not."))
    if suppliers := layout.kind == "invoices" and _of_suppliers(layout, sample):
        note = Text("{title} names several suppliers. Where they compete, read the file with kam-xl import market.")
        notes.append(Text(note.message, title=quoted(suppliers)))
    fields = {name: at for name, at in layout.fields.items() if name != "year" or not _has_years(layout, sample)}
    layout = replace(layout, fields=fields, year=evidence_of_year, bank=bank, notes=tuple(notes))
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
    return replace(layout, scale=int(unit.scale), currency=currency, notes=(*layout.notes, note))


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
    return not layout.fields.keys().isdisjoint(("balance", "bank_account")) or len(layout.money) == 2


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


def _year(layout: Layout, sample: Sample, titles: Sequence[Cell]) -> int:
    """The only year that the titles above the header name, where the dates have none."""
    if "date" not in layout.fields or not sample.mostly(layout.fields["date"][0], evidence.lacks_year):
        return 0
    years = {int(year) for title in titles if isinstance(title, str) for year in _ONE_YEAR.findall(title)}
    return years.pop() if len(years) == 1 else 0


def _refuse_absent(own: Own, best: Layout, head: Sequence[Sequence[Cell]], kind: str, where: str) -> None:
    """Stop where the user names headers that are not there: of the client all are needed, else one of them."""
    absent: list[str] = []
    for name, titles in own.items():
        lost = [title for title in titles if _place(title, best.titles) is None]
        if name in FIELDS[kind] and lost and (name == "client" or len(lost) == len(titles)):
            absent += lost
    if absent:
        raise ColumnsError(
            Text("the recipe names headers that the file does not have: {names}", names=[*map(quoted, absent)]),
            where=where,
            remedy=Text("The headers are: {titles}.", titles=[quoted(title) for title in _titles(head, best)]),
        )


def _titles(head: Sequence[Sequence[Cell]], best: Layout) -> Sequence[str]:
    if best.fields:
        return [title for title in best.titles if title]
    return [str(cell) for cell in head[_widest(head)] if cell not in (None, "")][:20] if head else []


def _layout(row: int, titles: list[str], matcher: Matcher, own: Own, sample: Sample) -> Layout:
    by_field: dict[str, list[int]] = {}
    matches: dict[int, Match] = {}
    lettered = {_place(each, titles): name for name, given in own.items() for each in given if _letter(each)}
    for column, title in enumerate(titles):
        if match := Match(lettered[column], 0, 0) if column in lettered else matcher.match(title):
            matches[column] = match
            by_field.setdefault(match.field, []).append(column)
    choice = ColumnChoice(titles, matches, sample)
    fields = {name: choice.best(name, columns) for name, columns in by_field.items()}
    fields |= {"status": tuple(by_field["status"])} if "status" in by_field else {}
    fields |= _composed(own.get("client", ()), titles)
    choice.settle(fields, by_field)
    base = currency_columns(titles, fields, by_field, sample)
    if "date" not in fields and "year" in fields:
        fields["date"] = fields.pop("year")
    money, notes = _money(fields, by_field, titles)
    notes += base
    if not money:
        return Layout(row, tuple(titles), fields, ())
    title = titles[fields[money[-1]][0]]
    unit = unit_of(title)
    vat = vat_of_title(title) or ("excl" if "tax" in fields and words(title)[:1] in (["subtotal"], ["sub"]) else "")
    vat = "" if "fee" in fields else vat  # gross and net of fees say nothing of VAT
    return Layout(row, tuple(titles), fields, money, int(unit.scale or 1), unit.currency or "", vat, notes)


def _money(
    fields: dict[str, tuple[int, ...]], by_field: Mapping[str, list[int]], titles: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Text, ...]]:
    """The fields that make the amount, and what to report about the choice."""
    if "amount" in fields:
        others = [
            titles[at] for name in ("amount", "total") for at in by_field.get(name, ()) if at != fields["amount"][0]
        ]
        taken = titles[fields["amount"][0]]
        note = Text(
            'The amount is taken from "{title}", not from {others}.', title=taken, others=[*map(quoted, others)]
        )
        return ("amount",), (note,) if others else ()
    made = next((each for each in _MADE_OF if all(name in fields for name in each)), ())
    if made == ("quantity", "unit_price"):
        discount = (
            Text(", less {title}", title=quoted(titles[fields["discount"][0]])) if "discount" in fields else Text("")
        )
        pair = [quoted(titles[fields[name][0]]) for name in made]
        return made, (
            Text("The amount is {quantity} x {price}{discount}.", quantity=pair[0], price=pair[1], discount=discount),
        )
    if made in (("debit",), ("credit",)):
        sides = tuple(name for name in ("credit", "debit") if name in fields)
        return sides, ()
    return made, ()


def _composed(titles_of_client: Sequence[str], titles: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The columns that make the client together, where all of the user's headers are there."""
    columns = tuple(at for each in titles_of_client if (at := _place(each, titles)) is not None)
    return {"client": columns} if len(titles_of_client) > 1 and len(columns) == len(titles_of_client) else {}


def _place(given: str, titles: Sequence[str]) -> int | None:
    """The column that the user means: by its header, else by its letter; "B:B" is a letter in any case."""
    known = {"".join(words(title)): column for column, title in reversed(list(enumerate(titles))) if title}
    letter = _letter(given)
    if not letter or (letter == given and "".join(words(given)) in known):
        return known.get("".join(words(given)))
    return at if (at := column_number(letter) - 1) < len(titles) else None


def _letter(given: str) -> str:
    return match[1] if (match := _LETTERS.fullmatch(given)) else ""


def vat_of_cell(text: str) -> str:
    """What a cell of a VAT column says: "incl", "excl" or nothing known.

    >>> vat_of_cell("без НДС"), vat_of_cell("Incl. VAT"), vat_of_cell("?")
    ('excl', 'incl', '')
    """
    key = "".join(words(text))
    return next((VAT[basis] for basis in VAT if key in _vat_words(basis)), "")


def _vat_words(basis: str) -> frozenset[str]:
    return frozenset("".join(words(each)) for each in section("vat")[basis])
