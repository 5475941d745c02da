"""A client that gets an ID after its plan was built keeps its plan, its rows and its history."""

from datetime import timedelta

import pytest

from kam_xl import actions
from kam_xl.actions.book.record import Record
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.actions.plans.late_ids import carried
from kam_xl.actions.plans.lost_columns import ChangedIdsError
from kam_xl.actions.team.collecting import collect
from kam_xl.plan.fields import OurSheet
from tests.actions.reports.test_agenda import Rows
from tests.actions.teamwork import hand_out, opened, type_into, typed
from tests.tables import CLIENTS, HEADER, TODAY, write_table

LATER, LATEST = TODAY + timedelta(days=31), TODAY + timedelta(days=62)
TABLE = [HEADER, *([*row[:1], row[1].replace("=1+1", "Sum"), *row[2:]] for row in CLIENTS)]


def fill_in(path, header, rows):
    with opened(path) as book:
        sheet = book.sheets["Clients"]
        sheet.range("A1:H7").value = [[*row, *[None] * (8 - len(row))] for row in [header, *rows]]
        book.save()


def add_ids(path):
    fill_in(path, TABLE[0], TABLE[1:])


@pytest.fixture
def two_builds(build, tmp_path):
    """Plans built twice, in between of which people wrote into a plan, beside the list and into the agenda."""

    def two_builds(name, first):
        path = write_table(tmp_path / name, [row[first:] for row in TABLE[1:]], HEADER[first:], competitors=None)
        build(path, path)
        with opened(path) as book:
            sheets = OurSheets(book)
            plan = next(plan for (plan,) in sheets.plans.values() if plan.title == "Nordwerk")
            plan["kam_action_what"][1].value, plan["kam_action_when"][1].value = "Visit", LATER
            listed = sheets.find(OurSheet.KEY_ACCOUNTS)
            table = listed.sheet.tables[0].range
            beside = listed.sheet.range((table.row, table.column + table.columns.count))
            beside.value = "Comment"
            beside.offset(1, 0).value = "of the first"
            book.save()
        build(path, path, today=LATER)
        with opened(path) as book:
            agenda = OurSheets(book).find(OurSheet.AGENDA)
            Rows(agenda.sheet).write("Visit", "State", "In progress")
            book.save()
        return path

    return two_builds


def shown(path):
    """All that stands on our sheets, the data check apart."""
    with opened(path) as book:
        sheets = OurSheets(book)
        return {
            ours.title: ours.sheet.used_range.value
            for ours in sheets.built()
            if ours.kind not in (OurSheet.DATA_CHECK, OurSheet.RECORD)
        }


def test_a_book_that_gets_ids_later_is_as_one_that_had_them(build, two_builds):
    path, other = two_builds("late.xlsx", 1), two_builds("early.xlsx", 0)
    add_ids(path)
    reports = [build(each, each, today=LATEST) for each in (path, other)]
    late, early = reports
    assert (late.plans.new, late.plans.former, late.changes, late.kept) == ([], [], early.changes, early.kept)
    assert shown(path) == shown(other)
    with opened(path) as one, opened(other) as two:
        names, ids = Record(OurSheets(one)), Record(OurSheets(two))
        ours = [each for each in ids.owners() if not each.startswith("data_check")]
        assert {each: names.of(each) for each in ours} == {each: ids.of(each) for each in ours}
        assert {each for each in names.owners() if not each.startswith("data_check")} == set(ours)


@pytest.mark.parametrize("button", [actions.refresh, actions.portfolio, actions.check])
def test_every_button_carries_plans_on(build, two_builds, button):
    path = two_builds("late.xlsx", 1)
    add_ids(path)
    assert not build(path, path, button, today=LATEST).changes
    with opened(path) as book:
        assert set(OurSheets(book).plans) == {"C01", "C02", "C03", "C04"}


@pytest.mark.parametrize("is_split_again", [False, True])
def test_what_a_manager_typed_under_names_comes_back(build, two_builds, tmp_path, is_split_again):
    path, work = two_builds("late.xlsx", 1), {("Nordwerk", "kam_action_what[2]"): "Offer"}
    hand_out(path, tmp_path / "out")
    manager = tmp_path / "out" / "plans Ann.xlsx"
    type_into(manager, work)
    add_ids(path)
    build(path, path, today=LATEST)
    if is_split_again:
        hand_out(path, tmp_path / "out")
        assert typed(manager)["C01"]["kam_action_what[2]"] == "Offer"
        assert set(typed(manager)) == {"C01", "C03"}
    with opened(path) as book:
        done = collect(book, tmp_path / "out", actions.Options(lang="en", today=LATEST), lambda found: True)
        book.save()
    assert (done.new, done.exchange.conflicts) == ([], [])
    assert typed(path)["C01"]["kam_action_what[2]"] == "Offer"
    assert set(typed(path)) == {"C01", "C02", "C03", "C04"}


def test_a_name_of_two_clients_identifies_none(build, two_builds):
    path = two_builds("late.xlsx", 1)
    fill_in(path, TABLE[0], [*TABLE[1:6], ["C06", "Nordwerk", *TABLE[6][2:]]])
    assert [each.client_id for each in build(path, path, today=LATEST).plans.former] == ["Nordwerk"]


def test_an_id_that_a_person_changed_in_the_plan_is_refused(build, two_builds):
    path = two_builds("late.xlsx", 1)
    with opened(path) as book:
        OurSheets(book).plans["Nordwerk"][0]["kam_client_id"].value = "N-1"
        book.save()
    add_ids(path)
    with pytest.raises(ChangedIdsError, match=r"the plan of 1 client .*: Nordwerk \(N-1, C01\)\."):
        build(path, path, today=LATEST)


def test_what_a_build_has_put_under_the_id_already_counts():
    before = {"history:2026-03-02": {"Alpha": "earlier", "7": "later", "Beta": "other"}}
    assert carried(before, {"Alpha": "7"}) == {"history:2026-03-02": {"7": "later", "Beta": "other"}}
