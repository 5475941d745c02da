"""How a table is understood is shown by every command, written to a file and given back."""

import sys

import openpyxl
import pytest

from kam_xl import cli
from kam_xl.table import read_settings

REPORT = "Контрагент;Кол-во;Сумма без НДС\nНорд;1;1000,50\nЮг;2;500\nИтого;3;1500,50\n"


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.csv"
    path.write_bytes(REPORT.encode("cp866"))
    return path


@pytest.mark.parametrize("command", [["check"], ["classify"], ["explain"], ["plan"]])
def test_every_command_says_how_it_understood_the_table(report, command, capsys, monkeypatch):
    client = ["Норд"] if command == ["explain"] else []
    monkeypatch.setattr(sys, "argv", ["kam-xl", *command, str(report), *client, "--lang", "en"])
    with pytest.raises(SystemExit):
        cli.main()
    err = capsys.readouterr().err
    assert 'Understood: Client <- A "Контрагент", Revenue <- C "Сумма без НДС" (the amount without VAT).' in err
    assert 'Not used: B "Кол-во".' in err
    assert "Rows left out: totals: 1, the rows add up to the total of the table." in err


def test_a_reading_is_shown_written_and_given_back(run, report, tmp_path):
    reading = tmp_path / "reading.toml"
    code, out, _ = run("read", report, "-o", reading, "--lang", "en")
    assert (code, out.splitlines()[-2:]) == (
        0,
        ["Clients: 2. Sums: Revenue 1,501.", f"Written: {reading}"],
    )
    assert run("check", report, "--reading", reading, "--lang", "en")[0] == 0
    assert run("read", report, "-o", reading, "--lang", "en")[0] == 4  # it exists


def test_an_encoding_can_be_named_and_a_wrong_one_is_told(run, report):
    assert run("check", report, "--encoding", "cp866", "--lang", "en")[0] == 0
    code, _, err = run("check", report, "--encoding", "utf-8", "--lang", "en")
    assert (code, "not in the encoding utf-8" in err) == (3, True)


def test_without_revenue_and_budget_nothing_is_planned_unasked(run, tmp_path, text_file):
    path = text_file("accounts.csv", "Account Name,Annual Revenue,Employees\nNord,5000000,12\n")
    code, _, err = run("plan", path, "--lang", "en")
    assert (code, "so nothing is planned from it" in err, sorted(tmp_path.iterdir())) == (3, True, [path])
    assert run("plan", path, "--yes", "--lang", "en")[0] == 0


@pytest.mark.parametrize("cells", ["ask Bob,", ",", ",ask Bob"])
def test_nor_where_no_amount_can_be_read(run, tmp_path, text_file, cells):
    path = text_file("clients.csv", f"Client ID,Client,Revenue,Procurement budget\nC1,Nord,{cells}\nC2,Sud,,\n")
    code, _, err = run("plan", path, "--lang", "en")
    assert (code, "so nothing is planned from it" in err, sorted(tmp_path.iterdir())) == (3, True, [path])
    path.write_text(f"{path.read_text('utf-8')}C3,Ost,0,\n", "utf-8")
    assert run("plan", path, "--lang", "en")[0] == 0


@pytest.mark.parametrize("options", [(), ("--split-by", "manager")])
def test_a_plan_quotes_the_total_that_its_rows_contradict(run, text_file, options):
    path = text_file("clients.csv", "Client ID,Client,Manager,Revenue\nC1,Nord,Ann,600\nC2,Sud,Ann,400\n,Total,,9999\n")
    code, out, _ = run("plan", path, *options, "--lang", "en")
    said = 'clients!D4: The total "Total" says 9,999, but the rows that were read add up to 1,000. Check which rows'
    assert (code, [line.startswith(said) for line in out.splitlines()].count(True)) == (0, 1)


