"""The charts of the plan sheet: the years to the goal, the people, and how the figures went."""

from __future__ import annotations

from openpyxl.chart import ScatterChart
from openpyxl.chart.axis import _BaseAxis
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineEndProperties, LineProperties
from openpyxl.utils.cell import get_column_letter, range_boundaries

from drawing import style
from drawing.canvas import Canvas
from drawing.charts import categories, columns, numbers, place, plain_axis
from kam_xl.locale import Text
from kam_xl.plan.account.plan_fields import ATTITUDES, INFLUENCES, PEOPLE_ROWS, PLAN_FIELDS

_TRAJECTORY = (
    ("kam_trajectory_revenue", style.BAND),
    ("kam_trajectory_plan", style.ACCENT),
    ("kam_trajectory_gap", style.GAP),
)
_TREND = (("kam_trend_revenue", style.BAND), ("kam_trend_goal", style.BUBBLE_FILL))


def trajectory_chart(canvas: Canvas, places: dict[str, str]) -> None:
    """Goals beside the operational plan, and the gap between, by year: below 0 where the plan leads beyond the goal."""
    _columns_over(canvas, places, "trajectory chart", "kam_trajectory_label", _TRAJECTORY, signed=True)


def trend_chart(canvas: Canvas, places: dict[str, str]) -> None:
    """Revenue and proposed goal at earlier builds."""
    _columns_over(canvas, places, "trend chart", "kam_trend_day", _TREND)


def _columns_over(
    canvas: Canvas,
    places: dict[str, str],
    area: str,
    category: str,
    drawn: tuple[tuple[str, str], ...],
    *,
    signed: bool = False,
) -> None:
    labels = categories(canvas, places[category], text=True)
    series = [(PLAN_FIELDS[name].title, places[name], color) for name, color in drawn]
    chart = columns(canvas, labels, series, gap=80, axis=canvas.say(PLAN_FIELDS[category].title), signed=signed)
    place(canvas, chart, places[area])


def people_chart(canvas: Canvas, places: dict[str, str]) -> None:
    """People by attitude and influence, with their names, and a line to whom each reports.

    Its data stand in hidden columns, which a chart passes over unless it is told not to.
    """
    chart = ScatterChart()
    chart.scatterStyle, chart.style, chart.visible_cells_only = "lineMarker", None, False
    chart.series.append(_people(canvas, places))
    chart.series.extend(_line_to_boss(canvas, places, row) for row in range(PEOPLE_ROWS))
    _scale(canvas, chart.x_axis, "kam_map_x", ATTITUDES)
    _scale(canvas, chart.y_axis, "kam_map_y", INFLUENCES)
    chart.x_axis.axPos, chart.y_axis.axPos = "b", "l"
    chart.legend = None
    # Names stand to the right of their points, the supporters' behind the last mark. No fixed place for the plot: of a
    # folded chart LibreOffice would draw scraps.
    chart.x_axis.scaling.max = 1.7
    place(canvas, chart, places["map chart"])


def _people(canvas: Canvas, places: dict[str, str]) -> Series:
    """One point a person; the names are put to them when the file is saved."""
    series = Series(idx=0, order=0, tx=SeriesLabel(v=canvas.say(PLAN_FIELDS["kam_stakeholder_name"].title)))
    series.xVal = categories(canvas, places["kam_map_x"], text=False)
    series.yVal = numbers(canvas, places["kam_map_y"])
    series.marker = Marker(symbol="circle", size=9, spPr=GraphicalProperties(solidFill=style.BUBBLE))
    series.marker.graphicalProperties.line.noFill = True
    series.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    series.smooth = False
    return series


def _line_to_boss(canvas: Canvas, places: dict[str, str], row: int) -> Series:
    """From a person to whom it reports: two cells side by side for each axis."""
    across, upwards = (_pair(places, axis, row) for axis in ("x", "y"))
    series = Series(idx=row + 1, order=row + 1, tx=SeriesLabel(v=f"{row + 1}"))
    series.xVal, series.yVal = categories(canvas, across, text=False), numbers(canvas, upwards)
    series.marker = Marker(symbol="none")
    arrow = LineEndProperties(type="triangle", w="med", len="med")
    series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=style.LINE, w=12700, tailEnd=arrow))
    series.smooth = False
    return series


def _pair(places: dict[str, str], axis: str, row: int) -> str:
    left, top, _, _ = range_boundaries(places[f"kam_map_{axis}"])
    right, _, _, _ = range_boundaries(places[f"kam_map_boss_{axis}"])
    letters = [get_column_letter(column) for column in (left, right)]
    return f"{letters[0]}{top + row}:{letters[1]}{top + row}"


def _scale(canvas: Canvas, axis: _BaseAxis, name: str, words: tuple[Text, ...]) -> None:
    """An axis from -1 to 1 whose three marks bear words: a number format has one for each sign."""
    most, middle, least = (canvas.say(word) for word in words)
    plain_axis(axis, canvas.say(PLAN_FIELDS[name].title), number_format=f'"{most}";"{least}";"{middle}"', grid=True)
    axis.scaling.min, axis.scaling.max, axis.majorUnit = -1, 1, 1
