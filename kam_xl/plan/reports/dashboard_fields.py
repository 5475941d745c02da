"""The named fields of the operational dashboard, and which of them are native formulas over which others."""

from __future__ import annotations

from kam_xl.locale import Text, in_context
from kam_xl.plan.fields import Field, Kind, Number

_C = Kind.COMPUTED
_TEXT, _MONEY, _SHARE, _COUNT = Number.TEXT, Number.MONEY, Number.SHARE, Number.COUNT

GROUP_ROWS, MONTH_ROWS, TOP_ROWS = 8, 12, 8

PLAN, TO_DATE, FACT = in_context("column", "Plan"), Text("Plan to date"), Text("Actual to date")
DEVIATION, DEVIATION_SHARE = Text("Variance"), Text("Variance, %")
EXPECTED = Text("Forecast for the year")

TILES = (
    Field("kam_dash_revenue_plan", Text("Revenue plan for the year"), _C, _MONEY),
    Field("kam_dash_revenue_to_date", TO_DATE, _C, _MONEY),
    Field("kam_dash_revenue_fact", FACT, _C, _MONEY),
    Field("kam_dash_revenue_deviation", DEVIATION, _C, _MONEY),
    Field("kam_dash_revenue_share", DEVIATION_SHARE, _C, _SHARE),
    Field("kam_dash_revenue_unplanned", Text("Actual without a plan"), _C, _MONEY),
    Field("kam_dash_revenue_lead", EXPECTED, _C, _MONEY),
    Field("kam_dash_revenue_lead_share", Text("Forecast, share of the plan"), _C, _SHARE),
    Field("kam_dash_revenue_pace", Text("At the pace so far"), _C, _MONEY),
    Field("kam_dash_revenue_key_fact", Text("Key accounts' actual to date"), _C, _MONEY),
    Field("kam_dash_revenue_key_share", Text("Key accounts' share of the actual"), _C, _SHARE),
    Field("kam_dash_revenue_key_lead", Text("Key accounts: forecast for the year"), _C, _MONEY),
    Field("kam_dash_margin_plan", Text("Margin plan for the year"), _C, _MONEY),
    Field("kam_dash_margin_to_date", TO_DATE, _C, _MONEY),
    Field("kam_dash_margin_fact", FACT, _C, _MONEY),
    Field("kam_dash_margin_deviation", DEVIATION, _C, _MONEY),
    Field("kam_dash_margin_share", DEVIATION_SHARE, _C, _SHARE),
    Field("kam_dash_margin_lead", EXPECTED, _C, _MONEY),
)


MARGIN_PART = "kam_part_margin"
"""The rows with the tiles of the margin."""

MARGIN = tuple(field for field in TILES if field.name.startswith("kam_dash_margin_"))


def _group(code: str, title: Text) -> tuple[Field, ...]:
    columns = (
        ("name", title, _TEXT),
        ("plan", Text("Plan for the year"), _MONEY),
        ("to_date", TO_DATE, _MONEY),
        ("fact", FACT, _MONEY),
        ("deviation", DEVIATION, _MONEY),
        ("share", DEVIATION_SHARE, _SHARE),
        ("lead", EXPECTED, _MONEY),
        ("lead_share", Text("Forecast, share of the plan"), _SHARE),
        ("unplanned", Text("Actual without a plan"), _MONEY),
        ("key_fact", Text("Key accounts' actual to date"), _MONEY),
        ("key_share", Text("Key accounts' share of the actual"), _SHARE),
    )
    return tuple(Field(f"kam_dash_{code}_{name}", heading, _C, number, GROUP_ROWS) for name, heading, number in columns)


MANAGERS = _group("manager", Text("Manager"))
TERRITORIES = _group("territory", Text("Territory"))
MONTHS = (
    Field("kam_dash_month_name", Text("Month"), _C, rows=MONTH_ROWS),
    Field("kam_dash_month_plan", PLAN, _C, _MONEY, MONTH_ROWS),
    Field("kam_dash_month_fact", in_context("column", "Actual"), _C, _MONEY, MONTH_ROWS),
)
TOP = (
    Field("kam_dash_top_name", Text("Client"), _C, rows=TOP_ROWS),
    Field("kam_dash_top_manager", Text("Manager"), _C, rows=TOP_ROWS),
    Field("kam_dash_top_territory", Text("Territory"), _C, rows=TOP_ROWS),
    Field("kam_dash_top_key", Text("Key account"), _C, rows=TOP_ROWS),
    Field("kam_dash_top_to_date", TO_DATE, _C, _MONEY, TOP_ROWS),
    Field("kam_dash_top_fact", FACT, _C, _MONEY, TOP_ROWS),
    Field("kam_dash_top_deviation", DEVIATION, _C, _MONEY, TOP_ROWS),
    Field("kam_dash_top_share", DEVIATION_SHARE, _C, _SHARE, TOP_ROWS),
)
DASHBOARD = (*TILES, *MANAGERS, *TERRITORIES, *MONTHS, *TOP)
"""All fields of the sheet but its summary and its day."""

DASHBOARD_FIELDS = {field.name: field for field in DASHBOARD}

DIFFERENCES = {"deviation": ("fact", "to_date")}
RATIOS = {"share": ("deviation", "to_date"), "lead_share": ("lead", "plan"), "key_share": ("key_fact", "fact")}
"""What is computed of what, within each group of fields; of nothing, or of less, there is no share."""

PACE_MONTHS = 3
"""Fewer months say nothing of the pace of a year."""
