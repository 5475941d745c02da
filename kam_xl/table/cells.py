"""Columns of cells into values: one parser per kind, every unreadable cell remarked, none of them fatal.

A parser takes one cell and gives its value (None: not known) or raises `UnreadableError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from kam_xl.domain.model import Labelled
from kam_xl.locale import Text
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.matching import words
from kam_xl.table.numbers import BLANKS, ERRORS, UNCOMPUTED
from kam_xl.table.vocabulary import CHOICES, MARKS

Cell = Any  # None, "", str, bool, int, float, date, datetime, time or timedelta
Parser = Callable[[Cell], Any]
_NO_NAMES = frozenset(("", "-", "–", "—", "?"))
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
    """A whole column through a parser, which sees each distinct cell once.

    >>> read_cells(["yes", "", "да"], read_mark, 0)
    ([True, None, True], [])
    """
    seen: dict[object, Any] = {None: None, "": None}
    read: list[Any] = []
    remarks: list[Remark] = []
    for row, value in enumerate(values):
        key = value if value.__class__ is str or value is None else (value.__class__, value)
        if key not in seen:
            try:
                seen[key] = parse(refuse_error(value))
            except UnreadableError as why:
                seen[key] = why
        result = seen[key]
        if result.__class__ is UnreadableError:
            remarks.append(result.remark(row, column, value))
            result = None
        read.append(result)
    return read, remarks


def quoted(value: Cell) -> str:
    """A cell's value for a message, on one line, cut where it is long.

    >>> quoted("abc"), quoted(12.0), quoted(1e300), quoted("a\\x00\\nb")
    ('"abc"', '"12"', '"1e+300"', '"a? b"')
    """
    text = "".join(each if each.isprintable() else "?" for each in read_name(value) or "")
    return f'"{text if len(text) <= _LONG else text[:_LONG] + "…"}"'


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
    """A text on one line; dashes and "n/a" are no text.

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
    elif isinstance(value, float) and value.is_integer() and abs(value) < _PLAIN:
        text = str(int(value))
    elif isinstance(value, datetime) and value.time() == time():
        text = value.date().isoformat()
    else:
        text = "" if value is None else str(value)
    return None if text in _NO_NAMES else text


_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d\d?)([./-])(\d\d?)\2(\d{4}|\d\d)(?: ?г\.?| \d\d?:.*)?")
_MONTH = re.compile(r"(\d\d?)[./](\d{4})")
# Serial numbers of dates from 1954 to 2119; numbers outside are no dates that a budget or a plan can have.
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000


def read_date(value: Cell) -> date | None:
    """A date: Excel's, a serial number, 2024-03-31, 31.03.2024, 03.2024 (its first day).

    >>> read_date("31.03.2024"), read_date("2024-03-31"), read_date(45382.0)
    (datetime.date(2024, 3, 31), datetime.date(2024, 3, 31), datetime.date(2024, 3, 31))
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, (int, float)) and (day := date_of_serial(value)):
        return day
    text = read_text(value)
    if text is None:
        return None
    try:
        return _written_date(text)
    except ValueError:
        raise UnreadableError(
            "not-a-date",
            Text("{value} is not a date.", value=quoted(value)),
            Text("Write the date as 2024-03-31 or 31.03.2024, or leave the cell blank."),
        ) from None


def date_of_serial(number: float) -> date | None:
    """The date of a serial number, as a cell shows a date that lost its format; None for any other number.

    >>> date_of_serial(45382.75), date_of_serial(float("inf"))
    (datetime.date(2024, 3, 31), None)
    """
    if not _FIRST_SERIAL <= number < _LAST_SERIAL:
        return None
    return date(1899, 12, 30) + timedelta(days=int(number))


def _written_date(text: str) -> date:
    if found := _YEAR_FIRST.fullmatch(text):
        return date(*map(int, found.groups()))
    if found := _MONTH.fullmatch(text):
        return date(int(found[2]), int(found[1]), 1)
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "/" and day != month and max(day, month) <= 12:
            raise ValueError("day and month cannot be told apart")
        if found[2] == "/" and month > 12:
            day, month = month, day
        return date(year + 2000 if year < 100 else year, month, day)
    raise ValueError("no known form")


def read_mark(value: Cell) -> bool | int | None:
    """A person's mark: yes, no, or a level from 0 to 3.

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
            Text("{value} is not a word that is known here.", value=quoted(value)),
            Text("Use one of: {words}.", words=[member.label for member in CHOICES[field]]),
        )

    return read_choice
