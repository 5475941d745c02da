"""A client's sales plan: from the client table, or from its operational plan (section 2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kam_xl.domain.model import Client
from kam_xl.domain.operational import Calendar, calendar_of
from kam_xl.domain.periods import YEAR, Period
from kam_xl.domain.settings import Settings


def planned_revenue(client: Client, calendar: Calendar | None) -> float | None:
    """What the operational plan plans to sell to a client in the year of the sales plan."""
    if client.operational is None or calendar is None:
        return None
    planned = client.operational.revenue.plan.roll(Period(calendar.plan_year, YEAR))
    return planned.value if planned else None


def sales_plan_of(client: Client, calendar: Calendar | None) -> float | None:
    """The sales plan of a client: what the table says about it, else the operational plan's revenue plan of the year.

    The table goes first: it is what the user entered for this very purpose. Where both are there and differ, the
    data check says so.
    """
    return planned_revenue(client, calendar) if client.sales_plan is None else client.sales_plan


def calendar_of_clients(clients: Sequence[Client], settings: Settings, today: date) -> Calendar | None:
    """What the operational plans of a table have in common; None where no client has one."""
    named = settings.base_year or next((client.year for client in clients if client.year), None)
    plans = (client.operational for client in clients if client.operational is not None)
    return calendar_of(plans, today.year, named)
