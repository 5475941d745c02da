import codecs
import gzip
import zipfile

import pytest

from kam_xl.ooxml.errors import UnsafeFileError
from kam_xl.table.errors import FileUnreadableError, SheetNotFoundError
from kam_xl.table.sources.files import open_file
from kam_xl.table.sources.text_file import find_delimiter
from kam_xl.table.sources.workbook_file import understanding
from tests.table.books import edit_part, make_xlsx

ROWS = [["Client", "Revenue"], ["Nord", 1.5]]


def rows(path):
    source = open_file(path)
    return list(source.grid(source.sheets()[0]).rows)


def refusal(path):
    with pytest.raises(FileUnreadableError) as caught:
        rows(path)
    return str(caught.value).replace(str(path), path.name)


def test_a_missing_file_is_told(tmp_path):
    assert refusal(tmp_path / "no.xlsx") == "no.xlsx: there is no such file. Check the name and the folder."


def test_a_folder_without_files_is_told(tmp_path):
    assert "the folder holds 0 files" in refusal(tmp_path)


CSV = "Client;Revenue\nNord;1 000,50\nSouth;20\n"
READ = [["Client", "Revenue"], ["Nord", "1 000,50"], ["South", "20"]]


def test_packed_files_are_read(tmp_path):
    packed, archive = tmp_path / "clients.csv.gz", tmp_path / "clients.zip"
    packed.write_bytes(gzip.compress(CSV.encode()))
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("export/clients.csv", CSV)
    assert (rows(packed), rows(archive)) == (READ, READ)


def test_parts_with_the_header_in_the_first_file_only_are_one_table(tmp_path):
    (tmp_path / "a.csv").write_text(CSV, "utf-8")
    (tmp_path / "b.csv").write_text("West;5\n", "utf-8")
    assert rows(tmp_path) == [*READ, ["West", "5"]]


def test_all_files_of_a_folder_that_cannot_be_read_are_told_at_once(tmp_path):
    (tmp_path / "a.csv").write_text(CSV, "utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "c.csv").touch()
    told = refusal(tmp_path)
    assert "2 files cannot be read" in told
    assert "b.pdf" in told
    assert "c.csv: the file is empty" in told


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 ...", b"a;b\0\0c", b"PAR1 and then nothing PAR1"])
def test_errors_about_a_packed_file_name_the_archive(tmp_path, data):
    packed, archive = tmp_path / "clients.csv.gz", tmp_path / "clients.zip"
    packed.write_bytes(gzip.compress(data))
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("export/clients.csv", data)
    assert (refusal(packed)[:16], refusal(archive).replace(f"{tmp_path}/", "")[:24]) == (
        "clients.csv.gz: ",
        "clients.zip:clients.csv:",
    )


def too_large(path):
    with pytest.raises(UnsafeFileError) as caught:
        rows(path)
    return str(caught.value)


@pytest.mark.slow
def test_a_small_archive_of_endless_rows_is_refused(tmp_path):
    path = tmp_path / "lines.csv.gz"
    path.write_bytes(gzip.compress(b"Client;Revenue\n" + b"\n" * 5_000_001))
    assert too_large(path) == (
        "lines.csv.gz: the table is too large: it has more than 5,000,000 rows. "
        "Keep only the rows that are needed, and try again."
    )


@pytest.mark.slow
def test_files_that_are_too_large_together_are_refused(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.csv").write_bytes(b"Client;Revenue\n" + b"\n" * 2_600_000)
    assert f"{tmp_path.name}: the table is too large: it has more than 5,000,000 rows" in too_large(tmp_path)


def test_a_text_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.write(b"Client;Revenue\n")
        file.truncate((1 << 29) + 2)
    assert "its texts have more than 268,435,456 characters" in too_large(path)


def test_a_line_that_never_ends_is_told(tmp_path):
    path = tmp_path / "line.csv"
    path.write_bytes(b"Client;Revenue\n" + b"x" * (17 << 20))
    assert "the text is not a table (a line never ends)" in refusal(path)


def test_lines_may_end_as_on_old_macs(tmp_path):
    path = tmp_path / "mac.csv"
    path.write_bytes(b"Client;Revenue\r" + (b"x" * 900_000 + b";1\r") * 20)
    assert [(len(name), *rest) for name, *rest in rows(path)] == [(6, "Revenue"), *[(900_000, "1")] * 20]


def test_a_broken_archive_is_told(tmp_path):
    path = tmp_path / "clients.csv.gz"
    path.write_bytes(gzip.compress(CSV.encode())[:-12])
    assert "the archive is damaged" in refusal(path)


def test_an_empty_file_is_told(tmp_path):
    path = tmp_path / "empty.csv"
    path.touch()
    assert refusal(path) == "empty.csv: the file is empty. Give an .xlsx, .xlsm, .csv or .parquet file."


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7 ..."),
        ("a.png", b"\x89PNG\r\n\x1a\n..."),
        ("a.csv", b"a;b\0\0c"),
    ],
)
def test_another_kind_of_file_is_told(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    assert "neither a workbook nor a" in refusal(path)


def test_a_package_that_is_no_workbook_is_told(tmp_path):
    path = tmp_path / "text.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert "the workbook is damaged or is not a workbook" in refusal(path)


def test_a_cut_workbook_is_told(tmp_path):
    path = make_xlsx(tmp_path / "cut.xlsx", {"Clients": ROWS})
    path.write_bytes(path.read_bytes()[:-200])
    assert "the file is damaged and cannot be unpacked" in refusal(path)


def test_a_damaged_sheet_is_told(tmp_path):
    path = make_xlsx(tmp_path / "bad.xlsx", {"Clients": ROWS})
    edit_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])
    assert "the workbook is damaged or is not a workbook" in refusal(path)


