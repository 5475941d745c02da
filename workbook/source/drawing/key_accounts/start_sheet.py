"""Draws the sheet Start: three steps, the other commands, the sheets, the state of the installation.

Links lead to names, never to addresses: `kam_go_…` to a sheet, whatever it is called by now; `kam_press_…` to the
link's own cell, which a macro takes as the press of a button.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from openpyxl.worksheet.hyperlink import Hyperlink

from drawing import style
from drawing.canvas import Canvas
from drawing.key_accounts import XLWINGS_VERSION
from drawing.key_accounts.draft import Draft
from drawing.key_accounts.lists_sheet import STATES
from drawing.style import Look
from kam_xl.domain.model import Labelled
from kam_xl.locale import Text
from kam_xl.plan.book_sheets import BookSheet
from kam_xl.plan.commands import COMMANDS, TAB
from kam_xl.plan.fields import Number, OurSheet

WIDTHS = {"A": 2, "B": 6, "C": 27, "D": 27, "E": 27, "F": 27, "G": 2}
ALL = "B:F"
LABELS = {command.code: command.label for command in COMMANDS}
TIPS = {command.code: command.tip for command in COMMANDS}

# Dark letters on light ground, because some programs show links in their own blue.
BUTTON = Look(12, bold=True, ink=style.LINK, fill="CFE0F3", horizontal="center", edge="box")
QUIET_BUTTON = Look(10, bold=True, ink=style.LINK, fill="EDF3FA", horizontal="center", edge="box")
NUMBER = Look(22, bold=True, ink="2F6DA8", horizontal="center")
STEP = Look(12, bold=True, wrap=False, vertical="bottom")
SUBTITLE = Look(11, ink=style.WHITE, fill=style.BAND, wrap=False, vertical="top")


class Step(NamedTuple):
    """What to do: a title, a sentence, and the button for it."""

    title: Text
    text: Text
    button: Text
    link: str


STEPS = (
    Step(
        Text("Enter your clients"),
        Text(
            "One per row, typed or pasted; the example gives way. Client, revenue and procurement budget are "
            "enough to begin. The blue columns rate each client at once."
        ),
        Text("Go to the clients"),
        "kam_go_clients",
    ),
    Step(
        Text("Check the data"),
        Text("Lists every doubtful cell with a link to it and what to do. Nothing in your table is changed."),
        LABELS["check"],
        "kam_press_check",
    ),
    Step(
        Text("Build the plans"),
        Text(
            "One perspective plan for every key account, with the ranked list and the portfolio. Press again "
            "whenever the numbers change: what you typed into a plan stays."
        ),
        LABELS["build_plans"],
        "kam_press_build_plans",
    ),
)
MORE = tuple(command.code for command in COMMANDS if command.on_start)
SHEETS: Mapping[Labelled, Text] = {
    BookSheet.CLIENTS: Text("who buys from us, how much, and what each could buy"),
    BookSheet.COMPETITORS: Text("who else sells to them, and how we mean to meet it"),
    BookSheet.OPERATIONAL: Text("plan and actual by month, beside which the perspective plans stand"),
    OurSheet.SETTINGS: Text("every bound that the rules use, yours to change"),
    OurSheet.PLAN: Text("the form from which plans are made: restyle it as you like"),
    BookSheet.FUNCTIONS: Text("every formula of kam_xl with a living example"),
}
CHECK = Text("Check the installation")
RIBBON = Text('The same buttons stand on the ribbon tab "{tab}".', tab=TAB)
NOTES = (
    Text(
        "Buttons do nothing? Allow macros: close the workbook, right-click the file, Properties, Unblock; open it and "
        "press Enable Content."
    ),
    Text(
        "Buttons and formulas work through Python. Once on each computer: double-click Set up.cmd in "
        "the folder for Windows, or install kam_xl and run kam-xl install."
    ),
    Text(
        "On a Mac the buttons work, the formulas do not: their cells keep the last values. Without Excel: kam-xl plan "
        "does the same from the command line."
    ),
)
SUBTITLE_TEXT = Text("Who our key accounts are and why, and a perspective plan for each")


def add_start(draft: Draft) -> None:
    """Add the sheet, first in the book."""
    canvas = draft.canvas(BookSheet.START)
    canvas.widths(WIDTHS)
    _title(draft, canvas)
    for number, step in enumerate(STEPS, start=1):
        _step(draft, canvas, number, step)
    canvas.gap(10)
    _commands(draft, canvas)
    canvas.gap(12)
    list_sheets(canvas, SHEETS)
    canvas.gap(12)
    _state(draft, canvas)
    canvas.gap(12)
    for note in NOTES:
        canvas.line(ALL, note, style.NOTE._replace(size=10, vertical="center"), 28)
    canvas.page(f"A1:G{canvas.row - 1}", landscape=False)
    canvas.sheet.print_title_rows = None
    canvas.sheet.sheet_view.showRowColHeaders = False


def _title(draft: Draft, canvas: Canvas) -> None:
    for _height in (38, 22):
        for column in "AG":
            canvas.write(column, None, style.TITLE)
        if canvas.row == 1:
            canvas.write("B:E", TAB, style.TITLE._replace(size=22))
            _button(draft, canvas, "F", LABELS["language"], "kam_press_language", QUIET_BUTTON)
        else:
            canvas.write(ALL, SUBTITLE_TEXT, SUBTITLE)
        canvas.height(_height)
        canvas.row += 1
    canvas.gap(10)


def _button(draft: Draft, canvas: Canvas, span: str, label: Text, link: str, look: Look, rows: int = 1) -> None:
    """A cell that looks like a button and is a link to a name."""
    cell = canvas.write(span, label, look, rows=rows)
    if not link.startswith("kam_go_") and link not in draft.book.defined_names:
        draft.name_cell(link, canvas, cell)
    lead(canvas, cell, link, look)


def lead(canvas: Canvas, cell: str, name: str, look: Look) -> None:
    """Make a cell a link to a name."""
    canvas.sheet[cell].hyperlink = Hyperlink(ref=cell, location=name)
    canvas.painter.paint(canvas.sheet[cell], look)  # openpyxl gave it the style of links


def _step(draft: Draft, canvas: Canvas, number: int, step: Step) -> None:
    canvas.write("B", number, NUMBER, rows=2)
    canvas.write("C:E", step.title, STEP)
    _button(draft, canvas, "F", step.button, step.link, BUTTON, rows=2)
    canvas.height(24)
    canvas.row += 1
    canvas.write("C:E", step.text, style.TEXT)
    canvas.height(34)
    canvas.row += 1
    for column in "BCDEF":
        canvas.write(column, None, Look(edge="below"))
    canvas.height(7)
    canvas.row += 1
    canvas.gap(7)


def _commands(draft: Draft, canvas: Canvas) -> None:
    canvas.line(ALL, RIBBON, style.HEADING._replace(bold=False, size=10), 20)
    canvas.gap(6)
    for start in range(0, len(MORE), 4):
        for column, code in zip("CDEF", MORE[start : start + 4], strict=False):
            _button(draft, canvas, column, LABELS[code], f"kam_press_{code}", QUIET_BUTTON)
        canvas.height(24)
        canvas.row += 1


def list_sheets(canvas: Canvas, sheets: Mapping[Labelled, Text]) -> None:
    """A link to each sheet, with what it holds."""
    look = style.TEXT._replace(link=True, vertical="center", wrap=False)
    canvas.line(ALL, Text("Sheets of this workbook"), style.HEADING, 20)
    for kind, about in sheets.items():
        lead(canvas, canvas.write("C", kind.label, look), f"kam_go_{kind}", look)
        canvas.write("D:F", about, style.LABEL._replace(size=10))
        canvas.height(18)
        canvas.row += 1


def _state(draft: Draft, canvas: Canvas) -> None:
    """What macros and Python noted at the last check; nothing is claimed before."""
    canvas.write("B:E", Text("State of the installation"), style.HEADING)
    _button(draft, canvas, "F", CHECK, "kam_check_installation", QUIET_BUTTON)
    canvas.height(22)
    canvas.row += 1
    unknown = draft.say(Text("not checked on this computer yet"))
    for title, state in zip((Text("Python answers"), Text("Functions calculate")), STATES, strict=True):
        formula = f'=IF({state}="yes",kam_say_yes,IF({state}="no",kam_say_no,kam_say_unknown))'
        draft.formula(canvas, _fact(canvas, title), formula, unknown)
    for title, name, number in (
        (Text("Last answer"), "kam_state_answered", Number.DATE),
        (Text("Version of kam_xl"), "kam_state_version", Number.TEXT),
        (Text("Version of Python"), "kam_state_interpreter", Number.TEXT),
        (Text("Version of xlwings"), "kam_state_xlwings", Number.TEXT),
    ):
        draft.name_cell(name, canvas, _fact(canvas, title, number))
    wanted = _fact(canvas, Text("xlwings that this workbook needs"))
    draft.formula(canvas, wanted, "=kam_xlwings", XLWINGS_VERSION)


def _fact(canvas: Canvas, title: Text, number: Number = Number.TEXT) -> str:
    canvas.write("C:D", title, style.LABEL._replace(size=10))
    cell = canvas.write("E:F", None, Look(edge="below", wrap=False), number)
    canvas.height(17)
    canvas.row += 1
    return cell
