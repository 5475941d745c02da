import pytest

from kam_xl.table import read
from tests.table.books import make_xlsx

ROWS = [
    [None, "Clients"],
    [None, "ID", "Client", "Revenue, kEUR", "Budget, mEUR", "Budget date", "Notes"],
    [None, "1", "Nord", "1 200,5", "2", "31.01.2024", "x"],
    [None, "2", "Süd", "?", None, None, None],
    [None, None, "Total", "1 200,5", "2", None, None],
]


@pytest.fixture
def table(text_file):
    path = text_file("clients.csv", "\n".join(";".join(cell or "" for cell in row) for row in ROWS))
    return read(path)


def test_the_frame_has_all_fields_and_the_tables_own_columns(table):
    frame = table.frame
    assert (list(frame.columns[:4]), list(frame.columns[-1:])) == (
        *(["client_id", "client", "revenue", "procurement_budget"], ["Notes"]),
    )
    assert frame["revenue"].dtype == float
    assert frame["client"].dtype == object
    assert frame["manager"].tolist() == [None, None]


def test_frame_and_clients_agree(table):
    frame = table.frame.astype(object).where(table.frame.notna(), None)
    for client, row in zip(table.clients(), frame.to_dict("records"), strict=True):
        assert {field: getattr(client, field) or None for field in row if field != "Notes"} == {
            field: value or None for field, value in row.items() if field != "Notes"
        }


def test_a_sheet_made_of_the_rows_gives_the_same_table_at_the_same_addresses(table, tmp_path):
    again = read(make_xlsx(tmp_path / "book.xlsx", {table.source.sheet: table.sheet_rows()}))
    assert again.clients() == table.clients()
    assert [finding.address for finding in again.findings] == [finding.address for finding in table.findings]
    assert again.sheet_rows()[2][3:5] == [1200.5, 2.0]


def test_changing_the_list_of_clients_leaves_the_table_alone(table):
    table.clients().clear()
    assert len(table.clients()) == len(table) == 2


def test_the_rows_of_a_ragged_csv_make_a_rectangle_in_its_place(text_file):
    path = text_file("clients.csv", "\nClient,Revenue,Budget\nNord\nSud,1,2,3\n")
    assert read(path).sheet_rows() == [
        [None, None, None, None],
        ["Client", "Revenue", "Budget", None],
        ["Nord", None, None, None],
        ["Sud", 1.0, 2.0, "3"],
    ]


def described(table):
    """Of each client: manager, the cell of its revenue, what is wrong with its row."""
    return [
        (client.manager, table.address(at, "revenue"), [fault.values["column"] for fault in table.faults(at)])
        for at, client in enumerate(table.clients())
    ]


def test_a_budget_computed_from_a_share_is_not_written_into_its_blank_cell(text_file):
    table = read(text_file("clients.csv", "Client ID,Client,Revenue,Budget,Share of wallet\n1,Nord,30,,30%\n"))
    assert (table.clients()[0].procurement_budget, table.sheet_rows()[1][3]) == (100.0, None)


def test_a_budget_that_cannot_be_read_is_told_and_not_computed(text_file):
    lines = [
        "Client ID,Client,Revenue,Budget,Share of wallet",
        "1,Nord,30,5 or 7,30%",
        "2,Sud,30,#REF!,30%",
        "3,West,30,n/a,30%",
    ]
    table = read(text_file("clients.csv", "\n".join(lines)))
    assert [client.procurement_budget for client in table.clients()] == [None, None, 100.0]
    assert [each.address for each in table.findings if each.grade == "error"] == ["clients!D2", "clients!D3"]


@pytest.mark.parametrize("header", ["Procurement budget, EUR", "Potential"])
def test_budgets_that_are_ranges_become_their_bounds_and_are_told_once(text_file, header):
    cells = ("up to 5 m", "5-7 m", "3 m", "from 900 000", "tbd")
    lines = [f"{number};C{number};30;{cell}" for number, cell in enumerate(cells)]
    table = read(text_file("clients.csv", "\n".join([f"Client ID;Client;Revenue;{header}", *lines])))
    known = [(each.procurement_budget, each.budget_low, each.budget_high) for each in table.clients()]
    assert known == [
        (None, None, 5e6),
        (None, 5e6, 7e6),
        (3e6, None, None),
        (None, 900e3, None),
        (None, None, None),
    ]
    [told] = [each for each in table.findings if each.code == "budget-ranges"]
    assert (told.grade, told.message.values["n"]) == ("note", 3)
    assert not [each for each in table.findings if each.grade == "error"]


