"""The state of the installation on the sheet Start: what Python reports about itself when asked.

Macros of workbooks that people have call this module by its name.
"""

from __future__ import annotations

import platform
from datetime import datetime

import xlwings as xw

from kam_xl import __version__
from kam_xl.actions.book.sheets import cells_named


def note(book: xw.Book, now: datetime | None = None) -> None:
    """Write into the workbook that Python answered, when, and in which versions.

    Cells are found by their names; a name that somebody deleted is passed over.
    """
    facts = {
        "kam_state_python": "yes",
        "kam_state_answered": now or datetime.now().replace(microsecond=0),
        # As texts: a version such as 3.10 is not a number.
        "kam_state_version": f"'{__version__}",
        "kam_state_interpreter": f"'{platform.python_version()}",
        "kam_state_xlwings": f"'{xw.__version__}",
    }
    for name, fact in facts.items():
        if cell := cells_named(book, name):
            cell.value = fact
