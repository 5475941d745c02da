"""Draws the portfolio: key figures, the grid of ratings beside its bubble chart; concentration; the charts' data."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break

from kam_xl.domain.model import Position, Potential
from kam_xl.domain.strategy import strategy
from kam_xl.locale import Text
from kam_xl.plan import report_fields
from kam_xl.plan.fields import PLAN_FIELDS, OurSheet
from kam_xl.plan.report_fields import GRID, GRID_UNRATED
from kam_xl.template import style
from kam_xl.template.canvas import Canvas
from kam_xl.template.highlights import POSITION_TINTS
from kam_xl.template.portfolio_charts import bubble_chart, pareto_chart
from kam_xl.template.style import Look, Painter

# One column for the positions, three pairs for the potentials, seven for the chart beside them.
WIDTHS = {"A": 12, **dict.fromkeys("BCDEFG", 14), **dict.fromkeys("HIJKLMN", 10.5)}
ALL, LEFT, RIGHT = "A:N", "A:G", "H:N"
POTENTIAL_SPANS = dict(zip(Potential, ("B:C", "D:E", "F:G"), strict=True))
NAMES_HEIGHT = 104  # a line of numbers and `GRID_LINES` of names
PARETO_CHART_ROWS = 22

# The more there is to gain or to lose, the deeper the tint.
_DEEP, _MIDDLE, _LIGHT, _PALE = "C6D6E5", "DAE5EE", "EAF0F4", "F6F8FA"
GRID_FILLS = {
    Position.STRONG: (_DEEP, _MIDDLE, _LIGHT),
    Position.MEDIUM: (_DEEP, _MIDDLE, _LIGHT),
    Position.WEAK: (_MIDDLE, _LIGHT, _PALE),
}

KPI_TILES = (
    ("clients", "A"),
    ("revenue", "B:C"),
    ("key_accounts", "D"),
    ("limit_allowed", "E"),
    ("above_limit", "F"),
    ("key_revenue_share", "G"),
    ("known_budgets", "H:I"),
    ("coverage_revenue", "J:K"),
    ("group_penetration", "L:N"),
)
CONCENTRATION_TILES = (
    ("top_1", "A:B"),
    ("top_5", "C:D"),
    ("top_10", "E:F"),
    ("hhi", "G:I"),
    ("normalised_hhi", "J:N"),
)
_TILE = Look(size=14, bold=True)
_KPIS = {field.name.removeprefix("kam_kpi_"): field for field in report_fields.KPIS}


def add_portfolio(book: Workbook, painter: Painter) -> None:
    """Add the portfolio with its charts; the chart data stand below the printed pages."""
    canvas = Canvas(book, OurSheet.PORTFOLIO, painter)
    canvas.widths(WIDTHS)
    canvas.report_head("A:K", "L:N")
    _tiles(canvas, KPI_TILES, label_height=37)
    canvas.gap()
    bubbles = _grid(canvas)
    canvas.sheet.row_breaks.append(Break(id=canvas.row - 1))
    canvas.gap()
    pareto = _concentration(canvas)
    canvas.page(f"A1:N{canvas.row - 1}", landscape=True)
    canvas.gap(18)
    places = _chart_data(canvas)
    bubble_chart(canvas, places, bubbles)
    pareto_chart(canvas, places, pareto)
    canvas.sheet.freeze_panes = "A2"


def _tiles(canvas: Canvas, tiles: tuple[tuple[str, str], ...], label_height: float) -> None:
    canvas.tiles([(_KPIS[code], span) for code, span in tiles], _TILE, label_height=label_height)


def _grid(canvas: Canvas) -> str:
    """The grid on the left; returns the area on the right, for the chart."""
    canvas.write(RIGHT, Text("Key accounts: the size of a bubble is revenue, a dot is none"), style.HEADING)
    canvas.line(LEFT, Text("Clients by position and potential"), style.HEADING, 18)
    top = canvas.row
    head = Look(size=9, bold=True, ink=style.MUTED, horizontal="center", wrap=False)
    canvas.write("A", PLAN_FIELDS["kam_position"].title, head._replace(horizontal="left"))
    for potential, span in POTENTIAL_SPANS.items():
        canvas.write(span, Text("Potential: {label}", label=potential.label), head)
    canvas.height(16)
    canvas.row += 1
    for position in Position:
        _grid_row(canvas, position)
    canvas.write("A:B", GRID_UNRATED.title, style.LABEL._replace(edge="below"))
    canvas.field(GRID_UNRATED, "C:G", size=8)
    canvas.height(46)
    canvas.row += 1
    return f"H{top}:N{canvas.row - 1}"


def _grid_row(canvas: Canvas, position: Position) -> None:
    """A position: the strategies, and below each the clients it is for."""
    background, ink = POSITION_TINTS[position.label]
    look = Look(11, bold=True, fill=background, ink=ink, horizontal="center", edge="box")
    canvas.write("A", position.label, look, rows=2)
    cells = list(zip(POTENTIAL_SPANS.items(), GRID_FILLS[position], strict=True))
    for (potential, span), tint in cells:
        recommended = strategy(position, potential)
        canvas.write(span, recommended and recommended.label, Look(9, bold=True, fill=tint))
    canvas.height(26)
    canvas.row += 1
    for (potential, span), tint in cells:
        names = canvas.write(span, None, Look(8, fill=tint, vertical="top", edge="below"))
        canvas.name(GRID[position, potential], names)
    canvas.height(NAMES_HEIGHT)
    canvas.row += 1


def _concentration(canvas: Canvas) -> str:
    """The second page; returns the area for the Pareto chart."""
    canvas.line(ALL, Text("Concentration of revenue"), style.HEADING, 18)
    _tiles(canvas, CONCENTRATION_TILES, label_height=16)
    canvas.gap()
    canvas.write("J:N", Text("References by vertical"), style.HEADING)
    canvas.line("A:H", Text("Largest clients and their cumulative share of revenue"), style.HEADING, 18)
    top = canvas.row
    vertical, count = report_fields.REFERENCES
    canvas.table([(vertical, "J:L"), (count, "M:N")], height=20, head_height=26)
    while canvas.row < top + PARETO_CHART_ROWS:
        canvas.gap(20)
    return f"A{top}:H{canvas.row - 1}"


def _chart_data(canvas: Canvas) -> dict[str, str]:
    """The cells that the charts are drawn from, side by side; returns their addresses."""
    canvas.line(ALL, Text("Data of the charts"), style.HEADING, 18)
    canvas.line(ALL, Text("The program fills these cells, and the charts are drawn from them."), style.NOTE, 16)
    top = canvas.row
    pareto = canvas.table(zip(report_fields.PARETO, ("H:J", "K:L", "M:N"), strict=True), head_height=26, wrap=False)
    canvas.row = top
    bubbles = canvas.table(
        zip(report_fields.BUBBLE, ("A:B", "C", "D", "E", "F:G"), strict=True), head_height=38, wrap=False
    )
    return bubbles | pareto
