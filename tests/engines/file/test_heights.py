"""Heights of rows, estimated from what the cells hold."""

import pytest

from kam_xl.engines.file.parts.cells import heights
from kam_xl.ooxml import xml
from tests.engines.file import raw

STYLES = (
    f'<styleSheet xmlns="{raw.MAIN}"><fonts count="4"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><sz val="20"/><name val="Calibri"/></font><font><sz val="11"/><name val="Arial"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><cellXfs count="7"><xf fontId="0"/>'
    + "".join(
        f'<xf fontId="{font}"><alignment {alignment}/></xf>'
        for font, alignment in (
            (0, 'wrapText="1"'),
            (1, 'wrapText="1"'),
            (2, 'wrapText="1"'),
            (3, 'wrapText="1"'),
            (0, 'wrapText="1" indent="6"'),
            (0, 'wrapText="1" textRotation="90"'),
        )
    )
    + "</cellXfs></styleSheet>"
)
PLAIN, WRAPPED, LARGE, ARIAL, BOLD, INDENTED, TURNED = range(7)
TWENTY_WIDE = '<cols><col min="1" max="1" width="20" customWidth="1"/></cols>'
PANGRAM = "The quick brown fox jumps over the lazy dog"  # 21.7 ems, and 9.1 of them fit into the column


@pytest.fixture
def sheet_of(tmp_path):
    """A sheet with rows as given, its first column 20 wide."""

    def make(cells, before=TWENTY_WIDE, after=""):
        found = raw.parts(
            raw.sheet(cells, before=before, after=after),
            **{
                "xl/styles.xml": STYLES,
                "xl/_rels/workbook.xml.rels": raw.rels(
                    ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")
                ),
            },
        )
        book = raw.opened(tmp_path, found)
        return book.sheet_part(book.sheets[0])

    return make


def tags(sheet):
    return list(xml.start_tags(sheet.text, "row"))


def fitted(sheet, first=1, last=1):
    """The heights of rows after they were fitted."""
    heights.fit(sheet, first, last)
    return [sheet.heights.get(row) for row in range(first, last + 1)]


def text(content, style, cell="A1"):
    return f'<c r="{cell}" s="{style}" t="inlineStr"><is><t>{content}</t></is></c>'


@pytest.mark.parametrize(
    ("content", "style", "height"),
    [
        ("short", WRAPPED, 15),
        (PANGRAM, WRAPPED, 51),
        (PANGRAM, PLAIN, 15),
        (PANGRAM, INDENTED, 66),
        (PANGRAM, TURNED, None),
        ("one\ntwo\n\nfour", WRAPPED, 66),
        ("short", LARGE, 27),
        (PANGRAM, LARGE, 141),
        ("Съешь же ещё этих мягких французских булок", WRAPPED, 51),
        ("x" * 56, WRAPPED, 51),
        ("漢字" * 10, WRAPPED, 51),
    ],
)
def test_a_row_is_as_high_as_the_lines_of_its_text(sheet_of, content, style, height):
    assert fitted(sheet_of(f'<row r="1">{text(content, style)}</row>')) == [height]


@pytest.mark.parametrize("style", [ARIAL, BOLD])
def test_wider_letters_need_more_room(sheet_of, style):
    content = "The lazy brown fox j"
    assert fitted(sheet_of(f'<row r="1">{text(content, WRAPPED)}</row>')) < fitted(
        sheet_of(f'<row r="1">{text(content, style)}</row>')
    )


def test_the_highest_cell_of_a_row_counts(sheet_of):
    row = f'<row r="1">{text(PANGRAM, WRAPPED)}{text("short", PLAIN, "B1")}<c r="C1" s="2"><v>5</v></c></row>'
    assert fitted(sheet_of(row)) == [51]


def test_several_lines_get_some_air(sheet_of):
    one, two = (fitted(sheet_of(f'<row r="1">{text(content, WRAPPED)}</row>')) for content in ("one", "one\ntwo"))
    assert (one, two) == ([15], [2 * 15 + 6])


def test_numbers_and_errors_take_one_line(sheet_of):
    row = f'<row r="1"><c r="A1" s="{WRAPPED}"><v>{1 / 3}</v></c></row>'
    error = f'<row r="2"><c r="A2" s="{WRAPPED}" t="e"><v>#N/A</v></c></row>'
    assert fitted(sheet_of(row + error, before=""), 1, 2) == [15, 15]


def test_the_text_that_a_formula_gave_counts(sheet_of):
    row = f'<row r="1"><c r="A1" s="{WRAPPED}" t="str"><f>B1</f><v>{PANGRAM}</v></c></row>'
    assert fitted(sheet_of(row)) == [51]


def test_merged_and_hidden_cells_do_not_count(sheet_of):
    row = f'<row r="1">{text(PANGRAM, WRAPPED)}{text(PANGRAM, WRAPPED, "C1")}{text("short", WRAPPED, "D1")}</row>'
    columns = '<cols><col min="1" max="1" width="20"/><col min="3" max="3" width="20" hidden="1"/></cols>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    assert fitted(sheet_of(row, before=columns, after=merged)) == [15]


def test_columns_without_a_width_have_the_usual_one_of_the_sheet(sheet_of):
    row = f'<row r="1">{text(PANGRAM, WRAPPED)}</row>'
    usual = '<sheetFormatPr defaultColWidth="50" defaultRowHeight="15"/>'
    assert [fitted(sheet_of(row, before=before)) for before in ("", usual)] == [[111], [15]]


def test_no_row_is_higher_than_excel_allows(sheet_of):
    assert fitted(sheet_of(f'<row r="1">{text(PANGRAM * 20, WRAPPED)}</row>')) == [409.5]


def test_values_just_written_count(sheet_of):
    sheet = sheet_of("")
    sheet.set(2, 1, PANGRAM, style=WRAPPED)
    heights.fit(sheet, 1, 5)
    assert tags(sheet) == ['<row r="2" ht="51">']


def test_a_fitted_height_is_not_a_person_s_own(sheet_of):
    sheet = sheet_of(f'<row r="1" spans="1:1" ht="90" customHeight="1" hidden="0">{text("short", WRAPPED)}</row>')
    heights.fit(sheet, 1, 1)
    assert tags(sheet) == ['<row r="1" spans="1:1" ht="15" hidden="0">']


def test_an_emptied_row_gets_the_usual_height(sheet_of):
    sheet = sheet_of('<row r="1" ht="90"/><row r="2" ht="60"><c r="A2"/></row><row r="3"/>')
    heights.fit(sheet, 1, 3)
    assert tags(sheet) == ['<row r="1">', '<row r="2">', '<row r="3"/>']


def test_other_rows_stay_as_they_are(sheet_of):
    first, third = '<row r="1" ht="90"><c r="A1"><v>1</v></c></row>', f'<row r="3">{text(PANGRAM, WRAPPED, "A3")}</row>'
    sheet = sheet_of(f"{first}<row r='2'>{text(PANGRAM, WRAPPED, 'A2')}</row>{third}")
    heights.fit(sheet, 2, 2)
    assert first in sheet.text
    assert third in sheet.text


def test_an_empty_sheet_and_rows_below_its_last_are_left_alone(sheet_of):
    sheet = sheet_of("")
    heights.fit(sheet, 1, 100)
    below = sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>')
    heights.fit(below, 5, 9)
    assert (sheet.changed, below.changed) == (False, False)
