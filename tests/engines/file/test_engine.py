"""The engine as a user of xlwings meets it."""

import datetime as dt

import openpyxl
import pandas as pd
import pytest
import xlwings as xw

import kam_xl.engines.file
from kam_xl.actions.book.cell_contents import content
from kam_xl.engines.file.errors import EditError, NoSuchItemError, UnsupportedError
from kam_xl.engines.values import Formula, put
from kam_xl.ooxml.archive import LIMITS, Limits
from kam_xl.ooxml.errors import PackageError
from tests.engines.file import raw


@pytest.fixture
def app():
    with xw.engines["file"].apps.add() as found:
        yield found


@pytest.fixture
def book(app):
    return app.books.add()


@pytest.fixture
def sheet(book):
    return book.sheets[0]


# --- applications and books ------------------------------------------------------------------------------------------


def test_importing_twice_registers_one_engine():
    import importlib

    importlib.reload(kam_xl.engines.file)
    assert [engine.name for engine in xw.engines].count("file") == 1


def test_an_application_lives_from_its_beginning_to_its_end():
    apps = xw.engines["file"].apps
    before = len(apps)
    with apps.add() as app:
        assert (len(apps), apps.active, apps[app.pid]) == (before + 1, app, app)
        app.books.add()
    assert len(apps) == before


def test_settings_of_the_screen_are_kept_and_restored(app):
    with app.properties(screen_updating=False, calculation="manual"):
        assert (app.screen_updating, app.calculation) == (False, "manual")
    assert (app.screen_updating, app.calculation) == (True, "automatic")


def test_a_new_book_is_saved_where_it_is_told(app, book, tmp_path):
    assert (book.name, book.sheet_names) == ("Book1", ["Sheet1"])
    book.save(tmp_path / "made.xlsx")
    assert (book.name, book.fullname) == ("made.xlsx", str(tmp_path / "made.xlsx"))
    assert openpyxl.load_workbook(tmp_path / "made.xlsx").sheetnames == ["Sheet1"]


