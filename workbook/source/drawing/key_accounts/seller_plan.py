"""The operational plan of Sigma Automation: revenue and margin, plan and fact, by month of 2025 and 2026.

The months of 2025 add up to what the client table says: its facts to revenue and margin, its plans to the sales plan.
Of 2026 three months have passed; of 2027 only the largest prospects are planned. Awkward cases are marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from drawing.key_accounts.seller import CLIENTS, SellerClient, Words

YEARS = (2025, 2026, 2027)
CLOSED = 3  # months of 2026 with facts
TITLE = (
    Words("Sigma Automation: operational plan 2025-2026, EUR", "Сигма Автоматика: оперативный план 2025–2026, руб."),
    Words("One row per client and indicator", "Одна строка на клиента и показатель"),
)
SHEET = Words("Operational plan", "Оперативный план")
INDICATORS = (
    Words("Revenue plan", "План выручки"),
    Words("Revenue fact", "Факт выручки"),
    Words("Margin plan", "План маржи"),
    Words("Margin fact", "Факт маржи"),
)
REVENUE_PLAN, REVENUE_FACT, MARGIN_PLAN, MARGIN_FACT = INDICATORS

# Twelfths of a year, in thousandths: quiet in January and in summer, busy when budgets are spent.
SEASON = (52, 66, 84, 80, 78, 86, 70, 68, 92, 98, 104, 122)
# What is planned for 2027, where anybody looks so far ahead.
FAR = {1001: 22_500_000, 1002: 16_500_000, 1004: 5_500_000, 1006: 5_000_000, 1008: 2_600_000}
GROWTH = {1004: 1.3, 1005: 2.0, 1006: 1.3, 1015: 1.4}

NO_PLAN = 1023  # has facts without a plan
MISSING = (1009, 2)  # no fact for February 2026, although others have theirs
TYPED = (1037, 1, Words("see contract", "см. договор"))  # text where an amount should be
WRONG_SUM = 1036  # its total of 2026 was typed by hand
UNKNOWN = Words("Northern Lights Ltd", "ООО «Северное сияние»")  # no such client in the table
SECOND_1030 = "Trading House"

Amounts = dict[tuple[int, int], float | Words]
"""(year, month) -> amount; month 0 is the whole year."""


class Row(NamedTuple):
    """One row of the sheet."""

    client_id: int
    client: Words | None
    indicator: Words
    amounts: Amounts


def rows() -> list[Row]:
    """All rows of clients, with the sums of their years."""
    made = [row for client in CLIENTS if _is_planned(client) for row in _rows(client)]
    made.append(Row(1998, UNKNOWN, REVENUE_PLAN, _spread(2026, 600_000)))
    return [row._replace(amounts=_summed(row)) for row in made]


def totals(made: list[Row]) -> Iterator[tuple[Words, Amounts]]:
    """The sum of each indicator over all rows, as an AutoSum would show it."""
    for indicator in INDICATORS:
        of = [row.amounts for row in made if row.indicator == indicator]
        periods = sorted({period for amounts in of for period in amounts})
        yield (
            indicator,
            {
                period: round(sum(each for amounts in of if isinstance(each := amounts.get(period), (int, float))), 2)
                for period in periods
            },
        )


def _is_planned(client: SellerClient) -> bool:
    """Clients with neither plan nor sales have no rows; nor have those whose sales nobody can plan."""
    name = client.client.en if client.client else ""
    return bool(client.sales_plan or _amount(client.revenue)) and client.client_id != 1028 and SECOND_1030 not in name


def _rows(client: SellerClient) -> list[Row]:
    revenue, plan = _amount(client.revenue), client.sales_plan
    rate = (client.margin or 0) / revenue if revenue else 0.2
    next_plan = round((plan or 0) * GROWTH.get(client.client_id, 1.06), -4)
    plans = {**_spread(2025, plan or 0), **_spread(2026, next_plan)}
    facts = {**_spread(2025, revenue), **_so_far(client.client_id, next_plan or revenue)}
    margins = {**_spread(2025, client.margin or 0), **_part(facts, rate, 2026)}
    if client.client_id in FAR:
        plans[2027, 0] = FAR[client.client_id]
    indicators = [
        (REVENUE_PLAN, plans),
        (REVENUE_FACT, facts),
        (MARGIN_PLAN, _part(plans, rate)),
        (MARGIN_FACT, margins),
    ]
    if client.client_id == NO_PLAN:
        indicators = [each for each in indicators if each[0] in (REVENUE_FACT, MARGIN_FACT)]
    return [
        Row(client.client_id, client.client, indicator, _awkward(client.client_id, indicator, amounts))
        for indicator, amounts in indicators
    ]


def _amount(value: float | Words | None) -> float:
    """An amount, also where the client table has it as text."""
    if isinstance(value, Words):
        return float(value.en.replace(",", "")) if value.en[0].isdigit() else 0.0
    return value or 0.0


def _spread(year: int, total: float) -> Amounts:
    """A year's amount over its months, to the cent."""
    months = [round(total * weight / sum(SEASON), -2 if total >= 100_000 else 2) for weight in SEASON]
    months[-1] = round(total - sum(months[:-1]), 2)
    return {(year, month): amount for month, amount in enumerate(months, start=1)}


def _so_far(client_id: int, planned: float) -> Amounts:
    """The facts of 2026: some clients run ahead of their plan, more of them behind."""
    plan = _spread(2026, planned)
    return {
        (2026, month): round(float(plan[2026, month]) * (75 + (client_id * 37 + month * 13) % 46) / 100, 2)  # type: ignore[arg-type]
        for month in range(1, CLOSED + 1)
    }


def _part(amounts: Amounts, rate: float, year: int | None = None) -> Amounts:
    return {
        period: round(amount * rate, 2)
        for period, amount in amounts.items()
        if isinstance(amount, (int, float)) and year in (None, period[0])
    }


def _awkward(client_id: int, indicator: Words, amounts: Amounts) -> Amounts:
    if indicator == REVENUE_FACT and client_id == MISSING[0]:
        del amounts[2026, MISSING[1]]
    if indicator == REVENUE_FACT and client_id == TYPED[0]:
        amounts[2026, TYPED[1]] = TYPED[2]
    return amounts


def _summed(row: Row) -> Amounts:
    sums = {}
    for year in YEARS[:2]:
        months = [each for (of, _), each in row.amounts.items() if of == year and isinstance(each, (int, float))]
        if months:
            sums[year, 0] = round(sum(months), 2)
    if row.client_id == WRONG_SUM and row.indicator == REVENUE_PLAN:
        sums[2026, 0] = 2_500_000.0
    return {**row.amounts, **sums}
