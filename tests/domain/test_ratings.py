import math

import pytest

from kam_xl.domain.errors import NegativeBudgetError, PenetrationError
from kam_xl.domain.model import Position, Potential, Status
from kam_xl.domain.ratings import (
    PotentialBounds,
    nearest_rank,
    rate_position,
    rate_potential,
    rate_status,
)
from kam_xl.domain.settings import Settings

BOUNDS = PotentialBounds(high=1000, medium=400)


class TestPosition:
    @pytest.mark.parametrize(
        ("penetration", "expected"),
        [
            (0, Position.WEAK),
            (0.1999, Position.WEAK),
            (0.2, Position.MEDIUM),
            (0.4999, Position.MEDIUM),
            (0.5, Position.STRONG),
            (1.7, Position.STRONG),
        ],
    )
    def test_changes_at_its_bounds(self, penetration, expected):
        assert rate_position(penetration).value is expected

    def test_floating_point_noise_does_not_move_a_bound(self):
        assert rate_position(0.1 + 0.1 - 1e-17).value is Position.MEDIUM
        assert rate_position(1 - 0.9 + 0.4 - 1e-16).value is Position.STRONG

    def test_bounds_are_settings(self):
        assert rate_position(0.3, Settings(position_strong_from=0.3, position_medium_from=0.1)).value is Position.STRONG

    @pytest.mark.parametrize("penetration", [-0.1, math.nan, math.inf])
    def test_of_an_impossible_penetration_is_an_error(self, penetration):
        with pytest.raises(PenetrationError):
            rate_position(penetration)

    def test_is_missing_not_weak_where_penetration_is_unknown(self):
        assert rate_position(None) is None

    @pytest.mark.parametrize(
        ("penetration", "revenue", "budget", "argument"),
        [
            (0.023175, 46_350, 2_000_000, "Position weak: penetration 2.3% (46,350 of 2,000,000) is below 20%."),
            (0.25, 25, 100, "Position medium: penetration 25% (25 of 100) is at least 20% and below 50%."),
            (0.6, None, None, "Position strong: penetration 60% is at least 50%."),
        ],
    )
    def test_is_argued_by_numbers_and_bound(self, penetration, revenue, budget, argument):
        assert rate_position(penetration, revenue=revenue, budget=budget).argument.render() == argument

    def test_is_argued_in_russian_too(self):
        argument = rate_position(0.023175, revenue=46_350, budget=2_000_000).argument.render("ru")
        assert argument.replace("\N{NO-BREAK SPACE}", " ") == (
            "Позиция слабая: индекс проникновения 2,3 % (46 350 из 2 000 000) — ниже 20 %."
        )

    def test_a_persons_own_rating_overrides_with_its_reason(self):
        rating = rate_position(0.9, manual=Position.WEAK, reason="  the contract ends in May ")
        assert (rating.value, rating.manual) == (Position.WEAK, True)
        assert rating.argument.render() == "Position weak, rated by hand: the contract ends in May."

    @pytest.mark.parametrize("reason", ["sole supplier.", "sole supplier!", "and who else?", "we shall see…"])
    def test_a_reason_that_is_a_sentence_gets_no_second_stop(self, reason):
        assert rate_position(0.9, manual=Position.WEAK, reason=reason).argument.render().endswith(f": {reason}")

    def test_a_persons_own_rating_without_a_reason_says_so(self):
        rating = rate_position(None, manual=Position.STRONG)
        assert rating.argument.render() == "Position strong, rated by hand: no reason given."
        assert rating.argument.render("ru") == "Позиция сильная по собственной оценке: причина не указана."


