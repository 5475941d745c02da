from dataclasses import replace
from datetime import date

import pytest

from kam_xl.domain.classify import classify
from kam_xl.domain.goals import last_full_year, year_label
from kam_xl.domain.model import Client, Position
from kam_xl.domain.operational import OperationalPlan, PlanFact
from kam_xl.domain.periods import MONTH, YEAR, Period, Series
from kam_xl.domain.settings import Settings

TODAY = date(2026, 3, 1)


def planned(**years):
    return OperationalPlan(PlanFact(Series({Period(int(name[1:]), YEAR): amount for name, amount in years.items()})))


def proposal(*clients, settings=None):
    result = classify(clients, settings or Settings(), TODAY)
    return result.proposal(result.accounts[0])


def revenues(found):
    return [(goal.year, goal.revenue) for goal in found.goals]


WEAK = {"revenue": 100.0, "procurement_budget": 1000.0}


def test_goals_are_of_the_years_after_the_table_s():
    assert [year for year, _ in revenues(proposal(Client("1", "A", **WEAK)))] == [2026, 2027, 2028]
    assert [year for year, _ in revenues(proposal(Client("1", "A", year=2023, **WEAK)))] == [2024, 2025, 2026]
    settings = Settings(base_year=2030, horizon_years=2)
    assert [year for year, _ in revenues(proposal(Client("1", "A", **WEAK), settings=settings))] == [2031, 2032]


def test_penetration_goes_to_what_is_attainable_and_the_position_with_it():
    found = proposal(Client("1", "A", **WEAK), Client("2", "B", revenue=5000.0))
    assert revenues(found) == [(2026, pytest.approx(400 / 3)), (2027, pytest.approx(500 / 3)), (2028, 200)]
    assert (found.penetration, found.position) == (0.2, Position.MEDIUM)
    assert found.argument.render() == ("Attainable: 20% of a procurement budget of 1,000 in 2028, 100 more than today.")


def test_a_giant_is_limited_and_says_why():
    giant = Client("1", "A", revenue=0.0, procurement_budget=1e6)
    found = proposal(giant, Client("2", "B", revenue=1000.0))
    assert revenues(found)[-1] == (2028, pytest.approx(728))
    assert (found.position, found.penetration) == (Position.WEAK, pytest.approx(728e-6))
    assert found.argument.render() == (
        "Attainable: 20% of a procurement budget of 1,000,000 in 2028, 200,000 more than today; limited to 728, "
        "the ceiling for every key account, because together (2) they would add 200,000, and we can grow by 728 (20% a "
        "year)."
    )


def test_the_capacity_is_that_of_the_last_year_and_the_years_before_are_even_steps_towards_it():
    found = proposal(Client("1", "A", revenue=1000.0, procurement_budget=1e6))
    added = 1000 * (1.2**3 - 1)
    assert revenues(found) == [(2025 + year, pytest.approx(1000 + added * year / 3)) for year in (1, 2, 3)]
    assert revenues(found)[0][1] > 1.2 * 1000


def test_no_goal_lies_below_the_operational_plan_of_its_year_or_of_one_before():
    found = proposal(Client("1", "A", operational=planned(y2026=180.0), **WEAK), Client("2", "B", revenue=5000.0))
    assert [goal.revenue for goal in found.goals] == [180, 180, 200]
    assert [goal.operational_plan for goal in found.goals] == [180, None, None]


def test_actual_figures_behind_the_plan_leave_the_goal_at_the_plan_and_a_gap():
    months = Period(2026, YEAR).parts(MONTH)
    sales = PlanFact(Series(dict.fromkeys(months, 20.0)), Series(dict.fromkeys(months[:6], 15.0)))
    client = Client("1", "A", operational=OperationalPlan(sales), **WEAK)
    first = proposal(client, Client("2", "B", revenue=5000.0)).goals[0]
    assert (first.revenue, first.operational_plan) == (240, 210)


def test_the_operational_plan_may_be_the_goal():
    found = proposal(Client("1", "A", operational=planned(y2026=250.0), **WEAK), Client("2", "B", revenue=5000.0))
    assert revenues(found)[-1] == (2028, 250)
    assert found.argument.render().endswith("; the goal follows the operational plan: 250.")


def test_half_a_year_is_no_floor():
    half = OperationalPlan(PlanFact(Series(dict.fromkeys(Period(2026, YEAR).parts(MONTH)[:6], 100.0))))
    found = proposal(Client("1", "A", operational=half, **WEAK), Client("2", "B", revenue=5000.0))
    assert [goal.operational_plan for goal in found.goals] == [None, None, None]


