"""Which sheets hold the clients and the competitors: by what they contain, not by what they are called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from kam_xl.locale import Quoted, Text
from kam_xl.table.errors import (
    FileUnreadableError,
    HeaderNotFoundError,
    NotAClientTableError,
    SheetUnclearError,
    TableError,
)
from kam_xl.table.finding import Remark
from kam_xl.table.grid import Grid, Grids, Source
from kam_xl.table.headers.header import KEYS, Header, find_header
from kam_xl.table.headers.kinds import is_form, is_turned, other_kind, refuse_others
from kam_xl.table.headers.period_sheets import side_by_side
from kam_xl.table.headers.proposals import likely_columns
from kam_xl.table.headers.units import unit_around
from kam_xl.table.interpretation import NOTHING_GIVEN, Given
from kam_xl.table.mapping import refuse_absent, refuse_wrong_sheets
from kam_xl.table.operational.layout import (
    has_periods,
    is_meant_operational,
    is_operational,
    is_unnamed_plan,
    plan_of_others,
)
from kam_xl.table.values.cells import quoted, read_name
from kam_xl.table.words.matching import Matcher, Vocabulary
from kam_xl.table.words.row_words import is_total
from kam_xl.table.words.vocabulary import (
    CLIENT_FIELDS,
    CLIENT_ONLY,
    CLIENT_SHEETS,
    COMPETITOR_FIELDS,
    COMPETITOR_SHEETS,
    OTHER_FIELDS,
)

# Sheets that share more of their clients than this are not parts of one table.
_OVERLAP = 0.2
# A message quotes no more titles than these.
_MANY = 12


class Place(NamedTuple):
    """A whole sheet and the header found on it; `sheets` names all sheets that the grid is joined from, `titles` are
    their headers where the grid has others."""

    grid: Grid
    header: Header
    remarks: Sequence[Remark] = ()
    sheets: Sequence[str] = ()
    titles: Sequence[str] = ()


def client_matcher(given: Given = NOTHING_GIVEN) -> Matcher:
    """What the headers of a client table are matched with."""
    return Matcher.of(CLIENT_FIELDS | OTHER_FIELDS, given.columns)


def named_table(source: Source, table: str, given: Given = NOTHING_GIVEN) -> Place:
    """The Excel table of this name.

    Raises
    ------
    SheetNotFoundError, HeaderNotFoundError
    """
    grid = source.table(table)
    header = find_header(Grid(grid.sheet, grid.rows[:1], grid.top, grid.left), client_matcher(given))
    if header is None:
        raise _no_table(source, [grid])
    return Place(grid, header, sheets=[grid.sheet])


def client_sheet(
    source: Source, sheets: Sequence[str] = (), given: Given = NOTHING_GIVEN, *, join: bool = True
) -> Place:
    """The sheet with the client table: the one named, or else the one whose header names most of its fields.

    Parameters
    ----------
    sheets : sequence of str
        The sheets that are meant; by default all visible ones are looked at.
    given : Given
        What the user says about the header and its columns.
    join : bool
        Whether several sheets of one header are one table; without it the first of them is meant.

    Raises
    ------
    SheetNotFoundError, HeaderNotFoundError, NotAClientTableError, SheetUnclearError
    """
    clients = client_matcher(given)
    refuse_wrong_sheets(given, source.all_sheets(), lambda: _heads(source, source.sheets()))
    heads = [source.head(sheet) for sheet in sheets] or _heads(source, source.sheets())
    heads = [_only(head, given.header_rows) for head in heads]
    named = [(head, header) for head in heads if (header := find_header(head, clients))]
    if not sheets:
        named = [each for each in named if not _is_of_competitors(*each)]
        named = [each for each in named if not is_operational(each[0])] or named  # clients with years beside them
    if not named:
        refuse_absent(replace(given, competitors={}) if sheets else given, heads)
        raise _no_table(source, heads)
    best, header = max(named, key=lambda each: (each[1].score, _is_called(each[0].sheet, CLIENT_SHEETS)))
    if not given.columns:
        refuse_others(header, best, place_of(source, [best.sheet]), source.name)
    equals = [
        (head, other)
        for head, other in named
        if other.score == header.score
        and _is_called(head.sheet, CLIENT_SHEETS) == _is_called(best.sheet, CLIENT_SHEETS)
    ]
    place = (
        _joined(source, equals, given)
        if len(equals) > 1 and join
        else Place(source.grid(best.sheet), header, sheets=[best.sheet])
    )
    others = [(head, other) for head, other in named if head.sheet not in place.sheets and not is_unnamed_plan(head)]
    left = [head.sheet for head, other in others if _may_be_meant(other, header)]
    return place._replace(remarks=[*place.remarks, _rivals(header, left)]) if left else place


def _may_be_meant(other: Header, header: Header) -> bool:
    """Whether a sheet beside the client table may list clients of its own: what they bring or buy, not by product."""
    amounts = {"revenue", "procurement_budget"}.intersection(other.fields)
    return other.score == header.score or bool(amounts and "category" not in other.fields)


def _only(head: Grid, rows: Sequence[int]) -> Grid:
    """The head with nothing above the data but the rows that the user says are the header's."""
    if not rows:
        return head
    numbers = range(head.top, head.top + len(head.rows))
    kept = [row if at in rows or at > max(rows) else [] for at, row in zip(numbers, head.rows, strict=True)]
    return replace(head, rows=kept)


