"""Which rows of a table are clients: not the empty ones, the totals and the footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, repeat
from math import isclose
from typing import Any

from kam_xl.locale import Text
from kam_xl.table.cells import quoted
from kam_xl.table.finding import Remark
from kam_xl.table.vocabulary import SURE_TOTALS, TOTALS

_SURE = re.compile(rf"\s*(?:(?:{'|'.join(SURE_TOTALS)})\b|(?:{'|'.join(TOTALS)})\s*[:.]?\s*$)", re.IGNORECASE)
_LIKELY = re.compile(rf"\s*(?:{'|'.join(SURE_TOTALS + TOTALS)})\b", re.IGNORECASE)
# Totals are often shown rounded.
_ROUNDING = 1e-4
# A total row says nothing of these.
_DESCRIPTIONS = ("industry", "territory", "manager")

_EMPTY, _TOTAL, _FOOTNOTE = "empty-row", "total-row", "not-a-client"
# Findings about rows that are left out, by their code; nobody misses the empty ones.
LEFT_OUT = {
    _TOTAL: Text("The row {label} is a total and is left out."),
    _FOOTNOTE: Text("The row {label} is a heading or a footnote and is left out."),
}
_REMEDY = Text("Nothing, unless it is a client: then give it an id.")


class RowSorter:
    """Tells the rows of clients from the others.

    Parameters
    ----------
    columns : sequence of columns
        All raw cells of the table below its header.
    fields : mapping
        Field to its column, the client or its id among them.
    amounts : mapping
        Column to its amounts as read.
    headings : sequence of int
        Rows that are known to be no clients.

    Attributes
    ----------
    clients : list of int
        The rows (from 0) that are clients.
    remarks : list of Remark
        The rows left out, but for empty ones.
    """

    def __init__(
        self,
        columns: Sequence[Sequence[Any]],
        fields: Mapping[str, int],
        amounts: Mapping[int, Sequence[float | None]],
        headings: Sequence[int] = (),
    ) -> None:
        self._columns, self._fields, self._amounts = columns, fields, amounts
        self._name, self._id = fields.get("client"), fields.get("client_id")
        self._totals: list[int] = []
        self.remarks: list[Remark] = []
        self._left_out: set[int] = set()
        self._last_left_out = -1
        for row in headings:
            self._leave_out(row, _FOOTNOTE)
        for row in self._suspects():
            if row not in self._left_out and (reason := self._reason(row)):
                self._leave_out(row, reason)
        self.clients = [row for row in range(len(columns[0])) if row not in self._left_out]

    def _suspects(self) -> Iterator[int]:
        """Rows without a name or any amount, or named like a total; all others are clients at a glance."""
        names = self._columns[self._fields[self._key]]
        amounts = zip(*self._amounts.values(), strict=True) if self._amounts else repeat((None,))
        for row, (name, known) in enumerate(zip(names, amounts, strict=False)):
            if name is None or name == "" or not any(known) or (name.__class__ is str and _LIKELY.match(name)):
                yield row

    @property
    def _key(self) -> str:
        return "client" if self._name is not None else "client_id"

    def _reason(self, row: int) -> str | None:
        """Why a row is no client; None where it is one."""
        cells = self._filled(row)
        label = self._label(cells)
        has_id = self._id in cells and cells[self._id] != label
        named = self._name in cells or has_id
        if _SURE.match(label):
            if self._is_sum(row) or not (has_id or any(self._fields.get(field) in cells for field in _DESCRIPTIONS)):
                return _TOTAL
        elif not has_id and (label or not named) and self._is_sum(row):
            return _TOTAL
        if not any(cells[column] for column in self._fields.values() if column in cells):
            return _EMPTY
        if len(cells) == 1 and ((self._id is not None and not has_id) or self._is_after_the_end(row)):
            return _FOOTNOTE
        return None

    def _filled(self, row: int) -> dict[int | None, Any]:
        return {
            column: cells[row]
            for column, cells in enumerate(self._columns)
            if cells[row] is not None and str(cells[row]).strip()
        }

    def _label(self, cells: Mapping[int | None, Any]) -> str:
        """The text that makes a row look like a total: in the name, the id, or anywhere if there is no name."""
        places = [self._name, self._id] if self._name in cells else list(cells)
        texts = [cells[column] for column in places if isinstance(cells.get(column), str)]
        return next((text for text in texts if _LIKELY.match(text)), "")

    def _is_sum(self, row: int) -> bool:
        """Whether the amounts of a row are the sums of two or more rows above: of all, or of those since a total."""
        return any(self._sums_up(start, row) for start in {0, self._totals[-1] + 1 if self._totals else 0})

    def _sums_up(self, start: int, row: int) -> bool:
        totals = [total for total in self._totals if total >= start]
        compared = [
            (amounts[row], sums[row] - sums[start] - sum(amounts[total] or 0.0 for total in totals))
            for amounts, sums in zip(self._amounts.values(), self._running_sums, strict=True)
            if amounts[row]
        ]
        above = row - start - len(totals)
        return above > 1 and bool(compared) and all(isclose(a or 0.0, b, rel_tol=_ROUNDING) for a, b in compared)

    @cached_property
    def _running_sums(self) -> list[list[float]]:
        return [
            list(accumulate((amount or 0.0 for amount in amounts), initial=0.0)) for amounts in self._amounts.values()
        ]

    def _is_after_the_end(self, row: int) -> bool:
        """Whether only single cells follow here, after a gap."""
        return self._last_full <= self._last_left_out < row

    @cached_property
    def _last_full(self) -> int:
        return next((row for row in reversed(range(len(self._columns[0]))) if len(self._filled(row)) > 1), 0)

    def _leave_out(self, row: int, reason: str) -> None:
        self._left_out.add(row)
        self._last_left_out = row
        if reason == _TOTAL:
            self._totals.append(row)
        if reason in LEFT_OUT:
            column, cell = next(iter(self._filled(row).items()))
            message = Text(LEFT_OUT[reason].message, label=quoted(cell))
            self.remarks.append(Remark(row, column, reason, "note", message, cell, _REMEDY))