def test_a_workbook_under_a_password_is_told(tmp_path):
    path = tmp_path / "secret.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le"))
    assert refusal(path).startswith("secret.xlsx: the workbook is protected by a password. Save a copy without")


def test_a_value_far_from_the_table_is_told_before_memory_runs_out(tmp_path):
    far = [*ROWS, *([None] for _ in range(2998)), [*([None] * 16383), "x"]]
    assert "the sheet is too large: it reaches to XFD3001" in refusal(
        make_xlsx(tmp_path / "far.xlsx", {"Clients": far})
    )


def test_a_declared_extent_is_not_believed_where_cells_stand_outside(tmp_path):
    path = make_xlsx(tmp_path / "far.xlsx", {"Clients": ROWS})
    edit_part(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="B2"', b'r="ZZZZ9999999"'))
    assert "the sheet is too large: it reaches to ZZZZ9999999" in refusal(path)


def test_a_reader_that_panics_tells_of_a_damaged_workbook(tmp_path):
    class PanicException(BaseException):
        pass

    with pytest.raises(FileUnreadableError, match="the workbook is damaged"), understanding(tmp_path):
        raise PanicException


@pytest.mark.parametrize("start", [b"<html>", b"\xef\xbb\xbf \r\n<!DOCTYPE html>"])
def test_a_web_page_under_the_name_of_a_workbook_is_read(tmp_path, start):
    path = tmp_path / "export.xls"
    table = "<tr><th>Client<th colspan=2>Revenue</tr><tr><td>Nord &amp; Co<td>5<br>6<td></tr>"
    path.write_bytes(start + f"<body><table>{table}</table>".encode())
    assert rows(path) == [["Client", "Revenue", None], ["Nord & Co", "5 6", None]]


def test_a_spreadsheet_in_xml_is_read_with_its_numbers_and_gaps(text_file):
    path = text_file(
        "export.xls",
        '<?xml version="1.0"?><Workbook xmlns:ss="urn:x"><Worksheet ss:Name="Clients"><Table>'
        '<Row ss:Index="2"><Cell><Data ss:Type="String">Client</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="Number">12.5</Data></Cell></Row></Table></Worksheet></Workbook>',
    )
    source = open_file(path)
    assert (source.sheets(), rows(path)) == (["Clients"], [[], ["Client", None, 12.5]])


def test_a_web_page_without_a_table_is_told(text_file):
    path = text_file("export.xls", "<html><p>Sign in</p></html>")
    assert "without a table" in refusal(path)


def test_a_workbook_with_the_name_of_a_csv_is_read_all_the_same(tmp_path):
    assert rows(make_xlsx(tmp_path / "clients.csv", {"Clients": ROWS})) == ROWS


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("cp1251"),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("utf-32"),
    ],
    ids=["utf-8", "bom", "cp1251", "utf-16", "utf-16-be", "utf-32"],
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_of_any_encoding_and_delimiter(tmp_path, encode, delimiter):
    path = tmp_path / "клиенты.csv"
    lines = [["Клиент", "Выручка"], ['ООО "Ромашка; Ко, ЛТД"', "1 200"], ["", ""], ["Ёж", "5"]]
    quoted = '"ООО ""Ромашка; Ко, ЛТД"""'
    text = "\r\n".join(delimiter.join(row) for row in [lines[0], [quoted, "1 200"], lines[2], lines[3]])
    path.write_bytes(encode(text))
    assert rows(path) == lines


