"""Heads of groups that more than their sums mark: the outline of the sheet, or no id where the clients have one.

A figure changed below a head leaves its sum wrong. That does not make the head a client: the sum is remarked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import fsum
from typing import Any, NamedTuple

from kam_xl.table.records.groups import ROUNDING, adds_up, adds_up_somewhere
from kam_xl.table.records.row_facts import DETAIL, GROUP, Rows
from kam_xl.table.records.totals import differences, head_differences

_BLANK = (None, "")
# So many rows make a sum that is not one amount repeated, and so many heads more than an accident.
_FEW = 2
# A head whose sum is no farther off than this may have had a figure changed below it.
_NEAR = 0.1
# The sum of heads below a head, whatever happened to one of them, is no farther from it.
_FAR = 0.5
_PASSES = 5
# Looking for clients among heads takes long: in a long list only where a fourth of these are sums.
_MANY, _SMALL = 4, 100
_CLIENT = 1  # the depth of a client below heads, which have that of their level, 0 or less


class _Groups(NamedTuple):
    """Heads with the rows directly in their groups; those that are the sums of these, and those that nearly are."""

    members: Mapping[int, Sequence[int]]
    summed: Collection[int]
    near: Collection[int]

    @property
    def lowest(self) -> list[int]:
        """The rows that head nothing."""
        return [row for each in self.members.values() for row in each if row not in self.members]

    def within(self, head: int) -> Iterator[int]:
        """All rows below a head, at every level."""
        for row in self.members.get(head, ()):
            yield row
            yield from self.within(row)

    def height(self, head: int) -> int:
        """How many levels of heads there are, this one among them; 0 for a row that heads nothing."""
        return 1 + max(map(self.height, self.members[head])) if head in self.members else 0

    def holds(self, heads: Collection[int]) -> bool:
        """Whether sums prove it: of half of the heads, of all that head others, or nearly of most and of several."""
        high = [head for head, each in self.members.items() if any(row in self.members for row in each)]
        if len(self.summed) * 2 >= len(heads) > 0 or (len(high) >= _FEW and {*high} <= {*self.summed}):
            return True
        return len(self.near) >= _FEW and len({*self.summed, *self.near}) * 2 > len(heads)


def _grouped(rows: Rows, depths: Mapping[int, int], heads_below: bool) -> _Groups:
    """The groups that rows of some depth make, each with its head above or below them."""
    members: dict[int, list[int]] = {}
    above: list[int] = []
    for row in sorted(depths, reverse=heads_below):
        while above and depths[above[-1]] >= depths[row]:
            above.pop()
        if above:
            members.setdefault(above[-1], []).append(row)
        above.append(row)
    summed = [head for head, each in members.items() if _is_sum(rows, head, each)]
    near = [head for head, each in members.items() if _is_sum(rows, head, each, _NEAR)]
    return _Groups({head: sorted(each) for head, each in members.items()}, summed, near)


def _is_sum(rows: Rows, head: int, members: Sequence[int], tolerance: float = ROUNDING) -> bool:
    """Whether a row is the sum of others, in all amounts; of several also in one, as the others may have changed."""
    total, parts = rows.vector(head), [*map(rows.vector, members)]
    if len(parts) < _FEW:
        return tolerance == ROUNDING and adds_up(total, parts)
    return adds_up(total, parts, tolerance) or (tolerance == ROUNDING and adds_up_somewhere(total, parts))


def sort_outline(rows: Rows) -> bool:
    """Rows that the spreadsheet groups: heads that sum up their groups, or clients with parts below them.

    Rows are also grouped for other reasons, and many programs say nothing of where the heads stand: sums tell, or that
    no head has an id and the rows below them do, or that there are as many levels as the reading or the header names.
    """
    if not rows.outline.depths or (rows.totals and not differences(rows)):
        return False
    stated = rows.outline.heads_below
    names = list(rows.names)
    depths = {row: rows.outline.depths[row] for row in rows.open if names[row] not in _BLANK}
    groups = max(
        (_grouped(rows, depths, below) for below in (stated, not stated)),
        key=lambda each: (_clients_below(rows, each), len(each.summed), len(each.near)),
    )
    members, leaves = groups.members, groups.lowest
    heads = [head for head in members if any(rows.vector(head))]
    of_levels = bool(rows.levels) and len(set(depths.values())) == len(rows.levels) + 1
    if not heads or not (of_levels or _clients_below(rows, groups) > 0 or groups.holds(heads)):
        return False
    # What repeats from group to group, or has no id where the heads have one, are parts of what the heads are.
    heads_have_ids, leaves_have_ids = rows.have_ids(members), rows.have_ids(leaves)
    differ = heads_have_ids != leaves_have_ids
    in_parts = not of_levels and (heads_have_ids if differ else rows.names_repeat(leaves))
    for row in leaves if in_parts else ():
        rows.leave_out(row, DETAIL)
    for head, below in sorted(members.items()):
        if not in_parts or any(row in members for row in below):
            rows.leave_out(head, GROUP)
        rows.remarks += head_differences(rows, head, below)
    _fill(rows, groups)
    return True


def _clients_below(rows: Rows, groups: _Groups) -> int:
    """How many more of the rows below all heads have an id than have none; 0 where a head has one, too."""
    if rows.id is None or any(rows.columns[rows.id][head] not in _BLANK for head in groups.members):
        return 0
    return sum(-1 if rows.columns[rows.id][row] in _BLANK else 1 for row in groups.lowest)


def _fill(rows: Rows, groups: _Groups) -> None:
    """Note the groups of clients: by the levels that are known, each at every level, else the innermost alone."""
    heads = [head for head in groups.members if rows.why.get(head) == GROUP]
    kept = {head: [row for row in groups.members[head] if row in heads or row not in rows.why] for head in heads}
    groups = _Groups(kept, (), ())
    for head in heads:
        height, name = groups.height(head), _label(rows, head)
        if not rows.levels:
            rows.fill(rows.level, [row for row in kept[head] if row not in rows.why], name)
        elif height <= len(rows.levels):
            rows.fill(rows.levels[-height], [row for row in groups.within(head) if row not in rows.why], name)


def _label(rows: Rows, head: int) -> Any:
    name = rows.names[head]
    return name if name not in _BLANK or rows.id is None else rows.columns[rows.id][head]


def sort_heads_without_ids(rows: Rows) -> bool:
    """Rows that lack an id, or a name, among clients that have both: heads of groups, if anything else says so.

    Sums say it, or the reading or the header, which name the levels of a column whose first row is such a head.
    """
    if rows.id is None or rows.name is None or not rows.amounts or (rows.totals and not differences(rows)):
        return False
    ids, names = rows.columns[rows.id], rows.names
    half = [row for row, (key, name) in enumerate(zip(ids, names, strict=True)) if (key in _BLANK) != (name in _BLANK)]
    heads = [row for row in half if row not in rows.why and any(rows.vector(row))]
    ways = [_without_clients(rows, heads, below) for below in (False, True)] if heads else []
    proven = [groups for below, groups in enumerate(ways) if _are_heads(rows, groups, bool(below))]
    if not proven:
        if ways and _head_all(rows, ways[0], False) and _double(rows, ways[0], _FAR):
            rows.remark_suspects([*ways[0].members])
        return False
    groups = max(proven, key=lambda each: (len(each.summed), len(each.near)))
    for head, members in groups.members.items():
        rows.leave_out(head, GROUP)
        if not adds_up(rows.vector(head), [*map(rows.vector, members)]):
            rows.remarks += head_differences(rows, head, members)
    _fill(rows, groups)
    return True


def _run_together(rows: Rows, heads: Sequence[int], heads_below: bool) -> _Groups:
    """The groups of heads without an outline: of heads next to each other, the one next to clients is the innermost."""
    marked, depths, height = {*heads}, {}, 0
    for row in rows.open if heads_below else reversed(rows.open):
        height = height - 1 if row in marked else _CLIENT
        depths[row] = height
    return _grouped(rows, depths, heads_below)


def _are_heads(rows: Rows, groups: _Groups, heads_below: bool) -> bool:
    """Whether sums prove it; where every client has a head, that levels are named, or what all heads add up to."""
    if _head_all(rows, groups, heads_below) and (rows.levels or _double(rows, groups, _NEAR)):
        return True
    several = any(len(groups.members[head]) >= _FEW for head in (*groups.summed, *groups.near))
    return several and groups.holds(groups.members)


def _head_all(rows: Rows, groups: _Groups, heads_below: bool) -> bool:
    return rows.open[-1 if heads_below else 0] in groups.members


def _double(rows: Rows, groups: _Groups, tolerance: float) -> bool:
    """Whether the innermost heads, several with several clients each, together bring nearly what the clients bring."""
    innermost = [head for head in groups.members if groups.height(head) == 1]
    several = sum(len(groups.members[head]) >= _FEW for head in innermost)
    vectors = [*map(rows.vector, innermost)]
    sums = [fsum(amount or 0.0 for amount in column) for column in zip(*vectors, strict=True)]
    return several >= _FEW and adds_up(sums, [*map(rows.vector, groups.lowest)], tolerance)


def _without_clients(rows: Rows, heads: Sequence[int], heads_below: bool) -> _Groups:
    """The groups of supposed heads, without those that are clients whose id nobody entered yet."""
    groups = _run_together(rows, heads, heads_below)
    many_sums = len({*groups.summed, *groups.near}) * _MANY >= len(heads)
    for _ in range(_PASSES if rows.levels or many_sums or len(heads) < _SMALL else 0):
        clients = _counted_clients(rows, groups, heads, heads_below) or _far_from_sums(rows, groups)
        if not clients:
            break
        heads = [head for head in heads if head not in clients]
        groups = _run_together(rows, heads, heads_below)
    return groups


def _counted_clients(rows: Rows, groups: _Groups, heads: Sequence[int], heads_below: bool) -> set[int]:
    """Supposed heads with nothing below them, or with which, or without which, the sum of the head before is right."""
    clients: set[int] = set()
    counted: dict[int, list[int]] = {}  # by height the rows below the last head of that height
    last: dict[int, int] = {}
    for head in sorted(heads, reverse=heads_below):
        height, members = groups.height(head), groups.members.get(head, ())
        more = [[*counted.get(1, ()), head, *(members if height == 1 else ())], [*counted.get(height, ()), *members]]
        before = last.get(1), last.get(height)
        fits = [
            each
            for previous, each in zip(before, more, strict=True)
            if previous is not None and previous not in groups.summed and _is_sum(rows, previous, each)
        ]
        if not height or (head not in groups.summed and fits):
            clients.add(head)
            counted[height or 1] = [*(fits[0] if fits else counted.get(1, ()))]
        else:
            last[height], counted[height] = head, [*members]
    return clients


def _far_from_sums(rows: Rows, groups: _Groups) -> set[int]:
    """Supposed heads of other heads that are far from their sum, or above the levels that there are."""
    high = {head: groups.height(head) for head in groups.members if head not in groups.summed}
    return {
        head
        for head, height in high.items()
        if height > 1 and (height > len(rows.levels) > 0 or not _is_sum(rows, head, groups.members[head], _FAR))
    }
