"""Draws the two lists, key accounts and data check: a title, a summary, a native table that grows with its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.formatting.rule import DataBarRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.table import Table, TableStyleInfo

from drawing import style
from drawing.canvas import Canvas
from drawing.highlights import (
    POSITION_TINTS,
    POTENTIAL_TINTS,
    first_cell,
    line_below_filled,
    says,
    tint_labels,
    tint_where,
)
from drawing.style import Look, Painter
from kam_xl.locale import Text
from kam_xl.plan.account.plan_fields import ACTION_STATES
from kam_xl.plan.fields import Column, Field, Number, OurSheet
from kam_xl.plan.reports import conflicts, report_fields, whitespace
from kam_xl.plan.reports.lists import GRADES
from kam_xl.plan.state import KEY_ACCOUNT
from kam_xl.plan.week import agenda, changes

HEAD_ROW = 5
LAST_ROW = 2000  # conditional formats reach as far as any list of key accounts or findings that a user will read
_GRADE_TINTS = dict(zip(GRADES.values(), (style.BAD, style.FAIR, style.PLAIN), strict=True))
_HEAD_HEIGHT = 40  # points: two lines stand clear of the buttons of the filter, which are at the bottom


class Layout(NamedTuple):
    """How a list stands on its sheet.

    Attributes
    ----------
    page : tuple of Column
        What fits on a screen and on a page across.
    details : tuple of Column
        What stands to the right of it, folded away.
    frozen : str
        The last column that stays in view.
    split : str
        The first column of what stands at the right of the summary and of the line below it.
    below : Field
        What stands below the summary, `below_height` points high.
    """

    kind: OurSheet
    table: str
    page: tuple[Column, ...]
    widths: Mapping[str, float]
    frozen: str
    split: str
    below: Field
    below_height: float = 28
    details: tuple[Column, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns of the table."""
        return self.page + self.details

    def letter(self, code: str) -> str:
        """The letter of a column by its code."""
        return str(get_column_letter([column.code for column in self.columns].index(code) + 1))

    def body(self, code: str) -> str:
        """The long range below a header cell."""
        return f"{self.letter(code)}{HEAD_ROW + 1}:{self.letter(code)}{LAST_ROW}"

    @property
    def last(self) -> str:
        """The letter of the last column of the page."""
        return str(get_column_letter(len(self.page)))

    @property
    def left(self) -> str:
        """The columns at the left of `split`."""
        return f"A:{get_column_letter([column.code for column in self.columns].index(self.split))}"

    @property
    def right(self) -> str:
        """The columns of the page from `split` on."""
        return f"{self.letter(self.split)}:{self.last}"


