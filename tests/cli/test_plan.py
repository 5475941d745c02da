"""The plan command and files: whole or not at all, and nothing of a person's is overwritten unasked."""

import os
import subprocess
import sys
import textwrap
from datetime import date

import openpyxl
import pandas as pd
import pytest

from tests.tables import CLIENTS, HEADER


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_plan_writes_beside_its_input_and_says_what_it_did(run, clients_xlsx):
    before = clients_xlsx.read_bytes()
    code, out, err = run("plan", clients_xlsx, "--lang", "en")
    assert (code, err) == (0, "")
    assert out.splitlines()[:3] == [
        "6 clients, 4 key accounts; the limit allows 1, 3 are above it.",
        "Proposed goals of the key accounts: 2026: 898.33, 2027: 996.67, 2028: 1,095; their revenue is 800 today.",
        "Plans: 4 new, 0 updated, 0 of clients that are no longer key.",
    ]
    assert names_in(clients_xlsx.parent) == ["clients-plans.xlsx", "clients.xlsx"]
    assert clients_xlsx.read_bytes() == before


def test_plan_updates_its_own_output_in_place(run, clients_xlsx):
    run("plan", clients_xlsx, "--lang", "en")
    code, out, _ = run("plan", clients_xlsx.with_name("clients-plans.xlsx"), "--lang", "en")
    assert (code, out.splitlines()[2]) == (0, "Plans: 0 new, 4 updated, 0 of clients that are no longer key.")
    assert names_in(clients_xlsx.parent) == ["clients-plans.xlsx", "clients.xlsx"]


def test_the_operational_plan_may_come_from_a_file_of_its_own(run, clients_xlsx, tmp_path, text_file):
    plan = text_file("plan.csv", "Client ID,Jan 2026 plan,Jan 2026 fact,Feb 2026 plan\nC01,50,40,50\n")
    code, _, err = run("plan", clients_xlsx, "--operational", plan, "--lang", "en")
    assert (code, err) == (0, "")
    book = openpyxl.load_workbook(tmp_path / "clients-plans.xlsx", data_only=True)
    assert "Operational dashboard" in book.sheetnames


def test_a_file_without_an_operational_plan_is_refused(run, clients_xlsx):
    code, _, err = run("plan", clients_xlsx, "--operational", clients_xlsx, "--lang", "en")
    assert (code, err.count("\n")) == (3, 1)
    assert "no operational plan was found" in err


def test_backup_keeps_what_was_there(run, clients_xlsx):
    run("plan", clients_xlsx, "--lang", "en")
    plans = clients_xlsx.with_name("clients-plans.xlsx")
    before = plans.read_bytes()
    assert run("plan", plans, "--backup")[0] == 0
    (backup,) = (path for path in plans.parent.iterdir() if ".bak" in path.name)
    assert backup.read_bytes() == before


def test_verify_says_which_parts_changed(run, clients_xlsx):
    _, out, _ = run("plan", clients_xlsx, "--lang", "en", "--verify")
    assert "parts unchanged" in out.splitlines()[-1]
    assert "sheet1.xml" not in out.splitlines()[-1]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_table_without_a_workbook_gets_one(run, tmp_path, kind):
    frame = pd.DataFrame(CLIENTS[:3], columns=HEADER)
    path = tmp_path / f"clients.{kind}"
    frame.to_csv(path, index=False) if kind == "csv" else frame.to_parquet(path)
    assert run("plan", path, "--lang", "en")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "clients-plans.xlsx", data_only=True)
    assert [list(row)[:2] for row in book.worksheets[-1].values][:2] == [["Client ID", "Client"], ["C01", "Nordwerk"]]
    assert "Nordwerk" in book.sheetnames


def test_an_existing_file_is_not_replaced_unasked(run, clients_xlsx, tmp_path):
    other = tmp_path / "other.xlsx"
    other.write_bytes(b"somebody's work")
    code, out, err = run("plan", clients_xlsx, "-o", other, "--lang", "en")
    assert (code, out, err.count("\n")) == (4, "", 1)
    assert other.read_bytes() == b"somebody's work"
    assert run("plan", clients_xlsx, "-o", other, "--overwrite")[0] == 0


