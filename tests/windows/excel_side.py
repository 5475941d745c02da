"""Excel's side of formulas, for tests: values go through xlwings' own library to a Python of Windows."""

import json
from contextlib import contextmanager
from datetime import date

import xlwings

from windows.wine import PYTHON, TOP, windows_path

INTERPRETER = PYTHON.replace("python.exe", "pythonw.exe")
WORKBOOK = r"C:\планы\KeyAccounts_ru.xlsm"
FOLDERS = ";".join(map(windows_path, (TOP, TOP / "udfs")))
SCRIPT = windows_path(TOP / "windows" / "stand_in" / "function_calls.py")
FIRST_DAY = date(1899, 12, 30)
EXCEL_ERRORS = -2146828288


class Excel:
    """Calls functions as the workbook's macros do; answers lists of rows, as the stand-in of `tests.udfs` does."""

    def __init__(self, process):
        self.process = process
        self.started = self._line()

    def __call__(self, *calls):
        given = [[name, [as_value(each) for each in arguments]] for name, arguments in calls]
        answer = self.say(given)["answers"]
        return [as_rows(each) for each in answer]

    def say(self, line):
        """Give the process a line of JSON as it is, and have its line."""
        self.process.stdin.write(json.dumps(line).encode() + b"\n")
        self.process.stdin.flush()
        return self._line()

    def _line(self):
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read().decode("cp1251")[-3000:]
        return json.loads(line)

    @classmethod
    @contextmanager
    def running(cls, wine, interpreter=INTERPRETER, workbook=WORKBOOK, folders=FOLDERS, python=PYTHON):
        """One that ends with the block, with the Python that it started; `python` runs Excel's side."""
        with wine.start(python, SCRIPT) as process:
            said = {
                "interpreter": interpreter,
                "workbook": workbook,
                "pythonpath": folders,
                "version": xlwings.__version__,
            }
            process.stdin.write(json.dumps(said).encode() + b"\n")
            process.stdin.flush()
            try:
                yield cls(process)
            finally:
                process.stdin.close()


def as_value(argument):
    """An argument of the tests as `KamValues` hands it over: cells of a reference as values, money in them exact."""
    if isinstance(argument, dict) and "range" in argument:
        cells = argument["range"]
        cells = [[_exact(cell) for cell in row] for row in cells] if isinstance(cells, list) else _exact(cells)
        return as_value(cells[0][0] if isinstance(cells, list) and len(cells) == len(cells[0]) == 1 else cells)
    if isinstance(argument, list):
        return [[as_value(cell) for cell in row] for row in argument]
    if isinstance(argument, dict):
        ((kind, content),) = argument.items()
        return SPECIAL[kind](content) if kind in SPECIAL else argument
    return argument


SPECIAL = {
    "error": lambda number: {"error": number - EXCEL_ERRORS},
    "date": lambda text: {"date": float((date.fromisoformat(text) - FIRST_DAY).days)},
    "currency": lambda text: {"money": float(text)},
}


def _exact(cell):
    return float(cell["currency"]) if isinstance(cell, dict) and "currency" in cell else cell


def as_rows(answer):
    """CallUDF gives one cell alone, and one row without its brackets."""
    if not isinstance(answer, list):
        return [[answer]]
    return answer if isinstance(answer[0], list) else [answer]
