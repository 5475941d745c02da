"""Which column is our revenue: cases that the docstrings of `kam_xl.table.headers.revenue_columns` do not show."""

from __future__ import annotations

from kam_xl.table import Grid, read_grid


def test_a_revenue_of_a_year_that_nobody_has_filled_in_is_unknown() -> None:
    table = read_grid(Grid("", [["Client", "Revenue 2025", "Budget"], ["Nord", None, 5.0], ["Süd", None, 7.0]]))
    assert table.fields["revenue"] == [None, None]
