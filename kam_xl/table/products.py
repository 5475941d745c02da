"""The table of product groups: what each client buys from us, and elsewhere where that is known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kam_xl.locale import Text, language_of_headers
from kam_xl.table.client_table import ClientTable
from kam_xl.table.errors import HeaderNotFoundError, TableError
from kam_xl.table.grid import Grid, Source
from kam_xl.table.headers.currencies import currency_code
from kam_xl.table.headers.currency_columns import currency_columns
from kam_xl.table.headers.header import KEYS, Header, find_header
from kam_xl.table.headers.vat import bases, vat_against
from kam_xl.table.product_sales import ProductRow, ProductSales, sales_of
from kam_xl.table.product_shapes import in_rows
from kam_xl.table.records.filling import named_below
from kam_xl.table.sources.files import open_file
from kam_xl.table.values.cells import Cell, quoted, read_name
from kam_xl.table.values.money import Amounts, read_money
from kam_xl.table.words.matching import Matcher, unit_of
from kam_xl.table.words.row_words import is_total
from kam_xl.table.words.vocabulary import JUDGING, PRODUCT_FIELDS, PRODUCT_SHEETS

_AMOUNTS = ("revenue", "bought_elsewhere")
_WANTED = ({"client", "client_id"}, {"category"}, set(_AMOUNTS))  # one of each
_NAMED = 8  # values in one sentence


class ProductsError(TableError):
    """Amounts that cannot be read or put beside those of the client table."""


class DocumentsError(ProductsError):
    """Rows that are documents: which of them are sales, and of which year, is for the ledgers' reader to decide."""

    def __init__(self, where: str, sheet: str, columns: Sequence[str], elsewhere: str = "") -> None:
        self.sheet, self.elsewhere = sheet, elsewhere
        super().__init__(
            Text("the rows are single documents, see the columns {columns}", columns=list(columns)),
            where=where,
            remedy=Text(
                "Sum them up by client and product group, or use the command line, which leaves out what is not a "
                "sale: kam-xl whitespace WORKBOOK -o WORKBOOK"
            ),
        )


@dataclass(frozen=True)
class _Row(ProductRow):
    number: int = 0

    @property
    def is_total(self) -> bool:
        return any(is_total(label) for label in (self.client, self.client_id, self.product) if label)

    @property
    def is_sale(self) -> bool:
        return not self.is_total and bool(self.product and (self.client_id or self.client))


def read_products(
    given: Path | Source, table: ClientTable, *, sheet: str = "", tolerance: float = 0.005
) -> ProductSales:
    """Read the sales by product group of the clients of a table.

    The columns are found by their headers: client (id or name), product group or category, amount, and where known
    what the client buys elsewhere. Rows of one client and product are added up.

    Parameters
    ----------
    given : Path or Source
        The workbook of the client table, open or as a file, or any other file with such a table.
    table : ClientTable
    sheet : str, optional
        The sheet; by default the one that has these columns.
    tolerance : float
        The share of an amount by which sums may differ by rounding.

    Raises
    ------
    HeaderNotFoundError
        Where no sheet has the columns.
    DocumentsError
        Where the rows have dates, states or kinds: `kam_xl.ledger.products` reads them.
    ProductsError
        Where amounts cannot be read, or are in another currency than the client table's.
    """
    source = open_file(given) if isinstance(given, Path) else given
    grid, header = _grid_of_products(source, sheet, table)
    where = f"{source.name}, {grid.sheet}" if grid.sheet else source.name
    if titles := [quoted(header.titles[column]) for column in sorted(header.columns_of(*JUDGING))]:
        elsewhere = header.fields.get("bought_elsewhere")
        raise DocumentsError(where, grid.sheet, titles, "" if elsewhere is None else header.titles[elsewhere])
    rows = _rows(grid, header, source.decimal, table, where)
    lines = [row for row in rows if not row.is_total]
    return sales_of(lines, table, where, [*_vat_notes(grid, header, table), *_totals(rows, tolerance)], tolerance)


def _vat_notes(grid: Grid, header: Header, table: ClientTable) -> list[Text]:
    """The amounts that are with VAT where those of the client table are without it, or the other way round."""
    titles = {at: header.titles[at] for field in _AMOUNTS if (at := header.fields.get(field)) is not None}
    said = bases(titles, grid, header.top).values()
    return [text for each in said for text in vat_against(each, table.block.vat)]


