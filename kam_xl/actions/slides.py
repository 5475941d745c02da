"""Slides drawn with python-pptx, for the extra kam_xl[deck]: native text, tables and charts.

A template is any presentation. Of a layout named ``kam_<kind>`` (``kam_account``, ``kam_portfolio`` …: the kinds of
`kam_xl.plan.deck.PARTS`) the placeholders are filled by their names in the layout: ``kam_title``, the parts of that
kind (``kam_chart`` …) and, on an account's slide, any field of the plan (``kam_goal_revenue`` …). A kind
without such a layout is drawn over the template's layout that has a title only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import singledispatch
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kam_xl.actions.steady import steady
from kam_xl.errors import KamError, MissingPackageError
from kam_xl.locale import Text
from kam_xl.plan.fields import PLAN_FIELDS
from kam_xl.plan.slide_parts import PARTS, Bubbles, Columns, Lines, Paragraph, Part, Slide, Table, Tiles

if TYPE_CHECKING:
    from pptx.presentation import Presentation

INK, MUTED, BAND, SOFT = "22303C", "52606D", "34495E", "DDE4EB"
GOAL, PLAN, WEIGHTED, GAP = "34495E", "C98A2B", "9DB4C9", "C0554B"
SERIES_COLORS = {3: (GOAL, PLAN, GAP), 4: (GOAL, PLAN, WEIGHTED, GAP)}
"""By the number of series."""
FONT = "Calibri"
_INCH = 914400


class DeckTemplateError(KamError):
    """A template that cannot be used."""

    exit_code = 3


class Frame(NamedTuple):
    """A place on a slide: left, top, width and height, of the content area in fractions or of the slide in EMU."""

    left: float
    top: float
    width: float
    height: float


_PLACES: dict[str, dict[str, Frame]] = {
    "cover": {"subtitle": Frame(0, 0.45, 1, 0.4)},
    "portfolio": {
        "summary": Frame(0, 0, 1, 0.14),
        "chart": Frame(0, 0.14, 1, 0.76),
        "note": Frame(0, 0.91, 1, 0.09),
    },
    "goals": {"summary": Frame(0, 0, 1, 0.12), "chart": Frame(0, 0.13, 1, 0.52), "table": Frame(0, 0.68, 1, 0.3)},
    "ranking": {"table": Frame(0, 0, 1, 0.97)},
    "changes": {"summary": Frame(0, 0, 1, 0.12), "table": Frame(0, 0.13, 1, 0.84)},
    "account": {
        "facts": Frame(0, 0, 1, 0.11),
        "tiles": Frame(0, 0.12, 1, 0.15),
        "answers": Frame(0, 0.3, 0.52, 0.43),
        "chart": Frame(0.54, 0.29, 0.46, 0.44),
        "steps": Frame(0, 0.75, 1, 0.24),
    },
}


def presentation(slides: Iterable[Slide], template: Path | None = None) -> bytes:
    """A presentation of these slides.

    Parameters
    ----------
    slides : iterable of Slide
    template : Path, optional
        A .pptx or .potx file; its own slides are left out.

    Raises
    ------
    MissingPackageError
        Where python-pptx is missing.
    DeckTemplateError
        Where the template cannot be read, or has placeholders named ``kam_…`` that nothing is known for.
    """
    try:
        import pptx
    except ImportError as error:
        raise MissingPackageError(Text("a review deck needs the package python-pptx"), "deck") from error
    made = _opened(pptx.Presentation, template) if template else _plain(pptx.Presentation())
    layouts = {layout.name.casefold(): layout for layout in made.slide_layouts}
    _refuse_unknown(layouts, template)
    for slide in slides:
        own = layouts.get(f"kam_{slide.kind}")
        if own is not None:
            _fill(made.slides.add_slide(own), slide)
        else:
            _draw(made, slide)
    file = BytesIO()
    made.save(file)
    return steady(file.getvalue())


def _opened(read: Callable[[str], Presentation], path: Path) -> Presentation:
    from pptx.exc import PackageNotFoundError

    try:
        made = read(str(path))
    except (PackageNotFoundError, KeyError, ValueError, OSError) as error:
        raise DeckTemplateError(
            Text("this is not a PowerPoint presentation"), where=str(path), remedy=Text("Save it as .pptx.")
        ) from error
    listed = made.slides._sldIdLst
    for each in list(listed):
        made.part.drop_rel(each.rId)
        listed.remove(each)
    return made


def _plain(made: Presentation) -> Presentation:
    """Our own look: wide slides, titles on the left."""
    made.core_properties.last_modified_by, made.core_properties.comments = "kam_xl", ""  # not those of the library
    made.slide_width, made.slide_height = int(13.333 * _INCH), int(7.5 * _INCH)
    for layout in made.slide_layouts:
        for holder in layout.placeholders:
            if holder.placeholder_format.type in _titles():
                holder.left, holder.top = int(0.5 * _INCH), int(0.3 * _INCH)
                holder.width, holder.height = int(12.33 * _INCH), int(0.7 * _INCH)
    return made


def _titles() -> tuple[Any, ...]:
    from pptx.enum.shapes import PP_PLACEHOLDER

    return PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE


def _refuse_unknown(layouts: Mapping[str, Any], template: Path | None) -> None:
    """Placeholders of ours that nothing is known for are a slip of the pen."""
    unknown = [
        f"{layout.name}: {holder.name}"
        for kind, parts in PARTS.items()
        if (layout := layouts.get(f"kam_{kind}")) is not None
        for holder in layout.placeholders
        if holder.name.casefold().startswith("kam_")
        and _key(holder.name) not in ("title", *parts)
        and not (kind == "account" and holder.name.casefold() in PLAN_FIELDS)
    ]
    if unknown:
        known = [
            f"{kind}: {', '.join(('kam_title', *(f'kam_{part}' for part in parts)))}" for kind, parts in PARTS.items()
        ]
        raise DeckTemplateError(
            Text("nothing is known for these placeholders"),
            where=str(template),
            got="; ".join(unknown),
            remedy=Text(
                "Names that are known: {names}; on kam_account also the plan's fields.", names="; ".join(known)
            ),
        )


def _key(name: str) -> str:
    return name.casefold().removeprefix("kam_")


def _fill(made: Any, slide: Slide) -> None:
    """Fill the placeholders of a template's own layout; those that nothing is said in are taken out."""
    names = {each.placeholder_format.idx: each.name.casefold() for each in made.slide_layout.placeholders}
    for holder in list(made.placeholders):
        name = names.get(holder.placeholder_format.idx, "")
        part = slide.parts.get(_key(name)) if name.startswith("kam_") else None
        if _key(name) == "title" or (not name.startswith("kam_") and holder.placeholder_format.type in _titles()):
            holder.text_frame.text = slide.title
        elif isinstance(part, Lines) and holder.has_text_frame:
            _write(holder.text_frame, part.paragraphs, None)
        elif part is not None:
            frame = Frame(holder.left, holder.top, holder.width, holder.height)
            holder._element.getparent().remove(holder._element)
            _add(part, made, frame)
        elif slide.fields.get(name):
            holder.text_frame.text = slide.fields[name]
        elif name.startswith("kam_"):
            holder._element.getparent().remove(holder._element)


