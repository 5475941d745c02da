"""Which columns of periods make the revenue of a year, and which years stand before it."""

import pytest

from kam_xl.table.headers.period_columns import of_latest_year
from kam_xl.table.headers.period_words import Heading

MONTHS = {month: Heading(2025, 1, month) for month in range(1, 13)}
QUARTERS = {number + 20: Heading(2025, 3, number) for number in range(1, 5)}


@pytest.mark.parametrize("longer", [{30: Heading(2025)}, QUARTERS, QUARTERS | {30: Heading(2025)}])
def test_months_that_are_all_there_make_the_year_and_no_total_beside_them(longer):
    assert of_latest_year(MONTHS | longer).columns == tuple(MONTHS)


def test_a_total_says_more_than_months_of_which_one_is_missing():
    some = {column: heading for column, heading in MONTHS.items() if column != 7}
    assert of_latest_year(some | {30: Heading(2025)}).columns == (30,)


def test_a_year_before_counts_where_it_covers_as_many_months():
    halves = {1: Heading(2023, 6, 1), 2: Heading(2024, 6, 1), 3: Heading(2025, 6, 1)}
    periods = of_latest_year(halves | {4: Heading(2022, 3, 1), 5: Heading(2024, 3, 3)})
    assert (periods.year, periods.columns) == (2025, (3,))
    assert periods.before(2025) == {2023: (1,), 2024: (2, 5)}
    assert periods.before(2026) == {2023: (1,), 2024: (2, 5), 2025: (3,)}


def test_columns_without_a_year_are_of_none_and_stand_before_none():
    periods = of_latest_year({1: Heading(None, 3, 1), 2: Heading(None, 3, 2)})
    assert (periods.year, periods.columns, periods.before(2026)) == (None, (1, 2), {})
