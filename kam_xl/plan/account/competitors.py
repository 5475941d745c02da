"""The competitor block of a plan: whose row is whose, so that what people typed beside a competitor stays beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kam_xl.domain.measures import is_valid_amount, total_of
from kam_xl.domain.model import Competitor
from kam_xl.locale import LANGUAGES, Text
from kam_xl.plan.account.plan_fields import COMPETITOR_ROWS, COMPETITORS

OTHERS = Text("Others")


@dataclass(frozen=True)
class CompetitorRow:
    """One line of the block; `known` is its competitor in the table, for whom proposals may be written."""

    name: str | Text
    revenue: float | None
    known: Competitor | None = None


def merge_competitors(competitors: Sequence[Competitor], existing: Mapping[str, object]) -> list[CompetitorRow | None]:
    """The lines of the competitor block, None where a line stays free.

    Parameters
    ----------
    competitors : sequence of Competitor
        What the table says; the larger comes first.
    existing : mapping
        The columns of the block as they are on the sheet, by field name; empty for a new plan.

    Returns
    -------
    list
        `COMPETITOR_ROWS` lines. A name that is on the sheet keeps its line, with its new revenue; a name that the table
        does not know keeps its revenue too. New competitors take the free lines. Where these are too few, the last of
        them is for the sum of the others; a sheet that people filled to the last line takes no more.

    Examples
    --------
    >>> rows = merge_competitors([Competitor("Alfa", 5), Competitor("Beta", 7)], {"kam_competitor_name": ["alfa"]})
    >>> [row and (row.name, row.revenue) for row in rows[:3]]
    [('alfa', 5), ('Beta', 7), None]
    """
    names = [str(name or "").strip() for name in _column(existing, "kam_competitor_name")]
    revenues = _column(existing, "kam_competitor_revenue")
    left = sorted(competitors, key=lambda each: (-total_of([each.revenue]), each.name))
    rows: list[CompetitorRow | None] = [None] * COMPETITOR_ROWS
    for line, name in enumerate(names):
        if name:
            rows[line] = _kept(name, revenues[line], left)
    typed = _typed(existing)
    free = [line for line in range(COMPETITOR_ROWS) if not any(column[line] for column in typed)]
    others = next((line for line, name in enumerate(names) if _is_others(name)), None)
    if others is None and len(left) > len(free) > 0:
        others = free.pop()
    for line, competitor in zip(free, left, strict=False):
        rows[line] = CompetitorRow(competitor.name, competitor.revenue, competitor)
    if others is not None:
        rows[others] = CompetitorRow(OTHERS, _sum(left[len(free) :]))
    return rows


def _kept(name: str, revenue: object, left: list[Competitor]) -> CompetitorRow:
    """A line that is on the sheet; its competitor is taken out of those left to place."""
    known = next((each for each in left if each.name.strip().casefold() == name.casefold()), None)
    if known is None:
        return CompetitorRow(name, revenue if isinstance(revenue, (int, float)) else None)
    left.remove(known)
    return CompetitorRow(name, known.revenue, known)


def _column(existing: Mapping[str, object], name: str) -> list[object]:
    values = existing.get(name)
    values = list(values) if isinstance(values, (list, tuple)) else []
    return (values + [None] * COMPETITOR_ROWS)[:COMPETITOR_ROWS]


def _typed(existing: Mapping[str, object]) -> list[list[object]]:
    """Every column in which people write, where anything stands in it; the shares are formulas."""
    names = [field.name for field in COMPETITORS.fields if field.name != "kam_competitor_share_each"]
    return [_column(existing, name) for name in names if name in existing]


def _is_others(name: str) -> bool:
    return name.casefold() in {OTHERS.render(lang).casefold() for lang in LANGUAGES}


def _sum(competitors: Sequence[Competitor]) -> float | None:
    known = [each.revenue for each in competitors if is_valid_amount(each.revenue)]
    return total_of(known) if known else None
