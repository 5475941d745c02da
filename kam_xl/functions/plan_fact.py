"""Plan and actual of the operational plan, and the gap between where it leads and the goal."""
# ruff: noqa: N802 (functions of a spreadsheet are upper case)

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from kam_xl.domain.operational import Comparison, gap_to_goal
from kam_xl.functions.arguments import (
    WRONG,
    Answer,
    ArgumentError,
    Cells,
    amount,
    amounts,
    answered,
    each,
    flag,
    is_range,
    rows,
)
from kam_xl.functions.registry import Example, function
from kam_xl.locale import Text

Amounts = Sequence[float | None]


@function(
    Text(
        "Variance of actual from plan, in money or as a share of the plan. Blank is unknown, not 0; a plan of 0 gives "
        "no share."
    ),
    Example(("{sales_plan}", "{revenue}", "TRUE"), "share"),
    plan=Text("The plan of a period: a cell, or a range of periods."),
    fact=Text("The actual amount of the same period: a cell, or a range of the same size."),
    share=Text("TRUE for a share of the plan; FALSE or omitted for money."),
    to_date=Text("TRUE: one answer for the whole range, over the periods that have both plan and actual."),
)
def KAM_PLAN_FACT(plan: Cells, fact: Cells, share: Cells = None, to_date: Cells = None) -> Answer:
    """Variance of actual from plan.

    Notes
    -----
    #N/A: unknown plan or actual, or the share of a plan that is not above 0. #VALUE!: with `to_date`, ranges of
    different size. Section 1, "operational plan".

    Examples
    --------
    >>> KAM_PLAN_FACT(100, 90), KAM_PLAN_FACT(100, 90, True), KAM_PLAN_FACT(0, 90, True)
    (-10.0, -0.1, '#N/A')
    >>> KAM_PLAN_FACT([100, 100, 100], [90, 120, None], False, True)
    10.0
    """
    in_share = flag(share)
    if flag(to_date):
        pairs = [(of, done) for of, done in _pairs(amounts(plan), amounts(fact)) if of is not None and done is not None]
        return _variance(fsum(of for of, _ in pairs), fsum(done for _, done in pairs), in_share) if pairs else None
    return each(lambda planned, done: _variance(planned, done, in_share), plan, fact)


@function(
    Text(
        "Gap to the goal: the goal less the forecast of the operational plan, which takes the actual amount of the "
        "periods that have one and the plan of the others. Negative where the forecast exceeds the goal."
    ),
    Example(("700", "{sales_plan}"), "money"),
    goal=Text("The revenue to reach in the year: a cell, or a column with a goal for each row of the plan."),
    plan=Text("The plan of all periods of the year: a row or a range; with a column of goals a row for each."),
    fact=Text(
        "The actual amounts of the same periods, blank where there are none yet; if omitted, the plan alone counts."
    ),
)
def KAM_PLAN_GAP(goal: Cells, plan: Cells, fact: Cells = None) -> Answer:
    """How far the operational plan falls short of a perspective plan's goal.

    Notes
    -----
    #N/A: unknown goal, or a period with neither actual nor plan: half a year is not compared with a whole year's goal.
    #VALUE!: ranges that do not fit. Section 5, the operational periods beside the perspective goal.

    Examples
    --------
    >>> KAM_PLAN_GAP(100, [20, 20, 20, 20]), KAM_PLAN_GAP(100, [20, 20, 20, 20], [35, 30, None, None])
    (20.0, -5.0)
    >>> KAM_PLAN_GAP([100, 60], [[20, 20], [30, 30]])
    [[60.0], [0.0]]
    """
    if not is_range(goal):
        return gap_to_goal(amount(rows(goal)[0][0]), _forecast(amounts(plan), _facts(plan, fact)))
    goals, plans = _column(goal), rows(plan)
    facts = rows(fact) if fact is not None else [[None] * len(row) for row in plans]
    if not len(goals) == len(plans) == len(facts):
        raise ArgumentError(WRONG)
    return [
        [answered(lambda *given: gap_to_goal(amount(given[0]), _forecast(amounts(given[1]), amounts(given[2]))), *line)]
        for line in zip(goals, plans, facts, strict=True)
    ]


def _column(column: Cells) -> list[object]:
    """The cells of a column; a wider range has no one goal for each row."""
    if any(len(row) > 1 for row in rows(column)):
        raise ArgumentError(WRONG)
    return [row[0] for row in rows(column)]


def _facts(plan: Cells, fact: Cells) -> Amounts:
    return [None] * len(amounts(plan)) if fact is None else amounts(fact)


def _pairs(plan: Amounts, fact: Amounts) -> list[tuple[float | None, float | None]]:
    if len(plan) != len(fact):
        raise ArgumentError(WRONG)
    return list(zip(plan, fact, strict=True))


def _forecast(plan: Amounts, fact: Amounts) -> float | None:
    """The forecast over the periods; None if one of them has neither actual nor plan."""
    leads = [planned if done is None else done for planned, done in _pairs(plan, fact)]
    known = [each for each in leads if each is not None]
    return fsum(known) if len(known) == len(leads) else None


def _variance(plan: float | None, fact: float | None, in_share: bool) -> float | None:
    compared = Comparison(plan_to_date=plan, fact=fact)
    return compared.deviation_share if in_share else compared.deviation
