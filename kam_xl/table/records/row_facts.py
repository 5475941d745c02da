"""The rows of a table while they are sorted: what stands in each, and which are not clients and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from kam_xl.locale import Text
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.grid import NO_OUTLINE, Outline
from kam_xl.table.interpretation import TITLES
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
GROUPS_SUSPECTED = "groups-suspected"
_SUSPECTED = Text(
    "Rows without a client ID, such as {names}, may be headings of groups: together they bring about as much as the "
    "rows below them. Each counts as a client."
)
_SUSPECTED_REMEDY = Text(
    'If they are headings, write groups = "manager" into a reading file (or territory, industry), or correct their '
    "sums. If they are clients, give them IDs."
)
GROUPS_NOT_FOUND = "groups-not-found"
_NOT_FOUND = Text("No headings of groups were found that name {fields}. If there are any, each counts as a client.")
_NOT_FOUND_REMEDY = Text(
    "Check that each heading is the sum of its rows, has no client ID, or stands one outline level above its rows. If "
    "there are no such headings, remove the field from groups in the reading file, or from the header."
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
    levels : sequence of str
        What the heads of groups are, outermost first, where the header or the reading says: managers above clients.

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
        levels: Sequence[str] = (),
    ) -> None:
        self.columns, self.fields, self.amounts, self.outline = columns, fields, amounts, outline
        self.levels = levels
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
    def level(self) -> str:
        """What the heads right above the clients are."""
        return self.levels[-1] if self.levels else UNKNOWN

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

    def have_ids(self, some: Collection[int]) -> bool:
        """Whether each of some rows has an id."""
        return self.id is not None and all(self.columns[self.id][row] not in (None, "") for row in some)

    def names_repeat(self, some: Collection[int]) -> bool:
        """Whether rows repeat names as products do, which several clients buy; now and then a client repeats, too."""
        counts = Counter(str(self.names[row]).strip().casefold() for row in some)
        return sum(count > 1 for count in counts.values()) * 2 >= len(counts)

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

    def remark_suspects(self, heads: Sequence[int]) -> None:
        """Tell that rows count as clients that may be the heads of groups."""
        names = [quoted(self.names[row]) for row in heads[:_SHOWN]]
        message = Text(_SUSPECTED.message, names=names)
        self.remarks.append(Remark(None, self.name, GROUPS_SUSPECTED, "error", message, None, _SUSPECTED_REMEDY))

    def remark_groups(self) -> None:
        """Name the groups of which the table does not say what they are, and what no group was found of."""
        missing = [field for field in self.levels if field not in self.fills and field not in self.fields]
        if missing:
            none = not any(why in (GROUP, DETAIL) for why in self.why.values()) and not self.have_ids(self.open)
            message = Text(_NOT_FOUND.message, fields=[TITLES[field] for field in missing])
            grade: Grade = "error" if none else "warning"
            self.remarks.append(Remark(None, self.name, GROUPS_NOT_FOUND, grade, message, None, _NOT_FOUND_REMEDY))
        groups = list(dict.fromkeys(self.fills.get(UNKNOWN, {}).values()))
        if groups:
            message = Text(_GROUPS.message, groups=[*map(quoted, groups[:_SHOWN])])
            self.remarks.append(Remark(None, self.name, GROUPS_UNKNOWN, "note", message, groups[0], _GROUPS_REMEDY))
