"""Tables as people keep them, from the file to the clients and the findings."""

from contextlib import suppress
from datetime import date

import pytest

from kam_xl.domain.model import BudgetBasis, Client, Position
from kam_xl.table import Grid, TableError, read, read_grid
from kam_xl.table.errors import HeaderNotFoundError, NoClientsError
from tests.table.books import make_xlsx

NBSP = "\N{NO-BREAK SPACE}"
TODAY = date(2019, 12, 31)
# Titles, a table that begins in column B, last year beside this one, subtotals, blank rows, a footnote.
REPORT = [
    [],
    [None, "Отчёт по клиентам за 2019 год"],
    [None, "ООО «Продавец», отдел ключевых клиентов"],
    [],
    [
        *(None, "№ п/п", "Код клиента", "Контрагент", "Отрасль", "Регион", "Выручка 2018, тыс. руб."),
        *("Выручка 2019, тыс. руб.", "Бюджет закупок, тыс. руб.", "Дата оценки бюджета", "Основание бюджета"),
        *("Референс", "Экспертиза", "Позиция", "Обоснование позиции", "Комментарий", None),
    ],
    [
        *(None, 1.0, "001", "ООО «Ромашка»", "Телеком", "Москва", 90.0, f"1{NBSP}234,56", f"10{NBSP}000", "31.12.2018"),
        *("Подтверждён", "да", 3.0, "Сильная", "единственный поставщик", "важный", 5.0),
    ],
    [None, 2.0, "002", " ЗАО\n«Василёк» ", "Газ", "Москва", None, "(500)", "н/д", date(2019, 3, 1), "оценка", "нет"],
    [None, None, None, "Итого по Москве", None, None, 90.0, 734.56, 10000.0],
    [],
    [None, 3.0, 3.0, "Total Energies", "Газ", "Казань", 5.0, "2,5", "1 000", 43466.0, "факт", "x"],
    [None, 4.0, "004", "Тотал", None, "Казань", 1.0, "abc", 0.0, "вчера"],
    [None, "Всего", None, None, None, None, 96.0, 737.06, 11000.0],
    [],
    [None, "* по данным CRM"],
]


@pytest.fixture
def report(tmp_path):
    return read(
        make_xlsx(tmp_path / "report.xlsx", {"Содержание": [["1. Данные"]], "Данные 2019": REPORT}), today=TODAY
    )


def test_a_russian_report_is_read_as_it_is_meant(report):
    assert report.clients() == [
        Client(
            *("001", "ООО «Ромашка»", 1234560.0, 10000000.0),
            industry="Телеком",
            year=2019,
            territory="Москва",
            reference=True,
            expertise=3,
            budget_basis=BudgetBasis.CONFIRMED,
            budget_date=date(2018, 12, 31),
            position=Position.STRONG,
            position_reason="единственный поставщик",
            history=((2018, 90_000.0),),
        ),
        Client(
            *("002", "ЗАО «Василёк»", -500000.0, None),
            industry="Газ",
            year=2019,
            territory="Москва",
            reference=False,
            budget_basis=BudgetBasis.ESTIMATED,
            budget_date=date(2019, 3, 1),
        ),
        Client(
            *("3", "Total Energies", 2500.0, 1000000.0),
            industry="Газ",
            year=2019,
            territory="Казань",
            reference=True,
            budget_basis=BudgetBasis.CONFIRMED,
            budget_date=date(2019, 1, 1),
            history=((2018, 5_000.0),),
        ),
        Client("004", "Тотал", None, 0.0, territory="Казань", year=2019, history=((2018, 1_000.0),)),
    ]


def test_all_findings_come_at_once_with_their_cells(report):
    sheet = "'Данные 2019'!"
    assert [(each.code, each.address, each.client_id, each.value) for each in report.findings] == [
        ("running-year", f"{sheet}H5", "", "Выручка 2019, тыс. руб."),
        ("negative-revenue", f"{sheet}H7", "002", -500000.0),
        ("total-row", f"{sheet}D8", "", "Итого по Москве"),
        ("not-a-number", f"{sheet}H11", "004", "abc"),
        ("not-a-date", f"{sheet}J11", "004", "вчера"),
        ("total-row", f"{sheet}B12", "", "Всего"),
    ]


