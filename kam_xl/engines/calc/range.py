"""Ranges of cells."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_xl.engines import addresses
from kam_xl.engines.calc import links, printing, regions, values
from kam_xl.engines.calc.appearance import Appearance
from kam_xl.engines.calc.bridge import constant
from kam_xl.engines.calc.gaps import named_gaps, refuse
from kam_xl.engines.calc.names import Name
from kam_xl.engines.dates import to_serial
from kam_xl.engines.errors import EditError
from kam_xl.engines.numbers import number_text
from kam_xl.engines.references import COLUMNS, ROWS, Area, quoted
from kam_xl.engines.shifting import shifted
from kam_xl.engines.values import Formula
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.engines.calc.sheets import Sheet
    from kam_xl.engines.calc.tables import Table

# com.sun.star.sheet.CellFlags: values, dates, texts, formulas; formats of all kinds
_CONTENTS, _FORMATS = 1 | 2 | 4 | 16, 32 | 64 | 256
_INSERT = {"down": "DOWN", "right": "RIGHT"}
_DELETE = {"up": "UP", "left": "LEFT"}


@named_gaps
class Range(Appearance, base_classes.Range):
    """A block of cells of a sheet; of no size where a slice of it is empty."""

    keeps_formula_values = False  # Calc calculates
    max_cells_per_read = None  # nothing is gained by reading or writing in pieces
    max_cells_per_write = None

    # Values of their own in the place of the properties that the base class has.
    row: int = 1
    column: int = 1
    shape: tuple[int, int] = (1, 1)

    def __init__(self, sheet: Sheet, row: int, column: int, height: int = 1, width: int = 1) -> None:
        if row < 1 or column < 1 or row + height - 1 > ROWS or column + width - 1 > COLUMNS:
            raise EditError(Text("the cells lie outside the sheet"), where=sheet.name, got=(row, column, height, width))
        self.sheet, self.row, self.column, self.shape = sheet, row, column, (height, width)
        self.options: dict[str, Any] = {}

    @cached_property
    def api(self) -> Any:
        """Calc's own object for the cells, a ``com.sun.star.sheet.SheetCellRange``."""
        if not len(self):
            return None
        first, last = (self.column - 1, self.row - 1), (self.right - 1, self.bottom - 1)
        if first == last:
            return self.sheet.api.getCellByPosition(*first)
        return self.sheet.api.getCellRangeByPosition(*first, *last)

    @property
    def bottom(self) -> int:
        """The last row."""
        return self.row + self.shape[0] - 1

    @property
    def right(self) -> int:
        """The last column."""
        return self.column + self.shape[1] - 1

    @property
    def area(self) -> Area:
        """Where the cells are."""
        return Area("", self.row, self.column, self.bottom, self.right)

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return self.sheet.name, self.row, self.column, *self.shape

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        """A cell by its place within the range, from 1, or by its number, counted row by row."""
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        return Range(self.sheet, self.row + row - 1, self.column + column - 1)

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        cells = addresses.address(self.area, row_absolute, col_absolute)
        return addresses.external(cells, self.sheet.name, self.sheet.book.name) if external else cells

    # --- values ------------------------------------------------------------------------------------------------------

    @property
    def raw_value(self) -> object:
        if not len(self):
            return None
        rows = values.read(self.sheet.document, self.api, self.area)
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, data: object) -> None:
        """Write one value into every cell, or rows of values from the first cell on."""
        if isinstance(data, (list, tuple)):
            rows = data if data and isinstance(data[0], (list, tuple)) else [data]
            self._write([[values.plain(value) for value in row] for row in rows])
        elif isinstance(content := values.plain(data), Formula):
            self._write([[_moved(content, i, j) for j in range(self.shape[1])] for i in range(self.shape[0])])
        else:
            self._write([[content] * self.shape[1]] * self.shape[0])

    def _write(self, rows: list[list[object]]) -> None:
        if rows and rows[0] and len(self):
            target = self.sheet.cells_of(
                Area("", self.row, self.column, self.row + len(rows) - 1, self.column + len(rows[0]) - 1)
            )
            values.write(self.sheet.document, target.api, target.area, rows)

    @property
    def formula(self) -> str | list[list[str]]:
        """The formulas, of cells without one what was typed into them."""
        if not len(self):
            return []
        position = self.sheet.position
        contents = values.read(self.sheet.document, self.api, self.area)
        rows = [
            [self._shown(text, contents[i][j], (position, self.row + i, self.column + j)) for j, text in enumerate(row)]
            for i, row in enumerate(self.api.getFormulaArray())
        ]
        return rows[0][0] if len(self) == 1 else rows

    @formula.setter
    def formula(self, value: object) -> None:
        self.raw_value = value

    def _shown(self, text: str, value: object, at: tuple[int, int, int]) -> str:
        typed = _typed(text, value, self.sheet.document.date_1904)
        if typed is not None:
            return typed
        formulas = self.sheet.document.formulas
        if formulas.needs_cell(text):
            return formulas.of_cell(self.sheet.api.getCellByPosition(at[2] - 1, at[1] - 1))
        return formulas.to_excel(_bare(text), *at)

    @property
    def formula2(self) -> str | list[list[str]]:
        return self.formula

    @formula2.setter
    def formula2(self, value: object) -> None:
        self.raw_value = value

    @property
    def has_array(self) -> bool:
        return bool(self._first().getArrayFormula())

    @property
    def formula_array(self) -> str | None:
        """The array formula of the range's first cell, None where there is none."""
        found = self._first().getArrayFormula()
        return self._in_excel(_bare(found)) if found else None

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
            self.api.clearContents(_FORMATS)

    def clear(self) -> None:
        if len(self):
            self.api.clearContents(_CONTENTS | _FORMATS)

    # --- rows and columns --------------------------------------------------------------------------------------------

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        mode = constant(f"com.sun.star.sheet.CellInsertMode.{_INSERT[shift or 'down']}")
        self.sheet.api.insertCells(self._block().getRangeAddress(), mode)

    def delete(self, shift: str | None = None) -> None:
        shift = shift or ("up" if self.shape[1] >= self.shape[0] else "left")
        mode = constant(f"com.sun.star.sheet.CellDeleteMode.{_DELETE[shift]}")
        self.sheet.api.removeRange(self._block().getRangeAddress(), mode)

    def copy(self, destination: Any = None) -> None:
        """Copy the cells with their formats to the first cell of another range of the book."""
        if destination is None:
            refuse("Range.copy to the clipboard; give a destination")
        target = destination.impl._first().getCellByPosition(0, 0).getCellAddress()
        self.sheet.api.copyRange(target, self._block().getRangeAddress())

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

    @property
    def merge_cells(self) -> bool:
        return len(self.merge_area) > 1

    def merge(self, across: bool) -> None:
        for row in range(self.shape[0]) if across else [0]:
            last = self.row + row if across else self.bottom
            self.sheet.cells_of(Area("", self.row + row, self.column, last, self.right))._block().merge(True)

    def unmerge(self) -> None:
        self._block().merge(False)

    @property
    def table(self) -> Table | None:
        """The table that the range's first cell is part of."""
        return next((table for table in self.sheet.tables if table.area.meets(self.row, self.column)), None)

    def to_pdf(self, path: str, quality: str) -> None:
        printing.to_pdf(self.sheet.book.api, path, quality, self.api)

    def select(self) -> None:
        self.sheet.activate()
        controller = self.sheet.book.api.getCurrentController()
        if controller is not None:
            controller.select(self.api)

    # --- names and links ---------------------------------------------------------------------------------------------

    @property
    def name(self) -> Name | None:
        """The first name that stands for just this range."""
        here = self.area._replace(sheet=self.sheet.name)
        return next((name for _, name in self.sheet.book.names.snapshot() if name.area == here), None)

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.names.add(value, f"={quoted(self.sheet.name)}!{self.address}")

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


def _moved(formula: Formula, rows: int, columns: int) -> Formula:
    """The formula for a cell further down and right, as when one is filled over a range."""
    if not rows and not columns:
        return formula
    return Formula("=" + shifted(formula.text.removeprefix("="), rows, columns))
