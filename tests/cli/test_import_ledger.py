"""`kam-xl import invoices` and `market`: new workbooks, a person's own, and plans at once."""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path
from random import Random

import openpyxl
import pytest

from kam_xl import cli
from kam_xl.table import read
from tests.tables import edited

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
        ["Client ID", "Client", "Revenue 2025 excl. VAT"],
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
        "Client ID,Client,Revenue 2025 excl. VAT",
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


def test_the_two_sheets_and_their_tables_change_and_the_account_of_the_import_comes(market):
    assert market()[0] == 0
    assert openpyxl.load_workbook("book.xlsm").sheetnames[-2:] == ["Import", "Import log"]
    old, new = zipfile.ZipFile(ROOT / "workbook" / "KeyAccounts.xlsm"), zipfile.ZipFile("book.xlsm")
    assert set(new.namelist()) - set(old.namelist()) == {"xl/worksheets/sheet10.xml", "xl/worksheets/sheet11.xml"}
    assert sorted(name for name in old.namelist() if old.read(name) != new.read(name)) == [
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
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


JANUARY = "Date,Client,Amount,Cost\n2025-01-10,Beta,100,60\n2025-01-12,Gamma,700,10\n"
FEBRUARY = "Date,Client,Amount,Cost\n2025-02-10,Alfa,1,0\n2025-02-11,Beta,200,50\n2025-01-12,Gamma,-7,0\n"


@pytest.fixture
def months(run):
    """Two months of invoices as files, the first one imported with plans."""
    Path("jan.csv").write_text(JANUARY, encoding="utf-8")
    Path("feb.csv").write_text(FEBRUARY, encoding="utf-8")
    Path("r.toml").write_text('[clients]\nnumber = "C"\n', encoding="utf-8")
    assert run("invoices", "jan.csv", "--recipe", "r.toml", "-o", "book.xlsx", "--plan")[0] == 0
    return run


WHOLE = [
    ["Client ID", "Client", "Revenue 2025", "Margin"],
    ["C0001", "Beta", 300, 190],
    ["C0002", "Gamma", 693, 683],
    ["C0003", "Alfa", 1, 1],
]
BY_MONTH = {
    ("C0001", "Revenue fact"): [100, 200],
    ("C0001", "Margin fact"): [40, 150],
    ("C0002", "Revenue fact"): [693, None],
    ("C0002", "Margin fact"): [683, None],
    ("C0003", "Revenue fact"): [None, 1],
    ("C0003", "Margin fact"): [None, 1],
}


def by_month(path):
    return {(row[0], row[2]): row[3:5] for row in values(path, "Operational plan")[1:]}


@pytest.mark.parametrize("how", [["jan.csv", "feb.csv"], ["feb.csv", "--append"]], ids=["all again", "the next month"])
def test_everything_that_an_import_made_is_up_to_date_after_the_next(months, how):
    assert months("invoices", *how, "--recipe", "r.toml", "--into", "book.xlsx", "--plan")[0] == 0
    assert values("book.xlsx", "Clients") == WHOLE
    assert by_month("book.xlsx") == BY_MONTH
    book = openpyxl.load_workbook("book.xlsx")
    dashboard = book["Operational dashboard"]
    facts = dashboard[dashboard.defined_names["kam_dash_month_fact"].attr_text.rpartition("!")[2]]
    assert [cell.value for row in facts for cell in row][:3] == [793, 201, None]
    assert book["Import"]["A2"].value.startswith("Read from " + how[0])
    assert values("book.xlsx", "Import log")[1][1] == "jan.csv"
    plan = book["Gamma"]
    assert plan[plan.defined_names["kam_revenue"].attr_text.rpartition("!")[2]].value == 693


@pytest.mark.parametrize("seed", range(3))
def test_disjoint_months_in_any_order_are_one_import_of_both(run, seed):
    chance = Random(seed)  # noqa: S311 (figures of a test)
    names = ["Alfa", "Beta GmbH", "Gamma", "Delta AG", "Epsilon"]
    for month in (1, 2, 3):
        rows = [
            f"2025-{month:02}-{chance.randint(1, 28):02},{chance.choice(names)},{chance.randint(-20, 900)}.{month}"
            for _ in range(6)
        ]
        Path(f"{month}.csv").write_text("\n".join(["Date,Client,Amount", *rows]), encoding="utf-8")
    Path("r.toml").write_text('[clients]\nnumber = "C"\n', encoding="utf-8")
    assert run("invoices", "1.csv", "2.csv", "3.csv", "--recipe", "r.toml", "-o", "whole.xlsx")[0] == 0
    first, *others = chance.sample((1, 2, 3), 3)
    assert run("invoices", f"{first}.csv", "--recipe", "r.toml", "-o", "book.xlsx")[0] == 0
    known = {row[1]: row[0] for row in values("book.xlsx", "Clients")[1:]}
    for other in others:
        assert run("invoices", f"{other}.csv", "--append", "--recipe", "r.toml", "--into", "book.xlsx")[0] == 0
        after = {row[1]: row[0] for row in values("book.xlsx", "Clients")[1:]}
        assert known.items() <= after.items()
        known = after
    assert len(set(known.values())) == len(known)
    for sheet, name in (("Clients", 1), ("Operational plan", 1)):
        one, other = ({tuple(row[name:]) for row in values(path, sheet)[1:]} for path in ("whole.xlsx", "book.xlsx"))
        assert {tuple(map(rounded, row)) for row in one} == {tuple(map(rounded, row)) for row in other}


def rounded(cell):
    return round(cell, 4) if isinstance(cell, float) else cell


def test_plans_that_are_there_follow_an_import_without_being_asked_for(months):
    assert months("invoices", "feb.csv", "--append", "--recipe", "r.toml", "--into", "book.xlsx")[0] == 0
    plan = openpyxl.load_workbook("book.xlsx")["Gamma"]
    assert plan[plan.defined_names["kam_revenue"].attr_text.rpartition("!")[2]].value == 693


def test_no_file_is_added_twice(months):
    before = Path("book.xlsx").read_bytes()
    code, said = months("invoices", "jan.csv", "--append", "--into", "book.xlsx")
    assert (code, "this file was imported already" in said) == (3, True)
    assert Path("book.xlsx").read_bytes() == before


def test_a_month_of_another_year_is_not_added(months):
    Path("next.csv").write_text("Date,Client,Amount\n2026-01-10,Beta,100\n", encoding="utf-8")
    code, said = months("invoices", "next.csv", "--append", "--into", "book.xlsx")
    assert (code, "for another year: 2025, got 2026" in said) == (3, True)


def test_at_the_turn_of_the_year_no_figures_of_the_old_one_stay_beside_new_ones(months):
    Path("next.csv").write_text("Date,Client,Amount,Cost\n2026-01-10,Beta,100,60\n", encoding="utf-8")
    assert "write 2026 into that header" in months("invoices", "next.csv", "--into", "book.xlsx")[1]
    fill("book.xlsx", {"C1": "Revenue 2026"})
    before = Path("book.xlsx").read_bytes()
    code, said = months("invoices", "next.csv", "--into", "book.xlsx")
    assert (code, Path("book.xlsx").read_bytes()) == (3, before)
    assert "1 client without new figures would keep those of another year: Gamma 700, Gamma 690." in said
    assert 'clear "Revenue 2026", "Margin"' in said
    fill("book.xlsx", dict.fromkeys(("C2", "C3", "D2", "D3")))
    assert months("invoices", "next.csv", "--into", "book.xlsx")[0] == 0
    assert values("book.xlsx", "Clients")[1:] == [["C0001", "Beta", 100, 40], ["C0002", "Gamma", None, None]]


def fill(path, cells):
    with edited(path) as book:
        for cell, value in cells.items():
            book["Clients"][cell] = value


def test_figures_that_other_files_brought_are_not_replaced_without_a_word(months):
    code, said = months("invoices", "feb.csv", "--recipe", "r.toml", "--into", "book.xlsx")
    assert (code, "figures imported before from jan.csv are replaced" in said) == (0, True)


def test_plan_rows_that_people_typed_stay_beside_new_facts(run):
    shutil.copy(ROOT / "workbook" / "KeyAccounts.xlsm", "book.xlsm")
    before = values("book.xlsm", "Operational plan")
    Path("jan.csv").write_text("Date,Client ID,Client,Amount\n2025-02-10,1001,Baltic Pipe Works,5\n", encoding="utf-8")
    assert run("invoices", "jan.csv", "--into", "book.xlsm")[0] == 0
    after = values("book.xlsm", "Operational plan")
    assert after[6][:5] == [1001, "Baltic Pipe Works", "Revenue fact", before[6][3], 5]
    after[6][4] = before[6][4]
    assert after == before


def test_what_is_read_is_never_written_over(run):
    code, said = run("invoices", "invoices.csv", "-o", "invoices.csv", "--overwrite")
    assert (code, "the output is an input of the same command" in said) == (4, True)
    assert Path("invoices.csv").read_text("utf-8") == INVOICES


@pytest.mark.parametrize(
    "kind", [["invoices"], ["market", "--seller", "Us", "--competitor", "Them"]], ids=lambda k: k[0]
)
def test_year_0_is_that_of_the_period_where_one_of_its_months_has_no_payments(run, kind):
    lines = [f"2025-{month:02}-10,Alfa,{to},{100 * month}" for month in (1, 3, 12) for to in ("Us", "Them")]
    Path("y.csv").write_text("\n".join(["Date,Client,Supplier,Amount", *lines]), encoding="utf-8")
    code, said = run(kind[0], "y.csv", *kind[1:], "--period", "2025", "-o", "y.xlsx", "--plan")
    assert code == 0, said
    assert "Proposed goals of the key accounts: 2026:" in said


def test_revenue_of_another_year_than_the_header_names_is_refused(months):
    before = Path("book.xlsx").read_bytes()
    Path("next.csv").write_text(FEBRUARY.replace("2025", "2026"), encoding="utf-8")
    code, said = months("invoices", "next.csv", "--recipe", "r.toml", "--into", "book.xlsx")
    assert code != 0
    assert 'the revenue in the file is for 2026, but the column in the workbook is "Revenue 2025"' in said
    assert Path("book.xlsx").read_bytes() == before


@pytest.mark.parametrize("rows", [1, 9], ids=["fewer rows", "more rows, of a later month"])
def test_a_further_month_without_append_replaces_nothing(months, rows):
    lines = [f"2025-02-{day:02},Beta,100" for day in range(1, rows + 1)]
    Path("feb.csv").write_text("\n".join(["Date,Client,Amount", *lines]), encoding="utf-8")
    before = Path("book.xlsx").read_bytes()
    code, said = months("invoices", "feb.csv", "--into", "book.xlsx")
    assert (code, Path("book.xlsx").read_bytes()) == (3, before)
    assert "use --append; to replace them all the same, --replace" in said


def test_what_was_imported_is_replaced_on_demand(months):
    Path("less.csv").write_text("Date,Client,Amount\n2025-02-10,Beta,100\n", encoding="utf-8")
    code, said = months("invoices", "less.csv", "--replace", "--into", "book.xlsx")
    assert (code, "figures imported before from jan.csv are replaced" in said) == (0, True)


def test_replace_takes_a_workbook_and_no_append(months):
    assert months("invoices", "jan.csv", "--replace", "-o", "new.xlsx")[0] == 2
    assert months("invoices", "jan.csv", "--replace", "--append", "--into", "book.xlsx")[0] == 2


@pytest.mark.parametrize(
    ("first", "second", "code", "told"),
    [
        ("Net amount", "Gross amount", 3, "differ in VAT"),
        ("Amount", "Amount, USD", 3, 'Name unit and currency for "Revenue 2025" on the sheet "Clients"'),
        ("Amount, EUR", "Amount", 3, "Name unit and currency for the amounts in feb.csv"),
        ("Amount, EUR", "Amount, USD", 3, "Bring the amounts of the file to the unit and currency of the workbook"),
        (
            "Net amount",
            "Amount",
            0,
            '"Revenue 2025 excl. VAT" on the sheet "Clients": without VAT; the amounts in feb.csv',
        ),
        ("Net amount, EUR", "Net amount, EUR", 0, "Beta: Revenue 2025 excl. VAT, EUR 100 → 300"),
    ],
)
def test_amounts_on_another_basis_are_never_added(run, first, second, code, told):
    Path("jan.csv").write_text(f"Date;Client;{first}\n2025-01-10;Beta;100\n", encoding="utf-8")
    Path("feb.csv").write_text(f"Date;Client;{second}\n2025-02-10;Beta;200\n", encoding="utf-8")
    assert run("invoices", "jan.csv", "-o", "book.xlsx")[0] == 0
    before = Path("book.xlsx").read_bytes()
    ended, said = run("invoices", "feb.csv", "--append", "--into", "book.xlsx")
    assert (ended, told in said) == (code, True), said
    assert (Path("book.xlsx").read_bytes() == before) == bool(code)


def test_a_ledger_that_contradicts_its_total_ends_with_exit_code_1(run):
    Path("jan.csv").write_text("Date;Client;Amount\n2025-01-10;Beta;100\nTotal;;150\n", encoding="utf-8")
    code, said = run("invoices", "jan.csv", "-o", "book.xlsx")
    assert (code, "The ledger states a total of 150" in said, Path("book.xlsx").exists()) == (1, True, True)


def test_a_further_month_of_a_market_in_one_currency_is_added(run):
    for month in ("01", "02"):
        text = f"Date;Buyer;Supplier;Amount, USD\n2025-{month}-10;Beta;Nord;100\n2025-{month}-11;Beta;Rival;50\n"
        Path(f"{month}.csv").write_text(text, encoding="utf-8")
    who = ("--seller", "Nord", "--competitor", "Rival")
    assert run("market", "01.csv", *who, "-o", "book.xlsx")[0] == 0
    code, said = run("market", "02.csv", *who, "--append", "--into", "book.xlsx")
    assert (code, values("book.xlsx", "Clients")[1][2:]) == (0, [200, 300, 100]), said
