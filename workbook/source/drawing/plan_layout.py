"""Where the fields of the plan sheet stand: A4 pages on a grid of seven columns.

Page 1 alone answers the three questions, with goal, gap and next steps: a plan that cannot be reviewed in ten minutes
is a document, not a tool. From page 2 on stands the way: years, opportunities, actions, competitors, people, risks and
reviews; behind it the operational plan, and what is there when it is used. Titles and kinds are the fields' own. Beside
the printed pages stand hints and, in hidden columns, the cells that formulas need.
"""

from __future__ import annotations

from typing import NamedTuple

from kam_xl.locale import Text
from kam_xl.plan.account import plan_fields

WIDTHS = {
    "A": 20,
    **dict.fromkeys("BCDEF", 16.5),
    "G": 19.5,
    "H": 2,
    "I": 44,
    "J": 12,
    "K": 30,
    **dict.fromkeys("LMNOP", 10),
}
ALL = "A:G"
HINTS = "I"
HELPERS, HELPER_TITLES, MAP_DATA = "J", "K", "LMNOP"
"""Columns that nobody sees."""

MANY = 60
"""The height of text that people write, in points."""


class Heading(NamedTuple):
    """A titled bar; a question of the plan has a stronger one. `beside` is a field in its right half."""

    title: Text
    question: bool = False
    beside: str = ""


class Pairs(NamedTuple):
    """Rows of titles with their values beside them: the left half, the right half (or one pair over both)."""

    rows: tuple[tuple[float, tuple[str, ...]], ...]


class Tiles(NamedTuple):
    """Values under their titles, side by side."""

    cells: tuple[tuple[str, str], ...]
    height: float = 24
    size: float = 10
    bold: bool = False
    label_height: float = 13
    vertical: str = "center"


class Lines(NamedTuple):
    """One field of several rows, each a text over the whole width."""

    name: str
    height: float


class Table(NamedTuple):
    """Fields of several rows side by side; `beside` is one in the hidden columns."""

    cells: tuple[tuple[str, str], ...]
    height: float
    head_height: float = 15
    size: float = 10
    beside: str = ""


class Years(NamedTuple):
    """Fields of several cells across, one below the other, each with its title before it; some are only calculated."""

    names: tuple[str, ...]
    height: float
    hidden: tuple[str, ...] = ()


class Chart(NamedTuple):
    """Room for a chart, over so many rows; `data` are columns beside it that nobody sees, as many rows high."""

    code: str
    rows: int
    height: float
    data: tuple[str, ...] = ()


class Note(NamedTuple):
    """A text, or one field of one row, in small letters over the whole width and without a title."""

    what: str | Text
    height: float


class Helpers(NamedTuple):
    """Fields in the hidden columns, beside the rows that follow."""

    names: tuple[str, ...]


class Gap(NamedTuple):
    """A little air; before a new printed page, the end of the old one."""

    page_break: bool = False


class Part(NamedTuple):
    """Blocks under one name, folded away until they are used: a section, or all that stands behind the way."""

    title: Text
    name: str
    blocks: tuple[Block, ...]


Block = Heading | Pairs | Tiles | Lines | Table | Years | Chart | Note | Helpers | Gap | Part

RATINGS = ("kam_position", "kam_potential", "kam_target_position")
"""Values that stand out, in colours."""

PAGE_1: tuple[Block, ...] = (
    Helpers(("kam_stale_text", "kam_was_revenue", "kam_was_budget", "kam_was_competitors")),
    Gap(),
    Pairs(
        (
            (26, ("kam_class", "kam_limit_note")),
            (26, ("kam_manager", "kam_status")),
            (16, ("kam_industry", "kam_territory")),
            (16, ("kam_period", "kam_unit")),
            (16, ("kam_client_id", "kam_built")),
            (26, ("kam_source", "kam_account_state")),
        )
    ),
    Gap(),
    Heading(plan_fields.NUMBERS.title, beside="kam_stale"),
    Tiles(
        (
            ("kam_revenue", "A"),
            ("kam_budget", "B"),
            ("kam_penetration", "C"),
            ("kam_headroom", "D"),
            ("kam_attainable_gain", "E"),
            ("kam_value_at_stake", "F:G"),
        ),
        size=13,
        bold=True,
        label_height=26,
    ),
    Tiles(
        (
            ("kam_revenue_share", "A"),
            ("kam_margin", "B"),
            ("kam_abc", "C"),
            ("kam_competitor_total", "D"),
            ("kam_competitor_share", "E"),
            ("kam_budget_note", "F:G"),
        ),
        height=26,
        label_height=26,
    ),
    Gap(),
    Helpers(("kam_position_own", "kam_was_position")),
    Heading(plan_fields.POSITION.title, question=True, beside="kam_position_differs"),
    Tiles((("kam_position", "A"), ("kam_position_argument", "B:G")), height=32),
    Tiles((("kam_achieved", ALL),), height=46, vertical="top"),
    Gap(),
    Helpers(("kam_potential_own", "kam_was_potential")),
    Heading(plan_fields.POTENTIAL.title, question=True, beside="kam_potential_differs"),
    Tiles((("kam_potential", "A"), ("kam_potential_argument", "B:G")), height=32),
    Tiles((("kam_expectations", ALL),), height=46, vertical="top"),
    Gap(),
    Helpers(("kam_goal_own", "kam_was_goal", "kam_was_goal_year")),
    Heading(plan_fields.GOAL.title, question=True, beside="kam_goal_differs"),
    Tiles((("kam_strategy", "A"), ("kam_task", "B:C"), ("kam_task_argument", "D:G")), 78, size=9, label_height=26),
    Tiles((("kam_goal", ALL),), height=48, vertical="top"),
    Tiles(
        (
            ("kam_goal_year", "A"),
            ("kam_goal_revenue", "B"),
            ("kam_goal_secured", "C:D"),
            ("kam_goal_weighted", "E:F"),
            ("kam_goal_open", "G"),
        ),
        size=13,
        bold=True,
        label_height=26,
    ),
    Tiles((("kam_goal_argument", ALL),), height=28),
    Table((("kam_next_what", "A:D"), ("kam_next_who", "E:F"), ("kam_next_when", "G")), height=20),
    Tiles((("kam_unfilled", ALL),), height=15),
)

