"""The values that the plan sheet's formulas have now: each formula's twin, by the rules of the domain."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from kam_xl.domain.goals import year_shown
from kam_xl.domain.measures import competitor_share, headroom, known, penetration
from kam_xl.domain.model import PathShape
from kam_xl.domain.operational import Comparison, gap_to_goal
from kam_xl.domain.trajectory import path
from kam_xl.plan.account.formulas import (
    CLOSED,
    FIRST_YEAR,
    FORMULAS,
    INPUTS,
    LAST_DAY,
    MAX_GROWTH,
    NO_LONGER_OPEN,
    PAGE_1,
    RATED,
    S_SHAPED,
    SAME_GOAL,
    Computed,
)
from kam_xl.plan.account.plan_fields import (
    ACTION_ROWS,
    COMPETITOR_ROWS,
    NEXT_STEPS,
    OPERATIONAL_ROWS,
    OPPORTUNITY_ROWS,
    TRAJECTORY_ROWS,
)
from kam_xl.plan.words import filled

Values = Mapping[str, object]
Columns = Mapping[str, Sequence[object]]


def with_formulas(fields: Values, typed: Columns | None = None) -> dict[str, Computed | list[Computed]]:
    """Every formula of the plan sheet with its value.

    Parameters
    ----------
    fields : mapping
        What the cells that the formulas look at hold, by field name (columns as lists); text where a number is needed
        counts as unknown, as it does in the formulas.
    typed : mapping, optional
        What stands in the cells of formulas instead of the formula, by field name, None where nothing does: the
        other formulas look at that.

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
    cells = _Cells(typed or {})
    values = {
        **_measures(fields),
        **_next_steps(fields, cells),
        **_way(fields, cells),
        **_operational(fields, cells),
    }
    seen = {name: cells.seen(name, [values[name]])[0] for name in ("kam_goal_revenue", "kam_goal_year")}
    values |= _own_answers({**fields, **seen})
    return {name: _computed(name, values[name]) for name in FORMULAS}


class _Cells(NamedTuple):
    """The cells of formulas as other formulas see them."""

    typed: Columns

    def seen(self, name: str, values: Sequence[object]) -> list[object]:
        """The values of a field's formulas, or what was typed over them."""
        typed = filled(self.typed.get(name, ()), len(values))
        return [value if own is None else own for value, own in zip(values, typed, strict=True)]

    def numbers(self, name: str, values: Sequence[object]) -> list[float | None]:
        """The same as numbers; a day is one."""
        return list(map(serial, self.seen(name, values)))


def _computed(name: str, value: object) -> Computed | list[Computed]:
    blanks = _BLANK[name]
    if isinstance(blanks, Computed):
        return blanks if value is None else Computed(blanks.formula, value)
    column: list[object] = value  # type: ignore[assignment]
    return [
        blank if each is None else Computed(blank.formula, each) for blank, each in zip(blanks, column, strict=True)
    ]


_BLANK = {
    name: Computed(formula, "") if isinstance(formula, str) else [Computed(text, "") for text in formula]
    for name, formula in FORMULAS.items()
}
"""The formulas as they show nothing, as most of a plan's do: the same for all plans."""


def _measures(fields: Values) -> dict[str, object]:
    revenue, budget = _number(fields, "kam_revenue"), _number(fields, "kam_budget")
    typed_over = any(_differ(fields.get(now), fields.get(was)) for now, was in INPUTS.items())
    return {
        "kam_stale": fields.get("kam_stale_text") if typed_over else None,
        "kam_penetration": known(penetration, revenue, budget),
        "kam_headroom": known(headroom, revenue, budget),
        "kam_competitor_share": known(competitor_share, _number(fields, "kam_competitor_total"), budget),
        "kam_competitor_share_each": [
            known(competitor_share, each, budget)
            for each in _numbers(fields, "kam_competitor_revenue", COMPETITOR_ROWS)
        ],
        "kam_competitor_again": [_text(each) for each in _column(fields, "kam_competitor_name", COMPETITOR_ROWS)],
    }


