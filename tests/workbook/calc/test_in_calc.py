"""LibreOffice opens the workbook, knows its macros, and keeps the values of its formulas."""

import shutil
from pathlib import Path

import pytest
import xlwings as xw

import kam_xl.engines.calc  # noqa: F401 (registers the engine)
from drawing.key_accounts import CODE_NAMES, WORKBOOK_CODE_NAME
from kam_xl.actions.book import language
from kam_xl.locale import LANGUAGES

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
FILES = {
    lang: ROOT / "workbook" / name
    for lang, name in zip(LANGUAGES, ("KeyAccounts.xlsm", "KeyAccounts_ru.xlsm"), strict=True)
}
WITHOUT_ASKING = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN
OURS = {"KamCommands", "KamCalling", "KamFunctions", "KamOpening", "KamRibbon", "KamRunning", "KamTexts"}


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


def test_the_language_of_an_open_document_is_switched_there_and_back(tmp_path):
    shutil.copy(FILES["en"], tmp_path / "book.xlsm")
    row = "Clients[[#This Row],[{}]]"
    formula = f'=IF({row}="","",IFNA(KAM_HEADROOM({row},{row}),""))'
    with xw.engines["calc"].apps.add() as app:
        book = app.books.open(tmp_path / "book.xlsm")
        before = book.sheets["Clients"]["A1:I60"].value
        language.switch(book, "ru")
        clients = book.sheets["Клиенты"]
        assert clients["A5:C6"].value == [
            ["Код клиента", "Клиент", "Отрасль"],
            [1001, "Балтийский трубный завод", "Металлургия"],
        ]
        assert clients["K6"].formula == formula.format("Клиент", "Выручка", "Бюджет закупок")
        language.switch(book, "en")
        assert book.sheets["Clients"]["A1:I60"].value == before
        assert book.sheets["Clients"]["K6"].formula == formula.format("Client", "Revenue", "Procurement budget")
