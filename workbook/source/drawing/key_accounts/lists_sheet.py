"""The hidden sheet of words: drop-downs, the texts of macros and of the function wizard, totals that formulas share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from drawing import style
from drawing.canvas import Canvas
from drawing.key_accounts import XLWINGS_VERSION
from drawing.key_accounts.columns import FIELDS
from drawing.key_accounts.draft import Draft
from drawing.key_accounts.example_values import Totals
from drawing.style import Look
from kam_xl.domain.model import BudgetBasis, Labelled, PathShape, Position, Potential, Stance
from kam_xl.domain.settings import DEFAULTS
from kam_xl.functions import FUNCTIONS
from kam_xl.locale import Text
from kam_xl.plan.book_sheets import LANGUAGE_CELL, BookSheet
from kam_xl.plan.fields import Number

YES_NO = (Text("Yes"), Text("No"))
SCALES: Mapping[str, type[Labelled]] = {
    "position": Position,
    "potential": Potential,
    "budget_basis": BudgetBasis,
    "stance": Stance,
    "path": PathShape,
}
SAID = {
    "no_python": Text(
        "Python with kam_xl does not answer, so nothing was done. Double-click Set up.cmd in the folder for Windows, "
        "or run kam-xl install in a command window; then open this workbook again. The sheet Start shows what was "
        "found."
    ),
    "folder": Text(
        "The file xlwings.conf beside this workbook would choose the programs that are run, so nothing was done. "
        "Remove it. To give this workbook a Python of its own, run kam-xl install with the workbook's name."
    ),
    "working": Text("kam_xl is working …"),
    "failed": Text("That did not work:"),
    "pick_file": Text("Which file holds the clients?"),
    "tables": Text("Tables"),
    "yes": Text("yes"),
    "no": Text("no"),
    "unknown": Text("not checked on this computer yet"),
}
"""What macros and the sheet Start say, by the end of the cell's name (`kam_say_…`)."""

STATES = ("kam_state_python", "kam_state_functions")
"""Cells in which macros note what they found: yes, no or blank."""

NOTE = Text(
    "Words and sums that drop-downs, macros and formulas of this workbook use. Please leave this sheet as it is."
)
_TEXT = Look(size=9, wrap=False)


def add_lists(draft: Draft, totals: Totals) -> None:
    """Add the sheet; `totals` are those of the client table."""
    canvas = _choices(draft)
    for name, text in SAID.items():
        _pair(draft, canvas, f"kam_say_{name}", text)
    for name in STATES:
        _pair(draft, canvas, name, None)
    _pair(draft, canvas, "kam_xlwings", XLWINGS_VERSION)
    canvas.sheet[_pair(draft, canvas, "kam_probe_of", None)].value = 3
    _shared_sums(draft, canvas, totals)
    draft.formula(canvas, _pair(draft, canvas, "kam_probe", None), "=KAM_HEADROOM(1,kam_probe_of)", 2)
    _bounds(draft, canvas, totals)
    _wizard(draft, canvas)
    canvas.sheet.sheet_state = "hidden"


def add_live_lists(draft: Draft, totals: Totals) -> None:
    """Add the sheet of the workbook without macros: no words for them, but what its formulas look up."""
    from lambdas.book import add_lookups

    canvas = _choices(draft)
    _shared_sums(draft, canvas, totals)
    _bounds(draft, canvas, totals)
    add_lookups(draft, canvas)
    canvas.sheet.sheet_state = "hidden"


def _choices(draft: Draft) -> Canvas:
    """The sheet with what drop-downs offer."""
    canvas = draft.canvas(BookSheet.LISTS)
    canvas.widths({"A": 26, "B": 40, **dict.fromkeys("CDEFGHIJKL", 20)})
    canvas.line("A:L", NOTE, style.NOTE, 16)
    for name, scale in SCALES.items():
        _column(draft, canvas, f"kam_list_{name}", [member.label for member in scale])
    _column(draft, canvas, "kam_list_mark", YES_NO)
    return canvas


def _column(draft: Draft, canvas: Canvas, name: str, words: Sequence[Text]) -> None:
    top = canvas.row
    for word in words:
        canvas.write("A", name, _TEXT._replace(ink=style.MUTED))
        canvas.write("B", word, _TEXT)
        canvas.row += 1
    draft.name_cell(name, canvas, f"B{top}:B{canvas.row - 1}")


