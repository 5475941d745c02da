"""Number formats: Excel's own, by number, and which of them show a date."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

GENERAL = "General"
# Section 18.8.30 of ECMA-376 part 1; 14 and 22 as Excel's US-English object model names them.
BUILTIN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "m/d/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yyyy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_($* #,##0_);_($* (#,##0);_($* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
NUMBERS = {code: number for number, code in BUILTIN.items()}
DATE, DATE_TIME, TIME, DURATION = BUILTIN[14], BUILTIN[22], BUILTIN[21], BUILTIN[46]
# Dates of East Asian and other calendars: their codes depend on the language of Excel, that they are dates does not.
_FOREIGN_DATES = {*range(27, 37), *range(50, 59)}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


def is_date_number(number: int) -> bool:
    """Whether one of Excel's own formats shows a date or a time of day."""
    return number in _FOREIGN_DATES or is_date(BUILTIN.get(number, GENERAL))


@lru_cache(maxsize=4096)
def is_date(code: str) -> bool:
    """Whether a format shows a date or a time of day.

    An elapsed time (``[h]:mm``) is none: 30 hours are a number of days, not the last day of 1899.

    >>> is_date("dd.mm.yyyy"), is_date('0.00 "days"'), is_date("[h]:mm"), is_date("[Red]0.0")
    (True, False, False, False)
    """
    first = code.split(";")[0]
    if _ELAPSED.search(first) or first.strip().casefold() == "general":
        return False
    return any(letter in "dmyhs" for letter in _LITERAL.sub("", first).lower())


def for_moment(moment: dt.date | dt.time | dt.timedelta) -> str:
    """The format that Excel would choose for a date, a date with time, a time of day, or a duration.

    >>> for_moment(dt.date(2024, 1, 31)), for_moment(dt.datetime(2024, 1, 31, 12))
    ('m/d/yyyy', 'm/d/yyyy h:mm')
    """
    if isinstance(moment, dt.timedelta):
        return DURATION
    if isinstance(moment, dt.time):
        return TIME
    return DATE_TIME if isinstance(moment, dt.datetime) and moment.time() != dt.time() else DATE
