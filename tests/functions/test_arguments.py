from datetime import datetime
from decimal import Decimal

import pytest

from kam_xl.domain.errors import NegativeBudgetError, SettingsError
from kam_xl.domain.model import Position, Potential
from kam_xl.errors import KamError
from kam_xl.functions.arguments import (
    ArgumentError,
    amount,
    answered,
    each,
    flag,
    label,
    mark,
    name,
    plain,
    rating,
    rows,
    single,
    total,
)
from kam_xl.locale import Text


def failing(error):
    def rule():
        raise error

    return rule


class TestAnswered:
    def test_unknown_is_not_available(self):
        assert answered(lambda: None) == "#N/A"

    def test_numbers_that_cannot_be_are_num_errors(self):
        assert answered(failing(NegativeBudgetError(-1))) == "#NUM!"
        assert answered(failing(SettingsError([Text("x")]))) == "#NUM!"

    def test_other_failures_told_to_people_are_value_errors(self):
        assert answered(failing(KamError(Text("no table")))) == "#VALUE!"

    def test_an_error_of_a_cell_stays_that_error(self):
        assert answered(failing(ArgumentError("#REF!"))) == "#REF!"

    def test_a_fault_of_the_program_is_not_hidden(self):
        with pytest.raises(ZeroDivisionError):
            answered(lambda: 1 / 0)


class TestEach:
    def test_a_cell_in_a_cell_out(self):
        assert each(lambda a, b: a + b, 1, [[2]]) == 3

    def test_rows_columns_and_cells_are_repeated_to_fit(self):
        assert each(lambda a, b, c: a + b + c, [[1], [2]], [[10, 20]], 100) == [[111, 121], [112, 122]]

    def test_a_row_in_a_row_out(self):
        assert each(lambda a: a * 2, [[1, 2, 3]]) == [[2, 4, 6]]

    def test_where_a_range_ends_early_the_answer_is_not_available(self):
        assert each(lambda a, b: a + b, [1, 2], [10, 20, 30]) == [[11], [22], ["#N/A"]]
        assert each(lambda a, b: a + b, [[1, 2]], [[10, 20, 30]]) == [[11, 22, "#N/A"]]

    def test_a_bad_cell_spoils_no_other(self):
        assert each(lambda a: a and 1 / a, [1, "x", 4, "#DIV/0!", None]) == [
            [1],
            ["#VALUE!"],
            [0.25],
            ["#DIV/0!"],
            ["#N/A"],
        ]

    def test_the_first_bad_argument_names_the_error(self):
        assert each(max, "#REF!", "x") == "#REF!"
        assert each(max, "x", "#REF!") == "#VALUE!"

    def test_each_argument_may_have_its_own_reader(self):
        assert each(lambda a, b: (a, b), 5, "Сильная", read=(amount, rating("position"))) == (5, Position.STRONG)


class TestReading:
    def test_blanks_and_words_for_unknown_are_unknown(self):
        assert [amount(cell) for cell in (None, "", " ", "n/a", "Н/Д", "-")] == [None] * 6

    def test_cells_with_a_currency_format_come_as_decimals(self):
        assert amount(Decimal("12.5")) == 12.5

    @pytest.mark.parametrize("cell", ["12", "abc", True, datetime(2024, 5, 6)])
    def test_text_yes_or_no_and_dates_are_no_amounts(self, cell):
        with pytest.raises(ArgumentError, match="#VALUE!"):
            amount(cell)

    def test_an_error_in_an_argument_comes_out_as_it_is(self):
        for read in (plain, amount, name, mark, rating("potential"), flag):
            with pytest.raises(ArgumentError, match="#DIV/0!"):
                read("#DIV/0!")

    def test_one_cell_is_wanted_where_a_range_makes_no_sense(self):
        assert (single(5), single([[5]]), single(((5,),))) == (5, 5, 5)
        with pytest.raises(ArgumentError, match="#VALUE!"):
            single([[1, 2]])

    def test_a_list_is_a_column_and_nothing_a_blank(self):
        assert (rows([1, 2]), rows([]), rows(((1, 2),))) == ([[1], [2]], [[None]], [(1, 2)])

    def test_marks_in_either_language_or_as_levels(self):
        assert [mark(cell) for cell in ("yes", "Нет", 2.0, True, None, "")] == [True, False, 2, True, None, None]
        with pytest.raises(ArgumentError, match="#VALUE!"):
            mark("perhaps")

    def test_text_is_no_flag(self):
        with pytest.raises(ArgumentError, match="#VALUE!"):
            flag("TRUE")

    def test_names_are_compared_without_letter_case(self):
        assert [name(cell) for cell in (" Nordwerk", 17.0, "ООО  «Ромашка»", None, "")] == [
            "nordwerk",
            "17",
            "ооо «ромашка»",
            None,
            None,
        ]


class TestTotal:
    def test_a_column_is_summed_without_what_is_blank_or_negative(self):
        assert total([10, None, -5, 30]) == 40

    def test_one_number_is_the_total(self):
        assert total(-5) == -5

    def test_left_out_it_is_that_of_the_functions_own_column(self):
        assert (total(None, own=[1, 2]), total(None, own=7)) == (3, None)

    def test_a_column_of_unknown_amounts_has_none(self):
        assert total([None, "n/a"]) is None

    def test_an_error_in_the_column_is_the_totals(self):
        with pytest.raises(ArgumentError, match="#REF!"):
            total([1, "#REF!"])


def test_members_of_two_scales_with_one_code_keep_their_labels():
    assert (label(Position.MEDIUM, "ru"), label(Potential.MEDIUM, "ru")) == ("Средняя", "Средний")