def test_a_new_book_is_saved_in_the_current_folder(book, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    book.save()
    assert (tmp_path / "Book1.xlsx").exists()


def test_a_book_opened_twice_is_one_book(app, tmp_path):
    path = raw.write(tmp_path / "book.xlsx", raw.parts())
    assert app.books.open(path) == app.books.open(path)
    assert len(app.books) == 1
    assert app.books["book.xlsx"].fullname == str(path)
    app.books.active.close()
    with pytest.raises(NoSuchItemError):
        app.books["book.xlsx"]


def test_a_book_closes_with_its_context(app, tmp_path):
    with app.books.open(raw.write(tmp_path / "book.xlsx", raw.parts())) as book:
        assert book.sheets[0].name == "Sheet1"
    assert len(app.books) == 0


def test_what_was_saved_is_reported(app, tmp_path):
    book = app.books.open(raw.write(tmp_path / "book.xlsx", raw.parts(raw.sheet(), raw.sheet())))
    book.sheets[0]["A1"].value = 1
    book.save(tmp_path / "out.xlsx")
    assert str(book.impl.report) == "5 of 6 parts unchanged, 1 changed: xl/worksheets/sheet1.xml"


def test_limits_can_be_set(app, tmp_path):
    engine = xw.engines["file"].impl
    engine.limits = Limits(file_size=10)
    try:
        with pytest.raises(PackageError, match="too large"):
            app.books.open(raw.write(tmp_path / "book.xlsx", raw.parts()))
    finally:
        engine.limits = LIMITS


@pytest.mark.parametrize(
    "use",
    [
        lambda sheet: sheet.charts,
        lambda sheet: sheet.pictures,
        lambda sheet: sheet.page_setup.print_area,
        lambda sheet: sheet["A1"].font,
        lambda sheet: sheet["A1"].insert("down"),
        lambda sheet: setattr(sheet["A1"], "formula_array", "=1"),
        lambda sheet: sheet.book.app.calculate(),
        lambda sheet: sheet.book.to_pdf(),
        lambda sheet: sheet.book.save("x.xlsx", password="secret"),  # noqa: S106
        lambda sheet: setattr(sheet["A:A"], "number_format", "0"),
    ],
)
def test_what_it_cannot_do_it_names(sheet, use):
    with pytest.raises(NotImplementedError, match="the file engine does not support") as caught:
        use(sheet)
    assert isinstance(caught.value, UnsupportedError)


# --- values ----------------------------------------------------------------------------------------------------------


def test_blocks_lists_and_single_values_go_in_and_come_out(sheet):
    sheet["A1"].value = [["Client", "Revenue"], ["Nord", 1.5], ["Süd", None]]
    assert sheet["A1:B3"].value == [["Client", "Revenue"], ["Nord", 1.5], ["Süd", None]]
    sheet["D1"].value = [1, 2, 3]
    assert sheet["D1:F1"].value == [1.0, 2.0, 3.0]
    sheet["D2"].options(transpose=True).value = [1, 2]
    assert sheet["D2:D3"].value == [1.0, 2.0]
    sheet["H1:I2"].value = 7
    assert sheet["H1:I2"].value == [[7.0, 7.0], [7.0, 7.0]]
    sheet["H1"].value = None
    assert sheet["H1"].value is None


def test_frames_go_in_and_come_out(sheet):
    frame = pd.DataFrame({"client": ["Nord", "Süd"], "since": [dt.datetime(2020, 1, 1), pd.NaT], "share": [0.5, None]})
    sheet["B2"].options(index=False).value = frame
    found = sheet["B2"].expand().options(pd.DataFrame, index=False).value
    assert found["client"].tolist() == ["Nord", "Süd"]
    assert found["since"].tolist()[0] == dt.datetime(2020, 1, 1)
    assert found.isna().sum().tolist() == [0, 1, 1]


def test_dates_numbers_and_errors_come_out_as_asked(sheet):
    put(sheet["A1"], [[dt.datetime(2024, 1, 31, 12), 5, Formula("=1/0", "#DIV/0!"), None]])
    row = sheet["A1:D1"]
    assert row.value == [dt.datetime(2024, 1, 31, 12), 5.0, None, None]
    assert row.options(dates=dt.date, numbers=int, empty="", err_to_str=True).value == [
        dt.date(2024, 1, 31),
        5,
        "#DIV/0!",
        "",
    ]


def test_text_with_an_equal_sign_is_a_formula_and_an_apostrophe_makes_it_text(sheet):
    sheet["A1"].value = ["=B1+1", "'=B1+1", "'it", "=", "", "'"]
    assert sheet["A1:F1"].formula == [["=B1+1", "=B1+1", "it", "=", "", ""]]
    assert sheet["A1:F1"].value == [None, "=B1+1", "it", "=", None, None]


def test_a_formula_filled_over_a_range_follows_its_cells(sheet):
    sheet["C1:D2"].formula = "=A1*$A$1"
    assert sheet["C1:D2"].formula == [["=A1*$A$1", "=B1*$A$1"], ["=A2*$A$1", "=B2*$A$1"]]


def test_newer_functions_are_stored_with_their_prefix_and_shown_without(sheet, book):
    sheet["A1"].formula = '=IFS(B1>1,TEXTJOIN(",",TRUE,C1:C3))'
    assert book.impl.workbook.sheet_part(sheet.impl.entry).formula(1, 1) == (
        '_xlfn.IFS(B1>1,_xlfn.TEXTJOIN(",",TRUE,C1:C3))'
    )
    assert sheet["A1"].formula == '=IFS(B1>1,TEXTJOIN(",",TRUE,C1:C3))'


def test_put_writes_text_literally_and_formulas_with_their_values(sheet, tmp_path):
    put(sheet["A1"], [["=cmd()", Formula("=1+1", 2)], ["'quoted", "007"]])
    assert sheet["A1:B2"].value == [["=cmd()", 2.0], ["'quoted", "007"]]
    sheet.book.save(tmp_path / "out.xlsx")
    cells = openpyxl.load_workbook(tmp_path / "out.xlsx", data_only=True).active
    assert [[cell.value for cell in row] for row in cells["A1:B2"]] == [["=cmd()", 2], ["'quoted", "007"]]
    assert [cells["A1"].quotePrefix, cells["B2"].quotePrefix] == [True, True]


def test_cells_are_cleared_with_and_without_their_formats(sheet):
    sheet["A1:B1"].value = [dt.date(2024, 1, 1), 5]
    sheet["A1"].clear_contents()
    assert (sheet["A1"].value, sheet["A1"].number_format, sheet["B1"].value) == (None, "m/d/yyyy", 5.0)
    sheet.clear()
    assert (sheet["B1"].value, sheet["A1"].number_format) == (None, "General")


def test_an_empty_slice_is_written_to_and_read_without_effect(sheet):
    empty = sheet["A1:B3"][1:1, :]
    empty.raw_value = 5
    empty.clear_contents()
    assert (empty.shape, empty.raw_value, sheet.used_range.address) == ((0, 2), None, "$A$1")


# --- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ("B2", "$B$2"), ("$B$2:C3", "$B$2:$C$3"), ("c3:b2", "$B$2:$C$3"), ("B:C", "$B:$C"), ("2:3", "$2:$3"),
        ((2, 3), "$C$2"), ("Sheet1!B2", "$B$2"),
    ],
)  # fmt: skip
def test_ranges_are_named_in_every_way(sheet, cells, address):
    assert sheet.range(cells).address == address


