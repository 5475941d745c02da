"""Native tables: range, columns, totals and charts follow when a table grows or its headers change."""

import pytest

from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.parts import filters, table
from kam_xl.engines.file.parts.flushing import flush
from kam_xl.engines.values import Formula
from kam_xl.excel.references import Area
from tests.engines.file import raw

TABLE = (
    f'<table xmlns="{raw.MAIN}" id="1" name="T" displayName="T" ref="A1:B4"{{}}><autoFilter ref="A1:B{{}}">'
    '<filterColumn colId="1"><top10 val="3"/></filterColumn></autoFilter>'
    '<sortState ref="A2:B3"><sortCondition ref="B2:B3"/></sortState><tableColumns count="2">'
    '<tableColumn id="1" name="Client" dataDxfId="4"/><tableColumn id="7" name="Revenue">{}</tableColumn>'
    '</tableColumns><tableStyleInfo name="S"/><extLst><ext uri="u"/></extLst></table>'
)
ROWS = (
    '<row r="1"><c r="A1" t="str"><v>Client</v></c><c r="B1" t="str"><v>Revenue</v></c>'
    '<c r="C1" t="str"><v>More</v></c></row>'
    '<row r="3"><c r="A3" s="1"><v>1</v></c><c r="B3" s="2"><v>2</v></c></row>'
    '<row r="4"><c r="A4" s="3" t="str"><v>Total</v></c>'
    '<c r="B4" s="4"><f>SUBTOTAL(109,T[Revenue])</f><v>2</v></c></row>'
)
CHART = '<c:chartSpace xmlns:c="c"><c:val><c:numRef><c:f>Sheet1!$B$2:$B$3</c:f></c:numRef></c:val></c:chartSpace>'


@pytest.fixture
def sheet_with(tmp_path):
    """A sheet with a table, and a chart over one of its columns."""

    def make(totals=True, calculated="", cells=ROWS):
        said, last = (' totalsRowCount="1"', 3) if totals else ("", 4)
        text = TABLE.format(said, last, calculated)
        text = text if totals else text.replace("A2:B3", "A2:B4").replace("B2:B3", "B2:B4")
        chart = CHART if totals else CHART.replace("$3", "$4")
        more = {
            "xl/worksheets/_rels/sheet1.xml.rels": raw.rels(("table", "../tables/table1.xml"), ("drawing", "../d.xml")),
            "xl/tables/table1.xml": text,
            "xl/d.xml": "<d/>",
            "xl/_rels/d.xml.rels": raw.rels(("chart", "charts/chart1.xml")),
            "xl/charts/chart1.xml": chart,
        }
        found = raw.parts(raw.sheet(cells), **more)
        said = f'<Override PartName="/xl/tables/table1.xml" ContentType="{table.TABLE}"/></Types>'
        found["[Content_Types].xml"] = found["[Content_Types].xml"].replace("</Types>", said)
        book = raw.opened(tmp_path, found)
        return book.sheet_part(book.sheets[0])

    return make


def only(sheet):
    return table.tables(sheet)[0]


def test_a_table_knows_its_cells(sheet_with):
    found = only(sheet_with())
    assert (found.name, found.area, found.data, found.columns) == (
        "T",
        Area("", 1, 1, 4, 2),
        Area("", 2, 1, 3, 2),
        ["Client", "Revenue"],
    )


def test_a_table_that_grows_takes_its_filter_sorting_and_charts_along(sheet_with):
    sheet = sheet_with(totals=False, cells="")
    only(sheet).resize(sheet.workbook, Area("", 1, 1, 9, 2))
    package = sheet.workbook.package
    assert package.text("xl/tables/table1.xml") == TABLE.format("", 4, "").replace("A2:B3", "A2:B4").replace(
        "B2:B3", "B2:B4"
    ).replace(":B4", ":B9")
    assert "Sheet1!$B$2:$B$9" in package.text("xl/charts/chart1.xml")
    assert {"xl/tables/table1.xml", "xl/charts/chart1.xml"} <= sheet.workbook.meant


