' Runs a command in Python. Whatever happens, Excel is left as it was, and a failure is one sentence.
Option Explicit

Private answered As Boolean ' Python has answered since the workbook was opened

Public Sub KamRun(ByVal command As String)
    Dim argument As String
    If KamAsks(command) = "file" Then
        argument = KamPickedFile()
        If argument = "" Then Exit Sub
    End If
    KamPython "import kam_xl.buttons; kam_xl.buttons.press(" & KamPyText(command) & ", " & KamPyText(argument) & ")"
    KamShowTab
End Sub

' The button "Check the installation" of the sheet Start.
Public Sub KamCheckInstallation()
    answered = False
    KamForgetFailures
    KamPython "from kam_xl.actions import installation; from kam_xl.buttons import calling_book; " & _
        "installation.note(calling_book())"
    KamNote "kam_state_functions", KamFunctionsAnswer()
End Sub

Private Sub KamPython(ByVal script As String)
    Dim screen As Boolean, alerts As Boolean, mode As Variant
    If KamFolderDecides() Then
        MsgBox KamFolderRefused(), vbExclamation, "kam_xl"
        Exit Sub
    End If
    If Not KamPythonAnswers() Then
        KamNote "kam_state_python", "no"
        MsgBox KamSay("no_python", "Python with kam_xl does not answer. Double-click Set up.cmd in the folder for " & _
            "Windows, or run ""kam-xl install"", then open this workbook again."), vbExclamation, "kam_xl"
        Exit Sub
    End If
    On Error GoTo failed
    screen = Application.ScreenUpdating
    alerts = Application.DisplayAlerts
    mode = Application.Calculation
    Application.StatusBar = KamSay("working", "Working ...")
    RunPython script
restored:
    On Error Resume Next
    Application.ScreenUpdating = screen
    Application.DisplayAlerts = alerts
    If Not IsEmpty(mode) Then Application.Calculation = mode
    Application.StatusBar = False
    Exit Sub
failed:
    MsgBox KamSay("failed", "That did not work:") & " " & Err.Description, vbExclamation, "kam_xl"
    Resume restored
End Sub

Private Function KamPythonAnswers() As Boolean
    #If Mac Then
        KamPythonAnswers = True ' there xlwings itself says what its script needs
    #Else
        If Not answered Then answered = KamPythonStarts("kam_xl.buttons")
        KamPythonAnswers = answered
    #End If
End Function

' Whether a file xlwings.conf in the workbook's folder would choose the programs that run. xlwings would obey it; but who
' may write into a shared folder must not thereby run programs as everybody who opens a workbook there.
Public Function KamFolderDecides() As Boolean
    Dim key As Variant
    For Each key In Split("INTERPRETER_WIN;INTERPRETER_MAC;INTERPRETER;PYTHONPATH;CONDA PATH;CONDA ENV;" & _
            "ONEDRIVE_CONSUMER_WIN;ONEDRIVE_COMMERCIAL_WIN;SHAREPOINT_WIN;" & _
            "ONEDRIVE_CONSUMER_MAC;ONEDRIVE_COMMERCIAL_MAC;SHAREPOINT_MAC", ";") ' the last six become parts of the path
        If GetConfig(CStr(key), "", "directory") <> "" Then KamFolderDecides = True
    Next key
End Function

Public Function KamFolderRefused() As String
    KamFolderRefused = KamSay("folder", "The file xlwings.conf beside this workbook names a Python. Remove it; " & _
        "to set up this workbook, run: kam-xl install")
End Function

' Whether the Python that xlwings would start can import it and modules of ours. It runs without a window.
Public Function KamPythonStarts(ByVal modules As String) As Boolean
    Dim interpreter As String, script As String
    On Error GoTo missing
    If GetConfig("CONDA PATH") <> "" Then
        KamPythonStarts = True
        Exit Function
    End If
    interpreter = GetConfig("INTERPRETER_WIN")
    If interpreter = "" Then interpreter = GetConfig("INTERPRETER", "python")
    script = "import sys; sys.path[:0] = " & KamPyText(GetConfig("PYTHONPATH")) & ".split(';'); import xlwings, " & modules
    KamPythonStarts = (CreateObject("WScript.Shell").Run( _
        """" & interpreter & """ -B -c """ & script & """", 0, True) = 0)
missing:
End Function

Private Function KamPickedFile() As String
    Dim picked As Variant
    #If Mac Then
        picked = Application.GetOpenFilename()
    #Else
        picked = Application.GetOpenFilename(KamSay("tables", "Tables") & " (" & KamFileTypes() & ")," & KamFileTypes(), _
            Title:=KamSay("pick_file", "Which file?"))
    #End If
    If VarType(picked) = vbString Then KamPickedFile = picked
End Function

' "yes" where a function of ours calculates in this workbook: it is given another number than before, so that a value
' from before does not count.
Private Function KamFunctionsAnswer() As String
    Dim given As Long, result As Variant
    On Error Resume Next
    KamFunctionsAnswer = "no"
    given = 100 + Second(Now)
    KamNote "kam_probe_of", given
    ThisWorkbook.Names("kam_probe").RefersToRange.Calculate
    result = ThisWorkbook.Names("kam_probe").RefersToRange.Value
    If IsError(result) Then result = 0 ' an error in a condition would count as true here
    If result = given - 1 Then KamFunctionsAnswer = "yes"
End Function
