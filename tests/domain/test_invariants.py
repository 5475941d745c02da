"""What must hold for every table (hypothesis)."""

import math
from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kam_xl.domain import measures
from kam_xl.domain.bounds import at_least
from kam_xl.domain.classify import classify
from kam_xl.domain.criteria import expertise_criterion, prospect_criterion, revenue_criterion
from kam_xl.domain.marks import mark_scale
from kam_xl.domain.measures import known
from kam_xl.domain.model import Client, Competitor, Criterion, PathShape, Position, Potential, Strategy
from kam_xl.domain.operational import OperationalPlan, PlanFact
from kam_xl.domain.periods import YEAR, Period, Series
from kam_xl.domain.ratings import rate_position, rate_potential, rate_status
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.locale import LANGUAGES

TODAY = date(2024, 6, 15)

# Kopecks: amounts as tables hold them, with the wrong ones among them.
amounts = st.none() | st.just(0.0) | st.integers(-(10**4), 10**9).map(lambda kopecks: kopecks / 100)
marks = st.none() | st.booleans() | st.integers(0, 3)

clients = st.builds(
    Client,
    client_id=st.text("0123456789", min_size=1, max_size=6),
    client=st.just("x"),
    revenue=amounts,
    procurement_budget=amounts,
    competitor_revenue=amounts,
    sales_plan=amounts,
    industry=st.sampled_from(["", "Gas", "Telecom"]),
    reference=marks,
    expertise=marks,
    position=st.none() | st.sampled_from(Position),
    potential=st.none() | st.sampled_from(Potential),
    competitors=st.lists(st.builds(Competitor, st.just("y"), amounts), max_size=3).map(tuple),
)
tables = st.lists(clients, max_size=25, unique_by=lambda client: client.client_id)


def seen(account):
    """Everything the rules say of one account."""
    position, potential = account.position, account.potential
    return (
        account.client.client_id,
        account.revenue_share,
        account.penetration,
        account.headroom,
        account.competitor_share,
        account.criteria,
        account.rank,
        account.within_limit,
        account.above_limit,
        account.task and account.task.value,
        account.status and account.status.value,
        position and position.value,
        potential and potential.value,
        account.strategy,
        account.abc,
        [text.render() for text in account.arguments()],
    )


def is_met(criterion, *values):
    verdict = known(criterion, *values)
    return verdict is not None and verdict.value


def scaled(client, factor):
    """The same client in another currency; a power of two changes no digit."""

    def money(amount):
        return None if amount is None else amount * factor

    return replace(
        client,
        revenue=money(client.revenue),
        procurement_budget=money(client.procurement_budget),
        competitor_revenue=money(client.competitor_revenue),
        sales_plan=money(client.sales_plan),
        competitors=tuple(replace(each, revenue=money(each.revenue)) for each in client.competitors),
    )


@given(tables)
def test_single_values_and_tables_agree(table):
    result = classify(table, today=TODAY)
    total, plan = result.total_revenue, measures.total_of(client.sales_plan for client in table)
    scale = mark_scale(client.expertise for client in table)
    for account in result.accounts:
        client = account.client
        revenue, budget = client.revenue, client.procurement_budget
        assert account.revenue_share == known(measures.revenue_share, revenue, total)
        assert account.penetration == known(measures.penetration, revenue, budget)
        assert account.headroom == known(measures.headroom, revenue, budget)
        assert account.competitor_share == known(measures.competitor_share, account.competitor_revenue, budget)
        assert account.position == rate_position(
            account.penetration, manual=client.position, revenue=revenue, budget=budget
        )
        status = rate_status(revenue, total, client.sales_plan, plan)
        assert account.status == status
        assert (Criterion.REVENUE in account.criteria) == is_met(revenue_criterion, revenue, total)
        assert (Criterion.PROSPECT in account.criteria) == is_met(
            prospect_criterion, revenue, budget, account.potential
        )
        assert (Criterion.EXPERTISE in account.criteria) == expertise_criterion(client.expertise, scale=scale).value


