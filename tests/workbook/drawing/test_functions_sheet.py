"""The sheet Functions: answers stand as what they are, and whole."""

import openpyxl
import pytest

from build_workbook import live_path
from kam_xl.locale import LANGUAGES
from kam_xl.plan.book_sheets import BookSheet


@pytest.fixture(params=LANGUAGES)
def functions(request):
    return openpyxl.load_workbook(live_path(request.param))[BookSheet.FUNCTIONS.label.render(request.param)]


def answer_of(sheet, name):
    """The shown cells of the first line of an answer: in the row of its first formula, from column B on."""
    parts = [cell for line in sheet.iter_rows() for cell in line if f"=INDEX({name}(" in text_of(cell)]
    return [sheet.cell(parts[0].row, place) for place in range(2, 7)]


def text_of(cell):
    return str(getattr(cell.value, "text", cell.value)).replace("_xlfn.", "")


def test_counts_beside_a_share_are_no_percentages(functions):
    formats = [cell.number_format.partition("_")[0] for cell in answer_of(functions, "KAM_GROUP_PENETRATION")[:4]]
    assert formats == ["0.0%", "#,##0", "#,##0", "0.0%"]


def test_the_last_column_of_texts_has_the_width_of_the_sheet(functions):
    last = answer_of(functions, "KAM_TABLE")[4]
    assert f"{last.coordinate}:H{last.row}" in {str(area) for area in functions.merged_cells.ranges}
