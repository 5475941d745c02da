"""kam-xl collect: what managers typed comes back."""

import re

import openpyxl
import pytest

from tests.actions.teamwork import hand_out, type_into, typed
from tests.tables import write_table


@pytest.fixture
def team(run, tmp_path):
    """A whole workbook with plans, handed out; Ann has typed."""
    whole = write_table(tmp_path / "whole.xlsx")
    run("plan", whole, "-o", whole, "--overwrite", "--lang", "en")
    hand_out(whole, tmp_path / "out")
    type_into(tmp_path / "out" / "plans Ann.xlsx", {("C01", "kam_goal[0]"): "hers"})
    return whole, tmp_path / "out"


def test_what_was_typed_comes_into_the_whole_workbook(run, team):
    whole, folder = team
    code, out, err = run("collect", folder, "--into", whole, "--lang", "en")
    assert (code, err) == (0, "")
    assert "1 cell was brought over." in out
    assert out.splitlines()[-1] == f"Written: {whole}"
    assert typed(whole)["C01"]["kam_goal[0]"] == "hers"


def test_a_dry_run_says_what_would_come_and_writes_nothing(run, team):
    whole, folder = team
    before = whole.read_bytes()
    code, out, _ = run("collect", folder, "--into", whole, "--dry-run", "--lang", "en")
    assert code == 0
    assert "1 cell would be brought over: Nordwerk!" in out
    assert whole.read_bytes() == before


def test_a_dry_run_needs_no_workbook_that_can_be_written(run, team):
    whole, folder = team
    whole.with_name(f"~${whole.name}").touch()
    assert run("collect", folder, "--into", whole, "--dry-run", "--lang", "en")[0] == 0
    assert run("collect", folder, "--into", whole, "--lang", "en")[0] == 4


def test_a_conflict_stays_unless_a_side_is_preferred(run, team):
    whole, folder = team
    type_into(whole, {("C01", "kam_goal[0]"): "ours"})
    out = run("collect", folder, "--into", whole, "--lang", "en")[1]
    assert "changed on both sides and stays as it is: Nordwerk!" in out
    assert typed(whole)["C01"]["kam_goal[0]"] == "ours"
    assert run("collect", folder, "--into", whole, "--prefer", "theirs", "--lang", "en")[0] == 0
    assert typed(whole)["C01"]["kam_goal[0]"] == "hers"


def test_the_sheets_keep_the_language_of_the_workbook(run, team):
    whole, folder = team
    type_into(whole, {("C01", "kam_goal[0]"): "ours"})
    code, out, _ = run("collect", folder, "--into", whole, "--lang", "ru")
    assert (code, out.splitlines()[-1]) == (0, f"Записано: {whole}")
    sheets = openpyxl.load_workbook(whole)
    cells = [cell for name in ("Conflicts", "Data check", "This week") for row in sheets[name] for cell in row]
    texts = [str(cell.value).replace("Северсталь: Юг/Север", "") for cell in cells if cell.data_type == "s"]
    assert {"ours", "hers"} <= set(texts)
    assert not [text for text in texts if re.search("[а-яё]", text, re.IGNORECASE)]


def test_a_folder_without_plans_is_3(run, team, tmp_path):
    (tmp_path / "empty").mkdir()
    code, _, err = run("collect", tmp_path / "empty", "--into", team[0], "--lang", "en")
    assert code == 3
    assert "there is no workbook with plans to collect from" in err


def test_what_is_not_a_folder_is_told(run, team):
    whole, folder = team
    for name, what in ((whole, "this is not a folder"), (folder / "no", "there is no such folder")):
        code, _, err = run("collect", name, "--into", whole, "--lang", "en")
        assert (code, f"{name}: {what}. Name the folder that" in err) == (3, True)
