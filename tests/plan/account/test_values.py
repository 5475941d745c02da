"""The values beside the formulas: the domain's own numbers, blanks where something is unknown."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.domain.measures import competitor_share, headroom, known, penetration
from kam_xl.domain.model import PathShape
from kam_xl.domain.trajectory import trajectory
from kam_xl.plan.account.formulas import FORMULAS, Computed
from kam_xl.plan.account.values import with_formulas

TEXTS = {
    "kam_stale",
    "kam_position_differs",
    "kam_potential_differs",
    "kam_goal_differs",
    "kam_trajectory_label",
    "kam_competitor_again",
    "kam_next_what",
    "kam_next_who",
}
MONEY = st.none() | st.floats(-1e9, 1e12)
CELL = MONEY | st.text(max_size=5) | st.booleans()
PLAN = {
    "kam_revenue": 100.0,
    "kam_budget": 1000.0,
    "kam_margin": 20.0,
    "kam_target_penetration": 0.3,
    "kam_horizon": 2,
    "kam_budget_growth": 0.5,
    "kam_path": "Linear",
    "kam_margin_rate": 0.5,
    "kam_trajectory_plan": [90.0, 250.0],
}


def values(fields, typed=None):
    return {
        name: [each.value for each in computed] if isinstance(computed, list) else computed.value
        for name, computed in with_formulas(fields, typed).items()
    }


def trajectories(fields):
    prefix = "kam_trajectory_"
    return {name.removeprefix(prefix): value for name, value in values(fields).items() if name.startswith(prefix)}


def test_each_formula_goes_with_its_value():
    assert with_formulas({"kam_revenue": 1.0, "kam_budget": 4.0})["kam_penetration"] == Computed(
        FORMULAS["kam_penetration"], 0.25
    )


@given(MONEY, MONEY, MONEY)
def test_measures_are_those_of_the_domain(revenue, budget, competitors):
    found = values({"kam_revenue": revenue, "kam_budget": budget, "kam_competitor_total": competitors})
    expected = {
        "kam_penetration": known(penetration, revenue, budget),
        "kam_headroom": known(headroom, revenue, budget),
        "kam_competitor_share": known(competitor_share, competitors, budget),
    }
    assert {name: found[name] for name in expected} == {
        name: "" if value is None else value for name, value in expected.items()
    }


@given(
    st.dictionaries(st.sampled_from(sorted({*PLAN, *FORMULAS, "kam_competitor_revenue"})), CELL | st.lists(CELL)),
    st.dictionaries(st.sampled_from(sorted(FORMULAS)), st.lists(MONEY)),
)
def test_whatever_stands_in_the_cells_gives_numbers_or_blanks(fields, typed):
    for name, value in values(fields, typed).items():
        for each in value if isinstance(value, list) else [value]:
            assert isinstance(each, str) if name in TEXTS else each == "" or isinstance(each, (int, float)), name


def test_the_first_year_is_the_table_and_the_later_years_are_the_goal():
    assert trajectories(PLAN | {"kam_base_year": 2025}) == {
        "year": [2025, 2026, 2027, "", "", ""],
        "label": ["2025", "2026", "2027", "", "", ""],
        "budget": [1000.0, 1500.0, 2250.0, "", "", ""],
        "penetration": [0.1, 0.2, 0.3, "", "", ""],
        "revenue": [100.0, pytest.approx(300.0), pytest.approx(675.0), "", "", ""],
        "margin": [20.0, pytest.approx(150.0), pytest.approx(337.5), "", "", ""],
        "secured": [100.0, 250.0, 250.0, "", "", ""],
        "weighted": [""] * 6,
        "gap": ["", pytest.approx(50.0), pytest.approx(425.0), "", "", ""],
    }


@pytest.mark.parametrize("path", ["S-shaped", "s-SHAPED", PathShape.S_SHAPED.label.render("ru")])
def test_an_s_shaped_path_is_known_by_its_name_in_any_language(path):
    years = trajectory(1000.0, 0.1, 0.3, years=2, growth=0.5, shape=PathShape.S_SHAPED)
    # Without the operational plan, below which no goal lies.
    found = trajectories(PLAN | {"kam_path": path, "kam_trajectory_plan": None})["penetration"][:3]
    assert found == pytest.approx([year.penetration for year in years])


def test_a_client_without_known_revenue_is_won_from_nothing():
    found = trajectories(PLAN | {"kam_revenue": None, "kam_trajectory_plan": None})
    assert found["penetration"] == ["", pytest.approx(0.15), pytest.approx(0.3), "", "", ""]
    assert found["gap"] == ["", pytest.approx(225.0), pytest.approx(675.0), "", "", ""]


@pytest.mark.parametrize(
    "change",
    [{"kam_budget": None}, {"kam_target_penetration": None}, {"kam_target_penetration": 40}, {"kam_budget_growth": 11}],
)
def test_without_budget_or_target_or_with_a_wild_growth_only_the_operational_plan_is_a_goal(change):
    found = trajectories(PLAN | change)["revenue"][1:]
    assert found == [250.0, 250.0, "", "", ""]
    assert trajectories(PLAN | change | {"kam_trajectory_plan": None})["revenue"][1:] == [""] * 5


def test_no_goal_lies_below_an_operational_plan_so_far_nor_below_the_floor():
    plans = {"kam_trajectory_plan": [90.0, 900.0, None], "kam_budget_growth": 0.0}
    assert trajectories(PLAN | plans)["revenue"][:3] == [100.0, 900.0, 900.0]
    assert trajectories(PLAN | plans | {"kam_goal_floor": 950.0})["revenue"][:3] == [100.0, 950.0, 950.0]
    assert trajectories(PLAN | plans | {"kam_goal_floor": [None, 940.0, 950.0]})["revenue"][:3] == [100.0, 940.0, 950.0]


def test_formulas_look_at_what_was_typed_over_another():
    """A goal typed into the last year: the year's gap and page 1 follow, the formula's own value stays known."""
    found = values(PLAN, {"kam_trajectory_revenue": [None, None, 900.0]})
    assert (found["kam_goal_revenue"], found["kam_goal_open"]) == (900.0, 650.0)
    assert found["kam_trajectory_gap"][2] == 650.0
    assert found["kam_trajectory_revenue"][2] == pytest.approx(675.0)


def test_what_is_open_on_page_1_is_what_page_1_says_of_goal_and_plan():
    typed = {"kam_goal_revenue": [900.0], "kam_goal_secured": [300.0], "kam_goal_weighted": [50.0]}
    assert values(PLAN, typed)["kam_goal_open"] == 550.0


OPPORTUNITIES = {
    "kam_base_year": 2025,
    "kam_opportunity_amount": [100.0, 50.0, 40.0, 30.0, 20.0, "much"],
    "kam_opportunity_probability": [0.5, 0.2, 1.0, 0.5, 1.5, 0.5],
    "kam_opportunity_when": [date(2026, 12, 31), datetime(2027, 1, 1), date(2026, 1, 1), None, date(2026, 1, 1)],
    "kam_opportunity_stage": ["Proposal", None, "Won", "Lead"],
}


def test_open_opportunities_count_with_their_probability_from_their_year_on():
    found = values(PLAN | OPPORTUNITIES)
    assert found["kam_opportunity_weighted"] == [50.0, 10.0, "", 15.0, *[""] * 8]
    assert found["kam_trajectory_weighted"] == ["", 50.0, 60.0, "", "", ""]
    assert found["kam_goal_open"] == pytest.approx(675 - 250 - 60)


def test_a_financial_year_ends_where_the_settings_say():
    assert values(PLAN | OPPORTUNITIES | {"kam_year_start": 4})["kam_trajectory_weighted"][1:3] == [60.0, 60.0]


def test_next_steps_are_the_earliest_open_actions_and_those_without_a_date_come_last():
    found = values(
        {
            "kam_action_what": ["Later", "Done", "First", None, "Some day"],
            "kam_action_who": ["Ann", "Ben", None, "Cleo", "Dan"],
            "kam_action_when": [date(2026, 5, 2), date(2026, 1, 1), datetime(2026, 4, 1), date(2026, 1, 1), "soon"],
            "kam_action_state": ["Planned", "выполнено", None, None, "In progress"],
        }
    )
    assert found["kam_next_what"] == ["First", "Later", "Some day"]
    assert found["kam_next_who"] == ["", "Ann", "Dan"]
    assert found["kam_next_when"] == [datetime(2026, 4, 1), date(2026, 5, 2), ""]


def test_a_figure_typed_over_makes_the_ratings_stale():
    built = {"kam_stale_text": "stale", "kam_revenue": 5.0, "kam_was_revenue": 5.0}
    assert values(built)["kam_stale"] == ""
    assert values(built | {"kam_revenue": 6.0})["kam_stale"] == "stale"
    assert values(built | {"kam_budget": 1.0})["kam_stale"] == "stale"


def test_the_program_s_own_answer_is_told_where_the_plan_gives_another_one():
    own = {f"kam_{code}_own": code for code in ("position", "potential", "goal")}
    answers = {"kam_position": "Weak", "kam_was_position": "Weak", "kam_potential": "", "kam_was_potential": None}
    goal = {"kam_was_goal": 400.0, "kam_was_goal_year": 2028, "kam_revenue": 120.0, "kam_budget": 1000.0}
    way = {"kam_base_year": 2025, "kam_year_start": 1, "kam_horizon": 3, "kam_target_penetration": 0.4}

    def told(**typed):
        found = values(own | answers | goal | way | typed)
        return [code for code in ("position", "potential", "goal") if found[f"kam_{code}_differs"]]

    assert told() == []
    assert told(kam_position="Strong") == ["position"]
    assert told(kam_potential="High") == ["potential"]
    assert told(kam_horizon=2) == told(kam_target_penetration=0.5) == told(kam_budget_growth=0.1) == ["goal"]


def test_deviations_need_plan_and_fact_and_there_is_no_percentage_of_nothing():
    fields = {"kam_operational_to_date": [10.0, 0.0, None, 5.0], "kam_operational_fact": [8.0, 3.0, 4.0, None]}
    found = values(fields)
    assert found["kam_operational_deviation"] == [-2.0, 3.0, *[""] * 5]
    assert found["kam_operational_share"] == [-0.2, *[""] * 6]


@pytest.mark.parametrize("horizon", [None, "two", 0, -3, 6, 1e12])
def test_a_horizon_that_the_sheet_has_no_room_for_leaves_year_0_alone(horizon):
    assert trajectories(PLAN | {"kam_horizon": horizon})["year"] == [0, "", "", "", "", ""]