def _pair(draft: Draft, canvas: Canvas, name: str, value: Text | str | None) -> str:
    canvas.write("A", name, _TEXT._replace(ink=style.MUTED))
    cell = canvas.write("B", value, _TEXT)
    draft.name_cell(name, canvas, cell)
    canvas.row += 1
    return cell


def _shared_sums(draft: Draft, canvas: Canvas, totals: Totals) -> None:
    """What a formula of every row would otherwise calculate anew."""
    column = {
        field: f"Clients[{draft.say(FIELDS[field].title)}]"
        for field in ("revenue", "sales_plan", "reference", "expertise")
    }
    mark = "kam_set_mark_min_level"
    for name, formula, value in (
        ("kam_total_revenue", f'SUMIF({column["revenue"]},">0")', totals.revenue),
        ("kam_total_plan", f'SUMIF({column["sales_plan"]},">0")', totals.sales_plan),
        ("kam_top_reference", f"MAX({column['reference']})", totals.top_reference),
        ("kam_top_expertise", f"MAX({column['expertise']})", totals.top_expertise),
        ("kam_mark_level", f"IF(ISNUMBER({mark}),{mark},{DEFAULTS.mark_min_level})", DEFAULTS.mark_min_level),
    ):
        draft.formula(canvas, _pair(draft, canvas, name, None), f"={formula}", value)


def _bounds(draft: Draft, canvas: Canvas, totals: Totals) -> None:
    """Names and values as functions take settings: the amounts from which the potential is high or medium.

    Where no amount is set, they are the percentiles of the budgets above 0 by nearest rank, found once for all rows,
    the high one not below a considerable share of our revenue. Settings want the one below the other, so equal ones
    are kept apart by a hair.
    """
    top, budgets = canvas.row, f"Clients[{draft.say(FIELDS['procurement_budget'].title)}]"
    draft.formula(canvas, _plain(canvas, "language"), f"={LANGUAGE_CELL}", draft.lang)
    below = f'COUNTIF({budgets},"<=0")'
    count = f'COUNTIF({budgets},">0")'
    share = "kam_set_considerable_share"
    considerable = f"IF(ISNUMBER({share}),{share},{DEFAULTS.considerable_share})*kam_total_revenue"

    def bound(level: str, share: float, least: str) -> str:
        given, percentile = f"kam_set_potential_{level}_from", f"kam_set_potential_{level}_percentile"
        part = f"IF(ISNUMBER({percentile}),{percentile},{share})"
        rank = f"MAX(1,ROUNDUP(ROUND({part}*{count},9),0))"
        return f'IF(ISNUMBER({given}),{given},IF({count}=0,"",MAX({least},SMALL({budgets},{below}+{rank}))))'

    high = _plain(canvas, "potential_high_from")
    draft.formula(canvas, high, "=" + bound("high", DEFAULTS.potential_high_percentile, considerable), totals.high_from)
    medium = _plain(canvas, "potential_medium_from")
    beside = medium.replace("B", "C")
    draft.formula(canvas, beside, "=" + bound("medium", DEFAULTS.potential_medium_percentile, "0"), totals.medium_from)
    least = f'IF(OR({high}="",{beside}=""),{beside},MIN({beside},{high}*(1-1E-9)))'
    draft.formula(canvas, medium, f"={least}", totals.medium_from)
    draft.name_cell("kam_bounds", canvas, f"A{top}:B{canvas.row - 1}")


def _plain(canvas: Canvas, name: str) -> str:
    canvas.write("A", name, _TEXT)
    cell = canvas.write("B", None, _TEXT, Number.TEXT)
    canvas.row += 1
    return cell


def _wizard(draft: Draft, canvas: Canvas) -> None:
    """A line for each function: name, text, a text for each argument."""
    top = canvas.row
    for function in FUNCTIONS.values():
        texts: list[Text | str] = [function.name, function.text, *(argument.text for argument in function.arguments)]
        for column, text in enumerate(texts):
            canvas.write("ABCDEFGHIJKL"[column], text, _TEXT)
        canvas.row += 1
    draft.name_cell("kam_wizard", canvas, f"A{top}:L{canvas.row - 1}")
