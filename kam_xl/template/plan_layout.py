"""Where the fields of the plan sheet stand: three A4 pages on a grid of seven columns.

Page 1 says who the client is and answers the first two questions; page 2 answers the third in figures and names the
competitors; page 3 is the work: actions, people, risks, reviews. Titles and kinds are the fields' own.
"""

from __future__ import annotations

from typing import NamedTuple

from kam_xl.locale import Text
from kam_xl.plan import fields

WIDTHS = {"A": 17, "B": 14, "C": 14.5, "D": 22, "E": 22, "F": 15.5, "G": 17}
ALL = "A:G"


class Heading(NamedTuple):
    """A titled bar; a question of the plan has a stronger one."""

    title: Text
    question: bool = False


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
    """Fields of several rows side by side."""

    cells: tuple[tuple[str, str], ...]
    height: float
    head_height: float = 15
    size: float = 10


class Chart(NamedTuple):
    """The chart of the trajectory, over so many rows."""

    rows: int
    height: float


class Note(NamedTuple):
    """One field of one row in small letters, over the whole width and without a title."""

    name: str
    height: float


class Gap(NamedTuple):
    """A little air; before a new printed page, the end of the old one."""

    page_break: bool = False


Block = Heading | Pairs | Tiles | Lines | Table | Chart | Note | Gap

RATINGS = ("kam_position", "kam_potential", "kam_target_position")
"""Values that stand out, in colours."""

_ARGUMENTS = fields.PLAN_FIELDS["kam_arguments"]

LAYOUT: tuple[Block, ...] = (
    Gap(),
    Pairs(
        (
            (26, ("kam_class", "kam_status")),
            (44, ("kam_affects", "kam_account_state")),
            (18, ("kam_rank", "kam_manager")),
            (30, ("kam_limit_note", "kam_period")),
            (18, ("kam_industry", "kam_client_id")),
            (18, ("kam_territory", "kam_built")),
            (18, ("kam_source",)),
        )
    ),
    Gap(),
    Heading(fields.NUMBERS.title),
    Tiles(
        (
            ("kam_revenue", "A"),
            ("kam_budget", "B:C"),
            ("kam_penetration", "D"),
            ("kam_headroom", "E"),
            ("kam_margin", "F:G"),
        ),
        size=14,
        bold=True,
    ),
    Tiles(
        (
            ("kam_abc", "A"),
            ("kam_competitor_total", "B:C"),
            ("kam_competitor_share", "D"),
            ("kam_revenue_share", "E"),
            ("kam_budget_basis", "F:G"),
        ),
        size=14,
        bold=True,
    ),
    Tiles((("kam_budget_date", "A"), ("kam_budget_range", "B:D"), ("kam_budget_note", "E:G")), height=30),
    Gap(),
    Heading(fields.POSITION.title, question=True),
    Tiles((("kam_position", "A"), ("kam_position_argument", "B:G")), height=44, label_height=16),
    Tiles((("kam_achieved", ALL),), height=58, vertical="top"),
    Gap(),
    Heading(fields.POTENTIAL.title, question=True),
    Tiles((("kam_potential", "A"), ("kam_potential_argument", "B:G")), height=44, label_height=16),
    Tiles((("kam_expectations", ALL),), height=58, vertical="top"),
    Gap(),
    Heading(_ARGUMENTS.title),
    Lines("kam_arguments", height=28),
    Gap(page_break=True),
    Heading(fields.GOAL.title, question=True),
    Tiles((("kam_strategy", ALL),), size=12, bold=True, label_height=16),
    Tiles((("kam_goal", ALL),), height=46, vertical="top"),
    Tiles(
        (
            ("kam_target_position", "A"),
            ("kam_target_penetration", "B:C"),
            ("kam_horizon", "D"),
            ("kam_budget_growth", "E"),
            ("kam_path", "F"),
            ("kam_margin_rate", "G"),
        ),
        label_height=26,
    ),
    Gap(),
    Heading(fields.TRAJECTORY.title),
    Table(
        (
            ("kam_trajectory_year", "A"),
            ("kam_trajectory_budget", "B"),
            ("kam_trajectory_penetration", "C"),
            ("kam_trajectory_revenue", "D"),
            ("kam_trajectory_margin", "E"),
            ("kam_trajectory_plan", "F"),
            ("kam_trajectory_gap", "G"),
        ),
        height=16,
        head_height=26,
    ),
    Gap(),
    Chart(rows=10, height=13.5),
    Gap(),
    Heading(fields.OPERATIONAL.title),
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
    Heading(fields.COMPETITORS.title),
    # No merged cells here, so that the rows grow with what is said of a competitor.
    Table(
        (
            ("kam_competitor_name", "A"),
            ("kam_competitor_revenue", "B"),
            ("kam_competitor_share_each", "C"),
            ("kam_competitor_strengths", "D"),
            ("kam_competitor_weaknesses", "E"),
            ("kam_competitor_stance", "F"),
            ("kam_competitor_approach", "G"),
        ),
        height=26,
        size=9,
        head_height=26,
    ),
    Gap(page_break=True),
    Heading(fields.ACTIONS.title),
    Table(
        (
            ("kam_action_what", "A:C"),
            ("kam_action_who", "D"),
            ("kam_action_effect", "E"),
            ("kam_action_when", "F"),
            ("kam_action_state", "G"),
        ),
        height=30,
    ),
    Gap(),
    Heading(fields.STAKEHOLDERS.title),
    Table(
        (
            ("kam_stakeholder_name", "A"),
            ("kam_stakeholder_role", "B:C"),
            ("kam_stakeholder_attitude", "D"),
            ("kam_stakeholder_influence", "E"),
            ("kam_stakeholder_contact", "F:G"),
        ),
        height=28,
    ),
    Gap(),
    Heading(fields.RISKS.title),
    Table(
        (
            ("kam_risk_what", "A:B"),
            ("kam_risk_probability", "C"),
            ("kam_risk_impact", "D"),
            ("kam_risk_response", "E:G"),
        ),
        height=40,
    ),
    Gap(),
    Heading(fields.REVIEWS.title),
    Table((("kam_review_date", "A"), ("kam_review_topic", "B:D"), ("kam_review_outcome", "E:G")), height=28),
)
