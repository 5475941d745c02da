"""Where the sales by product group come from: sums as they stand, documents through the reader of ledgers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from kam_xl.cli.options import existing_file, option
from kam_xl.domain.settings import Settings
from kam_xl.locale import Text
from kam_xl.table.client_table import ClientTable
from kam_xl.table.errors import HeaderNotFoundError
from kam_xl.table.product_sales import ProductSales
from kam_xl.table.products import DocumentsError, read_products


@dataclass(frozen=True)
class ProductOptions:
    """Where the product groups are, and how documents are read."""

    products: Annotated[
        Path | None,
        option(
            Text("A file with client, product group and amount, such as a ledger; by default the workbook."),
            metavar="FILE",
        ),
    ] = None
    products_sheet: Annotated[
        str, option(Text("The sheet with the product groups, if it is not detected."), metavar="SHEET")
    ] = ""
    period: Annotated[
        str, option(Text("Only documents of this period: 2025, 2025-Q1, 2025-03, 2025-01..2025-06."), metavar="PERIOD")
    ] = ""
    currency: Annotated[str, option(Text("Only the documents in this currency."), metavar="CODE")] = ""
    recipe: Annotated[Path | None, option(Text("How documents are read: a recipe or a reading file."))] = None
    drop_duplicates: Annotated[
        bool, option(Text("Count documents that are identical in every column once."), "--drop-duplicates")
    ] = False
    leave_out_bad: Annotated[bool, option(Text("Leave out the rows that cannot be read."), "--leave-out-bad")] = False


def read_sales(options: ProductOptions, workbook: Path, table: ClientTable, settings: Settings) -> ProductSales:
    """The sales by product group of the clients of a table."""
    path = existing_file(options.products) if options.products else workbook
    sheet, tolerance, elsewhere = options.products_sheet, settings.money_tolerance, ""
    try:
        return read_products(path, table, sheet=sheet, tolerance=tolerance)
    except DocumentsError as documents:
        sheet, elsewhere = documents.sheet, documents.elsewhere
    except HeaderNotFoundError:
        if options.products is None:
            raise
    from kam_xl.cli.ledger_options import SourceOptions, recipe_of
    from kam_xl.ledger.counts.counting import ImportOptions
    from kam_xl.ledger.products import documented_sales

    recipe = recipe_of(SourceOptions(recipe=options.recipe, period=options.period, currency=options.currency))
    how = ImportOptions(drop_duplicates=options.drop_duplicates, leave_out_bad=options.leave_out_bad)
    return documented_sales(path, sheet, recipe, how, table, tolerance, elsewhere=elsewhere)