THE_WAY: tuple[Block, ...] = (
    Gap(page_break=True),
    Part(
        plan_fields.PEOPLE_MAP.title,
        plan_fields.PEOPLE_MAP.part,
        (
            Heading(plan_fields.PEOPLE_MAP.title),
            Chart(
                "map",
                plan_fields.PEOPLE_ROWS,
                20,
                ("kam_map_name", "kam_map_x", "kam_map_boss_x", "kam_map_y", "kam_map_boss_y"),
            ),
            Note("kam_map_note", height=14),
        ),
    ),
    Heading(plan_fields.TRAJECTORY.title),
    Tiles(
        (
            ("kam_target_position", "A"),
            ("kam_target_penetration", "B"),
            ("kam_horizon", "C"),
            ("kam_budget_growth", "D"),
            ("kam_path", "E:F"),
            ("kam_margin_rate", "G"),
        ),
        height=18,
        label_height=26,
    ),
    Helpers(("kam_base_year", "kam_year_start")),
    Years(
        (
            "kam_trajectory_year",
            "kam_trajectory_label",
            "kam_trajectory_revenue",
            "kam_trajectory_budget",
            "kam_trajectory_penetration",
            "kam_trajectory_margin",
            "kam_trajectory_plan",
            "kam_trajectory_secured",
            "kam_trajectory_weighted",
            "kam_trajectory_gap",
            "kam_goal_floor",
        ),
        height=17,
        hidden=("kam_trajectory_year", "kam_trajectory_secured", "kam_goal_floor"),  # charts pass over hidden cells
    ),
    Note(
        Text(
            "Still open = goal - forecast of the year by the operational plan, which is the actual where it is known "
            "(for a year without one: that of the latest year before it, else today's revenue) - weighted "
            "opportunities dated to the end of the year. Below zero: more than the goal."
        ),
        height=32,
    ),
    Chart("trajectory", rows=8, height=16),
    Gap(),
    Heading(plan_fields.OPPORTUNITIES.title),
    Table(
        (
            ("kam_opportunity_what", "A"),
            ("kam_opportunity_with", "B"),
            ("kam_opportunity_stage", "C"),
            ("kam_opportunity_when", "D"),
            ("kam_opportunity_amount", "E"),
            ("kam_opportunity_probability", "F"),
            ("kam_opportunity_weighted", "G"),
        ),
        height=22,
    ),
    Gap(),
    Heading(plan_fields.ACTIONS.title),
    Table(
        (
            ("kam_action_what", "A:B"),
            ("kam_action_effect", "C"),
            ("kam_action_amount", "D"),
            ("kam_action_who", "E"),
            ("kam_action_when", "F"),
            ("kam_action_state", "G"),
        ),
        height=22,
        head_height=26,
        beside="kam_action_order",
    ),
    Gap(),
    Heading(plan_fields.COMPETITORS.title),
    Table(
        (
            ("kam_competitor_name", "A"),
            ("kam_competitor_revenue", "B"),
            ("kam_competitor_share_each", "C"),
            ("kam_competitor_score", "D"),
            ("kam_competitor_difference", "E"),
            ("kam_competitor_argument", "F:G"),
        ),
        height=38,
        size=9,
    ),
    Table(
        (
            ("kam_competitor_again", "A"),
            ("kam_competitor_strengths", "B:C"),
            ("kam_competitor_weaknesses", "D:E"),
            ("kam_competitor_stance", "F"),
            ("kam_competitor_approach", "G"),
        ),
        height=26,
        size=9,
        head_height=18,
    ),
    Gap(),
    Heading(plan_fields.STAKEHOLDERS.title),
    Table(
        (
            ("kam_stakeholder_name", "A"),
            ("kam_stakeholder_role", "B:C"),
            ("kam_stakeholder_reports_to", "D"),
            ("kam_stakeholder_attitude", "E"),
            ("kam_stakeholder_influence", "F"),
            ("kam_stakeholder_contact", "G"),
        ),
        height=20,
        head_height=26,
    ),
    Note("kam_people_note", height=12),
    Heading(plan_fields.RISKS.title),
    Table(
        (
            ("kam_risk_what", "A:B"),
            ("kam_risk_probability", "C"),
            ("kam_risk_impact", "D"),
            ("kam_risk_response", "E:G"),
        ),
        height=20,
    ),
    Gap(),
    Heading(plan_fields.REVIEWS.title),
    Table((("kam_review_date", "A"), ("kam_review_topic", "B:D"), ("kam_review_outcome", "E:G")), height=18),
)

