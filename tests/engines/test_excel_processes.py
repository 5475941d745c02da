"""No process of ours ends an Excel: xlwings' exit handler for "zombies" must not survive any import of ours."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
IMPORTS_XLWINGS = re.compile(r"^(?:import|from) xlwings\b", re.MULTILINE)

# A made-up task list: Excel 4242 has no workbook window. Off Windows xlwings' module for Windows is made up as well,
# with the handler as xlwings registers it.
AT_EXIT = """
import atexit, subprocess, sys, types
from importlib import import_module

class Answer:
    returncode = 0
    stdout = "\\n\\n\\nEXCEL.EXE  4242 Console  1  120,000 K\\n"

ran = []
def run(command, *others, **named):
    ran.append(command)
    return Answer

def tell():
    print("ran:", [each[0] for each in ran])

atexit.register(tell)
import xlwings
if sys.platform != "win32":
    made_up = types.ModuleType("xlwings._xlwindows")
    made_up.cleanup = atexit.register(lambda: (subprocess.run(["tasklist"]), subprocess.run(["taskkill", "4242"])))
    sys.modules[made_up.__name__] = made_up
if sys.argv[1]:
    import_module(sys.argv[1])
subprocess.run = run
"""

# Those of the modules, each imported into an interpreter that knows nothing of ours, that leave the handler in place.
WITHOUT = """
import sys
from importlib import import_module

def leaves_it(module):
    for name in [name for name in sys.modules if name.split(".")[0] in ("kam_xl", "kam_udfs")]:
        del sys.modules[name]
    import_module(module)
    return "kam_xl.engines.excel_processes" not in sys.modules

print([module for module in sys.argv[1:] if leaves_it(module)])
"""


def modules_with_xlwings():
    for folder in ("kam_xl", "udfs"):
        root = TOP if folder == "kam_xl" else TOP / folder
        for path in sorted((TOP / folder).rglob("*.py")):
            # A table of an open book gets a book: whoever made it has imported xlwings.
            if IMPORTS_XLWINGS.search(path.read_text("utf-8")) and path.stem != "open_book":
                yield ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def output_of(script, *arguments):
    result = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=TOP,
    )
    return result.stdout.strip().splitlines()[-1]


def test_xlwings_alone_would_end_an_excel_without_a_window():
    assert output_of(AT_EXIT, "") == "ran: ['tasklist', 'taskkill']"


def test_no_excel_is_ended_on_exit():
    assert output_of(AT_EXIT, "kam_xl.engines.excel_processes") == "ran: []"


@pytest.mark.source
def test_every_module_that_imports_xlwings_takes_its_exit_handler_away():
    modules = sorted(modules_with_xlwings())
    assert len(modules) > 20
    assert output_of(WITHOUT, *modules) == "[]"
