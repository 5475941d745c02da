"""What the plan sheet offers and marks: drop-downs, checks of what is typed, conditional formats."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.worksheet.datavalidation import DataValidation

from drawing import style
from drawing.canvas import Canvas
from drawing.highlights import POSITION_TINTS, POTENTIAL_TINTS, first_cell, says, tint_labels, tint_where
from kam_xl.locale import Text
from kam_xl.plan.account.plan_fields import ACTION_STATES, PLAN_FIELDS
from kam_xl.plan.fields import Field, Kind, Number
from kam_xl.plan.state import KEY_ACCOUNT

_CLOSED = ACTION_STATES[2:]  # done, cancelled
_FIRST_DATE = "36526"  # 2000-01-01 as a spreadsheet counts days
_LOWEST_GROWTH = "-0.99"


def add_drop_downs(canvas: Canvas, places: Mapping[str, str]) -> None:
    """Offer the choices of each field that has some; take only dates as dates, only numbers as numbers."""
    for name, area in places.items():
        field = PLAN_FIELDS.get(name)
        if field is None or field.kind == Kind.COMPUTED:
            continue
        if check := _check(field, canvas):
            check.add(area)
            canvas.sheet.add_data_validation(check)


def _check(field: Field, canvas: Canvas) -> DataValidation | None:
    if field.choices:
        choices = ",".join(canvas.say(each) if isinstance(each, Text) else str(each) for each in field.choices)
        return _validation(canvas, Text("Please pick an item from the list."), "list", f'"{choices}"')
    if field.number == Number.DATE:
        return _validation(canvas, Text("Please type a date."), "date", _FIRST_DATE)
    if field.name in ("kam_target_penetration", "kam_opportunity_probability"):
        return _validation(canvas, Text("Please type a share from 0% to 100%."), "decimal", "0", "1")
    if field.number in (Number.MONEY, Number.SHARE):
        lowest = _LOWEST_GROWTH if field.name == "kam_budget_growth" else "0"
        message = Text("Please type a number of at least {lowest:number}.", lowest=float(lowest))
        return _validation(canvas, message, "decimal", lowest)
    return None


def _validation(canvas: Canvas, message: Text, kind: str, formula: str, highest: str | None = None) -> DataValidation:
    return DataValidation(
        type=kind,
        operator=None if kind == "list" else "between" if highest else "greaterThanOrEqual",
        formula1=formula,
        formula2=highest,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=canvas.sheet.title,
        error=canvas.say(message),
    )


def add_highlights(canvas: Canvas, places: Mapping[str, str]) -> None:
    """Colour what a reader must not miss."""
    cell = {name: first_cell(area) for name, area in places.items()}
    state, gap = cell["kam_account_state"], cell["kam_trajectory_gap"]
    deviation, share = cell["kam_operational_deviation"], cell["kam_operational_share"]
    when, review, outcome = cell["kam_action_when"], cell["kam_review_date"], cell["kam_review_outcome"]
    soon, ends = cell["kam_next_when"], cell["kam_contract_when"]
    due, weighted = cell["kam_opportunity_when"], cell["kam_opportunity_weighted"]
    closed = says(cell["kam_action_state"], *_CLOSED)
    tint_labels(canvas, places["kam_position"], POSITION_TINTS)
    tint_labels(canvas, places["kam_target_position"], POSITION_TINTS)
    tint_labels(canvas, places["kam_potential"], POTENTIAL_TINTS)
    for name, formula, tint in (
        ("kam_account_state", f'AND({state}<>"",NOT({says(state, KEY_ACCOUNT)}))', style.BAD),
        ("kam_budget_note", f'{cell["kam_budget_note"]}<>""', style.FAIR),
        # Above 1 the budget is understated.
        ("kam_penetration", f"N({cell['kam_penetration']})>1", style.BAD),
        ("kam_stale", f'{cell["kam_stale"]}<>""', style.BAD),
        *((name, f'{cell[name]}<>""', style.FAIR) for name in cell if name.endswith("_differs")),
        ("kam_people_note", f'{cell["kam_people_note"]}<>""', style.FAIR),
        ("kam_unfilled", f'{cell["kam_unfilled"]}<>""', style.FAIR),
        # Above 0 neither the operational plan nor the opportunities lead to the goal.
        ("kam_goal_open", f"N({cell['kam_goal_open']})>0", style.BAD),
        ("kam_goal_open", f"AND(ISNUMBER({cell['kam_goal_open']}),N({cell['kam_goal_open']})<=0)", style.GOOD),
        ("kam_trajectory_gap", f"N({gap})>0", style.BAD),
        ("kam_trajectory_gap", f"AND(ISNUMBER({gap}),N({gap})<=0)", style.GOOD),
        ("kam_operational_deviation", f"AND(ISNUMBER({deviation}),N({deviation})<0)", style.BAD),
        ("kam_operational_share", f"AND(ISNUMBER({share}),N({share})<0)", style.BAD),
        ("kam_action_when", f"AND(ISNUMBER({when}),{when}<TODAY(),NOT({closed}))", style.BAD),
        ("kam_next_when", f"AND(ISNUMBER({soon}),{soon}<TODAY())", style.BAD),
        ("kam_opportunity_when", f'AND(ISNUMBER({weighted}),{due}="")', style.FAIR),
        ("kam_opportunity_when", f"AND(ISNUMBER({weighted}),ISNUMBER({due}),{due}<TODAY())", style.BAD),
        ("kam_contract_when", f"AND(ISNUMBER({ends}),{ends}<TODAY())", style.BAD),
        ("kam_review_date", f'AND(ISNUMBER({review}),{review}<TODAY(),{outcome}="")', style.FAIR),
    ):
        tint_where(canvas, places[name], formula, tint)
