"""Stamping means the same on every engine: the plain way, copy and write, agrees with the file engine's own."""

import openpyxl
import pytest
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 - registers the engine
from kam_xl.engines.file.engine.sheets import Sheet
from kam_xl.engines.stamp import DoesNotFitError, Fill, laid_out, stamp
from kam_xl.engines.values import Formula


@pytest.fixture
def template(tmp_path):
    """A book with a template between two sheets."""
    path = tmp_path / "template.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "First"
    sheet = book.create_sheet("Plan template")
    book.create_sheet("Last")
    sheet.sheet_state = "hidden"
    sheet["A1"], sheet["B1"], sheet["B5"] = "Client", "sample", "=SUM(B2:B4)"
    sheet["B6"] = "=B5*3"
    names = {
        "client": "$B$1",
        "sums": "$B$2:$B$4",
        "total": "$B$5",
        "better": "$B$6",
        "block": "$D$1:$E$3",
        "none": "$G$1",
    }
    for name, cells in names.items():
        defined = openpyxl.workbook.defined_name.DefinedName(name, attr_text=f"'Plan template'!{cells}")
        sheet.defined_names[name] = defined
    book.save(path)
    return path


FILLS = [
    Fill(
        "It's one",
        {
            "client": "=Nordwerk",
            "sums": [1, 2.5, None],
            "total": Formula("=SUM(B2:B4)", 3.5),
            "better": Formula("=B5*2", 7),
            "block": [["a", 1], [None, "007"]],
            "none": Formula("=1+1", 2),
            "unknown": 1,
        },
    ),
    Fill("Two", {"client": None, "sums": ["x"]}),
]


def opened(path):
    return xw.engines["file"].apps.add().books.open(str(path))


def stamped(template, tmp_path):
    """The sheets' names, and the formulas and values of the copies, after a round trip through a file."""
    book = opened(template)
    stamp(book.sheets["Plan template"], FILLS, after=book.sheets["First"])
    book.save(str(tmp_path / "out.xlsx"))
    again = opened(tmp_path / "out.xlsx")
    read = {
        fill.name: (again.sheets[fill.name]["A1:G6"].formula, again.sheets[fill.name]["A1:G6"].value) for fill in FILLS
    }
    return [(sheet.name, sheet.visible) for sheet in again.sheets], read


def test_copies_stand_behind_the_sheet_in_their_order_and_hold_their_values(template, tmp_path):
    sheets, read = stamped(template, tmp_path)
    assert sheets == [("First", True), ("It's one", True), ("Two", True), ("Plan template", False), ("Last", True)]
    formulas, values = read["It's one"]
    assert [row[1] for row in values] == ["=Nordwerk", 1, 2.5, None, 3.5, None]
    assert [row[1] for row in formulas][4:] == ["=SUM(B2:B4)", "=B5*3"]
    assert [row[3:5] for row in values][:3] == [["a", 1], [None, "007"], [None, None]]
    assert (formulas[0][6], values[0][6]) == ("=1+1", 2)
    formulas, values = read["Two"]
    assert [row[1] for row in values] == [None, "x", None, None, None, None]


def test_the_plain_way_agrees_with_the_fast_one(template, tmp_path, monkeypatch):
    fast = stamped(template, tmp_path)
    monkeypatch.delattr(Sheet, "stamp")
    assert stamped(template, tmp_path) == fast


@pytest.mark.parametrize("native", [True, False])
def test_a_name_that_means_cells_of_another_sheet_is_passed_over(template, monkeypatch, native):
    if not native:
        monkeypatch.delattr(Sheet, "stamp")
    book = opened(template)
    book.sheets["Plan template"].names.add("elsewhere", "=First!$A$1")
    stamp(book.sheets["Plan template"], [Fill("Two", {"elsewhere": 1}, {"elsewhere": 0})], after=book.sheets["First"])
    assert [book.sheets[name]["A1"].value for name in ("First", "Two")] == [None, "Client"]
    assert book.sheets["Two"]["A1"].row_height != 0


def test_a_template_is_stamped_into_another_book(template, tmp_path):
    app = xw.engines["file"].apps.add()
    source, target = app.books.open(str(template)), app.books.add()
    stamp(source.sheets["Plan template"], FILLS, after=target.sheets[0])
    assert [sheet.name for sheet in target.sheets][1:] == ["It's one", "Two"]
    assert target.sheets["It's one"]["B1"].value == "=Nordwerk"
    assert [sheet.name for sheet in source.sheets] == ["First", "Plan template", "Last"]


@pytest.mark.parametrize("native", [True, False])
def test_more_values_than_cells_are_refused_in_words(template, monkeypatch, native):
    if not native:
        monkeypatch.delattr(Sheet, "stamp")
    book = opened(template)
    expected = r"Two, sums: 4 rows and 1 columns of values, but room for 3 and 1. Give fewer values"
    with pytest.raises(DoesNotFitError, match=expected):
        stamp(book.sheets["Plan template"], [Fill("Two", {"sums": [1, 2, 3, 4]})], after=book.sheets[0])


@pytest.mark.parametrize(
    ("value", "shape", "rows"),
    [
        (1, (3, 3), [[1]]),
        (None, (1, 1), [[None]]),
        ("ab", (2, 1), [["ab"]]),
        ([], (3, 1), []),
        ([1, 2], (3, 1), [[1], [2]]),
        ((1, 2), (1, 3), [[1, 2]]),
        ([1, 2], (3, 3), [[1], [2]]),
        ([[1, 2], [3]], (3, 3), [[1, 2], [3]]),
    ],
)
def test_a_value_is_laid_out_by_the_shape_of_its_cells(value, shape, rows):
    assert laid_out(value, *shape) == rows
