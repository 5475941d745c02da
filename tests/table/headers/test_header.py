from datetime import datetime

import pytest

from kam_xl.table.grid import Grid
from kam_xl.table.headers.header import find_header, headers_below
from kam_xl.table.words.matching import Matcher
from kam_xl.table.words.vocabulary import CLIENT_FIELDS


def header_of(*titles):
    return find_header(Grid("Clients", [list(titles)]), Matcher(CLIENT_FIELDS))


def chosen(field, *titles):
    header = header_of(*titles)
    return titles[header.fields[field]], [remark.code for remark in header.remarks]


def test_an_exact_header_beats_a_decorated_one():
    assert chosen("revenue", "Client", "Revenue 2018", "Revenue") == ("Revenue", [])


def test_of_several_years_the_latest_is_taken_and_told():
    assert chosen("revenue", "Client", "Revenue 2018", "Revenue 2019") == ("Revenue 2019", ["ambiguous-column"])


def test_of_several_variants_the_better_one_is_taken_and_told():
    assert chosen("client_id", "ИНН", "Код клиента", "Клиент") == ("Код клиента", ["ambiguous-column"])


def test_of_equal_headers_the_first_is_taken_and_told():
    header = header_of("Client", "Revenue", "Revenue")
    assert (header.fields, len(header.remarks)) == ({"client": 0, "revenue": 1}, 1)


def test_no_more_columns_are_listed_than_a_person_reads():
    (remark,) = header_of("Client", *["Revenue"] * 9).remarks
    assert remark.message.render() == (
        'Several columns say the same; "Revenue" is used, not "Revenue", "Revenue", "Revenue", "Revenue", "Revenue", ….'
    )


def test_a_header_must_name_the_client_and_something_else():
    assert header_of("Client", "Notes") is None
    assert header_of("Revenue", "Budget") is None


def found(*rows):
    header = find_header(Grid("Clients", list(rows)), Matcher(CLIENT_FIELDS))
    return header.row, dict(
        zip(header.fields, [header.titles[column] for column in header.fields.values()], strict=True)
    )


def test_units_below_the_titles_belong_to_the_header():
    assert found(["Клиент", "Выручка", "Бюджет"], [None, "тыс. руб.", "млн руб."], ["Норд", 1.0, 2.0]) == (
        1,
        {"client": "Клиент", "revenue": "Выручка тыс. руб.", "procurement_budget": "Бюджет млн руб."},
    )


def test_years_below_merged_titles_tell_the_latest_column():
    rows = [["Client", "Revenue", None, "Budget", None], [None, 2024.0, 2025.0, 2024.0, 2025.0], ["Nord", 1.0, 2, 3, 4]]
    assert found(*rows) == (
        1,
        {"client": "Client", "revenue": "Revenue 2025", "procurement_budget": "Budget 2025"},
    )


def test_titles_below_years_are_a_header_of_two_rows():
    rows = [["Client", "2024", None, "2025", None], [None, "Revenue", "Budget", "Revenue", "Budget"]]
    assert found(*rows) == (
        1,
        {"client": "Client", "revenue": "2025 Revenue", "procurement_budget": "2025 Budget"},
    )


def test_groups_above_complete_titles_do_not_belong_to_them():
    rows = [["Client", None, "Money", None], ["Client ID", "Client", "Revenue", "Budget"], ["1", "Nord", 1.0, 2.0]]
    assert found(*rows)[1]["revenue"] == "Revenue"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Nord", 1.0], ["Client", "Revenue"], ["South", 2.0]], ([1], None)),
        ([["Nord", 1.0], ["Client", "Competitor"], ["South", "X"]], ([], 1)),
        ([["Nord", 1.0], ["Client", "Budget"], ["South", 2.0]], ([], 1)),
        ([["Nord", 1.0], ["Client", 5.0]], ([], None)),
        ([], ([], None)),
    ],
)
def test_headers_below_repeat_this_one_or_head_another_table(rows, expected):
    grid = Grid("Clients", [["Client", "Revenue"], *rows])
    assert headers_below(grid.columns(1, 2), header_of("Client", "Revenue")) == expected


def test_a_header_of_two_rows_is_repeated_with_both():
    header = ["Client", "Revenue", None], [None, 2024.0, 2025.0]
    grid = Grid("Clients", [*header, ["Nord", 1.0, 2.0], *header, ["South", 3.0, 4.0], header[0]])
    double = find_header(grid, Matcher(CLIENT_FIELDS))
    assert headers_below(grid.columns(2, 3), double) == ([1, 2, 4], None)


def test_a_row_that_numbers_the_columns_is_no_client():
    grid = Grid("Clients", [["Client", "Revenue", "Budget"], [1.0, "2", 3.0], ["Nord", 1.0, 2.0]])
    assert headers_below(grid.columns(1, 3), header_of("Client", "Revenue", "Budget")) == ([0], None)


def test_data_that_look_like_headers_do_not_win():
    grid = Grid("Clients", [["Client", "Industry", "Revenue"], ["Customer", "Sales", 5.0], ["Account", "Market", 1.0]])
    assert find_header(grid, Matcher(CLIENT_FIELDS)).row == 0


SEPTEMBER = datetime(2026, 9, 1)


@pytest.mark.parametrize(
    "first",
    [
        *(
            [code, "ООО «УфаСтол»", None, None, SEPTEMBER]
            for code in ("К-0004", "К0004", "Q-0004", "м2004", "К-4", "H2")
        ),
        *([code, "ООО «УфаСтол»", None, "1-2 млн", SEPTEMBER] for code in ("К_0004", "Q4", "FY24", "2025-04", "кв 1")),
        *(["К-0018", name, None, None, SEPTEMBER] for name in ("Январь", "Завод, т", "Рубль", "Квартал-4")),
        *([None, name, None, None, None] for name in ("Январь", "Рубль", "Факт", "Total")),
        ["К-1", None, None, None, SEPTEMBER],
    ],
)
def test_the_first_client_is_no_second_row_of_the_header_whatever_it_is_called(first):
    titles = ["Код клиента", "Клиент", "Выручка 2025", "Бюджет закупок", "Дата бюджета"]
    header = find_header(
        Grid("Клиенты", [titles, first, ["К-0018", "АО «Заря»", 5.0, 7.0, None]]), Matcher(CLIENT_FIELDS)
    )
    assert (header.row, header.titles) == (0, tuple(titles))


def test_a_known_first_word_of_a_client_does_not_make_a_header_of_its_row():
    rows = [["Отрасль", "Клиент", "Бюджет"], ["Сегмент", "Норд", "млн"], ["Рынок", "Альфа", 7.0]]
    assert found(*rows)[0] == 0


def test_titles_that_say_more_of_the_client_belong_to_the_header():
    rows = [["Клиент", None, "Выручка", None], ["Код", "Наименование", "2024", "2025"], ["1", "Норд", 1.0, 2.0]]
    assert found(*rows) == (
        1,
        {"client_id": "Клиент Код", "client": "Клиент Наименование", "revenue": "Выручка 2025"},
    )


def test_labels_with_their_values_beside_them_are_no_header_however_many():
    form = ["Client:", "Nordwerk", "Revenue:", "900", "Manager:", "Ann", "Procurement budget:", "1000"]
    table = [["Client", "Revenue"], ["Nord", 5.0]]
    assert found(form, *table)[1] == found(*table)[1]


def test_titles_may_end_in_a_colon_where_no_values_stand_beside_them():
    assert found(["Client:", "Revenue:"], ["Nord", 5.0])[0] == found(["Client", "Revenue"], ["Nord", 5.0])[0]
