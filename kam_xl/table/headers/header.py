"""Finding the row that heads a table, and what each of its columns is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, reduce
from operator import or_

from kam_xl.domain.periods import YEAR
from kam_xl.locale import Text
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.grid import Grid
from kam_xl.table.headers.lower_rows import may_be_lower
from kam_xl.table.headers.period_words import Heading, heading_of, is_span
from kam_xl.table.values.cells import Cell, quoted, read_name
from kam_xl.table.words.matching import MONEY, Match, Matcher, is_per_part_of_year, is_unit, nature_of, unit_of
from kam_xl.table.words.vat import vat_around
from kam_xl.table.words.vocabulary import CLIENT_FIELDS, COMPETITOR_FIELDS, OTHER_FIELDS, section

# A header names the client by one of these ...
KEYS = ("client", "client_id")
# ... in rows of no more than these, and of a message no more columns than these are listed.
_TALLEST, _MANY = 3, 5
# What parts the levels of a column that its header names in one cell: "Manager / Client".
_BETWEEN_LEVELS = re.compile(r"\s*[/\\|,;>→]\s*")
# So many columns of titles are remembered with what they mean.
_KEPT = 4096
# How well a column of names without a title is matched.
_NAMELESS = 5
# The same of one whose lowest title nobody knows, so that it is the upper title's by its place alone.
_UNSAID = 4
# Without a name for its clients a header is believed where it names one of these.
_AMOUNTS = ("revenue", "amount", "total", "procurement_budget")


@dataclass(frozen=True)
class Header:
    """The header of a table: its lowest row in the grid, its titles, and what they name.

    `fields` has the column of each field, `found` what each column was matched with, `periods` the columns that are
    headed by a period, `levels` the fields that are stacked in the column of the client, outermost first: a manager
    above the clients; `parts` are the columns that together are a field (`kam_xl.table.headers.header_parts`).
    """

    row: int
    titles: tuple[str, ...]
    fields: Mapping[str, int]
    remarks: tuple[Remark, ...] = ()
    height: int = 1
    matches: Mapping[int, Match] = field(default_factory=dict)
    periods: Mapping[int, Heading] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    levels_above: int = 0
    parts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def top(self) -> int:
        """Its first row in the grid, with the titles of levels above it."""
        return self.row - self.height + 1 - self.levels_above

    @property
    def score(self) -> int:
        """How many fields of a client or a competitor were recognised."""
        return sum(name in CLIENT_FIELDS or name in COMPETITOR_FIELDS for name in self.fields)

    @property
    def _weight(self) -> tuple[int, int]:
        return len(self.fields) + (len(self.periods) > 1), self.score

    @property
    def _is_nameless(self) -> bool:
        """Whether no title says where the clients stand."""
        return any(match.level == _NAMELESS for match in self.matches.values())

    def columns_of(self, *names: str) -> list[int]:
        """The columns that were matched with any of the fields, better matches first."""
        columns = [column for column, match in self.matches.items() if match.field in names]
        return sorted(columns, key=lambda column: _preference(self.titles[column], self.matches[column]))


def find_header(head: Grid, matcher: Matcher, needed: int = 2) -> Header | None:
    """The rows of a grid's head that name most fields, the first of equals: one row, or up to three together.

    Parameters
    ----------
    head : Grid
        The first rows of a sheet.
    needed : int
        How many fields a header must name, the client or its id among them.
    """
    best: Header | None = None
    lower = {row for row, titles in enumerate(head.titles) if may_be_lower(titles, matcher)}
    for row in range(len(head.rows)):
        for height in range(1, _TALLEST + 1):
            last = row + height - 1
            if height > 1 and (last not in lower or _names_client(head, row, last, matcher)):
                break
            header = _header(head, row, height, matcher, needed)
            if header and (best is None or _better(header, best) or _adds_row(header, best, head)):
                best = header
    return best and _with_levels_above(head, _without_suppliers_beside(head, best), matcher)


def _names_client(head: Grid, first: int, row: int, matcher: Matcher) -> bool:
    """Whether a row names a client in a column that the titles above it, from `first` on, give to clients.

    A title stands there only if it says more of the client: "Client" above "Name".
    """
    for above in head.titles[first:row]:
        for title, below in zip(above, head.titles[row], strict=False):
            if title and below and (match := _matched((title,), matcher)) and match.field in KEYS:
                said = matcher.match(below)
                if said is None or said.field in MONEY:
                    return True
    return False


def _without_suppliers_beside(head: Grid, header: Header) -> Header:
    """The header without the columns of a table of suppliers that stands beside it, behind an empty column."""
    titles = header.titles
    for column in range(1, len(titles) - 1):
        empty = not any(_title(row[column]) for row in head.rows[header.row :] if column < len(row))
        if empty and titles[column + 1].casefold() in _SUPPLIERS:
            matches = {at: match for at, match in header.matches.items() if at < column}
            if not any(match.field in KEYS for match in matches.values()):
                return header
            return replace(
                header,
                matches=matches,
                fields={name: at for name, at in header.fields.items() if at < column},
                periods={at: heading for at, heading in header.periods.items() if at < column},
                remarks=(*header.remarks, _beside(column + 1, titles[column + 1])),
            )
    return header


def _beside(column: int, title: str) -> Remark:
    message, remedy = Text("Another table begins here; it is not read."), Text("Move it to a sheet of its own.")
    return Remark(None, column, "second-table", "warning", message, title, remedy)


def _adds_row(header: Header, best: Header, head: Grid) -> bool:
    """Whether a header is another one and a row of units or of months below it: no row of data, whatever it changes."""
    below = [title for title in head.titles[header.row] if title]
    if header.row != best.row + 1 or header.height != best.height + 1 or not below:
        return False
    months = [heading for title in below if (heading := heading_of(title)) and (heading.months or YEAR) < YEAR]
    if len(months) == len(below) > 1:
        return True
    return any(map(is_unit, below)) and all(is_unit(title) or nature_of(title) for title in below)


def _better(header: Header, best: Header) -> bool:
    """More fields win; of equals the first, with the rows that belong to it and without those that add nothing."""
    if header.row <= best.row and header._is_nameless and not best._is_nameless:
        return False
    if header._weight != best._weight:
        return header._weight > best._weight
    same_top = header.row - header.height == best.row - best.height
    return (same_top and header.height > best.height) or (header.row == best.row and header.height < best.height)


def _header(head: Grid, first: int, height: int, matcher: Matcher, needed: int) -> Header | None:
    rows = head.titles[first : first + height]
    if (
        len(rows) < height
        or any(_labels_a_form(titles, matcher) for titles in rows)
        or (height > 1 and _is_title(rows, matcher))
    ):
        return None
    stacks = _stacks(rows)
    matches: dict[int, Match] = {}
    periods: dict[int, Heading] = {}
    levels: tuple[str, ...] = ()
    for column, parts in enumerate(stacks):
        if not parts:
            continue
        if match := _matched(parts, matcher):
            matches[column] = match
        if (heading := _period(parts)) and (match is None or match.field not in KEYS):
            periods[column] = heading
        if match and match.field == "client":
            names = parts if len(parts) > 1 else _BETWEEN_LEVELS.split(parts[0])
            levels = tuple(dict.fromkeys(each.field for name in names if (each := matcher.match(name))))
    titles = [" ".join(parts) for parts in stacks]
    needed -= len(periods) > 1 or any(heading.is_revenue_of_part for heading in periods.values())
    header = _settled(first + height - 1, titles, matches, needed, height)
    if header is None and not any(match.field in KEYS for match in matches.values()):
        nameless = _nameless_key(head, first + height, titles, matches, periods)
        if nameless is not None:
            matches[nameless] = Match("client", _NAMELESS, 0)
            header = _settled(first + height - 1, titles, matches, 1, height)
    if header is None:
        return None
    return Header(
        header.row, header.titles, header.fields, header.remarks, height, matches, periods, levels if levels[1:] else ()
    )


def _is_title(rows: Sequence[Sequence[str]], matcher: Matcher) -> bool:
    """Whether the first row is a title of the whole table: alone, above its first column, and no header."""
    filled = [column for column, title in enumerate(rows[0]) if title]
    first = next(column for column, title in enumerate(rows[1]) if title)
    return len(filled) == 1 and filled[0] <= first and matcher.match(rows[0][filled[0]]) is None


def _labels_a_form(titles: Sequence[str], matcher: Matcher) -> bool:
    """Whether a row holds labels with their values beside them: "Account name:", "Nordwerk"."""
    labels = [title for title in titles if title.endswith(":")]
    return any(map(matcher.match, labels)) and any(
        title and title not in labels and not matcher.match(title) for title in titles
    )


def _stacks(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The titles of each column from top to bottom; one that stands over several columns counts for all of them."""
    if len(rows) == 1:
        return [(title,) if title else () for title in rows[0]]
    width = max(map(len, rows))
    cells = [[row[column] if column < len(row) else "" for column in range(width)] for row in rows]
    filled = [list(row) for row in cells]
    for level in range(len(rows) - 1):
        for column in range(1, width):
            starts = any(cells[above][column] for above in range(level + 1))
            if not starts and any(row[column] for row in cells[level + 1 :]):
                filled[level][column] = filled[level][column - 1]
    return [tuple(title for level in filled if (title := level[column])) for column in range(width)]


