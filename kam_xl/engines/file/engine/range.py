"""Ranges of cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_xl.engines import addresses, functions
from kam_xl.engines.file.engine import regions
from kam_xl.engines.file.engine.gaps import named_gaps, refuse
from kam_xl.engines.file.engine.names import Name
from kam_xl.engines.file.engine.validation import DataValidation
from kam_xl.engines.file.errors import EditError, NoSuchItemError
from kam_xl.engines.file.parts import heights, links
from kam_xl.engines.file.parts.sheet import SheetPart
from kam_xl.engines.numbers import number_text
from kam_xl.engines.references import COLUMNS, ROWS, Area, quoted
from kam_xl.engines.shifting import shifted
from kam_xl.engines.values import CellError, Formula
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.engines.file.engine.sheets import Sheet
    from kam_xl.engines.file.engine.tables import Table


@named_gaps
class Range(base_classes.Range):
    """A block of cells of a sheet; of no size where a slice of it is empty."""

    keeps_formula_values = True  # `kam_xl.engines.values.put` may hand over formulas with their results
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

    @property
    def api(self) -> Range:
        """The range itself: there is no program that has objects of its own."""
        return self

    @property
    def part(self) -> SheetPart:
        """The cells of the sheet."""
        return self.sheet.part

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
        rows = self.part.block(*self._corners(), as_dates=True)
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, data: object) -> None:
        """Write one value into every cell, or rows of values from the first cell on."""
        if isinstance(data, (list, tuple)):
            rows = data if data and isinstance(data[0], (list, tuple)) else [data]
            self._write([[_content(value) for value in row] for row in rows])
        elif isinstance(content := _content(data), Formula):
            self._write([[_moved(content, i, j) for j in range(self.shape[1])] for i in range(self.shape[0])])
        else:
            self._write([[content] * self.shape[1]] * self.shape[0])

    def _write(self, rows: Sequence[Sequence[object]]) -> None:
        if len(self):
            self.part.set_block(self.row, self.column, rows)

    def _corners(self) -> tuple[int, int, int, int]:
        return self.row, self.column, self.bottom, self.right

    @property
    def formula(self) -> str | list[list[str]]:
        """The formulas, of cells without one what was typed into them."""
        rows = [[self._typed(row, column) for column in self._columns()] for row in self._rows()]
        return rows[0][0] if len(self) == 1 else rows

    @formula.setter
    def formula(self, value: object) -> None:
        self.raw_value = value

    def _typed(self, row: int, column: int) -> str:
        formula = self.part.formula(row, column)
        if formula:
            return "=" + functions.shown(formula)
        value = self.part.value(row, column)
        if isinstance(value, bool):
            return str(value).upper()
        return number_text(value) if isinstance(value, float) else str(value or "")

    @property
    def formula2(self) -> str | list[list[str]]:
        return self.formula

    @property
    def has_array(self) -> bool:
        return any(array.meets(self.row, self.column) for array in self.part.grid.arrays)

    @property
    def formula_array(self) -> str | None:
        """The array formula of the range, None where there is none."""
        array = next((array for array in self.part.grid.arrays if array.meets(self.row, self.column)), None)
        return "=" + functions.shown(self.part.formula(array.top, array.left)) if array else None

    def _rows(self) -> range:
        return range(self.row, self.bottom + 1)

    def _columns(self) -> range:
        return range(self.column, self.right + 1)

    def clear_contents(self) -> None:
        if len(self):
            self.part.clear(self.area)

    def clear_formats(self) -> None:
        self._restyle(lambda style: 0)

    def clear(self) -> None:
        self.clear_contents()
        self.clear_formats()

    # --- formats -----------------------------------------------------------------------------------------------------

    @property
    def number_format(self) -> str | None:
        """The number format, None where cells differ."""
        styles = self.part.workbook.styles
        found = {styles.number_format(style) for style in self.part.styles_in(self.area)}
        return found.pop() if len(found) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        styles = self.part.workbook.styles
        self._restyle(lambda style: styles.with_number_format(style, value))

    def _restyle(self, change: Callable[[int], int]) -> None:
        if self.shape[0] == ROWS or self.shape[1] == COLUMNS:
            refuse("formats of whole rows and columns; give the range of the cells that are used")
        known: dict[int, int] = {}
        for row in self._rows():
            for column in self._columns():
                style = self.part.style(row, column)
                if style not in known:
                    known[style] = change(style)
                if known[style] != style:
                    self.part.set_style(row, column, known[style])

    def autofit(self, axis: str | None = None) -> None:
        """Fit the heights of the rows to what they hold; widths of columns stay as they are."""
        if axis in {"c", "columns"}:
            refuse("fitting columns to their text")
        if len(self):
            heights.fit(self.part, self.row, self.bottom)

    @property
    def row_height(self) -> float | None:
        """The height of the rows in points, 0 where they are hidden, None where they differ."""
        found = {self.part.height(row) for row in self._rows()}
        return found.pop() if len(found) == 1 else None

    # --- the cells around --------------------------------------------------------------------------------------------

    def end(self, direction: str) -> Range:
        """The cell that Ctrl and an arrow lead to from the range's first cell."""
        return Range(self.sheet, *regions.end(self.part, self.row, self.column, direction))

    @property
    def current_region(self) -> Range:
        return self.sheet.cells_of(regions.around(self.part, self.row, self.column))

    @property
    def merge_area(self) -> Range:
        return self.sheet.cells_of(regions.merged(self.part, self.row, self.column))

    @property
    def merge_cells(self) -> bool:
        return regions.merged(self.part, self.row, self.column).shape != (1, 1)

    @property
    def table(self) -> Table | None:
        """The table that the range's first cell is part of."""
        return next((table for table in self.sheet.tables if table.model.area.meets(self.row, self.column)), None)

    # --- names and links ---------------------------------------------------------------------------------------------

    @property
    def name(self) -> Name | None:
        """The first name that stands for just this range."""
        here = self.area._replace(sheet=self.sheet.name)
        for _, name in self.sheet.book.names.snapshot():
            if addresses.located(name.defined.refers_to) == here:
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.names.add(value, f"={quoted(self.sheet.name)}!{self.address}")

    @property
    def hyperlink(self) -> str:
        found = links.target(self.part, self.row, self.column)
        if found is None:
            raise NoSuchItemError(Text("the cell has no hyperlink"), where=f"{self.sheet.name}!{self.address}")
        return found

    @property
    def data_validation(self) -> DataValidation:
        return DataValidation(self)

    def add_hyperlink(self, address: str, text_to_display: str, screen_tip: str) -> None:
        """Link the range to an address, to a place in the book with ``#Sheet1!A1``."""
        links.add(self.part, self.area, address, screen_tip)
        self.part.set(self.row, self.column, text_to_display)


def _content(value: object) -> object:
    """What a value that is assigned to a range makes of a cell: text with "=" is a formula, "'" makes it text."""
    if isinstance(value, Formula):
        return Formula(functions.stored(value.text), value.value)
    if not isinstance(value, str) or isinstance(value, CellError):
        return value
    if value.startswith("'"):
        return value[1:] or None
    if value.startswith("=") and len(value) > 1:
        return Formula(functions.stored(value))
    return value or None


def _moved(formula: Formula, rows: int, columns: int) -> Formula:
    """The formula for a cell further down and right, as when one is filled over a range."""
    if not rows and not columns:
        return formula
    return Formula("=" + shifted(formula.text.removeprefix("="), rows, columns))
