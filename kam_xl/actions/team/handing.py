"""Plans handed out: into a manager's workbook go the plans and list rows of their clients, as people filled them.

A plan that the workbook lacks is copied as a sheet, with everything that stands on it. One that it has gets what was
typed since, cell by cell; what its manager typed stays. The record of the workbook keeps what was handed out, so that
collecting can tell who changed what.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from hashlib import sha256

import xlwings as xw

from kam_xl.actions.book.cell_contents import contents_of, write
from kam_xl.actions.book.lists import List, carried
from kam_xl.actions.book.record import Record
from kam_xl.actions.book.sheets import NamedSheet, OurSheets, id_text
from kam_xl.actions.plans.plan_sheets import plan_owner
from kam_xl.actions.team.exchange import (
    HANDED,
    Exchange,
    Side,
    bring,
    common_base,
    handed,
    handed_row,
    keep_base,
    kept_base,
    waiting,
)
from kam_xl.actions.team.typed import TypedList, TypedPlan
from kam_xl.engines.values import Formula
from kam_xl.excel import references
from kam_xl.locale import system_language
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.reports import report_fields


class Original:
    """The workbook whose plans are handed out, open apart from the user's own: it is not saved.

    Attributes
    ----------
    as_values : list of str
        Addresses of formulas that refer to sheets which are not handed out: their values are.
    """

    def __init__(self, book: xw.Book) -> None:
        self.side = Side(book)
        self.as_values: list[str] = []
        self._ready: dict[str, NamedSheet] = {}

    def sheet(self, ours: NamedSheet) -> NamedSheet:
        """A sheet that can stand in another workbook."""
        if ours.title not in self._ready:
            self._ready[ours.title] = ours
            self._cut_off(ours)
        return ours

    def _cut_off(self, ours: NamedSheet) -> None:
        used = ours.sheet.used_range
        elsewhere = self._names_elsewhere(ours)
        values = {
            (row, column): content.value
            for row, cells in enumerate(contents_of(used), used.row)
            for column, content in enumerate(cells, used.column)
            if isinstance(content, Formula) and _speaks_of_others(content.text, ours.title, elsewhere)
        }
        write(ours.sheet, values)
        self.as_values += [f"{ours.title}!{references.column_letters(column)}{row}" for row, column in sorted(values)]

    def _names_elsewhere(self, ours: NamedSheet) -> set[str]:
        """Names of the book, and of tables on other sheets, that mean nothing in another book."""
        local = {name.casefold() for name in ours.names()}
        tables = {name for name, sheet in self._tables.items() if sheet != ours.title}
        return (self._names | tables) - local

    @cached_property
    def _names(self) -> set[str]:
        """The names of the book, small; those of its sheets, of which there may be thousands, are not among them."""
        return {name.casefold() for name in (each.name for each in self.side.book.names) if "!" not in name}

    @cached_property
    def _tables(self) -> dict[str, str]:
        """The tables of the book, small, and the sheets on which they stand."""
        return {table.name.casefold(): sheet.name for sheet in self.side.book.sheets for table in sheet.tables}


def _speaks_of_others(formula: str, sheet: str, elsewhere: Collection[str]) -> bool:
    return (
        references.is_external(formula)
        or any(not references.same(each, sheet) for each in references.sheets(formula))
        or any(each.casefold() in elsewhere for each in references.names(formula))
    )


class HandOut:
    """What one workbook gets.

    Parameters
    ----------
    book : xlwings.Book
        The manager's workbook, which may be new.
    clients : collection of str
        The ids of their clients.
    lang : str
    """

    def __init__(self, book: xw.Book, clients: Collection[str], lang: str) -> None:
        self.book, self._clients = book, frozenset(clients)
        sheets = OurSheets(book)
        sheets.add_missing(lang or system_language(), {OurSheet.RECORD})
        self.side = Side(book)
        self.exchange = Exchange()
        self._copied: set[str] = set()

    def take(self, original: Original) -> None:
        """Take over what was typed in a workbook about these clients."""
        self._carry_on(original.side.record)
        self._take_list(original)
        for client_id in [each for each in original.side.sheets.plans if each in self._clients]:
            self._take_plan(original, client_id)
        self.side.record.save()

    def _carry_on(self, whole: Record) -> None:
        """What was collected since the last hand-out is common to both workbooks from now on."""
        record, listed = self.side.record, self.side.list()
        for client_id in {**self.side.sheets.plans, **(listed.rows if listed else {})}:
            for base in (handed(client_id), handed_row(client_id)):
                keep_base(record, base, common_base(record, whole, client_id, base))

    def take_from(self, other: Original, client_id: str) -> bool:
        """Take over a plan as it lies in the workbook of a former manager; not where this one has it already."""
        if self.side.plan(client_id):
            return False
        self._take_plan(other, client_id)
        self.side.record.save()
        return True

    def _take_plan(self, original: Original, client_id: str) -> None:
        """Take over the plan of one client: as a sheet, or what was typed on it."""
        owner, record = plan_owner(client_id), self.side.record
        mine = self.side.plan(client_id)
        theirs = [original.sheet(plan) for plan in original.side.sheets.plans[client_id]]
        if mine is None:
            for plan in theirs:
                self.side.sheets.take(plan)
            self._copied.add(client_id)
            record.replace(owner, original.side.record.of(owner))
            return
        typed = original.side.plan(client_id)
        if typed is not None:
            self._bring(client_id, handed(client_id), original, typed, mine)

    def _take_list(self, original: Original) -> None:
        theirs = original.side.sheets.find(OurSheet.KEY_ACCOUNTS)
        if theirs is None:
            return
        original.sheet(theirs)
        record = self.side.record
        mine = self.side.list()
        if mine is None:
            copied = self.side.sheets.take(theirs)
            _drop_rows(copied, lambda client_id: client_id in self._clients)
            for client_id in sorted(self._clients):
                record.replace(row_owner(client_id), original.side.record.of(row_owner(client_id)))
            return
        typed = original.side.list()
        if typed is None:
            return
        wanted = {client_id for client_id in typed.rows if client_id in self._clients}
        columns = {key.partition("|")[2] for client_id in wanted for key in typed.of(client_id)}
        mine.add_columns(sorted(columns - mine.columns.keys()))
        for client_id in [each for each in mine.rows if each in wanted]:
            self._bring(client_id, handed_row(client_id), original, typed, mine)

    def _bring(
        self, client_id: str, base: str, original: Original, theirs: TypedPlan | TypedList, mine: TypedPlan | TypedList
    ) -> None:
        record = self.side.record
        brought = bring(client_id, common_base(record, original.side.record, client_id, base), theirs, mine)
        self.exchange.add(brought.exchange)
        keep_base(record, base, brought.here)

    def finish(self) -> None:
        """Keep in the workbook's record what it got, after its plans were built."""
        side = Side(self.book)
        for client_id in side.sheets.plans:
            plan = side.plan(client_id)
            if plan and (client_id in self._copied or not side.record.of(handed(client_id))):
                keep_base(side.record, handed(client_id), plan.cells)
        listed = side.list()
        for client_id in listed.rows if listed else ():
            if listed and not side.record.of(handed_row(client_id)):
                keep_base(side.record, handed_row(client_id), listed.of(client_id))
        side.record.save()
        record = Side(self.book).record
        record.replace(HANDED, {"id": _fingerprint(record)})
        record.save()