@lru_cache(_KEPT)
def _matched(parts: tuple[str, ...], matcher: Matcher) -> Match | None:
    """What a column is: by all its titles together, by the lowest, by a part of them; the client before all else."""
    is_whole = len(parts) > 1 or is_per_part_of_year(parts[-1])  # "Budget, EUR/month" is no budget
    halves = [] if is_whole else [half for half in re.split(r"\s*[/\n]\s*", parts[-1]) if half]
    tried = [
        " ".join(parts),
        parts[-1],
        *halves[1:2],
        *halves[:1],
        *(" ".join((part, parts[-1])) for part in parts[:-1]),
    ]
    matches = [match for text in dict.fromkeys(tried) if (match := matcher.match(text))]
    if len(parts) > 1:
        matches += [match for part in parts if (match := matcher.match(part)) and match.field in KEYS]
        if all(is_unit(part) or nature_of(part) == "" for part in parts[1:]) and not matches:
            said = 0 if all(map(is_unit, parts[1:])) else _UNSAID  # "Sales" above "Δ" is less than "Sales 2026"
            upper = matcher.match(parts[0])
            matches += [replace(upper, level=max(upper.level, said))] if upper else []
    if not matches and any(map(is_span, parts)):
        return Match("total", 3, 0)
    return next((match for match in matches if match.field in KEYS), matches[0] if matches else None)


