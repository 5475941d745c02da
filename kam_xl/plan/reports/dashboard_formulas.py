"""The native formulas of the operational dashboard, and their twins: the values that they have now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kam_xl.plan.account.formulas import Computed, difference, ratio
from kam_xl.plan.account.values import as_numbers
from kam_xl.plan.fields import Field
from kam_xl.plan.reports.dashboard_fields import DASHBOARD_FIELDS, DIFFERENCES, PACE_MONTHS, RATIOS

_PACE = "kam_dash_revenue_pace"
_PACE_OF = ("kam_dash_revenue_plan", "kam_dash_revenue_fact", "kam_dash_revenue_to_date")
Number = float | None


def _subtracted(one: Number, other: Number) -> Number:
    return None if one is None or other is None else one - other


def _divided(part: Number, whole: Number) -> Number:
    return None if part is None or whole is None or whole <= 0 else part / whole


def _operands(name: str) -> tuple[str, str, bool] | None:
    """The two fields that a field is computed of, and whether it is their ratio."""
    group, code = _split(name)
    for operands, is_ratio in ((DIFFERENCES, False), (RATIOS, True)):
        if code in operands:
            one, other = operands[code]
            return f"{group}_{one}", f"{group}_{other}", is_ratio
    return None


def _split(name: str) -> tuple[str, str]:
    """ "kam_dash_manager_lead_share" -> "kam_dash_manager", "lead_share"."""
    parts = name.split("_", 3)
    return "_".join(parts[:3]), parts[3] if len(parts) > 3 else ""


def _formula(field: Field, one: str, other: str, is_ratio: bool) -> str | tuple[str, ...]:
    make = ratio if is_ratio else difference
    if field.rows == 1:
        return make(one, other)
    return tuple(make(f"INDEX({one},{row})", f"INDEX({other},{row})") for row in range(1, field.rows + 1))


def _pace() -> str:
    plan, fact, to_date = _PACE_OF
    enough = f"COUNT(kam_dash_month_fact)>={PACE_MONTHS},ISNUMBER({plan}),ISNUMBER({fact}),N({to_date})>0"
    return f'=IF(AND({enough}),{plan}*{fact}/{to_date},"")'


DASHBOARD_FORMULAS: dict[str, str | tuple[str, ...]] = {
    **{name: _formula(field, *operands) for name, field in DASHBOARD_FIELDS.items() if (operands := _operands(name))},
    _PACE: _pace(),
}
"""The formula of each field that has one; one per row where the field is a range."""


def with_dashboard_formulas(fields: Mapping[str, object]) -> dict[str, Computed | list[Computed]]:
    """Every formula of the dashboard with its value.

    Parameters
    ----------
    fields : mapping
        What the cells hold, by field name (columns as lists, a single cell perhaps as a list of one); text where a
        number is needed counts as unknown.

    Examples
    --------
    >>> with_dashboard_formulas({"kam_dash_revenue_fact": 90, "kam_dash_revenue_to_date": 100})[
    ...     "kam_dash_revenue_share"].value
    -0.1
    """
    known: dict[str, list[Number]] = {}
    made: dict[str, Computed | list[Computed]] = {}
    for name, formula in DASHBOARD_FORMULAS.items():
        values = _value(name, fields, known)
        known[name] = values
        texts = (formula,) if isinstance(formula, str) else formula
        cells = [Computed(text, "" if each is None else each) for text, each in zip(texts, values, strict=True)]
        made[name] = cells[0] if isinstance(formula, str) else cells
    return made


def _value(name: str, fields: Mapping[str, object], known: Mapping[str, Sequence[Number]]) -> list[Number]:
    def numbers(each: str) -> list[Number]:
        return list(known[each]) if each in known else as_numbers(fields.get(each), DASHBOARD_FIELDS[each].rows)

    operands = _operands(name)
    if operands is None:
        plan, fact, to_date = (numbers(each)[0] for each in _PACE_OF)
        return [_paced(plan, fact, to_date, numbers("kam_dash_month_fact"))]
    one, other, is_ratio = operands
    compute = _divided if is_ratio else _subtracted
    return [compute(each, of) for each, of in zip(numbers(one), numbers(other), strict=True)]


def _paced(plan: Number, fact: Number, to_date: Number, months: Sequence[Number]) -> Number:
    """The whole plan, fulfilled as it is to date."""
    enough = sum(month is not None for month in months) >= PACE_MONTHS
    return (
        plan * fact / to_date if enough and plan is not None and fact is not None and to_date and to_date > 0 else None
    )
