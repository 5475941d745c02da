from datetime import date

import pytest

from kam_xl.table.values.money import read_money
from kam_xl.table.words.matching import Unit

PLAIN = Unit(None, None, None)


def amounts(*values, unit=PLAIN, decimal="."):
    return read_money(values, 0, unit, decimal).values


def codes(*values, unit=PLAIN):
    return [(remark.row, remark.code, remark.grade) for remark in read_money(values, 0, unit).remarks]


def test_numbers_stay_and_texts_are_read():
    assert amounts(1.5, 2, "3", "4,5", "", None, "н/д") == [1.5, 2.0, 3.0, 4.5, None, None, None]


def test_another_text_of_the_column_proves_the_decimal_mark():
    assert amounts("1,234", "12,5") == [1.234, 12.5]
    assert amounts("1,234", "12.5") == [1234, 12.5]
    assert amounts("1.234", "1.234,5") == [1234, 1234.5]
    assert codes("1,234", "12,5") == []


def test_several_unclear_texts_are_thousands():
    assert amounts("1,234", "5,678", decimal=",") == [1234, 5678]
    assert codes("1,234", "5,678") == [(0, "ambiguous-number", "note")]


def test_a_single_unclear_text_follows_the_language_of_the_table():
    assert amounts("1,234", decimal=",") == [1.234]
    assert amounts("1,234", decimal=".") == [1234]
    assert codes("1,234") == [(0, "ambiguous-number", "warning")]


def test_a_unit_in_the_header_makes_fractions_likely():
    millions = Unit(1e6, "RUB", None)
    assert amounts("1,234", "5,678", unit=millions, decimal=",") == [1.234, 5.678]


@pytest.mark.parametrize("value", ["abc", True, False, date(2020, 5, 1), "12%"])
def test_what_is_no_amount_is_unknown_and_told(value):
    assert amounts(7.0, value) == [7, None]
    assert codes(7.0, value) == [(1, "not-a-number", "error")]


@pytest.mark.parametrize("value", [1e18, -1e300, "40702810900000012345", "1e400", float("inf")])
def test_an_account_number_is_no_amount(value):
    assert amounts(7.0, value) == [7, None]
    assert codes(7.0, value) == [(1, "not-a-number", "error")]


def test_a_unit_in_the_cell_counts_and_not_that_of_the_column():
    assert amounts("1,5 млн") == [1500000]
    assert codes("1,5 млн") == []
    read = read_money([700.0, "1,5 млн", "2,125 m", "900 тыс."], 3, Unit(1e3, "RUB", None), ",")
    assert read.values == [700, 1500, 2125, 900]
    assert [(each.row, each.code, each.grade) for each in read.remarks if each.code == "own-unit"] == [
        (1, "own-unit", "warning")
    ]
    assert read_money(["2 млн"], 0, PLAIN, scale=1e6).values == [2]


def test_an_error_value_is_unknown_and_told():
    assert codes("#N/A", "#FORMULA!") == [(0, "cell-error", "error"), (1, "formula-without-value", "error")]


def test_currencies_named_in_cells_are_kept_by_row():
    assert read_money(["$5", "5 руб.", 5.0], 0, PLAIN).currencies == {0: "USD", 1: "RUB"}