def test_a_list_of_invoices_names_the_command_for_it(run, text_file):
    path = text_file("sales.csv", "Invoice No,Invoice Date,Customer,Amount\n1,2025-01-01,Nord,5\n2,2025-01-02,Nord,6\n")
    code, _, err = run("plan", path, "--lang", "en")
    assert (code, "kam-xl import invoices sales.csv" in err) == (3, True)


def test_a_ledger_is_read_with_its_clients_rows_and_sums(run, text_file):
    pytest.importorskip("ibis")
    rows = "2025-01-05,Nord,Invoice,5\n2025-03-05,Nord,Invoice,6\n2025-03-06,Süd,Invoice,3\n2025-03-07,Süd,Payment,3\n"
    path = text_file("sales.csv", f"Invoice Date,Customer,Type,Amount USD\n{rows}")
    code, out, _ = run("read", path, "--kind", "invoices", "--lang", "en")
    told = "Clients: 2. Rows that count: 3 of 4, from 2025-01 to 2025-03. Sums: 14 USD."
    assert (code, told in out) == (0, True), out


def test_a_ledger_is_read_written_down_changed_and_given_back(run, tmp_path):
    pytest.importorskip("ibis")
    path, reading = tmp_path / "sales.csv", tmp_path / "reading.toml"
    path.write_text(
        "Invoice No,Invoice Date,Customer,Amount,Gross\n1,2025-01-01,Nord,5,6\n2,2025-01-02,Nord,6,7\n", "utf-8"
    )
    code, out, _ = run("read", path, "-o", reading, "--lang", "en")
    assert (code, 'The amount is taken from "Amount", not from "Gross".' in out) == (0, True)
    text = reading.read_text("utf-8")
    assert ('kind = "invoices"' in text, 'amount = "Amount"' in text) == (True, True)
    reading.write_text(text.replace('amount = "Amount"', 'amount = "Gross"'), "utf-8")
    code, out, err = run("import", "invoices", path, "--reading", reading, "--period", "2025", "--lang", "en")
    assert (code, 'Amount <- E "Gross"' in out + err) == (0, True)
    assert (
        run("import", "market", path, "--seller", "N", "--reading", reading, "-o", tmp_path / "m.xlsx", "--lang", "en")[
            0
        ]
        == 2
    )


def test_amounts_in_several_currencies_are_told_by_currency_and_never_as_one_sum(run, text_file):
    path = text_file("sales.csv", "Customer;Revenue;Currency\nNord;100;EUR\nSouth;20;EUR\nWest;3;USD\n")
    code, out, _ = run("read", path, "--lang", "en")
    assert (code, out.splitlines()[-2:]) == (
        0,
        [
            "Clients: 3.",
            "Error: sales!C1: The amounts are in several currencies (Revenue: EUR 120, USD 3), which are never added "
            "up. Name the one to keep, in the setting currency or in a reading file (currency = …), or bring all "
            "amounts to one currency.",
        ],
    )


def test_a_total_that_contradicts_the_rows_stands_beside_their_sum(run, text_file):
    path = text_file("sales.csv", "Customer;Revenue\nNord;1000\nSouth;600\nTotal;9999\n")
    code, out, _ = run("read", path, "--lang", "en")
    assert (code, out.splitlines()[-2:]) == (
        0,
        [
            "Clients: 2. Sums: Revenue 1,600.",
            'Error: sales!B4: The total "Total" says 9,999, but the rows that were read add up to 1,600. Check which '
            "rows are missing or counted twice, or correct the total.",
        ],
    )


def test_it_is_said_that_nothing_can_be_planned_and_that_sheets_are_managers(run, tmp_path):
    book = openpyxl.Workbook()
    for name, client in (("Ann", "Nord"), ("Bob", "South")):
        sheet = book.create_sheet(name)
        sheet.append(["Client", "Industry"])
        sheet.append([client, "Steel"])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "managers.xlsx")
    out = run("read", tmp_path / "managers.xlsx", "--lang", "en")[1]
    assert "The names of the sheets are the managers." in out
    assert "Neither our revenue nor procurement budgets were found" in out


