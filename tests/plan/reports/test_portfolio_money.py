"""Goals of all key accounts in money: by year and by manager, as the plans say, else as the proposals do."""

from datetime import date
from math import fsum

import pytest

from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client, Competitor
from kam_xl.domain.settings import Settings
from kam_xl.plan.reports.portfolio import portfolio_values
from kam_xl.plan.reports.portfolio_money import GoalCoverage, money_values, other_goals

TODAY = date(2026, 3, 31)
CLIENTS = (
    Client("1", "Alfa", 100.0, 400.0, manager="Ann"),
    Client("2", "Beta", 60.0, 90.0, manager="Ben"),
    Client("3", "Gamma", 40.0, manager="Ann"),
    Client("4", "Not key", 1.0, 2.0),
)
PLAN = {
    "kam_trajectory_year": [2025, 2026, 2027, 2028, None, None],
    "kam_trajectory_revenue": [100.0, 120.0, 150.0, 200.0, "", ""],
    "kam_trajectory_secured": [100.0, 110.0, 110.0, 110.0, "", ""],
    "kam_trajectory_weighted": ["", 5.0, 20.0, 30.0, "", ""],
}


def money(plans=None):
    return money_values(classify(CLIENTS, today=TODAY), plans or {})


def test_without_plans_the_sums_are_those_of_the_proposals():
    table, found = classify(CLIENTS, today=TODAY), money()
    assert found["kam_total_year"] == [2025, 2026, 2027, 2028, None, None]
    assert found["kam_total_goals"][0] == 200.0
    assert found["kam_total_goals"][1:4] == pytest.approx(list(table.goals.values()))
    assert found["kam_total_secured"] == [None, 200.0, 200.0, 200.0, None, None]
    assert found["kam_total_plans"] == [None, 3, 3, 3, None, None]


def test_what_stands_in_a_plan_counts_instead_of_the_proposal():
    before, found = money(), money({"1": PLAN})
    own = classify(CLIENTS, today=TODAY).proposal(classify(CLIENTS, today=TODAY).accounts[0]).goals
    changed = [
        after - old for after, old in zip(found["kam_total_goals"][1:4], before["kam_total_goals"][1:4], strict=True)
    ]
    assert changed == pytest.approx([120 - own[0].revenue, 150 - own[1].revenue, 200 - own[2].revenue])
    assert found["kam_total_weighted"] == [None, 5.0, 20.0, 30.0, None, None]
    assert found["kam_total_open"][3] == pytest.approx(
        found["kam_total_goals"][3] - found["kam_total_secured"][3] - 30.0
    )


def test_more_than_one_goal_fills_no_gap_of_another():
    before, found = (
        money({"1": PLAN}),
        money({"1": {**PLAN, "kam_trajectory_weighted": ["", 5.0, 20.0, 5000.0, "", ""]}}),
    )
    assert found["kam_total_open"][3] == pytest.approx(before["kam_total_open"][3] - 60.0)
    ann, ben = (found["kam_by_manager_name"].index(name) for name in ("Ann", "Ben"))
    own = classify(CLIENTS, today=TODAY).proposal(classify(CLIENTS, today=TODAY).accounts[1]).goals[-1]
    assert [found["kam_by_manager_open"][at] for at in (ann, ben)] == pytest.approx([0.0, own.revenue - 60.0])


def test_a_plan_with_a_shorter_horizon_is_not_counted_in_later_years():
    short = {name: [*column[:2], "", "", "", ""] for name, column in PLAN.items()}
    assert money({"1": short})["kam_total_plans"] == [None, 3, 2, 2, None, None]


def test_a_plan_of_an_older_template_is_secured_by_its_operational_plan_else_by_todays_revenue():
    old = {name: PLAN[name] for name in ("kam_trajectory_year", "kam_trajectory_revenue")}
    old["kam_trajectory_plan"] = [None, None, 130.0, None, None, None]
    before, found = money(), money({"1": old})
    changed = [
        after - old
        for after, old in zip(found["kam_total_secured"][1:4], before["kam_total_secured"][1:4], strict=True)
    ]
    assert changed == [0.0, 30.0, 30.0]


def test_the_managers_add_up_to_the_last_year():
    found = money({"1": PLAN})
    assert sorted(found["kam_by_manager_name"][:2]) == ["Ann", "Ben"]
    for column, total in (("goal", "goals"), ("weighted", "weighted"), ("open", "open")):
        managers = [each for each in found[f"kam_by_manager_{column}"] if each is not None]
        assert fsum(managers) == pytest.approx(found[f"kam_total_{total}"][3])


def test_many_managers_stand_together_in_the_last_row():
    clients = [Client(str(number), "C", 10.0, reference=True, manager=f"M{number}") for number in range(12)]
    found = money_values(classify(clients, today=TODAY), {})
    assert found["kam_by_manager_name"][-1].render("en") == "Other managers"
    assert fsum(found["kam_by_manager_accounts"]) == 12


