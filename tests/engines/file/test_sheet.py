"""Cells of a sheet: read from its text, written into its text, and nothing else in it changed."""

import datetime as dt
import math
import re
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from kam_xl.engines.file.errors import EditError, UnsupportedError
from kam_xl.engines.file.parts.cells.grid import Grid
from kam_xl.engines.values import CellError, Formula
from kam_xl.excel.references import Area
from kam_xl.ooxml.errors import DamagedFileError
from tests.engines.file import raw


@pytest.fixture
def sheet_of(tmp_path):
    """A sheet with the rows given."""

    def make(cells="", **more):
        sheet = cells if cells.startswith("<") and "worksheet" in cells else raw.sheet(cells)
        book = raw.opened(tmp_path, raw.parts(sheet, **more))
        return book.sheet_part(book.sheets[0])

    return make


def cells_of(sheet):
    """The text between the tags of ``<sheetData>``."""
    return re.search(r"<sheetData>(.*)</sheetData>", sheet.text, re.DOTALL)[1]


# --- reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"/>', None),
        ('<c r="A1"><v>1.5</v></c>', 1.5),
        ('<c r="A1" t="n"><v>-2E3</v></c>', -2000.0),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="str"><f>B1&amp;C1</f><v>a &amp; b_x000D_</v></c>', "a & b\r"),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', CellError("#DIV/0!")),
        ('<c r="A1" t="inlineStr"><is><t>one</t></is></c>', "one"),
        ('<c r="A1" t="inlineStr"><is><r><rPr><color rgb="0"/></rPr><t>o</t></r><r><t>ne</t></r></is></c>', "one"),
        ('<c r="A1"><f>1+1</f></c>', None),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', 2.0),
        ('<c t="b" s="0" r="A1" cm="1"><v>0</v></c>', False),
        ("<c\n  r='A1'\n><v xml:space='preserve'> 7 </v></c>", 7.0),
        ('<c r="A1" t="d"><v>2024-01-31T12:00:00</v></c>', 45322.5),
        ('<c r="A1" t="d"><v>2024-01-31</v></c>', 45322.0),
        ('<c r="A1" t="d"><v>18:00:00.000</v></c>', 0.75),
        ('<c r="A1" s="" t=""><v>7</v></c>', 7.0),
    ],
)
def test_every_kind_of_cell_is_read(sheet_of, cell, value):
    found = sheet_of(f'<row r="1">{cell}</row>').value(1, 1)
    assert (found, type(found)) == (value, type(value))


def test_rows_and_cells_without_addresses_follow_each_other(sheet_of):
    sheet = sheet_of(
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c r="C4"><v>3</v></c><c><v>4</v></c></row><row><c/></row>'
    )
    assert sheet.block(1, 1, 5, 4) == [
        [1.0, 2.0, None, None],
        [None] * 4,
        [None] * 4,
        [None, None, 3.0, 4.0],
        [None] * 4,
    ]


def test_a_prefix_of_the_main_namespace_is_followed(sheet_of):
    text = (
        f'<x:worksheet xmlns:x="{raw.MAIN}"><x:sheetData><x:row r="1">'
        '<x:c r="A1"><x:f>B1</x:f><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    sheet = sheet_of(text)
    assert (sheet.value(1, 1), sheet.formula(1, 1)) == (1.0, "B1")
    sheet.set(1, 2, "two")
    assert '<x:c r="B1" t="inlineStr"><x:is><x:t>two</x:t></x:is></x:c></x:row>' in sheet.text


def test_comments_and_cdata_among_cells_are_not_mistaken_for_cells(sheet_of):
    cell = '<!-- <c r="A1"><v>9</v></c> --><c r="A1" t="str"><v><![CDATA[<v>]]></v></c>'
    cells = f'<!-- <row r="9"/> --><row r="1">{cell}</row>'
    sheet = sheet_of(cells)
    assert (list(sheet.grid.rows), sheet.value(1, 1)) == ([1], "<v>")
    sheet.set(1, 2, 5)
    assert cells_of(sheet) == cells.replace("</row>", '<c r="B1"><v>5</v></c></row>')


def test_shared_formulas_are_read_in_every_cell_that_shares_them(sheet_of):
    sheet = sheet_of(
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$C$1&amp;"A1"</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    assert sheet.formula(2, 2) == 'A2*$C$1&"A1"'


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c><v>1</v></c><c r="C1"><v>3</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c><v>2</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c> <c\nr="C1"><v>2</v></c><extLst><c r="D1"/></extLst></row>',
        '<row r="1"/><row r="2"></row><row r="4" ht="9"><c r="XFD4" s="1"/></row>',
        '<row r="1"><c r="C1" t="inlineStr"><is><t>&lt;c r="D1"&gt;</t></is></c></row> ',
        '<row r="1"><c t="b" r="B1"><v>1</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>',
        '<row r="1"><c r="A1"><f t="shared" ref="A1:B1" si="0">A9</f></c><c r="B1"><f t="shared" si="0"/></c></row>',
    ],
)
def test_contents_are_values_and_formulas_however_the_cells_are_written(sheet_of, rows):
    sheet = sheet_of(rows)
    values = [[None if isinstance(cell, CellError) else cell for cell in row] for row in sheet.block(1, 1, 4, 5)]
    formulas = sheet.formulas(1, 1, 4, 5)
    known = [
        [Formula(f"={formula}", value) if formula else value for value, formula in zip(*row, strict=True)]
        for row in zip(values, formulas, strict=True)
    ]
    assert any(cell is not None for row in known for cell in row) or "XFD4" in rows
    assert sheet.contents(1, 1, 4, 5) == known
    assert sheet.contents(1, 2, 4, 3) == [row[1:3] for row in known]


