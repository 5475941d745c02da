"""The named fields of the plan sheet, section by section.

They follow section 5 of the domain glossary; the third question is our reconstruction.
"""

from __future__ import annotations

from kam_xl.domain.model import Labelled, PathShape, Position, Stance
from kam_xl.locale import Text, in_context
from kam_xl.plan.fields import Field, Kind, Number, Section

COMPETITOR_ROWS, TRAJECTORY_ROWS = 8, 6
OPERATIONAL_ROWS = 7  # three years, one of them with its quarters
ARGUMENT_ROWS = 6  # four criteria, the status, the age of the budget
HISTORY_ROWS = 5
TREND_ROWS = 6
OPPORTUNITY_ROWS, ACTION_ROWS, NEXT_STEPS = 12, 12, 3
PEOPLE_ROWS, RISK_ROWS, REVIEW_ROWS, MORE_ROWS = 10, 8, 6, 6
_C, _P, _E = Kind.COMPUTED, Kind.PROPOSAL, Kind.ENTRY
_MONEY, _SHARE, _COUNT, _DATE, _YEAR = Number.MONEY, Number.SHARE, Number.COUNT, Number.DATE, Number.YEAR

STAGES = (
    in_context("stage", "Lead"),
    in_context("stage", "Qualified"),
    in_context("stage", "Proposal"),
    in_context("stage", "Negotiation"),
    in_context("stage", "Won"),
    in_context("stage", "Lost"),
)
CLOSED_STAGES = STAGES[4:]
"""Stages of opportunities that close no gap any more: what is won is in the operational plan, what is lost is lost."""

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


def _own_answer(code: str) -> tuple[Field, Field]:
    """The program's own answer where the plan gives another one: an argument beside it is for the program's."""
    return (
        Field(f"kam_{code}_differs", Text("The program's own answer, where the plan gives another one"), _C),
        Field(f"kam_{code}_own", Text("The program's own answer"), _C),
    )


