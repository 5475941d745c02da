"""What managers type comes back: split, type anywhere, collect is as if it had been typed in the whole workbook."""

import shutil

import openpyxl
import pytest
from hypothesis import given, settings

from kam_xl import actions
from kam_xl.actions.book import language
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.actions.plans.context import NoPlansError
from kam_xl.actions.team.collecting import NothingToCollectError, TwiceError, collect
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.reports.conflicts import HINT, conflicts_summary, title_of
from tests.actions.team.test_splitting import FEW, add_column, column
from tests.actions.team.typing_work import LISTS, WORK
from tests.actions.teamwork import CLIENTS, hand_out, opened, type_into, typed

OPTIONS = actions.Options(lang="en")


def collected(path, folder, confirm=lambda found: True):
    with opened(path) as book:
        done = collect(book, folder, OPTIONS, confirm)
        book.save()
    return done


def refreshed(path):
    with opened(path) as book:
        actions.refresh(book, OPTIONS)
        book.save()


def at_work(folder, work):
    for name in ("Ann", "Bob"):
        type_into(folder / f"plans {name}.xlsx", {key: each for key, each in work.items() if CLIENTS[key[0]] == name})


@pytest.mark.slow
@settings(FEW, max_examples=5)
@given(before=WORK, team=WORK, meanwhile=WORK)
def test_what_is_typed_anywhere_and_collected_equals_what_is_typed_in_the_whole(
    built_xlsx, tmp_path_factory, before, team, meanwhile
):
    folder = tmp_path_factory.mktemp("collect")
    whole, reference = folder / "whole.xlsx", folder / "reference.xlsx"
    shutil.copy(built_xlsx, whole)
    type_into(whole, before)
    hand_out(whole, folder / "out")
    meanwhile = {key: each for key, each in meanwhile.items() if key not in team}
    shutil.copy(whole, reference)
    at_work(folder / "out", team)
    type_into(whole, meanwhile)
    type_into(reference, {**team, **meanwhile})
    done = collected(whole, folder / "out")
    refreshed(reference)
    if not _rows_met(team, meanwhile):
        assert (typed(whole), done.exchange.conflicts) == (typed(reference), [])
    again = collected(whole, folder / "out")
    assert (again.exchange.brought, again.exchange.conflicts) == ([], done.exchange.conflicts)


def _rows_met(team, meanwhile):
    """Whether both sides wrote into the same list of a plan: then rows find places of their own."""
    lists = [
        {(client, name) for client, key in work if (name := key.split("_")[1]) in (*LISTS, "competitor", "risk")}
        for work in (team, meanwhile)
    ]
    return lists[0] & lists[1]


def test_actions_that_both_sides_added_stand_below_each_other(plans_xlsx, tmp_path):
    hand_out(plans_xlsx, tmp_path / "out")
    at_work(tmp_path / "out", {("C01", "kam_action_what[0]"): "call", ("C01", "kam_action_who[0]"): "Ann"})
    type_into(plans_xlsx, {("C01", "kam_action_what[0]"): "visit", ("C01", "kam_action_who[0]"): "Boss"})
    done = collected(plans_xlsx, tmp_path / "out")
    cells = typed(plans_xlsx)["C01"]
    rows = [[cells[f"kam_action_{name}[{row}]"] for name in ("what", "who")] for row in (0, 1)]
    assert (rows, done.exchange.conflicts) == ([["visit", "Boss"], ["call", "Ann"]], [])


@pytest.mark.parametrize(
    ("choice", "stays"),
    [("Manager's", "hers"), ("Из общей книги", "ours"), ("ours", "ours"), ("Theirs", "hers"), ("Наше", "ours")],
)
def test_a_conflict_is_listed_with_both_texts_and_settled_by_a_choice(plans_xlsx, tmp_path, choice, stays):
    hand_out(plans_xlsx, tmp_path / "out")
    at_work(tmp_path / "out", {("C01", "kam_goal[0]"): "hers"})
    type_into(plans_xlsx, {("C01", "kam_goal[0]"): "ours"})
    collected(plans_xlsx, tmp_path / "out")
    with opened(plans_xlsx) as book:
        sheet = OurSheets(book).find(OurSheet.CONFLICTS)
        table = sheet.sheet.tables[0]
        ((*row, key),) = table.data_body_range.options(ndim=2).value
        assert (row, key) == (["C01", "Nordwerk", row[2], "Our goal", "hers", "ours", None], "kam_goal[0]")
        table.data_body_range[0, 6].value = choice
        book.save()
    done = collected(plans_xlsx, tmp_path / "out")
    assert (typed(plans_xlsx)["C01"]["kam_goal[0]"], done.exchange.conflicts) == (stays, [])
    assert collected(plans_xlsx, tmp_path / "out").exchange.brought == []
    sheet = openpyxl.load_workbook(plans_xlsx)["Conflicts"]
    assert not [row for row in sheet.iter_rows(min_row=6, values_only=True) if any(row)]


