"""What the buttons do, from the command line: refresh, import, PDF, language, guide, a new workbook, the doctor."""

import json

import openpyxl
import pytest

from tests.tables import CLIENTS, edited, write_table


@pytest.fixture
def plans(run, clients_xlsx):
    assert run("plan", clients_xlsx, "-o", clients_xlsx, "--overwrite", "--lang", "en")[0] == 0
    return clients_xlsx


@pytest.fixture
def october(text_file):
    return text_file("october.csv", "Client ID;Client;Revenue\nC01;Nordwerk;650\nC09;New;7\n")


def test_refresh_updates_in_place_and_tells(run, plans):
    code, out, err = run("refresh", plans, "--lang", "en", "--verify")
    assert (code, err) == (0, "")
    assert "Plans: 0 new, 4 updated" in out
    assert "parts unchanged" in out.splitlines()[-1]


def test_refresh_writes_another_file_where_one_is_named(run, plans, tmp_path):
    before = plans.read_bytes()
    assert run("refresh", plans, "-o", tmp_path / "other.xlsx", "--lang", "en")[0] == 0
    assert (plans.read_bytes(), (tmp_path / "other.xlsx").exists()) == (before, True)


def test_only_the_plans_of_some_clients(run, clients_xlsx, tmp_path):
    out = tmp_path / "some.xlsx"
    code, said, _ = run("plan", clients_xlsx, "-o", out, "--client", "Alfa", "--client", "C05", "--lang", "en")
    assert code == 0
    assert said.splitlines() == [
        "6 clients, 4 key accounts; the limit allows 1, 3 are above it.",
        "Proposed goals of the key accounts: 2026: 898.33, 2027: 996.67, 2028: 1,095; their revenue is 800 today.",
        "Plans: 1 new, 0 updated, 0 of clients that are no longer key.",
        "Data check: Nothing to correct.",
        "1 client is not a key account, so no plan was built for it: Small. "
        "A mark under Reference or Expertise would make it one.",
        f"Written: {out}",
    ]
    made = openpyxl.load_workbook(out).sheetnames
    assert made == ["Plan template", "Alfa", "KAM record", "Clients", "Competitors"]


def test_an_unknown_client_is_5(run, clients_xlsx):
    assert run("plan", clients_xlsx, "--client", "Nobody", "--lang", "en")[0] == 5


def test_nothing_to_refresh_is_3(run, clients_xlsx):
    code, _, err = run("refresh", clients_xlsx, "--lang", "en")
    assert (code, err) == (
        3,
        "kam-xl: clients.xlsx: there is nothing to refresh yet. Build the plans first: kam-xl plan.\n",
    )


def test_an_import_tells_and_writes(run, plans, october):
    code, out, err = run("import", "clients", plans, october, "--lang", "en")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "october.csv: 1 changed, 1 new, 0 unchanged. Not in it, and kept: 5.",
        "Nordwerk: Revenue 600 → 650",
        "New: New",
        "7 clients, 4 key accounts; the limit allows 1, 3 are above it.",
        "Proposed goals of the key accounts: 2026: 948.33, 2027: 1,047, 2028: 1,145; their revenue is 850 today.",
        "1 plan has another goal than the proposed one; list and portfolio count the plan's: Nordwerk.",
        "Plans: 0 new, 4 updated, 0 of clients that are no longer key.",
        "Data check: 0 errors, 0 warnings, 1 note.",
        f"Written: {plans}",
    ]
    assert openpyxl.load_workbook(plans)["Clients"]["E2"].value == 650


def test_a_dry_run_and_an_import_without_changes_write_nothing(run, plans, october):
    before = plans.read_bytes()
    (open_in_excel := plans.with_name(f"~${plans.name}")).touch()  # which only keeps it from being written
    assert run("import", "clients", plans, october, "--dry-run", "--lang", "en")[0] == 0
    open_in_excel.unlink()
    october.write_text("Client ID;Client;Revenue\nC01;Nordwerk;600\n", encoding="utf-8")
    code, out, _ = run("import", "clients", plans, october, "--lang", "en")
    assert (code, out) == (0, "october.csv: 0 changed, 0 new, 1 unchanged. Not in it, and kept: 5.\n")
    assert plans.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("Client ID;Client;Revenue\nC01;Nordwerk;много\n", 3, "is not a number"),
        ("Client ID;Client;Revenue\nC01;A;1\nC01;B;2\n", 3, "is already in the table"),
        ("Client ID;Client;Revenue\n", 3, "the table has no clients"),
        ("nothing here\n", 3, "no column of clients"),
        ("Client ID;Client;Revenue, kEUR\nC01;A;1\n", 3, "may be in different units"),
    ],
)
def test_a_bad_file_is_one_sentence_and_nothing_written(run, plans, october, text, code, said):
    before = plans.read_bytes()
    october.write_text(text, encoding="utf-8")
    got, out, err = run("import", "clients", plans, october, "--lang", "en")
    assert (got, out, err.count("\n")) == (code, "", 1)
    assert said in err
    assert plans.read_bytes() == before


