"""How cells enter a function and how its answer goes back: shapes, blanks, errors.

A cell is None or "" (blank), text, a number, True or False, or a date; a list of rows is a range, a plain list a
column. An answer is one cell or a list of rows. A failure is a text that is exactly the US-English name of a
spreadsheet's error, also inside a range; hosts turn exactly these texts into true errors:

- ``#N/A``: not available, because an input is unknown (blank, "n/a") or nobody has that name;
- ``#NUM!``: a number that cannot be right, such as a negative budget or bounds in the wrong order;
- ``#VALUE!``: not a number, an unknown word, no client table;
- an error that stands in an argument comes out as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from math import isfinite
from typing import Any, TypeVar

from kam_xl.domain.errors import MeasureError, SettingsError
from kam_xl.domain.measures import total_of
from kam_xl.domain.model import Criterion, Labelled
from kam_xl.errors import KamError
from kam_xl.excel.error_values import VBA_NUMBERS
from kam_xl.locale import LANGUAGES

T = TypeVar("T")
Cell = Any
Cells = Any
Answer = Any

UNKNOWN, IMPOSSIBLE, WRONG = "#N/A", "#NUM!", "#VALUE!"


class ArgumentError(Exception):
    """An argument from which a function cannot go on; `name` is the error to show."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def answered(rule: Callable[..., Any], *values: Any) -> Answer:
    """A rule's answer for a cell: an unknown one and a failure become errors.

    >>> answered(max, 1, 2), answered(lambda: None)
    (2, '#N/A')
    """
    try:
        answer = rule(*values)
    except ArgumentError as why:
        return why.name
    except (MeasureError, SettingsError, OverflowError):
        return IMPOSSIBLE
    except KamError:
        return WRONG
    if isinstance(answer, float) and not isfinite(answer):
        return IMPOSSIBLE
    return UNKNOWN if answer is None else answer


def each(rule: Callable[..., Any], *arguments: Cells, read: Any = None) -> Answer:
    """The rule's answer for each cell: a column in, a column out.

    Arguments of one row or one column are repeated to fit the others; where another argument ends early the answer is
    #N/A, as in a spreadsheet's own arithmetic. `read` turns a cell into what the rule takes, one for all arguments or
    one for each; by default it is an amount.

    >>> each(lambda a, b: a / b, [[1], [2]], 4), each(lambda a, b: a / b, 1, 4)
    ([[0.25], [0.5]], 0.25)
    """
    readers = read if isinstance(read, tuple) else (read or amount,) * len(arguments)
    alone = [_alone(argument) for argument in arguments]
    if not any(cell is _RANGE for cell in alone):  # the most frequent call by far
        return _answered(rule, [_tried(reader, cell) for reader, cell in zip(readers, alone, strict=True)])
    blocks = [rows(argument) for argument in arguments]
    height, width = max(map(len, blocks)), max(len(block[0]) for block in blocks)
    columns = [
        [_tried(reader, cell) for cell in _fitted(block, height, width)]
        for reader, block in zip(readers, blocks, strict=True)
    ]
    answers = [_answered(rule, values) for values in zip(*columns, strict=True)]
    if height == width == 1:  # a range without cells
        return answers[0]
    return [answers[start : start + width] for start in range(0, height * width, width)]


_RANGE = object()


def _alone(argument: Cells) -> Cell:
    """The cell of an argument that is one cell, else `_RANGE`."""
    if not isinstance(argument, (list, tuple)):
        return argument
    if len(argument) != 1:
        return _RANGE
    row = argument[0]
    if not isinstance(row, (list, tuple)):
        return row
    return row[0] if len(row) == 1 else _RANGE


def _tried(reader: Callable[[Cell], Any], cell: Cell) -> Any:
    try:
        return reader(cell)
    except ArgumentError as why:
        return why


def _answered(rule: Callable[..., Any], values: Sequence[Any]) -> Answer:
    for value in values:
        if value.__class__ is ArgumentError:
            return value.name
    return answered(rule, *values)


def _fitted(block: list[Sequence[Cell]], height: int, width: int) -> list[Cell]:
    """The cells of a block, row by row, repeated or filled up to a size."""
    if len(block[0]) == 1:
        block = [[*row] * width for row in block] if width > 1 else block
    elif len(block[0]) < width:
        block = [[*row, *[UNKNOWN] * (width - len(row))] for row in block]
    block = block * height if len(block) == 1 else block + [[UNKNOWN] * width] * (height - len(block))
    return list(chain.from_iterable(block))


def rows(argument: Cells) -> list[Sequence[Cell]]:
    """An argument as rows of cells; a plain list is a column.

    >>> rows(1), rows([1, 2]), rows([[1, 2]])
    ([[1]], [[1], [2]], [[1, 2]])
    """
    if not isinstance(argument, (list, tuple)):
        return [[argument]]
    return [row if isinstance(row, (list, tuple)) else [row] for row in argument] or [[None]]


def is_range(argument: Cells) -> bool:
    """Whether an argument has more than one cell.

    >>> is_range(5), is_range([[5]]), is_range([5, 6])
    (False, False, True)
    """
    if not isinstance(argument, (list, tuple)):
        return False
    return len(argument) > 1 or len(rows(argument)[0]) > 1


def single(argument: Cells) -> Cell:
    """The one cell of an argument, None where it is blank.

    >>> single([[5]]), single(" ")
    (5, None)
    """
    if is_range(argument):
        raise ArgumentError(WRONG)
    return plain(rows(argument)[0][0] if isinstance(argument, (list, tuple)) else argument)


