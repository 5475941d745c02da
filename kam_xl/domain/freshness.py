"""How far a procurement budget can be trusted (section 3: budget basis)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from kam_xl.domain.model import BudgetBasis
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.locale import Repeated, Text, plural


def months_before(day: date, months: int) -> date:
    """The same day some months ago, the last of the month where that has no such day.

    >>> months_before(date(2024, 3, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_day(day: date) -> date:
    """The day itself, or the Monday after it where it is a Saturday or Sunday.

    >>> working_day(date(2026, 8, 1)), working_day(date(2026, 8, 3))
    (datetime.date(2026, 8, 3), datetime.date(2026, 8, 3))
    """
    return day + timedelta(days=max(7 - day.weekday(), 0) if day.weekday() > 4 else 0)


def is_old(budget_date: date | None, today: date, settings: Settings = DEFAULTS) -> bool:
    """Whether a budget is older than `budget_max_age_months`; unknown age is not old.

    >>> is_old(date(2023, 5, 1), date(2024, 5, 1)), is_old(date(2023, 4, 30), date(2024, 5, 1))
    (False, True)
    """
    return budget_date is not None and budget_date < months_before(today, settings.budget_max_age_months)


def budget_note(
    basis: BudgetBasis | None,
    budget_date: date | None,
    today: date,
    settings: Settings = DEFAULTS,
    *,
    dated: bool = True,
) -> Text | None:
    """What must be said wherever a budget shows: estimated, a proxy, old or undated; None for a sound one.

    Parameters
    ----------
    dated : bool
        Whether the table says about any budget how and when it was found; if it never does, nothing is missed here.

    Examples
    --------
    >>> budget_note(BudgetBasis.ESTIMATED, date(2022, 1, 31), date(2024, 5, 1))
    Text('Procurement budget: estimated, dated 2022-01-31 (older than 12 months).')
    >>> budget_note(BudgetBasis.CONFIRMED, date(2024, 1, 31), date(2024, 5, 1))
    """
    return _note(basis, budget_date, today, settings.budget_max_age_months, dated)


@lru_cache(4096)
def _note(basis: BudgetBasis | None, budget_date: date | None, today: date, months: int, dated: bool) -> Text | None:
    remarks = []
    if basis is BudgetBasis.ESTIMATED:
        remarks.append(Text("estimated"))
    elif basis is BudgetBasis.PROXY:
        remarks.append(Text("derived from a proxy"))
    if budget_date is None:
        if dated:
            remarks.append(Text("undated"))
    elif budget_date < months_before(today, months):
        remarks.append(_old(budget_date, months))
    return Repeated(Text("Procurement budget: {remarks}.", remarks=remarks)) if remarks else None


def _old(budget_date: date, months: int) -> Text:
    return plural(
        "dated {date:date} (older than {n} month)",
        "dated {date:date} (older than {n} months)",
        date=budget_date,
        n=months,
    )
