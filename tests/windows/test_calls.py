"""Every button through xlwings' own code for Windows: only members that Excel has, and how many calls they make.

Without COM, so on every system; `tests.windows.test_buttons` presses some of them through COM.
"""

import shutil
import sys

import openpyxl
import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.buttons import press
from tests.actions.reports.test_whitespace import book_of, mark
from tests.actions.teamwork import opened
from tests.tables import write_table
from tests.windows.excel_window import BUTTONS, assert_drop_downs_are_in_english, book_in_process, write_imported
from windows.wine import TOP

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="pywin32 itself is here"),
]
# The calls to Excel that a press may make for one plan more.
PLAN = {"build_plans": 125, "again": 45, "refresh": 45, "agenda": 40, "deck": 45, "check": 10, "collect": 105}
PLAN |= {"split_by_manager": 8, "language": 385}
FEW, MORE = 3, 9  # clients, each of whom has a tenth of the revenue and so gets a plan


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("Пётр Иванов")


@pytest.fixture(scope="module")
def pressed(folder):
    """What each button did, in an order in which each has something to do."""
    path = folder / "план = факт.xlsm"
    shutil.copy(TOP / "workbook" / "KeyAccounts_ru.xlsm", path)
    write_imported(folder)
    with book_in_process(path, folder) as book:
        done = book.press_each(BUTTONS, lambda name: str(folder / name))
        book.save(str(folder / "после.xlsm"))
    return done


@pytest.mark.parametrize("code", BUTTONS)
def test_a_button_asks_excel_for_its_own_members_alone_and_fails_nowhere(pressed, code):
    done = pressed[code]
    assert done["unknown"] == []
    assert not [text for text in done["said"] if "не сработала" in text or "failed" in text]
    assert done["state"] == {"ScreenUpdating": True, "StatusBar": False, "Calculation": -4105}


def test_the_drop_downs_of_plans_offer_single_words_of_the_other_language(pressed, folder):
    assert_drop_downs_are_in_english(folder / "после.xlsm")


@pytest.fixture(scope="module")
def calls(tmp_path_factory):
    """How many calls each button makes, in a book of few plans and in one of more."""
    return [calls_with(clients, tmp_path_factory.mktemp("calls")) for clients in (FEW, MORE)]


def calls_with(clients, folder):
    rows = [[f"C{number:02}", f"Client {number}", 1000, "Ann"] for number in range(1, clients + 1)]
    path = write_table(folder / "book.xlsx", rows, ["Client ID", "Client", "Revenue", "Manager"], competitors=())
    order = ("build_plans", "build_plans", "refresh", "agenda", "deck", "check", "split_by_manager", "collect")
    with book_in_process(path, folder) as book:
        done = [sum(book.press(code)["used"].values()) for code in (*order, "language")]
    return dict(zip(("build_plans", "again", *order[2:], "language"), done, strict=True))


@pytest.mark.parametrize("code", PLAN)
def test_a_plan_more_costs_a_button_few_calls(calls, code):
    few, more = calls
    assert more[code] - few[code] <= PLAN[code] * (MORE - FEW), (few, more)


def test_excel_renames_a_plan_sheet_with_its_client(tmp_path, monkeypatch):
    monkeypatch.setenv("KAM_XL_STATE", str(tmp_path))
    path = write_table(tmp_path / "book.xlsx")
    with opened(path) as book:
        press("build_plans", book=book)
        book.sheets["Clients"]["B2"].value = "Holding"
        book.save()
    with book_in_process(path, tmp_path) as book:
        assert book.press("build_plans")["unknown"] == []
        book.save(str(tmp_path / "excel.xlsx"))
    titles = openpyxl.load_workbook(tmp_path / "excel.xlsx").sheetnames
    assert ("Holding" in titles, "Nordwerk" in titles) == (True, False)


@pytest.fixture
def with_charts(tmp_path):
    """A client table between two sheets of charts."""
    book = openpyxl.load_workbook(TOP / "examples" / "clients_ru.xlsx")
    for place, title in ((0, "Графики"), (len(book.sheetnames) + 1, "Ещё графики")):
        book.create_chartsheet(title, place).add_chart(openpyxl.chart.BarChart())
    book.save(tmp_path / "с графиками.xlsx")
    return tmp_path / "с графиками.xlsx"


def test_excel_gets_the_same_cells_as_a_file_in_the_same_places_beside_sheets_of_charts(
    with_charts, tmp_path, monkeypatch
):
    monkeypatch.setenv("KAM_XL_STATE", str(tmp_path))
    with book_in_process(with_charts, tmp_path) as book:
        assert book.press("build_plans")["unknown"] == []
        book.save(str(tmp_path / "excel.xlsx"))
    app = xw.engines["file"].apps.add()
    expected = app.books.open(with_charts)
    press("build_plans", book=expected)
    assert cells(app.books.open(tmp_path / "excel.xlsx")) == cells(expected)
    app.quit()


@pytest.fixture
def white_spots(tmp_path, monkeypatch):
    """Two books alike: their sheets of white spots made by Excel, and in a file."""
    monkeypatch.setenv("KAM_XL_STATE", str(tmp_path))
    folders = [tmp_path / "in excel", tmp_path / "in a file"]
    for folder in folders:
        folder.mkdir()
    paths = [book_of(folder / "book.xlsx", 4, 2) for folder in folders]
    press_in_both(paths, "build_plans", "whitespace")
    return paths


def press_in_both(paths, *codes):
    excel, file = paths
    with book_in_process(excel, excel.parent) as book:
        assert [book.press(code)["unknown"] for code in codes] == [[]] * len(codes)
        book.save(str(excel))
    with opened(file) as book:
        for code in codes:
            press(code, book=book)
        book.save()


def test_white_spots_in_excel_are_those_of_a_file_also_in_another_language(white_spots):
    for path in white_spots:
        with opened(path) as book:
            mark("Client 01")(OurSheets(book))
            book.save()
    press_in_both(white_spots, "whitespace", "language", "whitespace")
    excel, file = white_spots
    with opened(excel) as book, opened(file) as other:
        assert cells(book) == cells(other)
        assert OurSheets(book).plans["C01"][0].cells("kam_opportunity_what")[0] == "Group 02"


def cells(book):
    """Every cell as it would be typed, by sheet in their order."""
    return [(sheet.name, sheet.used_range.formula) for sheet in book.sheets]
