"""White spots: product groups that similar clients buy and a key account does not."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kam_xl.domain.classify import Client, classify
from kam_xl.domain.settings import Settings
from kam_xl.domain.whitespace import Sale, whitespace

CLIENTS = [Client(str(at), f"C{at}", industry="Food", revenue=100.0) for at in range(1, 6)]
EVERYBODY = [Sale(str(at), "Oil", 100.0) for at in range(1, 6)]


def spots(sales, clients=CLIENTS, **settings):
    found = whitespace(sales, classify(clients, Settings(**settings)))
    return [(spot.account.client.client, spot.product, spot.amount) for spot in found.spots]


def gas(**amounts):
    return [Sale(name[1:], "Gas", amount) for name, amount in amounts.items()]


def test_the_amount_is_the_median_of_those_who_buy():
    assert spots([*EVERYBODY, *gas(c1=10.0, c2=20.0, c3=90.0)]) == [("C4", "Gas", 20.0), ("C5", "Gas", 20.0)]


def test_fewer_buyers_than_the_bound_propose_nothing():
    assert spots([*EVERYBODY, *gas(c1=10.0)]) == []
    assert len(spots([*EVERYBODY, *gas(c1=10.0)], whitespace_min_share=0.25)) == 4


def test_too_few_similar_clients_propose_nothing():
    assert spots([*EVERYBODY, *gas(c1=10.0, c2=20.0, c3=90.0)], whitespace_min_peers=5) == []


def test_another_industry_is_no_comparison():
    others = [Client(str(at), f"C{at}", industry="Food" if at < 3 else "Steel", revenue=100.0) for at in range(1, 6)]
    assert spots([*EVERYBODY, *gas(c1=10.0, c2=10.0, c3=10.0)], others) == []


def test_what_is_bought_elsewhere_needs_no_comparison_and_counts_as_it_is():
    assert spots([*EVERYBODY, Sale("5", "Gas", elsewhere=70.0)]) == [("C5", "Gas", 70.0)]


def test_nothing_is_proposed_above_the_headroom():
    clients = [replace(client, procurement_budget=105.0) for client in CLIENTS]
    sales = [*EVERYBODY, *gas(c1=10.0, c2=20.0, c3=90.0, c4=20.0)]
    assert spots(sales, clients) == [("C5", "Gas", 5.0)]


def test_sums_are_those_of_the_sales():
    found = whitespace([*EVERYBODY, *gas(c1=10.0, c2=-3.0)], classify(CLIENTS))
    assert (found.products, found.total("Oil"), found.total("Gas")) == (("Oil", "Gas"), 500.0, 7.0)


AMOUNTS = st.lists(st.tuples(st.integers(1, 5), st.sampled_from("abc"), st.floats(0, 1e6)), max_size=30)


@given(AMOUNTS, st.randoms())
def test_the_order_of_rows_never_matters_and_no_spot_is_sold_already(rows, shuffle):
    sales = [Sale(str(client), product, amount) for client, product, amount in rows]
    mixed = list(sales)
    shuffle.shuffle(mixed)
    assert spots(sales) == spots(mixed)
    sold = {(f"C{sale.client_id}", sale.product) for sale in sales if sale.revenue > 0}
    assert not sold & {(client, product) for client, product, _ in spots(sales)}
