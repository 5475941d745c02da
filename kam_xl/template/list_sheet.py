"""Draws the two lists, key accounts and data check: a title, a summary, a native table that grows with its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.formatting.rule import DataBarRule, FormulaRule
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo

from kam_xl.locale import Text
from kam_xl.plan import report_fields
from kam_xl.plan.fields import Column, Number, OurSheet
from kam_xl.plan.reports import GRADES
from kam_xl.plan.state import KEY_ACCOUNT
from kam_xl.template import style
from kam_xl.template.canvas import Canvas
from kam_xl.template.highlights import POSITION_TINTS, POTENTIAL_TINTS, Tint, tint_labels, tint_where
from kam_xl.template.style import Look, Painter

HEAD_ROW = 4
LAST_ROW = 2000  # conditional formats reach as far as any list of key accounts or findings that a person will read
_GRADE_TINTS = dict(zip(GRADES.values(), (style.BAD, style.FAIR, style.PLAIN), strict=True))


class Layout(NamedTuple):
    """How a list stands on its sheet: column widths by code, the first columns that stay in view."""

    kind: OurSheet
    table: str
    columns: tuple[Column, ...]
    widths: Mapping[str, float]
    frozen: str
    pages_wide: int = 1


KEY_ACCOUNTS = Layout(
    OurSheet.KEY_ACCOUNTS,
    report_fields.KEY_ACCOUNTS_TABLE,
    report_fields.KEY_ACCOUNTS,
    {
        "rank": 7,
        "client_id": 11,
        "client": 28,
        "plan": 10,
        "industry": 16,
        "territory": 16,
        "manager": 16,
        "revenue": 15,
        "revenue_share": 11,
        "procurement_budget": 15,
        "penetration": 15,
        "headroom": 15,
        "competitor_revenue": 15,
        "criteria": 17,
        "criteria_met": 11,
        "affects": 30,
        "position": 12,
        "potential": 12,
        "strategy": 20,
        "status": 14,
        "above_limit": 11,
        "account_state": 17,
        "arguments": 85,
    },
    frozen="client",
    pages_wide=2,
)
DATA_CHECK = Layout(
    OurSheet.DATA_CHECK,
    report_fields.FINDINGS_TABLE,
    report_fields.DATA_CHECK,
    {
        "grade": 16,
        "sheet": 17,
        "cell": 9,
        "client_id": 12,
        "client": 28,
        "message": 48,
        "value": 18,
        "remedy": 48,
    },
    frozen="cell",
)


def add_key_accounts(book: Workbook, painter: Painter) -> None:
    """Add the ranked list of key accounts."""
    canvas, body = _add_list(book, painter, KEY_ACCOUNTS)
    row = HEAD_ROW + 1
    tint_labels(canvas, body["position"], POSITION_TINTS)
    tint_labels(canvas, body["potential"], POTENTIAL_TINTS)
    above, state = f"${_letter(KEY_ACCOUNTS, 'above_limit')}{row}", f"${_letter(KEY_ACCOUNTS, 'account_state')}{row}"
    former = f'AND({state}<>"",{state}<>"{canvas.say(KEY_ACCOUNT)}")'
    marks: tuple[tuple[str, str, Tint], ...] = (
        ("above_limit", f'{above}<>""', style.FAIR),
        ("rank", f'{above}<>""', style.FAIR),
        ("account_state", former, style.BAD),
        ("client", former, style.BAD),
    )
    for code, formula, tint in marks:
        tint_where(canvas, body[code], formula, tint)
    for code, most in (("revenue", {"end_type": "max"}), ("penetration", {"end_type": "num", "end_value": 1})):
        bar = DataBarRule(start_type="num", start_value=0, color=style.BAR, **most)
        canvas.sheet.conditional_formatting.add(body[code], bar)


def add_data_check(book: Workbook, painter: Painter) -> None:
    """Add the list of findings."""
    canvas, body = _add_list(book, painter, DATA_CHECK)
    tint_labels(canvas, body["grade"], _GRADE_TINTS)


def _add_list(book: Workbook, painter: Painter, layout: Layout) -> tuple[Canvas, dict[str, str]]:
    """The sheet with its table; returns the long range below each header cell, by column code."""
    canvas = Canvas(book, layout.kind, painter)
    last = get_column_letter(len(layout.columns))
    _column_styles(canvas, layout)
    _head(canvas, layout)
    for column in layout.columns:
        letter = _letter(layout, column.code)
        canvas.name(column.name, canvas.write(letter, column.title, style.COLUMN_HEAD))
    canvas.height(44)
    canvas.sheet.add_table(_table(layout, last))
    body = {
        column.code: f"{letter}{HEAD_ROW + 1}:{letter}{LAST_ROW}"
        for column in layout.columns
        for letter in [_letter(layout, column.code)]
    }
    filled = f"COUNTA($A{HEAD_ROW + 1}:$C{HEAD_ROW + 1})>0"
    line = FormulaRule([filled], border=Border(bottom=Side("thin", color=style.LINE)))
    canvas.sheet.conditional_formatting.add(f"A{HEAD_ROW + 1}:{last}{LAST_ROW}", line)
    frozen = [column.code for column in layout.columns].index(layout.frozen)
    canvas.sheet.freeze_panes = f"{get_column_letter(frozen + 2)}{HEAD_ROW + 1}"
    canvas.page(landscape=True, title_rows=f"{HEAD_ROW}:{HEAD_ROW}", wide=layout.pages_wide)
    if layout.pages_wide > 1:
        canvas.sheet.print_title_cols = f"A:{get_column_letter(frozen + 1)}"
    return canvas, body


def _head(canvas: Canvas, layout: Layout) -> None:
    """Title, summary and date; nothing is merged, so that the columns stay free to move and to freeze."""
    for column in layout.columns:
        canvas.write(_letter(layout, column.code), None, style.TITLE._replace(wrap=False))
    canvas.line("A", layout.kind.label, style.TITLE._replace(wrap=False), 34)
    canvas.field(report_fields.SUMMARY, "A", size=11, wrap=False, vertical="center", edge="")
    canvas.height(20)
    canvas.row += 1
    if layout is KEY_ACCOUNTS:
        canvas.updated(report_fields.BUILT, "A:C", style.NOTE)
    canvas.row += 1


def _column_styles(canvas: Canvas, layout: Layout) -> None:
    """Width and style of whole columns: rows that the table grows by look like this."""
    for column in layout.columns:
        letter = _letter(layout, column.code)
        dimension = canvas.sheet.column_dimensions[letter]
        dimension.width = layout.widths[column.code]
        canvas.painter.paint(dimension, _body(column), column.number)
        canvas.painter.paint(canvas.sheet[f"{letter}{HEAD_ROW + 1}"], _body(column), column.number)


def _body(column: Column) -> Look:
    text = column.number == Number.TEXT
    return Look(
        size=9 if column.long else 10,
        horizontal="left" if text else "right",
        vertical="top",
        wrap=text,
        shrink=not text,
        bold=column.code == "client",
    )


def _table(layout: Layout, last: str) -> Table:
    table = Table(name=layout.table, displayName=layout.table, ref=f"A{HEAD_ROW}:{last}{HEAD_ROW + 1}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    return table


def _letter(layout: Layout, code: str) -> str:
    return get_column_letter([column.code for column in layout.columns].index(code) + 1)
