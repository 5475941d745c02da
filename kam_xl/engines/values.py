"""Values for cells that mean the same to every engine: formulas with their result, and texts that stay texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw

# Words that a spreadsheet program takes for true or false, in the languages of its users.
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


# What cells show where they hold no value.
ERRORS = frozenset(
    [
        "#NULL!",
        "#DIV/0!",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#NUM!",
        "#N/A",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#BUSY!",
        "#UNKNOWN!",
        "#EXTERNAL!",
        "#PYTHON!",
    ]
)
_DATE_PARTS = ("year", "month", "day", "hour", "minute", "second", "microsecond")


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
    if not rows or not rows[0]:
        return
    keeps_values = getattr(range.impl, "keeps_formula_values", False)
    block = range.resize(len(rows), len(rows[0]))
    block.value = [[_assigned(value, keeps_values) for value in row] for row in rows]


def _assigned(value: object, keeps_values: bool) -> object:
    if isinstance(value, Formula):
        return value if keeps_values else "=" + value.text.removeprefix("=")
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
