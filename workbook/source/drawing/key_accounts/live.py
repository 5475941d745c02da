"""What the sheets share that formulas alone keep up to date."""

from __future__ import annotations

import re

from openpyxl.worksheet.formula import ArrayFormula

from drawing.canvas import Canvas
from drawing.key_accounts.draft import Draft
from drawing.style import NOTE
from kam_xl.locale import Text

PROGRAMS = Text(
    "These formulas calculate in Excel for Microsoft 365 and Excel 2024, on Windows, Mac and the web, without macros "
    "and without Python. Older Excel, LibreOffice and ONLYOFFICE (R7-Office) do not know LAMBDA: they show the values "
    "of the last save. To calculate there, use KeyAccounts.xlsm."
)
_PLACE = re.compile(r"{(\w+)}")


def sentence(draft: Draft, text: Text, **values: str) -> str:
    """A text as a formula that puts the values of other formulas into it.

    >>> sentence(Draft("en"), Text("{part} of {whole}"), part="A1", whole="B1")
    'A1&" of "&B1'
    """
    rendered = Text(text.message, **{name: f"{{{name}}}" for name in values}).render(draft.lang)
    pieces = _PLACE.split(rendered)
    pieces[::2] = [f'"{piece}"' if piece else "" for piece in pieces[::2]]
    pieces[1::2] = [values[name] for name in pieces[1::2]]
    return "&".join(filter(None, pieces))


def array(draft: Draft, canvas: Canvas, area: str, formula: str) -> None:
    """An array formula of fixed size over an area, entered as with Ctrl+Shift+Enter; its values come later.

    One that spills by itself needs a part of metadata that programs other than Excel drop, whereupon Excel shows the
    formula with an @ that takes one cell of the answer.
    """
    known = draft.values.setdefault(canvas.sheet.title, {})
    for cell in (cell for line in canvas.sheet[area] for cell in line):
        known[cell.coordinate] = None
        if not cell.has_style:
            canvas.painter.paint(cell, NOTE)  # an unstyled blank cell would not be written
    canvas.sheet[area.partition(":")[0]].value = ArrayFormula(area, formula)


def percent(value: str) -> str:
    """A share in a sentence, with the decimal mark of the user's program."""
    return f'ROUND({value}*100,1)&"%"'


def money(value: str) -> str:
    """An amount in a sentence, with the separators of the user's program."""
    return f"FIXED({value},0)"
