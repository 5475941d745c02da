"""Values as Excel gives and takes them."""

from __future__ import annotations

import datetime as dt
from typing import Any


def to_excel(value: Any) -> Any:
    """A value of the file engine as Excel gives it: numbers are floats, dates have a time, blanks are None."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=dt.timezone.utc)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day, tzinfo=dt.timezone.utc)
    if isinstance(value, (list, tuple)):
        return [to_excel(each) for each in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value


def from_excel(value: Any) -> Any:
    """A value as the file engine takes it."""
    if isinstance(value, (list, tuple)):
        return [from_excel(each) for each in value]
    return value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
