"""What competitors earn, by the columns of their sheet: an amount, or a share of the client's procurement budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kam_xl.locale import Quoted, Text
from kam_xl.table.block import Block
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.values.cells import quoted
from kam_xl.table.values.column_values import Values, shares, unclear_share
from kam_xl.table.words.matching import unit_of

_NO_BUDGET = Text("{value} is a share of the client's procurement budget, which is unknown: so is the amount.")
_NO_BUDGET_REMEDY = Text("Enter the budget in the client table, or the amount here.")
_NO_SHARE = Text("{value} is not a share of the client's procurement budget.")
_NO_SHARE_REMEDY = Text("Enter a share from 0 to 100%, or the amount in a column of its own.")
_UNUSED = Text("{column} holds numbers and is not used.")
_UNUSED_REMEDY = Text(
    'If it is what competitors earn, head it "Revenue" or name it under [competitors] in a reading file.'
)


def amounts_with_shares(
    block: Block, positions: Sequence[int | None], budgets: Sequence[float | None]
) -> list[float | None]:
    """The amounts of the rows; where only a share is given, that of the budget of the client at its position."""
    amounts: list[float | None] = list(block.fields.get("revenue", [None] * len(block)))
    column = block.header.fields.get("competitor_share")
    if column is None or unit_of(block.header.titles[column]).currency:
        return amounts
    cells = [block.settled.columns[column][row] for row in block.rows]
    read = shares(cells)
    for row, (position, share) in enumerate(zip(positions, read.values, strict=True)):
        budget = budgets[position] if position is not None and budgets else None
        doubt = None
        if row in read.unclear:
            doubt = unclear_share(block.rows[row], column, cells[row])
        elif share is None or amounts[row] is not None or position is None:
            continue
        elif not 0 <= share <= 1:
            doubt = _told(block, row, column, "not-a-share", "error", _NO_SHARE, _NO_SHARE_REMEDY)
        elif budget is None:
            doubt = _told(block, row, column, "share-of-unknown", "warning", _NO_BUDGET, _NO_BUDGET_REMEDY)
        else:
            amounts[row] = share * budget
        block.remarks += [doubt] if doubt else []
    return amounts


def _told(block: Block, row: int, column: int, code: str, grade: Grade, message: Text, remedy: Text) -> Remark:
    cell = block.settled.columns[column][block.rows[row]]
    return Remark(block.rows[row], column, code, grade, Text(message.message, value=quoted(cell)), cell, remedy)


def unused_numbers(block: Block) -> Iterator[Remark]:
    """A remark on each column of numbers that means nothing to us: graver where nothing says what competitors earn."""
    known = {*block.header.fields.values(), *block.settled.currencies_in, *block.scores}
    earns = {"revenue", "competitor_share"}.intersection(block.header.fields)
    for column, title in enumerate(block.header.titles):
        if title and column not in known and Values(block.settled.columns[column]).are_numbers:
            message = Text(_UNUSED.message, column=Quoted(title))
            yield Remark(
                None, column, "numbers-not-used", "note" if earns else "warning", message, title, _UNUSED_REMEDY
            )
