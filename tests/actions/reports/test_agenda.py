"""The agenda: every open step of all plans; what is changed on it goes back."""

from datetime import date, datetime

import pytest

from kam_xl import actions
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.actions.reports.agenda import plans_of
from kam_xl.engines.values import Formula, put
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.week.agenda import READ_FIELDS
from tests.actions.teamwork import opened, type_into, typed
from tests.tables import TODAY, write_table

VISIT = {
    ("C01", "kam_action_what[1]"): "Visit",
    ("C01", "kam_action_who[1]"): "Eve",
    ("C01", "kam_action_when[1]"): datetime(2026, 2, 27),
    ("C01", "kam_action_state[1]"): "Planned",
    ("C02", "kam_action_what[0]"): "Offer",
    ("C02", "kam_action_when[0]"): datetime(2026, 3, 5),
    ("C02", "kam_action_state[0]"): "Done",
}


def press(path, change=lambda rows: None):
    """Press "This week", after the rows of the sheet were changed; returns its rows and what stays on it alone."""
    with opened(path) as book:
        sheet = OurSheets(book).find(OurSheet.AGENDA)
        if sheet:
            change(Rows(sheet.sheet))
        report = actions.agenda(book, actions.Options(lang="en", today=TODAY))
        rows = Rows(OurSheets(book).find(OurSheet.AGENDA).sheet)
        book.save()
    return rows.listed(), [found.sheet for found in report.findings if found.code == "not-in-the-plan"]


class Rows:
    def __init__(self, sheet):
        table = sheet.tables[0]
        self.titles = table.header_row_range.value
        self.body = table.data_body_range
        self.values = self.body.options(ndim=2).value

    def listed(self):
        return [dict(zip(self.titles, row, strict=True)) for row in self.values]

    def write(self, what, title, value):
        row = next(n for n, each in enumerate(self.listed()) if each["What"] == what)
        self.body[row, self.titles.index(title)].value = value


@pytest.fixture
def week(plans_xlsx):
    type_into(plans_xlsx, VISIT)
    press(plans_xlsx)
    return plans_xlsx


def test_open_steps_stand_first_then_the_plans_to_fill_in(plans_xlsx):
    type_into(plans_xlsx, VISIT)
    rows, _ = press(plans_xlsx)
    assert [rows[0][title] for title in ("Due", "By when", "Client", "What", "Kind", "Who", "Manager", "State")] == [
        "Overdue", datetime(2026, 2, 27), "Nordwerk", "Visit", "Action", "Eve", "Ann", "Planned",
    ]  # fmt: skip
    assert "Offer" not in [row["What"] for row in rows]
    assert [row["Kind"] for row in rows[-4:]] == ["Plan to fill in"] * 4


def test_a_date_and_a_state_changed_on_the_agenda_go_back_to_the_plan(week):
    def change(rows):
        rows.write("Visit", "By when", datetime(2026, 3, 20))
        rows.write("Visit", "State", "In progress")

    rows, kept = press(week, change)
    cells = typed(week)["C01"]
    assert (cells["kam_action_when[1]"], cells["kam_action_state[1]"]) == (datetime(2026, 3, 20), "In progress")
    visit = next(row for row in rows if row["What"] == "Visit")
    assert (visit["Due"], visit["By when"], kept) == ("Within 30 days", datetime(2026, 3, 20), [])


def test_an_owner_and_a_date_written_as_text_go_back_whatever_else_was_typed_in_the_row(week):
    type_into(week, {("C01", "kam_action_when[1]"): datetime(2026, 2, 27, 10, 30)})

    def change(rows):
        for title, text in (("Who", "Max"), ("By when", "20.03.2026"), ("What", "Visit and call")):
            rows.write("Visit", title, text)

    _, kept = press(week, change)
    cells = typed(week)["C01"]
    assert (cells["kam_action_who[1]"], cells["kam_action_when[1]"]) == ("Max", datetime(2026, 3, 20))
    assert kept == ["This week"]  # the words of a step are changed in its plan


def test_a_date_that_cannot_be_read_stays_on_the_agenda_and_is_a_warning(week):
    rows, kept = press(week, lambda rows: rows.write("Visit", "By when", "after the holidays"))
    assert typed(week)["C01"]["kam_action_when[1]"] == datetime(2026, 2, 27)
    assert next(row for row in rows if row["What"] == "Visit")["By when"] == "after the holidays"
    assert kept == ["This week"]


def test_a_step_that_is_done_leaves_the_agenda(week):
    rows, kept = press(week, lambda rows: rows.write("Visit", "State", "Done"))
    assert typed(week)["C01"]["kam_action_state[1]"] == "Done"
    assert ("Visit" in [row["What"] for row in rows], kept) == (False, [])


