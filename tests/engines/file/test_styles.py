"""Formats of cells: added, never altered, and each only once."""

import pytest

from kam_xl.engines.file.parts.flushing import flush
from kam_xl.engines.file.parts.looks import formats
from tests.engines.file import raw

XFS = '<cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="164" fontId="1" xfId="0"><alignment/></xf></cellXfs>'
STYLES = (
    f'<styleSheet xmlns="{raw.MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd.mm.yy"/></numFmts>'
    f'<fonts count="1"><font/></fonts>{XFS}<dxfs count="0"/><extLst><ext uri="u"/></extLst></styleSheet>'
)
RELS = {"xl/_rels/workbook.xml.rels": raw.rels(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"))}


@pytest.fixture
def book(tmp_path):
    return raw.opened(tmp_path, raw.parts(**RELS | {"xl/styles.xml": STYLES}))


def test_number_formats_are_read_by_number(book):
    assert [book.styles.number_format(style) for style in (0, 1, 99)] == ["General", "dd.mm.yy", "General"]
    assert [book.styles.is_date(style) for style in (0, 1, 99)] == [False, True, False]


def test_a_format_is_appended_and_everything_else_stays(book):
    style = book.styles.with_number_format(1, "0.0%")
    assert (style, book.styles.with_number_format(1, "0.0%")) == (2, 2)
    flush(book)
    new = '<xf numFmtId="165" fontId="1" xfId="0" applyNumberFormat="1"><alignment/></xf>'
    assert book.package.text("xl/styles.xml") == STYLES.replace(
        "</numFmts>", '<numFmt numFmtId="165" formatCode="0.0%"/></numFmts>'
    ).replace('numFmts count="1"', 'numFmts count="2"').replace('cellXfs count="2"', 'cellXfs count="3"').replace(
        "</cellXfs>", f"{new}</cellXfs>"
    )


def test_excels_own_formats_are_used_by_their_numbers(book):
    assert book.styles.number_format(book.styles.with_number_format(0, "0.00%")) == "0.00%"
    assert 'numFmt numFmtId="165"' not in "".join(book.styles.collection("numFmts"))


def test_what_reads_the_same_is_one_item(book):
    assert [book.styles.add("fonts", item) for item in ("<font/>", "<font><b/></font>", "<font><b/></font>")] == [
        0,
        1,
        1,
    ]
    assert book.styles.add("dxfs", "<dxf/>") == 0
    flush(book)
    assert '<dxfs count="1"><dxf/></dxfs>' in book.package.text("xl/styles.xml")


def test_a_book_without_styles_gets_the_least_that_excel_needs(tmp_path):
    book = raw.opened(tmp_path, raw.parts())
    flush(book)
    assert book.styles.part is None
    book.styles.with_number_format(0, "0%")
    flush(book)
    assert book.package.part_of_type("xl/workbook.xml", "styles") == "xl/styles.xml"


@pytest.mark.parametrize(
    ("code", "date"),
    [
        ("General", False), ("0.00", False), ("#,##0 _₽", False), ('0 "days"', False), ("0\\d", False),
        ("[Red]0", False),
        ("[$-419]d mmm yyyy;@", True), ("h:mm", True), ("[h]:mm:ss", False), ("yyyy", True), ("mm:ss.0", True),
        ('_-* #,##0.00\\ "d."_-', False), ("0.00E+00", False), ("@", False), ('"m"', False), ("[$₽-419]0", False),
    ],
)  # fmt: skip
def test_dates_are_told_from_numbers_by_their_format(code, date):
    assert formats.is_date(code) is date
