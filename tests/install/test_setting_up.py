"""Installing: configurations written, nothing else changed, nobody's other settings lost."""

import shutil
import sys
import zipfile
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.actions.output.places import PlaceError
from kam_xl.files.errors import SaveError
from kam_xl.install import bundled, setting_up
from kam_xl.install.book_facts import facts_of, xlwings_of
from kam_xl.install.machine import this_machine
from kam_xl.install.xlwings_config import read_user_config, write_book_config, write_user_config
from kam_xl.table import read_book
from kam_xl.table.errors import NoClientsError
from tests.install.test_doctor import WINDOWS


@pytest.fixture
def machine(tmp_path):
    return replace(WINDOWS, config_file=tmp_path / ".xlwings" / "xlwings.conf", config={})


@pytest.fixture
def workbook(tmp_path):
    return Path(shutil.copy(bundled.workbook("en"), tmp_path))


def said(texts):
    return [text.render("en") for text in texts]


def test_the_person_s_configuration_names_this_python_without_the_home_folder(machine):
    list(setting_up.install_for_person(machine))
    assert read_user_config(machine.config_file) == {"INTERPRETER_WIN": "%USERPROFILE%/venv/Scripts/pythonw.exe"}


def test_other_settings_of_the_person_stay(machine):
    write_user_config(machine.config_file, {"PYTHONPATH": "D:\\mine", "SHOW CONSOLE": "True"})
    list(setting_up.install_for_person(machine))
    assert read_user_config(machine.config_file) == {
        "PYTHONPATH": "D:\\mine",
        "SHOW CONSOLE": "True",
        "INTERPRETER_WIN": "%USERPROFILE%/venv/Scripts/pythonw.exe",
    }


def test_what_the_system_s_encoding_does_not_know_stays_as_it_is(machine, monkeypatch):
    monkeypatch.setattr("kam_xl.install.xlwings_config.system_encoding", lambda: "cp1252")
    machine.config_file.parent.mkdir()
    machine.config_file.write_bytes(b'"PYTHONPATH","D:\\\x81"\n')  # no letter of Windows' encoding for the West
    list(setting_up.install_for_person(machine))
    assert machine.config_file.read_bytes().splitlines()[0] == b'"PYTHONPATH","D:\\\x81"'


def test_a_path_that_the_configuration_cannot_hold_is_told_and_the_old_one_stays(machine, monkeypatch):
    monkeypatch.setattr("kam_xl.install.xlwings_config.system_encoding", lambda: "cp1252")
    write_user_config(machine.config_file, {"PYTHONPATH": "D:\\mine"})
    before = machine.config_file.read_bytes()
    with pytest.raises(PlaceError, match=r"got Программы\. Install Python"):
        list(setting_up.install_for_person(replace(machine, python="D:/Программы/python.exe")))
    assert machine.config_file.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked through its registry")
def test_formulas_are_shown_as_the_person_s_region_writes_them(monkeypatch):
    asked = []
    monkeypatch.setattr("locale.setlocale", lambda category, name=None: asked.append(name) or "C")
    monkeypatch.setattr("locale.localeconv", lambda: {"decimal_point": ","})
    assert this_machine().separators == (",", ";")
    assert asked == [None, "", "C"]


def test_another_python_stays_unless_it_is_to_be_replaced(machine):
    other = replace(machine, config={"INTERPRETER_WIN": "D:\\other\\pythonw.exe"})
    (line,) = said(setting_up.install_for_person(other))
    assert "names another Python, D:\\other\\pythonw.exe, and stays" in line
    assert not machine.config_file.exists()
    list(setting_up.install_for_person(other, replace=True))
    assert read_user_config(machine.config_file)["INTERPRETER_WIN"].startswith("%USERPROFILE%")


def test_a_workbook_is_set_up_and_nothing_else_in_it_changes(machine, workbook):
    list(setting_up.install_for_workbook(workbook, machine))
    assert facts_of(workbook).config == {
        "UDF MODULES": "kam_udfs",
        "ADD_WORKBOOK_TO_PYTHONPATH": "false",
        "INTERPRETER_WIN": "%USERPROFILE%/venv/Scripts/pythonw.exe",
    }
    with zipfile.ZipFile(bundled.workbook("en")) as old, zipfile.ZipFile(workbook) as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed <= {"xl/worksheets/sheet9.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"}


def test_setting_up_twice_is_the_same_as_once(machine, workbook):
    list(setting_up.install_for_workbook(workbook, machine))
    once = facts_of(workbook).config
    list(setting_up.install_for_workbook(workbook, machine))
    assert facts_of(workbook).config == once


def test_a_configuration_that_was_switched_off_is_switched_on(machine, workbook):
    app = xw.engines["file"].apps.add()
    book = app.books.open(workbook)
    book.sheets["xlwings.conf"].name = "_xlwings.conf"
    book.save()
    app.quit()
    assert facts_of(workbook).switched_off
    list(setting_up.install_for_workbook(workbook, machine))
    facts = facts_of(workbook)
    assert (facts.switched_off, facts.config["UDF MODULES"]) == (False, "kam_udfs")


def test_a_workbook_without_the_sheet_gets_it_hidden(tmp_path):
    made = openpyxl.Workbook()
    made.save(tmp_path / "plain.xlsx")
    book = xw.engines["file"].apps.add().books.open(tmp_path / "plain.xlsx")
    write_book_config(book, {"INTERPRETER_WIN": "x"})
    book.save()
    sheet = openpyxl.load_workbook(tmp_path / "plain.xlsx")["xlwings.conf"]
    assert (sheet.sheet_state, [list(row) for row in sheet.values]) == ("hidden", [["INTERPRETER_WIN", "x"]])


