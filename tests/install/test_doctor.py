"""What commonly breaks is seen, graded, and told with its remedy; facts are given, nothing is looked up."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kam_xl.install.book_facts import BookFacts
from kam_xl.install.doctor import RUN_BY_THEM, examine
from kam_xl.install.machine import Excel, Machine

HOME = Path("C:/Users/ann")
PYTHON = "C:/Users/ann/venv/Scripts/python.exe"
WINDOWS = Machine(
    "win32",
    PYTHON,
    "3.12.1",
    HOME,
    "0.37.8",
    frozenset(("win32com", "kam_udfs")),
    Excel("C:/Program Files/Microsoft Office/Office16/EXCEL.EXE", "16.0.17328"),
    "25.2.3.2",
    HOME / ".xlwings" / "xlwings.conf",
    {"INTERPRETER_WIN": "%USERPROFILE%/venv/Scripts/pythonw.exe"},
    ("C:/Users/ann/OneDrive - Firm",),
)
MAC = replace(
    WINDOWS,
    system="darwin",
    python="/Users/ann/venv/bin/python",
    home=Path("/Users/ann"),
    excel=Excel("/Applications/Microsoft Excel.app"),
    config={"INTERPRETER_MAC": "$HOME/venv/bin/python"},
    scripts=frozenset(("xlwings-0.37.8.applescript",)),
    clouds=(),
)
BOOK = BookFacts(Path("C:/Users/ann/plans/KeyAccounts.xlsm"), has_macros=True, xlwings="0.37.8", config={})


def faults(machine, book=None):
    return {check.code: check.grade for check in examine(machine, book) if check.grade != "ok"}


def test_a_path_in_the_letters_of_the_system_is_sound():
    python = "C:/Users/Пётр/venv/Scripts/python.exe"
    config = {"INTERPRETER_WIN": python}
    assert faults(replace(WINDOWS, python=python, config=config, encoding="cp1251"), BOOK) == {}


def test_a_sound_machine_and_workbook_have_no_faults():
    assert faults(WINDOWS, BOOK) == {}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"python": "C:/Program Files/WindowsApps/PythonSoftwareFoundation.Python.3.12/python.exe"}, "store-python"),
        ({"python": "C:/Users/Пётр/venv/Scripts/python.exe", "encoding": "cp1252"}, "python-path"),
        ({"modules": frozenset(("kam_udfs",))}, "pywin32"),
        ({"modules": frozenset(("win32com",))}, "functions"),
        ({"excel": Excel("C:/Program Files/WindowsApps/Microsoft.Office.Desktop/EXCEL.EXE")}, "store-excel"),
        ({"excel": Excel("C:/EXCEL.EXE", macros=4)}, "macros"),
        ({"excel": Excel("C:/EXCEL.EXE", macros=3, macros_by_policy=True)}, "macros"),
        ({"config": {"INTERPRETER_WIN": "C:/Python311/pythonw.exe"}}, "configuration"),
    ],
)
def test_what_keeps_excel_from_working_is_a_fault(change, found):
    assert faults(replace(WINDOWS, **change)).get(found) == "fault"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"excel": None}, "excel"),
        ({"config": {}}, "configuration"),
        ({"libreoffice": "7.4.7.2"}, "libreoffice"),
    ],
)
def test_what_may_be_missed_is_a_warning(change, found):
    assert faults(replace(WINDOWS, **change)) == {found: "warning"}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"xlwings": "0.30.1"}, {"xlwings-version": "fault"}),
        ({"zone": 3}, {"mark-of-the-web": "fault"}),
        ({"zone": 1}, {}),
        ({"has_macros": False, "xlwings": ""}, {"no-macros": "warning"}),
        ({"switched_off": True}, {"configuration-off": "warning"}),
        ({"config": {"INTERPRETER_WIN": "D:/other/python.exe"}}, {"workbook-configuration": "fault"}),
        ({"config": {"INTERPRETER_WIN": "C:\\Users\\ann\\venv\\Scripts\\pythonw.exe"}}, {}),
        ({"path": Path("C:/Users/ann/OneDrive - Firm/KeyAccounts.xlsm")}, {"cloud": "warning"}),
    ],
)
def test_a_workbook_is_examined_on_its_machine(change, found, monkeypatch):
    monkeypatch.setattr(Path, "absolute", lambda path: path)  # the path of another system is absolute as it is
    assert faults(WINDOWS, replace(BOOK, **change)) == found


def test_macos_says_that_there_are_no_functions():
    assert faults(MAC) == {"functions-macos": "warning"}


def test_macos_without_xlwings_script_runs_no_button():
    assert faults(replace(MAC, scripts=frozenset(("xlwings-0.30.1.applescript",))))["applescript"] == "fault"


def test_linux_has_no_excel_and_that_is_no_fault():
    assert faults(replace(WINDOWS, system="linux", excel=None, config={})) == {}


def test_every_fault_has_a_remedy_in_both_languages():
    worst = replace(
        WINDOWS, python="C:/WindowsApps/python.exe", modules=frozenset(), excel=Excel("WindowsApps", macros=4)
    )
    checks = examine(worst, replace(BOOK, xlwings="0.1", zone=3, switched_off=True, config={"INTERPRETER_WIN": "x"}))
    bad = [check for check in checks if check.grade != "ok"]
    assert len(bad) >= 9
    assert all(check.remedy and check.remedy.render("ru") != check.remedy.render("en") for check in bad)


def test_a_russian_windows_types_formulas_with_semicolons():
    said = [check.message.render("en") for check in examine(replace(WINDOWS, separators=(",", ";")))]
    assert "formulas are typed like this here: =KAM_TARGET(0,2;0,5;3)" in said


def test_a_configuration_in_the_workbooks_folder_is_a_fault_where_it_chooses_programs():
    for key in ("INTERPRETER_WIN", "PYTHONPATH", "CONDA PATH", "SHAREPOINT_WIN"):
        assert faults(WINDOWS, replace(BOOK, folder_config={key: "C:/shared/evil"})) == {
            "folder-configuration": "fault"
        }
    assert faults(WINDOWS, replace(BOOK, folder_config={"SHOW CONSOLE": "True", "INTERPRETER_WIN": ""})) == {}


def test_the_macros_take_from_the_folder_none_of_what_the_doctor_names():
    source = (Path(__file__).parents[2] / "workbook" / "source" / "vba" / "KamRunning.bas").read_text("ascii")
    named = re.search(r"For Each key In Split\((.*?), \";\"\)", source, re.DOTALL)[1]
    assert set(";".join(re.findall('"([^"]*)"', named)).replace(";;", ";").split(";")) == RUN_BY_THEM
