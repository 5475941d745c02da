"""A workbook keeps the operational plan that came from a file of its own, and counts with it from then on."""

import json

import openpyxl
import pytest

from tests.tables import edited

CLIENTS = "Client;Revenue 2025;Budget;Manager\nNord;1000;4000;Ann\nSued;800;5000;Ann\n"
PLAN = "Client;Indicator;Q1 2030;Q2 2030;Q3 2030;Q4 2030\nNord;Plan;900;900;900;900\nSued;Plan;700;700;700;700\n"
KEPT = "Operational plan from file"


@pytest.fixture
def clients(text_file):
    return text_file("clients.csv", CLIENTS)


@pytest.fixture
def plans(run, clients, text_file, tmp_path):
    """A workbook built with an operational plan whose file is gone."""
    file, path = text_file("plan2030.csv", PLAN), tmp_path / "plans.xlsx"
    assert run("plan", clients, "--operational", file, "-o", path, "--lang", "en")[0] == 0
    file.unlink()
    return path


def planned(run, path, *options):
    """The operational plan of each client as it is read now."""
    _, out, _ = run("explain", path, "Nord", "--lang", "en", *options)
    return [line for line in out.splitlines() if "2030" in line]


def codes(run, path):
    _, out, _ = run("check", path, "--json", "--lang", "en")
    return {each["code"] for each in json.loads(out)}


def cells(path, sheet=KEPT):
    return [list(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_every_later_command_counts_with_it(run, plans, clients, text_file):
    first = planned(run, clients, "--operational", text_file("plan2030.csv", PLAN))
    assert first
    assert planned(run, plans) == first
    for command in ("plan", "refresh"):
        assert run(command, plans, "--lang", "en")[0] == 0
        assert planned(run, plans) == first
    assert codes(run, plans) >= {"operational-plan-kept"}


def test_it_stands_on_a_visible_sheet_that_says_where_it_is_from(plans):
    header, first, *_ = cells(plans)
    assert header[:4] == ["Client ID", "Client", "Period", "Revenue plan"]
    assert first[:4] == [None, "Nord", "Q1 2030", 900]
    assert str(first[-1]).startswith("plan2030.csv, ")


def test_what_is_typed_there_counts(run, plans):
    before = planned(run, plans)
    with edited(plans) as book:
        book[KEPT]["D2"] = 1900
    after = planned(run, plans)
    assert not any("4,600" in line for line in before)
    assert any("4,600" in line for line in after)


def test_amounts_in_thousands_are_kept_as_what_they_are(run, text_file, tmp_path):
    clients = text_file("c.csv", "Client;Revenue 2025, kEUR;Budget, kEUR\nNord;1000;4000\nSued;800;5000\n")
    plan = text_file("p.csv", PLAN)
    path = tmp_path / "plans.xlsx"
    run("plan", clients, "--operational", plan, "-o", path, "--lang", "en")
    assert cells(path)[1][3] == 900_000
    assert planned(run, path) == planned(run, clients, "--operational", plan)


def test_a_newer_file_takes_its_place_and_what_only_the_old_one_had_is_told(run, plans, text_file):
    newer = text_file("plan2031.csv", PLAN.replace("2030", "2031").replace("Nord;Plan;900", "Nord;Plan;100"))
    code, _, _ = run("plan", plans, "--operational", newer, "--lang", "en")
    assert code == 0
    assert [row[2:4] for row in cells(plans)[1:3]] == [["Q1 2031", 100], ["Q2 2031", 900]]
    told = [str(row) for row in cells(plans, "Data check") if "are not in plan2031.csv" in str(row)]
    assert ["Q1 2030, Q2 2030, Q3 2030, Q4 2030" in each for each in told] == [True]


def test_a_client_added_to_the_table_later_finds_its_plan(run, clients, text_file, tmp_path):
    plan, path = text_file("p.csv", PLAN.replace("Sued", "West")), tmp_path / "plans.xlsx"
    run("plan", clients, "--operational", plan, "-o", path, "--lang", "en")
    assert "unknown-client" in codes(run, path)
    with edited(path) as book:
        book["clients"]["A3"] = "West"
    assert "unknown-client" not in codes(run, path)


def test_a_plan_that_is_gone_is_told(run, plans):
    with edited(plans) as book:
        del book[KEPT]
    assert run("refresh", plans, "--lang", "en")[0] == 0
    assert any("now there is none" in str(row) for row in cells(plans, "Data check"))
    run("refresh", plans, "--lang", "en")
    assert not any("now there is none" in str(row) for row in cells(plans, "Data check"))


def test_another_operational_plan_in_the_workbook_is_not_passed_over_in_silence(run, plans):
    with edited(plans) as book:
        sheet = book.create_sheet("Plan")
        for row in (["Client", "Q1 2030"], ["Nord", 5]):
            sheet.append(row)
    assert "plan-not-read" in codes(run, plans)
    assert any("3,600" in line for line in planned(run, plans))
