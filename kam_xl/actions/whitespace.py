"""The sheets of white spots: filled from product groups; proposals that somebody took become opportunities of plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import xlwings as xw

from kam_xl.actions.building import Options, table_of
from kam_xl.actions.context import BuildContext
from kam_xl.actions.deals import DealReport, import_deals
from kam_xl.actions.filling import Filled
from kam_xl.actions.lists import List, Row, refresh
from kam_xl.actions.sheets import OurSheets, id_text
from kam_xl.domain.whitespace import Whitespace
from kam_xl.domain.whitespace import whitespace as found_in
from kam_xl.engines.stamp import show_some
from kam_xl.locale import Text
from kam_xl.plan import whitespace as content
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.units import amounts_in
from kam_xl.table import ClientTable
from kam_xl.table.deals import Deal, Deals
from kam_xl.table.open_book import OpenBook
from kam_xl.table.product_sales import ProductSales
from kam_xl.table.products import read_products
from kam_xl.table.vocabulary import MARKS


@dataclass(frozen=True)
class WhitespaceReport:
    """White spots and what was done with them.

    Attributes
    ----------
    found : Whitespace
    read : ProductSales
    taken : DealReport or None
        Of the proposals that became opportunities.
    kept : list of str
        Addresses of cells that people typed over, left as they are.
    """

    found: Whitespace
    read: ProductSales
    taken: DealReport | None
    kept: list[str] = field(default_factory=list)

    def lines(self, lang: str) -> list[str]:
        """What is told: the sum, what went into plans, what was left out of the product groups."""
        taken = self.taken.lines() if self.taken else []
        return [line.render(lang) for line in (content.spots_summary(self.found.spots), *taken, *self.read.notes)]


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
    lang, today = options.lang, options.today or date.today()
    context = BuildContext(book, table, lang=lang, settings=options.settings, today=today)
    if read is None:
        read = read_products(OpenBook(book), table, tolerance=context.settings.money_tolerance)
    wanted = _wanted(context.sheets)
    taken = _taken(book, table, wanted, context.lang) if wanted else None
    if taken:  # the record has new lines
        context = BuildContext(book, table, lang=lang, settings=options.settings, today=today)
    found = found_in(read.sales, context.classification)
    context.sheets.add_missing(context.lang, {OurSheet.WHITESPACE, OurSheet.WHITE_SPOTS, OurSheet.RECORD})
    kept = [*_map(context, found, read), *_list(context, found, wanted)]
    context.record.save()
    return WhitespaceReport(found, read, taken, kept)


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


def _map(context: BuildContext, found: Whitespace, read: ProductSales) -> list[str]:
    sheet = context.sheets.find(OurSheet.WHITESPACE)
    if sheet is None:
        return []
    values = content.map_values(found, context.classification, context.lang)
    told = [Text("Product groups: {where}", where=read.where), *read.notes]
    values |= {
        "kam_summary": content.spots_summary(found.spots).render(context.lang),
        "kam_unit": amounts_in(context.unit, context.classification.settings.currency).render(context.lang),
        "kam_reading": "\n".join(line.render(context.lang) for line in told),
        "kam_built": context.today,
    }
    page = Filled(sheet, context.record, sheet.kind, values)
    page.fill(values)
    page.write()
    if area := sheet.area(content.CLIENT.name):
        filled = sum(bool(name) for name in page.shown[content.CLIENT.name])
        show_some(sheet.sheet, {"clients": range(area.top, area.bottom + 1)}, {"clients": filled})
    return page.kept


def _list(context: BuildContext, found: Whitespace, wanted: list[Row]) -> list[str]:
    sheet = context.sheets.find(OurSheet.WHITE_SPOTS)
    if sheet is None:
        return []
    planned = {
        (client_id, str(name).casefold())
        for client_id, plans in context.sheets.plans.items()
        if "kam_opportunity_what" in plans[0]
        for name in plans[0].cells("kam_opportunity_what")
        if name
    }
    for row in wanted:  # what was typed has gone where it belongs
        if (id_text(row.get("client_id")), str(row.get("product")).casefold()) in planned:
            context.record.accept(f"{sheet.kind}:{_key(row)}", "take", row.get("take"))
    rows = [content.spot_row(spot, planned, context.lang) for spot in found.spots]
    kept = refresh(sheet, content.SPOTS, rows, key=_key, record=context.record)
    values = {
        "kam_summary": content.spots_summary(found.spots).render(context.lang),
        "kam_hint": content.HINT.render(context.lang),
        "kam_built": context.today,
    }
    page = Filled(sheet, context.record, sheet.kind, values)
    page.fill(values)
    page.write()
    return kept + page.kept


def _key(row: Row) -> str:
    return f"{id_text(row.get('client_id'))}|{row.get('product') or ''}"
