"""What people typed: on plans and in lists, every cell that is not the program's, under a key that survives moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from kam_xl.actions.book.filling import Contents, key
from kam_xl.actions.book.lists import List, numbered_apart
from kam_xl.actions.book.record import Record, is_blank
from kam_xl.actions.book.sheets import NamedSheet, id_text
from kam_xl.engines.values import Place
from kam_xl.excel.references import column_letters, column_number
from kam_xl.plan.account.formulas import FORMULAS
from kam_xl.plan.account.plan_fields import PLAN_FIELDS, PLAN_NAMES
from kam_xl.plan.fields import Kind
from kam_xl.plan.reports import report_fields

_OWN = re.compile(r"(?P<anchor>\w*)\+(?P<down>\d+):(?P<column>[A-Z]+)")
_NAMED = re.compile(r"(?P<name>\w+)\[(?P<at>\d+)\]")


class TypedPlan:
    """A plan as people filled it.

    Cells of the plan's fields have keys such as "kam_goal[0]". A cell of a user's own is known by the field that
    begins in its row or next above it, the rows down from there, and its column: "kam_goal+2:H".

    Attributes
    ----------
    cells : dict of str to object
        Key to value or `Formula` of every cell that is filled and not the program's own.
    """

    def __init__(self, plan: NamedSheet, record: Record, owner: str) -> None:
        plan.know(PLAN_NAMES)
        self.plan = plan
        self._areas = plan.areas(PLAN_FIELDS)
        self._contents = Contents(plan)
        self._anchors: dict[int, tuple[int, str]] = {}
        self.cells = {key: content for key, content in self._filled() if not _is_ours(key, content, record, owner)}

    @cached_property
    def _fields(self) -> dict[Place, str]:
        """The cells of the plan's fields: place to key."""
        return {place: key(name, at) for name, area in self._areas.items() for at, place in enumerate(area.cells())}

    def _filled(self) -> Iterator[tuple[str, object]]:
        contents = self._contents
        for row, cells in enumerate(contents.rows, contents.top):
            for column, content in enumerate(cells, contents.left):
                if not is_blank(content):
                    yield self._fields.get((row, column)) or self._own_key(row, column), content

    def _own_key(self, row: int, column: int) -> str:
        top, anchor = self._anchor(row)
        return f"{anchor}+{row - top}:{column_letters(column)}"

    def _anchor(self, row: int) -> tuple[int, str]:
        """The field that begins in a row or next above it, and where it begins."""
        if row not in self._anchors:
            above = [(area.top, -area.left, name) for name, area in self._areas.items() if area.top <= row]
            top, _, anchor = max(above, default=(1, 0, ""))
            self._anchors[row] = top, anchor
        return self._anchors[row]

    def place(self, key: str) -> Place | None:
        """Where the cell of a key is on this sheet; None where the sheet has none, or it is somewhere else's by now."""
        if match := _NAMED.fullmatch(key):
            area, at = self._areas.get(match["name"]), int(match["at"])
            cells = list(area.cells()) if area else []
            return cells[at] if at < len(cells) else None
        own = _OWN.fullmatch(key)
        if own is None or (own["anchor"] and own["anchor"] not in self._areas):
            return None
        top = self._areas[own["anchor"]].top if own["anchor"] else 1
        place = top + int(own["down"]), column_number(own["column"])
        return place if place not in self._fields and self._own_key(*place) == key else None


def _is_ours(key: str, content: object, record: Record, owner: str) -> bool:
    """Whether a filled cell holds what the program put there. A proposal is the user's once it stands."""
    match = _NAMED.fullmatch(key)
    if match is None or PLAN_FIELDS[match["name"]].kind is not Kind.COMPUTED:
        return False
    return record.is_ours(owner, key, content, _formula(match["name"], int(match["at"])))


def _formula(name: str, at: int) -> str:
    """The formula of ours in a cell of a field; blank where it has none."""
    formulas = FORMULAS.get(name, ())
    column = (formulas,) if isinstance(formulas, str) else formulas
    return column[at] if at < len(column) else ""


class TypedList:
    """What people typed into the list of key accounts: columns of their own, and cells of ours typed over.

    Attributes
    ----------
    cells : dict of str to object
        "C07|My comment" (a column of theirs) or "C07|#rank" (one of ours) to content.
    """

    def __init__(self, sheet: NamedSheet, record: Record) -> None:
        self.list = List(sheet, report_fields.KEY_ACCOUNTS)
        header = sheet.sheet.range(
            (self.list.top, self.list.left), (self.list.top, self.list.left + self.list.width - 1)
        )
        codes = {offset: code for code, offset in self.list.offsets.items()}
        self.columns = {f"#{code}": at for at, code in codes.items()}
        theirs = {at: str(title) for at, title in enumerate(header.options(ndim=1).value) if at not in codes}
        self.columns |= dict(zip(numbered_apart(theirs.values()), theirs, strict=True))
        self.rows: dict[str, int] = {}
        self.cells: dict[str, object] = {}
        for row in self.list.rows():
            client_id = id_text(row.ours.get("client_id"))
            self.rows.setdefault(client_id, row.number)
            for column, at in self.columns.items():
                content, code = row.cells[at], column.removeprefix("#")
                ours = at in codes and record.is_ours(f"{sheet.kind}:{client_id}", code, content)
                if client_id and not is_blank(content) and not ours:
                    self.cells.setdefault(f"{client_id}|{column}", content)

    @property
    def plan(self) -> NamedSheet:
        """The sheet."""
        return self.list.sheet

    def of(self, client_id: str) -> dict[str, object]:
        """The cells of one client."""
        return {key: content for key, content in self.cells.items() if key.partition("|")[0] == client_id}

    def place(self, key: str) -> Place | None:
        """Where the cell of a key is; None where there is no such row, or no such column."""
        client_id, _, column = key.partition("|")
        if client_id not in self.rows or column not in self.columns:
            return None
        return self.rows[client_id], self.list.left + self.columns[column]

    def add_columns(self, titles: list[str], *, dry_run: bool = False) -> list[str]:
        """Lengthen the list by columns of people's to the right; returns those for which there is no room."""
        cells = self.list.sheet.sheet
        refused = []
        for title in titles:
            column = self.list.left + self.list.width
            bottom = self.list.top + self.list.height + self.list.totals
            beside = cells.range((self.list.top, column), (bottom, column))
            if not all(map(is_blank, beside.options(ndim=1).value)):
                refused.append(title)
                continue
            if not dry_run:
                cells.range((self.list.top, column)).value = title
                self.list.table.resize(cells.range((self.list.top, self.list.left), (bottom, column)))
            self.columns[title] = self.list.width
            self.list.width += 1
        return refused