def _fingerprint(record: Record) -> str:
    """The same for the same hand-out, so that the same input makes the same file."""
    kept = [
        f"{owner} {key} {value}"
        for owner in record.owners()
        if owner.startswith(f"{HANDED}:")
        for key, value in record.of(owner).items()
    ]
    return sha256("\n".join(sorted(kept)).encode()).hexdigest()[:12]


def keep_waiting(book: xw.Book, client_ids: Collection[str]) -> bool:
    """Have a workbook remember which of its plans wait to be collected, and no others; whether that is news."""
    side = Side(book)
    before = {client_id for client_id in side.sheets.plans if side.record.of(waiting(client_id))}
    for client_id in before ^ {*client_ids}:
        side.record.replace(waiting(client_id), {} if client_id in before else {"waits": True})
    side.record.save()
    return before != {*client_ids}


def take_away(book: xw.Book, client_ids: Collection[str]) -> None:
    """Take plans and list rows of clients that have gone to another workbook out of this one."""
    side = Side(book)
    for client_id in client_ids:
        for plan in side.sheets.plans[client_id]:
            plan.sheet.delete()
        for owner in (plan_owner, handed, handed_row, waiting, row_owner):
            side.record.replace(owner(client_id), {})
    listed = side.sheets.find(OurSheet.KEY_ACCOUNTS)
    if listed:
        _drop_rows(listed, lambda client_id: client_id not in client_ids)
    side.record.save()


def holds_more(book: xw.Book, client_id: str, origin: Original) -> bool:
    """Whether a workbook holds something typed about a client that the original does not have."""
    side = Side(book)
    for here, there, base in (
        (side.plan(client_id), origin.side.plan(client_id), handed(client_id)),
        (side.list(), origin.side.list(), handed_row(client_id)),
    ):
        if here is None:
            continue
        if there is None:
            return True
        exchange = bring(client_id, kept_base(side.record, base), here, there, dry_run=True).exchange
        if exchange.brought or exchange.conflicts or exchange.homeless:
            return True
    return False


def _drop_rows(sheet: NamedSheet, stays: Callable[[str], bool]) -> None:
    """Take the rows of some clients out of a list."""
    rows = List(sheet, report_fields.KEY_ACCOUNTS)
    left = [row for row in rows.rows() if stays(id_text(row.ours.get("client_id")))]
    rows.write(
        [[carried(cell, row.number, number) for cell in row.cells] for number, row in enumerate(left, rows.top + 1)]
    )


def row_owner(client_id: str) -> str:
    """Under which the record keeps what was written into a client's row of the list."""
    return f"{OurSheet.KEY_ACCOUNTS.value}:{client_id}"
