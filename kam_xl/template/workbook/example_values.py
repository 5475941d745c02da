"""What the formulas of the client table come to, by the very functions that they call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kam_xl.domain.measures import is_valid_amount, total_of
from kam_xl.domain.ratings import PotentialBounds
from kam_xl.domain.settings import DEFAULTS
from kam_xl.template.workbook.draft import calculated
from kam_xl.template.workbook.example import Cells

LANGUAGE = "language"


class Totals(NamedTuple):
    """What all rows share."""

    revenue: float
    sales_plan: float
    top_reference: float
    top_expertise: float
    high_from: float | str
    medium_from: float | str

    @classmethod
    def of(cls, rows: Sequence[Cells]) -> Totals:
        """The totals of a client table; texts where there is no number, as the formulas have it."""
        columns = {field: [_number(row.get(field)) for row in rows] for field in _NUMBERS}
        budgets = [amount for amount in columns["procurement_budget"] if is_valid_amount(amount) and amount is not None]
        bounds = PotentialBounds.of(budgets)
        high = "" if bounds.high is None else bounds.high
        medium = "" if bounds.medium is None else min(bounds.medium, bounds.high or 0)
        return cls(
            total_of(columns["revenue"]),
            total_of(columns["sales_plan"]),
            max((mark for mark in columns["reference"] if mark is not None), default=0),
            max((mark for mark in columns["expertise"] if mark is not None), default=0),
            high,
            medium if medium == "" or medium != high else float(medium) * (1 - 1e-9),
        )


_NUMBERS = ("revenue", "sales_plan", "procurement_budget", "reference", "expertise")


def with_values(row: Cells, totals: Totals, lang: str) -> Cells:
    """A client's entries and, by column, what the formulas beside them show."""
    found = dict(row)
    revenue, budget = row.get("revenue"), row.get("procurement_budget")
    settings, bounds = [[LANGUAGE, lang]], _bounds(totals, lang)
    found["penetration"] = calculated("KAM_PENETRATION", revenue, budget)
    found["headroom"] = calculated("KAM_HEADROOM", revenue, budget)
    found["rated_position"] = row.get("position") or calculated("KAM_POSITION", found["penetration"], settings)
    found["rated_potential"] = row.get("potential") or calculated("KAM_POTENTIAL", budget, None, bounds)
    found["strategy"] = calculated("KAM_STRATEGY", found["rated_position"], found["rated_potential"], lang)
    marks = _mark(row.get("reference"), totals.top_reference), _mark(row.get("expertise"), totals.top_expertise)
    potential = row.get("potential") or (found["rated_potential"] if _number(budget) is not None else None)
    found["criteria"] = calculated("KAM_CLASSIFY", revenue, totals.revenue, budget, potential, *marks, None, settings)
    found["status"] = calculated(
        "KAM_STATUS", revenue, totals.revenue, row.get("sales_plan"), totals.sales_plan, settings
    )
    return found


def _bounds(totals: Totals, lang: str) -> list[list[object]]:
    return [
        [LANGUAGE, lang],
        ["potential_high_from", totals.high_from],
        ["potential_medium_from", totals.medium_from],
    ]


def _mark(mark: object, top: float) -> object:
    """A mark as the formula hands it on: levels are compared with the bound there."""
    if mark is None:
        return 0
    level = _number(mark)
    return level >= DEFAULTS.mark_min_level if top > 1 and level is not None else mark


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
