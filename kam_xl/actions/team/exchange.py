"""What people typed, brought from one workbook into another: on handing plans out, and on collecting them again.

Each plan is compared in three versions: as both workbooks once had it, as the other has it, as this one has it. What
changed in the other only is brought; what changed in both, and not to the same, stays and is named as a conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import xlwings as xw

from kam_xl.actions.book.cell_contents import write
from kam_xl.actions.book.record import Record
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.actions.plans.plan_sheets import plan_owner
from kam_xl.actions.team.merging import content_of, form, merge
from kam_xl.actions.team.rows import Aligned, aligned
from kam_xl.actions.team.typed import TypedList, TypedPlan
from kam_xl.engines.values import Place
from kam_xl.excel.references import column_letters
from kam_xl.plan.fields import OurSheet

Cells = dict[str, object]
HANDED = "handed"
"""Under which the record of a workbook says when it was handed out."""


@dataclass(frozen=True)
class Difference:
    """A cell that differs between two workbooks.

    Attributes
    ----------
    client_id : str
    where : str
        Its address in the workbook that is written to, such as "Nordwerk!B7"; blank where it has no such cell.
    key : str
        What the cell is, as `TypedPlan` and `TypedList` call it.
    theirs, ours : object
        What the other workbook and this one hold; None is blank.
    """

    client_id: str
    where: str
    key: str
    theirs: object
    ours: object


@dataclass
class Exchange:
    """What was brought, what both sides had changed, and what finds no cell here."""

    brought: list[Difference] = field(default_factory=list)
    conflicts: list[Difference] = field(default_factory=list)
    homeless: list[Difference] = field(default_factory=list)

    def add(self, other: Exchange) -> None:
        """Take in what happened elsewhere."""
        self.brought += other.brought
        self.conflicts += other.conflicts
        self.homeless += other.homeless


@dataclass(frozen=True)
class Brought:
    """What was brought about one client, and what both sides have in common from now on: the base of the next time.

    Attributes
    ----------
    exchange : Exchange
    here, there : dict
        The common cells, under the keys that they have in this workbook and in the other.
    """

    exchange: Exchange
    here: Cells
    there: Cells


class Side:
    """One of the two workbooks: its sheets of ours, its record, and what people typed."""

    def __init__(self, book: xw.Book) -> None:
        self.book = book
        self.sheets = OurSheets(book)
        self.record = Record(self.sheets)
        self._foreseen: dict[str, Cells] = {}

    def foresee(self, differences: Sequence[Difference]) -> None:
        """Have plans read from now on hold what would be brought into them."""
        for each in differences:
            self._foreseen.setdefault(each.client_id, {})[each.key] = each.theirs

    def plan(self, client_id: str) -> TypedPlan | None:
        """The plan of a client, the first where there are copies."""
        sheets = self.sheets.plans.get(client_id)
        if not sheets:
            return None
        typed = TypedPlan(sheets[0], self.record, plan_owner(client_id))
        typed.cells |= self._foreseen.get(client_id, {})
        return typed

    def list(self) -> TypedList | None:
        """The list of key accounts."""
        sheet = self.sheets.find(OurSheet.KEY_ACCOUNTS)
        return TypedList(sheet, self.record) if sheet else None


def bring(
    client_id: str,
    base: Mapping[str, object],
    theirs: TypedPlan | TypedList,
    ours: TypedPlan | TypedList,
    choice: Callable[[str], bool | None] = lambda key: None,
    *,
    dry_run: bool = False,
) -> Brought:
    """Bring what people typed about a client from one sheet to the other.

    Parameters
    ----------
    client_id : str
    base : mapping
        Key to content, as both once had it.
    theirs, ours : TypedPlan or TypedList
        Where it comes from, and where it goes.
    choice : callable, optional
        Whether theirs wins in the conflict of a key; None leaves it open.
    dry_run : bool
        Find out only.

    Returns
    -------
    Brought
    """
    mine = _cells(ours, client_id)
    rows = aligned(base, _cells(theirs, client_id), mine)
    merged = merge(rows.base, rows.theirs, mine)
    settled = {key: choice(key) for key in merged.conflicts}
    changes = merged.changes | {key: their for key, (their, _) in merged.conflicts.items() if settled[key]}
    exchange, new = Exchange(), dict[Place, object]()
    for key, content in changes.items():
        place = ours.place(key)
        if place is not None:
            new[place] = content
            exchange.brought.append(_difference(client_id, key, content, mine.get(key), ours))
        elif content is not None:  # what is gone there and has no cell here is gone on both sides
            exchange.homeless.append(_difference(client_id, key, content, mine.get(key), ours))
    exchange.conflicts = [
        _difference(client_id, key, *merged.conflicts[key], ours) for key in merged.conflicts if settled[key] is None
    ]
    if not dry_run:
        write(ours.plan.sheet, new)
    return _brought(exchange, base, theirs=_cells(theirs, client_id), rows=rows)


def _brought(exchange: Exchange, base: Mapping[str, object], theirs: Cells, rows: Aligned) -> Brought:
    """What is common from now on; what is open stays as it was before, so that it is found again."""
    still_open = {each.key for each in (*exchange.conflicts, *exchange.homeless)}

    def settled(cells: Mapping[str, object], keys: Mapping[str, str]) -> Cells:
        return {key: content for key, content in cells.items() if keys.get(key, key) not in still_open}

    def unsettled(cells: Mapping[str, object], keys: Mapping[str, str]) -> Cells:
        return {key: content for key, content in cells.items() if keys.get(key, key) in still_open}

    return Brought(
        exchange,
        here=settled(rows.theirs, {}) | unsettled(rows.base, {}),
        there=settled(theirs, rows.their_keys) | unsettled(base, rows.base_keys),
    )


def _cells(typed: TypedPlan | TypedList, client_id: str) -> Cells:
    return dict(typed.cells) if isinstance(typed, TypedPlan) else typed.of(client_id)


def _difference(client_id: str, key: str, theirs: object, ours: object, home: TypedPlan | TypedList) -> Difference:
    place = home.place(key)
    where = f"{home.plan.title}!{column_letters(place[1])}{place[0]}" if place else ""
    return Difference(client_id, where, key, theirs, ours)


def kept_base(record: Record, owner: str) -> Cells:
    """What was handed out, as the record of the other workbook keeps it."""
    return {key: content_of(kept) for key, kept in record.of(owner).items()}


def keep_base(record: Record, owner: str, cells: Mapping[str, object]) -> None:
    """Have the record keep what is handed out."""
    record.replace(owner, {key: form(content) for key, content in cells.items()})


def common_base(handed_out: Record, whole: Record, client_id: str, owner: str) -> Cells:
    """What a workbook that was handed out and the whole one had in common last: as handed out, or as collected since.

    Parameters
    ----------
    handed_out, whole : Record
        Those of the two workbooks.
    client_id, owner : str
        The client, and under which the first keeps what was handed out about it.
    """
    kept = whole.of(collected(handed_out, client_id, owner))
    is_current = kept.get(HANDED) == handed_out.of(HANDED).get("id", "")
    later = {key: content_of(each) for key, each in kept.items() if key != HANDED} if is_current else {}
    return {**kept_base(handed_out, owner), **later}


def collected(handed_out: Record, client_id: str, owner: str) -> str:
    """Under which the record of the whole workbook keeps what came back since something was handed out.

    A plan that waits in the workbook of a former manager has a place of its own: the new manager has it, too.
    """
    return f"collected:{'waiting:' if handed_out.of(waiting(client_id)) else ''}{owner}"


def waiting(client_id: str) -> str:
    """Under which the record keeps that a plan waits in the workbook of a former manager until it is collected."""
    return f"waiting:{client_id}"


def handed(client_id: str) -> str:
    """Under which the record keeps a plan as it was handed out."""
    return f"handed:plan:{client_id}"


def handed_row(client_id: str) -> str:
    """Under which the record keeps a client's row of the list as it was handed out."""
    return f"handed:row:{client_id}"
