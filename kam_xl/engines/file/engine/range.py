"""Ranges of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from kam_xl.engines.bases.range import RangeBase
from kam_xl.engines.file.engine import regions
from kam_xl.engines.file.engine.gaps import named_gaps, refuse
from kam_xl.engines.file.engine.validation import DataValidation
from kam_xl.engines.file.errors import NoSuchItemError
from kam_xl.engines.file.parts.cells import heights, links
from kam_xl.engines.file.parts.cells.sheet import SheetPart
from kam_xl.engines.numbers import number_text
from kam_xl.engines.values import CellError, Formula
from kam_xl.excel import future_functions
from kam_xl.excel.references import COLUMNS, ROWS
from kam_xl.locale import Text

if TYPE_CHECKING:
    from kam_xl.engines.file.engine.sheets import Sheet


_AS_THEY_ARE = {float, int, str, type(None)}


@named_gaps
class Range(RangeBase):
    """A block of cells of a sheet; of no size where a slice of it is empty."""

    keeps_formula_values = True  # formulas that are written bring their results

    sheet: Sheet

    @property
    def api(self) -> Range:
        """The range itself: there is no program that has objects of its own."""
        return self

    @property
    def part(self) -> SheetPart:
        """The cells of the sheet."""
        return self.sheet.part

    # --- values ------------------------------------------------------------------------------------------------------

    def _read(self) -> list[list[Any]]:
        return self.part.block(*self._corners(), as_dates=True)

    def _write(self, rows: Sequence[Sequence[object]]) -> None:
        self.part.set_block(self.row, self.column, rows)

    def write_literally(self, rows: Sequence[Sequence[object]]) -> None:
        """Write rows as they are: every text is one, whatever it looks like, and formulas bring their values."""
        self._write([list(map(literal, row)) for row in rows])

    def _corners(self) -> tuple[int, int, int, int]:
        return self.row, self.column, self.bottom, self.right

    @staticmethod
    def _content(value: object) -> object:
        """What a value that is assigned makes of a cell: text with "=" is a formula, "'" makes it text."""
        if isinstance(value, Formula):
            return Formula(future_functions.stored(value.text), value.value)
        if not isinstance(value, str) or isinstance(value, CellError):
            return value
        if value.startswith("'"):
            return value[1:] or None
        if value.startswith("=") and len(value) > 1:
            return Formula(future_functions.stored(value))
        return value or None

    def contents(self) -> list[list[object]]:
        """Values as Python's own, and `Formula` where there is one: what `value` and `formula` say, in one reading."""
        return self.part.contents(*self._corners())

    def _formulas(self) -> list[list[str]]:
        part, corners = self.part, self._corners()
        both = zip(part.block(*corners), part.formulas(*corners), strict=True)
        return [[_typed(*cell) for cell in zip(values, formulas, strict=True)] for values, formulas in both]

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
        return "=" + future_functions.shown(self.part.formula(array.top, array.left)) if array else None

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
        codes = {styles.number_format(style) for style in self.part.styles_in(self.area)}
        return codes.pop() if len(codes) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        styles = self.part.workbook.styles
        self._restyle(lambda style: styles.with_number_format(style, value))

    def number_formats(self) -> Iterator[tuple[int, int, str]]:
        """Row, column and number format of each cell that has a format of its own."""
        number_format = cache(self.part.workbook.styles.number_format)
        return ((row, column, number_format(style)) for row, column, style in self.part.styled_cells(self.area))

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
        heights = {self.part.height(row) for row in self._rows()}
        return heights.pop() if len(heights) == 1 else None

    def show_rows(self, *, shown: bool) -> None:
        """Show or hide the rows of the range; see `kam_xl.engines.rows`."""
        self.part.show(self.row, self.bottom, shown=shown)

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

    # --- links and lists ---------------------------------------------------------------------------------------------

    @property
    def hyperlink(self) -> str:
        target = links.target(self.part, self.row, self.column)
        if target is None:
            raise NoSuchItemError(Text("the cell has no hyperlink"), where=f"{self.sheet.name}!{self.address}")
        return target

    @property
    def data_validation(self) -> DataValidation:
        return DataValidation(self)

    def add_hyperlink(self, address: str, text_to_display: str, screen_tip: str) -> None:
        """Link the range to an address, to a place in the book with ``#Sheet1!A1``."""
        links.add(self.part, self.area, address, screen_tip)
        self.part.set(self.row, self.column, text_to_display)


def literal(value: object) -> object:
    """A value as a cell is to hold it: every text is one, whatever it looks like."""
    if type(value) in _AS_THEY_ARE and value != "":
        return value
    if isinstance(value, Formula):
        return Formula(future_functions.stored(value.text), value.value)
    return (value[:] or None) if isinstance(value, str) else value


def _typed(value: object, formula: str) -> str:
    """What was typed into a cell of this value and formula."""
    if formula:
        return "=" + future_functions.shown(formula)
    if isinstance(value, bool):
        return str(value).upper()
    return number_text(value) if isinstance(value, float) else str(value or "")