def test_a_workbook_without_macros_is_left_alone(machine, clients_xlsx):
    before = clients_xlsx.read_bytes()
    assert said(setting_up.install_for_workbook(clients_xlsx, machine)) == [
        "clients.xlsx has no macros, so nothing is set up in it."
    ]
    assert clients_xlsx.read_bytes() == before


def test_macos_gets_the_script_by_which_excel_starts_python(machine, tmp_path):
    mac = replace(machine, system="darwin", home=tmp_path, xlwings=xw.__version__)
    list(setting_up.install_for_person(mac))
    folder = tmp_path / "Library" / "Application Scripts" / "com.microsoft.Excel"
    assert [path.name for path in folder.iterdir()] == [f"xlwings-{xw.__version__}.applescript"]


def test_a_new_workbook_is_empty_and_keeps_macros_and_formulas(machine, tmp_path):
    target = setting_up.new_workbook(tmp_path / "new", "ru", machine, example=False)
    assert target == tmp_path / "new" / "KeyAccounts_ru.xlsm"
    facts = facts_of(target)
    assert (facts.has_macros, facts.config["INTERPRETER_WIN"]) == (True, "%USERPROFILE%/venv/Scripts/pythonw.exe")
    book = xw.engines["file"].apps.add().books.open(target)
    with pytest.raises(NoClientsError):
        read_book(book)
    (table,) = book.sheets["Клиенты"].tables
    body = table.data_body_range
    assert body.rows.count == 1
    typed = [cell for cell in body.options(ndim=2).formula[0] if cell and not cell.startswith("=")]
    assert typed == []
    assert any(cell.startswith("=") for cell in body.options(ndim=2).formula[0])
    shown = body.options(ndim=2).value[0]  # no answer about a client that is gone
    assert not [cell for cell in shown if cell and cell.strip()]


@pytest.mark.parametrize("has_macros", [True, False])
def test_the_operational_plan_of_a_new_workbook_is_of_the_year_in_which_it_is_made(
    machine, tmp_path, monkeypatch, has_macros
):
    class Day(date):
        @classmethod
        def today(cls):
            return cls(2031, 5, 6)

    monkeypatch.setattr(setting_up, "date", Day)
    make = partial(setting_up.new_workbook, machine=machine) if has_macros else setting_up.new_live_workbook
    made, example = make(tmp_path / "new", "en", example=False), make(tmp_path / "example", "en", example=True)
    assert months_of(made) == [date(2031, month, 1) for month in range(1, 13)]
    assert {each.year for each in months_of(example)} == {2025}


def months_of(path):
    (row,) = openpyxl.load_workbook(path)["Operational plan"]["D5:O5"]
    assert {cell.number_format for cell in row} == {"mmm yy"}
    return [cell.value.date() for cell in row]


def test_a_new_workbook_with_the_example_has_its_clients(machine, tmp_path):
    target = setting_up.new_workbook(tmp_path, "en", machine, example=True)
    assert len(read_book(xw.engines["file"].apps.add().books.open(target))) == 39


def test_a_workbook_that_is_there_is_not_replaced(machine, tmp_path):
    (tmp_path / "KeyAccounts.xlsm").write_text("mine")
    with pytest.raises(PlaceError, match="the file exists already"):
        setting_up.new_workbook(tmp_path, "en", machine, example=False)
    assert [path.read_text() for path in tmp_path.glob("Key*")] == ["mine"]


def test_the_name_of_a_workbook_is_not_taken_for_a_folder(machine, tmp_path):
    with pytest.raises(PlaceError, match=r"a folder is asked for.*KeyAccounts\.xlsm.*such as plans\.$"):
        setting_up.new_workbook(tmp_path / "plans.xlsx", "en", machine, example=False)
    assert not [*tmp_path.iterdir()]


def test_the_macros_of_the_workbook_are_of_the_xlwings_that_is_installed():
    with zipfile.ZipFile(bundled.workbook("en")) as package:
        assert xlwings_of(package.read("xl/vbaProject.bin")) == xw.__version__


def test_a_project_without_xlwings_has_no_version():
    assert xlwings_of(b"") == xlwings_of(b"\x01\x05\xb0\x00Attribute VB_Name") == ""


def test_the_facts_of_this_machine_are_found():
    machine = this_machine()
    assert (machine.xlwings, Path(machine.python).exists()) == (xw.__version__, True)
    assert "kam_udfs" in machine.modules


def test_the_mark_of_a_file_from_the_internet_is_seen_and_taken_off(machine, workbook):
    # Windows keeps it in a stream of this name; elsewhere it is a file of the name, which is read the same.
    mark = Path(f"{workbook}:Zone.Identifier")
    mark.write_text("[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://example.org/\r\n")
    assert facts_of(workbook).zone == 3
    list(setting_up.install_for_workbook(workbook, machine))
    assert facts_of(workbook).zone == 3
    list(setting_up.install_for_workbook(workbook, machine, unblocked=True))
    assert (facts_of(workbook).zone, mark.exists()) == (None, False)


@pytest.mark.parametrize("has_macros", [True, False])
def test_a_workbook_that_cannot_be_written_leaves_no_folder(machine, tmp_path, has_macros):
    resource = pytest.importorskip("resource", reason="only Unix limits the size of files")
    (tmp_path / "kept").mkdir()
    folder, before = tmp_path / "kept" / "a" / "b", resource.getrlimit(resource.RLIMIT_FSIZE)
    make = partial(setting_up.new_workbook, machine=machine) if has_macros else setting_up.new_live_workbook
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(SaveError, match=r"KeyAccounts.*\.xls.: the file cannot be written"):
            make(folder, "en", example=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.rglob("*")) == [tmp_path / "kept"]
