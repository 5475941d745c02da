"""Workbooks: tabs, names and calculation follow what happens to sheets, everything else stays."""

import pytest

from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.parts import sweep
from kam_xl.engines.file.parts.blank import blank_sheet, blank_workbook
from kam_xl.engines.file.parts.flushing import flush
from kam_xl.engines.file.parts.workbook import WORKSHEET, Workbook
from kam_xl.engines.values import Formula
from kam_xl.ooxml.errors import DamagedFileError
from tests.engines.file import raw

NAMES = (
    '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">Sheet1!$A$1:$B$2</definedName>\n'
    '<definedName name="rate" comment="c">0.2</definedName>'
    '<definedName name="rate" localSheetId="1" hidden="1">"a&quot;b"</definedName></definedNames>'
)
VIEWS = '<bookViews><workbookView activeTab="1" firstSheet="1"/></bookViews>'


def two_sheets(tmp_path, *sheets, workbook=NAMES, **more):
    found = raw.parts(*(sheets or (raw.sheet(), raw.sheet())), workbook=workbook, **more)
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace("<sheets>", VIEWS + "<sheets>")
    return raw.opened(tmp_path, found)


def add(book, name, **options):
    part = book.package.fresh_name("xl/worksheets/sheet1.xml")
    book.package.put(part, blank_sheet(), WORKSHEET)
    return book.add_entry(name, part, **options)


def text(book):
    flush(book)
    return book.package.text("xl/workbook.xml")


def test_a_book_that_is_looked_at_is_not_changed(tmp_path):
    book = two_sheets(tmp_path, raw.sheet('<row r="1"><c r="A1"><v>1</v></c></row>'), raw.sheet())
    book.sheet_part(book.sheets[0]).block(1, 1, 5, 5)
    flush(book)
    assert [piece.name for piece in book.package.pieces() if piece.content is not None] == []


def test_what_is_changed_and_then_changed_back_is_written_as_it_was(tmp_path):
    book = two_sheets(tmp_path)
    before = book.package.text("xl/workbook.xml")
    sweep.rename(book, book.sheets[0], "Other")
    assert "Other!$A$1:$B$2" in text(book)
    sweep.rename(book, book.sheets[0], "Sheet1")
    assert text(book) == before
    book.names.add("rate", "0.3")
    assert ">0.3</definedName>" in text(book)


def test_a_new_sheet_is_listed_with_a_number_and_a_relationship_of_its_own(tmp_path):
    book = two_sheets(tmp_path)
    entry = add(book, "A & B")
    assert (entry.sheet_id, entry.rel_id, entry.fresh) == (3, "rId3", True)
    assert '<sheet name="A &amp; B" sheetId="3" r:id="rId3"/></sheets>' in text(book)


@pytest.mark.parametrize("empty", ["<definedNames/>", "<definedNames></definedNames>"])
def test_an_empty_list_of_names_stays(tmp_path, empty):
    book = two_sheets(tmp_path, workbook=empty)
    add(book, "New")
    assert empty in text(book)
    book.names.add("tax", "0.2")
    assert '<definedNames><definedName name="tax">0.2</definedName></definedNames>' in text(book)


@pytest.mark.parametrize("number", ["-1", "7", "", "1.5", "9" * 5000])
def test_a_window_that_shows_no_tab_of_the_book_shows_the_first_one(tmp_path, number):
    found = raw.parts(raw.sheet(), raw.sheet())
    views = VIEWS.replace('activeTab="1"', f'activeTab="{number}"')
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace("<sheets>", views + "<sheets>")
    book = raw.opened(tmp_path, found)
    assert book.tabs.active is book.sheets[0]
    add(book, "New", index=0)
    assert 'activeTab="1"' in text(book)


