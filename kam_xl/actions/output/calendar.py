"""The agenda as a calendar file, for the extra kam_xl[calendar]."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from uuid import UUID, uuid5

from kam_xl.errors import MissingPackageError
from kam_xl.locale import Text, shown
from kam_xl.plan.week.agenda import Item

_OURS = UUID("2b0c8f57-7d0e-5d6e-9d6a-1f2f6f0a4c11")


def calendar_file(items: Iterable[Item], lang: str) -> bytes:
    """All dated lines as events of a day.

    The id of an event follows from client, kind and words of its step, so that a calendar which reads a later file
    moves the event instead of adding a second one.

    Raises
    ------
    MissingPackageError
    """
    try:
        from icalendar import Calendar, Event
    except ImportError as error:
        raise MissingPackageError(Text("calendar files need the package icalendar"), "calendar") from error
    calendar = Calendar()
    calendar.add("prodid", "-//kam_xl//agenda//EN")
    calendar.add("version", "2.0")
    seen: Counter[str] = Counter()
    for item in items:
        step = item.step
        if step is None or step.when is None:
            continue
        name = f"{item.plan.client_id}|{step.kind.value}|{step.what.casefold()}"
        seen[name] += 1
        event = Event()
        event.add("uid", f"{uuid5(_OURS, f'{name}|{seen[name]}')}@kam_xl")
        event.add("dtstamp", datetime.now(timezone.utc))
        event.add("dtstart", step.when)
        event.add("dtend", step.when + timedelta(days=1))
        event.add("summary", f"{item.plan.client}: {item.what(lang)}")
        event.add("categories", [step.kind.label.render(lang)])
        event.add("description", _description(item, lang))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _description(item: Item, lang: str) -> str:
    step = item.step
    if step is None:
        return ""
    amount = Text("effect {amount}", amount=shown(step.amount, "money", lang)).render(lang) if step.amount else ""
    return "; ".join(filter(None, (item.owner, step.state, amount)))
