"""Charts show the cells of their own sheet, and keep the values that these cells have."""

import re

import pytest

from kam_xl.engines.file.parts import caches, charts, flushing, sweep
from kam_xl.engines.file.parts.caches import UNKNOWN
from kam_xl.engines.file.parts.charts import ChartForm
from kam_xl.engines.file.parts.copies.clone import copy
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.engines.file.save import save
from kam_xl.engines.values import CellError, Formula
from kam_xl.excel.references import Area, areas, sheets
from kam_xl.ooxml import markup
from kam_xl.ooxml.form import Form
from tests.engines.file import raw


def source(text):
    return next(caches.sources(text))


def numbers(kept, *values):
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{value}</c:v></c:pt>' for i, value in enumerate(values) if value is not None
    )
    form = f"<c:formatCode>{kept}</c:formatCode>"
    return f'<c:numCache>{form}<c:ptCount val="{len(values)}"/>{points}</c:numCache>'


def strings(*values, p="c:", name="strCache"):
    points = "".join(
        f'<{p}pt idx="{i}"><{p}v>{value}</{p}v></{p}pt>' for i, value in enumerate(values) if value is not None
    )
    return f'<{p}{name}><{p}ptCount val="{len(values)}"/>{points}</{p}{name}>'


VALUES = f"<c:val><c:numRef><c:f>Plan!$B$1:$B$4</c:f>{numbers('0%', 9, 8)}<c:extLst/></c:numRef></c:val>"
CATEGORIES = "<cat><numRef><f>Plan!$A$1:$A$3</f></numRef></cat>"
LABELS = (
    "<c:ext><c15:datalabelsRange><c15:f>Plan!$A$1:$A$2</c15:f><c15:dlblRangeCache><c:ptCount/></c15:dlblRangeCache>"
    "</c15:datalabelsRange></c:ext>"
)


def filled(text, *values):
    found = source(text)
    cells = areas(found.formula)
    return found.filled(cells, dict(zip([cell for area in cells for cell in area.cells()], values, strict=True)))


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_numbers_keep_their_format_and_leave_gaps_for_blanks_and_texts():
    assert filled(VALUES, 1, None, "n/a", 0.5) == ("numRef", numbers("0%", 1, None, None, 0.5))
    assert filled(VALUES, True, CellError("#N/A"), 12345678.9, 1e-9) == (
        "numRef",
        numbers("0%", 1, "#N/A", 12345678.9, 1e-09),
    )


def test_categories_are_texts_if_any_of_them_is():
    assert filled(CATEGORIES, 2024, 2025, 2026)[0] == "numRef"
    kind, cache = filled(CATEGORIES, "A & B", 7, None)
    assert (kind, cache) == ("strRef", strings("A &amp; B", "7", None, p=""))
    assert source(CATEGORIES).text(kind, cache) == f"<strRef><f>Plan!$A$1:$A$3</f>{cache}</strRef>"


def test_values_never_become_texts():
    assert filled(VALUES, "a", "b", "c", "d") == ("numRef", numbers("0%", None, None, None, None))


def test_nothing_is_kept_where_a_value_is_not_known():
    assert filled(VALUES, 1, 2, UNKNOWN, 4) == ("numRef", "")


@pytest.mark.parametrize("p", ["c:", ""])
def test_labels_from_cells_are_kept_as_points_of_the_chart_s_own_namespace(p):
    points = f'<{p}ptCount val="2"/><{p}pt idx="0"><{p}v>Nordwerk</{p}v></{p}pt>'
    assert filled(LABELS.replace("c:", p), "Nordwerk", None) == (
        "datalabelsRange",
        f"<c15:dlblRangeCache>{points}</c15:dlblRangeCache>",
    )


def test_levels_of_categories_are_kept_innermost_first():
    text = "<c:multiLvlStrRef><c:f>Plan!$A$1:$B$2</c:f></c:multiLvlStrRef>"
    point = '<c:pt idx="{}"><c:v>{}</c:v></c:pt>'
    inner = point.format(0, "Oslo") + point.format(1, "Bergen")
    expected = (
        f'<c:multiLvlStrCache><c:ptCount val="2"/><c:lvl>{inner}</c:lvl><c:lvl>{point.format(0, "NO")}</c:lvl>'
        "</c:multiLvlStrCache>"
    )
    assert filled(text, "NO", "Oslo", None, "Bergen") == ("multiLvlStrRef", expected)


def test_a_union_of_areas_is_kept_in_its_order():
    text = "<c:numRef><c:f>(Plan!$A$1,Plan!$C$1:$C$2)</c:f></c:numRef>"
    assert filled(text, 1, 2, 3) == ("numRef", numbers("General", 1, 2, 3))