def test_contents_are_those_of_the_text_that_stands_in_the_place_of_another(sheet_of):
    sheet = sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert sheet.contents(1, 1, 1, 1) == [[1.0]]
    sheet.set(1, 2, 2)
    assert sheet.contents(1, 1, 1, 2) == [[1.0, 2.0]]
    sheet.replace(sheet.text.replace("<v>1</v>", "<v>3</v>"))
    assert sheet.contents(1, 1, 1, 2) == [[3.0, 2.0]]


def test_rows_out_of_order_are_found_by_whoever_reads_contents(sheet_of):
    with pytest.raises(DamagedFileError, match="out of order"):
        sheet_of('<row r="2"/><row r="1"/>').contents(1, 1, 2, 2)


def test_used_cells_are_those_with_content_or_format(sheet_of):
    sheet = sheet_of('<row r="3"><c r="B3"><v>1</v></c></row><row r="7"><c r="D7" s="1"/></row><row r="9"/>')
    assert sheet.used() == Area("", 3, 2, 7, 4)
    sheet.set(8, 1, 1)
    assert sheet.used() == Area("", 3, 1, 8, 4)
    assert sheet_of().used() is None


@pytest.mark.parametrize(
    "cells",
    ['<row r="2"/><row r="1"/>', '<row r="0"/>', '<row r="9999999"/>',
     '<row r="1"><c r="B1"><v>1</v></c><c r="A1"/></row>', '<row r="1"><c r="XFE1"><v>1</v></c></row>'],
)  # fmt: skip
def test_cells_out_of_order_are_a_damaged_file(sheet_of, cells):
    with pytest.raises(DamagedFileError, match="out of order"):
        sheet_of(cells).block(1, 1, 9, 9)


@pytest.mark.parametrize(
    "cell", ['<c r="A1"><v>x</v></c>', '<c r="A1" t="s"><v>x</v></c>', '<c r="A1" t="d"><v>x</v></c>',
             '<c r="A1" t="s"><v>7</v></c>', '<c r="A1" t="zz"><v>1</v></c>'],
)  # fmt: skip
def test_a_value_that_is_not_what_it_says_is_a_damaged_file(sheet_of, cell):
    with pytest.raises(DamagedFileError):
        sheet_of(f'<row r="1">{cell}</row>').value(1, 1)


@pytest.mark.parametrize("rows", [
    '<row r="1">{}</row><row r="3" spans="1:3">{}</row>',
    '<row>{}</row><row spans="1:3" r="3">{}</row>',
])  # fmt: skip
def test_contents_are_the_same_however_rows_tell_their_numbers(sheet_of, rows):
    first = '<c s="1"><v>7</v></c><c><f t="shared" ref="B1:B3" si="0">A1*2</f><v>14</v></c>'
    last = '<c s="1"><v>8</v></c><c><f t="shared" si="0"/><v>16</v></c><c t="str"><f>"x"</f><v>x</v></c>'
    sheet = sheet_of(rows.format(first, last))
    assert sheet.contents(1, 1, 3, 3) == [
        [7.0, Formula("=A1*2", 14.0), None],
        [None, None, None],
        [8.0, Formula("=A3*2", 16.0), Formula('="x"', "x")],
    ]
    assert sheet.contents(3, 2, 3, 2) == [[Formula("=A3*2", 16.0)]]
    assert sheet.value(3, 1) == 8.0


