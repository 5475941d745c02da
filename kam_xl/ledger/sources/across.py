"""Reports with months or quarters side by side: a row for each amount, and the report's own totals to compare with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kam_xl.domain.periods import MONTH, YEAR, Period
from kam_xl.ledger.columns.evidence import Sample, is_number
from kam_xl.locale import Text, plural
from kam_xl.table.headers.period_words import heading_of, hinted_by
from kam_xl.table.values.cells import Cell
from kam_xl.table.words.vocabulary import SURE_TOTALS, TOTALS

TOTAL = re.compile(rf"\s*({'|'.join(map(re.escape, (*SURE_TOTALS, *TOTALS)))})\b", re.IGNORECASE)
_ONLY_TOTAL = re.compile(rf"\s*({'|'.join(map(re.escape, (*SURE_TOTALS, *TOTALS)))})\s*", re.IGNORECASE)
_MONTHS = 2  # so many columns of periods make a report by month ...
_BELOW = 50  # ... where the first rows below them hold numbers only
_CENT = 0.005
_ABOUT = ("client", "client_id", "industry", "territory", "manager", "supplier")


@dataclass(frozen=True)
class Flat:
    """Plain rows with the number (from 0) of the row that each came from; the header first. `note` says what it was."""

    rows: list[list[Cell]]
    places: list[int]
    note: Text


def across(rows: Sequence[Sequence[Cell]], top: int, fields: Mapping[str, int]) -> Flat | None:
    """The rows of a report by period; None where the row `top` is not the header of one.

    The total of each period is compared with its rows later on, and so is that of a client where its periods differ.
    """
    if "date" in fields:
        return None
    periods = _shortest(_periods(rows, top, set(fields.values())))
    others = [at for at, cell in enumerate(rows[top]) if isinstance(cell, str) and cell.strip() and at not in periods]
    below = Sample(rows[top + 1 : top + 1 + _BELOW])
    numbers = all(below.all(at, is_number) for at in periods if below.cells(at))
    if len(set(periods.values())) < _MONTHS or not others or not numbers:
        return None
    fields = {"client": others[0], **fields}  # whatever it is called, the months belong to it
    keys = [at for name, at in fields.items() if name in _ABOUT]
    titles = ["Client" if at == fields["client"] else rows[top][at] for at in keys]
    flat: list[list[Cell]] = [["Date", *titles, "Amount"]]
    places = [top]
    totals = _Totals([at for at in others if _ONLY_TOTAL.fullmatch(str(rows[top][at]))])
    for place, row in enumerate(rows[top + 1 :], start=top + 1):
        heads: list[Cell] = [cell_at(row, at) for at in keys]
        client = str(cell_at(row, fields["client"]) or "")
        amounts = {at: cell_at(row, at) for at in periods}
        if TOTAL.match(client):
            if numbers_of(amounts.values()):
                flat.append([None, *heads, sum(numbers_of(amounts.values()))])
                places.append(place)
            continue
        totals.add(client, row, numbers_of(amounts.values()))
        for at, amount in amounts.items():
            if amount not in (None, ""):
                flat.append([written(periods[at]), *heads, amount])
                places.append(place)
    note = plural(
        "The report has its periods side by side: {n:count} amount.",
        "The report has its periods side by side: {n:count} amounts.",
        n=len(flat) - 1,
    )
    for client, stated in totals.wrong():
        heads = [f"Total for {client}" if at == fields["client"] else None for at in keys]
        flat.append([None, *heads, stated])
        places.append(top)
    return Flat(flat, places, note)


def _periods(rows: Sequence[Sequence[Cell]], top: int, taken: set[int]) -> dict[int, Period]:
    """The columns of revenue by period; where the headers name no year, the only one that the titles above name."""
    headings = {at: heading for at, cell in enumerate(rows[top]) if at not in taken and (heading := heading_of(cell))}
    headings = {at: each for at, each in headings.items() if each.kind is None and each.measure in (None, "revenue")}
    headings = {at: each for at, each in headings.items() if each.months and each.months < YEAR and each.number}
    if not any(each.year for each in headings.values()):
        years = {hint.year for row in rows[:top] for cell in row if (hint := hinted_by(cell)).year}
        year = years.pop() if len(years) == 1 else None
        headings = {at: each._replace(year=year) for at, each in headings.items()}
    return {at: each.period for at, each in headings.items() if each.period}


def _shortest(periods: Mapping[int, Period]) -> dict[int, Period]:
    """The periods without those that are sums of shorter ones beside them."""
    return {
        at: each
        for at, each in periods.items()
        if not any(other.months < each.months and _first_day(other) in _days(each) for other in periods.values())
    }


def written(period: Period) -> Cell:
    """A period as a cell of dates says it: longer ones are known to be no months."""
    if period.months == YEAR:
        return str(period.year)
    return _first_day(period) if period.months == MONTH else f"{period.year}-Q{_first_day(period).month // 3 + 1}"


def _first_day(period: Period) -> date:
    return date(period.year, (period.number - 1) * period.months + 1, 1)


def _days(period: Period) -> set[date]:
    """The first days of a period's months."""
    first = _first_day(period)
    return {date(first.year, first.month + month, 1) for month in range(period.months)}


class _Totals:
    """What the report states as the total of each client, beside what its periods add up to."""

    def __init__(self, columns: Sequence[int]) -> None:
        self._column = columns[0] if len(columns) == 1 else None
        self._stated: dict[str, float] = {}
        self._summed: dict[str, float] = {}
        self._untold: set[str] = set()

    def add(self, client: str, row: Sequence[Cell], amounts: Sequence[float]) -> None:
        stated = cell_at(row, self._column) if self._column is not None else None
        if not isinstance(stated, (int, float)):
            self._untold.add(client)
            return
        self._stated[client] = self._stated.get(client, 0.0) + stated
        self._summed[client] = self._summed.get(client, 0.0) + sum(amounts)

    def wrong(self) -> list[tuple[str, float]]:
        """The clients whose total differs from their periods, with that total."""
        return [
            (client, stated)
            for client, stated in self._stated.items()
            if client not in self._untold and abs(stated - self._summed[client]) > _CENT
        ]


def numbers_of(cells: Iterable[Cell]) -> list[float]:
    """The numbers among some cells."""
    return [cell for cell in cells if isinstance(cell, (int, float))]


def cell_at(row: Sequence[Cell], column: int) -> Cell:
    """A cell of a row; None beyond its end."""
    return row[column] if column < len(row) else None
