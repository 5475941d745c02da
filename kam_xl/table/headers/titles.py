"""What the titles above a table say of its period: the year, and whether it is a part of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kam_xl.domain.periods import HALF_YEAR, QUARTER, YEAR
from kam_xl.locale import Text, plural
from kam_xl.table.finding import Remark
from kam_xl.table.grid import Grid
from kam_xl.table.headers.header import Header
from kam_xl.table.headers.period_words import heading_of, months_of_span
from kam_xl.table.headers.revenue_settling import PART_OF_YEAR_REMEDY, grade_of_part
from kam_xl.table.headers.settling import Settled
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.patterns import any_of
from kam_xl.table.words.vocabulary import section

_PERIOD = re.compile(rf"\b(?:{any_of(section('header_words')['title_period'])})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_CLAUSES = re.compile(r"[,;:()\n]")
_PLANNED = Text("The amounts read as our revenue are planned ones: so says {title}.")
_PLANNED_REMEDY = Text(
    "Name the sheet of actual revenue with --sheet; sheets of plans beside it are found by themselves. If these are "
    "actual amounts, name them so in their header."
)
# A part of a year matters beside amounts of whole years.
_OF_YEARS = ("procurement_budget", "sales_plan")


def year_of_title(grid: Grid, header: Header) -> int | None:
    """The year that the titles above a header name as their period, where it is one.

    >>> grid = Grid("S", [["Продажи за 2024 год"], ["Клиент", "Сумма"]])
    >>> year_of_title(grid, Header(1, ("Клиент", "Сумма"), {}))
    2024
    """
    years = {year for title in _titles(grid, header) for year in _years_of(title)}
    return next(iter(years)) if len(years) == 1 else None


def _years_of(title: str) -> set[int]:
    """The years that a title names as a period, or as those of sales: "Sales 2024, kEUR"."""
    named = {int(year) for year in _YEAR.findall(title)}
    heading = heading_of(_CLAUSES.split(title)[0].strip())
    is_of_sales = heading is not None and heading.measure == "revenue" and heading.kind in (None, "fact")
    if heading and heading.year and is_of_sales and len(named) < 2:
        return {heading.year}
    return named if _PERIOD.search(title) else set()


def months_in(title: str) -> int:
    """How many months a title names as its period; 0 where it names none.

    >>> months_in("Отчёт за январь–октябрь 2026 г., тыс. руб."), months_in("Sales by client, Jan-Mar 2026")
    (10, 3)
    >>> months_in("Выручка за I полугодие 2026 г."), months_in("Sales, Q3 2026")
    (6, 3)
    >>> months_in("Продажи за 2024 год")
    0
    """
    clauses = [part for clause in _CLAUSES.split(title) for part in (clause, _PERIOD.split(clause)[-1])]
    return next((months for clause in clauses if (months := _months_of_clause(clause.strip()))), 0)


def _months_of_clause(clause: str) -> int:
    """The months that a part of a title counts; a single month may be the date of the report."""
    heading = heading_of(clause)
    of_part = heading is not None and heading.number and heading.months in (QUARTER, HALF_YEAR)
    return months_of_span(clause) or (heading.months or 0 if heading and of_part else 0)


def part_of_year(grid: Grid, settled: Settled) -> Iterator[Remark]:
    """The remark that only a title says that the revenue beside budgets or plans is of a part of a year."""
    fields = settled.header.fields
    told = any(remark.code == "part-of-year" for remark in settled.remarks)
    if told or "revenue" not in fields or fields.keys().isdisjoint(_OF_YEARS):
        return
    if stated := _stated_months(grid, settled):
        months, title = stated
        message = plural(
            "The revenue is that of {n:count} month: so says {title}.",
            "The revenue is that of {n:count} months: so says {title}.",
            n=months,
            title=quoted(title),
        )
        grade = grade_of_part(months)
        yield Remark(None, fields["revenue"], "part-of-year", grade, message, title, PART_OF_YEAR_REMEDY)


def months_of_titles(grid: Grid, settled: Settled) -> int:
    """How many months of a year the revenue is of by the titles above the table; 0 where they do not say it."""
    stated = _stated_months(grid, settled)
    return stated[0] if stated else 0


def _stated_months(grid: Grid, settled: Settled) -> tuple[int, str] | None:
    """The months, and the title that says so."""
    year = settled.unit(settled.header.fields["revenue"]).year
    for title in _titles(grid, settled.header):
        years = {int(named) for named in _YEAR.findall(title)}
        if 0 < (months := months_in(title)) < YEAR and (year is None or not years or year in years):
            return months, title
    return None


def planned(grid: Grid, settled: Settled) -> Iterator[Remark]:
    """The warning that the name of the sheet or a title calls amounts planned that no header calls our revenue."""
    column = settled.header.fields.get("revenue")
    if column is None or "revenue" not in settled.why or _is_actual(settled, column):
        return
    for title in (grid.sheet, *_titles(grid, settled.header)):
        heading = heading_of(_CLAUSES.split(title)[0].strip())
        if heading and heading.kind in ("plan", "forecast"):
            message = Text(_PLANNED.message, title=quoted(title))
            yield Remark(None, column, "planned-amounts", "warning", message, title, _PLANNED_REMEDY)
            return


def _is_actual(settled: Settled, column: int) -> bool:
    """Whether a header of the revenue calls it actual."""
    periods = [settled.header.periods.get(part) for part in settled.made_of.get(column, (column,))]
    return any(heading and heading.kind == "fact" for heading in periods)


def _titles(grid: Grid, header: Header) -> list[str]:
    return [cell for row in grid.rows[: max(header.top, 0)] for cell in row if isinstance(cell, str)]