def _joined(source: Source, equals: Sequence[tuple[Grid, Header]], given: Given) -> Place:
    """Several sheets of one header as one table, side by side where they are periods; sheets that differ, or list the
    same clients, are asked about."""
    first, header = equals[0]
    grids = [source.grid(head.sheet) for head, _ in equals]
    names = [_names(grid, each) for grid, (_, each) in zip(grids, equals, strict=True)]
    distinct = set().union(*names)
    same = all(each.titles == header.titles and head.left == first.left for head, each in equals)
    units = {unit_around(grid, each.top) for grid, (_, each) in zip(grids, equals, strict=True)}
    same = same and len({unit and unit[1] for unit in units}) == 1
    if same and (side := side_by_side(grids, [each for _, each in equals], given)):
        (joined, together, remark), of_files = side, isinstance(source, Grids)
        return Place(
            replace(joined, of_files=of_files), together, [remark], [grid.sheet for grid in grids], header.titles
        )
    if not same or len(distinct) < sum(map(len, names)) - _OVERLAP * len(distinct):
        raise SheetUnclearError(
            Text("several sheets look like the client table: {sheets}", sheets=[Quoted(grid.sheet) for grid in grids]),
            where=source.name,
            remedy=_how_to_join(equals),
        )
    every = range(len(grids[0].rows))
    rows, origins = list(grids[0].rows), [grids[0].place(row) for row in every]
    depths = [grids[0].depth(row) for row in every]
    for grid, (_, each) in zip(grids[1:], equals[1:], strict=True):
        below = range(each.row + 1, len(grid.rows))
        rows += [grid.rows[row] for row in below]
        origins += [grid.place(row) for row in below]
        depths += [grid.depth(row) for row in below]
    outline = grids[0].outline._replace(depths=depths if any(depths) else ())
    of_files = isinstance(source, Grids)
    joined = replace(grids[0], rows=rows, origins=origins, of_files=of_files, merged=(), outline=outline)
    return Place(joined, header, sheets=[grid.sheet for grid in grids])


