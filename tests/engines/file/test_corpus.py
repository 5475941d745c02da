"""Real files made by Excel: one cell changes, and nothing else does."""

import subprocess
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook, SheetTypeEnum

from kam_xl.engines.file.parts.table import tables
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.engines.file.save import save
from kam_xl.engines.values import Formula
from tests.engines.file import raw

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
FILES = sorted(CORPUS.glob("*.xls[xm]"))

pytestmark = pytest.mark.skipif(not FILES, reason="the corpus of real files is not here")
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def worksheets(book):
    return [entry for entry in book.sheets if entry.kind == "worksheet" and entry.part]


@each_file
def test_a_file_that_is_only_read_is_written_as_it_was(path, tmp_path):
    book = Workbook.open(path)
    for entry in worksheets(book):
        sheet = book.sheet_part(entry)
        used = sheet.used()
        if used:
            sheet.block(used.top, used.left, used.bottom, used.right, as_dates=True)
        assert sheet.text == book.package.text(entry.part)
    out = tmp_path / path.name
    assert save(book, out).changed == ()
    assert raw.contents(out) == raw.contents(path)


@each_file
def test_one_cell_changes_its_sheet_and_what_tells_excel_to_calculate(path, tmp_path):
    book = Workbook.open(path)
    entry = worksheets(book)[-1]
    sheet = book.sheet_part(entry)
    used = sheet.used()
    row, column = (used.bottom + 1 if used else 1), 2
    sheet.set(row, column, "Nordwerk")
    out = tmp_path / path.name
    save(book, out)
    allowed = {entry.part, book.part}
    assert set(raw.differing(path, out)) <= allowed
    before, after = raw.contents(path), raw.contents(out)
    if before[book.part] != after[book.part]:
        plain = after[book.part].replace(b' fullCalcOnLoad="1"', b"").replace(b"<calcPr/>", b"")
        assert plain == before[book.part].replace(b' fullCalcOnLoad="1"', b"")
    assert Workbook.open(out).sheet_part(Workbook.open(out).tabs.get(entry.name)).value(row, column) == "Nordwerk"


@each_file
def test_a_formula_changes_the_chain_and_what_lists_it_besides(path, tmp_path):
    book = Workbook.open(path)
    entry = worksheets(book)[0]
    sheet = book.sheet_part(entry)
    used = sheet.used()
    sheet.set(used.bottom + 1 if used else 1, 1, Formula("=1+1", 2))
    out = tmp_path / path.name
    report = save(book, out)
    assert set(report.changed) <= {entry.part, book.part, "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}
    assert set(report.dropped) <= {"xl/calcChain.xml"}
    assert b'fullCalcOnLoad="1"' in raw.contents(out)[book.part]


def values_by_calamine(path):
    """The values of all worksheets, from A1 on."""
    with CalamineWorkbook.from_path(path) as book:
        sheets = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in sheets}


def values_by_openpyxl(path, sheet):
    """The sheets, and the values of one of them; the rest of a large book would take openpyxl a minute."""
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    try:
        return book.sheetnames, [[cell.value for cell in line] for line in book[sheet].iter_rows()]
    finally:
        book.close()


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl tells what it does not keep
@each_file
def test_other_programs_read_the_result(path, tmp_path):
    book = Workbook.open(path)
    entry = worksheets(book)[0]
    sheet = book.sheet_part(entry)
    row = sheet.used().bottom + 1 if sheet.used() else 1
    sheet.set(row, 1, 5)
    out = tmp_path / path.name
    save(book, out)
    before, after = values_by_calamine(path), values_by_calamine(out)
    assert list(before) == list(after)
    assert after[entry.name][row - 1][0] == 5
    assert [name for name in before if not begins(after[name], before[name])] == []
    (old_names, old), (names, new) = (values_by_openpyxl(file, entry.name) for file in (path, out))
    assert names == old_names
    assert new[row - 1][0] == 5
    new[row - 1][0] = None  # formats may reach further down than what counts as used
    assert begins(new, old)


def begins(rows, old):
    """Whether rows are the old ones with perhaps more to the right and below."""
    return [line[: len(known)] for line, known in zip(rows, old, strict=False)] == old


@each_file
def test_tables_of_real_files_are_understood(path):
    book = Workbook.open(path)
    for entry in worksheets(book):
        sheet = book.sheet_part(entry)
        for table in tables(sheet):
            if table.header_rows:
                row = sheet.block(table.area.top, table.area.left, table.area.top, table.area.right)[0]
                assert [str(value) for value in row] == [name.replace("_x000a_", "\n") for name in table.columns]


@pytest.mark.slow
@each_file
def test_libreoffice_opens_the_result(path, tmp_path):
    book = Workbook.open(path)
    entry = worksheets(book)[0]
    book.sheet_part(entry).set(1, 1, "Nordwerk")
    out = tmp_path / path.name
    save(book, out)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path), str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert out.with_suffix(".csv").exists()
