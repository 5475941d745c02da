"""Values for cells that mean the same to every engine: formulas with their result, and texts that stay texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from kam_xl.excel.addresses import address
from kam_xl.excel.references import Area

if TYPE_CHECKING:
    import xlwings as xw

# Words that a spreadsheet program takes as true or false, in the languages of its users.
_BOOLEANS = frozenset(
    [
        "true",
        "false",
        "истина",
        "ложь",
        "wahr",
        "falsch",
        "vrai",
        "faux",
        "verdadero",
        "falso",
        "vero",
        "verdadeiro",
        "waar",
        "onwaar",
        "prawda",
        "fałsz",
    ]
)


_DATE_PARTS = ("year", "month", "day", "hour", "minute", "second", "microsecond")


Place = tuple[int, int]
"""Row and column of a cell."""


class CellError(str):
    """An error that a cell shows, ``#N/A``; as text so that it can be compared and printed."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and the value that it has.

    Programs that never calculate (previews, phones, readers of files) show the value; the others calculate it anew.

    Parameters
    ----------
    text : str
        The formula in US-English form, ``=A1*2``.
    value : float or str or bool or None
        Its result; an error as its text, ``#N/A``. None: not known.
    """

    text: str
    value: object = None


def value_of(content: object) -> object:
    """What a cell shows: the value of a formula, else what was typed.

    >>> value_of(Formula("=1+1", 2.0)), value_of("Nordwerk")
    (2.0, 'Nordwerk')
    """
    return content.value if isinstance(content, Formula) else content


def text_value(text: str) -> str:
    """A text as it is assigned to ``Range.value`` so that no program runs or converts it.

    Spreadsheet programs read what is assigned as if it were typed: "=1+1" becomes a formula, "1/2" a date, "007" the
    number 7. An apostrophe before it keeps it text; every engine consumes it. Where nothing can happen it is left out,
    so that cells with plain words stay as plain as they were.

    >>> text_value("=cmd()"), text_value("007"), text_value("Nordwerk")
    ("'=cmd()", "'007", 'Nordwerk')
    """
    return f"'{text}" if is_risky(text) else text


def is_risky(text: str) -> bool:
    """Whether a spreadsheet program would make something else of a text that is typed into a cell."""
    word = text.strip()
    return bool(word) and (not word[0].isalpha() or any(map(str.isdigit, word)) or word.casefold() in _BOOLEANS)


def put(range: xw.Range, rows: Sequence[Sequence[object]]) -> None:
    """Write a block of cells, texts literally, formulas with their values where the engine can keep them.

    Parameters
    ----------
    range : xlwings.Range
        The block's first cell.
    rows : sequence of sequences
        One for each row, all of one length: numbers, texts, dates, booleans, None, `Formula`.
    """
    SheetWriter(range.sheet).put((range.row, range.column), rows)


class SheetWriter:
    """Writes blocks of cells as `put` does, each in two calls to the program.

    xlwings' own way of assigning needs more than a hundred, and Excel answers every one from another process.
    """

    def __init__(self, sheet: xw.Sheet) -> None:
        self._sheet = sheet
        self._prepared = sheet.book.app.engine.impl.prepare_xl_data_element

    def write(self, cells: Mapping[Place, object]) -> None:
        """Write cells wherever they are, in as few blocks as they make."""
        if native := getattr(self._sheet.impl, "write_cells", None):
            native(cells)
        else:
            for place, rows in blocks(cells):
                self.put(place, rows)

    def put(self, place: Place, rows: Sequence[Sequence[object]]) -> None:
        """Write a block whose first cell is in this row and column."""
        if not rows or not rows[0]:
            return
        top, left = place
        area = Area("", top, left, top + len(rows) - 1, left + len(rows[0]) - 1)
        block = self._sheet.range(address(area)).impl
        if write := getattr(block, "write_literally", None):  # an engine of ours, which keeps formulas' values
            write(rows)
        else:
            block.raw_value = [[self._prepared(_assigned(value), None) for value in row] for row in rows]


def blocks(cells: Mapping[Place, object]) -> Iterator[tuple[Place, list[list[object]]]]:
    """Cells as blocks of rows: runs that begin and end in the same rows of neighbouring columns are one.

    >>> list(blocks({(1, 1): "a", (1, 2): "b", (2, 1): "c", (2, 2): "d", (4, 1): "e"}))
    [((1, 1), [['a', 'b'], ['c', 'd']]), ((4, 1), [['e']])]
    """
    side_by_side: dict[tuple[int, int], list[tuple[int, list[object]]]] = {}
    for (top, left), run in runs(cells):
        side_by_side.setdefault((top, len(run)), []).append((left, run))
    for (top, _), columns in sorted(side_by_side.items()):
        first = 0
        for at in range(1, len(columns) + 1):
            if at == len(columns) or columns[at][0] != columns[at - 1][0] + 1:
                yield (
                    (top, columns[first][0]),
                    [list(row) for row in zip(*(run for _, run in columns[first:at]), strict=True)],
                )
                first = at


def runs(cells: Mapping[Place, object]) -> Iterator[tuple[Place, list[object]]]:
    """Cells that stand below each other: where the first is, and what they are to hold.

    >>> list(runs({(1, 1): "a", (1, 2): "b", (2, 1): "c"}))
    [((1, 1), ['a', 'c']), ((1, 2), ['b'])]
    """
    start, run = (0, 0), list[object]()
    for row, column in sorted(cells, key=itemgetter(1, 0)):
        if run and (row, column) != (start[0] + len(run), start[1]):
            yield start, run
            run = []
        start = start if run else (row, column)
        run.append(cells[row, column])
    if run:
        yield start, run


def _assigned(value: object) -> object:
    if isinstance(value, Formula):
        return "=" + value.text.removeprefix("=")
    return text_value(value) if isinstance(value, str) else value


def cleaned(
    rows: Sequence[Sequence[object]],
    datetime_builder: Callable[..., object],
    empty_as: object,
    number_builder: Callable[[float], object] | None,
    err_to_str: bool,
) -> list[list[object]]:
    """Values on their way from cells: dates, numbers, errors and empty cells as the reader wants them."""

    def clean(value: object) -> object:
        if value is None or value == "":
            return empty_as
        if isinstance(value, CellError):
            return str(value) if err_to_str else None
        if isinstance(value, dt.datetime):
            parts = {name: getattr(value, name) for name in _DATE_PARTS}
            return datetime_builder(**parts, tzinfo=None)
        if number_builder is not None and isinstance(value, float):
            return number_builder(value)
        return value

    return [[clean(value) for value in row] for row in rows]
