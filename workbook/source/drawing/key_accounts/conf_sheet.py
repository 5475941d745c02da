"""The hidden sheet that xlwings reads: names and values from the first cell on, without a title.

It must be called xlwings.conf; one with another name (people put an underscore before it) is passed over. What stands
here overrides the user's own configuration, so it holds only what is true on every computer; the interpreter is of
each computer's own.
"""

from __future__ import annotations

from drawing.key_accounts.draft import Draft
from drawing.style import Look
from kam_xl.plan.book_sheets import BookSheet

CONFIGURATION = {
    "UDF MODULES": "kam_udfs",
    # Else a file beside the workbook that is called like a module would be run in its place.
    "ADD_WORKBOOK_TO_PYTHONPATH": "false",
}


def add_conf(draft: Draft) -> None:
    """Add the sheet, hidden."""
    canvas = draft.canvas(BookSheet.CONF)
    canvas.widths({"A": 32, "B": 40})
    for key, value in CONFIGURATION.items():
        canvas.write("A", key, Look(wrap=False))
        canvas.write("B", value, Look(wrap=False))
        canvas.row += 1
    canvas.sheet.sheet_state = "hidden"
