"""Native tables that the program fills and people annotate: rows match by key, foreign columns travel with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import xlwings as xw

from kam_xl.actions.book.cell_contents import contents_of, write
from kam_xl.actions.book.record import Fate, Record, is_blank, same
from kam_xl.actions.book.sheets import NamedSheet, native
from kam_xl.engines.filters import show_all_rows
from kam_xl.engines.values import Formula, Place
from kam_xl.errors import KamError
from kam_xl.excel.addresses import address
from kam_xl.excel.shifting import row_moved
from kam_xl.locale import Text, plural
from kam_xl.plan.account.formulas import link_text
from kam_xl.plan.fields import Column

Row = Mapping[str, object]
"""Column code -> value."""


class NoRoomError(KamError):
    """A list must grow over cells that somebody filled."""

    exit_code = 4


class MissingTableError(KamError):
    """A list sheet lost its native table."""

    exit_code = 4


@dataclass(frozen=True)
class _OldRow:
    number: int  # of its row on the sheet
    cells: Sequence[object]  # by offset: values, and `Formula` where there is one
    ours: Row


class List:
    """A native table on one of our sheets, with the place of our columns in it.

    Columns with a header right beside the table are columns of the list, too: Excel takes them into the table as they
    are typed, other programs do not.

    Attributes
    ----------
    within, width : int
        Columns of the table, and of the list with those beside it.
    """

    def __init__(self, sheet: NamedSheet, columns: Sequence[Column]) -> None:
        self.sheet = sheet
        areas = sheet.areas(column.name for column in columns)
        if not areas:
            raise MissingTableError(
                Text("the list is no longer a table"),
                where=sheet.title,
                remedy=Text("Delete the sheet; a new one is made then."),
            )
        first = sheet.sheet.range(address(next(iter(areas.values()))))
        self.table = self._table_around(first) or self._table_again(first)
        header = self.table.header_row_range
        self.top, self.left, self.within = header.row, header.column, header.columns.count
        self.width = self.within + self._beside()
        self.offsets = {column.code: areas[column.name].left - self.left for column in columns if column.name in areas}

    def _table_around(self, cell: xw.Range) -> xw.main.Table | None:
        headers = ((table, table.header_row_range) for table in self.sheet.sheet.tables)
        return next(
            (
                table
                for table, header in headers
                if header and header.row == cell.row and 0 <= cell.column - header.column < header.columns.count
            ),
            None,
        )

    def _table_again(self, cell: xw.Range) -> xw.main.Table:
        """A list that a user made a plain range of ("Convert to Range") becomes a table again."""
        used = self.sheet.sheet.used_range.last_cell
        block = self.sheet.sheet.range((cell.row, 1), (max(used.row, cell.row + 1), used.column)).options(ndim=2).value
        left, right = _run(block[0], cell.column - 1)
        height = next((at for at, row in enumerate(block) if all(map(is_blank, row[left:right]))), len(block))
        source = self.sheet.sheet.range((cell.row, left + 1), (cell.row + max(height, 2) - 1, right))
        return self.sheet.sheet.tables.add(source=source)

    def _beside(self) -> int:
        """How many columns with a header stand right beside the table, up to merged cells or another table."""
        parts = [part for table in self.sheet.sheet.tables for part in (table.header_row_range, table.data_body_range)]
        others = [part for part in parts if part and part.column != self.left]
        rows = range(self.top, self.top + self.height + self.totals + 1)
        for column in count(self.left + self.within):
            cell = self.sheet.sheet.range((self.top, column))
            if is_blank(cell.value) or cell.merge_cells or any(_meets(other, rows, column) for other in others):
                return column - self.left - self.within
        raise AssertionError  # a sheet has an end

    @cached_property
    def height(self) -> int:
        """Rows between the header and the row of totals."""
        body = self.table.data_body_range
        return int(body.rows.count) if body else 0

    @cached_property
    def totals(self) -> int:
        """Rows of totals: one or none."""
        return int(bool(self.table.show_totals))

    @cached_property
    def foreign(self) -> list[int]:
        """Offsets of the columns that people added."""
        return sorted(set(range(self.width)) - set(self.offsets.values()))

    @property
    def _depth(self) -> int:
        """Rows below the header."""
        return max(self.height, 1) + self.totals

    def stranded(self, moved: Mapping[int, int | None]) -> list[str]:
        """Filled cells beside the list whose rows go elsewhere: without a header they belong to no column of it.

        `moved` are rows of the sheet, each with where it goes, None where it leaves the list.
        """
        first, last = self.left + self.width, self.sheet.sheet.used_range.last_cell.column
        rows = [row for row, to in moved.items() if to != row]
        if not rows or last < first:
            return []
        beside = self.sheet.sheet.range((self.top + 1, first), (self.top + self.height, last)).options(ndim=2).value
        return [
            self.sheet.sheet.range((row, column)).address.replace("$", "")
            for row in rows
            for column, value in enumerate(beside[row - self.top - 1], first)
            if not is_blank(value)
        ]

    def body(self, first: int, last: int) -> xw.Range:
        """Rows `first` to `last` of the body, counted from 1."""
        return self.sheet.sheet.range((self.top + first, self.left), (self.top + last, self.left + self.width - 1))

    @cached_property
    def _cells(self) -> list[list[object]]:
        """What the body holds until it is written."""
        return contents_of(self.body(1, self.height)) if self.height else []

    def rows(self) -> list[_OldRow]:
        """What stands in the table now, blank rows left out."""
        read = []
        for number, cells in enumerate(self._cells, start=self.top + 1):
            if not all(map(is_blank, cells)):
                ours = {code: _shown(cells[offset]) for code, offset in self.offsets.items()}
                read.append(_OldRow(number, cells, ours))
        return read

    def write(self, lines: Sequence[Sequence[object]]) -> None:
        """Have the whole body hold other lines; nothing below the table may be in the way. A row of totals moves along.

        Cells that hold it already are not touched: writing takes the formats of single words away. All rows show then:
        a filter would go on hiding by number what has moved.
        """
        height, old = max(len(lines), 1), self._cells
        if height > self.height:
            self._check_room(height)
        show_all_rows(self.table)
        if self.within < self.width:  # before its height changes: the row of totals is to move whole
            self.within = self.width
            self.table.resize(self.sheet.sheet.range((self.top, self.left), self.body(1, self._depth).last_cell))
        if height != self.height:
            last = self.body(1, height + self.totals).last_cell
            self.table.resize(self.sheet.sheet.range((self.top, self.left), last))
            show_all_rows(self.table)  # rows that came in may be hidden, too
        if height < self.height:
            self.body(height + self.totals + 1, self.height + self.totals).clear_contents()
        if height > self.height:  # programs fill columns that they calculate
            old = [*old, *contents_of(self.body(self.height + 1, height))]
        write(self.sheet.sheet, self._differences(old, lines or [[None] * self.width]))
        del self._cells
        self.body(1, max(height, self.height)).rows.autofit()

    def _differences(self, old: Sequence[Sequence[object]], new: Sequence[Sequence[object]]) -> dict[Place, object]:
        return {
            (self.top + 1 + down, self.left + right): cell
            for down, line in enumerate(new)
            for right, cell in enumerate(line)
            if not same(old[down][right], cell)
        }

    def _check_room(self, height: int) -> None:
        below = self.body(self.height + self.totals + 1, height + self.totals)
        if not all(is_blank(value) for row in below.options(ndim=2).value for value in row):
            raise NoRoomError(
                plural(
                    "the list grows to {n} row, and the cells below it are filled",
                    "the list grows to {n} rows, and the cells below it are filled",
                    n=height,
                ),
                where=f"{self.sheet.title}!{below.address.replace('$', '')}",
                remedy=Text("Move what is there, for example to the right of the list."),
            )


def _meets(table: xw.Range, rows: range, column: int) -> bool:
    """Whether another table, or its header, has cells in a column of these rows."""
    last = table.last_cell
    return table.column <= column <= last.column and table.row < rows.stop and last.row >= rows.start


def _run(cells: Sequence[object], at: int) -> tuple[int, int]:
    """Where the filled cells around one begin and end."""
    left = next((index + 1 for index in range(at, -1, -1) if is_blank(cells[index])), 0)
    right = next((index for index in range(at, len(cells)) if is_blank(cells[index])), len(cells))
    return left, right


def _shown(cell: object) -> object:
    """What a cell shows; of a link of ours also where a program left its value out."""
    if not isinstance(cell, Formula):
        return cell
    text = link_text(cell.text)
    return cell.value if text is None else text


def carried(cell: object, row: int, to: int) -> object:
    """A cell's content for another row."""
    return Formula(row_moved(cell.text, row, to), cell.value) if isinstance(cell, Formula) else cell


