"""Charts over cells that a script writes."""

import zipfile

import pytest
import xlsxwriter
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.engines.charts import refresh_charts


@pytest.fixture
def charted(tmp_path):
    path = tmp_path / "charted.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_column("A1", [1, 2, 3])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$A$1:$A$3"})
        sheet.insert_chart("C1", chart)
    return path


def written(source, target, *, refresh):
    book = xw.engines["file"].apps.add().books.open(source)
    book.sheets["Data"]["A2"].value = 20
    if refresh:
        refresh_charts(book.sheets["Data"])
    book.save(target)
    with zipfile.ZipFile(target) as archive:
        return archive.read("xl/charts/chart1.xml")


def test_a_chart_of_somebody_s_stays_byte_for_byte(charted, tmp_path):
    with zipfile.ZipFile(charted) as archive:
        before = archive.read("xl/charts/chart1.xml")
    assert written(charted, tmp_path / "out.xlsx", refresh=False) == before


def test_a_chart_keeps_the_new_values_when_asked(charted, tmp_path):
    assert b"<c:v>20</c:v>" in written(charted, tmp_path / "out.xlsx", refresh=True)
