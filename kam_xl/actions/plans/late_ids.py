"""IDs that clients got after their plans were built: until then a client's name served as its ID."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kam_xl.actions.book.cell_contents import contents_of, write
from kam_xl.actions.book.filling import Filled, key
from kam_xl.actions.book.lists import List
from kam_xl.actions.book.record import Record
from kam_xl.actions.book.trend_record import HISTORY
from kam_xl.actions.plans.context import BuildContext
from kam_xl.actions.plans.history import FIRST
from kam_xl.actions.plans.plan_sheets import plan_owner
from kam_xl.plan.fields import Column, OurSheet
from kam_xl.plan.reports import report_fields
from kam_xl.plan.reports.whitespace import SPOTS
from kam_xl.plan.week.agenda import AGENDA
from kam_xl.plan.week.changes import CHANGES

_ID = "kam_client_id"
_LISTS: Mapping[OurSheet, Sequence[Column]] = {
    OurSheet.KEY_ACCOUNTS: report_fields.KEY_ACCOUNTS,
    OurSheet.AGENDA: AGENDA,
    OurSheet.CHANGES: CHANGES,
    OurSheet.WHITE_SPOTS: SPOTS,
}
_IN_LISTS = ("client_id", "key")
_OWNER = re.compile(r"((?:collected:)?(?:waiting:)?(?:handed:)?[a-z_]+:)(.+)", re.DOTALL)

Written = Mapping[str, Mapping[str, object]]


def late_ids(context: BuildContext) -> dict[str, str]:
    """By the name that served as its ID, the ID that a client has now.

    The name must be that of one client, no plan may have the new ID already, and the ID must stand in the plan as the
    program wrote it. A client without a plan counts where the list of key accounts has it.
    """
    if context.settings.clients_by:  # the parents of clients may be called as a client is
        return {}
    accounts, recorded = context.classification.by_id, recorded_ids(context.record)
    if recorded <= accounts.keys():  # the sheets themselves need not be asked
        return {}
    known = {*context.sheets.plans, *recorded}
    counts = Counter(name.casefold() for name in known)
    free = free_by_name(context)
    return {
        name: free[name.casefold()]
        for name in sorted(known - accounts.keys())
        if name.casefold() in free and counts[name.casefold()] == 1 and _served(context, name)
    }


def recorded_ids(record: Record) -> set[str]:
    """The IDs of the clients that have a plan, or a line in the list of key accounts, on record."""
    begins = (plan_owner(""), f"{OurSheet.KEY_ACCOUNTS.value}:")
    return {owner.removeprefix(begin) for owner in record.owners() for begin in begins if owner.startswith(begin)}


def free_by_name(context: BuildContext) -> dict[str, str]:
    """IDs of the clients that have no plan, by their names in small letters; names of several clients are left out."""
    accounts = context.classification.by_id
    names = {client_id: account.client.client.casefold() for client_id, account in accounts.items()}
    counts = Counter(names.values())
    return {
        name: client_id
        for client_id, name in names.items()
        if counts[name] == 1 and client_id not in context.sheets.plans
    }


def _served(context: BuildContext, name: str) -> bool:
    """Whether the program wrote a client's name into its plans as its ID."""
    owner, record = plan_owner(name), context.record
    for plan in context.sheets.plans.get(name, ()):
        client = str(record.of(owner).get(key("kam_client", 0)) or "")
        content = contents_of(plan[_ID][0])[0][0]
        if client.casefold() != name.casefold() or not record.is_ours(owner, key(_ID, 0), content):
            return False
    return True


def carry_on(context: BuildContext) -> None:
    """Carry plans, list rows and history that names identified on under the IDs that their clients have now."""
    ids = late_ids(context)
    if not ids:
        return
    with context.record.saved():
        context.record.carry_on(lambda written: carried(written, ids))
        for name, client_id in ids.items():
            for plan in context.sheets.plans.get(name, ()):
                page = Filled(plan, context.record, plan_owner(client_id), (_ID,))
                page.put(_ID, 0, client_id)
                page.write()
        for kind, columns in _LISTS.items():
            _carry_list(context, kind, columns, ids)
    plans = context.sheets.plans
    context.sheets.plans = {ids.get(client_id, client_id): sheets for client_id, sheets in plans.items()}


def _carry_list(context: BuildContext, kind: OurSheet, columns: Sequence[Column], ids: Mapping[str, str]) -> None:
    """Give the rows of a list their new keys."""
    sheet = context.sheets.find(kind)
    if sheet is None:
        return
    the_list = List(sheet, columns)
    cells = {
        (row.number, the_list.left + the_list.offsets[code]): new
        for row in the_list.rows()
        for code in _IN_LISTS
        if code in the_list.offsets and (new := _key(old := row.cells[the_list.offsets[code]], ids)) != old
    }
    write(sheet.sheet, cells)


def carried(written: Written, ids: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """What was written, under other IDs.

    >>> carried({"plan:Alpha": {"kam_client_id[0]": "Alpha"}, "history:2026-03-02": {"Alpha": "..."}}, {"Alpha": "7"})
    {'history:2026-03-02': {'7': '...'}, 'plan:7': {'kam_client_id[0]': '7'}}
    """
    moved = dict(_moved(written, ids))
    gone = {owner for owner in written if (new := _owner(owner, ids)) in moved and new != owner}
    return {owner: dict(fields) for owner, fields in written.items() if owner not in gone} | moved


def _moved(written: Written, ids: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
    """The owners that change, as they are to be."""
    for owner, fields in written.items():
        if owner.startswith((HISTORY, FIRST)):
            # What a build has put under the new ID already is later than what it has under the name.
            new = {ids[name]: state for name, state in fields.items() if name in ids}
            yield owner, {**new, **{name: state for name, state in fields.items() if name not in ids}}
        elif (to := _owner(owner, ids)) != owner:
            named = (*_IN_LISTS, key(_ID, 0))
            yield to, {field: _key(value, ids) if field in named else value for field, value in fields.items()}


def _owner(owner: str, ids: Mapping[str, str]) -> str:
    """The owner of what was written for a client.

    >>> _owner("plan:Alpha", {"Alpha": "7"}), _owner("agenda:Alpha|kam_action_what[0]", {"Alpha": "7"})
    ('plan:7', 'agenda:7|kam_action_what[0]')
    """
    parts = _OWNER.fullmatch(owner)
    return f"{parts[1]}{_key(parts[2], ids)}" if parts else owner


def _key(value: object, ids: Mapping[str, str]) -> object:
    """A key, which is an ID or begins with one; anything else as it is.

    >>> _key("Alpha|Bolts", {"Alpha": "7"}), _key("Alphabet", {"Alpha": "7"})
    ('7|Bolts', 'Alphabet')
    """
    parts = value.split("|") if isinstance(value, str) else []
    for count in range(len(parts), 0, -1):
        if (name := "|".join(parts[:count])) in ids:
            return "|".join([ids[name], *parts[count:]])
    return value
