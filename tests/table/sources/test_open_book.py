"""A book that is open in a program reads like the same book as a file."""

from datetime import date

import openpyxl
import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.table import read, read_book, read_settings
from kam_xl.table.errors import HeaderNotFoundError, NoClientsError, SheetNotFoundError
from tests.table.books import make_xlsx

ROWS = [
    [],
    [None, "Код", "Клиент", "Выручка", "Бюджет", "Дата бюджета", "Заметки"],
    [None, "01", "Норд", "1 200,5", 5000.0, date(2024, 1, 31), "x"],
    [None, 2.0, "Зюйд", None, 7.0, None, None],
    [None, "03", None, True, -1.0, None, None],
    [None, None, "Итого", 1200.5, 5006.0, None, None],
]
COMPETITORS = [["Клиент", "Конкурент", "Доход"], ["Зюйд", "Альфа", 5.0]]
SETTINGS = [["Имя", "Значение"], ["abc_a", 0.7], ["currency", "₽"]]


@pytest.fixture
def book(tmp_path):
    sheets = {"Клиенты": ROWS, "Конкуренты": COMPETITORS, "KAM settings": SETTINGS, "Норд": ROWS, "Black list": ROWS}
    options = {"name": "Sales", "columns": [{"header": title} for title in ROWS[1][1:]]}
    path = make_xlsx(
        tmp_path / "book.xlsx",
        sheets,
        errors=[("Клиенты", "D4", "#N/A")],
        names=[("Норд!kam_sheet", '="plan"')],
        tables=[("Black list", "B2:G5", options)],
    )
    app = xw.engines["file"].apps.add()
    yield app.books.open(path)
    app.quit()


def test_an_open_book_gives_the_same_table_as_its_file(book):
    here, there = read_book(book, skip=["black list"]), read(book.fullname, sheet="Клиенты")
    assert here.clients() == there.clients()
    assert [(each.code, each.address, each.value) for each in here.findings] == [
        ("cell-error", "Клиенты!D4", "#N/A"),
        ("missing-name", "Клиенты!C5", None),
        ("not-a-number", "Клиенты!D5", True),
        ("negative-budget", "Клиенты!E5", -1.0),
        ("total-row", "Клиенты!C6", "Итого"),
    ]
    assert [each.code for each in there.findings] == [each.code for each in here.findings]
    assert here.source == there.source
    assert list(here.frame["Заметки"]) == list(there.frame["Заметки"]) == ["x", None, None]


def test_a_sheet_or_an_excel_table_can_be_named(book):
    assert read_book(book, sheet="black list").source.sheet == "Black list"
    table = read_book(book, table="sales")
    assert (table.source.sheet, len(table)) == ("Black list", 3)
    with pytest.raises(SheetNotFoundError, match='Available: "Sales"'):
        read_book(book, table="Purchases")


def test_sheets_of_our_own_and_skipped_ones_are_passed_over(book):
    with pytest.raises(HeaderNotFoundError):
        read_book(book, skip=["Клиенты", "Black list"])


def test_an_open_book_without_clients_is_refused():
    app = xw.engines["file"].apps.add()
    book = app.books.add()
    book.sheets[0].range("B2").value = ["Client", "Revenue"]
    with pytest.raises(NoClientsError, match="Enter the clients below the header in row 2"):
        read_book(book)
    app.quit()


def test_settings_are_read_from_the_open_book(book):
    assert read_settings(book) == read_settings(book.fullname) == {"abc_a": 0.7, "currency": "₽"}


@pytest.mark.parametrize("at_once", [True, False])
def test_number_formats_count_in_an_open_book_as_in_its_file(tmp_path, monkeypatch, at_once):
    if not at_once:  # as in Excel and Calc
        monkeypatch.delattr("kam_xl.engines.file.engine.range.Range.number_formats")
    made = openpyxl.Workbook()
    for row in (
        ["Client", "Revenue", "Share of wallet"],
        *(["Nord", 600.0, 40], ["Süd", 600.0, 0.4], ["Ost", 600.0, 50]),
    ):
        made.active.append(row)
    made.active["C3"].number_format = "0%"
    made.active["B4"].number_format = "$#,##0"
    made.save(tmp_path / "book.xlsx")
    with xw.engines["file"].apps.add() as app:
        here, there = read_book(app.books.open(tmp_path / "book.xlsx")), read(tmp_path / "book.xlsx")
    assert here.clients() == there.clients()
    assert (here.currency, [client.procurement_budget for client in here.clients()]) == ("USD", [1500, 1500, 1200])
