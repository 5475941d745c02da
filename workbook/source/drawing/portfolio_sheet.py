"""Draws the portfolio: where the money is on page 1; goals, concentration, competitors behind; the charts' data."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break

from drawing import style
from drawing.canvas import Canvas
from drawing.highlights import POSITION_TINTS
from drawing.portfolio_charts import bubble_chart, pareto_chart
from drawing.style import Look, Painter
from kam_xl.domain.model import Position, Potential
from kam_xl.domain.strategy import strategy
from kam_xl.locale import Text
from kam_xl.plan.account.plan_fields import PLAN_FIELDS
from kam_xl.plan.fields import Number, OurSheet
from kam_xl.plan.reports import portfolio_fields, report_fields
from kam_xl.plan.reports.portfolio_fields import GRID, GRID_UNRATED

# One column for the positions, three pairs for the potentials, seven for the chart beside them.
WIDTHS = {"A": 22, **dict.fromkeys("BCDEFG", 14), "H": 11, "I": 11, "J": 12, "K": 12, "L": 12, "M": 14, "N": 12}
ALL, LEFT, RIGHT = "A:N", "A:G", "H:N"
POTENTIAL_SPANS = dict(zip(Potential, ("B:C", "D:E", "F:G"), strict=True))
NAMES_HEIGHT = 104  # two lines of numbers and `GRID_LINES` of names
PARETO_CHART_ROWS = 14

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
    ("top_10", "E:G"),
    ("hhi", "H:J"),
    ("normalised_hhi", "K:N"),
)
_TILE = Look(size=14, bold=True)
_KPIS = {field.name.removeprefix("kam_kpi_"): field for field in portfolio_fields.KPIS}


def add_portfolio(book: Workbook, painter: Painter) -> None:
    """Add the portfolio with its charts; the chart data stand below the printed pages."""
    canvas = Canvas(book, OurSheet.PORTFOLIO, painter)
    canvas.widths(WIDTHS)
    canvas.report_head("A:K", "L:N")
    canvas.field(portfolio_fields.GOALS_NOTE, ALL, bold=True, edge="")
    canvas.height(18)
    canvas.row += 1
    canvas.field(report_fields.NOTICE, ALL, edge="", fill=style.FAIR[0], ink=style.FAIR[1])
    canvas.height(44)
    canvas.sheet.row_dimensions[canvas.row].hidden = True  # until there is something to say
    canvas.row += 1
    _tiles(canvas, KPI_TILES, label_height=37)
    canvas.gap()
    bubbles = _grid(canvas)
    _new_page(canvas)
    _goals(canvas)
    canvas.gap()
    pareto = _concentration(canvas)
    _new_page(canvas)
    _competitors(canvas)
    canvas.page(f"A1:N{canvas.row - 1}", landscape=True)
    canvas.gap(18)
    places = _chart_data(canvas)
    bubble_chart(canvas, places, bubbles)
    pareto_chart(canvas, places, pareto)
    canvas.sheet.freeze_panes = "A2"


def _new_page(canvas: Canvas) -> None:
    canvas.sheet.row_breaks.append(Break(id=canvas.row - 1))
    canvas.gap()


def _tiles(canvas: Canvas, tiles: tuple[tuple[str, str], ...], label_height: float) -> None:
    canvas.tiles([(_KPIS[code], span) for code, span in tiles], _TILE, label_height=label_height)


def _grid(canvas: Canvas) -> str:
    """The grid on the left; returns the area on the right, for the chart."""
    canvas.write(RIGHT, Text("Key accounts by penetration and budget"), style.HEADING)
    canvas.line(
        LEFT, Text("Clients by position and potential (● and a number: a key account with its rank)"), style.HEADING, 18
    )
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
    canvas.field(portfolio_fields.BUBBLE_NOTE, RIGHT, size=8, edge="")
    canvas.height(46)
    canvas.row += 1
    return f"H{top}:N{canvas.row - 2}"


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


def _goals(canvas: Canvas) -> None:
    """Goals by year on the left, by manager on the right."""
    canvas.write(RIGHT, Text("The last year by manager"), style.HEADING)
    canvas.line(LEFT, Text("Goals of all key accounts, operational plans and opportunities"), style.HEADING, 18)
    top = canvas.row
    spans = ("H:I", "J", "K", "L", "M", "N")
    canvas.table(zip(portfolio_fields.MANAGERS, spans, strict=True), height=17, head_height=34, size=9)
    last, canvas.row = canvas.row, top
    for field in portfolio_fields.TOTALS:
        canvas.write("A", field.title, style.LABEL._replace(edge="below"))
        look = style.field_look(field, size=10, horizontal="right", bold=field.number is Number.YEAR)
        for column in "BCDEFG":
            canvas.write(column, None, look, field.number)
        canvas.name(field.name, f"B{canvas.row}:G{canvas.row}")
        if canvas.row > top:
            canvas.height(24)  # for titles of two lines
        canvas.row += 1
    canvas.row = last


def _concentration(canvas: Canvas) -> str:
    """How much depends on few clients; returns the area for the Pareto chart."""
    canvas.line(ALL, Text("Concentration of revenue"), style.HEADING, 18)
    canvas.field(portfolio_fields.CONCENTRATION_NOTE, ALL, edge="", bold=True)
    canvas.height(18)
    canvas.row += 1
    _tiles(canvas, CONCENTRATION_TILES, label_height=16)
    canvas.gap()
    canvas.write(RIGHT, Text("The largest clients that are not key"), style.HEADING)
    canvas.line(LEFT, Text("Largest clients and their cumulative share of revenue"), style.HEADING, 18)
    top = canvas.row
    spans = ("H:K", "L:M", "N")
    canvas.table(zip(portfolio_fields.NOT_KEY, spans, strict=True), height=17, head_height=18, size=9)
    while canvas.row < top + PARETO_CHART_ROWS:
        canvas.gap(17)
    return f"A{top}:G{canvas.row - 1}"


def _competitors(canvas: Canvas) -> None:
    """Competitors over all clients, and where a reference is missing."""
    canvas.line(ALL, Text("Competitors over all clients"), style.HEADING, 18)
    spans = ("A:B", "C", "D", "E:I", "J:N")
    canvas.table(zip(portfolio_fields.RIVALS, spans, strict=True), height=26, head_height=26, size=9)
    canvas.gap()
    canvas.write("A:G", Text("References by vertical"), style.HEADING)
    canvas.line("H:N", portfolio_fields.WITHOUT_REFERENCE.title, style.HEADING, 18)
    top = canvas.row
    vertical, count = portfolio_fields.REFERENCES
    canvas.table([(vertical, "A:E"), (count, "F:G")], height=16, head_height=18)
    last, canvas.row = canvas.row, top + 1
    first = canvas.write(
        RIGHT, None, style.field_look(portfolio_fields.WITHOUT_REFERENCE, size=9, vertical="top"), rows=8
    )
    canvas.name(portfolio_fields.WITHOUT_REFERENCE.name, first)
    canvas.row = last


def _chart_data(canvas: Canvas) -> dict[str, str]:
    """The cells that the charts are drawn from, side by side; returns their addresses."""
    canvas.line(ALL, Text("Data of the charts"), style.HEADING, 18)
    canvas.line(ALL, Text("The program fills these cells, and the charts are drawn from them."), style.NOTE, 16)
    top = canvas.row
    pareto = canvas.table(zip(portfolio_fields.PARETO, ("H:J", "K:L", "M:N"), strict=True), head_height=26, wrap=False)
    canvas.row = top
    bubbles = canvas.table(
        zip(portfolio_fields.BUBBLE, ("A:B", "C", "D", "E", "F", "G"), strict=True), head_height=38, wrap=False
    )
    return bubbles | pareto