def test_what_follows_the_cache_stays():
    found = source(VALUES)
    assert found.text("numRef", "") == "<c:numRef><c:f>Plan!$B$1:$B$4</c:f><c:extLst/></c:numRef>"


# --- a chart's text with holes ---------------------------------------------------------------------------------------


def own(reference):
    return "Plan" in sheets(reference)


def test_only_references_to_the_sheet_get_holes():
    other = "<c:val><c:numRef><c:f>Other!$A$1</c:f><c:numCache>kept</c:numCache></c:numRef></c:val>"
    form = ChartForm(f"<c:ser>{VALUES}{other}</c:ser>", areas, own)
    values = form.values({(row, 2): row for row in range(1, 5)})
    assert Form(form.text).fill(values) == (
        f"<c:ser><c:val><c:numRef><c:f>Plan!$B$1:$B$4</c:f>{numbers('0%', 1, 2, 3, 4)}<c:extLst/></c:numRef></c:val>"
        f"{other}</c:ser>"
    )


def test_a_reference_whose_cells_cannot_be_found_keeps_nothing():
    form = ChartForm("<c:numRef><c:f>Plan!spread</c:f><c:numCache>9</c:numCache></c:numRef>", areas, own)
    assert Form(form.text).fill(form.values({})) == "<c:numRef><c:f>Plan!spread</c:f></c:numRef>"


def test_a_pivot_chart_is_left_to_its_pivot_table():
    text = f"<c:chartSpace><c:pivotSource><c:name>x</c:name></c:pivotSource>{VALUES}</c:chartSpace>"
    assert ChartForm(text, areas, own).text == text


def test_newer_kinds_of_charts_keep_nothing_of_the_sheet():
    text = (
        '<cx:strDim type="cat"><cx:f dir="row">Plan!$A$1:$A$2</cx:f><cx:lvl ptCount="1"><cx:pt>x</cx:pt></cx:lvl>'
        '</cx:strDim><cx:numDim type="val"><cx:f>Other!$A$1</cx:f><cx:lvl ptCount="1"/></cx:numDim>'
    )
    without = re.sub(r"<cx:lvl.*?</cx:lvl>", "", text, count=1)
    assert ChartForm(text, areas, own).text == without


# --- charts of a workbook --------------------------------------------------------------------------------------------

NAMES = (
    '<definedNames><definedName name="local" localSheetId="0">Plan!$B$1:$B$4</definedName>'
    '<definedName name="everywhere">Plan!$A$1</definedName><definedName name="away">Other!$A$1</definedName>'
    '<definedName name="_xlchart.v1.0" hidden="1">Plan!$A$1:$A$4</definedName></definedNames>'
)


@pytest.fixture
def book(tmp_path):
    """A chart on the sheet of its cells, the same chart on another sheet."""
    cells = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 5))
    found = raw.parts(raw.sheet(cells), raw.sheet(), names=["Plan", "Other"], workbook=NAMES)
    for number in (1, 2):
        found |= {
            f"xl/worksheets/_rels/sheet{number}.xml.rels": raw.rels(("drawing", f"../d{number}.xml")),
            f"xl/d{number}.xml": "<d/>",
            f"xl/_rels/d{number}.xml.rels": raw.rels(("chart", f"charts/chart{number}.xml")),
            f"xl/charts/chart{number}.xml": f'<c xmlns:c="c">{VALUES}</c>',
        }
    return raw.opened(tmp_path, found)


def test_the_cells_of_a_reference_are_found_through_names(book):
    locate = charts.locator(book, book.sheets[0])
    block = Area("Plan", 1, 2, 4, 2)
    assert locate("Plan!$B$1:$B$4") == locate("Plan!local") == locate("'Plan'!LOCAL") == [block]
    assert locate("[0]!everywhere") == [Area("Plan", 1, 1, 1, 1)]
    for reference in ("Other!$B$1", "[0]!away", "Plan!nothing", "[1]Plan!$A$1"):
        assert locate(reference) == []


def test_charts_with_a_changed_cell_keep_the_new_values(book):
    sheet = book.sheet_part(book.sheets[0])
    sheet.set_block(1, 2, [[5], [Formula("=A1", 6)], [7], [None]])
    assert charts.refresh(book, book.sheets[0], [(2, 2)]) == ["xl/charts/chart1.xml"]
    assert f"<c:f>Plan!$B$1:$B$4</c:f>{numbers('0%', 5, 6, 7, None)}" in book.package.text("xl/charts/chart1.xml")
    assert book.package.text("xl/charts/chart2.xml") == f'<c xmlns:c="c">{VALUES}</c>'


def test_charts_without_a_changed_cell_stay(book):
    book.sheet_part(book.sheets[0]).set(1, 1, 5)
    assert charts.refresh(book, book.sheets[0], [(1, 1), (5, 2)]) == []