@given(tables)
def test_potential_agrees_with_the_single_value_where_the_row_does_not_contradict_itself(table):
    result = classify(table, today=TODAY)
    for account in result.accounts:
        client = account.client
        if not measures.is_faulty(measures.penetration, client.revenue, client.procurement_budget):
            assert account.potential == known(
                lambda client=client: rate_potential(
                    client.procurement_budget, result.potential_bounds, manual=client.potential
                )
            )


@given(tables, st.randoms(use_true_random=False))
def test_order_of_rows_never_matters(table, random):
    shuffled = random.sample(table, len(table))
    before, after = classify(table, today=TODAY), classify(shuffled, today=TODAY)
    assert sorted(map(seen, before.accounts), key=lambda row: row[0]) == sorted(
        map(seen, after.accounts), key=lambda row: row[0]
    )
    assert [account.client for account in before.key_accounts] == [account.client for account in after.key_accounts]
    assert (before.limit, before.total_revenue, before.concentration, before.coverage, before.references) == (
        after.limit,
        after.total_revenue,
        after.concentration,
        after.coverage,
        after.references,
    )


@given(tables, st.sampled_from([2.0**-10, 0.5, 4.0, 2.0**20]))
def test_scaling_all_money_leaves_shares_ratings_and_ranks(table, factor):
    def ratios(result):
        return [
            (row[0], row[1], row[2], *row[4:15]) for row in map(seen, result.accounts)
        ]  # all but headroom, which is money, and the texts

    before = classify(table, today=TODAY)
    after = classify([scaled(client, factor) for client in table], today=TODAY)
    assert ratios(before) == ratios(after)
    assert (before.concentration, before.coverage, before.limit) == (after.concentration, after.coverage, after.limit)


@given(tables)
@example([Client("0", "x", revenue=9_999_999.99), Client("1", "x", revenue=10_000_000.0)])
def test_a_client_above_the_revenue_bound_never_stands_behind_one_that_is_not(table):
    ranked = classify(table, today=TODAY).key_accounts
    by_revenue = [Criterion.REVENUE in account.criteria for account in ranked]
    assert by_revenue == sorted(by_revenue, reverse=True)
    earned = [account.client.revenue for account, above in zip(ranked, by_revenue, strict=True) if above]
    assert earned == sorted(earned, reverse=True)


def wide_table(size, seed):
    """As companies have them: few large clients, many small; blanks, zeros, ties, returns, budgets below revenue."""
    random = Random(seed)  # noqa: S311 (the same table each time)
    bounds = [random.choice([None, 0.0, 100.0, random.lognormvariate(5, 2)]) for _ in range(size)]
    return [
        Client(
            str(number),
            f"Client {number}",
            revenue=random.choice([None, 0.0, -5.0, 100.0, *[random.lognormvariate(4, 2)] * 6]),
            procurement_budget=budget,
            competitor_revenue=random.choice([None, 50.0]),
            reference=random.random() < 0.02 or None,
            expertise=random.choice([None, 1, 3]) if random.random() < 0.05 else None,
        )
        for number, budget in enumerate(bounds)
    ]


@pytest.mark.parametrize(("size", "seed"), [(1, 1), (2, 2), (40, 3), (300, 4), (2000, 5)])
def test_a_wide_table_keeps_to_ranking_limit_and_capacity_in_any_order_and_unit(size, seed):
    table = wide_table(size, seed)
    result = classify(table, today=TODAY)
    ranked = result.key_accounts
    assert [account.rank for account in ranked] == list(range(1, len(ranked) + 1))
    by_revenue = [Criterion.REVENUE in account.criteria for account in ranked]
    assert by_revenue == sorted(by_revenue, reverse=True)
    rest = [account for account, above in zip(ranked, by_revenue, strict=True) if not above]
    for first, then in pairwise(rest):
        assert len(first.criteria) >= len(then.criteria)
        if len(first.criteria) == len(then.criteria):
            assert at_least(first.value_at_stake, then.value_at_stake)
    earned = measures.total_of(account.client.revenue for account in ranked)
    added = result.goals[result.years[-1]] - earned if ranked else 0.0
    if result.capacity.amount is not None:
        assert added <= result.capacity.amount * (1 + 1e-9) + 1e-6
    shuffled = classify([*table[::2], *reversed(table[1::2])], today=TODAY)
    assert [seen(account) for account in shuffled.key_accounts] == [seen(account) for account in ranked]
    assert shuffled.goals == result.goals
    large = classify([scaled(client, 1024.0) for client in table], today=TODAY)
    assert [account.client.client_id for account in large.key_accounts] == [a.client.client_id for a in ranked]
    assert large.goals == {year: pytest.approx(goal * 1024.0) for year, goal in result.goals.items()}


