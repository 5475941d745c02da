"""Which columns of a ledger are what: the header row found, each field's column, what titles say of units and VAT."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kam_xl.ledger.errors import ColumnsError
from kam_xl.ledger.vocabulary import INVOICE_FIELDS, MARKET_FIELDS, VAT_EXCLUDED, VAT_INCLUDED
from kam_xl.locale import Text
from kam_xl.table.cells import Cell, quoted, read_name
from kam_xl.table.matching import Match, Matcher, unit_of, words
from kam_xl.table.vocabulary import CURRENCIES

FIELDS = {"market": MARKET_FIELDS, "invoices": INVOICE_FIELDS}
_NEEDED = {"market": (("client", "client_id"), ("supplier", "supplier_id")), "invoices": (("client", "client_id"),)}
_NAMES = {
    "date": Text("date"),
    "amount": Text("amount"),
    "client": Text("client"),
    "supplier": Text("supplier"),
}
_VAT_WORDS = re.compile(
    r"(?:без|с|вкл|в т\.? ?ч|excl\w*|incl\w*|net|gross|ex|with|without)\W*(?:of\W*)?(?:ндс|vat)|^(?:net|gross)\b", re.I
)
Own = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Layout:
    """The header of a ledger: its row (from 0), its titles, and the columns of each field (of the client also several).

    `scale`, `currency` and `vat` are what the amount's title says: 1000.0 for "тыс.", "RUB", "incl" or "excl".
    """

    row: int
    titles: tuple[str, ...]
    fields: Mapping[str, tuple[int, ...]]
    scale: int = 1
    currency: str = ""
    vat: str = ""

    def scale_of(self, field: str) -> int:
        """What brings a money column to whole units: its own title's word, else that of the amounts."""
        return int(unit_of(self.title(field)).scale or self.scale)

    def title(self, field: str) -> str:
        """The title of a field's first column."""
        return self.titles[self.fields[field][0]]


def find_layout(head: Sequence[Sequence[Cell]], kind: str, own: Own, where: str) -> Layout:
    """The layout of a ledger from its first rows.

    Parameters
    ----------
    head : rows of cells
    kind : str
        "market" or "invoices".
    own : mapping
        Field to the person's own headers; several headers of `client` together make the client.

    Raises
    ------
    ColumnsError
        Where date, amount or the names are not found.

    Examples
    --------
    >>> layout = find_layout([["Ledger 2025"], ["Дата", "Клиент", "Сумма без НДС, тыс. руб."]], "invoices", {}, "a.csv")
    >>> layout.row, layout.scale, layout.currency, layout.vat
    (1, 1000, 'RUB', 'excl')
    """
    found = [_layout(row, [read_name(cell) or "" for cell in cells], kind, own) for row, cells in enumerate(head)]
    best = max(found, key=lambda each: len(each.fields), default=Layout(0, (), {}))
    missing = [key for key in ("date", "amount") if key not in best.fields]
    missing += [keys[0] for keys in _NEEDED[kind] if not any(key in best.fields for key in keys)]
    if missing:
        raise ColumnsError(
            Text("columns were not found: {names}", names=[_NAMES[key] for key in missing]),
            where=where,
            remedy=Text(
                "Name their headers in the recipe, in the section [columns]. The headers are: {titles}.",
                titles=[quoted(title) for title in _titles(head, best)],
            ),
        )
    return best


def _titles(head: Sequence[Sequence[Cell]], best: Layout) -> Sequence[str]:
    if best.fields:
        return [title for title in best.titles if title]
    widest = max(head, key=lambda row: sum(isinstance(cell, str) and bool(cell.strip()) for cell in row), default=[])
    return [str(cell) for cell in widest if cell not in (None, "")][:20]


def _layout(row: int, titles: list[str], kind: str, own: Own) -> Layout:
    matcher = Matcher(FIELDS[kind], own)
    by_field: dict[str, list[int]] = {}
    matches: dict[int, Match] = {}
    for column, title in enumerate(titles):
        if match := matcher.match(title):
            matches[column] = match
            by_field.setdefault(match.field, []).append(column)
    fields = {field: _chosen(field, columns, titles, matches) for field, columns in by_field.items()}
    fields |= _composed(own.get("client", ()), titles)
    if "amount" not in fields:
        return Layout(row, tuple(titles), fields)
    title = titles[fields["amount"][0]]
    unit = unit_of(title)
    return Layout(row, tuple(titles), fields, int(unit.scale or 1), unit.currency or "", vat_of_title(title))


def _chosen(field: str, columns: list[int], titles: Sequence[str], matches: Mapping[int, Match]) -> tuple[int, ...]:
    """Of several columns for one field the best match; of amounts that without VAT, as margins are."""
    without_vat = field == "amount"
    return (
        min(
            columns,
            key=lambda column: (
                without_vat and vat_of_title(titles[column]) != "excl",
                matches[column].level,
                matches[column].rank,
            ),
        ),
    )


def _composed(headers: Sequence[str], titles: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The columns that make the client together, where all of the person's headers are there."""
    known = {"".join(words(title)): column for column, title in reversed(list(enumerate(titles))) if title}
    columns = tuple(known[key] for header in headers if (key := "".join(words(header))) in known)
    return {"client": columns} if len(headers) > 1 and len(columns) == len(headers) else {}


def vat_of_title(title: str) -> str:
    """What a title says of VAT.

    >>> vat_of_title("Сумма с НДС"), vat_of_title("Net amount"), vat_of_title("Amount")
    ('incl', 'excl', '')
    """
    found = _VAT_WORDS.search(title)
    return vat_of(found[0]) if found else ""


def vat_of(text: str) -> str:
    """What a cell of a VAT column says: "incl", "excl" or nothing known.

    >>> vat_of("без НДС"), vat_of("Incl. VAT"), vat_of("?")
    ('excl', 'incl', '')
    """
    key = "".join(words(text))
    return "excl" if key in VAT_EXCLUDED else "incl" if key in VAT_INCLUDED else ""


def currency_of(text: str) -> str:
    """The code of a currency as a cell names it; another text stays itself, in capitals.

    >>> currency_of("руб."), currency_of("usd"), currency_of("AMD")
    ('RUB', 'USD', 'AMD')
    """
    key = text.strip().casefold().rstrip(".")
    return CURRENCIES.get(key, _BY_NUMBER.get(key, text.strip().upper()))


# The digital codes of the classifier of currencies, which Russian bookkeeping programs export.
_BY_NUMBER = {
    "643": "RUB",
    "810": "RUB",
    "840": "USD",
    "978": "EUR",
    "156": "CNY",
    "398": "KZT",
    "933": "BYN",
    "826": "GBP",
}
