"""From a source of cells to a client table: find it, read it, join the competitors, check everything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kam_xl.domain.periods import MONTH, Period
from kam_xl.domain.settings import Settings
from kam_xl.locale import Text
from kam_xl.table.amounts import with_vat
from kam_xl.table.block import Block, read_block
from kam_xl.table.checks import check
from kam_xl.table.client_table import ClientTable, TableSource
from kam_xl.table.competitors import Competition, join
from kam_xl.table.errors import HeaderNotFoundError, NoClientsError
from kam_xl.table.finding import Finding, Remark
from kam_xl.table.grid import Grid, Grids, SingleGrid, Source
from kam_xl.table.headers import choose
from kam_xl.table.headers.sheet_names import name_sheets
from kam_xl.table.headers.vat import bases, vat_differs_from
from kam_xl.table.interpretation import Given
from kam_xl.table.kept_reading import kept_reading, refusing_unfit, with_titles
from kam_xl.table.keys import SIMILAR, Keys, settle_keys
from kam_xl.table.mapping import lettered, read_given, refuse_missing
from kam_xl.table.operational.block import AmountReading
from kam_xl.table.operational.kept import KeptPlan, is_kept, kept_sheet, not_read
from kam_xl.table.operational.layout import plan_of_others
from kam_xl.table.operational.plan import SHAPE, Operations, read_operations
from kam_xl.table.operational.table_facts import with_facts_of
from kam_xl.table.product_rows import join_products
from kam_xl.table.scores import read_scores
from kam_xl.table.skipping import without_skipped
from kam_xl.table.sources.files import open_file
from kam_xl.table.sources.workbook_file import WorkbookFile
from kam_xl.table.values.cells import quoted
from kam_xl.table.values.column_values import Values
from kam_xl.table.words.matching import Unit, resembles
from kam_xl.table.years import settle_year

if TYPE_CHECKING:
    import xlwings as xw

_DEFAULTS = Settings()
_MANY = 3


def read(
    path: str | Path | WorkbookFile,
    *,
    sheet: str | None = None,
    table: str | None = None,
    mapping: Path | None = None,
    operational: Path | None = None,
    encoding: str = "",
    settings: Settings = _DEFAULTS,
    today: date | None = None,
    forget: bool = False,
) -> ClientTable:
    """Read a client table from a file.

    Parameters
    ----------
    path : path or WorkbookFile
        A workbook (xlsx, xlsm, xlsb, xls), opened already or not, a csv file of any dialect, or a parquet file.
    sheet : str, optional
        The sheet with the table; by default the one that looks most like a client table.
    table : str, optional
        The name of an Excel table, instead of a sheet.
    mapping : path, optional
        A TOML file that says how to read the table (`kam_xl.table.mapping.read_given`); by default the reading that the
        workbook keeps holds.
    encoding : str, optional
        The encoding of a text file; by default it is found out.
    operational : path, optional
        A file with the operational plan; by default it is looked for in the other sheets of the same workbook.
    settings : Settings, optional
        `money_tolerance` for the checks, `currency` where there are several, `clients_by` what counts as one client.
    today : date, optional
        The day that dates are checked against; by default the present one.
    forget : bool
        Whether to pass over the reading that the workbook keeps.

    Returns
    -------
    ClientTable
        With one `Finding` for everything doubtful: bad cells never stop the reading.

    Raises
    ------
    TableError
        Where there is no table to read, or no client in it.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp(), "clients.csv")
    >>> _ = path.write_text("Client;Revenue;Budget\\nNord;1 200,50;5000\\nTotal;1 200,50;5000\\n", "utf-8")
    >>> table = read(path)
    >>> [(client.client, client.revenue, client.procurement_budget) for client in table.clients()]
    [('Nord', 1200.5, 5000.0)]
    >>> [finding.code for finding in table.findings]
    ['no-id-column', 'total-row']
    """
    given = read_given(mapping) if mapping else None
    source = path if isinstance(path, WorkbookFile) else open_file(Path(path), encoding or _encoding(given))
    return _read(source, sheet, table, Given() if forget and not given else given, settings, today, operational)


def _encoding(given: Given | None) -> str:
    return given.encoding if given else ""


def read_book(
    book: xw.Book,
    *,
    skip: Collection[str] = (),
    sheet: str | None = None,
    table: str | None = None,
    mapping: Path | None = None,
    operational: Path | None = None,
    settings: Settings = _DEFAULTS,
    today: date | None = None,
) -> ClientTable:
    """Read a client table from an open xlwings book; sheets of our own and those in `skip` are passed over.

    See `read` for the other parameters, the result and the errors.
    """
    from kam_xl.table.sources.open_book import OpenBook

    source = OpenBook(book, skip)
    given = read_given(mapping) if mapping else None
    return _read(source, sheet, table, given, settings, today, operational)


def read_grid(grid: Grid, *, settings: Settings = _DEFAULTS, today: date | None = None) -> ClientTable:
    """Read a client table from cells at hand, such as the values of a range.

    See `read` for the other parameters, the result and the errors.

    Examples
    --------
    >>> table = read_grid(Grid("", [["Client", "Revenue"], ["Nord", 5.0], ["Total", 5.0]]))
    >>> table.row_numbers, [client.client for client in table.clients()]
    ([2], ['Nord'])
    """
    return _read(SingleGrid("", grid), None, None, None, settings, today)


def read_grids(
    grids: Sequence[Grid], *, name: str = "", settings: Settings = _DEFAULTS, today: date | None = None
) -> ClientTable:
    """Read a client table and its competitors from the sheets of a workbook that is not a file yet, called `name`.

    See `read` for the other parameters, the result and the errors.

    Examples
    --------
    >>> clients = Grid("Clients", [["Client", "Revenue", "Industry"], ["Nord", 5.0, "Steel"]])
    >>> competitors = Grid("Competitors", [["Client", "Competitor", "Revenue"], ["Nord", "Rival", 7.0]])
    >>> [(rival.name, rival.revenue) for rival in read_grids([clients, competitors]).clients()[0].competitors]
    [('Rival', 7.0)]
    """
    return _read(Grids(name, grids), None, None, None, settings, today)


def _read(
    source: Source,
    sheet: str | None,
    table: str | None,
    given: Given | None,
    settings: Settings,
    today: date | None,
    operational: Path | None = None,
) -> ClientTable:
    """Read a table as the user says, in a reading file or in the one that the workbook keeps."""
    kept = kept_reading(source) if given is None else None
    if kept is None:
        return _read_by(source, sheet, table, given or Given(), settings, today, operational)
    with refusing_unfit(source):
        return _read_by(source, sheet, table, kept, settings, today, operational, keeps=True)


def _read_by(
    source: Source,
    sheet: str | None,
    table: str | None,
    given: Given,
    settings: Settings,
    today: date | None,
    operational: Path | None = None,
    *,
    keeps: bool = False,
) -> ClientTable:
    today = today or date.today()
    table = table or given.table
    if given.columns and not table:
        given = lettered(given, [source.head(name) for name in source.sheets()])
    place = (
        choose.named_table(source, table, given)
        if table
        else choose.client_sheet(source, [sheet] if sheet else given.sheets, given)
    )
    rivals = choose.competitor_sheet(source, place.grid.sheet, given.competitors)
    titled = replace(place.header, titles=(*place.header.titles, *place.titles))
    refuse_missing(given, titled, rivals and rivals.header)
    given = with_titles(given, place)
    if given != Given():  # what the workbook keeps says the whole of it
        given = replace(given, table=table or "", sheets=[sheet] if sheet else given.sheets)
    currency = given.currency or settings.currency
    levels = given.groups[len(place.sheets) > 1 :]  # of several sheets the first are their names
    header = replace(place.header, levels=(*levels, "client")) if levels else place.header

    def read_it(grid: Grid) -> Block:
        return read_block(grid, header, source.decimal, given=given, currency=currency)

    block = without_skipped(read_it(place.grid), given, read_it)
    if not block.rows:
        raise _no_clients(source, block)
    name_sheets(block, place.sheets, given)
    block.remarks += [*place.remarks, *_missing_columns(block)]
    block = join_products(block)
    keys = settle_keys(block)
    own_scores = read_scores(block, settings, own=True)
    competition, findings = _competition(source, rivals, block, keys, settings)
    used = [block.grid.sheet, *place.sheets]
    for name, remark in choose.competitors_not_read(source, used, rivals):
        findings.append(Finding(name, "A1", "", "", *remark[2:]))
    operations = _operations(source, block, used, keys, settings, today, operational)
    found = source.name, block.grid.sheet, table or "", block.grid.top + block.header.row
    plans = with_facts_of(block, operations.of, Period(today.year, MONTH, today.month).end)
    year = settle_year(block, source.name, settings, today)
    kept = KeptPlan(operational.name, today, operations.amounts) if operational else None
    where = TableSource(*found, block.letters, source.encoding, given, keeps, year, kept, operations.sheets)
    result = ClientTable(block, keys, where, competition, plans, place.sheets, own_scores)
    if settings.clients_by == "parent":
        of_rows = [each for each in block.findings(keys.ids, keys.names) if each.code != SIMILAR]
        findings = [*of_rows, *findings]
        result = result.by_parent()
    result.findings = [*_checked(result, settings, today), *findings, *operations.findings]
    return result


def _checked(table: ClientTable, settings: Settings, today: date) -> list[Finding]:
    """All that is doubtful about a table, what the rules find in it included."""
    block, keys = table.block, table.keys
    for position, fault in check(table.checked(), settings, today):
        value = block.shown(position, fault.field)
        block.remarks.append(Remark(block.rows[position], block.column(fault.field), *fault[1:4], value, fault.remedy))
    return block.findings(keys.ids, keys.names)


def _no_clients(source: Source, block: Block) -> NoClientsError:
    return NoClientsError(
        Text("the table has no clients"),
        where=choose.place_of(source, [block.grid.sheet]),
        remedy=Text(
            "Enter the clients below the header in row {row}, one a row; totals and footnotes do not count.",
            row=block.grid.top + block.header.row,
        ),
    )


def _missing_columns(block: Block) -> list[Remark]:
    wanted = {
        "revenue": Text("There is no column with revenue: shares, ABC classes and the penetration index are unknown."),
        "procurement_budget": Text("There is no column with procurement budgets: the penetration index is unknown."),
    }
    return [
        Remark(None, block.column("client"), "missing-column", "warning", message, field, _remedy(block, field))
        for field, message in wanted.items()
        if field not in block.fields
    ]


def _remedy(block: Block, field: str) -> Text:
    """What to do where a column is missing, with the headers over amounts that may be meant for it."""
    known = {block.header.titles[column] for column in block.header.matches}
    similar = [
        quoted(title)
        for title, cells in block.extra.items()
        if title not in known and resembles(title, field) and Values(cells).are_numbers
    ]
    if not similar:
        return Text("Add the column, or name its header in a reading file.")
    return Text("Add the column, or name its header in a reading file: is it {titles}?", titles=similar[:_MANY])


def _competition(
    source: Source, place: choose.Place | None, clients: Block, keys: Keys, settings: Settings
) -> tuple[Competition, list[Finding]]:
    """The competitors' sheet joined to the clients, and what to report about it."""
    if place is None:
        return Competition(), []
    block = read_block(place.grid, place.header, source.decimal, clients.unit, currency=clients.currency)
    in_vat = vat_differs_from(clients.vat, with_vat(block.settled), block.grid, block.header.top)
    block.remarks += [in_vat] if in_vat else []
    budgets = clients.fields.get("procurement_budget", ())
    competition = join(block, keys.ids, keys.names, read_scores(block, settings), budgets)
    ids = [client_id or "" for client_id in competition.columns["client_id"]]
    return competition, block.findings(ids, competition.names)


