"""The chart of the plan sheet: target revenue beside the operational plan, and the gap between, by year."""

from __future__ import annotations

from kam_xl.locale import Text
from kam_xl.plan.fields import PLAN_FIELDS
from kam_xl.template import style
from kam_xl.template.canvas import Canvas
from kam_xl.template.charts import categories, columns, place

_COLUMNS = (
    ("kam_trajectory_revenue", Text("Revenue on the way to the goal"), style.BAND),
    ("kam_trajectory_plan", PLAN_FIELDS["kam_trajectory_plan"].title, style.ACCENT),
    ("kam_trajectory_gap", PLAN_FIELDS["kam_trajectory_gap"].title, style.GAP),
)


def trajectory_chart(canvas: Canvas, places: dict[str, str]) -> None:
    """Draw the chart over its rows; it reads the sheet's own cells."""
    years = categories(canvas, places["kam_trajectory_year"], text=False)
    series = [(title, places[name], color) for name, title, color in _COLUMNS]
    axis = canvas.say(PLAN_FIELDS["kam_trajectory_year"].title)
    place(canvas, columns(canvas, years, series, gap=80, axis=axis), places["chart"])
