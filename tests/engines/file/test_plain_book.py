"""New workbooks of plain tables hold what they were given, as XlsxWriter writes it, and pass every lint."""

import importlib.util
import warnings
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.plain_book import SHARE, PlainSheet, TooManyRowsError, plain_book
from kam_xl.engines.file.save import save
from kam_xl.excel.references import ROWS

HEADER = ["Client", "Revenue", date(2024, 1, 1), "Day", "Share"]
BODY = [
    ["=Nord", 900.0, 12, date(2024, 3, 4), 0.125],
    ["  007", None, -1.5, datetime(2024, 3, 4, 12), None],
    ["x\ny & <z> \x01", True, 10**12, None, 1.0],
    [],
    ["Ёлка \U0001f384", 1e-300, 0.1, "31.12.2024", 0.0],
]


@pytest.fixture
def written(tmp_path):
    def write(sheets):
        path = tmp_path / "plain.xlsx"
        save(plain_book(sheets), path)
        return path

    return write


def sheet(rows, **more):
    return PlainSheet(HEADER, rows, len(rows), **more)


def peer(path):
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    day = book.add_format({"num_format": 14})
    page = book.add_worksheet("Clients")
    for down, row in enumerate([HEADER, *BODY]):
        for right, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(down, right, value, day)
            elif value is not None:
                page.write(down, right, value)
    book.close()
    return path


def cells(path):
    return [[(cell.value, cell.data_type) for cell in row] for row in openpyxl.load_workbook(path)["Clients"].rows]


def test_cells_are_those_that_xlsxwriter_writes(written, tmp_path):
    assert cells(written({"Clients": sheet(BODY)})) == cells(peer(tmp_path / "peer.xlsx"))


def test_numbers_look_as_their_column_says(written):
    page = openpyxl.load_workbook(written({"Clients": sheet(BODY, number_formats={4: SHARE})}))["Clients"]
    formats = [cell.number_format for cell in page[2]]
    assert formats == ["General", "#,##0", "#,##0", "mm-dd-yy", "0.0%"]
    assert page["C1"].number_format == "mmm yyyy"


def test_the_header_stays_in_sight_and_filters(written):
    page = openpyxl.load_workbook(written({"Clients": sheet(BODY)}))["Clients"]
    assert (page.freeze_panes, page.auto_filter.ref, page["A1"].font.bold) == ("A2", "A1:E6", True)


def test_texts_that_look_like_formulas_or_numbers_stay_texts_when_edited(written):
    page = openpyxl.load_workbook(written({"Clients": sheet(BODY)}))["Clients"]
    assert [bool(page[f"A{row}"].quotePrefix) for row in (2, 3, 6)] == [True, True, False]


def test_decimals_are_numbers(written):
    path = written({"Clients": sheet([["Nord", Decimal("12.5")]])})
    assert openpyxl.load_workbook(path)["Clients"]["B2"].value == 12.5


def test_a_cell_that_cannot_be_written_is_named(written, tmp_path):
    with pytest.raises(EditError) as raised:
        written({"Clients": sheet([["Nord", 1.0], ["Alfa", float("inf")]])})
    assert raised.value.where == "Clients!B3"
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_holds_are_refused():
    with pytest.raises(TooManyRowsError, match="1,048,577"):
        plain_book({"Clients": PlainSheet(HEADER, [], ROWS)})


def test_the_same_tables_give_the_same_bytes(tmp_path):
    for name in ("one.xlsx", "other.xlsx"):
        save(plain_book({"Clients": sheet(BODY)}), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()


def test_lints_find_no_fault(written, shared):
    path = written({"Clients": sheet(BODY), "By month": sheet(BODY, number_formats={4: SHARE}), "Empty": sheet([])})
    spec = importlib.util.spec_from_file_location("pkglint", shared / "tools" / "pkglint.py")
    lint = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(lint)
    assert lint.lint(str(path)) == []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from openxml_audit import OpenXmlValidator, ValidationSeverity

        errors = [
            each for each in OpenXmlValidator().validate(path).errors if each.severity == ValidationSeverity.ERROR
        ]
    # A workbook need not have a theme; it asks for one of every package.
    assert [each.description for each in errors if "/theme" not in each.description] == []