def test_without_key_accounts_there_are_no_sums():
    found = money_values(classify([Client("1", "A")], today=TODAY), {})
    assert {name for name, value in found.items() if any(value or [])} == set()


def test_competitors_white_spots_and_the_largest_other_clients_are_listed():
    clients = [
        Client("1", "Alfa", 50.0, 100.0, competitors=(Competitor("Rival", 60.0),), industry="Gas"),
        Client("2", "Beta", 40.0, 100.0, competitors=(Competitor("RIVAL", 5.0),), industry="Steel", reference=True),
        *(Client(f"s{number}", f"Small {number}", 1.0) for number in range(10)),
    ]
    values = portfolio_values(classify(clients, today=TODAY), "en")
    assert [values[f"kam_rival_{name}"][0] for name in ("revenue", "clients", "dominates", "weaker")] == [
        *(65.0, 2, "Alfa", None),
    ]
    assert values["kam_without_reference"] == "Industries: Gas."
    assert values["kam_not_key_client"] == [f"Small {number}" for number in range(10)]
    assert values["kam_concentration_note"].startswith("Concentrated: revenue depends on few clients, as if 2 of equal")


def test_the_note_on_the_largest_client_counts_the_others_without_it():
    clients = [Client("1", "Alfa", 15.0), *(Client(f"s{number}", f"S{number}", 1.0) for number in range(85))]
    note = portfolio_values(classify(clients, today=TODAY), "en")["kam_concentration_note"]
    assert "Otherwise it is as if 85 clients of equal size" in note


@pytest.mark.parametrize(
    ("largest", "others", "note"),
    [(15.0, 85, "Spread, but for the largest client: it brings 15%"), (9.0, 91, "Spread: as if"), (60.0, 40, "Concen")],
)
def test_the_note_on_concentration_never_contradicts_its_number(largest, others, note):
    clients = [Client("1", "Alfa", largest), *(Client(f"s{number}", f"S{number}", 1.0) for number in range(others))]
    assert portfolio_values(classify(clients, today=TODAY), "en")["kam_concentration_note"].startswith(note)


def test_financial_years_stand_in_the_cells_as_in_the_texts():
    table = classify(CLIENTS, Settings(financial_year_start=4), today=TODAY)
    found = money_values(table, {})
    assert found["kam_total_year"] == ["2024/25", "2025/26", "2026/27", "2027/28", None, None]
    assert "in 2027/28" in found["kam_goals_note"].render("en")


def test_an_account_without_a_goal_of_the_last_year_is_compared_with_nothing_and_named():
    note = money({"1": {**PLAN, "kam_trajectory_year": [2025, 2026, 2027, "", "", ""]}})["kam_goals_note"]
    text = note.render("en").replace("\N{NO-BREAK SPACE}", " ")
    assert "more than today's 100" in text  # of the others alone
    assert text.endswith("Without 1 account whose plan has no goal for 2028: Alfa.")


@pytest.mark.parametrize(("last", "named"), [(250.0, True), (None, False)])
def test_plans_with_other_goals_than_the_proposed_ones_are_named(last, named):
    table = classify(CLIENTS, today=TODAY)
    proposed = [goal.revenue for goal in table.proposal(table.accounts[0]).goals]
    goals = [100.0, *proposed[:2], last or proposed[2]]
    told = other_goals(table, {"1": {**PLAN, "kam_trajectory_revenue": goals}})
    assert (told.render("en").endswith("count the plan's: Alfa.") if told else False) is named


def test_a_plan_of_other_years_has_another_goal():
    table = classify(CLIENTS, today=TODAY)
    assert other_goals(table, {"1": {**PLAN, "kam_trajectory_year": [2025, 2026, 2027, "", "", ""]}})
    assert not other_goals(table, {"1": {}})  # made from a template that has no years


def test_an_account_of_which_nothing_is_known_has_no_goal_with_a_plan_or_without():
    found = money_values(classify([*CLIENTS, Client("9", "Gamma", reference=True)], today=TODAY), {})
    assert found["kam_total_plans"][1] == len(classify(CLIENTS, today=TODAY).key_accounts)
    assert found["kam_goals_note"].render("en").endswith("no goal for 2028: Gamma.")


def test_noise_of_sums_leaves_nothing_open():
    assert GoalCoverage(0.3, 0.1, 0.2).open == 0
    assert GoalCoverage(10_000_000.0, 9_999_999.99, 0.0).open == pytest.approx(0.01)


@pytest.mark.parametrize(("goals", "named"), [(["", "", "", ""], False), ([0.0, 10.0, 20.0, 30.0], True)])
def test_a_plan_without_a_proposal_has_another_goal_where_somebody_typed_one(goals, named):
    table = classify([*CLIENTS, Client("9", "Gamma", reference=True)], today=TODAY)
    told = other_goals(table, {"9": {**PLAN, "kam_trajectory_revenue": goals}})
    assert (told is not None) is named
