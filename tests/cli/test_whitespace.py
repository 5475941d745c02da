"""kam-xl whitespace: product groups that similar clients buy."""

import json

import openpyxl
import pytest

from tests.tables import edited

HEADER = ["Client ID", "Client", "Industry", "Revenue"]
PRODUCTS = ["Client ID", "Product group", "Revenue", "Elsewhere"]
SALES = [
    ["1A", "Pumps", 60, None], ["1A", "Valves", 40, None], ["2B", "Pumps", 70, None], ["2B", "Valves", 30, None],
    ["3C", "Pumps", 80, None], ["3C", "Valves", 20, None], ["4D", "Pumps", 100, None], ["4D", "Service", None, 15],
]  # fmt: skip


@pytest.fixture
def book(tmp_path):
    def made(sales=SALES, products=PRODUCTS):
        book = openpyxl.Workbook()
        clients = book.active
        clients.title = "Clients"
        for row in [HEADER, *([f"{at}{name}", f"Client {name}", "Food", 100] for at, name in enumerate("ABCD", 1))]:
            clients.append(row)
        sheet = book.create_sheet("Products")
        for row in [products, *sales]:
            sheet.append(row)
        path = tmp_path / "clients.xlsx"
        book.save(path)
        return path

    return made


def test_white_spots_are_listed_with_their_comparison_and_sum(run, book):
    code, out, err = run("whitespace", book(), "--lang", "en")
    assert (code, err) == (0, "Product groups: clients.xlsx, Products\n")
    assert out.splitlines() == [
        "Client D  Valves  30  3 of 3 similar clients (Food, ABC class A) buy it, a median of 30 a year: "
        "Client A, Client B, Client C.",
        "Client D  Service  15  Buys it elsewhere for 15 a year.",
        "White spots: 2, 45 a year in all.",
    ]


def test_what_does_not_agree_is_told(run, book):
    sales = [*SALES, ["9X", "Pumps", 500, None], [None, "Pumps", 7, None], ["Total", None, 999, None]]
    err = run("whitespace", book(sales), "--lang", "en")[2]
    assert err.splitlines()[1:] == [
        "Row 12 states a total of 999; the rows above add up to 900.",
        "1 row without client or product group was left out: 7.",
        "Not in the client table and left out, 500 in all: 9X.",
    ]


def test_groups_that_do_not_add_up_to_the_revenue_are_named(run, book):
    err = run("whitespace", book([*SALES, ["4D", "Pumps", 11, None]]), "--lang", "en")[2]
    assert "do not add up to the revenue in the client table (111 against 100): Client D." in err


def test_json_and_the_heat_map_have_the_same_spots_and_sums(run, book, tmp_path):
    code, out, _ = run("whitespace", book(), "--json", "-o", tmp_path / "map.xlsx", "--lang", "ru")
    first = json.loads(out)[0]
    assert (code, first["client_id"], first["product"], first["amount"]) == (0, "4D", "Valves", 30.0)
    file = openpyxl.load_workbook(tmp_path / "map.xlsx")
    whole, spots = file["Карта продаж"], file["Белые пятна"]
    assert [[cell.value for cell in row] for row in whole["A6:F7"]] == [
        ["Клиент", "Итого", "Другие группы", "Pumps", "Valves", "Service"],
        ["Итого", 400, None, 310, 90, 0],
    ]
    assert (whole["A8"].value, whole["D11"].value, whole["E11"].value) == ("Client A", 100, None)
    assert [cell.value for cell in spots[6]][:3] == ["Client D", "Valves", 30]


def test_a_ledger_with_categories_will_do(run, book, text_file):
    ledger = text_file(
        "ledger.csv",
        "Client;Category;Amount\n" + "\n".join(f"Client {c};Oil;{n}" for c, n in zip("ABC", "123", strict=True)),
    )
    _, out, err = run("whitespace", book(), "--products", ledger, "--lang", "en")
    assert err.startswith("Product groups: ledger.csv, ledger\n")
    assert "Client D  Oil  2  " in out


