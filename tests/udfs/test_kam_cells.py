from decimal import Decimal

import pytest
from kam_cells import CellError, amount, each, error, plain, rows, single


def test_only_excels_errors_can_be_answered():
    assert error("#N/A") == "#N/A"
    with pytest.raises(ValueError, match="#OOPS!"):
        error("#OOPS!")


def test_blanks_and_words_for_unknown_are_unknown_amounts():
    assert [amount(cell) for cell in (None, "", " ", "n/a", "Н/Д", "-")] == [None] * 6


def test_cells_with_a_currency_format_come_as_decimals():
    assert amount(Decimal("12.5")) == 12.5


@pytest.mark.parametrize("cell", ["12", "abc", True])
def test_text_and_yes_or_no_are_no_amounts(cell):
    with pytest.raises(CellError, match="#VALUE!"):
        amount(cell)


def test_an_error_in_an_argument_comes_out_as_it_is():
    with pytest.raises(CellError, match="#DIV/0!"):
        plain("#DIV/0!")


def test_one_cell_is_wanted_where_a_range_makes_no_sense():
    assert (single(5), single([[5]])) == (5, 5)
    with pytest.raises(CellError, match="#VALUE!"):
        single([[1, 2]])


def test_a_list_is_a_column():
    assert rows([1, 2]) == [[1], [2]]


def test_each_repeats_rows_columns_and_cells_to_fit():
    assert each(lambda a, b, c: a + b + c, [[1], [2]], [[10, 20]], 100) == [[111, 121], [112, 122]]


def test_each_refuses_ranges_that_do_not_fit():
    with pytest.raises(CellError, match="#VALUE!"):
        each(max, [1, 2], [1, 2, 3])


def test_a_bad_cell_spoils_no_other():
    assert each(lambda a: 1 / a, [1, "x", 4]) == [[1], ["#VALUE!"], [0.25]]
