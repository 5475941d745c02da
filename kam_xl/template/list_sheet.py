"""Draws the two lists, key accounts and data check: a title, a summary, a native table that grows with its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.formatting.rule import DataBarRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo

from kam_xl.plan import report_fields
from kam_xl.plan.fields import Column, Number, OurSheet
from kam_xl.plan.reports import GRADES
from kam_xl.plan.state import KEY_ACCOUNT
from kam_xl.template import style
from kam_xl.template.canvas import Canvas
from kam_xl.template.highlights import (
    POSITION_TINTS,
    POTENTIAL_TINTS,
    line_below_filled,
    says,
    tint_labels,
    tint_where,
)
from kam_xl.template.style import Look, Painter

HEAD_ROW = 3
LAST_ROW = 2000  # conditional formats reach as far as any list of key accounts or findings that a person will read
_GRADE_TINTS = dict(zip(GRADES.values(), (style.BAD, style.FAIR, style.PLAIN), strict=True))


class Layout(NamedTuple):
    """How a list stands on its sheet; `frozen` is the last column that stays in view and on each printed page."""

    kind: OurSheet
    table: str
    columns: tuple[Column, ...]
    widths: Mapping[str, float]
    frozen: str
    head_height: float
    pages_wide: int = 1

    def letter(self, code: str) -> str:
        """The letter of a column by its code."""
        return str(get_column_letter([column.code for column in self.columns].index(code) + 1))

    def body(self, code: str) -> str:
        """The long range below a header cell."""
        return f"{self.letter(code)}{HEAD_ROW + 1}:{self.letter(code)}{LAST_ROW}"

    @property
    def last(self) -> str:
        """The letter of the last column."""
        return str(get_column_letter(len(self.columns)))


KEY_ACCOUNTS = Layout(
    OurSheet.KEY_ACCOUNTS,
    report_fields.KEY_ACCOUNTS_TABLE,
    report_fields.KEY_ACCOUNTS,
    {
        "rank": 8,
        "client_id": 10,
        "client": 28,
        "plan": 10,
        "industry": 18,
        "territory": 15,
        "manager": 17,
        "revenue": 13,
        "revenue_share": 10.5,
        "procurement_budget": 13.5,
        "penetration": 14.5,
        "headroom": 13,
        "competitor_revenue": 14,
        "criteria": 17,
        "criteria_met": 11,
        "affects": 40,
        "position": 11,
        "potential": 12,
        "strategy": 23,
        "status": 15.5,
        "above_limit": 9,
        "account_state": 16,
        "arguments": 122,
    },
    frozen="client",
    head_height=40,
    pages_wide=3,  # two would make the letters too small to read
)
DATA_CHECK = Layout(
    OurSheet.DATA_CHECK,
    report_fields.FINDINGS_TABLE,
    report_fields.DATA_CHECK,
    {
        "grade": 18,
        "sheet": 14,
        "cell": 8.5,
        "client_id": 10,
        "client": 27,
        "message": 52,
        "value": 17,
        "remedy": 48,
    },
    frozen="cell",
    head_height=24,
)


def add_key_accounts(book: Workbook, painter: Painter) -> None:
    """Add the ranked list of key accounts."""
    layout = KEY_ACCOUNTS
    canvas = _add_list(book, painter, layout)
    row = HEAD_ROW + 1
    tint_labels(canvas, layout.body("position"), POSITION_TINTS)
    tint_labels(canvas, layout.body("potential"), POTENTIAL_TINTS)
    above, state = f"${layout.letter('above_limit')}{row}", f"${layout.letter('account_state')}{row}"
    former = f'AND({state}<>"",NOT({says(state, KEY_ACCOUNT)}))'
    for code, formula, tint in (
        ("rank", f'{above}<>""', style.FAIR),
        ("above_limit", f'{above}<>""', style.FAIR),
        ("client", former, style.BAD),
        ("account_state", former, style.BAD),
    ):
        tint_where(canvas, layout.body(code), formula, tint)
    _data_bar(canvas, layout.body("revenue"), end_type="max")
    _data_bar(canvas, layout.body("penetration"), end_type="num", end_value=1)
    _lines(canvas, layout)


def add_data_check(book: Workbook, painter: Painter) -> None:
    """Add the list of findings."""
    canvas = _add_list(book, painter, DATA_CHECK)
    tint_labels(canvas, DATA_CHECK.body("grade"), _GRADE_TINTS)
    _lines(canvas, DATA_CHECK)


def _data_bar(canvas: Canvas, area: str, **end: object) -> None:
    bar = DataBarRule(start_type="num", start_value=0, color=style.DATA_BAR, minLength=0, maxLength=100, **end)
    canvas.sheet.conditional_formatting.add(area, bar)


def _lines(canvas: Canvas, layout: Layout) -> None:
    """A line below each filled row."""
    for column in layout.columns:
        line_below_filled(canvas, layout.body(column.code), f"COUNTA($A{HEAD_ROW + 1}:$C{HEAD_ROW + 1})>0")


def _add_list(book: Workbook, painter: Painter, layout: Layout) -> Canvas:
    """The sheet with its head and its table."""
    canvas = Canvas(book, layout.kind, painter)
    _column_styles(canvas, layout)
    _head(canvas, layout)
    for column in layout.columns:
        look = style.COLUMN_HEAD._replace(horizontal="left" if style.side(column) == "left" else "center")
        canvas.name(column.name, canvas.write(layout.letter(column.code), column.title, look))
    canvas.height(layout.head_height)
    canvas.sheet.add_table(_table(layout))
    frozen = canvas.sheet[f"{layout.letter(layout.frozen)}{HEAD_ROW + 1}"]
    canvas.sheet.freeze_panes = frozen.offset(column=1).coordinate
    canvas.page(landscape=True, title_rows=f"{HEAD_ROW}:{HEAD_ROW}", wide=layout.pages_wide)
    if layout.pages_wide > 1:
        canvas.sheet.print_title_cols = f"A:{frozen.column_letter}"
    return canvas


def _head(canvas: Canvas, layout: Layout) -> None:
    """Title and date over the frozen columns, in view and on each printed page; the summary beside the title."""
    band = style.TITLE._replace(wrap=False)
    for column in layout.columns:
        canvas.write(layout.letter(column.code), None, band)
    beside = canvas.sheet[f"{layout.letter(layout.frozen)}1"].offset(column=1).column_letter
    canvas.field(report_fields.SUMMARY, beside, **band._replace(size=11, bold=False)._asdict())
    canvas.line("A", layout.kind.label, band, 34)
    canvas.updated(report_fields.BUILT, f"A:{layout.letter(layout.frozen)}", style.LABEL)
    canvas.height(18)
    canvas.row += 1


def _column_styles(canvas: Canvas, layout: Layout) -> None:
    """Width and style of whole columns: rows that the table grows by look like this."""
    for column in layout.columns:
        letter = layout.letter(column.code)
        dimension = canvas.sheet.column_dimensions[letter]
        dimension.width = layout.widths[column.code]
        canvas.painter.paint(dimension, _body(column), column.number)
        canvas.painter.paint(canvas.sheet[f"{letter}{HEAD_ROW + 1}"], _body(column), column.number)


def _body(column: Column) -> Look:
    text = column.number == Number.TEXT
    return Look(
        size=9 if column.long else 10,
        bold=column.code == "client",
        horizontal=style.side(column),
        vertical="center",
        wrap=text,
        shrink=not text,
        link=column.code in ("plan", "cell"),
    )


def _table(layout: Layout) -> Table:
    table = Table(name=layout.table, displayName=layout.table, ref=f"A{HEAD_ROW}:{layout.last}{HEAD_ROW + 1}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    return table
