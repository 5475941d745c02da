"""Two key accounts with one ID: the plan stays with the client that it was made for."""

import openpyxl
import pytest

from tests.actions.teamwork import opened, type_into, typed
from tests.tables import edited, write_table

HEADER = ["Client ID", "Client", "Revenue", "Procurement budget"]
ROWS = [["C01", "Nord", 500, 900], ["C01", "South", 600, 1000], ["C02", "East", 400, 900]]


@pytest.fixture
def plans(build, tmp_path):
    path = tmp_path / "plans.xlsx"
    build(write_table(tmp_path / "clients.xlsx", ROWS, HEADER, competitors=[]), path)
    return path


def listed(path):
    """Client to the text of its link to the plan, and to the mood that somebody noted beside it."""
    rows = openpyxl.load_workbook(path, data_only=True)["Key accounts"].iter_rows(min_row=5, values_only=True)
    header = next(rows)
    client, plan, mood = (header.index(title) for title in ("Client", "Plan", "Mood"))
    return {row[client]: (row[plan], row[mood]) for row in rows if row[client]}


def test_what_is_typed_stays_with_its_client_whatever_the_order_of_the_table(build, plans, tmp_path):
    type_into(plans, {("C01", "kam_goal[0]"): "win"})
    with edited(plans) as book:
        sheet = book["Key accounts"]
        column = sheet.max_column + 1
        clients = next(cell.column for cell in sheet[5] if cell.value == "Client")
        for row in range(5, 9):
            sheet.cell(row, column).value = f"{sheet.cell(row, clients).value}'s" if row > 5 else "Mood"
        table = book["Clients"]
        first, second = ([cell.value for cell in table[row]] for row in (2, 3))
        for column, (one, other) in enumerate(zip(first, second, strict=True), start=1):
            table.cell(2, column).value, table.cell(3, column).value = other, one
    again = tmp_path / "again.xlsx"
    build(plans, again)
    assert listed(again) == {
        "Nord": ("To fill in", "Nord's"),
        "South": ("ID not unique", "South's"),
        "East": ("To fill in", "East's"),
    }
    assert typed(again)["C01"]["kam_goal[0]"] == "win"
    with opened(again) as book:
        assert [sheet.name for sheet in book.sheets][-4:-2] == ["Nord", "East"]
