import pytest

from kam_xl.domain.attainable import attainable_gain, attainable_penetration, value_at_stake
from kam_xl.domain.errors import NegativeBudgetError, NegativeRevenueError, RevenueWithoutBudgetError
from kam_xl.domain.model import Position
from kam_xl.domain.settings import Settings

STRONG, MEDIUM, WEAK = Position


class TestPenetration:
    @pytest.mark.parametrize(
        ("index", "position", "reached"),
        [
            (None, None, 0.2),
            (0.05, WEAK, 0.2),
            (0.3, MEDIUM, 0.5),
            (0.6, STRONG, 0.7),
            (0.85, STRONG, 0.9),
            (0.95, STRONG, 0.95),
            (1.2, STRONG, 1.2),
        ],
    )
    def test_is_the_next_bound(self, index, position, reached):
        assert attainable_penetration(index, position) == pytest.approx(reached)

    def test_rises_by_the_step_of_each_year_at_most(self):
        settings = Settings(horizon_years=2, position_medium_from=0.4, position_strong_from=0.8)
        assert attainable_penetration(0.05, WEAK, settings) == pytest.approx(0.25)
        assert attainable_penetration(0.05, WEAK, Settings(max_step=0.01)) == pytest.approx(0.08)

    def test_never_falls_below_today_whatever_a_person_rates(self):
        assert attainable_penetration(0.6, WEAK) == 0.6


class TestGain:
    def test_is_of_the_budget_at_the_horizon(self):
        assert attainable_gain(10, 100, WEAK, Settings(budget_growth=0.5, horizon_years=2)) == pytest.approx(35)

    def test_is_never_negative(self):
        assert attainable_gain(60, 100, STRONG, Settings(budget_growth=-0.5)) == 0

    def test_is_nothing_where_the_budget_is_understated_however_it_grows(self):
        assert attainable_gain(120, 100, STRONG, Settings(budget_growth=0.5)) == 0

    def test_of_an_unknown_revenue_counts_from_nothing(self):
        assert attainable_gain(None, 100, None) == 20

    def test_is_unknown_where_the_budget_is_and_nothing_where_there_is_no_demand(self):
        assert (attainable_gain(10, None, WEAK), attainable_gain(0, 0, None)) == (None, 0)

    @pytest.mark.parametrize(
        ("amounts", "error"),
        [((-1, 100), NegativeRevenueError), ((1, -100), NegativeBudgetError), ((1, 0), RevenueWithoutBudgetError)],
    )
    def test_of_wrong_amounts_is_an_error(self, amounts, error):
        with pytest.raises(error):
            attainable_gain(*amounts, WEAK)


def test_the_value_at_stake_is_what_is_known_of_revenue_and_gain():
    assert [value_at_stake(*pair, WEAK) for pair in ((10, 100), (10, None), (None, 100), (None, None))] == [
        20,
        10,
        20,
        None,
    ]
