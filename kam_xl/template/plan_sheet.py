"""Draws the plan template by its layout."""

from __future__ import annotations

from functools import singledispatch

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break

from kam_xl.locale import Text
from kam_xl.plan import fields
from kam_xl.plan.fields import PLAN_FIELDS, OurSheet
from kam_xl.plan.formulas import FORMULAS
from kam_xl.template import plan_layout as layout
from kam_xl.template import style
from kam_xl.template.canvas import Canvas
from kam_xl.template.plan_chart import trajectory_chart
from kam_xl.template.plan_rules import add_drop_downs, add_highlights
from kam_xl.template.style import Painter

ENTRY_NOTE = Text("Yellow cells are yours: a rebuild never touches them.")
PROPOSAL_NOTE = Text("Blue cells are proposals, made once: change them as you like.")

Places = dict[str, str]


def add_plan_template(book: Workbook, painter: Painter) -> None:
    """Add the plan template, with every field of the plan named."""
    canvas = Canvas(book, OurSheet.PLAN, painter)
    canvas.widths(layout.WIDTHS)
    places = _head(canvas)
    for block in layout.LAYOUT:
        places |= _draw(block, canvas)
    add_drop_downs(canvas, places)
    add_highlights(canvas, places)
    trajectory_chart(canvas, places)
    canvas.sheet.freeze_panes = "A2"
    canvas.page(f"A1:G{canvas.row - 1}")


def _head(canvas: Canvas) -> Places:
    """The client's name on a dark band, which every printed page repeats, and the legend."""
    places = {"kam_client": canvas.write("A:E", None, style.TITLE)}
    canvas.name("kam_client", places["kam_client"])
    canvas.write("F:G", fields.HEADER.title, style.TITLE_NOTE)
    canvas.height(42)
    canvas.row += 1
    legend = style.LABEL._replace(edge="box")
    canvas.write("A:C", ENTRY_NOTE, legend._replace(fill=style.ENTRY_FILL))
    canvas.write("D:G", PROPOSAL_NOTE, legend._replace(fill=style.PROPOSAL_FILL))
    canvas.height(26)
    canvas.row += 1
    return places


@singledispatch
def _draw(block: layout.Block, canvas: Canvas) -> Places:
    """Draw one block; returns the address of each field in it."""
    raise NotImplementedError(type(block))


@_draw.register
def _(block: layout.Heading, canvas: Canvas) -> Places:
    look, height = (style.QUESTION, 22) if block.question else (style.HEADING, 18)
    canvas.line(layout.ALL, block.title, look, height)
    return {}


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
    return {field.name: area}


@_draw.register
def _(block: layout.Table, canvas: Canvas) -> Places:
    cells = [(PLAN_FIELDS[name], span) for name, span in block.cells]
    columns = {name: FORMULAS[name] for name, _ in block.cells if name in FORMULAS}
    return canvas.table(cells, columns, block.height, block.head_height, size=block.size)


@_draw.register
def _(block: layout.Note, canvas: Canvas) -> Places:
    field = PLAN_FIELDS[block.name]
    place = canvas.field(field, layout.ALL, size=9, ink=style.MUTED)
    canvas.height(block.height)
    canvas.row += 1
    return {block.name: place}


@_draw.register
def _(block: layout.Chart, canvas: Canvas) -> Places:
    top = canvas.row
    for _row in range(block.rows):
        canvas.gap(block.height)
    return {"chart": f"A{top}:G{canvas.row - 1}"}