def _operations(
    source: Source,
    clients: Block,
    used: Collection[str],
    keys: Keys,
    settings: Settings,
    today: date,
    file: Path | None,
) -> Operations:
    """The operational plan joined to the clients: from a file of its own, from the sheet on which the book keeps that
    of an earlier one, or from its other sheets."""
    elsewhere = open_file(file) if file else None
    own = choose.operational_sheets(source, used)
    kept = None if elsewhere else kept_sheet(source)
    grids = [kept] if kept else choose.sheets_meant_operational(elsewhere) if elsewhere else own
    if elsewhere and all(map(plan_of_others, grids)):
        raise _no_operations(elsewhere)
    revenue = clients.column("revenue")
    whole = clients.header.titles[revenue], Unit(1.0, None, None)
    reading = AmountReading(
        unit=whole if kept else _unit(clients) or whole,
        decimal=(elsewhere or source).decimal or clients.decimal,
        this_year=today.year,
        tolerance=settings.money_tolerance,
        this_month=today.month,
        vat=bases({revenue: whole[0]}, clients.grid, clients.header.top, clients.settled.net).get(revenue, ("", "")),
    )
    operations = read_operations(grids, keys.ids, keys.names, reading, elsewhere.name if elsewhere else "")
    if kept:
        operations.findings.insert(0, is_kept(kept))
    if instead := kept.sheet if kept else elsewhere and elsewhere.name:
        beside = [each for each in own if read_operations([each], keys.ids, keys.names, reading).amounts]
        operations.findings += [not_read(each.sheet, instead) for each in beside]
    return operations


def _unit(clients: Block) -> tuple[str, Unit] | None:
    """Header and unit of the client table's amounts; their currency may stand in a column of its own."""
    if clients.unit is None:
        return None
    title, unit = clients.unit
    return title, unit._replace(currency=unit.currency or clients.currency or None)


def _no_operations(source: Source) -> HeaderNotFoundError:
    return HeaderNotFoundError(
        Text("no operational plan was found"),
        where=source.name,
        remedy=SHAPE,
    )
