"""What is written into a plan sheet, at the first build and at a rebuild."""

from dataclasses import replace
from datetime import date

import pytest

from kam_xl.domain.classify import classify
from kam_xl.domain.model import BudgetBasis, Client, Competitor, Stance
from kam_xl.domain.settings import Settings
from kam_xl.locale import LANGUAGES
from kam_xl.plan.account.content import plan_values
from kam_xl.plan.account.formulas import Computed
from kam_xl.plan.account.plan_fields import PLAN_FIELDS
from kam_xl.plan.fields import Kind
from kam_xl.plan.units import TableUnit

EURO = Settings(currency="EUR")
BUILT = date(2026, 3, 31)
NORDWERK = Client(
    "7",
    "Nordwerk",
    revenue=120.0,
    procurement_budget=1000.0,
    margin=30.0,
    sales_plan=110.0,
    industry="Telecoms",
    territory="North",
    manager="Ann",
    reference=True,
    budget_basis=BudgetBasis.ESTIMATED,
    budget_date=date(2024, 1, 31),
    budget_low=800.0,
    budget_high=1200.0,
    competitors=(Competitor("Alfa", 300.0, "price", "service", Stance.COMPETE), Competitor("Beta", 100.0)),
)
TABLE = (NORDWERK, Client("8", "South", revenue=700.0, procurement_budget=900.0), Client("9", "East", revenue=5.0))


STALE = 'Differs from the client table, which ratings and goals follow: change it and press "Build plans".'
UNFILLED = "What we have achieved, what we can count on, our goal, opportunities, actions, stakeholders, risks"


def plan(client=NORDWERK, *, settings=EURO, lang="en", **others):
    table = [client, *TABLE[1:]]
    classification = classify(table, settings, today=BUILT)
    return plan_values(
        classification.accounts[0], classification, lang=lang, built=BUILT, source="clients.xlsx", **others
    )


def written(values):
    """The values without the formulas, which have their own tests, and without blanks."""
    return {name: value for name, value in values.items() if name not in formulas(values) and value is not None}


def formulas(values):
    return {
        name: [each.value for each in value] if isinstance(value, list) else value.value
        for name, value in values.items()
        if isinstance(value[0] if isinstance(value, list) else value, Computed)
    }


def column(*values, rows=8):
    return [*values, *[None] * (rows - len(values))]


BLANK_TREND_AND_MAP = {
    **{f"kam_trend_{name}": column(rows=6) for name in ("day", "revenue", "goal", "penetration", "rank")},
    **{f"kam_map_{name}": column(rows=10) for name in ("name", "x", "y", "boss_x", "boss_y")},
}


