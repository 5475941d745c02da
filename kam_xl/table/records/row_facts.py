"""The rows of a table while they are sorted: what stands in each, and which are not clients and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kam_xl.locale import Text
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.grid import NO_OUTLINE, Outline
from kam_xl.table.records.groups import Amounts
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.row_words import group_of, may_be_total

EMPTY, TOTAL, FOOTNOTE, GROUP, OTHER, DETAIL, SKIPPED = (
    *("empty-row", "total-row", "not-a-client", "group-row", "other-clients", "detail-row", "skipped-row"),
)
# The level of groups of which nobody says what they are.
UNKNOWN = "group"
# Findings about rows that are left out, by their code; nobody misses the empty ones.
LEFT_OUT = {
    TOTAL: Text("The row {label} is a total and is left out."),
    FOOTNOTE: Text("The row {label} is a heading or a footnote and is left out."),
    GROUP: Text("The row {label} heads a group and is left out."),
    OTHER: Text("The row {label} stands for several clients and is left out."),
    DETAIL: Text("The row {label} is a part of a client and is left out."),
    SKIPPED: Text("The row {label} is left out, as the reading file says."),
}
_SHOWN = 2
_FEW = 100
GROUPS_UNKNOWN = "groups-unknown"
_GROUPS = Text("Headings of groups such as {groups} are not used.")
_GROUPS_REMEDY = Text(
    'If they are managers, write groups = "manager" into a reading file (or territory, industry); '
    "no action needed if they are something else."
)
_REMEDY = Text("No action needed. If this row is a client, give it an ID.")


class Rows:
    """All rows below a header.

    Parameters
    ----------
    columns : sequence of columns
        All raw cells.
    fields : mapping
        Field to its column, the client or its id among them.
    amounts : mapping
        Column to its amounts as read.
    outline : Outline
        How the spreadsheet groups the rows.
    level : str
        What the heads of groups are, where the header says: managers above clients.

    Attributes
    ----------
    why : dict
        Row to the code of the reason why it is not a client.
    totals : list of int
        The rows left out as totals.
    fills : dict
        Column to row to the label of the group that the row is in; levels without a column go by their field.
    remarks : list of Remark
        What to report about the rows left out.
    """

    def __init__(
        self,
        columns: Sequence[Sequence[Any]],
        fields: Mapping[str, int],
        amounts: Mapping[int, list[float | None]],
        outline: Outline = NO_OUTLINE,
        level: str = "",
    ) -> None:
        self.columns, self.fields, self.amounts, self.outline = columns, fields, amounts, outline
        self.level = level or UNKNOWN
        self.name, self.id = fields.get("client"), fields.get("client_id")
        self.names = columns[self.id if self.name is None and self.id is not None else self.name or 0]
        self.why: dict[int, str] = {}
        self.totals: list[int] = []
        self.fills: dict[int | str, dict[int, Any]] = {}
        self.remarks: list[Remark] = []
        self.last_left_out = -1

    def __len__(self) -> int:
        return len(self.columns[0])

    @property
    def open(self) -> Sequence[int]:
        """The rows that are clients so far."""
        every = range(len(self))
        return [row for row in every if row not in self.why] if self.why else every

    def filled(self, row: int) -> dict[int | None, Any]:
        """The cells of a row that hold anything, by column."""
        return {
            column: cells[row]
            for column, cells in enumerate(self.columns)
            if cells[row] is not None and str(cells[row]).strip()
        }

    def blank(self, among: Sequence[int]) -> Sequence[int]:
        """Those of some rows, in order, in which no cell holds anything."""
        for column in self.columns:
            cells = column if len(among) < _FEW else list(column)  # one by one, texts take long to find
            among = [row for row in among if (cell := cells[row]) is None or not str(cell).strip()]
        return among

    def label(self, row: int) -> str:
        """The text that makes a row look like a total: in the name, the id, or anywhere if there is no name."""
        cells = self.filled(row)
        places = [self.name, self.id] if self.name in cells else list(cells)
        texts = [cells[column] for column in places if isinstance(cells.get(column), str)]
        return next((text for text in texts if may_be_total(text)), "")

    def vector(self, row: int) -> Amounts:
        """The amounts of a row, column by column."""
        return [amounts[row] for amounts in self.amounts.values()]

    def leave_out(self, row: int, reason: str, message: Text | None = None, grade: Grade = "note") -> None:
        """Take a row for no client, and tell so, in the words of the reason by default; the last reason holds."""
        if self.why.get(row) in LEFT_OUT:
            self.remarks = [each for each in self.remarks if each.row != row]
        self.why[row] = reason
        self.last_left_out = max(row, self.last_left_out)
        if reason == TOTAL:
            self.totals.append(row)
        if reason in LEFT_OUT and (filled := self.filled(row)):
            column, cell = next(iter(filled.items()))
            message = Text((message or LEFT_OUT[reason]).message, label=quoted(cell))
            self.remarks.append(Remark(row, column, reason, grade, message, cell, _REMEDY))

    def fill(self, level: int | str, rows: Sequence[int], label: Any) -> None:
        """Note the group that rows are in; a head of no known level may say itself what it is: "Region: North"."""
        if level == UNKNOWN:
            named, label = group_of(label)
            if not named and "manager" in self.fields:
                return
            level = named or level
        self.fills.setdefault(level, {}).update(dict.fromkeys(rows, label))

    def remark_groups(self) -> None:
        """Name the groups of which the table does not say what they are."""
        groups = list(dict.fromkeys(self.fills.get(UNKNOWN, {}).values()))
        if groups:
            message = Text(_GROUPS.message, groups=[*map(quoted, groups[:_SHOWN])])
            self.remarks.append(Remark(None, self.name, GROUPS_UNKNOWN, "note", message, groups[0], _GROUPS_REMEDY))
