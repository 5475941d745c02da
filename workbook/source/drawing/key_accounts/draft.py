"""A workbook while it is drawn: its language, its sheets, and the values that its formulas have."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.properties import CalcProperties

from drawing.canvas import Canvas
from drawing.package import DATE
from drawing.style import Painter
from kam_xl.functions import FUNCTIONS
from kam_xl.locale import Text
from kam_xl.plan.book_sheets import DATA_MARK, DATA_SHEETS, BookSheet

CALCULATED_BY = 191029  # the engine of Excel 2019 and later: an earlier one's values would be calculated on opening
Rows = list[list[Any]]


class Draft:
    """The workbook, and what openpyxl does not write: `values[sheet][cell]` is the value of a formula there."""

    def __init__(self, lang: str) -> None:
        self.book = Workbook()
        self.book.remove(self.book.active)
        self.book.properties.creator = "kam_xl"
        self.book.properties.created = DATE
        self.book.calculation = CalcProperties(calcId=CALCULATED_BY, fullCalcOnLoad=False)
        self.painter, self.lang = Painter(lang), lang
        self.values: dict[str, dict[str, object]] = {}

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


def calculated(name: str, *arguments: object) -> Any:
    """What a function of ours answers; blank texts arrive as blank cells."""
    return FUNCTIONS[name].call(*[None if each == "" else each for each in arguments])
