from datetime import date

import pytest

from kam_xl.table.errors import HeaderNotFoundError, SheetUnclearError
from kam_xl.table.headers import choose
from kam_xl.table.sources.files import open_file
from tests.table.books import make_xlsx

CLIENTS = [["Client ID", "Client", "Revenue", "Budget"], ["1", "Nord", 1.0, 2.0]]
COMPETITORS = [["Client", "Competitor", "Revenue"], ["Nord", "Rival", 1.0]]
ORDERS = [["Date", "Customer", "Amount", "Manager"], [1.0, "Nord", 2.0, "Ann"]]


@pytest.fixture
def place(tmp_path):
    def of(sheets, sheet=None):
        return choose.client_sheet(open_file(make_xlsx(tmp_path / "book.xlsx", sheets)), [sheet] if sheet else ())

    return of


def test_the_sheet_that_names_most_fields_is_taken_whatever_its_name(place):
    assert place({"Clients": ORDERS, "Лист2": CLIENTS}).grid.sheet == "Лист2"


def test_of_equal_sheets_the_one_called_clients_is_taken_and_the_other_told(place):
    found = place({"2018": CLIENTS, "Клиенты": CLIENTS})
    assert (found.grid.sheet, [remark.code for remark in found.remarks]) == ("Клиенты", ["other-sheet"])


@pytest.mark.parametrize("titles", [["Client", "Revenue"], ["Client", "Procurement budget", "Region"]])
def test_a_sheet_of_clients_with_fewer_columns_is_told(place, titles):
    found = place({"North": CLIENTS, "South": [titles, ["Süd", 1.0, 2.0]]})
    assert (found.grid.sheet, [(each.code, each.grade) for each in found.remarks]) == (
        "North",
        [("other-sheet", "warning")],
    )


@pytest.mark.parametrize("titles", [["Client", "Product group", "Revenue"], ["Client", "Manager", "Region"]])
def test_sheets_of_products_or_without_amounts_are_no_clients_that_were_left_out(place, titles):
    assert place({"North": CLIENTS, "Other": [titles, ["Süd", "x", 2.0]]}).remarks == ()


def test_sheets_of_one_header_are_one_table_whatever_their_first_clients_are_called(place):
    titles = ["Код клиента", "Клиент", "Бюджет закупок", "Дата бюджета"]
    first = ["К-0004", "ООО «УфаСтол»", "1-2 млн", date(2026, 9, 1)]
    sheets = {"Зимина Ольга": [titles, first], "Морозов Иван": [titles, ["К-0018", "АО «Заря»", 5.0, None]]}
    found = place(sheets)
    assert (found.sheets, len(found.grid.rows)) == (["Зимина Ольга", "Морозов Иван"], 3)


@pytest.mark.parametrize(
    ("titles", "reason"),
    [
        (
            ["Client ID", "Client", "Revenue", "Procurement budget"],
            '"Ann" and "Bob" differ: "Budget", "Procurement budget".',
        ),
        (["Client ID", "Client", "Revenue", "Budget"], "They list the same clients, or their columns or units differ."),
    ],
)
def test_sheets_that_are_not_one_table_are_told_why(place, titles, reason):
    with pytest.raises(SheetUnclearError) as caught:
        place({"Ann": CLIENTS, "Bob": [titles, *CLIENTS[1:]]})
    assert reason in str(caught.value)


def test_columns_without_a_title_are_not_among_the_headers_that_differ(place):
    one, other = (["Client ID", "Client", "", "Revenue", title] for title in ("Budget", "Procurement budget"))
    with pytest.raises(SheetUnclearError) as caught:
        place({"Ann": [one, ["1", "Nord", "x", 5.0, 9.0]], "Bob": [other, ["2", "South", "x", 5.0, 9.0]]})
    assert 'differ: "Budget", "Procurement budget".' in str(caught.value)


def test_a_list_of_competitors_is_no_client_table(place):
    with pytest.raises(HeaderNotFoundError):
        place({"Competitors": COMPETITORS})


def test_the_named_sheet_is_taken(place):
    assert place({"Clients": CLIENTS, "Old": CLIENTS}, "old").grid.sheet == "Old"


def test_the_header_is_found_below_titles_and_beside_blanks(place):
    title = [[], ["Clients of the company, revenue and budget"], [None, None, "2019"], []]
    found = place({"Data": [*title, *([None, None, *row] for row in CLIENTS)]})
    assert found.grid.cell(found.header.row, found.header.fields["client"]) == "D5"


def test_a_header_in_the_fiftieth_row_is_found(place):
    found = place({"Data": [["x"], *([] for _ in range(48)), *CLIENTS]})
    assert found.header.row == 49


def test_no_header_is_told_with_what_was_seen(place):
    with pytest.raises(HeaderNotFoundError) as caught:
        place({"Data": [["Foo", "Bar", "Baz"], [1.0, 2.0, 3.0]]})
    assert str(caught.value) == (
        "book.xlsx (Data): no column of clients was found in row 1 (Foo, Bar, Baz). A header must name the client and "
        "its revenue, its procurement budget or another known column. Say which columns they are in a file "
        "reading.toml, and give it with --reading reading.toml:\n"
        '    [columns]\n    client = "Foo"\n    revenue = "Bar"'
    )


def test_what_was_seen_is_shown_on_one_line_without_control_characters(place):
    with pytest.raises(HeaderNotFoundError) as caught:
        place({"Data": [["Foo\nbar\x07", "x" * 100]]})
    assert f"found in row 1 (Foo bar?, {'x' * 60}…)." in str(caught.value)


@pytest.mark.parametrize("cell", ["", "  ", "\n"])
def test_blanks_are_no_data(place, cell):
    with pytest.raises(HeaderNotFoundError, match="there is no data"):
        place({"Sheet1": [[cell, cell], [cell]]})


def test_an_empty_workbook_is_told(place):
    with pytest.raises(HeaderNotFoundError, match="there is no data"):
        place({"Sheet1": []})


def test_the_competitors_sheet_is_known_by_its_columns(tmp_path):
    path = make_xlsx(tmp_path / "book.xlsx", {"Data": CLIENTS, "Who else": COMPETITORS, "Orders": ORDERS})
    assert choose.competitor_sheet(open_file(path), "Data", {}).grid.sheet == "Who else"


def test_there_may_be_no_competitors_sheet(tmp_path):
    path = make_xlsx(tmp_path / "book.xlsx", {"Data": CLIENTS, "Orders": ORDERS})
    assert choose.competitor_sheet(open_file(path), "Data", {}) is None
