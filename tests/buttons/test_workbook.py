"""Every button on the workbook as it comes: it works, and what it has no business with is the same byte for byte."""

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kam_xl.actions.book.language import language_of
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.buttons import COMMANDS, press, tasks
from kam_xl.install import bundled
from kam_xl.locale import LANGUAGES, Text
from kam_xl.plan.fields import OurSheet
from tests.actions.reports.test_whitespace import book_of
from tests.tables import write_table

# What may change besides sheets of ours: the list of sheets and parts, formats, names.
OURS = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "[Content_Types].xml"}
MACROS = {"xl/vbaProject.bin", "customUI/customUI14.xml", "_rels/.rels"}


@pytest.fixture
def workbook(tmp_path):
    return Path(shutil.copy(bundled.workbook("ru"), tmp_path))


@pytest.fixture
def pressed(opened, workbook):
    """Press buttons on the workbook and save it; returns the messages, and the parts that changed."""

    def pressed(*buttons, argument=""):
        book = opened(workbook)
        with zipfile.ZipFile(workbook) as before:
            old = {name: before.read(name) for name in before.namelist()}
        for code in buttons:
            press(code, argument if code == "import_table" else "", book)
        book.save()
        with zipfile.ZipFile(workbook) as after:
            changed = {name for name in old if name not in after.namelist() or after.read(name) != old[name]}
        return book.app.impl.alerts, changed

    return pressed


@pytest.mark.parametrize("button", ["check", "portfolio", "dashboard", "build_plans", "split_by_manager", "settings"])
def test_a_button_leaves_macros_ribbon_and_people_s_sheets_byte_for_byte(pressed, button):
    alerts, changed = pressed(button)
    assert [alert.mode for alert in alerts] == (["info"] if button != "settings" else [])
    assert not changed & MACROS
    # Sheets that change do so only in being the selected tab.
    assert changed - OURS <= {f"xl/worksheets/sheet{number}.xml" for number in (1, 5)}


def test_build_select_refresh_in_a_row(pressed, workbook):
    alerts, changed = pressed("build_plans", "refresh", "check", "portfolio")
    assert [alert.mode for alert in alerts] == ["info"] * 4
    assert not changed & MACROS
    assert len(openpyxl.load_workbook(workbook).sheetnames) == 9 + 7 + 15


def test_an_import_changes_the_client_table_alone(pressed, workbook, text_file):
    source = text_file("new.csv", "Client ID;Client;Revenue\nNEW1;Newcomer;12345\n")
    alerts, changed = pressed("import_table", argument=str(source))
    assert [alert.buttons for alert in alerts] == ["yes_no", "ok"]
    assert changed - OURS - {"xl/tables/table1.xml"} <= {f"xl/worksheets/sheet{number}.xml" for number in (1, 2)}
    sheet = openpyxl.load_workbook(workbook).worksheets[1]
    (table,) = sheet.tables.values()
    last = [cell.value for cell in sheet[table.ref][-1]]
    assert last[:2] == ["NEW1", "Newcomer"]
    assert any(str(value).startswith("=") for value in last)


def test_deals_of_a_file_become_opportunities_of_the_plans(opened, workbook, text_file):
    book = opened(workbook)
    press("build_plans", book=book)
    client_id, (plan, *_) = next(iter(OurSheets(book).plans.items()))
    source = text_file("deals.csv", f"Deal;Client ID;Amount\nPipes;{client_id};500000\nTaps;NOBODY;7\n")
    for answer in ("no", "yes"):
        book.app.impl.answers["yes_no"] = answer
        press("import_opportunities", str(source), book)
        assert ("Pipes" in plan.cells("kam_opportunity_what")) == (answer == "yes")
        assert "NOBODY" in book.app.impl.alerts[-1].prompt


def test_documents_in_the_workbook_are_read_as_the_command_reads_them(opened, tmp_path):
    pytest.importorskip("ibis")
    path = book_of(tmp_path / "book.xlsx", 4, 2, ("Client ID", "Product group", "Revenue", "Status"))
    book = opened(path)
    rows = book.sheets["Products"].used_range.value
    book.sheets["Products"]["D2"].options(transpose=True).value = ["paid"] * (len(rows) - 2) + ["cancelled"]
    press("whitespace", book=book)
    sheet = OurSheets(book).find(OurSheet.WHITESPACE)
    assert sheet.cells("kam_map_total") == [600.0]  # seven rows of 100, one of them cancelled


def test_an_import_that_is_not_wanted_changes_nothing(opened, workbook, text_file):
    source = text_file("new.csv", "Client ID;Client;Revenue\nNEW1;Newcomer;12345\n")
    book = opened(workbook)
    book.app.impl.answers["yes_no"] = "no"
    press("import_table", str(source), book)
    assert len(book.app.impl.alerts) == 1
    assert "Newcomer" not in str(book.sheets[1].used_range.value)


def test_a_book_that_a_person_has_open_is_imported_from_its_file_and_stays_open(
    opened, workbook, monkeypatch, tmp_path
):
    monkeypatch.setattr("kam_xl.buttons.tasks.find_spec", lambda name: None)  # as in LibreOffice's own Python
    book = opened(workbook)
    theirs = book.app.books.open(write_table(tmp_path / "theirs.xlsx"))
    theirs.sheets[0]["A20"].value = "not saved yet"
    press("import_table", str(tmp_path / "theirs.xlsx"), book)
    assert {each.name for each in book.app.books} == {workbook.name, "theirs.xlsx"}
    assert theirs.sheets[0]["A20"].value == "not saved yet"
    assert "Nordwerk" in str(book.sheets[1].used_range.value)


def test_an_import_without_a_file_says_nothing(opened, workbook):
    book = opened(workbook)
    press("import_table", "", book)
    assert book.app.impl.alerts == []


def test_the_language_changes_with_plans_and_lists_and_comes_back(opened, workbook):
    book = opened(workbook)
    press("build_plans", book=book)
    names = [sheet.name for sheet in book.sheets]
    for lang in [*LANGUAGES[LANGUAGES.index("ru") + 1 :], *LANGUAGES[: LANGUAGES.index("ru")]]:
        press("language", book=book)
        assert (language_of(book), book.sheets[0].name) == (lang, Text("Start").render(lang))
        assert Text("Key accounts").render(lang) in [sheet.name for sheet in book.sheets]
    assert "Backup from before: " in book.app.impl.alerts[-1].prompt
    press("language", book=book)
    assert (language_of(book), [sheet.name for sheet in book.sheets]) == ("ru", names)
    assert {alert.mode for alert in book.app.impl.alerts} == {"info"}


def test_help_opens_the_guide_of_the_language(opened, workbook, monkeypatch):
    pages = []
    monkeypatch.setattr("webbrowser.open", lambda url: bool(pages.append(url)) or True)
    book = opened(workbook)
    press("help", book=book)
    assert pages[0].endswith("guide_ru.html")
    assert book.app.impl.alerts == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.code)
def test_every_button_has_a_task(command):
    assert callable(tasks.task_of(command))


def test_a_button_without_a_task_names_the_place_that_lacks_it():
    forgotten = replace(COMMANDS[0], code="forgotten", label=Text("Forgotten"))
    with pytest.raises(NotImplementedError, match=r"kam_xl/buttons/tasks\.py has no function forgotten"):
        tasks.task_of(forgotten)
