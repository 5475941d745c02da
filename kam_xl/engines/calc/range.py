"""Ranges of cells."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kam_xl.engines.bases.range import RangeBase
from kam_xl.engines.calc import links, printing, regions, values
from kam_xl.engines.calc.appearance import Appearance
from kam_xl.engines.calc.bridge import constant
from kam_xl.engines.calc.gaps import named_gaps, refuse
from kam_xl.engines.dates import to_serial
from kam_xl.engines.numbers import number_text
from kam_xl.excel.references import Area

if TYPE_CHECKING:
    from kam_xl.engines.calc.sheets import Sheet

# com.sun.star.sheet.CellFlags: values, dates, texts, formulas; formats of all kinds
_CONTENTS, _FORMATS = 1 | 2 | 4 | 16, 32 | 64 | 256
_INSERT = {"down": "DOWN", "right": "RIGHT"}
_DELETE = {"up": "UP", "left": "LEFT"}


@named_gaps
class Range(Appearance, RangeBase):
    """A block of cells of a sheet; of no size where a slice of it is empty."""

    keeps_formula_values = False  # Calc calculates

    sheet: Sheet

    @cached_property
    def api(self) -> Any:
        """Calc's own object for the cells, a ``com.sun.star.sheet.SheetCellRange``."""
        if not len(self):
            return None
        first, last = (self.column - 1, self.row - 1), (self.right - 1, self.bottom - 1)
        if first == last:
            return self.sheet.api.getCellByPosition(*first)
        return self.sheet.api.getCellRangeByPosition(*first, *last)

    # --- values ------------------------------------------------------------------------------------------------------

    def _read(self) -> list[list[Any]]:
        return values.read(self.sheet.document, self.api, self.area)

    def _write(self, rows: list[list[object]]) -> None:
        if rows and rows[0]:
            target = self.sheet.cells_of(
                Area("", self.row, self.column, self.row + len(rows) - 1, self.column + len(rows[0]) - 1)
            )
            values.write(self.sheet.document, target.api, target.area, rows)

    _content = staticmethod(values.plain)

    def _formulas(self) -> list[list[str]]:
        position, contents = self.sheet.position, self._read()
        return [
            [self._shown(text, contents[i][j], (position, self.row + i, self.column + j)) for j, text in enumerate(row)]
            for i, row in enumerate(self.api.getFormulaArray())
        ]

    formula2 = RangeBase.formula

    def _shown(self, text: str, value: object, at: tuple[int, int, int]) -> str:
        typed = _typed(text, value, self.sheet.document.date_1904)
        if typed is not None:
            return typed
        formulas = self.sheet.document.formulas
        if formulas.needs_cell(text):
            return formulas.of_cell(self.sheet.api.getCellByPosition(at[2] - 1, at[1] - 1))
        return formulas.to_excel(_bare(text), *at)

    @property
    def has_array(self) -> bool:
        return bool(self._first().getArrayFormula())

    @property
    def formula_array(self) -> str | None:
        """The array formula of the range's first cell, None where there is none."""
        formula = self._first().getArrayFormula()
        return self._in_excel(_bare(formula)) if formula else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        formula = self.sheet.document.formulas.to_calc(value, self.sheet.position, self.row, self.column)
        self._block().setArrayFormula(formula)

    def _in_excel(self, formula: str) -> str:
        return self.sheet.document.formulas.to_excel(formula, self.sheet.position, self.row, self.column)

    def _first(self) -> Any:
        return self.sheet.api.getCellRangeByPosition(self.column - 1, self.row - 1, self.column - 1, self.row - 1)

    def _block(self) -> Any:
        """The range even of a single cell, which has calls that a cell has not."""
        return self._first() if len(self) == 1 else self.api

    def clear_contents(self) -> None:
        if len(self):
            self.api.clearContents(_CONTENTS)

    def clear_formats(self) -> None:
        if len(self):
            self.sheet.change(lambda: self.api.clearContents(_FORMATS))

    def clear(self) -> None:
        if len(self):
            self.sheet.change(lambda: self.api.clearContents(_CONTENTS | _FORMATS))

    # --- rows and columns --------------------------------------------------------------------------------------------

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        mode = constant(f"com.sun.star.sheet.CellInsertMode.{_INSERT[shift or 'down']}")
        self.sheet.change(lambda: self.sheet.api.insertCells(self._block().getRangeAddress(), mode))

    def delete(self, shift: str | None = None) -> None:
        shift = shift or ("up" if self.shape[1] >= self.shape[0] else "left")
        mode = constant(f"com.sun.star.sheet.CellDeleteMode.{_DELETE[shift]}")
        self.sheet.change(lambda: self.sheet.api.removeRange(self._block().getRangeAddress(), mode))

    def copy(self, destination: Any = None) -> None:
        """Copy the cells with their formats to the first cell of another range of the book."""
        if destination is None:
            refuse("Range.copy to the clipboard; give a destination")
        target = destination.impl._first().getCellByPosition(0, 0).getCellAddress()
        self.sheet.change(lambda: self.sheet.api.copyRange(target, self._block().getRangeAddress()))

    # --- the cells around --------------------------------------------------------------------------------------------

    def end(self, direction: str) -> Range:
        """The cell that Ctrl and an arrow lead to from the range's first cell."""
        return Range(self.sheet, *regions.end(self.sheet, self.row, self.column, direction))

    @property
    def current_region(self) -> Range:
        cursor = self.sheet.api.createCursorByRange(self._first())
        cursor.collapseToCurrentRegion()
        return self.sheet.range_of(cursor.getRangeAddress())

    @property
    def merge_area(self) -> Range:
        cursor = self.sheet.api.createCursorByRange(self._first())
        cursor.collapseToMergedArea()
        return self.sheet.range_of(cursor.getRangeAddress())

    def merge(self, across: bool) -> None:
        for row in range(self.shape[0]) if across else [0]:
            last = self.row + row if across else self.bottom
            self.sheet.cells_of(Area("", self.row + row, self.column, last, self.right))._block().merge(True)

    def unmerge(self) -> None:
        self._block().merge(False)

    def to_pdf(self, path: str, quality: str) -> None:
        self.sheet.change(lambda: printing.to_pdf(self.sheet.book.api, path, quality, self.api))

    def select(self) -> None:
        self.sheet.activate()
        controller = self.sheet.book.api.getCurrentController()
        if controller is not None:
            controller.select(self.api)

    # --- links --------------------------------------------------------------------------------------------------------

    @property
    def hyperlink(self) -> str:
        return links.target(self._first().getCellByPosition(0, 0), f"{self.sheet.name}!{self.address}")

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """Link the range's first cell to an address, to a place in the book with ``#Sheet1!A1``."""
        links.add(self.sheet.book.api, self._first().getCellByPosition(0, 0), address, text_to_display or address)


def _typed(text: str, value: object, date_1904: bool) -> str | None:
    """What was typed into a cell without a formula; None where it has one."""
    if text.startswith(("=", "{=")) and text != value:
        return None
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime):
        return number_text(to_serial(value, date_1904))
    return number_text(value) if isinstance(value, float) else str(value or "")


def _bare(formula: str) -> str:
    """A formula without the braces that Calc shows an array formula in."""
    return formula[1:-1] if formula.startswith("{") else formula
