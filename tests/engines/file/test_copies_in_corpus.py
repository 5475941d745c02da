"""Real files made by Excel: two sheets more and one cell changed, and nothing is lost."""

import importlib.util
import json
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from kam_xl.engines.file.parts.copies.clone import copy
from kam_xl.engines.file.parts.copies.stamp import stamp
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.engines.file.save import save
from kam_xl.engines.stamp import Fill
from kam_xl.engines.values import Formula
from tests.engines.file import raw

SHARED = Path(__file__).parents[4] / "shared"
FILES = sorted((SHARED / "corpus").glob("*.xls[xm]"))

pytestmark = [
    pytest.mark.skipif(not FILES, reason="the corpus of real files is not here"),
    pytest.mark.filterwarnings("ignore::UserWarning"),  # openpyxl tells what it does not keep
]


def tool(name):
    """A checker that lies beside the corpus."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A template in a book of its own: formats, formulas, a chart, a table, a note, a validation, names."""
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Template")
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "num_format": "#,##0.0", "border": 1})
    sheet.write("A1", "Client", bold)
    sheet.write_column("A2", [2024, 2025, 2026])
    sheet.write_formula("B5", "=SUM(B2:B4)", bold, 0)
    sheet.write_comment("A1", "note")
    sheet.add_table("E1:F3", {"name": "Steps"})
    sheet.data_validation("B2:B4", {"validate": "list", "source": "=Template!$A$2:$A$4"})
    sheet.conditional_format("B2:B4", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("B5", {"type": "cell", "criteria": ">", "value": 1, "format": bold})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": "=Template!$A$2:$A$4", "values": "=Template!$B$2:$B$4"})
    sheet.insert_chart("H1", chart)
    sheet.print_area("A1:F20")
    for name, cells in {"client": "$B$1", "sums": "$B$2:$B$4", "total": "$B$5"}.items():
        book.define_name(f"Template!{name}", f"=Template!{cells}")
    book.close()
    return path


def worksheets(book):
    return [entry for entry in book.sheets if entry.kind == "worksheet" and entry.part]


def extend(path, plan, out):
    """Add a copy of a sheet, and a plan from another book; change a cell. Gives the changed sheet and the report."""
    book = Workbook.open(path)
    source = next((entry for entry in worksheets(book) if _copyable(book, entry)), None)
    if source:
        copy(book, source, "It's a copy", len(book.sheets))
    template = Workbook.open(plan)
    fill = Fill("План", {"client": "=Nordwerk", "sums": [1, 2, 3], "total": Formula("=SUM(B2:B4)", 6)})
    stamp(template, template.sheets[0], [fill], len(book.sheets), book)
    touched = worksheets(book)[0]
    sheet = book.sheet_part(touched)
    sheet.set(max(sheet.grid.rows, default=0) + 1, 1, "changed")
    return touched, save(book, out)


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def extended(request, plan, tmp_path_factory):
    """A file, what it became, and the sheet that was touched."""
    out = tmp_path_factory.mktemp("out") / request.param.name
    touched, report = extend(request.param, plan, out)
    return request.param, out, touched, report


def test_nothing_is_lost(extended):
    path, out, touched, report = extended
    problems, identical, _ = tool("compare_packages").compare(path, out, [touched.name])
    assert problems == []
    assert identical >= len(report.unchanged)


def test_only_what_lists_the_sheets_and_the_touched_sheet_differ(extended):
    path, out, touched, report = extended
    allowed = {
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
    }
    assert set(report.changed) <= allowed | {touched.part}
    assert set(report.dropped) <= {"xl/calcChain.xml"}
    before, after = raw.contents(path), raw.contents(out)
    assert [name for name in before if after.get(name) != before[name]] == [
        name for name in before if name in {*report.changed, *report.dropped}
    ]


def test_the_package_has_no_new_faults(extended):
    path, out, *_ = extended
    lint = tool("pkglint").lint
    assert Counter(lint(str(out))) - Counter(lint(str(path))) == Counter()


@cache
def schema_faults(path):
    run = subprocess.run(["ooxml-validator", str(path)], capture_output=True, text=True, check=False)
    return Counter(
        (fault["description"], fault["path"] if fault["path"] in raw.contents(path) else "")
        for fault in json.loads(run.stdout)["errors"]
    )


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("ooxml-validator"), reason="Microsoft's validator is not here")
def test_the_validator_of_the_open_xml_sdk_finds_no_new_kinds_of_faults(extended, plan):
    path, out, *_ = extended
    known = {description for description, _ in schema_faults(path)} | {fault for fault, _ in schema_faults(plan)}
    assert {description for description, _ in schema_faults(out)} - known == set()


def test_another_program_reads_all_sheets(extended):
    path, out, *_ = extended
    before, after = Workbook.open(path), openpyxl.load_workbook(out, data_only=True)
    assert after.sheetnames[: len(before.sheets)] == [entry.name for entry in before.sheets]
    plan = after["План"]
    assert [plan[cell].value for cell in ("A1", "B1", "B2", "B4", "B5")] == ["Client", "=Nordwerk", 1, 3, 6]
    assert plan["B5"].number_format == "#,##0.0"
    assert plan["A1"].font.b
    assert [point.v for point in plan._charts[0].series[0].val.numRef.numCache.pt] == [1, 2, 3]


def test_the_copy_shows_what_the_sheet_shows(extended):
    path, out, *_ = extended
    before, after = Workbook.open(path), Workbook.open(out)
    copied = after.tabs.get("It's a copy")
    if copied is None:
        pytest.skip("every sheet of this file has a slicer")
    source = next(entry for entry in worksheets(before) if _copyable(before, entry))
    old, new = before.sheet_part(source), after.sheet_part(copied)
    assert new.used() == old.used()
    if old.used():
        top, left, bottom, right = old.used()[1:]
        assert new.block(top, left, bottom, right) == old.block(top, left, bottom, right)
        assert new.styles_in(old.used()) == old.styles_in(old.used())


def _copyable(book, entry):
    return not any(rel.kind == "slicer" for rel in book.package.rels(entry.part))


def test_what_we_wrote_we_read_and_extend_again(extended, plan, tmp_path):
    _, out, *_ = extended
    book = Workbook.open(out)
    entry = copy(book, book.tabs.get("План"), "Second", len(book.sheets))
    save(book, tmp_path / out.name)
    again = Workbook.open(tmp_path / out.name)
    assert again.sheet_part(again.tabs.get("Second")).value(1, 2) == "=Nordwerk"
    assert again.names.get("client", again.tabs.get("Second")).refers_to == "Second!$B$1"
    assert entry.name == "Second"


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_opens_the_result(extended, tmp_path):
    _, out, *_ = extended
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(out)], check=True, capture_output=True, timeout=180)
    read = openpyxl.load_workbook(tmp_path / (out.stem + ".xlsx"), data_only=True)
    assert read["План"]["B5"].value == 6
