"""The portfolio: the grid, the chart data, the charts over them."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from kam_xl.domain.model import Position, Potential
from kam_xl.domain.strategy import strategy
from kam_xl.plan.reports.portfolio_fields import BUBBLE, BUBBLE_ROWS, GRID, PARETO
from tests.workbook.drawing.cells import cells


@pytest.fixture
def sheet(sheets):
    return sheets["portfolio"]


@pytest.fixture
def charts(sheet):
    """The bubble chart and the Pareto chart."""
    return {chart.tagname: chart for chart in sheet._charts}


def refers(sheet, name):
    return sheet.defined_names[name].attr_text


def test_each_cell_of_the_grid_stands_below_its_strategy(sheet, lang):
    above = {pair: cells(sheet, name)[0].offset(row=-1).value for pair, name in GRID.items()}
    assert above == {pair: strategy(*pair).label.render(lang) for pair in GRID}


def test_the_grid_reads_from_strong_to_weak_and_from_high_to_low(sheet):
    places = [[cells(sheet, GRID[position, potential])[0] for potential in Potential] for position in Position]
    assert [[cell.column_letter for cell in row] for row in places] == [["B", "D", "F"]] * 3
    assert [row[0].row for row in places] == sorted(row[0].row for row in places)


def test_the_bubbles_are_drawn_from_the_cells_of_their_names(sheet, charts):
    (series,) = charts["bubbleChart"].series
    assert (series.xVal.numRef.f, series.yVal.numRef.f, series.bubbleSize.numRef.f) == (
        refers(sheet, "kam_bubble_penetration"),
        refers(sheet, "kam_bubble_height"),
        refers(sheet, "kam_bubble_revenue"),
    )
    across, upwards = charts["bubbleChart"].x_axis, charts["bubbleChart"].y_axis
    assert (across.axPos, upwards.axPos) == ("b", "l")  # ONLYOFFICE draws the axes where they say
    assert (upwards.scaling.logBase, upwards.scaling.min) == (10, 1)


def test_the_bubbles_are_labelled_from_the_cells_of_the_labels(file, sheet):
    with ZipFile(BytesIO(file)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    (chart,) = [part for part in parts if "<bubbleChart>" in part]
    source = refers(sheet, "kam_bubble_label")
    assert re.findall(r"<c15:f>(.*?)</c15:f><c15:dlblRangeCache><ptCount val=\"(\d+)\"/>", chart) == [
        (source, str(BUBBLE_ROWS))
    ]
    assert chart.count('type="CELLRANGE"') == BUBBLE_ROWS


def test_the_pareto_chart_puts_the_cumulative_share_on_a_second_axis(sheet, charts):
    bars = charts["barChart"]
    line = bars._charts[1]
    clients = refers(sheet, "kam_pareto_client")
    assert [(chart.series[0].cat.strRef.f, chart.series[0].val.numRef.f) for chart in (bars, line)] == [
        (clients, refers(sheet, "kam_pareto_revenue")),
        (clients, refers(sheet, "kam_pareto_cumulative")),
    ]
    assert (line.y_axis.axId, line.y_axis.scaling.max) == (200, 1)


def test_the_data_of_the_charts_are_blank_and_not_printed(sheet):
    last_printed = int(sheet.print_area.rpartition("$")[2])
    names = [field.name for field in (*BUBBLE, *PARETO)]
    data = [cell for name in names for cell in cells(sheet, name)]
    assert {cell.value for cell in data} == {None}
    assert min(cell.row for cell in data) > last_printed


def test_it_prints_on_landscape_a4_one_page_wide(sheet):
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", 1, 0)
    assert (sheet.print_title_rows, len(sheet.row_breaks.brk)) == ("$1:$1", 2)
