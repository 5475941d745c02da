"""Periods of a ledger: a year, a quarter, a month or a span of months, and which months are missing in it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kam_xl.ledger.errors import RecipeError
from kam_xl.locale import Text

_YEAR, _QUARTER, _MONTH = re.compile(r"(\d{4})"), re.compile(r"(\d{4})-?[QqКк]([1-4])"), re.compile(r"(\d{4})-(\d\d?)")
STEPS = {"year": 12, "quarter": 3, "month": 1}
# How long dates last in months, to the shortest step that they can be counted by.
STEP_OF = {0: "month", 1: "month", 3: "quarter", 6: "year", 12: "year"}


@dataclass(frozen=True)
class MonthSpan:
    """Whole months from the first day of `first` to the last day of the month of `last`."""

    first: date
    last: date

    def __contains__(self, month: date) -> bool:
        return self.first <= month <= self.last

    @property
    def months(self) -> list[date]:
        """The first days of its months."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return [_later(self.first, each) for each in range(count)]

    @property
    def year(self) -> int | None:
        """The calendar year that it lies in; None where it goes from one into another."""
        return self.first.year if self.first.year == self.last.year else None

    @property
    def name(self) -> str:
        """Its name: 2025, 2025-Q1, 2025-03 or 2025-01..2025-06."""
        for step, text in ((12, "{0}"), (3, "{0}-Q{1}"), (1, "{0}-{2:02}")):
            if len(self.months) == step and (self.first.month - 1) % step == 0:
                return text.format(self.first.year, (self.first.month + 2) // 3, self.first.month)
        return f"{self.first:%Y-%m}..{self.last:%Y-%m}"


def read_period(text: str) -> MonthSpan:
    """The period that a text names.

    >>> read_period("2025-Q2").months
    [datetime.date(2025, 4, 1), datetime.date(2025, 5, 1), datetime.date(2025, 6, 1)]
    >>> read_period("2024-11..2025-02").name
    '2024-11..2025-02'
    """
    begin, dots, end = text.strip().partition("..")
    first, last = _span(begin), _span(end) if dots else _span(begin)
    if first is None or last is None or first[0] > last[1]:
        raise RecipeError(
            Text("this is not a period"),
            got=text,
            remedy=Text("Write a year, a quarter, a month or a span: 2025, 2025-Q1, 2025-03, 2025-01..2025-06."),
        )
    return MonthSpan(first[0], last[1])


def _span(text: str) -> tuple[date, date] | None:
    for pattern, step in ((_YEAR, 12), (_QUARTER, 3), (_MONTH, 1)):
        if match := pattern.fullmatch(text.strip()):
            number = int(match[2]) if step < 12 else 1
            if not 1 <= number <= 12 // step:
                return None
            first = date(int(match[1]), (number - 1) * step + 1, 1)
            return first, _later(first, step - 1)
    return None


def _later(month: date, count: int) -> date:
    year, number = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(year, number + 1, 1)


def missing_months(period: MonthSpan, present: Collection[date]) -> list[date]:
    """The months of a period without a single payment.

    >>> missing_months(read_period("2025-Q1"), [date(2025, 1, 1), date(2025, 3, 1)])
    [datetime.date(2025, 2, 1)]
    """
    return [month for month in period.months if month not in present]


def pieces(period: MonthSpan, by: str) -> list[MonthSpan]:
    """A period cut into years, quarters or months of the calendar.

    >>> [each.name for each in pieces(read_period("2025-Q1"), "month")]
    ['2025-01', '2025-02', '2025-03']
    """
    step = STEPS[by]
    cut: dict[int, list[date]] = {}
    for month in period.months:
        cut.setdefault((month.year * 12 + month.month - 1) // step, []).append(month)
    return [MonthSpan(months[0], months[-1]) for months in cut.values()]
