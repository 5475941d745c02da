"""The file: its sheets, its names, its sameness."""

import re
import subprocess
from io import BytesIO
from shutil import which

import pytest
from openpyxl import load_workbook

from kam_xl.domain.settings import Settings
from kam_xl.plan.account.plan_fields import PARTS, PLAN_FIELDS
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.reports import portfolio_fields, report_fields
from kam_xl.plan.reports.dashboard_fields import DASHBOARD_FIELDS, MARGIN_PART
from kam_xl.template import template_book
from tests.workbook.drawing.cells import cells


def rows(fields):
    return {field.name: field.rows for field in fields}


def columns(layout):
    return {column.name: 1 for column in layout}


REPORT_HEAD = rows([report_fields.SUMMARY, report_fields.BUILT])
SETTINGS_ROWS = len(Settings().listed())
NAMES = {
    "plan": rows(PLAN_FIELDS.values()),
    "key_accounts": REPORT_HEAD
    | rows([report_fields.UNIT, report_fields.RULE, report_fields.NOTICE, report_fields.FRESHNESS])
    | columns(report_fields.KEY_ACCOUNTS),
    "portfolio": rows(portfolio_fields.PORTFOLIO) | dict.fromkeys(portfolio_fields.GRID.values(), 1),
    "dashboard": REPORT_HEAD | rows([report_fields.UNIT]) | rows(DASHBOARD_FIELDS.values()),
    "data_check": REPORT_HEAD
    | rows([report_fields.READING, report_fields.NOTICE, report_fields.FRESHNESS])
    | columns(report_fields.DATA_CHECK),
    "settings": {field.name: SETTINGS_ROWS for field in report_fields.SETTINGS} | rows([report_fields.FRESHNESS]),
}


def test_the_sheets_are_ours_in_order_under_their_titles(book, lang):
    marked = {sheet.title: sheet.defined_names["kam_sheet"].attr_text for sheet in book}
    assert marked == {kind.label.render(lang): f'"{kind}"' for kind in OurSheet}


@pytest.mark.parametrize("kind", NAMES)
def test_each_field_has_its_name_with_its_number_of_rows_and_no_name_is_left_over(sheets, kind):
    names = {name for name in sheets[kind].defined_names if not name.startswith("kam_set_")} - {
        "kam_sheet",
        MARGIN_PART,
        *PARTS,
    }
    assert {name: len(cells(sheets[kind], name)) for name in names} == NAMES[kind]


def test_the_value_of_each_setting_has_its_name(sheets):
    named = {name.removeprefix("kam_set_") for name in sheets["settings"].defined_names if name.startswith("kam_set_")}
    assert named == {setting.name for setting in Settings().listed()}


def test_no_name_belongs_to_the_whole_book(book):
    assert dict(book.defined_names) == {}


def test_russian_sheets_say_nothing_in_english():
    book = load_workbook(BytesIO(template_book("ru")))
    texts = {cell.value for sheet in book for row in sheet for cell in row if isinstance(cell.value, str)}
    settings = {setting.name for setting in Settings().listed()}  # the names are the same in every language
    english = {text for text in texts - settings if re.search("[A-Za-z]{4}", text) and not text.startswith("=")}
    # Heading in both languages, as it may be typed in both.
    assert {text for text in english if not re.search("linear|parent", text)} == set()


@pytest.mark.skipif(not which("ooxml-validator"), reason="the Open XML SDK's validator is not installed")
def test_microsofts_validator_finds_no_fault(file, lang, tmp_path):
    path = tmp_path / f"{lang}.xlsx"
    path.write_bytes(file)
    result = subprocess.run(
        ["ooxml-validator", path, "--officeVersion", "Microsoft365"], capture_output=True, text=True
    )
    assert '"ok": true' in result.stdout, result.stdout
