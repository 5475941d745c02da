"""What the program wrote, kept in a hidden sheet of the book, so that what a person typed over it can be told apart.

A rebuild may overwrite a cell only while it still holds what the last build put there.
"""

from __future__ import annotations

import math
from datetime import date, datetime, time

from kam_xl.actions.sheets import OurSheets
from kam_xl.engines.values import put
from kam_xl.plan.fields import OurSheet

_HEADER = ["owner", "field", "written"]
_LANGUAGE = ("book", "language")
_MISSING = object()


class Record:
    """Owner (a plan, a row of a list) and field -> the value last written there."""

    def __init__(self, sheets: OurSheets) -> None:
        self._sheets = sheets
        self._before = self._read()
        self.lang = str(self._before.pop(_LANGUAGE, ""))
        self._written = dict(self._before)  # kept apart: a person may have copied a plan, and both copies are compared

    def _read(self) -> dict[tuple[str, str], object]:
        ours = self._sheets.find(OurSheet.RECORD)
        rows = ours.sheet.used_range.options(ndim=2).value[1:] if ours else []
        return {(str(row[0]), str(row[1])): row[2] for row in rows if len(row) > 2}

    def __contains__(self, key: tuple[str, str]) -> bool:
        return key in self._before

    def note(self, owner: str, field: str, value: object) -> None:
        """Remember what was written; a blank cell is nobody's."""
        if is_blank(value):
            self._written.pop((owner, field), None)
        else:
            self._written[owner, field] = value

    def is_ours(self, owner: str, field: str, current: object) -> bool:
        """Whether a cell that now holds `current` is still as we left it (or blank), not a person's."""
        return is_blank(current) or same(current, self._before.get((owner, field), _MISSING))

    def save(self) -> None:
        """Write the record into its hidden sheet."""
        written = {_LANGUAGE: self.lang, **self._written}
        rows = [[owner, field, value] for (owner, field), value in written.items()]
        ours = self._sheets.find(OurSheet.RECORD)
        if ours:
            ours.sheet.used_range.clear()  # formats too: a number where a date stood before would be read as a date
            put(ours.sheet.range("A1"), [_HEADER, *rows])


def is_blank(value: object) -> bool:
    return value is None or value == ""


def same(one: object, other: object) -> bool:
    """Whether two cell values are the same to a person.

    >>> same(1, 1.0), same("a", "A"), same(0.1 + 0.2, 0.3), same(date(2026, 1, 2), datetime(2026, 1, 2))
    (True, False, True, True)
    """
    if is_blank(one) and is_blank(other):
        return True
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-9)
    if isinstance(one, date) and isinstance(other, date):
        return _moment(one) == _moment(other)
    if isinstance(one, str) and isinstance(other, str):
        return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")
    return one == other


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())
