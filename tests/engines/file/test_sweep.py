"""A sheet renamed or deleted: what the book says of it follows, as in Excel."""

import pytest

from kam_xl.engines.file.errors import EditError, UnsupportedError
from kam_xl.engines.file.parts import sweep
from kam_xl.engines.file.parts.cells import new_rows
from kam_xl.engines.file.parts.copies import clone
from kam_xl.engines.file.parts.flushing import flush
from kam_xl.engines.values import Formula
from tests.engines.file import raw

SPEAKS = raw.sheet(
    "<row r=\"1\"><c r=\"A1\"><f>SUM('Old one'!A1:B2)+'Old one:Sheet3'!C1&amp;\"'Old one'!A1\"</f><v>1</v></c></row>",
    after="<conditionalFormatting><cfRule><formula>'Old one'!A1&gt;1</formula></cfRule></conditionalFormatting>"
    "<dataValidations><dataValidation><formula1>'Old one'!$A$1:$A$9</formula1></dataValidation></dataValidations>"
    '<hyperlinks><hyperlink ref="A1" location="\'Old one\'!A1"/></hyperlinks>',
)
CHART = "<c:chartSpace xmlns:c=\"c\"><c:f>'Old one'!$A$1:$A$3</c:f></c:chartSpace>"
NAMES = "<definedNames><definedName name=\"rate\">'Old one'!$A$1*2</definedName></definedNames>"


def book_of(tmp_path, **more):
    found = raw.parts(raw.sheet(), SPEAKS, raw.sheet(), names=["Old one", "Speaks", "Sheet3"], workbook=NAMES, **more)
    found["xl/charts/chart1.xml"] = CHART
    chart = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/xl/charts/chart1.xml" ContentType="{chart}"/></Types>'
    )
    return raw.opened(tmp_path, found)


@pytest.mark.parametrize("loaded", [False, True])
def test_everything_that_refers_to_a_renamed_sheet_follows(tmp_path, loaded):
    book = book_of(tmp_path)
    if loaded:
        book.sheet_part(book.sheets[1]).set(2, 1, 5)
    sweep.rename(book, book.sheets[0], "It's new")
    flush(book)
    assert book.package.text("xl/worksheets/sheet2.xml").replace(
        '<row r="2"><c r="A2"><v>5</v></c></row>', ""
    ) == SPEAKS.replace("'Old one'!", "'It''s new'!").replace("'Old one:", "'It''s new:").replace(
        "&amp;\"'It''s new'!A1\"", "&amp;\"'Old one'!A1\""
    )
    assert book.package.text("xl/charts/chart1.xml") == CHART.replace("'Old one'", "'It''s new'")
    assert next(iter(book.names)).refers_to == "'It''s new'!$A$1*2"


def test_a_rename_is_declared_where_it_changes_something(tmp_path):
    book = book_of(tmp_path)
    sweep.rename(book, book.sheets[0], "New")
    assert {"xl/worksheets/sheet2.xml", "xl/charts/chart1.xml"} <= book.meant
    assert "xl/worksheets/sheet3.xml" not in book.meant


def test_capitals_of_a_name_may_change(tmp_path):
    book = book_of(tmp_path)
    sweep.rename(book, book.sheets[0], "OLD ONE")
    assert [entry.name for entry in book.sheets] == ["OLD ONE", "Speaks", "Sheet3"]


def test_a_name_that_is_taken_changes_nothing(tmp_path):
    book = book_of(tmp_path)
    with pytest.raises(EditError):
        sweep.rename(book, book.sheets[0], "speaks")
    assert book.names.get("rate").refers_to == "'Old one'!$A$1*2"


def test_references_to_a_deleted_sheet_are_struck(tmp_path):
    spans = "+'Old one:Sheet3'!C1"
    book = book_of(tmp_path, **{"xl/worksheets/sheet2.xml": SPEAKS.replace(spans, "")})
    sweep.delete(book, book.sheets[0])
    flush(book)
    text = book.package.text("xl/worksheets/sheet2.xml")
    assert "<f>SUM(#REF!A1:B2)&amp;" in text
    assert "<formula>#REF!A1&gt;1</formula>" in text
    assert book.names.get("rate").refers_to == "#REF!$A$1*2"
    assert "xl/worksheets/sheet1.xml" not in book.package


def test_a_sheet_at_the_end_of_a_span_cannot_be_deleted_and_nothing_changes(tmp_path):
    book = book_of(tmp_path)
    with pytest.raises(UnsupportedError, match="range of sheets"):
        sweep.delete(book, book.sheets[0])
    assert [entry.name for entry in book.sheets] == ["Old one", "Speaks", "Sheet3"]
    assert book.package.text("xl/worksheets/sheet2.xml") == SPEAKS
    assert book.names.get("rate").refers_to == "'Old one'!$A$1*2"


def test_a_deleted_sheet_takes_its_own_parts_along_and_leaves_shared_ones(tmp_path):
    drawing = raw.rels(("drawing", "../drawings/drawing1.xml"), ("image", "../media/image1.png"))
    other = raw.rels(("image", "../media/image1.png"))
    book = book_of(
        tmp_path,
        **{
            "xl/worksheets/sheet2.xml": raw.sheet(),
            "xl/worksheets/_rels/sheet1.xml.rels": drawing,
            "xl/worksheets/_rels/sheet2.xml.rels": other,
            "xl/drawings/drawing1.xml": "<d/>",
            "xl/media/image1.png": "png",
        },
    )
    sweep.delete(book, book.sheets[0])
    assert sorted(book.package.dropped()) == [
        "xl/drawings/drawing1.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/worksheets/sheet1.xml",
    ]


@pytest.mark.parametrize(
    ("sheet", "workbook"), [("slicer", "theme"), ("pivotTable", "slicerCache"), ("drawing", "vbaProject")]
)
def test_a_sheet_that_something_else_is_bound_to_cannot_be_deleted(tmp_path, sheet, workbook):
    workbook_rels = raw.rels(*(("worksheet", f"worksheets/sheet{i}.xml") for i in (1, 2, 3)), (workbook, "x.bin"))
    book = book_of(
        tmp_path,
        **{
            "xl/worksheets/_rels/sheet3.xml.rels": raw.rels((sheet, "../x.xml")),
            "xl/_rels/workbook.xml.rels": workbook_rels,
            "xl/x.bin": "",
            "xl/x.xml": "<x/>",
        },
    )
    with pytest.raises(UnsupportedError, match="Delete the sheet in Excel"):
        sweep.delete(book, book.sheets[2])


def test_rows_written_at_once_follow_a_sheet_that_came_after_the_file(tmp_path):
    book = raw.opened(tmp_path, raw.parts(raw.sheet()))
    entry = clone.copy(book, book.sheets[0], "Later", 1)
    rows = [[Formula("=Later!A1", 1.0)]] * new_rows.MANY
    sheet = book.sheet_part(book.sheets[0])
    sheet.set_block(1, 1, rows)
    sweep.rename(book, entry, "Renamed")
    assert sheet.formulas(1, 1, new_rows.MANY, 1) == [["Renamed!A1"]] * new_rows.MANY