def test_where_neither_revenue_nor_budget_is_known_there_is_no_goal():
    found = classify([Client("1", "A", reference=True), Client("2", "B", revenue=100.0)], today=TODAY)
    proposed = found.proposal(found.by_id["1"])
    assert [goal.revenue for goal in proposed.goals] == [None] * 3
    assert proposed.argument.render() == "Revenue and procurement budget are unknown: no goal can be proposed."
    assert list(found.goals.values()) == [100] * 3


def test_without_demand_the_goal_is_0_on_the_plan_too():
    found = proposal(Client("1", "A", revenue=0.0, procurement_budget=0.0), Client("2", "B", revenue=100.0))
    assert ([goal.revenue for goal in found.goals], found.floor) == ([0] * 3, 0)


def test_of_an_unknown_budget_the_goal_is_today_s_revenue_or_the_operational_plan():
    found = proposal(Client("1", "A", revenue=100.0))
    assert (found.penetration, [goal.revenue for goal in found.goals]) == (None, [100] * 3)
    assert found.argument.render() == "The procurement budget is unknown: the goal is today's revenue."
    found = proposal(Client("1", "A", year=2025, operational=planned(y2027=150.0)))
    assert [goal.revenue for goal in found.goals] == [None, 150, 150]
    found = proposal(Client("1", "A", revenue=100.0, operational=planned(y2026=150.0)))
    assert [goal.revenue for goal in found.goals] == [150] * 3
    assert "the goal follows the operational plan: 150" in found.argument.render()


def test_a_client_to_defend_keeps_its_revenue_while_its_budget_shrinks():
    shrinking = Settings(budget_growth=-0.5)
    found = proposal(Client("1", "A", revenue=600.0, procurement_budget=1000.0), settings=shrinking)
    assert [goal.revenue for goal in found.goals] == [600] * 3


SHRINKING = Settings(budget_growth=-0.2)
BIG = Client("2", "B", revenue=1500.0)


def test_a_goal_below_today_s_revenue_says_that_the_budget_shrinks():
    held = Client("1", "A", revenue=450.0, procurement_budget=1000.0)
    table = classify([held, BIG], SHRINKING, TODAY)
    found = table.proposal(table.accounts[0])
    assert (found.goals[-1].revenue, found.fall) == (pytest.approx(256), pytest.approx(194))
    assert [account.client.client for account in table.falling] == ["A"]
    assert found.argument.render() == (
        "Attainable: 50% of a procurement budget of 512 in 2028; the goal of 256 is below today's revenue of 450, "
        "because the procurement budget shrinks by 20% a year."
    )


@pytest.mark.parametrize("growth", [0.0, 0.1])
def test_no_goal_falls_where_no_budget_shrinks(growth):
    table = classify([Client("1", "A", revenue=450.0, procurement_budget=1000.0), BIG], Settings(budget_growth=growth))
    assert table.falling == []


def test_a_goal_that_the_operational_plan_holds_does_not_fall():
    held = Client("1", "A", revenue=450.0, procurement_budget=1000.0, operational=planned(y2026=450.0))
    assert classify([held, BIG], SHRINKING, TODAY).falling == []


def test_financial_years_bear_both_their_years():
    april = Settings(financial_year_start=4)
    assert (last_full_year(TODAY, april), last_full_year(date(2026, 4, 1), april)) == (2024, 2025)
    assert (year_label(2026, april), year_label(2099, april)) == ("2026/27", "2099/00")


def test_a_financial_year_is_planned_by_its_months():
    months = [Period(2026, MONTH, month) for month in range(4, 13)] + [
        Period(2027, MONTH, month) for month in (1, 2, 3)
    ]
    plan = OperationalPlan(PlanFact(Series(dict.fromkeys(months, 20.0))))
    settings = Settings(financial_year_start=4, base_year=2025)
    found = proposal(Client("1", "A", operational=plan, **WEAK), Client("2", "B", revenue=5000.0), settings=settings)
    assert [goal.operational_plan for goal in found.goals] == [240, None, None]


def test_a_table_is_searched_for_its_year_once_however_many_plans_ask():
    class Counted(tuple):
        searches = 0

        def __iter__(self):
            Counted.searches += 1
            return super().__iter__()

    result = classify([Client(str(number), "x", reference=True, **WEAK) for number in range(50)], today=TODAY)
    result = replace(result, accounts=Counted(result.accounts))
    for account in result.key_accounts:
        result.proposal(account)
    assert Counted.searches == 1
