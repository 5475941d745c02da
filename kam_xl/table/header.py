"""Finding the row that heads a table, and what each of its columns is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kam_xl.locale import Text
from kam_xl.table.cells import Cell, quoted
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.grid import Grid
from kam_xl.table.matching import Match, Matcher, unit_of
from kam_xl.table.vocabulary import CLIENT_FIELDS, COMPETITOR_FIELDS

# A header names the client by one of these ...
KEYS = ("client", "client_id")
# A message lists no more columns than these.
_MANY = 5


@dataclass(frozen=True)
class Header:
    """The header of a table: its row in the grid, its cells, and the column of each field."""

    row: int
    titles: tuple[str, ...]
    fields: Mapping[str, int]
    remarks: tuple[Remark, ...] = ()

    @property
    def score(self) -> int:
        """How many fields were recognised."""
        return len(self.fields)


def find_header(head: Grid, matcher: Matcher, needed: int = 2) -> Header | None:
    """The row of a grid's head that names most fields, the first of equals.

    Parameters
    ----------
    head : Grid
        The first rows of a sheet.
    needed : int
        How many fields a header must name, the client or its id among them.
    """
    best: Header | None = None
    for row, cells in enumerate(head.rows):
        matches = {column: match for column, cell in enumerate(cells) if (match := matcher.match(cell))}
        if len(matches) < needed or (best and len(matches) <= best.score):
            continue
        header = _header(row, ["" if cell is None else str(cell) for cell in cells], matches)
        if (
            header.score >= needed
            and any(key in header.fields for key in KEYS)
            and (not best or header.score > best.score)
        ):
            best = header
    return best


def headers_below(columns: Sequence[Sequence[Cell]], header: Header) -> tuple[list[int], int | None]:
    """Where, below a header, it stands again (as on each page of a report), and where another table begins."""
    keys = {header.fields[key] for key in KEYS if key in header.fields}
    again: list[int] = []
    for row in sorted({row for column in {0, *keys} for row, cell in enumerate(columns[column]) if _may_head(cell)}):
        head = Grid("", [[cells[row] for cells in columns]])
        found = next(filter(None, (find_header(head, matcher) for matcher in _matchers())), None)
        if found and [*found.titles] == [*header.titles]:
            again.append(row)
        elif found and not any(isinstance(cell, (int, float)) for cell in head.rows[0]):
            return again, row
    return again, None


def _may_head(cell: Cell) -> bool:
    return cell.__class__ is str and cell.casefold() in _NAMES_OF_KEYS


_NAMES_OF_KEYS = frozenset(name for key in KEYS for name in CLIENT_FIELDS[key])


@cache
def _matchers() -> tuple[Matcher, Matcher]:
    return Matcher(CLIENT_FIELDS), Matcher(COMPETITOR_FIELDS)


def _header(row: int, cells: list[str], matches: Mapping[int, Match]) -> Header:
    titles = tuple(" ".join(cell.split()) for cell in cells)
    by_field: dict[str, list[int]] = {}
    for column, match in matches.items():
        by_field.setdefault(match.field, []).append(column)
    fields: dict[str, int] = {}
    remarks: list[Remark] = []
    for field, columns in by_field.items():
        best, *others = sorted(columns, key=lambda column: _preference(titles[column], matches[column]))
        fields[field] = best
        if others and matches[others[0]].level == matches[best].level:
            same_words = matches[others[0]].rank == matches[best].rank
            remarks.append(_ambiguous(titles, best, others, "warning" if same_words else "note"))
    return Header(row, titles, fields, tuple(remarks))


def _preference(title: str, match: Match) -> tuple[int, int, int]:
    """Exact matches first, of these the latest year, then the better variant."""
    return match.level, -(unit_of(title).year or 0), match.rank


def _ambiguous(titles: tuple[str, ...], best: int, others: list[int], grade: Grade) -> Remark:
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
