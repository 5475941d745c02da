"""The values that the plan sheet's formulas have now: each formula's twin, by the rules of the domain."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from kam_xl.domain.measures import competitor_share, headroom, known, penetration
from kam_xl.domain.model import PathShape
from kam_xl.domain.operational import Comparison
from kam_xl.domain.trajectory import Year, trajectory
from kam_xl.plan.fields import COMPETITOR_ROWS, OPERATIONAL_ROWS, TRAJECTORY_ROWS
from kam_xl.plan.formulas import FORMULAS, MAX_GROWTH, S_SHAPED, Computed
from kam_xl.plan.words import filled

Values = Mapping[str, object]


def with_formulas(fields: Values) -> dict[str, Computed | list[Computed]]:
    """Every formula of the plan sheet with its value.

    Parameters
    ----------
    fields : mapping
        What the cells that the formulas look at hold, by field name (columns as lists); text where a number is needed
        counts as unknown, as it does in the formulas.

    Returns
    -------
    dict
        By field name; a list for a column. An unknown value is an empty text, as in the formulas.

    Examples
    --------
    >>> with_formulas({"kam_revenue": 30, "kam_budget": 100})["kam_penetration"].value
    0.3
    >>> with_formulas({"kam_revenue": 30})["kam_penetration"].value
    ''
    """
    values = {**_measures(fields), **_trajectory(fields), **_operational(fields)}
    return {name: _computed(formula, values[name]) for name, formula in FORMULAS.items()}


def _computed(formula: str | tuple[str, ...], value: object) -> Computed | list[Computed]:
    if isinstance(formula, str):
        return Computed(formula, _shown(value))
    return [Computed(text, _shown(each)) for text, each in zip(formula, value, strict=True)]  # type: ignore[call-overload]


def _shown(value: object) -> object:
    return "" if value is None else value


def _measures(fields: Values) -> dict[str, object]:
    revenue, budget = _number(fields, "kam_revenue"), _number(fields, "kam_budget")
    return {
        "kam_penetration": known(penetration, revenue, budget),
        "kam_headroom": known(headroom, revenue, budget),
        "kam_competitor_share": known(competitor_share, _number(fields, "kam_competitor_total"), budget),
        "kam_competitor_share_each": [
            known(competitor_share, each, budget)
            for each in _numbers(fields, "kam_competitor_revenue", COMPETITOR_ROWS)
        ],
    }


def _trajectory(fields: Values) -> dict[str, object]:
    """Year 0 as the table has it, then the years to the horizon, then blanks."""
    revenue, margin = _number(fields, "kam_revenue"), _number(fields, "kam_margin")
    budget, plan = _number(fields, "kam_budget"), _numbers(fields, "kam_trajectory_plan", TRAJECTORY_ROWS)
    now = known(penetration, revenue, budget)
    horizon = _horizon(fields)
    later = _later_years(fields, budget, now, horizon, plan) if horizon else []
    gap = None if revenue is None or plan[0] is None else revenue - plan[0]
    return {
        "kam_trajectory_year": filled(list(range(horizon + 1)), TRAJECTORY_ROWS),
        "kam_trajectory_budget": filled([budget, *(year.budget for year in later)], TRAJECTORY_ROWS),
        "kam_trajectory_penetration": filled([now, *(year.penetration for year in later)], TRAJECTORY_ROWS),
        "kam_trajectory_revenue": filled([revenue, *(year.revenue for year in later)], TRAJECTORY_ROWS),
        "kam_trajectory_margin": filled([margin, *(year.margin for year in later)], TRAJECTORY_ROWS),
        "kam_trajectory_gap": filled([gap, *(year.gap for year in later)], TRAJECTORY_ROWS),
    }


def _operational(fields: Values) -> dict[str, object]:
    facts, plans = (_numbers(fields, f"kam_operational_{name}", OPERATIONAL_ROWS) for name in ("fact", "to_date"))
    periods = [Comparison(plan_to_date=plan, fact=fact) for plan, fact in zip(plans, facts, strict=True)]
    return {
        "kam_operational_deviation": [period.deviation for period in periods],
        "kam_operational_share": [period.deviation_share for period in periods],
    }


def _later_years(
    fields: Values, budget: float | None, now: float | None, horizon: int, plan: Sequence[float | None]
) -> list[Year]:
    """The way to the target; a client of whom we know no penetration is to be won from nothing."""
    path = str(fields.get("kam_path") or "").casefold()
    growth = _number(fields, "kam_budget_growth") or 0.0
    target = _number(fields, "kam_target_penetration")
    years = trajectory(
        budget if budget and budget > 0 and abs(growth) <= MAX_GROWTH else None,
        now or 0.0,
        target if target is not None and 0 <= target <= 1 else None,
        years=horizon,
        growth=growth,
        shape=PathShape.S_SHAPED if path in _S_SHAPED else PathShape.LINEAR,
        margin_rate=_number(fields, "kam_margin_rate"),
        operational_plan=plan,
    )
    return years[1:]


_S_SHAPED = {name.casefold() for name in S_SHAPED}


def _horizon(fields: Values) -> int:
    """The years of the plan; 0 where the cell holds no number of years that the sheet has room for."""
    years = int(_number(fields, "kam_horizon") or 0)
    return years if 0 < years < TRAJECTORY_ROWS else 0


def _number(fields: Values, name: str) -> float | None:
    return as_number(fields.get(name))


def _numbers(fields: Values, name: str, rows: int) -> list[float | None]:
    return as_numbers(fields.get(name), rows)


def as_numbers(column: object, rows: int) -> list[float | None]:
    """What formulas find in a column of so many cells; a value alone is its first cell.

    >>> as_numbers([5, "much"], 3), as_numbers(5, 1)
    ([5, None, None], [5])
    """
    return [as_number(value) for value in filled(column if isinstance(column, (list, tuple)) else [column], rows)]


def as_number(value: object) -> float | None:
    """What a formula finds in a cell: text, TRUE and what no cell can hold are no numbers.

    >>> as_number(5), as_number("5"), as_number(True)
    (5, None, None)
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return value
    return None
