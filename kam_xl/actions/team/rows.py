"""Rows of the plan's lists (actions, stakeholders, risks …) recognised by what they are about, not by their place.

Where both sides added an action, or one of them sorted the list, cell by cell would mix up two rows. A row is known by
its first column; one that was given another name is still the row of its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kam_xl.actions.book.filling import key
from kam_xl.actions.book.record import is_blank
from kam_xl.actions.team.merging import alike
from kam_xl.plan.account.plan_fields import PLAN
from kam_xl.plan.fields import Kind, Section

_CELL = re.compile(r"(?P<name>\w+)\[(?P<at>\d+)\]")
Cells = Mapping[str, object]


@dataclass(frozen=True)
class Aligned:
    """Cells of two versions under the keys that they have in a third one."""

    base: dict[str, object]
    theirs: dict[str, object]
    base_keys: dict[str, str]
    their_keys: dict[str, str]
    """Their own keys to those in the third version, where they differ."""


def aligned(base: Cells, theirs: Cells, ours: Cells) -> Aligned:
    """Two versions with their rows where the same rows stand in ours; what is not a row of a list stays as it is.

    Lists that one side left as they were need no comparison by rows, and keep their order.

    Examples
    --------
    >>> theirs = {"kam_action_what[0]": "call", "kam_action_who[0]": "Ann"}
    >>> aligned({}, theirs, {"kam_action_what[0]": "visit"}).theirs
    {'kam_action_what[1]': 'call', 'kam_action_who[1]': 'Ann'}
    """
    base_keys, their_keys = dict[str, str](), dict[str, str]()
    for names in _LISTS:
        before, there, here = (_rows(cells, names) for cells in (base, theirs, ours))
        if _same(there, before) or _same(here, before) or _same(there, here):
            continue
        moves_base, moves_theirs = _moves(before, there, here, names[0])
        for keys, moves in ((base_keys, moves_base), (their_keys, moves_theirs)):
            keys |= {key(name, at): key(name, to) for at, to in moves.items() for name in names if at != to}
    return Aligned(_renamed(base, base_keys), _renamed(theirs, their_keys), base_keys, their_keys)


def _renamed(cells: Cells, keys: Mapping[str, str]) -> dict[str, object]:
    return {keys.get(each, each): content for each, content in cells.items()}


def _lists(section: Section) -> tuple[str, ...]:
    columns = [field for field in section.fields if field.rows > 1]
    typed = any(field.kind is Kind.ENTRY for field in columns)
    return tuple(field.name for field in columns) if typed else ()


_LISTS = tuple(names for section in PLAN if len(names := _lists(section)) > 1)
Rows = dict[int, dict[str, object]]


def _rows(cells: Cells, names: tuple[str, ...]) -> Rows:
    """Rows of a list that hold anything, by their place."""
    rows: Rows = {}
    for each, content in cells.items():
        match = _CELL.fullmatch(each)
        if match and match["name"] in names and not is_blank(content):
            rows.setdefault(int(match["at"]), {})[match["name"]] = content
    return rows


def _same(one: Rows, other: Rows) -> bool:
    return one.keys() == other.keys() and all(
        row.keys() == other[at].keys() and all(alike(row[name], other[at][name]) for name in row)
        for at, row in one.items()
    )


def _moves(base: Rows, theirs: Rows, ours: Rows, first: str) -> tuple[dict[int, int], dict[int, int]]:
    """Where the rows of base and theirs go among ours."""
    at_ours, at_theirs = _matched(base, ours, first), _matched(base, theirs, first)
    moves_theirs = {at_theirs[row]: at_ours[row] for row in base}
    taken = {*ours, *at_ours.values()}
    new_here = {at: row for at, row in ours.items() if at not in at_ours.values()}
    for at in sorted(theirs.keys() - at_theirs.values()):
        again = next((here for here, row in new_here.items() if _about(row, first) == _about(theirs[at], first)), None)
        if again is None:
            again = at if at not in taken else next(n for n in range(len(taken) + 1) if n not in taken)
        new_here.pop(again, None)
        taken.add(again)
        moves_theirs[at] = again
    return at_ours, moves_theirs


def _matched(base: Rows, now: Rows, first: str) -> dict[int, int]:
    """Each row of base with its place now: where a row of its name is, else where it was."""
    places_of: dict[int, int] = {}
    for at, row in base.items():
        places = [n for n, each in now.items() if _about(each, first) == _about(row, first) and _about(row, first)]
        place = at if at in places else next((n for n in places if n not in places_of.values()), None)
        if place is not None:
            places_of[at] = place
    free = (n for n in range(len(base) + len(now) + max([*base, *now], default=0) + 1) if n not in now)
    for at in base.keys() - places_of.keys():
        stays = at not in places_of.values()
        places_of[at] = at if stays else next(n for n in free if n not in places_of.values())
    return places_of


def _about(row: Mapping[str, object], first: str) -> str:
    return " ".join(str(row.get(first) or "").casefold().split())
