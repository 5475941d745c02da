"""Sheets that make one table: what their names are."""

import pytest

from kam_xl.table import read
from tests.table.books import make_xlsx


def read_sheets(tmp_path, names, header=("Client", "Revenue"), title="", reading=""):
    sheets = {name: [[title], list(header)] for name in names}
    for number, rows in enumerate(sheets.values(), 1):
        rows.append([f"Client {number}", 5.0 * number, "Steel"][: len(header)])
    given = tmp_path / "reading.toml"
    given.write_text(reading, "utf-8")
    return read(make_xlsx(tmp_path / "table.xlsx", sheets), mapping=given)


@pytest.mark.parametrize(
    ("names", "field", "values"),
    [
        (["Ann Lee", "Bob Roe"], "manager", ["Ann Lee", "Bob Roe"]),
        (["North", "South", "Ann"], "territory", ["North", "South", "Ann"]),
        (["Урал", "Сибирь"], "territory", ["Урал", "Сибирь"]),
        (["Region 1", "Region 2"], "territory", ["1", "2"]),
        (["Менеджер Иванова", "Менеджер Петров"], "manager", ["Иванова", "Петров"]),
    ],
)
def test_names_of_places_are_territories_other_names_managers_and_it_is_told(tmp_path, names, field, values):
    table = read_sheets(tmp_path, names)
    assert [getattr(client, field) for client in table.clients()] == values
    told = [each for each in table.findings if each.code == "sheets-named"]
    assert [each.value for each in told] == [field]
    assert told[0].message in table.interpretation.notes


def test_a_line_above_the_header_says_what_the_name_of_its_sheet_is(tmp_path):
    table = read_sheets(tmp_path, ["Atlantis", "Lemuria"], title="Region: Atlantis")
    assert [client.territory for client in table.clients()] == ["Atlantis", "Lemuria"]


def test_a_reading_file_says_what_the_names_of_sheets_are(tmp_path):
    table = read_sheets(tmp_path, ["Ann", "Bob"], reading='groups = "industry"\n')
    assert [client.industry for client in table.clients()] == ["Ann", "Bob"]


def test_a_column_goes_before_the_names_of_sheets(tmp_path):
    table = read_sheets(tmp_path, ["Ann", "Bob"], ("Client", "Revenue", "Manager"))
    assert [client.manager for client in table.clients()] == ["Steel", "Steel"]


def test_sheets_that_a_program_named_say_nothing(tmp_path):
    assert [client.manager for client in read_sheets(tmp_path, ["Sheet1", "Sheet2"]).clients()] == ["", ""]
