"""Periods lie whole within each other; nothing is counted twice."""

import pytest

from kam_xl.domain.periods import HALF_YEAR, MONTH, QUARTER, YEAR, Period, Roll, Series, outermost

Y26 = Period(2026, YEAR)
JAN, FEB, MAR, APR = (Period(2026, MONTH, number) for number in range(1, 5))
Q1, Q2 = Period(2026, QUARTER, 1), Period(2026, QUARTER, 2)


@pytest.mark.parametrize("months", [MONTH, QUARTER, HALF_YEAR, YEAR])
def test_a_year_consists_of_its_parts(months):
    parts = Y26.parts(months)
    assert (len(parts), parts[-1].end, {part.around(YEAR) for part in parts}) == (YEAR // months, Y26.end, {Y26})


def test_a_period_covers_itself_and_what_lies_within_it():
    assert [Q1.covers(each) for each in (Q1, MAR, APR, Y26, Period(2025, MONTH, 1))] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_periods_that_end_together_have_one_end():
    assert MAR.end == Q1.end == APR.end - 1


def test_the_outermost_periods_leave_out_what_lies_within_them():
    assert outermost([FEB, APR, Q1, JAN]) == [Q1, APR]


@pytest.mark.parametrize(
    ("period", "english", "russian"),
    [(MAR, "Mar 2026", "мар 2026"), (Q2, "Q2 2026", "2-й кв. 2026"), (Y26, "2026", "2026")],
)
def test_periods_are_called_as_people_call_them(period, english, russian):
    assert (period.label.render("en"), period.label.render("ru")) == (english, russian)


def test_a_total_beside_its_parts_is_never_added_to_them():
    assert Series({JAN: 1.0, FEB: 2.0, Q1: 99.0, Y26: 99.0}).roll(Y26) == Roll(3.0, 2)


def test_a_longer_period_counts_where_nothing_is_known_within_it():
    assert Series({JAN: 1.0, Q2: 5.0}).roll(Y26) == Roll(6.0, 4)


def test_nothing_known_is_not_nothing():
    series = Series({JAN: 0.0})
    assert (series.roll(Q1), series.roll(Q2), Series().roll(Y26)) == (Roll(0.0, 1), None, None)


def test_only_a_period_known_to_its_end_is_whole():
    assert Series({JAN: 1.0, FEB: 1.0}).whole(Q1) is None
    assert Series({JAN: 1.0, FEB: 1.0, MAR: 1.0}).whole(Q1) == 3.0
    assert Series({Q1: 1.0, Q2: 2.0}).whole(Period(2026, HALF_YEAR, 1)) == 3.0
