"""Draws the sheets that people fill in: clients and competitors as native tables, the operational plan by month."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from openpyxl.formatting.rule import DataBarRule, FormulaRule, Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableColumn, TableFormula, TableStyleInfo

from drawing import style
from drawing.canvas import Canvas
from drawing.highlights import POSITION_TINTS, POTENTIAL_TINTS, tint_labels, tint_where
from drawing.key_accounts.columns import CLIENTS, COMPETITORS, LIVE_CLIENTS, Column
from drawing.key_accounts.draft import Draft
from drawing.key_accounts.example import Cells
from drawing.style import Look
from kam_xl.locale import Text
from kam_xl.plan.book_sheets import CLIENTS_TABLE, COMPETITORS_TABLE, BookSheet
from kam_xl.plan.fields import Number

HEAD_ROW, FIRST_ROW = 5, 6
LAST_ROW = 5000  # drop-downs and colours reach as far as any table that a user fills in by hand
FIRST_DATE = "36526"  # 2000-01-01 as a spreadsheet counts days
_FIELD = re.compile(r"{(\w+)}")
CALCULATED_INK, CALCULATED_FILL = "1B4A7A", "D5E3F3"

NEEDED_HEAD = style.COLUMN_HEAD
OTHER_HEAD = style.COLUMN_HEAD._replace(ink=style.INK, fill=style.SOFT)
CALCULATED_HEAD = style.COLUMN_HEAD._replace(ink=CALCULATED_INK, fill=CALCULATED_FILL)
HINT = style.NOTE._replace(size=8, vertical="bottom")
ABOVE = style.NOTE._replace(size=10, wrap=False, vertical="center")


class Layout(NamedTuple):
    """A sheet with a table: what is said above it, its columns, how many of them stay in view, pages wide."""

    kind: BookSheet
    table: str
    instruction: Text
    columns: tuple[Column, ...]
    kept: int
    pages_wide: int = 1

    def letter(self, field: str) -> str:
        """The letter of a field's column."""
        return str(get_column_letter([column.field for column in self.columns].index(field) + 1))

    def body(self, field: str) -> str:
        """The long range below a field's header."""
        return f"{self.letter(field)}{FIRST_ROW}:{self.letter(field)}{LAST_ROW}"


CLIENT_LAYOUT = Layout(
    BookSheet.CLIENTS,
    CLIENTS_TABLE,
    Text(
        "Type or paste one client a row: dark columns first, light ones sharpen the answer, blue ones calculate "
        "themselves. What you do not know stays blank."
    ),
    CLIENTS,
    kept=2,
    pages_wide=3,
)
LIVE_LAYOUT = CLIENT_LAYOUT._replace(columns=LIVE_CLIENTS)
COMPETITOR_LAYOUT = Layout(
    BookSheet.COMPETITORS,
    COMPETITORS_TABLE,
    Text("One row per client and competitor, as precisely as you can. May stay empty."),
    COMPETITORS,
    kept=3,
)


def add_table(draft: Draft, layout: Layout, rows: Sequence[Cells]) -> Canvas:
    """Add a sheet with its table and rows; without rows there is one to type into."""
    canvas = draft.canvas(layout.kind)
    sheet, last = canvas.sheet, get_column_letter(len(layout.columns))
    beside = layout.kept + 1 if layout.pages_wide > 1 else 1
    head(canvas, layout.kind.label, layout.instruction, len(layout.columns), beside)
    for number, column in enumerate(layout.columns, start=1):
        _draw_column(draft, canvas, get_column_letter(number), column)
    sheet.row_dimensions[3].height = 36
    sheet.row_dimensions[HEAD_ROW].height = 32
    formulas = {column.field: _formula(draft, layout, column) for column in layout.columns if column.formula}
    for number, row in enumerate(rows or [{}], start=FIRST_ROW):
        _write_row(draft, canvas, layout, number, row, formulas)
    bottom = FIRST_ROW + max(len(rows), 1) - 1
    sheet.add_table(_table(draft, layout, f"A{HEAD_ROW}:{last}{bottom}", formulas))
    sheet.freeze_panes = f"{get_column_letter(layout.kept + 1)}{FIRST_ROW}"
    canvas.page(landscape=True, title_rows=f"{HEAD_ROW}:{HEAD_ROW}", wide=layout.pages_wide)
    sheet.print_title_cols = f"A:{get_column_letter(layout.kept)}"
    return canvas


def head(canvas: Canvas, title: Text, instruction: Text, width: int, beside: int = 1) -> None:
    """Title and instruction; they run over the cells to their right, so nothing is merged.

    The instruction stands in column `beside`: columns that are printed on each page would cut it off on the others.
    """
    for number in range(1, width + 1):
        canvas.painter.paint(canvas.sheet.cell(1, number), style.TITLE._replace(wrap=False))
        canvas.painter.paint(canvas.sheet.cell(2, number), ABOVE)
    canvas.sheet.cell(1, 1).value = canvas.say(title)
    canvas.sheet.cell(2, beside).value = canvas.say(instruction)
    for row, height in ((1, 34), (2, 24), (4, 4)):
        canvas.sheet.row_dimensions[row].height = height


def _draw_column(draft: Draft, canvas: Canvas, letter: str, column: Column) -> None:
    canvas.row = 3
    canvas.write(letter, column.hint, HINT._replace(horizontal=_side(column)))
    canvas.row = HEAD_ROW
    look = NEEDED_HEAD if column.needed else CALCULATED_HEAD if column.formula else OTHER_HEAD
    canvas.write(letter, column.title, look._replace(horizontal=_side(column)))
    canvas.sheet.column_dimensions[letter].width = column.width
    canvas.sheet.column_dimensions[letter].hidden = column.hidden
    # Rows that the table grows by take the column's style.
    canvas.painter.paint(canvas.sheet.column_dimensions[letter], body_look(column), column.number)
    if check := _check(draft, column):
        check.add(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}")
        canvas.sheet.add_data_validation(check)


