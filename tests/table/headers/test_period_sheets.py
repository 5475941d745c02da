"""Sheets named after months or years that list the same clients are one table."""

import pytest

from kam_xl.table import read
from kam_xl.table.errors import SheetUnclearError
from tests.table.books import make_xlsx

HEADER = ["Клиент", "Менеджер", "Выручка", "Закупки в год"]


@pytest.fixture
def table(tmp_path):
    def of(sheets, header=HEADER, **options):
        filled = {name: [header, *rows] for name, rows in sheets.items()}
        return read(make_xlsx(tmp_path / "book.xlsx", filled), **options)

    return of


def revenues(table):
    return {client.client: client.revenue for client in table.clients()}


def test_months_add_up_to_the_revenue_and_the_rest_is_of_the_latest(table):
    january = [["Норд", "Анна", 100.0, 900.0], ["Альфа", "Анна", "1 000,50", 50.0], ["Итого", None, 1100.5, None]]
    february = [["Альфа", "Борис", 9.5, 60.0], ["Бета", "Анна", 7.0, 70.0], ["Итого", None, 16.5, None]]
    found = table({"Январь": january, "Февраль": february})
    assert revenues(found) == {"Норд": 100, "Альфа": 1010, "Бета": 7}
    assert [(each.manager, each.procurement_budget) for each in found.clients()] == [
        *(("Анна", 900), ("Борис", 60), ("Анна", 70)),
    ]
    assert found.interpretation.total_agrees
    assert found.interpretation.summary()[-1].render("en") == (
        'The sheets "Январь", "Февраль" are periods of the same clients; added up: "Выручка".'
    )


def test_the_latest_of_years_is_the_revenue_and_the_others_its_history(table):
    found = table({"2024": [["Норд", "Анна", 100.0, 900.0]], "2025": [["Норд", "Анна", 120.0, 950.0]]})
    [client] = found.clients()
    assert (client.revenue, client.history, client.procurement_budget) == (120, ((2024, 100),), 950)


def test_what_cannot_be_read_is_told_with_its_own_cell(table):
    rows = [["Норд", None, 1.0, None], ["Альфа", None, 2.0, None], ["Бета", None, 3.0, None]]
    march = [["Норд", None, 1.0, None], ["Бета", None, "сто", None], ["Альфа", None, 2.0, None]]
    found = table({"Янв 2026": rows, "Мар 2026": march, "Апр 2026": rows})
    errors = [(each.sheet, each.cell, each.client) for each in found.findings if each.grade == "error"]
    assert ("Мар 2026", "C3", "Бета") in errors
    assert len(errors) == 2  # the revenue is of three months, too
    assert revenues(found) == {"Норд": 3, "Альфа": 6, "Бета": None}


def test_other_amounts_of_months_are_added_up_unless_they_repeat(table):
    header = ["Client", "Revenue", "Margin", "Budget"]
    months = {
        month: [["Nord", 1.0, 5.0, 90.0], ["Süd", 2.0, value, 80.0]] for month, value in (("Jan", 3.0), ("Feb", 4.0))
    }
    months["Feb"][0][2] = 6.0
    found = table(months, header)
    assert [(each.margin, each.procurement_budget) for each in found.clients()] == [(11, 90), (7, 80)]


def test_a_reading_that_was_written_is_read_back_the_same(table, tmp_path):
    sheets = {"Jan": [["Норд", "Анна", 1.0, 9.0]], "Feb": [["Норд", "Анна", 2.0, 9.0]]}
    first = table(sheets)
    (tmp_path / "reading.toml").write_text(first.interpretation.toml(), "utf-8")
    assert revenues(table(sheets, mapping=tmp_path / "reading.toml")) == revenues(first) == {"Норд": 3}


def test_the_header_that_a_reading_names_is_the_one_of_the_sheets(table, tmp_path):
    (tmp_path / "reading.toml").write_text('client = "Клиент"\nrevenue = "Выручка"', "utf-8")
    sheets = {"2024": [["Норд", "Анна", 1.0, 9.0]], "2025": [["Норд", "Анна", 2.0, 9.0]]}
    assert revenues(table(sheets, mapping=tmp_path / "reading.toml")) == {"Норд": 2}


@pytest.mark.parametrize(
    "sheets",
    [
        {"Jan": [["Nord", "A", 1.0, 9.0]], "Total": [["Nord", "A", 1.0, 9.0]]},
        {"Plan 2025": [["Nord", "A", 1.0, 9.0]], "Fact 2025": [["Nord", "A", 1.0, 9.0]]},
        {"Jan": [["Nord", "A", 1.0, 9.0]] * 2, "Feb": [["Nord", "A", 1.0, 9.0]]},
    ],
    ids=["a total beside a month", "plan and fact", "a client twice"],
)
def test_sheets_that_are_not_surely_periods_are_asked_about(table, sheets):
    with pytest.raises(SheetUnclearError):
        table(sheets)


def test_sheets_in_different_units_are_asked_about(tmp_path):
    rows = [HEADER, ["Норд", None, 10.0, None], ["Альфа", None, 5.0, None]]
    path = make_xlsx(tmp_path / "book.xlsx", {"Янв": [["тыс. руб."], *rows], "Фев": [["млн руб."], *rows]})
    with pytest.raises(SheetUnclearError):
        read(path)


def test_a_sheet_that_nobody_has_named_is_no_manager(tmp_path):
    sheets = {name: [["Client", "Revenue"], [client, 5.0]] for name, client in (("Sheet1", "Nord"), ("Sheet2", "Süd"))}
    assert [each.manager for each in read(make_xlsx(tmp_path / "book.xlsx", sheets)).clients()] == ["", ""]
