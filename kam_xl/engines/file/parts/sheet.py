"""A worksheet: its cells read from the text of its part, and written by changing that text where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from kam_xl.engines import dates
from kam_xl.engines.file.errors import EditError, UnsupportedError
from kam_xl.engines.file.parts import cell_xml, formats, splice
from kam_xl.engines.file.parts.cell_xml import KEEP, Edit
from kam_xl.engines.file.parts.decoding import Decoder
from kam_xl.engines.file.parts.grid import Cell, Grid
from kam_xl.engines.values import CellError, Formula
from kam_xl.errors import KamError
from kam_xl.excel.references import COLUMNS, ROWS, Area, column_letters
from kam_xl.excel.shifting import shifted
from kam_xl.locale import Text
from kam_xl.ooxml import markup, xml
from kam_xl.ooxml.errors import DamagedFileError

if TYPE_CHECKING:
    from kam_xl.engines.file.parts.tabs import SheetEntry
    from kam_xl.engines.file.parts.workbook import Workbook

_ROWS_KEPT = 64  # whose cells are not looked for again when single ones are asked for
_OF_TEXT = ("prefix", "grid", "decoder", "frame", "_frame_read")  # what is made of the part's text


class SheetPart:
    """The contents of a worksheet.

    Rows and columns count from 1. Reading costs what the rows read cost; edits are kept beside the text and spliced
    into it in one pass when the text is asked for.

    Attributes
    ----------
    frame : str
        The part without its cells (``<sheetData/>`` stands for them): everything else about the sheet may be changed
        here as text.
    values_changed, formulas_changed : bool
        Whether a value was set, or a formula set or removed.
    refresh_charts : bool
        Whether charts that came with the sheet keep the new values of cells that were written. Excel reads the cells
        anyway; programs that only show a book draw a chart from the values that it keeps. Charts of a sheet that was
        added always keep them; others are somebody's, and stay byte for byte unless asked.
    """

    prefix: str
    grid: Grid
    decoder: Decoder
    frame: str
    _frame_read: str

    def __init__(self, workbook: Workbook, entry: SheetEntry) -> None:
        if entry.part is None or entry.kind != "worksheet":
            raise UnsupportedError(Text("this sheet has no cells"), where=entry.name, got=entry.kind)
        self.workbook, self.entry, self.part = workbook, entry, entry.part
        self.values_changed = self.formulas_changed = self.refresh_charts = False
        self._replaced = False
        self._load(workbook.package.text(entry.part))

    def _load(self, text: str) -> None:
        self.__dict__ |= self._read(text)
        self.edits: dict[int, dict[int, Edit]] = {}
        self.heights: dict[int, float | None] = {}
        self.hidden: dict[int, bool] = {}  # rows whose visibility changes
        self._broken: dict[str, tuple[int, int, str]] = {}
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[int, dict[int, Cell]] = {}
        self._styles_of_columns: dict[int, int] = {}

    def release(self) -> None:
        """Let the text go where nothing was changed; it is read again when somebody asks for it."""
        if not self.changed:
            for name in (*_OF_TEXT, "_column_styles"):
                self.__dict__.pop(name, None)
            self._forget()

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            if name not in _OF_TEXT:
                raise AttributeError(name)
            for read, value in self._read(self.workbook.package.text(self.part)).items():
                self.__dict__.setdefault(read, value)
            self.workbook.keep(self)
            return self.__dict__[name]

    def _read(self, text: str) -> dict[str, object]:
        root = xml.root(text)
        data = xml.child(text, root, "sheetData")
        if data is None:
            raise DamagedFileError(Text("the sheet has no place for cells"), where=self.part)
        grid = Grid(text[data.start : data.end], root.prefix, self.part)
        frame = xml.replace(text, data, f"<{root.prefix}sheetData/>")
        decoder = Decoder(self.workbook, grid.patterns.value)
        return dict(zip(_OF_TEXT, (root.prefix, grid, decoder, frame, frame), strict=True))

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
            with self._told(row):
                self.decoder.row([cell], value, column, as_dates)
        return value[0]

    def block(self, top: int, left: int, bottom: int, right: int, *, as_dates: bool = False) -> list[list[object]]:
        """The values of a block, row by row; with `as_dates` numbers that show as dates are datetimes."""
        if (top, left) == (bottom, right):
            return [[self._single(top, left, as_dates=as_dates)]]
        rows: list[list[object]] = [[None] * (right - left + 1) for _ in range(top, bottom + 1)]
        for number, found in self.grid.block(top, bottom, left, right):
            with self._told(number):
                self.decoder.row(found, rows[number - top], left, as_dates)
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
            with self._told(row):
                self.decoder.row([cell._replace(style=str(edit.style))], value, column, as_dates)
        return value[0]

    @contextmanager
    def _told(self, row: int) -> Iterator[None]:
        """Tell in which row a value is not what it says it is."""
        try:
            yield
        except ValueError as error:
            if isinstance(error, KamError):
                raise
            where = f"{self.entry.name}!{row}:{row}"
            raise DamagedFileError(Text("a cell's value does not match its type"), where=where) from error

    def contents(self, top: int, left: int, bottom: int, right: int) -> list[list[object]]:
        """What a block holds, row by row: values with dates as datetimes, and `Formula` where there is one."""
        rows: list[list[object]] = [[None] * (right - left + 1) for _ in range(top, bottom + 1)]
        for number, found in self.grid.block(top, bottom, left, right):
            rows[number - top] = self._contents_of_row(number, found, left, right)
        for number in self.edits.keys() & range(top, bottom + 1):
            for column, edit in self.edits[number].items():
                if left <= column <= right:
                    rows[number - top][column - left] = self._edited_content(number, column, edit)
        return rows

    def _contents_of_row(self, row: int, found: list[Cell], left: int, right: int) -> list[object]:
        known = self.workbook.decoded_rows.get(id(found))
        if known and known[0] is found and known[1] == (left, right):
            return known[2].copy()
        line: list[object] = [None] * (right - left + 1)
        with self._told(row):
            self.decoder.row(found, line, left, True)
        shares = False
        for cell in found:
            if cell.inner and left <= cell.column <= right and (formula := self._read_formula(row, cell)):
                line[cell.column - left] = Formula(f"={formula}", line[cell.column - left])
                shares = shares or "shared" in cell.inner
        if not shares:  # by a formula that another cell holds
            self.workbook.decoded_rows[id(found)] = found, (left, right), line.copy()
        return line

    def _edited_content(self, row: int, column: int, edit: Edit) -> object:
        value, formula = self._edited(row, column, edit, as_dates=True), self.formula(row, column)
        return Formula(f"={formula}", value) if formula else value

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
        for number, found in self.grid.block(top, bottom, left, right):
            for cell in found:
                if cell.inner and left <= cell.column <= right:
                    rows[number - top][cell.column - left] = self._read_formula(number, cell)
        for number in self.edits.keys() & range(top, bottom + 1):
            for column, edit in self.edits[number].items():
                if left <= column <= right and edit.content is not KEEP:
                    rows[number - top][column - left] = _formula_of(edit)
        return rows

    def _read_formula(self, row: int, cell: Cell) -> str:
        found = self.grid.formula(cell)
        if found is None:
            return ""
        attributes, text = found
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

    def styles_in(self, area: Area) -> set[int]:
        """The formats of the cells of a block."""
        if area.shape == (1, 1):
            return {self.style(area.top, area.left)}
        found: list[int] = []
        for row, items in self.grid.block(area.top, area.bottom):
            edited = self.edits.get(row, {})
            inside = [cell for cell in items if area.left <= cell.column <= area.right and cell.column not in edited]
            found += [int(cell.style or 0) for cell in inside]
        for row, edits in self.edits.items():
            found += [edit.style for column, edit in edits.items() if area.meets(row, column)]
        if len(found) < area.shape[0] * area.shape[1]:
            found += [self._column_style(column) for column in range(area.left, area.right + 1)]
        return set(found)

    def _row_style(self, row: int) -> int:
        start = self.grid.row_start(row)
        said = xml.attributes(self.grid.row_tag(start)[0]) if start is not None else {}
        return xml.number(said, "s", 0) if said.get("customFormat") in {"1", "true"} else 0

    def _column_style(self, column: int) -> int:
        known = self._styles_of_columns.get(column)
        if known is None:
            found = (style for first, last, style in self._column_styles if first <= column <= last)
            known = self._styles_of_columns[column] = next(found, 0)
        return known

    @cached_property
    def _column_styles(self) -> list[tuple[int, int, int]]:
        said = (xml.attributes(xml.tag(self.frame, col)) for col in xml.find_all(self.frame, "col"))
        styled = [col for col in said if "style" in col]
        return [(xml.number(col, "min"), xml.number(col, "max"), xml.number(col, "style")) for col in styled]

    def _cell(self, row: int, column: int) -> Cell | None:
        return self._cells(row).get(column)

    def _cells(self, row: int) -> dict[int, Cell]:
        found = self._rows.get(row)
        if found is None:
            if len(self._rows) >= _ROWS_KEPT:
                self._rows.clear()
            cells = next((cells for _, cells in self.grid.block(row, row)), [])
            found = self._rows[row] = {cell.column: cell for cell in cells}
        return found

    def used(self) -> Area | None:
        """The smallest block around all cells that hold something or have a format, None where there are none."""
        rows, columns = set(self.grid.extent[0]), set(self.grid.extent[1])
        rows.update(self.edits)
        for edits in self.edits.values():
            columns.update(edits)
        return Area("", min(rows), min(columns), max(rows), max(columns)) if rows else None

    # --- writing -----------------------------------------------------------------------------------------------------

    def set(self, row: int, column: int, content: object, *, style: int | None = None) -> None:
        """Write a cell.

        Parameters
        ----------
        row, column : int
            From 1.
        content : object
            None, a bool, a number, a date, a `Formula`, or a str, which is always literal text.
        style : int, optional
            The number of its format; by default it keeps its own, else takes its row's or column's.

        Raises
        ------
        EditError
            If no cell can hold this, or the cell is part of an array formula.
        """
        self.set_block(row, column, [[content]], style=style)

    def set_block(self, top: int, left: int, rows: Sequence[Sequence[object]], *, style: int | None = None) -> None:
        """Write a block of cells, row by row."""
        width = max(map(len, rows), default=0)
        if not width:
            return
        area = Area("", top, left, top + len(rows) - 1, left + width - 1)
        self._guard(area)
        for row, contents in enumerate(rows, top):
            self._put_row(row, left, contents, style)

    def set_style(self, row: int, column: int, style: int) -> None:
        """Give a cell another format; what it holds stays."""
        content = self.edits.get(row, {}).get(column, Edit(KEEP, 0)).content
        self.edits.setdefault(row, {})[column] = Edit(content, style)

    def set_height(self, row: int, points: float | None) -> None:
        """Give a row the height that its contents need, None for the sheet's usual one."""
        self.heights[row] = points

    def height(self, row: int) -> float:
        """The height of a row in points, 0 for a hidden one."""
        said = self._row_said(row)
        if self.hidden.get(row, said.get("hidden") in {"1", "true"}):
            return 0.0
        usual = xml.find_all(self.frame, "sheetFormatPr")
        default = next((xml.attributes(xml.tag(self.frame, each)).get("defaultRowHeight") for each in usual), None)
        points = self.heights.get(row) if row in self.heights else said.get("ht")
        return float(points or default or 15)

    def _row_said(self, row: int) -> dict[str, str]:
        start = self.grid.row_start(row)
        return xml.attributes(self.grid.row_tag(start)[0]) if start is not None else {}

    def show(self, first: int, last: int, *, shown: bool = True) -> None:
        """Show the hidden ones of some rows, or hide the others; their heights stay what they are."""
        for row in range(first, last + 1):
            if shown is (self._row_said(row).get("hidden") in {"1", "true"}):
                self.hidden[row] = not shown
            else:
                self.hidden.pop(row, None)

    def clear(self, area: Area) -> None:
        """Empty the cells of a block; their formats stay."""
        self._guard(area)
        found = [
            (row, cell.column)
            for row, items in self.grid.block(area.top, area.bottom)
            for cell in items
            if not cell.empty
        ]
        found += [(row, column) for row, edits in self.edits.items() for column in edits]
        for row, column in found:
            if area.meets(row, column):
                self._put_row(row, column, [None], None)

    def _put_row(self, row: int, left: int, contents: Sequence[object], style: int | None) -> None:
        """Write cells side by side; what a row has in common is looked up once."""
        cells, edits, of_row = self._cells(row), self.edits.get(row, {}), None
        for column, content in enumerate(contents, left):
            old, edit = cells.get(column), edits.get(column)
            if content is None and style is None and old is None and edit is None:
                continue
            base = style
            if base is None and (edit or old):
                base = edit.style if edit else int((old and old.style) or 0)
            elif base is None:
                of_row = self._row_style(row) if of_row is None else of_row
                base = of_row or self._column_style(column)
            try:
                content, base = self.written(content, base)
            except EditError as error:
                error.where = f"{self.entry.name}!{column_letters(column)}{row}"
                raise
            if content is not None or style is not None or old or edit:
                self._note(row, column, old, content)
                edits[column] = Edit(content, base)
        if edits:
            self.edits[row] = edits

    def written(self, content: object, style: int) -> tuple[object, int]:
        """A content as the file holds it, dates as numbers, and the format that it asks of a cell with a format."""
        content = cell_xml.normal(content)
        if isinstance(content, (dt.date, dt.time, dt.timedelta)):
            content, style = self._dated(content, style)
        elif isinstance(content, Formula) and isinstance(content.value, (dt.date, dt.time, dt.timedelta)):
            value, style = self._dated(content.value, style)
            content = Formula(content.text, value)
        return content, self._quoted(content, style)

    def _dated(self, moment: dt.date | dt.time | dt.timedelta, style: int) -> tuple[float, int]:
        styles = self.workbook.styles
        if styles.number_format(style) == formats.GENERAL:
            style = styles.with_number_format(style, formats.for_moment(moment))
        return dates.to_serial(moment, self.workbook.date_1904), style

    def _quoted(self, content: object, style: int) -> int:
        """The format with which Excel, when the cell is edited, takes as text what is text, and only that."""
        if isinstance(content, str):
            risky = cell_xml.needs_prefix(content) and not isinstance(content, CellError)
            return self.workbook.styles.with_prefix(style, True) if risky else style
        return self.workbook.styles.with_prefix(style, False) if style and content is not None else style

    def _note(self, row: int, column: int, old: Cell | None, content: object) -> None:
        """Take down what a change of this cell means for the rest of the book."""
        self.values_changed = True
        found = self.grid.formula(old) if old else None
        if found or isinstance(content, Formula):
            self.formulas_changed = True
        if found and found[0].get("t") == "shared" and found[1]:
            self._broken[found[0].get("si", "")] = (row, column, found[1])

    def _guard(self, area: Area) -> None:
        """Refuse a block that leaves the sheet, or cuts through an array formula."""
        if area.top < 1 or area.left < 1 or area.bottom > ROWS or area.right > COLUMNS:
            raise EditError(Text("the cells lie outside the sheet"), where=self.entry.name, got=area.address())
        for array in self.grid.arrays:
            if _overlap(array, area) and not _within(array, area):
                raise EditError(
                    Text("part of an array formula cannot be changed"),
                    where=f"{self.entry.name}!{area.address()}",
                    remedy=Text("Change the whole range {range}, or none of it.", range=array.address()),
                )

    def expanded(self) -> Iterator[tuple[int, int, str]]:
        """The formulas of cells that shared one whose master was overwritten: row, column, text of each."""
        for row, column, said, text in self.grid.formulas("shared") if self._broken else ():
            master = self._broken.get(said.get("si", ""))
            edit = self.edits.get(row, {}).get(column)
            if master and not text and (edit is None or edit.content is KEEP):
                yield row, column, shifted(master[2], row - master[0], column - master[1])

    # --- the text ----------------------------------------------------------------------------------------------------

    @property
    def changed(self) -> bool:
        """Whether the text differs from the one that was read."""
        if self.edits or self.heights or self.hidden or self._replaced:
            return True
        return "frame" in self.__dict__ and self.frame != self._frame_read

    def replace(self, text: str) -> None:
        """Put another text in the place of the part's own, all edits included."""
        self._load(text)
        self._replaced = True

    @property
    def text(self) -> str:
        """The part's text with all edits in it."""
        data = xml.child(self.frame, xml.root(self.frame), "sheetData")
        assert data is not None  # noqa: S101 - the frame holds it from the beginning
        grid = splice.render(self) if self.edits or self.heights or self.hidden else self.grid.text
        return self.frame[: data.start] + grid + self.frame[data.end :]

    def may_mention(self, word: str) -> bool:
        """Whether a formula may have a word, in lower case; that none has is certain, and cheap to know."""
        contents = (edit.content for edits in self.edits.values() for edit in edits.values())
        formulas = (content.text for content in contents if isinstance(content, Formula))
        return any(word in text.casefold() for text in (self.frame, self.grid.text, *formulas))

    def select(self, selected: bool) -> None:
        """Mark the sheet as the one shown, or not: of two that are marked, typing into one types into both."""
        for view in reversed(list(xml.find_all(self.frame, "sheetView"))):
            known = xml.attributes(xml.tag(self.frame, view)).get("tabSelected") in {"1", "true"}
            if known != selected:
                self.frame = xml.set_attributes(self.frame, view, {"tabSelected": "1" if selected else None})

    def render(self) -> bytes:
        """The part's bytes."""
        return markup.encode(self.text)

    def flush(self) -> None:
        """Hand the part to the package, to be written when the file is."""
        if self.changed:
            self.frame = splice.with_dimension(self.frame, self.edits)
            self.workbook.touch(self.part)
            self.workbook.package.put(self.part, self.render)


def _formula_of(edit: Edit) -> str:
    return edit.content.text.removeprefix("=") if isinstance(edit.content, Formula) else ""


def _overlap(one: Area, other: Area) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and other.left <= one.right


def _within(inner: Area, outer: Area) -> bool:
    return outer.meets(inner.top, inner.left) and outer.meets(inner.bottom, inner.right)
