"""The operational plan that a workbook keeps: one read from a file of its own, for everything done with it later.

It stands on a sheet of ours with a row for each client and period, and is read as any operational plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kam_xl.domain.operational import INDICATORS, Indicator
from kam_xl.domain.periods import YEAR, Period, Series
from kam_xl.locale import LANGUAGES, Quoted, Text
from kam_xl.table.finding import Finding
from kam_xl.table.grid import Grid, Source
from kam_xl.table.headers.period_words import heading_of
from kam_xl.table.kept_reading import counted_operational
from kam_xl.table.values.cells import Cell, read_name

KEPT_SHEET = "kept_operational_plan"
"""The value of the name that marks the sheet."""

KEPT_TITLE = Text("Operational plan from file")

_KEYS = (Text("Client ID"), Text("Client"), Text("Period"))
_SOURCE = Text("Read from")

Amounts = Mapping[Indicator, Mapping[Period, float]]


@dataclass(frozen=True)
class KeptPlan:
    """What was read from a file: the amounts of each client by its id (blank where it has none) and name.

    Clients that the table does not know are among them: it may name them later.
    """

    file: str
    read_on: date
    amounts: Mapping[tuple[str, str], Amounts]

    def rows(self, lang: str) -> list[list[object]]:
        """The cells of the sheet, header first; amounts are whole units of the table's currency."""
        titles = [*_KEYS, *(each.label for each in INDICATORS), _SOURCE]
        source = Text("{file}, {day:date}", file=self.file, day=self.read_on).render(lang)
        rows: list[list[object]] = [[title.render(lang) for title in titles]]
        rows += ([*key, period.label.render(lang), *row, source] for key, period, row in self._lines())
        return rows

    def _lines(self) -> Iterator[tuple[tuple[str, str], Period, list[float | None]]]:
        for key, amounts in self.amounts.items():
            series = [Series(amounts.get(indicator)) for indicator in INDICATORS]
            periods = sorted({period for each in series for period in each}, key=lambda each: (each.end, each.months))
            for period in periods:
                yield key, period, [each.get(period) for each in series]


def periods_of(rows: Sequence[Sequence[Cell]]) -> set[Period]:
    """The periods that the rows of the sheet name below its header."""
    said = (heading_of(row[len(_KEYS) - 1]) for row in rows[1:] if len(row) >= len(_KEYS))
    whole = (each._replace(months=YEAR, number=1) if each.months is None else each for each in said if each)
    return {period for each in whole if (period := each.period)}


def kept_sheet(source: Source) -> Grid | None:
    """The sheet on which a workbook keeps an operational plan; None where it keeps none."""
    called_so = tuple(KEPT_TITLE.render(lang) for lang in LANGUAGES)
    if not (counted_operational(source) or any(title.startswith(called_so) for title in source.all_sheets())):
        return None  # to ask each sheet of a book with a plan for every client takes a program long
    title = source.own_sheet(KEPT_SHEET, KEPT_TITLE.message)
    return source.grid(title) if title else None


def is_kept(grid: Grid) -> Finding:
    """That the operational plan was read from a file earlier, which one and when."""
    origin = next((name for row in grid.rows[1:] if (name := read_name(row[-1]))), "?")
    return Finding(
        grid.sheet,
        "A1",
        "",
        "",
        "operational-plan-kept",
        "note",
        Text("The operational plan is the one read earlier from {source}.", source=origin),
        None,
        Text(
            "For a newer one: kam-xl plan WORKBOOK --operational FILE. Changes can be typed here; to do without it, "
            "delete this sheet."
        ),
    )


def not_read(sheet: str, instead: str) -> Finding:
    """A sheet with an operational plan in a workbook whose plan comes from a file."""
    return Finding(
        sheet,
        "A1",
        "",
        "",
        "plan-not-read",
        "warning",
        Text("The operational plan on this sheet is not read, because {instead} is.", instead=Quoted(instead)),
        None,
        Text("Keep one of the two: delete the sheet that does not hold."),
    )
