"""The cells of a sheet as they stand in its text: found by row, read without building anything in between."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise, product
from string import ascii_uppercase
from typing import NamedTuple
from weakref import ref

from kam_xl.excel.references import COLUMNS, ROWS, Area, column_letters
from kam_xl.locale import Text
from kam_xl.ooxml import xml
from kam_xl.ooxml.errors import DamagedFileError

_NO_SLASH = r"""[^"'>/]*(?:"[^"]*"[^"'>/]*|'[^']*'[^"'>/]*)*"""
_ATTRIBUTES = r"""[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*"""


OPENING, CLOSING, NUMBERED = "<sheetData>", "</sheetData>", '<row r="'


class Cell(NamedTuple):
    """A cell in the text of its grid.

    `style` and `type` are the attributes ``s`` and ``t``, `value` the text of ``<v>`` where that is all there is,
    `inner` the XML within the cell where there is more. `start` and `end` say where it stands, -1 where not asked;
    `more` are other attributes, as they are written.
    """

    column: int
    style: str
    type: str
    value: str
    inner: str
    start: int = -1
    end: int = -1
    more: str = ""

    @property
    def empty(self) -> bool:
        """Whether it holds nothing but a format."""
        return not self.value and not self.inner


class Patterns(NamedTuple):
    """The patterns for a sheet whose elements have a certain prefix."""

    row: re.Pattern[str]
    row_number: re.Pattern[str]
    cell: re.Pattern[str]
    address: re.Pattern[str]
    value: re.Pattern[str]
    formula: re.Pattern[str]


@lru_cache
def patterns(prefix: str) -> Patterns:
    """The patterns for a prefix ("" or "x:").

    The cell's attributes come in the order in which every known program writes them; what is in another order, or is
    another attribute, ends up in the fourth group.
    """
    p = re.escape(prefix)
    return Patterns(
        re.compile(rf'<{p}row(?=[\s/>])(?: r="(\d{{1,9}})")?{_ATTRIBUTES}>'),
        re.compile(rf'<{p}row(?=[\s/>])(?: r="(\d{{1,9}})")?'),
        re.compile(
            rf'<{p}c(?=[\s/>])(?: r="([A-Z]{{1,3}})\d+")?(?: s="(\d+)")?(?: t="([A-Za-z]+)")?({_NO_SLASH})'
            # Unrolled: a long text is not tried letter by letter.
            rf"(?:/>|>(?:<{p}v>([^<]*)</{p}v></{p}c>|([^<]*(?:<(?!/{p}c\s*>)[^<]*)*)</{p}c\s*>))"
        ),
        re.compile(rf'<{p}c(?=[\s/>]) r="([A-Z]{{1,3}})\d'),
        re.compile(rf"<{p}v(?=[\s/>])[^>]*(?:/>|>(.*?)</{p}v\s*>)", re.DOTALL),
        re.compile(rf"<{p}f(?=[\s/>])({_NO_SLASH})(?:/>|>(.*?)</{p}f\s*>)", re.DOTALL),
    )


class Grid:
    """The ``<sheetData>`` of a sheet.

    Parameters
    ----------
    text : str or list of str
        The element, or only the texts of its rows from their numbers on, where it holds nothing else.
    prefix : str
        The prefix of its name, with the colon.
    where : str
        The part, for messages.
    bare : bool
        Whether it is known that the text hides nothing.
    """

    def __init__(self, text: str | list[str], prefix: str, where: str = "", *, bare: bool = False) -> None:
        self._given, self._bare, self.prefix, self.where = text, bare, prefix, where
        self.patterns = patterns(prefix)
        self._recent: dict[int, list[Cell]] = {}  # rows that are likely to be asked for again: values, then formulas

    @cached_property
    def text(self) -> str:
        """The element."""
        given = self._given
        return given if isinstance(given, str) else f"{OPENING}{NUMBERED}{NUMBERED.join(given)}{CLOSING}"

    @cached_property
    def hidden(self) -> str:
        """The text with nothing in it that only looks like an element."""
        return self.text if self._bare else xml.mask(self.text)

    @cached_property
    def _index(self) -> tuple[array[int], array[int]]:
        """The numbers of the rows, ascending, and where each begins."""
        if pieces := self._pieces():
            return self._index_of(pieces)
        numbers, starts, last = array("l"), array("q"), 0
        for match in self.patterns.row_number.finditer(self.hidden):
            number = int(match[1] or self._late_number(match.start()) or last + 1)
            self.check_order(last, number)
            numbers.append(number)
            starts.append(match.start())
            last = number
        return numbers, starts

    def _index_of(self, pieces: list[str]) -> tuple[array[int], array[int]]:
        numbers = array("l", map(number_of, pieces))
        for last, number in pairwise([0, *numbers]):
            if not last < number <= ROWS:
                self.check_order(last, number)
        lengths = [len(piece) + len(NUMBERED) for piece in pieces]
        return numbers, array("q", accumulate(lengths[:-1], initial=self.text.index(NUMBERED)))

    def check_order(self, last: int, number: int) -> None:
        """Refuse a row that does not follow the one before it."""
        if not last < number <= ROWS:
            raise DamagedFileError(Text("the rows of a sheet are out of order"), where=self.where, got=number)

    def _pieces(self) -> list[str]:
        """The texts of the rows from their numbers on, where each says its number first; else none."""
        if not isinstance(self._given, str):
            return self._given
        if self.prefix or self.hidden is not self.text:
            return []
        _, *pieces = self.text.split(NUMBERED)
        return pieces if len(pieces) == self.text.count("<row") else []

    def row_of(self, piece: str) -> tuple[int, list[Cell]]:
        """The number of a row and its cells, from its text from the number on."""
        return number_of(piece), self._parsed(piece)

    def cell_of(self, text: str) -> Cell | None:
        """The cell whose element is this text behind ``<c ``, perhaps with the end of its row; None of any other."""
        match = self.patterns.cell.match("<c " + text)
        if match is None or match[4] or not match[1] or match.string[match.end() :] not in _CELL_ENDS:
            return None
        return self._cell(match.groups(""), 0)

    def _late_number(self, start: int) -> str:
        """The number of a row that gives it behind other attributes, blank where it gives none."""
        match = re.search(r"\sr\s*=\s*[\"'](\d{1,9})", self.row_tag(start)[0])
        return match[1] if match else ""

    @property
    def rows(self) -> array[int]:
        """The numbers of the rows that the file has, ascending."""
        return self._index[0]

    def row_start(self, number: int) -> int | None:
        """Where a row's element begins, None where the file has no such row."""
        numbers, starts = self._index
        index = bisect_left(numbers, number)
        return starts[index] if index < len(numbers) and numbers[index] == number else None

    def row_after(self, number: int) -> int | None:
        """Where the first row below begins, None where there is none."""
        numbers, starts = self._index
        index = bisect_right(numbers, number)
        return starts[index] if index < len(numbers) else None

    def row_tag(self, start: int) -> re.Match[str]:
        """The start tag of the row that begins at a place."""
        match = self.patterns.row.match(self.hidden, start)
        assert match is not None  # noqa: S101 - the index holds the places of matches
        return match

    def row_close(self, tag: re.Match[str]) -> int:
        """Where a row's end tag begins; behind the start tag where it is written ``<row/>``."""
        if tag[0].endswith("/>"):
            return tag.end()
        return self.hidden.index(f"</{self.prefix}row", tag.end())

    def cells(self, row: int) -> list[Cell]:
        """The cells of a row with their places in the text."""
        start = self.row_start(row)
        if start is None:
            return []
        tag = self.row_tag(start)
        cells, last = [], 0
        for match in self.patterns.cell.finditer(self.hidden, tag.end(), self.row_close(tag)):
            letters, style, kind, more, value, inner = groups = match.groups("")
            column = _COLUMN.get(letters, 0)
            cell = Cell(column, style, kind, value, inner, *match.span())
            if more or column <= last or self.hidden is not self.text:  # not as every known program writes it
                cell = self._cell(groups if self.hidden is self.text else self._unmasked(match), last, *match.span())
            last = cell.column
            cells.append(cell)
        return cells

    def _unmasked(self, match: re.Match[str]) -> list[str]:
        """The groups of a cell that was found in masked text, as they stand in the text itself."""
        groups = [self.text[match.start(i) : match.end(i)] if match[i] is not None else "" for i in range(1, 7)]
        if "<" in groups[4]:  # a value in a CDATA section
            groups[4] = xml.escape(xml.plain(groups[4]))
        return groups

    def block(self, top: int, bottom: int, left: int = 1, right: int = COLUMNS) -> Iterator[tuple[int, list[Cell]]]:
        """The rows that the file has in a range, each with its cells (without their places).

        Of a single column, where that is quicker, the cells in it; else all cells of the rows.
        """
        numbers, starts = self._index
        first, behind = bisect_left(numbers, top), bisect_right(numbers, bottom)
        only = column_letters(left) if left == right and behind - first > _MANY and self._addressed else ""
        for index in range(first, behind):
            number = numbers[index]
            if only:
                tag = self.row_tag(starts[index])
                yield number, self._one(f' r="{only}{number}"', tag.end(), self.row_close(tag))
            elif behind - first > _RECENT:  # too many to keep
                yield number, self._row(index)
            else:
                yield number, self._kept(number, index)

    def _kept(self, number: int, index: int) -> list[Cell]:
        """The cells of a row, kept for when it is asked for again."""
        if number not in self._recent:
            if not self._recent:
                self._begin_to_keep()
            if len(self._recent) >= _RECENT:
                self._recent.clear()
            self._recent[number] = self._row(index)
        return self._recent[number]

    def filled(self, top: int, bottom: int, left: int = 1, right: int = COLUMNS) -> Iterator[tuple[int, list[Cell]]]:
        """As `block`, without rows of a short range in which no cell has a value."""
        numbers, starts = self._index
        first, behind = bisect_left(numbers, top), bisect_right(numbers, bottom)
        if behind - first > _MANY:
            yield from self.block(top, bottom, left, right)
            return
        value, text, find = f"<{self.prefix}v", f"<{self.prefix}is", self.text.find
        for index in range(first, behind):
            start, end = starts[index], starts[index + 1] if index + 1 < len(starts) else len(self.text)
            if find(value, start, end) >= 0 or find(text, start, end) >= 0:
                yield numbers[index], self._kept(numbers[index], index)

    def _begin_to_keep(self) -> None:
        """Have the sheet forget its rows that began longest ago: those of a thousand sheets would fill the memory."""
        if len(_KEEPING) == _KEPT_SHEETS and (oldest := _KEEPING.popleft()()):
            oldest._recent.clear()
        _KEEPING.append(ref(self))

    def _row(self, index: int) -> list[Cell]:
        numbers, starts = self._index
        if self.hidden is not self.text:
            return self.cells(numbers[index])
        return self._parsed(self.text[starts[index] : starts[index + 1] if index + 1 < len(starts) else len(self.text)])

    def _parsed(self, row: str) -> list[Cell]:
        cells = _usual_cells(self.patterns.cell, row)
        if cells is None:
            cells, last = [], 0
            for groups in self.patterns.cell.findall(row):
                cell = self._cell(groups, last)
                last = cell.column
                cells.append(cell)
        return cells

    def _one(self, address: str, start: int, end: int) -> list[Cell]:
        place = self.text.find(address, start, end)
        match = self.patterns.cell.match(self.text, self.text.rindex("<", 0, place)) if place >= 0 else None
        return [self._cell(match.groups(""), 0)] if match else []

    @cached_property
    def _addressed(self) -> bool:
        """Whether every cell says where it is."""
        p = re.escape(self.prefix)
        return self.hidden is self.text and not re.search(rf'<{p}c(?=[\s/>])(?![^>]*\sr="[A-Z])', self.text)

    def _cell(self, groups: tuple[str, ...] | list[str], last: int, start: int = -1, end: int = -1) -> Cell:
        letters, style, kind, rest, value, inner = groups
        if rest and not rest.isspace():
            attributes = xml.attributes(rest)
            letters = letters or attributes.get("r", "").rstrip("0123456789").upper()
            style = style or (
                str(xml.number(attributes, "s")) if attributes.get("s") else ""
            )  # some programs write s=""
            kind = kind or attributes.get("t", "")
        column = _column(letters) if letters else last + 1
        if not last < column <= COLUMNS:
            raise DamagedFileError(
                Text("the cells of a row are out of order"), where=self.where, got=letters or column_letters(column)
            )
        return Cell(column, style, kind, value, inner, start, end, rest)

    def formulas(self, kind: str) -> Iterator[tuple[int, int, dict[str, str], str]]:
        """The formulas of a kind (shared, array, dataTable): row, column, attributes and text of each."""
        # The word alone is found many times faster.
        if kind not in self.hidden or not re.search(rf"\st\s*=\s*[\"']{kind}", self.hidden):
            return
        for row, cells in self.block(1, ROWS):
            for cell in cells:
                formula = self.formula(cell)
                if formula and formula[0].get("t") == kind:
                    yield row, cell.column, *formula

    @cached_property
    def masters(self) -> dict[str, tuple[int, int, str]]:
        """The shared formulas by their numbers: where the text of each stands, and the text."""
        formulas = self.formulas("shared")
        return {attributes.get("si", ""): (row, column, text) for row, column, attributes, text in formulas if text}

    @cached_property
    def arrays(self) -> list[Area]:
        """The ranges that one formula fills: arrays, and tables of what-if analysis."""
        attributes = [each for kind in ("array", "dataTable") for _, _, each, _ in self.formulas(kind)]
        return [area for area in (Area.parse(each.get("ref", "")) for each in attributes) if area]

    @cached_property
    def extent(self) -> tuple[set[int], set[int]]:
        """The outermost rows and columns that have cells."""
        numbers, starts = self._index
        rows: list[int] = []
        columns: set[int] = set()
        for number, start in zip(numbers, starts, strict=True):
            ends = self._ends(number, start)
            if ends:
                rows.append(number)
                columns.update(ends)
        return {rows[0], rows[-1]} if rows else set(), columns

    def _ends(self, number: int, start: int) -> tuple[int, int] | None:
        """The columns of the first and the last cell of a row, None where it has none."""
        tag = self.row_tag(start)
        close = self.row_close(tag)
        first = self.patterns.address.match(self.hidden, tag.end())
        place = self.hidden.rfind(f"<{self.prefix}c ", tag.end(), close)
        last = self.patterns.address.match(self.hidden, place) if place >= 0 else None
        if first and last:
            return _column(first[1]), _column(last[1])
        cells = self.cells(number)
        return (cells[0].column, cells[-1].column) if cells else None

    def formula(self, cell: Cell) -> tuple[dict[str, str], str] | None:
        """The attributes and the text of a cell's formula, None where it has none."""
        # Without the value: sheets of one template share formulas.
        formula, end, _ = cell.inner.partition("</f>")
        return _formula(self.patterns.formula, formula + end) if formula else None


_CELL_ENDS = ("", "</row>")
_LETTERS = ("".join(each) for length in (1, 2, 3) for each in product(ascii_uppercase, repeat=length))
_COLUMN = dict(zip(_LETTERS, range(1, COLUMNS + 1), strict=False))
_RECENT = 256  # rows that are kept
_KEPT_SHEETS = 8  # sheets that keep rows
_KEEPING: deque[ref[Grid]] = deque()
_MANY = 64  # rows from which on a look at the whole sheet is worth its while


@lru_cache(maxsize=1024)
def _usual_cells(pattern: re.Pattern[str], row: str) -> list[Cell] | None:
    """The cells of a row as every known program writes them, else None; sheets made from one template share rows."""
    cells, last = [], 0
    for letters, style, kind, rest, value, inner in pattern.findall(row):
        column = _COLUMN.get(letters, 0)
        if rest or column <= last:
            return None
        cells.append(Cell(column, style, kind, value, inner))
        last = column
    return cells


@lru_cache(maxsize=4096)
def _formula(pattern: re.Pattern[str], inner: str) -> tuple[dict[str, str], str] | None:
    match = pattern.search(inner)
    return (xml.attributes(match[1]), xml.plain(match[2] or "")) if match else None


def number_of(piece: str) -> int:
    """The number of a row from its text from the number on; 0, which no row has, where it gives none."""
    digits = piece[: piece.index('"')]
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0


def _column(letters: str) -> int:
    return _COLUMN.get(letters, COLUMNS + 1)
