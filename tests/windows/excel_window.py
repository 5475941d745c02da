"""Excel's side of the buttons, for tests: a workbook open in the stand-in, whose buttons can be pressed."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

import openpyxl

from kam_xl.locale import Text
from kam_xl.plan.account.plan_fields import PLAN_FIELDS
from kam_xl.plan.commands import COMMANDS
from kam_xl.plan.fields import Kind
from windows.stand_in.type_library import idl
from windows.wine import PYTHON, TOP, windows_path

IN_PROCESS = TOP / "windows" / "stand_in" / "in_process.py"
SCRIPT = windows_path(TOP / "windows" / "stand_in" / "server.py")
FOLDERS = ";".join(map(windows_path, (TOP, TOP / "udfs")))
_FIRST, _LAST = ("build_plans",), ("language", "help")
BUTTONS = (*_FIRST, *(each.code for each in COMMANDS if each.code not in _FIRST + _LAST), *_LAST)
"""Every button, in an order in which each has something to do."""
_IMPORTED = {
    "import_table": ("новые.csv", "Код клиента;Клиент;Выручка\n1001;Балтийский трубный завод;19000000\n"),
    "import_opportunities": ("сделки.csv", "Сделка;Компания;Сумма\nТрубы;Балтийский трубный завод;500000\n"),
}


class OpenBook:
    """A workbook in the stand-in for Excel."""

    def __init__(self, process):
        self.process = process

    def press(self, button, argument="", select=None):
        """Press a button; what was said, used and wrong."""
        return self._do({"button": button, "argument": argument, "select": select})

    def press_each(self, buttons, path_of):
        """Press buttons of the Russian workbook, which get what they ask for; `path_of` finds files by their names."""
        given = {code: {"argument": path_of(name)} for code, (name, _) in _IMPORTED.items()}
        given |= {"build_selected": {"select": ["Клиенты", "B8:C10"]}, "export_pdf": {"select": ["Клиенты", "A1"]}}
        return {button: self.press(button, **given.get(button, {})) for button in buttons}

    def save(self, path):
        """Save it to a path of Windows."""
        return self._do({"save": path})["saved"]

    def becomes(self, **what):
        """Change attributes of the stand-in's workbook: a "web_folder" to lie in, sheets to be "protected"."""
        self._do({"is": what})

    def _do(self, wanted):
        self.process.stdin.write(json.dumps(wanted).encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read().decode("cp1251", "replace")[-3000:]
        return json.loads(line)


def write_imported(folder):
    """Write the files that buttons import."""
    for name, content in _IMPORTED.values():
        (folder / name).write_text(content, "utf-8")


def assert_drop_downs_are_in_english(path):
    """Every drop-down of every plan of a workbook offers the words of its field."""
    offered = {
        name: [each.render("en") if isinstance(each, Text) else str(each) for each in field.choices]
        for name, field in PLAN_FIELDS.items()
        if field.choices and field.kind != Kind.COMPUTED
    }
    book = openpyxl.load_workbook(path)
    plans = [sheet for sheet in book if "kam_action_state" in sheet.defined_names]
    assert len(plans) > 1
    for sheet in plans:
        for name, words in offered.items():
            cell = sheet.defined_names[name].attr_text.rpartition("!")[2].replace("$", "").partition(":")[0]
            found = [rule.formula1 for rule in sheet.data_validations.dataValidation if cell in rule.sqref]
            assert found == ['"' + ",".join(words) + '"'], (sheet.title, name)


@contextmanager
def open_book(wine, path, python=PYTHON, folders=FOLDERS, state=""):
    """Open a workbook by its path of Windows; it is closed with the block. `python` runs Excel's side and macros.

    Logs, copies and the guide go into the folder `state`, by default that of the user.
    """
    folder = wine.drive / "excel"
    folder.mkdir(exist_ok=True)
    (folder / "excel.idl").write_text(idl(), encoding="ascii")
    widl = ["x86_64-w64-mingw32-widl", "-t", "-o", folder / "excel.tlb", folder / "excel.idl"]
    subprocess.run(widl, check=True)
    env = {"PYTHONPATH": folders, "KAM_XL_STATE": state}
    with wine.start(python, SCRIPT, r"C:\excel\excel.tlb", path, env=env) as process:
        try:
            yield OpenBook(process)
        finally:
            process.stdin.close()
            process.stdout.read()


@contextmanager
def book_in_process(path, state):
    """Open a workbook in the stand-in on this system, without COM; logs and copies go into the folder `state`."""
    environment = {**os.environ, "KAM_XL_STATE": str(state)}
    pipe = subprocess.PIPE
    command = [sys.executable, str(IN_PROCESS), str(path)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as process:
        try:
            yield OpenBook(process)
        finally:
            process.stdin.close()
