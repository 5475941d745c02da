"""Which sheets hold the clients and the competitors: the one that speaks of them most, not the one so named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from kam_xl.locale import Text
from kam_xl.table.cells import quoted, read_name
from kam_xl.table.errors import FileUnreadableError, HeaderNotFoundError
from kam_xl.table.finding import Remark
from kam_xl.table.grid import HEAD_ROWS, Grid, Source
from kam_xl.table.header import Header, find_header
from kam_xl.table.matching import Matcher, Vocabulary
from kam_xl.table.operational_layout import is_operational
from kam_xl.table.vocabulary import CLIENT_FIELDS, CLIENT_ONLY, CLIENT_SHEETS, COMPETITOR_FIELDS, COMPETITOR_SHEETS


class Place(NamedTuple):
    """A whole sheet and the header found on it."""

    grid: Grid
    header: Header
    remarks: Sequence[Remark] = ()


def named_table(source: Source, table: str, own: Vocabulary) -> Place:
    """The Excel table of this name.

    Raises
    ------
    SheetNotFoundError, HeaderNotFoundError
    """
    grid = source.table(table)
    header = find_header(Grid(grid.sheet, grid.rows[:1], grid.top, grid.left), Matcher(CLIENT_FIELDS, own))
    if header is None:
        raise _not_found(source, [grid])
    return Place(grid, header)


def client_sheet(source: Source, sheet: str | None, own: Vocabulary) -> Place:
    """The sheet with the client table: the one named, or else the one whose header names most of its fields.

    Raises
    ------
    SheetNotFoundError, HeaderNotFoundError
    """
    clients, competitors = Matcher(CLIENT_FIELDS, own), Matcher(COMPETITOR_FIELDS)
    heads = [source.head(sheet)] if sheet else _heads(source, source.sheets())
    named = [(head, header) for head in heads if (header := find_header(head, clients))]
    if not sheet:
        named = [each for each in named if not _lists_competitors(*each, competitors)]
        named = [each for each in named if not is_operational(each[0])] or named  # clients with years beside them
    found = [(head.sheet, header) for head, header in named]
    if not found:
        raise _not_found(source, heads)
    best, header = max(found, key=lambda each: (each[1].score, _is_called(each[0], CLIENT_SHEETS)))
    rivals = [name for name, other in found if name != best and other.score == header.score]
    return Place(source.grid(best), header, [_rivals(header, rivals)] if rivals else [])


def competitor_sheet(source: Source, used: str, own: Vocabulary) -> Place | None:
    """The sheet that lists competitors by client, besides the one used already; None where there is none."""
    clients, competitors = Matcher(CLIENT_FIELDS), Matcher(COMPETITOR_FIELDS, own)
    found = [
        (head.sheet, header)
        for head in _heads(source, [name for name in source.sheets() if name != used])
        if (header := find_header(head, competitors))
        and _lists_competitors(head, find_header(head, clients, needed=1), competitors)
    ]
    if not found:
        return None
    best, header = max(found, key=lambda each: (_is_called(each[0], COMPETITOR_SHEETS), each[1].score))
    return Place(source.grid(best), header)


def operational_sheets(source: Source, used: str = "") -> list[Grid]:
    """The sheets that hold an operational plan, besides the one used already."""
    heads = _heads(source, [name for name in source.sheets() if name != used])
    return [source.grid(head.sheet) for head in heads if is_operational(head)]


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


def _lists_competitors(head: Grid, as_clients: Header | None, competitors: Matcher) -> bool:
    header = find_header(head, competitors)
    clients_only = set(as_clients.fields) & CLIENT_ONLY if as_clients else set()
    return header is not None and "competitor" in header.fields and not clients_only


def _is_called(sheet: str, names: Sequence[str]) -> bool:
    return sheet.strip().casefold() in names


def _rivals(header: Header, sheets: Sequence[str]) -> Remark:
    names = [f'"{name}"' for name in sheets]
    message = Text("Other sheets look like a client table too and are not read: {sheets}.", sheets=names)
    remedy = Text("Name the sheet if another one is meant.")
    return Remark(None, next(iter(header.fields.values())), "other-sheet", "note", message, None, remedy)


def place_of(source: Source, sheets: Sequence[str]) -> str:
    """A source and its sheets for a message: "clients.xlsx (Sheet1, Sheet2)", "clients.csv"."""
    named = ", ".join(sheet for sheet in sheets if sheet and sheet != PurePath(source.name).stem)
    return f"{source.name} ({named})" if named else source.name


def _not_found(source: Source, heads: Sequence[Grid]) -> HeaderNotFoundError:
    seen = [head for head in heads if any(read_name(cell) for row in head.rows for cell in row)]
    if not seen:
        return HeaderNotFoundError(
            Text("there are no data"), where=source.name, remedy=Text("Give a file with a client table.")
        )
    widest = max(
        (row for head in seen for row in head.rows), key=lambda row: sum(isinstance(cell, str) for cell in row)
    )
    titles = [quoted(cell) for cell in widest if isinstance(cell, str) and cell.strip()][:12]
    return HeaderNotFoundError(
        Text("no header of a client table was found in the first {rows} rows", rows=HEAD_ROWS),
        where=place_of(source, [head.sheet for head in seen]),
        remedy=Text(
            "One row must name the client and at least revenue or another known column; headers of your own go into a "
            "mapping file. The row with most texts says: {titles}.",
            titles=titles,
        ),
    )
