"""Rows of an operational plan that say themselves in what unit and currency they are, or on what basis of VAT."""

import pytest

from kam_xl.domain.periods import QUARTER, Period
from tests.table.operational.test_plan import plan_of, table, told  # noqa: F401 (the fixture)

Q1, Q2 = Period(2026, QUARTER, 1), Period(2026, QUARTER, 2)
CLIENTS = [["Client", "Revenue, EUR", "Budget, EUR"], ["Nord", 100_000, 900_000], ["Süd", 50_000, 700_000]]
PLAN = "Operational plan 2026"


def revenue(found):
    """The revenue plan of both clients."""
    return [plan_of(found, position).get("revenue plan") for position in (0, 1)]


def codes(found):
    return [code for code, sheet, _ in told(found) if sheet == PLAN]


def test_a_unit_beside_the_indicator_counts(table):  # noqa: F811
    found = table({PLAN: [["Client", "Indicator", "Q1"], ["Nord", "Plan, kEUR", 30], ["Süd", "Plan", 7000]]}, CLIENTS)
    assert revenue(found) == [{Q1: 30_000}, {Q1: 7000}]
    assert codes(found) == ["units-differ"]


def test_a_column_of_units_counts_row_by_row(table):  # noqa: F811
    rows = [["Client", "Unit", "Q1", "Q2"], ["Nord", "kEUR", 30, 40], ["Süd", "EUR", 7000, 8000]]
    found = table({PLAN: rows}, CLIENTS)
    assert revenue(found) == [{Q1: 30_000, Q2: 40_000}, {Q1: 7000, Q2: 8000}]
    assert codes(found) == ["units-differ"]


def test_rows_in_pieces_are_not_money(table):  # noqa: F811
    rows = [["Client", "Unit", "Q1"], ["Nord", "pcs", 30], ["Nord", "EUR", 500], ["Süd", "EUR", 7000]]
    found = table({PLAN: rows}, CLIENTS)
    assert revenue(found) == [{Q1: 500}, {Q1: 7000}]
    assert codes(found) == ["rows-ignored"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Client", "Currency", "Q1"], ["Nord", "USD", 30], ["Süd", "EUR", 7000]],
        [["Client", "Indicator", "Q1"], ["Nord", "Plan, USD", 30], ["Süd", "Plan, EUR", 7000]],
        [["Client", "Unit", "Q1"], ["Nord", "kUSD", 30], ["Süd", "EUR", 7000]],
    ],
)
def test_rows_in_another_currency_are_left_out_and_told(table, rows):  # noqa: F811
    found = table({PLAN: rows}, CLIENTS)
    assert revenue(found) == [None, {Q1: 7000}]
    assert codes(found) == ["other-currency"]


def test_a_text_with_its_own_unit_stays_itself_beside_rows_in_thousands(table):  # noqa: F811
    rows = [["Client", "Unit", "Q1", "Q2"], ["Nord", "kEUR", "2.1 mln", 40], ["Süd", "EUR", 7000, 8000]]
    assert revenue(table({PLAN: rows}, CLIENTS))[0] == {Q1: 2_100_000, Q2: 40_000}


@pytest.mark.parametrize(
    "rows",
    [
        [["Sales plan for 2026, EUR incl. 20% VAT"], ["Client", "Q1"], ["Nord", 30]],
        [["Client", "Plan Q1 incl. VAT"], ["Nord", 30]],
        [["Client", "Indicator", "Q1"], ["Nord", "Plan, EUR incl. VAT", 30]],
    ],
)
def test_a_plan_with_vat_beside_revenue_without_it_is_told(table, rows):  # noqa: F811
    clients = [["Client", "Revenue excl. VAT, EUR", "Budget excl. VAT, EUR"], *CLIENTS[1:]]
    assert codes(table({PLAN: rows}, clients)) == ["vat-differs"]
    assert codes(table({PLAN: rows}, CLIENTS)) == []
