"""The cell functions in VBA: a wrapper for each, true errors for their answers, texts for the function wizard.

The wrappers call Python as xlwings' own generated ones do (`xlwings.udfs.generate_vba_wrapper`), which put the text of
an exception into the cell. These put a true error there, so that ISERROR and IFERROR notice it and SUM does not pass
it over; the sentence is what KamLastError answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kam_xl.functions import ERRORS, FUNCTIONS, Function
from kam_xl.locale import LANGUAGES

PYTHON_MODULE = "kam_udfs"
LONGEST_TEXT = 255
"""What Application.MacroOptions takes of a description."""

_WRAPPER = """\
Public Function {name}({parameters})
    If TypeOf Application.Caller Is Range Then On Error GoTo failed
    KamMayCall
    {name} = KamAnswer(XLPy.CallUDF("{module}", "{name}", Array({arguments}), ThisWorkbook, Application.Caller))
    Exit Function
failed:
    {name} = KamFailure("{name}", Err.Number, Err.Description)
End Function
"""

_ERRORS = """\
' True errors for what the functions answer: Python can only give their names.
' Made from the table of functions by build_workbook.py.
Option Explicit

Private Const NO_PYTHON As Long = 2029 ' #NAME?, as where an add-in is missing; none of the functions answers it
Private Const PYTHON_FAILED As Long = 2015 ' #VALUE!
Private Const PATIENCE As Long = 10 ' seconds for which Python is not started again after it did not start

Private failed As String, sentence As String ' the function that failed last, and why
Private silentUntil As Date

' The last failure of a function in this session, in words; for a cell or the Immediate window.
Public Function KamLastError() As String
    Application.Volatile
    If failed <> "" Then KamLastError = failed & ": " & sentence
End Function

' An answer with its errors as true errors.
Public Function KamAnswer(ByVal answer As Variant) As Variant
    Dim row As Long, column As Long
    Select Case KamDimensions(answer)
        Case 0
            answer = KamCell(answer)
        Case 1
            For column = LBound(answer) To UBound(answer)
                If VarType(answer(column)) = vbString Then answer(column) = KamCell(answer(column))
            Next column
        Case Else
            For row = LBound(answer, 1) To UBound(answer, 1)
                For column = LBound(answer, 2) To UBound(answer, 2)
                    If VarType(answer(row, column)) = vbString Then answer(row, column) = KamCell(answer(row, column))
                Next column
            Next row
    End Select
    KamAnswer = answer
End Function

' Raises the last failure again while there is no point in starting Python: ten thousand cells would wait for it.
Public Sub KamMayCall()
    If silentUntil > Now Then Err.Raise 1000, , sentence
End Sub

' What stands in the cell where a function could not be called.
Public Function KamFailure(ByVal name As String, ByVal number As Long, ByVal description As String) As Variant
    failed = name
    sentence = description
    KamFailure = CVErr(PYTHON_FAILED)
    If InStr(description, "No module named") > 0 Then KamFailure = CVErr(NO_PYTHON)
    Select Case number
        Case 1, 48, 53, 429, 1000 ' no interpreter, no library (there is none for Mac), or Python did not start
            If silentUntil <= Now Then silentUntil = DateAdd("s", PATIENCE, Now)
            KamFailure = CVErr(NO_PYTHON)
    End Select
End Function

Private Function KamCell(ByVal cell As Variant) As Variant
    KamCell = cell
    If VarType(cell) <> vbString Then Exit Function
    If Left$(cell, 1) <> "#" Then Exit Function
    Select Case cell
{cases}
    End Select
End Function

' 0 for a cell, 1 for a row, 2 for a range.
Private Function KamDimensions(ByVal answer As Variant) As Long
    Dim bound As Long
    If Not IsArray(answer) Then Exit Function
    KamDimensions = 1
    On Error GoTo one
    bound = UBound(answer, 2)
    KamDimensions = 2
one:
End Function
"""


class WizardRow(NamedTuple):
    """What the function wizard shows of a function in one language."""

    language: str
    name: str
    text: str
    arguments: tuple[str, ...]


def wrappers() -> str:
    """The source of the module that holds the functions."""
    head = "' One wrapper for each function, made from their table by build_workbook.py.\nOption Explicit\n"
    return "\n".join([head, *map(_wrapper, FUNCTIONS.values())])


def errors() -> str:
    """The source of the module that turns answers into true errors and remembers failures."""
    cases = "\n".join(f'        Case "{name}": KamCell = CVErr({number})' for name, number in ERRORS.items())
    return _ERRORS.replace("{cases}", cases)


MODULES = {"KamErrors": errors, "KamFunctions": wrappers}
"""Name and source of the modules that the functions need besides xlwings' own."""


def wizard_texts() -> Iterator[WizardRow]:
    """The texts for Application.MacroOptions, all functions in each language."""
    for lang in LANGUAGES:
        for each in FUNCTIONS.values():
            texts = tuple(argument.text.render(lang) for argument in each.arguments)
            yield WizardRow(lang, each.name, each.text.render(lang), texts)


def _wrapper(function: Function) -> str:
    names = [each.name for each in function.arguments]
    parameters = ("Optional " * each.optional + each.name for each in function.arguments)
    return _WRAPPER.format(
        name=function.name, module=PYTHON_MODULE, parameters=", ".join(parameters), arguments=", ".join(names)
    )
