import math

import pytest

from kam_xl.domain import errors
from kam_xl.domain.measures import (
    Coverage,
    competitor_share,
    group_penetration,
    headroom,
    known,
    penetration,
    penetration_range,
    plan_share,
    revenue_share,
    total_of,
)


class TestPenetration:
    def test_is_revenue_over_budget(self):
        assert penetration(46_350, 2_000_000) == 0.023175

    def test_of_no_revenue_is_zero(self):
        assert penetration(0, 100) == 0

    @pytest.mark.parametrize(("revenue", "budget"), [(10, None), (None, 10), (None, None), (None, 0), (-5, None)])
    def test_of_the_unknown_is_unknown(self, revenue, budget):
        assert penetration(revenue, budget) is None

    def test_without_demand_is_unknown(self):
        assert penetration(0, 0) is None

    def test_above_one_is_never_clipped(self):
        assert penetration(150, 100) == 1.5

    @pytest.mark.parametrize(
        ("revenue", "budget", "error"),
        [
            (1, 0, errors.RevenueWithoutBudgetError),
            (1, -1, errors.NegativeBudgetError),
            (0, -1, errors.NegativeBudgetError),
            (-0.01, 100, errors.NegativeRevenueError),
            (-1, 0, errors.NegativeRevenueError),
            (math.nan, 100, errors.NotANumberError),
            (1, math.inf, errors.NotANumberError),
            (1e308, 100, errors.NotANumberError),
            (1, 10**400, errors.NotANumberError),
            (1e9, 1e-310, errors.RevenueWithoutBudgetError),
        ],
    )
    def test_of_wrong_numbers_is_an_error_named_for_the_fact(self, revenue, budget, error):
        with pytest.raises(error):
            penetration(revenue, budget)

    def test_error_says_what_was_got_and_what_to_do(self):
        with pytest.raises(errors.RevenueWithoutBudgetError) as caught:
            penetration(120.5, 0)
        assert str(caught.value) == (
            "procurement budget is 0, but there is revenue, got 120.5. "
            "Enter the budget of the period or leave it blank."
        )
        assert caught.value.render("ru") == (
            "бюджет закупок равен 0, но выручка есть, получено: 120.5. "
            "Укажите бюджет за период или оставьте ячейку пустой."
        )


class TestPenetrationRange:
    def test_goes_from_the_high_budget_to_the_low_one(self):
        assert penetration_range(100, 400, 1000) == (0.1, 0.25)

    @pytest.mark.parametrize("bounds", [(None, 10), (10, None), (None, None)])
    def test_needs_both_bounds(self, bounds):
        assert penetration_range(1, *bounds) is None

    def test_of_equal_bounds_is_one_value(self):
        assert penetration_range(1, 10, 10) == (0.1, 0.1)

    def test_refuses_bounds_in_the_wrong_order(self):
        with pytest.raises(errors.BudgetRangeError) as caught:
            penetration_range(1, 2e7, 1e7)
        assert "got 20,000,000 > 10,000,000." in caught.value.render("en")
        assert "получено: 20 000 000 > 10 000 000." in caught.value.render("ru").replace("\N{NO-BREAK SPACE}", " ")

    def test_a_low_bound_of_0_contradicts_revenue(self):
        assert penetration_range(0, 0, 10) is None
        with pytest.raises(errors.RevenueWithoutBudgetError):
            penetration_range(1, 0, 10)


class TestGroupPenetration:
    def test_is_a_ratio_of_sums_not_a_mean_of_ratios(self):
        assert group_penetration([(50, 100), (0, 900)]).penetration == 0.05

    def test_covers_only_clients_whose_budget_is_known(self):
        assert group_penetration([(10, 100), (40, None), (50, 100)]) == Coverage(0.3, 2, 3, 0.6)

    def test_leaves_wrong_rows_out(self):
        assert group_penetration([(10, 100), (-5, 100), (30, 0)]) == Coverage(0.1, 1, 3, 0.25)

    def test_leaves_endless_amounts_out(self):
        assert group_penetration([(10, 100), (1e308, 1e308), (1e308, 1e308)]) == Coverage(0.1, 1, 3, 1)

    def test_of_nothing_known_is_unknown(self):
        assert group_penetration([(10, None), (None, 5)]) == Coverage(None, 0, 2, 0)
        assert group_penetration([]) == Coverage(None, 0, 0, None)

    def test_counts_clients_without_demand_as_known(self):
        assert group_penetration([(0, 0), (10, 100)]) == Coverage(0.1, 2, 2, 1)


class TestShares:
    def test_of_a_total(self):
        assert (revenue_share(10, 100), plan_share(10, 100), competitor_share(10, 100)) == (0.1, 0.1, 0.1)

    @pytest.mark.parametrize("share", [revenue_share, plan_share, competitor_share, headroom])
    @pytest.mark.parametrize("pair", [(None, 1), (1, None), (None, None)])
    def test_of_the_unknown_are_unknown(self, share, pair):
        assert share(*pair) is None

    @pytest.mark.parametrize("share", [revenue_share, plan_share, competitor_share])
    def test_of_nothing_in_nothing_are_unknown(self, share):
        assert share(0, 0) is None

    @pytest.mark.parametrize(
        ("share", "pair", "error"),
        [
            (revenue_share, (-1, 100), errors.NegativeRevenueError),
            (revenue_share, (1, -100), errors.NegativeRevenueError),
            (revenue_share, (1, 0), errors.ShareOfNothingError),
            (plan_share, (-1, 100), errors.NegativePlanError),
            (plan_share, (1, 0), errors.ShareOfNothingError),
            (competitor_share, (-1, 100), errors.NegativeCompetitorRevenueError),
            (competitor_share, (1, -100), errors.NegativeBudgetError),
            (competitor_share, (1, 0), errors.CompetitorsWithoutBudgetError),
        ],
    )
    def test_of_wrong_numbers_are_errors(self, share, pair, error):
        with pytest.raises(error):
            share(*pair)

    def test_competitors_may_earn_more_than_the_budget(self):
        assert competitor_share(120, 100) == 1.2


class TestHeadroom:
    @pytest.mark.parametrize(("revenue", "expected"), [(0, 100), (99, 1), (100, 0), (101, 0)])
    def test_is_the_rest_of_the_budget_never_below_zero(self, revenue, expected):
        assert headroom(revenue, 100) == expected

    def test_of_a_budget_of_zero_is_none_at_all(self):
        assert headroom(0, 0) == 0

    @pytest.mark.parametrize("pair", [(1, 0), (-1, 1), (1, -1)])
    def test_has_the_errors_of_penetration(self, pair):
        with pytest.raises(errors.MeasureError):
            headroom(*pair)


def test_a_total_leaves_out_what_is_unknown_or_wrong():
    assert total_of([10, None, -5, math.nan, math.inf, 1e308, 1e308, 2.5]) == 12.5


def test_a_total_is_the_same_in_any_order():
    amounts = [0.1] * 10 + [1e16, 3.3]
    assert total_of(amounts) == total_of(reversed(amounts))


def test_a_wrong_number_is_unknown_inside_a_table():
    assert known(penetration, -1, 100) is None
    assert known(penetration, 1, 100) == 0.01
