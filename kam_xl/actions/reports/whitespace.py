"""The sheets of white spots: filled from product groups; proposals that somebody took become opportunities of plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import xlwings as xw

from kam_xl.actions.book.lists import List, Row
from kam_xl.actions.book.protection import refuse_protected
from kam_xl.actions.book.sheets import OurSheets, id_text
from kam_xl.actions.building import Options, table_of
from kam_xl.actions.imports.deals import DealReport, import_deals
from kam_xl.actions.plans.context import BuildContext
from kam_xl.actions.reports.whitespace_sheets import SHEETS, fill, products_of
from kam_xl.actions.setup import own_language
from kam_xl.domain.whitespace import Whitespace
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.reports import whitespace as content
from kam_xl.table import ClientTable
from kam_xl.table.deals import Deal, Deals
from kam_xl.table.product_sales import ProductSales
from kam_xl.table.words.vocabulary import MARKS


@dataclass(frozen=True)
class WhitespaceReport:
    """White spots and what was done with them.

    Attributes
    ----------
    spaces : Whitespace
    read : ProductSales
    taken : DealReport or None
        Of the proposals that became opportunities.
    kept : list of str
        Addresses of cells that people typed over, left as they are.
    """

    spaces: Whitespace
    read: ProductSales
    taken: DealReport | None
    kept: list[str] = field(default_factory=list)

    def lines(self, lang: str) -> list[str]:
        """What is told: the sum, what went into plans, what was left out of the product groups."""
        taken = self.taken.lines() if self.taken else []
        return [line.render(lang) for line in (content.spots_summary(self.spaces.spots), *taken, *self.read.notes)]


def whitespace(book: xw.Book, options: Options, read: ProductSales | None = None) -> WhitespaceReport:
    """Draw the map of product groups by client and list the white spots; proposals marked with yes go into their plans.

    Parameters
    ----------
    book : xlwings.Book
    options : Options
    read : ProductSales, optional
        By default those of the workbook's own sheet.

    Raises
    ------
    HeaderNotFoundError, ProductsError
        Where the workbook has no product groups, or they cannot be read.
    """
    table = options.table or table_of(book, options)
    lang, today = own_language(book) or options.lang, options.today or date.today()
    context = BuildContext(book, table, lang=lang, settings=options.settings, today=today)
    refuse_protected(book, context.sheets.built())
    read = read or products_of(context)
    wanted = _wanted(context.sheets)
    taken = _taken(book, table, wanted, context.lang) if wanted else None
    if taken:  # the record has new lines
        context = BuildContext(book, table, lang=lang, settings=options.settings, today=today)
    context.sheets.add_missing(context.lang, {*SHEETS, OurSheet.RECORD})
    spaces, kept = fill(context, read, wanted)
    context.record.save()
    return WhitespaceReport(spaces, read, taken, kept)


def _wanted(sheets: OurSheets) -> list[Row]:
    """The rows of the list that somebody marked with a yes."""
    sheet = sheets.find(OurSheet.WHITE_SPOTS)
    rows = [row.ours for row in List(sheet, content.SPOTS).rows()] if sheet else []
    return [row for row in rows if str(row.get("take") or "").strip().casefold() in MARKS[True]]


def _taken(book: xw.Book, table: ClientTable, wanted: list[Row], lang: str) -> DealReport | None:
    """Make opportunities of the rows that somebody marked."""
    deals = [
        Deal(
            id_text(row.get("client_id")),
            str(row.get("client") or ""),
            str(row.get("product") or ""),
            amount if isinstance(amount := row.get("amount"), float) else None,
            stage="lead",
        )
        for row in wanted
    ]
    return import_deals(book, table, Deals(OurSheet.WHITE_SPOTS.label.render(lang), deals), lang=lang)
