import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from vba_wrappers import LONGEST_TEXT, MODULES, errors, wizard_texts, wrappers

from kam_xl.functions import ERRORS, FUNCTIONS
from kam_xl.locale import LANGUAGES
from tests.udfs.excel_process import Excel

SYSTEM_PYTHON = "/usr/bin/python3"
CALL = re.compile(r'XLPy\.CallUDF\("(\w+)", "(\w+)", Array\(([^)]*)\), (\w+), ([\w.]+)\)')


@pytest.fixture(scope="module")
def of_xlwings():
    """The wrappers that xlwings itself would write."""
    with Excel.running() as excel:
        return excel.registered["vba"]


def signatures(source):
    return dict(re.findall(r"^\s*(?:Public )?Function (KAM_\w+)\((.*)\)$", source, re.MULTILINE))


def test_each_wrapper_calls_python_as_xlwings_own_does(of_xlwings):
    calls = {found[1]: found for found in CALL.findall(wrappers())}
    assert calls == {found[1]: found for found in CALL.findall(of_xlwings)}
    assert list(calls) == list(FUNCTIONS)


def test_each_wrapper_takes_the_arguments_that_xlwings_own_takes(of_xlwings):
    assert signatures(wrappers()) == signatures(of_xlwings)


def test_no_wrapper_puts_a_failure_into_the_cell_as_text(of_xlwings):
    assert "= Err.Description" in of_xlwings
    assert "= Err.Description" not in wrappers()
    assert wrappers().count("= KamFailure(") == len(FUNCTIONS)


@pytest.mark.parametrize("source", MODULES.values(), ids=MODULES)
def test_vba_takes_the_source(source):
    assert source().isascii()
    assert max(map(len, source().splitlines())) < 1023
    assert source().count("Option Explicit") == 1


def test_every_error_has_its_number():
    assert dict(re.findall(r'Case "(#\S+)": KamCell = CVErr\((\d+)\)', errors())) == {
        name: str(number) for name, number in ERRORS.items()
    }


def test_wizard_texts_are_there_in_each_language_and_fit():
    rows = list(wizard_texts())
    assert [(row.language, row.name, len(row.arguments)) for row in rows] == [
        (lang, name, len(function.arguments)) for lang in LANGUAGES for name, function in FUNCTIONS.items()
    ]
    assert all(0 < len(text) <= LONGEST_TEXT for row in rows for text in (row.text, *row.arguments))


# What xlwings' Python would answer: a failure to start, an error text, or what it was called with.
STUB = """\
Public ThisWorkbook As Variant

Public Function XLPy() As Object
    Set XLPy = New StubPython
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


def in_basic(folder, formulas):
    """What cells with these formulas show in LibreOffice, whose Basic takes VBA."""
    # There `Application.Caller` is empty in a cell, so the condition on it is left out.
    ours = wrappers().replace("If TypeOf Application.Caller Is Range Then On Error", "On Error")
    modules = {"KamErrors": errors(), "KamFunctions": ours, "Stub": STUB, "StubPython": PYTHON}
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
        "=KAM_PENETRATION(0;5)": "Error 2029",
        "=KAM_PENETRATION(3;5)": "Error 2029",
    }
    assert in_basic(tmp_path, expected) == expected