KEY_ACCOUNTS = Layout(
    OurSheet.KEY_ACCOUNTS,
    report_fields.KEY_ACCOUNTS_TABLE,
    report_fields.KEY_ACCOUNTS_PAGE,
    {
        "rank": 8,
        "client": 29,
        "criteria": 17,
        "revenue": 13.5,
        "revenue_share": 8.5,
        "goal": 13.5,
        "gap": 13.5,
        "value_at_stake": 13.5,
        "position": 11,
        "potential": 12,
        "task": 32,
        "next_step": 22,
        "next_date": 11.5,
        "plan": 11.5,
        "client_id": 11,
        "manager": 17,
        "industry": 18,
        "territory": 15,
        "procurement_budget": 14,
        "budget_note": 36,
        "penetration": 17,
        "headroom": 14,
        "attainable_gain": 14,
        "competitor_revenue": 14,
        "criteria_met": 12,
        "affects": 60,
        "strategy": 36,
        "status": 15.5,
        "above_limit": 11,
        "account_state": 18,
        "unfilled": 50,
        "arguments": 122,
    },
    frozen="client",
    split="value_at_stake",
    below=report_fields.RULE,
    below_height=40,  # three lines
    details=report_fields.KEY_ACCOUNTS_DETAILS,
)
DATA_CHECK = Layout(
    OurSheet.DATA_CHECK,
    report_fields.FINDINGS_TABLE,
    report_fields.DATA_CHECK,
    {
        "grade": 18,
        "sheet": 18,
        "cell": 8.5,
        "client_id": 12,
        "client": 27,
        "message": 54,
        "value": 18,
        "remedy": 48,
    },
    frozen="cell",
    split="value",
    below=report_fields.READING,
    below_height=66,  # five lines
)
AGENDA = Layout(
    OurSheet.AGENDA,
    agenda.AGENDA_TABLE,
    agenda.AGENDA[:-1],
    {
        "due": 22,
        "when": 12,
        "client": 27,
        "what": 46,
        "kind": 20,
        "who": 16,
        "manager": 16,
        "state": 14,
        "amount": 15,
        "cell": 9,
        "key": 24,
    },
    frozen="client",
    split="manager",
    below=report_fields.HINT,
    details=agenda.AGENDA[-1:],  # the key, by which a changed row finds its plan
)
CHANGES = Layout(
    OurSheet.CHANGES,
    changes.CHANGES_TABLE,
    changes.CHANGES,
    {
        "kind": 18,
        "client": 27,
        "what": 20,
        "before": 20,
        "after": 20,
        "share": 13,
        "why": 58,
        "manager": 18,
        "client_id": 12,
    },
    frozen="client",
    split="why",
    below=report_fields.HINT,
)
WHITE_SPOTS = Layout(
    OurSheet.WHITE_SPOTS,
    whitespace.SPOTS_TABLE,
    whitespace.SPOTS,
    {"client": 27, "product": 24, "amount": 15, "argument": 92, "take": 15, "manager": 18, "client_id": 12},
    frozen="client",
    split="take",
    below=report_fields.HINT,
)
CONFLICTS = Layout(
    OurSheet.CONFLICTS,
    conflicts.CONFLICTS_TABLE,
    conflicts.CONFLICTS[:-1],
    {"client_id": 12, "client": 27, "cell": 9, "what": 26, "theirs": 44, "ours": 44, "choice": 22, "key": 22},
    frozen="cell",
    split="choice",
    below=report_fields.HINT,
    details=conflicts.CONFLICTS[-1:],
)


def add_key_accounts(book: Workbook, painter: Painter) -> None:
    """Add the ranked list of key accounts."""
    layout = KEY_ACCOUNTS
    canvas = _add_list(book, painter, layout)
    row = HEAD_ROW + 1
    tint_labels(canvas, layout.body("position"), POSITION_TINTS)
    tint_labels(canvas, layout.body("potential"), POTENTIAL_TINTS)
    when = first_cell(layout.body("next_date"))
    tint_where(canvas, layout.body("next_date"), f"AND(ISNUMBER({when}),{when}<TODAY())", style.BAD)
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


def add_agenda(book: Workbook, painter: Painter) -> None:
    """Add the agenda, in which what is overdue stands out."""
    canvas = _add_list(book, painter, AGENDA)
    tint_labels(canvas, AGENDA.body("due"), {agenda.Due.OVERDUE.label: style.BAD, agenda.Due.WEEK.label: style.FAIR})
    _offer(canvas, AGENDA.body("state"), ACTION_STATES)
    _lines(canvas, AGENDA)


def add_changes(book: Workbook, painter: Painter) -> None:
    """Add the list of what changed since the last build."""
    canvas = _add_list(book, painter, CHANGES)
    tints = {
        changes.ChangeKind.ALARM: style.BAD,
        changes.ChangeKind.CEASED: style.FAIR,
        changes.ChangeKind.GONE: style.FAIR,
    }
    tint_labels(canvas, CHANGES.body("kind"), {kind.label: tint for kind, tint in tints.items()})
    _lines(canvas, CHANGES)


def add_white_spots(book: Workbook, painter: Painter) -> None:
    """Add the list of white spots, in which a yes makes a proposal an opportunity of its plan."""
    canvas = _add_list(book, painter, WHITE_SPOTS)
    tint_labels(canvas, WHITE_SPOTS.body("take"), {whitespace.TAKEN: style.GOOD})
    _offer(canvas, WHITE_SPOTS.body("take"), [whitespace.YES])
    _lines(canvas, WHITE_SPOTS)


