"""The dated steps of a plan: actions, reviews, milestones, dates of contracts and tenders, opportunities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kam_xl.domain.model import Labelled
from kam_xl.locale import LANGUAGES, in_context
from kam_xl.plan.account.plan_fields import ACTION_STATES, CLOSED_STAGES
from kam_xl.plan.words import is_written


class StepKind(Labelled):
    """What a dated line of a plan is."""

    ACTION = "action", in_context("step", "Action")
    REVIEW = "review", in_context("step", "Review")
    MILESTONE = "milestone", in_context("step", "Milestone")
    CONTRACT = "contract", in_context("step", "Contract")
    OPPORTUNITY = "opportunity", in_context("step", "Opportunity")


@dataclass(frozen=True)
class _Source:
    """The columns of a plan that hold steps of a kind; blank where a kind has no such column.

    An opportunity names a contact of the client's, who is not responsible for it: that is the manager.
    """

    kind: StepKind
    what: str
    when: str
    who: str = ""
    state: str = ""
    amount: str = ""
    closed_by: str = ""  # a column that is filled once the step is done

    @property
    def fields(self) -> tuple[str, ...]:
        """All columns, blank ones included, in the order of their meaning."""
        return self.what, self.when, self.who, self.state, self.amount, self.closed_by


SOURCES = (
    _Source(
        StepKind.ACTION, "kam_action_what", "kam_action_when", "kam_action_who", "kam_action_state", "kam_action_amount"
    ),
    _Source(StepKind.REVIEW, "kam_review_topic", "kam_review_date", closed_by="kam_review_outcome"),
    _Source(StepKind.MILESTONE, "kam_milestone_what", "kam_milestone_when", "kam_milestone_who", "kam_milestone_state"),
    _Source(StepKind.CONTRACT, "kam_contract_what", "kam_contract_when", amount="kam_contract_amount"),
    _Source(
        StepKind.OPPORTUNITY,
        "kam_opportunity_what",
        "kam_opportunity_when",
        state="kam_opportunity_stage",
        amount="kam_opportunity_amount",
    ),
)
"""Where steps stand. A plan of an older template lacks some of the columns, and so these steps."""

_CLOSED = frozenset(
    state.render(lang).casefold() for state in (*ACTION_STATES[2:], *CLOSED_STAGES) for lang in LANGUAGES
)


def is_closed(state: object) -> bool:
    """Whether a step says that nobody has to take it any more: done, cancelled, won, lost.

    >>> is_closed("Done"), is_closed("выполнено "), is_closed("finished"), is_closed(None)
    (True, True, False, False)
    """
    return _text(state).casefold() in _CLOSED


@dataclass(frozen=True)
class Step:
    """A dated line of a plan that is still open.

    Attributes
    ----------
    kind : StepKind
    what, who, state : str
    when : date or None
        None where no date is given.
    amount : float or None
        The expected effect in money.
    field : str
        The field of the cell that names it, of a review without a topic that of its date: where a link leads.
    row : int
        Its row within the field, from 0.
    unread : str
        What stands in the place of the date and is none.
    """

    kind: StepKind
    what: str
    who: str
    when: date | None
    state: str
    amount: float | None
    field: str
    row: int
    unread: str = ""


def open_steps(values: Mapping[str, object]) -> list[Step]:
    """The open steps of a plan, the earliest first, those without a date last.

    A review is open until something stands under its outcome.

    Parameters
    ----------
    values : mapping
        What the cells of the plan hold, by field name (columns as lists).

    Examples
    --------
    >>> plan = {"kam_action_what": ["Visit", "Call"], "kam_action_when": [None, date(2026, 3, 2)]}
    >>> [(step.what, step.when) for step in open_steps(plan)]
    [('Call', datetime.date(2026, 3, 2)), ('Visit', None)]
    """
    steps = [step for source in SOURCES for step in _steps(source, values)]
    return sorted(steps, key=lambda step: (step.when or date.max, list(StepKind).index(step.kind), step.row))


def _steps(source: _Source, values: Mapping[str, object]) -> Iterator[Step]:
    if not (_is_filled(values.get(source.what)) or _is_filled(values.get(source.when))):  # as most plans begin
        return
    if not (is_written(values.get(source.what)) or is_written(values.get(source.when))):  # as most plans begin
        return
    columns = [_column(values.get(name)) for name in source.fields]
    for row in range(max(map(len, columns))):
        what, when, who, state, amount, outcome = (each[row] if row < len(each) else None for each in columns)
        day = _day(when)
        words, closed = _text(what), is_closed(state) or bool(_text(outcome))
        if closed or not (words or (day and source.kind is StepKind.REVIEW)):
            continue
        field = source.what if words or source.kind is not StepKind.REVIEW else source.when
        unread = "" if day else _text(when)
        yield Step(source.kind, words, _text(who), day, _text(state), _number(amount), field, row, unread)


def columns_of(kind: StepKind) -> tuple[str, str]:
    """The fields of a kind's date and state; a blank one where it has none.

    >>> columns_of(StepKind.ACTION)
    ('kam_action_when', 'kam_action_state')
    """
    source = next(source for source in SOURCES if source.kind is kind)
    return source.when, source.state


def _is_filled(column: object) -> bool:
    return any(cell is not None and cell != "" for cell in _column(column))


def _column(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