def _draw(made: Presentation, slide: Slide) -> None:
    """Draw a slide below the title of the layout that has nothing else."""
    drawn = made.slides.add_slide(_title_only(made))
    for holder in list(drawn.placeholders):
        if holder.placeholder_format.type in _titles():
            _title(holder, slide)
        else:
            holder._element.getparent().remove(holder._element)
    top = 0.16 if slide.kind != "cover" else 0.0
    area = Frame(
        made.slide_width * 0.0375, made.slide_height * top, made.slide_width * 0.925, made.slide_height * (0.95 - top)
    )
    for name, part in slide.parts.items():
        place = _PLACES[slide.kind][name]
        frame = Frame(
            area.left + place.left * area.width,
            area.top + place.top * area.height,
            place.width * area.width,
            place.height * area.height,
        )
        _add(part, drawn, frame)


def _title_only(made: Presentation) -> Any:
    """The layout whose only content is a title; the first one where there is none."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    quiet = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
    for layout in made.slide_layouts:
        content = [each.placeholder_format.type for each in layout.placeholders]
        content = [each for each in content if each not in quiet]
        if len(content) == 1 and content[0] in _titles():
            return layout
    return made.slide_layouts[0]


def _title(holder: Any, slide: Slide) -> None:
    from pptx.enum.text import PP_ALIGN

    holder.text_frame.text = slide.title
    paragraph = holder.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    if slide.kind == "cover":
        left, width, height = holder.left, holder.width, holder.height
        holder.left, holder.top, holder.width, holder.height = left, int(2.4 * _INCH), width, height
        _letters(paragraph.font, 40, bold=True, color=BAND)
    else:
        _letters(paragraph.font, 28 if len(slide.title) < 60 else 20, bold=True, color=BAND)


def _letters(font: Any, size: float, *, bold: bool = False, color: str = INK) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    font.size, font.bold, font.name = Pt(size), bold, FONT
    font.color.rgb = RGBColor.from_string(color)


@singledispatch
def _add(part: Part, slide: Any, frame: Frame) -> None:
    """Put a part onto a slide."""
    raise NotImplementedError(type(part))


@_add.register
def _(part: Lines, slide: Any, frame: Frame) -> None:
    box = slide.shapes.add_textbox(*map(int, frame))
    box.text_frame.word_wrap = True
    _write(box.text_frame, part.paragraphs, _size_for(part.paragraphs, frame))


def _size_for(paragraphs: Sequence[Paragraph], frame: Frame) -> float:
    """The largest size of letters at which the text fits its frame, as far as that can be estimated."""
    for size in (16.0, 14.0, 13.0, 12.0, 11.0, 10.0):
        letters = frame.width / 12700 / (size * 0.5)
        lines = sum(max(1.0, -(-len(each.text) // max(letters, 1.0))) for each in paragraphs)
        if lines * size * 1.25 <= frame.height / 12700:
            return size
    return 9.0


def _write(frame: Any, paragraphs: Sequence[Paragraph], size: float | None) -> None:
    for at, each in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = each.text
        if size is None:  # a template's own letters
            paragraph.font.bold = each.strong or None
        else:
            _letters(paragraph.font, size, bold=each.strong)


@_add.register
def _(part: Table, slide: Any, frame: Frame) -> None:
    rows = [part.header, *part.rows]
    height = min(frame.height / len(rows), 0.38 * _INCH)
    table = _table(slide, frame._replace(height=height * len(rows)), len(rows), len(part.header))
    whole = sum(part.widths)
    size = 12 if len(rows) <= 8 else 11
    for at, width in enumerate(part.widths):
        table.columns[at].width = int(frame.width * width / whole)
    for row, cells in enumerate(rows):
        for at, text in enumerate(cells):
            _cell(table.cell(row, at), text, size, right=at in part.right, head=row == 0)


@_add.register
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
        _letters(paragraph.font, size, bold=bold or head, color="FFFFFF" if head else color)
    background = BAND if head else fill
    if background:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(background)


@_add.register
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
    chart.category_axis.format.line.color.rgb = _rgb("C3CDD6")


@_add.register
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
            _letters(label.text_frame.paragraphs[0].font, 10)
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
        _letters(axis.axis_title.text_frame.paragraphs[0].font, 10, color=MUTED)


def _solid(shape: Any, color: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(color)


def _rgb(color: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(color)
