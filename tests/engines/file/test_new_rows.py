"""Many rows of a sheet that has none are written at once, and come out as if they were written cell by cell."""

import datetime as dt
import math
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.parts.blank import blank_workbook
from kam_xl.engines.file.parts.cells.new_rows import MANY
from kam_xl.engines.values import CellError, Formula

KINDS = [
    *(None, 1.0, 2.5, -0.0, 1e300, 7, True, math.nan, Decimal("1.5"), dt.date(2024, 2, 29), dt.time(12)),
    *("Nordwerk", "=1+1", "007", " two  blanks ", "a\r\n<b> & c_x0041_", "", "x" * 100),
    *(CellError("#N/A"), Formula("=A1*2", 3.0), Formula("TODAY()", dt.date(2024, 1, 1))),
]
ROWS = [
    [KINDS[(row * step) % len(KINDS)] for step in range(1, 6)] if row % 7 else [None] * 5 for row in range(1, MANY + 40)
]


def new_sheet(columns=""):
    book = blank_workbook()
    sheet = book.sheet_part(book.sheets[0])
    sheet.frame = sheet.frame.replace("<sheetData/>", columns + "<sheetData/>")
    return sheet


@pytest.mark.parametrize("columns", ["", '<cols><col min="3" max="4" width="9" style="1"/></cols>'])
def test_rows_written_at_once_are_those_written_one_by_one(columns):
    at_once, one_by_one = new_sheet(columns), new_sheet(columns)
    for sheet in (at_once, one_by_one):
        sheet.workbook.styles.with_number_format(0, "0.00")
    at_once.set_block(3, 2, ROWS)
    for column, contents in enumerate(zip(*ROWS, strict=True), 2):
        for row, content in enumerate(contents, 3):
            one_by_one.set(row, column, content)
    assert not at_once.edits
    assert at_once.text == one_by_one.text
    assert (at_once.values_changed, at_once.formulas_changed) == (True, True)


AWKWARD = st.text(
    st.sampled_from("aЖ \u00a0\t\n\r\x00\x1f\x7f&<>_x0041='\"\ud800\ufffe\U0001f600-+@(5).,%")
    | st.characters(exclude_categories=()),
    max_size=12,
)


@given(st.lists(AWKWARD | st.integers(-(10**9), 10**9) | st.floats(allow_infinity=False), min_size=1, max_size=20))
@example([math.nan])  # which no cell holds
def test_whatever_a_cell_holds_it_is_written_at_once_as_alone(contents):
    at_once, one_by_one = new_sheet(), new_sheet()
    at_once.set_block(1, 1, [contents] * MANY)
    one_by_one.set_block(1, 1, [contents] * (MANY - 1))
    one_by_one.set_block(MANY, 1, [contents])
    assert at_once.text == one_by_one.text


def test_what_was_written_at_once_is_read_and_changed_like_any_cell():
    sheet = new_sheet()
    sheet.set_block(1, 1, [[float(row), f"Client {row}"] for row in range(100)])
    sheet.set(50, 2, "another")
    assert sheet.block(49, 1, 51, 2) == [[48.0, "Client 48"], [49.0, "another"], [50.0, "Client 50"]]
    assert sheet.text.count("<row ") == 100


def test_a_sheet_that_has_rows_keeps_them():
    sheet = new_sheet()
    sheet.set(1, 1, "title")
    sheet.set_block(2, 1, [[1.0]] * MANY)
    assert sheet.block(1, 1, 2, 1) == [["title"], [1.0]]


@pytest.mark.parametrize("before", [MANY, 10 * MANY])
def test_a_value_that_no_cell_can_hold_is_named_with_its_place(before):
    rows = [["a", "b"]] * before + [["a", "x" * 40_000], ["x" * 40_000, "b"]]
    with pytest.raises(EditError) as caught:
        new_sheet().set_block(1, 1, rows)
    assert caught.value.where == f"Sheet1!B{before + 1}"


def test_rows_of_unlike_lengths_and_kinds_each_have_their_own_cells():
    rows = [[float(row), f"Client {row}", "A  B" if row % 900 else 1.5][: row % 4] for row in range(50 * MANY)]
    sheet = new_sheet()
    sheet.set_block(1, 1, rows)
    assert sheet.block(1, 1, len(rows), 3) == [[*row, None, None, None][:3] for row in rows]
