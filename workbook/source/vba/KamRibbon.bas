' The ribbon of this workbook: customUI14.xml calls these procedures.
Option Explicit

Private tabs As IRibbonUI

Public Sub KamOnLoad(ribbon As IRibbonUI)
    Set tabs = ribbon
End Sub

' There is a tab for each language; the one that the workbook speaks is shown. Its id ends in the language.
Public Sub KamVisible(control As IRibbonControl, ByRef visible)
    visible = (LCase$(Right$(control.ID, 2)) = KamLanguage())
End Sub

' Every button of the tab: its tag is the command.
Public Sub KamPress(control As IRibbonControl)
    KamRun control.Tag
End Sub

' After the language was switched. A project that was reset has forgotten its ribbon until the workbook opens again.
Public Sub KamShowTab()
    If Not tabs Is Nothing Then tabs.Invalidate
End Sub