def test_a_formula_that_nobody_has_calculated_empties_what_is_kept(book):
    book.sheet_part(book.sheets[0]).set(1, 2, Formula("=A1"))
    charts.refresh(book, book.sheets[0], [(1, 2)])
    assert "Cache" not in book.package.text("xl/charts/chart1.xml")


def test_a_sheet_packed_before_its_book_is_saved_becomes_what_it_had_become_then(book, tmp_path):
    twin = Workbook.open(book.package.path)
    for each, packs in ((book, True), (twin, False)):
        sheet = each.sheet_part(each.sheets[0])
        sheet.refresh_charts = True
        sheet.set(1, 2, 7)
        sheet.set(6, 4, Formula("=A1", 1))
        sheet.show(3, 3, shown=False)
        if packs:
            flushing.pack(each, sheet)
            assert (sheet.changed, sheet.value(1, 2), sheet.formula(6, 4)) == (False, 7.0, "A1")
            assert "<c:v>7</c:v>" in each.package.text("xl/charts/chart1.xml")
        sheet.set(2, 2, 8)
        save(each, tmp_path / f"{packs}.xlsx")
    assert raw.contents(tmp_path / "True.xlsx") == raw.contents(tmp_path / "False.xlsx")


def test_charts_on_all_sheets_follow_cells_that_become_more(book):
    assert charts.follow(book, book.sheets[0], "A1:C4", "A1:C6") == ["xl/charts/chart1.xml", "xl/charts/chart2.xml"]
    book.sheet_part(book.sheets[0]).set_block(1, 2, [[number] for number in range(6)])
    for number in (1, 2):
        text = book.package.text(f"xl/charts/chart{number}.xml")
        assert f"<c:f>Plan!$B$1:$B$6</c:f>{numbers('0%', *range(6))}" in text


def test_a_chart_follows_cells_of_its_own_sheet_after_its_values_were_refreshed(book):
    charts.refresh(book, book.sheets[0], [(2, 2)])
    assert book.inward_charts == {"xl/charts/chart1.xml"}
    assert charts.follow(book, book.sheets[0], "A1:C4", "A1:C6") == ["xl/charts/chart1.xml", "xl/charts/chart2.xml"]


@pytest.mark.parametrize(
    ("old", "new"), [("A1:C3", "A1:C6"), ("C1:D4", "C1:D6"), ("A1:C4", "A1:C4"), ("A2:C4", "A2:C6")]
)
def test_other_references_do_not_follow(book, old, new):
    assert charts.follow(book, book.sheets[0], old, new) == []


@pytest.mark.parametrize(
    ("sheet", "written"),
    [("Plan", "&#80;lan"), ("R&D", "'R&amp;D'"), ("It's", "'It''s'"), ("ПЛАН", "план"), ("ПЛАН", "&#1087;лан")],
)
def test_charts_follow_however_they_write_the_name_of_the_sheet(book, sheet, written):
    sweep.rename(book, book.sheets[0], sheet)
    text = book.package.text("xl/charts/chart1.xml")
    text = re.sub(r"(?<=<c:f>)[^!<]+(?=!)", written, text)
    book.package.put("xl/charts/chart1.xml", markup.encode('<?xml version="1.0" encoding="windows-1251"?>' + text))
    assert "xl/charts/chart1.xml" in charts.follow(book, book.sheets[0], "A1:C4", "A1:C6")


def test_charts_of_copies_are_not_written_before_their_time_where_they_show_the_copies(book):
    copies = [copy(book, book.sheets[0], f"Copy {number}", 2) for number in range(2)]
    elsewhere = copy(book, book.sheets[1], "Of another", 2)
    parts = [charts.on_sheet(book.package, entry.part)[0] for entry in [*copies, elsewhere]]
    assert charts.follow(book, book.sheets[0], "A1:C4", "A1:C6") == [
        "xl/charts/chart1.xml",
        "xl/charts/chart2.xml",
        parts[2],
    ]
    assert [book.package.pending(part) is not None for part in parts] == [True, True, True]
    assert "Plan!$B$1:$B$6" in book.package.text(parts[2])
    assert "'Copy 1'!$B$1:$B$4" in book.package.text(parts[1])
    assert charts.follow(book, copies[0], "A1:C4", "A1:C6") == [parts[0]]


def test_references_behind_hidden_names_are_put_in_plain_words(book):
    text = '<cx:f>_xlchart.v1.0</cx:f><cx:f dir="row">_xlchart.v1.7</cx:f>'
    assert charts.with_plain_references(text, book) == text.replace("_xlchart.v1.0", "Plan!$A$1:$A$4")
