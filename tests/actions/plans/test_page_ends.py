"""Printed plans: no page ends within a section, at the first build and after people have filled in more."""

import openpyxl
import pytest

from kam_xl.locale import Text
from kam_xl.plan.account.plan_fields import PLAN
from tests.actions.test_build import named
from tests.tables import CLIENTS, HEADER, edited, write_table

TITLES = {section.title.render("en") for section in PLAN} | {Text("Why it is a key account").render("en")}


@pytest.fixture
def plans(build, tmp_path):
    path = tmp_path / "plans.xlsx"
    build(write_table(path, CLIENTS, HEADER), path)
    return path


def page_tops(path, name="Nordwerk"):
    sheet = openpyxl.load_workbook(path)[name]
    return [sheet.cell(each.id + 1, 1).value for each in sheet.row_breaks.brk][1:]  # behind page 1


def test_pages_begin_with_a_section(plans):
    tops = page_tops(plans)
    assert len(tops) == 1
    assert {*tops} <= TITLES


def test_a_plan_that_has_grown_is_divided_anew(build, plans):
    before = page_tops(plans)
    with edited(plans) as book:
        for cell in named(book["Nordwerk"], "kam_action_what")[:9]:
            cell.value = "Visit"
    build(plans, plans)
    after = page_tops(plans)
    assert {*after} <= TITLES
    assert after != before


def test_an_end_that_somebody_put_into_a_section_stays(build, plans):
    with edited(plans) as book:
        row = named(book["Nordwerk"], "kam_action_what")[0].row
        book["Nordwerk"].row_breaks.append(openpyxl.worksheet.pagebreak.Break(id=row))
        for cell in named(book["Nordwerk"], "kam_action_what")[:9]:
            cell.value = "Visit"
    build(plans, plans)
    ends = [each.id for each in openpyxl.load_workbook(plans)["Nordwerk"].row_breaks.brk]
    assert row in ends
