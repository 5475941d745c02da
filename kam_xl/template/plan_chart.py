"""The chart of the plan sheet: target revenue beside the operational plan, and the gap between, by year."""

from __future__ import annotations

from openpyxl.chart import BarChart
from openpyxl.chart.series import Series, SeriesLabel

from kam_xl.locale import Text
from kam_xl.plan.fields import PLAN_FIELDS
from kam_xl.template import style
from kam_xl.template.canvas import Canvas
from kam_xl.template.charts import categories, key, numbers, place, plain_axis, solid

_COLUMNS = (
    ("kam_trajectory_revenue", Text("Revenue on the way to the goal"), style.BAND),
    ("kam_trajectory_plan", PLAN_FIELDS["kam_trajectory_plan"].title, style.ACCENT),
    ("kam_trajectory_gap", PLAN_FIELDS["kam_trajectory_gap"].title, style.GAP),
)


def trajectory_chart(canvas: Canvas, places: dict[str, str]) -> None:
    """Draw the chart over its rows; it reads the sheet's own cells."""
    chart = BarChart()
    chart.type, chart.gapWidth, chart.overlap = "col", 80, -5
    for index, (name, title, color) in enumerate(_COLUMNS):
        series = Series(idx=index, order=index, tx=SeriesLabel(v=canvas.say(title)))
        series.cat = categories(canvas, places["kam_trajectory_year"], text=False)
        series.val = numbers(canvas, places[name])
        series.graphicalProperties, series.invertIfNegative = solid(color), False
        chart.series.append(series)
    plain_axis(chart.x_axis, canvas.say(PLAN_FIELDS["kam_trajectory_year"].title))
    plain_axis(chart.y_axis, number_format="#,##0", grid=True)
    key(chart)
    place(canvas, chart, places["chart"])