def test_unknown_columns_are_carried_under_their_own_headers(report):
    assert list(report.frame.columns[-4:]) == ["№ п/п", "Выручка 2018, тыс. руб.", "Комментарий", "Q"]
    assert list(report.frame["Комментарий"]) == ["важный", None, None, None]


def test_the_source_and_the_addresses_are_known(report):
    source = report.source
    assert (source.name, source.sheet, source.header_row, source.columns["revenue"]) == (
        *("report.xlsx", "Данные 2019", 5, "H"),
    )
    assert (report.address(2, "revenue"), report.address(2, "margin")) == ("'Данные 2019'!H10", "'Данные 2019'!D10")


def test_a_rating_is_quoted_as_it_was_written(tmp_path):
    rows = [["ID", "Клиент", "Выручка", "Бюджет", "Позиция"], ["1", "Норд", 1.0, 2.0, " СИЛЬНАЯ"]]
    (finding,) = read(make_xlsx(tmp_path / "book.xlsx", {"Клиенты": rows})).findings
    assert (finding.code, finding.value) == ("rating-without-reason", " СИЛЬНАЯ")


def test_doubles_and_missing_keys_are_told(tmp_path):
    rows = [
        ["ID", "Client", "Revenue", "Budget"],
        ["a1", "Nord", 1.0, 2.0],
        ["A1", "Other", 1.0, 2.0],
        ["a2", "NORD", 1.0, 2.0],
        ["a3", None, 1.0, 2.0],
        [None, "Anon", 1.0, 2.0],
        [None, None, 3.0, 4.0],
    ]
    table = read(make_xlsx(tmp_path / "book.xlsx", {"Clients": rows}))
    assert [(client.client_id, client.client) for client in table.clients()] == [
        *(("a1", "Nord"), ("A1", "Other"), ("a2", "NORD"), ("a3", "a3"), ("Anon", "Anon"), ("#7", "#7"))
    ]
    assert [(each.code, each.grade, each.cell) for each in table.findings] == [
        ("duplicate-id", "error", "A3"),
        ("duplicate-name", "warning", "B4"),
        ("missing-name", "error", "B5"),
        ("missing-id", "warning", "A6"),
        ("missing-name", "error", "B7"),
    ]


def test_without_ids_the_name_is_the_id_and_told_once(tmp_path):
    rows = [["Client", "Revenue", "Budget"], ["Nord", 1.0, 2.0], ["Nord", 1.0, 2.0]]
    table = read(make_xlsx(tmp_path / "book.xlsx", {"Clients": rows}))
    assert [client.client_id for client in table.clients()] == ["Nord", "Nord"]
    assert [(each.code, each.cell) for each in table.findings] == [("no-id-column", "A1"), ("duplicate-id", "A3")]


def test_missing_columns_are_told(tmp_path):
    table = read(make_xlsx(tmp_path / "book.xlsx", {"Clients": [["ID", "Client"], ["1", "Nord"]]}))
    assert [(each.code, each.value) for each in table.findings] == [
        *(("missing-column", "revenue"), ("missing-column", "procurement_budget"))
    ]


def test_numbers_under_a_second_header_of_clients_are_ids_and_nothing_is_ambiguous(tmp_path):
    rows = [["Sold-to party", "Name 1", "Net value"], [100001.0, "Nord", 5.0], [100002.0, "Süd", 7.0]]
    table = read(make_xlsx(tmp_path / "book.xlsx", {"Clients": rows}))
    assert [(client.client_id, client.client) for client in table.clients()] == [("100001", "Nord"), ("100002", "Süd")]
    assert [each.code for each in table.findings] == ["missing-column"]


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Бюджет на упаковку, тыс. руб.", True),
        ("Картон и плёнка: объём закупок в год", True),
        ("Потребность в упаковке", True),
        ("Packaging spend a year, EUR", True),
        ("Рост закупок, %", False),
        ("Площадь склада", False),
    ],
)
def test_a_header_that_resembles_the_missing_one_is_named(tmp_path, title, named):
    rows = [["Client", "Revenue", title, "Закупки: кто решает"], ["Nord", 1.0, 2.0, "Ann"], ["Süd", 3.0, 4.0, "Bob"]]
    table = read(make_xlsx(tmp_path / "book.xlsx", {"Clients": rows}))
    [told] = [each for each in table.findings if each.code == "missing-column"]
    remedy = f'Add the column, or name its header in a reading file: is it "{title}"?'
    assert (told.remedy.render() == remedy) is named


