"""What the columns and rows of a ledger are taken for, what is left out, and how both are told."""

from __future__ import annotations

import gzip
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from kam_xl.ledger.columns.header import find_layout
from kam_xl.ledger.counts.counting import ImportOptions
from kam_xl.ledger.errors import ColumnsError, RecipeError
from kam_xl.ledger.invoices import import_invoices
from kam_xl.ledger.opening import Where
from kam_xl.ledger.recipe import Recipe, read_recipe

ROWS = (
    "Date,Client,Amount,State,Region\n"
    "2025-01-05,A,1,Paid,North\n2025-01-06,A,2,Draft,North\n2025-01-07,B,4,Paid,South\n"
)


def imported(*names, recipe=Recipe(), **options):  # noqa: B008 (frozen)
    found = import_invoices(Where(list(map(str, names))), recipe, ImportOptions(**options))
    lost = {each.reason.render(): (each.rows, each.amount) for each in found.left_out}
    return {each.client: each.revenue for each in found.clients}, lost, [each.code for each in found.findings]


def test_cancelled_rows_are_left_out_with_their_money(write):
    revenue, lost, _ = imported(write("a.csv", ROWS.replace("State", "Status")))
    assert (revenue, lost) == ({"A": 1, "B": 4}, {"status Draft": (1, Decimal(2))})


@pytest.mark.parametrize(
    ("condition", "revenue"),
    [("Region=north", {"A": 3}), ("State!=Dr*", {"A": 1, "B": 4}), ("Region=South|East", {"B": 4})],
)
def test_conditions_leave_out_the_other_rows_with_their_money(write, condition, revenue):
    found, lost, _ = imported(write("a.csv", ROWS), recipe=Recipe(where=(condition,)))
    assert found == revenue
    assert sum(found.values()) + sum(amount for _, amount in lost.values()) == 7


@pytest.mark.parametrize(("condition", "error"), [("Country=X", ColumnsError), ("Paid", RecipeError)])
def test_a_condition_that_cannot_be_met_stops(write, condition, error):
    with pytest.raises(error):
        imported(write("a.csv", ROWS), recipe=Recipe(where=(condition,)))


def test_the_client_may_be_one_for_all_or_the_name_of_each_file(write):
    rows = "Date,Amount\n2025-01-05,1\n"
    files = write("Nord.csv", rows), write("South.csv", rows)
    assert imported(*files, recipe=Recipe(client="Alfa"))[0] == {"Alfa": 2}
    assert imported(*files, recipe=Recipe(client="{file}"))[0] == {"Nord": 1, "South": 1}


def test_rows_that_differ_in_a_column_that_is_not_used_are_no_repeats(write):
    same = "Date,Client,Amount,Till\n2025-01-05,A,1,{}\n2025-01-05,A,1,{}\n"
    assert "possible-duplicates" not in imported(write("a.csv", same.format(1, 2)))[2]
    assert "possible-duplicates" in imported(write("b.csv", same.format(1, 1)))[2]


def test_a_discount_lowers_quantity_times_price(write):
    rows = "Date,Client,Qty,Unit price,Discount\n2025-01-05,A,3,10,{}\n2025-01-06,B,1,10,0\n"
    assert imported(write("money.csv", rows.format(5)))[0] == {"A": 25, "B": 10}
    assert imported(write("share.csv", rows.format("0.5")))[0] == {"A": 15, "B": 10}
    assert imported(write("percent.csv", rows.replace("Discount", "Discount %").format(20)))[0] == {"A": 24, "B": 10}


def test_a_total_that_its_rows_do_not_add_up_to_is_an_error(write):
    rows = "Date,Client,Amount\n2025-01-05,A,1\n2025-01-06,B,2\n,Total,{}\n"
    assert "total-differs" not in imported(write("a.csv", rows.format(3)))[2]
    assert "total-differs" in imported(write("b.csv", rows.format(4)))[2]


