"""What all our charts have in common: quiet axes, one text size, a place given by cells."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.chart import BarChart
from openpyxl.chart._chart import ChartBase
from openpyxl.chart.axis import ChartLines, _BaseAxis
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumFmt, NumRef, StrRef
from openpyxl.chart.layout import Layout
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)
from openpyxl.utils.cell import range_boundaries

from drawing import style
from drawing.canvas import Canvas
from kam_xl.locale import Text

GRID = "E3E8ED"


def numbers(canvas: Canvas, area: str) -> NumDataSource:
    """The numbers of a series, from the sheet's own cells."""
    return NumDataSource(numRef=NumRef(f=canvas.reference(area)))


def categories(canvas: Canvas, area: str, *, text: bool) -> AxDataSource:
    """The categories of a series, from the sheet's own cells."""
    reference = canvas.reference(area)
    return AxDataSource(strRef=StrRef(f=reference)) if text else AxDataSource(numRef=NumRef(f=reference))


def columns(
    canvas: Canvas,
    category: AxDataSource,
    series: Iterable[tuple[Text, str, str]],
    *,
    gap: int,
    axis: str = "",
    signed: bool = False,
) -> BarChart:
    """Amounts of money as columns side by side: title, cells and colour of each series; `axis` names the categories.

    Columns begin at 0 unless some may lie below (`signed`).
    """
    chart = BarChart()
    chart.type, chart.gapWidth, chart.overlap = "col", gap, -5
    for index, (words, area, color) in enumerate(series):
        drawn = Series(idx=index, order=index, tx=SeriesLabel(v=canvas.say(words)))
        drawn.cat, drawn.val = category, numbers(canvas, area)
        drawn.graphicalProperties, drawn.invertIfNegative = solid(color), False
        chart.series.append(drawn)
    plain_axis(chart.x_axis, axis)
    plain_axis(chart.y_axis, number_format="#,##0", grid=True)
    if not signed:
        chart.y_axis.scaling.min = 0  # else programs cut off the feet of columns that are nearly equal
    key(chart)
    return chart


def solid(color: str) -> GraphicalProperties:
    """A plain fill without a line."""
    properties = GraphicalProperties(solidFill=color)
    properties.line.noFill = True
    return properties


def letters(size: float = 9, *, bold: bool = False, color: str = style.MUTED) -> CharacterProperties:
    """The letters of a chart's texts."""
    return CharacterProperties(sz=int(size * 100), b=bold, solidFill=color, latin=Font(typeface=style.FONT))


def text(size: float = 9, turn: int | None = None) -> RichText:
    """The text properties of labels; `turn` in degrees."""
    body = RichTextProperties(rot=None if turn is None else turn * 60000)
    return RichText(bodyPr=body, p=[Paragraph(pPr=ParagraphProperties(defRPr=letters(size)), endParaRPr=letters(size))])


def title(words: str, size: float = 9, *, bold: bool = False) -> Title:
    """The title of a chart or an axis, beside the plot and never over it."""
    run = RegularTextRun(rPr=letters(size, bold=bold), t=words)
    made = Title(layout=Layout(), overlay=False)
    made.tx.rich = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters(size, bold=bold)), r=[run])])
    return made


def plain_axis(
    axis: _BaseAxis, words: str = "", *, number_format: str = "General", grid: bool = False, turn: int | None = None
) -> None:
    """A thin grey axis with its title; `turn` is the angle of its labels."""
    axis.delete = False
    axis.title = title(words) if words else None
    axis.numFmt = NumFmt(formatCode=number_format, sourceLinked=False)
    axis.majorTickMark = axis.minorTickMark = "none"
    axis.tickLblPos = "low"
    axis.txPr = text(turn=turn)
    axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=style.LINE, w=9525))
    axis.majorGridlines = (
        ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=GRID, w=9525))) if grid else None
    )


def key(chart: ChartBase, position: str = "t") -> None:
    """The legend, in the letters of the axes."""
    chart.legend.position = position
    chart.legend.overlay = False
    chart.legend.txPr = text()


def place(canvas: Canvas, chart: ChartBase, area: str) -> None:
    """Put a chart exactly over an area of cells, so that it follows them."""
    left, top, right, bottom = range_boundaries(area)
    chart.anchor = TwoCellAnchor(
        editAs="twoCell",
        _from=AnchorMarker(col=left - 1, row=top - 1),
        to=AnchorMarker(col=right, row=bottom),
    )
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(noFill=True)
    chart.graphical_properties.line.noFill = True
    canvas.sheet.add_chart(chart)
