"""Draws the operational dashboard: key figures, the months with their chart; managers, territories, deviations."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break

from drawing import style
from drawing.canvas import Canvas
from drawing.charts import categories, columns, place
from drawing.highlights import first_cell, tint_where
from drawing.style import Look, Painter
from kam_xl.locale import Text
from kam_xl.plan.fields import Field, OurSheet
from kam_xl.plan.reports import dashboard_fields as fields
from kam_xl.plan.reports.dashboard_formulas import DASHBOARD_FORMULAS

WIDTHS = {"A": 25, **dict.fromkeys("BCDEFGHIJK", 14.5)}
ALL = "A:K"
TILE_SPANS = ("A", "B:C", "D:E", "F:G", "H:I", "J:K")
GROUP_SPANS = tuple("ABCDEFGHIJK")
MONTH_SPANS = ("H:I", "J", "K")
TOP_SPANS = ("A:B", "C:D", "E", "F", "G:H", "I", "J", "K")
CHART = "A:G"
_TILE = Look(size=14, bold=True)
NOTE = Text(
    "Plan to date is the plan of the months that have actual figures: like is compared with like. The forecast for the "
    "year is the actual of these months and the plan of the others; an actual without a plan is compared with nothing."
)

Places = dict[str, str]


def add_dashboard(book: Workbook, painter: Painter) -> None:
    """Add the operational dashboard."""
    canvas = Canvas(book, OurSheet.DASHBOARD, painter)
    canvas.widths(WIDTHS)
    canvas.report_head("A:H", "I:K")
    places = _tiles(canvas)
    canvas.gap()
    places |= _months(canvas)
    canvas.line(ALL, NOTE, style.NOTE, 26)
    canvas.sheet.row_breaks.append(Break(id=canvas.row - 1))
    for title, group, spans in (
        (Text("By manager"), fields.MANAGERS, GROUP_SPANS),
        (Text("By territory"), fields.TERRITORIES, GROUP_SPANS),
        (Text("The largest deviations"), fields.TOP, TOP_SPANS),
    ):
        canvas.line(ALL, title, style.HEADING, 18)
        places |= _table(canvas, group, spans)
        canvas.gap()
    _highlights(canvas, places)
    canvas.page(f"A1:K{canvas.row - 1}", landscape=True)
    canvas.sheet.freeze_panes = "A2"


def _tiles(canvas: Canvas) -> Places:
    places: Places = {}
    width = len(TILE_SPANS)
    for first in range(0, len(fields.TILES), width):
        row, top = fields.TILES[first : first + width], canvas.row
        places |= canvas.tiles(zip(row, TILE_SPANS, strict=True), _TILE, height=28, label_height=16)
        if row == fields.MARGIN:
            canvas.name(fields.MARGIN_PART, f"A{top}:K{canvas.row - 1}")
    for name, cell in places.items():
        if name in DASHBOARD_FORMULAS:
            canvas.sheet[cell] = DASHBOARD_FORMULAS[name]
    return places


def _months(canvas: Canvas) -> Places:
    """The chart on the left, its months on the right."""
    canvas.write("H:K", Text("Month by month"), style.HEADING)
    canvas.line("A:G", Text("Revenue: plan and actual by month"), style.HEADING, 18)
    top = canvas.row
    places = canvas.table(zip(fields.MONTHS, MONTH_SPANS, strict=True), height=26, head_height=26)
    left, _, right = CHART.partition(":")
    _chart(canvas, places, f"{left}{top}:{right}{canvas.row - 1}")
    return places


def _chart(canvas: Canvas, places: Places, area: str) -> None:
    name, *amounts = fields.MONTHS
    series = [
        (field.title, places[field.name], color)
        for field, color in zip(amounts, (style.BUBBLE_FILL, style.BAND), strict=True)
    ]
    place(canvas, columns(canvas, categories(canvas, places[name.name], text=True), series, gap=60), area)


def _table(canvas: Canvas, group: Sequence[Field], spans: Sequence[str]) -> Places:
    formulas = {field.name: DASHBOARD_FORMULAS[field.name] for field in group if field.name in DASHBOARD_FORMULAS}
    return canvas.table(zip(group, spans, strict=True), formulas, height=16, head_height=28, wrap=False)


def _highlights(canvas: Canvas, places: Places) -> None:
    """Colour what falls short of its plan."""
    for name, area in places.items():
        if name.endswith(("_deviation", "_share")) and not name.endswith(("lead_share", "key_share")):
            cell = first_cell(area)
            tint_where(canvas, area, f"AND(ISNUMBER({cell}),N({cell})<0)", style.BAD)
            tint_where(canvas, area, f"AND(ISNUMBER({cell}),N({cell})>0)", style.GOOD)
