"""Buttons on Windows: the macros' own command lines against a stand-in for Excel that knows only Excel's members.

They are pressed by `tests.windows.test_calls` too, without Windows; here they go the whole way through COM.
"""

import json
import shutil

import pytest

from kam_xl import __version__
from tests.windows.excel_window import BUTTONS, open_book, write_imported
from windows.stand_in.type_library import interfaces
from windows.wine import TOP

MODEL = TOP.parent / "shared" / "data" / "excel_object_model.json"
# Excel has these; the list was read off a wrapper that has them in another form, or is older.
BESIDE_THE_LIST = {"Item", "_Default"}


@pytest.mark.skipif(not MODEL.exists(), reason="the list of Excel's members is not at hand")
def test_every_member_of_the_stand_in_is_excel_s_with_its_arguments():
    excel = json.loads(MODEL.read_text("utf-8"))
    wrong = [
        f"{interface}.{name}"
        for interface, members in interfaces().items()
        for name, member in members.items()
        if name not in BESIDE_THE_LIST
        and (
            name not in excel[interface]
            or list(member.arguments)
            != [_own(each) for each in excel[interface][name]["args"]][: len(member.arguments)]
            or member.is_property != (excel[interface][name]["kind"] == "prop")
        )
    ]
    assert wrong == []


def _own(argument):
    """The wrapper's name for an argument whose name is a word of its language."""
    return argument.lstrip("_").capitalize() if argument.startswith("_") else argument


@pytest.fixture(scope="module")
def pressed(wine, opened_page):
    """What some buttons did, by the macros' own command lines, in a workbook whose name and folder are not plain."""
    folder = wine.drive / "кнопки"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(TOP / "workbook" / "KeyAccounts_ru.xlsm", folder / "план = факт.xlsm")
    write_imported(folder)
    with open_book(wine, "C:\\кнопки\\план = факт.xlsm", state="C:\\кнопки\\моё") as book:
        return book.press_each(BUTTONS, "C:\\кнопки\\{}".format)


@pytest.mark.slow
@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_works_through_excel_s_own_members_and_leaves_excel_as_it_was(pressed, button):
    done = pressed[button]
    assert done["error"] == ""
    assert (done["code"], done["faults"], done["unknown"]) == (0, {}, [])
    assert done["state"] == {"ScreenUpdating": True, "StatusBar": False, "Calculation": -4105}
    assert not [text for text in done["shown"] if "не сработала" in text or "failed" in text]


@pytest.mark.slow
def test_plans_are_built_and_told(pressed):
    assert "Планы: 15 новых" in pressed["build_plans"]["shown"][-1]
    assert pressed["settings"]["used"]["_Worksheet.Activate"] == 1


@pytest.mark.slow
def test_what_managers_typed_is_collected(pressed):
    assert "Прочитано 4 книги" in pressed["collect"]["shown"][-1]


@pytest.mark.slow
def test_help_shows_the_guide_in_the_browser_from_a_folder_of_any_name(pressed, opened_page):
    assert pressed["help"]["shown"] == []
    assert opened_page().parts[-3:] == ("моё", f"guide-{__version__}", "guide_en.html")
    assert opened_page().read_text("utf-8").startswith("<!doctype html>")
