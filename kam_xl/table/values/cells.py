"""Columns of cells into values: one parser per kind, every unreadable cell remarked, none of them fatal.

A parser takes one cell and gives its value (None: not known) or raises `UnreadableError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from itertools import islice
from typing import Any

from kam_xl.domain.model import Labelled
from kam_xl.locale import Quoted, Text
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.values.dates import as_date, read_written
from kam_xl.table.values.numbers import BLANKS, ERRORS, UNCOMPUTED
from kam_xl.table.words.matching import words
from kam_xl.table.words.vocabulary import CHOICES, MARKS

Cell = Any  # None, "", str, bool, int, float, date, datetime, time or timedelta
Parser = Callable[[Cell], Any]
_TEXTS = {str, type(None)}
_NO_NAMES = frozenset(("", "-", "–", "—", "?"))
# So many cells of a column show whether they repeat.
_SAMPLE = 1000
_TOGETHER = 100
# Longer values are cut in messages.
_LONG = 60
# From here on Excel, too, shows a number with an exponent.
_PLAIN = 1e21
_BLANKS = BLANKS | {"–", "—", "−"}


class UnreadableError(ValueError):
    """A cell that says nothing of its kind; becomes a finding."""

    def __init__(self, code: str, message: Text, remedy: Text, grade: Grade = "error") -> None:
        super().__init__(code)
        self.code, self.message, self.remedy, self.grade = code, message, remedy, grade

    def remark(self, row: int, column: int, value: Cell) -> Remark:
        """The finding for one cell."""
        return Remark(row, column, self.code, self.grade, self.message, value, self.remedy)


def read_cells(values: Sequence[Cell], parse: Parser, column: int) -> tuple[list[Any], list[Remark]]:
    """A whole column through a parser, which sees each distinct cell once where cells repeat.

    >>> read_cells(["yes", "", "да"], read_mark, 0)
    ([True, None, True], [])
    """
    types = {*map(type, values)} - {type(None)}
    if types <= {str} and len({*values[:_SAMPLE]}) > _SAMPLE // 2:  # ids and names, which rarely repeat
        read = _names(values) if parse is read_name else [_parsed(each, parse) if each else None for each in values]
        return _without_unreadable(read, values, column)
    alike = len(types) < 2  # else True and 1.0 would be one
    keys = values if alike else [each if type(each) in _TEXTS else (type(each), each) for each in values]
    distinct = {each: each for each in {*values}} if alike else dict(zip(keys, values, strict=True))
    seen: dict[object, Any] = {
        key: None if value is None or value == "" else _parsed(value, parse) for key, value in distinct.items()
    }
    return _without_unreadable(list(map(seen.__getitem__, keys)), values, column)


def _names(values: Iterable[Any]) -> list[Any]:
    """What `read_name` makes of texts; many at once, where nothing is to be changed, take a third of the time."""
    read: list[Any] = []
    rest = iter(values)
    while cells := list(islice(rest, _TOGETHER)):
        text = "" if None in cells else "\n".join(cells)
        is_plain = text.count("\n") == len(cells) - 1 and "#" not in text and _NO_NAMES.isdisjoint(cells)
        if is_plain and " ".join(text.split()) == text.replace("\n", " "):
            read += cells
        else:
            read += [_parsed(each, read_name) if each else None for each in cells]
    return read


def _without_unreadable(read: list[Any], values: Sequence[Cell], column: int) -> tuple[list[Any], list[Remark]]:
    remarks: list[Remark] = []
    if UnreadableError in map(type, read):
        for row, result in enumerate(read):
            if result.__class__ is UnreadableError:
                remarks.append(result.remark(row, column, values[row]))
                read[row] = None
    return read, remarks


def _parsed(value: Cell, parse: Parser) -> Any:
    try:
        return parse(refuse_error(value) if value.__class__ is not str or value[:1] == "#" else value)
    except UnreadableError as why:
        return why


def quoted(value: Cell) -> Quoted:
    """A cell's value for a message, on one line, cut where it is long.

    >>> quoted("abc"), quoted(12.0), quoted(1e300), quoted("a\\x00\\nb")
    ('"abc"', '"12"', '"1e+300"', '"a? b"')
    """
    text = "".join(each if each.isprintable() else "?" for each in read_name(value) or "")
    return Quoted(text if len(text) <= _LONG else text[:_LONG] + "…")


def refuse_error(value: Cell) -> Cell:
    """The value itself, unless it is one of Excel's errors."""
    if value.__class__ is str and value[:1] == "#" and value.upper() in ERRORS:
        if value == UNCOMPUTED:
            raise UnreadableError(
                "formula-without-value",
                Text("The formula has not been computed."),
                Text("Open the workbook in Excel and save it."),
            )
        raise UnreadableError(
            "cell-error",
            Text("The cell holds the error {value}.", value=value),
            Text("Repair the formula or clear the cell; the value counts as unknown."),
        )
    return value


