"""Draws the sheet Start of the workbook without macros: what to do, where to look, what it needs."""

from __future__ import annotations

from collections.abc import Mapping

from drawing import style
from drawing.canvas import Canvas
from drawing.key_accounts import start_sheet
from drawing.key_accounts.draft import Draft
from drawing.key_accounts.live import PROGRAMS
from drawing.key_accounts.start_sheet import ALL, BUTTON, NUMBER, STEP, SUBTITLE, SUBTITLE_TEXT, WIDTHS, Step
from kam_xl.domain.model import Labelled
from kam_xl.locale import Text, language_named
from kam_xl.plan.book_sheets import BookSheet
from kam_xl.plan.commands import TAB

STEPS = (
    start_sheet.STEPS[0],
    Step(
        Text("See who is a key account"),
        Text("The list ranks itself as you type, with the limit beside it; the portfolio adds everything up."),
        Text("Go to the list"),
        "kam_go_live_list",
    ),
    Step(
        Text("Look at a plan"),
        Text("Choose a key account on the card: position, potential, goal by year and competitors, ready to print."),
        Text("Go to the plan card"),
        "kam_go_card",
    ),
)
FULL = Text(
    "Full perspective plans, with opportunities, actions, people and risks to fill in, are built from this very file: "
    "kam-xl plan {file}. The workbook with buttons (KeyAccounts.xlsm) is the same for Excel with macros."
)
LIVE: Mapping[Labelled, Text] = {
    BookSheet.LIVE_LIST: Text("who is a key account now, ranked"),
    BookSheet.LIVE_PORTFOLIO: Text("sums, concentration, capacity, position against potential"),
    BookSheet.CARD: Text("page 1 of the plan of any key account"),
}


def add_live_start(draft: Draft) -> None:
    """Add the sheet, first in the book."""
    canvas = draft.canvas(BookSheet.START)
    canvas.widths(WIDTHS)
    canvas.line("A:G", TAB, style.TITLE._replace(size=22), 38)
    canvas.line("A:G", SUBTITLE_TEXT, SUBTITLE, 22)
    canvas.gap(10)
    for number, step in enumerate(STEPS, start=1):
        _step(canvas, number, step)
    canvas.gap(10)
    start_sheet.list_sheets(canvas, {**LIVE, **start_sheet.SHEETS})
    canvas.gap(12)
    file = f"KeyAccounts{language_named(draft.lang).suffix}.xlsx"
    for note in (PROGRAMS, Text(FULL.message, file=file)):
        canvas.line(ALL, note, style.NOTE._replace(size=10, vertical="center"), 44)
    canvas.page(f"A1:G{canvas.row - 1}", landscape=False)
    canvas.sheet.print_title_rows = None
    canvas.sheet.sheet_view.showRowColHeaders = False


def _step(canvas: Canvas, number: int, step: Step) -> None:
    canvas.write("B", number, NUMBER, rows=2)
    canvas.write("C:E", step.title, STEP)
    start_sheet.lead(canvas, canvas.write("F", step.button, BUTTON, rows=2), step.link, BUTTON)
    canvas.height(24)
    canvas.row += 1
    canvas.write("C:E", step.text, style.TEXT)
    canvas.height(34)
    canvas.row += 1
    canvas.gap(10)
