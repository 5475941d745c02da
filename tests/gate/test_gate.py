"""Files of a few kilobytes that would take a reader's memory: each is refused before any reader sees it."""

import random
import struct
import zipfile

import pytest

from kam_xl.gate import FileKind, ReadingLimits, admit, kind_of
from kam_xl.ooxml.errors import DamagedFileError, EncryptedFileError, PackageError, UnsafeFileError
from kam_xl.ooxml.package import Package
from kam_xl.table.sources.files import open_file
from kam_xl.table.sources.package_parts import PackageParts
from ovba.compound import compound_file
from tests.table.books import edit_part, make_xlsx

ROWS = [["Client", "Revenue"], ["Nord", 1.5], ["Süd", 2.5]]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path):
    return make_xlsx(tmp_path / "book.xlsx", {"Clients": ROWS})


def check(path, sheet="Clients"):
    PackageParts(admit(path)).check(sheet)


# --- Open XML --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("announced", [b"4000000000", b"400000"])
def test_announced_texts_that_are_not_there_are_refused(book, announced):
    edit_part(
        book, "xl/sharedStrings.xml", lambda text: text.replace(b'uniqueCount="4"', b'uniqueCount="%s"' % announced)
    )
    with pytest.raises(UnsafeFileError, match="texts and holds far fewer"):
        admit(book)


def test_texts_used_more_often_than_they_are_there_are_no_fault(tmp_path):
    check(make_xlsx(tmp_path / "same.xlsx", {"Clients": [["Client"], *([["Nord"]] * 5000)]}))


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="XFD1048576"><v>1</v></c>',
        b"<c r='XFD1048576'><v>1</v></c>",
        b'<c s="0" r="XFD1048576"><v>1</v></c>',
        b'<c\nr="XFD1048576"><v>1</v></c>',
    ],
)
def test_a_cell_far_from_the_table_is_refused_however_it_is_written(book, cell):
    edit_part(book, SHEET, lambda text: text.replace(b"</row></sheetData>", cell + b"</row></sheetData>"))
    with pytest.raises(UnsafeFileError, match="reaches to XFD1048576"):
        check(book)


@pytest.mark.parametrize(
    "place", [b"A" + b"9" * 20, b"A" + b"9" * 5000, b"Z" * 12 + b"7"], ids=["row", "rows", "column"]
)
def test_a_place_beyond_all_numbers_is_refused(book, place):
    cell = b'<c r="%s"><v>1</v></c>' % place
    edit_part(book, SHEET, lambda text: text.replace(b"</row></sheetData>", cell + b"</row></sheetData>"))
    with pytest.raises(UnsafeFileError, match="the sheet is too large"):
        check(book)


def test_more_sheets_than_anybody_has_are_refused(book):
    named = b'<sheet name="s" sheetId="9" r:id="rId1"/>' * 20_001
    edit_part(book, "xl/workbook.xml", lambda text: text.replace(b"</sheets>", named + b"</sheets>"))
    with pytest.raises(UnsafeFileError, match="names 20,002 sheets, and at most 20,000 are read"):
        admit(book)


def test_a_far_cell_in_the_midst_of_many_is_refused(tmp_path):
    path = make_xlsx(tmp_path / "book.xlsx", {"Clients": [["Client"], *([["Nord"]] * 20_000)]})
    edit_part(path, SHEET, lambda text: text.replace(b'r="A9000"', b'r="XFD1048576"'))
    with pytest.raises(UnsafeFileError, match="reaches to XFD1048576"):
        check(path)


def test_cells_without_places_are_counted_where_they_stand(book):
    row = b"<row>" + b"<c><v>1</v></c>" * 20_000 + b"</row>" + b"<row/>" * 5000 + b"<row><c><v>1</v></c></row>"
    edit_part(book, SHEET, lambda text: text.replace(b"</sheetData>", row + b"</sheetData>"))
    with pytest.raises(UnsafeFileError, match="the sheet is too large"):
        check(book)


def test_formatted_cells_without_content_may_reach_anywhere(book):
    edit_part(book, SHEET, lambda text: text.replace(b"</row></sheetData>", b'<c r="XFD3" s="0"/></row></sheetData>'))
    check(book)


def test_one_long_text_in_many_cells_is_refused(tmp_path):
    path = make_xlsx(tmp_path / "long.xlsx", {"Clients": [["Client"], *([["x" * 32_000]] * 9000)]})
    with pytest.raises(UnsafeFileError, match="texts of the sheet expand to 288,"):
        check(path)


def test_a_table_of_twenty_columns_to_the_end_of_a_sheet_is_within_the_limits():
    limits = ReadingLimits()
    assert limits.cells >= 20 * 1_048_576


# --- OpenDocument ----------------------------------------------------------------------------------------------------

EMPTY = "<table:table-cell/>"


def cell(repeated=1):
    times = f'table:number-columns-repeated="{repeated}"'
    return f'<table:table-cell {times} office:value-type="float" office:value="1"/>'


