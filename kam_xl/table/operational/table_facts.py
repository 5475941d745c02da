"""Revenue by month in the client table is the actual of an operational plan that has plans only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import fsum, isclose

from kam_xl.domain.operational import OperationalPlan
from kam_xl.domain.periods import MONTH, Period, Series
from kam_xl.locale import Text
from kam_xl.table.block import Block
from kam_xl.table.finding import Remark
from kam_xl.table.values.cells import quoted
from kam_xl.table.values.money import read_money
from kam_xl.table.words.matching import unit_of

_TAKEN = Text("The operational plan has no actual figures: the revenue of {first} to {last} was taken from this table.")
_REMEDY = Text("No action needed. Actual figures on the operational plan's own sheet are used instead of these.")


def with_facts_of(block: Block, plans: dict[int, OperationalPlan], closed: int) -> dict[int, OperationalPlan]:
    """Plans by the position of their client, with the months of the client table where they have no actual at all.

    Parameters
    ----------
    block : Block
        The client table; it gets a note where its months are taken.
    plans : dict
    closed : int
        `Period.end` of the present month: what is later is no actual.
    """
    if not any(plan.revenue.plan for plan in plans.values()) or any(plan.revenue.fact for plan in plans.values()):
        return plans
    every = _months(block)
    months = {column: month for column, month in every.items() if month.end <= closed}
    read = _read(block, every) if months else {}
    if not months or not _add_up(block, _by_client(read, every)):  # rows were joined, and their months were not
        return plans
    months = {at: month for at, month in months.items() if month.end < closed or any(read[at])}  # nothing sold so far
    if not months:
        return plans
    amounts = _by_client(read, months)
    first, last = (quoted(block.header.titles[column]) for column in (min(months), max(months)))
    message = Text(_TAKEN.message, first=first, last=last)
    block.remarks.append(Remark(None, min(months), "actual-from-table", "note", message, None, _REMEDY))
    return {
        position: replace(plan, revenue=replace(plan.revenue, fact=amounts[position]))
        for position, plan in plans.items()
    }


def _read(block: Block, months: Iterable[int]) -> dict[int, list[float | None]]:
    """The columns of months by client, in the unit of the revenue."""
    factor, settled = block.factors.get(block.header.fields["revenue"], 1.0), block.settled
    cells = {column: settled.columns[column] for column in months}
    read = {
        column: read_money(each, column, settled.unit(column), block.decimal, list(cells.values())).values
        for column, each in cells.items()
    }
    amounts = {column: [values[row] for row in block.rows] for column, values in read.items()}
    return {at: [None if value is None else value * factor for value in values] for at, values in amounts.items()}


def _by_client(read: Mapping[int, Sequence[float | None]], months: Mapping[int, Period]) -> list[Series]:
    """The months of each client."""
    rows = zip(*(read[column] for column in months), strict=True)
    known = [zip(months.values(), values, strict=True) for values in rows]
    return [Series({month: value for month, value in each if value is not None}) for each in known]


def _add_up(block: Block, amounts: Sequence[Series]) -> bool:
    """Whether the months of each client make its revenue."""
    revenues = zip(block.fields["revenue"], amounts, strict=True)
    return all(isclose(revenue or 0.0, fsum(series.values()), abs_tol=0.01) for revenue, series in revenues)


def _months(block: Block) -> dict[int, Period]:
    """The columns of single months, of one known year each, that the revenue is made of, or the total of."""
    revenue = block.header.fields.get("revenue")
    if revenue is None:
        return {}
    parts = block.settled.made_of.get(revenue) or _within(block, revenue)
    headings = {part: block.header.periods.get(part) for part in parts}
    years = {heading.year for heading in headings.values() if heading and heading.year}
    only = next(iter(years)) if len(years) == 1 else None
    months: dict[int, Period] = {}
    for part, heading in headings.items():
        year = heading and (heading.year or only)
        if heading is None or heading.months != MONTH or not year or heading.number is None:
            return {}
        months[part] = Period(year, MONTH, heading.number)
    return months


def _within(block: Block, total: int) -> list[int]:
    """The months beside the column of their total, which is the revenue: those of its year, where it names one."""
    said = block.header.periods.get(total)
    year = (said and said.year) or unit_of(block.header.titles[total]).year
    months = {at: each for at, each in block.header.periods.items() if each.months == MONTH and each.kind != "plan"}
    return [at for at, each in months.items() if year is None or each.year in (None, year)]