def test_ranges_are_in_the_unit_of_their_column(text_file):
    table = read(text_file("clients.csv", "Client ID;Client;Revenue, kEUR;Budget, kEUR\n1;A;30;50-70\n2;B;9;90\n"))
    assert [(each.budget_low, each.budget_high) for each in table.clients()] == [(50e3, 70e3), (None, None)]


def test_a_range_beside_columns_of_bounds_is_for_the_user_to_mend(text_file):
    table = read(text_file("c.csv", "Client ID;Client;Revenue;Budget;Budget low\n1;A;30;50-70;40\n2;B;9;90;80\n"))
    assert [each.code for each in table.findings if each.grade == "error"] == ["not-a-number"]


def test_words_among_potentials_in_money_are_told(text_file):
    lines = ["Client ID;Client;Revenue;Potential", "1;A;30;up to 5 m", "2;B;30;High", "3;C;30;3 m"]
    table = read(text_file("clients.csv", "\n".join(lines)))
    assert [(each.procurement_budget, each.budget_high) for each in table.clients()] == [
        (None, 5e6),
        (None, None),
        (3e6, None),
    ]
    assert [(each.code, each.cell) for each in table.findings if each.grade == "error"] == [("not-a-number", "D3")]


def test_a_budget_computed_from_months_and_a_share_is_made_of_their_columns(text_file):
    table = read(text_file("clients.csv", "Client ID,Client,Jan 2025,Feb 2025,Share of wallet\n1,Nord,20,10,30%\n"))
    assert (table.clients()[0].procurement_budget, table.sheet_rows()[1][2:]) == (100.0, [20.0, 10.0, "30%"])
    assert {use.field: use.letter for use in table.interpretation.used}["procurement_budget"] == "C:E"


def test_months_are_written_in_the_unit_that_a_title_gives_them(text_file, tmp_path):
    lines = ["Sales by client, kEUR", "Client ID;Client;Jan 2025;Feb 2025", "1;Nord;900;2.5 mln", "2;Sud;1;2"]
    table = read(text_file("clients.csv", "\n".join(lines)))
    again = read(make_xlsx(tmp_path / "book.xlsx", {"clients": table.sheet_rows()}))
    assert [each.clients()[0].revenue for each in (table, again)] == [3_400_000.0, 3_400_000.0]
    assert table.sheet_rows()[2][2:4] == [900.0, 2500.0]


def test_earlier_years_are_written_as_the_numbers_that_they_were_read_as(text_file):
    table = read(text_file("clients.csv", "Client ID;Client;Sales 2024;Sales 2025\n1;Nord;1,234;1\n2;Sud;1,5;2\n"))
    assert [row[2:] for row in table.sheet_rows()[1:]] == [[1.234, 1.0], [1.5, 2.0]]


def test_clients_of_several_sheets_stand_where_they_stand(tmp_path):
    head = ["Client", "Revenue", "Budget"]
    sheets = {"Ann": [head, ["Alfa", 10, 100]], "Bob": [head, ["Beta", 20, "?!"]]}
    table = read(make_xlsx(tmp_path / "clients.xlsx", sheets))
    assert described(table) == [("Ann", "Ann!B2", []), ("Bob", "Bob!B2", ["Budget"])]


def test_clients_of_several_files_stand_one_below_another_and_keep_their_manager(tmp_path):
    (tmp_path / "Ann.csv").write_text("Client;Revenue;Budget\nAlfa;10;100\n", "utf-8")
    (tmp_path / "Bob.csv").write_text("Client;Revenue;Budget\nBeta;20;?!\n", "utf-8")
    assert described(read(tmp_path)) == [("Ann", "Ann!B2", []), ("Bob", "Ann!B3", ["Budget"])]
