"""A CRM's list of deals: what, with which client, how much, how likely, how far, when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from math import fsum
from pathlib import Path

from kam_xl.excel.references import column_letters
from kam_xl.locale import Text, language_of_headers, plural
from kam_xl.table.errors import HeaderNotFoundError, SeveralCurrenciesError, TableError
from kam_xl.table.grid import Grid, Source
from kam_xl.table.headers.currencies import currency_code
from kam_xl.table.headers.currency_columns import currency_columns
from kam_xl.table.headers.header import Header, find_header
from kam_xl.table.headers.vat import bases
from kam_xl.table.interpretation import ColumnUse, Interpretation
from kam_xl.table.sources.files import open_file
from kam_xl.table.values.cells import Cell, quoted, read_name
from kam_xl.table.values.dates import Written, as_date, day_first, is_fiscal, read_written, written_number
from kam_xl.table.values.money import read_money
from kam_xl.table.values.numbers import read_number
from kam_xl.table.values.shown import ShownNumber
from kam_xl.table.words.matching import Matcher, unit_of, words
from kam_xl.table.words.vat import Basis
from kam_xl.table.words.vocabulary import SURE_TOTALS, section

STAGES = ("lead", "qualified", "proposal", "negotiation", "won", "lost")
_NEEDED = 3  # so many fields make a list of deals
_SHOWN = 10
_DENIALS = frozenset(section("deal_stages")["not"])
_PERCENT = Text("Probabilities are read as percentages: 1 is 1%.")
_SHARE = Text("Probabilities are read as shares: 1 is 100%.")
_BY_THE_END = Text("Deals that close in a month, a quarter or a year are dated its last day.")
_FISCAL = Text("Parts of fiscal years were read as those of calendar years.")


class DealsUnreadableError(TableError):
    """Cells of a list of deals cannot be read."""


@dataclass(frozen=True)
class Deal:
    """One deal; `stage` is a code of `STAGES`, or the CRM's `word` for it; probability is a share; None is unknown."""

    client_id: str
    client: str
    what: str
    amount: float | None = None
    probability: float | None = None
    stage: str = ""
    when: date | None = None
    owner: str = ""
    currency: str = ""
    word: str = field(default="", compare=False)


@dataclass(frozen=True)
class Deals:
    """The deals of a file, what was left out, each reason with its deals, how it was read, and with VAT or not."""

    name: str
    deals: Sequence[Deal]
    left_out: Mapping[str, Sequence[Deal]] = field(default_factory=dict)
    understood: Interpretation = field(default_factory=lambda: Interpretation("opportunities", ""))
    notes: Sequence[Text] = ()
    vat: tuple[Basis, str] = ("", "")


def money(deals: Sequence[Deal]) -> float:
    """What deals add up to.

    >>> money([Deal("", "Nord", "Pipes", 2.5), Deal("", "Nord", "Valves")])
    2.5
    """
    return fsum(deal.amount or 0.0 for deal in deals)


def read_deals(given: Path | Source, *, sheet: str = "", encoding: str = "", currency: str = "") -> Deals:
    """Read a list of deals.

    Parameters
    ----------
    given : Path or Source
        A file that any client table could be in, or an open workbook.
    sheet : str, optional
        Its sheet; by default the one whose header names most fields of a deal.
    encoding : str, optional
        That of a text file, where it is not found by itself.
    currency : str, optional
        Only the deals in this currency; they are never added up.

    Raises
    ------
    TableError
        Where there is no such list, cells cannot be read (all are told), or several currencies and none is named.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp(), "deals.csv")
    >>> _ = path.write_text("Deal,Company,Amount,Probability,Stage\\nPipes,Nord,500,40%,Proposal made\\n", "utf-8")
    >>> [(deal.client, deal.what, deal.amount, deal.probability, deal.stage) for deal in read_deals(path).deals]
    [('Nord', 'Pipes', 500.0, 0.4, 'proposal')]
    """
    source = open_file(given, encoding) if isinstance(given, Path) else given
    grid, header = _place(source, sheet)
    rows = _Rows(grid, header, source.decimal or ".")
    deals_read = rows.deals()
    deals, others = _in_one_currency(deals_read, currency, source.name)
    kept: list[Deal] = []
    left_out: dict[str, list[Deal]] = {"other_currency": others} if others else {}
    for deal in deals:
        reason = _no_deal(deal)
        (left_out.setdefault(reason, []) if reason else kept).append(deal)
    return Deals(source.name, kept, left_out, _understood(source.name, grid, header), rows.notes, _vat(grid, header))


def _vat(grid: Grid, header: Header) -> tuple[Basis, str]:
    """What the amounts say about VAT."""
    at = header.fields["deal_amount"]
    return bases({at: header.titles[at]}, grid, header.top).get(at, ("", ""))


