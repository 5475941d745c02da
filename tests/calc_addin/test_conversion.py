"""Cells between Calc and the functions."""

import math
import struct

import pytest

from kam_xl.calc_addin.conversion import Reader, answer_value, error_name, error_value
from kam_xl.calc_addin.types import CalcType
from kam_xl.excel.error_values import CALC_NUMBERS
from kam_xl.functions import ERRORS


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", None),
        ("0", 0.0),
        ("-12.5", -12.5),
        ("1E+020", 1e20),
        ("0.333333333333333", 0.333333333333333),
        ("Nordwerk", "Nordwerk"),
        ("0017", "0017"),  # an id, not a number
        ("1.50", "1.50"),  # Calc writes no trailing zero
        ("1,234", "1,234"),
        ("1 234", "1 234"),
        ("#N/A", "#N/A"),
    ],
)
def test_strings_of_calc_become_the_cells_they_were(text, cell):
    assert Reader(lambda: ".").argument(CalcType.CELL, text) == cell


def test_numbers_are_read_with_the_mark_that_calc_writes_now():
    marks = iter([",", ","])
    reader = Reader(lambda: next(marks))
    assert [reader.argument(CalcType.CELL, text) for text in ("0,5", "12,25", "0.5")] == [0.5, 12.25, "0.5"]


def test_one_cell_is_no_range():
    read = Reader(lambda: ".").argument
    assert (read(CalcType.CELLS, (("5",),)), read(CalcType.CELLS, (("5", ""),))) == (5.0, [[5.0, None]])


def test_of_what_may_be_left_out_a_zero_is_a_zero_and_a_blank_is_left_out():
    read = Reader(lambda: ".").argument
    assert [read(CalcType.ANY, value) for value in (None, 0.0, "", 2.0, ((0.0, ""),))] == [
        None,
        0.0,
        None,
        2.0,
        ((0.0, ""),),
    ]


def test_every_error_of_the_functions_has_a_number_in_calc():
    assert set(CALC_NUMBERS) == set(ERRORS)


@pytest.mark.parametrize("name", CALC_NUMBERS)
def test_errors_are_numbers_that_are_none_and_carry_their_code(name):
    value = error_value(name)
    code = struct.unpack("<Q", struct.pack("<d", value))[0] & 0xFFFF_FFFF
    assert (math.isnan(value), error_name(code)) == (True, name)


def test_an_answer_of_one_cell_is_a_row_of_one_where_rows_are_declared():
    assert (answer_value(CalcType.ROWS, "Strong"), answer_value(CalcType.ANY, "Strong")) == ((("Strong",),), "Strong")


def test_errors_in_rows_are_errors():
    ((left, right),) = answer_value(CalcType.ROWS, [["#N/A", 1]])
    assert (math.isnan(left), right) == (True, 1.0)
