"""An open document of Calc, with what is remembered about it while it is open."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from kam_xl.engines.calc.formats import Formats
from kam_xl.engines.calc.formulas import Translator
from kam_xl.excel.references import Area


class Document:
    """A document, its formats and its formulas' grammar.

    Parameters
    ----------
    model : com.sun.star.sheet.SpreadsheetDocument
    context : XComponentContext
        Of the office it is open in.
    """

    def __init__(self, model: Any, context: Any) -> None:
        self.model, self.context = model, context

    @cached_property
    def formulas(self) -> Translator:
        return Translator(self.model)

    @cached_property
    def formats(self) -> Formats:
        return Formats(self.model, self.context)

    @cached_property
    def date_1904(self) -> bool:
        """Whether days are counted from 1904."""
        return bool(self.model.NullDate.Year == 1904)

    @staticmethod
    def part(cells: Any, area: Area, place: Area) -> Any:
        """The cells of a place within a range of cells, whose area is given."""
        if place == area:
            return cells
        left, top = place.left - area.left, place.top - area.top
        return cells.getCellRangeByPosition(left, top, place.right - area.left, place.bottom - area.top)
