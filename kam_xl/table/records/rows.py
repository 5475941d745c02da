"""Which rows of a table are clients: not the empty ones, totals, group heads, others, signatures and footnotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, repeat
from math import fsum, isclose
from typing import Any

from kam_xl.table.finding import Remark
from kam_xl.table.grid import NO_OUTLINE, Outline
from kam_xl.table.interpretation import LeftOut
from kam_xl.table.records.groups import ROUNDING
from kam_xl.table.records.marked_heads import sort_heads_without_ids, sort_outline
from kam_xl.table.records.row_facts import DETAIL, EMPTY, FOOTNOTE, GROUP, LEFT_OUT, OTHER, TOTAL, Rows
from kam_xl.table.records.row_groups import (
    fill_from_totals,
    find_headings,
    find_named_heads,
    find_nameless_groups,
    find_nameless_total,
    find_sums,
    roll_up,
    sort_levels,
)
from kam_xl.table.records.totals import differences, head_differences
from kam_xl.table.words.row_words import (
    is_bare_total,
    is_part,
    is_signature,
    is_statistic,
    is_suspect,
    is_total,
    owner_of_total,
    plain,
    stands_for_others,
    suspects,
)

# A total row says nothing of these.
_DESCRIPTIONS = ("industry", "territory", "manager")
# A total stands no farther below the name it repeats.
_NEAR = 500


class RowSorter:
    """Tells the rows of clients from the others.

    Parameters
    ----------
    columns : sequence of columns
        All raw cells of the table below its header.
    fields : mapping
        Field to its column, the client or its id among them.
    amounts : mapping
        Column to its amounts as read; a client that is the sum of its branches gets its total here.
    headings : sequence of int
        Rows that are known to be no clients.
    levels : sequence of str
        What the column of the client holds, outermost first, where its header names several.
    outline : Outline
        How the spreadsheet groups the rows.

    Attributes
    ----------
    clients : sequence of int
        The rows (from 0) that are clients.
    remarks : list of Remark
        The rows left out, but for empty ones.
    differences : list of Remark
        The totals that the rows contradict.
    fills : mapping
        Column to row to the label of the group that the row is in; levels without a column go by their field.
    left_out : list of LeftOut
        How many rows were left out why, with the money of the first column of amounts.
    """

    def __init__(
        self,
        columns: Sequence[Sequence[Any]],
        fields: Mapping[str, int],
        amounts: Mapping[int, list[float | None]],
        headings: Sequence[int] = (),
        levels: Sequence[str] = (),
        outline: Outline = NO_OUTLINE,
    ) -> None:
        above = levels[: levels.index("client")] if "client" in levels else ()
        self._rows = rows = Rows(columns, fields, amounts, outline, above)
        for row in headings:
            rows.leave_out(row, FOOTNOTE)
        self._summed, self._of_totals = 0, [0.0 for _ in amounts]
        suspected = list(self._suspects())
        self._suspected, blank = set(suspected), set(rows.blank(suspected))
        doubtful = [row for row in suspected if row not in blank] if blank else suspected
        find_nameless_groups(rows, doubtful)
        for row in suspected:
            if row not in rows.why and (reason := EMPTY if row in blank else self._reason(row)):
                rows.leave_out(row, reason)
        fill_from_totals(rows)
        named = find_named_heads(rows)
        by_levels = bool(levels) and sort_levels(rows, levels)
        rolled_up = set() if by_levels else roll_up(rows)
        if not (by_levels or rolled_up or sort_outline(rows) or sort_heads_without_ids(rows)):
            find_headings(rows, doubtful)
            differing = {each.row for each in differences(rows)}
            settled = self._has_groups or not differing.issuperset(rows.totals)  # a total agrees as it is
            if (rows.id is None or rows.totals) and not settled:
                find_sums(rows)
        find_nameless_total(rows)
        rows.remark_groups()
        self.clients = rows.open
        self.remarks, self.fills = rows.remarks, rows.fills
        self.differences: list[Remark] = differences(rows, rolled_up)
        for head, members in named.items():
            counted = [row for row in members if rows.why.get(row, OTHER) == OTHER]
            self.differences += head_differences(rows, head, counted)

    @property
    def left_out(self) -> list[LeftOut]:
        """The rows left out, by their code."""
        money = next(iter(self._rows.amounts.values()), None)
        rows = Counter(self._rows.why.values())
        others = (row for row, why in self._rows.why.items() if why == OTHER) if money and rows[OTHER] else ()
        known = [amount for row in others if money and (amount := money[row])]
        sums = {OTHER: fsum(known)} if known else {}
        return [LeftOut(code, rows[code], sums.get(code)) for code in LEFT_OUT if rows[code]]

    @property
    def agrees(self) -> bool:
        """Whether there is a total, and all totals say what the rows add up to."""
        return bool(self._rows.totals) and not self.differences

    @property
    def _has_groups(self) -> bool:
        return any(why in (GROUP, DETAIL) for why in self._rows.why.values())

    def _suspects(self) -> Iterator[int]:
        """Rows without a name or any amount, or named like no client; all others are clients at a glance."""
        rows = self._rows
        amounts = zip(*rows.amounts.values(), strict=True) if rows.amounts else repeat((None,))
        for row, (name, known, is_odd) in enumerate(zip(rows.names, amounts, suspects(rows.names), strict=False)):
            if is_odd or name is None or name == "" or not any(known):
                yield row

    def _reason(self, row: int) -> str | None:
        """Why a row is not a client; None where it is one."""
        rows = self._rows
        cells, label = rows.filled(row), rows.label(row)
        has_id = rows.id in cells and cells[rows.id] != label and not self._is_label(cells)
        named = rows.name in cells or has_id
        described = any(cells.get(rows.fields.get(field)) not in (None, label) for field in _DESCRIPTIONS)
        if self._is_total(row, label, named=named, has_id=has_id, described=described):
            return TOTAL
        if not any(cells[column] for column in rows.fields.values() if column in cells):
            return EMPTY
        name = cells.get(rows.name, cells.get(rows.id))
        if isinstance(name, str) and not has_id:
            if stands_for_others(name):
                return OTHER
            if is_part(name) and row:
                return DETAIL
            if is_statistic(name) and not described and self._is_at_an_end(row):
                return FOOTNOTE
        texts = [cell for cell in cells.values() if isinstance(cell, str)]
        signed = not has_id and len(cells) < 3 and any(map(is_signature, texts[:1]))
        without_amounts = rows.amounts and all(amount is None for amount in rows.vector(row))
        if without_amounts and (signed or not named):
            return FOOTNOTE
        if len(cells) == 1 and ((rows.id is not None and not has_id) or self._is_after_the_end(row)):
            return GROUP if plain(name) in self._owners else FOOTNOTE
        return None

    def _is_label(self, cells: Mapping[int | None, Any]) -> bool:
        """Whether what stands in the column of ids, beside no name, says something about all clients."""
        text = cells.get(self._rows.id)
        return (
            self._rows.name is not None and self._rows.name not in cells and isinstance(text, str) and is_suspect(text)
        )

    # Totals

    def _is_total(self, row: int, label: str, *, named: bool, has_id: bool, described: bool) -> bool:
        rows = self._rows
        if not named and any(isinstance(cell, str) and owner_of_total(cell) for cell in rows.filled(row).values()):
            return True
        name = str(rows.names[row] or "") if named else label
        if not has_id and (owner := owner_of_total(name)) and owner in self._names_above(row):
            return True
        if is_total(label):
            return self._is_sum(row) or not (has_id or (described and not is_bare_total(label)))
        return not has_id and bool(label or not named) and self._is_sum(row)

    @cached_property
    def _owners(self) -> set[str]:
        """Whose totals there are."""
        labels = (self._rows.names[row] for row in self._suspected)
        return {owner for label in labels if isinstance(label, str) and (owner := owner_of_total(label))}

    def _names_above(self, row: int) -> set[str]:
        """The names of a few hundred rows above, to see whose total a row is."""
        return {plain(name) for name in self._rows.names[max(row - _NEAR, 0) : row] if name not in (None, "")}

    def _is_sum(self, row: int) -> bool:
        """Whether the amounts of a row are the sums of two or more rows above: of all, or of those since a total."""
        totals = self._rows.totals
        return any(self._sums_up(start, row) for start in {0, totals[-1] + 1 if totals else 0})

    def _sums_up(self, start: int, row: int) -> bool:
        rows, totals = self._rows, 0 if start else len(self._rows.totals)
        compared = [
            (amounts[row], sums[row] - sums[start] - (of_totals if totals else 0.0))
            for amounts, sums, of_totals in zip(
                rows.amounts.values(), self._running_sums, self._sums_of_totals(), strict=True
            )
            if amounts[row]
        ]
        above = row - start - totals
        return above > 1 and bool(compared) and all(isclose(a or 0.0, b, rel_tol=ROUNDING) for a, b in compared)

    def _sums_of_totals(self) -> list[float]:
        """What the totals found so far add up to, column by column."""
        totals = self._rows.totals
        for at, amounts in enumerate(self._rows.amounts.values()):
            for total in totals[self._summed :]:
                self._of_totals[at] += amounts[total] or 0.0
        self._summed = len(totals)
        return self._of_totals

    @cached_property
    def _running_sums(self) -> list[list[float]]:
        ignored = {row for row, why in self._rows.why.items() if why in (GROUP, DETAIL)}
        return [
            list(accumulate((0.0 if row in ignored else each or 0.0 for row, each in enumerate(amounts)), initial=0.0))
            for amounts in self._rows.amounts.values()
        ]

    # Where the clients end

    def _is_at_an_end(self, row: int) -> bool:
        """Whether no row above, or none below, is a client at a glance."""
        below = all(each in self._suspected for each in range(row + 1, len(self._rows)))
        return below or all(each in self._suspected for each in range(row))

    def _is_after_the_end(self, row: int) -> bool:
        """Whether only single cells follow here, after a gap."""
        return self._last_full <= self._rows.last_left_out < row

    @cached_property
    def _last_full(self) -> int:
        rows = self._rows
        return next((row for row in reversed(range(len(rows))) if len(rows.filled(row)) > 1), 0)