def test_a_choice_that_is_none_stays_and_is_said(plans_xlsx, tmp_path):
    hand_out(plans_xlsx, tmp_path / "out")
    at_work(tmp_path / "out", {("C01", "kam_goal[0]"): "hers"})
    type_into(plans_xlsx, {("C01", "kam_goal[0]"): "ours"})
    collected(plans_xlsx, tmp_path / "out")
    with opened(plans_xlsx) as book:
        OurSheets(book).find(OurSheet.CONFLICTS).sheet.tables[0].data_body_range[0, 6].value = "Both"
        book.save()
    done = collected(plans_xlsx, tmp_path / "out")
    text = '1 choice on the sheet Conflicts is not in its drop-down and decides nothing: "Both"'
    assert (text in done.lines("en"), len(done.exchange.conflicts)) == (True, 1)
    with opened(plans_xlsx) as book:
        assert OurSheets(book).find(OurSheet.CONFLICTS).sheet.tables[0].data_body_range[0, 6].value == "Both"


def test_the_list_of_conflicts_follows_the_language_of_the_workbook(plans_xlsx, tmp_path):
    hand_out(plans_xlsx, tmp_path / "out")
    at_work(tmp_path / "out", {("C01", "kam_goal[0]"): "hers"})
    type_into(plans_xlsx, {("C01", "kam_goal[0]"): "ours"})
    collected(plans_xlsx, tmp_path / "out")
    with opened(plans_xlsx) as book:
        language.switch(book, "ru")
        sheet = OurSheets(book).find(OurSheet.CONFLICTS)
        head = [sheet.cells(name)[0] for name in ("kam_summary", "kam_hint")]
        assert head == [conflicts_summary(1).render("ru"), HINT.render("ru")]
        assert sheet.sheet.tables[0].data_body_range.value[3] == title_of("kam_goal[0]", "ru")


def test_nothing_is_written_where_the_answer_is_no(plans_xlsx, tmp_path):
    hand_out(plans_xlsx, tmp_path / "out")
    at_work(tmp_path / "out", {("C01", "kam_goal[0]"): "hers"})
    before = typed(plans_xlsx)
    done = collected(plans_xlsx, tmp_path / "out", confirm=lambda found: False)
    assert (done.written, len(done.exchange.brought), typed(plans_xlsx)) == (False, 1, before)


def test_columns_that_a_manager_added_to_the_list_come_back(plans_xlsx, tmp_path):
    hand_out(plans_xlsx, tmp_path / "out")
    add_column(tmp_path / "out" / "plans Ann.xlsx", "Mood", {"C01": "sunny"})
    foreseen = []
    done = collected(plans_xlsx, tmp_path / "out", lambda preview: foreseen.append(preview) or True)
    assert (foreseen[0].exchange, done.exchange.homeless) == (done.exchange, [])  # the new column has a place already
    assert column(openpyxl.load_workbook(plans_xlsx), "Mood")["C01"] == "sunny"


def test_a_workbook_that_was_collected_can_be_handed_out_again(plans_xlsx, tmp_path):
    out = tmp_path / "out"
    hand_out(plans_xlsx, out)
    at_work(out, {("C01", "kam_goal[0]"): "first"})
    collected(plans_xlsx, out)
    assert hand_out(plans_xlsx, out).exchange.conflicts == []
    at_work(out, {("C01", "kam_goal[0]"): "second"})
    assert collected(plans_xlsx, out).exchange.conflicts == []
    assert typed(plans_xlsx)["C01"]["kam_goal[0]"] == "second"


def test_other_files_in_the_folder_are_left_out_and_named(plans_xlsx, clients_xlsx, tmp_path):
    hand_out(plans_xlsx, tmp_path / "out")
    shutil.copy(clients_xlsx, tmp_path / "out" / "prices.xlsx")
    done = collected(plans_xlsx, tmp_path / "out")
    assert (done.workbooks, done.left_out) == (["plans Ann.xlsx", "plans Bob.xlsx"], ["prices.xlsx"])


def test_a_folder_without_plans_is_refused(plans_xlsx, tmp_path):
    (tmp_path / "empty").mkdir()
    with opened(plans_xlsx) as book, pytest.raises(NothingToCollectError):
        collect(book, tmp_path / "empty", OPTIONS)


def test_a_workbook_without_plans_collects_nothing(plans_xlsx, clients_xlsx, tmp_path):
    hand_out(plans_xlsx, tmp_path / "out")
    with opened(clients_xlsx) as book, pytest.raises(NoPlansError):
        collect(book, tmp_path / "out", OPTIONS)


def test_two_workbooks_of_the_same_clients_are_refused_before_anything_is_brought(plans_xlsx, tmp_path):
    out = tmp_path / "out"
    hand_out(plans_xlsx, out)
    type_into(out / "plans Ann.xlsx", {("C01", "kam_goal[0]"): "Win"})
    shutil.copy(out / "plans Ann.xlsx", out / "plans Ann (1).xlsx")
    before = plans_xlsx.read_bytes()
    with pytest.raises(TwiceError, match=r"\(Nordwerk, .*\): plans Ann \(1\).xlsx, plans Ann.xlsx\. Leave the newer"):
        collected(plans_xlsx, out)
    assert plans_xlsx.read_bytes() == before
    (out / "plans Ann (1).xlsx").unlink()
    assert [each.key for each in collected(plans_xlsx, out).exchange.brought] == ["kam_goal[0]"]