def test_ranges_between_corners_slices_and_neighbours(sheet):
    assert sheet.range((1, 2), "D5").address == "$B$1:$D$5"
    assert sheet.range(sheet["B2"], sheet["A4"]).address == "$A$2:$B$4"
    assert sheet[1:3, 0:2].address == "$A$2:$B$3"
    assert sheet["B2:C5"][-1, 0].address == "$B$5"
    assert sheet["B2:C3"](3).address == "$B$3"
    assert sheet["B2"].offset(1, 1).resize(2, 2).address == "$C$3:$D$4"
    assert [cell.address for cell in sheet["A1:B2"].rows[1]] == ["$A$2", "$B$2"]
    assert sheet["A1:C3"].last_cell.address == "$C$3"


def test_addresses_with_sheet_and_book(sheet):
    cell = sheet["B2"]
    assert cell.get_address(False, False) == "B2"
    assert cell.get_address(include_sheetname=True) == "Sheet1!$B$2"
    assert cell.get_address(external=True) == "[Book1]Sheet1!$B$2"
    sheet.name = "It's mine"
    assert cell.get_address(include_sheetname=True) == "'It''s mine'!$B$2"


@pytest.mark.parametrize("cells", ["", "A0", "XFE1", "nothing", "A1:B2:C3", "Other!A1"])
def test_what_is_no_range_is_refused(sheet, cells):
    with pytest.raises((EditError, NoSuchItemError)):
        sheet.range(cells)


@pytest.mark.parametrize(
    ("start", "direction", "end"),
    [
        ("A1", "down", "A2"), ("A2", "down", "A5"), ("A3", "down", "A5"), ("A5", "down", "A6"),
        ("A6", "down", "A1048576"), ("B1", "down", "B1048576"), ("A6", "up", "A5"), ("A5", "up", "A2"),
        ("A4", "up", "A2"), ("A1", "up", "A1"), ("A1", "right", "C1"), ("C1", "right", "D1"), ("A3", "right", "XFD3"),
        ("D1", "left", "C1"), ("C1", "left", "A1"), ("D3", "left", "A3"),
    ],
)  # fmt: skip
def test_end_leads_where_ctrl_and_an_arrow_lead(sheet, start, direction, end):
    for filled in ("A1", "A2", "A5", "A6", "C1", "D1"):
        sheet[filled].value = "x"
    assert sheet[start].end(direction).address.replace("$", "") == end


