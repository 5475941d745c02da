"""The agenda sheet: every open step of all plans; dates, owners and states changed on it go back to their plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from kam_xl.actions.book.cell_contents import contents_of
from kam_xl.actions.book.entries import day_of, entry_findings, not_a_date, with_days
from kam_xl.actions.book.filling import Filled
from kam_xl.actions.book.lists import List, Row, refresh
from kam_xl.actions.book.record import Record, is_blank, same
from kam_xl.actions.book.sheets import NamedSheet, OurSheets
from kam_xl.actions.plans.context import BookContext
from kam_xl.actions.plans.plan_sheets import Columns
from kam_xl.engines.blocks import values_of
from kam_xl.engines.values import Formula, put
from kam_xl.excel.references import column_letters
from kam_xl.locale import Text
from kam_xl.plan.account.formulas import link
from kam_xl.plan.account.plan_fields import PLAN_FIELDS, PLAN_NAMES
from kam_xl.plan.account.steps import SOURCES
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.week.agenda import (
    AGENDA,
    HINT,
    READ_FIELDS,
    Item,
    PlanOfClient,
    agenda_items,
    agenda_row,
    agenda_summary,
    folded,
)
from kam_xl.table.finding import Finding

_EDITED = ("when", "who", "state")


def plans_of(
    sheets: OurSheets, known: Mapping[str, Columns] | None = None
) -> Iterator[tuple[PlanOfClient, NamedSheet]]:
    """Every plan of a book with what its cells hold, dates that are text read as dates; of copies the first.

    `known` is what a build ended with, by client id: only other plans are read.
    """
    for plan, page in _as_typed(sheets, known or {}):
        yield replace(plan, values=with_days(plan.values)), page


def _as_typed(sheets: OurSheets, known: Mapping[str, Columns]) -> Iterator[tuple[PlanOfClient, NamedSheet]]:
    for client_id, plans in sheets.plans.items():
        columns = known.get(client_id) or _read(plans[0])
        values = {name: cells if PLAN_FIELDS[name].rows > 1 else cells[0] for name, cells in columns.items()}
        client, manager = (str(values.get(name) or "") for name in ("kam_client", "kam_manager"))
        yield PlanOfClient(client_id, client, manager, values), plans[0]


def _read(plan: NamedSheet) -> Columns:
    """The cells that the agenda is made from."""
    plan.know(PLAN_NAMES)
    areas = plan.areas(READ_FIELDS)
    return dict(zip(areas, values_of(plan.sheet, list(areas.values())), strict=True))


class Week(NamedTuple):
    """The lines of the agenda, addresses of cells that stay as people typed them, and what cannot be read."""

    items: list[Item]
    kept: list[str]
    findings: list[Finding]


def agenda(context: BookContext, known: Mapping[str, Columns] | None = None) -> Week:
    """Bring the agenda up to date; `known` is what a build ended with, by client id."""
    sheet = context.sheets.find(OurSheet.AGENDA)
    typed = list(_as_typed(context.sheets, known or {}))
    plans = [replace(plan, values=with_days(plan.values)) for plan, _ in typed]
    pages = {plan.client_id: page for plan, page in typed}
    items = agenda_items(plans, context.today, context.settings.agenda_days)
    findings = [
        not_a_date(pages[item.plan.client_id], item, item.step) for item in items if item.step and item.step.unread
    ]
    findings += [finding for plan, page in typed for finding in entry_findings(plan, page)]
    if sheet is None:
        return Week(items, [], findings)
    rows = [
        agenda_row(item, context.lang) | {"cell": _link(pages[item.plan.client_id], item)}
        for item in folded(item for item in items if item.listed)
    ]
    stays = refresh(List(sheet, AGENDA), rows, key=lambda row: str(row.get("key") or ""), record=context.record)
    findings += map(_stays, stays)
    page = Filled(sheet, context.record, sheet.kind, ("kam_summary", "kam_hint", "kam_built"))
    page.fill(
        {
            "kam_summary": agenda_summary(items, context.lang),
            "kam_hint": HINT.render(context.lang),
            "kam_built": context.today,
        }
    )
    page.write()
    return Week(items, page.kept, findings)


def _stays(address: str) -> Finding:
    """A cell of the agenda whose text did not get into its plan."""
    title, _, cell = address.rpartition("!")
    return Finding(
        title,
        cell,
        client_id="",
        client="",
        code="not-in-the-plan",
        grade="warning",
        message=Text("What was typed here has not reached the plan, which counts."),
        value=None,
        remedy=Text("Enter it in the plan, whose cell this row links to, and clear the cell here."),
    )


def _link(page: NamedSheet, item: Item) -> object:
    area = page.area(item.step.field if item.step else "kam_client")
    if area is None:
        return None
    cell = f"{column_letters(area.left)}{area.top + (item.step.row if item.step else 0)}"
    return link(page.title, cell, cell)


def take_back(sheets: OurSheets, record: Record) -> None:
    """Bring dates, owners and states that were changed on the agenda back into their plans.

    A step is known by its row and its words. Where the plan's own cell was changed as well or holds a formula, or the
    step is no longer there, nothing is written: what was typed on the agenda stays there, and is reported.
    """
    sheet = sheets.find(OurSheet.AGENDA)
    if sheet is None:
        return
    for row in List(sheet, AGENDA).rows():
        key = str(row.ours.get("key") or "")
        owner = f"{sheet.kind}:{key}"
        for code in _EDITED:
            typed, was = row.ours.get(code), record.of(owner).get(code)
            if record.of(owner) and not same(typed, was) and _write(sheets, key, row.ours, code, record.of(owner)):
                record.accept(owner, code, typed)


def _without_time(day: object) -> object:
    return day.date() if isinstance(day, datetime) else day


def _write(sheets: OurSheets, key: str, row: Row, code: str, written: Row) -> bool:
    """Write one cell of a plan; whether it could be done. `written` is the line as the last press wrote it."""
    client_id, _, place = key.partition("|")
    field, _, number = place.rstrip("]").partition("[")
    source = next((source for source in SOURCES if field in (source.what, source.when)), None)
    plans = sheets.plans.get(client_id)
    if source is None or not plans or not number.isdigit():
        return False
    target = {"when": source.when, "who": source.who, "state": source.state}[code]
    plan, at = plans[0], int(number)
    if target not in plan or at >= len(plan.cells(target)):
        return False
    words, now = plan.cells(field)[at], contents_of(plan[target][at])[0][0]
    if isinstance(now, Formula):
        return False
    is_same_step = field == source.when or same(words, row.get("what")) or same(words, written.get("what"))
    typed, was = row.get(code), written.get(code)
    if code == "when":
        now, typed, was = (_without_time(day_of(each)) for each in (now, typed, was))
    if not is_same_step or not (same(now, was) or same(now, typed)):
        return False
    if code == "when" and isinstance(typed, str) and not is_blank(typed):
        return False  # no date that can be read
    value = None if is_blank(typed) else typed
    put(plan[target][at], [[value]])
    return True