def test_names_and_windows_stay_with_their_sheets_when_one_comes_before_them(tmp_path):
    book = two_sheets(tmp_path)
    add(book, "New", index=1)
    assert text(book).count('localSheetId="2"') == 1
    assert '<workbookView activeTab="2" firstSheet="2"/>' in text(book)
    book.move(book.sheets[0], 2)
    assert [entry.name for entry in book.sheets] == ["New", "Sheet2", "Sheet1"]
    assert text(book).index('name="_xlnm.Print_Area" localSheetId="2"') < text(book).index('localSheetId="1"')


def test_a_deleted_sheet_takes_its_names_along(tmp_path):
    book = two_sheets(tmp_path)
    sweep.delete(book, book.sheets[0])
    assert "Print_Area" not in text(book)
    assert '<definedName name="rate" localSheetId="0" hidden="1">"a&quot;b"</definedName>' in text(book)
    assert '<workbookView activeTab="0" firstSheet="0"/>' in text(book)


def test_names_that_do_not_change_stay_as_they_are_written(tmp_path):
    book = two_sheets(tmp_path)
    book.names.add("tax", "=Sheet1!$A$1", book.sheets[1])
    assert NAMES.replace(
        "</definedNames>", '<definedName name="tax" localSheetId="1">Sheet1!$A$1</definedName></definedNames>'
    ) in text(book)


def test_names_between_others_are_changed_and_deleted_where_they_stand(tmp_path):
    plain = '<definedName name="{}"{}>Sheet1!$A${}</definedName>'
    first, second, third = plain.format("localSheetId", "", 1), plain.format("a", ' localSheetId="1"', 2), NAMES[14:-15]
    last = plain.format("b", ' localSheetId="01"', 3)
    book = two_sheets(tmp_path, workbook=f"<definedNames>{first}\n {second}{third} {last} </definedNames>")
    assert book.names.meanings(book.sheets[1]) == {"a": "Sheet1!$A$2", "rate": '"a"b"', "b": "Sheet1!$A$3"}
    assert book.names.meanings(None) == {"localSheetId": "Sheet1!$A$1", "rate": "0.2"}
    assert [name.name for name in book.names] == ["localSheetId", "a", "_xlnm.Print_Area", "rate", "rate", "b"]
    book.names.add("a", "Sheet1!$A$9", book.sheets[1])
    deleted = book.names.get("LOCALSHEETID")
    book.names.delete(deleted)
    assert len(book.names) == 5
    second = second.replace("$2", "$9")
    assert f"<definedNames>\n {second}{third} {last} </definedNames>" in text(book)


def test_the_first_name_of_a_book_stands_where_the_format_wants_it(tmp_path):
    book = two_sheets(tmp_path, workbook='<calcPr calcId="1"/>')
    book.names.add("tax", "0.2")
    assert '</sheets><definedNames><definedName name="tax">0.2</definedName></definedNames><calcPr' in text(book)


def test_the_last_name_takes_the_list_along(tmp_path):
    book = two_sheets(tmp_path)
    for name in list(book.names):
        book.names.delete(name)
    assert "definedName" not in text(book)


def test_a_name_is_found_in_its_scope_whatever_its_capitals(tmp_path):
    names = (book := two_sheets(tmp_path)).names
    assert names.get("RATE").refers_to == "0.2"
    assert names.get("Rate", book.sheets[1]).refers_to == '"a"b"'
    assert names.get("rate", book.sheets[0]) is None


@pytest.mark.parametrize("name", ["", "A1", "R1C1", "r", "1a", "a b", "a-b", "x" * 256, "XFD1048576"])
def test_a_name_that_excel_does_not_allow_is_refused(tmp_path, name):
    with pytest.raises(EditError, match="does not allow"):
        two_sheets(tmp_path).names.add(name, "1")


@pytest.mark.parametrize(
    "name", ["", "x" * 32, "\U0001f600" * 16, "a/b", "a\\b", "a?b", "a*b", "[a]", "a:b", "'a", "a'", "History", "a\nb"]
)
def test_a_sheet_name_that_excel_does_not_allow_is_refused(tmp_path, name):
    with pytest.raises(EditError):
        add(two_sheets(tmp_path), name)


