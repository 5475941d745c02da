"""What the totals of a table say: each one left out is compared with the rows that were taken."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import accumulate
from math import isclose
from typing import Any

from kam_xl.locale import Text
from kam_xl.table.finding import Remark
from kam_xl.table.records.groups import ROUNDING
from kam_xl.table.records.row_facts import OTHER, Rows
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.row_words import owner_of_total

TOTAL_DIFFERS = "total-differs"
_PARTS = 10_000
_EXACT = 1e15  # a larger amount has no fractions


def differences(rows: Rows, rolled_up: Collection[int] = ()) -> list[Remark]:
    """The totals that contradict the rows that were read: of all rows above, since the last total, or of the table.

    `rolled_up` are totals that are a client's own amounts.
    """
    remarks: list[Remark] = []
    if not rows.totals:
        return remarks
    counted = sorted({*rows.open, *(row for row, why in rows.why.items() if why == OTHER)})
    sums = _sums_of(rows, counted)
    previous = -1
    for total in sorted(rows.totals):
        if total in rolled_up:
            continue
        end = bisect_left(counted, total) or len(counted)
        scopes = ((0, end), (bisect_right(counted, previous, 0, end), end), (0, len(counted)))
        for column, amounts in rows.amounts.items():
            if (stated := amounts[total]) is not None:
                remarks += _compared(rows, total, column, stated, sums[column], scopes)
        previous = total
    return remarks


def head_differences(rows: Rows, head: int, members: Sequence[int]) -> list[Remark]:
    """The amounts of the head of a group that contradict those of the rows directly in it."""
    sums = _sums_of(rows, members)
    return [
        remark
        for column, amounts in rows.amounts.items()
        if (stated := amounts[head]) is not None
        for remark in _compared(rows, head, column, stated, sums[column], [(0, len(members))] * 3)
    ]


class _Sums:
    """The amounts of some rows of a column, added up to each: a table may have as many totals as clients.

    They are added in ten-thousandths, whole numbers, so that the difference of two sums is exact.
    """

    def __init__(self, amounts: Sequence[float | None], cells: Sequence[Any], rows: Sequence[int]) -> None:
        self._cells, self._rows = cells, rows
        self._parts = [_parts(amounts[row] or 0.0) for row in rows]
        self._up_to = [0, *accumulate(self._parts)]
        self._has_fractions = any(part % _PARTS for part in self._parts)

    def between(self, start: int, end: int) -> float:
        """The sum of some of the rows, by their places."""
        return (self._up_to[end] - self._up_to[start]) / _PARTS

    @cached_property
    def without_texts(self) -> list[int]:
        """The sums up to each row of what a spreadsheet's SUM adds up; none where all amounts are texts."""
        texts = [isinstance(self._cells[row], str) for row in self._rows]
        return (
            []
            if all(texts)
            else [0, *accumulate(0 if is_text else part for part, is_text in zip(self._parts, texts, strict=True))]
        )

    def agree(self, stated: float, added: float) -> bool:
        """Whether a total and a sum are equal but for the rounding of what is shown."""
        if abs(stated - added) <= 0.005 * (len(self._rows) + 1):
            return True
        whole = stated == int(stated) and self._has_fractions
        return (whole and abs(stated - added) <= 0.5 * (len(self._rows) + 1)) and isclose(
            stated, added, rel_tol=ROUNDING
        )


def _parts(amount: float) -> int:
    return round(amount * _PARTS) if abs(amount) < _EXACT else int(amount) * _PARTS


def _sums_of(rows: Rows, counted: Sequence[int]) -> dict[int, _Sums]:
    return {column: _Sums(amounts, rows.columns[column], counted) for column, amounts in rows.amounts.items()}


def _compared(
    rows: Rows, total: int, column: int, stated: float, sums: _Sums, scopes: Sequence[tuple[int, int]]
) -> list[Remark]:
    """What a total contradicts: the `scopes` are the rows above it, those since the last total, and the whole table."""
    added = [sums.between(*scope) for scope in scopes]
    if any(sums.agree(stated, each) for each in added):
        return []
    label = rows.label(total)
    values = {
        "label": quoted(label or next(iter(rows.filled(total).values()))),
        "stated": stated,
        "found": added[1] if owner_of_total(label) else added[0],
    }
    without = sums.without_texts
    if without and any(sums.agree(stated, (without[end] - without[start]) / _PARTS) for start, end in scopes):
        # a spreadsheet's SUM passes over amounts that are texts
        message = Text(
            "The total {label} says {stated:money} because it leaves out amounts that are stored as text; the rows "
            "that were read add up to {found:money}.",
            **values,
        )
        remedy = Text("Convert the text to numbers, so that the spreadsheet counts them too.")
        return [Remark(total, column, "total-without-texts", "warning", message, stated, remedy)]
    message = Text(
        "The total {label} says {stated:money}, but the rows that were read add up to {found:money}.", **values
    )
    remedy = Text("Check which rows are missing or counted twice, or correct the total.")
    return [Remark(total, column, TOTAL_DIFFERS, "error", message, stated, remedy)]