def plain(cell: Cell) -> Cell:
    """A cell's value, None where it is blank or says that nothing is known.

    >>> plain("n/a"), plain("Nordwerk"), plain(5.0)
    (None, 'Nordwerk', 5.0)
    """
    if not isinstance(cell, str):
        return cell
    if cell in VBA_NUMBERS:
        raise ArgumentError(cell)
    return None if _is_blank(cell) else cell


def word(cell: Cell) -> Cell:
    """A cell where a word is expected: a 0 there is a blank cell that a formula, or Calc, made a number of.

    >>> word(0.0), word("ru"), word(None)
    (None, 'ru', None)
    """
    value = plain(cell)
    return None if value == 0 and not isinstance(value, bool) else value


@lru_cache(256)
def _is_blank(text: str) -> bool:
    from kam_xl.table.values.numbers import BLANKS  # costs an import only where somebody wrote a text

    return not text or text.strip().casefold() in BLANKS


def amount(cell: Cell) -> float | None:
    """A number, or None for an unknown one; other text is an error, as everywhere in a spreadsheet.

    >>> amount(5), amount(None), amount("н/д")
    (5.0, None, None)
    """
    if cell.__class__ is float:
        return cell
    value = plain(cell)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise ArgumentError(WRONG)
    return float(value)


def amounts(argument: Cells) -> list[float | None]:
    """All cells of an argument as amounts."""
    return [amount(cell) for row in rows(argument) for cell in row]


def number(argument: Cells, default: float | None = None) -> float | None:
    """An argument of one cell as an amount.

    >>> number(5), number([[None]], 3)
    (5.0, 3)
    """
    value = amount(single(argument))
    return default if value is None else value


def flag(argument: Cells) -> bool:
    """An argument of one cell as TRUE or FALSE; blank is FALSE, a number is TRUE unless it is 0.

    >>> flag(True), flag(None), flag(0.0)
    (True, False, False)
    """
    value = single(argument)
    if not (value is None or isinstance(value, (bool, int, float))):
        raise ArgumentError(WRONG)
    return bool(value)


def total(argument: Cells, own: Cells = None) -> float | None:
    """A total given as one number, or the sum of a column; by default of the function's `own` column.

    Blank, negative and endless amounts of a column are left out. One cell alone is not a table: without a total its
    total is unknown.

    >>> total(100), total([10, None, 30]), total(None, own=[1, 2]), total(None, own=1)
    (100.0, 40.0, 3.0, None)
    """
    if is_range(argument):
        known = amounts(argument)
        return None if all(each is None for each in known) else total_of(known)
    value = number(argument)
    return total(own) if value is None and is_range(own) else value


def mark(cell: Cell) -> bool | int | None:
    """A user's mark: yes or no in either language, or a level from 0 to 3.

    >>> mark("да"), mark(2.0), mark(None)
    (True, 2, None)
    """
    return cell if cell is None or isinstance(cell, bool) else _mark(cell)


@lru_cache(256)
def _mark(cell: Cell) -> bool | int | None:
    from kam_xl.table.values.cells import read_mark

    return _readable(read_mark, cell)


def rating(field: str) -> Callable[[Cell], Any]:
    """The reader of a rating's words in either language; `field` is position or potential.

    >>> rating("position")("Сильная")
    <Position.STRONG: 'strong'>
    """

    return lambda cell: None if cell is None else _rating(field, cell)


@lru_cache(256)
def _rating(field: str, cell: Cell) -> Any:
    from kam_xl.table.values.cells import choice_of

    return _readable(choice_of(field), word(cell))


@lru_cache(256)
def criteria_of(cell: Cell) -> tuple[Criterion, ...]:
    """The criteria that a cell lists, by numbers or by words in either language.

    >>> criteria_of("Revenue, Экспертиза") == criteria_of("1,4") == criteria_of("1;4")
    True
    """
    value = word(cell)
    if value is None:
        return ()
    words = [str(int(value))] if isinstance(value, (int, float)) else re.split("[,;]", str(value))
    known = _criterion_words()
    try:
        return tuple(known[word.strip().casefold()] for word in words)
    except KeyError:
        raise ArgumentError(WRONG) from None


@lru_cache(1)
def _criterion_words() -> dict[str, Criterion]:
    words = {each.label.render(lang).casefold(): each for lang in LANGUAGES for each in Criterion}
    return words | {str(number): each for number, each in enumerate(Criterion, start=1)}


def name(cell: Cell) -> str | None:
    """A client's id or name, without regard to letter case.

    >>> name(17.0), name(" Nordwerk ")
    ('17', 'nordwerk')
    """
    from kam_xl.table.values.cells import read_name

    if isinstance(cell, str) and cell in VBA_NUMBERS:
        raise ArgumentError(cell)
    text = read_name(cell)
    return None if text is None else text.casefold()


def _readable(parse: Callable[[Cell], T], cell: Cell) -> T | None:
    from kam_xl.table.values.cells import UnreadableError

    value = plain(cell)
    try:
        return None if value is None else parse(value)
    except UnreadableError:
        raise ArgumentError(WRONG) from None


@lru_cache(256, typed=True)  # typed: members of different scales with one code are equal
def label(member: Labelled | None, lang: str) -> str | None:
    """What a user reads for a member of a scale; None stays unknown."""
    return None if member is None else member.label.render(lang)


def listed(members: Sequence[Labelled], lang: str) -> str:
    """The labels of several members, separated by commas."""
    return ", ".join([str(label(member, lang)) for member in members]) if members else ""