def test_tables_of_values_expand(sheet):
    sheet["B2"].value = [["a", "b", "c"], [1, 2, 3], [4, 5, 6]]
    assert sheet["B2"].expand().address == "$B$2:$D$4"
    assert sheet["B2"].expand("down").address == "$B$2:$B$4"
    assert sheet["B2"].expand("right").address == "$B$2:$D$2"
    assert sheet["C3"].current_region.address == "$B$2:$D$4"
    assert sheet.used_range.address == "$B$2:$D$4"
    assert sheet["B2"].options(expand="table").value == [["a", "b", "c"], [1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]


def test_merged_cells_are_known(app, tmp_path):
    merged = raw.sheet(after='<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>')
    sheet = app.books.open(raw.write(tmp_path / "book.xlsx", raw.parts(merged))).sheets[0]
    assert (sheet["C2"].merge_area.address, sheet["C2"].merge_cells) == ("$B$2:$C$3", True)
    assert (sheet["A1"].merge_area.address, sheet["A1"].merge_cells) == ("$A$1", False)


# --- formats, names, links -------------------------------------------------------------------------------------------


def test_number_formats_are_set_and_told_where_they_are_one(sheet):
    sheet["A1:B2"].number_format = "0.00%"
    assert (sheet["A1:B2"].number_format, sheet["A1:C2"].number_format) == ("0.00%", None)
    assert sheet["C1"].number_format == "General"


def test_names_of_book_and_sheet_are_told_apart(book, sheet):
    book.names.add("rate", "=Sheet1!$B$2")
    sheet.names.add("rate", "=Sheet1!$C$3")
    sheet.names.add("kind", '="plan"')
    assert [name.name for name in book.names] == ["rate", "Sheet1!rate", "Sheet1!kind"]
    assert [name.name for name in sheet.names] == ["Sheet1!rate", "Sheet1!kind"]
    assert (book.names["rate"].refers_to_range.address, sheet.names["rate"].refers_to_range.address) == ("$B$2", "$C$3")
    assert (sheet.names["kind"].refers_to, book.names["Sheet1!kind"].refers_to) == ('="plan"', '="plan"')
    assert (sheet["rate"].address, "rate" in sheet.names, "none" in sheet.names) == ("$C$3", True, False)
    with pytest.raises(EditError, match="single range"):
        sheet.names["kind"].refers_to_range  # noqa: B018


def test_names_change_and_go(book, sheet):
    sheet["B2:B9"].name = "block"
    assert (book.names["block"].refers_to, sheet["B2:B9"].name.name) == ("=Sheet1!$B$2:$B$9", "block")
    book.names["block"].refers_to = "=Sheet1!$A:$A"
    book.names["block"].name = "column"
    assert book.names["column"].refers_to_range.address == "$A:$A"
    del book.names["column"]
    assert len(book.names) == 0
    with pytest.raises(NoSuchItemError, match="no such name"):
        book.names["column"]


def test_hyperlinks_lead_out_and_within(sheet, tmp_path):
    sheet["A1"].add_hyperlink("https://example.org/?a=1&b=2#part", "there")
    sheet["A2"].add_hyperlink("#Sheet1!C3", "here")
    sheet["A1"].add_hyperlink("https://example.com/", "elsewhere")
    assert (sheet["A1"].hyperlink, sheet["A2"].hyperlink) == ("https://example.com/", "#Sheet1!C3")
    sheet.book.save(tmp_path / "out.xlsx")
    cells = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert (cells["A1"].value, cells["A1"].hyperlink.target) == ("elsewhere", "https://example.com/")
    assert (cells["A2"].value, cells["A2"].hyperlink.location) == ("here", "Sheet1!C3")
    with pytest.raises(NoSuchItemError, match="no hyperlink"):
        sheet["B1"].hyperlink  # noqa: B018


# --- sheets ----------------------------------------------------------------------------------------------------------


def test_sheets_are_added_moved_hidden_renamed_and_deleted(book, sheet, monkeypatch):
    first = book.sheets.add("First", before=sheet)
    last = book.sheets.add(after=sheet)
    assert book.sheet_names == ["First", "Sheet1", "Sheet3"]
    assert (first.index, last.index, book.sheets.active.name) == (1, 3, "Sheet1")
    last.impl.move(before=first.impl, after=None)  # Sheet.move came with xlwings 0.37.5
    last.name = "Last"
    assert book.sheet_names == ["Last", "First", "Sheet1"]
    first.visible = False
    assert (first.visible, last.visible) == (False, True)
    monkeypatch.setattr(xw.engines, "active", None)  # the active engine is everybody's
    last.activate()
    assert book.sheets.active == last
    del book.sheets["First"]
    assert book.sheet_names == ["Last", "Sheet1"]
    with pytest.raises(NoSuchItemError, match="was deleted"):
        first["A1"].value  # noqa: B018


def test_references_follow_a_renamed_sheet(book, sheet):
    other = book.sheets.add("Other", after=sheet)
    other["A1"].formula = "=Sheet1!B2"
    book.names.add("rate", "=Sheet1!$B$2")
    sheet.name = "Data 1"
    assert (other["A1"].formula, book.names["rate"].refers_to) == ("='Data 1'!B2", "='Data 1'!$B$2")


def test_a_copy_has_the_cells_and_a_free_name(book, sheet):
    sheet["A1"].value = [["x", "=Sheet1!B1"]]
    copy = sheet.copy(name="Copy")
    again = sheet.copy(before=sheet)
    assert book.sheet_names == ["Sheet1 (2)", "Sheet1", "Copy"]
    assert [copy["B1"].formula, again["B1"].formula] == ["=Copy!B1", "='Sheet1 (2)'!B1"]


def test_a_sheet_is_copied_into_another_book(app, sheet):
    sheet["A1"].value = ["x", dt.date(2024, 1, 1)]
    other = app.books.add()
    copy = sheet.copy(after=other.sheets[0], name="Copy")
    assert (other.sheet_names, copy["A1:B1"].value) == (["Sheet1", "Copy"], ["x", dt.datetime(2024, 1, 1)])


def test_a_chart_sheet_is_no_worksheet_and_keeps_its_place(app, tmp_path):
    found = raw.parts(raw.sheet(), raw.sheet(), raw.sheet())
    found["xl/_rels/workbook.xml.rels"] = raw.rels(
        ("worksheet", "worksheets/sheet1.xml"),
        ("chartsheet", "worksheets/sheet2.xml"),
        ("worksheet", "worksheets/sheet3.xml"),
    )
    book = app.books.open(raw.write(tmp_path / "book.xlsx", found))
    assert (book.sheet_names, book.sheets[1].index) == (["Sheet1", "Sheet3"], 3)
    book.sheets.add("New", after=book.sheets[0])
    assert [entry.name for entry in book.impl.workbook.sheets] == ["Sheet1", "New", "Sheet2", "Sheet3"]


# --- tables ----------------------------------------------------------------------------------------------------------


def test_tables_are_made_found_and_resized(sheet, tmp_path):
    sheet["A1"].value = [["Client", "Revenue"], ["Nord", 1], ["Süd", 2]]
    table = sheet.tables.add(sheet["A1"].expand(), name="Clients")
    assert (table.name, table.range.address, table.data_body_range.address) == ("Clients", "$A$1:$B$3", "$A$2:$B$3")
    assert (sheet.tables["clients"], sheet["B2"].table, sheet["C1"].table) == (table, table, None)
    assert (sheet["Clients"].address, table.header_row_range.value) == ("$A$2:$B$3", ["Client", "Revenue"])
    table.resize(sheet["A1:B6"])
    sheet.book.save(tmp_path / "out.xlsx")
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").active.tables["Clients"].ref == "A1:B6"


def test_a_table_takes_a_frame(sheet, tmp_path):
    sheet["A1"].value = [["Client", "Revenue"], ["Nord", 1], ["Süd", 2], ["West", 3]]
    table = sheet.tables.add(sheet["A1"].expand(), name="Clients")
    table.update(pd.DataFrame({"Client": ["Ost"], "Revenue": [4], "Share": [0.5]}), index=False)
    assert table.range.value == [["Client", "Revenue", "Share"], ["Ost", 4.0, 0.5]]
    sheet.book.save(tmp_path / "out.xlsx")
    found = openpyxl.load_workbook(tmp_path / "out.xlsx").active.tables["Clients"]
    assert (found.ref, found.column_names) == ("A1:C2", ["Client", "Revenue", "Share"])


def test_a_hidden_row_has_no_height(tmp_path):
    made = openpyxl.Workbook()
    made.active["A3"] = 1
    made.active.row_dimensions[2].hidden = True
    made.active.row_dimensions[3].height = 30
    made.save(tmp_path / "rows.xlsx")
    sheet = xw.engines["file"].apps.add().books.open(tmp_path / "rows.xlsx").sheets[0]
    assert [sheet.range((row, 1)).row_height for row in (1, 2, 3)] == [15, 0, 30]
    assert sheet["A1:A3"].row_height is None


def test_what_is_told_the_person_is_kept_and_answered_by_the_first_button():
    app = xw.engines["file"].apps.add()
    app.impl.answers["yes_no_cancel"] = "cancel"
    assert [app.alert("Go on?", "Plans", buttons) for buttons in ("yes_no", "ok", "yes_no_cancel")] == [
        "yes",
        "ok",
        "cancel",
    ]
    assert [(alert.prompt, alert.title) for alert in app.impl.alerts] == [("Go on?", "Plans")] * 3


def test_the_selection_is_the_one_that_was_saved(tmp_path):
    made = openpyxl.Workbook()
    made.active.sheet_view.selection[0].sqref = "B2:C3 E5 7:8"
    made.save(tmp_path / "selected.xlsx")
    app = xw.engines["file"].apps.add()
    assert app.selection is None
    book = app.books.open(tmp_path / "selected.xlsx")
    assert book.selection.address == "$B$2:$C$3,$E$5,$7:$8"
    assert (book.selection.row, book.selection.shape, book.selection.sheet.name) == (2, (2, 2), "Sheet")


def test_contents_are_what_values_and_formulas_say_of_a_block(tmp_path):
    app = xw.engines["file"].apps.add()
    book = app.books.add()
    sheet = book.sheets[0]
    sheet["A1"].value = [["Client", 60.5, None, True], ["=B1*2", "'007", dt.datetime(2026, 6, 1), "x"]]
    book.save(tmp_path / "book.xlsx")
    app.quit()
    app = xw.engines["file"].apps.add()
    sheet = app.books.open(tmp_path / "book.xlsx").sheets[0]
    for _ in range(2):  # as it was read, then with cells written
        block = sheet["A1:D3"]
        both = zip(block.value, block.formula, strict=True)
        assert block.impl.contents() == [list(map(content, *rows)) for rows in both]
        sheet["A3"].value = ["=A1", dt.datetime(2026, 6, 2), "", 5]
    app.quit()