def test_what_counts_as_one_client_stands_in_the_workbook(run, tmp_path):
    table, plans = tmp_path / "group.csv", tmp_path / "plans.xlsx"
    table.write_text("Client;Holding;Revenue 2025\nAlfa North;Alfa;10\nAlfa South;Alfa;5\nBeta;;7\n", "utf-8")
    assert run("plan", table, "--by", "parent", "-o", plans)[0] == 0
    assert read_settings(plans)["clients_by"] == "parent"
    assert "0 updated" not in run("plan", plans, "--lang", "en")[1]


def test_totals_of_arguments_that_differ_from_the_sums_are_explained(run, tmp_path):
    book = openpyxl.Workbook()
    clients, plan = book.active, book.create_sheet("Plan 2026")
    for row in (
        ["Client ID", "Client", "Revenue 2026", "Sales plan"],
        ["C1", "Nord", 900, 1000],
        ["C2", "Süd", 700, None],
        ["C3", "West", -20, None],
    ):
        clients.append(row)
    for row in (["Client ID", *(f"{month:02}.2026" for month in range(1, 13))], ["C1", *[80] * 12], ["C2", *[50] * 12]):
        plan.append(row)
    book.save(tmp_path / "clients.xlsx")
    _, out, _ = run("read", tmp_path / "clients.xlsx", "--lang", "en")
    assert out.replace("\N{NO-BREAK SPACE}", " ").splitlines()[-4:] == [
        "Clients: 3. Sums: Revenue 1,580, Sales plan 1,000.",
        'Operational plan: "Plan 2026". Revenue plan (Jan 2026 to Dec 2026) 1,560.',
        "Revenue: negative amounts (\N{MINUS SIGN}20) do not count in the total that shares are of.",
        "Sales plan: 1 client without one here has that of the operational plan for 2026 (600); with it all sales "
        "plans are 1,600.",
    ]
    _, out, _ = run("explain", tmp_path / "clients.xlsx", "C2", "--lang", "en")
    assert "37.5% of the sales plan (600 by the operational plan of 2026, of 1,600)" in out


def test_read_says_what_it_read_of_the_operational_plan(run, tmp_path):
    path = tmp_path / "clients.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Clients"
    plan = book.create_sheet("Operational plan")
    for sheet, rows in (
        (book.active, [["Client", "Revenue 2025, EUR", "Budget, EUR"], ["Nord", 100_000, 900_000], ["Sued", 5, 10]]),
        (plan, [["Client", "Unit", "Plan Q1 2030", "Plan Q2 2030"], ["Nord", "kEUR", 30, 40], ["Sued", "EUR", 7, 8]]),
    ):
        for row in rows:
            sheet.append(row)
    book.save(path)
    _, out, _ = run("read", path, "--lang", "en")
    assert 'Operational plan: "Operational plan". In EUR: Revenue plan (Q1 2030 to Q2 2030) 70,015.' in out


def test_the_competitors_sheet_is_shown_with_its_columns_and_its_sum(run, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Clients"
    for row in (["Client", "Revenue, kEUR", "Budget, kEUR"], ["Nord", 5, 100], ["Süd", 6, 200]):
        book.active.append(row)
    sheet = book.create_sheet("Competitors")
    for row in (["Client", "Competitor", "Share, %", "Zip"], ["Nord", "Rival", 40, "x"], ["Süd", "Rival", None, None]):
        sheet.append(row)
    book.save(tmp_path / "clients.xlsx")
    code, out, _ = run("read", tmp_path / "clients.xlsx", "--lang", "en")
    assert code == 0
    assert (
        'Competitors, on the sheet "Competitors":\n'
        'Understood: Client <- A "Client", Competitor <- B "Competitor", Share of competitors <- C "Share, %".\n'
        'Not used: D "Zip".\n'
        "Rows: 2, of which 1 say what competitors earn: 40,000.\n"
    ) in out
