import pytest

from kam_xl.domain.ranking import Contender, Limit, limit_of, natural_key, rank_order
from kam_xl.domain.settings import Settings


def contender(client_id, revenue=None, criteria=1, value=0.0):
    return Contender(revenue, criteria, value, client_id, "x")


class TestOrder:
    def test_key_by_revenue_comes_before_any_number_of_criteria(self):
        assert rank_order([contender("1", criteria=4, value=1e9), contender("2", revenue=5)]) == [1, 0]

    def test_the_others_follow_by_criteria_then_by_value(self):
        found = rank_order([contender("1", value=9), contender("2", criteria=2), contender("3", value=10)])
        assert found == [1, 2, 0]

    def test_amounts_that_read_as_equal_leave_it_to_the_id(self):
        assert rank_order([contender("10", value=14), contender("9", value=10.4 + 3.6)]) == [1, 0]
        assert rank_order([contender("10", revenue=0.3), contender("9", revenue=0.1 + 0.2)]) == [1, 0]

    def test_the_value_does_not_rank_those_that_are_key_by_revenue(self):
        assert rank_order([contender("1", revenue=5, value=99), contender("2", revenue=6, value=6)]) == [1, 0]


@pytest.mark.parametrize(
    "ids", [["2", "10"], ["C2", "C10"], ["a9b2", "A9b10"], ["", "0"], ["9" * 5000, "1" + "0" * 5000]]
)
def test_ids_stand_in_natural_order(ids):
    last_first = ids[::-1]
    assert sorted(last_first, key=natural_key) == ids


@pytest.mark.parametrize(
    ("clients", "qualified", "share", "allowed"),
    [(100, 20, 0.15, 15), (3, 2, 0.15, 1), (3, 0, 0.15, 0), (3, 2, 0, 0), (100, 3, 0.29, 29)],
)
def test_the_limit_allows_at_least_one_where_any_qualifies_and_none_where_it_is_nothing(
    clients, qualified, share, allowed
):
    found = limit_of(clients, qualified, Settings(key_account_limit=share))
    assert found == Limit(clients, allowed, qualified, max(qualified - allowed, 0))


def test_ids_that_differ_in_zeros_alone_rank_the_same_in_any_order_of_rows():
    one, other = (Contender(None, 1, 5.0, client_id, "Nord") for client_id in ("09", "9"))
    assert (rank_order([one, other]), rank_order([other, one])) == ([0, 1], [1, 0])
