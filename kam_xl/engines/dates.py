"""Dates as cells hold them: a number of days since the workbook's epoch."""

from __future__ import annotations

import datetime as dt

from kam_xl.engines.errors import EditError
from kam_xl.locale import Text

_EPOCH_1904 = dt.datetime(1904, 1, 1)
# Day 60 of the older system is 29 February 1900, which never was: days before it count from one day later.
_EPOCH, _EPOCH_BEFORE_MARCH_1900 = dt.datetime(1899, 12, 30), dt.datetime(1899, 12, 31)
_FIRST_OF_MARCH = 61
_DAYS_1904 = 1462
_LAST = 2_958_466  # the day after 31 December 9999


def to_serial(value: dt.date | dt.time | dt.timedelta, date_1904: bool = False) -> float:
    """The number for a date, a date with time, a time of day, or a duration; time zones are left out.

    >>> to_serial(dt.date(2024, 1, 1)), to_serial(dt.datetime(2024, 1, 1, 12), date_1904=True)
    (45292, 43830.5)
    """
    if isinstance(value, dt.timedelta):
        return _number(value)
    if isinstance(value, dt.time):
        return _number(dt.datetime.combine(_EPOCH, value.replace(tzinfo=None)) - _EPOCH)
    moment = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    if date_1904:
        serial = _number(moment - _EPOCH_1904)
    else:
        serial = _number(moment - _EPOCH)
        if 1 <= serial < _FIRST_OF_MARCH:
            serial = serial - 1 if serial >= 2 else -1
    if serial < 0:
        raise EditError(Text("Excel has no dates before {year}", year="1904" if date_1904 else "1900"), got=value)
    return serial


def _number(delta: dt.timedelta) -> float:
    return delta / dt.timedelta(days=1) if delta.seconds or delta.microseconds else delta.days


def from_serial(serial: float, date_1904: bool = False) -> dt.datetime | float:
    """The date for a number, to the millisecond as Excel keeps it; the number where no date belongs to it.

    A time of day comes as one of 30 December 1899, as Excel's own object model gives it.

    >>> from_serial(45292.75)
    datetime.datetime(2024, 1, 1, 18, 0)
    >>> from_serial(0.5), from_serial(-1.0)
    (datetime.datetime(1899, 12, 30, 12, 0), -1.0)
    """
    last = _LAST - _DAYS_1904 if date_1904 else _LAST
    if not 0 <= serial < last:
        return serial
    epoch = _EPOCH_1904 if date_1904 else _EPOCH_BEFORE_MARCH_1900 if 1 <= serial < _FIRST_OF_MARCH - 1 else _EPOCH
    return epoch + dt.timedelta(milliseconds=round(serial * 86_400_000))
