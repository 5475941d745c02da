"""The cells of a worksheet, read from the text of its part and from the edits that are to be put into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from sys import intern
from typing import TYPE_CHECKING

from kam_xl.engines.file.errors import UnsupportedError
from kam_xl.engines.file.parts.cells.cell_xml import KEEP, Edit
from kam_xl.engines.file.parts.cells.decoding import Decoder
from kam_xl.engines.file.parts.cells.grid import Cell, Grid, number_of, patterns
from kam_xl.engines.file.parts.cells.known_rows import KnownRow
from kam_xl.engines.file.parts.cells.shared_parts import SharedParts
from kam_xl.engines.file.parts.names.tabs import SheetEntry
from kam_xl.engines.values import CellError, Formula
from kam_xl.errors import KamError
from kam_xl.excel import future_functions
from kam_xl.excel.references import ROWS, Area
from kam_xl.excel.shifting import shifted
from kam_xl.locale import Text
from kam_xl.ooxml import markup, xml
from kam_xl.ooxml.archive import Packed
from kam_xl.ooxml.errors import DamagedFileError
from kam_xl.ooxml.markup import LongText

_ROWS_KEPT = 64  # whose cells are not looked for again when single ones are asked for
_LARGE, _FEW_COLUMNS = 1 << 20, 256  # what a sheet has less of that may be one of many: bytes, columns
_OF_TEXT = ("grid", "prefix", "decoder", "frame", "_frame_read")  # what is made of the part's text


class SheetCells:
    """The cells of a worksheet.

    Rows and columns count from 1. Reading costs what the rows read cost; edits lie over the text, until they are
    spliced into it.

    Attributes
    ----------
    frame : str
        The part without its cells (``<sheetData/>`` stands for them): everything else about the sheet may be changed
        here as text.
    replaced : bool
        Whether the text that is read is not the one of the file.
    """

    prefix: str
    grid: Grid
    decoder: Decoder
    frame: str
    _frame_read: str

    def __init__(self, workbook: SharedParts, entry: SheetEntry) -> None:
        if entry.part is None or entry.kind != "worksheet":
            raise UnsupportedError(Text("this sheet has no cells"), where=entry.name, got=entry.kind)
        self.workbook, self.entry, self.part = workbook, entry, entry.part
        self.replaced = False
        self._begin()

    def _begin(self) -> None:
        """Begin without edits; the text is read when somebody asks for it."""
        self.__dict__.pop("_shared_rows", None)
        self.edits: dict[int, dict[int, Edit]] = {}
        self.heights: dict[int, float | None] = {}
        self.hidden: dict[int, bool] = {}  # rows whose visibility changes
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[int, dict[int, Cell]] = {}
        self._styles_of_columns: dict[int, int] = {}

    @property
    def length(self) -> int:
        """How many letters the text has."""
        return len(self.grid.text) + len(self.frame)

    def release(self) -> None:
        """Let the text go where nothing was changed; it is made or read again when somebody asks for it."""
        if not self.changed:
            self._unread()

    def put_away(self) -> None:
        """Let go of all that was read, where nothing was changed: nobody is likely to ask for it again."""
        if not self.changed:
            self.__dict__.pop("_shared_rows", None)
            self._unread()

    def _unread(self) -> None:
        kept = _OF_TEXT[1:] if self.__dict__.get("_shared_rows") else ()
        for name in (*_OF_TEXT, "_column_styles"):
            if name not in kept:
                self.__dict__.pop(name, None)
        self._forget()

    def replace(self, text: str | LongText | Packed) -> None:
        """Put another text in the place of the part's own, all edits included; it is read when somebody asks for it."""
        self.workbook.touch(self.part)
        self.workbook.package.put(self.part, text)
        self._begin()
        self._unread()
        self.replaced = True

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            if name not in _OF_TEXT:
                raise AttributeError(name)
            if name == "grid" and (shared := self.__dict__.get("_shared_rows")):
                self.grid = Grid([row.text for row in shared], "", self.part, bare=True)
                if not any(row.reaches for row in shared):
                    self.grid.masters, self.grid.arrays = {}, []
            else:
                for read, value in self._read(self.workbook.package.text(self.part)).items():
                    self.__dict__.setdefault(read, value)
            self.workbook.keep(self)
            return self.__dict__[name]

    def _read(self, text: str) -> dict[str, object]:
        root = xml.root(text)
        data = xml.child(text, root, "sheetData")
        if data is None:
            raise DamagedFileError(Text("the sheet has no place for cells"), where=self.part)
        grid = Grid(text[data.start : data.end], root.prefix, self.part, bare=xml.mask(text) is text)
        frame = intern(xml.replace(text, data, f"<{root.prefix}sheetData/>"))  # sheets of one template share it
        decoder = Decoder(self.workbook, grid.patterns.value)
        return dict(zip(_OF_TEXT, (grid, root.prefix, decoder, frame, frame), strict=True))

    @property
    def changed(self) -> bool:
        """Whether the text differs from the one that is read."""
        if self.edits or self.heights or self.hidden:
            return True
        return "frame" in self.__dict__ and self.frame != self._frame_read

    # --- reading -----------------------------------------------------------------------------------------------------

    def value(self, row: int, column: int) -> object:
        """A cell's value: None, bool, float, str or `CellError`; a date is its number (`styles.is_date` tells)."""
        return self._single(row, column, as_dates=False)

    def _single(self, row: int, column: int, *, as_dates: bool) -> object:
        edit = self.edits.get(row, {}).get(column)
        if edit is not None:
            return self._edited(row, column, edit, as_dates)
        cell = self._cell(row, column)
        value: list[object] = [None]
        if cell is not None:
            with self._row_named(row):
                self.decoder.row([cell], value, column, as_dates)
        return value[0]

    def block(self, top: int, left: int, bottom: int, right: int, *, as_dates: bool = False) -> list[list[object]]:
        """The values of a block, row by row; with `as_dates` numbers that show as dates are datetimes."""
        if (top, left) == (bottom, right):
            return [[self._single(top, left, as_dates=as_dates)]]
        rows: list[list[object]] = [[None] * (right - left + 1) for _ in range(top, bottom + 1)]
        number = top
        try:
            for number, cells in self.grid.filled(top, bottom, left, right):
                self.decoder.row(cells, rows[number - top], left, as_dates)
        except KamError:
            raise
        except ValueError as error:
            raise self._mismatch(number) from error
        for number in self.edits.keys() & range(top, bottom + 1):
            for column, edit in self.edits[number].items():
                if left <= column <= right:
                    rows[number - top][column - left] = self._edited(number, column, edit, as_dates)
        return rows

    def _edited(self, row: int, column: int, edit: Edit, as_dates: bool) -> object:
        if edit.content is not KEEP:
            return self.decoder.edited(edit, as_dates)
        value: list[object] = [None]
        cell = self._cell(row, column)
        if cell:
            with self._row_named(row):
                self.decoder.row([cell._replace(style=str(edit.style))], value, column, as_dates)
        return value[0]

    @contextmanager
    def _row_named(self, row: int) -> Iterator[None]:
        """Tell in which row a value is not what it says it is."""
        try:
            yield
        except KamError:
            raise
        except ValueError as error:
            raise self._mismatch(row) from error

    def _mismatch(self, row: int) -> DamagedFileError:
        where = f"{self.entry.name}!{row}:{row}"
        return DamagedFileError(Text("a cell's value does not match its type"), where=where)

    def contents(self, top: int, left: int, bottom: int, right: int) -> list[list[object]]:
        """What a block holds, row by row: values with dates as datetimes, and `Formula` where there is one, as people
        write it; errors and empty texts are nothing. Blank rows may be one and the same list."""
        blank: list[object] = [None] * (right - left + 1)
        rows = [blank] * (bottom - top + 1)
        if shared := self._shared_rows:
            for row in shared:
                if row.line and top <= row.number <= bottom:
                    rows[row.number - top] = row.between(left, right)
        else:
            for number, line in self._own_lines(top, left, bottom, right):
                rows[number - top] = line
        for number in self.edits.keys() & range(top, bottom + 1):
            rows[number - top] = list(rows[number - top])
            for column, edit in self.edits[number].items():
                if left <= column <= right:
                    rows[number - top][column - left] = self._edited_content(number, column, edit)
        return rows

    @cached_property
    def _shared_rows(self) -> list[KnownRow]:
        """All rows, those looked up that another sheet of the same template has; none of a sheet that is unlikely to be
        one of many. They are kept where the text is let go, for they take little: most are those of other sheets."""
        known, data = self.workbook.known_rows, self.workbook.package.read(self.part)
        apart = known.taken_apart(markup.decode(data, self.part, loose=True)) if len(data) < _LARGE else None
        if apart is None:
            return []
        frame, pieces = apart
        is_read = "grid" in self.__dict__
        taken = Grid(pieces, "", self.part, bare=True), "", Decoder(self.workbook, patterns("").value), frame, frame
        for name, value in zip(_OF_TEXT, taken, strict=True):
            self.__dict__.setdefault(name, value)
        rows = self._read_rows(pieces)
        if rows and not is_read:
            del self.grid  # it is made of the rows again, which other sheets have, too
        return rows

    def _read_rows(self, pieces: list[str]) -> list[KnownRow]:
        known, rows, last = self.workbook.known_rows, list[KnownRow](), 0
        for piece in pieces:
            row = known.get(piece)
            if row is None:
                with self._row_named(number_of(piece)):
                    row = known.read(piece, self.grid, self._contents_of_row)
                if len(row.line) > _FEW_COLUMNS:
                    return []
            if not last < row.number <= ROWS:
                self.grid.check_order(last, row.number)
            last = row.number
            rows.append(row)
        return rows

    def _own_lines(self, top: int, left: int, bottom: int, right: int) -> Iterator[tuple[int, list[object]]]:
        for number, cells in self.grid.block(top, bottom, left, right):
            with self._row_named(number):
                line, _ = self._contents_of_row(number, cells, left, right)
            yield number, line

    def _contents_of_row(self, row: int, cells: list[Cell], left: int, right: int) -> tuple[list[object], bool]:
        """What a row holds, and whether a formula in it has to do with other cells."""
        line: list[object] = [None] * (right - left + 1)
        self.decoder.row(cells, line, left, True)
        reaches = False
        for cell in cells:
            if cell.inner and left <= cell.column <= right and (formula := self.grid.formula(cell)):
                reaches = reaches or "t" in formula[0]
                if text := self._formula_text(row, cell, formula):
                    line[cell.column - left] = _formula_shown(text, line[cell.column - left])
        return [each if each.__class__ is float or each is None else _content(each) for each in line], reaches

    def _edited_content(self, row: int, column: int, edit: Edit) -> object:
        value, formula = self._edited(row, column, edit, as_dates=True), self.formula(row, column)
        return _content(_formula_shown(formula, value) if formula else value)

    def formula(self, row: int, column: int) -> str:
        """A cell's formula without the equal sign, "" where it has none."""
        edit = self.edits.get(row, {}).get(column)
        if edit is not None and edit.content is not KEEP:
            return _formula_of(edit)
        cell = self._cell(row, column)
        return self._read_formula(row, cell) if cell else ""

    def formulas(self, top: int, left: int, bottom: int, right: int) -> list[list[str]]:
        """The formulas of a block, row by row, as `formula` gives them."""
        if (top, left) == (bottom, right):
            return [[self.formula(top, left)]]
        rows = [[""] * (right - left + 1) for _ in range(top, bottom + 1)]
        for number, cells in self.grid.block(top, bottom, left, right):
            for cell in cells:
                if cell.inner and left <= cell.column <= right:
                    rows[number - top][cell.column - left] = self._read_formula(number, cell)
        for number in self.edits.keys() & range(top, bottom + 1):
            for column, edit in self.edits[number].items():
                if left <= column <= right and edit.content is not KEEP:
                    rows[number - top][column - left] = _formula_of(edit)
        return rows

    def _read_formula(self, row: int, cell: Cell) -> str:
        formula = self.grid.formula(cell)
        return self._formula_text(row, cell, formula) if formula else ""

    def _formula_text(self, row: int, cell: Cell, formula: tuple[dict[str, str], str]) -> str:
        attributes, text = formula
        if attributes.get("t") == "shared" and not text:
            top, left, text = self.grid.masters.get(attributes.get("si", ""), (row, cell.column, ""))
            return shifted(text, row - top, cell.column - left)
        return text

    def style(self, row: int, column: int) -> int:
        """The number of a cell's format: its own, else its row's, else its column's."""
        edit = self.edits.get(row, {}).get(column)
        if edit is not None:
            return edit.style
        cell = self._cell(row, column)
        if cell is not None:
            return int(cell.style or 0)
        return self._row_style(row) or self._column_style(column)

    def styled_cells(self, area: Area) -> Iterator[tuple[int, int, int]]:
        """Row, column and format of each cell of a block that has one of its own."""
        for row, items in self.grid.block(area.top, area.bottom):
            edited = self.edits.get(row, {})
            for cell in items:
                if cell.style and area.left <= cell.column <= area.right and cell.column not in edited:
                    yield row, cell.column, int(cell.style)
        for row, edits in self.edits.items():
            yield from ((row, column, edit.style) for column, edit in edits.items() if area.meets(row, column))

    def styles_in(self, area: Area) -> set[int]:
        """The formats of the cells of a block."""
        if area.shape == (1, 1):
            return {self.style(area.top, area.left)}
        styles: list[int] = []
        for row, items in self.grid.block(area.top, area.bottom):
            edited = self.edits.get(row, {})
            inside = [cell for cell in items if area.left <= cell.column <= area.right and cell.column not in edited]
            styles += [int(cell.style or 0) for cell in inside]
        for row, edits in self.edits.items():
            styles += [edit.style for column, edit in edits.items() if area.meets(row, column)]
        if len(styles) < area.shape[0] * area.shape[1]:
            styles += [self._column_style(column) for column in range(area.left, area.right + 1)]
        return set(styles)

    def _row_style(self, row: int) -> int:
        start = self.grid.row_start(row)
        attributes = xml.attributes(self.grid.row_tag(start)[0]) if start is not None else {}
        return xml.number(attributes, "s", 0) if attributes.get("customFormat") in {"1", "true"} else 0

    def _column_style(self, column: int) -> int:
        known = self._styles_of_columns.get(column)
        if known is None:
            styles = (style for first, last, style in self._column_styles if first <= column <= last)
            known = self._styles_of_columns[column] = next(styles, 0)
        return known

    @cached_property
    def _column_styles(self) -> list[tuple[int, int, int]]:
        columns = (xml.attributes(xml.tag(self.frame, col)) for col in xml.find_all(self.frame, "col"))
        styled = [col for col in columns if "style" in col]
        return [(xml.number(col, "min"), xml.number(col, "max"), xml.number(col, "style")) for col in styled]

    def _cell(self, row: int, column: int) -> Cell | None:
        return self.cells(row).get(column)

    def cells(self, row: int) -> dict[int, Cell]:
        """The cells of a row by their columns, with their places in the text."""
        row_cells = self._rows.get(row)
        if row_cells is None:
            if len(self._rows) >= _ROWS_KEPT:
                self._rows.clear()
            row_cells = self._rows[row] = {cell.column: cell for cell in self.grid.cells(row)}
        return row_cells

    def used(self) -> Area | None:
        """The smallest block around all cells that hold something or have a format, None where there are none."""
        rows, columns = set(self.grid.extent[0]), set(self.grid.extent[1])
        rows.update(self.edits)
        for edits in self.edits.values():
            columns.update(edits)
        return Area("", min(rows), min(columns), max(rows), max(columns)) if rows else None


def _formula_shown(formula: str, value: object) -> Formula:
    return Formula(_as_typed(formula), _content(value))


@lru_cache(maxsize=1024)
def _as_typed(formula: str) -> str:
    """A formula as people write it: one text for all cells of many sheets that have it."""
    return "=" + future_functions.shown(formula)


def _content(content: object) -> object:
    return None if content == "" or isinstance(content, CellError) else content


def _formula_of(edit: Edit) -> str:
    return edit.content.text.removeprefix("=") if isinstance(edit.content, Formula) else ""
