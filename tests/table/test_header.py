from kam_xl.table.grid import Grid
from kam_xl.table.header import find_header
from kam_xl.table.matching import Matcher
from kam_xl.table.vocabulary import CLIENT_FIELDS


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


def test_data_that_look_like_headers_do_not_win():
    grid = Grid("Clients", [["Client", "Industry", "Revenue"], ["Customer", "Sales", 5.0], ["Account", "Market", 1.0]])
    assert find_header(grid, Matcher(CLIENT_FIELDS)).row == 0