def _how_to_join(sheets: Sequence[tuple[Grid, Header]]) -> Text:
    """Why sheets are not taken as one table, and what to do."""
    first, header = sheets[0]
    for head, other in sheets[1:]:
        differing = (set(header.titles) ^ set(other.titles)) - {""}
        if titles := [title for title in (*header.titles, *other.titles) if title in differing]:
            return Text(
                "The headers of {one} and {other} differ: {titles}. Make them alike where the sheets are one table, "
                "else name the right one with --sheet, or hide the others.",
                one=Quoted(first.sheet),
                other=Quoted(head.sheet),
                titles=[*map(quoted, titles[:_MANY])],
            )
    return Text(
        "They list the same clients, or their columns or units differ. Name the right one with --sheet, or hide the "
        "others."
    )


def _names(grid: Grid, header: Header) -> set[str]:
    column = header.fields.get("client", header.fields.get("client_id", 0))
    cells = (row[column] for row in grid.rows[header.row + 1 :] if column < len(row))
    return {name.casefold() for cell in cells if (name := read_name(cell)) and not is_total(name)}


def competitor_sheet(source: Source, used: str, own: Vocabulary) -> Place | None:
    """The sheet that lists competitors by client, besides the one used already; None where there is none."""
    competitors = Matcher.of(COMPETITOR_FIELDS, own)
    candidates = [
        (head.sheet, header)
        for head in _heads(source, [name for name in source.sheets() if name != used])
        if (header := _header_of_competitors(head, competitors))
    ]
    if not candidates:
        return None
    best, header = max(candidates, key=lambda each: (_is_called(each[0], COMPETITOR_SHEETS), each[1].score))
    return Place(source.grid(best), header)


def competitors_not_read(source: Source, used: Collection[str], place: Place | None) -> list[tuple[str, Remark]]:
    """Sheets that are called or hold lists of competitors besides the one that is read, with what to say of each."""
    read, matcher = place.grid.sheet if place else "", Matcher.of(COMPETITOR_FIELDS)
    told = []
    for head in _heads(source, [name for name in source.sheets() if name != read and name not in used]):
        if read and _header_of_competitors(head, matcher):
            told.append((head.sheet, _second_list(read)))
        elif _is_called(head.sheet, COMPETITOR_SHEETS) and sum(map(any, head.titles)) > 1:
            told.append((head.sheet, _NO_LIST))
    return told


def _header_of_competitors(head: Grid, matcher: Matcher) -> Header | None:
    header = find_header(head, matcher)
    if header is None or "competitor" not in header.fields:
        return None
    return None if _heads_clients_only(find_header(head, Matcher.of(CLIENT_FIELDS), needed=1)) else header


_NO_LIST = Remark(
    None,
    None,
    "competitors-not-read",
    "warning",
    Text("No row of this list of competitors names its columns of clients and competitors: it is not read."),
    None,
    Text('Give each competitor of a client a row, below headers such as "Client", "Competitor" and "Revenue".'),
)


def _second_list(read: str) -> Remark:
    message = Text("This list of competitors is not read, because {sheet} is.", sheet=Quoted(read))
    return _NO_LIST._replace(message=message, remedy=Text("Put all competitors on one sheet."))


def operational_sheets(source: Source, used: Collection[str] = ()) -> list[Grid]:
    """The sheets that hold or are meant to hold an operational plan, besides those used already."""
    heads = _heads(source, [name for name in source.sheets() if name not in used])
    told = (is_operational, is_meant_operational, is_unnamed_plan, plan_of_others)
    return [source.grid(head.sheet) for head in heads if any(each(head) for each in told)]


def sheets_meant_operational(source: Source) -> list[Grid]:
    """The sheets of a file that is given as the operational plan: what they are called does not matter."""
    grids = [grid for grid in operational_sheets(source) if not is_unnamed_plan(grid) and not plan_of_others(grid)]
    heads = [] if grids else [head for head in _heads(source, source.sheets()) if has_periods(head)]
    return grids or [source.grid(head.sheet) for head in heads] or operational_sheets(source)


def _heads(source: Source, sheets: Sequence[str]) -> list[Grid]:
    """The heads of all readable sheets; an unreadable one matters only if nothing else is there."""
    heads, errors = [], []
    for name in sheets:
        try:
            heads.append(source.head(name))
        except FileUnreadableError as error:  # noqa: PERF203 (sheets are few)
            errors.append(error)
    if errors and not any(head.rows for head in heads):
        raise errors[0]
    return heads


