"""Sheets of workbooks as rows for the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from kam_xl.errors import KamError
from kam_xl.ledger.columns.layout import Layout
from kam_xl.ledger.errors import SourceError
from kam_xl.ledger.packages import required
from kam_xl.ledger.sources.archives import Named
from kam_xl.ledger.sources.csv_files import GIVE
from kam_xl.locale import Text, plural
from kam_xl.table.grid import HEAD_ROWS, NO_SHEET, Grid, pick
from kam_xl.table.records.filling import merged_cells, with_fills
from kam_xl.table.sources.workbook_file import WorkbookFile

if TYPE_CHECKING:
    import pyarrow as pa


class Reads(Protocol):
    """What is wanted of a sheet; see `kam_xl.ledger.sources.sources.Wanted`."""

    @property
    def kind(self) -> str: ...

    @property
    def sheet(self) -> str: ...

    def layout(self, head: Sequence[Sequence[Any]], where: str) -> Layout: ...


@dataclass(frozen=True)
class LedgerRows:
    """The rows of one sheet below its header, each with its number there, and what to report about them."""

    named: Named
    place: str
    rows: Sequence[Sequence[Any]]
    layout: Layout
    numbers: Sequence[int]
    notes: Sequence[Text] = ()


def rows_of_workbook(named: Named, wanted: Reads) -> list[LedgerRows]:
    """The visible sheets of a workbook that are ledgers of one header; else the one that is named.

    Raises
    ------
    SourceError
        Where several sheets of different headers will do.
    KamError
        What is wrong with the first sheet, where none will do.
    """
    book = WorkbookFile(named.path)
    sheets = [pick(wanted.sheet, book.all_sheets(), book.name, NO_SHEET)] if wanted.sheet else book.sheets()
    of_sheets: list[LedgerRows] = []
    error: KamError | None = None
    for sheet in sheets:
        place = named.shown.name if len(sheets) == 1 else f"{named.shown.name} ({sheet})"
        try:
            of_sheets.append(_rows(named, place, book, sheet, wanted))
        except KamError as why:
            error = error or why
    if not of_sheets:
        raise error or SourceError(Text("the file is empty"), where=str(named.shown), remedy=GIVE)
    if len({rows.layout.titles for rows in of_sheets}) > 1:
        raise SourceError(
            Text("several sheets could be the ledger: {names}", names=[rows.place for rows in of_sheets]),
            where=named.shown.name,
            remedy=Text("Name the one with --sheet."),
        )
    return of_sheets


def _rows(named: Named, place: str, book: WorkbookFile, sheet: str, wanted: Reads) -> LedgerRows:
    try:
        layout = wanted.layout(book.head(sheet).from_a().rows, place)
    except KamError:
        from kam_xl.ledger.sources.reports import flattened

        grid = book.grid(sheet)
        if not (flat := flattened(grid.rows, wanted.kind, sheet, named.shown.stem)):
            raise
        layout = wanted.layout(flat.rows[:HEAD_ROWS], place)
        return LedgerRows(named, place, flat.rows[1:], layout, [grid.top + at for at in flat.places[1:]], (flat.note,))
    grid = book.grid(sheet).from_a()
    first = layout.row + 1
    rows, filled = _filled(grid, first, layout)
    notes = (
        (
            plural(
                "{n:count} cell below a merged one repeats it.",
                "{n:count} cells below a merged one repeat it.",
                n=filled,
            ),
        )
        if filled
        else ()
    )
    return LedgerRows(named, place, rows, layout, range(grid.top + first, grid.top + len(grid.rows)), notes)


def _filled(grid: Grid, first: int, layout: Layout) -> tuple[Sequence[Sequence[Any]], int]:
    """The rows with what merged cells hold for the rows below, but for amounts, which count once; how many cells."""
    count = len(grid.rows) - first
    money = {at for name in layout.money for at in layout.fields.get(name, ())}
    fills = {at: each for at, each in merged_cells(grid, first, count).items() if at not in money}
    if not fills:
        return grid.rows[first:], 0
    columns = grid.columns(first, len(layout.titles))
    blanks = sum(columns[at][row] in (None, "") for at, cells in fills.items() for row in cells)
    columns = [with_fills(cells, fills.get(at, {})) for at, cells in enumerate(columns)]
    return list(zip(*columns, strict=True)), blanks


def table_of(group: Sequence[LedgerRows], names: Sequence[str]) -> pa.Table:
    """The rows of some sheets as one table of texts, with the columns `row` and `file`."""
    pa = required("pyarrow")
    columns: dict[str, list[Any]] = {name: [] for name in (*names, "row", "file")}
    for sheet in group:
        for number, row in zip(sheet.numbers, sheet.rows, strict=True):
            for at, name in enumerate(names):
                columns[name].append(as_text(row[at]) if at < len(row) else None)
            columns["row"].append(number)
            columns["file"].append(sheet.place)
    kinds = {name: pa.int64() if name == "row" else pa.string() for name in columns}
    return pa.table({name: pa.array(cells, kinds[name]) for name, cells in columns.items()})


def as_text(cell: Any) -> str | None:
    """A cell as an unmistakable text: four decimals are never taken as thousands.

    >>> as_text(1.5), as_text(2.0), as_text(date(2025, 1, 31)), as_text("")
    ('1.5000', '2', '2025-01-31', None)
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, (int, float)):
        return str(int(cell)) if float(cell).is_integer() else f"{cell:.4f}"
    return cell.isoformat() if isinstance(cell, (date, datetime)) else str(cell)
