"""What calamine leaves out is found however the XML is written."""

import zipfile

import pytest

from kam_xl.gate import admit
from kam_xl.table.sources.files import open_file
from kam_xl.table.sources.package_parts import PackageParts
from kam_xl.table.values.numbers import UNCOMPUTED
from tests.table.books import edit_part, make_xlsx

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["Client", "Revenue"], ["Nord", 1.5], ["Süd", 2.5]]


@pytest.fixture
def book(tmp_path):
    return make_xlsx(tmp_path / "book.xlsx", {"Clients": ROWS})


def troubles(path):
    return list(PackageParts(admit(path)).troubles("Clients"))


def put(path, cell, old=b'<c r="B2"><v>1.5</v></c>'):
    edit_part(path, SHEET, lambda text: text.replace(old, cell))
    return path


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="B2" t="e"><v>#N/A</v></c>',
        b"<c t='e' r='B2'><v>#N/A</v></c>",
        b'<c t = "e" s="0" r="B2">\n  <f>NA()</f>\n  <v>#N/A</v>\n</c>',
    ],
)
def test_an_error_is_found_however_it_is_written(book, cell):
    assert troubles(put(book, cell)) == [(2, 2, "#N/A")]
    assert open_file(book).grid("Clients").rows[1] == ["Nord", "#N/A"]


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="B2"><f>A1</f></c>',
        b'<c r="B2"><f>A1</f><v></v></c>',
        b'<c r="B2"><f t="shared" si="0"/></c>',
        b'<c r="B2">\n<f>A1</f>\n<v/>\n</c>',
    ],
)
def test_a_formula_without_a_value_is_found_however_it_is_written(book, cell):
    assert troubles(put(book, cell)) == [(2, 2, UNCOMPUTED)]


def test_a_formula_that_gives_an_empty_text_has_a_value(book):
    assert troubles(put(book, b'<c r="B2" t="str"><f>""</f><v></v></c>')) == []


def test_a_text_that_looks_like_an_error_mark_is_none(book):
    assert troubles(put(book, b'<c r="B2" t="inlineStr"><is><t>say "e"</t></is></c>')) == []


@pytest.mark.parametrize("prefix", [b"x", b"a-b.c"])
def test_elements_with_a_prefix_are_found(book, prefix):
    put(book, b'<c r="B2" t="e"><v>#DIV/0!</v></c>')
    put(book, b'<c r="B3"><f>A1</f></c>', old=b'<c r="B3"><v>2.5</v></c>')

    def prefixed(text):
        text = text.replace(b"<?xml", b"\0").replace(b"</", b"\1").replace(b"<", b"<%s:" % prefix)
        text = text.replace(b"\1", b"</%s:" % prefix)
        return text.replace(b"\0", b"<?xml").replace(b"xmlns=", b"xmlns:%s=" % prefix)

    edit_part(book, SHEET, prefixed)
    assert troubles(book) == [(2, 2, "#DIV/0!"), (3, 2, UNCOMPUTED)]


def test_a_workbook_part_of_another_legal_name_is_read(book):
    with zipfile.ZipFile(book) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    renamed = {"xl/workbook.xml": "xl/livre.xml", "xl/_rels/workbook.xml.rels": "xl/_rels/livre.xml.rels"}
    with zipfile.ZipFile(book, "w") as package:
        for name, data in parts.items():
            data = data.replace(b"xl/workbook.xml", b"xl/livre.xml")
            package.writestr(renamed.get(name, name), data)
    put(book, b'<c r="B2" t="e"><v>#N/A</v></c>')
    assert troubles(book) == [(2, 2, "#N/A")]
    assert open_file(book).grid("Clients").rows[1] == ["Nord", "#N/A"]


@pytest.mark.parametrize(
    ("rows", "levels"),
    [
        (b'<row r="2" outlineLevel="1"/><row r="3" outlineLevel="2">', {2: 1, 3: 2}),
        (b"<row/><row outlineLevel='1' hidden='1'>", {2: 1}),
        (b'<x:row r="5" outlineLevel = "7"/><row>', {5: 7}),
        (b"", {}),
    ],
)
def test_the_levels_of_an_outline_are_found_however_they_are_written(book, rows, levels):
    path = put(book, b"<sheetData>" + rows, old=b"<sheetData>")
    assert PackageParts(admit(path)).outline("Clients") == (levels, True)
