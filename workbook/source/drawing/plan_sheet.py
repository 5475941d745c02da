"""Draws the plan template by its layout."""

from __future__ import annotations

from functools import singledispatch

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import Outline

from drawing import plan_layout as layout
from drawing import style
from drawing.canvas import Canvas
from drawing.plan_chart import people_chart, trajectory_chart, trend_chart
from drawing.plan_rules import add_drop_downs, add_highlights
from drawing.style import Painter
from kam_xl.locale import Text
from kam_xl.plan import fields
from kam_xl.plan.account import plan_fields
from kam_xl.plan.account.formulas import FORMULAS
from kam_xl.plan.account.plan_fields import PLAN_FIELDS
from kam_xl.plan.fields import OurSheet

ENTRY_NOTE = Text("Yellow cells are yours: a rebuild never touches them.")
PROPOSAL_NOTE = Text("Blue cells are proposals, made once: change them as you like.")
GROUP_NOTE = Text("A + at the left edge opens more rows.")

YEARS = ("kam_trajectory_label", "kam_history_year", "kam_trend_day")
"""The years above their amounts."""

Places = dict[str, str]


def add_plan_template(book: Workbook, painter: Painter) -> None:
    """Add the plan template, with every field of the plan named."""
    canvas = Canvas(book, OurSheet.PLAN, painter)
    canvas.widths(layout.WIDTHS)
    for column in (layout.HELPERS, layout.HELPER_TITLES, *layout.MAP_DATA):
        canvas.sheet.column_dimensions[column].hidden = True
    canvas.sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    places = _head(canvas)
    top = canvas.row + 1
    for block in layout.LAYOUT:
        places |= _draw(block, canvas)
    _hints(canvas, top)
    add_drop_downs(canvas, places)
    add_highlights(canvas, places)
    for draw_chart in (trajectory_chart, people_chart, trend_chart):
        draw_chart(canvas, places)
    canvas.sheet.freeze_panes = "A2"
    canvas.page(f"A1:G{canvas.row - 1}")


def _head(canvas: Canvas) -> Places:
    """The client's name on a dark band, which every printed page repeats, and the legend."""
    places = {"kam_client": canvas.write("A:E", None, style.TITLE)}
    canvas.name("kam_client", places["kam_client"])
    canvas.write("F:G", plan_fields.HEADER.title, style.TITLE_NOTE)
    canvas.height(42)
    canvas.row += 1
    return places


def _hints(canvas: Canvas, top: int) -> None:
    """What the colours and the folded rows mean, beside the printed pages."""
    notes = ((ENTRY_NOTE, style.ENTRY_FILL), (PROPOSAL_NOTE, style.PROPOSAL_FILL), (GROUP_NOTE, ""))
    for row, (note, fill) in enumerate(notes, start=top):
        cell = canvas.sheet[f"{layout.HINTS}{row}"]
        cell.value = canvas.say(note)
        canvas.painter.paint(cell, style.LABEL._replace(edge="box", fill=fill))


@singledispatch
def _draw(block: layout.Block, canvas: Canvas) -> Places:
    """Draw one block; returns the address of each field in it."""
    raise NotImplementedError(type(block))


@_draw.register
def _(block: layout.Heading, canvas: Canvas) -> Places:
    look, height = (style.QUESTION, 20) if block.question else (style.HEADING, 17)
    places = {}
    if block.beside:
        left, right = ("A:D", "E:G") if block.question else ("A:B", "C:G")
        canvas.write(left, block.title, look)
        places[block.beside] = canvas.field(PLAN_FIELDS[block.beside], right, size=9, fill=look.fill, edge="")
        canvas.sheet[places[block.beside]] = FORMULAS[block.beside]
        canvas.height(height)
        canvas.row += 1
    else:
        canvas.line(layout.ALL, block.title, look, height)
    return places


@_draw.register
def _(block: layout.Gap, canvas: Canvas) -> Places:
    if block.page_break:
        canvas.sheet.row_breaks.append(Break(id=canvas.row - 1))
    canvas.gap()
    return {}


@_draw.register
def _(block: layout.Pairs, canvas: Canvas) -> Places:
    places = {}
    for height, names in block.rows:
        spans = (("A", "B:D"), ("E", "F:G")) if len(names) > 1 else (("A", "B:G"),)
        for name, (label, value) in zip(names, spans, strict=True):
            field = PLAN_FIELDS[name]
            canvas.write(label, field.title, style.LABEL)
            places[name] = canvas.field(field, value)
        canvas.height(height)
        canvas.row += 1
    return places


@_draw.register
def _(block: layout.Tiles, canvas: Canvas) -> Places:
    cells = [(PLAN_FIELDS[name], span) for name, span in block.cells]
    look = style.Look(size=block.size, bold=block.bold, vertical=block.vertical)
    places = canvas.tiles(cells, look, block.height, block.label_height)
    for name, cell in places.items():
        if name in FORMULAS:
            canvas.sheet[cell] = FORMULAS[name]
        if name in layout.RATINGS:
            look = style.field_look(PLAN_FIELDS[name], size=12, bold=True, horizontal="center")
            canvas.painter.paint(canvas.sheet[cell], look)
    return places


