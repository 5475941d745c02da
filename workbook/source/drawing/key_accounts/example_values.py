"""What the formulas of the client table come to, by the very functions that they call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from drawing.key_accounts.draft import calculated
from drawing.key_accounts.example import Cells
from kam_xl.domain.measures import is_valid_amount, total_of
from kam_xl.domain.ratings import PotentialBounds
from kam_xl.domain.settings import DEFAULTS

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
        bounds = PotentialBounds.of(budgets, DEFAULTS, total_of(columns["revenue"]))
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
    cells = dict(row)
    revenue, budget, plan = row.get("revenue"), row.get("procurement_budget"), row.get("sales_plan")
    settings, bounds = [[LANGUAGE, lang]], _bounds(totals, lang)
    wrong, earned = _below_zero(revenue), None if _below_zero(revenue) else revenue
    usable = None if _below_zero(budget) or (_number(budget) == 0 and (_number(revenue) or 0) > 0) else budget
    cells["penetration"] = _shown("KAM_PENETRATION", revenue, budget)
    cells["headroom"] = _shown("KAM_HEADROOM", revenue, budget)
    known = _number(cells["penetration"]) is not None
    cells["rated_position"] = row.get("position") or (
        _shown("KAM_POSITION", cells["penetration"], settings) if known else ""
    )
    cells["rated_potential"] = row.get("potential") or _shown("KAM_POTENTIAL", usable, None, None, bounds)
    marks = _mark(row.get("reference"), totals.top_reference), _mark(row.get("expertise"), totals.top_expertise)
    potential = cells["rated_potential"]
    of_prospect = None if wrong else usable
    cells["criteria"] = _shown("KAM_CLASSIFY", earned, totals.revenue, of_prospect, potential, *marks, None, settings)
    cells["strategy"] = _shown(
        "KAM_STRATEGY", cells["rated_position"], cells["rated_potential"], cells["criteria"], lang
    )
    planned = plan if totals.sales_plan > 0 and not _below_zero(plan) else None
    cells["status"] = _shown("KAM_STATUS", earned, totals.revenue, planned, totals.sales_plan, settings)
    return cells


def _shown(name: str, *arguments: object) -> object:
    """What a cell shows: nothing where the answer is unknown."""
    answer = calculated(name, *arguments)
    return "" if answer == "#N/A" else answer


def _below_zero(amount: object) -> bool:
    return (_number(amount) or 0) < 0


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
