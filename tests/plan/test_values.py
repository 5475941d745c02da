"""The values beside the formulas: the domain's own numbers, blanks where something is unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.domain.measures import competitor_share, headroom, known, penetration
from kam_xl.domain.model import PathShape
from kam_xl.domain.trajectory import trajectory
from kam_xl.plan.formulas import FORMULAS, Computed
from kam_xl.plan.values import with_formulas

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


def values(fields):
    return {
        name: [each.value for each in computed] if isinstance(computed, list) else computed.value
        for name, computed in with_formulas(fields).items()
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


@given(st.dictionaries(st.sampled_from(sorted({*PLAN, *FORMULAS, "kam_competitor_revenue"})), CELL | st.lists(CELL)))
def test_whatever_stands_in_the_cells_gives_numbers_or_blanks(fields):
    for name, value in values(fields).items():
        for each in value if isinstance(value, list) else [value]:
            assert each == "" or isinstance(each, (int, float)), name


def test_year_0_is_the_table_and_the_later_years_are_the_goal():
    assert trajectories(PLAN) == {
        "year": [0, 1, 2, "", "", ""],
        "budget": [1000.0, 1500.0, 2250.0, "", "", ""],
        "penetration": [0.1, 0.2, 0.3, "", "", ""],
        "revenue": [100.0, pytest.approx(300.0), pytest.approx(675.0), "", "", ""],
        "margin": [20.0, pytest.approx(150.0), pytest.approx(337.5), "", "", ""],
        "gap": [10.0, pytest.approx(50.0), "", "", "", ""],
    }


@pytest.mark.parametrize("path", ["S-shaped", "s-SHAPED", PathShape.S_SHAPED.label.render("ru")])
def test_an_s_shaped_path_is_known_by_its_name_in_any_language(path):
    years = trajectory(1000.0, 0.1, 0.3, years=2, growth=0.5, shape=PathShape.S_SHAPED)
    assert trajectories(PLAN | {"kam_path": path})["penetration"][:3] == [year.penetration for year in years]


def test_a_client_without_known_revenue_is_won_from_nothing():
    assert trajectories(PLAN | {"kam_revenue": None})["penetration"] == ["", 0.15, 0.3, "", "", ""]


@pytest.mark.parametrize(
    "change",
    [{"kam_budget": None}, {"kam_target_penetration": None}, {"kam_target_penetration": 40}, {"kam_budget_growth": 11}],
)
def test_without_budget_or_target_or_with_a_wild_growth_there_is_no_way_to_show(change):
    assert trajectories(PLAN | change)["penetration"][1:] == [""] * 5


def test_deviations_need_plan_and_fact_and_there_is_no_percentage_of_nothing():
    fields = {"kam_operational_to_date": [10.0, 0.0, None, 5.0], "kam_operational_fact": [8.0, 3.0, 4.0, None]}
    found = values(fields)
    assert found["kam_operational_deviation"] == [-2.0, 3.0, *[""] * 5]
    assert found["kam_operational_share"] == [-0.2, *[""] * 6]


@pytest.mark.parametrize("horizon", [None, "two", 0, -3, 6, 1e12])
def test_a_horizon_that_the_sheet_has_no_room_for_leaves_year_0_alone(horizon):
    assert trajectories(PLAN | {"kam_horizon": horizon})["year"] == [0, "", "", "", "", ""]
