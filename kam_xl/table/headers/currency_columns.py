"""Columns that say for each row in what currency its amounts are, whatever they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kam_xl.table.headers.currencies import CODES_BY_NUMBER, currency_code
from kam_xl.table.headers.header import Header
from kam_xl.table.values.cells import Cell, read_text
from kam_xl.table.values.column_values import as_number
from kam_xl.table.words.matching import is_unit, unit_of, words
from kam_xl.table.words.vocabulary import KINDS, section

# What heads a column of currencies, as words; those that German ends compounds with.
_TITLES = [words(variant) for variant in section("columns")["currency"]]
_ENDINGS = tuple(title[0] for title in _TITLES if len(title) == 1 and len(title[0]) > len("curr"))
# Names of currencies are no longer than this, and at least this long unless they are signs.
_LONGEST, _SHORTEST = 20, 3
# Words of one header and another are alike where they begin alike: "budget", "бюджета".
_BEGINNING = 4
# A budget's bounds are in its currency.
_OF_BUDGET = ("budget_low", "budget_high")


def currency_columns(header: Header, columns: Sequence[Sequence[Cell]]) -> list[int]:
    """The columns that hold currencies: those headed so, then those that hold nothing else.

    >>> from kam_xl.table.headers.header import Header
    >>> header = Header(0, ("Client", "Валюта бюджета", "In", "Region"), {})
    >>> currency_columns(header, [["Nord"], ["RUB"], ["USD"], ["Berlin"]])
    [1, 2]
    """
    known, units = header.columns_of("currency"), header.columns_of("unit")
    free = [at for at, title in enumerate(header.titles) if title and (at not in header.matches or at in units)]
    headed = [at for at in free if heads_currency(header.titles[at]) and _are_words(columns[at])]
    return [*known, *headed, *(at for at in free if at not in headed and _are_currencies(columns[at]))]


def heads_currency(title: str) -> bool:
    """Whether a header begins or ends with a word for currency, whatever it is the currency of.

    >>> heads_currency("Валюта бюджета"), heads_currency("Budget currency"), heads_currency("Сумма в валюте")
    (True, True, False)
    """
    spelled = words(title)
    begins_or_ends = any(each in (spelled[: len(each)], spelled[-len(each) :]) for each in _TITLES)
    return begins_or_ends or (bool(spelled) and spelled[-1].endswith(_ENDINGS))


def _are_words(cells: Sequence[Cell]) -> bool:
    """Whether cells are short texts or numbers of currencies: below such a header also a name that nobody knows."""
    filled = [cell for cell in cells if cell not in (None, "")]
    texts = {read_text(cell) or "": as_number(cell) for cell in filled}
    return bool(texts) and all(
        len(text) <= _LONGEST and (number is None or text in CODES_BY_NUMBER) for text, number in texts.items()
    )


def _are_currencies(cells: Sequence[Cell]) -> bool:
    """Whether cells hold known currencies and nothing else, with their scale where they are units: "тыс. руб."."""
    texts = {cell if isinstance(cell, str) else None for cell in cells if cell not in (None, "")}
    return bool(texts) and all(map(_is_currency, texts))


def _is_currency(text: str | None) -> bool:
    if text is None or (text.isalnum() and len(text) < _SHORTEST):
        return False
    return is_unit(text) and unit_of(text).currency is not None


def currencies_by_row(titles: Sequence[str], fields: Mapping[str, int], columns: Sequence[int]) -> dict[int, int]:
    """Money column to the column of its currencies: one that names it, else one that names no other amount.

    A column that names another amount than the revenue says nothing about the others.

    >>> titles = "Revenue, RUB", "Budget", "Budget currency"
    >>> currencies_by_row(titles, {"revenue": 0, "procurement_budget": 1}, [2])
    {1: 2}
    """
    money = [name for name in fields if KINDS.get(name) == "money"]
    of = {at: _named(titles[at], money) for at in columns}
    general = next((at for at in columns if of[at] in ("", "revenue")), None)
    by_row: dict[int, int] = {}
    for name in money:
        named = "procurement_budget" if name in _OF_BUDGET else name
        own = next((at for at in columns if of[at] == named), general)
        if own is not None:
            by_row[fields[name]] = own
    return by_row


def _named(title: str, fields: Sequence[str]) -> str:
    """The field whose currency a header names: of "Валюта бюджета" the budget; blank where it names none of them."""
    said = [word for word in words(title) if not any(word in each for each in _TITLES)]
    return next((name for name in fields if any(_names(word, name) for word in said)), "")


def _names(word: str, field: str) -> bool:
    variants = (words(variant) for variant in section("columns")[field])
    return any(len(each) == 1 and word[:_BEGINNING] == each[0][:_BEGINNING] for each in variants)


def in_currency(header: Header, currency: str) -> Header:
    """The header without columns in another currency that stand there in the wanted one, too: "Revenue, USD", "…, RUB".

    What the user names in a reading file stays.

    >>> from kam_xl.table.words.matching import Match
    >>> titles = "Client", "Revenue, RUB", "Revenue, USD"
    >>> found = {0: Match("client", 1, 0), 1: Match("revenue", 2, 0), 2: Match("revenue", 2, 0)}
    >>> in_currency(Header(0, titles, {"client": 0, "revenue": 1}, matches=found), "USD").fields
    {'client': 0, 'revenue': 2}
    """
    wanted = currency_code(currency)
    units = {at: unit_of(header.titles[at]) for at in header.matches.keys() | header.periods.keys()}
    says = {at: (_field_of(header, at), unit.year, header.periods.get(at)) for at, unit in units.items()}
    there = {says[at] for at, unit in units.items() if unit.currency == wanted}
    others = {at for at, unit in units.items() if unit.currency not in (None, wanted) and says[at] in there}
    others = {at for at in others if at not in header.matches or header.matches[at].level}
    if not wanted or not others:
        return header
    left = replace(header, matches={at: match for at, match in header.matches.items() if at not in others})
    fields = {name: at if at not in others else left.columns_of(name)[0] for name, at in header.fields.items()}
    periods = {at: heading for at, heading in header.periods.items() if at not in others}
    remarks = tuple(each for each in header.remarks if each.code != "ambiguous-column" or each.column not in others)
    return replace(left, fields=fields, periods=periods, remarks=remarks)


def _field_of(header: Header, column: int) -> str:
    return header.matches[column].field if column in header.matches else ""
