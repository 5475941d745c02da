"""LibreOffice opens the workbook, knows its macros, and keeps the values of its formulas."""

import sys
from pathlib import Path

import pytest

from kam_xl.locale import LANGUAGES
from kam_xl.template.workbook import CODE_NAMES, WORKBOOK_CODE_NAME, Macros, build_workbook

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
FILES = {
    lang: ROOT / "workbook" / name
    for lang, name in zip(LANGUAGES, ("KeyAccounts.xlsm", "KeyAccounts_ru.xlsm"), strict=True)
}
WITHOUT_ASKING = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN
OURS = {"KamCommands", "KamErrors", "KamFunctions", "KamOpening", "KamRibbon", "KamRunning", "KamTexts"}


@pytest.fixture
def opened(office):
    """Open a file, hidden; closed afterwards."""
    from com.sun.star.beans import PropertyValue

    documents = []

    def opened(file, macros=0):
        said = {"Hidden": True, "MacroExecutionMode": macros}
        options = tuple(PropertyValue(Name=name, Value=value) for name, value in said.items())
        documents.append(office.desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, options))
        return documents[-1]

    yield opened
    for document in documents:
        document.close(True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_modules_are_listed(lang, opened):
    library = opened(FILES[lang], WITHOUT_ASKING).BasicLibraries.getByName("VBAProject")
    expected = {WORKBOOK_CODE_NAME, *CODE_NAMES.values(), *OURS, "xlwings", "Dictionary"}
    assert set(library.getElementNames()) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_formulas_keep_their_values_where_no_function_is_at_hand(lang, opened):
    sheet = opened(FILES[lang]).Sheets.getByIndex(1)
    penetration, headroom = (sheet.getCellRangeByName(cell) for cell in ("J6", "K6"))
    assert (penetration.Value, headroom.Value) == (pytest.approx(0.62), 11_400_000)
    assert "KAM_PENETRATION" in penetration.Formula.upper()


def test_the_hidden_sheets_are_hidden(opened):
    sheets = opened(FILES["en"]).Sheets
    shown = [sheets.getByIndex(number) for number in range(sheets.Count)]
    assert [sheet.Name for sheet in shown if not sheet.IsVisible] == ["KAM lists", "xlwings.conf"]


@pytest.mark.parametrize(
    "text", ["", "plain text_1.xlsx", 'C:\\Users\\Анна\\it\'s 100% & "so".xlsx', "\N{GRINNING FACE} 50 €", "a\nb"]
)
def test_the_macro_writes_any_text_as_python_reads_it(text, opened, tmp_path):
    """The module of texts alone: with xlwings' module in the project LibreOffice runs no function."""
    sys.path.insert(0, str(ROOT / "workbook/source"))
    from ovba import Module, project

    documents = [Module.document(WORKBOOK_CODE_NAME, "workbook")]
    documents += [Module.document(name, "sheet") for name in CODE_NAMES.values()]
    code = (ROOT / "workbook/source/vba/KamTexts.bas").read_text("ascii")
    macros = Macros(project([*documents, Module.standard("KamTexts", code)]), b"<x/>")
    file = tmp_path / "texts.xlsm"
    file.write_bytes(build_workbook("en", blank=True, macros=macros))
    provider = opened(file, WITHOUT_ASKING).getScriptProvider()
    script = provider.getScript("vnd.sun.star.script:VBAProject.KamTexts.KamPyText?language=Basic&location=document")
    written = script.invoke((text,), (), ())[0]
    assert written.isascii()
    assert not set(written) & set('"%&^<>|')
    assert eval(written) == text  # noqa: S307 (a literal that our own macro wrote)
