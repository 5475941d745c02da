"""Plans handed out to managers with everything that people typed."""

import shutil

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from openpyxl.comments import Comment

from kam_xl.actions.building import Options
from kam_xl.actions.team.collecting import TwiceError, collect
from kam_xl.actions.team.exchange import HANDED, Side
from kam_xl.actions.team.splitting import split
from kam_xl.engines.values import Formula
from kam_xl.table import read
from tests.actions.team.typing_work import WORK
from tests.actions.teamwork import hand_out, opened, type_into, typed
from tests.actions.test_build import named, value
from tests.tables import edited, write_table

# Each example opens several workbooks; a failing one is small enough as it was found.
FEW = settings(
    max_examples=2,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@FEW
@given(work=WORK)
def test_a_manager_gets_everything_that_was_typed_into_the_plans(built_xlsx, tmp_path_factory, work):
    folder = tmp_path_factory.mktemp("split")
    whole = shutil.copy(built_xlsx, folder / "whole.xlsx")
    type_into(whole, work)
    hand_out(whole, folder / "out")
    handed = {}
    for name in ("Ann", "Bob"):
        handed |= typed(folder / "out" / f"plans {name}.xlsx")
    assert handed == typed(whole)


@pytest.mark.slow
@settings(FEW, max_examples=4)
@given(first=WORK, later=WORK)
def test_a_second_hand_out_brings_what_was_typed_since(built_xlsx, tmp_path_factory, first, later):
    folder = tmp_path_factory.mktemp("split")
    whole = shutil.copy(built_xlsx, folder / "whole.xlsx")
    type_into(whole, first)
    hand_out(whole, folder / "out")
    type_into(whole, later)
    done = hand_out(whole, folder / "out")
    handed = typed(folder / "out" / "plans Ann.xlsx") | typed(folder / "out" / "plans Bob.xlsx")
    assert handed == typed(whole)
    assert not done.exchange.conflicts


def test_the_same_plans_are_handed_out_under_the_same_mark(plans_xlsx, tmp_path):
    type_into(plans_xlsx, {("C01", "kam_goal[0]"): "win"})
    marks = [mark(plans_xlsx, tmp_path / name) for name in ("one", "two")]
    type_into(plans_xlsx, {("C01", "kam_goal[0]"): "hold"})
    assert marks[0] == marks[1] != mark(plans_xlsx, tmp_path / "three")


def mark(path, folder):
    hand_out(path, folder)
    with opened(folder / "plans Ann.xlsx") as book:
        return Side(book).record.of(HANDED)["id"]


def test_what_the_manager_typed_stays_and_is_named_where_both_typed(plans_xlsx, tmp_path):
    ann = tmp_path / "out" / "plans Ann.xlsx"
    hand_out(plans_xlsx, tmp_path / "out")
    type_into(ann, {("C01", "kam_goal[0]"): "hers", ("C01", "kam_achieved[0]"): "hers"})
    type_into(plans_xlsx, {("C01", "kam_goal[0]"): "ours", ("C01", "kam_period[0]"): "2026"})
    done = hand_out(plans_xlsx, tmp_path / "out")
    cells = typed(ann)["C01"]
    assert [cells[f"kam_{name}[0]"] for name in ("goal", "achieved", "period")] == ["hers", "hers", "2026"]
    assert [(each.client_id, each.key, each.theirs, each.ours) for each in done.exchange.conflicts] == [
        ("C01", "kam_goal[0]", "ours", "hers")
    ]
    assert any("was changed on both sides" in line for line in done.lines("en"))


def test_comments_and_columns_of_the_list_go_along(plans_xlsx, tmp_path):
    with edited(plans_xlsx) as book:
        named(book["Nordwerk"], "kam_goal")[0].comment = Comment("ask their board", "Ann")
    add_column(plans_xlsx, "Mood", {"C01": "sunny", "C02": "rainy"})
    hand_out(plans_xlsx, tmp_path / "out")
    ann = openpyxl.load_workbook(tmp_path / "out" / "plans Ann.xlsx")
    assert named(ann["Nordwerk"], "kam_goal")[0].comment.text == "ask their board"
    assert column(ann, "Mood") == {"C01": "sunny", "C03": None}


def test_a_column_of_the_list_added_later_is_added_to_the_manager_s(plans_xlsx, tmp_path):
    hand_out(plans_xlsx, tmp_path / "out")
    add_column(plans_xlsx, "Mood", {"C01": "sunny", "C02": "rainy"})
    hand_out(plans_xlsx, tmp_path / "out")
    assert column(openpyxl.load_workbook(tmp_path / "out" / "plans Bob.xlsx"), "Mood") == {"C02": "rainy", "C04": None}


def test_a_formula_over_a_sheet_that_is_not_handed_out_becomes_its_value_and_is_named(plans_xlsx, tmp_path):
    type_into(plans_xlsx, {("C01", "kam_goal[0]"): Formula("=Clients!E2", 600.0)})
    done = hand_out(plans_xlsx, tmp_path / "out")
    assert typed(tmp_path / "out" / "plans Ann.xlsx")["C01"]["kam_goal[0]"] == 600
    assert typed(plans_xlsx)["C01"]["kam_goal[0]"] == Formula("=Clients!E2", 600.0)
    assert len(done.as_values) == 1
    assert any("its value was handed out: Nordwerk!" in line for line in done.lines("en"))


def collect_into(path, folder, confirm=lambda preview: True):
    with opened(path) as book:
        done = collect(book, folder, Options(lang="en"), confirm)
        book.save()
    return done


def move(path, client_id, manager):
    with opened(path) as book:
        row = [cell.value for cell in book.sheets["Clients"]["A1:A8"]].index(client_id) + 1
        book.sheets["Clients"][f"D{row}"].value = manager
        book.save()


@pytest.mark.parametrize("has_plans", [True, False], ids=["from the plans", "from the table alone"])
def test_a_client_that_moves_to_another_manager_takes_its_plan_along(plans_xlsx, clients_xlsx, tmp_path, has_plans):
    source, folder = plans_xlsx if has_plans else clients_xlsx, tmp_path / "out"
    type_into(source, {("C01", "kam_goal[0]"): "win"})
    hand_out(source, folder)
    if not has_plans:
        type_into(folder / "plans Ann.xlsx", {("C01", "kam_goal[0]"): "win"})
    move(source, "C01", "Bob")
    done = hand_out(source, folder)
    ann, bob = typed(folder / "plans Ann.xlsx"), typed(folder / "plans Bob.xlsx")
    assert (sorted(ann), sorted(bob), bob["C01"]["kam_goal[0]"]) == (["C03"], ["C01", "C02", "C04"], "win")
    assert done.staying == []
    book = openpyxl.load_workbook(folder / "plans Bob.xlsx", data_only=True)
    assert value(book["Nordwerk"], "kam_manager") == "Bob"
    assert not [row for row in openpyxl.load_workbook(folder / "plans Ann.xlsx")["Key accounts"].values if "C01" in row]


def test_a_plan_with_uncollected_text_does_not_leave_its_workbook(plans_xlsx, tmp_path):
    ann = tmp_path / "out" / "plans Ann.xlsx"
    hand_out(plans_xlsx, tmp_path / "out")
    type_into(ann, {("C01", "kam_goal[0]"): "hers"})
    move(plans_xlsx, "C01", "Bob")
    done = hand_out(plans_xlsx, tmp_path / "out")
    assert typed(ann)["C01"]["kam_goal[0]"] == "hers"
    assert done.staying == ["plans Ann.xlsx: Nordwerk"]


def test_a_plan_that_waits_with_its_former_manager_is_collected_beside_the_new_one_s_and_leaves_then(
    plans_xlsx, tmp_path
):
    out, ann, bob = tmp_path / "out", tmp_path / "out" / "plans Ann.xlsx", tmp_path / "out" / "plans Bob.xlsx"
    add_column(plans_xlsx, "Mood", {"C01": "sunny"})  # a row with a comment stays in a list
    hand_out(plans_xlsx, out)
    type_into(ann, {("C01", "kam_goal[0]"): "hers", ("C01", "kam_expectations[0]"): "one"})
    move(plans_xlsx, "C01", "Bob")
    hand_out(plans_xlsx, out)
    type_into(bob, {("C01", "kam_achieved[0]"): "his", ("C01", "kam_expectations[0]"): "two"})
    foreseen = []
    done = collect_into(plans_xlsx, out, lambda preview: foreseen.append(preview) or True)
    assert foreseen[0].exchange == done.exchange  # a dry run says what the run does
    assert {each.key: each.theirs for each in done.exchange.brought if each.client_id == "C01"} == {
        "kam_goal[0]": "hers",
        "kam_expectations[0]": "one",
        "kam_achieved[0]": "his",
    }
    assert [(each.theirs, each.ours) for each in done.exchange.conflicts] == [("two", "one")]
    again = hand_out(plans_xlsx, out)
    assert (again.staying, sorted(typed(ann)), typed(bob)["C01"]["kam_goal[0]"]) == ([], ["C03"], "hers")


def test_text_that_was_collected_is_no_change_of_ours_when_plans_are_handed_out_again(plans_xlsx, tmp_path):
    out, ann = tmp_path / "out", tmp_path / "out" / "plans Ann.xlsx"
    hand_out(plans_xlsx, out)
    type_into(ann, {("C01", "kam_goal[0]"): "first"})
    collect_into(plans_xlsx, out)
    type_into(ann, {("C01", "kam_goal[0]"): "later"})
    type_into(plans_xlsx, {("C03", "kam_goal[0]"): "ours"})  # so that what is handed out changes
    assert hand_out(plans_xlsx, out).exchange.conflicts == []
    assert typed(ann)["C01"]["kam_goal[0]"] == "later"
    done = collect_into(plans_xlsx, out)
    assert ([each.theirs for each in done.exchange.brought], done.exchange.conflicts) == (["later"], [])


def test_a_folder_with_the_same_clients_under_other_names_is_refused_before_anything_is_written(plans_xlsx, tmp_path):
    out = tmp_path / "out"
    hand_out(plans_xlsx, out)
    (out / "plans Ann.xlsx").rename(out / "last year Ann.xlsx")
    (out / "not a workbook.xlsx").write_bytes(b"PK")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(TwiceError, match=r"\(Nordwerk, .*\): last year Ann.xlsx\. Collect what was typed there"):
        hand_out(plans_xlsx, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_the_manager_in_the_plan_s_head_follows_the_table(build, plans_xlsx, tmp_path):
    move(plans_xlsx, "C01", "Bob")
    build(plans_xlsx, tmp_path / "again.xlsx")
    assert value(openpyxl.load_workbook(tmp_path / "again.xlsx")["Nordwerk"], "kam_manager") == "Bob"


def add_column(path, title, contents):
    """Give the list of key accounts a column of a person's own."""
    with opened(path) as book:
        sheet = book.sheets["Key accounts"]
        table = sheet.tables[0]
        header = table.header_row_range
        top, right = header.row, header.last_cell.column + 1
        bottom = table.data_body_range.last_cell.row
        ids = header.value.index("Client ID") + header.column
        table.resize(sheet.range((top, header.column), (bottom, right)))
        sheet.range((top, right)).value = title
        for row in range(top + 1, bottom + 1):
            sheet.range((row, right)).value = contents.get(sheet.range((row, ids)).value)
        book.save()


def column(book, title):
    """Client to what a column of the list holds."""
    rows = [row for row in book["Key accounts"].values if any(row)]
    at = next(number for number, row in enumerate(rows) if "Client ID" in row)
    header = rows[at]
    return {row[header.index("Client ID")]: row[header.index(title)] for row in rows[at + 1 :]}


def test_clients_without_a_manager_go_to_a_workbook_that_says_so(tmp_path):
    header, rows = ("Client ID", "Client", "Revenue", "Manager"), [("a", "Alfa", 60, "Ann"), ("b", "Beta", 40, None)]
    hand_out(write_table(tmp_path / "in.xlsx", rows, header, competitors=None), tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["plans (not given).xlsx", "plans Ann.xlsx"]


@pytest.mark.parametrize("title", ["Manager", "Our man"])
def test_spellings_that_differ_in_letter_case_or_blanks_are_one_workbook(tmp_path, title):
    header = ("Client ID", "Client", "Revenue", title)
    rows = [("a", "Alfa", 60, "Ivanov I.I."), ("b", "Beta", 40, "ivanov I. I.")]
    source = write_table(tmp_path / "in.xlsx", rows, header, competitors=None)
    split(read(source), title, tmp_path / "out", "plans", settings={}, lang="en")
    assert len([*(tmp_path / "out").iterdir()]) == 1


def test_a_level_of_0_is_a_value_to_hand_out_by(tmp_path):
    header, rows = ("Client ID", "Client", "Revenue", "Level"), [("a", "Alfa", 60, 0), ("b", "Beta", 40, 1)]
    source = write_table(tmp_path / "in.xlsx", rows, header, competitors=None)
    split(read(source), "Level", tmp_path / "out", "plans", settings={}, lang="en")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["plans 0.xlsx", "plans 1.xlsx"]


def test_all_rows_of_an_id_go_into_one_workbook_and_that_is_told(tmp_path):
    rows = [
        ["C01", "Nordwerk", "Energy", "Ann", 600, 1000, None, None],
        ["C01", "Nord", "", "Bob", 500, 900, None, None],
    ]
    source = write_table(tmp_path / "clients.xlsx", [*rows, ["C02", "Alfa", "", "Bob", 400, 900, None, None]])
    done = hand_out(source, tmp_path / "out")
    assert sorted(typed(tmp_path / "out" / "plans Ann.xlsx")) == ["C01"]
    assert sorted(typed(tmp_path / "out" / "plans Bob.xlsx")) == ["C02"]
    assert done.shared_ids == ["C01"]
    assert any("all are in that of the first row: C01" in line for line in done.lines("en"))