@pytest.mark.parametrize("below", [[], [[None, None, 5.0, None]], [["Total", None, 0.0]]], ids=["", "blank", "total"])
def test_a_table_without_clients_is_refused_with_its_place(tmp_path, below):
    path = make_xlsx(tmp_path / "book.xlsx", {"Clients": [[], ["ID", "Client", "Notes", "Budget"], *below]})
    with pytest.raises(NoClientsError) as caught:
        read(path)
    assert str(caught.value) == (
        "book.xlsx (Clients): the table has no clients. Enter the clients below the header in row 2, one a row; totals "
        "and footnotes do not count."
    )
    assert caught.value.exit_code == 3


def test_a_csv_without_clients_is_refused(text_file):
    path = text_file("clients.csv", "Client,Revenue\n,\n")
    with pytest.raises(NoClientsError, match=r"clients.csv: the table has no clients"):
        read(path)


def test_cells_at_hand_are_read_like_a_file(tmp_path):
    rows = [["Clients of 2019"], ["ID", "Client", "Revenue", "Budget"], ["1", "Nord", "abc", 2.0], ["Total", None, 0.0]]
    here = read_grid(Grid("Clients", rows))
    there = read(make_xlsx(tmp_path / "book.xlsx", {"Clients": rows}))
    assert (here.clients(), here.findings) == (there.clients(), there.findings)
    assert [(each.cell, each.row, here.title(each)) for each in here.findings] == [
        ("C3", 3, "Revenue"),
        ("A4", 4, "ID"),
    ]
    assert here.row_numbers == [3]


def test_cells_without_clients_are_refused():
    with pytest.raises(NoClientsError, match=r"^the table has no clients"):
        read_grid(Grid("", [["Client", "Revenue"]]))
    with pytest.raises(HeaderNotFoundError, match=r"^no column of clients was found"):
        read_grid(Grid("", [["a", "b"]]))


def test_another_table_below_is_told_and_not_read(tmp_path):
    rows = [["ID", "Client", "Revenue"], ["1", "Nord", 5.0], [], ["Client", "Competitor", "Income"], ["Nord", "X", 7.0]]
    table = read(make_xlsx(tmp_path / "book.xlsx", {"Clients": rows}))
    assert [(client.client_id, client.client) for client in table.clients()] == [("1", "Nord")]
    assert [(each.code, each.cell, each.value) for each in table.findings if each.row != 1] == [
        ("second-table", "A4", "Client")
    ]


def test_a_header_printed_again_on_each_page_is_no_client(tmp_path):
    header = ["ID", "Client", "Revenue", "Budget"]
    rows = [header, ["1", "Nord", 5.0, 6.0], header, ["2", "Süd", 7.0, 8.0]]
    table = read(make_xlsx(tmp_path / "book.xlsx", {"Clients": rows}))
    assert [client.client for client in table.clients()] == ["Nord", "Süd"]
    assert [(each.code, each.cell) for each in table.findings] == [("not-a-client", "A3")]


def test_a_client_may_be_called_like_a_header(tmp_path):
    rows = [["ID", "Client", "Industry", "Revenue"], ["1", "Компания", "Рынок", 5.0], ["2", "Partner", "Market", 6.0]]
    table = read(make_xlsx(tmp_path / "book.xlsx", {"Clients": rows}))
    assert [client.client for client in table.clients()] == ["Компания", "Partner"]


def test_rows_shorter_than_the_header_are_filled_up(text_file):
    path = text_file("clients.csv", "Client,Revenue,Budget\nNord\n")
    assert read(path).clients() == [Client("Nord", "Nord")]