def test_a_read_only_workbook_is_told(run, plans, october, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: False)  # root may write everything
    before = plans.read_bytes()
    code, _, err = run("import", "clients", plans, october, "--lang", "en")
    assert (code, "the file is read-only" in err, plans.read_bytes()) == (4, True, before)


def test_a_missing_workbook_is_told(run, october, tmp_path):
    code, _, err = run("import", "clients", tmp_path / "none.xlsx", october, "--lang", "en")
    assert (code, "there is no such file" in err) == (3, True)


def test_no_such_plan_is_5(run, plans):
    code, _, err = run("pdf", plans, "--client", "C05", "--lang", "en")
    assert (code, err) == (5, "kam-xl: clients.xlsx: there is no such plan, got C05.\n")


def test_the_language_goes_over_and_back(run, plans):
    assert run("language", plans, "ru")[1].startswith("Книга переключена на русский язык.")
    assert {"Ключевые клиенты", "Портфель"} <= set(openpyxl.load_workbook(plans).sheetnames)
    assert run("language", plans)[1].startswith("The workbook is now in English.")
    assert {"Key accounts", "Portfolio"} <= set(openpyxl.load_workbook(plans).sheetnames)


def test_what_people_typed_survives_the_other_language(run, plans):
    with edited(plans) as book:
        ((_, cell),) = book["Alfa"].defined_names["kam_goal"].destinations
        book["Alfa"][cell.split(":")[0]] = "Win them"
    run("language", plans, "ru")
    assert openpyxl.load_workbook(plans)["Alfa"][cell.split(":")[0]].value == "Win them"


@pytest.mark.parametrize(("built", "looks"), [("Nordwerk", "template"), ("Alfa", "as it was")])
def test_in_parts_of_a_workbook_new_plans_look_like_its_template_and_others_as_they_were(
    run, clients_xlsx, tmp_path, built, looks
):
    run("plan", clients_xlsx, "-o", clients_xlsx, "--overwrite", "--client", built, "--lang", "en")
    with edited(clients_xlsx) as book:
        before = book[built]["A1"].fill.fgColor.rgb
        book["Plan template"]["A1"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF112233")
    assert run("plan", clients_xlsx, "--split-by", "manager", "-o", tmp_path / "out", "--lang", "en")[0] == 0
    part = openpyxl.load_workbook(tmp_path / "out" / "clients Bob.xlsx")
    assert part["Alfa"]["A1"].fill.fgColor.rgb == {"template": "FF112233", "as it was": before}[looks]


def test_a_new_workbook_takes_clients_and_builds_plans(run, tmp_path):
    assert run("new", tmp_path / "mine", "--lang", "en")[0] == 0
    made = tmp_path / "mine" / "KeyAccounts.xlsm"
    source = write_table(tmp_path / "mine.xlsx", CLIENTS[:3], competitors=None)
    assert run("import", "clients", made, source, "--lang", "en")[0] == 0
    code, out, _ = run("plan", made, "--lang", "en")
    assert (code, out.splitlines()[2]) == (0, "Plans: 2 new, 0 updated, 0 of clients that are no longer key.")


def test_the_doctor_ends_with_1_where_there_is_a_fault(run, monkeypatch):
    from kam_xl.install import machine

    monkeypatch.setattr(machine, "this_machine", lambda: broken)
    broken = machine.Machine("linux", "python", "3.12", machine.Path.home(), "0.0", libreoffice="25.2")
    code, out, _ = run("doctor", "--json", "--lang", "en")
    (fault,) = [check for check in json.loads(out) if check["grade"] == "fault"]
    assert (code, fault["code"]) == (1, "functions")


def test_the_doctor_of_this_machine_finds_no_fault_but_perhaps_a_libreoffice_without_python(run):
    code, out, _ = run("doctor", "--json", "--lang", "ru")
    faults = {check["code"] for check in json.loads(out) if check["grade"] == "fault"}
    assert faults <= {"calc-python"}
    assert code == len(faults)
    assert run("doctor", "--lang", "ru")[1].startswith("хорошо: kam_xl")


def test_the_guide_is_where_it_says(run, tmp_path, monkeypatch):
    monkeypatch.setenv("KAM_XL_STATE", str(tmp_path / "kam_xl"))
    code, out, _ = run("guide", "--path", "--lang", "ru")
    assert (code, (tmp_path / "kam_xl").exists(), out.strip().endswith("guide_ru.html")) == (0, True, True)


@pytest.mark.parametrize("command", ["refresh", "deck", "changes", "whitespace"])
def test_a_setting_that_cannot_be_is_told_with_its_file(run, clients_xlsx, text_file, command):
    settings = text_file("kam.toml", "key_revenue_share = 9\n")
    code, _, err = run(command, clients_xlsx, "--settings", settings, "--lang", "en")
    assert (code, str(settings) in err) == (2, True)
