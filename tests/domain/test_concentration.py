import pytest

from kam_xl.domain.concentration import (
    abc_class,
    abc_classes,
    alike_others,
    concentration,
    hhi,
    normalised_hhi,
    top_share,
)
from kam_xl.domain.settings import DEFAULTS, Settings


def abc(*revenues, settings=DEFAULTS):
    classes = abc_classes(revenues, settings)
    found = [abc_class(revenue, classes) for revenue in revenues]
    return [each and str(each) for each in found]


class TestAbc:
    def test_80_15_5_gives_a_b_c(self):
        assert abc(80, 15, 5) == ["A", "B", "C"]

    @pytest.mark.parametrize("scale", [0.001, 0.1, 1 / 3, 7e9])
    def test_floating_point_noise_does_not_move_a_bound(self, scale):
        assert abc(*(revenue * scale for revenue in [50, 30, 9, 6, 5])) == ["A", "A", "B", "B", "C"]

    def test_the_client_that_crosses_the_bound_is_a(self):
        assert abc(79, 16, 5) == ["A", "A", "C"]

    def test_a_single_client_is_a(self):
        assert abc(1) == ["A"]

    def test_equal_revenues_share_a_class(self):
        assert abc(*[10] * 10) == ["A"] * 10

    def test_order_is_that_of_the_table(self):
        assert abc(5, 80, 15) == ["C", "A", "B"]

    def test_no_revenue_is_c_and_unknown_revenue_has_no_class(self):
        assert abc(100, 0, -5, None) == ["A", "C", "C", None]

    def test_nobody_earning_is_all_c(self):
        assert abc(0, 0) == ["C", "C"]

    def test_bounds_are_settings(self):
        assert abc(50, 30, 20, settings=Settings(abc_a=0.5, abc_b=0.8)) == ["A", "B", "C"]


@pytest.mark.parametrize("others", [[], [0.0], [0.5], [1e-9]])
def test_beside_one_client_that_brings_nearly_all_nobody_counts(others):
    assert alike_others(concentration([1e12, *others])) is None


class TestConcentration:
    def test_top_share_is_that_of_the_largest(self):
        assert top_share([10, 50, 40], 1) == 0.5
        assert top_share([10, 50, 40], 5) == 1

    def test_hhi_is_the_sum_of_squared_shares(self):
        assert hhi([50, 30, 20]) == pytest.approx(0.25 + 0.09 + 0.04)

    def test_hhi_runs_from_all_equal_to_one_client(self):
        assert (hhi([1] * 4), hhi([9])) == (0.25, 1)

    def test_normalised_hhi_runs_from_zero_to_one(self):
        assert normalised_hhi([1] * 3) == pytest.approx(0, abs=1e-15)
        assert normalised_hhi([50, 30, 20]) == pytest.approx((0.38 - 1 / 3) / (1 - 1 / 3))
        assert normalised_hhi([10**12, 1]) == pytest.approx(1)

    def test_normalised_hhi_needs_two_clients(self):
        assert normalised_hhi([9]) is None

    def test_only_positive_revenue_counts(self):
        assert concentration([50, 50, 0, -10, None]) == concentration([50, 50])

    def test_endless_revenue_does_not_count(self):
        assert concentration([50, 50, 1e308, 1e308]) == concentration([50, 50])
        assert abc(50, 1e308, 1e308)[0] == "A"

    def test_of_no_revenue_is_unknown(self):
        assert concentration([0, None, -1]) == (None,) * 5
