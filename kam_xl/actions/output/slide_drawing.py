"""The parts of slides drawn with python-pptx: texts, tables and charts of the program's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import Any, NamedTuple

from kam_xl.plan.deck.slide_parts import Bubbles, Columns, Lines, Paragraph, Part, Table, Tiles

INK, MUTED, BAND, SOFT, OVERDUE = "22303C", "52606D", "34495E", "DDE4EB", "84150F"
GOAL, PLAN, WEIGHTED, GAP = "34495E", "C98A2B", "9DB4C9", "C0554B"
SERIES_COLORS = {3: (GOAL, PLAN, GAP), 4: (GOAL, PLAN, WEIGHTED, GAP)}
"""By the number of series."""
FONT = "Calibri"
INCH = 914400
"""In EMU."""


class Frame(NamedTuple):
    """A place on a slide: left, top, width and height, of the content area in fractions or of the slide in EMU."""

    left: float
    top: float
    width: float
    height: float


def letters(font: Any, size: float, *, bold: bool = False, color: str = INK) -> None:
    """Give a font the deck's own look."""
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    font.size, font.bold, font.name = Pt(size), bold, FONT
    font.color.rgb = RGBColor.from_string(color)


@singledispatch
def draw_part(part: Part, slide: Any, frame: Frame) -> None:
    """Put a part onto a slide."""
    raise NotImplementedError(type(part))


@draw_part.register
def _(part: Lines, slide: Any, frame: Frame) -> None:
    box = slide.shapes.add_textbox(*map(int, frame))
    box.text_frame.word_wrap = True
    write(box.text_frame, part.paragraphs, _size_for(part.paragraphs, frame))


def _size_for(paragraphs: Sequence[Paragraph], frame: Frame) -> float:
    """The largest size of letters at which the text fits its frame, as far as that can be estimated."""
    for size in (16.0, 14.0, 13.0, 12.0, 11.0, 10.0):
        letters = frame.width / 12700 / (size * 0.5)
        lines = sum(max(1.0, -(-len(each.text) // max(letters, 1.0))) for each in paragraphs)
        if lines * size * 1.25 <= frame.height / 12700:
            return size
    return 9.0


def write(frame: Any, paragraphs: Sequence[Paragraph], size: float | None) -> None:
    """Write paragraphs into a text frame; without a size, in the letters of a template."""
    for at, each in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = each.text
        if size is None:  # a template's own letters
            paragraph.font.bold = each.strong or None
        else:
            letters(paragraph.font, size, bold=each.strong)


@draw_part.register
def _(part: Table, slide: Any, frame: Frame) -> None:
    rows = [part.header, *part.rows]
    height = min(frame.height / len(rows), 0.38 * INCH)
    table = _table(slide, frame._replace(height=height * len(rows)), len(rows), len(part.header))
    whole = sum(part.widths)
    size = 12 if len(rows) <= 8 else 11
    for at, width in enumerate(part.widths):
        table.columns[at].width = int(frame.width * width / whole)
    for row, cells in enumerate(rows):
        for at, text in enumerate(cells):
            late = row - 1 in part.overdue and at == len(cells) - 1
            _cell(
                table.cell(row, at), text, size, right=at in part.right, head=row == 0, color=OVERDUE if late else INK
            )


@draw_part.register
def _(part: Tiles, slide: Any, frame: Frame) -> None:
    table = _table(slide, frame, 2, len(part.cells))
    for at, (title, value) in enumerate(part.cells):
        _cell(table.cell(0, at), title, 10, color=MUTED, fill=SOFT)
        _cell(table.cell(1, at), value, 16, bold=True, fill=SOFT)


def _table(slide: Any, frame: Frame, rows: int, columns: int) -> Any:
    """A table without the stripes and lines of the program's own style."""
    table = slide.shapes.add_table(rows, columns, *map(int, frame)).table
    table.horz_banding = False
    style = table._tbl.tblPr.find("{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId")
    if style is not None:
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
    for row in table.rows:
        row.height = int(frame.height / rows)
    return table


def _cell(
    cell: Any,
    text: str,
    size: float,
    *,
    right: bool = False,
    head: bool = False,
    bold: bool = False,
    color: str = INK,
    fill: str = "",
) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    cell.text_frame.text = text
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_top = cell.margin_bottom = 20000
    cell.margin_left = cell.margin_right = 60000
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        letters(paragraph.font, size, bold=bold or head, color="FFFFFF" if head else color)
    background = BAND if head else fill
    if background:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(background)


@draw_part.register
def _(part: Columns, slide: Any, frame: Frame) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION

    data = CategoryChartData(number_format="#,##0")
    data.categories = part.categories
    for title, values in part.series:
        data.add_series(title, values)
    chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *map(int, frame), data).chart
    _quiet(chart)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.plots[0].gap_width, chart.plots[0].overlap = 60, -5
    for series, color in zip(chart.plots[0].series, SERIES_COLORS[len(part.series)], strict=True):
        _solid(series.format, color)
        series.invert_if_negative = False
    _axis(chart.value_axis, "#,##0")
    if all((value or 0) >= 0 for _, values in part.series for value in values):
        chart.value_axis.minimum_scale = 0  # else programs cut off the feet of columns that are nearly equal
    chart.category_axis.format.line.color.rgb = _rgb("C3CDD6")


@draw_part.register
def _(part: Bubbles, slide: Any, frame: Frame) -> None:
    from pptx.chart.data import BubbleChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    data = BubbleChartData()
    series = data.add_series(part.upwards)
    for _name, across, upwards, size in part.points:
        series.add_data_point(across, upwards, size)
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BUBBLE, *map(int, frame), data).chart
    _quiet(chart)
    chart.has_legend = False
    chart.plots[0].bubble_scale = 40
    drawn = chart.plots[0].series[0]
    _solid(drawn.format, "9DB4C9")
    for at, (name, *_numbers) in enumerate(part.points):
        if name:
            label = drawn.points[at].data_label
            label.position = XL_LABEL_POSITION.RIGHT
            label.text_frame.text = name
            letters(label.text_frame.paragraphs[0].font, 10)
    _axis(chart.category_axis, "0%", part.across)
    _axis(chart.value_axis, "#,##0", part.upwards)
    chart.category_axis.minimum_scale, chart.value_axis.minimum_scale = 0, 1
    scaling = chart.value_axis._element.find(".//{*}scaling")
    scaling.insert(0, parse_xml(f'<c:logBase {nsdecls("c")} val="10"/>'))


def _quiet(chart: Any) -> None:
    from pptx.util import Pt

    chart.font.size, chart.font.name = Pt(10), FONT
    chart.font.color.rgb = _rgb(MUTED)
    chart.has_title = False


def _axis(axis: Any, number_format: str, title: str = "") -> None:
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = _rgb("E3E8ED")
    axis.format.line.color.rgb = _rgb("C3CDD6")
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = number_format, False
    axis.has_title = bool(title)
    if title:
        axis.axis_title.text_frame.text = title
        letters(axis.axis_title.text_frame.paragraphs[0].font, 10, color=MUTED)


def _solid(shape: Any, color: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(color)


def _rgb(color: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(color)