@pytest.mark.parametrize("header", ["Currency", "Валюта тендера"])
def test_currencies_of_what_is_left_out_are_never_added_up(write, header):
    rows = f"Date,Client,Amount,{header}\n2025-01-05,A,1,EUR\n,B,2,EUR\n,B,3,USD\n"
    found = import_invoices(Where([write("a.csv", rows)]), Recipe(), ImportOptions())
    assert [dict(each.amounts) for each in found.left_out] == [{"EUR": 2, "USD": 3}]


def test_the_manager_and_region_of_most_of_the_money_describe_the_client(write):
    rows = "Date,Client,Amount,Manager,Region\n2025-01-05,A,1,Ann,North\n2025-01-06,A,9,Bob,North\n"
    [client] = import_invoices(Where([write("a.csv", rows)]), Recipe(), ImportOptions()).clients
    assert (client.manager, client.territory) == ("Bob", "North")


def test_folders_archives_and_parts_without_a_header_are_one_ledger(write, tmp_path):
    folder = tmp_path / "months"
    folder.mkdir()
    (folder / "1.csv").write_text("Date,Client,Amount\n2025-01-05,A,1\n")
    (folder / "2.csv").write_text("2025-02-05,A,2\n")
    (folder / "3.csv.gz").write_bytes(gzip.compress(b"Date,Client,Amount\n2025-03-05,A,4\n"))
    assert imported(folder)[0] == {"A": 7}
    assert Path(folder, "2.csv").exists()


def test_columns_are_named_by_letters_where_no_header_is_called_so(write, tmp_path):
    path = write("a.csv", "Ledger;;;\nDate;Code;;C\n2025-01-05;7;Nord;10\n2025-01-06;8;Alfa;20\n")
    (tmp_path / "r.toml").write_text('[columns]\nclient = { column = "C" }\namount = "C"', "utf-8")
    recipe = read_recipe(tmp_path / "r.toml")
    assert imported(path, recipe=recipe)[0] == {"Nord": 10, "Alfa": 20}
    both = Recipe(columns={"client": ("B", "C:C"), "amount": ("D",)})
    assert imported(path, recipe=both)[0] == {"7 / Nord": 10, "8 / Alfa": 20}


def test_letters_are_those_of_the_sheet(tmp_path):
    rows = [[None, "Date", "Client", "Amount", None], [None, "2025-01-05", "Nord", 10, 99]]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert imported(tmp_path / "a.xlsx", recipe=Recipe(columns={"amount": ("E",)}))[0] == {"Nord": 99}


def test_all_unknown_keys_of_a_recipe_are_told_together(tmp_path):
    (tmp_path / "r.toml").write_text('periad = "2025"\nfoo = 1\n[columns]\ncliant = "C"', "utf-8")
    with pytest.raises(RecipeError, match=r"unknown keys: periad, foo, cliant\. Perhaps meant: period, client\."):
        read_recipe(tmp_path / "r.toml")


def test_partial_refunds_are_told_with_their_money(write):
    rows = "Date,Customer,Total,Refunded Amount\n2025-01-05,Nord,100,0\n2025-01-06,Nord,200,50\n2024-01-07,Nord,80,80\n"
    found = import_invoices(Where([str(write("a.csv", rows))]), Recipe(period="2025"), ImportOptions())
    assert [(each.client, each.revenue) for each in found.clients] == [("Nord", 250)]
    [told] = [each for each in found.findings if each.code == "refunds"]
    assert told.message.render("en") == "50 were refunded in 1 row and are subtracted."


def test_half_years_are_counted_by_years(write):
    rows = "Date,Customer,Total\nH1 2025,Nord,100\nH2 2025,Nord,200\n"
    found = import_invoices(Where([str(write("a.csv", rows))]), Recipe(), ImportOptions())
    assert (found.by, [each.revenue for each in found.clients]) == ("year", [300])


