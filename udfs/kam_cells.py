"""How Excel's cells come into a KAM function and how its answer goes back: shapes, blanks, errors.

**Errors.** Python cannot return an Excel error to a cell: an exception would become a text with its message, None a
blank. So a failing function returns a text that is exactly the US-English name of an Excel error, made by `error`:

- ``#N/A``: not available, an input is unknown (blank, "n/a") or there is no such client;
- ``#NUM!``: a number that cannot be right (a negative budget, bounds in the wrong order);
- ``#VALUE!``: not a number, an unknown word, ranges that do not fit each other, no client table or no client in it;
- any error that stands in an argument comes out as it is.

VBA wrappers are to turn exactly these texts into real errors with ``CVErr(ERRORS[text])``. This version has no such
wrappers: without them the cell holds the text, which ISERROR and IFERROR do not notice and SUM passes over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import wraps
from typing import Any

import xlwings as xw

from kam_xl.domain.errors import MeasureError, SettingsError
from kam_xl.domain.model import Labelled
from kam_xl.errors import KamError
from kam_xl.locale import LANGUAGES, system_language
from kam_xl.table.cells import UnreadableError, choice_of
from kam_xl.table.numbers import BLANKS

Cell = Any  # None, str, bool, float, datetime, Decimal (a cell with a currency format), int (an error's code)
Argument = Any  # a cell, a list of cells (a column), or a list of rows
Function = Callable[..., Any]

CATEGORY = "KAM"
ERRORS = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
}
"""The texts that stand for errors, with the numbers that VBA's CVErr takes."""


class CellError(Exception):
    """An argument from which a function cannot go on; `name` is the error to show."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = error(name)


_FAILURES = (CellError, KamError, UnreadableError)


def error(name: str) -> str:
    """The text that stands for an Excel error.

    >>> error("#N/A")
    '#N/A'
    """
    if name not in ERRORS:
        raise ValueError(name)
    return name


def formula(**arguments: str) -> Callable[[Function], Function]:
    """Make a function of Excel out of a function whose arguments are described by these texts.

    Arguments come as rows of cells whatever their shape. An unknown answer (None) and a failure become errors.
    """

    def decorate(function: Function) -> Function:
        @wraps(function)
        def called(*given: Argument) -> Any:
            return _answer(function, given)

        called.__doc__ = " ".join(str(function.__doc__).split())  # the wizard would show the line breaks
        for name, text in arguments.items():
            called = xw.arg(name, ndim=2, err_to_str=True, doc=text)(called)
        return xw.func(called, category=CATEGORY)  # last, because xw.arg puts the category back

    return decorate


def each(rule: Function, *arguments: Argument, read: Callable[[Cell], Any] | None = None) -> Any:
    """The rule's answer for each cell: a column in, a column out.

    Arguments of one row or one column are repeated to fit the others, as Excel does. `read` takes a cell's value
    before the rule sees it; by default it is an amount.

    >>> each(lambda a, b: a / b, [[1], [2]], 4), each(lambda a, b: a / b, 1, 4)
    ([[0.25], [0.5]], 0.25)
    """
    blocks = [rows(argument) for argument in arguments]
    height, width = max(map(len, blocks)), max(len(block[0]) for block in blocks)
    if any(len(block) not in (1, height) or len(block[0]) not in (1, width) for block in blocks):
        raise CellError("#VALUE!")

    def answered(row: int, column: int) -> Any:
        cells = [block[row % len(block)][column % len(block[0])] for block in blocks]
        return _answer(lambda: rule(*map(read or amount, cells)))

    answers = [[answered(row, column) for column in range(width)] for row in range(height)]
    return answers[0][0] if height == width == 1 else answers


def _answer(function: Function, given: Sequence[Argument] = ()) -> Any:
    try:
        answer = function(*given)
    except _FAILURES as why:
        return why.name if isinstance(why, CellError) else error(_name(why))
    return error("#N/A") if answer is None else answer


def _name(why: Exception) -> str:
    return "#NUM!" if isinstance(why, (MeasureError, SettingsError)) else "#VALUE!"


def rows(argument: Argument) -> list[list[Cell]]:
    """An argument as rows of cells; a plain list is a column.

    >>> rows(1), rows([1, 2]), rows([[1, 2]])
    ([[1]], [[1], [2]], [[1, 2]])
    """
    if not isinstance(argument, (list, tuple)):
        return [[argument]]
    return [list(row) if isinstance(row, (list, tuple)) else [row] for row in argument]


def single(argument: Argument) -> Cell:
    """The one cell of an argument; its error, if it holds one, is the function's."""
    ((cell, *others), *more) = rows(argument)
    if others or more:
        raise CellError("#VALUE!")
    return plain(cell)


def plain(cell: Cell) -> Cell:
    """A cell's value, None where it says that nothing is known.

    >>> plain("n/a"), plain("Nordwerk"), plain(5.0)
    (None, 'Nordwerk', 5.0)
    """
    if not isinstance(cell, str):
        return cell
    if cell in ERRORS:
        raise CellError(cell)
    return None if cell.strip().casefold() in BLANKS else cell


def amount(cell: Cell) -> float | None:
    """A number, or None for an unknown one; other text is an error, as everywhere in Excel.

    >>> amount(5), amount(None), amount("н/д")
    (5.0, None, None)
    """
    value = plain(cell)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise CellError("#VALUE!")
    return float(value)


def amounts(argument: Argument) -> list[float | None]:
    """All cells of an argument as amounts."""
    return [amount(cell) for row in rows(argument) for cell in row]


def number(argument: Argument, default: float | None = None) -> Any:
    """An argument of one cell as an amount.

    >>> number(5), number([[None]], 3)
    (5.0, 3)
    """
    value = amount(single(argument))
    return default if value is None else value


def rating(field: str, cell: Cell) -> Any:
    """A rating from its word in either language.

    >>> rating("position", "Сильная")
    <Position.STRONG: 'strong'>
    """
    return choice_of(field)(cell)


def spoken(argument: Argument) -> str:
    """The language asked for, by default the system's.

    >>> spoken("ru")
    'ru'
    """
    value = single(argument)
    if value is not None and value not in LANGUAGES:
        raise CellError("#VALUE!")
    return value or system_language()


def label(member: Labelled | None, lang: str) -> str | None:
    """What a person reads for a member of a scale; None stays unknown."""
    return None if member is None else member.label.render(lang)
