"""What a plan sheet says about the operational plan: the near years period by period, and where they lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kam_xl.domain.classify import Classification
from kam_xl.domain.goals import parts_of_year, planned_of, year_label
from kam_xl.domain.model import Client
from kam_xl.domain.operational import Calendar, Comparison, OperationalPlan
from kam_xl.domain.periods import MONTH, QUARTER, YEAR, Period
from kam_xl.locale import Text, in_context, joined
from kam_xl.plan.account.plan_fields import OPERATIONAL_ROWS, TRAJECTORY_ROWS
from kam_xl.plan.words import filled

_MANY = 3
_COLUMNS = ("period", "plan", "to_date", "fact", "lead")


def operational_values(client: Client, classification: Classification, lang: str) -> dict[str, object]:
    """The fields of the operational plan on one plan sheet, texts in words where several are joined.

    Parameters
    ----------
    client : Client
    classification : Classification
        That of the whole table.
    lang : str
    """
    plan, calendar, settings = client.operational, classification.calendar, classification.settings
    if calendar is None or plan is None:
        rows: list[tuple[object, ...]] = []
        leads: list[float | None] = []
        note = [_nothing(calendar, client.sales_plan)]
    else:
        rows = [_row(period, plan, calendar) for period in periods_shown(calendar)]
        years = {
            year_label(year, settings): [plan.revenue.compare(part) for part in parts_of_year(year, settings)]
            for year in range(calendar.base_year, calendar.base_year + TRAJECTORY_ROWS)
        }
        planned = map(planned_of, years.values())
        leads = [year and year.lead for year in planned]
        note = list(_note(plan, calendar, years))
    is_of_base_year = calendar is None or calendar.plan_year == calendar.base_year
    if is_of_base_year and (not leads or leads[0] is None):
        leads = [client.sales_plan, *leads[1:]]
    columns = {
        f"kam_operational_{name}": filled([row[at] for row in rows], OPERATIONAL_ROWS)
        for at, name in enumerate(_COLUMNS)
    }
    return {
        **columns,
        "kam_operational_note": joined(note, " ", lang),
        "kam_trajectory_plan": filled(leads, TRAJECTORY_ROWS),
    }


def periods_shown(calendar: Calendar) -> list[Period]:
    """Three near years, the base year the first where it can be; the current one with its quarters."""
    first = calendar.current_year if calendar.base_year == calendar.current_year else calendar.current_year - 1
    years = [Period(first + year, YEAR) for year in range(3)]
    return [part for year in years for part in (*_quarters(year, calendar), year)]


def last_month(closed: int) -> Period:
    """The month with which a period ends, by its `Period.end`.

    >>> last_month(Period(2026, 3, 2).end).label.render("en")
    'Jun 2026'
    """
    year, month = divmod(closed - 1, YEAR)
    return Period(year, MONTH, month + 1)


def _quarters(year: Period, calendar: Calendar) -> list[Period]:
    return year.parts(QUARTER) if year.year == calendar.current_year else []


def _row(period: Period, plan: OperationalPlan, calendar: Calendar) -> tuple[object, ...]:
    comparison = plan.revenue.compare(period, calendar.closed)
    return period.label, comparison.plan, comparison.plan_to_date, comparison.fact, comparison.forecast


def _nothing(calendar: Calendar | None, sales_plan: float | None) -> Text:
    if calendar is None and sales_plan is not None:
        return Text(
            "The client table gives the plan of this year alone: add a sheet with plan and actual figures by month, or "
            "type the plans of later years into the table above."
        )
    if calendar is None:
        return Text(
            "There is no operational plan in this workbook: add a sheet with plan and actual figures by month, or type "
            "the plan of each year into the table above."
        )
    return Text("The operational plan says nothing about this client.")


def _note(plan: OperationalPlan, calendar: Calendar, years: Mapping[str, Sequence[Comparison]]) -> Iterator[Text]:
    """How far the actual figures reach, and what is missing: the plan's eyesight."""
    if calendar.closed is not None:
        yield Text("Actual figures to {month}.", month=last_month(calendar.closed).label)
    this_year = plan.revenue.compare(Period(calendar.current_year, YEAR), calendar.closed)
    if this_year.missing:
        named = [period.label for period in this_year.missing[:_MANY]]
        more = ["…"] if len(this_year.missing) > _MANY else []
        yield Text("No actual figure for {periods}: compared without.", periods=[*named, *more])
    if this_year.unplanned:
        yield Text("{fact:money} came in without a plan.", fact=this_year.unplanned)
    months = {year: sum(part.months for part in parts) for year, parts in years.items()}
    for year, count in months.items():
        if 0 < count < YEAR:
            yield Text(
                "{year} is known for {months:count} of 12 months only: no goal is compared with it.",
                year=year,
                months=count,
            )
    known = [year for year, count in months.items() if count]
    if known and known[-1] != list(years)[-1]:
        compared = next((year for year in reversed(known) if months[year] == YEAR and year != next(iter(years))), None)
        yield Text(
            "Nothing is planned after {year}: later goals are compared with {what}.",
            year=known[-1],
            what=in_context("compared with", "the plan of {year}", year=compared)
            if compared
            else in_context("compared with", "today's revenue"),
        )
