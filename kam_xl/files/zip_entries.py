"""Members of zip files whose bytes do not depend on when and where they are made."""

from __future__ import annotations

from datetime import date
from zipfile import ZipInfo

_UNIX = 3


def zip_entry(name: str, day: date) -> ZipInfo:
    """A member with a fixed date, the same on every system: Python writes there on which one it runs.

    >>> entry = zip_entry("kam_xl/a.py", date(2020, 1, 1))
    >>> entry.date_time, entry.create_system
    ((2020, 1, 1, 0, 0, 0), 3)
    """
    entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.create_system = _UNIX
    return entry