def test_a_new_plan_says_everything_we_know_and_propose():
    assert written(plan()) == {
        "kam_client": "Nordwerk",
        "kam_client_id": "7",
        "kam_industry": "Telecoms",
        "kam_territory": "North",
        "kam_manager": "Ann",
        "kam_class": "Revenue, Prospect, Reference",
        "kam_affects": "Financial results, directly; future revenue; reputation and access to the vertical",
        "kam_rank": 2,
        "kam_limit_note": "Above the limit: rank 2 of 2, the limit allows 1.",
        "kam_status": "Current",
        "kam_account_state": "Key account",
        "kam_built": BUILT,
        "kam_source": "clients.xlsx",
        "kam_period": "2025 (assumed: the table names no year)",
        "kam_unit": "EUR",
        "kam_base_year": 2025,
        "kam_year_start": 1,
        "kam_was_revenue": 120.0,
        "kam_was_budget": 1000.0,
        "kam_was_competitors": 400.0,
        "kam_stale_text": STALE,
        "kam_unfilled": UNFILLED,
        "kam_revenue": 120.0,
        "kam_revenue_share": 120 / 825,
        "kam_margin": 30.0,
        "kam_abc": "B",
        "kam_budget": 1000.0,
        "kam_budget_basis": "Estimated",
        "kam_budget_date": date(2024, 1, 31),
        "kam_budget_range": "from 800 to 1,200: penetration from 10% to 15%",
        "kam_budget_note": "Procurement budget: estimated, dated 2024-01-31 (older than 12 months).",
        "kam_competitor_total": 400.0,
        "kam_attainable_gain": 80.0,
        "kam_value_at_stake": 200.0,
        "kam_history_year": column(rows=5),
        "kam_history_revenue": column(rows=5),
        **BLANK_TREND_AND_MAP,
        "kam_position": "Weak",
        "kam_position_own": "By the client table: Weak.",
        "kam_was_position": "Weak",
        "kam_potential_own": "By the client table: High.",
        "kam_was_potential": "High",
        "kam_goal_own": "Proposed: 200 in 2028.",
        "kam_was_goal": 200.0,
        "kam_was_goal_year": 2028,
        "kam_position_argument": "Position weak: penetration 12% (120 of 1,000) is below 20%.",
        "kam_potential": "High",
        "kam_potential_argument": "Potential high: procurement budget 1,000 is at least 1,000 "
        "(the 80th percentile of the known budgets).",
        "kam_arguments": [
            "Revenue: 14.5% of all revenue (120 of 825) is more than 10%.",
            "Prospect: penetration 12% (120 of 1,000) is below 20%; procurement budget 1,000, high potential; "
            "competitors earn 400 there.",
            "Reference: marked as well known in its vertical, Telecoms (1 reference client there): no reason given.",
            "Current account: 100% of the sales plan (110 of 110) is at least 1%.",
            "Procurement budget: estimated, dated 2024-01-31 (older than 12 months).",
            None,
        ],
        "kam_strategy": "Attack or ally (subcontract, coexist)",
        "kam_task": "Protect the income; Attack: win a share from competitors; Use the reference",
        "kam_task_argument": "Protect the income: 14.5% of all revenue depends on this client. Watch contract dates, "
        "build a second circle of contacts, act as soon as revenue falls. Attack: 2 competitors are known, none "
        "dominates; Alfa holds 30% of the procurement budget, below 50%. Use the reference, Telecoms: a case, a visit, "
        "a recommendation.",
        "kam_goal_argument": "Attainable: 20% of a procurement budget of 1,000 in 2028, 80 more than today.",
        "kam_target_position": "Medium",
        "kam_target_penetration": 0.2,
        "kam_horizon": 3,
        "kam_budget_growth": 0.0,
        "kam_path": "Linear",
        "kam_margin_rate": 0.25,
        "kam_competitor_name": column("Alfa", "Beta"),
        "kam_competitor_revenue": column(300.0, 100.0),
        "kam_competitor_strengths": column("price"),
        "kam_competitor_weaknesses": column("service"),
        "kam_competitor_score": column(),
        "kam_competitor_difference": column(),
        "kam_competitor_argument": column(
            "Compete: your own choice towards Alfa.",
            "Compete: Beta holds 10% of the procurement budget, below 50%; it is not scored against us.",
        ),
        "kam_competitor_stance": column("Compete", "Compete"),
        "kam_goal_floor": column(rows=6),
        "kam_trajectory_plan": column(110.0, rows=6),
        "kam_operational_period": column(rows=7),
        "kam_operational_plan": column(rows=7),
        "kam_operational_to_date": column(rows=7),
        "kam_operational_fact": column(rows=7),
        "kam_operational_lead": column(rows=7),
        "kam_operational_note": "The client table gives the plan of this year alone: add a sheet with plan and "
        "actual figures by month, or type the plans of later years into the table above.",
        "kam_review_date": [date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31), date(2027, 3, 31), None, None],
    }


def test_the_formulas_of_a_new_plan_have_the_values_of_its_proposals():
    found = formulas(plan())
    assert (found["kam_penetration"], found["kam_headroom"], found["kam_competitor_share"]) == (0.12, 880.0, 0.4)
    assert found["kam_competitor_share_each"] == [0.3, 0.1, "", "", "", "", "", ""]
    assert found["kam_trajectory_penetration"][3] == 0.2
    assert found["kam_trajectory_year"] == [2025, 2026, 2027, 2028, "", ""]
    assert found["kam_trajectory_gap"] == ["", pytest.approx(80 / 3), pytest.approx(160 / 3), 80.0, "", ""]
    assert (found["kam_goal_year"], found["kam_goal_revenue"], found["kam_goal_open"]) == (2028, 200.0, 80.0)


def test_reviews_fall_on_working_days():
    days = plan(settings=Settings(), existing=None)["kam_review_date"][:4]
    assert [day.weekday() < 5 for day in days] == [True] * 4


def test_the_period_and_the_unit_are_those_of_the_table():
    values = plan(replace(NORDWERK, year=2024), unit=TableUnit("RUB", 1000.0))
    assert (values["kam_period"], values["kam_unit"], values["kam_base_year"]) == ("2024", "RUB, thousands", 2024)


