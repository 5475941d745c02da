"""LAMBDA names in a workbook that is being drawn: with Excel's descriptions, and the tables that they read."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.workbook.defined_name import DefinedName

from drawing import style
from drawing.canvas import Canvas
from drawing.key_accounts.draft import Draft
from kam_xl.excel.references import column_letters
from kam_xl.functions import FUNCTIONS
from kam_xl.plan.book_sheets import SETTINGS_RANGE
from lambdas.answers import ANSWERS_RANGE, answer_columns
from lambdas.cells import DEFAULTS_RANGE, LIMITS_RANGE, limits
from lambdas.functions import names
from lambdas.ranking import LIVE_NAMES
from lambdas.titles import LABELS_RANGE, SMALL_RANGE, TITLES_RANGE, labels, small_words, titles

_LONGEST = 255  # of a name's comment, as Excel takes it


def add_names(draft: Draft) -> None:
    """Give the book all functions; those that only other names call are not shown to people."""
    settings = draft.book.defined_names[SETTINGS_RANGE].attr_text
    first, _, last = settings.rpartition("!")[2].replace("$", "").partition(":")
    sheet = settings.rpartition("!")[0]
    # names, values and, one column further, the defaults
    draft.name(DEFAULTS_RANGE, f"{sheet}!${first[0]}${first[1:]}:${chr(ord(last[0]) + 1)}${last[1:]}")
    for name, formula in {**names(), **LIVE_NAMES}.items():
        function = FUNCTIONS.get(name)
        comment = draft.say(function.text)[:_LONGEST] if function else None
        hidden = None if function else True
        draft.book.defined_names[name] = DefinedName(name, attr_text=formula, comment=comment, hidden=hidden)


def lookups() -> dict[str, Sequence[tuple[str | float | None, ...]]]:
    """What formulas look up, by the name of its range."""
    return {
        LIMITS_RANGE: limits(),
        TITLES_RANGE: titles(),
        SMALL_RANGE: small_words(),
        LABELS_RANGE: labels(),
        ANSWERS_RANGE: answer_columns(),
    }


def add_lookups(draft: Draft, canvas: Canvas) -> None:
    """The tables that formulas look up, one below the other."""
    look = style.Look(size=9, wrap=False)
    for name, lines in lookups().items():
        top = canvas.row
        for line in lines:
            for number, value in enumerate(line, start=1):
                canvas.write(column_letters(number), value, look)
            canvas.row += 1
        draft.name_cell(name, canvas, f"A{top}:{column_letters(len(lines[0]))}{canvas.row - 1}")
