' What happens when the workbook opens: the wizard of functions gets its texts. No Python, no access to the project.
Option Explicit

Public Sub KamRegisterTexts()
    Dim entry As Range, unchanged As Boolean
    #If Mac Then
        Exit Sub ' there are no functions there
    #End If
    On Error Resume Next
    unchanged = ThisWorkbook.Saved
    For Each entry In ThisWorkbook.Names("kam_wizard").RefersToRange.Rows
        KamRegister entry
    Next entry
    ThisWorkbook.Saved = unchanged
End Sub

' One function: its name, its text, then a text for each argument.
Private Sub KamRegister(ByVal entry As Range)
    Dim macro As String, count As Long, at As Long, arguments() As String
    macro = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & entry.Cells(1, 1).Value
    count = Application.WorksheetFunction.CountA(entry) - 2
    If count < 1 Then
        Application.MacroOptions macro:=macro, Description:=CStr(entry.Cells(1, 2).Value), Category:="KAM"
        Exit Sub
    End If
    ReDim arguments(1 To count)
    For at = 1 To count
        arguments(at) = CStr(entry.Cells(1, at + 2).Value)
    Next at
    Application.MacroOptions macro:=macro, Description:=CStr(entry.Cells(1, 2).Value), Category:="KAM", _
        ArgumentDescriptions:=arguments
End Sub