@pytest.mark.parametrize(
    ("months", "lang", "period"),
    [
        (10, "en", "10 months of 2026"),
        (10, "ru", "10 мес. 2026 г."),
        (0, "en", "part of 2026"),
        (0, "ru", "часть 2026 г."),
        (None, "en", "2026"),
    ],
)
def test_the_period_of_a_part_of_a_year_says_so(months, lang, period):
    assert plan(replace(NORDWERK, year=2026), unit=TableUnit(months=months), lang=lang)["kam_period"] == period


def test_revenue_of_earlier_years_shows_the_latest_of_them():
    years = tuple((year, float(year)) for year in range(2017, 2025))
    values = plan(replace(NORDWERK, history=years))
    assert values["kam_history_year"] == [2020, 2021, 2022, 2023, 2024]


def test_an_account_that_hangs_on_one_contact_is_a_warning():
    assert plan(existing={"kam_stakeholder_name": ["Ann"]})["kam_people_note"] == (
        "Only one contact is named: find a second one."
    )
    two = {"kam_stakeholder_name": ["Ann", "Ben"], "kam_stakeholder_attitude": ["Supporter", None]}
    assert plan(existing=two)["kam_people_note"] is None


def test_what_is_written_into_the_plan_is_no_longer_missing():
    filled = {"kam_goal": "Win the plant", "kam_action_what": ["Visit"], "kam_risk_what": [None, "Strike"]}
    assert plan(existing=filled)["kam_unfilled"] == (
        "What we have achieved, what we can count on, opportunities, stakeholders"
    )


def test_a_rebuild_leaves_proposals_and_entries_to_the_person():
    values = plan(existing={})
    kinds = {PLAN_FIELDS[name].kind for name, value in values.items() if name not in beside_competitors()}
    assert kinds == {Kind.COMPUTED}


def beside_competitors():
    return {name for name in PLAN_FIELDS if name.startswith("kam_competitor_")}


def test_a_rebuild_calculates_with_what_the_person_chose():
    values = plan(existing={"kam_target_penetration": 0.5, "kam_horizon": 2, "kam_path": "Linear"})
    assert formulas(values)["kam_trajectory_penetration"] == [0.12, 0.31, 0.5, "", "", ""]


def test_a_rebuild_proposes_beside_the_competitors_of_the_table():
    values = plan(existing={"kam_competitor_name": ["Beta"], "kam_competitor_strengths": ["ours"]})
    calculated = {"kam_competitor_share_each", "kam_competitor_again"}
    assert {name: values[name] for name in beside_competitors() & values.keys() - calculated} == {
        "kam_competitor_name": column("Beta", "Alfa"),
        "kam_competitor_revenue": column(100.0, 300.0),
        "kam_competitor_total": 400.0,
        "kam_competitor_share": values["kam_competitor_share"],
        "kam_competitor_strengths": column(None, "price"),
        "kam_competitor_weaknesses": column(None, "service"),
        "kam_competitor_stance": column("Compete", "Compete"),
        "kam_competitor_score": column(),
        "kam_competitor_difference": column(),
        "kam_competitor_argument": [
            "Compete: Beta holds 10% of the procurement budget, below 50%; it is not scored against us.",
            "Compete: your own choice towards Alfa.",
            *[None] * 6,
        ],
    }


def test_entries_are_never_written():
    entries = {name for name, field in PLAN_FIELDS.items() if field.kind is Kind.ENTRY}
    assert not entries & plan().keys()


def test_every_computed_field_and_every_proposal_is_written():
    ours = {name for name, field in PLAN_FIELDS.items() if field.kind is not Kind.ENTRY}
    assert plan().keys() == ours


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("client", [NORDWERK, Client("7", "Nordwerk", reference=True)])
def test_a_column_has_as_many_values_as_its_field_has_rows(client, lang):
    for name, value in plan(client, lang=lang).items():
        assert (len(value) if isinstance(value, list) else 1) == PLAN_FIELDS[name].rows, name


