import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.domain.capacity import capacity_of, growth_capacity, limited
from kam_xl.domain.settings import Settings

DOUBLE = Settings(capacity_growth=1, horizon_years=2)  # three times the revenue may be added


def test_growth_is_compounded_over_the_horizon():
    assert growth_capacity(1000, Settings(capacity_growth=0.1, horizon_years=2)) == pytest.approx(210)


def test_without_revenue_there_is_no_ceiling():
    assert (capacity_of(0, [1e9], [0]).amount, capacity_of(0, [1e9], [0]).ceiling) == (None, None)


def test_small_accounts_keep_their_whole_gain():
    found = capacity_of(100, [50, 1000, 1000], [0, 0, 0], DOUBLE)
    assert (found.ceiling, found.proposed, found.wanted) == (125, 300, 2050)


def test_a_floor_goes_before_the_ceiling_and_takes_its_part_of_the_capacity():
    found = capacity_of(100, [50, 1000, 1000], [0, 0, 200], DOUBLE)
    assert [limited(gain, floor, found.ceiling) for gain, floor in ((50, 0), (1000, 0), (1000, 200))] == [50, 50, 200]


def test_floors_beyond_the_capacity_are_kept_and_said():
    found = capacity_of(100, [50, 1000], [40, 400], DOUBLE)
    assert (found.ceiling, found.proposed, found.exceeded) == (0, 440, True)


amounts = st.integers(0, 10**6).map(float)


@given(st.lists(st.tuples(amounts, amounts), max_size=30), amounts)
def test_the_proposals_add_up_to_the_capacity_where_more_is_wanted(pairs, revenue):
    gains, floors = [gain for gain, _ in pairs], [floor for _, floor in pairs]
    found = capacity_of(revenue, gains, floors)
    proposed = sum(limited(gain, floor, found.ceiling) for gain, floor in pairs)
    if found.amount is None or found.wanted <= found.amount:
        assert found.ceiling is None
    else:
        assert proposed == pytest.approx(max(found.amount, sum(floors)))
