"""What the titles above a table say of its period: the year, and whether it is a part of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kam_xl.domain.periods import YEAR
from kam_xl.locale import Text
from kam_xl.table.cells import quoted
from kam_xl.table.finding import Remark
from kam_xl.table.grid import Grid
from kam_xl.table.header import Header
from kam_xl.table.period_words import months_of_span
from kam_xl.table.revenue_settling import PART_OF_YEAR_REMEDY
from kam_xl.table.settling import Settled
from kam_xl.table.vocabulary import section

_PERIOD = re.compile(rf"\b(?:{'|'.join(map(re.escape, section('header_words')['title_period']))})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_CLAUSES = re.compile(r"[,;:()\n]")
# A part of a year matters beside amounts of whole years.
_OF_YEARS = ("procurement_budget", "sales_plan")


def year_of_title(grid: Grid, header: Header) -> int | None:
    """The year that the titles above a header name as their period, where it is one.

    >>> grid = Grid("S", [["Продажи за 2024 год"], ["Клиент", "Сумма"]])
    >>> year_of_title(grid, Header(1, ("Клиент", "Сумма"), {}))
    2024
    """
    years = {int(year) for text in _titles(grid, header) if _PERIOD.search(text) for year in _YEAR.findall(text)}
    return next(iter(years)) if len(years) == 1 else None


def months_in(title: str) -> int:
    """How many months a title names as its period; 0 where it names none.

    >>> months_in("Отчёт за январь–октябрь 2026 г., тыс. руб."), months_in("Sales by client, Jan-Mar 2026")
    (10, 3)
    >>> months_in("Продажи за 2024 год")
    0
    """
    clauses = [part for clause in _CLAUSES.split(title) for part in (clause, _PERIOD.split(clause)[-1])]
    return next((months for clause in clauses if (months := months_of_span(clause.strip()))), 0)


def part_of_year(grid: Grid, settled: Settled) -> Iterator[Remark]:
    """The warning that only a title says that the revenue beside budgets or plans is of a part of a year."""
    fields, header = settled.header.fields, settled.header
    told = any(remark.code == "part-of-year" for remark in settled.remarks)
    if told or "revenue" not in fields or fields.keys().isdisjoint(_OF_YEARS):
        return
    column = fields["revenue"]
    year = settled.unit(column).year
    for title in _titles(grid, header):
        years = {int(named) for named in _YEAR.findall(title)}
        if 0 < (months := months_in(title)) < YEAR and (year is None or not years or year in years):
            message = Text(
                "The revenue is that of {months} months: so says {title}.", months=months, title=quoted(title)
            )
            yield Remark(None, column, "part-of-year", "warning", message, title, PART_OF_YEAR_REMEDY)
            return


def _titles(grid: Grid, header: Header) -> list[str]:
    return [cell for row in grid.rows[: max(header.top, 0)] for cell in row if isinstance(cell, str)]