def test_excels_own_hint_of_a_delimiter_is_obeyed(text_file):
    path = text_file("hint.csv", "sep=|\nClient|Revenue\na;b|1\n")
    assert rows(path) == [["Client", "Revenue"], ["a;b", "1"]]


def test_a_delimiter_that_separates_nothing_is_no_hint(text_file):
    path = text_file("hint.csv", 'sep="\nClient|Revenue\na;b|1\n')
    assert rows(path)[1:] == [["Client", "Revenue"], ["a;b", "1"]]


def test_a_csv_of_western_europe_keeps_its_umlauts(tmp_path):
    path = tmp_path / "kunden.csv"
    path.write_bytes("Client;Revenue\nMüller & Söhne;5\n".encode("cp1252"))
    assert rows(path)[1] == ["Müller & Söhne", "5"]


def test_blank_lines_on_top_of_a_csv_are_counted_but_not_searched(text_file):
    path = text_file("blank.csv", ";\n" * 60 + "Client;Revenue\nNord;5\n")
    source = open_file(path)
    assert (source.head("blank").cell(0, 0), rows(path)) == ("A61", [["Client", "Revenue"], ["Nord", "5"]])


def test_titles_above_the_header_do_not_hide_the_delimiter():
    assert find_delimiter("Report, 2019\nClients, all\n\na;b;c\n1,5;2;3\n1,6;2;3\n") == ";"


def test_a_quote_that_never_ends_is_told(text_file):
    path = text_file("quote.csv", 'Client;Revenue\n"Nord;5\n' + "x" * 1_100_000)
    assert "the text is not a table" in refusal(path)
    path.write_text('Client;Revenue\nNord;5\n"', "utf-8")
    assert "a quotation mark is never closed" in refusal(path)


def test_a_quote_that_never_ends_is_told_in_a_short_file_too(text_file):
    path = text_file("quote.csv", 'Client;Revenue\n"Nord;5\nSouth;6\n')
    assert "the text is not a table (a quotation mark is never closed)" in refusal(path)


def test_a_csv_is_a_sheet_named_like_excel_names_it(text_file):
    path = text_file("clients [2019] of a very long name.csv", "Client,Revenue\n")
    assert open_file(path).sheets() == ["clients _2019_ of a very long n"]


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(tmp_path):
    source = open_file(make_xlsx(tmp_path / "book.xlsx", {"Clients": ROWS, "Other": []}))
    with pytest.raises(SheetNotFoundError) as caught:
        source.head("Cliens")
    assert str(caught.value) == (
        'book.xlsx: there is no such sheet, got Cliens. Did you mean "Clients"? Available: "Clients", "Other".'
    )


def test_letter_case_and_outer_spaces_of_a_sheets_name_do_not_matter(tmp_path):
    source = open_file(make_xlsx(tmp_path / "book.xlsx", {"Clients ": ROWS}))
    assert [source.head(name).sheet for name in ("Clients ", "clients")] == ["Clients ", "Clients "]


def test_a_table_that_is_not_there_is_told_with_those_that_are(tmp_path):
    path = make_xlsx(tmp_path / "book.xlsx", {"Clients": ROWS}, tables=[("Clients", "A1:B2", {"name": "Sales"})])
    with pytest.raises(SheetNotFoundError, match=r'no such Excel table, got Sale. Did you mean "Sales"\?'):
        open_file(path).table("Sale")


def test_a_csv_has_no_excel_tables(text_file):
    path = text_file("a.csv", "Client,Revenue\n")
    with pytest.raises(SheetNotFoundError, match="this file has no Excel tables"):
        open_file(path).table("Sales")
