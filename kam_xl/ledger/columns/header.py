"""The header of a ledger: the row that names most fields, each field's column, what its money is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kam_xl.excel.references import column_number
from kam_xl.ledger.columns.choice import ColumnChoice, vat_of_title
from kam_xl.ledger.columns.currency_columns import currency_columns
from kam_xl.ledger.columns.evidence import Sample, apart, is_date, is_number, numbers_columns
from kam_xl.ledger.columns.fields import FIELDS, NEEDED
from kam_xl.ledger.columns.layout import Layout, judged
from kam_xl.ledger.columns.proposals import DEALS, LISTED, how_to_name
from kam_xl.ledger.errors import ColumnsError
from kam_xl.locale import Text
from kam_xl.table.headers.currency_columns import heads_currency
from kam_xl.table.values.cells import Cell, quoted, read_name
from kam_xl.table.words.matching import Match, Matcher, unit_of, words

# What an amount can be made of where no column holds it, and of what else where not even that is there.
_MADE_OF = (("quantity", "unit_price"), ("total",), ("debit",), ("credit",), ("unit_price",))
_NAMES = {
    "date": Text("date"),
    "amount": Text("amount"),
    "client": Text("client"),
    "supplier": Text("supplier"),
}
# Columns that may hold names where no other does: the texts of bank statements.
_MAY_BE_NAMES = ("category", "purpose")
Own = Mapping[str, tuple[str, ...]]
# A column by its letter: "B", "B:B".
_LETTERS = re.compile(r"([A-Z]{1,3})(?::\1)?")
# Of several header rows no more than these make one title.
_TALLEST = 2
# How well a currency of anything is matched.
_OF_ANYTHING = 5


def find_layout(
    head: Sequence[Sequence[Cell]],
    kind: str,
    own: Own,
    where: str,
    *,
    client: bool = False,
    dated: bool = True,
    cents: str = "",
    year: int = 0,
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
    cents : str
        "yes" or "no", whether the amounts are in cents, where that is known.
    year : int
        That of dates without one, where no title names it.

    Raises
    ------
    ColumnsError
        Where date, amount or the names are not found.

    Examples
    --------
    >>> layout = find_layout([["Ledger 2025"], ["Дата", "Клиент", "Сумма без НДС, тыс. руб."]], "invoices", {}, "a.csv")
    >>> layout.row, layout.scale, layout.currency, layout.vat
    (1, 1000.0, 'RUB', 'excl')
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
    fields = best.fields
    if "client" in fields and "date" in fields and apart(head[best.row + 1 :], fields["date"][0], fields["client"][0]):
        missing.append("client")  # a report by client, which has yet to be turned into rows
    needed = [keys for keys in NEEDED[kind] if not (client and "client" in keys)]
    missing += [keys[0] for keys in needed if not any(key in best.fields for key in keys)]
    if missing:
        raise ColumnsError(
            Text("columns were not found: {names}", names=[_NAMES[key] for key in missing]),
            where=where,
            remedy=_naming(missing, best, head),
        )
    return judged(replace(best, kind=kind, row=best.row + _is_numbered(best, head)), head, where, cents, year)


def _naming(missing: Sequence[str], best: Layout, head: Sequence[Sequence[Cell]]) -> Text:
    """How to name the missing columns."""
    row = best.row if best.fields else _widest(head)
    used = {at for name, places in best.fields.items() if name not in _MAY_BE_NAMES for at in places}
    titles = [read_name(cell) or "" for cell in head[row]] if head else []
    naming = how_to_name(missing, titles, head[row + 1 :], used, [quoted(title) for title in _titles(head, best)])
    if "stage" in best.fields:
        return Text("{deals}. {naming}", deals=DEALS, naming=naming)
    return Text("{listed}. {naming}", listed=LISTED, naming=naming) if missing == ["date"] else naming


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
        match = Match(lettered[column], 0, 0) if column in lettered else matcher.match(title)
        if match := match or (Match("currency", _OF_ANYTHING, 0) if heads_currency(title) else None):
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
    return Layout(row, tuple(titles), fields, money, unit.scale or 1, unit.currency or "", vat, notes)


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
