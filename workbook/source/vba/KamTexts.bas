' Words for people stand in cells, in the workbook's language; VBA knows them by name.
Option Explicit

Public Function KamLanguage() As String
    KamLanguage = LCase$(KamCell("kam_set_language", "en"))
End Function

Public Function KamSay(ByVal what As String, ByVal otherwise As String) As String
    KamSay = KamCell("kam_say_" & what, otherwise)
End Function

' The cell of a name; where somebody deleted it, something else.
Private Function KamCell(ByVal cellName As String, ByVal otherwise As String) As String
    On Error Resume Next
    KamCell = otherwise
    KamCell = CStr(ThisWorkbook.Names(cellName).RefersToRange.Value)
End Function

Public Sub KamNote(ByVal cellName As String, ByVal value As Variant)
    On Error Resume Next
    ThisWorkbook.Names(cellName).RefersToRange.Value = value
End Sub

' A text as a literal of Python, in ASCII and without anything that a command line would take for its own.
Public Function KamPyText(ByVal text As String) As String
    Dim at As Long, code As Long, low As Long, written As String
    at = 1
    Do While at <= Len(text)
        code = AscW(Mid$(text, at, 1)) And &HFFFF&
        If code >= &HD800& And code <= &HDBFF& And at < Len(text) Then
            low = AscW(Mid$(text, at + 1, 1)) And &HFFFF&
            code = &H10000 + (code - &HD800&) * &H400& + (low - &HDC00&)
            at = at + 1
        End If
        written = written & KamPyCharacter(code)
        at = at + 1
    Loop
    KamPyText = "'" & written & "'"
End Function

Private Function KamPyCharacter(ByVal code As Long) As String
    Select Case code
        Case 32, 45 To 58, 65 To 90, 95, 97 To 122
            KamPyCharacter = Chr$(code)
        Case Is > &HFFFF&
            KamPyCharacter = "\U" & Right$("0000000" & Hex$(code), 8)
        Case Else
            KamPyCharacter = "\u" & Right$("000" & Hex$(code), 4)
    End Select
End Function