def test_headers_that_repeat_get_names_of_their_own(tmp_path):
    rows = [["ID", "Client", "Revenue", "Budget", "Notes", "Notes", None, "margin", "Margin"], [*"1Nabcdefg"]]
    table = read(make_xlsx(tmp_path / "book.xlsx", {"Clients": rows}))
    assert list(table.frame.columns[-4:]) == ["Notes", "Notes (2)", "G", "Margin"]


def test_names_that_look_like_formulas_are_plain_text(tmp_path):
    rows = [
        ["ID", "Client", "Revenue", "Budget"],
        ["=1+1", "@SUM(A1)", 1.0, 2.0],
        ["-x", "+cmd|' /C calc'!A0", 1.0, 2.0],
    ]
    table = read(make_xlsx(tmp_path / "book.xlsx", {"Clients": rows}))
    assert [(client.client_id, client.client) for client in table.clients()] == [
        *(("=1+1", "@SUM(A1)"), ("-x", "+cmd|' /C calc'!A0"))
    ]


def test_the_order_of_columns_does_not_matter(tmp_path):
    rows = [["ID", "Client", "Revenue", "Budget"], ["1", "Nord", 1.0, 2.0], ["2", "Süd", 3.0, None]]
    straight = read(make_xlsx(tmp_path / "a.xlsx", {"Clients": rows}))
    turned = read(make_xlsx(tmp_path / "b.xlsx", {"Clients": [row[::-1] for row in rows]}))
    assert straight.clients() == turned.clients()


def test_a_csv_as_1c_writes_it(tmp_path):
    path = tmp_path / "клиенты.csv"
    text = (
        "Клиенты за год;;;\r\n;;;\r\nИНН;Контрагент;Выручка, руб.;Бюджет закупок, руб.\r\n"
        f"7707083893;ООО «Север»;1{NBSP}234,50;5{NBSP}000\r\n0123456789;ИП Ёлкин;1,234;н/д\r\n"
        f";Итого;1{NBSP}235,73;5{NBSP}000\r\n"
    )
    path.write_bytes(text.encode("cp1251"))
    table = read(path)
    assert [(c.client_id, c.client, c.revenue, c.procurement_budget) for c in table.clients()] == [
        ("7707083893", "ООО «Север»", 1234.5, 5000.0),
        ("0123456789", "ИП Ёлкин", 1.234, None),
    ]
    assert [(each.code, each.address) for each in table.findings] == [("total-row", "клиенты!B6")]


def test_an_excel_table_can_be_named(tmp_path):
    rows = [["ID", "Client", "Revenue"], ["1", "Wrong", 1.0], [], ["ID", "Client", "Revenue"], ["1", "Right", 2.0]]
    options = {"name": "Mine", "columns": [{"header": title} for title in rows[3]]}
    path = make_xlsx(tmp_path / "book.xlsx", {"Clients": rows}, tables=[("Clients", "A4:C5", options)])
    table = read(path, table="mine")
    assert ([client.client for client in table.clients()], table.address(0, "revenue")) == (["Right"], "Clients!C5")


def test_a_table_without_a_client_header_is_told(tmp_path):
    options = {"name": "T", "columns": [{"header": "Foo"}, {"header": "Bar"}]}
    path = make_xlsx(tmp_path / "book.xlsx", {"Data": [[], [1.0, 2.0]]}, tables=[("Data", "A1:B2", options)])
    with pytest.raises(HeaderNotFoundError, match=r"found in row 1 \(Foo, Bar\)"):
        read(path, table="T")


def test_a_real_table_is_read_whole(shared):
    table = read(shared / "data" / "clients_public_it_2019.xlsx")
    clients = table.clients()
    assert (len(clients), sum(len(client.competitors) for client in clients)) == (129, 409)
    assert clients[3].revenue == 2258.62
    assert {finding.code for finding in table.findings} == {"duplicate-name"}


def test_any_workbook_gives_a_table_or_one_clear_error(shared):
    for path in sorted((shared / "corpus").glob("*.xls*")):
        with suppress(TableError):
            read(path)
