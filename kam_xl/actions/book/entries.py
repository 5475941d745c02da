"""Dates, amounts and probabilities that people type into plans: read where clear, told where they cannot count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kam_xl.actions.book.sheets import NamedSheet
from kam_xl.domain.model import Client
from kam_xl.excel.references import column_letters
from kam_xl.locale import LANGUAGES, Quoted, Text
from kam_xl.plan.account.plan_fields import ACTION_ROWS, OPPORTUNITY_ROWS, PLAN_FIELDS
from kam_xl.plan.account.steps import SOURCES, Step, StepKind, columns_of, is_closed
from kam_xl.plan.account.values import as_number
from kam_xl.plan.week.agenda import Item, PlanOfClient
from kam_xl.plan.words import filled, is_written
from kam_xl.table.finding import Finding, Grade
from kam_xl.table.values.dates import date_of_serial, read_written

_DATES = frozenset(source.when for source in SOURCES)


def day_of(value: object) -> object:
    """The date that a cell says as text or as a number without a format; anything else stays as it is.

    >>> day_of("31.01.2027"), day_of("2027-01-31"), day_of(46418.0)
    (datetime.date(2027, 1, 31), datetime.date(2027, 1, 31), datetime.date(2027, 1, 31))
    >>> day_of("in spring"), day_of("03/04/2027"), day_of("March 2027")
    ('in spring', '03/04/2027', 'March 2027')
    """
    if isinstance(value, str):
        written = read_written(value)
        return written.day if written and not written.months and not written.swapped else value
    number = as_number(value)
    return value if number is None else date_of_serial(number) or value


def with_days(values: Mapping[str, object]) -> dict[str, object]:
    """The cells of a plan, dates that are text read as dates."""
    return {
        name: [day_of(each) for each in _column(value)] if name in _DATES else value for name, value in values.items()
    }


def entry_findings(plan: PlanOfClient, page: NamedSheet) -> Iterator[Finding]:
    """What in the opportunities and actions of a plan, as people typed it, cannot count in its goals or next steps."""
    for row, what, when, share in _open_rows(
        plan, StepKind.OPPORTUNITY, OPPORTUNITY_ROWS, "kam_opportunity_probability"
    ):
        name = Quoted(what) if what else StepKind.OPPORTUNITY.label
        number = as_number(share)
        if share not in (None, "") and (number is None or not 0 <= number <= 1):
            yield finding_at(
                page,
                ("kam_opportunity_probability", row),
                plan,
                "not-a-probability",
                Text("The probability of {what} is text: the opportunity counts as nothing.", what=name)
                if number is None
                else Text(
                    "The probability of {what} is not between 0% and 100%: the opportunity counts as nothing.",
                    what=name,
                ),
                share,
                Text("Enter a percentage, such as 40%."),
            )
        if _is_written(when):
            message = Text("The date of {what} is text: it counts in the agenda, not in the goals.", what=name)
            yield _date_is_text(page, ("kam_opportunity_when", row), plan, message, when)
    for row, what, when, _ in _open_rows(plan, StepKind.ACTION, ACTION_ROWS, "kam_action_who"):
        if what and _is_written(when):
            message = Text(
                "The date of {what} is text: it counts in the agenda; among the next steps on page 1 it stands last.",
                what=Quoted(what),
            )
            yield _date_is_text(page, ("kam_action_when", row), plan, message, when)
    for source in SOURCES:
        if source.amount in plan.values:
            yield from _amounts_as_text(plan, page, source.kind, source.amount)
        if source.state in plan.values:
            yield from _unknown_states(plan, page, source.kind, source.state)


def _amounts_as_text(plan: PlanOfClient, page: NamedSheet, kind: StepKind, field: str) -> Iterator[Finding]:
    """Amounts such as "5 million", which no formula of the plan can add up."""
    for row, what, _, amount in _open_rows(plan, kind, len(_column(plan.values[field])), field):
        if isinstance(amount, str) and amount.strip():
            message = Text(
                "The amount of {what} is text: it counts as nothing.", what=Quoted(what) if what else kind.label
            )
            remedy = Text("Enter the whole amount as a number, such as 5000000.")
            yield finding_at(page, (field, row), plan, "not-an-amount", message, amount, remedy)


def _unknown_states(plan: PlanOfClient, page: NamedSheet, kind: StepKind, field: str) -> Iterator[Finding]:
    """States such as "finished", which do not close a step: only those of the drop-down do."""
    choices, known = choices_of(field)
    for row, what, _, state in _open_rows(plan, kind, len(_column(plan.values[field])), field):
        written = str(state or "").strip()
        if what and written and written.casefold() not in known:
            values = {"state": Quoted(written), "what": Quoted(what)}
            message = (
                Text("{state} is not in the list of stages: {what} counts as open.", **values)
                if kind is StepKind.OPPORTUNITY
                else Text("{state} is not in the list of states: {what} counts as open.", **values)
            )
            remedy = Text("Choose one of the list: {states}.", states=choices)
            yield finding_at(page, (field, row), plan, "unknown-state", message, state, remedy)


@cache
def choices_of(field: str) -> tuple[list[Text], set[str]]:
    """What a field's drop-down offers, and its words in any language."""
    choices = [choice for choice in PLAN_FIELDS[field].choices if isinstance(choice, Text)]
    return choices, {choice.render(lang).casefold() for choice in choices for lang in LANGUAGES}


def _open_rows(plan: PlanOfClient, kind: StepKind, rows: int, more: str) -> Iterator[tuple[int, str, object, object]]:
    """The rows of a plan's steps of a kind that are not closed: number, words, date and one more field.

    None where nothing stands in these two: there is nothing to find.
    """
    source = next(source for source in SOURCES if source.kind is kind)
    if not (is_written(plan.values.get(source.when)) or is_written(plan.values.get(more))):
        return
    names = (source.what, source.state, source.when, more)
    columns = [filled(_column(plan.values.get(name)), rows) for name in names]
    for row, (what, state, when, other) in enumerate(zip(*columns, strict=True)):
        if not is_closed(state):
            yield row, str(what or ""), when, other


def _is_written(when: object) -> bool:
    """Whether a cell holds a date that is text."""
    return isinstance(when, str) and day_of(when) != when


def _date_is_text(page: NamedSheet, place: tuple[str, int], plan: PlanOfClient, message: Text, when: object) -> Finding:
    remedy = Text("Give the cell the format of a date, and enter the date again.")
    return finding_at(page, place, plan, "date-is-text", message, when, remedy)


def not_a_date(page: NamedSheet, item: Item, step: Step) -> Finding:
    """A finding at the cell of a step's date."""
    return finding_at(
        page,
        (columns_of(step.kind)[0], step.row),
        item.plan,
        "not-a-date",
        Text("{what} has no date that can be read.", what=Quoted(step.what)),
        step.unread,
        Text("Enter a date, such as 2026-03-31."),
    )


def finding_at(
    page: NamedSheet,
    place: tuple[str, int],
    client: Client | PlanOfClient,
    code: str,
    message: Text,
    value: object,
    remedy: Text,
    grade: Grade = "warning",
) -> Finding:
    """A finding at a cell of a field of a plan, counted from 0 in reading order."""
    field, at = place
    area = page.area(field)
    down, right = divmod(at, area.shape[1]) if area else (0, 0)
    return Finding(
        page.title,
        f"{column_letters(area.left + right)}{area.top + down}" if area else "",
        client_id=client.client_id,
        client=client.client,
        code=code,
        grade=grade,
        message=message,
        value=value,
        remedy=remedy,
    )


def _column(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else [value]
