"""Groups in the rows of a table: heads that sum up or name the clients below them, clients with parts below them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from math import fsum, isclose
from typing import Any

from kam_xl.locale import Text
from kam_xl.table.records.groups import Amounts, Node, adds_up, all_rows, are_many, at_level, forest, views
from kam_xl.table.records.row_facts import DETAIL, EMPTY, FOOTNOTE, GROUP, TOTAL, Rows
from kam_xl.table.records.totals import head_differences
from kam_xl.table.words.row_words import (
    group_of,
    is_document,
    is_total,
    may_be_total,
    names_group,
    owner_of_total,
    plain,
)

# So many heads and members make a group that only its sums tell; so many clients a sum that is not an accident.
_FEW, _MANY = 2, 3
_CENT = 0.005
_BLANK = (None, "")
_SUM = Text("The row {label} is the sum of all others and is left out as a total.")


def find_nameless_groups(rows: Rows, suspected: Iterable[int]) -> None:
    """Rows that name no client and sum up the rows below them: a group in a column of its own."""
    if rows.name is None or not rows.amounts:
        return
    ids = rows.columns[rows.id] if rows.id is not None else rows.names
    nameless = (
        row for row in suspected if rows.names[row] in (None, "") and ids[row] in (None, "") and any(rows.vector(row))
    )
    heads = [(row, *label) for row in nameless if (label := _group_label(rows, row))]
    for at, (head, column, label) in enumerate(heads):
        end = next((row for row, level, _ in heads[at + 1 :] if level <= column), len(rows))
        members = [
            row for row in range(head + 1, end) if rows.names[row] not in (None, "") and not is_total(rows.label(row))
        ]
        if members and adds_up(rows.vector(head), [rows.vector(row) for row in members]):
            rows.leave_out(head, GROUP)
            rows.fill(column, members, label)


def find_named_heads(rows: Rows) -> dict[int, list[int]]:
    """Rows that say which group follows, "Region: North", at one or several levels, with the rows in their groups."""
    groups: dict[int, list[int]] = {}
    opened: dict[str, int] = {}
    for row, name in enumerate(rows.names) if rows.name is not None else ():
        if name.__class__ is str and ":" in name and row not in rows.why and names_group(name):
            field, _ = group_of(name)
            for level in list(opened)[list(opened).index(field) :] if field in opened else ():
                del opened[level]
            opened[field], groups[row] = row, []
            rows.leave_out(row, GROUP)
        elif name not in _BLANK:
            for head in opened.values():
                groups[head].append(row)
    for head, members in groups.items():
        level, label = group_of(rows.names[head])
        rows.fill(level, members, label)
    return groups


def _group_label(rows: Rows, row: int) -> tuple[int, Any] | None:
    texts = [
        (at, cell)
        for at, cell in rows.filled(row).items()
        if at is not None and isinstance(cell, str) and at not in rows.amounts
    ]
    return texts[0] if texts and not may_be_total(texts[0][1]) and not owner_of_total(texts[0][1]) else None


def sort_levels(rows: Rows, levels: Sequence[str]) -> bool:
    """Rows of several levels in one column, as 1C reports them; only their sums tell them apart."""
    opened, amounts = rows.open, [rows.vector(row) for row in range(len(rows))]
    return any(_sort_levels(rows, levels, opened, *view) for view in views(opened, amounts))


def _sort_levels(
    rows: Rows, levels: Sequence[str], opened: Sequence[int], amounts: Sequence[Amounts], is_part: bool
) -> bool:
    spans = [(start, end) for start in range(len(levels)) for end in range(start + 1, len(levels) + 1)]
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        taken = levels[start:end]
        if "client" not in taken or len(taken) < 2:
            continue
        trees = forest(opened, amounts, len(taken))
        if trees is None or (is_part and not are_many(trees)):
            continue
        clients = at_level(trees, taken.index("client"))
        for head in sorted({row for _, above in clients for row in above}):
            rows.leave_out(head, GROUP)
        for tree in trees:
            _compare(rows, tree)
        for node, above in clients:
            for detail in all_rows(node.children):
                rows.leave_out(detail, DETAIL)
            for level, row in zip(taken, above, strict=False):
                rows.fill(level, [node.row], rows.names[row])
        return True
    return False


def _compare(rows: Rows, tree: Node) -> None:
    """Remark the sums of a head, and of heads below it, that no longer are what they sum up."""
    members = [child.row for child in tree.children]
    if members and not adds_up(rows.vector(tree.row), [*map(rows.vector, members)]):
        rows.remarks += head_differences(rows, tree.row, members)
    for child in tree.children:
        _compare(rows, child)


def find_sums(rows: Rows) -> None:
    """Groups in the column of the client that only their sums tell, as a compact pivot table has them."""
    opened, amounts = rows.open, [rows.vector(row) for row in range(len(rows))]
    if len(opened) < 2 * _FEW + 1:
        return
    found = ((*_groups_and_total(opened, view), is_part) for view, is_part in views(opened, amounts))
    trees, whole = next((each[:2] for each in found if each[0] and (not each[2] or are_many(each[0]))), ([], None))
    sums = [each for tree in trees for each in _heads(tree)]
    if len(sums) < _FEW or max(len(head.children) for head in sums) < _FEW:
        return
    if sum(len(head.children) > 1 for head in sums) < _FEW and not rows.totals and whole is None:
        return
    if whole is not None:
        rows.leave_out(whole, TOTAL, _SUM, "warning")
    members = sorted(each.row for head in sums for each in head.children if not each.children)
    if rows.names_repeat(members) or _are_documents(rows, members):  # products, contracts ... of the heads
        for row in members:
            rows.leave_out(row, DETAIL)
        sums = [head for head in sums if any(child.children for child in head.children)]
    for head in sums:
        rows.leave_out(head.row, GROUP)
    for tree in trees:
        _compare(rows, tree)
    for head in sums:
        rows.fill(rows.level, [each.row for each in head.children if each.row not in rows.why], rows.names[head.row])


def _heads(tree: Node) -> list[Node]:
    """The nodes of a tree that sum up others, top to bottom."""
    return [tree, *(head for child in tree.children for head in _heads(child))] if tree.children else []


def _groups_and_total(opened: Sequence[int], amounts: Sequence[Amounts]) -> tuple[list[Node], int | None]:
    """Heads above or below their members, at one or two levels, and the row that sums up all heads, if there is one."""
    for rows in (opened, opened[::-1]):
        for depth in (2, 3):
            if trees := forest(rows, amounts, depth):
                return trees, None
            for whole, others in ((rows[-1], rows[:-1]), (rows[0], rows[1:])):
                trees = forest(others, amounts, depth)
                if trees and adds_up(amounts[whole], [amounts[tree.row] for tree in trees]):
                    return trees, whole
    return [], None


def _are_documents(rows: Rows, some: Collection[int]) -> bool:
    """Whether rows are called like contracts and documents, not like clients."""
    return all(is_document(str(rows.names[row])) for row in some)


def find_nameless_total(rows: Rows) -> None:
    """A first or last row that is called like a client and is the sum of all others, to the cent."""
    opened = rows.open
    columns = [amounts for amounts in rows.amounts.values() if any(amounts[row] for row in opened)]
    if len(opened) <= _MANY or rows.totals or not columns:
        return
    least = _MANY + (len(columns) == 1)
    for row, others in ((opened[-1], opened[:-1]), (opened[0], opened[1:])):
        has_id = rows.id is not None and rows.columns[rows.id][row] not in (None, "")
        if not has_id and all(_is_sum(amounts, row, others, least) for amounts in columns):
            rows.leave_out(row, TOTAL, _SUM, "warning")
            return


def _is_sum(amounts: Amounts, row: int, others: Sequence[int], least: int) -> bool:
    """Whether an amount is the sum of the others, and of no fewer than `least`."""
    stated, parts = amounts[row], [amount for each in others if (amount := amounts[each])]
    return stated is not None and len(parts) >= least and isclose(stated, fsum(parts), abs_tol=_CENT)


def find_headings(rows: Rows, suspected: Iterable[int]) -> None:
    """Rows with a single text and nothing else between rows of amounts: headings of groups, each with clients below.

    The text stands in the column of the client or before it, as where the cells of a heading are merged.
    """
    if not rows.amounts or rows.name is None:
        return
    labels = {row: label for row in suspected if (label := _lone_label(rows, row))}
    clients = {row for row in rows.open if row not in labels} if labels else {}
    if not clients or (rows.id is not None and len(labels) < _FEW):
        return
    owners = {owner_of_total(rows.label(row)) for row in rows.totals}
    heads = [row for row in labels if row + 1 in clients]
    unsure = [row for row in labels if row not in rows.why and row not in heads]
    if len(heads) < _FEW or min(heads) > min(clients) or unsure:
        heads = [row for row in labels if not owners.isdisjoint(map(plain, (labels[row], group_of(labels[row])[1])))]
    for row in heads:
        rows.leave_out(row, GROUP)
        end = min([each for each in (*labels, *rows.totals, len(rows)) if each > row])
        rows.fill(rows.level, range(row + 1, end), labels[row])


def _lone_label(rows: Rows, row: int) -> str:
    """The only text of a row that is not a client for sure; blank where there is none."""
    if rows.why.get(row, GROUP) not in (GROUP, FOOTNOTE, EMPTY):
        return ""
    (column, cell), *more = rows.filled(row).items() or [(None, None)]
    is_before = column is not None and rows.name is not None and column <= rows.name
    return cell if is_before and not more and isinstance(cell, str) else ""


def fill_from_totals(rows: Rows) -> None:
    """Blank cells of a group whose total names it, in a column of its own as a pivot table has it: "North Total"."""
    for total in rows.totals:
        for column, label in rows.filled(total).items():
            if column is None or column in (rows.name, rows.id) or not isinstance(label, str):
                continue
            cells, owner = rows.columns[column], owner_of_total(label)
            head = next((row for row in range(total - 1, -1, -1) if cells[row] not in (None, "")), None)
            if owner and head is not None and plain(cells[head]) == owner:
                rows.fill(column, [row for row in range(head + 1, total) if row not in rows.why], cells[head])
    _fill_above_subtotals(rows)


def _fill_above_subtotals(rows: Rows) -> None:
    """Blank cells below the first row of each group, where a bare total in their own column ends every group."""
    for column, cells in enumerate(rows.columns):
        ends = [row for row in rows.totals if isinstance(cells[row], str) and is_total(cells[row])]
        if column in (rows.name, rows.id) or len(ends) < _FEW:
            continue
        groups = [
            [row for row in range(start + 1, end) if row not in rows.why]
            for start, end in zip([-1, *ends], ends, strict=False)
        ]
        groups = [group for group in groups if group]
        if all(cells[first] not in _BLANK and not any(cells[row] for row in below) for first, *below in groups):
            for first, *below in groups:
                rows.fill(column, below, cells[first])


def roll_up(rows: Rows) -> set[int]:
    """Clients with branches below and a total after them, as QuickBooks exports them: the total is the client's.

    Returns these totals.
    """
    if rows.name is None or not rows.amounts:
        return set()
    spans: list[tuple[int, int]] = []
    owners = {total: owner for total in rows.totals if (owner := owner_of_total(rows.label(total)))}
    named: dict[str, list[int]] = {}
    for row, name in enumerate(rows.names[: max(owners)]) if owners else ():
        named.setdefault(plain(name), []).append(row)
    for total, owner in owners.items():
        above = bisect_left(named.get(owner, ()), total)
        head = named[owner][above - 1] if above else None
        in_rows = head and plain(rows.names[head - 1]) == owner  # of several rows, such as products, none is the head
        if head is not None and head not in rows.why and not in_rows:
            spans.append((head, total))
    inside = {row for head, total in spans for row in range(head, total + 1)}
    outside = [row for row in rows.open if row not in inside]
    indented = any(str(rows.names[row])[:2].isspace() for head, total in spans for row in range(head + 1, total))
    if not spans or not (outside or indented):
        return set()
    for head, total in spans:
        for amounts in rows.amounts.values():
            amounts[head] = amounts[total]
        for row in range(head + 1, total):
            if row not in rows.why:
                rows.leave_out(row, DETAIL)
    return {total for _, total in spans}
