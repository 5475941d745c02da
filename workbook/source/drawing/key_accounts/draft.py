"""A workbook while it is drawn: its language, its sheets, and the values that its formulas have."""

from __future__ import annotations

import re
from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.properties import CalcProperties

from drawing.canvas import Canvas
from drawing.key_accounts.cached import EMPTY
from drawing.package import DATE
from drawing.style import Painter
from kam_xl.functions import FUNCTIONS
from kam_xl.locale import Text
from kam_xl.plan.book_sheets import DATA_MARK, DATA_SHEETS, BookSheet

CALCULATED_BY = 191029  # the engine of Excel 2019 and later: an earlier one's values would be calculated on opening
Rows = list[list[Any]]
_CALL = re.compile(r"\bKAM_\w+\(", re.IGNORECASE)


class Draft:
    """The workbook, and what openpyxl does not write: `values[sheet][cell]` is the value of a formula there.

    In a book with `lambdas`, our functions are names of its own.
    """

    def __init__(self, lang: str, *, lambdas: bool = False) -> None:
        self.book = Workbook()
        self.book.remove(self.book.active)
        self.book.properties.creator = "kam_xl"
        self.book.properties.created = DATE
        self.book.calculation = CalcProperties(calcId=CALCULATED_BY, fullCalcOnLoad=False)
        self.painter, self.lang, self.lambdas = Painter(lang), lang, lambdas
        self.values: dict[str, dict[str, object]] = {}
        self._shown: set[tuple[str, str]] = set()

    def say(self, text: Text) -> str:
        """A text in the language of the workbook."""
        return text.render(self.lang)

    def canvas(self, kind: BookSheet) -> Canvas:
        """A new sheet of ours; one with the user's data bears another mark, so that it is read as a table."""
        return Canvas(self.book, kind, self.painter, DATA_MARK if kind in DATA_SHEETS else "kam_sheet")

    def name(self, name: str, refers_to: str) -> None:
        """Give something a name of the whole book."""
        self.book.defined_names[name] = DefinedName(name, attr_text=refers_to)

    def name_cell(self, name: str, canvas: Canvas, cell: str) -> None:
        """Give cells a name of the whole book."""
        self.name(name, canvas.reference(cell))

    def formula(self, canvas: Canvas, cell: str, formula: str, value: object) -> None:
        """A formula and its value."""
        canvas.sheet[cell].value = formula
        self.values.setdefault(canvas.sheet.title, {})[cell] = value
        if "KAM_" in formula and not (self.lambdas and _CALL.search(formula)):
            self._shown.add((canvas.sheet.title, cell))

    def answer(self, canvas: Canvas, cell: str, formula: str, value: object, aside: str) -> None:
        """A formula with our functions, for people to see.

        LibreOffice cannot read a call of a LAMBDA name and shows an error there, but it keeps the last value of a
        formula that it can read. So the call stands in a cell `aside`, out of sight, to which the cell refers.
        """
        if not (self.lambdas and _CALL.search(formula)):
            self.formula(canvas, cell, formula, value)
            return
        self.formula(canvas, aside, formula, value)
        self.refer(canvas, cell, aside, value)

    def refer(self, canvas: Canvas, cell: str, aside: str, value: object) -> None:
        """Have a cell show what stands in another one."""
        self.formula(canvas, cell, f"={aside}", value)
        self._shown.add((canvas.sheet.title, cell))

    def kept(self, sheet: str) -> dict[str, object]:
        """The values of a sheet as its file keeps them: `EMPTY` where nothing is shown that must not be calculated."""
        values = self.values.get(sheet, {})
        return {
            cell: EMPTY if value in (None, "") and (sheet, cell) in self._shown else value
            for cell, value in values.items()
        }


def calculated(name: str, *arguments: object) -> Any:
    """What a function of ours answers; blank texts arrive as blank cells."""
    return FUNCTIONS[name].call(*[None if each == "" else each for each in arguments])