def _own_answers(fields: Values) -> dict[str, object]:
    """The program's own answers where the plan gives others."""
    goal, proposed = (_number(fields, name) or 0.0 for name in ("kam_goal_revenue", "kam_was_goal"))
    differ = {code: _differ(fields.get(f"kam_{code}"), fields.get(f"kam_was_{code}")) for code in RATED}
    differ["goal"] = (
        _differ(fields.get("kam_goal_year"), fields.get("kam_was_goal_year"))
        or abs(goal - proposed) > abs(proposed) * SAME_GOAL
    )
    return {f"kam_{code}_differs": fields.get(f"kam_{code}_own") if other else None for code, other in differ.items()}


def _differ(one: object, other: object) -> bool:
    """Whether a formula finds two cells different: a blank one equals 0 and an empty text."""
    one, other = (each.casefold() if isinstance(each, str) else each for each in (one, other))
    if one is None or other is None:
        return (one or other) not in (None, "", 0)
    return one != other


# --- what is to be done next -----------------------------------------------------------------------------------------


def _next_steps(fields: Values, cells: _Cells) -> dict[str, object]:
    columns = (_column(fields, f"kam_action_{name}", ACTION_ROWS) for name in ("what", "who", "when", "state"))
    what, who, when, state = columns
    order = [_place(row, *row_of) for row, row_of in enumerate(zip(what, when, state, strict=True))]
    seen = cells.numbers("kam_action_order", order)
    rows = [seen.index(place) for place in sorted(each for each in seen if each is not None)[:NEXT_STEPS]]
    return {
        "kam_action_order": order,
        "kam_next_what": filled([_text(what[row]) for row in rows], NEXT_STEPS),
        "kam_next_who": filled([_text(who[row]) for row in rows], NEXT_STEPS),
        "kam_next_when": filled([when[row] if serial(when[row]) is not None else None for row in rows], NEXT_STEPS),
    }


def _place(row: int, what: object, when: object, state: object) -> float | None:
    """The place of an open action among the others; None for one that is done, cancelled or blank."""
    if _is_blank(what) or _is(state, CLOSED):
        return None
    day = serial(when)
    return (LAST_DAY if day is None else day) + (row + 1) / 1000


# --- the way to the goal ---------------------------------------------------------------------------------------------


class _Start(NamedTuple):
    """What the way starts from; None is unknown."""

    revenue: float | None
    budget: float | None
    share: float | None
    floors: list[float | None]
    plans: list[float | None]
    years: int  # to the horizon, as the cell has it
    first_month: float

    @classmethod
    def of(cls, fields: Values, cells: _Cells) -> _Start:
        revenue, budget = _number(fields, "kam_revenue"), _number(fields, "kam_budget")
        index = cells.numbers("kam_penetration", [known(penetration, revenue, budget)])[0]
        return cls(
            revenue,
            budget,
            index,
            _numbers(fields, "kam_goal_floor", TRAJECTORY_ROWS),
            _numbers(fields, "kam_trajectory_plan", TRAJECTORY_ROWS),
            math.floor(_number(fields, "kam_horizon") or 0),
            _number(fields, "kam_year_start") or 0,
        )

    @property
    def horizon(self) -> int:
        """0 where the cell holds no number of years that the sheet has room for."""
        return self.years if 0 < self.years < TRAJECTORY_ROWS else 0


