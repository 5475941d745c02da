"""Amounts that are out of proportion to others of the same clients: as a rule a header names a wrong unit, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from statistics import median
from typing import NamedTuple

from kam_xl.domain.measures import LARGEST
from kam_xl.locale import Quoted, Text
from kam_xl.table.finding import Remark

Values = Sequence[float | None]
# So many clients show what is usual in a table.
_FEWEST = 2


class _Proportion(NamedTuple):
    """Between what bounds an amount divided by another one lies for most clients; closer where a unit was assumed."""

    field: str
    beside: str
    bounds: tuple[float, float]
    assumed: tuple[float, float]


_PROPORTIONS = (
    _Proportion("procurement_budget", "revenue", (0.1, inf), (0.1, 1e3)),
    _Proportion("sales_plan", "revenue", (0.01, 100), (0.02, 50)),
    _Proportion("margin", "revenue", (0, 10), (0, 10)),
    _Proportion("competitor_revenue", "procurement_budget", (0, 10), (0, 10)),
)


class Disproportion(NamedTuple):
    """Two columns out of proportion: `column` is the one whose unit was assumed, if any; `whole` says whether its
    amounts are in proportion as whole ones."""

    column: int
    beside: int
    times: float
    is_assumed: bool
    whole: bool

    def remark(self, titles: Mapping[int, str]) -> Remark:
        """The error for it, at the header of the column."""
        names = {"column": Quoted(titles[self.column]), "other": Quoted(titles[self.beside])}
        factor = round(max(self.times, 1 / self.times))
        if self.times >= 1:
            message = Text(
                "The amounts of {column} are about {factor:count} times those of {other} for most clients.",
                factor=factor,
                **names,
            )
        else:
            message = Text(
                "The amounts of {other} are about {factor:count} times those of {column} for most clients.",
                factor=factor,
                **names,
            )
        remedy = Text("Correct the units in both headers: one of them is wrong or missing.")
        return Remark(None, self.column, "units-doubtful", "error", message, titles[self.column], remedy)


def disproportions(
    fields: Mapping[str, int], values: Mapping[int, Values], assumed: Mapping[int, float]
) -> Iterator[Disproportion]:
    """The pairs of amounts that are out of proportion for most clients.

    Parameters
    ----------
    fields : mapping
        Field to its column.
    values : mapping
        Column to its amounts in one unit.
    assumed : mapping
        The columns whose header gives no unit, with the one that was assumed.

    Examples
    --------
    >>> fields = {"revenue": 1, "sales_plan": 2}
    >>> [found] = disproportions(fields, {1: [6e5, 7e5], 2: [7e11, 65e10]}, {2: 1e6})
    >>> found.column, found.whole
    (2, True)
    """
    for each in _PROPORTIONS:
        column, beside = fields.get(each.field), fields.get(each.beside)
        if column not in values or beside not in values or column is None or beside is None:
            continue
        pairs = zip(values[column], values[beside], strict=True)
        ratios = [amount / other for amount, other in pairs if amount and other and amount > 0 < other]
        ratios = [ratio for ratio in ratios if 1 / LARGEST < ratio < LARGEST]  # 1e-320 is nothing
        low, high = each.assumed if {column, beside} & assumed.keys() else each.bounds
        if len(ratios) < _FEWEST or low <= (times := median(ratios)) <= high:
            continue
        if column in assumed or beside not in assumed:
            yield Disproportion(column, beside, times, column in assumed, low <= times / assumed.get(column, 1) <= high)
        else:
            yield Disproportion(beside, column, 1 / times, True, low <= times * assumed[beside] <= high)


def read_as_whole(column: int, first: str, titles: Mapping[int, str]) -> Remark:
    """The warning about a column without a unit whose amounts are in proportion as whole ones only."""
    title = titles[column]
    message = Text(
        "{column} gives no unit; it was read as whole amounts, for in the unit of {first} they are out of proportion.",
        column=Quoted(title),
        first=Quoted(first),
    )
    return Remark(None, column, "unit-unclear", "warning", message, title, Text("Write the unit into the header."))