@lru_cache(_KEPT)
def _period(parts: tuple[str, ...]) -> Heading | None:
    """The month, quarter or year that heads a column, whatever else stands above or below it."""
    headings = [heading for part in parts if (heading := heading_of(part))]
    shorter = next((heading for heading in headings if heading.number and (heading.months or YEAR) < YEAR), None)
    years = [heading for heading in headings if heading.months in (None, YEAR)]
    if shorter:
        return reduce(or_, (Heading(year.year, measure=year.measure, kind=year.kind) for year in years), shorter)
    return next((year for year in years if year.year and not (year.measure or year.kind)), None)


def _nameless_key(
    head: Grid, below: int, titles: Sequence[str], matches: Mapping[int, Match], periods: Mapping[int, Heading]
) -> int | None:
    """A column of names left of a known amount or of periods: without a title, of contacts, of legal entities."""
    amounts = [column for column, match in matches.items() if match.field in _AMOUNTS]
    if not amounts and not periods:
        return None
    for column in range(min([*amounts, *periods])):
        cells = [row[column] for row in head.rows[below:] if column < len(row) and row[column] not in (None, "")]
        field = matches[column].field if column in matches else ""
        distinct = len(set(cells)) == len(cells)
        is_named = not titles[column] or field == "person" or (field == "own_company" and distinct)
        if is_named and cells and all(isinstance(cell, str) for cell in cells):
            return column
    return None


