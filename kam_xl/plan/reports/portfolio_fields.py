"""The named fields of the portfolio: where the money is, and where it hangs on few."""

from __future__ import annotations

from kam_xl.domain.model import Position, Potential
from kam_xl.locale import Text
from kam_xl.plan.account.plan_fields import TRAJECTORY_ROWS
from kam_xl.plan.fields import Field, Kind, Number
from kam_xl.plan.reports.report_fields import BUILT, NOTICE, SUMMARY, UNIT

_C = Kind.COMPUTED
_MONEY, _SHARE, _COUNT, _YEAR = Number.MONEY, Number.SHARE, Number.COUNT, Number.YEAR

GRID = {(position, potential): f"kam_grid_{position}_{potential}" for position in Position for potential in Potential}
"""The cell of each pair of ratings, in the order strong to weak, high to low."""

GRID_UNRATED = Field("kam_grid_unrated", Text("Position or potential not rated"), _C, long=True)

KPIS = (
    Field("kam_kpi_clients", Text("Clients in all"), _C, _COUNT),
    Field("kam_kpi_revenue", Text("Revenue"), _C, _MONEY),
    Field("kam_kpi_key_accounts", Text("Key accounts"), _C, _COUNT),
    Field("kam_kpi_limit_allowed", Text("The limit allows"), _C, _COUNT),
    Field("kam_kpi_above_limit", Text("Above the limit"), _C, _COUNT),
    Field("kam_kpi_key_revenue_share", Text("Key accounts' share of revenue"), _C, _SHARE),
    Field("kam_kpi_known_budgets", Text("Clients with known revenue and budget"), _C, _COUNT),
    Field("kam_kpi_coverage_revenue", Text("Their share of revenue"), _C, _SHARE),
    Field("kam_kpi_group_penetration", Text("Their penetration index"), _C, _SHARE),
    Field("kam_kpi_top_1", Text("Share of the largest client"), _C, _SHARE),
    Field("kam_kpi_top_5", Text("Share of the five largest"), _C, _SHARE),
    Field("kam_kpi_top_10", Text("Share of the ten largest"), _C, _SHARE),
    Field("kam_kpi_hhi", Text("Herfindahl-Hirschman index"), _C, Number.INDEX),
    Field("kam_kpi_normalised_hhi", Text("Herfindahl-Hirschman index, normalised"), _C, Number.INDEX),
)

GOALS_NOTE = Field("kam_goals_note", Text("What the goals add up to"), _C, long=True)
TOTALS = (
    Field("kam_total_year", Text("Year"), _C, _YEAR, TRAJECTORY_ROWS),
    Field("kam_total_goals", Text("Revenue and goals"), _C, _MONEY, TRAJECTORY_ROWS),
    Field(
        "kam_total_secured",
        Text("Where the plans lead"),
        _C,
        _MONEY,
        TRAJECTORY_ROWS,
    ),
    Field("kam_total_weighted", Text("Weighted opportunities"), _C, _MONEY, TRAJECTORY_ROWS),
    Field("kam_total_open", Text("Still open, surpluses not netted"), _C, _MONEY, TRAJECTORY_ROWS),
    Field("kam_total_plans", Text("Accounts with a goal"), _C, _COUNT, TRAJECTORY_ROWS),
)
"""Sums over the plans of all key accounts, by year."""

MANAGER_ROWS, RIVAL_ROWS, NOT_KEY_ROWS = 8, 10, 10
MANAGERS = (
    Field("kam_by_manager_name", Text("Manager"), _C, rows=MANAGER_ROWS),
    Field("kam_by_manager_accounts", Text("Key accounts"), _C, _COUNT, MANAGER_ROWS),
    Field("kam_by_manager_revenue", Text("Revenue"), _C, _MONEY, MANAGER_ROWS),
    Field("kam_by_manager_goal", Text("Revenue goal"), _C, _MONEY, MANAGER_ROWS),
    Field("kam_by_manager_weighted", Text("Weighted opportunities"), _C, _MONEY, MANAGER_ROWS),
    Field("kam_by_manager_open", Text("Still open"), _C, _MONEY, MANAGER_ROWS),
)
"""The last year of the goals by manager."""

RIVALS = (
    Field("kam_rival_name", Text("Competitor"), _C, rows=RIVAL_ROWS),
    Field("kam_rival_revenue", Text("Revenue with our clients"), _C, _MONEY, RIVAL_ROWS),
    Field("kam_rival_clients", Text("Clients"), _C, _COUNT, RIVAL_ROWS),
    Field("kam_rival_dominates", Text("Dominates"), _C, rows=RIVAL_ROWS, long=True),
    Field("kam_rival_weaker", Text("Weaker than we are"), _C, rows=RIVAL_ROWS, long=True),
)
NOT_KEY = (
    Field("kam_not_key_client", Text("Client"), _C, rows=NOT_KEY_ROWS),
    Field("kam_not_key_revenue", Text("Revenue"), _C, _MONEY, NOT_KEY_ROWS),
    Field("kam_not_key_share", Text("Share"), _C, _SHARE, NOT_KEY_ROWS),
)
CONCENTRATION_NOTE = Field("kam_concentration_note", Text("How much depends on few clients"), _C, long=True)
WITHOUT_REFERENCE = Field("kam_without_reference", Text("Where we have no reference yet"), _C, long=True)

BUBBLE_ROWS, PARETO_ROWS, REFERENCE_ROWS = 25, 20, 8
BUBBLE_NOTE = Field("kam_bubble_note", Text("What the chart shows"), _C, long=True)
BUBBLE = (
    Field("kam_bubble_client", Text("Client"), _C, rows=BUBBLE_ROWS),
    Field("kam_bubble_penetration", Text("Penetration index"), _C, _SHARE, BUBBLE_ROWS),
    Field("kam_bubble_budget", Text("Procurement budget"), _C, _MONEY, BUBBLE_ROWS),
    Field("kam_bubble_height", Text("Procurement budget, scale as below"), _C, _MONEY, BUBBLE_ROWS),
    Field("kam_bubble_revenue", Text("Size: revenue, none shows as a dot"), _C, _MONEY, BUBBLE_ROWS),
    Field("kam_bubble_label", Text("Name shown, where there is room, else the rank"), _C, rows=BUBBLE_ROWS),
)
PARETO = (
    Field("kam_pareto_client", Text("Client"), _C, rows=PARETO_ROWS),
    Field("kam_pareto_revenue", Text("Revenue"), _C, _MONEY, PARETO_ROWS),
    Field("kam_pareto_cumulative", Text("Cumulative share"), _C, _SHARE, PARETO_ROWS),
)
REFERENCES = (
    Field("kam_reference_vertical", Text("Vertical"), _C, rows=REFERENCE_ROWS),
    Field("kam_reference_count", Text("Reference clients"), _C, _COUNT, REFERENCE_ROWS),
)

PORTFOLIO = (
    SUMMARY,
    UNIT,
    BUILT,
    NOTICE,
    *KPIS,
    GRID_UNRATED,
    GOALS_NOTE,
    *TOTALS,
    *MANAGERS,
    CONCENTRATION_NOTE,
    *PARETO,
    *REFERENCES,
    WITHOUT_REFERENCE,
    *RIVALS,
    *NOT_KEY,
    BUBBLE_NOTE,
    *BUBBLE,
)
"""All fields of the sheet but the cells of the grid."""
