"""The agenda: every open step of all plans, overdue first, and the plans in which something is still missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import inf

from kam_xl.domain.model import Labelled
from kam_xl.locale import Quoted, Text, in_context, joined, plural
from kam_xl.plan.account.filling import WANTED_FIELDS, blank_plans, is_blank_plan, to_fill_in, unfilled
from kam_xl.plan.account.steps import SOURCES, Step, open_steps
from kam_xl.plan.fields import Column, Number

AGENDA_TABLE = "kam_agenda"

AGENDA = (
    Column("due", Text("Due")),
    Column("when", Text("By when"), Number.DATE),
    Column("client", Text("Client")),
    Column("what", in_context("step", "What"), long=True),
    Column("kind", in_context("step", "Kind")),
    Column("who", Text("Who")),
    Column("manager", Text("Manager")),
    Column("state", in_context("action", "State")),
    Column("amount", Text("Effect in money"), Number.MONEY),
    Column("cell", Text("Cell")),
    Column("key", Text("Key")),
)
READ_FIELDS = frozenset(
    {
        *("kam_client", "kam_manager", "kam_rank", "kam_task"),
        *WANTED_FIELDS,
        *(name for each in SOURCES for name in each.fields if name),
        "kam_opportunity_probability",
    }
)
"""The fields of a plan that the agenda is made from."""
HINT = Text("A date, an owner or a state changed here goes back to its plan at the next press.")
TO_FILL_IN = in_context("step", "Plan to fill in")

_FOLDED_FROM = 3  # plans of one manager


class Due(Labelled):
    """How pressing a step is."""

    OVERDUE = "overdue", in_context("due", "Overdue")
    WEEK = "week", in_context("due", "This week")
    MONTH = "month", in_context("due", "Within 30 days")
    LATER = "later", in_context("due", "Later")
    UNDATED = "undated", in_context("due", "No date")


def due(when: date | None, today: date) -> Due:
    """How pressing a date is; a week ends on Sunday.

    >>> due(date(2026, 3, 1), date(2026, 3, 2)), due(date(2026, 3, 8), date(2026, 3, 2))
    (<Due.OVERDUE: 'overdue'>, <Due.WEEK: 'week'>)
    """
    if when is None:
        return Due.UNDATED
    if when < today:
        return Due.OVERDUE
    if when <= today + timedelta(days=6 - today.weekday()):
        return Due.WEEK
    return Due.MONTH if when <= today + timedelta(days=30) else Due.LATER


@dataclass(frozen=True)
class PlanOfClient:
    """A plan as the agenda needs it.

    Attributes
    ----------
    client_id, client, manager : str
    values : mapping
        What its cells hold, by field name (columns as lists).
    """

    client_id: str
    client: str
    manager: str
    values: Mapping[str, object]

    @property
    def rank(self) -> float:
        """Its rank among the key accounts; those without one come last."""
        rank = self.values.get("kam_rank")
        return float(rank) if isinstance(rank, (int, float)) else inf


@dataclass(frozen=True)
class Item:
    """A line of the agenda: a step of a plan, or with `missing` what nobody has filled in there yet."""

    plan: PlanOfClient
    due: Due
    step: Step | None = None
    missing: tuple[Text, ...] = ()
    listed: bool = True  # False beyond the days ahead that the agenda shows
    alike: tuple[PlanOfClient, ...] = ()  # all plans for which this line stands, where they are several

    @property
    def key(self) -> str:
        """The same as long as the step stands in its row."""
        place = f"{self.step.field}[{self.step.row}]" if self.step else "unfilled"
        return f"|{place} {self.owner}" if self.alike else f"{self.plan.client_id}|{place}"

    def client(self, lang: str) -> str:
        """Whose plan it is, or how many plans these are."""
        if not self.alike:
            return self.plan.client
        return plural("{n:count} plan", "{n:count} plans", n=len(self.alike)).render(lang)

    @property
    def owner(self) -> str:
        """Who has to see to it: the person named, else the manager."""
        return (self.step.who if self.step else "") or self.plan.manager

    def what(self, lang: str) -> str:
        """It in words."""
        if self.alike:
            return blank_plans([plan.client for plan in self.alike], self.plan.values, lang)
        if self.step is None:
            return to_fill_in(self.plan.values, self.missing, lang)
        words = self.step.what or self.step.kind.label.render(lang)
        if not self.step.unread:
            return words
        return Text("{what} (not a date: {date})", what=words, date=Quoted(self.step.unread)).render(lang)


def agenda_items(plans: Iterable[PlanOfClient], today: date, days: int | None = None) -> list[Item]:
    """All lines: overdue ones first, by date, owner and client; plans that are not filled in come last, by rank.

    Steps more than `days` ahead are there and not `listed`; None lists them all.

    Examples
    --------
    >>> values = {"kam_action_what": ["Visit"], "kam_action_when": [date(2026, 3, 1)]}
    >>> plan = PlanOfClient("1", "Nordwerk", "Ann", values)
    >>> [(item.due.value, item.owner, item.what("en")[:22]) for item in agenda_items([plan], date(2026, 3, 2))]
    [('overdue', 'Ann', 'Visit'), ('undated', 'Ann', 'Missing: what we have ')]
    """
    last = date.max if days is None else today + timedelta(days=days)
    items = [item for plan in plans for item in _items(plan, today, last)]
    return sorted(items, key=_order)


def folded(items: Iterable[Item]) -> list[Item]:
    """The lines with one for all plans of a manager in which nothing is written yet, at the place of the first.

    Examples
    --------
    >>> plans = [PlanOfClient(str(number), f"Client {number}", "Ann", {}) for number in range(1, 5)]
    >>> [item.what("en") for item in folded(agenda_items(plans, date(2026, 3, 2)))]
    ['Nothing written yet in 4 plans: Client 1, Client 2, Client 3, Client 4.']
    """
    lines: list[Item] = []
    blank: dict[str, list[Item]] = {}
    for item in items:
        alike = blank.setdefault(item.owner, []) if is_blank_plan(item.missing) else []
        alike.append(item)
        if len(alike) == 1:
            lines.append(item)
    for several in blank.values():
        if len(several) < _FOLDED_FROM:
            at = lines.index(several[0])
            lines[at : at + 1] = several
        else:
            lines[lines.index(several[0])] = replace(several[0], alike=tuple(item.plan for item in several))
    return lines


def _order(item: Item) -> tuple[object, ...]:
    by_rank = 0.0 if item.step else item.plan.rank
    return item.step is None, _day(item), by_rank, item.owner, item.plan.client


def _items(plan: PlanOfClient, today: date, last: date) -> Iterator[Item]:
    for step in open_steps(plan.values):
        yield Item(plan, due(step.when, today), step, listed=step.when is None or step.when <= last)
    if missing := unfilled(plan.values):
        yield Item(plan, Due.UNDATED, missing=tuple(missing))


def _day(item: Item) -> date:
    return (item.step and item.step.when) or date.max


def agenda_row(item: Item, lang: str) -> dict[str, object]:
    """A line as a row of the sheet, but for the link to its cell."""
    step = item.step
    return {
        "due": item.due.label.render(lang),
        "when": step and step.when,
        "client": item.client(lang),
        "what": item.what(lang),
        "kind": (step.kind.label if step else TO_FILL_IN).render(lang),
        "who": step and (step.who or None),
        "manager": item.plan.manager or None,
        "state": step and (step.state or None),
        "amount": step and step.amount,
        "key": item.key,
    }


def agenda_record(item: Item, lang: str) -> dict[str, object]:
    """A line for other programs."""
    step = item.step
    return {
        "due": item.due.value,
        "date": step.when.isoformat() if step and step.when else None,
        "kind": step.kind.value if step else "unfilled",
        "client_id": item.plan.client_id,
        "client": item.plan.client,
        "what": item.what(lang),
        "who": (step.who or None) if step else None,
        "manager": item.plan.manager or None,
        "owner": item.owner or None,
        "state": (step.state or None) if step else None,
        "amount": step.amount if step else None,
    }


def agenda_summary(items: Iterable[Item], lang: str) -> str:
    """How many lines are pressing, and how many come later than the agenda shows.

    >>> agenda_summary([], "en")
    'Nothing is due.'
    """
    lines = list(items)
    counts = Counter(item.due for item in lines if item.step)
    ahead = sum(item.listed and item.due is Due.LATER for item in lines if item.step)
    later = sum(not item.listed for item in lines)
    to_fill_in = sum(item.step is None for item in lines)
    parts = [
        plural("{n:count} overdue", "{n:count} overdue", n=counts[Due.OVERDUE]),
        plural("{n:count} this week", "{n:count} this week", n=counts[Due.WEEK]),
        plural("{n:count} within 30 days", "{n:count} within 30 days", n=counts[Due.MONTH]),
        plural("{n:count} more than 30 days ahead", "{n:count} more than 30 days ahead", n=ahead),
        plural("{n:count} without a date", "{n:count} without a date", n=counts[Due.UNDATED]),
        plural("{n:count} plan to fill in", "{n:count} plans to fill in", n=to_fill_in),
        plural("{n:count} later step, not listed here", "{n:count} later steps, not listed here", n=later),
    ]
    shown = [text for text in parts if text.values["n"]]
    return joined(shown, ", ", lang) + "." if shown else Text("Nothing is due.").render(lang)
