"""Hostile files through the buttons: refused in a sentence before any reader or program opens them."""

import zipfile

import pytest

from kam_xl.buttons import press, tasks
from tests.cli.test_bombs import EDITS, bomb_of_rows
from tests.table.books import make_xlsx

TABLE = [["Client ID", "Client", "Revenue", "Procurement budget"], ["1001", "Nordwerk", 900, 1000]]
REFUSED = {
    "texts announced": "the workbook declares 4,000,000,000 texts",
    "a far cell": "the sheet is too large: it reaches to XFD1048576",
    "entities": "the XML declares a document type",
    "sheets": "the workbook names 200,001 sheets",
    "rows": "bomb.ods (Clients): the sheet is too large",
}


@pytest.fixture(params=REFUSED)
def bomb(request, tmp_path):
    """A hostile file, and what is said of it."""
    if request.param == "rows":
        bomb_of_rows(tmp_path / "bomb.ods")
        return tmp_path / "bomb.ods", REFUSED["rows"]
    part, change = EDITS[request.param]
    make_xlsx(tmp_path / "source.xlsx", {"Clients": TABLE})
    with zipfile.ZipFile(tmp_path / "source.xlsx") as source, zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as file:
        for each in source.namelist():
            file.writestr(each, change(source.read(each)) if each == part else source.read(each))
    return tmp_path / "bomb.xlsx", REFUSED[request.param]


def in_the_program(monkeypatch):
    """As in LibreOffice, whose Python has no reader of workbooks: the program opens what the gate lets through."""
    opened = []
    monkeypatch.setattr(tasks, "find_spec", lambda name: None)
    monkeypatch.setattr("kam_xl.actions.book.sheets.offers", lambda impl, name: False)
    monkeypatch.setattr("kam_xl.engines.file.engine.app.Books.open", lambda self, *given, **named: opened.append(given))
    return opened


@pytest.mark.parametrize("button", ["import_table", "import_opportunities"])
@pytest.mark.parametrize("is_program", [False, True], ids=["reader", "program"])
def test_a_hostile_file_that_the_user_picks_is_refused(book, monkeypatch, bomb, button, is_program):
    path, says = bomb
    before = {sheet.name: sheet.used_range.value for sheet in book.sheets}
    opened = in_the_program(monkeypatch) if is_program else []
    press(button, str(path), book)
    (said,) = book.app.impl.alerts
    assert (said.mode, says in said.prompt, opened) == ("critical", True, []), said.prompt
    assert {sheet.name: sheet.used_range.value for sheet in book.sheets} == before