def _place(source: Source, sheet: str) -> tuple[Grid, Header]:
    matcher = Matcher(section("deal_columns"))
    heads = [source.head(each) for each in ([sheet] if sheet else source.sheets())]
    tables = [(head, header) for head in heads if (header := find_header(head, matcher, _NEEDED))]
    tables = [each for each in tables if {"deal", "deal_amount"} <= each[1].fields.keys()]
    if not tables:
        titles = max(
            (row for head in heads for row in head.rows), key=lambda row: len(list(filter(None, row))), default=[]
        )
        raise HeaderNotFoundError(
            Text("no row names deal, client and amount"),
            where=source.name,
            got=", ".join(str(title) for title in titles if title)[:200],
            remedy=Text("Name the columns as a CRM does: Deal name, Company, Amount, Probability, Stage, Close date."),
        )
    head, header = max(tables, key=lambda each: len(each[1].fields))
    return source.grid(head.sheet), header


def _understood(name: str, grid: Grid, header: Header) -> Interpretation:
    taken = {column: field for field, column in header.fields.items()}
    columns = [
        ColumnUse(column_letters(grid.left + at), title, taken.get(at, ""))
        for at, title in enumerate(header.titles)
        if title
    ]
    return Interpretation("opportunities", name, (grid.sheet,), (grid.top + header.row,), tuple(columns))


class _Rows:
    """The rows below the header of a list of deals."""

    def __init__(self, grid: Grid, header: Header, decimal: str) -> None:
        self._grid, self._header, self._decimal = grid, header, decimal
        self._first = header.row + 1
        self._columns = grid.columns(self._first, len(header.titles))
        self._bad: list[tuple[int, int, Text]] = []
        self.notes: list[Text] = []

    def deals(self) -> list[Deal]:
        """All rows that say anything."""
        texts = {name: self._texts(name) for name in ("client_id", "client", "deal", "stage", "deal_status", "owner")}
        amounts, currencies = self._amounts()
        shares, days, ids = self._shares(), self._days(), self._texts("deal_id")
        count = len(texts["deal"])
        filled = [bool(texts["deal"][at] or texts["client"][at] or amounts[at]) for at in range(count)]
        self._refuse_bad([at for at in range(count) if filled[at]])
        return [
            Deal(
                texts["client_id"][at],
                texts["client"][at],
                texts["deal"][at] or (f"#{ids[at]}" if ids[at] else ""),
                amounts[at],
                shares[at],
                stage_of(texts["stage"][at], texts["deal_status"][at]),
                days[at],
                texts["owner"][at],
                currencies[at],
                texts["stage"][at],
            )
            for at in range(count)
            if filled[at]
        ]

    def _cells(self, name: str) -> Sequence[Cell]:
        column = self._header.fields.get(name)
        return (None,) * len(self._columns[0]) if column is None else self._columns[column]

    def _currencies(self) -> Sequence[Cell]:
        places = currency_columns(self._header, self._columns)
        return self._columns[places[0]] if places else self._cells("currency")

    def _texts(self, name: str) -> list[str]:
        return [read_name(cell) or "" for cell in self._cells(name)]

    def _amounts(self) -> tuple[list[float | None], list[str]]:
        column = self._header.fields["deal_amount"]
        unit = unit_of(self._header.titles[column])
        read = read_money(list(self._columns[column]), column, unit, self._decimal)
        scale = unit.scale or 1.0
        for each in read.remarks:
            if each.grade == "error" and each.row is not None:
                plain = each.code == "not-a-number"
                self._bad.append((each.row, column, Text("this is not an amount") if plain else each.message))
        self.notes += [each.message for each in read.remarks if each.code == "own-unit"]
        own = [*map(currency_code, self._currencies())]
        codes = [own[at] or read.currencies.get(at, unit.currency or "") for at in range(len(own))]
        return [None if value is None else value * scale for value in read.values], codes

    def _shares(self) -> list[float | None]:
        """Probabilities as shares: 40, "40%" and 0.4 are one; all numbers of a column are of one kind (told)."""
        cells = self._cells("probability")
        read = [_share(cell) for cell in cells]
        column = self._header.fields.get("probability", 0)
        bare = [value for value, is_percent in read if value and not is_percent]
        broken, large = any(0 < value < 1 for value in bare), any(value > 1 for value in bare)
        in_percent = large or ("%" in self._header.titles[column] and not broken)
        if bare:
            self.notes.append(_PERCENT if in_percent else _SHARE)
        shares: list[float | None] = []
        for at, (value, is_percent) in enumerate(read):
            share = value / 100 if value is not None and (is_percent or in_percent) else value
            if large and not is_percent and value and value < 1:
                self._bad.append((at, column, Text("this may be a percentage or a share")))
            elif (share is None and read_name(cells[at])) or (share is not None and not 0 <= share <= 1):
                self._bad.append((at, column, Text("this is not a probability")))
            shares.append(share)
        return shares

    def _days(self) -> list[date | None]:
        cells = self._cells("close_date")
        first = day_first(cell for cell in cells if isinstance(cell, str))
        if first is None and (order := language_of_headers(self._header.titles).date_order):
            first = order == "dmy"
        column = self._header.fields.get("close_date", 0)
        days: list[date | None] = []
        read = [_written(cell) for cell in cells]
        self.notes += [_BY_THE_END] if any(written and written.months for written in read) else []
        self.notes += [_FISCAL] if any(isinstance(cell, str) and is_fiscal(cell) for cell in cells) else []
        for at, (cell, written) in enumerate(zip(cells, read, strict=True)):
            if written and first is None and written.swapped not in (None, written.day):
                self._bad.append((at, column, Text("the day or the month may come first")))
            if written is None and read_name(cell):
                self._bad.append((at, column, Text("this is not a date")))
            days.append(written and (written.swapped if written.swapped and first is False else written.last))
        return days

    def _refuse_bad(self, rows: Sequence[int]) -> None:
        """Stop where cells of deals cannot be read; those of notes below the list matter to nobody."""
        bad = sorted(each for each in self._bad if each[0] in set(rows))
        if not bad:
            return
        shown: list[Text | str] = [
            Text(
                "{cell} {what} ({value})",
                cell=self._grid.cell(self._first + row, column),
                what=what,
                value=quoted(self._columns[column][row]),
            )
            for row, column, what in bad[:_SHOWN]
        ]
        raise DealsUnreadableError(
            plural(
                "{n:count} cell cannot be read: {cells}",
                "{n:count} cells cannot be read: {cells}",
                n=len(bad),
                cells=[*shown, *["…"] * (len(bad) > _SHOWN)],
            ),
            where=self._grid.sheet,
            remedy=Text("Correct them in the CRM or in the file."),
        )


