"""The trend of a plan: one point a month, the latest months."""

from datetime import date

from kam_xl.locale import LANGUAGES
from kam_xl.plan.account.account_states import State
from kam_xl.plan.account.plan_fields import TREND_ROWS
from kam_xl.plan.account.trend import Point, trend_values


def point(year, month, day, revenue):
    return Point(date(year, month, day), State("Alfa", "Ann", True, 2, revenue, None, 0.25, "", "", 90.0, "revenue"))


def test_a_first_build_has_no_trend_yet():
    assert set(map(tuple, trend_values([], point(2026, 1, 1, 5.0), "en").values())) == {(None,) * TREND_ROWS}


def test_of_a_month_the_last_build_counts():
    values = trend_values([point(2026, 1, 2, 1.0), point(2026, 1, 30, 2.0)], point(2026, 2, 3, 3.0), "ru")
    assert values["kam_trend_day"] == ["30.01.2026", "03.02.2026", None, None, None, None]
    assert values["kam_trend_revenue"] == [2.0, 3.0, None, None, None, None]


def test_the_latest_months_stay():
    earlier = [point(2025, month, 1, float(month)) for month in range(1, 13)]
    for lang in LANGUAGES:
        values = trend_values(earlier, point(2026, 1, 1, 13.0), lang)
        assert values["kam_trend_revenue"] == [8.0, 9.0, 10.0, 11.0, 12.0, 13.0]