def _with_levels_above(head: Grid, header: Header, matcher: Matcher) -> Header:
    """Titles that stand alone above the title of the client: the groups that its column holds besides clients."""
    column, levels = header.fields.get("client"), list(header.levels or ("client",))
    for row in range(header.row - header.height, -1, -1):
        filled = [at for at, cell in enumerate(head.rows[row]) if _title(cell)]
        match = matcher.match(head.rows[row][filled[0]]) if filled == [column] else None
        if match is None or match.field in (*KEYS, *_AMOUNTS):
            break
        levels.insert(0, match.field)
    above = len(levels) - len(header.levels or ("client",))
    return replace(header, levels=tuple(levels) if levels[1:] else (), levels_above=above)


def headers_below(columns: Sequence[Sequence[Cell]], header: Header) -> tuple[list[int], int | None]:
    """Rows below a header that only repeat it or number its columns, and the row where another table begins."""
    again = [0] if _numbers_columns([cells[0] for cells in columns if cells]) else []
    keys = {header.fields[key] for key in KEYS if key in header.fields}
    for row in sorted({row for column in {0, *keys} for row in _heads_in(columns[column])}):
        cells = [column[row] for column in columns]
        grid = Grid("", [cells])
        if _heads_others(cells):
            return again, row
        repeated = next(filter(None, (_header(grid, 0, 1, matcher, 2) for matcher in _matchers())), None)
        if not repeated or any(isinstance(cell, (int, float)) for cell in cells):
            continue
        if not _repeats(repeated, header):
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


def _repeats(other: Header, header: Header) -> bool:
    if header.height > 1:  # of several rows only the upper one was found
        return any(other.fields.get(key) == header.fields.get(key, -1) for key in KEYS)
    named = {column: match.field for column, match in header.matches.items()}
    return {column: match.field for column, match in other.matches.items()}.items() <= named.items()


def _heads_others(cells: Sequence[Cell]) -> bool:
    """Whether a row heads a table of suppliers, managers ...: their header and others that are known, nothing else."""
    filled = [cell for cell in cells if _title(cell)]
    named = [cell for cell in filled if isinstance(cell, str)]
    first, *others = named or [""]
    known = _matchers()[0]
    return len(filled) == len(named) > 1 and first.casefold() in _OTHERS and all(map(known.match, others))


def _heads_in(cells: Sequence[Cell]) -> Iterator[int]:
    """The rows of a column that name the client as a header does."""
    named = (_NAMES_OF_KEYS | _OTHERS_AS_SPELT).intersection(cells)
    return (row for row, cell in enumerate(cells) if cell in named) if named else iter(())


def _as_spelt(names: Iterable[str]) -> frozenset[str]:
    return frozenset(spelt for name in names for spelt in (name, name.capitalize(), name.title(), name.upper()))


_NAMES_OF_KEYS = _as_spelt(name for key in KEYS for name in CLIENT_FIELDS[key])
_SUPPLIERS = frozenset(section("columns")["supplier"])
_OTHERS = _SUPPLIERS.union(*(CLIENT_FIELDS[field] for field in ("manager", "territory", "industry")))
_OTHERS_AS_SPELT = _as_spelt(_OTHERS)


@cache
def _matchers() -> tuple[Matcher, Matcher]:
    return Matcher.of(CLIENT_FIELDS | OTHER_FIELDS), Matcher.of(COMPETITOR_FIELDS)


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
    for name, columns in by_field.items():
        best, *others = sorted(columns, key=lambda column: _preference(titles[column], matches[column]))
        fields[name] = best
        if others and name not in OTHER_FIELDS and matches[others[0]].level == matches[best].level:
            same_words = matches[others[0]].rank == matches[best].rank
            remarks.append(ambiguous(titles, best, others, "warning" if same_words else "note"))
    return Header(row, tuple(titles), fields, tuple(remarks), height)


def _preference(title: str, match: Match) -> tuple[int, int, bool, int]:
    """Exact matches first, of these the latest year, then what is not with VAT, then the better variant.

    Of several columns of revenue one is chosen elsewhere, which tells so.
    """
    with_vat = match.field != "revenue" and match.field in MONEY and vat_around(title) == "gross"
    return match.level, -(unit_of(title).year or 0), with_vat, match.rank


def ambiguous(titles: Sequence[str], best: int, others: Sequence[int], grade: Grade) -> Remark:
    """The remark on columns that are headed alike."""
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
        Text("Rename the columns that are not meant, or name the right one in a reading file."),
    )