DOCUMENTS = ["Date", "Client", "Category", "Amount", "Currency", "Status", "Document type"]


def test_what_is_no_sale_is_left_out_and_told_with_its_money(run, book, tmp_path, text_file):
    rows = [
        ["2026-01-05", "Client A", "Oil", 100, "", "Paid", "Invoice"],
        ["2026-01-06", "Client A", "Oil", 40, "", "Cancelled", "Invoice"],
        ["2026-01-07", "Client A", "Oil", 30, "", "Paid", "Credit note"],
        ["2026-01-08", "Client A", "", 7, "", "Paid", "Invoice"],
        ["2026-01-09", "Client A", "Oil", 100, "", "Paid", "Payment"],
        ["2025-12-31", "Client A", "Oil", 9, "", "Paid", "Invoice"],
        ["2026-01-09", "Stranger", "Oil", 5, "", "Paid", "Invoice"],
    ]
    ledger = text_file("ledger.csv", "\n".join(";".join(map(str, row)) for row in [DOCUMENTS, *rows]))
    target = tmp_path / "map.xlsx"
    err = run("whitespace", book(), "--products", ledger, "-o", target, "--lang", "en")[2]
    assert err.splitlines() == [
        "Product groups: ledger.csv",
        "7 rows were read, 231; 4 used, 82.",
        "Left out: 1 row, documents that are not sales: Payment (100).",
        "Left out: 1 row, status Cancelled (40).",
        "Left out: 1 row, outside the period 2026 (9).",
        'Documents of the kind "Credit note" are subtracted.',
        "The ledger holds the years 2025, 2026; the client table is of the last one.",
        "The period 2026 is incomplete: there are no rows for 2026-02, 2026-03, 2026-04, 2026-05, 2026-06, ….",
        "1 credit note (−30) is netted.",
        "1 row without client or product group was left out: 7.",
        "Not in the client table and left out, 5 in all: Stranger.",
        "The product groups do not add up to the revenue in the client table (70 against 100): Client A.",
        "Revenue in the client table without product groups, 300 in all: Client B, Client C, Client D.",
    ]


def test_rows_with_states_and_without_dates_are_judged_alike(run, book):
    sales = [[*row, "Cancelled" if row[0] == "3C" else "Paid"] for row in SALES] + [["Total", None, 500, None, None]]
    err = run("whitespace", book(sales, [*PRODUCTS, "Status"]), "--lang", "en")[2]
    assert err.splitlines()[1:] == [
        'Not read beside documents: "Elsewhere".',
        "9 rows were read, 400; 5 used, 300.",
        "Left out: 1 row, totals (no money).",
        "Left out: 1 row, no amount (no money).",
        "Left out: 2 rows, status Cancelled (100).",
        "Totals of clients differ from their rows: Total: 500, the rows 300.",
        "The ledger states a total of 500, but the rows that were read add up to 300.",
        "Revenue in the client table without product groups, 100 in all: Client C.",
    ]


def test_the_client_table_says_which_currency_counts(run, book, tmp_path):
    path = book()
    with edited(path) as file:
        file["Clients"]["D1"] = "Revenue, EUR"
    ledger = tmp_path / "ledger.csv"
    header = "Date;Client;Category;Qty;Price;Currency\n"
    ledger.write_text(f"{header}2026-01-05;Client A;Oil;2;50;EUR\n2026-01-05;Client B;Oil;1;7;USD\n", encoding="utf-8")
    err = run("whitespace", path, "--products", ledger, "--lang", "en")[2]
    assert "2 rows were read, 100 EUR, 7 USD; 1 used, 100 EUR." in err
    assert "Left out: 1 row, in USD (7 USD)." in err


def test_bad_amounts_are_refused_all_at_once(run, book):
    code, _, err = run(
        "whitespace", book([["1A", "Pumps", "many", None], ["2B", "Pumps", "few", None]]), "--lang", "en"
    )
    assert (code, "rows 2, 3" in err, "many, few" in err) == (3, True, True)


