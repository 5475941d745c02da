"""The plan template: formulas, drop-downs, what is whose, print."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from kam_xl.locale import Text
from kam_xl.plan.fields import PLAN_FIELDS, Kind, Number
from kam_xl.plan.formulas import FORMULAS
from kam_xl.template import style
from tests.template.cells import area, cells

FILLS = {Kind.COMPUTED: "00000000", Kind.PROPOSAL: "00" + style.PROPOSAL_FILL, Kind.ENTRY: "00" + style.ENTRY_FILL}


@pytest.fixture
def sheet(sheets):
    return sheets["plan"]


def check_of(sheet, name):
    """The data validation of exactly the cells of a name."""
    found = [check for check in sheet.data_validations.dataValidation if str(check.sqref) == area(sheet, name)]
    assert len(found) <= 1
    return found[0] if found else None


def test_each_computed_cell_has_the_plans_formula_and_all_others_are_blank(sheet):
    found = {name: tuple(cell.value for cell in cells(sheet, name)) for name in PLAN_FIELDS}
    blank = {name: (None,) * field.rows for name, field in PLAN_FIELDS.items()}
    formulas = {name: (text,) if isinstance(text, str) else text for name, text in FORMULAS.items()}
    assert found == blank | formulas


def test_the_titles_stand_above_or_beside_their_cells(sheet, lang):
    texts = {cell.value for row in sheet for cell in row if isinstance(cell.value, str)}
    speak_for_themselves = ("kam_client", "kam_operational_note")
    titles = {field.title.render(lang) for name, field in PLAN_FIELDS.items() if name not in speak_for_themselves}
    assert titles <= texts


def test_the_fill_says_whose_a_cell_is(sheet):
    found = {name: [cell.fill.fgColor.rgb for cell in cells(sheet, name)] for name in PLAN_FIELDS}
    expected = {name: [FILLS[field.kind]] * field.rows for name, field in PLAN_FIELDS.items()}
    # The name of the client stands on the dark band.
    expected["kam_client"] = ["00" + style.BAND]
    assert found == expected


def test_drop_downs_hold_the_choices_in_the_sheets_language(sheet, lang):
    found = {name: check_of(sheet, name).formula1 for name, field in PLAN_FIELDS.items() if field.choices}
    assert found == {
        name: '"' + ",".join(each.render(lang) if isinstance(each, Text) else str(each) for each in field.choices) + '"'
        for name, field in PLAN_FIELDS.items()
        if field.choices
    }


def test_no_choice_breaks_the_list_it_stands_in(sheet):
    lists = [check.formula1 for check in sheet.data_validations.dataValidation if check.type == "list"]
    assert max(map(len, lists)) <= 255  # Excel's limit
    choices = sorted(len(field.choices) for field in PLAN_FIELDS.values() if field.choices)
    assert sorted(text.count(",") + 1 for text in lists) == choices


def test_what_people_type_as_dates_and_amounts_is_checked(sheet):
    typed = {
        name: check_of(sheet, name) and check_of(sheet, name).type
        for name, field in PLAN_FIELDS.items()
        if field.kind != Kind.COMPUTED and field.number != Number.TEXT and not field.choices
    }
    assert typed == {
        "kam_target_penetration": "decimal",
        "kam_budget_growth": "decimal",
        "kam_margin_rate": "decimal",
        "kam_action_when": "date",
        "kam_review_date": "date",
    }


def test_a_target_is_a_share_of_the_whole_budget(sheet):
    check = check_of(sheet, "kam_target_penetration")
    assert (check.operator, check.formula1, check.formula2) == ("between", "0", "1")


def test_computed_cells_are_not_checked(sheet):
    checked = {str(check.sqref) for check in sheet.data_validations.dataValidation}
    assert not checked & {area(sheet, name) for name, field in PLAN_FIELDS.items() if field.kind == Kind.COMPUTED}


def test_number_formats_follow_the_fields(sheet, lang):
    formats = {
        Number.TEXT: "General",
        Number.MONEY: "#,##0",
        Number.SHARE: "0.0%",
        Number.COUNT: "#,##0",
        Number.DATE: {"en": "yyyy-mm-dd", "ru": "dd.mm.yyyy"}[lang],
    }
    found = {name: {cell.number_format for cell in cells(sheet, name)} for name in PLAN_FIELDS}
    assert found == {name: {formats[field.number]} for name, field in PLAN_FIELDS.items()}


def test_no_field_lies_under_another_ones_merged_cells(sheet):
    covered = {cell for merged in sheet.merged_cells for row in sheet[merged.coord] for cell in row[1:]}
    covered |= {cell for merged in sheet.merged_cells for row in sheet[merged.coord][1:] for cell in row}
    assert [cell.coordinate for name in PLAN_FIELDS for cell in cells(sheet, name) if cell in covered] == []


def test_it_prints_on_a4_one_page_wide_with_the_client_on_each_page(sheet):
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "portrait", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, area(sheet, "kam_client")) == ("$1:$1", "A1")
    assert len(sheet.row_breaks.brk) == 2


def test_each_of_the_three_pages_fits_on_a4(sheet):
    """At the scale that makes the columns as wide as the paper: Calibri 11 has digits of 7 pixels, plus 5 a column."""
    width = sum(round(dimension.width * 7 + 5) * 0.75 for dimension in sheet.column_dimensions.values())
    paper_width, paper_height = 595.3 - 2 * 0.45 * 72, 841.9 - 2 * 0.6 * 72
    room = paper_height * width / paper_width
    ends = [brk.id for brk in sheet.row_breaks.brk] + [sheet.max_row]
    heights = [sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1)]
    pages = [sum(heights[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    repeated = [0, heights[0], heights[0]]
    assert [page + title <= room for page, title in zip(pages, repeated, strict=True)] == [True, True, True]


def test_rows_of_competitors_grow_with_their_text_and_rows_with_merged_cells_do_not(file):
    with ZipFile(BytesIO(file)) as package:
        text = package.read("xl/worksheets/sheet1.xml").decode()
    sheet = load_workbook(BytesIO(file)).worksheets[0]
    fixed = {int(row) for row in re.findall(r'<row r="(\d+)"[^>]*customHeight="1"', text)}
    competitors = {cell.row for cell in cells(sheet, "kam_competitor_name")}
    merged = {row for area in sheet.merged_cells for row in range(area.min_row, area.max_row + 1)}
    assert (competitors & fixed, merged - fixed) == (set(), set())


def test_the_chart_reads_the_sheets_own_cells(sheet):
    (chart,) = sheet._charts
    references = {(series.cat.numRef.f, series.val.numRef.f) for series in chart.series}

    def refers(name):
        return sheet.defined_names[name].attr_text

    year = refers("kam_trajectory_year")
    shown = ("kam_trajectory_revenue", "kam_trajectory_plan", "kam_trajectory_gap")
    assert references == {(year, refers(name)) for name in shown}


def test_the_sheet_is_open_and_its_title_stays_in_view(sheet):
    assert (sheet.protection.sheet, sheet.freeze_panes, sheet.sheet_view.showGridLines) == (False, "A2", False)
