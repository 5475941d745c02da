"""Numbers of a plan as people type them: what its formulas cannot count with is told at its cell."""

import pytest

from kam_xl.actions.book.sheets import OurSheets
from kam_xl.engines.values import put
from tests.actions.teamwork import opened


@pytest.fixture
def told(build, plans_xlsx):
    """Type a value into a cell of Nordwerk's plan and build again; gives code and message of what is told of it."""

    def told(name, value, at=0):
        with opened(plans_xlsx) as book:
            cell = OurSheets(book).plans["C01"][0][name][at]
            put(cell, [[value]])
            place = cell.address.replace("$", "")
            book.save()
        findings = [each for each in build(plans_xlsx, plans_xlsx).findings if each.sheet == "Nordwerk"]
        assert {(each.cell, each.client_id) for each in findings if each.code != "typed-over"} <= {(place, "C01")}
        return [(each.code, each.message.render("en")) for each in findings if each.code != "typed-over"]

    return told


@pytest.mark.parametrize(
    ("name", "value", "code", "message"),
    [
        ("kam_target_penetration", "50%", "not-a-target", "is text: the goals leave it out"),
        ("kam_target_penetration", 50.0, "not-a-target", "is not between 0% and 100%"),
        ("kam_horizon", "3 years", "not-a-horizon", "is not a number of years from 1 to 5"),
        ("kam_horizon", 10.0, "not-a-horizon", "list and portfolio count none"),
        ("kam_budget_growth", "5%", "not-a-growth", "is text: it counts as 0%"),
        ("kam_budget_growth", 5.0, "not-a-growth", "is 500% a year"),
        ("kam_budget_growth", 50.0, "not-a-growth", "the goals leave the budget out"),
        (
            "kam_path",
            "curved",
            "unknown-path",
            '"curved" is not in the list of paths to the target: the path is linear',
        ),
        ("kam_margin_rate", "20%", "not-a-margin", "is text"),
        ("kam_margin_rate", 20.0, "not-a-margin", "is not between -100% and 100%"),
    ],
)
def test_what_the_goals_cannot_be_drawn_from_is_told(told, name, value, code, message):
    (found,) = told(name, value)
    assert found[0] == code
    assert message in found[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kam_target_penetration", 0.75),
        ("kam_target_penetration", None),
        ("kam_horizon", 5.0),
        ("kam_budget_growth", 0.05),
        ("kam_budget_growth", None),
        ("kam_path", "s-shaped"),
        ("kam_path", "S-образный"),
        ("kam_margin_rate", 0.2),
        ("kam_trajectory_plan", 650.0),
        ("kam_client", "Nordwerk Holding"),
    ],
)
def test_what_counts_as_it_stands_is_not_told(told, name, value):
    assert told(name, value) == []


@pytest.mark.parametrize(
    ("name", "at", "title"),
    [
        ("kam_revenue", 0, "Revenue"),
        ("kam_goal_revenue", 0, "Revenue goal"),
        ("kam_trajectory_revenue", 2, "Revenue and goal"),
        ("kam_trajectory_plan", 2, "Forecast by plan"),
        ("kam_history_revenue", 0, "Revenue"),
        ("kam_penetration", 0, "Penetration index"),
    ],
)
def test_text_in_the_place_of_a_computed_number_is_told(told, name, at, title):
    assert told(name, "5 million", at) == [
        ("text-for-number", f"{title}: text instead of a number, which counts as nothing."),
    ]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("kam_budget", "abc", "text-for-number"),
        ("kam_goal_revenue", 5.0, "goal-typed-over"),  # which is below today's revenue, too
        ("kam_position_argument", "Because", "typed-over"),
    ],
)
def test_one_finding_tells_of_a_typed_cell(build, plans_xlsx, name, value, code):
    with opened(plans_xlsx) as book:
        cell = OurSheets(book).plans["C01"][0][name][0]
        put(cell, [[value]])
        place = cell.address.replace("$", "")
        book.save()
    findings = build(plans_xlsx, plans_xlsx).findings
    assert [each.code for each in findings if (each.sheet, each.cell) == ("Nordwerk", place)] == [code]
