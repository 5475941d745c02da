"""Draws the map of product groups by client: sums above, amounts coloured by size, white spots marked."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.utils import get_column_letter

from drawing import style
from drawing.canvas import Canvas
from drawing.highlights import tint_where
from drawing.style import Painter
from kam_xl.locale import Text
from kam_xl.plan.fields import Field, OurSheet
from kam_xl.plan.reports import report_fields
from kam_xl.plan.reports.whitespace import (
    AMOUNT,
    CLIENT,
    CLIENT_SUM,
    MAP_CLIENTS,
    MAP_PRODUCTS,
    OTHERS,
    OTHERS_SUM,
    PRODUCT,
    PRODUCT_SUM,
    SPOT,
    TOTAL,
)

SUM_COLUMN, OTHERS_COLUMN = "B", "C"  # before the product groups: where there are few, nothing is torn apart
_PRODUCTS = range(4, 4 + MAP_PRODUCTS)
FIRST, LAST = get_column_letter(_PRODUCTS[0]), get_column_letter(_PRODUCTS[-1])
_SPOTS = 5 + MAP_PRODUCTS  # the first of the hidden columns that say where white spots are
SPOTS_FROM, SPOTS_TO = (get_column_letter(column) for column in (_SPOTS, _SPOTS + MAP_PRODUCTS - 1))
ALL = f"A:{LAST}"
LEGEND = Text(
    "The darker, the more is bought; blank: nothing. Orange: similar clients buy it, see the sheet White spots. Key "
    "accounts stand first, by rank; sums are of all clients and product groups."
)


def add_whitespace(book: Workbook, painter: Painter) -> None:
    """Add the map."""
    canvas = Canvas(book, OurSheet.WHITESPACE, painter)
    canvas.widths({"A": 40, **dict.fromkeys(map(get_column_letter, range(2, 4 + MAP_PRODUCTS)), 14.5)})
    canvas.report_head(f"A:{get_column_letter(_PRODUCTS[-3])}", f"{get_column_letter(_PRODUCTS[-2])}:{LAST}")
    canvas.line(ALL, LEGEND, style.NOTE, 28)
    canvas.field(report_fields.READING, ALL, edge="", vertical="top")
    canvas.height(80, grows=True)
    canvas.row += 1
    canvas.gap()
    _head(canvas)
    _sums(canvas)
    top = canvas.row
    for field, left, right in (
        (CLIENT, "A", "A"),
        (AMOUNT, FIRST, LAST),
        (OTHERS, OTHERS_COLUMN, OTHERS_COLUMN),
        (CLIENT_SUM, SUM_COLUMN, SUM_COLUMN),
        (SPOT, SPOTS_FROM, SPOTS_TO),
    ):
        canvas.name(field.name, f"{left}{top}:{right}{top + MAP_CLIENTS - 1}")
    for _ in range(MAP_CLIENTS):
        _row(canvas)
    _colours(canvas, f"{FIRST}{top}:{LAST}{canvas.row - 1}", f"{SPOTS_FROM}{top}")
    for column in range(_SPOTS, _SPOTS + MAP_PRODUCTS):
        canvas.sheet.column_dimensions[get_column_letter(column)].hidden = True
    canvas.page(f"A1:{LAST}{canvas.row - 1}", landscape=True, title_rows=f"{top - 2}:{top - 2}")
    canvas.sheet.freeze_panes = f"B{top}"


def _head(canvas: Canvas) -> None:
    look = style.TABLE_HEAD._replace(horizontal="right", wrap=True)
    canvas.write("A", CLIENT.title, style.TABLE_HEAD)
    for column in _PRODUCTS:
        canvas.write(get_column_letter(column), None, look)
    canvas.write(OTHERS_COLUMN, OTHERS.title, look)
    canvas.write(SUM_COLUMN, CLIENT_SUM.title, look)
    canvas.name(PRODUCT.name, f"{FIRST}{canvas.row}:{LAST}{canvas.row}")
    canvas.height(44)
    canvas.row += 1


def _sums(canvas: Canvas) -> None:
    _cells(canvas, PRODUCT_SUM, OTHERS_SUM, TOTAL, bold=True)
    canvas.sheet[f"A{canvas.row}"].value = canvas.say(TOTAL.title)
    canvas.name(PRODUCT_SUM.name, f"{FIRST}{canvas.row}:{LAST}{canvas.row}")
    canvas.name(OTHERS_SUM.name, f"{OTHERS_COLUMN}{canvas.row}")
    canvas.name(TOTAL.name, f"{SUM_COLUMN}{canvas.row}")
    canvas.height(18)
    canvas.row += 1


def _row(canvas: Canvas) -> None:
    _cells(canvas, AMOUNT, OTHERS, CLIENT_SUM)
    canvas.height(16, grows=True)
    canvas.row += 1


def _cells(canvas: Canvas, amount: Field, others: Field, total: Field, *, bold: bool = False) -> None:
    """The cells of a row: its name, its product groups, the other groups, its sum."""
    canvas.write("A", None, style.field_look(CLIENT, bold=bold), CLIENT.number)
    for column in _PRODUCTS:
        canvas.write(get_column_letter(column), None, style.field_look(amount, bold=bold), amount.number)
    canvas.write(OTHERS_COLUMN, None, style.field_look(others, bold=bold, horizontal="right"), others.number)
    canvas.write(SUM_COLUMN, None, style.field_look(total, bold=True, horizontal="right"), total.number)


def _colours(canvas: Canvas, amounts: str, spot: str) -> None:
    tint_where(canvas, amounts, f"N({spot})=1", style.FAIR)
    scale = ColorScaleRule("num", 0, "FFFFFF", "percentile", 50, "D5E3F0", "max", None, "7FA6CC")
    canvas.sheet.conditional_formatting.add(amounts, scale)
