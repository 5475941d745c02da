import pytest

from kam_xl.domain.criteria import expertise_criterion, prospect_criterion, reference_criterion, revenue_criterion
from kam_xl.domain.errors import MarkError, NegativeRevenueError, RevenueWithoutBudgetError
from kam_xl.domain.marks import MarkScale, mark_scale, meets_mark
from kam_xl.domain.model import Potential
from kam_xl.domain.ratings import PotentialBounds, rate_potential
from kam_xl.domain.settings import Settings

BOUNDS = PotentialBounds(high=100, medium=50)
HIGH, MEDIUM = rate_potential(100, BOUNDS), rate_potential(60, BOUNDS)
BY_HAND = rate_potential(None, BOUNDS, manual=Potential.HIGH)


class TestRevenue:
    @pytest.mark.parametrize(("revenue", "met"), [(9.99, False), (10, False), (10.01, True), (100, True), (0, False)])
    def test_by_share_needs_more_than_ten_per_cent(self, revenue, met):
        assert revenue_criterion(revenue, 100).value is met

    def test_ten_per_cent_in_floats_is_not_more_than_ten_per_cent(self):
        assert not revenue_criterion(0.1 + 0.2, 3).value

    @pytest.mark.parametrize(("revenue", "met"), [(499.99, False), (500, True), (500.01, True)])
    def test_by_amount_needs_at_least_the_amount(self, revenue, met):
        assert revenue_criterion(revenue, 1_000_000, Settings(key_revenue_amount=500)).value is met

    def test_by_amount_works_without_a_total(self):
        assert revenue_criterion(500, None, Settings(key_revenue_amount=500)).value

    def test_argument_says_which_form_is_met(self):
        settings = Settings(key_revenue_amount=50)
        assert revenue_criterion(60, 1000, settings).argument.render() == "Revenue: 60 is at least 50 (the amount set)."
        assert revenue_criterion(20, 100, settings).argument.render() == (
            "Revenue: 20% of all revenue (20 of 100) is more than 10%."
        )
        assert revenue_criterion(60, 100, settings).argument.render() == (
            "Revenue: 60% of all revenue (60 of 100) is more than 10%, and 60 is at least 50 (the amount set)."
        )

    def test_is_not_met_by_unknown_revenue(self):
        assert not revenue_criterion(None, 100).value

    def test_of_negative_revenue_is_an_error(self):
        with pytest.raises(NegativeRevenueError):
            revenue_criterion(-1, 100)


class TestProspect:
    @pytest.mark.parametrize(("revenue", "met"), [(0, True), (19.99, True), (20, False), (20.01, False), (100, False)])
    def test_needs_penetration_below_its_bound(self, revenue, met):
        assert prospect_criterion(revenue, 100, HIGH).value is met

    @pytest.mark.parametrize(("budget", "met"), [(99.99, False), (100, True), (100.01, True)])
    def test_needs_a_considerable_budget_where_an_amount_is_set(self, budget, met):
        assert prospect_criterion(0, budget, None, Settings(prospect_min_budget=100)).value is met

    def test_an_amount_set_outweighs_the_potential(self):
        assert not prospect_criterion(0, 99, HIGH, Settings(prospect_min_budget=100)).value

    @pytest.mark.parametrize(
        ("potential", "met"),
        [(HIGH, True), (MEDIUM, False), (None, False)],
    )
    def test_needs_high_potential_where_no_amount_is_set(self, potential, met):
        assert prospect_criterion(0, 100, potential).value is met

    def test_unknown_revenue_counts_as_none_and_the_argument_says_so(self):
        argument = prospect_criterion(None, 100, HIGH).argument
        assert argument.render() == (
            "Prospect: penetration 0% (revenue unknown, counted as 0) is below 20%; "
            "procurement budget 100, high potential; not confirmed by competitors' sales."
        )
        assert argument.render("ru").replace("\N{NO-BREAK SPACE}", " ") == (
            "Перспектива: индекс проникновения 0 % (выручка неизвестна, принята за 0) — ниже 20 %; "
            "бюджет закупок 100, высокий потенциал; не подтверждено продажами конкурентов."
        )

    def test_competitor_revenue_is_quoted_as_the_proof(self):
        argument = prospect_criterion(5, 100, HIGH, competitor_revenue=60).argument
        assert argument.render() == (
            "Prospect: penetration 5% (5 of 100) is below 20%; "
            "procurement budget 100, high potential; competitors earn 60 there."
        )
        assert argument.render("ru").replace("\N{NO-BREAK SPACE}", " ") == (
            "Перспектива: индекс проникновения 5 % (5 из 100) — ниже 20 %; "
            "бюджет закупок 100, высокий потенциал; конкуренты зарабатывают там 60."
        )

    def test_a_persons_own_rating_is_said(self):
        argument = prospect_criterion(0, 100, BY_HAND).argument.render()
        assert "potential rated high by hand" in argument

    @pytest.mark.parametrize(
        ("found", "argument"),
        [
            (prospect_criterion(60, 100, HIGH), "Not a prospect: penetration 60% (60 of 100) is not below 20%."),
            (prospect_criterion(0, None, HIGH), "Not a prospect: procurement budget is unknown."),
            (prospect_criterion(0, 0, HIGH), "Not a prospect: procurement budget is 0, no demand."),
            (
                prospect_criterion(0, 60, MEDIUM),
                "Not a prospect: procurement budget 60, medium potential (not high).",
            ),
        ],
    )
    def test_says_why_not(self, found, argument):
        assert (found.value, found.argument.render()) == (False, argument)

    @pytest.mark.parametrize("revenue", [None, 0])
    def test_needs_a_known_budget_and_demand(self, revenue):
        assert not prospect_criterion(revenue, None, HIGH).value
        assert not prospect_criterion(revenue, 0, HIGH).value

    def test_of_wrong_numbers_is_an_error(self):
        with pytest.raises(RevenueWithoutBudgetError):
            prospect_criterion(1, 0, HIGH)