def _way(fields: Values, cells: _Cells) -> dict[str, object]:
    """The present year as the table has it, then the years to the horizon, then blanks.

    A year shows where its number does, which somebody may have typed beyond the horizon.
    """
    start = _Start.of(fields, cells)
    weights = _weights(fields)
    own: dict[str, Sequence[object]] = {}

    def seen(name: str, column: Sequence[object]) -> list[float | None]:
        own[name] = column
        return cells.numbers(f"kam_trajectory_{name}", column)

    def later(first: object, value: Callable[[int], object]) -> list[object]:
        return [first, *(None if years[year] is None else value(year) for year in range(1, TRAJECTORY_ROWS))]

    years = seen("year", _years(fields, cells, start.horizon))
    seen("label", [_label(year, start.first_month) for year in years])
    budgets = seen("budget", later(start.budget, lambda year: _budget_in(fields, start.budget, year)))
    goals = seen("revenue", later(start.revenue, lambda year: _goal(fields, start, year, budgets[year])))
    seen("penetration", [start.share, *map(_ratio, goals[1:], budgets[1:])])
    seen("margin", [_number(fields, "kam_margin"), *(_margin(fields, goal) for goal in goals[1:])])
    won = seen("weighted", later(None, lambda year: _weighted_until(fields, cells, weights, years, year)))
    safe = seen("secured", _secured(cells, start, years))
    seen("gap", [None, *map(_gap, goals[1:], safe[1:], won[1:])])
    return {
        "kam_opportunity_weighted": weights,
        **{f"kam_trajectory_{name}": column for name, column in own.items()},
        **_at_horizon(cells, own, start),
    }


def _at_horizon(cells: _Cells, own: Mapping[str, Sequence[object]], start: _Start) -> dict[str, object]:
    """What page 1 shows of the last year, whatever stands there."""
    year = "label" if start.first_month > 1 else "year"
    columns = {"year": year, "revenue": "revenue", "secured": "secured", "weighted": "weighted"}
    if not start.horizon:
        return dict.fromkeys(f"kam_goal_{name}" for name in (*columns, "open"))
    last = {
        f"kam_goal_{name}": cells.seen(f"kam_trajectory_{column}", own[column])[start.horizon]
        for name, column in columns.items()
    }
    goal, safe, won = (cells.numbers(name, [last[name]])[0] for name in PAGE_1)
    return last | {"kam_goal_open": _gap(goal, safe, won)}


def _years(fields: Values, cells: _Cells, horizon: int) -> list[float | None]:
    base = math.floor(_number(fields, "kam_base_year") or 0)
    base = base if FIRST_YEAR <= base <= _LAST_YEAR else 0
    first = cells.numbers("kam_trajectory_year", [base])[0]
    later = [None if first is None else first + year for year in range(1, horizon + 1)]
    return [base, *filled(later, TRAJECTORY_ROWS - 1)]  # type: ignore[list-item]


_LAST_YEAR = 9000


def _label(year: float | None, first_month: float) -> str | None:
    if year is None or year <= 0:
        return None
    return str(year_shown(int(year), first_month)) if year == int(year) else f"{year:.15g}"


def _budget_in(fields: Values, budget: float | None, year: int) -> float | None:
    growth = _number(fields, "kam_budget_growth") or 0.0
    return budget * (1 + growth) ** year if budget and budget > 0 and abs(growth) <= MAX_GROWTH else None


def _goal(fields: Values, start: _Start, year: int, budget: float | None) -> float | None:
    """The way to the target; a client of whom we know no penetration is to be won from nothing."""
    plans = start.plans[1 : year + 1]
    floors = [floor for floor in (*plans, *start.floors[: year + 1]) if floor is not None]
    lowest = max([0.0, *floors])
    target = _number(fields, "kam_target_penetration")
    if budget is None or target is None or not 0 <= target <= 1 or not start.years:
        return lowest if floors else None
    shape = PathShape.S_SHAPED if _is(fields.get("kam_path"), S_SHAPED) else PathShape.LINEAR
    now = start.share or 0.0
    share = now + (target - now) * path(year / start.years, shape)
    return max(budget * share, lowest)


def _margin(fields: Values, goal: float | None) -> float | None:
    rate = _number(fields, "kam_margin_rate")
    if goal is None or rate is None or abs(rate) > 1:  # 25 is not a rate: 25% is meant, or a slip
        return None
    return goal * rate


def _secured(cells: _Cells, start: _Start, years: Sequence[float | None]) -> list[object]:
    """Where the operational plan leads: that of the year, else what is secured of the year before."""
    own: list[object] = [start.revenue or 0.0]
    for year in range(1, TRAJECTORY_ROWS):
        before = cells.seen("kam_trajectory_secured", own)[-1]
        own.append(None if years[year] is None else before if start.plans[year] is None else start.plans[year])
    return own


