"""Workbooks in which Excel lets less be done: each button says one sentence about it, and nothing is half done."""

import shutil
import sys

import pytest

from tests.windows.excel_window import book_in_process
from windows.wine import TOP

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="pywin32 itself is here"),
]
NO_FOLDER = "книга лежит в OneDrive или SharePoint, и её папки на этом компьютере нет"
SITE = "https://firm.sharepoint.com/sites/Sales/Shared Documents"


@pytest.fixture
def folder(tmp_path):
    """A folder as OneDrive keeps it for a team, with a workbook in it."""
    folder = tmp_path / "firm" / "Sales - 2026"
    folder.mkdir(parents=True)
    shutil.copy(TOP / "workbook" / "KeyAccounts_ru.xlsm", folder / "план.xlsm")
    return folder


@pytest.fixture
def book(folder, tmp_path, monkeypatch):
    monkeypatch.setenv(
        "OneDriveCommercial", str(tmp_path / "firm")
    )  # below which xlwings looks for any file of the name
    with book_in_process(folder / "план.xlsm", tmp_path / "state") as book:
        yield book


def said(done):
    assert done["unknown"] == []
    assert done["state"] == {"ScreenUpdating": True, "StatusBar": False, "Calculation": -4105}
    return done["said"][-1]


@pytest.mark.parametrize(
    "web_folder", [f"{SITE}/2025", "https://d.docs.live.net/0123456789ABCDEF/Отдел", "https://intranet/docs"]
)
def test_a_workbook_in_the_web_gets_its_plans_and_asks_for_a_folder_only_for_files(book, web_folder):
    book.becomes(web_folder=web_folder)
    built = said(book.press("build_plans"))
    assert "Планы: 15 новых" in built
    assert "Книга до изменения: " in built
    for button in ("export_pdf", "deck", "split_by_manager", "collect"):
        assert NO_FOLDER in said(book.press(button)), button


@pytest.mark.parametrize(("place", "is_there"), [("2026", True), ("2025", False)])
def test_files_go_beside_the_workbook_that_onedrive_keeps_not_beside_one_of_its_name(book, folder, place, is_there):
    book.becomes(web_folder=f"{SITE}/{place}")
    book.press("build_plans")
    answer = said(book.press("deck"))
    assert (NO_FOLDER in answer) is not is_there
    assert bool(list(folder.glob("*.pptx"))) is is_there


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """A workbook with plans."""
    folder = tmp_path_factory.mktemp("plans")
    shutil.copy(TOP / "workbook" / "KeyAccounts_ru.xlsm", folder / "план.xlsm")
    with book_in_process(folder / "план.xlsm", folder / "state") as book:
        book.press("build_plans")
        book.save(str(folder / "план.xlsm"))
    return folder / "план.xlsm"


@pytest.mark.parametrize("protected", ["план.xlsm", "Настройки KAM", "Портфель"])
def test_a_protected_workbook_is_told_before_anything_is_written(plans, tmp_path, protected):
    told = "структура книги защищена" if protected.startswith("план") else f"защищён 1 лист: {protected}"
    with book_in_process(plans, tmp_path / "state") as book:
        book.becomes(protected=[protected])
        for button in ("build_plans", "refresh", "agenda", "language"):
            done = book.press(button)
            assert told in said(done), button
            assert not {"Sheets.Add", "_Worksheet.Copy", "Range.Value =", "Range.Formula ="} & set(done["used"]), button


def test_a_client_table_that_is_protected_gets_its_plans(book):
    book.becomes(protected=["Клиенты"])
    assert "Планы: 15 новых" in said(book.press("build_plans"))