@pytest.mark.parametrize("numbers", [(2, 1), (1, 1), ("x", 2), (0, 1), (1, 1_048_577)])
def test_rows_out_of_order_are_a_damaged_file_to_every_reading(sheet_of, numbers):
    rows = "".join(f'<row r="{number}"><c><v>1</v></c></row>' for number in numbers)
    for read in (lambda sheet: sheet.contents(1, 1, 2, 2), lambda sheet: sheet.block(1, 1, 2, 2)):
        with pytest.raises(DamagedFileError, match="out of order"):
            read(sheet_of(rows))


def test_a_sheet_without_a_place_for_cells_is_a_damaged_file(sheet_of):
    with pytest.raises(DamagedFileError):
        sheet_of(f'<worksheet xmlns="{raw.MAIN}"/>').value(1, 1)


# --- writing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "cell"),
    [
        (1, '<c r="A1"><v>1</v></c>'),
        (0.1, '<c r="A1"><v>0.1</v></c>'),
        (1e300, '<c r="A1"><v>1e+300</v></c>'),
        (True, '<c r="A1" t="b"><v>1</v></c>'),
        ("A & <B>", '<c r="A1" t="inlineStr"><is><t>A &amp; &lt;B&gt;</t></is></c>'),
        (" a\x01", '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a_x0001_</t></is></c>'),
        (CellError("#N/A"), '<c r="A1" t="e"><v>#N/A</v></c>'),
        (Formula("=B1>1"), '<c r="A1"><f>B1&gt;1</f></c>'),
        (Formula("=B1", 2.5), '<c r="A1"><f>B1</f><v>2.5</v></c>'),
        (Formula("=B1", "x"), '<c r="A1" t="str"><f>B1</f><v>x</v></c>'),
        (Formula("=B1", True), '<c r="A1" t="b"><f>B1</f><v>1</v></c>'),
        (Formula("=B1", "#N/A"), '<c r="A1" t="e"><f>B1</f><v>#N/A</v></c>'),
        (np.float64(2.0), '<c r="A1"><v>2</v></c>'),
        (np.int64(3), '<c r="A1"><v>3</v></c>'),
        (Decimal("1.5"), '<c r="A1"><v>1.5</v></c>'),
    ],
)
def test_every_kind_of_content_is_written(sheet_of, content, cell):
    sheet = sheet_of()
    sheet.set(1, 1, content)
    assert cells_of(sheet) == f'<row r="1">{cell}</row>'


@pytest.mark.parametrize("nothing", [None, math.nan, pd.NaT, np.float64("nan"), np.datetime64("NaT", "s")])
def test_nothing_leaves_a_cell_that_is_not_there_not_there(sheet_of, nothing):
    sheet = sheet_of()
    sheet.set(1, 1, nothing)
    assert not sheet.changed


@pytest.mark.parametrize(
    "content", [math.inf, 2**53 + 1, 10**400, [1], {}, object(), "x" * 32_768, Formula("=" + "A1+" * 3000)]
)
def test_what_no_cell_can_hold_is_refused_at_once(sheet_of, content):
    with pytest.raises(EditError):
        sheet_of().set(1, 1, content)


@pytest.mark.parametrize(("row", "column"), [(0, 1), (1, 0), (1_048_577, 1), (1, 16_385)])
def test_cells_outside_the_sheet_are_refused(sheet_of, row, column):
    with pytest.raises(EditError, match="outside"):
        sheet_of().set(row, column, 1)


def test_a_cell_keeps_its_format_and_what_is_not_known_of_it(sheet_of):
    sheet = sheet_of(
        '<row r="1" spans="1:2" x="y"><c r="A1" s="7" t="s" vm="1" ph="1"><v>0</v></c><c r="B1"><v>2</v></c></row>'
    )
    sheet.set(1, 1, 5)
    assert (
        cells_of(sheet)
        == '<row r="1" spans="1:2" x="y"><c r="A1" s="7" ph="1"><v>5</v></c><c r="B1"><v>2</v></c></row>'
    )


def test_none_empties_a_cell_and_keeps_its_format(sheet_of):
    sheet = sheet_of('<row r="1"><c r="A1" s="7"><f>B1</f><v>2</v></c></row>')
    sheet.set(1, 1, None)
    assert cells_of(sheet) == '<row r="1"><c r="A1" s="7"/></row>'