class TestMarks:
    @pytest.mark.parametrize("scale", [None, *MarkScale])
    def test_yes_is_yes_and_no_is_no_on_any_scale(self, scale):
        assert [meets_mark(mark, scale=scale) for mark in (True, False, None)] == [True, False, False]

    def test_one_is_yes_where_no_mark_is_above_one(self):
        assert mark_scale([0, 1, None, True]) is MarkScale.YES_NO
        assert [meets_mark(mark, scale=MarkScale.YES_NO) for mark in (0, 1)] == [False, True]

    def test_one_is_a_level_where_any_mark_is_above_one(self):
        assert mark_scale([0, 1, 2]) is MarkScale.LEVELS
        assert [meets_mark(mark, scale=MarkScale.LEVELS) for mark in (0, 1, 2, 3)] == [False, False, True, True]

    @pytest.mark.parametrize(("bound", "expected"), [(1, [1, 2, 3]), (2, [2, 3]), (3, [3])])
    def test_the_least_level_is_a_setting(self, bound, expected):
        settings = Settings(mark_min_level=bound)
        assert [mark for mark in range(4) if meets_mark(mark, settings, scale=MarkScale.LEVELS)] == expected

    @pytest.mark.parametrize("mark", [-1, 4, 2.5])
    def test_outside_the_scale_are_errors(self, mark):
        with pytest.raises(MarkError):
            meets_mark(mark)


class TestReference:
    def test_is_counted_in_its_vertical(self):
        assert reference_criterion(True, vertical="Gas", count=1).argument.render() == (
            "Reference: marked as well known in its vertical, Gas (1 reference client there): no reason given."
        )
        assert reference_criterion(2, vertical="Газ", count=3).argument.render("ru") == (
            "Референс: отмечен как известный в своей вертикали — Газ (там 3 референсных клиента): причина не указана."
        )

    def test_without_a_vertical_says_so(self):
        assert reference_criterion(True).argument.render() == (
            "Reference: marked as well known; neither its industry nor its territory is given: no reason given."
        )

    def test_says_the_persons_reason(self):
        found = reference_criterion(True, vertical="Gas", count=1, reason=" runs the largest field ")
        assert found.argument.render().endswith("(1 reference client there): runs the largest field.")

    def test_below_its_level_says_so(self):
        found = reference_criterion(1, scale=MarkScale.LEVELS)
        assert (found.value, found.argument.render()) == (False, "Not a reference: level 1 is below 2.")

    def test_is_never_guessed(self):
        assert not reference_criterion(None, vertical="Gas", count=5).value


def test_expertise_follows_the_persons_mark():
    assert (
        expertise_criterion(3).argument.render()
        == "Expertise: marked as exceptionally competent and demanding: no reason given."
    )
    assert not expertise_criterion(False).value
