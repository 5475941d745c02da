"""What must hold for every table (hypothesis)."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kam_xl.domain import measures
from kam_xl.domain.classify import classify
from kam_xl.domain.criteria import expertise_criterion, mark_scale, prospect_criterion, revenue_criterion
from kam_xl.domain.measures import known
from kam_xl.domain.model import Client, Competitor, Criterion, Position, Potential
from kam_xl.domain.ratings import rate_position, rate_potential, rate_status
from kam_xl.domain.settings import DEFAULTS

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
        account.above_limit,
        account.status,
        position and position.value,
        potential and potential.value,
        account.strategy,
        account.abc,
        [text.render() for text in account.arguments()],
    )


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
        assert account.status == (status and status.value)
        assert (Criterion.REVENUE in account.criteria) == (known(revenue_criterion, revenue, total) is not None)
        assert (Criterion.PROSPECT in account.criteria) == (
            known(prospect_criterion, revenue, budget, account.potential and account.potential.value) is not None
        )
        assert (Criterion.EXPERTISE in account.criteria) == (
            expertise_criterion(client.expertise, scale=scale) is not None
        )


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
            (row[0], row[1], row[2], *row[4:13]) for row in map(seen, result.accounts)
        ]  # all but headroom, which is money, and the texts

    before = classify(table, today=TODAY)
    after = classify([scaled(client, factor) for client in table], today=TODAY)
    assert ratios(before) == ratios(after)
    assert (before.concentration, before.coverage, before.limit) == (after.concentration, after.coverage, after.limit)


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
                assert rating.manual == ("own rating" in argument)
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