def test_new_cells_and_rows_stand_where_they_belong(sheet_of):
    sheet = sheet_of('<row r="2"><c r="B2"><v>0</v></c></row>\n<row r="4" ht="9"/>')
    for row, column in ((4, 1), (2, 3), (3, 1), (2, 1), (1, 1), (5, 1)):
        sheet.set(row, column, 1)
    assert cells_of(sheet) == (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>0</v></c><c r="C2"><v>1</v></c></row>\n'
        '<row r="3"><c r="A3"><v>1</v></c></row><row r="4" ht="9"><c r="A4"><v>1</v></c></row>'
        '<row r="5"><c r="A5"><v>1</v></c></row>'
    )


def test_a_new_cell_takes_the_format_of_its_row_else_of_its_column(sheet_of):
    before = '<cols><col min="2" max="3" width="9" style="4"/></cols>'
    sheet = sheet_of(raw.sheet('<row r="1" s="5" customFormat="1"/><row r="2" s="6"/>', before=before))
    assert [[sheet.style(row, column) for column in (1, 2, 3, 4)] for row in (1, 2)] == [[5, 5, 5, 5], [0, 4, 4, 0]]


def test_the_range_of_the_cells_grows_with_them(sheet_of):
    sheet = sheet_of(raw.sheet('<row r="2"><c r="B2"/></row>', before='<dimension ref="B2"/>'))
    sheet.set(5, 1, 1)
    sheet.flush()
    assert '<dimension ref="A2:B5"/>' in sheet.text


@pytest.mark.parametrize("text", ["=1+1", "+49 30 1", "-x", "@name", "007", "1/2", "12%"])
def test_text_that_excel_would_convert_gets_the_mark_of_text(sheet_of, text):
    sheet = sheet_of()
    sheet.set(1, 1, text)
    assert sheet.value(1, 1) == text
    assert sheet.workbook.styles.is_quoted(sheet.style(1, 1))


@pytest.mark.parametrize("content", ["Nordwerk", "C0017", "", 5, Formula("=A1")])
def test_other_contents_do_not(sheet_of, content):
    sheet = sheet_of()
    sheet.set(1, 1, "=x")
    sheet.set(1, 1, content)
    assert isinstance(content, str) or not sheet.workbook.styles.is_quoted(sheet.style(1, 1))
    sheet.set(1, 2, content)
    assert not sheet.workbook.styles.is_quoted(sheet.style(1, 2))


@pytest.mark.parametrize(
    ("moment", "number", "code"),
    [
        (dt.date(2024, 1, 31), 45322.0, "m/d/yyyy"),
        (dt.datetime(2024, 1, 31, 18), 45322.75, "m/d/yyyy h:mm"),
        (dt.time(6), 0.25, "h:mm:ss"),
        (dt.timedelta(hours=36), 1.5, "[h]:mm:ss"),
        (pd.Timestamp("1900-01-01"), 1.0, "m/d/yyyy"),
    ],
)
def test_dates_are_numbers_with_a_format_of_dates(sheet_of, moment, number, code):
    sheet = sheet_of()
    sheet.set(1, 1, moment)
    assert (sheet.value(1, 1), sheet.workbook.styles.number_format(sheet.style(1, 1))) == (number, code)


def test_a_date_keeps_the_number_format_that_the_cell_has(sheet_of):
    sheet = sheet_of()
    style = sheet.workbook.styles.with_number_format(0, "yyyy")
    sheet.set(1, 1, dt.date(2024, 1, 31), style=style)
    assert sheet.style(1, 1) == style


def test_books_that_count_from_1904_do_so(tmp_path):
    found = raw.parts()
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    book = raw.opened(tmp_path, found)
    sheet = book.sheet_part(book.sheets[0])
    sheet.set(1, 1, dt.date(2024, 1, 31))
    assert sheet.value(1, 1) == 43860.0
    assert sheet.block(1, 1, 1, 1, as_dates=True) == [[dt.datetime(2024, 1, 31)]]


def test_dates_before_excels_first_are_refused(sheet_of):
    for moment in (dt.date(1899, 12, 31), dt.datetime(1850, 1, 1)):
        with pytest.raises(EditError, match="1900"):
            sheet_of().set(1, 1, moment)


# --- formulas that belong to several cells ---------------------------------------------------------------------------

SHARING = (
    '<row r="1"><c r="B1"><f t="shared" ref="B1:C2" si="0">A1+1</f><v>1</v></c>'
    '<c r="C1"><f t="shared" si="0"/><v>2</v></c></row>'
    '<row r="2"><c r="B2" s="3"><f t="shared" si="0"/><v>3</v></c><c r="C2"><f t="shared" si="0"/><v>4</v></c></row>'
)