HEADER = Section(
    "header",
    Text("Perspective plan"),
    (
        Field("kam_client", Text("Client"), _C),
        Field("kam_client_id", Text("Client ID"), _C),
        Field("kam_industry", Text("Industry"), _C),
        Field("kam_territory", Text("Territory"), _C),
        Field("kam_manager", Text("Manager"), _C),
        Field("kam_class", Text("Key account by"), _C),
        Field("kam_affects", Text("What it affects"), _C, long=True),
        Field("kam_rank", Text("Rank"), _C, _COUNT),
        Field("kam_limit_note", Text("Rank and limit"), _C, long=True),
        Field("kam_status", Text("Current or potential"), _C),
        Field("kam_account_state", Text("On the list of key accounts"), _C),
        Field("kam_period", Text("Period"), _C),
        Field("kam_unit", Text("Amounts in"), _C),
        Field("kam_built", Text("Updated"), _C, _DATE),
        Field("kam_source", Text("Source"), _C),
        Field("kam_unfilled", Text("Not filled in yet"), _C, long=True),
        # What the ratings were made from, and what to say where somebody typed something else over it.
        Field("kam_stale", Text("Are the ratings up to date?"), _C, long=True),
        Field("kam_stale_text", Text("Shown where figures were typed over"), _C),
        Field("kam_was_revenue", Text("Revenue at the last build"), _C, _MONEY),
        Field("kam_was_budget", Text("Procurement budget at the last build"), _C, _MONEY),
        Field("kam_was_competitors", Text("Competitor revenue at the last build"), _C, _MONEY),
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
        Field("kam_attainable_gain", Text("Attainable gain"), _C, _MONEY),
        Field("kam_value_at_stake", Text("Value at stake"), _C, _MONEY),
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
        *_own_answer("position"),
        Field("kam_was_position", Text("Position by the client table"), _C),
        Field("kam_achieved", Text("What we have achieved with this client so far"), _E, long=True),
    ),
)
POTENTIAL = Section(
    "potential",
    Text("2. What is the client's potential?"),
    (
        Field("kam_potential", Text("Potential"), _C),
        Field("kam_potential_argument", Text("Why"), _C, long=True),
        *_own_answer("potential"),
        Field("kam_was_potential", Text("Potential by the client table"), _C),
        Field("kam_expectations", Text("What we can count on, and what makes the client attractive"), _E, long=True),
        Field("kam_arguments", Text("Why it is a key account"), _C, rows=ARGUMENT_ROWS, long=True),
    ),
)
GOAL = Section(
    "goal",
    Text("3. What do we want to achieve, and how?"),
    (
        Field("kam_strategy", Text("Strategy by position and potential"), _C),
        Field("kam_task", Text("What the account is for"), _C),
        Field("kam_task_argument", Text("Why"), _C, long=True),
        Field("kam_goal", Text("Our goal"), _E, long=True),
        Field("kam_goal_year", Text("By the year"), _C, _YEAR),
        Field("kam_goal_revenue", Text("Revenue goal"), _C, _MONEY),
        Field("kam_goal_secured", Text("Where the plan leads"), _C, _MONEY),
        Field("kam_goal_weighted", Text("Weighted opportunities"), _C, _MONEY),
        Field("kam_goal_open", Text("Still open"), _C, _MONEY),
        Field("kam_goal_argument", Text("How the goal was proposed"), _C, long=True),
        *_own_answer("goal"),
        Field("kam_was_goal", Text("Revenue goal proposed"), _C, _MONEY),
        Field("kam_was_goal_year", Text("Year of the proposed goal"), _C, _YEAR),
        Field("kam_target_position", Text("Target position"), _P, choices=_labels(Position)),
        Field("kam_target_penetration", Text("Target penetration index"), _P, _SHARE),
        Field("kam_horizon", Text("Horizon, years"), _P, _COUNT, choices=(2, 3, 4, 5)),
        Field("kam_budget_growth", Text("Budget growth per year"), _P, _SHARE),
        Field("kam_path", Text("Path to the target"), _P, choices=_labels(PathShape)),
        Field("kam_margin_rate", Text("Margin, share of revenue"), _P, _SHARE),
        Field("kam_next_what", Text("Next steps"), _C, rows=NEXT_STEPS, long=True),
        Field("kam_next_who", Text("Who"), _C, rows=NEXT_STEPS),
        Field("kam_next_when", Text("By when"), _C, _DATE, NEXT_STEPS),
    ),
)
TRAJECTORY = Section(
    "trajectory",
    Text("The way by year"),
    (
        Field("kam_trajectory_year", Text("Year, as a number"), _C, _YEAR, TRAJECTORY_ROWS),
        # The years as text, for the axis of the chart: some programs make a 0 of a blank number.
        Field("kam_trajectory_label", Text("Year"), _C, rows=TRAJECTORY_ROWS),
        Field("kam_trajectory_revenue", Text("Revenue and goal"), _C, _MONEY, TRAJECTORY_ROWS),
        Field("kam_trajectory_budget", Text("Procurement budget"), _C, _MONEY, TRAJECTORY_ROWS),
        Field("kam_trajectory_penetration", Text("Penetration index"), _C, _SHARE, TRAJECTORY_ROWS),
        Field("kam_trajectory_margin", Text("Margin"), _C, _MONEY, TRAJECTORY_ROWS),
        # Where the operational periods lead; years that the operational plan does not know may be typed.
        Field("kam_trajectory_plan", Text("Forecast by plan"), _C, _MONEY, TRAJECTORY_ROWS),
        Field(
            "kam_trajectory_secured",
            Text("Where the plan leads"),
            _C,
            _MONEY,
            TRAJECTORY_ROWS,
        ),
        Field("kam_trajectory_weighted", Text("Weighted opportunities"), _C, _MONEY, TRAJECTORY_ROWS),
        Field("kam_trajectory_gap", Text("Still open"), _C, _MONEY, TRAJECTORY_ROWS),
        # Today's revenue where it must be kept, then what operational plans have up to each year.
        Field("kam_goal_floor", Text("No goal below this revenue"), _C, _MONEY, TRAJECTORY_ROWS),
        # What the proposal starts from: cells beside the printed pages.
        Field("kam_base_year", Text("Year of the figures"), _C, _YEAR),
        Field("kam_year_start", Text("First month of the year"), _C, _COUNT),
    ),
)
OPPORTUNITIES = Section(
    "opportunities",
    Text("Opportunities"),
    (
        Field("kam_opportunity_what", in_context("opportunity", "What"), _E, rows=OPPORTUNITY_ROWS, long=True),
        Field("kam_opportunity_with", Text("With whom"), _E, rows=OPPORTUNITY_ROWS),
        Field("kam_opportunity_stage", Text("Stage"), _E, rows=OPPORTUNITY_ROWS, choices=STAGES),
        Field("kam_opportunity_when", Text("When"), _E, _DATE, OPPORTUNITY_ROWS),
        Field("kam_opportunity_amount", Text("Amount a year"), _E, _MONEY, OPPORTUNITY_ROWS),
        Field("kam_opportunity_probability", Text("Probability, %"), _E, _SHARE, OPPORTUNITY_ROWS),
        Field("kam_opportunity_weighted", Text("Weighted"), _C, _MONEY, OPPORTUNITY_ROWS),
    ),
    tables=("kam_opportunity_what",),
)
ACTIONS = Section(
    "actions",
    Text("Actions"),
    (
        Field("kam_action_what", in_context("action", "What"), _E, rows=ACTION_ROWS, long=True),
        Field("kam_action_effect", Text("Expected effect"), _E, rows=ACTION_ROWS, long=True),
        Field("kam_action_amount", Text("Effect in money"), _E, _MONEY, ACTION_ROWS),
        Field("kam_action_who", Text("Who"), _E, rows=ACTION_ROWS),
        Field("kam_action_when", Text("By when"), _E, _DATE, ACTION_ROWS),
        Field("kam_action_state", in_context("action", "State"), _E, rows=ACTION_ROWS, choices=ACTION_STATES),
        # The order of what is still to be done: by date, those without one last.
        Field("kam_action_order", Text("Order of what is open"), _C, Number.INDEX, ACTION_ROWS),
    ),
    tables=("kam_action_what",),
)
COMPETITORS = Section(
    "competitors",
    Text("Competitors and our approach"),
    (
        Field("kam_competitor_name", Text("Competitor"), _C, rows=COMPETITOR_ROWS),
        Field("kam_competitor_revenue", Text("Revenue"), _C, _MONEY, COMPETITOR_ROWS),
        Field("kam_competitor_share_each", Text("Share of the budget"), _C, _SHARE, COMPETITOR_ROWS),
        Field("kam_competitor_score", Text("Score"), _C, _COUNT, COMPETITOR_ROWS),
        Field("kam_competitor_difference", Text("Against ours"), _C, _COUNT, COMPETITOR_ROWS),
        Field("kam_competitor_argument", Text("Proposed stance and why"), _C, rows=COMPETITOR_ROWS, long=True),
        Field("kam_competitor_again", Text("Competitor"), _C, rows=COMPETITOR_ROWS),
        Field("kam_competitor_strengths", Text("Strengths"), _P, rows=COMPETITOR_ROWS, long=True),
        Field("kam_competitor_weaknesses", Text("Weaknesses"), _P, rows=COMPETITOR_ROWS, long=True),
        Field("kam_competitor_stance", Text("Stance"), _P, rows=COMPETITOR_ROWS, choices=_labels(Stance)),
        Field("kam_competitor_approach", Text("Our approach"), _E, rows=COMPETITOR_ROWS, long=True),
    ),
    tables=("kam_competitor_name", "kam_competitor_again"),
    spare=1,
)
STAKEHOLDERS = Section(
    "stakeholders",
    Text("Stakeholders"),
    (
        Field("kam_stakeholder_name", Text("Name"), _E, rows=PEOPLE_ROWS),
        Field("kam_stakeholder_role", Text("Role"), _E, rows=PEOPLE_ROWS),
        Field("kam_stakeholder_reports_to", Text("Reports to"), _E, rows=PEOPLE_ROWS),
        Field("kam_stakeholder_attitude", Text("Attitude"), _E, rows=PEOPLE_ROWS, choices=ATTITUDES),
        Field("kam_stakeholder_influence", Text("Influence"), _E, rows=PEOPLE_ROWS, choices=INFLUENCES),
        Field("kam_stakeholder_contact", Text("Our contact"), _E, rows=PEOPLE_ROWS),
        Field("kam_people_note", Text("What the contacts say"), _C, long=True),
    ),
    tables=("kam_stakeholder_name",),
)
PEOPLE_MAP = Section(
    "people_map",
    Text("Relationship map: attitude and influence, lines to whom they report"),
    (
        Field("kam_map_note", Text("Who is not on the map"), _C, long=True),
        # What the chart is drawn from: hidden cells beside it.
        Field("kam_map_name", Text("Name"), _C, rows=PEOPLE_ROWS),
        Field("kam_map_x", Text("Attitude"), _C, Number.INDEX, PEOPLE_ROWS),
        Field("kam_map_boss_x", Text("Attitude of whom they report to"), _C, Number.INDEX, PEOPLE_ROWS),
        Field("kam_map_y", Text("Influence"), _C, Number.INDEX, PEOPLE_ROWS),
        Field("kam_map_boss_y", Text("Influence of whom they report to"), _C, Number.INDEX, PEOPLE_ROWS),
    ),
    optional=True,
)
RISKS = Section(
    "risks",
    Text("Risks"),
    (
        Field("kam_risk_what", Text("Risk"), _E, rows=RISK_ROWS, long=True),
        Field("kam_risk_probability", Text("Probability"), _E, rows=RISK_ROWS, choices=PROBABILITIES),
        Field("kam_risk_impact", Text("Impact"), _E, rows=RISK_ROWS, choices=IMPACTS),
        Field("kam_risk_response", Text("Response"), _E, rows=RISK_ROWS, long=True),
    ),
    tables=("kam_risk_what",),
)
REVIEWS = Section(
    "reviews",
    Text("Reviews"),
    (
        Field("kam_review_date", Text("Date"), _P, _DATE, REVIEW_ROWS),
        Field("kam_review_topic", Text("Topic"), _E, rows=REVIEW_ROWS, long=True),
        Field("kam_review_outcome", Text("Outcome"), _E, rows=REVIEW_ROWS, long=True),
    ),
    tables=("kam_review_date",),
    spare=0,
)
OPERATIONAL = Section(
    "operational",
    Text("Operational plan and actual figures"),
    (
        Field("kam_operational_period", Text("Period"), _C, rows=OPERATIONAL_ROWS),
        Field("kam_operational_plan", in_context("column", "Plan"), _C, _MONEY, OPERATIONAL_ROWS),
        Field("kam_operational_to_date", Text("Plan to date"), _C, _MONEY, OPERATIONAL_ROWS),
        Field("kam_operational_fact", in_context("column", "Actual"), _C, _MONEY, OPERATIONAL_ROWS),
        Field("kam_operational_deviation", Text("Variance"), _C, _MONEY, OPERATIONAL_ROWS),
        Field("kam_operational_share", Text("Variance, %"), _C, _SHARE, OPERATIONAL_ROWS),
        Field("kam_operational_lead", Text("Forecast"), _C, _MONEY, OPERATIONAL_ROWS),
        Field("kam_operational_note", Text("What it says"), _C, long=True),
    ),
    tables=("kam_operational_period",),
    spare=0,
)
HISTORY = Section(
    "history",
    Text("Revenue in earlier years"),
    (
        Field("kam_history_year", Text("Year"), _C, _YEAR, HISTORY_ROWS),
        Field("kam_history_revenue", Text("Revenue"), _C, _MONEY, HISTORY_ROWS),
    ),
    optional=True,
)
TREND = Section(
    "trend",
    Text("How the figures went since earlier builds"),
    (
        # Days as texts, for the axis of the chart.
        Field("kam_trend_day", Text("Build of"), _C, rows=TREND_ROWS),
        Field("kam_trend_revenue", Text("Revenue"), _C, _MONEY, TREND_ROWS),
        Field("kam_trend_goal", Text("Proposed goal"), _C, _MONEY, TREND_ROWS),
        Field("kam_trend_penetration", Text("Penetration index"), _C, _SHARE, TREND_ROWS),
        Field("kam_trend_rank", Text("Rank"), _C, _COUNT, TREND_ROWS),
    ),
    optional=True,
)
CLIENT_GOALS = Section(
    "client_goals",
    Text("The client's own goals and problems, and what we offer"),
    (
        Field("kam_client_goals", Text("The client's goals"), _E, long=True),
        Field("kam_client_problems", Text("The client's problems"), _E, long=True),
        Field("kam_offer", Text("What we offer in return"), _E, long=True),
    ),
    optional=True,
)
STRENGTHS = Section(
    "strengths",
    Text("Our strengths and vulnerabilities with the client"),
    (
        Field("kam_our_strengths", Text("Our strengths"), _E, long=True),
        Field("kam_our_vulnerabilities", Text("Our vulnerabilities"), _E, long=True),
    ),
    optional=True,
)
TEAM = Section(
    "team",
    Text("Our team and sponsor"),
    (
        Field("kam_team_name", Text("Name"), _E, rows=MORE_ROWS),
        Field("kam_team_role", Text("Role in the team"), _E, rows=MORE_ROWS),
        Field("kam_team_task", Text("Responsible for"), _E, rows=MORE_ROWS, long=True),
    ),
    tables=("kam_team_name",),
    optional=True,
)
MILESTONES = Section(
    "milestones",
    Text("Milestones"),
    (
        Field("kam_milestone_what", Text("Milestone"), _E, rows=MORE_ROWS, long=True),
        Field("kam_milestone_who", Text("Who"), _E, rows=MORE_ROWS),
        Field("kam_milestone_when", Text("By when"), _E, _DATE, MORE_ROWS),
        Field("kam_milestone_state", in_context("action", "State"), _E, rows=MORE_ROWS, choices=ACTION_STATES),
    ),
    tables=("kam_milestone_what",),
    optional=True,
)
CONTRACTS = Section(
    "contracts",
    Text("Contract and tender dates"),
    (
        Field("kam_contract_what", Text("Contract or tender"), _E, rows=MORE_ROWS, long=True),
        Field("kam_contract_amount", Text("Amount a year"), _E, _MONEY, MORE_ROWS),
        Field("kam_contract_when", Text("Ends, or is due, on"), _E, _DATE, MORE_ROWS),
        Field("kam_contract_note", Text("What to do"), _E, rows=MORE_ROWS, long=True),
    ),
    tables=("kam_contract_what",),
    optional=True,
)

PLAN = (
    HEADER,
    NUMBERS,
    POSITION,
    POTENTIAL,
    GOAL,
    TRAJECTORY,
    OPPORTUNITIES,
    ACTIONS,
    COMPETITORS,
    STAKEHOLDERS,
    PEOPLE_MAP,
    RISKS,
    REVIEWS,
    OPERATIONAL,
    HISTORY,
    TREND,
    CLIENT_GOALS,
    STRENGTHS,
    TEAM,
    MILESTONES,
    CONTRACTS,
)
"""The plan sheet, in reading order."""

PLAN_FIELDS = {field.name: field for section in PLAN for field in section.fields}
"""Every field of the plan sheet by its name."""

BEHIND, BEHIND_TITLE = "kam_part_behind", Text("Operational plan, reasons and further sections")
"""All that stands behind the way; folded away on the blank template, so that it prints on two pages."""

PARTS = (BEHIND, *(section.part for section in PLAN if section.optional))
"""Names of the rows that are folded away until they are used."""

PLAN_NAMES = (*PLAN_FIELDS, *PARTS)