years = st.sampled_from([2024, 2025, 2026])
planned = st.none() | st.dictionaries(years, st.integers(0, 10**9).map(lambda kopecks: kopecks / 100), min_size=1).map(
    lambda plan: OperationalPlan(PlanFact(Series({Period(year, YEAR): amount for year, amount in plan.items()})))
)
giants = st.integers(10**9, 10**13).map(lambda kopecks: kopecks / 100)
plans = st.lists(
    st.builds(replace, clients, operational=planned, procurement_budget=amounts | giants), min_size=1, max_size=15
)
growing = st.builds(
    Settings,
    capacity_growth=st.sampled_from([0.0, 0.2, 1.0]),
    budget_growth=st.sampled_from([-0.3, 0.0, 0.1]),
    target_path=st.sampled_from(PathShape),
    horizon_years=st.integers(2, 5),
)


@given(plans, growing)
@example([Client("1", "x", 120.0, 100.0)], Settings(budget_growth=0.1))
def test_proposals_stay_within_the_capacity_and_never_below_the_operational_plan(table, settings):
    result = classify(table, settings, TODAY)
    proposals = [result.proposal(account) for account in result.key_accounts]
    goals = [goal for proposal in proposals for goal in proposal.goals]
    assert all(goal.operational_plan is None or goal.revenue >= goal.operational_plan for goal in goals)
    assert result.goals == {
        year: math.fsum(goal.revenue or 0.0 for goal in goals if goal.year == year) for year in result.years
    }
    earned = measures.total_of(account.client.revenue for account in result.key_accounts)
    added = result.goals[result.years[-1]] - earned
    capacity = result.capacity
    # Sums of large amounts differ in their last digits.
    slack = 1e-9 * (earned + capacity.wanted + (capacity.amount or 0.0))
    if settings.budget_growth >= 0:  # where budgets shrink, goals may fall below today
        assert added == pytest.approx(capacity.proposed, abs=slack)
    if capacity.amount is not None:
        assert added <= max(capacity.amount, capacity.proposed) + slack
        assert capacity.exceeded or added <= capacity.amount + slack
        floors = sum(max(account_floor(result, account), 0.0) for account in result.key_accounts)
        assert capacity.exceeded == (floors > capacity.amount + slack) or abs(floors - capacity.amount) <= 2 * slack


@given(st.lists(giants, min_size=1, max_size=8), st.integers(1, 10**9), growing)
@example([9e9, 8e9], 1000, Settings())
def test_where_giants_want_more_the_goals_use_the_capacity_up_and_nobody_passes_the_ceiling(budgets, revenue, settings):
    """Budgets at least as large as all our revenue, of prospects who have bought nothing, beside one small client."""
    table = [Client(f"p{place}", "x", 0.0, budget, expertise=True) for place, budget in enumerate(budgets)]
    result = classify([*table, Client("1", "x", float(revenue) / 1000)], replace(settings, budget_growth=0.0), TODAY)
    added = [
        (result.proposal(account).goals[-1].revenue or 0.0) - (account.client.revenue or 0.0)
        for account in result.key_accounts
    ]
    wanted = math.fsum(account.attainable_gain or 0.0 for account in result.key_accounts)
    amount = revenue / 1000 * ((1 + settings.capacity_growth) ** settings.horizon_years - 1)
    assert math.fsum(added) == pytest.approx(min(wanted, amount), rel=1e-9, abs=1e-9 * revenue)
    if result.capacity.ceiling is not None:
        assert max(added) <= result.capacity.ceiling * (1 + 1e-9) + 1e-9 * revenue


