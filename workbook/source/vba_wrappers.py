"""The cell functions in VBA: a wrapper for each, true errors for their answers, texts for the function wizard.

A wrapper hands over what stands in its arguments, where xlwings' own generated ones
(`xlwings.udfs.generate_vba_wrapper`) hand over the references, and put the text of an exception into the cell. These
put a true error there, so that ISERROR and IFERROR notice it and SUM does not pass it over; the sentence is what
KamLastError answers.
"""

from __future__ import annotations

from kam_xl.functions import ERRORS, FUNCTIONS, Function

PYTHON_MODULE = "kam_udfs"
_WRAPPER = """\
Public Function {name}({parameters})
    {name} = KamCall("{name}", Array({arguments}))
End Function
"""

_CALLING = """\
' A function in Python: its arguments as values, its answer with true errors, of which Python can only give the names.
' Made from the table of functions by build_workbook.py.
Option Explicit

Private Const NO_PYTHON As Long = 2029 ' #NAME?, as where an add-in is missing; none of the functions answers it
Private Const PYTHON_FAILED As Long = 2015 ' #VALUE!
Private Const CANNOT_START As Long = 1000 ' the number that xlwings raises where Python does not start

Private python As Object ' the process that answers; asking xlwings for it reads its configuration each time
Private starts As Boolean ' Python is known to start
Private silent As Boolean ' Python does not start: ten thousand cells would wait a minute each
Private failed As String, sentence As String ' the function that failed last, and why

' The last failure of a function in this session, in words; for a cell or the Immediate window.
Public Function KamLastError() As String
    Application.Volatile
    If failed <> "" Then KamLastError = failed & ": " & sentence
End Function

' Calls a function of Python. A macro gets its failure as an error, a cell as an error value.
Public Function KamCall(ByVal name As String, ByVal arguments As Variant) As Variant
    Dim at As Long, again As Boolean
    If TypeOf Application.Caller Is Range Then On Error GoTo failure
    For at = LBound(arguments) To UBound(arguments)
        If IsObject(arguments(at)) Then arguments(at) = KamValues(arguments(at))
    Next at
    KamCall = KamAnswer(KamServer().CallUDF("{module}", (name), (arguments)))
    Exit Function
failure:
    If KamServerIsGone(Err.Number) And Not again Then
        again = True
        Set python = Nothing
        Resume
    End If
    KamCall = KamFailure(name, Err.Number, Err.Description)
End Function

' From here on Python may be started again: somebody has mended the installation, perhaps.
Public Sub KamForgetFailures()
    Set python = Nothing
    starts = False
    silent = False
End Sub

' What stands in cells. A reference itself would cost Python a dozen calls back into Excel.
Private Function KamValues(ByVal cells As Range) As Variant
    Dim exact As Variant, dated As Variant, row As Long, column As Long
    If cells.Areas.Count > 1 Then Err.Raise 5, , "An argument has more than one area: " & cells.Address
    exact = cells.Value2 ' where Value cuts amounts of money at four decimals; but dates are numbers in it
    dated = KamDated(cells)
    If VarType(dated) = vbDate Then exact = dated
    If IsArray(exact) And IsArray(dated) Then
        For row = LBound(exact, 1) To UBound(exact, 1)
            For column = LBound(exact, 2) To UBound(exact, 2)
                If VarType(dated(row, column)) = vbDate Then exact(row, column) = dated(row, column)
            Next column
        Next row
    End If
    KamValues = exact
End Function

' Excel may refuse a number beyond its calendar that is formatted as a date.
Private Function KamDated(ByVal cells As Range) As Variant
    On Error Resume Next
    KamDated = cells.Value
End Function

' The process that answers. Before xlwings starts it for the first time, a process without a window tries whether it
' would: xlwings itself waits for a minute, with Excel hanging, each time that it does not.
Private Function KamServer() As Object
    If silent Then Err.Raise CANNOT_START, , sentence
    If python Is Nothing Then
        If KamFolderDecides() Then Err.Raise CANNOT_START, , KamFolderRefused()
    End If
    If Not starts Then starts = KamPythonStarts("{module}")
    If Not starts Then
        Err.Raise CANNOT_START, , KamSay("no_python", "Python with kam_xl does not answer. Set it up again.")
    End If
    If python Is Nothing Then Set python = XLPy()
    Set KamServer = python
End Function

' Whether a failure means that the process has ended: somebody stopped it, or the computer slept.
Private Function KamServerIsGone(ByVal number As Long) As Boolean
    Select Case number
        Case 462, -2147023174, -2147023170, -2147417848 ' RPC: unavailable, failed, disconnected
            KamServerIsGone = True
    End Select
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

' What stands in the cell where a function could not be called.
Public Function KamFailure(ByVal name As String, ByVal number As Long, ByVal description As String) As Variant
    failed = name
    sentence = description
    KamFailure = CVErr(PYTHON_FAILED)
    If InStr(description, "No module named") > 0 Then KamFailure = CVErr(NO_PYTHON)
    Select Case number
        Case 1, 48, 53, 429, CANNOT_START ' no interpreter, no library (there is none for Mac), or it did not start
            silent = True
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


def wrappers() -> str:
    """The source of the module that holds the functions."""
    head = "' One wrapper for each function, made from their table by build_workbook.py.\nOption Explicit\n"
    return "\n".join([head, *map(_wrapper, FUNCTIONS.values())])


def calling() -> str:
    """The source of the module that calls Python, turns answers into true errors and remembers failures."""
    cases = "\n".join(f'        Case "{name}": KamCell = CVErr({number})' for name, number in ERRORS.items())
    return _CALLING.replace("{cases}", cases).replace("{module}", PYTHON_MODULE)


MODULES = {"KamCalling": calling, "KamFunctions": wrappers}
"""Name and source of the modules that the functions need besides xlwings' own."""


def _wrapper(function: Function) -> str:
    names = [each.name for each in function.arguments]
    parameters = ("Optional " * each.optional + each.name for each in function.arguments)
    return _WRAPPER.format(name=function.name, parameters=", ".join(parameters), arguments=", ".join(names))
