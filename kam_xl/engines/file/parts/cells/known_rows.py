"""Rows of sheets that were made from one template: what their texts mean is found out once for all that share them."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple, TypeVar

from kam_xl.engines.file.parts.cells.grid import CLOSING, NUMBERED, OPENING, Cell, Grid, number_of
from kam_xl.engines.values import Formula, value_of
from kam_xl.ooxml import markup, xml
from kam_xl.ooxml.errors import PackageError

T = TypeVar("T")
Contents = Callable[[int, list[Cell], int, int], tuple[list[object], bool]]
"""What cells of a row hold between two columns, and whether a formula among them has to do with other cells."""

_FEW_ROWS = 1_000  # of a sheet that may be one of many
_FRAMES_KEPT, _ROWS_KEPT, _CELLS_KEPT = 64, 4096, 16_384
_CELL = "<c "
_VALUES = (("<v>", "</v></c>"), ("<is><t>", "</t></is></c>"))
_MARKED = re.compile("[<&]|_x")  # letters of a text that mean another


class KnownRow(NamedTuple):
    """A row's number, its text from the number on, and what it holds from the first column on.

    `reaches` says that a formula in it has to do with other cells: shared, of an array, of a table of data.
    """

    number: int
    text: str
    line: list[object]
    reaches: bool

    def between(self, left: int, right: int) -> list[object]:
        """What it holds in these columns."""
        line = self.line[left - 1 : right]
        missing = right - left + 1 - len(line)
        return line + [None] * missing if missing else line


class _Begun(NamedTuple):
    """What is known of a cell by its text as far as its value: a number or, of a text, its letters."""

    column: int
    formula: str
    is_text: bool


class _Meanings(dict[str, T]):
    """What texts mean."""

    def __init__(self, most: int) -> None:
        self._most = most

    def add(self, text: str, meaning: T) -> None:
        """Remember one; of too many, none but this."""
        if len(self) >= self._most:
            self.clear()
        self[text] = meaning


class KnownRows:
    """The rows and cells that sheets of a workbook have in common."""

    def __init__(self) -> None:
        self._rows = _Meanings[KnownRow](_ROWS_KEPT)
        self._cells = _Meanings[tuple[int, object]](_CELLS_KEPT)  # columns and contents
        self._begun = _Meanings[_Begun](_CELLS_KEPT)  # cells that differ in their values only
        self._frames = _Meanings[str](_FRAMES_KEPT)

    def taken_apart(self, text: str) -> tuple[str, list[str]] | None:
        """A sheet's text without its cells, with ``<sheetData/>`` for them, and its rows from their numbers on.

        None of a sheet that is unlikely to be one of many, or is to be read as a whole. What is new in it has been
        found well-formed: a document is so just when it is so without its rows, and each row is by itself.
        """
        head, *pieces = text.split(NUMBERED)
        if not 1 <= len(pieces) <= _FEW_ROWS or not head.endswith(OPENING):
            return None
        pieces[-1], _, tail = pieces[-1].partition(CLOSING)
        place = len(head) - len(OPENING)
        frame = f"{head[:place]}<sheetData/>{tail}"
        new = [piece for piece in pieces if piece not in self._rows]
        if any("<row" in piece or "<!" in piece or "<?" in piece for piece in new):
            return None
        try:
            if frame not in self._frames and not _is_frame(frame, place):
                return None
            markup.check_each([NUMBERED + piece for piece in new])
        except PackageError:
            return None  # whoever reads the whole tells where it is broken
        if frame not in self._frames:
            self._frames.add(frame, frame)
        return self._frames[frame], pieces

    def get(self, piece: str) -> KnownRow | None:
        """The row of this text, None where it must be read."""
        return self._rows.get(piece)

    def read(self, piece: str, grid: Grid, contents: Contents) -> KnownRow:
        """A row by its text, cell by cell where other sheets have the same ones."""
        row = self._read(piece, grid, contents)
        if not row.reaches:
            self._rows.add(piece, row)
        return row

    def _read(self, piece: str, grid: Grid, contents: Contents) -> KnownRow:
        line, last = list[object](), 0
        head, *texts = piece.removesuffix("</row>").split(_CELL)
        for text in texts if "<" not in head else ("",):
            column, content = self._cells.get(text) or self._cell(number_of(piece), text, grid, contents)
            if column <= last:  # not a cell that stands by itself
                number, cells = grid.row_of(piece)
                right = max((cell.column for cell in cells if not cell.empty), default=0)
                return KnownRow(number, piece, *contents(number, cells, 1, right))
            if content is not None:
                line += [None] * (column - 1 - len(line))
                line.append(content)
            last = column
        return KnownRow(number_of(piece), piece, line, reaches=False)

    def _cell(self, row: int, text: str, grid: Grid, contents: Contents) -> tuple[int, object]:
        """A cell's column and content, column 0 where the row must be read as a whole."""
        start, value = _cut(text)
        if begun := self._begun.get(start):
            if not begun.is_text:
                with suppress(ValueError):
                    number = float(value)
                    return begun.column, Formula(begun.formula, number) if begun.formula else number
            elif value and not _MARKED.search(value):
                return begun.column, value
        cell = grid.cell_of(text)
        if cell is None:
            return 0, None
        (content,), reaches = contents(row, [cell], cell.column, cell.column)
        if reaches:
            return 0, None
        self._cells.add(text, (cell.column, content))
        self._note_begin(start, cell.column, content)
        return cell.column, content

    def _note_begin(self, start: str, column: int, content: object) -> None:
        """Take down what a cell is whose text begins so."""
        if start.endswith("<v>") and value_of(content).__class__ is float:
            formula = content.text if isinstance(content, Formula) else ""
            self._begun.add(start, _Begun(column, formula, is_text=False))
        elif start.endswith("<t>") and content.__class__ is str:
            self._begun.add(start, _Begun(column, "", is_text=True))


def _is_frame(text: str, place: int) -> bool:
    """Whether a well-formed sheet hides nothing and has its cells, none, in a place."""
    markup.check(text)
    root = xml.root(text)
    data = xml.child(text, root, "sheetData")
    return xml.mask(text) is text and not root.prefix and data is not None and data.start == place


def _cut(text: str) -> tuple[str, str]:
    """A cell's text as far as the value that ends it, and the value; blanks of any other.

    >>> _cut('r="A1" s="2"><v>7</v></c>'), _cut('r="A1" t="inlineStr"><is><t>Nord</t></is></c>')
    (('r="A1" s="2"><v>', '7'), ('r="A1" t="inlineStr"><is><t>', 'Nord'))
    """
    for begin, end in _VALUES:
        if text.endswith(end) and (at := text.rfind(begin)) >= 0:
            at += len(begin)
            return text[:at], text[at : -len(end)]
    return "", ""