@_draw.register
def _(block: layout.Lines, canvas: Canvas) -> Places:
    field, top = PLAN_FIELDS[block.name], canvas.row
    for _row in range(field.rows):
        canvas.line(layout.ALL, None, style.field_look(field), block.height)
    area = f"A{top}:A{canvas.row - 1}"
    canvas.name(field.name, area)
    _fold(canvas, top + 1, canvas.row - 1, grouped=False)
    return {field.name: area}


@_draw.register
def _(block: layout.Table, canvas: Canvas) -> Places:
    cells = [(PLAN_FIELDS[name], span) for name, span in block.cells]
    if block.beside:
        cells.append((PLAN_FIELDS[block.beside], layout.HELPERS))
    columns = {field.name: FORMULAS[field.name] for field, _ in cells if field.name in FORMULAS}
    places = canvas.table(cells, columns, block.height, block.head_height, size=block.size)
    section = next((section for section in plan_fields.PLAN if block.cells[0][0] in section.tables), None)
    if section:
        _fold(canvas, canvas.row - cells[0][0].rows + max(section.spare, 1), canvas.row - 1, grouped=section.spare > 0)
    return places


def _fold(canvas: Canvas, first: int, last: int, *, grouped: bool) -> None:
    """Hide the rows of a table that are blank in a new plan; those that people may want stand in a group."""
    for row in range(first, last + 1):
        canvas.sheet.row_dimensions[row].hidden = True
        canvas.sheet.row_dimensions[row].outlineLevel = int(grouped)
    if grouped:
        canvas.sheet.row_dimensions[first - 1].collapsed = True


@_draw.register
def _(block: layout.Years, canvas: Canvas) -> Places:
    places = {}
    for name in block.names:
        field, look = PLAN_FIELDS[name], style.field_look(PLAN_FIELDS[name], size=9)
        number = field.number
        canvas.write("A", field.title, style.LABEL._replace(edge="below"))
        for place, column in enumerate("BCDEFG"[: field.rows]):
            formula = FORMULAS[name][place] if name in FORMULAS else None
            look = look._replace(bold=name in YEARS, horizontal="right")
            canvas.write(column, formula, look, number)
        area = f"B{canvas.row}:{'BCDEFG'[field.rows - 1]}{canvas.row}"
        canvas.name(name, area)
        places[name] = area
        canvas.height(block.height)
        canvas.sheet.row_dimensions[canvas.row].hidden = name in block.hidden
        canvas.row += 1
    return places


@_draw.register
def _(block: layout.Note, canvas: Canvas) -> Places:
    if isinstance(block.what, Text):
        canvas.line(layout.ALL, block.what, style.NOTE, block.height)
        return {}
    field = PLAN_FIELDS[block.what]
    place = canvas.field(field, layout.ALL, size=9, ink=style.MUTED)
    canvas.height(block.height)
    canvas.row += 1
    return {block.what: place}


@_draw.register
def _(block: layout.Helpers, canvas: Canvas) -> Places:
    places, top = {}, canvas.row
    for name in block.names:
        field = PLAN_FIELDS[name]
        canvas.write(layout.HELPER_TITLES, field.title, style.LABEL._replace(wrap=False))
        places[name] = canvas.field(field, layout.HELPERS, size=9, wrap=False)
        canvas.row += 1
    canvas.row = top
    return places


@_draw.register
def _(block: layout.Part, canvas: Canvas) -> Places:
    """A line with a hint on the screen, then the rows in a group that is folded away."""
    hint = canvas.sheet[f"{layout.HINTS}{canvas.row}"]
    hint.value = f"+ {canvas.say(block.title)}"
    canvas.painter.paint(hint, style.LABEL)
    canvas.gap(12)
    top = canvas.row
    places: Places = {}
    for each in block.blocks:
        places |= _draw(each, canvas)
    for row in range(top, canvas.row):
        dimension = canvas.sheet.row_dimensions[row]
        dimension.hidden, dimension.outlineLevel = True, 1 + (dimension.outlineLevel or 0)
    canvas.sheet.row_dimensions[top - 1].collapsed = True
    bottom = canvas.row - 1
    # LibreOffice takes the row behind a group for its summary: the next part's, collapsed, would hide this one.
    canvas.gap(3)
    # In a column without texts: cells of names hold answers, which no change of language touches.
    canvas.name(block.name, f"{layout.HELPERS}{top}:{layout.HELPERS}{bottom}")
    return places


@_draw.register
def _(block: layout.Chart, canvas: Canvas) -> Places:
    top = canvas.row
    places = {f"{block.code} chart": f"A{top}:G{top + block.rows - 1}"}
    for column, name in zip(layout.MAP_DATA, block.data, strict=False):
        places[name] = _hidden_column(canvas, column, PLAN_FIELDS[name])
    for _row in range(block.rows):
        canvas.gap(block.height)
    return places


def _hidden_column(canvas: Canvas, column: str, field: fields.Field) -> str:
    """A column of data beside the rows that follow, its title in the row above; returns its address."""
    title = canvas.sheet[f"{column}{canvas.row - 1}"]
    title.value = canvas.say(field.title)
    canvas.painter.paint(title, style.LABEL._replace(wrap=False))
    area = f"{column}{canvas.row}:{column}{canvas.row + field.rows - 1}"
    for (cell,) in canvas.sheet[area]:
        canvas.painter.paint(cell, style.field_look(field, size=9, wrap=False), field.number)
    canvas.name(field.name, area)
    return area