class TestPotential:
    @pytest.mark.parametrize(
        ("budget", "expected"),
        [
            (0, Potential.LOW),
            (399.99, Potential.LOW),
            (400, Potential.MEDIUM),
            (999.99, Potential.MEDIUM),
            (1000, Potential.HIGH),
            (10**9, Potential.HIGH),
        ],
    )
    def test_changes_at_its_bounds(self, budget, expected):
        assert rate_potential(budget, BOUNDS).value is expected

    def test_is_missing_not_low_where_the_budget_is_unknown(self):
        assert rate_potential(None, BOUNDS) is None

    def test_is_missing_where_no_budget_gives_a_bound(self):
        assert rate_potential(100, PotentialBounds.of([])) is None

    @pytest.mark.parametrize("budgets", [[0, 0, 0, 0, 100], [0]])
    def test_of_a_client_without_demand_is_low_even_where_most_or_all_have_none(self, budgets):
        rating = rate_potential(0, PotentialBounds.of(budgets))
        assert rating.value is Potential.LOW
        assert rating.argument.render() == "Potential low: procurement budget is 0, no demand."

    def test_of_a_negative_budget_is_an_error(self):
        with pytest.raises(NegativeBudgetError):
            rate_potential(-1, BOUNDS)

    @pytest.mark.parametrize(
        ("bounds", "argument"),
        [
            (BOUNDS, "Potential medium: procurement budget 500 is at least 400 (the amount set) "
                     "and below 1,000 (the amount set)."),
            (PotentialBounds(500, 100, 0.8, 0.5), "Potential high: procurement budget 500 is at least "
                                                  "500 (the 80th percentile of the known budgets)."),
            (PotentialBounds(900, 600, 0.8, 0.55), "Potential low: procurement budget 500 is below "
                                                   "600 (the 55th percentile of the known budgets)."),
        ],
    )  # fmt: skip
    def test_is_argued_by_numbers_and_bound(self, bounds, argument):
        assert rate_potential(500, bounds).argument.render() == argument

    def test_a_rounding_never_makes_the_argument_false(self):
        rating = rate_potential(349_999.6, PotentialBounds(350_000, 100_000))
        assert "procurement budget 349,999.6 is at least" in rating.argument.render()

    def test_a_persons_own_rating_overrides_even_an_unknown_budget(self):
        rating = rate_potential(None, BOUNDS, manual=Potential.HIGH, reason="new plant")
        assert rating.argument.render() == "Potential high, rated by hand: new plant."


class TestPotentialBounds:
    def test_are_nearest_rank_percentiles_of_the_known_budgets(self):
        assert PotentialBounds.of([50, 10, 40, 20, 30]) == PotentialBounds(40, 30, 0.8, 0.5)

    def test_are_amounts_where_these_are_set(self):
        settings = Settings(potential_high_from=900, potential_medium_from=300)
        assert PotentialBounds.of([1, 2, 3], settings) == PotentialBounds(900, 300)

    def test_one_set_and_one_from_the_table_never_cross(self):
        assert PotentialBounds.of([10, 20, 30], Settings(potential_high_from=15)) == PotentialBounds(15, 15)
        assert PotentialBounds.of([10, 20, 30], Settings(potential_medium_from=40)) == PotentialBounds(30, 30, 0.8, 0.8)

    def test_budgets_of_nothing_move_no_bound(self):
        assert PotentialBounds.of([0, 0, 0, 50, 10, 40, 20, 30]) == PotentialBounds(40, 30, 0.8, 0.5)

    def test_are_never_high_below_a_considerable_share_of_our_revenue(self):
        bounds = PotentialBounds.of([50, 10, 40, 20, 30], total_revenue=100_000)
        assert bounds == PotentialBounds(1000, 30, None, 0.5, 0.01)
        assert rate_potential(50, bounds).argument.render() == (
            "Potential medium: procurement budget 50 is at least 30 (the 50th percentile of the known budgets) "
            "and below 1,000 (1% of our whole revenue)."
        )

    def test_amounts_that_are_set_hold_however_large_our_revenue_is(self):
        settings = Settings(potential_high_from=900, potential_medium_from=300)
        assert PotentialBounds.of([1, 2, 3], settings, 10**9) == PotentialBounds(900, 300)

    def test_of_one_budget_are_this_budget(self):
        assert PotentialBounds.of([7]) == PotentialBounds(7, 7, 0.8, 0.5)

    @pytest.mark.parametrize(("percentile", "expected"), [(0.07, 7), (0.29, 29), (0.55, 55), (0.0, 1), (1.0, 100)])
    def test_floating_point_noise_does_not_move_a_rank(self, percentile, expected):
        assert nearest_rank(range(1, 101), percentile) == expected


class TestStatus:
    @pytest.mark.parametrize(
        ("revenue", "expected"), [(9.999, Status.POTENTIAL), (10, Status.ACTUAL), (10.001, Status.ACTUAL)]
    )
    def test_changes_at_its_bound(self, revenue, expected):
        assert rate_status(revenue, 1000).value is expected

    def test_follows_the_sales_plan_where_the_client_has_one(self):
        rating = rate_status(500, 1000, 5, 1000)
        assert rating.argument.render() == "Potential account: 0.5% of the sales plan (5 of 1,000) is below 1%."

    def test_follows_revenue_where_the_client_has_no_plan(self):
        rating = rate_status(500, 1000, None, 1000)
        assert rating.argument.render() == "Current account: 50% of all revenue (500 of 1,000) is at least 1%."

    def test_a_wrong_plan_counts_as_unknown(self):
        assert rate_status(500, 1000, -5, 1000).value is Status.ACTUAL

    def test_is_missing_where_neither_share_is_known(self):
        assert rate_status(None, 1000) is None
        assert rate_status(-5, 1000) is None
        assert rate_status(0, 0) is None