def test_bad_amounts_are_refused_by_the_rows_of_their_sheet(run, book):
    path = book([["1A", "Pumps", "many", None]])
    with edited(path) as file:
        file["Products"].insert_rows(1, 2)
    assert "rows 4" in run("whitespace", path, "--lang", "en")[2]


@pytest.mark.parametrize(
    ("products", "sales"),
    [
        (["Client ID", "Product group", "Revenue", "Currency"], [["1A", "Pumps", 60, "EUR"], ["2B", "Oil", 9, "USD"]]),
        (["Client ID", "Product group", "Revenue, EUR", "Elsewhere, USD"], [["1A", "Pumps", 60, 9]]),
        (["Client ID", "Product group", "Revenue"], [["1A", "Pumps", "60 €", None], ["2B", "Oil", "9 $", None]]),
    ],
    ids=["a column of currencies", "headers", "cells"],
)
def test_amounts_in_several_currencies_are_never_added_up(run, book, products, sales):
    code, out, err = run("whitespace", book(sales, products), "--lang", "en")
    assert (code, out, "EUR, USD" in err) == (3, "", True)


def test_a_workbook_without_product_groups_says_what_to_add(run, book):
    code, _, err = run("whitespace", book([], products=["Something", "Else"]), "--lang", "en")
    assert (code, "Add a sheet Products" in err) == (3, True)


def test_of_names_that_differ_in_letter_case_the_exact_one_wins_and_another_spelling_is_left_out(run, book):
    path = book([])
    with edited(path) as file:
        file["Clients"].cell(2, 2).value, file["Clients"].cell(3, 2).value = "Leeds And Housing", "Leeds and Housing"
        sheet = file["Products"]
        sheet.delete_rows(1, sheet.max_row)
        for row in [
            ["Client", "Product group", "Revenue"],
            ["Leeds And Housing", "Pumps", 100],
            ["Leeds and Housing", "Pumps", 100],
            ["LEEDS AND HOUSING", "Pumps", 7],
        ]:
            sheet.append(row)
    assert run("whitespace", path, "--lang", "en")[2].splitlines()[1:] == [
        "Several clients may be meant, left out, 7 in all: LEEDS AND HOUSING. Give their exact names or IDs.",
        "Revenue in the client table without product groups, 200 in all: Client C, Client D.",
    ]


LEDGER = """Invoice date;Invoice no;Client ID;Client;Product group;Net amount;Currency
2025-01-10;1;C1;Nord;Pumps;100;EUR
2025-02-10;2;C2;Sued;Pumps;50;EUR
2025-03-10;3;C1;Nord;Valves;9000;USD
"""


def test_a_workbook_of_invoices_keeps_their_currency_for_white_spots(run, tmp_path):
    source, path = tmp_path / "documents.csv", tmp_path / "sold.xlsx"
    source.write_text(LEDGER, encoding="utf-8")
    assert run("import", "invoices", source, "--currency", "EUR", "-o", path, "--lang", "en")[0] == 0
    assert openpyxl.load_workbook(path)["Clients"]["C1"].value == "Revenue 2025 excl. VAT, EUR"
    code, _, err = run("whitespace", path, "--products", source, "--lang", "en")
    assert (code, "9,000" in err, "do not add up" in err) == (0, True, False)
    code, _, err = run("whitespace", path, "--products", source, "--currency", "USD", "--lang", "en")
    assert code == 3
    assert err.endswith(
        "sold.xlsx: the client table is in EUR, and the documents are asked for in USD. Choose the currency of the "
        "client table: --currency EUR.\n"
    )


def test_the_currency_of_documents_is_chosen_where_the_client_table_names_none(run, book, text_file):
    source = text_file("documents.csv", LEDGER.replace("C1", "1A").replace("C2", "2B"))
    code, _, err = run("whitespace", book(), "--products", source, "--lang", "en")
    assert (code, "Choose one with --currency EUR" in err) == (3, True)
    assert run("whitespace", book(), "--products", source, "--currency", "EUR", "--lang", "en")[0] == 0
