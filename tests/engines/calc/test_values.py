"""Values go into cells and come back as they were."""

import datetime as dt

import pytest

from kam_xl.engines.values import put

pytestmark = pytest.mark.slow

ROWS = [
    ["Client", "Выручка", None],
    [1.5, -2.0, 0.0],
    [True, False, dt.datetime(2024, 1, 2)],
    [dt.datetime(2024, 1, 2, 18, 30), "two\nlines", "x"],
]


def test_values_come_back(sheet):
    sheet["B2"].value = ROWS
    assert sheet["B2"].expand("table").resize(4, 3).value == ROWS
    assert sheet.used_range.address == "$B$2:$D$5"


def test_text_that_looks_like_something_else_stays_text(sheet):
    texts = ["007", "=1+1", "1/2", "true", "'quoted", "12 %", "Nordwerk"]
    put(sheet["A1"], [[text] for text in texts])
    assert sheet["A1:A7"].value == texts
    assert sheet["A1:A7"].formula == [[text] for text in texts]
    assert sheet["A1:A7"].number_format == "General"


@pytest.mark.parametrize(
    ("formula", "error"),
    [("=1/0", "#DIV/0!"), ("=NA()", "#N/A"), ('="a"+1', "#VALUE!"), ("=nosuch", "#NAME?"), ("=SQRT(-1)", "#NUM!")],
)
def test_errors_read_as_nothing_or_as_their_text(sheet, formula, error):
    sheet["A1"].value = formula
    assert (sheet["A1"].value, sheet["A1"].options(err_to_str=True).value) == (None, error)


def test_a_number_in_the_place_of_true_is_a_number(sheet):
    sheet["A1"].value = True
    sheet["A1"].value = 3
    assert (sheet["A1"].value, sheet["A1"].number_format) == (3.0, "General")


def test_a_date_keeps_the_format_that_the_cell_has_for_dates(sheet):
    sheet["A1"].number_format = "yyyy-mm-dd"
    sheet["A1"].value = dt.date(2026, 3, 2)
    assert sheet["A1"].number_format.lower() == "yyyy-mm-dd"


def test_one_formula_fills_a_range_with_references_that_follow(sheet):
    sheet["A1:A3"].value = [[1], [2], [3]]
    sheet["B1:B3"].formula = "=A1*2"
    assert sheet["B1:B3"].value == [2, 4, 6]


def test_a_large_block_goes_in_and_out(sheet):
    rows = [[float(row * column) if column % 2 else f"t{row}" for column in range(20)] for row in range(10_000)]
    sheet["A1"].value = rows
    assert sheet["A1"].expand().value == rows


def test_a_frame_of_pandas_comes_back(sheet):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"client": ["Nord", "Süd"], "revenue": [1.5, 2.0]})
    sheet["A1"].options(index=False).value = frame
    assert sheet["A1"].expand().options(pandas.DataFrame, index=False).value.to_dict() == frame.to_dict()


def test_an_idiomatic_script_runs(sheet):
    sheet["A1"].value = [["a", "b"], [1, 2], [3, 4]]
    assert sheet["A1"].end("down").address == "$A$3"
    assert sheet["A1"].end("right").address == "$B$1"
    assert sheet["B2"].current_region.address == "$A$1:$B$3"
    sheet["A1:B1"].font.bold = True
    sheet["A1"].color = (255, 128, 0)
    assert (sheet["A1"].font.bold, sheet["A1"].color) == (True, (255, 128, 0))
    sheet["A2:B2"].insert("down")
    sheet["A1"].offset(2, 0).resize(2, 2).clear_contents()
    assert sheet.used_range.value == ["a", "b"]
