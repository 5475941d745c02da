"""What the totals of a table say: each one left out is compared with the rows that were taken."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import fsum, isclose

from kam_xl.locale import Text
from kam_xl.table.finding import Remark
from kam_xl.table.records.groups import ROUNDING
from kam_xl.table.records.row_facts import OTHER, Rows
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.row_words import owner_of_total


def differences(rows: Rows, rolled_up: Collection[int] = ()) -> list[Remark]:
    """The totals that contradict the rows that were read: of all rows above, since the last total, or of the table.

    `rolled_up` are totals that are a client's own amounts.
    """
    remarks: list[Remark] = []
    if not rows.totals:
        return remarks
    counted = sorted({*rows.open, *(row for row, why in rows.why.items() if why == OTHER)})
    previous = -1
    for total in sorted(rows.totals):
        if total in rolled_up:
            continue
        above = [row for row in counted if row < total] or counted
        scopes = (above, [row for row in above if row > previous], counted)
        for column, amounts in rows.amounts.items():
            if (stated := amounts[total]) is not None:
                remarks += _compared(rows, total, column, stated, scopes)
        previous = total
    return remarks


def head_differences(rows: Rows, head: int, members: Sequence[int]) -> list[Remark]:
    """The amounts of the head of a group that contradict those of the rows directly in it."""
    stated = {column: amounts[head] for column, amounts in rows.amounts.items()}
    return [
        remark
        for column, amount in stated.items()
        if amount is not None
        for remark in _compared(rows, head, column, amount, [members] * 3)
    ]


def _compared(rows: Rows, total: int, column: int, stated: float, scopes: Sequence[Sequence[int]]) -> list[Remark]:
    amounts, cells = rows.amounts[column], rows.columns[column]
    sums = [fsum(amounts[row] or 0.0 for row in scope) for scope in scopes]
    counted = scopes[-1]
    if any(_same(stated, each, amounts, counted) for each in sums):
        return []
    plain = [[row for row in scope if not isinstance(cells[row], str)] for scope in scopes]
    without_texts = [fsum(amounts[row] or 0.0 for row in scope) for scope in plain]
    label = rows.label(total)
    values = {
        "label": quoted(label or next(iter(rows.filled(total).values()))),
        "stated": stated,
        "found": sums[1] if owner_of_total(label) else sums[0],
    }
    if any(map(len, plain)) and any(_same(stated, each, amounts, counted) for each in without_texts):
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
    return [Remark(total, column, "total-differs", "error", message, stated, remedy)]


def _same(stated: float, added: float, amounts: Sequence[float | None], rows: Sequence[int]) -> bool:
    """Whether a total and a sum are equal but for the rounding of what is shown."""
    if abs(stated - added) <= 0.005 * (len(rows) + 1):
        return True
    whole = stated == int(stated) and any((amounts[row] or 0.0) % 1 for row in rows)
    return (whole and abs(stated - added) <= 0.5 * (len(rows) + 1)) and isclose(stated, added, rel_tol=ROUNDING)
