"""The named fields of the report sheets: key accounts, data check, settings; what all of them have in their head."""

from __future__ import annotations

from kam_xl.locale import Text
from kam_xl.plan.fields import Column, Field, Kind, Number

_C = Kind.COMPUTED
_MONEY, _SHARE, _COUNT, _DATE = Number.MONEY, Number.SHARE, Number.COUNT, Number.DATE

KEY_ACCOUNTS_TABLE, FINDINGS_TABLE = "kam_key_accounts", "kam_findings"
"""Names of the native tables."""

SUMMARY = Field("kam_summary", Text("Summary"), _C, long=True)
BUILT = Field("kam_built", Text("Updated"), _C, _DATE)
UNIT = Field("kam_unit", Text("Unit of the amounts"), _C)
RULE = Field("kam_rule", Text("How the accounts are ranked"), _C, long=True)
NOTICE = Field("kam_notice", Text("Notice"), _C, long=True)
FRESHNESS = Field("kam_freshness", Text("How fresh the sheet is"), _C, long=True)
HINT = Field("kam_hint", Text("What to do here"), _C, long=True)
READING = Field("kam_reading", Text("How the table was understood"), _C, long=True)

KEY_ACCOUNTS_PAGE = (
    Column("rank", Text("Rank"), _COUNT),
    Column("client", Text("Client")),
    Column("criteria", Text("Why it is key")),
    Column("revenue", Text("Revenue"), _MONEY),
    Column("revenue_share", Text("Share"), _SHARE),
    Column("goal", Text("Goal"), _MONEY),
    Column("gap", Text("Still open"), _MONEY),
    Column("value_at_stake", Text("Value at stake"), _MONEY),
    Column("position", Text("Position")),
    Column("potential", Text("Potential")),
    Column("task", Text("Task")),
    Column("next_step", Text("Next step")),
    Column("next_date", Text("By when"), _DATE),
    Column("plan", Text("Plan")),
)
"""What one page answers: who, why, how much, what next."""

KEY_ACCOUNTS_DETAILS = (
    Column("client_id", Text("Client ID")),
    Column("manager", Text("Manager")),
    Column("industry", Text("Industry")),
    Column("territory", Text("Territory")),
    Column("procurement_budget", Text("Procurement budget"), _MONEY),
    Column("budget_note", Text("How fresh the budget is"), long=True),
    Column("penetration", Text("Penetration index"), _SHARE),
    Column("headroom", Text("Headroom"), _MONEY),
    Column("attainable_gain", Text("Attainable gain"), _MONEY),
    Column("competitor_revenue", Text("Competitor revenue"), _MONEY),
    Column("criteria_met", Text("Number of criteria"), _COUNT),
    Column("affects", Text("What it affects"), long=True),
    Column("strategy", Text("Strategy")),
    Column("status", Text("Status")),
    Column("above_limit", Text("Above the limit")),
    Column("account_state", Text("State")),
    Column("unfilled", Text("Missing in the plan"), long=True),
    Column("arguments", Text("Arguments"), long=True),
)
"""To the right of the page, folded away."""

KEY_ACCOUNTS = KEY_ACCOUNTS_PAGE + KEY_ACCOUNTS_DETAILS

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

SETTINGS = (
    Field("kam_setting_title", Text("Setting"), _C),
    Field("kam_setting_name", Text("Key"), _C),
    Field("kam_setting_value", Text("Value"), Kind.PROPOSAL),
    Field("kam_setting_default", Text("Default"), _C),
    Field("kam_setting_meaning", Text("Meaning"), _C, long=True),
    Field("kam_setting_effect", Text("What it does to your table"), _C, long=True),
)
"""The columns of the settings sheet; as many rows as there are settings. The value stands to the right of its key."""
