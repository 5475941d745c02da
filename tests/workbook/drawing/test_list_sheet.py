"""The two lists: native tables that look right however far they grow."""

import re

import pytest

from drawing.list_sheet import HEAD_ROW, LAST_ROW
from kam_xl.engines.file.parts.cells.heights import width
from kam_xl.locale import LANGUAGES
from kam_xl.plan.reports import report_fields
from tests.workbook.drawing.cells import cells

KEYS = report_fields.KEY_ACCOUNTS
SCREEN = 230  # characters across a full-HD screen at 100 %, less the row numbers and the scroll bar
LISTS = {
    "key_accounts": (report_fields.KEY_ACCOUNTS_TABLE, report_fields.KEY_ACCOUNTS, "A5:AF6", "C6"),
    "data_check": (report_fields.FINDINGS_TABLE, report_fields.DATA_CHECK, "A5:H6", "D6"),
}


@pytest.fixture(params=LISTS)
def kind(request):
    return request.param


def test_a_native_table_with_one_blank_row_and_a_filter_stands_under_its_titles(sheets, kind, lang):
    name, columns, ref, _ = LISTS[kind]
    (table,) = sheets[kind].tables.values()
    assert (table.name, table.displayName, table.ref, table.autoFilter.ref) == (name, name, ref, ref)
    assert [column.name for column in table.tableColumns] == [column.title.render(lang) for column in columns]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_columns_of_a_table_have_one_title(kind, lang):
    titles = [column.title.render(lang).casefold() for column in LISTS[kind][1]]
    assert len(set(titles)) == len(titles)


def test_the_header_cells_carry_the_columns_names(sheets, kind):
    found = [cells(sheets[kind], column.name)[0].coordinate for column in LISTS[kind][1]]
    assert found == [cell.coordinate for cell in sheets[kind][HEAD_ROW]]


def test_a_new_row_takes_the_style_of_its_column(sheets, kind):
    sheet = sheets[kind]
    for first in sheet[HEAD_ROW + 1]:
        column = sheet.column_dimensions[first.column_letter]
        assert (column.number_format, column.alignment.wrap_text, column.font.size) == (
            first.number_format,
            first.alignment.wrap_text,
            first.font.size,
        )


def test_a_row_is_as_high_as_its_text_needs(sheets, kind):
    rows = sheets[kind].row_dimensions
    assert (sheets[kind].sheet_format.customHeight, rows[HEAD_ROW + 1].height) == (None, None)


def test_the_row_of_the_notice_is_hidden_until_there_is_one(sheets, kind):
    (notice,) = cells(sheets[kind], "kam_notice")
    assert sheets[kind].row_dimensions[notice.row].hidden


def test_the_page_is_one_screen_wide_and_what_is_beside_it_is_folded(sheets):
    sheet, folded = sheets["key_accounts"], {column.name for column in report_fields.KEY_ACCOUNTS_DETAILS}
    columns = {column.name: sheet.column_dimensions[cells(sheet, column.name)[0].column_letter] for column in KEYS}
    assert {name for name, each in columns.items() if each.hidden and each.outlineLevel == 1} == folded
    assert sum(each.width for name, each in columns.items() if name not in folded) <= SCREEN


def test_no_word_of_a_title_is_broken(sheets, kind):
    for column in LISTS[kind][1]:
        (cell,) = cells(sheets[kind], column.name)
        pixels = sheets[kind].column_dimensions[cell.column_letter].width * 7 - 6 - 9  # margins, an indent
        longest = max(width(word) for word in cell.value.split()) * cell.font.size * 4 / 3 * 1.03
        assert longest <= pixels, cell.value


def test_the_header_and_the_first_columns_stay_in_view(sheets, kind):
    assert sheets[kind].freeze_panes == LISTS[kind][3]


def test_it_prints_on_landscape_a4_with_the_header_on_each_page(sheets, kind):
    sheet = sheets[kind]
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", 1, 0)
    assert sheet.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"


def test_conditional_formats_reach_over_the_whole_list(sheets, kind):
    ranges = {str(each.sqref) for each in sheets[kind].conditional_formatting}
    assert ranges == {
        f"{cell.column_letter}{HEAD_ROW + 1}:{cell.column_letter}{LAST_ROW}" for cell in sheets[kind][HEAD_ROW]
    }


def test_ratings_and_grades_are_coloured_by_their_labels(sheets, lang):
    def labels(kind, code):
        letter = cells(sheets[kind], f"kam_col_{code}")[0].column_letter
        rules = sheets[kind].conditional_formatting[f"{letter}{HEAD_ROW + 1}:{letter}{LAST_ROW}"]
        said = [re.findall(r'="(.*?)"', rule.formula[0]) for rule in rules if rule.dxf.fill]
        return [words[LANGUAGES.index(lang)] for words in said]

    found = [labels("key_accounts", "position"), labels("key_accounts", "potential"), labels("data_check", "grade")]
    assert (
        found
        == {
            "en": [["Strong", "Medium", "Weak"], ["High", "Medium", "Low"], ["Error", "Warning", "Note"]],
            "ru": [
                ["Сильная", "Средняя", "Слабая"],
                ["Высокий", "Средний", "Низкий"],
                ["Ошибка", "Предупреждение", "Примечание"],
            ],
        }[lang]
    )


def test_revenue_and_penetration_have_data_bars(sheets):
    sheet = sheets["key_accounts"]
    bars = {
        str(each.sqref).partition(str(HEAD_ROW + 1))[0]
        for each in sheet.conditional_formatting
        if any(rule.type == "dataBar" for rule in each.rules)
    }
    columns = [cells(sheet, f"kam_col_{code}")[0].column_letter for code in ("revenue", "penetration")]
    assert bars == set(columns)
