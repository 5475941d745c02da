import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import vba_wrappers
from kam_xl.functions import ERRORS, FUNCTIONS
from tests.udfs.excel_process import Excel
from vba_wrappers import MODULES, calling, wrappers

SYSTEM_PYTHON = "/usr/bin/python3"
CALL_OF_XLWINGS = re.compile(
    r'XLPy\.CallUDF\("kam_udfs", "(\w+)", Array\(([^)]*)\), ThisWorkbook, Application\.Caller\)'
)
CALL = re.compile(r'KamCall\("(\w+)", Array\(([^)]*)\)\)')


@pytest.fixture(scope="module")
def of_xlwings():
    """The wrappers that xlwings itself would write."""
    with Excel.running() as excel:
        return excel.registered["vba"]


def signatures(source):
    return dict(re.findall(r"^\s*(?:Public )?Function (KAM_\w+)\((.*)\)$", source, re.MULTILINE))


def test_each_wrapper_gives_python_the_arguments_that_xlwings_own_gives(of_xlwings):
    assert dict(CALL.findall(wrappers())) == dict(CALL_OF_XLWINGS.findall(of_xlwings))
    assert [name for name, _ in CALL.findall(wrappers())] == list(FUNCTIONS)


def test_each_wrapper_takes_the_arguments_that_xlwings_own_takes(of_xlwings):
    assert signatures(wrappers()) == signatures(of_xlwings)


def test_no_wrapper_puts_a_failure_into_the_cell_as_text(of_xlwings):
    assert "= Err.Description" in of_xlwings
    assert "Err.Description" not in wrappers()
    assert "= Err.Description" not in calling()


@pytest.mark.parametrize("source", MODULES.values(), ids=MODULES)
def test_vba_takes_the_source(source):
    assert source().isascii()
    assert max(map(len, source().splitlines())) < 1023
    assert source().count("Option Explicit") == 1


def test_every_error_has_its_number():
    assert dict(re.findall(r'Case "(#\S+)": KamCell = CVErr\((\d+)\)', calling())) == {
        name: str(number) for name, number in ERRORS.items()
    }


# What xlwings' Python would answer: a failure to start, an error text, or what it was called with.
STUB = """\
Public started As Long, broken As Boolean

Public Function XLPy() As Object
    started = started + 1
    If broken Then Err.Raise 1000, , "Python did not start"
    Set XLPy = New StubPython
End Function

Public Function KamPythonStarts(ByVal modules As String) As Boolean
    KamPythonStarts = (modules = "kam_udfs")
End Function

Public Function KamFolderDecides() As Boolean
End Function

Public Function KamFolderRefused() As String
End Function

Public Function KamSay(ByVal what As String, ByVal otherwise As String) As String
    KamSay = otherwise
End Function

' How often Python was started by functions that were called so often, where it starts or does not.
Public Function Starts(ByVal calls As Long, ByVal doesNotStart As Boolean) As Long
    Dim time As Long
    KamForgetFailures
    started = 0
    broken = doesNotStart
    For time = 1 To calls
        KAM_PENETRATION 2, 5
    Next time
    broken = False
    Starts = started
End Function

Public Function OneRow()
    OneRow = Shown(KamAnswer(Array("Revenue", "#N/A", 2.5)))
End Function

Public Function Block()
    Dim cells(1, 2) As Variant
    cells(0, 0) = "#NUM!"
    cells(0, 1) = "#hash"
    cells(0, 2) = 1.5
    cells(1, 0) = True
    cells(1, 1) = ""
    cells(1, 2) = "#VALUE!"
    Block = Shown(KamAnswer(cells))
End Function

Public Function Answer(ByVal text As String)
    Answer = KamAnswer(text)
End Function

Public Function Raised(ByVal number As Long, ByVal description As String)
    Raised = KamFailure("KAM_X", number, description)
End Function

Private Function Shown(cells) As String
    Dim cell As Variant
    For Each cell In cells
        Shown = Shown & IIf(IsError(cell), "!", "") & CStr(cell) & "|"
    Next cell
End Function
"""
PYTHON = """\
Option ClassModule

Public Function CallUDF(script, fname, args, Optional wb, Optional caller)
    Dim at As Long
    If args(0) = 0 Then Err.Raise 53, , "File not found: xlwings64.dll"
    If args(0) = 4 Then Err.Raise 462, , "The remote server machine does not exist"
    If args(0) = 1 Then
        CallUDF = "#NUM!"
        Exit Function
    End If
    CallUDF = script & "." & fname
    For at = LBound(args) To UBound(args)
        CallUDF = CallUDF & "|" & IIf(IsMissing(args(at)), "left out", args(at))
    Next at
End Function
"""


