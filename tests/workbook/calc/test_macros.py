"""Our macros run in LibreOffice Basic, which knows VBA.

With xlwings' module in the project it runs no function, so two procedures stand in its place: one notes what Python
would have been told, one answers what the configuration says.
"""

import sys
from pathlib import Path

import pytest

from drawing.key_accounts import CODE_NAMES, WORKBOOK_CODE_NAME, Macros, build_workbook

pytestmark = pytest.mark.slow
SOURCE = Path(__file__).parents[3] / "workbook" / "source"
WITHOUT_ASKING = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN
IN_PLACE_OF_XLWINGS = """Option Explicit
Private script As String
Public Function RunPython(PythonCommand As String)
    script = PythonCommand
End Function
Public Function GetConfig(configKey As String, Optional otherwise As String, Optional source As String) As Variant
    GetConfig = ""
    If configKey = "CONDA PATH" And source <> "directory" Then GetConfig = "{conda}"
End Function
Public Function Told() As String
    Told = script
End Function
"""


def code(name):
    path = SOURCE / "vba" / name
    return path.read_text("ascii") if path.exists() else "Option Explicit\n"


def workbook(lang, folder, conda="here"):
    """A blank workbook with our own modules; with a conda path Python is taken to answer."""
    sys.path.insert(0, str(SOURCE))
    from macros import commands
    from ovba import Module, project
    from vba_wrappers import calling

    modules = [Module.document(WORKBOOK_CODE_NAME, "workbook", code(f"{WORKBOOK_CODE_NAME}.cls"))]
    modules += [Module.document(name, "sheet", code(f"{name}.cls")) for name in CODE_NAMES.values()]
    modules += [Module.standard(path.stem, path.read_text("ascii")) for path in sorted((SOURCE / "vba").glob("*.bas"))]
    modules += [Module.standard("KamCommands", commands()), Module.standard("KamCalling", calling())]
    modules += [Module.standard("InPlaceOfXlwings", IN_PLACE_OF_XLWINGS.replace("{conda}", conda))]
    file = folder / f"{lang}.xlsm"
    file.write_bytes(build_workbook(lang, blank=True, macros=Macros(project(modules), b"<x/>")))
    return file


@pytest.fixture
def macro(opened, tmp_path):
    """Run a procedure of a workbook in a language; `macro.cell` is what a named cell holds afterwards."""

    class Runner:
        def __init__(self, lang="en", **options):
            self.document = opened(workbook(lang, tmp_path, **options), WITHOUT_ASKING)

        def __call__(self, name, *arguments):
            address = f"vnd.sun.star.script:VBAProject.{name}?language=Basic&location=document"
            return self.document.getScriptProvider().getScript(address).invoke(arguments, (), ())[0]

        def cell(self, name):
            return self.document.NamedRanges.getByName(name).getReferredCells().getCellByPosition(0, 0).String

    return Runner


@pytest.mark.parametrize(("lang", "said"), [("en", "That did not work:"), ("ru", "Не получилось:")])
def test_macros_speak_the_language_of_the_workbook(lang, said, macro):
    run = macro(lang)
    assert (run("KamTexts.KamLanguage"), run("KamTexts.KamSay", "failed", "?")) == (lang, said)
    assert run("KamTexts.KamSay", "deleted", "otherwise") == "otherwise"


def test_a_button_tells_python_its_command(macro):
    run = macro()
    run("KamRunning.KamRun", "check")
    assert run("InPlaceOfXlwings.Told") == "import kam_xl.buttons; kam_xl.buttons.press('check', '')"


def test_a_command_asks_for_a_file_where_its_table_says_so(macro):
    run = macro()
    assert (run("KamCommands.KamAsks", "import_table"), run("KamCommands.KamAsks", "check")) == ("file", "")
    assert run("KamCommands.KamFileTypes").startswith("*.xlsx;")


def test_where_python_does_not_answer_nothing_is_run_and_start_says_so(macro):
    run = macro(conda="")
    run("KamRunning.KamRun", "check")
    assert (run("InPlaceOfXlwings.Told"), run.cell("kam_state_python")) == ("", "no")


def test_the_check_of_the_installation_asks_python_and_notes_whether_functions_calculate(macro):
    run = macro()
    run("KamRunning.KamCheckInstallation")
    assert "installation.note(" in run("InPlaceOfXlwings.Told")
    assert run.cell("kam_state_functions") == "no"


def test_opening_and_showing_the_tab_never_fail_where_excel_is_not(macro):
    run = macro()
    run("KamOpening.KamRegisterTexts")
    run("KamRibbon.KamShowTab")


@pytest.mark.parametrize(
    "text", ["", "plain text_1.xlsx", 'C:\\Users\\Анна\\it\'s 100% & "so".xlsx', "\N{GRINNING FACE} 50 €", "a\nb"]
)
def test_any_text_is_written_as_python_reads_it(text, macro):
    written = macro()("KamTexts.KamPyText", text)
    assert written.isascii()
    assert not set(written) & set('"%&^<>|')
    assert eval(written) == text  # noqa: S307 (a literal that our own macro wrote)
