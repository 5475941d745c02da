"""Reports as a ledger: months side by side, rows below the name of their client, documents with their date in the name.

A report is turned into plain rows with a header of their own; each keeps the number of the row that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kam_xl.domain.periods import YEAR, Period
from kam_xl.ledger.columns.evidence import Sample, apart, dated_name, is_account, is_date
from kam_xl.ledger.columns.fields import FIELDS
from kam_xl.ledger.sources.across import TOTAL, Flat, across, cell_at, written
from kam_xl.ledger.sources.cards import card
from kam_xl.locale import Text, plural
from kam_xl.table.headers.period_words import heading_of, hinted_by
from kam_xl.table.values.cells import Cell, read_name
from kam_xl.table.words.matching import Matcher

_BELOW = 50
# "sales_2026-01": a month at the end of a name.
_PERIOD = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])$")
# "Client: Nordwerk": the client of the rows below.
_CALLED = re.compile(
    rf"({'|'.join(map(re.escape, FIELDS['invoices']['client']))})\s*[:–-]\s*(?P<name>\S.*)", re.IGNORECASE
)


def flattened(rows: Sequence[Sequence[Cell]], kind: str, *names: str) -> Flat | None:
    """A report as plain rows; None where it is none that is known. `names` are those of the sheet and the file."""
    matcher = Matcher(FIELDS[kind])
    for top, cells in enumerate(rows[:50]):
        fields: dict[str, int] = {}
        below = Sample(rows[top + 1 : top + 1 + _BELOW])
        for at, cell in enumerate(cells):
            match = matcher.match(read_name(cell) or "") if isinstance(cell, str) else None
            if match and not (match.field == "client" and below.mostly(at, is_account)):
                fields.setdefault(match.field, at)
        if flat := card(rows, top):
            return flat
        if "date" in fields and "client" in fields and apart(rows[top + 1 :], fields["date"], fields["client"]):
            del fields["client"]
        if flat := across(rows, top, fields) or _grouped(rows, top, fields) or _documents(rows, top, fields):
            return flat
        if flat := _of_one_period(rows, top, fields, names):
            return flat
    return None


def _of_one_period(
    rows: Sequence[Sequence[Cell]], top: int, fields: dict[str, int], names: Sequence[str]
) -> Flat | None:
    """Rows without dates, on a sheet or in a file that is named after their month, quarter or year."""
    if "date" in fields or "year" in fields or "client" not in fields or not fields.keys() & {"amount", "total"}:
        return None
    titles = [cell for row in rows[:top] for cell in row if isinstance(cell, str)]
    period = _named([*names, *titles])
    if period is None:
        return None
    flat: list[list[Cell]] = [["Date", *rows[top]]]
    for row in rows[top + 1 :]:
        no_client = cell_at(row, fields["client"]) in (None, "") or TOTAL.match(str(cell_at(row, fields["client"])))
        flat.append([None if no_client else written(period), *row])
    note = Text("The rows have no dates: {period} is taken from the title.", period=str(written(period))[:7])
    return Flat(flat, list(range(top, len(rows))), note)


def _named(names: Sequence[str]) -> Period | None:
    """The period that names say, the first of them that says one; its year may be the next one's."""
    for at, name in enumerate(names):
        if match := _PERIOD.search(name):
            return Period(int(match[1]), 1, int(match[2]))
        heading = heading_of(name)
        year = heading and (heading.year or next((hint for each in names[at:] if (hint := hinted_by(each).year)), None))
        if heading and year and heading.kind is None:
            return Period(year, heading.months or YEAR, heading.number or 1)
    return None


def _grouped(rows: Sequence[Sequence[Cell]], top: int, fields: dict[str, int]) -> Flat | None:
    """Rows below the name of their client, which stands in a row of its own, alone or with the sum of its rows."""
    if "date" not in fields or "client" in fields or not fields.keys() & {"amount", "total", "debit", "credit"}:
        return None
    dated = fields["date"]
    client = next((each for row in reversed(rows[:top]) if (each := _called(row))), "")
    below = Sample(rows[top + 1 : top + 1 + _BELOW])
    names = {at for at, cell in enumerate(rows[top]) if apart(below.rows, dated, at)}
    flat: list[list[Cell]] = [["Client", *(None if at in names else cell for at, cell in enumerate(rows[top]))]]
    places = [top]
    groups = int(bool(client))
    for place, row in enumerate(rows[top + 1 :], start=top + 1):
        filled = [at for at, cell in enumerate(row) if cell not in (None, "")]
        name = row[filled[0]] if filled else None
        if isinstance(name, str) and (cell_at(row, dated) in (None, "") or (len(filled) == 1 and not is_date(name))):
            if len(filled) == 1 and not TOTAL.match(name):
                client, groups = _called(row) or name, groups + 1
                continue
            if not TOTAL.match(name) and _heads(rows, place, filled, dated):
                client, groups = name, groups + 1
                flat.append([f"Total for {name}", *(None if cell == name else cell for cell in row)])
                places.append(place)
                continue
            flat.append([name, *row] if filled[0] < dated or len(filled) > 1 else [client, *row])
        else:
            flat.append([client, *row])
        places.append(place)
    if not groups:
        return None
    note = plural(
        "The rows are listed below their clients: {n:count} group.",
        "The rows are listed below their clients: {n:count} groups.",
        n=groups,
    )
    return Flat(flat, places, note)


def _heads(rows: Sequence[Sequence[Cell]], place: int, filled: Sequence[int], dated: int) -> bool:
    """Whether a row with a name and sums stands above the rows that it sums up: the next one has a date."""
    below = next((row for row in rows[place + 1 :] if any(cell not in (None, "") for cell in row)), ())
    sums = all(isinstance(rows[place][at], (int, float)) for at in filled[1:])
    return sums and is_date(cell_at(below, dated) or "")


def _called(row: Sequence[Cell]) -> str:
    """The name of a row that says "Client: Nordwerk", in one cell or in two."""
    filled = [str(cell) for cell in row if cell not in (None, "")]
    match = _CALLED.fullmatch(" ".join(filled).strip()) if 0 < len(filled) <= 2 else None
    return match["name"].strip() if match else ""


def _documents(rows: Sequence[Sequence[Cell]], top: int, fields: dict[str, int]) -> Flat | None:
    """Documents with their date in the name, below a row with the client and the sums of its documents."""
    if "date" in fields or "client" not in fields or not fields.keys() & {"amount", "total"}:
        return None
    client = fields["client"]
    days = {place: day for place, row in enumerate(rows[top + 1 :], start=top + 1) if (day := _day_in(row))}
    if not days:
        return None
    name: Cell = None
    flat: list[list[Cell]] = [["Date", *rows[top]]]
    places = [top]
    for place, row in enumerate(rows[top + 1 :], start=top + 1):
        own = cell_at(row, client)
        cells = list(row)
        if place in days:
            under_client = own not in (None, "") and dated_name(str(own))
            if own in (None, "") or under_client:
                cells[client] = name
            flat.append([days[place], *cells])
        elif own not in (None, "") and not TOTAL.match(str(own)):
            name = own
            if not any(isinstance(cell, float) for cell in row):
                continue
            cells[client] = f"Total for {own}"
            flat.append([None, *cells])
        else:
            flat.append([None, *cells])
        places.append(place)
    return Flat(flat, places, Text("The documents are listed below their clients: {n:count}.", n=len(days)))


def _day_in(row: Sequence[Cell]) -> date | None:
    """The date at the end of the name of a document."""
    for cell in row:
        if isinstance(cell, str) and (day := dated_name(cell)):
            return day
    return None