def test_new_rows_take_the_formats_of_the_last_one(sheet_with):
    sheet = sheet_with(totals=False)
    sheet.set(5, 2, "here already")
    only(sheet).resize(sheet.workbook, Area("", 1, 1, 6, 2))
    assert [[sheet.style(row, column) for column in (1, 2)] for row in (5, 6)] == [[3, 0], [3, 4]]


def test_calculated_columns_go_on_where_cells_are_empty(sheet_with):
    formula = "T[[#This Row],[Client]]*2"
    sheet = sheet_with(totals=False, calculated=f"<calculatedColumnFormula>{formula}</calculatedColumnFormula>")
    sheet.set(5, 2, 7)
    only(sheet).resize(sheet.workbook, Area("", 1, 1, 6, 2))
    assert [sheet.formula(row, 2) for row in (5, 6)] == ["", formula]


@pytest.mark.parametrize(("above", "below"), [("\xa0", "\xa0"), ("a value of its own", None)])
def test_a_formula_that_shows_nothing_shows_nothing_in_new_rows_either(sheet_with, above, below):
    """A program that lacks a function in it shows what is kept, and an error where nothing is."""
    formula = "KAM_PENETRATION(T[[#This Row],[Client]],2)"
    sheet = sheet_with(totals=False, calculated=f"<calculatedColumnFormula>{formula}</calculatedColumnFormula>")
    sheet.set(4, 2, Formula(formula, above))
    only(sheet).resize(sheet.workbook, Area("", 1, 1, 5, 2))
    assert (sheet.formula(5, 2), sheet.value(5, 2)) == (formula, below)


HIDDEN = ROWS.replace('<row r="3">', '<row r="3" ht="20" hidden="1">').replace('<row r="4">', '<row r="4" hidden="1">')


def test_all_rows_of_data_show_when_asked_and_what_hid_and_sorted_them_is_gone(sheet_with):
    sheet = sheet_with(cells=HIDDEN + '<row r="5" hidden="1"/>')
    before = sheet.text
    only(sheet).show_all_rows()
    assert sheet.text == before.replace(' ht="20" hidden="1"', ' ht="20"')  # neither the totals nor what is below
    text = TABLE.format(' totalsRowCount="1"', 3, "")
    gone = text[text.index("<filterColumn") : text.index("</autoFilter>")], text[text.index("<sortState") :]
    expected = text.replace(gone[0], "").replace(gone[1][: gone[1].index("<tableColumns")], "")
    assert sheet.workbook.package.text("xl/tables/table1.xml") == expected


def test_a_row_that_shows_again_may_be_written_too(sheet_with):
    sheet = sheet_with(totals=False, cells=HIDDEN)
    only(sheet).show_all_rows()
    sheet.set(3, 1, 5)
    sheet.set_height(4, 30)
    assert ['<row r="3" ht="20"><c r="A3" s="1"><v>5</v></c>' in sheet.text, '<row r="4" ht="30">' in sheet.text] == [
        True,
        True,
    ]


def test_a_sheet_without_filters_left_does_not_say_it_has_one(sheet_with):
    sheet = sheet_with()
    sheet.replace(sheet.text.replace("<sheetData", '<sheetPr filterMode="1"/><sheetData'))
    only(sheet).show_all_rows()
    assert "<sheetPr/>" in sheet.text


def test_a_filter_button_that_is_hidden_stays_so():
    assert (
        filters.cleared('<autoFilter><filterColumn colId="0" hiddenButton="1"><top10/></filterColumn></autoFilter>')
        == '<autoFilter><filterColumn colId="0" hiddenButton="1"/></autoFilter>'
    )


def test_totals_move_to_the_new_last_row(sheet_with):
    sheet = sheet_with()
    only(sheet).resize(sheet.workbook, Area("", 1, 1, 6, 2))
    assert [[sheet.value(row, column) for column in (1, 2)] for row in (4, 6)] == [[None, None], ["Total", 2.0]]
    assert [sheet.formula(6, 2), sheet.style(6, 2), sheet.style(4, 2)] == ["SUBTOTAL(109,T[Revenue])", 4, 2]
    assert only(sheet).data == Area("", 2, 1, 5, 2)
    assert '<autoFilter ref="A1:B5">' in only(sheet).text