def refresh(the_list: List, rows: Sequence[Row], key: Callable[[Row], str], record: Record) -> list[str]:
    """Bring a list up to date; returns the addresses of our cells that people typed over: those stay as they are.

    Columns that are not ours (a user's comments) stay with the row of the same key. A row whose key is gone leaves
    the list unless somebody wrote into it: then it stays at the end, for the user to delete. Cells beside the list that
    do not go with their row are noted in the record.
    """
    sheet, before = the_list.sheet, the_list.rows()
    old = dict(zip(numbered_apart(key(row.ours) for row in before), before, strict=True))
    calculated = _calculated_columns(the_list, before)
    lines: list[list[object]] = []
    kept = []
    moved: dict[int, int | None] = {}
    for row_key, row in zip(numbered_apart(map(key, rows)), rows, strict=True):
        number = the_list.top + 1 + len(lines)
        if row_key in old:
            moved[old[row_key].number] = number
        start = old.pop(row_key, None) or _OldRow(number, _new_cells(the_list, calculated, number), {})
        line, typed = _line(the_list, row, start, number, f"{sheet.kind}:{row_key}", record)
        lines.append(line)
        kept += [sheet.sheet.range((number, the_list.left + offset)).address.replace("$", "") for offset in typed]
    for row_key, gone in old.items():
        if _written_into(the_list, gone, f"{sheet.kind}:{row_key}", record):
            moved[gone.number] = number = the_list.top + 1 + len(lines)
            lines.append([carried(cell, gone.number, number) for cell in gone.cells])
        else:
            moved[gone.number] = None
            for code in the_list.offsets:
                record.note(f"{sheet.kind}:{row_key}", code, None)
    if stranded := the_list.stranded(moved):
        record.stranded[sheet.title] = stranded
    the_list.write(lines)
    return [f"{sheet.title}!{address}" for address in kept]


