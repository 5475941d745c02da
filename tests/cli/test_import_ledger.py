"""`kam-xl import invoices` and `market`: new workbooks, a person's own, and plans at once."""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from kam_xl import cli
from kam_xl.table import read

pytest.importorskip("ibis", reason='ledgers need the extra: pip install "kam_xl[ledger]"')
ROOT = Path(__file__).parents[2]
INVOICES = (
    "Date;Client;Client ID;Net amount\n15.01.2025;Baltic Pipe Works;1001;19 000 000,00\n16.01.2025;=New;2001;5 000,5\n"
)


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run the command line in a folder of its own; gives the exit code and what was said."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "invoices.csv").write_text(INVOICES, encoding="utf-8")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["kam-xl", "import", *arguments, "--lang", "en"])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out + said.err

    return run


def values(path, sheet):
    return [list(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_a_new_workbook_holds_the_clients_as_numbers_and_texts(run):
    assert run("invoices", "invoices.csv")[0] == 0
    assert values("invoices-clients.xlsx", "Clients") == [
        ["Client ID", "Client", "Revenue"],
        ["2001", "=New", 5000.5],
        ["1001", "Baltic Pipe Works", 19_000_000],
    ]


def test_plans_are_built_into_the_new_workbook_at_once(run):
    code, said = run("invoices", "invoices.csv", "-o", "clients.xlsx", "--plan")
    assert code == 0
    assert "Plans: 1 new" in said
    assert "Baltic Pipe Works" in openpyxl.load_workbook("clients.xlsx").sheetnames


def test_the_dashboard_shows_the_facts_of_the_invoices(run):
    assert run("invoices", "invoices.csv", "--by", "month", "-o", "clients.xlsx", "--plan")[0] == 0
    dashboard = openpyxl.load_workbook("clients.xlsx")["Operational dashboard"]
    facts = dashboard[dashboard.defined_names["kam_dash_month_fact"].attr_text.rpartition("!")[2]]
    assert [cell.value for row in facts for cell in row] == [19_005_000.5, *[None] * 11]


def test_a_csv_holds_the_client_table_alone(run):
    assert run("invoices", "invoices.csv", "-o", "clients.csv")[0] == 0
    assert Path("clients.csv").read_text("utf-8-sig").splitlines()[:2] == [
        "Client ID,Client,Revenue",
        "2001,'=New,5000.5",
    ]


def test_a_persons_workbook_is_updated_by_id_after_it_was_told_what_changes(run):
    shutil.copy(ROOT / "workbook" / "KeyAccounts.xlsm", "book.xlsm")
    before = Path("book.xlsm").read_bytes()
    code, said = run("invoices", "invoices.csv", "--into", "book.xlsm", "--dry-run")
    assert (code, "18,600,000 → 19,000,000" in said) == (0, True)
    assert Path("book.xlsm").read_bytes() == before
    assert run("invoices", "invoices.csv", "--into", "book.xlsm", "--backup")[0] == 0
    assert Path("book.bak.xlsm").read_bytes() == before
    after = {client.client_id: client.revenue for client in read("book.xlsm").clients()}
    assert (after["1001"], after["2001"], len(after)) == (19_000_000, 5000.5, 40)


def test_what_stands_there_is_not_replaced_unasked(run):
    Path("clients.xlsx").write_bytes(b"mine")
    code, said = run("invoices", "invoices.csv", "-o", "clients.xlsx")
    assert (code, "the file exists already" in said) == (4, True)
    assert Path("clients.xlsx").read_bytes() == b"mine"


def test_a_plain_installation_is_told_what_to_install(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "ibis", None)
    code, said = run("invoices", "invoices.csv")
    assert (code, said) == (
        3,
        'kam-xl: reading ledgers needs the package ibis. Install it with: pip install "kam_xl[ledger]"\n',
    )


@pytest.mark.slow
def test_plans_come_from_a_million_payments_in_one_command(run, shared):
    ledger, recipe = shared / "data" / "ledger_2019.parquet", ROOT / "tests" / "ledger" / "public_it_2019.toml"
    code, said = run("market", str(ledger), "--recipe", str(recipe), "-o", "clients.xlsx", "--plan")
    assert (code, "129 clients, 26 key accounts" in said, "Plans: 26 new" in said) == (0, True, True)


MARKET = """Date,Buyer,Buyer ID,Supplier,Amount
2025-01-15,Severny Metals Combine,1002,Kontur  systems,7000000
2025-01-16,Severny Metals Combine,1002,Nord,5000000
2025-02-16,Severny Metals Combine,1002,Globex Process,1500000
2025-02-17,Volga Grid,1006,EnergoTech,24000000
2025-02-18,New Works,9001,EnergoTech,300
"""
WHO = (
    "--seller",
    "Nord",
    "--competitor",
    "Kontur Systems",
    "--competitor",
    "Globex Process",
    "--competitor",
    "EnergoTech",
)


@pytest.fixture
def market(run):
    """Import payments of a market into a copy of the workbook."""
    shutil.copy(ROOT / "workbook" / "KeyAccounts.xlsm", "book.xlsm")
    Path("market.csv").write_text(MARKET, encoding="utf-8")
    return lambda *arguments: run("market", "market.csv", *WHO, "--into", "book.xlsm", *arguments)


def listed(path):
    return [row for row in values(path, "Competitors")[5:] if any(row)]


def test_competitors_are_updated_by_client_and_name_and_new_ones_added_below(market):
    before = listed(ROOT / "workbook" / "KeyAccounts.xlsm")
    assert market()[0] == 0
    assert listed("book.xlsm") == [
        [*before[0][:3], 7_000_000, *before[0][4:]],
        *before[1:],
        [9001, "New Works", "EnergoTech", 300, None, None, None],
        [1002, "Severny Metals Combine", "Globex Process", 1_500_000, None, None, None],
    ]
    assert openpyxl.load_workbook("book.xlsm")["Competitors"].tables["Competitors"].ref == "A5:G17"


def test_what_changes_among_competitors_is_told_before_and_by_dry_run_alone(market):
    before = Path("book.xlsm").read_bytes()
    code, said = market("--dry-run")
    assert (code, Path("book.xlsm").read_bytes() == before) == (0, True)
    assert said.splitlines()[-3:] == [
        "Competitors: 1 changed, 2 new, 1 unchanged. Not in it, and kept: 8.",
        "Severny Metals Combine – Kontur Systems: Competitor revenue 6,800,000 → 7,000,000",
        "New: New Works – EnergoTech, Severny Metals Combine – Globex Process",
    ]


def test_only_the_two_sheets_and_their_tables_change(market):
    assert market()[0] == 0
    old, new = zipfile.ZipFile(ROOT / "workbook" / "KeyAccounts.xlsm"), zipfile.ZipFile("book.xlsm")
    assert old.namelist() == new.namelist()
    assert sorted(name for name in old.namelist() if old.read(name) != new.read(name)) == [
        "xl/tables/table1.xml",
        "xl/tables/table2.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/sheet3.xml",
    ]
    assert (
        market("--dry-run")[1].splitlines()[-1] == "Competitors: 0 changed, 0 new, 4 unchanged. Not in it, and kept: 8."
    )


def test_a_competitor_listed_twice_for_a_client_is_refused_and_nothing_written(market):
    from kam_xl.cli.building import opened, saved

    with opened(Path("book.xlsm")) as book:
        book.sheets["Competitors"]["A7:C7"].value = [1002, "Severny Metals Combine", "KONTUR SYSTEMS"]
        saved(book, Path("book.xlsm"), backup=False)
    before = Path("book.xlsm").read_bytes()
    code, said = market()
    assert (code, "more than once for one client: Competitors!C6, Competitors!C7" in said) == (3, True)
    assert Path("book.xlsm").read_bytes() == before


def test_a_workbook_without_a_list_of_competitors_is_told_that_they_are_left_out(market):
    wb = openpyxl.Workbook()
    wb.active.append(["Client ID", "Client", "Revenue", "Competitor revenue"])
    wb.active.append([1006, "Volga Grid", 1, 2])
    wb.save("book.xlsm")
    code, said = market()
    assert (code, "has no list of competitors: 4 rows of them are left out" in said) == (0, True)
