"""kam-xl agenda: text, JSON, calendar."""

import json
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from icalendar import Calendar

from tests.actions.teamwork import type_into
from tests.tables import write_table


@pytest.fixture
def plans(run, tmp_path):
    path = write_table(tmp_path / "plans.xlsx")
    run("plan", path, "-o", path, "--overwrite", "--lang", "en")
    visit = {"what": "Visit", "who": "Eve", "when": datetime(2020, 1, 2), "amount": 5000.0}
    type_into(path, {("C01", f"kam_action_{name}[0]"): value for name, value in visit.items()})
    return path


def test_overdue_steps_are_printed_first(run, plans):
    code, out, err = run("agenda", plans, "--lang", "en")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "Overdue  2020-01-02  Nordwerk  Visit  Eve"
    assert out.splitlines()[-1].startswith("1 overdue, ")


def test_json_has_every_line(run, plans):
    first = json.loads(run("agenda", plans, "--json", "--lang", "en")[1])[0]
    assert first == {
        "due": "overdue", "date": "2020-01-02", "kind": "action", "client_id": "C01", "client": "Nordwerk",
        "what": "Visit", "who": "Eve", "manager": "Ann", "owner": "Eve", "state": None, "amount": 5000.0,
    }  # fmt: skip


def test_only_the_steps_of_one_person(run, plans):
    assert [each["what"] for each in json.loads(run("agenda", plans, "--json", "--owner", "eve")[1])] == ["Visit"]


def test_a_part_of_a_name_will_do_and_who_is_meant_is_said(run, plans):
    cells = {"what": "Call", "who": "Eve Stone", "when": datetime(2020, 1, 3)}
    type_into(plans, {("C01", f"kam_action_{name}[1]"): value for name, value in cells.items()})
    code, out, err = run("agenda", plans, "--json", "--owner", "STONE", "--lang", "en")
    assert (code, [each["what"] for each in json.loads(out)], err.strip()) == (0, ["Call"], "The steps of Eve Stone.")
    _, out, err = run("agenda", plans, "--json", "--owner", "eve", "--lang", "en")
    assert [each["what"] for each in json.loads(out)] == ["Visit", "Call"]
    assert err.strip() == "The steps of Eve, Eve Stone."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ev", 'several people of the plans can be meant, got ev. Name one of: "Eve", "Eve Stone".'),
        ("Zoe", 'nobody in the plans has this name, got Zoe. Name one of: "Ann", '),
    ],
)
def test_a_name_that_means_several_people_or_nobody_is_refused_with_the_names(run, plans, name, said):
    cells = {"what": "Call", "who": "Eve Stone", "when": datetime(2020, 1, 3)}
    type_into(plans, {("C01", f"kam_action_{part}[1]"): value for part, value in cells.items()})
    code, out, err = run("agenda", plans, "--owner", name, "--lang", "en")
    assert (code, out) == (5, "")
    assert f"--owner: {said}" in " ".join(err.split())


def test_others_who_bear_the_whole_name_are_said_and_one_cell_may_name_several(run, plans):
    for at, who in enumerate(("Eve Stone", "Ben, Eve", "Eve Wood"), start=1):
        cells = {"what": f"Call {at}", "who": who, "when": datetime(2020, 1, 3)}
        type_into(plans, {("C01", f"kam_action_{name}[{at}]"): value for name, value in cells.items()})
    _, out, err = run("agenda", plans, "--json", "--owner", "eve", "--lang", "en")
    assert [each["what"] for each in json.loads(out)] == ["Visit", "Call 2"]
    assert 'not listed: "Eve Stone", "Eve Wood".' in " ".join(err.split())


def test_an_opportunity_is_its_manager_s_whoever_the_contact_is_and_steps_ahead_are_counted(run, plans):
    later = (date.today() + timedelta(days=40)).isoformat()
    cells = {"what": "Pumps", "with": "Mr. Smith of Nordwerk", "when": later}
    type_into(plans, {("C01", f"kam_opportunity_{name}[0]"): value for name, value in cells.items()})
    _, out, _ = run("agenda", plans, "--owner", "Ann", "--days", "60", "--lang", "en")
    assert [line for line in out.splitlines() if "Pumps" in line] == [f"Later  {later}  Nordwerk  Pumps  Ann"]
    assert "1 more than 30 days ahead, " in out.splitlines()[-1]


def events(path):
    calendar = Calendar.from_ical(path.read_bytes())
    return {str(event["summary"]): (str(event["uid"]), event.decoded("dtstart")) for event in calendar.walk("VEVENT")}


def test_a_step_that_moves_keeps_its_id_in_the_calendar(run, plans, tmp_path):
    ics = tmp_path / "week.ics"
    assert run("agenda", plans, "--ics", ics, "--lang", "en")[0] == 0
    uid, day = events(ics)["Nordwerk: Visit"]
    type_into(plans, {("C01", "kam_action_when[0]"): datetime(2020, 2, 3)})
    assert run("agenda", plans, "--ics", ics, "--overwrite", "--lang", "en")[0] == 0
    again, later = events(ics)["Nordwerk: Visit"]
    assert (again, str(day), str(later)) == (uid, "2020-01-02", "2020-02-03")


def test_plans_to_fill_in_stand_by_rank_with_a_first_step(run, plans):
    lines = [line.split("  ") for line in run("agenda", plans, "--lang", "en")[1].splitlines()]
    to_fill_in = [line for line in lines if line[0] == "Plan to fill in"]
    assert [line[1] for line in to_fill_in] == ["Nordwerk", "Северсталь: Юг/Север", "=1+1", "Alfa"]
    assert "First step: " not in to_fill_in[0][2]  # it has an action
    assert to_fill_in[3][2] == (
        "Nothing written yet. First step: Talk to the competitor that holds most about working together."
    )


def test_one_line_stands_for_all_plans_of_a_manager_in_which_nothing_is_written(run, tmp_path):
    path = tmp_path / "plans.xlsx"
    table = tmp_path / "clients.csv"
    rows = [f"Client {number},Ann,{1000 - number}" for number in range(5)]
    table.write_text("\n".join(["Client,Manager,Revenue", *rows, "Zulu,Ben,900"]) + "\n", "utf-8")
    run("plan", table, "-o", path, "--lang", "en")
    type_into(path, {("Client 0", "kam_goal[0]"): "Win the tender"})
    lines = run("agenda", path, "--lang", "en")[1].splitlines()
    assert [line.split("  ")[1] for line in lines[:-1]] == ["Client 0", "4 plans", "Zulu"]
    assert "Nothing written yet in 4 plans: Client 1, Client 2, Client 3, Client 4. First step at Client 1" in lines[1]
    assert lines[-1].startswith("6 plans to fill in")
    body = openpyxl.load_workbook(path)["This week"].iter_rows(min_row=6, values_only=True)
    assert [row[2] for row in body if row[2]] == ["5 plans", "Zulu"]  # as built, before the goal was written


def test_a_workbook_without_plans_is_told_and_ends_with_another_code(run, tmp_path):
    code, out, err = run("agenda", write_table(tmp_path / "table.xlsx"), "--lang", "en")
    assert (code, out, "the workbook has no plans yet" in err) == (5, "", True)
