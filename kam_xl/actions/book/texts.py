"""Texts of a sheet put into other words where they stand as they were written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import xlwings as xw

from kam_xl.actions.book import cell_contents
from kam_xl.engines.many_ranges import rows_of, together
from kam_xl.engines.values import Formula, Place
from kam_xl.excel.addresses import address
from kam_xl.excel.references import Area, column_number
from kam_xl.template.wording import Pair, SheetWording, TableWording

SEPARATOR = ", "  # between the words of an answer that names several


class Page:
    """A sheet as it is, formulas and values of its used range read in one piece each; writes are gathered."""

    def __init__(self, sheet: xw.Sheet) -> None:
        self.sheet, self.changed = sheet, 0
        self._pending: dict[Place, object] = {}
        self.read()

    def read(self) -> None:
        """Look at the sheet again: a program lets formulas follow what is written."""
        used = self.sheet.used_range
        self.top, self.left = used.row, used.column
        self.bottom, self.right = self.top + used.shape[0] - 1, self.left + used.shape[1] - 1
        self._values = rows_of(used, err_to_str=True)
        self._formulas = cell_contents.formulas_of(used)
        # Where a program calculates, it finds the values of formulas itself.
        self.keeps_values = bool(getattr(used.impl, "keeps_formula_values", False))

    def value(self, place: Place) -> Any:
        """What a cell shows."""
        row, column = place
        if not (self.top <= row <= self.bottom and self.left <= column <= self.right):
            return None
        return self._values[row - self.top][column - self.left]

    def formula(self, place: Place) -> str:
        """Its formula, blank where it has none."""
        text = self._formulas[place[0] - self.top][place[1] - self.left]
        # A text that begins with "=" is not a formula: there the value is the very text.
        return text if isinstance(text, str) and text.startswith("=") and text != self.value(place) else ""

    def places(self, rows: Iterable[int]) -> Iterable[Place]:
        """All cells of some rows."""
        return ((row, column) for row in rows for column in range(self.left, self.right + 1))

    def write(self, place: Place, content: object) -> None:
        """Put a text or a formula into a cell, at the next flush."""
        self._pending[place] = content

    def flush(self) -> None:
        """Write what was gathered."""
        cell_contents.write(self.sheet, self._pending)
        self.changed += len(self._pending)
        self._pending.clear()


def switch_texts(page: Page, words: SheetWording, left_alone: Collection[Place]) -> None:
    """Texts and formulas in their places, moved ones where they mean one thing only; then number formats.

    Of a sheet with a table only what stands above its titles.
    """
    bottom = words.table.head_row - 1 if words.table else page.bottom
    texts, answers = _by_place(words.cells), _by_place(words.answers)
    moved = _unambiguous(words.cells.values())
    for place in page.places(range(page.top, bottom + 1)):
        if place not in left_alone:
            _switch_cell(page, place, texts.get(place), moved, answers.get(place))
    page.flush()
    _switch_formats(page, words)


def _switch_cell(page: Page, place: Place, pair: Pair | None, moved: Mapping[str, str], answer: Pair | None) -> None:
    value, formula = page.value(place), page.formula(place)
    now = formula or value
    if not isinstance(now, str):
        return
    becomes = pair[1] if pair and now == pair[0] else moved.get(now, now)
    shows = answer[1] if answer and value == answer[0] else value
    if formula and (becomes != now or (shows != value and page.keeps_values)):
        page.write(place, Formula(becomes, shows))
    elif becomes != now:
        page.write(place, becomes)


def switch_table(page: Page, words: TableWording) -> None:
    """Titles, which formulas may follow by themselves; then words and formulas below them, the rows of the example."""
    titles = {column: page.value((words.head_row, column)) for column in range(page.left, page.right + 1)}
    columns = {title: column for column, title in titles.items() if isinstance(title, str)}
    for title, column in columns.items():
        if words.titles.get(title, title) != title:
            page.write((words.head_row, column), words.titles[title])
    page.flush()
    page.read()
    examples = {tuple(row[title][0] for title in words.key): row for row in words.example}
    for row in range(words.head_row + 1, page.bottom + 1):
        key = tuple(page.value((row, columns[title])) if title in columns else None for title in words.key)
        example = examples.get(key, {}) if any(key) else {}
        for title, column in columns.items():
            _switch_entry(page, (row, column), title, words, example.get(title))
    page.flush()


def _switch_entry(page: Page, place: Place, title: str, words: TableWording, example: Pair | None) -> None:
    value, formula = page.value(place), page.formula(place)
    if not isinstance(value, str) and not formula:
        return
    shows = _in_words(value, words.words.get(title, {})) if isinstance(value, str) else value
    if formula:
        one, other = words.formulas.get(title, (formula, formula))
        becomes = other if formula == one else formula
        if becomes != formula or (shows != value and page.keeps_values):
            page.write(place, Formula(becomes, shows))
        return
    if example and value == example[0] and isinstance(example[1], str):
        shows = example[1]
    if shows != value:
        page.write(place, shows)


def _in_words(value: str, words: Mapping[str, str]) -> str:
    """A word, or each of several."""
    return words.get(value) or SEPARATOR.join(words.get(word, word) for word in value.split(SEPARATOR))


def _switch_formats(page: Page, words: SheetWording) -> None:
    """Number formats in their places; in a table that of the first row goes for all rows."""
    first = words.table.head_row + 1 if words.table else 0
    places: dict[Pair, list[str]] = {}
    for (row, column), pair in _by_place(words.formats).items():
        if words.table and row > first:
            continue
        last = page.bottom if words.table and row == first else row
        places.setdefault(pair, []).append(address(Area("", row, column, last, column)))
    for pair, addresses in places.items():
        _switch_format(page.sheet, addresses, pair)


def _switch_format(sheet: xw.Sheet, addresses: Sequence[str], pair: Pair) -> None:
    """The number format of cells in several places; where they have different ones, of each half of the places."""
    for some, cells in together(sheet, addresses):
        now = cells.number_format
        if now == pair[0]:
            cells.number_format = pair[1]
        elif now is None and len(some) > 1:
            _switch_format(sheet, some[: len(some) // 2], pair)
            _switch_format(sheet, some[len(some) // 2 :], pair)


def _by_place(cells: Mapping[str, Pair]) -> dict[Place, Pair]:
    return {_place(address): pair for address, pair in cells.items()}


def _place(address: str) -> Place:
    """Row and column of a cell.

    >>> _place("AB7")
    (7, 28)
    """
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), column_number(letters)


def _unambiguous(pairs: Iterable[Pair]) -> dict[str, str]:
    """Texts that become one other text, wherever they stand; formulas are known by their places only."""
    others_of: dict[str, set[str]] = {}
    for one, other in pairs:
        if not one.startswith("="):
            others_of.setdefault(one, set()).add(other)
    return {one: others.pop() for one, others in others_of.items() if len(others) == 1}
