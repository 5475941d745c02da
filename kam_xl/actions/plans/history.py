"""Earlier builds, kept in the record sheet: a line for each key account and build, old builds thinned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kam_xl.actions.book.filling import Filled
from kam_xl.actions.book.lists import List, refresh
from kam_xl.actions.book.record import Record
from kam_xl.actions.book.trend_record import HISTORY, monthly
from kam_xl.actions.plans.context import BuildContext
from kam_xl.domain.classify import Classification
from kam_xl.domain.settings import Settings
from kam_xl.errors import KamError
from kam_xl.locale import Text
from kam_xl.plan.account.account_states import State, states
from kam_xl.plan.account.trend import Point
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.week.changes import CHANGES, Change, change_row, changes, changes_summary, folded
from kam_xl.table.finding import part_of_year

FIRST = "first:"
"""How the owner of what the first build of the first day saw begins; the day follows."""


class NoSuchBuildError(KamError):
    """No build so early is on record."""

    exit_code = 5

    def __init__(self, since: date, days: Iterable[date]) -> None:
        super().__init__(
            Text("no build up to this day is on record"),
            got=since.isoformat(),
            remedy=Text("There are: {days}.", days=list(days)),
        )


def builds(record: Record) -> list[date]:
    """The days of the builds on record, the earliest first."""
    return sorted(
        date.fromisoformat(owner.removeprefix(HISTORY)) for owner in record.owners() if owner.startswith(HISTORY)
    )


def earlier(record: Record, today: date, since: date | None = None) -> tuple[date | None, dict[str, State]]:
    """The build to compare with: the last one before today, or the last one up to a day; None and nothing without one.

    On the first day of all it is the first build of that day.

    Raises
    ------
    NoSuchBuildError
        Where a day is asked for before which there is none.
    """
    days = [day for day in builds(record) if (day <= since if since else day < today)]
    if not days:
        if since:
            raise NoSuchBuildError(since, builds(record))
        before = _states(record, today, FIRST) or _states(record, today)
        return (today if before else None), before
    return days[-1], _states(record, days[-1])


def _states(record: Record, day: date, kind: str = HISTORY) -> dict[str, State]:
    unpacked = {client_id: State.unpacked(text) for client_id, text in record.of(f"{kind}{day.isoformat()}").items()}
    return {client_id: state for client_id, state in unpacked.items() if state}


def trends(record: Record, today: date) -> dict[str, list[Point]]:
    """Each client at the builds before today, the oldest first: as many months as a plan shows."""
    points: dict[str, list[Point]] = {}
    for day in monthly(day for day in builds(record) if day < today):
        for client_id, state in _states(record, day).items():
            points.setdefault(client_id, []).append(Point(day, state))
    return points


def remember(record: Record, today: date, classification: Classification, before: Mapping[str, State]) -> None:
    """Keep what this build sees; of a day the last build, of the first day of all the first one too."""
    lines = {client_id: state.packed() for client_id, state in states(classification, before).items()}
    days = sorted({*builds(record), today})
    _keep_first(record, today, lines, is_first_day=days[0] == today)
    record.replace(f"{HISTORY}{today.isoformat()}", lines)
    for day in set(days) - set(_kept(days, today, classification.settings)):
        record.replace(f"{HISTORY}{day.isoformat()}", {})


def _keep_first(record: Record, today: date, lines: Mapping[str, str], *, is_first_day: bool) -> None:
    """Keep what the first build of the first day saw, once another build of that day sees something else."""
    first, seen = f"{FIRST}{today.isoformat()}", record.of(f"{HISTORY}{today.isoformat()}")
    if is_first_day and seen and seen != lines and not record.of(first):
        record.replace(first, seen)
    for owner in record.owners():
        if owner.startswith(FIRST) and not (is_first_day and owner == first):
            record.replace(owner, {})


def _kept(days: list[date], today: date, settings: Settings) -> list[date]:
    """The days that stay: the latest builds, the last one of each recent month, of earlier quarters the last one.

    >>> days = [date(2025, 1, 10), date(2025, 3, 5), date(2026, 10, 1), date(2026, 10, 30), date(2026, 11, 2)]
    >>> [day.isoformat() for day in _kept(days, days[-1], Settings(history_builds=1))]
    ['2025-03-05', '2026-10-30', '2026-11-02']
    """
    last: dict[tuple[int, int], date] = {}
    for day in days:
        months = (today.year - day.year) * 12 + today.month - day.month
        if months <= settings.history_months:
            last[day.year, day.month] = day
        elif months <= settings.history_years * 12:
            last[day.year, -((day.month - 1) // 3)] = day
    return sorted({*days[-settings.history_builds :], *last.values()})


def compare(context: BuildContext) -> tuple[list[Change], list[str]]:
    """Compare with the last build and keep this one; returns the changes, and cells that people typed over."""
    since, before = earlier(context.record, context.today)
    part = part_of_year(context.table.findings) is not None
    differences = changes(before, context.classification, part_of_year=part) if since else []
    remember(context.record, context.today, context.classification, before)
    sheet = context.sheets.find(OurSheet.CHANGES)
    if sheet is None:
        return differences, []
    rows = [change_row(change, context.lang) for change in folded(differences, context.settings)]
    kept = refresh(
        List(sheet, CHANGES), rows, key=lambda row: f"{row['client_id']}|{row['what']}", record=context.record
    )
    page = Filled(sheet, context.record, sheet.kind, ("kam_summary", "kam_built"))
    page.fill({"kam_summary": changes_summary(differences, since, context.lang), "kam_built": context.today})
    page.write()
    return differences, kept + page.kept