def numbered_apart(keys: Iterable[str]) -> Iterator[str]:
    """Keys with a number behind those that come again: "C01", "C01 (2)"."""
    seen: set[str] = set()
    for key in keys:
        numbered = (f"{key} ({number})" for number in count(2))
        distinct = key if key not in seen else next(each for each in numbered if each not in seen)
        seen.add(distinct)
        yield distinct


def _calculated_columns(the_list: List, before: Sequence[_OldRow]) -> dict[int, tuple[Formula, int]]:
    """The formula of people's columns that have the same in every row, and the row that it stands in."""
    by_offset = {}
    for offset in the_list.foreign:
        formulas = [(cell, row.number) for row in before if isinstance(cell := row.cells[offset], Formula)]
        if (
            formulas
            and len(formulas) == len(before)
            and len({row_moved(cell.text, at, 0) for cell, at in formulas}) == 1
        ):
            by_offset[offset] = formulas[0]
    return by_offset


def _new_cells(the_list: List, calculated: Mapping[int, tuple[Formula, int]], number: int) -> list[object]:
    """What people's columns hold in a new row: the formulas of calculated columns."""
    cells: list[object] = [None] * the_list.width
    for offset, (formula, row) in calculated.items():
        cells[offset] = Formula(row_moved(formula.text, row, number))
    return cells


def _line(
    the_list: List, row: Row, old: _OldRow, number: int, owner: str, record: Record
) -> tuple[list[object], list[int]]:
    """One row to write, and the offsets of the cells that a user typed over."""
    line = [carried(cell, old.number, number) for cell in old.cells]
    typed = []
    for code, offset in the_list.offsets.items():
        new = native(row.get(code))
        fate = record.settle(owner, code, new, old.cells[offset])
        if fate is Fate.WRITE:
            line[offset] = new
        elif fate is Fate.KEEP:
            typed.append(offset)
    return line, typed


def _written_into(the_list: List, old: _OldRow, owner: str, record: Record) -> bool:
    return not (
        all(is_blank(old.cells[offset]) for offset in the_list.foreign)
        and all(record.is_ours(owner, code, old.cells[offset]) for code, offset in the_list.offsets.items())
    )
