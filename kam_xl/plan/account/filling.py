"""What a user has not filled in yet: a plan without goal and actions is a table of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kam_xl.domain.model import Task
from kam_xl.locale import LANGUAGES, Text, in_context, joined, plural
from kam_xl.plan.account import plan_fields
from kam_xl.plan.words import is_written, some

_WANTED = (
    (("kam_achieved",), Text("what we have achieved")),
    (("kam_expectations",), Text("what we can count on")),
    (("kam_goal",), Text("our goal")),
    (("kam_opportunity_what", "kam_opportunity_amount"), Text("opportunities")),
    (("kam_action_what",), Text("actions")),
    (("kam_stakeholder_name",), Text("stakeholders")),
    (("kam_risk_what",), Text("risks")),
)
WANTED_FIELDS = frozenset(name for names, _ in _WANTED for name in names)
"""The fields that are looked at for what is missing."""

_NAMED = 12  # clients in a sentence


def unfilled(values: Mapping[str, object]) -> list[Text]:
    """The parts of a plan in which nothing has been written, in reading order; empty for a plan that is filled in.

    Parameters
    ----------
    values : mapping
        What the cells of the plan hold, by field name (columns as lists).

    Examples
    --------
    >>> [str(each.render("en")) for each in unfilled({"kam_goal": "Win the tender", "kam_action_what": ["Visit"]})]
    ['what we have achieved', 'what we can count on', 'opportunities', 'stakeholders', 'risks']
    """
    return [words for names, words in _WANTED if not any(is_written(values.get(name)) for name in names)]


FIRST_STEPS = {
    Task.PROTECT: in_context("first step", "Note the contract dates and find a second contact."),
    Task.ATTACK: in_context("first step", "Choose the competitor to win from, and what to offer."),
    Task.ALLY: in_context("first step", "Talk to the competitor that holds most about working together."),
    Task.FIND_OUT: in_context("first step", "Find out who sells there and whom to talk to."),
    Task.USE: in_context("first step", "Ask for a recommendation or a visit to show others."),
    Task.LEARN: in_context("first step", "Choose the project of ours that it should start, with an owner."),
}
"""What a plan begins with, by what the account is for."""


def to_fill_in(values: Mapping[str, object], missing: Sequence[Text], lang: str) -> str:
    """What is missing in a plan, and where it has no actions the first step that its task proposes.

    Examples
    --------
    >>> to_fill_in({"kam_task": "Find out who sells there", "kam_goal": "Win"}, [Text("actions")], "en")
    'Missing: actions. First step: Find out who sells there and whom to talk to.'
    >>> to_fill_in({}, unfilled({}), "en")
    'Nothing written yet.'
    """
    sentence = (
        Text("Nothing written yet.")
        if is_blank_plan(missing)
        else Text("Missing: {names}.", names=joined(missing, ", ", lang))
    )
    first = None if is_written(values.get("kam_action_what")) else _first_step(values.get("kam_task"))
    lines = [sentence, *([Text("First step: {step}", step=first)] if first else [])]
    return " ".join(line.render(lang) for line in lines)


def is_blank_plan(missing: Sequence[Text]) -> bool:
    """Whether everything that is wanted in a plan is missing."""
    return len(missing) == len(_WANTED)


def blank_plans(clients: Sequence[str], values: Mapping[str, object], lang: str) -> str:
    """Plans in which nothing is written yet, in a sentence, with the first step in the first of them.

    Examples
    --------
    >>> blank_plans(["Nord", "Rhein"], {"kam_task": "Find out who sells there"}, "en")
    'Nothing written yet in 2 plans: Nord, Rhein. First step at Nord: Find out who sells there and whom to talk to.'
    """
    told = plural(
        "Nothing written yet in {n:count} plan: {names}.",
        "Nothing written yet in {n:count} plans: {names}.",
        n=len(clients),
        names=some(clients, many=_NAMED),
    ).render(lang)
    first = _first_step(values.get("kam_task"))
    if not first:
        return told
    return f"{told} {Text('First step at {client}: {step}', client=clients[0], step=first).render(lang)}"


def _first_step(tasks: object) -> Text | None:
    """That of the first task that a plan names, in whatever language it does."""
    named = str(tasks or "").casefold()
    tasks_by_place = {
        named.find(task.label.render(each).casefold()): task for task in FIRST_STEPS for each in LANGUAGES
    }
    places = [place for place in tasks_by_place if place >= 0]
    return FIRST_STEPS[tasks_by_place[min(places)]] if places else None


def people_at_risk(values: Mapping[str, object]) -> Text | None:
    """A warning where the account hangs on one contact, or on nobody who supports us; None where no person is named.

    Examples
    --------
    >>> people_at_risk({"kam_stakeholder_name": ["Ann"], "kam_stakeholder_attitude": ["Supporter"]})
    Text('Only one contact is named: find a second one.')
    >>> people_at_risk({"kam_stakeholder_name": ["Ann", "Ben"], "kam_stakeholder_attitude": ["Opponent", "Neutral"]})
    Text('None of the 2 contacts named supports us.')
    """
    names, attitudes = (_column(values, f"kam_stakeholder_{name}") for name in ("name", "attitude"))
    people = [attitude for name, attitude in zip(names, attitudes, strict=True) if is_written(name)]
    if len(people) == 1:
        return Text("Only one contact is named: find a second one.")
    known = [attitude for attitude in people if is_written(attitude)]
    if people and known and not any(attitude in _SUPPORTERS for attitude in known):
        return Text("None of the {n:count} contacts named supports us.", n=len(people))
    return None


_SUPPORTERS = tuple(plan_fields.ATTITUDES[0].render(lang) for lang in LANGUAGES)


def _column(values: Mapping[str, object], name: str) -> list[object]:
    value = values.get(name)
    column = list(value) if isinstance(value, (list, tuple)) else [value]
    return [*column, *[None] * plan_fields.PEOPLE_ROWS][: plan_fields.PEOPLE_ROWS]