def test_two_sheets_cannot_have_one_name(tmp_path):
    with pytest.raises(EditError, match="another sheet"):
        add(two_sheets(tmp_path), "SHEET1")


def test_a_book_keeps_one_visible_sheet(tmp_path):
    book = two_sheets(tmp_path)
    book.sheets[0].state = "hidden"
    with pytest.raises(EditError, match="one visible sheet"):
        sweep.delete(book, book.sheets[1])


def test_only_one_sheet_is_selected(tmp_path):
    view = '<sheetViews><sheetView {}workbookViewId="0"/></sheetViews>'
    book = two_sheets(tmp_path, raw.sheet(before=view.format("")), raw.sheet(before=view.format('tabSelected="1" ')))
    book.activate(book.sheets[0])
    assert 'activeTab="0"' in text(book)
    assert [book.sheet_part(entry).text.count("tabSelected") for entry in book.sheets] == [1, 0]


def test_a_book_does_not_open_with_a_hidden_sheet(tmp_path):
    book = two_sheets(tmp_path)
    book.show(book.sheets[1], False)
    assert 'activeTab="0"' in text(book)
    assert '<sheet name="Sheet2" sheetId="2" r:id="rId2" state="hidden"/>' in text(book)
    book.show(book.sheets[1], True)
    assert '<sheet name="Sheet2" sheetId="2" r:id="rId2"/>' in text(book)
    with pytest.raises(EditError, match="one visible sheet"):
        [book.show(entry, False) for entry in book.sheets]


# --- calculation -----------------------------------------------------------------------------------------------------

CHAIN = {
    "xl/_rels/workbook.xml.rels": raw.rels(
        ("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml"), ("calcChain", "calcChain.xml")
    ),
    "xl/calcChain.xml": "<calcChain/>",
}
WITH_FORMULA = raw.sheet('<row r="1"><c r="A1"><f>B1</f><v>1</v></c></row>')


def test_a_value_in_a_book_with_formulas_asks_for_calculation_and_keeps_the_chain(tmp_path):
    book = two_sheets(tmp_path, raw.sheet(), WITH_FORMULA, workbook='<calcPr calcId="1" iterate="1"/>', **CHAIN)
    book.sheet_part(book.sheets[0]).set(1, 1, 5)
    assert '<calcPr calcId="1" iterate="1" fullCalcOnLoad="1"/>' in text(book)
    assert "xl/calcChain.xml" in book.package


def test_a_value_in_a_book_without_formulas_asks_for_nothing(tmp_path):
    book = two_sheets(tmp_path)
    book.sheet_part(book.sheets[0]).set(1, 1, 5)
    assert "calcPr" not in text(book)


@pytest.mark.parametrize("content", [Formula("=1"), 5, None])
def test_a_formula_that_comes_or_goes_takes_the_chain_away(tmp_path, content):
    book = two_sheets(tmp_path, raw.sheet(), WITH_FORMULA, **CHAIN)
    book.sheet_part(book.sheets[1]).set(1, 1, content)
    assert '<calcPr fullCalcOnLoad="1"/>' in text(book)
    assert "xl/calcChain.xml" not in book.package
    assert [rel.kind for rel in book.package.rels("xl/workbook.xml")] == ["worksheet", "worksheet"]


def test_a_format_asks_for_nothing(tmp_path):
    book = two_sheets(tmp_path, raw.sheet(), WITH_FORMULA, **CHAIN)
    book.sheet_part(book.sheets[1]).set_style(1, 1, 0)
    assert "calcPr" not in text(book)
    assert "xl/calcChain.xml" in book.package


def test_a_sheet_that_comes_or_goes_takes_the_chain_away(tmp_path):
    book = two_sheets(tmp_path, **CHAIN)
    add(book, "New")
    text(book)
    assert "xl/calcChain.xml" not in book.package


# --- odd files -------------------------------------------------------------------------------------------------------