def _written(cell: Cell) -> Written | None:
    """The date that a cell holds, or says."""
    if isinstance(cell, str):
        return read_written(cell)
    if isinstance(cell, (int, float)):
        return written_number(cell)
    day = as_date(cell)
    return Written(day) if day else None


def _share(cell: Cell) -> tuple[float | None, bool]:
    """The number of a probability, and whether it is said to be a percentage."""
    if isinstance(cell, ShownNumber) and cell.shown.percent:
        return float(cell) * 100, True
    if isinstance(cell, (int, float)):
        return float(cell), False
    text = (read_name(cell) or "").replace(" ", "")
    number = read_number(text.rstrip("%")) if text else None
    return (None if number is None else number.value), text.endswith("%")


def stage_of(stage: str, status: str = "") -> str:
    """The stage of a deal by its CRM's word for it; of a closed one what its status says.

    >>> stage_of("Proposal/Price Quote"), stage_of("Согласование", "open"), stage_of("Demo", "Lost"), stage_of("Z1")
    ('proposal', 'negotiation', 'lost', 'Z1')
    >>> stage_of("Договор не подписан"), stage_of("Договор подписан")
    ('negotiation', 'won')
    """
    closed = _stage(status) if status else ""
    return closed if closed in ("won", "lost") else _stage(stage) or stage


def _stage(text: str) -> str:
    spelled = words(text)
    given = f" {' '.join(spelled)} "
    if exact := next((code for code, variant in _stages() if given == variant), ""):
        return exact
    denied = not _DENIALS.isdisjoint(spelled)  # "not signed" is not won
    return next((code for code, variant in _stages() if variant in given and not (denied and code == "won")), "")


@cache
def _stages() -> list[tuple[str, str]]:
    """The stages with their words, the last stages first: "closed lost" is lost."""
    stages = section("deal_stages")
    return [(code, f" {' '.join(words(each))} ") for code in reversed(STAGES) for each in stages[code]]


def _in_one_currency(deals: Sequence[Deal], currency: str, where: str) -> tuple[list[Deal], list[Deal]]:
    codes = sorted({deal.currency for deal in deals if deal.currency and deal.amount})
    if len(codes) > 1 and not currency:
        sums = [
            Text("{code} {amount:money}", code=code, amount=money([each for each in deals if each.currency == code]))
            for code in codes
        ]
        raise SeveralCurrenciesError(
            Text("the deals are in several currencies: {sums}", sums=sums),
            where=where,
            remedy=Text("Choose one of them: --currency {code}", code=codes[0]),
        )
    code = currency_code(currency)
    wanted: Callable[[Deal], bool] = lambda deal: not code or deal.currency in ("", code)  # noqa: E731
    return [deal for deal in deals if wanted(deal)], [deal for deal in deals if not wanted(deal)]


def _no_deal(deal: Deal) -> str:
    """Why a row is not a deal that could be imported; blank where it is one."""
    named = (deal.client or deal.client_id, deal.what)
    if any(name.casefold().startswith(SURE_TOTALS) for name in named) and not (all(named) and deal.when):
        return "total"
    return "no_client" if not named[0] else "no_name" if not deal.what else ""