def test_several_suppliers_are_told_for_a_market_s_ledger_reads_otherwise(write):
    rows = "Date,Client,Amount,Supplier\n2025-01-05,A,1,{}\n2025-01-06,B,1,{}\n"
    found = import_invoices(Where([str(write("a.csv", rows.format("Foo", "Bar")))]), Recipe(), ImportOptions())
    assert any("import market" in each.message.render() for each in found.findings)
    both = import_invoices(Where([str(write("c.csv", rows.format("B", "Bar")))]), Recipe(), ImportOptions())
    assert any("--where" in each.message.render() for each in both.findings)
    one = import_invoices(Where([str(write("b.csv", rows.format("Foo", "Foo")))]), Recipe(), ImportOptions())
    assert not any("import market" in each.message.render() for each in one.findings)


@pytest.mark.parametrize(("date", "used"), [("2025-01-05", False), ("1", True), ("January", True)])
def test_a_year_is_used_only_where_dates_lack_it(date, used):
    layout = find_layout([["Year", "Date", "Client", "Sales"], ["2025", date, "A", 1.0]], "invoices", {}, "a.csv")
    assert ("year" in [column.field for column in layout.columns()]) == used


@pytest.mark.parametrize(
    ("currency", "client_id", "client", "kind"),
    [
        ("Doc. currency", "Sold-to party", "Name of sold-to", "F5 Pro forma"),
        ("Doc. Curr.", "Sold-to", "Name 1", "Pro-forma invoice"),
        ("Document Currency", "Ship-to", "Name of ship-to party", "Proforma (F5)"),
        ("Curr.", "Ship-to party", "Ship-to party name", "F8"),
        ("Currency Key", "Payer", "Name of payer", "ZF8 Proforma invoice"),
    ],
)
def test_the_headers_and_kinds_of_sap_are_known(write, currency, client_id, client, kind):
    text = (
        f"Posting date;{client_id};{client};Billing type;Net value;{currency}\n"
        "2025-07-02;00001001;NORD SA;F2 Invoice;100;EUR\n"
        "2025-07-03;00001001;NORD SA;G2 Credit memo;30;EUR\n"
        f"2025-07-04;00001001;NORD SA;{kind};7;EUR\n"
        "2025-07-05;00001002;ALFA LTD;F2 Invoice;500;USD\n"
    )
    found = import_invoices(Where([str(write("a.csv", text))]), Recipe(currency="EUR"), ImportOptions())
    assert [(each.client_id, each.client, each.revenue) for each in found.clients] == [("00001001", "NORD SA", 70)]
    assert {each.amount for each in found.left_out} == {Decimal(7), Decimal(500)}


def test_of_the_numbers_of_who_buys_and_who_receives_the_first_is_the_client_s():
    header = ["Date", "Ship-to party", "Sold-to party", "Name of sold-to", "Amount"]
    layout = find_layout([header, ["2025-01-05", "00002001", "00001001", "Nord", 5.0]], "invoices", {}, "a.csv")
    assert (layout.fields["client_id"], layout.fields["client"]) == ((2,), (3,))


@pytest.mark.parametrize(("credit", "debit"), [("Cr", "Dr"), ("CR.", "DR."), ("Кт", "Дт")])
def test_amounts_that_name_the_side_of_the_account_count_with_its_sign(write, credit, debit):
    rows = f"Date,Client,Amount\n2025-01-05,A,100 {credit}\n2025-01-06,A,30 {debit}\n2025-01-07,B,7 {credit}\n"
    assert imported(write("a.csv", rows))[0] == {"A": 70, "B": 7}


def test_words_beside_amounts_that_name_no_side_change_no_sign(write):
    rows = "Date,Client,Amount\n2025-01-05,A,about 100\n2025-01-06,A,30\n2025-01-07,B,ca. 7\n"
    assert imported(write("a.csv", rows))[0] == {"A": 130, "B": 7}