def body_look(column: Column) -> Look:
    """How the cells of a column look: what is calculated is blue."""
    ink = CALCULATED_INK if column.formula else style.INK
    return Look(ink=ink, horizontal=_side(column), vertical="center", wrap=False)


def _side(column: Column) -> str:
    return "right" if column.number in (Number.MONEY, Number.SHARE) else "left"


def _write_row(
    draft: Draft, canvas: Canvas, layout: Layout, row: int, cells: Cells, formulas: Mapping[str, str]
) -> None:
    for number, column in enumerate(layout.columns, start=1):
        cell = canvas.sheet.cell(row, number)
        canvas.painter.paint(cell, body_look(column), column.number)
        value = cells.get(column.field)
        if column.field in formulas:
            value = None if column.hidden else value if cells else ""
            draft.formula(canvas, cell.coordinate, "=" + formulas[column.field], value)
            continue
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # a name that begins with "=" is a name
        if column.field in ("client_id", "client", "competitor"):
            cell.number_format = "@"  # ids keep their leading zeros


def _formula(draft: Draft, layout: Layout, column: Column) -> str:
    """A calculated column's formula, as files keep it; a row without a client, and what is unknown, shows nothing.

    An #N/A would be calculated anew by a program without our functions, into another error.
    """
    titles = {each.field: f"{layout.table}[[#This Row],[{draft.say(each.title)}]]" for each in layout.columns}
    calculation: str = _FIELD.sub(lambda match: titles[match[1]], column.formula)
    if _FIELD.fullmatch(column.formula):
        return calculation
    return f'IF({titles["client"]}="","",_xlfn.IFNA({calculation},""))'


def _table(draft: Draft, layout: Layout, area: str, formulas: Mapping[str, str]) -> Table:
    table = Table(displayName=layout.table, name=layout.table, ref=area)
    table._initialise_columns()
    table.tableColumns = [
        TableColumn(
            id=number,
            name=draft.say(column.title),
            calculatedColumnFormula=TableFormula(attr_text=formulas[column.field])
            if column.field in formulas
            else None,
        )
        for number, column in enumerate(layout.columns, start=1)
    ]
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    return table


def _check(draft: Draft, column: Column) -> DataValidation | None:
    """The drop-down of a column; marks may also be levels, so theirs forbids nothing."""
    if column.choices:
        error = "" if column.choices == "kam_list_mark" else draft.say(Text("Please pick an item from the list."))
        return _validation("list", column.choices, error)
    if column.number == Number.DATE:
        return _validation("date", FIRST_DATE, draft.say(Text("Please type a date.")))
    return None


def _validation(kind: str, formula: str, error: str) -> DataValidation:
    return DataValidation(
        type=kind,
        operator=None if kind == "list" else "greaterThanOrEqual",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=bool(error),
        error=error or None,
    )


def add_clients(draft: Draft, rows: Sequence[Cells]) -> None:
    """Add the client table; its rows hold entries and the values of the formulas."""
    canvas = add_table(draft, LIVE_LAYOUT if draft.lambdas else CLIENT_LAYOUT, rows)
    body = CLIENT_LAYOUT.body
    _mute_unknown(canvas)
    tint_labels(canvas, body("rated_position"), POSITION_TINTS)
    tint_labels(canvas, body("rated_potential"), POTENTIAL_TINTS)
    bar = DataBarRule("num", 0, "num", 1, color=style.DATA_BAR, minLength=0, maxLength=100)
    canvas.sheet.conditional_formatting.add(body("penetration"), bar)
    revenue, budget = (
        f"${CLIENT_LAYOUT.letter('revenue')}{FIRST_ROW}",
        f"${CLIENT_LAYOUT.letter('procurement_budget')}{FIRST_ROW}",
    )
    understated = f"AND(ISNUMBER({budget}),ISNUMBER({revenue}),{revenue}>{budget})"
    tint_where(canvas, body("procurement_budget"), understated, style.FAIR)
    for field in ("revenue", "procurement_budget"):
        cell = f"{CLIENT_LAYOUT.letter(field)}{FIRST_ROW}"
        tint_where(canvas, body(field), f"AND(ISNUMBER({cell}),{cell}<0)", style.BAD)
    doubled = DifferentialStyle(font=Font(color=style.BAD[1], bold=True))
    canvas.sheet.conditional_formatting.add(body("client_id"), Rule(type="duplicateValues", dxf=doubled))


def _mute_unknown(canvas: Canvas) -> None:
    """What is unknown (#N/A) steps back; other errors stand out."""
    first, last = CLIENT_LAYOUT.letter("penetration"), CLIENT_LAYOUT.letter("status")
    area, cell = f"{first}{FIRST_ROW}:{last}{LAST_ROW}", f"{first}{FIRST_ROW}"
    for formula, ink in ((f"ISERROR({cell})", style.BAD[1]),):
        rule = FormulaRule([formula], font=Font(color=ink), stopIfTrue=True)
        canvas.sheet.conditional_formatting.add(area, rule)


def add_competitors(draft: Draft, rows: Sequence[Cells]) -> None:
    """Add the list of competitors by client."""
    add_table(draft, COMPETITOR_LAYOUT, rows)
