"""What a plan sheet says of the operational plan."""

from datetime import date

import pytest

from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client
from kam_xl.domain.operational import OperationalPlan, PlanFact
from kam_xl.domain.periods import MONTH, YEAR, Period, Series
from kam_xl.plan.account.operational import operational_values, periods_shown

TODAY = date(2026, 3, 20)
Y25, Y26, Y27 = (Period(year, YEAR) for year in (2025, 2026, 2027))


def months(year, amount, count=12):
    return dict.fromkeys(year.parts(MONTH)[:count], amount)


def client(plan, fact, **others):
    return Client("1", "Nordwerk", operational=OperationalPlan(PlanFact(Series(plan), Series(fact))), **others)


NORDWERK = client(
    {**months(Y25, 10.0), **months(Y26, 20.0), Y27: 300.0},
    {**months(Y25, 9.0), **months(Y26, 18.0, 2)},
    sales_plan=120.0,
)


def said(one, *others):
    return operational_values(one, classify([one, *others], today=TODAY), "en")


def test_three_near_years_stand_there_the_present_one_with_its_quarters():
    assert said(NORDWERK)["kam_operational_period"] == [
        period.label for period in (Y25, *(Period(2026, 3, number) for number in (1, 2, 3, 4)), Y26, Y27)
    ]


def test_each_period_has_its_plan_its_fact_and_where_it_leads():
    values = said(NORDWERK)
    assert values["kam_operational_plan"] == [120.0, 60.0, 60.0, 60.0, 60.0, 240.0, 300.0]
    assert values["kam_operational_to_date"] == [120.0, 40.0, None, None, None, 40.0, None]
    assert values["kam_operational_fact"] == [108.0, 36.0, None, None, None, 36.0, None]
    assert values["kam_operational_lead"] == [108.0, 56.0, 60.0, 60.0, 60.0, 236.0, 300.0]


def test_the_years_of_the_way_get_where_the_operational_plan_leads():
    assert said(NORDWERK)["kam_trajectory_plan"] == [108.0, 236.0, 300.0, None, None, None]


def test_the_note_says_how_far_the_facts_reach_and_where_the_plan_ends():
    assert said(NORDWERK)["kam_operational_note"] == (
        "Actual figures to Feb 2026. Nothing is planned after 2027: later goals are compared with the plan of 2027."
    )


def test_half_a_year_is_not_set_against_the_goal_of_a_whole_one():
    values = said(client({**months(Y25, 1.0), **months(Y26, 10.0, 6)}, months(Y25, 1.0)))
    assert (values["kam_operational_lead"][5], values["kam_trajectory_plan"][1]) == (60.0, None)
    assert values["kam_operational_note"] == (
        "Actual figures to Dec 2025. 2026 is known for 6 of 12 months only: no goal is compared with it. "
        "Nothing is planned after 2026: later goals are compared with today's revenue."
    )


def test_what_is_missing_and_what_nobody_planned_is_said():
    late = client({**months(Y26, 10.0, 3)}, {Period(2026, MONTH, 1): 9.0, Period(2026, MONTH, 4): 7.0})
    note = said(late, NORDWERK)["kam_operational_note"]
    assert "No actual figure for Feb 2026, Mar 2026: compared without." in note
    assert "7 came in without a plan." in note


def test_a_client_without_an_operational_plan_keeps_its_sales_plan():
    values = said(Client("2", "South", sales_plan=50.0), NORDWERK)
    assert values["kam_trajectory_plan"] == [50.0, None, None, None, None, None]
    assert values["kam_operational_note"] == "The operational plan says nothing about this client."


def test_a_sales_plan_of_a_later_year_does_not_stand_under_the_year_of_the_figures():
    only_2026 = client(months(Y26, 20.0), months(Y26, 18.0, 2), sales_plan=240.0)
    assert said(only_2026)["kam_trajectory_plan"] == [None, 236.0, None, None, None, None]


def test_a_book_without_an_operational_plan_says_so():
    values = said(Client("2", "South"))
    assert set(values["kam_operational_period"] + values["kam_operational_lead"]) == {None}
    assert values["kam_operational_note"].startswith("There is no operational plan in this workbook")


@pytest.mark.parametrize(("base_year", "first"), [(2025, 2025), (2026, 2026)])
def test_the_near_years_begin_with_the_year_before_unless_the_table_is_of_this_one(base_year, first):
    calendar = classify([NORDWERK], today=TODAY).calendar._replace(base_year=base_year)
    assert [period.year for period in periods_shown(calendar) if period.months == YEAR] == [first, first + 1, first + 2]
