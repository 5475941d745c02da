"""Finding the row that heads a table, and what each of its columns is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from kam_xl.locale import Text
from kam_xl.table.cells import Cell, quoted, read_name
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.grid import Grid
from kam_xl.table.matching import Match, Matcher, is_unit, unit_of
from kam_xl.table.vocabulary import CLIENT_FIELDS, COMPETITOR_FIELDS

# A header names the client by one of these ...
KEYS = ("client", "client_id")
# A message lists no more columns than these.
_MANY = 5


@dataclass(frozen=True)
class Header:
    """The header of a table: its row in the grid (of two, the lower one), its titles, and the column of each field."""

    row: int
    titles: tuple[str, ...]
    fields: Mapping[str, int]
    remarks: tuple[Remark, ...] = ()
    height: int = 1

    @property
    def score(self) -> int:
        """How many fields were recognised."""
        return len(self.fields)


def find_header(head: Grid, matcher: Matcher, needed: int = 2) -> Header | None:
    """The row of a grid's head that names most fields, the first of equals; with a second row that belongs to it.

    Parameters
    ----------
    head : Grid
        The first rows of a sheet.
    needed : int
        How many fields a header must name, the client or its id among them.
    """
    alone = [_header(row, cells, matcher, needed) for row, cells in enumerate(head.rows)]
    best: Header | None = None
    for row, header in enumerate(alone):
        lower = alone[row + 1] if row + 1 < len(alone) else None
        double = _double_header(head, row, matcher, needed)
        if double and double.score >= _score(header) and double.score > _score(lower):
            header = double
        if header and header.score > _score(best):
            best = header
    return best


def _score(header: Header | None) -> int:
    return header.score if header else 0


def _header(row: int, cells: Sequence[Cell], matcher: Matcher, needed: int) -> Header | None:
    matches = {column: match for column, cell in enumerate(cells) if (match := matcher.match(cell))}
    return _settled(row, [_title(cell) for cell in cells], matches, needed)


def _double_header(head: Grid, row: int, matcher: Matcher, needed: int) -> Header | None:
    """A row of titles with one of units, years or further titles below it: "Revenue" over "2024" and "2025"."""
    lower = [_title(cell) for cell in head.rows[row + 1]] if row + 1 < len(head.rows) else []
    if not any(lower) or not all(not title or is_unit(title) or matcher.match(title) for title in lower):
        return None
    titles: list[str] = []
    matches: dict[int, Match] = {}
    merged = ""
    for column, (cell, below) in enumerate(zip_longest(head.rows[row], lower, fillvalue="")):
        above = _title(cell)
        merged = above or merged  # a title over several columns stands in the first of them
        titles.append(f"{merged} {below}" if below else above)
        match = next(filter(None, map(matcher.match, (titles[-1], below, merged if below else above))), None)
        if match:
            matches[column] = match
    return _settled(row + 1, titles, matches, needed, height=2)


def headers_below(columns: Sequence[Sequence[Cell]], header: Header) -> tuple[list[int], int | None]:
    """Rows below a header that only repeat it or number its columns, and the row where another table begins."""
    again = [0] if _numbers_columns([cells[0] for cells in columns if cells]) else []
    keys = {header.fields[key] for key in KEYS if key in header.fields}
    for row in sorted({row for column in {0, *keys} for row, cell in enumerate(columns[column]) if _may_head(cell)}):
        cells = [column[row] for column in columns]
        found = next(filter(None, (_header(0, cells, matcher, 2) for matcher in _matchers())), None)
        if not found or any(isinstance(cell, (int, float)) for cell in cells):
            continue
        if not _repeats(found, header):
            return again, row
        again.append(row)
        below = [_title(column[row + 1]) if row + 1 < len(column) else "" for column in columns]
        if header.height > 1 and any(below) and not any(below[key] for key in keys):
            again.append(row + 1)
    return again, None


def _numbers_columns(cells: Sequence[Cell]) -> bool:
    """Whether a row holds 1, 2, 3 ... as forms do below their titles."""
    numbers = [_title(cell) for cell in cells if _title(cell)]
    return len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _repeats(found: Header, header: Header) -> bool:
    if header.height > 1:  # of two rows only the upper one was found
        return any(found.fields.get(key) == header.fields.get(key, -1) for key in KEYS)
    return found.fields.items() <= header.fields.items()


def _may_head(cell: Cell) -> bool:
    return cell.__class__ is str and cell.casefold() in _NAMES_OF_KEYS


_NAMES_OF_KEYS = frozenset(name for key in KEYS for name in CLIENT_FIELDS[key])


@cache
def _matchers() -> tuple[Matcher, Matcher]:
    return Matcher(CLIENT_FIELDS), Matcher(COMPETITOR_FIELDS)


def _title(cell: Cell) -> str:
    return read_name(cell) or ""


def _settled(
    row: int, titles: Sequence[str], matches: Mapping[int, Match], needed: int, height: int = 1
) -> Header | None:
    """The header, with one column for each field; None where it does not name enough of them."""
    by_field: dict[str, list[int]] = {}
    for column, match in matches.items():
        by_field.setdefault(match.field, []).append(column)
    if len(by_field) < needed or not any(key in by_field for key in KEYS):
        return None
    fields: dict[str, int] = {}
    remarks: list[Remark] = []
    for field, columns in by_field.items():
        best, *others = sorted(columns, key=lambda column: _preference(titles[column], matches[column]))
        fields[field] = best
        if others and matches[others[0]].level == matches[best].level:
            same_words = matches[others[0]].rank == matches[best].rank
            remarks.append(_ambiguous(titles, best, others, "warning" if same_words else "note"))
    return Header(row, tuple(titles), fields, tuple(remarks), height)


def _preference(title: str, match: Match) -> tuple[int, int, int]:
    """Exact matches first, of these the latest year, then the better variant."""
    return match.level, -(unit_of(title).year or 0), match.rank


def _ambiguous(titles: Sequence[str], best: int, others: list[int], grade: Grade) -> Remark:
    return Remark(
        None,
        best,
        "ambiguous-column",
        grade,
        Text(
            "Several columns say the same; {used} is used, not {others}.",
            used=quoted(titles[best]),
            others=[quoted(titles[other]) for other in others[:_MANY]] + ["…"] * (len(others) > _MANY),
        ),
        titles[best],
        Text("Rename the columns that are not meant, or name the right one in a mapping file."),
    )
