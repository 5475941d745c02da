"""Sheets of one template: rows and cells that they share are looked at once, and mean what each says by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.engines.file.parts.cells.grid import Grid
from kam_xl.engines.file.parts.cells.known_rows import KnownRows
from kam_xl.engines.values import Formula
from kam_xl.ooxml import markup
from tests.engines.file import raw


def rows(text, number, more=""):
    return (
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c><c r="B1"><v>{number}</v></c></row>'
        f'<row r="2"><c r="A2"><f>B1*2</f><v>{number}</v></c><c r="C2"><v>{number}</v></c></row>{more}'
    )


@pytest.fixture
def sheets(tmp_path):
    def made(*cells):
        book = raw.opened(tmp_path, raw.parts(*map(raw.sheet, cells)))
        return [book.sheet_part(entry) for entry in book.sheets]

    return made


@pytest.mark.parametrize("text", ["Nord", "A &amp; B", "&#65;", "_x0041_", "<![CDATA[A]]>", " A", "1"])
@pytest.mark.parametrize("number", ["7", "-2.5E3", " 7 ", "0"])
def test_a_cell_that_begins_as_that_of_another_sheet_holds_its_own_value(sheets, text, number):
    plain, other = sheets(rows("First", "1"), rows(text, number))
    plain.contents(1, 1, 2, 3)
    (alone,) = sheets(rows(text, number))
    assert other.contents(1, 1, 2, 3) == alone.contents(1, 1, 2, 3)
    assert other.contents(1, 1, 2, 3)[1][0] == Formula("=B1*2", other.value(1, 2))


def test_a_text_let_go_is_made_again_as_it_was_and_takes_edits(sheets):
    more = '<row r="9" ht="20"><c r="A9"><f t="array" ref="A9:A10">1</f><v>1</v></c></row>'
    kept, let_go = sheets(rows("A", "1"), rows("A", "1", more=more))
    for sheet in (kept, let_go):
        sheet.contents(1, 1, 9, 3)
    before = let_go.text
    let_go.release()
    assert "grid" not in let_go.__dict__
    assert let_go.text == before
    let_go.release()
    assert [area.address() for area in let_go.grid.arrays] == ["$A$9:$A$10"]
    let_go.set(1, 2, 5)
    let_go.set(4, 1, "new")
    assert let_go.text == before.replace('<c r="B1"><v>1</v></c>', '<c r="B1"><v>5</v></c>').replace(
        '<row r="9"', '<row r="4"><c r="A4" t="inlineStr"><is><t>new</t></is></c></row><row r="9"'
    )


def test_a_sheet_put_away_with_another_frame_is_written_with_it(sheets):
    (sheet,) = sheets(rows("A", "1"))
    sheet.contents(1, 1, 2, 3)
    sheet.release()
    sheet.frame = sheet.frame.replace("<sheetData/>", '<sheetData/><pageMargins left="1"/>')
    sheet.put_away()
    sheet.flush()
    assert b'</sheetData><pageMargins left="1"/>' in sheet.workbook.package.read(sheet.part)


def test_a_shared_formula_is_told_of_the_cell_where_it_stands(sheets):
    def shared(text):
        master = f'<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A2">{text}</f><v>1</v></c></row>'
        return master + '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'

    one, other = sheets(shared("B1"), shared("C1"))
    texts = [[row[0].text for row in sheet.contents(1, 1, 2, 1)] for sheet in (one, other)]
    assert texts == [["=B1", "=B2"], ["=C1", "=C2"]]
    other.release()
    assert other.formula(2, 1) == "C2"


PIECES = st.sampled_from(
    [
        '<row r="1"/>',
        '<row r="1">',
        "</row>",
        "<c/>",
        "<c>",
        "</c>",
        "</kam_xl-apart><kam_xl-apart>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        '"',
        "a='",
        "'>",
        "&x;",
        " ",
    ]
)


@given(st.lists(st.lists(PIECES, max_size=9).map("".join), min_size=2, max_size=4))
def test_sheets_that_share_rows_are_taken_apart_only_where_each_alone_is_well_formed(sheets):
    known = KnownRows()
    for sheet in [*sheets, *sheets]:
        text = f'<a><sheetData><row r="0"/>{sheet}<row r="9"/></sheetData><b/></a>'
        if apart := known.taken_apart(text):
            frame, pieces = apart
            grid = Grid(pieces, "", bare=True)
            markup.check(text)
            assert frame.replace("<sheetData/>", grid.text) == text
            for piece in pieces:
                known.read(piece, grid, lambda *_: ([None], False))


@pytest.mark.parametrize(
    "text",
    [
        '<a><sheetData><row r="1"><c></row></sheetData></a>',
        '<a><sheetData><row r="1"/></sheetData><b></a>',
        '<a><b><sheetData><row r="1"/></sheetData></b></a>',
        '<a><sheetData><row r="1"/><row/></sheetData></a>',
        '<a><!-- --><sheetData><row r="1"/></sheetData></a>',
        '<a><sheetData><row r="1"><c><![CDATA[1]]></c></row></sheetData></a>',
        '<a><sheetData> <row r="1"/></sheetData></a>',
        "<a><sheetData/></a>",
    ],
)
def test_any_other_sheet_is_read_as_a_whole(text):
    assert KnownRows().taken_apart(text) is None
