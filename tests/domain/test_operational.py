"""Plan and actual are compared like with like; what is unknown stays unknown."""

import pytest

from kam_xl.domain.operational import (
    Calendar,
    Comparison,
    OperationalPlan,
    PlanFact,
    calendar_of,
    gap_to_goal,
    summed,
)
from kam_xl.domain.periods import MONTH, QUARTER, YEAR, Period, Series

Y25, Y26 = Period(2025, YEAR), Period(2026, YEAR)
MONTHS = Y26.parts(MONTH)
JAN, FEB, MAR = MONTHS[:3]
PLAN = Series(dict.fromkeys(MONTHS, 10.0))


def sales(plan=PLAN, **fact):
    return PlanFact(
        Series(plan), Series({MONTHS[["jan", "feb", "mar"].index(name)]: each for name, each in fact.items()})
    )


def test_the_fact_is_compared_with_the_plan_of_its_months_only():
    year = sales(jan=12.0, feb=7.0).compare(Y26)
    assert (year.plan, year.plan_to_date, year.fact, year.deviation, year.deviation_share) == (120, 20, 19, -1, -0.05)


def test_a_year_leads_to_its_facts_and_to_the_plan_of_the_other_months():
    year = sales(jan=12.0, feb=7.0).compare(Y26)
    assert (year.lead, year.months) == (119.0, 12)


def test_a_month_that_others_have_closed_is_missing_and_not_zero():
    year = sales(jan=12.0, mar=9.0).compare(Y26, closed=MAR.end)
    assert (year.missing, year.plan_to_date, year.fact, year.lead) == ((FEB,), 20.0, 21.0, 121.0)


def test_a_fact_of_0_is_a_fact():
    assert sales(jan=0.0).compare(Y26, closed=JAN.end)[1:4] == (10.0, 0.0, 0.0)


def test_a_fact_without_a_plan_is_compared_with_nothing():
    year = sales({JAN: 10.0}, jan=9.0, feb=5.0).compare(Y26)
    assert (year.deviation, year.unplanned, year.lead) == (-1.0, 5.0, 14.0)


def test_facts_alone_deviate_from_nothing():
    year = sales({}, jan=9.0).compare(Y26)
    assert (year.plan, year.fact, year.deviation, year.deviation_share, year.unplanned) == (None, None, None, None, 9.0)


def test_facts_of_a_part_of_a_year_without_a_plan_are_no_forecast_of_it():
    so_far = sales({}, jan=9.0).compare(Y26, closed=FEB.end)
    assert (so_far.lead, so_far.forecast, summed([so_far]).forecast) == (9.0, None, None)
    assert summed([so_far, sales(jan=12.0).compare(Y26)]).forecast == 131.0


def test_a_year_that_is_over_needs_no_plan_for_its_forecast():
    assert sales({}, jan=9.0).compare(Y26, closed=Y26.end).forecast == 9.0
    assert PlanFact(fact=Series({Y26: 30.0})).compare(Y26).forecast == 30.0


@pytest.mark.parametrize("plan", [0.0, -5.0])
def test_there_is_no_percentage_of_nothing(plan):
    year = sales({JAN: plan}, jan=3.0).compare(Y26)
    assert (year.deviation, year.deviation_share) == (3.0 - plan, None)


def test_facts_of_some_months_are_compared_with_their_share_of_a_quarter_planned_as_a_whole():
    plan = {Period(2026, QUARTER, 1): 30.0}
    begun, done = sales(plan, jan=12.0).compare(Y26), sales(plan, jan=12.0, feb=7.0, mar=9.0).compare(Y26)
    assert (begun.deviation, begun.lead) == (2.0, 32.0)
    assert (done.deviation, done.lead) == (-2.0, 28.0)


def test_an_unknown_year_says_nothing():
    assert sales().compare(Y25) == Comparison()


def test_half_a_plan_leads_half_the_way_and_says_so():
    year = PlanFact(Series(dict.fromkeys(MONTHS[:6], 10.0))).compare(Y26)
    assert (year.lead, year.months) == (60.0, 6)


def test_clients_add_up_and_the_unknown_adds_nothing():
    together = summed([sales(jan=12.0).compare(Y26), sales({}, jan=5.0).compare(Y26), Comparison()])
    assert (together.plan, together.plan_to_date, together.fact, together.unplanned, together.lead) == (
        *(120.0, 10.0, 12.0, 5.0, 127.0),
    )


def test_nobody_together_is_unknown():
    assert summed([]) == Comparison()


@pytest.mark.parametrize(("goal", "lead", "gap"), [(100, 80, 20), (100, 130, -30), (None, 80, None), (100, None, None)])
def test_the_gap_is_what_the_goal_asks_for_beyond_the_operational_plan(goal, lead, gap):
    assert gap_to_goal(goal, lead) == gap


def calendar(plan, fact, this_year=2026, base_year=None):
    return calendar_of([OperationalPlan(PlanFact(Series(plan), Series(fact)))], this_year, base_year)


def test_the_base_year_is_the_last_one_with_facts_for_all_its_months():
    facts = dict.fromkeys([*Y25.parts(MONTH), JAN], 1.0)
    assert calendar({Y26: 5.0}, facts) == Calendar(2025, 2026, 2026, JAN.end)


def test_without_a_whole_year_of_facts_the_table_is_that_of_the_year_before():
    assert calendar({Y26: 5.0}, {JAN: 1.0}).base_year == 2025


def test_a_base_year_that_is_known_goes_first():
    assert calendar({Y26: 5.0}, {}, base_year=2026) == Calendar(2026, 2026, 2026, None)


def test_the_sales_plan_is_that_of_the_base_year_where_it_is_planned():
    assert calendar({Y25: 5.0, Y26: 6.0}, {Y25: 5.0}).plan_year == 2025


def test_an_old_plan_is_watched_in_its_last_year():
    assert calendar({Y25: 5.0}, {}, this_year=2030).current_year == 2025


def test_without_an_operational_plan_there_is_no_calendar():
    assert calendar_of([], 2026) is None