def _grid_of_products(source: Source, sheet: str, table: ClientTable) -> tuple[Grid, Header]:
    """The sheet whose header names client, product and amount; one that is called so comes first."""
    matcher = Matcher(PRODUCT_FIELDS)
    own = table.source.sheet if table.source.name == source.name else ""
    names = [sheet] if sheet else sorted(source.sheets(), key=lambda name: name.casefold() not in PRODUCT_SHEETS)
    for name in names:
        header = find_header(source.head(name), matcher) if sheet or not own or name != own else None
        if header and all(header.fields.keys() & wanted for wanted in _WANTED):
            return source.grid(name), header
    for name in names:
        called_so = bool(sheet) or name.casefold() in PRODUCT_SHEETS
        turned = in_rows(source.grid(name)) if called_so and (not own or name != own) else None
        if turned and (header := find_header(turned, matcher)):
            return turned, header
    raise HeaderNotFoundError(
        Text("no table of product groups was found"),
        where=source.name,
        remedy=Text(
            "Add a sheet Products with the columns Client ID, Product group, Revenue, or name a file: --products FILE."
        ),
    )


def _rows(grid: Grid, header: Header, decimal: str, table: ClientTable, where: str) -> list[_Row]:
    columns: Sequence[Sequence[Cell]] = grid.columns(header.row + 1, len(header.titles))
    keys = [header.fields[key] for key in KEYS if key in header.fields]
    columns = named_below(columns, keys, header.fields["category"])
    blank: tuple[Cell, ...] = (None,) * len(columns[0] if columns else ())
    names = {
        field: [read_name(cell) for cell in columns[header.fields[field]]] if field in header.fields else blank
        for field in ("client_id", "client", "category")
    }
    decimal = decimal or language_of_headers(header.titles).decimal_mark
    read = {
        field: read_money(columns[at], at, unit_of(header.titles[at]), decimal)
        for field in _AMOUNTS
        if (at := header.fields.get(field)) is not None
    }
    _refuse_unreadable(read.values(), where, grid, header)
    own = next((columns[at] for at in currency_columns(header, columns)), blank)
    _refuse_currencies(read, own, where, header, table)
    nothing: list[float | None] = [None] * len(blank)
    revenue, elsewhere = (
        _in_units(read[field], header.titles[header.fields[field]]) if field in read else nothing for field in _AMOUNTS
    )
    cells = zip(names["client_id"], names["client"], names["category"], revenue, elsewhere, strict=True)
    return [
        _Row(client_id, client, product, revenue, elsewhere, grid.home(header.row + 1 + at)[1])
        for at, (client_id, client, product, revenue, elsewhere) in enumerate(cells)
        if client_id or client or product or revenue or elsewhere
    ]


def _in_units(amounts: Amounts, title: str) -> list[float | None]:
    scale = unit_of(title).scale or 1.0
    return [None if value is None else value * scale for value in amounts.values]


def _refuse_unreadable(read: Iterable[Amounts], where: str, grid: Grid, header: Header) -> None:
    errors = [remark for amounts in read for remark in amounts.remarks if remark.grade == "error"]
    if errors:
        raise ProductsError(
            Text(
                "amounts cannot be read in rows {rows}",
                rows=[str(grid.home(header.row + 1 + (remark.row or 0))[1]) for remark in errors],
            ),
            where=where,
            got=", ".join(str(remark.value) for remark in errors[:_NAMED]),
            remedy=Text("Enter numbers, or leave the cells blank."),
        )


def _refuse_currencies(
    read: Mapping[str, Amounts], own: Sequence[Cell], where: str, header: Header, table: ClientTable
) -> None:
    """Stop where cells, headers or the column of currencies (`own`) name several, or not the client table's."""
    currencies = {unit_of(header.titles[header.fields[field]]).currency or "" for field in read}
    for amounts in read.values():
        currencies |= set(amounts.currencies.values())
        currencies |= {currency_code(code) for code, value in zip(own, amounts.values, strict=True) if value}
    if len((currencies | {table.currency}) - {""}) > 1:
        raise ProductsError(
            Text("amounts are in several currencies, or in another one than the client table's"),
            where=where,
            got=", ".join(sorted(currencies - {""})),
            remedy=Text("Give all amounts in one currency."),
        )


def _totals(rows: Sequence[_Row], tolerance: float) -> list[Text]:
    """Totals are left out; one that is neither the sum of all rows nor of those since the last total is told."""
    notes: list[Text] = []
    everything, since = math.fsum(row.revenue or 0.0 for row in rows if row.is_sale), 0.0
    for row in rows:
        if row.is_sale:
            since += row.revenue or 0.0
        elif row.is_total and row.revenue is not None:
            if not any(math.isclose(row.revenue, own_sum, rel_tol=tolerance) for own_sum in (everything, since)):
                notes.append(
                    Text(
                        "Row {row} states a total of {stated:money}; the rows above add up to {found:money}.",
                        row=str(row.number),
                        stated=row.revenue,
                        found=since,
                    )
                )
            since = 0.0
    return notes