@pytest.mark.parametrize("target", ["out.csv", "out.xlsm", "no such folder/out.xlsx", "."])
def test_an_unsuitable_target_is_4_and_leaves_nothing(run, clients_xlsx, tmp_path, target):
    code, _, err = run("plan", clients_xlsx, "-o", tmp_path / target, "--lang", "en")
    assert (code, err.count("\n")) == (4, 1)
    assert names_in(tmp_path) == ["clients.xlsx"]


def test_a_target_open_in_excel_is_4(run, clients_xlsx, tmp_path):
    run("plan", clients_xlsx, "--lang", "en")
    plans = tmp_path / "clients-plans.xlsx"
    before = plans.read_bytes()
    (tmp_path / "~$clients-plans.xlsx").write_bytes(b"\x03Ann" + bytes(161))
    code, _, err = run("plan", plans, "--lang", "en")
    assert (code, err.count("\n")) == (4, 1)
    assert "open" in err
    assert plans.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_4(run, clients_xlsx, tmp_path):
    tmp_path.chmod(0o500)
    try:
        assert run("plan", clients_xlsx, "--lang", "en")[0] == 4
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file size are a thing of Unix")
def test_a_full_disk_is_4_and_leaves_nothing(clients_xlsx, tmp_path):
    program = textwrap.dedent("""
        import resource
        from kam_xl import cli
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))  # the disk is full after so many bytes
        cli.main()
    """)
    done = subprocess.run(
        [sys.executable, "-c", program, "plan", str(clients_xlsx), "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (4, "", 1)
    assert names_in(tmp_path) == ["clients.xlsx"]


def test_an_interrupted_run_is_130_and_leaves_the_old_file(run, clients_xlsx, tmp_path, monkeypatch):
    run("plan", clients_xlsx, "--lang", "en")
    plans = tmp_path / "clients-plans.xlsx"
    before = plans.read_bytes()

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    assert run("plan", plans, "--lang", "en")[0] == 130
    assert plans.read_bytes() == before
    assert names_in(tmp_path) == ["clients-plans.xlsx", "clients.xlsx"]


def test_no_progress_bar_in_a_pipe(clients_xlsx):
    done = subprocess.run(
        [sys.executable, "-m", "kam_xl", "plan", str(clients_xlsx), "--lang", "en"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == (
        'Understood: 7 columns by their own names.\nNot used: H "Notes".\n'
        f"No header gives the year of the revenue; {date.today().year - 1} was assumed. "
        "The setting base_year changes it.\n"
    )


@pytest.mark.parametrize(("months", "place"), [(["Jan", "Feb"], 0), (["Jan", "Feb", "Mar", "Apr"], 2)])
def test_revenue_of_a_few_months_beside_a_yearly_budget_is_the_first_that_is_said(run, tmp_path, months, place):
    table = tmp_path / "clients.csv"
    heads = ["Client", *(f"Revenue {month} 2026" for month in months), "Procurement budget"]
    rows = [[name, *["50"] * len(months), "5000"] for name in ("Nord", "Alfa")]
    table.write_text("\n".join(",".join(row) for row in (heads, *rows)), "utf-8")
    _, out, _ = run("plan", table, "-o", tmp_path / "plans.xlsx", "--lang", "en")
    lines = out.splitlines()
    assert f"The revenue is that of {len(months)} months; the budget" in lines[place]
    assert lines[place].endswith("Positions, shares and goals rest on this revenue.")


def test_currencies_that_the_cells_of_a_csv_file_name_stay_with_their_amounts(run, text_file, tmp_path):
    source = text_file("clients.csv", "Client ID;Client;Revenue\n1;Nord;100 EUR\n2;Sud;€1,250.50\n3;West;70 USD\n")
    settings = text_file("settings.toml", 'currency = "EUR"\n')
    said = [run("plan", source, "-o", tmp_path / "plans.xlsx", "--settings", settings, "--lang", "en")[1]]
    said += [run("plan", tmp_path / "plans.xlsx", "--lang", "en")[1]]
    assert [text.splitlines()[0].split(",")[0] for text in said] == ["2 clients", "2 clients"]
    sheet = openpyxl.load_workbook(tmp_path / "plans.xlsx")["clients"]
    cells = [(cell.value, cell.number_format) for cell in sheet["C"][1:]]
    assert cells == [(100, '#,##0.00 "EUR"'), (1250.5, '#,##0.00 "EUR"'), ("70 USD", "General")]
