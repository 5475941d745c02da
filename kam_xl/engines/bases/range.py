"""Ranges of cells: where they are, what is assigned to them, what stands for them."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from kam_xl.engines.errors import EditError
from kam_xl.engines.values import Formula
from kam_xl.excel import addresses
from kam_xl.excel.references import COLUMNS, ROWS, Area, quoted
from kam_xl.excel.shifting import shifted
from kam_xl.locale import Text


class RangeBase(base_classes.Range):
    """A block of cells of a sheet; of no size where a slice of it is empty.

    To add: `_read`, `_write`, `_formulas`, `_content`; `merge_area`; and what is to be seen of the cells. The sheet of
    a range has `cells_of` and `tables`, tables and names have an `area`.
    """

    max_cells_per_read = None  # nothing is gained by reading or writing in pieces
    max_cells_per_write = None

    # Values of their own in the place of the properties that the base class has.
    row: int = 1
    column: int = 1
    shape: tuple[int, int] = (1, 1)

    def __init__(self, sheet: Any, row: int, column: int, height: int = 1, width: int = 1) -> None:
        if row < 1 or column < 1 or row + height - 1 > ROWS or column + width - 1 > COLUMNS:
            raise EditError(Text("the cells lie outside the sheet"), where=sheet.name, got=(row, column, height, width))
        self.sheet, self.row, self.column, self.shape = sheet, row, column, (height, width)
        self.options: dict[str, Any] = {}

    # --- where the cells are -----------------------------------------------------------------------------------------

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
    def data_validation(self) -> Any:
        """A gap by itself; the xlwings for Python 3.10 does not ask for it."""
        raise NotImplementedError

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return self.sheet.name, self.row, self.column, *self.shape

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Any:
        """A cell by its place within the range, from 1, or by its number, counted row by row."""
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        cell = self.row + row - 1, self.column + column - 1
        return self.sheet.cells_of(Area("", *cell, *cell))

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
        rows = self._read()
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, data: object) -> None:
        """Write one value into every cell, or rows of values from the first cell on."""
        if not len(self):
            return
        if isinstance(data, (list, tuple)):
            rows = data if data and isinstance(data[0], (list, tuple)) else [data]
            self._write([[self._content(value) for value in row] for row in rows])
        elif isinstance(content := self._content(data), Formula):
            self._write([[_moved(content, i, j) for j in range(self.shape[1])] for i in range(self.shape[0])])
        else:
            self._write([[content] * self.shape[1]] * self.shape[0])

    @property
    def formula(self) -> str | list[list[str]]:
        """The formulas, of cells without one what was typed into them."""
        if not len(self):
            return []
        rows: list[list[str]] = self._formulas()
        return rows[0][0] if len(self) == 1 else rows

    @formula.setter
    def formula(self, value: object) -> None:
        self.raw_value = value

    # --- what the cells are part of ----------------------------------------------------------------------------------

    @property
    def merge_cells(self) -> bool:
        return len(self.merge_area) > 1

    @property
    def table(self) -> Any:
        """The table that the range's first cell is part of."""
        return next((table for table in self.sheet.tables if table.area.meets(self.row, self.column)), None)

    @property
    def name(self) -> Any:
        """The first name that stands for just this range."""
        here = self.area._replace(sheet=self.sheet.name)
        return next((name for _, name in self.sheet.book.names.snapshot() if name.area == here), None)

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.names.add(value, f"={quoted(self.sheet.name)}!{self.address}")


def _moved(formula: Formula, rows: int, columns: int) -> Formula:
    """The formula for a cell further down and right, as when one is filled over a range."""
    if not rows and not columns:
        return formula
    return Formula("=" + shifted(formula.text.removeprefix("="), rows, columns))