def test_a_macro_sheet_without_a_part_stays_in_the_list(tmp_path):
    found = raw.parts(raw.sheet(), raw.sheet())
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace('r:id="rId2"', 'state="veryHidden" r:id=""')
    book = raw.opened(tmp_path, found)
    assert [(entry.kind, entry.part) for entry in book.sheets] == [
        ("worksheet", "xl/worksheets/sheet1.xml"),
        ("macrosheet", None),
    ]
    add(book, "New")
    assert '<sheet name="Sheet2" sheetId="2" state="veryHidden" r:id=""/>' in text(book)


def test_prefixes_and_other_names_of_namespaces_are_followed(tmp_path):
    found = raw.parts()
    plain = found["xl/workbook.xml"]
    found["xl/workbook.xml"] = (
        (plain.replace("xmlns:r=", "xmlns:rel=").replace("r:id", "rel:id").replace("xmlns=", "xmlns:x="))
        .replace("<workbook", "<x:workbook")
        .replace("</workbook", "</x:workbook")
    )
    for name in ("sheets", "sheet "):
        found["xl/workbook.xml"] = (
            found["xl/workbook.xml"].replace(f"<{name}", f"<x:{name}").replace(f"</{name}", f"</x:{name}")
        )
    book = raw.opened(tmp_path, found)
    add(book, "New")
    book.names.add("rate", "1")
    assert '<x:sheet name="New" sheetId="2" rel:id="rId2"/></x:sheets><x:definedNames>' in text(book)


def test_the_namespace_of_relationships_is_declared_where_it_is_missing(tmp_path):
    found = raw.parts()
    found["xl/workbook.xml"] = (
        found["xl/workbook.xml"]
        .replace(f' xmlns:r="{raw.OFFICE}"', "")
        .replace("<sheet ", f'<sheet xmlns:r="{raw.OFFICE}" ')
    )
    book = raw.opened(tmp_path, found)
    add(book, "New")
    assert Workbook(book.package).sheets[-1].name == "New" or text(book)
    assert f'<workbook xmlns="{raw.MAIN}" xmlns:r="{raw.OFFICE}"><sheets>' in text(book)


def test_strict_files_get_strict_parts(tmp_path):
    found = {
        name: content.replace(raw.MAIN, raw.STRICT_MAIN).replace(raw.OFFICE, raw.STRICT_OFFICE)
        for name, content in raw.parts().items()
    }
    book = raw.opened(tmp_path, found)
    book.strings.add("<t>a</t>")
    book.styles.with_number_format(0, "0.0")
    text(book)
    assert raw.STRICT_MAIN in book.package.text("xl/sharedStrings.xml")
    assert raw.STRICT_MAIN in book.package.text("xl/styles.xml")
    assert {rel.type.rpartition("/")[0] for rel in book.package.rels("xl/workbook.xml")} == {raw.STRICT_OFFICE}


def test_parts_in_utf_16_stay_in_utf_16(tmp_path):
    found = raw.parts()
    declaration = '<?xml version="1.0" encoding="UTF-16"?>'
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        found[name] = (declaration + found[name]).encode("utf-16")
    book = raw.opened(tmp_path, found)
    book.sheet_part(book.sheets[0]).set(1, 1, "Ключ")
    add(book, "New")
    flush(book)
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        assert book.package.read(name).startswith(b"\xff\xfe")
    assert "Ключ" in book.package.text("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('r:id="rId1"', 'r:id="rId9"'),
        ("<sheet ", "<sheets2 "),
        ('sheetId="1"', 'sheetId="x"'),
        ("worksheets/sheet1.xml", "worksheets/none.xml"),
    ],
)
def test_a_list_of_sheets_that_does_not_fit_the_file_is_damage(tmp_path, old, new):
    found = {
        name: content.replace(old, new) if "workbook" in name else content for name, content in raw.parts().items()
    }
    with pytest.raises(DamagedFileError):
        raw.opened(tmp_path, found)


def test_a_blank_workbook_has_one_sheet_and_nothing_to_calculate():
    book = blank_workbook()
    flush(book)
    assert [entry.name for entry in book.sheets] == ["Sheet1"]
    assert "calcPr" not in book.package.text("xl/workbook.xml")