BEHIND = Part(
    plan_fields.BEHIND_TITLE,
    plan_fields.BEHIND,
    (
        Heading(plan_fields.OPERATIONAL.title),
        Table(
            (
                ("kam_operational_period", "A"),
                ("kam_operational_plan", "B"),
                ("kam_operational_to_date", "C"),
                ("kam_operational_fact", "D"),
                ("kam_operational_deviation", "E"),
                ("kam_operational_share", "F"),
                ("kam_operational_lead", "G"),
            ),
            height=15,
        ),
        Note("kam_operational_note", height=26),
        Gap(),
        Heading(plan_fields.PLAN_FIELDS["kam_arguments"].title),
        Lines("kam_arguments", height=26),
        Tiles(
            (
                ("kam_rank", "A"),
                ("kam_affects", "B:D"),
                ("kam_budget_basis", "E"),
                ("kam_budget_date", "F"),
                ("kam_budget_range", "G"),
            ),
            height=52,
        ),
        Part(
            plan_fields.HISTORY.title,
            plan_fields.HISTORY.part,
            (Heading(plan_fields.HISTORY.title), Years(("kam_history_year", "kam_history_revenue"), height=17)),
        ),
        Part(
            plan_fields.TREND.title,
            plan_fields.TREND.part,
            (
                Heading(plan_fields.TREND.title),
                Years(
                    (
                        "kam_trend_day",
                        "kam_trend_revenue",
                        "kam_trend_goal",
                        "kam_trend_penetration",
                        "kam_trend_rank",
                    ),
                    height=17,
                ),
                Chart("trend", rows=10, height=13),
            ),
        ),
        Part(
            plan_fields.CLIENT_GOALS.title,
            plan_fields.CLIENT_GOALS.part,
            (
                Heading(plan_fields.CLIENT_GOALS.title),
                Tiles((("kam_client_goals", ALL),), height=MANY, vertical="top"),
                Tiles((("kam_client_problems", ALL),), height=MANY, vertical="top"),
                Tiles((("kam_offer", ALL),), height=MANY, vertical="top"),
            ),
        ),
        Part(
            plan_fields.STRENGTHS.title,
            plan_fields.STRENGTHS.part,
            (
                Heading(plan_fields.STRENGTHS.title),
                Tiles((("kam_our_strengths", "A:C"), ("kam_our_vulnerabilities", "D:G")), height=MANY, vertical="top"),
            ),
        ),
        Part(
            plan_fields.TEAM.title,
            plan_fields.TEAM.part,
            (
                Heading(plan_fields.TEAM.title),
                Table((("kam_team_name", "A:B"), ("kam_team_role", "C:D"), ("kam_team_task", "E:G")), height=26),
            ),
        ),
        Part(
            plan_fields.MILESTONES.title,
            plan_fields.MILESTONES.part,
            (
                Heading(plan_fields.MILESTONES.title),
                Table(
                    (
                        ("kam_milestone_what", "A:D"),
                        ("kam_milestone_who", "E"),
                        ("kam_milestone_when", "F"),
                        ("kam_milestone_state", "G"),
                    ),
                    height=26,
                ),
            ),
        ),
        Part(
            plan_fields.CONTRACTS.title,
            plan_fields.CONTRACTS.part,
            (
                Heading(plan_fields.CONTRACTS.title),
                Table(
                    (
                        ("kam_contract_what", "A:C"),
                        ("kam_contract_amount", "D"),
                        ("kam_contract_when", "E"),
                        ("kam_contract_note", "F:G"),
                    ),
                    height=26,
                ),
            ),
        ),
    ),
)

LAYOUT = (*PAGE_1, *THE_WAY, BEHIND)