def _is_of_competitors(head: Grid, as_clients: Header) -> bool:
    """Whether a sheet that may be a client table lists competitors by client."""
    if _heads_clients_only(as_clients):
        return False
    header = find_header(head, Matcher.of(COMPETITOR_FIELDS))
    return header is not None and "competitor" in header.fields


def _heads_clients_only(header: Header | None) -> bool:
    """Whether a header names what no table of competitors has."""
    return header is not None and not CLIENT_ONLY.isdisjoint(header.fields)


def _is_called(sheet: str, names: Sequence[str]) -> bool:
    return sheet.strip().casefold() in names


def _rivals(header: Header, sheets: Sequence[str]) -> Remark:
    names = [Quoted(name) for name in sheets]
    message = Text("Other sheets look like a client table too and are not read: {sheets}.", sheets=names)
    remedy = Text("Name the sheet if you want another one; sheets with the same headers are read as one table.")
    return Remark(None, next(iter(header.fields.values())), "other-sheet", "warning", message, None, remedy)


def place_of(source: Source, sheets: Sequence[str]) -> str:
    """A source and its sheets for a message: "clients.xlsx (Sheet1, Sheet2)", "clients.csv"."""
    named = ", ".join(sheet for sheet in sheets if sheet and sheet != PurePath(source.name).stem)
    return f"{source.name} ({named})" if named else source.name


def _no_table(source: Source, heads: Sequence[Grid]) -> TableError:
    seen = [head for head in heads if any(read_name(cell) for row in head.rows for cell in row)]
    if not seen:
        return HeaderNotFoundError(
            Text("there is no data"), where=source.name, remedy=Text("Give a file with a client table.")
        )
    where = place_of(source, [head.sheet for head in seen])
    if any(is_form(head.rows, client_matcher()) for head in seen):
        return NotAClientTableError(
            Text("this is a form about one client, not a client table"),
            where=where,
            remedy=Text("Give a table with one client a row, with its revenue and procurement budget."),
        )
    if any(is_turned(head.rows, client_matcher()) for head in seen):
        return NotAClientTableError(
            Text("the table is turned: its fields stand below each other, and each client has a column"),
            where=where,
            remedy=Text("Transpose it, so that each client has a row: copy it, then Paste Special, Transpose."),
        )
    head, row = max(
        ((head, row) for head in seen for row in range(len(head.rows))),
        key=lambda place: sum(isinstance(cell, str) and bool(cell.strip()) for cell in place[0].rows[place[1]]),
    )
    titles = [(at, name) for at, cell in enumerate(head.rows[row]) if (name := read_name(cell))][:_MANY]
    matches = [match.field for _, title in titles if (match := client_matcher().match(title))]
    if error := other_kind(matches, where, source.name):
        return error
    values = {"row": head.top + row, "titles": [quoted(name)[1:-1] for _, name in titles]}
    what = Text("no column of clients was found in row {row} ({titles})", **values)
    if not set(matches).isdisjoint(KEYS):
        what = Text("row {row} names the clients, but nothing else that is known ({titles})", **values)
    if len(titles) < 2:
        return HeaderNotFoundError(what, where=where, remedy=Text("Give a table with one client a row below a header."))
    of_texts, of_numbers = likely_columns(head.rows[row + 1 :], [at for at, _ in titles])
    shown = dict(titles)
    example = f"    [columns]\n    client = {quoted(shown[of_texts])}\n    revenue = {quoted(shown[of_numbers])}"
    return HeaderNotFoundError(
        what,
        where=where,
        remedy=Text(
            "A header must name the client and its revenue, its procurement budget or another known column. Say which "
            "columns they are in a file reading.toml, and give it with --reading reading.toml:\n{example}",
            example=example,
        ),
    )
