"""Rows of a name shown and hidden, one sheet at a time and in stamped copies."""

import pytest
import xlwings as xw
from openpyxl import load_workbook

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.engines.rows import show_rows
from kam_xl.engines.stamp import Fill, stamp


def template(book):
    sheet = book.sheets[0]
    sheet["A1"].value = [[1], [2], [3], [4], [5]]
    sheet.names.add("all", f"='{sheet.name}'!$A$1:$A$5")
    sheet.names.add("tail", f"='{sheet.name}'!$A$3:$A$5")
    return sheet


def heights(sheet):
    return [sheet.range((row, 1)).row_height for row in range(1, 6)]


@pytest.fixture
def file_app():
    app = xw.engines["file"].apps.add()
    yield app
    app.quit()


def test_hidden_rows_have_no_height_until_they_are_shown_again(file_app):
    sheet = template(file_app.books.add())
    show_rows(sheet["A2:A3"], shown=False)
    hidden = heights(sheet)
    show_rows(sheet["A3:A4"], shown=True)
    assert (hidden, heights(sheet)) == ([15, 0, 0, 15, 15], [15, 0, 15, 15, 15])


def test_each_copy_shows_as_many_rows_of_a_name_as_its_fill_says(file_app, tmp_path):
    book = file_app.books.add()
    sheet = template(book)
    show_rows(sheet["A5"], shown=False)
    fills = [
        Fill("as it is"),
        Fill("all", shown={"all": 5}),
        Fill("part", {"tail": [7]}, {"ALL": 5, "tail": 1, "unknown": 2}),
        Fill("none", shown={"all": 0}),
    ]
    stamp(sheet, fills, after=sheet)
    book.save(tmp_path / "stamped.xlsx")
    saved = load_workbook(tmp_path / "stamped.xlsx")
    shown = {
        each.title: [row for row in range(1, 6) if not each.row_dimensions[row].hidden] for each in saved.worksheets[1:]
    }
    assert shown == {"as it is": [1, 2, 3, 4], "all": [1, 2, 3, 4, 5], "part": [1, 2, 3], "none": []}
    assert saved["part"]["A3"].value == 7


def test_an_engine_without_a_way_of_its_own_does_the_same_by_copy_and_write(file_app, monkeypatch):
    book = file_app.books.add()
    sheet = template(book)
    monkeypatch.delattr(type(sheet.impl), "stamp")
    stamp(sheet, [Fill("part", shown={"all": 5, "tail": 1})], after=sheet)
    assert heights(book.sheets["part"]) == [15, 15, 15, 0, 0]
    assert isinstance(book, xw.Book)
