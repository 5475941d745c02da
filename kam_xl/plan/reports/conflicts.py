"""The list of conflicts: cells that a manager and the whole workbook both changed, with both texts and a choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from kam_xl.domain.model import Labelled
from kam_xl.locale import LANGUAGES, Text, in_context, plural, shown
from kam_xl.plan.account.formulas import link
from kam_xl.plan.account.plan_fields import PLAN_FIELDS
from kam_xl.plan.fields import Column

CONFLICTS_TABLE = "kam_conflicts"

CONFLICTS = (
    Column("client_id", Text("Client ID")),
    Column("client", Text("Client")),
    Column("cell", Text("Cell")),
    Column("what", in_context("conflict", "What")),
    Column("theirs", Text("In the manager's workbook"), long=True),
    Column("ours", Text("In the main workbook"), long=True),
    Column("choice", Text("Choice")),
    Column("key", Text("Key")),
)


HINT = Text("Choose whose text stays, then collect again.")


class Choice(Labelled):
    """Whose text stays."""

    THEIRS = "theirs", in_context("choice", "Manager's")
    OURS = "ours", in_context("choice", "Main workbook's")


_FORMER_WORDS = {"менеджера": Choice.THEIRS, "наше": Choice.OURS}
"""What the drop-downs of older workbooks say, beside the words of `Choice` itself."""


class Conflict(Protocol):
    """What the list needs to know about a conflict."""

    @property
    def client_id(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def theirs(self) -> object: ...
    @property
    def ours(self) -> object: ...


def conflict_rows(conflicts: Iterable[Conflict], clients: Mapping[str, str], lang: str) -> list[dict[str, object]]:
    """The rows of the list.

    Parameters
    ----------
    conflicts : iterable of Conflict
    clients : mapping
        Client id to name.
    lang : str

    Returns
    -------
    list of dict
        Column code to text or link (`Computed`).
    """
    rows: list[dict[str, object]] = []
    for each in conflicts:
        sheet, _, cell = each.where.rpartition("!")
        rows.append(
            {
                "client_id": each.client_id,
                "client": clients.get(each.client_id, ""),
                "cell": link(sheet, cell, cell) if sheet else None,
                "what": title_of(each.key, lang),
                "theirs": _words(each.theirs, lang),
                "ours": _words(each.ours, lang),
                "choice": None,
                "key": each.key,
            }
        )
    return rows


def conflicts_summary(count: int) -> Text:
    """How many there are.

    >>> conflicts_summary(0).render("en")
    'No conflicts.'
    """
    if not count:
        return Text("No conflicts.")
    return plural("{n:count} cell was changed on both sides.", "{n:count} cells were changed on both sides.", n=count)


def title_of(key: str, lang: str) -> str:
    """What a cell is called: its field with the number of its row, or the column of a list.

    >>> title_of("kam_goal[0]", "en"), title_of("kam_action_who[2]", "en"), title_of("C07|Mood", "en")
    ('Our goal', 'Who 3', 'Mood')
    """
    match = re.fullmatch(r"(\w+)\[(\d+)\]", key)
    if match and match[1] in PLAN_FIELDS:
        field = PLAN_FIELDS[match[1]]
        return f"{field.title.render(lang)} {int(match[2]) + 1}" if field.rows > 1 else field.title.render(lang)
    return key.partition("|")[2] or Text("a cell of your own").render(lang)


def choice_of(words: object) -> bool | None:
    """Whether theirs is chosen, also by the title of its column; None where nothing is, or something else stands there.

    >>> choice_of("Manager's"), choice_of("ours"), choice_of("In the main workbook"), choice_of("?")
    (True, False, False, None)
    """
    text = str(words or "").strip().casefold()
    titles = {column.code: column.title for column in CONFLICTS}
    known = {
        known_as.render(lang).casefold(): each
        for each in Choice
        for known_as in (each.label, titles[each.value])
        for lang in LANGUAGES
    }
    choice = {**_FORMER_WORDS, **{each.value: each for each in Choice}, **known}.get(text)
    return None if choice is None else choice is Choice.THEIRS


def _words(content: object, lang: str) -> str:
    text = getattr(content, "text", content)  # a formula stands for itself
    return text if isinstance(text, str) else shown(text, "number", lang)
