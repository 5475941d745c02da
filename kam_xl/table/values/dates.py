"""Dates as people and programs write them: 31.03.2025, Mar-25, "I кв. 2025", 201904, "1/15/2025 3:15 PM", serials."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from kam_xl.table.words.patterns import any_of
from kam_xl.table.words.vocabulary import inverted, section

# Serial numbers of dates from 1954 to 2119; numbers outside are not dates that a budget or a plan can have.
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
# Years of two digits from here on are of the last century, as in Excel for 30 and in most databases for 70.
_PIVOT = 70
_MONTHS = {name.rstrip("."): int(number) for name, number in inverted("months").items()}
_LASTING = {"quarter": 3, "half_year": 6, "period": 1}
_PERIODS = {word.rstrip("."): _LASTING[kind] for word, kind in inverted("periods").items() if kind in _LASTING}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_TIME = (
    r"(?:[t ,]+\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\s*[ap]\.?m\.?)?"
    r"\s*(?:z|utc|gmt|[a-z]{3,4})?\s*(?:[-+]\d\d:?\d\d)?)?"
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/. ](\d\d?)[-/. ](\d\d?){_TIME}")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)?")
_NUMBERS = re.compile(rf"(\d\d?)([./-])(\d\d?)\2(\d{{4}}|\d\d){_TIME}")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d\d?)")
# A period of SAP has three digits: "001.2025".
_MONTH_YEAR = re.compile(r"0?(\d\d?)[./-](\d{4})")
_YEAR = re.compile(r"(?:fy\s?)?((?:19|20)\d\d)")
_NUMBERED = re.compile(
    r"(\d\d?|[iv]{1,3})\s*[-.]?\s*([^\W\d]+|п/г)\.?|([^\W\d]+|п/г)\.?\s*[-.]?\s*(\d\d?|[iv]{1,3})", re.IGNORECASE
)
_CLOCK = re.compile(_TIME + "$")
# "2025-W03", "W3 2025", "неделя 3, 2025", "KW 3/2025".
_WEEK_WORD = any_of(word.rstrip(".") for word in section("periods")["week"])
_WEEK = re.compile(
    rf"(?P<year>\d{{4}})\s*[-/., ]?\s*(?:{_WEEK_WORD})\.?\s*-?(?P<week>\d\d?)"
    rf"|(?:{_WEEK_WORD})\.?\s*-?(?P<number>\d\d?)\s*[-/., ]\s*(?P<of>\d{{4}})"
)
_FISCAL = re.compile(r"(?<![^\W\d])fy\s?'?(?:(?=(?:19|20)\d\d(?!\d))|(?=\d\d(?!\d)))")
_FISCAL_WORDS = re.compile(rf"(?<!\w)(?:{any_of(section('periods')['financial_year'])})(?!\w)")
_YEAR_WORDS = re.compile(r"\s*(?<!/)\b(?:г|гг|год|года|году|year|yr)\b\.?")
_SEPARATORS = re.compile(r"[\s,./-]+")


class Written(NamedTuple):
    """A date as it is written: `months` is how long it lasts (0: a day), `swapped` the other reading of 03/04/2025."""

    day: date
    months: int = 0
    swapped: date | None = None

    @property
    def last(self) -> date:
        """The last day that is meant.

        >>> read_written("Q4 2026").last, read_written("15.12.2026").last
        (datetime.date(2026, 12, 31), datetime.date(2026, 12, 15))
        """
        years, month = divmod(self.day.month - 1 + self.months, 12)
        return date(self.day.year + years, month + 1, 1) - timedelta(days=1) if self.months else self.day


def date_of_serial(number: float) -> date | None:
    """The date of a serial number, as a cell shows a date that lost its format; None for any other number.

    >>> date_of_serial(45382.75), date_of_serial(float("inf"))
    (datetime.date(2024, 3, 31), None)
    """
    if not _FIRST_SERIAL <= number < _LAST_SERIAL:
        return None
    return date(1899, 12, 30) + timedelta(days=int(number))


def read_written(text: str) -> Written | None:
    """The date that a text says, of a month, quarter, half-year or year its first day; None where it says none.

    Of a week it is the Thursday, whose month and year are those of the week.

    >>> [str(read_written(text).day) for text in ("31.03.2025", "Mar-25", "I кв. 2025", "201904", "15 января 2025 г.")]
    ['2025-03-31', '2025-03-01', '2025-01-01', '2019-04-01', '2025-01-15']
    >>> read_written("H2 2026"), read_written("H3 2026")
    (Written(day=datetime.date(2026, 7, 1), months=6, swapped=None), None)
    >>> [str(read_written(text).day) for text in ("2025-W03", "Q2 FY25", "Fiscal 2025 Q2", "Fiscal year 2025")]
    ['2025-01-16', '2025-04-01', '2025-04-01', '2025-01-01']
    >>> read_written("03/04/2025").swapped, read_written("2025-02-30")
    (datetime.date(2025, 3, 4), None)
    """
    text = _YEAR_WORDS.sub("", _plain(text)).strip(" .")
    try:
        if week := _WEEK.fullmatch(text):
            return Written(
                date.fromisocalendar(int(week["year"] or week["of"]), int(week["week"] or week["number"]), 4)
            )
        return _by_numbers(text) or _by_words(_CLOCK.sub("", text, count=1).strip(" ,"))
    except ValueError:  # there is no such day
        return None


def _plain(text: str) -> str:
    """A text in small letters, without doubled spaces; the words for a financial year as "fy"."""
    return _FISCAL_WORDS.sub("fy", " ".join(text.split()).casefold().replace("ё", "е"))


def _by_numbers(text: str) -> Written | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return Written(date(*map(int, match.groups())))
    if match := _NUMBERS.fullmatch(text):
        return _day_and_month(int(match[1]), int(match[3]), _year(match[4]), match[2])
    if match := _YEAR_MONTH.fullmatch(text):
        return Written(date(int(match[1]), int(match[2]), 1), 1)
    if match := _MONTH_YEAR.fullmatch(text):
        return Written(date(int(match[2]), int(match[1]), 1), 1)
    if match := _COMPACT.fullmatch(text):
        return Written(date(int(match[1]), int(match[2]), int(match[3] or 1)), 0 if match[3] else 1)
    if match := _YEAR.fullmatch(text):
        return Written(date(int(match[1]), 1, 1), 12)
    return None


def _day_and_month(first: int, second: int, year: int, mark: str) -> Written:
    if second > 12:
        return Written(date(year, first, second))
    if mark != "/" or first > 12 or first == second:
        return Written(date(year, second, first))
    return Written(date(year, second, first), swapped=date(year, first, second))


def _by_words(text: str) -> Written | None:
    """A month in words with a year and perhaps a day, or a numbered part of a year: a quarter, half a year."""
    parts = [part for part in _SEPARATORS.split(text) if part]
    months = [_MONTHS[part] for part in parts if part in _MONTHS]
    numbers = [part.removesuffix("th").removesuffix("st").removesuffix("nd").removesuffix("rd") for part in parts]
    numbers = [part for part in numbers if part.isdigit()]
    if len(months) == 1 and len(numbers) + 1 == len(parts):
        if len(numbers) == 1:
            return Written(date(_year(numbers[0]), months[0], 1), 1)
        if len(numbers) == 2:
            day, year = numbers if len(numbers[0]) < 3 else reversed(numbers)
            return Written(date(_year(year), months[0], int(day)))
        return None
    return _part_of_year(text)


def is_week(text: str) -> bool:
    """Whether a text is a week of a year.

    >>> is_week("W03 2025"), is_week("2025")
    (True, False)
    """
    return bool(_WEEK.fullmatch(" ".join(text.split()).casefold()))


def is_fiscal(text: str) -> bool:
    """Whether a text names a part of a fiscal year, which may begin in any month.

    >>> is_fiscal("Q1 FY2025"), is_fiscal("I кв. фин. года 2025"), is_fiscal("FY2025"), is_fiscal("Q1 2025")
    (True, True, False, False)
    """
    written = read_written(text) if _FISCAL.search(_YEAR_WORDS.sub("", _plain(text))) else None
    return written is not None and 0 < written.months < 12


def _part_of_year(text: str) -> Written | None:
    text = _FISCAL.sub("", re.sub(r"(?<![^\W\d])fy\s?'?(\d\d)(?!\d)", r"20\1", text))
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    if len(years) != 1:
        return None
    rest = text.replace(years[0], " ").strip(" -./,")
    match = _NUMBERED.fullmatch(rest)
    number = match and (match[1] or match[4])
    months = match and _PERIODS.get(match[2] or match[3])
    if not number or not months:
        return None
    last = months * (_ROMAN.get(number) or int(number))
    return Written(date(int(years[0]), last - months + 1, 1), months)  # no month 13


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= _PIVOT else 2000)


def day_first(texts: Iterable[str]) -> bool | None:
    """Whether 03/04/2025 begins with the day, as other dates of the column prove; None where none does.

    >>> day_first(["03/04/2025", "13/04/2025"]), day_first(["03/04/2025", "04/13/2025"]), day_first(["03/04/2025"])
    (True, False, None)
    """
    proven: bool | None = None
    for text in texts:
        match = _NUMBERS.fullmatch(" ".join(text.split()).casefold())
        if match and match[2] != "." and max(int(match[1]), int(match[3])) > 12:
            this = int(match[1]) > 12
            if proven is not None and proven != this:
                return None  # they contradict each other
            proven = this
    return proven


def as_date(value: object) -> date | None:
    """The date of a cell that holds one, or a serial number of one; None for anything else.

    >>> as_date(datetime(2024, 3, 31, 9)), as_date(45382.0), as_date("31.03.2024")
    (datetime.date(2024, 3, 31), datetime.date(2024, 3, 31), None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        written = written_number(value)
        return written and written.day
    return None


def written_number(value: float) -> Written | None:
    """What a number says as a date: 45382 is a serial number, 2025 a year, 201904 a month.

    >>> written_number(45382.0).day, written_number(201904).last
    (datetime.date(2024, 3, 31), datetime.date(2019, 4, 30))
    """
    if day := date_of_serial(value):
        return Written(day)
    text = f"{value:.0f}"
    if not text.isdigit() or value != int(text):
        return None
    match = _YEAR.fullmatch(text) or (_COMPACT.fullmatch(text) if len(text) in (6, 8) else None)
    return _by_numbers(text) if match else None
