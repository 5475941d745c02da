"""The named fields of our sheets: what stands on them and whose it is. No cells, no addresses.

Each sheet carries its fields as defined names of its own (sheet-scoped), so that people may move, restyle and extend
the sheets freely. The plan sheet follows section 5 of the domain glossary; its third question is our reconstruction.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kam_xl.domain.model import Labelled, PathShape, Position, Stance
from kam_xl.locale import Text, in_context


class OurSheet(Labelled):
    """The sheets we make; the code is the value of the name `kam_sheet` on each, the label its usual title."""

    PLAN = "plan", Text("Plan template")
    KEY_ACCOUNTS = "key_accounts", Text("Key accounts")
    PORTFOLIO = "portfolio", Text("Portfolio")
    DASHBOARD = "dashboard", Text("Operational dashboard")
    DATA_CHECK = "data_check", Text("Data check")
    SETTINGS = "settings", Text("KAM settings")
    RECORD = "record", Text("KAM record")  # hidden: what the program wrote, to know what people typed over


class Kind(Enum):
    """Whose a field is."""

    COMPUTED = "computed"  # ours: written at every build
    PROPOSAL = "proposal"  # written at the first build only, then the person's
    ENTRY = "entry"  # the person's: never written


class Number(Enum):
    """What a cell holds, and so how it is shown."""

    TEXT = "text"
    MONEY = "money"
    SHARE = "share"  # a fraction, shown in per cent
    COUNT = "count"
    DATE = "date"
    INDEX = "index"  # a pure number between 0 and 1
    YEAR = "year"


@dataclass(frozen=True)
class Field:
    """A named cell, or a named column of `rows` cells.

    `choices` are offered in a drop-down; `long` text wants room to be read and typed.
    """

    name: str
    title: Text
    kind: Kind
    number: Number = Number.TEXT
    rows: int = 1
    choices: tuple[Text | int, ...] = ()
    long: bool = False


@dataclass(frozen=True)
class Section:
    """A titled part of the plan sheet; fields of more than one row stand side by side as a table."""

    code: str
    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Column:
    """A column of one of the native tables; its header cell has the name `kam_col_<code>`."""

    code: str
    title: Text
    number: Number = Number.TEXT
    long: bool = False

    @property
    def name(self) -> str:
        """The defined name of the header cell."""
        return f"kam_col_{self.code}"


COMPETITOR_ROWS, TRAJECTORY_ROWS = 8, 6
OPERATIONAL_ROWS = 7  # three years, one of them with its quarters
ARGUMENT_ROWS = 6  # four criteria, the status, the age of the budget
_C, _P, _E = Kind.COMPUTED, Kind.PROPOSAL, Kind.ENTRY
_MONEY, _SHARE, _COUNT, _DATE = Number.MONEY, Number.SHARE, Number.COUNT, Number.DATE

ACTION_STATES = (
    in_context("action", "Planned"),
    in_context("action", "In progress"),
    in_context("action", "Done"),
    in_context("action", "Cancelled"),
)
ATTITUDES = (Text("Supporter"), in_context("attitude", "Neutral"), Text("Opponent"))
INFLUENCES = (in_context("influence", "High"), in_context("influence", "Medium"), in_context("influence", "Low"))
PROBABILITIES = (
    in_context("probability", "High"),
    in_context("probability", "Medium"),
    in_context("probability", "Low"),
)
IMPACTS = (in_context("impact", "High"), in_context("impact", "Medium"), in_context("impact", "Low"))


def _labels(scale: type[Labelled]) -> tuple[Text, ...]:
    return tuple(member.label for member in scale)


HEADER = Section(
    "header",
    Text("Perspective plan"),
    (
        Field("kam_client", Text("Client"), _C),
        Field("kam_client_id", Text("Client ID"), _C),
        Field("kam_industry", Text("Industry"), _C),
        Field("kam_territory", Text("Territory"), _C),
        Field("kam_manager", Text("Manager"), _P),
        Field("kam_class", Text("Key account by"), _C),
        Field("kam_affects", Text("What it affects"), _C, long=True),
        Field("kam_rank", Text("Rank"), _C, _COUNT),
        Field("kam_limit_note", Text("Limit of key accounts"), _C, long=True),
        Field("kam_status", Text("Status"), _C),
        Field("kam_account_state", Text("State"), _C),
        Field("kam_period", Text("Period of the figures"), _E),
        Field("kam_built", Text("Updated"), _C, _DATE),
        Field("kam_source", Text("Source"), _C),
    ),
)
NUMBERS = Section(
    "numbers",
    Text("Figures"),
    (
        Field("kam_revenue", Text("Revenue"), _C, _MONEY),
        Field("kam_revenue_share", Text("Share of our revenue"), _C, _SHARE),
        Field("kam_margin", Text("Margin"), _C, _MONEY),
        Field("kam_abc", Text("ABC class"), _C),
        Field("kam_budget", Text("Procurement budget"), _C, _MONEY),
        Field("kam_budget_basis", Text("Budget basis"), _C),
        Field("kam_budget_date", Text("Budget as of"), _C, _DATE),
        Field("kam_budget_range", Text("Budget range"), _C),
        Field("kam_budget_note", Text("How fresh the budget is"), _C, long=True),
        Field("kam_penetration", Text("Penetration index"), _C, _SHARE),
        Field("kam_headroom", Text("Headroom"), _C, _MONEY),
        Field("kam_competitor_total", Text("Competitor revenue"), _C, _MONEY),
        Field("kam_competitor_share", Text("Competitor share"), _C, _SHARE),
    ),
)
POSITION = Section(
    "position",
    Text("1. What is our position?"),
    (
        Field("kam_position", Text("Position"), _C),
        Field("kam_position_argument", Text("Why"), _C, long=True),
        Field("kam_achieved", Text("What we have reached with this client so far"), _E, long=True),
    ),
)
POTENTIAL = Section(
    "potential",
    Text("2. What is the client's potential?"),
    (
        Field("kam_potential", Text("Potential"), _C),
        Field("kam_potential_argument", Text("Why"), _C, long=True),
        Field("kam_expectations", Text("What we can count on, and what attracts us"), _E, long=True),
        Field("kam_arguments", Text("Why it is a key account"), _C, rows=ARGUMENT_ROWS, long=True),
    ),
)
GOAL = Section(
    "goal",
    Text("3. What do we want to reach, and how?"),
    (
        Field("kam_strategy", Text("Recommended strategy"), _C),
        Field("kam_goal", Text("Our goal"), _E, long=True),
        Field("kam_target_position", Text("Target position"), _P, choices=_labels(Position)),
        Field("kam_target_penetration", Text("Target penetration index"), _P, _SHARE),
        Field("kam_horizon", Text("Horizon, years"), _P, _COUNT, choices=(2, 3, 4, 5)),
        Field("kam_budget_growth", Text("Budget growth per year"), _P, _SHARE),
        Field("kam_path", Text("Path to the target"), _P, choices=_labels(PathShape)),
        Field("kam_margin_rate", Text("Margin, share of revenue"), _P, _SHARE),
    ),
)
COMPETITORS = Section(
    "competitors",
    Text("Competitors and our approach"),
    (
        Field("kam_competitor_name", Text("Competitor"), _C, rows=COMPETITOR_ROWS),
        Field("kam_competitor_revenue", Text("Revenue"), _C, _MONEY, COMPETITOR_ROWS),
        Field("kam_competitor_share_each", Text("Share of the budget"), _C, _SHARE, COMPETITOR_ROWS),
        Field("kam_competitor_strengths", Text("Strengths"), _P, rows=COMPETITOR_ROWS, long=True),
        Field("kam_competitor_weaknesses", Text("Weaknesses"), _P, rows=COMPETITOR_ROWS, long=True),
        Field("kam_competitor_stance", Text("Stance"), _P, rows=COMPETITOR_ROWS, choices=_labels(Stance)),
        Field("kam_competitor_approach", Text("Our approach"), _E, rows=COMPETITOR_ROWS, long=True),
    ),
)
TRAJECTORY = Section(
    "trajectory",
    Text("The way by year"),
    (
        Field("kam_trajectory_year", Text("Year"), _C, _COUNT, TRAJECTORY_ROWS),
        Field("kam_trajectory_budget", Text("Procurement budget"), _C, _MONEY, TRAJECTORY_ROWS),
        Field("kam_trajectory_penetration", Text("Penetration index"), _C, _SHARE, TRAJECTORY_ROWS),
        Field("kam_trajectory_revenue", Text("Revenue"), _C, _MONEY, TRAJECTORY_ROWS),
        Field("kam_trajectory_margin", Text("Margin"), _C, _MONEY, TRAJECTORY_ROWS),
        # Where the operational periods lead; years that the operational plan does not know may be typed.
        Field("kam_trajectory_plan", Text("Operational plan"), _C, _MONEY, TRAJECTORY_ROWS),
        Field("kam_trajectory_gap", Text("Gap to the goal"), _C, _MONEY, TRAJECTORY_ROWS),
    ),
)
OPERATIONAL = Section(
    "operational",
    Text("The operational plan beside it"),
    (
        Field("kam_operational_period", Text("Period"), _C, rows=OPERATIONAL_ROWS),
        Field("kam_operational_plan", in_context("column", "Plan"), _C, _MONEY, OPERATIONAL_ROWS),
        Field("kam_operational_to_date", Text("Plan to date"), _C, _MONEY, OPERATIONAL_ROWS),
        Field("kam_operational_fact", in_context("column", "Fact"), _C, _MONEY, OPERATIONAL_ROWS),
        Field("kam_operational_deviation", Text("Deviation"), _C, _MONEY, OPERATIONAL_ROWS),
        Field("kam_operational_share", Text("Deviation, %"), _C, _SHARE, OPERATIONAL_ROWS),
        Field("kam_operational_lead", Text("Leads to"), _C, _MONEY, OPERATIONAL_ROWS),
        Field("kam_operational_note", Text("What it says"), _C, long=True),
    ),
)
ACTIONS = Section(
    "actions",
    Text("Actions"),
    (
        Field("kam_action_what", in_context("action", "What"), _E, rows=8, long=True),
        Field("kam_action_who", Text("Who"), _E, rows=8),
        Field("kam_action_when", Text("By when"), _E, _DATE, 8),
        Field("kam_action_effect", Text("Expected effect"), _E, rows=8, long=True),
        Field("kam_action_state", in_context("action", "State"), _E, rows=8, choices=ACTION_STATES),
    ),
)
STAKEHOLDERS = Section(
    "stakeholders",
    Text("Stakeholders"),
    (
        Field("kam_stakeholder_name", Text("Name"), _E, rows=6),
        Field("kam_stakeholder_role", Text("Role"), _E, rows=6),
        Field("kam_stakeholder_attitude", Text("Attitude"), _E, rows=6, choices=ATTITUDES),
        Field("kam_stakeholder_influence", Text("Influence"), _E, rows=6, choices=INFLUENCES),
        Field("kam_stakeholder_contact", Text("Our contact"), _E, rows=6),
    ),
)
RISKS = Section(
    "risks",
    Text("Risks"),
    (
        Field("kam_risk_what", Text("Risk"), _E, rows=5, long=True),
        Field("kam_risk_probability", Text("Probability"), _E, rows=5, choices=PROBABILITIES),
        Field("kam_risk_impact", Text("Impact"), _E, rows=5, choices=IMPACTS),
        Field("kam_risk_response", Text("Response"), _E, rows=5, long=True),
    ),
)
REVIEWS = Section(
    "reviews",
    Text("Reviews"),
    (
        Field("kam_review_date", Text("Date"), _P, _DATE, 4),
        Field("kam_review_topic", Text("Topic"), _E, rows=4, long=True),
        Field("kam_review_outcome", Text("Outcome"), _E, rows=4, long=True),
    ),
)

PLAN = (
    HEADER,
    NUMBERS,
    POSITION,
    POTENTIAL,
    GOAL,
    COMPETITORS,
    TRAJECTORY,
    OPERATIONAL,
    ACTIONS,
    STAKEHOLDERS,
    RISKS,
    REVIEWS,
)
"""The plan sheet, in reading order."""

PLAN_FIELDS = {field.name: field for section in PLAN for field in section.fields}
"""Every field of the plan sheet by its name."""
