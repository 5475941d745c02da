"""What Set up.cmd of the folder for Windows does, on any system."""

import shutil
from dataclasses import replace
from pathlib import Path

import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.install import bundled
from kam_xl.install.portable import set_up
from tests.install.test_doctor import WINDOWS


def test_both_workbooks_get_the_python_of_the_folder(tmp_path):
    for lang in ("en", "ru"):
        shutil.copy(bundled.workbook(lang), tmp_path)
    machine = replace(WINDOWS, python="D:/kam/python/python.exe", home=Path("C:/Users/ann"))
    told = [text.render("en") for text in set_up(tmp_path, machine)]
    assert sum("D:/kam/python/python.exe" in line for line in told) == 2
    app = xw.engines["file"].apps.add()
    for name in ("KeyAccounts.xlsm", "KeyAccounts_ru.xlsm"):
        rows = dict(app.books.open(tmp_path / name).sheets["xlwings.conf"]["A1:B10"].value)
        assert rows["INTERPRETER_WIN"] == "D:/kam/python/pythonw.exe"
    app.quit()


def test_a_folder_with_one_workbook_is_set_up_as_well(tmp_path):
    shutil.copy(bundled.workbook("ru"), tmp_path)
    assert any("KeyAccounts_ru.xlsm" in text.render("en") for text in set_up(tmp_path, WINDOWS))
