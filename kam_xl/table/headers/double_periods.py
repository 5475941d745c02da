"""Columns of one and the same period of which only one is counted, as where February stands above March's amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kam_xl.domain.periods import YEAR
from kam_xl.excel.references import column_letters
from kam_xl.locale import Text
from kam_xl.table.finding import Remark
from kam_xl.table.headers.period_columns import of_one_period
from kam_xl.table.headers.period_words import Heading
from kam_xl.table.headers.settling import Settled
from kam_xl.table.values.cells import quoted
from kam_xl.table.values.column_values import value_of
from kam_xl.table.words.vat import vat_of

DOUBLE_PERIOD = "double-period"
_TWICE = Text("{columns} are of the same period, but their amounts differ: only {used} is counted.")
_REMEDY = Text("Correct the header of the one that is of another period, or delete the one that is wrong.")


def double_periods(settled: Settled, periods: Mapping[int, Heading], left: int) -> Iterator[Remark]:
    """An error for each column of our revenue, or of that of earlier years, beside which another one claims its period.

    Parameters
    ----------
    settled : Settled
        What the columns are.
    periods : mapping
        Column to the period that heads it, of actual revenue only.
    left : int
        The sheet column (from 1) of the first one.
    """
    ends = (settled.header.fields.get("revenue", -1), *settled.history.values())
    counted = {part for end in ends for part in settled.made_of.get(end, (end,))}
    titles = settled.header.titles

    def placed(column: int) -> Text:
        return Text("{title} ({letter})", title=quoted(titles[column]), letter=column_letters(left + column))

    for columns in of_one_period(periods):
        for used in counted.intersection(columns):
            alike = [each for each in columns if _is_alike(settled, periods[used], each, used)]
            if len({tuple(map(value_of, settled.columns[each])) for each in alike}) > 1:
                message = Text(_TWICE.message, columns=list(map(placed, alike)), used=placed(used))
                yield Remark(None, used, DOUBLE_PERIOD, "error", message, titles[used], _REMEDY)


def _is_alike(settled: Settled, period: Heading, column: int, used: int) -> bool:
    """Whether nothing but its amounts tells a column from another one; columns called revenue are chosen between."""
    header = settled.header
    if (period.months or YEAR) >= YEAR and column in header.matches:
        return False
    kinds = {(vat_of(header.titles[each]), settled.unit(each).currency) for each in (column, used)}
    return len(kinds) == 1
