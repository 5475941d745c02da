"""What a table is where it is not a table of clients: deals, invoices, orders, contacts, a form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kam_xl.locale import Text
from kam_xl.table.errors import NotAClientTableError
from kam_xl.table.grid import Grid
from kam_xl.table.headers.header import Header
from kam_xl.table.values.cells import Cell, read_name
from kam_xl.table.words.matching import Matcher, words
from kam_xl.table.words.patterns import any_of
from kam_xl.table.words.vocabulary import KINDS, section

_IMPORT = Text(
    "Import it: kam-xl import invoices {file}. It adds up the amounts of each client; --help "
    "shows what can be said about the columns."
)
DOCUMENTS = Text("this is a list of invoices, orders or payments, not a client table")
_CLIENT_A_ROW = Text("Give a table with one client a row, with its revenue and procurement budget.")
_DEALS = Text(
    "Deals go into the opportunities of plans: kam-xl import opportunities {file} --into WORKBOOK. Where "
    "they are all that you sold, kam-xl import invoices {file} adds up the amounts of each client."
)


def _titles_of(key: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(section('header_words')[key])})\b(?![.,]\d)", re.IGNORECASE)


_SUPPLIERS, _DEBTS = _titles_of("suppliers"), _titles_of("debts")
# "1 - 30", "31-60 days": how long money is owed.
_AGE = re.compile(r"(?<!\d)(\d{1,3})\s*(?:[-–—]|\w{1,4}\s)\s*(\d{1,3})(?!\d)")
_DOCUMENTS = ("invoice", "order", "payment")
# So many columns of people without any money make a list of contacts.
_PEOPLE = 3
# So many fields below each other, and so many columns besides them, make a turned table.
_FEW = 2


def refuse_others(header: Header, grid: Grid, where: str, name: str) -> None:
    """Raise where a header heads something else than clients.

    Raises
    ------
    NotAClientTableError
        Naming what it is, and what to do.
    """
    titles = [cell for row in grid.rows[: max(header.top, 0)] for cell in row if isinstance(cell, str)]
    if owes(header, titles):
        raise NotAClientTableError(
            Text("this lists what clients owe, not what they bought"), where=where, remedy=_CLIENT_A_ROW
        )
    if any(map(_SUPPLIERS.search, titles)):
        raise NotAClientTableError(
            Text("this is a report on suppliers, not a client table"),
            where=where,
            remedy=Text("Give the same report on clients; or say with a reading file which columns are meant."),
        )
    fields = [match.field for at, match in header.matches.items() if at not in header.periods]  # below an order date
    if error := other_kind(fields, where, name, _repeats(header, grid)):
        raise error


def other_kind(fields: Sequence[str], where: str, name: str, repeats: bool = True) -> NotAClientTableError | None:
    """What else a table lists whose columns name these fields; `repeats`: clients stand in several rows."""
    counts = Counter(fields)
    money = {"revenue", "amount", "total", "procurement_budget"} & counts.keys()
    documents = sum(counts[field] for field in _DOCUMENTS)
    if (counts["deal"] or counts["deal_value"]) and counts["stage"]:
        what, remedy = Text("this is a list of deals, not a client table"), _DEALS
    elif documents and money and (documents > 1 or repeats) and "procurement_budget" not in money:
        what, remedy = DOCUMENTS, _IMPORT
    elif counts["person"] >= _PEOPLE and not money:
        what, remedy = Text("this is a list of contacts, not a client table"), _CLIENT_A_ROW
    else:
        return None
    return NotAClientTableError(what, where=where, remedy=Text(remedy.message, file=name))


def owes(header: Header, titles: Iterable[str]) -> bool:
    """Whether a report is on debts: its title says so, or its columns are ages of debts, beside no revenue."""
    ours = [each for each in header.columns_of("revenue", "procurement_budget") if not _not_due(header.titles[each])]
    return not ours and (sum(map(_is_age, header.titles)) > 1 or any(map(_DEBTS.search, titles)))


def _not_due(title: str) -> bool:
    return " ".join(words(title)) in section("header_words")["not_due"]


def _is_age(title: str) -> bool:
    match = _AGE.search(title)
    return match is not None and int(match[1]) % 30 < 2 and int(match[2]) % 30 == 0 and int(match[1]) < int(match[2])


def _repeats(header: Header, grid: Grid) -> bool:
    """Whether clients stand in several rows, as in lists of documents."""
    column = header.fields.get("client", header.fields.get("client_id", 0))
    names = [row[column] for row in grid.rows[header.row + 1 :] if column < len(row) and row[column] not in (None, "")]
    return len(set(map(str, names))) < len(names)


def is_turned(rows: Sequence[Sequence[Cell]], matcher: Matcher) -> bool:
    """Whether a sheet has its fields in rows, one below the other, and its clients in columns.

    >>> from kam_xl.table.words.vocabulary import CLIENT_FIELDS
    >>> is_turned([["Client", "Nord", "Süd"], ["Revenue", 5.0, 7.0], ["Manager", "A", "B"]], Matcher(CLIENT_FIELDS))
    True
    """
    firsts = [next((name for cell in row if (name := read_name(cell))), "") for row in rows if len(row) > _FEW]
    matched = {match.field for name in firsts if (match := matcher.match(name))}
    return len(matched) >= _FEW and any(KINDS.get(field) == "money" for field in matched)


def is_form(rows: Sequence[Sequence[Cell]], matcher: Matcher) -> bool:
    """Whether a sheet is a form: labels such as "Account name:" with their values beside them.

    >>> from kam_xl.table.words.vocabulary import CLIENT_FIELDS
    >>> is_form([["Account name:", "Nordwerk"], ["Industry:", "Steel"]], Matcher(CLIENT_FIELDS))
    True
    """
    labels = [name for row in rows for cell in row if (name := read_name(cell)) and name.endswith(":")]
    return sum(matcher.match(label) is not None for label in labels) > 1
