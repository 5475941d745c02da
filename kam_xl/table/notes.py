"""What the summary of a client table adds to its columns and rows."""

from __future__ import annotations

from collections.abc import Iterator

from kam_xl.locale import Text
from kam_xl.table.block import Block
from kam_xl.table.headers.period_sheets import SHEETS_ARE_PERIODS
from kam_xl.table.headers.sheet_names import SHEETS_NAMED
from kam_xl.table.interpretation import TITLES
from kam_xl.table.product_rows import PRODUCT_ROWS
from kam_xl.table.records.filling import DESCRIPTIONS
from kam_xl.table.records.row_facts import GROUPS_UNKNOWN
from kam_xl.table.values.cells import quoted
from kam_xl.table.years import FISCAL, OLD, RUNNING, YEAR_OF_NAME

_TOLD = (SHEETS_NAMED, SHEETS_ARE_PERIODS, PRODUCT_ROWS, GROUPS_UNKNOWN, FISCAL, YEAR_OF_NAME, OLD, RUNNING)
_FROM_HEADS = Text("{field} <- the headings of groups: {groups}.")
_FEW = 3


def notes_of(block: Block) -> Iterator[Text]:
    """What sheets and headings of groups are, and the remarks that change what the amounts mean."""
    of_sheets = {remark.value for remark in block.remarks if remark.code == SHEETS_NAMED}
    for field in DESCRIPTIONS:
        if field not in block.fields or field in block.header.fields or field in of_sheets:
            continue
        groups = list(dict.fromkeys(filter(None, block.fields[field])))
        shown = [quoted(group) for group in groups[:_FEW]] + ["…"] * (len(groups) > _FEW)
        yield Text(_FROM_HEADS.message, field=TITLES[field], groups=shown)
    for remark in block.remarks:
        if remark.code == GROUPS_UNKNOWN:
            yield Text("{message} {remedy}", message=remark.message, remedy=remark.remedy)
        elif remark.code in _TOLD:
            yield remark.message
