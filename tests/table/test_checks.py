from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kam_xl.domain.model import Client, Clients, Competitor, Position, Potential
from kam_xl.domain.settings import Settings
from kam_xl.table.checks import FACTS, check, faults_of, is_plain

TODAY = date(2026, 3, 1)
DEFAULTS = Settings()
OTHER = Client("X", "Other", revenue=1000, procurement_budget=5000)


def in_columns(*clients):
    columns = {each.name: [getattr(client, each.name) for client in clients] for each in fields(Client)}
    return Clients(columns, len(clients))


def faults(settings=DEFAULTS, **facts):
    found = check(in_columns(OTHER, Client("1", "Nord", **facts)), settings, TODAY)
    return [(fault.field, fault.code, fault.grade) for position, fault in found if position == 1]


def test_sound_numbers_are_no_finding():
    assert faults(revenue=10, procurement_budget=100, competitor_revenue=90, margin=3, sales_plan=12) == []
    assert faults(revenue=0, procurement_budget=0, competitor_revenue=0) == []
    assert faults() == []


@pytest.mark.parametrize(
    ("facts", "finding"),
    [
        ({"revenue": -1}, ("revenue", "negative-revenue", "warning")),
        ({"revenue": -1, "procurement_budget": 10}, ("revenue", "negative-revenue", "warning")),
        ({"procurement_budget": -1}, ("procurement_budget", "negative-budget", "error")),
        ({"revenue": 5, "procurement_budget": 0}, ("procurement_budget", "budget-zero", "error")),
        (
            {"revenue": 0, "procurement_budget": 0, "competitor_revenue": 5},
            ("procurement_budget", "budget-zero", "error"),
        ),
        ({"revenue": 101, "procurement_budget": 100}, ("procurement_budget", "revenue-above-budget", "warning")),
        (
            {"revenue": 50, "procurement_budget": 100, "competitor_revenue": 51},
            ("procurement_budget", "competitors-above-budget", "warning"),
        ),
        ({"competitor_revenue": -1}, ("competitor_revenue", "negative-competitor-revenue", "error")),
        ({"sales_plan": -1}, ("sales_plan", "negative-plan", "warning")),
        ({"budget_low": 5, "budget_high": 3}, ("budget_low", "bounds-reversed", "error")),
        ({"budget_low": -5}, ("budget_low", "negative-budget", "error")),
        (
            {"procurement_budget": 10, "budget_low": 11, "budget_high": 12},
            ("procurement_budget", "budget-outside-bounds", "warning"),
        ),
        ({"procurement_budget": 13, "budget_high": 12}, ("procurement_budget", "budget-outside-bounds", "warning")),
        ({"budget_low": 131, "budget_high": 157}, ("budget_low", "budget-bounds-only", "warning")),
        ({"revenue": 5, "budget_high": 157}, ("budget_high", "budget-bounds-only", "warning")),
        ({"budget_date": date(2026, 3, 2)}, ("budget_date", "future-date", "warning")),
        ({"margin": 11, "revenue": 10}, ("margin", "margin-above-revenue", "warning")),
        ({"position": Position.WEAK}, ("position", "rating-without-reason", "warning")),
        ({"potential": Potential.LOW}, ("potential", "rating-without-reason", "warning")),
    ],
)
def test_each_contradiction_is_told_once(facts, finding):
    assert faults(**facts) == [finding]


_AMOUNTS = st.none() | st.integers(-3, 9).map(float) | st.sampled_from((float("nan"), 1e17, 0.1, 4.05))


@given(*[_AMOUNTS] * 7, st.sampled_from((None, TODAY, TODAY + timedelta(1))))
@example(None, None, None, None, None, 1.0, 0.0, None)
def test_nothing_is_wrong_with_clients_that_are_passed_over(revenue, budget, rivals, margin, plan, low, high, day):
    client = Client("1", "A", revenue, budget, rivals, margin, plan, budget_low=low, budget_high=high, budget_date=day)
    if is_plain([getattr(client, field) for field in FACTS], TODAY):
        assert list(faults_of(client, 100.0, 100.0, 0.01, TODAY)) == []


def test_a_wrong_budget_is_told_beside_a_wrong_revenue():
    assert faults(revenue=-1, procurement_budget=-2) == [
        ("revenue", "negative-revenue", "warning"),
        ("procurement_budget", "negative-budget", "error"),
    ]


def test_revenue_equal_to_the_budget_is_sound():
    assert faults(revenue=100, procurement_budget=100, competitor_revenue=0) == []


def test_competitors_may_exceed_the_budget_by_rounding():
    assert faults(revenue=50, procurement_budget=100, competitor_revenue=50.5) == []
    assert faults(
        revenue=50, procurement_budget=100, competitor_revenue=50.5, settings=Settings(money_tolerance=0)
    ) == [("procurement_budget", "competitors-above-budget", "warning")]


def test_competitors_of_the_sheet_count_where_there_is_no_column():
    rivals = (Competitor("A", 60), Competitor("B", 40), Competitor("C"))
    assert faults(revenue=50, procurement_budget=100, competitors=rivals) == [
        ("procurement_budget", "competitors-above-budget", "warning")
    ]


def test_a_column_that_contradicts_the_sheet_is_told():
    rivals = (Competitor("A", 60), Competitor("B", 40))
    assert faults(competitor_revenue=100.4, competitors=rivals) == []
    assert faults(competitor_revenue=120, competitors=rivals) == [
        ("competitor_revenue", "competitors-disagree", "warning")
    ]


def test_competitors_without_a_known_revenue_contradict_nothing():
    assert faults(competitor_revenue=120, competitors=(Competitor("A"),)) == []


def test_dates_up_to_today_and_argued_ratings_are_sound():
    assert faults(budget_date=TODAY, position=Position.WEAK, position_reason="new") == []


def test_the_message_tells_the_numbers():
    (_, fault), *_ = check(in_columns(Client("1", "Nord", revenue=1200, procurement_budget=1000)), Settings(), TODAY)
    assert fault.message.render() == "Revenue 1,200 is above the procurement budget 1,000: the budget is understated."
