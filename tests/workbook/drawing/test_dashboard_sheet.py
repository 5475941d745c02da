"""The operational dashboard: its fields, formulas, chart and print."""

import pytest
from openpyxl.utils import range_boundaries

from kam_xl.plan.reports.dashboard_fields import DASHBOARD_FIELDS, MARGIN, MARGIN_PART, MONTHS, TILES
from kam_xl.plan.reports.dashboard_formulas import DASHBOARD_FORMULAS
from tests.workbook.drawing.cells import area, cells


@pytest.fixture
def sheet(sheets):
    return sheets["dashboard"]


def test_each_field_has_its_cells_with_their_formulas_and_all_others_are_blank(sheet):
    found = {name: tuple(cell.value for cell in cells(sheet, name)) for name in DASHBOARD_FIELDS}
    blank = {name: (None,) * field.rows for name, field in DASHBOARD_FIELDS.items()}
    formulas = {name: (text,) if isinstance(text, str) else text for name, text in DASHBOARD_FORMULAS.items()}
    assert found == blank | formulas


def test_every_field_stands_under_its_title(sheet, lang):
    texts = {cell.value for row in sheet for cell in row if isinstance(cell.value, str)}
    assert {field.title.render(lang) for field in DASHBOARD_FIELDS.values()} <= texts


def test_the_tiles_of_the_margin_are_rows_of_their_own(sheet):
    left, top, right, bottom = range_boundaries(area(sheet, MARGIN_PART))
    rows = {cell.row for field in TILES if field in MARGIN for cell in cells(sheet, field.name)}
    others = {cell.row for field in TILES if field not in MARGIN for cell in cells(sheet, field.name)}
    assert (rows, bottom - top, left, right) == ({bottom}, 1, 1, 11)
    assert max(others) == top - 1


def test_the_chart_reads_the_sheets_own_months(sheet):
    (chart,) = sheet._charts
    name, plan, fact = (sheet.defined_names[field.name].attr_text for field in MONTHS)
    assert [(series.cat.strRef.f, series.val.numRef.f) for series in chart.series] == [(name, plan), (name, fact)]


def test_it_prints_on_two_landscape_pages(sheet):
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", 1, 0)
    assert len(sheet.row_breaks.brk) == 1


def test_each_page_fits_on_a4(sheet):
    width = sum(round(dimension.width * 7 + 5) * 0.75 for dimension in sheet.column_dimensions.values())
    paper_width, paper_height = 841.9 - 2 * 0.45 * 72, 595.3 - 2 * 0.6 * 72
    room = paper_height * width / paper_width
    heights = [sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1)]
    end = sheet.row_breaks.brk[0].id
    assert [sum(heights[:end]) <= room, heights[0] + sum(heights[end:]) <= room] == [True, True]
