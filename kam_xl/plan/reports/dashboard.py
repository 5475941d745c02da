"""What the operational dashboard says: plan and fact of the current year, by manager, territory and month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import fsum
from typing import NamedTuple

from kam_xl.domain.classify import Account, Classification
from kam_xl.domain.operational import Calendar, Comparison, summed
from kam_xl.domain.periods import MONTH, YEAR, Period
from kam_xl.locale import Text, plural
from kam_xl.plan.account.operational import last_month
from kam_xl.plan.reports.dashboard_fields import DASHBOARD_FIELDS, GROUP_ROWS, MONTH_ROWS, TOP_ROWS
from kam_xl.plan.reports.dashboard_formulas import with_dashboard_formulas
from kam_xl.plan.words import filled, in_language

_FIGURES = ("plan", "to_date", "fact", "lead", "unplanned")


class _Member(NamedTuple):
    """A client with the current year of its operational plan."""

    account: Account
    year: Comparison


def dashboard_values(classification: Classification, lang: str) -> dict[str, object]:
    """What to write into the named fields of the dashboard, formulas with their values included.

    Returns
    -------
    dict
        Field name to text, number, `Computed` or None, a list of values for a column; rows not needed are None.
    """
    calendar = classification.calendar
    values: dict[str, object] = {
        name: None if field.rows == 1 else [None] * field.rows for name, field in DASHBOARD_FIELDS.items()
    }
    if calendar is None:
        values["kam_summary"] = Text("There is no operational plan in this workbook: there is nothing to compare.")
    else:
        values |= _filled(classification, calendar)
    words = {name: in_language(value, lang) for name, value in values.items()}
    return {**words, "kam_built": classification.today, **with_dashboard_formulas(words)}


def dashboard_summary(classification: Classification, lang: str) -> str:
    """How far the facts reach, and how many clients have a plan."""
    return str(dashboard_values(classification, lang)["kam_summary"])


def _filled(classification: Classification, calendar: Calendar) -> dict[str, object]:
    year = Period(calendar.current_year, YEAR)
    members = [
        _Member(account, account.client.operational.revenue.compare(year, calendar.closed))
        for account in classification.accounts
        if account.client.operational is not None
    ]
    members = [member for member in members if member.year.lead is not None]
    return {
        "kam_summary": _summary(members, calendar),
        **_revenue(members),
        **_margin(classification.accounts, year, calendar),
        **_group("manager", members, lambda account: account.client.manager, Text("Manager not given")),
        **_group("territory", members, lambda account: account.client.territory, Text("Territory not given")),
        **_months(classification.accounts, year),
        **_top(members),
    }


def _summary(members: Sequence[_Member], calendar: Calendar) -> Text:
    planned = sum(member.year.plan is not None for member in members)
    unplanned = sum(bool(member.year.unplanned) for member in members)
    missing = sum(bool(member.year.missing) for member in members)
    facts = [
        plural("{n:count} client has a plan", "{n:count} clients have a plan", n=planned),
        plural(
            "{n:count} has actual figures without a plan", "{n:count} have actual figures without a plan", n=unplanned
        ),
        plural("{n:count} lacks actual figures", "{n:count} lack actual figures", n=missing),
    ]
    return Text(
        "{year}, {closed}: {facts}.",
        year=calendar.current_year,
        closed=Text("actual figures to {month}", month=last_month(calendar.closed).label)
        if calendar.closed is not None
        else Text("no actual figures yet"),
        facts=[fact for fact, count in zip(facts, (1, unplanned, missing), strict=True) if count],
    )


def _revenue(members: Sequence[_Member]) -> dict[str, object]:
    key = summed(member.year for member in members if member.account.is_key)
    return {
        **_figures("revenue", summed(member.year for member in members)),
        "kam_dash_revenue_key_fact": key.fact,
        "kam_dash_revenue_key_lead": key.forecast,
    }


def _margin(accounts: Sequence[Account], year: Period, calendar: Calendar) -> dict[str, object]:
    plans = [account.client.operational.margin for account in accounts if account.client.operational is not None]
    figures = _figures("margin", summed(plan.compare(year, calendar.closed) for plan in plans))
    return {name: figure for name, figure in figures.items() if name in DASHBOARD_FIELDS}


def _figures(group: str, comparison: Comparison) -> dict[str, object]:
    unplanned = comparison.unplanned or None
    figures = (comparison.plan, comparison.plan_to_date, comparison.fact, comparison.forecast, unplanned)
    return {f"kam_dash_{group}_{name}": figure for name, figure in zip(_FIGURES, figures, strict=True)}


def _group(
    code: str, members: Sequence[_Member], name_of: Callable[[Account], str], without: Text
) -> dict[str, object]:
    """The largest groups by where they lead; those beyond the rows of the sheet stand together in the last."""
    groups: dict[str, list[_Member]] = {}
    for member in members:
        groups.setdefault(name_of(member.account), []).append(member)
    ordered = sorted(groups.items(), key=lambda group: (-(_lead(group[1])), group[0]))
    rows: list[tuple[str | Text, list[_Member]]] = [(name or without, group) for name, group in ordered]
    if len(rows) > GROUP_ROWS:
        rest = [member for _, group in rows[GROUP_ROWS - 1 :] for member in group]
        rows = [*rows[: GROUP_ROWS - 1], (Text("Others"), rest)]
    lines = [
        {
            f"kam_dash_{code}_name": name,
            **_figures(code, summed(member.year for member in group)),
            f"kam_dash_{code}_key_fact": summed(member.year for member in group if member.account.is_key).fact,
        }
        for name, group in rows
    ]
    return _columns(lines, GROUP_ROWS)


def _lead(group: Iterable[_Member]) -> float:
    return summed(member.year for member in group).lead or 0.0


def _months(accounts: Sequence[Account], year: Period) -> dict[str, object]:
    plans = [account.client.operational.revenue for account in accounts if account.client.operational is not None]
    lines: list[dict[str, object]] = []
    for month in year.parts(MONTH):
        planned = [plan.plan[month] for plan in plans if month in plan.plan]
        done = [plan.fact[month] for plan in plans if month in plan.fact]
        lines.append(
            {
                "kam_dash_month_name": month.label,
                "kam_dash_month_plan": fsum(planned) if planned else None,
                "kam_dash_month_fact": fsum(done) if done else None,
            }
        )
    return _columns(lines, MONTH_ROWS)


def _top(members: Sequence[_Member]) -> dict[str, object]:
    """The clients that deviate most, whichever way; the shortfalls first."""
    deviating = [(member, member.year.deviation) for member in members if member.year.deviation]
    largest = sorted(deviating, key=lambda each: (-abs(each[1] or 0.0), each[0].account.client.client_id))[:TOP_ROWS]
    lines: list[dict[str, object]] = [
        {
            "kam_dash_top_name": member.account.client.client,
            "kam_dash_top_manager": member.account.client.manager,
            "kam_dash_top_territory": member.account.client.territory,
            "kam_dash_top_key": Text("Yes") if member.account.is_key else None,
            "kam_dash_top_to_date": member.year.plan_to_date,
            "kam_dash_top_fact": member.year.fact,
        }
        for member, _ in sorted(largest, key=lambda each: each[1] or 0.0)
    ]
    return _columns(lines, TOP_ROWS)


def _columns(lines: Sequence[dict[str, object]], rows: int) -> dict[str, object]:
    names = lines[0] if lines else {}
    return {name: filled([line[name] for line in lines], rows) for name in names}