def read_text(value: Cell) -> str | None:
    """A text on one line; dashes and "n/a" are not text.

    >>> read_text(" ООО\\n «Ромашка» "), read_text(17.0), read_text("—")
    ('ООО «Ромашка»', '17', None)
    """
    text = read_name(value)
    return None if text is None or text.casefold() in _BLANKS else text


def read_name(value: Cell) -> str | None:
    """A name or an id: whole numbers without the decimal point, leading zeros kept.

    >>> read_name(7707083893.0), read_name("0017"), read_name("NA")
    ('7707083893', '0017', 'NA')
    """
    if value.__class__ is str:
        text = " ".join(value.split())
        text = value if text == value else text  # kept once in memory, as most are
    elif isinstance(value, float) and value.is_integer() and abs(value) < _PLAIN:
        text = str(int(value))
    elif isinstance(value, datetime) and value.time() == time():
        text = value.date().isoformat()
    else:
        text = "" if value is None else str(value)
    return None if text in _NO_NAMES else text


def read_date(value: Cell, day_first: bool | None = None) -> date | None:
    """A date as people write it, of a month, a quarter or a year its first day; see `kam_xl.table.values.dates`.

    `day_first` says how 03/04/2025 is meant; without it such a date is refused.

    >>> read_date("31.03.2024"), read_date("март 2025"), read_date(45382.0)
    (datetime.date(2024, 3, 31), datetime.date(2025, 3, 1), datetime.date(2024, 3, 31))
    """
    if day := as_date(value):
        return day
    text = read_text(value)
    if text is None:
        return None
    written = read_written(text)
    if written and written.swapped and day_first is None:
        raise UnreadableError(
            "not-a-date",
            Text("{value} can be read in two ways.", value=quoted(value)),
            Text("Write the date as 2024-03-31, or add day_first = true or false to a reading file."),
        )
    if written is None:
        raise UnreadableError(
            "not-a-date",
            Text("{value} is not a date.", value=quoted(value)),
            Text("Write the date as 2024-03-31 or 31.03.2024, or leave the cell blank."),
        )
    return written.swapped if written.swapped and not day_first else written.day


def read_mark(value: Cell) -> bool | int | None:
    """A user's mark: yes, no, or a level from 0 to 3.

    >>> [read_mark(value) for value in ("да", "x", "нет", 2.0, "3", True)]
    [True, True, False, 2, 3, True]
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)) and value in (0, 1, 2, 3):
        return int(value)
    text = str(value).strip().casefold()
    if text in ("0", "1", "2", "3"):
        return int(text)
    for meaning, variants in MARKS.items():
        if text in variants:
            return meaning
    if text in _BLANKS:
        return None
    raise UnreadableError(
        "unknown-mark",
        Text("{value} is neither yes, no nor a level from 0 to 3.", value=quoted(value)),
        Text("Correct the mark or leave it blank."),
    )


@cache
def _choices(field: str) -> Mapping[str, Labelled]:
    return {
        "".join(words(variant)): member
        for member, variants in CHOICES[field].items()
        for variant in (member.value, *variants)
    }


def choice_of(field: str) -> Parser:
    """The parser for a field with a fixed set of words, in both languages.

    >>> choice_of("position")("Сильная")
    <Position.STRONG: 'strong'>
    """

    def read_choice(value: Cell) -> Labelled | None:
        text = read_text(value)
        if text is None:
            return None
        if member := _choices(field).get("".join(words(text))):
            return member
        raise UnreadableError(
            "unknown-rating" if field in ("position", "potential") else "unknown-word",
            Text("{value} is not a word known here.", value=quoted(value)),
            Text("Use one of: {words}.", words=[member.label for member in CHOICES[field]]),
        )

    return read_choice