def test_columns_that_come_are_named_by_their_header_cells(sheet_with):
    sheet = sheet_with(totals=False)
    only(sheet).resize(sheet.workbook, Area("", 1, 1, 4, 4))
    assert only(sheet).columns == ["Client", "Revenue", "More", "Column4"]
    assert sheet.value(1, 4) == "Column4"
    assert '<tableColumn id="9" name="Column4"/></tableColumns>' in only(sheet).text


def test_columns_that_go_take_their_filters_along(sheet_with):
    sheet = sheet_with(totals=False)
    only(sheet).resize(sheet.workbook, Area("", 1, 1, 4, 1))
    assert only(sheet).columns == ["Client"]
    assert '<autoFilter ref="A1:A4"></autoFilter>' in only(sheet).text


def test_a_table_keeps_one_row_of_data(sheet_with):
    sheet = sheet_with(totals=False)
    only(sheet).resize(sheet.workbook, Area("", 1, 1, 1, 2))
    assert only(sheet).area == Area("", 1, 1, 2, 2)


@pytest.mark.parametrize("area", [Area("", 2, 1, 4, 2), Area("", 1, 2, 4, 3)])
def test_a_table_keeps_its_first_cell(sheet_with, area):
    sheet = sheet_with()
    with pytest.raises(EditError, match="first cell"):
        only(sheet).resize(sheet.workbook, area)


def test_tables_cannot_overlap(sheet_with):
    sheet = sheet_with(totals=False)
    table.add(sheet.workbook, sheet, Area("", 1, 4, 3, 5), "Other", "S")
    with pytest.raises(EditError, match="overlap"):
        only(sheet).resize(sheet.workbook, Area("", 1, 1, 4, 4))
    with pytest.raises(EditError, match="overlap"):
        table.add(sheet.workbook, sheet, Area("", 3, 2, 5, 3), "Third", "S")


def test_a_new_table_has_a_name_and_a_number_of_its_own(sheet_with):
    sheet = sheet_with()
    sheet.set_block(6, 1, [["a", "A", None, 5], [1, 2, 3, 4]])
    found = table.add(sheet.workbook, sheet, Area("", 6, 1, 7, 4), "New", "S")
    assert (found.attributes["id"], found.columns) == ("2", ["a", "A2", "Column3", "5"])
    assert sheet.block(6, 1, 6, 4) == [["a", "A2", "Column3", "5"]]
    assert sheet.frame.endswith('<tableParts count="1"><tablePart r:id="rId3"/></tableParts></worksheet>')
    with pytest.raises(EditError, match="this name"):
        table.add(sheet.workbook, sheet, Area("", 10, 1, 11, 2), "t", "S")


def test_a_header_cell_that_is_written_renames_its_column(sheet_with):
    sheet = sheet_with()
    sheet.set(1, 1, "Kunde\n1")
    flush(sheet.workbook)
    assert 'name="Kunde_x000a_1" dataDxfId="4"' in only(sheet).text


@pytest.mark.parametrize(("header", "said"), [(None, "Column1"), (5, "5"), ("revenue", "revenue2")])
def test_a_header_cell_always_says_the_name_of_its_column(sheet_with, header, said):
    sheet = sheet_with()
    sheet.set(1, 1, header)
    flush(sheet.workbook)
    assert (only(sheet).columns[0], sheet.value(1, 1)) == (said, said)


def test_formulas_follow_a_column_that_is_renamed(sheet_with):
    sheet = sheet_with()
    sheet.set(20, 1, Formula('SUM(T[Revenue])+LEN("T[Revenue]")'))
    sheet.set(1, 2, "Sales")
    flush(sheet.workbook)
    assert sheet.formula(20, 1) == 'SUM(T[Sales])+LEN("T[Revenue]")'
    assert sheet.formula(4, 2) == "SUBTOTAL(109,T[Sales])"