def test_what_was_changed_in_the_plan_too_stays_on_both_and_is_reported(week):
    type_into(week, {("C01", "kam_action_state[1]"): "Cancelled soon"})
    rows, kept = press(week, lambda rows: rows.write("Visit", "State", "In progress"))
    assert typed(week)["C01"]["kam_action_state[1]"] == "Cancelled soon"
    assert next(row for row in rows if row["What"] == "Visit")["State"] == "In progress"
    assert kept == ["This week"]


def test_a_formula_in_the_plan_stays_and_what_was_typed_on_the_agenda_is_reported(week):
    planned = Formula('="Plan"&"ned"', "Planned")
    type_into(week, {("C01", "kam_action_state[1]"): planned})
    rows, kept = press(week, lambda rows: rows.write("Visit", "State", "In progress"))
    assert typed(week)["C01"]["kam_action_state[1]"] == planned
    assert next(row for row in rows if row["What"] == "Visit")["State"] == "In progress"
    assert kept == ["This week"]


def test_a_step_that_another_one_took_the_row_of_is_not_written_to(week):
    type_into(week, {("C01", "kam_action_what[1]"): "Call"})
    press(week, lambda rows: rows.write("Visit", "State", "Done"))
    assert typed(week)["C01"]["kam_action_state[1]"] == "Planned"


def test_building_the_plans_brings_the_agenda_along(build, week, tmp_path):
    with opened(week) as book:
        Rows(OurSheets(book).find(OurSheet.AGENDA).sheet).write("Visit", "By when", date(2026, 4, 30))
        book.save()
    build(week, tmp_path / "again.xlsx")
    assert typed(tmp_path / "again.xlsx")["C01"]["kam_action_when[1]"] == datetime(2026, 4, 30)


@pytest.mark.parametrize("own", ["Kick-off", Formula('="Kick-"&"off"', "Kick-off")])
def test_a_build_tells_the_agenda_what_reading_the_plans_would(tmp_path, own):
    """New plans and existing ones, of a template that proposes an action by a word or by a formula of its own."""
    path = write_table(tmp_path / "table.xlsx")
    with opened(path) as book:
        actions.build_selected(book, actions.Options(lang="en", today=TODAY), ["C01"])
        put(OurSheets(book).plan_template["kam_action_what"][1], [[own]])
        report = actions.build_plans(book, actions.Options(lang="en", today=TODAY))
        sheets = OurSheets(book)
        read = {plan.client_id: plan for plan, _ in plans_of(sheets)}
        known = {plan.client_id: plan for plan, _ in plans_of(sheets, report.plans.cells)}
    assert {client_id: said(plan) for client_id, plan in known.items()} == {
        client_id: said(plan) for client_id, plan in read.items()
    }
    by_formula = isinstance(own, Formula)  # whose value in the copies only a spreadsheet program knows
    assert sum(item.what("en") == "Kick-off" for item in report.items) == (0 if by_formula else 3)
    assert sorted(report.plans.cells) == (["C01"] if by_formula else ["C01", "C02", "C03", "C04"])


def said(plan):
    """What a plan holds, days without their time."""
    cells = {name: value if isinstance(value, list) else [value] for name, value in plan.values.items()}
    assert cells.keys() == READ_FIELDS
    return plan.client, plan.manager, {name: [day(cell) for cell in column] for name, column in cells.items()}


def day(cell):
    return cell.date() if isinstance(cell, datetime) else cell


def test_the_agenda_needs_no_client_table(week):
    with opened(week) as book:
        next(sheet for sheet in book.sheets if sheet.name == "Clients").clear()
        report = actions.agenda(book, actions.Options(lang="en", today=TODAY))
    assert [item.what("en") for item in report.items if item.step][:1] == ["Visit"]


def test_what_is_not_a_date_is_told_with_its_cell(week):
    type_into(week, {("C01", "kam_action_when[1]"): "in spring"})
    with opened(week) as book:
        report = actions.build_plans(book, actions.Options(lang="en", today=TODAY))
        place = OurSheets(book).plans["C01"][0]["kam_action_when"][1].address.replace("$", "")
    assert [(each.cell, each.value) for each in report.findings if each.code == "not-a-date"] == [(place, "in spring")]
    assert 'Visit (not a date: "in spring")' in [item.what("en") for item in report.items]


@pytest.mark.parametrize("text", ["27.02.2026", "2026-02-27"])
def test_a_date_that_is_text_counts_and_can_be_moved_on_the_agenda(week, text):
    type_into(week, {("C01", "kam_action_when[1]"): text})
    with opened(week) as book:
        report = actions.build_plans(book, actions.Options(lang="en", today=TODAY))
        assert "not-a-date" not in [each.code for each in report.findings]
        assert [item.step.when for item in report.items if item.what("en") == "Visit"] == [date(2026, 2, 27)]
        Rows(OurSheets(book).find(OurSheet.AGENDA).sheet).write("Visit", "By when", "30.04.2026")
        book.save()
    assert press(week)[1] == []
    assert typed(week)["C01"]["kam_action_when[1]"] == datetime(2026, 4, 30)