def test_what_is_unknown_is_blank_and_said_so():
    values = written(plan(Client("7", "Nordwerk", reference=True), settings=Settings()))
    assert values == {
        "kam_client": "Nordwerk",
        "kam_client_id": "7",
        "kam_class": "Reference",
        "kam_affects": "Reputation and access to the vertical",
        "kam_rank": 2,
        "kam_limit_note": "Above the limit: rank 2 of 2, the limit allows 1.",
        "kam_account_state": "Key account",
        "kam_built": BUILT,
        "kam_source": "clients.xlsx",
        "kam_period": "2025 (assumed: the table names no year)",
        "kam_unit": "units of the client table",
        "kam_base_year": 2025,
        "kam_year_start": 1,
        "kam_stale_text": STALE,
        "kam_unfilled": UNFILLED,
        "kam_value_at_stake": 0.0,
        "kam_history_year": column(rows=5),
        "kam_history_revenue": column(rows=5),
        **BLANK_TREND_AND_MAP,
        "kam_task": "Use the reference",
        "kam_task_argument": "Use the reference: a case, a visit, a recommendation.",
        "kam_goal_argument": "Revenue and procurement budget are unknown: no goal can be proposed.",
        "kam_position_argument": "Not rated: revenue or procurement budget is unknown or cannot be right.",
        "kam_potential_argument": "Not rated: the procurement budget is unknown or cannot be right.",
        "kam_arguments": column(values["kam_arguments"][0], rows=6),
        "kam_position_own": "By the client table: not rated.",
        "kam_potential_own": "By the client table: not rated.",
        "kam_goal_own": "No goal is proposed.",
        "kam_was_goal_year": 2028,
        "kam_strategy": "No recommendation: it takes both position and potential.",
        "kam_horizon": 3,
        "kam_budget_growth": 0.0,
        "kam_path": "Linear",
        "kam_competitor_name": column(),
        "kam_competitor_revenue": column(),
        "kam_competitor_strengths": column(),
        "kam_competitor_weaknesses": column(),
        "kam_competitor_stance": column(),
        "kam_competitor_score": column(),
        "kam_competitor_difference": column(),
        "kam_competitor_argument": column(),
        "kam_goal_floor": column(rows=6),
        "kam_trajectory_plan": column(rows=6),
        "kam_operational_period": column(rows=7),
        "kam_operational_plan": column(rows=7),
        "kam_operational_to_date": column(rows=7),
        "kam_operational_fact": column(rows=7),
        "kam_operational_lead": column(rows=7),
        "kam_operational_note": "There is no operational plan in this workbook: add a sheet with plan and actual "
        "figures by month, or type the plan of each year into the table above.",
        "kam_review_date": [date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31), date(2027, 3, 31), None, None],
    }


def test_a_client_that_is_no_longer_key_keeps_its_plan_with_a_mark():
    former = Client("7", "Nordwerk", revenue=1.0)
    values = written(plan(former, existing={"kam_account_state": "Key account"}))
    assert values["kam_account_state"] == "No longer a key account since 2026-03-31"
    assert not {"kam_rank", "kam_class", "kam_limit_note"} & values.keys()


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (800.0, None, "from 800"),
        (None, 1200.0, "up to 1,200"),
        (1200.0, 800.0, "from 1,200 to 800"),
        (None, None, None),
    ],
)
def test_a_budget_range_with_one_bound_or_wrong_bounds_gives_no_penetration(low, high, text):
    assert plan(Client("7", "N", revenue=120.0, budget_low=low, budget_high=high))["kam_budget_range"] == text


@pytest.mark.parametrize(("revenue", "margin"), [(None, 5.0), (0.0, 5.0), (-10.0, 5.0), (10.0, None)])
def test_no_margin_rate_is_proposed_where_it_would_mean_nothing(revenue, margin):
    assert plan(Client("7", "N", revenue=revenue, margin=margin))["kam_margin_rate"] is None


def test_a_russian_plan_is_russian_throughout():
    values = plan(lang="ru")
    assert (values["kam_class"], values["kam_path"], values["kam_limit_note"], values["kam_competitor_stance"][0]) == (
        "Выручка, Перспектива, Референс",
        "Линейный",
        "Сверх лимита: место 2 из 2, лимит допускает 1.",
        "Конкурировать",
    )


def test_financial_years_have_one_label_on_the_whole_plan():
    settings = Settings(financial_year_start=4)
    values = plan(replace(NORDWERK, year=2025, history=((2024, 5.0),)), settings=settings)
    found = formulas(values)
    assert (values["kam_period"], values["kam_history_year"][0], found["kam_goal_year"]) == (
        "2025/26",
        "2024/25",
        "2028/29",
    )
    assert found["kam_trajectory_label"][:4] == ["2025/26", "2026/27", "2027/28", "2028/29"]
    assert "2028/29" in values["kam_goal_argument"]
