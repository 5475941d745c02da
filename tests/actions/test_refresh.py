"""A refresh brings up to date what is there, and adds nothing."""

from datetime import datetime

import openpyxl
import pytest

from kam_xl import actions
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.plan.fields import OurSheet
from kam_xl.table import read_settings
from tests.actions.teamwork import opened, type_into
from tests.actions.test_build import value
from tests.tables import CLIENTS, edited, write_table


def test_without_sheets_of_ours_there_is_nothing_to_refresh(build, clients_xlsx):
    with pytest.raises(actions.NothingToRefreshError):
        build(clients_xlsx, clients_xlsx, button=actions.refresh)


def test_numbers_follow_the_table(build, plans_xlsx):
    with edited(plans_xlsx) as book:
        book["Clients"]["E2"] = 650
    report = build(plans_xlsx, plans_xlsx, button=actions.refresh)
    assert value(openpyxl.load_workbook(plans_xlsx)["Nordwerk"], "kam_revenue") == 650
    assert (len(report.plans.updated), report.plans.new) == (4, [])


def test_no_sheet_is_added_and_new_key_accounts_are_named(build, tmp_path):
    path = write_table(tmp_path / "few.xlsx", CLIENTS[1:])
    build(path, path, button=actions.classify)
    names = openpyxl.load_workbook(path).sheetnames
    report = build(path, path, button=actions.refresh)
    assert openpyxl.load_workbook(path).sheetnames == names
    assert sorted(report.without_plan) == ["=1+1", "Alfa", "Северсталь: Юг/Север"]


def test_the_date_of_the_next_step_follows_the_plan_at_every_refresh(build, plans_xlsx):
    for day in (datetime(2026, 12, 2), datetime(2026, 12, 2), datetime(2026, 12, 9)):
        type_into(plans_xlsx, {("C01", "kam_action_what[0]"): "Call", ("C01", "kam_action_when[0]"): day})
        assert build(plans_xlsx, plans_xlsx, button=actions.refresh).kept == []
        dates = [cell.value for row in openpyxl.load_workbook(plans_xlsx)["Key accounts"] for cell in row]
        assert day in dates


def test_the_settings_hold_whatever_their_sheet_is_called(plans_xlsx):
    with opened(plans_xlsx) as book:
        rules = OurSheets(book).find(OurSheet.SETTINGS)
        names = rules.sheet.used_range.options(ndim=2).value
        row = next(number for number, cells in enumerate(names) if "key_account_limit" in cells)
        rules["kam_setting_value"][row - rules["kam_setting_value"].row + 1, 0].value = 0.5
        rules.sheet.name = "Our rules"
        book.save()
        assert read_settings(book)["key_account_limit"] == 0.5
    assert read_settings(plans_xlsx)["key_account_limit"] == 0.5
