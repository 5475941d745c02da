"""The sheets Whitespace and White spots, filled from product groups."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.actions.book.filling import Filled
from kam_xl.actions.book.lists import List, Row, refresh
from kam_xl.actions.book.sheets import id_text
from kam_xl.actions.plans.context import BuildContext
from kam_xl.domain.whitespace import Whitespace
from kam_xl.domain.whitespace import whitespace as found_in
from kam_xl.engines.stamp import show_some
from kam_xl.locale import Text
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.reports import whitespace as content
from kam_xl.plan.units import amounts_in
from kam_xl.table.errors import HeaderNotFoundError
from kam_xl.table.finding import Finding
from kam_xl.table.product_sales import ProductSales
from kam_xl.table.products import ProductsError, read_products
from kam_xl.table.sources.open_book import OpenBook

SHEETS = (OurSheet.WHITESPACE, OurSheet.WHITE_SPOTS)


def products_of(context: BuildContext) -> ProductSales:
    """The sales by product group that the workbook itself holds.

    Raises
    ------
    HeaderNotFoundError, ProductsError
        Where it has none, or they cannot be read.
    """
    return read_products(OpenBook(context.book), context.table, tolerance=context.settings.money_tolerance)


def refresh_whitespace(context: BuildContext) -> tuple[list[str], list[Finding]]:
    """Bring the sheets up to date where the workbook has them.

    Returns
    -------
    tuple
        Addresses of cells that people typed over, and a finding where the sheets stay as they were.
    """
    ours = next((sheet for kind in SHEETS if (sheet := context.sheets.find(kind))), None)
    if ours is None:
        return [], []
    try:
        read = products_of(context)
    except (HeaderNotFoundError, ProductsError) as error:
        return [], [_left_as_it_was(ours.title, error)]
    return fill(context, read)[1], []


def fill(context: BuildContext, read: ProductSales, wanted: Sequence[Row] = ()) -> tuple[Whitespace, list[str]]:
    """Fill the sheets; returns the white spots, and addresses of cells that people typed over.

    `wanted` are rows of the list that somebody marked, and that have become opportunities.
    """
    spaces = found_in(read.sales, context.classification)
    return spaces, [*_map(context, spaces, read), *_list(context, spaces, wanted)]


def _left_as_it_was(title: str, error: HeaderNotFoundError | ProductsError) -> Finding:
    return Finding(
        title,
        "",
        client_id="",
        client="",
        code="whitespace-old",
        grade="note",
        message=Text("The sheet was not brought up to date: {reason}.", reason=error.what),
        value=None,
        remedy=Text('Press "Whitespace", or run kam-xl whitespace with the file that has the product groups.'),
    )


def _map(context: BuildContext, spaces: Whitespace, read: ProductSales) -> list[str]:
    sheet = context.sheets.find(OurSheet.WHITESPACE)
    if sheet is None:
        return []
    values = content.map_values(spaces, context.classification, context.lang)
    lines = [Text("Product groups: {where}", where=read.where), *read.notes]
    values |= {
        "kam_summary": content.spots_summary(spaces.spots).render(context.lang),
        "kam_unit": amounts_in(context.unit, context.classification.settings.currency).render(context.lang),
        "kam_reading": "\n".join(line.render(context.lang) for line in lines),
        "kam_built": context.today,
    }
    page = Filled(sheet, context.record, sheet.kind, values)
    page.fill(values)
    page.write()
    if area := sheet.area(content.CLIENT.name):
        filled = sum(bool(name) for name in page.shown[content.CLIENT.name])
        show_some(sheet.sheet, {"clients": range(area.top, area.bottom + 1)}, {"clients": filled})
        sheet[content.CLIENT.name][: max(filled, 1), :].rows.autofit()  # long names stand whole
    return page.kept


def _list(context: BuildContext, spaces: Whitespace, wanted: Sequence[Row]) -> list[str]:
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
            context.record.accept(f"{sheet.kind}:{row_key(row)}", "take", row.get("take"))
    rows = [content.spot_row(spot, planned, context.lang) for spot in spaces.spots]
    kept = refresh(List(sheet, content.SPOTS), rows, key=row_key, record=context.record)
    values = {
        "kam_summary": content.spots_summary(spaces.spots).render(context.lang),
        "kam_hint": content.HINT.render(context.lang),
        "kam_built": context.today,
    }
    page = Filled(sheet, context.record, sheet.kind, values)
    page.fill(values)
    page.write()
    return kept + page.kept


def row_key(row: Row) -> str:
    """What tells a row of the list from others: its client and its product group."""
    return f"{id_text(row.get('client_id'))}|{row.get('product') or ''}"
