"""How an account's figures went from build to build: the trend that its plan shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kam_xl.locale import shown
from kam_xl.plan.account.account_states import State
from kam_xl.plan.account.plan_fields import TREND_ROWS
from kam_xl.plan.words import filled


class Point(NamedTuple):
    """An account at a build."""

    day: date
    state: State


def trend_values(earlier: Sequence[Point], today: Point | None, lang: str) -> dict[str, object]:
    """The fields of a plan's trend: a point for each month, the latest ones; blank with fewer than two points.

    Penetration is rounded to hundredths of a percent: every month keeps it in three places of the file.

    Parameters
    ----------
    earlier : sequence of Point
        The builds before today's, the oldest first.
    today : Point or None
        The present build; None for a client that the table no longer has.
    lang : str
        The language of the dates, which are texts for the axis of the chart.

    Examples
    --------
    >>> state = State("Nordwerk", "Ann", True, 1, 60.0, None, None, "", "", 90.0, "revenue")
    >>> days = [date(2026, 1, 5), date(2026, 1, 30), date(2026, 2, 27)]
    >>> values = trend_values([Point(day, state) for day in days[:2]], Point(days[2], state), "en")
    >>> values["kam_trend_day"][:3], values["kam_trend_revenue"][:3]
    (['2026-01-30', '2026-02-27', None], [60.0, 60.0, None])
    """
    months = {(point.day.year, point.day.month): point for point in (*earlier, *([today] if today else []))}
    points = list(months.values())[-TREND_ROWS:]
    states = [point.state for point in points] if len(points) > 1 else []
    days = [shown(point.day, "date", lang) for point in points] if states else []
    columns: dict[str, list[object]] = {
        "day": [*days],
        "revenue": [state.revenue for state in states],
        "goal": [state.goal for state in states],
        "penetration": [_to_hundredths(state.penetration) for state in states],
        "rank": [state.rank for state in states],
    }
    return {f"kam_trend_{name}": filled(column, TREND_ROWS) for name, column in columns.items()}


def _to_hundredths(penetration: float | None) -> float | None:
    return None if penetration is None else round(penetration, 4)
