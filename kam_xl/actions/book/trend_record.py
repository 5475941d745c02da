"""The trends of plans in the record: history tells them already, so that what it tells is not kept a second time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from kam_xl.plan.account.account_states import State
from kam_xl.plan.account.plan_fields import TREND_ROWS
from kam_xl.plan.account.trend import Point, trend_values

HISTORY = "history:"
"""How the owner of a build's states begins; the day follows."""

_PLAN, _BUILT, _TREND = "plan:", "kam_built[0]", "kam_trend_"
_IN_HISTORY = "kam_trend"  # stands in a plan in the place of all that history tells

Written = Mapping[str, Mapping[str, object]]


def monthly(days: Iterable[date]) -> list[date]:
    """The last day of each month, of as many months as a plan shows.

    >>> [day.isoformat() for day in monthly([date(2026, 1, 5), date(2026, 1, 30), date(2026, 2, 27)])]
    ['2026-01-30', '2026-02-27']
    """
    return list({(day.year, day.month): day for day in days}.values())[-TREND_ROWS:]


def without_trends(written: Written, lang: str) -> dict[str, Mapping[str, object]]:
    """What is to be kept: of each plan without the trend, where history tells the very same."""
    history = _History(written, lang)
    kept = dict(written)
    for owner, fields in written.items():
        trend = {name: value for name, value in fields.items() if name.startswith(_TREND)}
        if owner.startswith(_PLAN) and trend and trend == history.trend(owner, fields):
            kept[owner] = {name: value for name, value in fields.items() if name not in trend} | {_IN_HISTORY: True}
    return kept


def with_trends(kept: Written, lang: str) -> dict[str, dict[str, object]]:
    """What was written, the trends that history tells back in their place."""
    history = _History(kept, lang)
    written = {owner: dict(fields) for owner, fields in kept.items()}
    for owner, fields in written.items():
        if owner.startswith(_PLAN) and fields.pop(_IN_HISTORY, None):
            fields |= history.trend(owner, fields)
    return written


class _History:
    """The builds on record, each read when it is first asked for."""

    def __init__(self, written: Written, lang: str) -> None:
        self._written, self._lang = written, lang
        owners = (owner.removeprefix(HISTORY) for owner in written if owner.startswith(HISTORY) and written[owner])
        self._days = sorted(map(date.fromisoformat, owners))
        self._states: dict[date, dict[str, State | None]] = {}

    def trend(self, owner: str, fields: Mapping[str, object]) -> dict[str, object]:
        """The cells of a plan's trend as the build of its day wrote them."""
        built, client_id = fields.get(_BUILT), owner.removeprefix(_PLAN)
        day = built.date() if isinstance(built, datetime) else built
        if not isinstance(day, date):
            return {}
        points = [
            Point(each, state)
            for each in [*monthly(before for before in self._days if before < day), day]
            if (state := self._at(each).get(client_id))
        ]
        now = points.pop() if points and points[-1].day == day else None
        values = trend_values(points, now, self._lang)
        return {
            f"{name}[{at}]": float(value) if isinstance(value, int) else value
            for name, column in values.items()
            if isinstance(column, list)
            for at, value in enumerate(column)
            if value is not None
        }

    def _at(self, day: date) -> Mapping[str, State | None]:
        if day not in self._states:
            texts = self._written.get(f"{HISTORY}{day.isoformat()}", {})
            self._states[day] = {client_id: State.unpacked(text) for client_id, text in texts.items()}
        return self._states[day]
