"""The named fields of the report sheets: key accounts, portfolio, data check, settings."""

from __future__ import annotations

from kam_xl.domain.model import Position, Potential
from kam_xl.locale import Text
from kam_xl.plan.fields import Column, Field, Kind, Number

_C = Kind.COMPUTED
_MONEY, _SHARE, _COUNT, _DATE = Number.MONEY, Number.SHARE, Number.COUNT, Number.DATE

KEY_ACCOUNTS_TABLE, FINDINGS_TABLE = "kam_key_accounts", "kam_findings"
"""Names of the native tables."""

SUMMARY = Field("kam_summary", Text("Summary"), _C, long=True)
BUILT = Field("kam_built", Text("Updated"), _C, _DATE)

KEY_ACCOUNTS = (
    Column("rank", Text("Rank"), _COUNT),
    Column("client_id", Text("Client ID")),
    Column("client", Text("Client")),
    Column("plan", Text("Plan")),
    Column("industry", Text("Industry")),
    Column("territory", Text("Territory")),
    Column("manager", Text("Manager")),
    Column("revenue", Text("Revenue"), _MONEY),
    Column("revenue_share", Text("Share of our revenue"), _SHARE),
    Column("procurement_budget", Text("Procurement budget"), _MONEY),
    Column("penetration", Text("Penetration index"), _SHARE),
    Column("headroom", Text("Headroom"), _MONEY),
    Column("competitor_revenue", Text("Competitor revenue"), _MONEY),
    Column("criteria", Text("Criteria met")),
    Column("criteria_met", Text("Number of criteria"), _COUNT),
    Column("affects", Text("What it affects"), long=True),
    Column("position", Text("Position")),
    Column("potential", Text("Potential")),
    Column("strategy", Text("Strategy")),
    Column("status", Text("Status")),
    Column("above_limit", Text("Above the limit")),
    Column("account_state", Text("State")),
    Column("arguments", Text("Arguments"), long=True),
)

DATA_CHECK = (
    Column("grade", Text("Grade")),
    Column("sheet", Text("Sheet")),
    Column("cell", Text("Cell")),
    Column("client_id", Text("Client ID")),
    Column("client", Text("Client")),
    Column("message", Text("What is wrong"), long=True),
    Column("value", Text("Value")),
    Column("remedy", Text("What to do"), long=True),
)

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
    Field("kam_kpi_top_1", Text("Share of the largest client"), _C, _SHARE),
    Field("kam_kpi_top_5", Text("Share of the five largest"), _C, _SHARE),
    Field("kam_kpi_top_10", Text("Share of the ten largest"), _C, _SHARE),
    Field("kam_kpi_hhi", Text("Herfindahl-Hirschman index"), _C, Number.INDEX),
    Field("kam_kpi_normalised_hhi", Text("Herfindahl-Hirschman index, normalised"), _C, Number.INDEX),
    Field("kam_kpi_known_budgets", Text("Clients with known revenue and budget"), _C, _COUNT),
    Field("kam_kpi_coverage_revenue", Text("Their share of revenue"), _C, _SHARE),
    Field("kam_kpi_group_penetration", Text("Their penetration index"), _C, _SHARE),
)

BUBBLE_ROWS, PARETO_ROWS, REFERENCE_ROWS = 25, 20, 8
BUBBLE = (
    Field("kam_bubble_client", Text("Client"), _C, rows=BUBBLE_ROWS),
    Field("kam_bubble_penetration", Text("Penetration index"), _C, _SHARE, BUBBLE_ROWS),
    Field("kam_bubble_budget", Text("Procurement budget"), _C, _MONEY, BUBBLE_ROWS),
    Field("kam_bubble_revenue", Text("Size: revenue, none shows as a dot"), _C, _MONEY, BUBBLE_ROWS),
    Field("kam_bubble_label", Text("Name shown, where there is room"), _C, rows=BUBBLE_ROWS),
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

SETTINGS = (
    Field("kam_setting_name", Text("Setting"), _C),
    Field("kam_setting_value", Text("Value"), Kind.PROPOSAL),
    Field("kam_setting_meaning", Text("Meaning"), _C, long=True),
)
"""The columns of the settings sheet; as many rows as there are settings."""
