"""The goals on the plan sheets are the ones that the domain proposes: year by year, and summed."""

from datetime import date
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client, PathShape
from kam_xl.domain.operational import OperationalPlan, PlanFact
from kam_xl.domain.periods import MONTH, Period, Series
from kam_xl.domain.settings import Settings
from kam_xl.locale import LANGUAGES
from kam_xl.plan.account.content import plan_values
from kam_xl.plan.account.formulas import Computed
from kam_xl.plan.reports.goal_summary import goals_summary
from kam_xl.plan.reports.lists import key_accounts_rows
from kam_xl.plan.reports.portfolio import portfolio_values
from kam_xl.plan.reports.portfolio_money import BY_YEAR

BUILT = date(2026, 3, 31)
MONEY = st.none() | st.integers(0, 10**6).map(float)
PLANS = st.lists(st.none() | st.integers(1, 10**6).map(float), max_size=4)
FACTS = st.lists(st.integers(0, 10**5).map(float), max_size=9)


def client(number, revenue, budget, plans, facts):
    """Plans of whole years or of their months, and what the first months of the first year brought."""
    known = {Period(2026 + year, 12): amount for year, amount in enumerate(plans) if amount is not None}
    if number % 2:
        known = {month: amount / 12 for year, amount in known.items() for month in year.parts(MONTH)}
    done = dict(zip(Period(2026, 12).parts(MONTH), facts, strict=False))
    plan = OperationalPlan(revenue=PlanFact(Series(known), Series(done)), margin=PlanFact()) if known else None
    return Client(str(number), f"Client {number}", revenue=revenue, procurement_budget=budget, operational=plan)


CLIENTS = st.lists(st.tuples(MONEY, MONEY, PLANS, FACTS), min_size=1, max_size=8).map(
    lambda rows: [client(number, *row) for number, row in enumerate(rows)]
)
SETTINGS = st.builds(
    Settings,
    target_path=st.sampled_from(PathShape),
    budget_growth=st.sampled_from([0.0, 0.1, -0.2]),
    horizon_years=st.integers(2, 5),
    financial_year_start=st.sampled_from([1, 1, 4, 10]),
    key_account_limit=st.just(1.0),
)


@given(CLIENTS, SETTINGS)
@settings(max_examples=60)
def test_the_goals_of_all_plans_add_up_to_those_of_the_table(clients, chosen):
    table = classify(clients, chosen, today=BUILT)
    plans = [plan_values(account, table, lang="en", built=BUILT) for account in table.key_accounts]
    for place, year in enumerate(table.years, start=1):
        cells = [plan["kam_trajectory_revenue"][place].value for plan in plans]
        assert fsum(each or 0.0 for each in cells) == pytest.approx(table.goals[year])


def numbers(values):
    """What is no text: the numbers, days and blanks of fields; of a formula also the formula."""
    if isinstance(values, dict):
        return {name: numbers(value) for name, value in values.items()}
    if isinstance(values, (list, tuple)) and not isinstance(values, Computed):
        return [numbers(value) for value in values]
    value = values.value if isinstance(values, Computed) else values
    return "text" if isinstance(value, str) else value


@given(CLIENTS, SETTINGS)
@settings(max_examples=40)
def test_the_language_changes_no_number_of_list_portfolio_and_plans(clients, chosen):
    table = classify(clients, chosen, today=BUILT)
    seen = [
        [
            *(numbers(plan_values(account, table, lang=lang, built=BUILT)) for account in table.key_accounts),
            numbers(key_accounts_rows(table, {}, lang=lang)),
            numbers(portfolio_values(table, lang)),
        ]
        for lang in LANGUAGES
    ]
    assert all(other == seen[0] for other in seen[1:])


@given(CLIENTS, SETTINGS)
@settings(max_examples=40)
def test_the_portfolio_shows_what_the_plans_add_up_to(clients, chosen):
    table = classify(clients, chosen, today=BUILT)
    plans, gaps = {}, []
    for account in table.key_accounts:
        values = plan_values(account, table, lang="en", built=BUILT)
        cells = {name: values[name] for name in BY_YEAR}
        columns = {name: cell if isinstance(cell, list) else [cell] for name, cell in cells.items()}
        plans[account.client.client_id] = {name: numbers(column) for name, column in columns.items()}
        gaps.append(numbers(values["kam_trajectory_gap"]))
    portfolio = portfolio_values(table, "en", plans)
    shown, still_open = portfolio["kam_total_goals"], portfolio["kam_total_open"]
    for place, year in enumerate(table.years, start=1):
        expected = fsum(plan["kam_trajectory_revenue"][place] or 0.0 for plan in plans.values())
        assert not plans or shown[place] == pytest.approx(expected) == pytest.approx(table.goals[year])
        assert not plans or still_open[place] == pytest.approx(fsum(max(gap[place] or 0.0, 0.0) for gap in gaps))


def test_plans_of_a_part_of_each_year_are_said_to_lead_to_no_goal():
    nord = client(1, 60.0, 100.0, [120.0], [])
    of_year, april = classify([nord], today=BUILT), Settings(financial_year_start=4)
    assert "Their operational plans lead to: 2026: 120." in goals_summary(of_year, "en")
    of_parts = goals_summary(classify([nord], april, today=BUILT), "en")
    assert of_parts.endswith("Their operational plans cover none of these years whole: no goal follows them.")


def test_goals_below_today_s_revenue_are_said_with_their_reason():
    table = classify([client(1, 450.0, 1000.0, [], []), client(2, 1500.0, None, [], [])], Settings(budget_growth=-0.2))
    assert goals_summary(table, "en").endswith(
        f"1 of these goals is below today's revenue, by 194 in {table.years[-1]}, because budgets shrink by 20% a year "
        "(budget_growth): Client 1."
    )
    assert "budget_growth" not in goals_summary(classify([client(1, 450.0, 1000.0, [], [])]), "en")
