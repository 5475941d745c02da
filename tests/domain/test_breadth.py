from kam_xl.domain.classify import classify
from kam_xl.domain.model import Client
from kam_xl.domain.settings import Settings


def table(*revenues, **first):
    clients = [Client(str(number), "x", revenue=revenue) for number, revenue in enumerate(revenues, start=1)]
    return classify([Client("0", "First", **first), *clients])


def test_a_table_with_a_key_account_by_revenue_that_brings_enough_is_not_wide():
    assert table(50.0, 40.0, 10.0).wide is None


def test_a_table_where_nobody_is_key_by_revenue_says_so_with_the_numbers_that_help():
    wide = table(*[8.0] * 10, *[1.0] * 20).wide
    assert wide.key_at == ((0.05, 10), (0.03, 10), (0.01, 10))
    assert wide.notice.render() == (
        "No client is key by revenue: the largest brings 8% of all revenue, the bound is more than 10%. "
        "By revenue: 10 clients above 5%, 10 clients above 3%, 10 clients above 1%. "
        "The limit allows 4 key accounts: so many clients bring 8 or more."
    )


def test_key_accounts_that_bring_little_together_are_said_to():
    result = classify(
        [Client("1", "A", revenue=11.0), *[Client(str(number), "x", revenue=8.9) for number in range(2, 12)]],
    )
    assert result.wide.notice.render().startswith(
        "The key accounts together bring 11% of all revenue, less than 20%. By revenue: "
    )


def test_a_table_without_revenue_is_not_wide():
    assert table(None, 0.0, procurement_budget=50.0).wide is None


def test_only_shares_below_the_bound_are_offered():
    clients = [Client(str(number), "x", revenue=1.0) for number in range(100)]
    assert classify(clients, Settings(key_revenue_share=0.03)).wide.key_at == ((0.01, 0),)


def test_the_ten_largest_that_are_not_key_are_listed():
    result = table(*[float(number) for number in range(1, 31)], revenue=500.0)
    assert [account.client.revenue for account in result.largest_not_key] == [float(30 - at) for at in range(10)]
