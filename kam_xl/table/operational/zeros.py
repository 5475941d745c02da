"""Which zeros among actual figures say only that nothing is known yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from kam_xl.domain.periods import Period
from kam_xl.table.operational.remarks import Remarked, zeros_filled, zeros_waiting


class Fact(NamedTuple):
    """A cell with an actual figure, which is not a sum of others."""

    row: int
    column: int
    period: Period
    value: float


def blank_zeros(
    facts: Iterable[Fact], now: int, find: Callable[[int, int, Remarked], None]
) -> Callable[[Period], bool]:
    """Whether a fact of 0 says of a period only that nothing is known.

    So it does everywhere where a program filled the months to come with zeros, and in a period that is running as
    long as it has no other actual figure than 0.
    """
    sold: set[Period] = set()
    zeros: dict[Period, Fact] = {}
    for fact in facts:
        if fact.value:
            sold.add(fact.period)
        else:
            zeros.setdefault(fact.period, fact)
    if to_come := next((fact for period, fact in zeros.items() if is_to_come(period, now)), None):
        find(to_come.row, to_come.column, zeros_filled())
        return lambda period: True
    waiting = {period: fact for period, fact in zeros.items() if is_running(period, now) and period not in sold}
    for period, fact in waiting.items():
        find(fact.row, fact.column, zeros_waiting(period))
    return waiting.__contains__


def is_running(period: Period, now: int) -> bool:
    """Whether a period has begun and is not over; `now` is `Period.end` of the running month."""
    return not is_to_come(period, now) and now <= period.end


def is_to_come(period: Period, now: int) -> bool:
    """Whether a period begins after the running month."""
    return period.end - period.months >= now