def test_overwriting_the_master_of_a_shared_formula_leaves_the_others_their_formulas(sheet_of):
    sheet = sheet_of(SHARING)
    sheet.set(1, 2, 7)
    sheet.set(2, 3, None)
    assert cells_of(sheet) == (
        '<row r="1"><c r="B1"><v>7</v></c><c r="C1"><f>B1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="B2" s="3"><f>A2+1</f><v>3</v></c><c r="C2"/></row>'
    )
    assert sheet.formula(2, 2) == "A2+1"


def test_overwriting_another_cell_of_a_shared_formula_leaves_it_shared(sheet_of):
    sheet = sheet_of(SHARING)
    sheet.set(1, 3, 7)
    assert cells_of(sheet) == SHARING.replace('<f t="shared" si="0"/><v>2</v>', "<v>7</v>", 1)


ARRAY = (
    '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2</f><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
)


def test_part_of_an_array_formula_cannot_be_changed(sheet_of):
    for row in (1, 2):
        with pytest.raises(EditError, match="array formula"):
            sheet_of(ARRAY).set(row, 1, 5)


def test_a_whole_array_formula_can(sheet_of):
    sheet = sheet_of(ARRAY)
    sheet.set_block(1, 1, [[5], [6]])
    assert cells_of(sheet) == '<row r="1"><c r="A1"><v>5</v></c></row><row r="2"><c r="A2"><v>6</v></c></row>'


def test_cells_here_and_there_are_written_as_blocks_of_them_are(sheet_of):
    cells = {(3, 2): "a", (1, 1): 5, (2, 1): 6, (1, 4): None}
    (one, other) = (sheet_of('<row r="2"><c r="A2" s="1"/><c r="B2" t="b"><v>1</v></c></row>') for _ in range(2))
    one.set_cells(cells)
    for (row, column), content in cells.items():
        other.set(row, column, content)
    assert cells_of(one) == cells_of(other)
    array = sheet_of(ARRAY)
    array.set_cells({(1, 1): 5, (2, 1): 6})
    assert cells_of(array) == '<row r="1"><c r="A1"><v>5</v></c></row><row r="2"><c r="A2"><v>6</v></c></row>'
    with pytest.raises(EditError, match="array formula"):
        sheet_of(ARRAY).set_cells({(1, 1): 5, (1, 2): 6})
    with pytest.raises(EditError, match="outside the sheet"):
        sheet_of().set_cells({(1, 1): 5, (0, 2): 6})


def test_a_format_may_change_anywhere(sheet_of):
    sheet = sheet_of(ARRAY)
    sheet.set_style(2, 1, 3)
    assert cells_of(sheet) == ARRAY.replace('<c r="A2">', '<c r="A2" s="3">')


def test_a_block_is_cleared_and_its_formats_stay(sheet_of):
    sheet = sheet_of('<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="2"/><c r="C1"><v>3</v></c></row>')
    sheet.set(2, 1, 4)
    sheet.clear(Area("", 1, 1, 5, 2))
    assert sheet.block(1, 1, 2, 3) == [[None, None, 3.0], [None, None, None]]
    assert sheet.style(1, 1) == 1


def test_the_frame_around_the_cells_stays_as_it_is(sheet_of):
    before = '<sheetPr codeName="S1"><tabColor rgb="FF0000"/></sheetPr><sheetViews><sheetView/></sheetViews>'
    after = '<mc:AlternateContent xmlns:mc="m"><mc:Choice/></mc:AlternateContent><extLst><ext uri="u"/></extLst>'
    sheet = sheet_of(raw.sheet("", before=before, after=after))
    sheet.set(1, 1, 1)
    assert sheet.text == raw.sheet('<row r="1"><c r="A1"><v>1</v></c></row>', before=before, after=after)


def test_a_chart_sheet_has_no_cells(tmp_path):
    found = raw.parts()
    found["xl/_rels/workbook.xml.rels"] = raw.rels(("chartsheet", "worksheets/sheet1.xml"))
    book = raw.opened(tmp_path, found)
    with pytest.raises(UnsupportedError, match="no cells"):
        book.sheet_part(book.sheets[0])


def test_only_the_sheets_read_last_keep_their_rows_and_all_read_the_same_again():
    grids = [Grid(f'<sheetData><row r="1"><c r="A1"><v>{n}</v></c></row></sheetData>', "", "sheet") for n in range(12)]
    first = [list(grid.block(1, 1)) for grid in grids]
    assert [bool(grid._recent) for grid in grids] == [False] * 4 + [True] * 8
    assert [list(grid.block(1, 1)) for grid in grids] == first
