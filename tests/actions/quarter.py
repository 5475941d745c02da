"""A quarter in the life of a team, step by step, on whatever program opens the whole workbook."""

from datetime import date, datetime, timedelta

from kam_xl import actions
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.actions.output.deck import review
from kam_xl.actions.plans.context import BuildContext
from kam_xl.actions.team.collecting import collect
from kam_xl.actions.team.exchange import Side
from kam_xl.actions.team.splitting import split
from kam_xl.plan.deck.review import slides
from kam_xl.plan.deck.slide_parts import Table
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.week.agenda import AGENDA
from kam_xl.table import read_book
from tests.actions.teamwork import opened, type_into
from tests.tables import CLIENTS, TODAY, write_table

TEAM = {"C01": "Ann", "C02": "Bob", "C03": "Cleo", "C04": "Bob"}
"""The key accounts and their three managers."""

NEXT_MONTH = TODAY + timedelta(days=31)
OPTIONS = {"lang": "en"}

WORK = {
    "kam_goal[0]": "Win the second plant",
    "kam_achieved[0]": "Frame contract since 2024",
    "kam_target_penetration[0]": 0.65,
    "kam_action_what[0]": "Visit the plant",
    "kam_action_who[0]": "Eve",
    "kam_action_when[0]": datetime(2026, 4, 10),
    "kam_opportunity_what[0]": "Line 2",
    "kam_opportunity_amount[0]": 40.0,
    "kam_opportunity_probability[0]": 0.5,
    "kam_opportunity_when[0]": datetime(2027, 3, 1),
    "kam_stakeholder_name[0]": "Dana",
    "kam_stakeholder_attitude[0]": "Supporter",
    "kam_stakeholder_influence[0]": "High",
    "kam_risk_what[1]": "Price war",
}
"""What every manager types into each plan: a goal, an action, an opportunity, a person, a risk."""

CHOICES = ("kam_stakeholder_attitude[0]", "kam_stakeholder_influence[0]")


def work_of(manager):
    """Client and cell to what a manager types; each text says whose it is."""
    return {
        (client_id, key): f"{content} ({client_id})" if isinstance(content, str) and key not in CHOICES else content
        for client_id, name in TEAM.items()
        if name == manager
        for key, content in WORK.items()
    }


def a_team(path):
    """The small table with a third manager."""
    rows = [[*row] for row in CLIENTS]
    rows[2][3] = "Cleo"
    return write_table(path, clients=rows)


def the_first_month(open_book, path, folder):
    """Build, hand out, have the managers type, collect; returns what collecting said."""
    with open_book(path) as book:
        actions.build_plans(book, actions.Options(today=TODAY, **OPTIONS))
        book.save()
    with opened(path) as book:  # not by the reader of files, which Calc's Python lacks
        table = read_book(book)
    split(table, "manager", folder, "plans", settings={}, lang="en", source=path)
    for manager in dict.fromkeys(TEAM.values()):
        type_into(folder / f"plans {manager}.xlsx", work_of(manager))
    with open_book(path) as book:
        done = collect(book, folder, actions.Options(today=TODAY, **OPTIONS))
        book.save()
    return done


def the_next_month(open_book, path):
    """Revenue of one key account falls, that of another rises; build again. Returns the report."""
    with open_book(path) as book:
        book.sheets["Clients"]["E2"].value = 480
        book.sheets["Clients"]["E4"].value = 130
        report = actions.build_plans(book, actions.Options(today=NEXT_MONTH, **OPTIONS))
        book.save()
    return report


def typed_cells(open_book, path):
    """(client, cell) to its content, of all that the managers typed."""
    with open_book(path) as book:
        side = Side(book)
        plans = {client_id: side.plan(client_id) for client_id in TEAM}
        return {
            (client_id, key): plan.plan.sheet.range(plan.place(key)).value
            for client_id, plan in plans.items()
            for key in WORK
        }


def everything_typed():
    """What must stand in the plans whatever happens."""
    return {key: content for manager in dict.fromkeys(TEAM.values()) for key, content in work_of(manager).items()}


def check_the_quarter(open_book, path, folder):
    """The whole story; each assertion is a promise to the team."""
    done = the_first_month(open_book, path, folder)
    assert (done.workbooks, done.exchange.conflicts) == ([f"plans {each}.xlsx" for each in ("Ann", "Bob", "Cleo")], [])
    assert typed_cells(open_book, path) == everything_typed()
    report = the_next_month(open_book, path)
    assert typed_cells(open_book, path) == everything_typed()
    assert report.changes[0].kind.value == "alarm"
    told = {(change.client, change.what.render("en"), change.before, change.after) for change in report.changes}
    assert {("Nordwerk", "Revenue", 600, 480), ("Северсталь: Юг/Север", "Revenue", 100, 130)} <= told
    visits = [item for item in report.items if item.step and item.step.what.startswith("Visit the plant")]
    assert sorted(item.plan.client_id for item in visits) == sorted(TEAM)
    assert {item.step.when for item in visits} == {date(2026, 4, 10)}
    with open_book(path) as book:
        sheets = OurSheets(book)
        plan = sheets.plans["C01"][0]
        assert plan.cells("kam_trend_revenue")[:3] == [600, 480, None]
        assert plan.cells("kam_map_name")[0].startswith("Dana")
        listed = sheets.find(OurSheet.AGENDA).sheet.tables[0].data_body_range.options(ndim=2).value
        assert sum(str(row[3]).startswith("Visit the plant") for row in listed) == len(TEAM)
        first = sheets.find(OurSheet.CHANGES).sheet.tables[0].data_body_range.options(ndim=2).value[0]
        assert first[:3] == ["Alarm", "Nordwerk", "Revenue"]
        texts = texts_of_the_deck(book)
        assert sum(text.startswith("Visit the plant") for text in texts) == 2 * len(TEAM)  # the ranking, and the slides
        assert "Alarm" in texts
        agenda_is_answered(book)


def texts_of_the_deck(book):
    """The cells of all tables of the review, before they are drawn."""
    context = BuildContext(book, read_book(book), today=NEXT_MONTH, settings={}, **OPTIONS)
    parts = [part for slide in slides(review(context), "en") for part in slide.parts.values()]
    return [text for part in parts if isinstance(part, Table) for row in part.rows for text in row]


def agenda_is_answered(book):
    """A state set on the agenda is in its plan after the next press, and the step is no longer listed."""
    agenda = OurSheets(book).find(OurSheet.AGENDA).sheet.tables[0].data_body_range
    what, state = (next(at for at, column in enumerate(AGENDA) if column.code == code) for code in ("what", "state"))
    steps = [row[what] for row in agenda.options(ndim=2).value]
    agenda[steps.index("Visit the plant (C02)"), state].value = "Done"
    week = actions.agenda(book, actions.Options(today=NEXT_MONTH, **OPTIONS))
    assert OurSheets(book).plans["C02"][0].cells("kam_action_state")[0] == "Done"
    left = {item.plan.client_id for item in week.items if item.step and item.step.what.startswith("Visit the plant")}
    assert left == {*TEAM} - {"C02"}
