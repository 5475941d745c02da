from datetime import date, datetime

import pytest

from kam_xl.domain.model import BudgetBasis, Position, Potential, Stance
from kam_xl.table.values.cells import UnreadableError, choice_of, read_cells, read_date, read_mark, read_name, read_text


def test_names_are_put_on_one_line():
    assert read_name(" ООО\n«Ромашка»\N{NO-BREAK SPACE} ") == "ООО «Ромашка»"


@pytest.mark.parametrize(
    ("cell", "name"),
    [(17.0, "17"), (7707083893.0, "7707083893"), ("0017", "0017"), (1.5, "1.5"), ("-", None), ("NA", "NA")],
)
def test_ids_lose_no_digit_and_gain_none(cell, name):
    assert read_name(cell) == name


def test_words_for_unknown_are_no_text():
    assert [read_text(cell) for cell in ("н/д", "—", "n/a", "Газ")] == [None, None, None, "Газ"]


@pytest.mark.parametrize(
    "cell",
    [
        *(date(2024, 3, 5), datetime(2024, 3, 5, 12, 30), 45356.0, "2024-03-05", "05.03.2024", "5.3.24", "2024/03/05"),
        *("05.03.2024 г.", "2024-03-05T10:00", "05.03.2024 10:00", "5-3-2024"),
    ],
)
def test_dates_as_people_write_them(cell):
    assert read_date(cell) == date(2024, 3, 5)


def test_a_month_is_its_first_day():
    assert read_date("03.2024") == date(2024, 3, 1)


@pytest.mark.parametrize("cell", ["31.02.2024", "вчера", "03/05/2024", 5.0, float("inf"), "20 24"])
def test_what_is_no_date_is_told(cell):
    with pytest.raises(UnreadableError, match="not-a-date"):
        read_date(cell)


def test_a_date_with_slashes_is_read_where_only_one_reading_is_possible():
    assert [read_date(text) for text in ("25/03/2024", "03/25/2024", "05/05/2024")] == [
        *(date(2024, 3, 25), date(2024, 3, 25), date(2024, 5, 5))
    ]


@pytest.mark.parametrize("cell", ["да", "Yes", "+", "x", "Х", "✓", True, "истина"])
def test_marks_for_yes(cell):
    assert read_mark(cell) is True


@pytest.mark.parametrize("cell", ["нет", "No", "-", False, "ложь"])
def test_marks_for_no(cell):
    assert read_mark(cell) is False


def test_levels_stay_levels():
    assert [read_mark(cell) for cell in (0.0, 1, "2", 3.0)] == [0, 1, 2, 3]


@pytest.mark.parametrize("cell", [4.0, -1.0, 2.5, "может быть"])
def test_other_marks_are_told(cell):
    with pytest.raises(UnreadableError, match="unknown-mark"):
        read_mark(cell)


@pytest.mark.parametrize(
    ("field", "cell", "member"),
    [
        ("position", "Strong", Position.STRONG),
        ("position", "средняя", Position.MEDIUM),
        ("potential", "ВЫСОКИЙ", Potential.HIGH),
        ("potential", "с", Potential.MEDIUM),
        ("budget_basis", "Подтверждён", BudgetBasis.CONFIRMED),
        ("budget_basis", "подтвержден", BudgetBasis.CONFIRMED),
        ("budget_basis", "expert estimate", BudgetBasis.ESTIMATED),
        ("stance", "Субподряд", Stance.SUBCONTRACT),
        ("stance", "co-exist", Stance.COEXIST),
    ],
)
def test_ratings_in_both_languages(field, cell, member):
    assert choice_of(field)(cell) is member


def test_a_letter_that_may_mean_two_ratings_is_refused():
    with pytest.raises(UnreadableError, match="unknown-rating"):
        choice_of("position")("с")


def test_the_labels_of_all_ratings_are_understood():
    for field, scale in (
        ("position", Position),
        ("potential", Potential),
        ("budget_basis", BudgetBasis),
        ("stance", Stance),
    ):
        for member in scale:
            for lang in ("en", "ru"):
                assert choice_of(field)(member.label.render(lang)) is member


def test_each_bad_cell_of_a_column_is_told_and_the_rest_is_read():
    values, remarks = read_cells(["да", "хм", None, "хм", 1.0, True], read_mark, 4)
    assert values == [True, None, None, None, 1, True]
    assert [(remark.row, remark.column, remark.value) for remark in remarks] == [(1, 4, "хм"), (3, 4, "хм")]