def test_an_opportunity_that_cannot_count_is_told_with_its_cell(week):
    type_into(
        week,
        {
            ("C01", f"kam_opportunity_{name}[{row}]"): value
            for row, cells in enumerate(
                [
                    {"what": "Pumps", "amount": 10.0, "probability": 40.0, "when": "31.12.2026"},
                    {"what": "Valves", "amount": 10.0, "probability": "40%", "when": "in spring"},
                    {"what": "Pipes", "amount": 10.0, "probability": 40.0, "stage": "Lost"},
                    {"what": "Seals", "amount": 10.0, "probability": 1.0, "when": datetime(2026, 12, 31)},
                ]
            )
            for name, value in cells.items()
        },
    )
    with opened(week) as book:
        report = actions.build_plans(book, actions.Options(lang="en", today=TODAY))
        plan = OurSheets(book).plans["C01"][0]
        shares, days = (
            [plan[f"kam_opportunity_{name}"][row].address.replace("$", "") for row in (0, 1)]
            for name in ("probability", "when")
        )
    told = [(each.code, each.cell, each.value) for each in report.findings if each.sheet == plan.title]
    assert sorted(told) == [
        ("date-is-text", days[0], "31.12.2026"),
        ("not-a-date", days[1], "in spring"),
        ("not-a-probability", shares[0], 40.0),
        ("not-a-probability", shares[1], "40%"),
    ]
    messages = [each.message.render("en") for each in report.findings if each.code == "not-a-probability"]
    assert [text.partition(" is ")[2].partition(":")[0] for text in messages] == ["not between 0% and 100%", "text"]
    assert [item.step.when for item in report.items if item.what("en") == "Pumps"] == [date(2026, 12, 31)]


@pytest.mark.parametrize(
    ("kind", "closed"),
    [
        ("opportunity", {"opportunity_stage": "Lost"}),
        ("action", {"action_state": "Done"}),
        ("contract", None),
    ],
)
def test_an_open_amount_that_is_text_is_told_with_its_cell(week, kind, closed):
    cells = [
        {f"{kind}_what": "Pumps", f"{kind}_amount": "5 million"},
        {f"{kind}_what": "Valves", f"{kind}_amount": 5.0},
    ]
    if closed:
        cells.append({f"{kind}_what": "Pipes", f"{kind}_amount": "5 million", **closed})
    type_into(
        week,
        {("C01", f"kam_{name}[{row}]"): value for row, each in enumerate(cells) for name, value in each.items()},
    )
    with opened(week) as book:
        report = actions.build_plans(book, actions.Options(lang="en", today=TODAY))
        place = OurSheets(book).plans["C01"][0][f"kam_{kind}_amount"][0].address.replace("$", "")
    assert [(each.cell, each.value) for each in report.findings if each.code == "not-an-amount"] == [
        (place, "5 million")
    ]


def test_a_state_that_is_none_of_the_list_is_told_and_letter_case_does_not_count(week):
    cells = {"what": ["Call", "Visit", "Offer"], "state": ["finished", "DONE", "in progress"]}
    type_into(
        week,
        {("C01", f"kam_action_{name}[{row}]"): text for name, texts in cells.items() for row, text in enumerate(texts)},
    )
    with opened(week) as book:
        report = actions.build_plans(book, actions.Options(lang="en", today=TODAY))
        place = OurSheets(book).plans["C01"][0]["kam_action_state"][0].address.replace("$", "")
    assert [(each.cell, each.value) for each in report.findings if each.code == "unknown-state"] == [
        (place, "finished")
    ]


def test_the_stage_of_an_opportunity_that_is_none_of_the_list_is_called_a_stage(week):
    type_into(week, {("C01", "kam_opportunity_what[0]"): "Pumps", ("C01", "kam_opportunity_stage[0]"): "sent"})
    with opened(week) as book:
        report = actions.build_plans(book, actions.Options(lang="en", today=TODAY))
    (found,) = [each for each in report.findings if each.code == "unknown-state"]
    assert found.message.render("en") == '"sent" is not in the list of stages: "Pumps" counts as open.'


def test_an_action_whose_date_is_text_is_told_while_it_is_open(week):
    cells = {"what": ["Call", "Visit"], "when": ["31.12.2026", "31.12.2026"], "state": [None, "Done"]}
    type_into(
        week,
        {("C01", f"kam_action_{name}[{row}]"): each[row] for name, each in cells.items() for row in (0, 1)},
    )
    with opened(week) as book:
        report = actions.build_plans(book, actions.Options(lang="en", today=TODAY))
        plan = OurSheets(book).plans["C01"][0]
        place = plan["kam_action_when"][0].address.replace("$", "")
    assert [(each.cell, each.value) for each in report.findings if each.code == "date-is-text"] == [
        (place, "31.12.2026")
    ]
