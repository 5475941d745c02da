"""The two charts of the portfolio: the bubble chart of key accounts and the Pareto chart of revenue."""

from __future__ import annotations

from openpyxl.chart import BarChart, BubbleChart, LineChart
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties

from drawing import style
from drawing.canvas import Canvas
from drawing.charts import categories, key, numbers, place, plain_axis, solid
from kam_xl.plan.reports import portfolio_fields

_TITLES = {field.name: field.title for field in (*portfolio_fields.BUBBLE, *portfolio_fields.PARETO)}


def bubble_chart(canvas: Canvas, places: dict[str, str], area: str) -> None:
    """Penetration across, procurement budget upwards on a logarithmic scale, revenue as the size of a bubble."""
    chart = BubbleChart(bubbleScale=40, showNegBubbles=False, sizeRepresents="area")
    series = Series(idx=0, order=0, tx=SeriesLabel(v=canvas.say(_TITLES["kam_bubble_revenue"])))
    series.xVal = categories(canvas, places["kam_bubble_penetration"], text=False)
    series.yVal = numbers(canvas, places["kam_bubble_height"])
    series.bubbleSize = numbers(canvas, places["kam_bubble_revenue"])
    series.bubble3D = False
    series.invertIfNegative = False
    # Light, so that a name over a neighbour's bubble stays readable.
    series.graphicalProperties = GraphicalProperties(
        solidFill=style.BUBBLE_FILL, ln=LineProperties(solidFill=style.BUBBLE, w=9525)
    )
    chart.series.append(series)
    plain_axis(chart.x_axis, canvas.say(_TITLES["kam_bubble_penetration"]), number_format="0%", grid=True)
    plain_axis(chart.y_axis, canvas.say(_TITLES["kam_bubble_height"]), number_format="#,##0", grid=True)
    chart.x_axis.axPos, chart.y_axis.axPos = "b", "l"
    chart.x_axis.scaling.min = 0
    # Heights are in a unit in which none is below 1: not every program finds the beginning of a logarithmic axis.
    chart.y_axis.scaling.logBase, chart.y_axis.scaling.min = 10, 1
    chart.legend = None
    place(canvas, chart, area)


def pareto_chart(canvas: Canvas, places: dict[str, str], area: str) -> None:
    """Revenue by client as columns, the cumulative share as a line on the second axis."""
    bars, line = BarChart(), LineChart()
    bars.type, bars.gapWidth = "col", 40
    for index, (chart, name) in enumerate(((bars, "kam_pareto_revenue"), (line, "kam_pareto_cumulative"))):
        series = Series(idx=index, order=index, tx=SeriesLabel(v=canvas.say(_TITLES[name])))
        series.cat = categories(canvas, places["kam_pareto_client"], text=True)
        series.val = numbers(canvas, places[name])
        chart.series.append(series)
    bars.series[0].graphicalProperties, bars.series[0].invertIfNegative = solid(style.BUBBLE), False
    line.series[0].graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=style.ACCENT, w=28575))
    line.series[0].smooth = False
    line.series[0].marker.symbol = "none"
    plain_axis(bars.x_axis, turn=-60)
    bars.x_axis.tickLblSkip = 1
    plain_axis(bars.y_axis, number_format="#,##0", grid=True)
    bars.y_axis.scaling.min = 0
    plain_axis(line.y_axis, number_format="0%")
    line.y_axis.axId, line.y_axis.crosses, line.y_axis.tickLblPos = 200, "max", "nextTo"
    line.y_axis.scaling.min, line.y_axis.scaling.max = 0, 1
    bars += line
    # Long names must not squeeze the columns flat.
    bars.layout = Layout(ManualLayout(layoutTarget="inner", xMode="edge", yMode="edge", x=0.12, y=0.1, w=0.8, h=0.55))
    key(bars)
    place(canvas, bars, area)