def _offer(canvas: Canvas, area: str, words: Iterable[Text]) -> None:
    """A drop-down of words, beside which others may be typed."""
    listed = ",".join(word.render(canvas.painter.lang) for word in words)
    choices = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
    choices.add(area)
    canvas.sheet.add_data_validation(choices)


def add_conflicts(book: Workbook, painter: Painter) -> None:
    """Add the list of cells that were changed on both sides."""
    canvas = _add_list(book, painter, CONFLICTS)
    _offer(canvas, CONFLICTS.body("choice"), (choice.label for choice in conflicts.Choice))
    _lines(canvas, CONFLICTS)


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
        look = style.COLUMN_HEAD._replace(horizontal=style.side(column))
        canvas.name(column.name, canvas.write(layout.letter(column.code), column.title, look))
    canvas.height(_HEAD_HEIGHT)
    canvas.sheet.add_table(_table(layout))
    frozen = canvas.sheet[f"{layout.letter(layout.frozen)}{HEAD_ROW + 1}"]
    canvas.sheet.freeze_panes = frozen.offset(column=1).coordinate
    canvas.page(landscape=True, title_rows=f"{HEAD_ROW}:{HEAD_ROW}")
    return canvas


def _head(canvas: Canvas, layout: Layout) -> None:
    """Title and date on a band; the summary; what it rests on; a notice, whose row shows where there is one."""
    last = [column.code for column in layout.page][-2]
    for column in layout.page:
        canvas.write(layout.letter(column.code), None, style.TITLE)
    canvas.updated(report_fields.BUILT, f"{layout.letter(last)}:{layout.last}", style.TITLE_NOTE)
    canvas.line("A", layout.kind.label, style.TITLE._replace(wrap=False), 34)
    if layout.kind is OurSheet.KEY_ACCOUNTS:
        canvas.field(report_fields.UNIT, layout.right, horizontal="right", edge="")
    canvas.field(report_fields.SUMMARY, layout.left, size=11, bold=True, edge="", vertical="center")
    canvas.height(24)
    canvas.row += 1
    canvas.field(layout.below, layout.left, **_SMALL)
    canvas.field(report_fields.FRESHNESS, layout.right, **_SMALL)
    canvas.height(layout.below_height)
    canvas.row += 1
    canvas.field(report_fields.NOTICE, f"A:{layout.last}", edge="", fill=style.FAIR[0], ink=style.FAIR[1])
    canvas.height(46)
    canvas.sheet.row_dimensions[canvas.row].hidden = True
    canvas.row += 1


_SMALL: dict[str, Any] = {"size": 9, "ink": style.MUTED, "edge": "", "vertical": "top"}


def _column_styles(canvas: Canvas, layout: Layout) -> None:
    """Width and style of whole columns: rows that the table grows by look like this."""
    for column in layout.columns:
        letter = layout.letter(column.code)
        dimension = canvas.sheet.column_dimensions[letter]
        dimension.width = layout.widths[column.code]
        # A folded column must not make a row high, so its text goes on to the right.
        look = _body(column, wrap=column in layout.page)
        for styled in (dimension, canvas.sheet[f"{letter}{HEAD_ROW + 1}"]):
            canvas.painter.paint(styled, look, column.number)
        dimension.hidden = column in layout.details
        dimension.outlineLevel = int(dimension.hidden)
    if layout.details:
        canvas.sheet.sheet_properties.outlinePr = Outline(summaryRight=False)  # the button stands above the page's last
        canvas.sheet.column_dimensions[layout.last].collapsed = True


def _body(column: Column, *, wrap: bool) -> Look:
    text = column.number == Number.TEXT
    return Look(
        size=9 if column.long else 10,
        bold=column.code == "client",
        horizontal=style.side(column),
        vertical="center",
        wrap=text and wrap,
        shrink=not text,
        link=column.code in ("plan", "cell"),
    )


def _table(layout: Layout) -> Table:
    table = Table(
        name=layout.table,
        displayName=layout.table,
        ref=f"A{HEAD_ROW}:{layout.letter(layout.columns[-1].code)}{HEAD_ROW + 1}",
    )
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    return table
