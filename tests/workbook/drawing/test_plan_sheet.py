"""The plan template: formulas, drop-downs, what is whose, print."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from drawing import style
from drawing.style import PAD
from kam_xl.engines.rows import visible
from kam_xl.locale import Text
from kam_xl.plan.account.folding import rows_shown
from kam_xl.plan.account.formulas import FORMULAS
from kam_xl.plan.account.plan_fields import BEHIND, PARTS, PEOPLE_ROWS, PLAN, PLAN_FIELDS, PLAN_NAMES
from kam_xl.plan.account.printing import SECTIONS
from kam_xl.plan.fields import Kind, Number
from tests.workbook.drawing.cells import area, cells

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


DIFFERS = ("kam_position_differs", "kam_potential_differs", "kam_goal_differs")


def test_the_titles_stand_above_or_beside_their_cells(sheet, lang):
    texts = {cell.value for row in sheet for cell in row if isinstance(cell.value, str)}
    speak_for_themselves = (
        "kam_client",
        "kam_operational_note",
        "kam_stale",
        "kam_people_note",
        "kam_map_note",
        *DIFFERS,
    )
    titles = {field.title.render(lang) for name, field in PLAN_FIELDS.items() if name not in speak_for_themselves}
    assert titles <= texts


def test_the_fill_says_whose_a_cell_is(sheet):
    found = {name: [cell.fill.fgColor.rgb for cell in cells(sheet, name)] for name in PLAN_FIELDS}
    expected = {name: [FILLS[field.kind]] * field.rows for name, field in PLAN_FIELDS.items()}
    # The name of the client stands on the dark band, the warnings in headings.
    expected |= {name: ["00" + style.BAND] for name in ("kam_client", *DIFFERS)} | {"kam_stale": ["00" + style.SOFT]}
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
        "kam_opportunity_when": "date",
        "kam_opportunity_amount": "decimal",
        "kam_opportunity_probability": "decimal",
        "kam_action_amount": "decimal",
        "kam_action_when": "date",
        "kam_review_date": "date",
        "kam_milestone_when": "date",
        "kam_contract_amount": "decimal",
        "kam_contract_when": "date",
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
        Number.YEAR: "0;;;@",
        Number.INDEX: "0.000",
        Number.DATE: {"en": "yyyy-mm-dd", "ru": "dd.mm.yyyy"}[lang],
    }
    found = {name: {cell.number_format.removesuffix(PAD) for cell in cells(sheet, name)} for name in PLAN_FIELDS}
    assert found == {name: {formats[field.number]} for name, field in PLAN_FIELDS.items()}


def test_numbers_at_the_right_stand_off_the_edge_by_their_format_and_all_else_by_an_indent(sheet):
    """LibreOffice forgets the indent of some right-aligned numbers; their format it shows."""
    named = [cell for name in PLAN_FIELDS for cell in cells(sheet, name)]
    sides = {
        (cell.alignment.horizontal, cell.number_format.endswith(PAD), int(cell.alignment.indent)) for cell in named
    }
    assert sides == {("left", False, 1), ("right", True, 0), ("right", False, 1), ("center", False, 0)}
    unpadded = {cell.number_format for cell in named if cell.alignment.horizontal == "right" and cell.alignment.indent}
    assert unpadded <= {"General", "0;;;@"}


def test_no_field_lies_under_another_ones_merged_cells(sheet):
    covered = {cell for merged in sheet.merged_cells for row in sheet[merged.coord] for cell in row[1:]}
    covered |= {cell for merged in sheet.merged_cells for row in sheet[merged.coord][1:] for cell in row}
    assert [cell.coordinate for name in PLAN_FIELDS for cell in cells(sheet, name) if cell in covered] == []


def test_it_prints_on_a4_one_page_wide_with_the_client_on_each_page(sheet):
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "portrait", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, area(sheet, "kam_client")) == ("$1:$1", "A1")
    assert len(sheet.row_breaks.brk) == 1


def test_each_page_fits_on_a4_and_page_1_answers_the_three_questions(sheet):
    """At the scale that makes the columns as wide as the paper: Calibri 11 has digits of 7 pixels, plus 5 a column."""
    left, right = sheet.print_area.split("!")[-1].replace("$", "").split(":")
    columns = [sheet.column_dimensions[letter] for letter in "ABCDEFG"]
    assert (left[0], right[0]) == ("A", "G")
    width = sum(round(dimension.width * 7 + 5) * 0.75 for dimension in columns)
    paper_width, paper_height = 595.3 - 2 * 0.45 * 72, 841.9 - 2 * 0.6 * 72
    room = paper_height * width / paper_width
    dimensions = {row: sheet.row_dimensions[row] for row in range(1, sheet.max_row + 1)}
    rows = {name: range(held[0].row, held[-1].row + 1) for name in PLAN_NAMES if (held := cells(sheet, name))}
    shown = visible(rows, rows_shown({}))  # as in a new plan
    heights = [each.height or 15 if shown.get(row, not each.hidden) else 0 for row, each in dimensions.items()]
    first, reviews = sheet.row_breaks.brk[0].id, cells(sheet, "kam_review_date")[-1].row
    behind = cells(sheet, "kam_operational_period")[0].row - 2  # the heading
    assert sum(heights[:first]) <= room
    page_2 = heights[0] + sum(heights[first:reviews])
    assert page_2 <= room < page_2 + sum(heights[reviews:behind])  # the heading is not left behind alone
    assert heights[0] + sum(heights[reviews:]) <= room
    answers = (
        "kam_position",
        "kam_potential",
        "kam_task",
        "kam_goal",
        "kam_goal_revenue",
        "kam_goal_open",
        "kam_next_what",
    )
    assert all(cells(sheet, name)[-1].row <= first for name in answers)
    way = ("kam_opportunity_what", "kam_action_what", "kam_competitor_name", "kam_stakeholder_name", "kam_risk_what")
    assert all(first < cells(sheet, name)[0].row < reviews for name in way)


def test_each_section_from_page_2_on_begins_with_its_heading_where_the_program_looks_for_it(sheet, lang):
    begins = {name: cells(sheet, name)[0].row - above for name, above in SECTIONS.items()}
    assert len(begins) == len(SECTIONS)
    titles = {section.title.render(lang) for section in PLAN} | {PLAN_FIELDS["kam_arguments"].title.render(lang)}
    assert {name: sheet.cell(row, 1).value in titles for name, row in begins.items()} == dict.fromkeys(begins, True)
    headings = {cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value in titles}
    assert {row for row in headings if row > sheet.row_breaks.brk[0].id} == {*begins.values()}


def test_the_blank_template_prints_the_two_pages_that_people_fill_in(sheet):
    behind = range(cells(sheet, BEHIND)[0].row, cells(sheet, BEHIND)[-1].row + 1)
    assert all(sheet.row_dimensions[row].hidden and sheet.row_dimensions[row].outlineLevel for row in behind)
    assert cells(sheet, "kam_review_date")[-1].row < behind[0] < cells(sheet, "kam_operational_period")[0].row
    assert sheet.max_row <= behind[-1] + 1


def test_nothing_but_two_blank_rows_of_a_table_is_printed_and_no_unused_section(sheet):
    def shown(name):
        return sum(not sheet.row_dimensions[cell.row].hidden for cell in cells(sheet, name))

    tables = {name: shown(name) for section in PLAN for name in section.tables if not section.optional}
    assert tables.keys() >= {"kam_action_what", "kam_opportunity_what", "kam_competitor_name", "kam_risk_what"}
    assert max(tables.values()) <= 2
    assert {part: shown(part) for part in PARTS} == dict.fromkeys(PARTS, 0)


def test_folded_rows_that_people_may_fill_open_with_a_plus_above_them(sheet):
    assert sheet.sheet_properties.outlinePr.summaryBelow is False
    entries = [cell.row for name in ("kam_action_what", "kam_team_name") for cell in cells(sheet, name)]
    folded = [row for row in entries if sheet.row_dimensions[row].hidden]
    assert folded
    assert all(sheet.row_dimensions[row].outlineLevel for row in folded)


def test_rows_of_opportunities_grow_with_their_text_and_rows_with_merged_cells_do_not(file):
    with ZipFile(BytesIO(file)) as package:
        text = package.read("xl/worksheets/sheet1.xml").decode()
    sheet = load_workbook(BytesIO(file)).worksheets[0]
    fixed = {int(row) for row in re.findall(r'<row r="(\d+)"[^>]*customHeight="1"', text)}
    growing = {cell.row for cell in cells(sheet, "kam_opportunity_what")}
    merged = {row for area in sheet.merged_cells for row in range(area.min_row, area.max_row + 1)}
    assert (growing & fixed, merged - fixed) == (set(), set())


COLUMN_CHARTS = [
    ("kam_trajectory_label", ("kam_trajectory_revenue", "kam_trajectory_plan", "kam_trajectory_gap")),
    ("kam_trend_day", ("kam_trend_revenue", "kam_trend_goal")),
]


def test_the_charts_of_columns_read_the_sheets_own_cells(sheet):
    def refers(name):
        return sheet.defined_names[name].attr_text

    drawn = [chart for chart in sheet._charts if chart.tagname == "barChart"]
    references = [{(series.cat.strRef.f, series.val.numRef.f) for series in chart.series} for chart in drawn]
    assert references == [{(refers(by), refers(name)) for name in names} for by, names in COLUMN_CHARTS]


def test_the_map_shows_people_of_hidden_cells_and_a_line_from_each(sheet):
    (chart,) = (chart for chart in sheet._charts if chart.tagname == "scatterChart")
    people, *lines = chart.series
    assert people.xVal.numRef.f == sheet.defined_names["kam_map_x"].attr_text
    assert people.yVal.numRef.f == sheet.defined_names["kam_map_y"].attr_text
    assert len(lines) == PEOPLE_ROWS
    assert all(sheet.column_dimensions[cell.column_letter].hidden for cell in cells(sheet, "kam_map_x"))


def test_a_chart_of_hidden_cells_says_that_it_shows_them_and_names_its_points(file):
    with ZipFile(BytesIO(file)) as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    (drawn,) = (chart for chart in charts if "<scatterChart>" in chart)
    assert '<plotVisOnly val="0"' in drawn
    assert drawn.count('type="CELLRANGE"') == PEOPLE_ROWS


def test_the_sheet_is_open_and_its_title_stays_in_view(sheet):
    assert (sheet.protection.sheet, sheet.freeze_panes, sheet.sheet_view.showGridLines) == (False, "A2", False)