def account_floor(result, account):
    known_plans = [goal.operational_plan or 0.0 for goal in result.proposal(account).goals]
    return max(known_plans) - measures.total_of([account.client.revenue])


@given(plans, growing)
def test_a_client_to_defend_or_hold_never_falls_below_today(table, settings):
    result = classify(table, settings, TODAY)
    for account in result.key_accounts:
        if account.strategy in (Strategy.DEFEND, Strategy.HOLD):
            assert all(
                (goal.revenue or 0.0) >= (account.client.revenue or 0) for goal in result.proposal(account).goals
            )


@given(tables)
def test_the_task_never_contradicts_the_strategy(table):
    for account in classify(table, today=TODAY).accounts:
        assert len(account.tasks) == len(account.criteria)
        assert not account.is_key or account.strategy is not Strategy.INSIDE_SALES
        if {Criterion.REFERENCE, Criterion.EXPERTISE} & set(account.criteria):
            assert account.strategy is not Strategy.HARVEST


@given(tables)
def test_every_criterion_is_argued_met_or_not_in_every_language(table):
    for account in classify(table, today=TODAY).accounts:
        for lang in LANGUAGES:
            assert len(account.met) + len(account.why_not()) == len(Criterion)
            assert all(text.render(lang) for text in (*account.why_not(), *(each.argument for each in account.tasks)))


@given(tables)
def test_the_value_at_stake_is_revenue_and_gain_and_never_less_than_revenue(table):
    for account in classify(table, today=TODAY).accounts:
        earned = measures.total_of([account.client.revenue])
        assert account.value_at_stake == earned + (account.attainable_gain or 0.0) >= earned


@given(tables)
def test_the_limit_never_drops_one_and_ranks_have_no_gap(table):
    result = classify(table, today=TODAY)
    qualified = [account for account in result.accounts if account.criteria]
    assert sorted(account.rank for account in qualified) == list(range(1, len(qualified) + 1))
    assert [account.rank for account in result.key_accounts] == list(range(1, len(qualified) + 1))
    assert sum(account.above_limit for account in result.accounts) == result.limit.above
    assert result.limit.above == max(len(qualified) - result.limit.allowed, 0)
    assert all(account.rank is None for account in result.accounts if not account.criteria)


@given(tables)
def test_shares_of_the_known_revenues_sum_to_one(table):
    shares = [account.revenue_share for account in classify(table, today=TODAY).accounts]
    known_shares = [share for share in shares if share is not None]
    assert not known_shares or abs(sum(known_shares) - 1) < 1e-9


@given(tables)
def test_every_rating_carries_its_argument_and_its_bound(table):
    for account in classify(table, today=TODAY).accounts:
        for rating in (account.position, account.potential):
            if rating is not None:
                argument = rating.argument.render()
                assert rating.manual == ("rated by hand" in argument)
                assert rating.manual or "is at least" in argument or "is below" in argument or "no demand" in argument


@given(tables)
def test_a_rating_is_missing_where_its_input_is_missing(table):
    for account in classify(table, DEFAULTS, TODAY).accounts:
        client = account.client
        if client.position is None and (client.revenue is None or client.procurement_budget is None):
            assert account.position is None
        if client.potential is None and client.procurement_budget is None:
            assert account.potential is None


# Whatever a program may hand over: endless, tiny, not a number.
wild = st.none() | st.floats() | st.integers() | st.sampled_from([1e308, 5e-324, 10**400])


@given(st.lists(st.builds(Client, st.just("1"), st.just("x"), *[wild] * 5, budget_low=wild, budget_high=wild)))
def test_no_number_stops_the_classification(table):
    for account in classify(table, DEFAULTS, TODAY).accounts:
        seen(account)
