import math

import pytest

from kam_xl.domain import errors
from kam_xl.domain.model import PathShape
from kam_xl.domain.trajectory import Year, path, trajectory


class TestPath:
    @pytest.mark.parametrize("shape", PathShape)
    def test_runs_from_nothing_to_all(self, shape):
        assert (path(0, shape), path(0.5, shape), path(1, shape)) == (0, 0.5, 1)

    def test_s_shape_starts_and_ends_slowly(self):
        assert path(0.2, PathShape.S_SHAPED) == pytest.approx(0.104)
        assert path(0.8, PathShape.S_SHAPED) == pytest.approx(0.896)


class TestTrajectory:
    def test_grows_the_budget_and_walks_to_the_target(self):
        assert trajectory(1000, 0.1, 0.3, years=2, growth=0.5, margin_rate=0.5, operational_plan=[100, 350]) == [
            Year(0, 1000, 0.1, 100, 50, 100, 0),
            Year(1, 1500, pytest.approx(0.2), pytest.approx(300), pytest.approx(150), 350, pytest.approx(-50)),
            Year(2, 2250, 0.3, 675, 337.5, None, None),
        ]

    def test_s_shape_changes_the_years_between_only(self):
        shares = [year.penetration for year in trajectory(100, 0.1, 0.5, years=4, shape=PathShape.S_SHAPED)]
        assert shares == pytest.approx([0.1, 0.1625, 0.3, 0.4375, 0.5])

    @pytest.mark.parametrize("years", [2, 3, 4, 5])
    def test_ends_exactly_at_the_target(self, years):
        rows = trajectory(100, 0.123, 0.57, years=years)
        assert [row.year for row in rows] == list(range(years + 1))
        assert (rows[0].penetration, rows[-1].penetration) == (0.123, 0.57)

    def test_margin_is_unknown_without_a_rate(self):
        assert [year.margin for year in trajectory(100, 0, 1, years=2)] == [None, None, None]

    def test_may_shrink(self):
        assert trajectory(100, 1, 1, years=2, growth=-0.5)[-1].revenue == 25

    def test_comes_down_from_an_understated_budget(self):
        assert [year.penetration for year in trajectory(100, 1.2, 1, years=2)] == pytest.approx([1.2, 1.1, 1])

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            ((-1, 0.1, 0.2), errors.NegativeBudgetError),
            ((math.inf, 0.1, 0.2), errors.NotANumberError),
            ((100, -0.1, 0.2), errors.PenetrationError),
            ((100, math.nan, 0.2), errors.PenetrationError),
            ((100, 0.1, -0.2), errors.TargetError),
            ((100, 0.1, 40), errors.TargetError),
            ((100, 0.1, math.nan), errors.TargetError),
        ],
    )
    def test_of_impossible_numbers_is_an_error_named_for_the_fact(self, given, error):
        with pytest.raises(error):
            trajectory(*given)

    @pytest.mark.parametrize("unknown", [(None, 0.1, 0.2), (100, None, 0.2), (100, 0.1, None)])
    def test_is_empty_where_its_start_or_end_is_unknown(self, unknown):
        assert trajectory(*unknown) == []