def row(cells, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def make_ods(path, rows):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", f'<office:x><table:table table:name="Клиенты">{rows}</table:table></office:x>')
    return path


@pytest.mark.parametrize(
    "rows",
    [
        row(cell() + cell(16_384), repeated=1_048_576),
        row(EMPTY, repeated=1_000_000) + row(cell(100)),
        row(cell(16_384)) * 2000,
    ],
    ids=["rows", "empty rows before", "columns"],
)
def test_repeated_cells_that_unfold_into_millions_are_refused(tmp_path, rows):
    with pytest.raises(UnsafeFileError, match=r"Клиенты.*the sheet is too large"):
        admit(make_ods(tmp_path / "book.ods", rows))


def test_a_text_of_endless_blanks_is_refused(tmp_path):
    rows = '<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="2000000000"/>'
    with pytest.raises(UnsafeFileError, match="blanks"):
        admit(make_ods(tmp_path / "book.ods", rows + "</text:p></table:table-cell></table:table-row>"))


def test_empty_rows_to_the_end_of_the_sheet_are_no_fault(tmp_path):
    rows = row(cell()) + row('<table:table-cell table:number-columns-repeated="16384"/>', repeated=1_048_575)
    assert admit(make_ods(tmp_path / "book.ods", rows)).kind is FileKind.ODS


# --- before 2007 -----------------------------------------------------------------------------------------------------


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def number(row, column):
    return record(0x0203, struct.pack("<HHHd", row, column, 0, 1.0))


def make_xls(path, *records):
    stream = record(0x0809, bytes(16)) + b"".join(records) + record(0x000A)
    path.write_bytes(compound_file({"Workbook": stream.ljust(5000, b"\0")}))
    return path


def test_a_small_old_workbook_passes(tmp_path):
    assert admit(make_xls(tmp_path / "book.xls", number(0, 0), number(9, 3))).kind is FileKind.XLS


@pytest.mark.parametrize(
    "records",
    [
        [record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFF0, 0, 255, 0))],
        [number(0, 0), number(65535, 65535)],
        [record(0x00BD, struct.pack("<HH", 60000, 0) + bytes(6) + struct.pack("<H", 60000)), number(0, 0)],
    ],
    ids=["announced", "a far cell", "a long run"],
)
def test_an_old_workbook_with_an_endless_sheet_is_refused(tmp_path, records):
    with pytest.raises(UnsafeFileError, match="the sheet is too large"):
        admit(make_xls(tmp_path / "book.xls", *records))


def test_one_long_text_in_many_cells_of_an_old_workbook_is_refused(tmp_path):
    texts = record(0x00FC, struct.pack("<IIHB", 1, 1, 32_000, 0) + b"x" * 8000)
    texts += b"".join(record(0x003C, b"\0" + b"x" * 8000) for _ in range(3))
    cells = [record(0x00FD, struct.pack("<HHHI", row, 0, 0, 0)) for row in range(9000)]
    with pytest.raises(UnsafeFileError, match="texts of the sheet expand to 288,000,000"):
        admit(make_xls(tmp_path / "book.xls", texts, *cells))


@pytest.mark.parametrize("seed", range(300))
def test_damage_to_the_shell_of_an_old_workbook_is_refused_or_harmless(tmp_path, seed):
    path = make_xls(tmp_path / "book.xls", number(0, 0), number(9, 3))
    data, rng = bytearray(path.read_bytes()), random.Random(seed)  # noqa: S311
    for _ in range(rng.randint(1, 6)):
        at = rng.choice([rng.randrange(8, 512), rng.randrange(512, len(data))])
        data[at : at + 4] = rng.choice([bytes(4), b"\1\0\0\0", b"\2\0\0\0", b"\xff\xff\xff\x7f", rng.randbytes(4)])
    path.write_bytes(data)
    try:
        admit(path)
    except PackageError:
        return
    open_file(path)  # what was passed must not bring the reader down


def test_a_chain_of_sectors_without_end_is_refused(tmp_path):
    path = make_xls(tmp_path / "book.xls", number(0, 0))
    data = bytearray(path.read_bytes())
    first_directory = struct.unpack_from("<I", data, 48)[0]
    fat = struct.unpack_from("<I", data, 76)[0]
    struct.pack_into("<I", data, 512 * (fat + 1) + 4 * first_directory, first_directory)
    path.write_bytes(data)
    with pytest.raises(DamagedFileError, match="damaged or is not a workbook"):
        admit(path)


# --- binary ----------------------------------------------------------------------------------------------------------


def make_xlsb(path, sheet):
    package = Package.blank()
    package.put("xl/workbook.bin", b"", "application/vnd.ms-excel.sheet.binary.macroEnabled.main")
    package.put("xl/worksheets/sheet1.bin", sheet, "application/vnd.ms-excel.worksheet")
    package.relate("", "officeDocument", "xl/workbook.bin")
    package.relate("xl/workbook.bin", "worksheet", "xl/worksheets/sheet1.bin")
    with zipfile.ZipFile(path, "w") as file:
        for piece in package.pieces():
            file.writestr(piece.name, b"".join(piece.chunks() or ()))
    return path


def binary_cell(row, column):
    return bytes([0, 4]) + struct.pack("<I", row) + bytes([5, 16]) + struct.pack("<IId", column, 0, 1.0)


@pytest.mark.parametrize(("far", "passes"), [((9, 9), True), ((1_048_575, 16_383), False), ((99_999, 400_000), False)])
def test_a_binary_workbook_is_measured_by_its_cells(tmp_path, far, passes):
    path = make_xlsb(tmp_path / "book.xlsb", binary_cell(0, 0) + binary_cell(*far) + bytes([0x92, 1, 0]))
    if passes:
        assert admit(path).kind is FileKind.XLSB
    else:
        with pytest.raises(UnsafeFileError, match="the sheet is too large"):
            admit(path)


# --- kinds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["book.xlsx", "book.csv", "book", "книга.xltx"])
def test_the_kind_is_told_by_content_whatever_the_name(tmp_path, name):
    assert kind_of(make_xlsx(tmp_path / name, {"Clients": ROWS})) is FileKind.XLSX


def test_what_is_no_workbook_is_of_no_kind(tmp_path):
    (tmp_path / "book.xlsx").write_text("Client;Revenue\n", "utf-8")
    assert kind_of(tmp_path / "book.xlsx") is None


def test_a_password_is_told(tmp_path):
    path = tmp_path / "book.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(EncryptedFileError):
        admit(path)
