"""Settings given with a command stay in the workbook: buttons and later commands count alike."""

import openpyxl
import pytest

from kam_xl.actions import refresh
from tests.actions.test_build import named
from tests.tables import edited, write_table


@pytest.fixture
def plans(build, tmp_path):
    path = tmp_path / "plans.xlsx"
    build(write_table(path), path, settings={"key_revenue_share": "5%", "base_year": 2025})
    return path


def typed(path):
    """Setting to what stands on the settings sheet, blank ones left out."""
    sheet = openpyxl.load_workbook(path)["KAM settings"]
    cells = zip(named(sheet, "kam_setting_name"), named(sheet, "kam_setting_value"), strict=True)
    return {name.value: value.value for name, value in cells if value.value is not None}


def enter(path, setting, value):
    with edited(path) as book:
        row = [cell.value for cell in named(book["KAM settings"], "kam_setting_name")].index(setting)
        named(book["KAM settings"], "kam_setting_value")[row].value = value


def told(report):
    return [each.message.render("en") for each in report.findings if each.code == "setting-differs"]


def test_settings_given_once_hold_for_later_presses(build, plans):
    assert typed(plans) == {"key_revenue_share": "5%", "base_year": 2025}
    assert build(plans, plans, refresh).classification.settings.key_revenue_share == 0.05


def test_new_values_replace_those_that_a_command_wrote(build, plans):
    report = build(plans, plans, settings={"key_revenue_share": 0.2})
    assert (typed(plans), told(report)) == ({"key_revenue_share": 0.2, "base_year": 2025}, [])


def test_a_value_that_somebody_typed_stays_and_is_told(build, plans):
    enter(plans, "key_revenue_share", 0.07)
    report = build(plans, plans, settings={"key_revenue_share": "20%"})
    assert typed(plans)["key_revenue_share"] == 0.07
    assert told(report) == [
        "key_revenue_share is 0.07 on this sheet; this build used 20% from the settings file, a later one without it "
        "uses 0.07."
    ]
    assert report.classification.settings.key_revenue_share == 0.2


def test_an_amount_typed_with_its_unit_holds_and_stays_as_typed(build, plans):
    enter(plans, "key_revenue_amount", "0,5 млн")
    report = build(plans, plans, refresh)
    assert (report.classification.settings.key_revenue_amount, told(report)) == (500_000, [])
    assert typed(plans)["key_revenue_amount"] == "0,5 млн"


def test_a_cleared_setting_is_the_default_again(build, plans):
    enter(plans, "key_revenue_share", None)
    assert build(plans, plans, refresh).classification.settings.key_revenue_share == 0.1