def in_basic(folder, formulas, modules=None):
    """What cells with these formulas show in LibreOffice, whose Basic takes VBA."""
    # There `Application.Caller` is empty in a cell, so the condition on it is left out.
    ours = calling().replace("If TypeOf Application.Caller Is Range Then On Error", "On Error")
    modules = modules or {"KamCalling": ours, "KamFunctions": wrappers(), "Stub": STUB, "StubPython": PYTHON}
    done = subprocess.run(
        [SYSTEM_PYTHON, str(Path(__file__).with_name("basic_runner.py"))],
        input=json.dumps({"profile": str(folder / "profile"), "modules": modules, "formulas": list(formulas)}),
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert not done.returncode, done.stderr
    return dict(zip(formulas, json.loads(done.stdout), strict=True))


def has_uno():
    command = [SYSTEM_PYTHON, "-c", "import uno"]
    return shutil.which("soffice") and not subprocess.run(command, capture_output=True, check=False).returncode


@pytest.mark.slow
@pytest.mark.skipif(not has_uno(), reason="needs LibreOffice and its Python")
def test_the_wrappers_run_and_answer_true_errors(tmp_path):
    expected = {
        **{f'=ANSWER("{name}")': f"Error {number}" for name, number in ERRORS.items()},
        '=ANSWER("#n/a or so")': "#n/a or so",
        '=ANSWER("Strong")': "Strong",
        "=ONEROW()": "Revenue|!Error 2042|2.5|",
        "=BLOCK()": "!Error 2036|True|#hash||1.5|!Error 2015|",  # by columns
        "=KAM_PENETRATION(2;5)": "kam_udfs.KAM_PENETRATION|2|5",
        "=KAM_PENETRATION(1;5)": "Error 2036",
        "=KAM_POSITION(2)": "kam_udfs.KAM_POSITION|2|left out|left out",
        "=RAISED(-2147467259;\"ModuleNotFoundError: No module named 'kam_udfs'\")": "Error 2029",
        '=RAISED(-2147467259;"ZeroDivisionError")': "Error 2015",
        "=KAMLASTERROR()": "KAM_X: ZeroDivisionError",
        "=KAM_PENETRATION(4;5)": "Error 2015",
        "=STARTS(3;TRUE())": "1",
        "=KAM_PENETRATION(3;5)": "Error 2029",
        "=STARTS(3;FALSE())": "1",
        "=KAM_PENETRATION(2;6)": "kam_udfs.KAM_PENETRATION|2|6",
        "=KAM_PENETRATION(0;5)": "Error 2029",
    }
    assert in_basic(tmp_path, expected) == expected


CONFIGURATION = """\
Public Function GetConfig(configKey As String, Optional default As String = "", Optional source As String = "")
    GetConfig = ""
    If source = "directory" And configKey = Answers.named Then GetConfig = "C:\\shared\\python.exe"
End Function
"""
ANSWERS = """\
Public named As String

Public Function Decides(ByVal key As String) As Boolean
    named = key
    Decides = KamFolderDecides()
End Function
"""


@pytest.mark.slow
@pytest.mark.skipif(not has_uno(), reason="needs LibreOffice and its Python")
def test_a_workbooks_folder_may_not_choose_the_programs(tmp_path):
    running = (Path(vba_wrappers.__file__).parent / "vba" / "KamRunning.bas").read_text("ascii")
    start = running.index("Public Function KamFolderDecides")
    decides = running[start : running.index("End Function", start)] + "End Function\n"
    modules = {"KamRunning": decides, "Stub": CONFIGURATION, "Answers": ANSWERS}
    expected = {
        '=DECIDES("INTERPRETER_WIN")': "1",
        '=DECIDES("PYTHONPATH")': "1",
        '=DECIDES("SHOW CONSOLE")': "0",
    }
    assert in_basic(tmp_path, expected, modules) == expected
