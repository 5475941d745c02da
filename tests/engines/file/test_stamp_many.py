"""Many copies of a template that another program wrote: charts, tables, notes, the same bytes, little memory."""

import openpyxl
import pytest
import xlsxwriter

from kam_xl.engines.file.errors import UnsupportedError
from kam_xl.engines.file.parts.copies.stamp import stamp
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.engines.file.save import save
from kam_xl.engines.stamp import Fill
from kam_xl.engines.values import Formula


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A template with a chart, a table and a note, by XlsxWriter."""
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Index")
    sheet = book.add_worksheet("Plan template")
    bold = book.add_format({"bold": True})
    sheet.write("A1", "Client", bold)
    sheet.write_formula("B5", "=SUM(B2:B4)", bold, 0)
    sheet.write_comment("A1", "note")
    sheet.add_table("E1:F3", {"name": "Steps", "columns": [{"header": "What"}, {"header": "Who"}]})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": "='Plan template'!$A$2:$A$4", "values": "='Plan template'!$B$2:$B$4"})
    sheet.insert_chart("H1", chart)
    sheet.print_area("A1:F20")
    for name, cells in {"client": "$B$1", "years": "$A$2:$A$4", "sums": "$B$2:$B$4", "total": "$B$5"}.items():
        book.define_name(f"'Plan template'!{name}", f"='Plan template'!{cells}")
    book.close()
    return path


def plans(count):
    return [
        Fill(
            f"Plan {number}",
            {
                "client": f"=Client {number}",
                "years": [2024, 2025, 2026],
                "sums": [number, number * 2, number * 3],
                "total": Formula("=SUM(B2:B4)", number * 6),
            },
        )
        for number in range(count)
    ]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_another_program_reads_stamped_sheets(plan, tmp_path):
    book = Workbook.open(plan)
    stamp(book, book.sheets[1], plans(3), 2)
    out = tmp_path / "out.xlsx"
    report = save(book, out)
    assert set(report.changed) <= {
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "xl/styles.xml",
    }
    formulas, results = openpyxl.load_workbook(out), openpyxl.load_workbook(out, data_only=True)
    assert formulas.sheetnames == ["Index", "Plan template", "Plan 0", "Plan 1", "Plan 2"]
    sheet = formulas["Plan 2"]
    assert [[cell.value for cell in row] for row in sheet["A1:B5"]] == [
        ["Client", "=Client 2"],
        [2024, 2],
        [2025, 4],
        [2026, 6],
        [None, "=SUM(B2:B4)"],
    ]
    assert sheet["B1"].data_type == "s"
    assert results["Plan 2"]["B5"].value == 12
    assert (list(sheet.tables), sheet["A1"].comment.text) == (["Steps_4"], "note")
    values = sheet._charts[0].series[0].val.numRef
    assert (values.f, [point.v for point in values.numCache.pt]) == ("'Plan 2'!$B$2:$B$4", [2, 4, 6])


def test_the_header_of_a_table_is_not_filled(plan):
    book = Workbook.open(plan)
    sheet = book.sheets[1]
    book.names.add("header", "'Plan template'!$F$1", sheet=sheet)
    book.names.add("below", "'Plan template'!$F$2", sheet=sheet)
    with pytest.raises(UnsupportedError, match="header of a table"):
        stamp(book, sheet, [Fill("New", {"header": "x"})], 2)
    (entry,) = stamp(book, sheet, [Fill("New", {"below": "x"})], 2)
    assert book.sheet_part(entry).value(2, 6) == "x"


def test_the_same_job_gives_the_same_file(plan, tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        book = Workbook.open(plan)
        stamp(book, book.sheets[1], plans(5), 2)
        save(book, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_the_texts_of_copies_are_not_in_memory_until_they_are_written(plan):
    book = Workbook.open(plan)
    stamp(book, book.sheets[1], plans(50), 2)
    contents = [piece.content for piece in book.package.pieces() if piece.name.startswith("xl/worksheets/sheet5")]
    assert contents
    assert all(callable(content) for content in contents)
