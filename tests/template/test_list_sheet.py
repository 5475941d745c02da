"""The two lists: native tables that look right however far they grow."""

import re

import pytest

from kam_xl.locale import LANGUAGES
from kam_xl.plan import report_fields
from kam_xl.template.list_sheet import HEAD_ROW, LAST_ROW
from tests.template.cells import cells

LISTS = {
    "key_accounts": (report_fields.KEY_ACCOUNTS_TABLE, report_fields.KEY_ACCOUNTS, "A3:W4", "D4"),
    "data_check": (report_fields.FINDINGS_TABLE, report_fields.DATA_CHECK, "A3:H4", "D4"),
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


def test_the_summary_stands_beside_the_title_and_does_not_wrap(sheets, kind):
    (summary,) = cells(sheets[kind], "kam_summary")
    assert (summary.row, bool(summary.alignment.wrap_text)) == (1, False)
    assert {cell.value for cell in sheets[kind][1][1:]} == {None}


def test_the_header_and_the_first_columns_stay_in_view(sheets, kind):
    assert sheets[kind].freeze_panes == LISTS[kind][3]


def test_it_prints_on_landscape_a4_with_the_header_on_each_page(sheets, kind):
    sheet, wide = sheets[kind], {"key_accounts": 3, "data_check": 1}[kind]
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", wide, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$3:$3", "$A:$C" if wide == 3 else None)


def test_conditional_formats_reach_over_the_whole_list(sheets, kind):
    ranges = {str(each.sqref) for each in sheets[kind].conditional_formatting}
    assert ranges == {f"{cell.column_letter}4:{cell.column_letter}{LAST_ROW}" for cell in sheets[kind][HEAD_ROW]}


def test_ratings_and_grades_are_coloured_by_their_labels(sheets, lang):
    def labels(kind, code):
        letter = cells(sheets[kind], f"kam_col_{code}")[0].column_letter
        rules = sheets[kind].conditional_formatting[f"{letter}4:{letter}{LAST_ROW}"]
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
        str(each.sqref).partition("4")[0]
        for each in sheet.conditional_formatting
        if any(rule.type == "dataBar" for rule in each.rules)
    }
    columns = [cells(sheet, f"kam_col_{code}")[0].column_letter for code in ("revenue", "penetration")]
    assert bars == set(columns)