def _gap(goal: float | None, safe: float | None, won: float | None) -> float | None:
    return gap_to_goal(goal, (safe or 0.0) + (won or 0.0))


def _weights(fields: Values) -> list[float | None]:
    """Amount times probability of each opportunity that is neither won nor lost."""
    amounts, shares = (
        _numbers(fields, f"kam_opportunity_{name}", OPPORTUNITY_ROWS) for name in ("amount", "probability")
    )
    stages = _column(fields, "kam_opportunity_stage", OPPORTUNITY_ROWS)
    return [
        None if amount is None or share is None or not 0 <= share <= 1 or _is(stage, NO_LONGER_OPEN) else amount * share
        for amount, share, stage in zip(amounts, shares, stages, strict=True)
    ]


def _weighted_until(
    fields: Values, cells: _Cells, weights: Sequence[float | None], years: Sequence[float | None], year: int
) -> float | None:
    """What open opportunities dated to the end of a year bring a year; None where there are none."""
    seen, end = cells.numbers("kam_opportunity_weighted", weights), math.floor(years[year] or 0) + 1
    if not years[0] or years[0] < 0 or all(each is None for each in seen) or not FIRST_YEAR < end <= date.max.year:
        return None
    start = min(max(math.floor(_number(fields, "kam_year_start") or 0), 1), 12)
    last = serial(date(end, start, 1)) or 0.0
    days = map(serial, _column(fields, "kam_opportunity_when", OPPORTUNITY_ROWS))
    return math.fsum(
        each for each, day in zip(seen, days, strict=True) if each is not None and day is not None and day < last
    )


def _ratio(part: float | None, whole: float | None) -> float | None:
    return None if part is None or whole is None or whole <= 0 else part / whole


def _operational(fields: Values, cells: _Cells) -> dict[str, object]:
    facts, plans = (_numbers(fields, f"kam_operational_{name}", OPERATIONAL_ROWS) for name in ("fact", "to_date"))
    deviations = [Comparison(plan_to_date=plan, fact=fact).deviation for plan, fact in zip(plans, facts, strict=True)]
    seen = cells.numbers("kam_operational_deviation", deviations)
    return {
        "kam_operational_deviation": deviations,
        "kam_operational_share": [_ratio(deviation, plan) for deviation, plan in zip(seen, plans, strict=True)],
    }


def _number(fields: Values, name: str) -> float | None:
    return as_number(fields.get(name))


def _numbers(fields: Values, name: str, rows: int) -> list[float | None]:
    return as_numbers(fields.get(name), rows)


def _column(fields: Values, name: str, rows: int) -> list[object]:
    column = fields.get(name)
    return filled(column if isinstance(column, (list, tuple)) else [column], rows)


def _is_blank(value: object) -> bool:
    return value is None or value == ""


def _is(value: object, texts: Sequence[str]) -> bool:
    """Whether a cell says one of these; formulas do not mind letter case."""
    return isinstance(value, str) and value.casefold() in {text.casefold() for text in texts}


def _text(value: object) -> str:
    """What a formula makes of a cell by &""."""
    if isinstance(value, bool):
        return str(value).upper()
    number = serial(value)
    return ("" if value is None else str(value)) if number is None else f"{number:.15g}"


def serial(value: object) -> float | None:
    """A date as formulas see it, in days; a number is one already, text is none.

    >>> serial(date(2026, 1, 1)), serial(46023), serial("2026-01-01")
    (46023.0, 46023, None)
    """
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return (moment.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)
    return as_number(value)


def as_numbers(column: object, rows: int) -> list[float | None]:
    """What formulas find in a column of so many cells; a value alone is its first cell.

    >>> as_numbers([5, "much"], 3), as_numbers(5, 1)
    ([5, None, None], [5])
    """
    return [as_number(value) for value in filled(column if isinstance(column, (list, tuple)) else [column], rows)]


def as_number(value: object) -> float | None:
    """What a formula finds in a cell: text, TRUE and what no cell can hold are not numbers.

    >>> as_number(5), as_number("5"), as_number(True)
    (5, None, None)
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return value
    return None
