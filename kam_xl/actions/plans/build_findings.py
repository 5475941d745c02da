"""What a build itself has to tell, as findings: alarms, cells typed over, what moved rows left behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kam_xl.actions.plans.context import BuildContext
from kam_xl.excel.references import Area, column_letters
from kam_xl.locale import Text, plural
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.week.changes import Change, alarm_text
from kam_xl.plan.words import some
from kam_xl.table import Finding


def alarm(context: BuildContext, change: Change) -> Finding:
    """An alarm as a finding, at the client's revenue in the table."""
    account = context.classification.by_id[change.client_id]
    source = Area.parse(context.source_of(account, "revenue"))
    return Finding(
        source.sheet if source else "",
        f"{column_letters(source.left)}{source.top}" if source else "",
        client_id=change.client_id,
        client=change.client,
        code="revenue-fell",
        grade="warning",
        message=alarm_text(change),
        value=change.after,
        remedy=Text("Find out why, and set a first step in its plan."),
    )


def typed_over(addresses: Iterable[str], told: Iterable[Finding]) -> list[Finding]:
    """Computed cells that hold what somebody typed, but for those of which a finding tells more already."""
    places = {f"{finding.sheet}!{finding.cell}" for finding in told}
    return [_typed_over(address) for address in dict.fromkeys(addresses) if address not in places]


def _typed_over(address: str) -> Finding:
    sheet, _, cell = address.rpartition("!")
    return Finding(
        sheet,
        cell,
        client_id="",
        client="",
        code="typed-over",
        grade="note",
        message=Text("A computed cell was typed over; it stays as it is."),
        value=None,
        remedy=Text("Clear the cell to have it computed again."),
    )


def stranded(title: str, cells: Sequence[str]) -> Finding:
    """Cells beside a list whose rows moved without them."""
    return Finding(
        title,
        cells[0],
        client_id="",
        client="",
        code="beside-the-list",
        grade="warning",
        message=plural(
            "{n:count} cell beside the list did not move with its row: {cells}",
            "{n:count} cells beside the list did not move with their rows: {cells}",
            n=len(cells),
            cells=some(cells),
        ),
        value=None,
        remedy=Text(
            "Put them where they belong, in a column with a header right beside the list: it moves with the rows."
        ),
    )


def forgotten(context: BuildContext, owner: str) -> Finding:
    """What was written for a plan or a line is not known any more."""
    record = context.sheets.find(OurSheet.RECORD)
    return Finding(
        record.title if record else "",
        "",
        client_id=owner.partition(":")[2],
        client="",
        code="record-damaged",
        grade="warning",
        message=Text("The hidden record of what was written for {owner} was changed and cannot be read.", owner=owner),
        value=None,
        remedy=Text("Its cells count as typed over and stay. Clear them to have them computed again."),
    )
