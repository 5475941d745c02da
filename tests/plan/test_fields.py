"""The fields: one name for one thing, on every sheet."""

from collections import Counter

import pytest

from kam_xl.locale import LANGUAGES, Text
from kam_xl.plan.account.plan_fields import PLAN, PLAN_FIELDS
from kam_xl.plan.fields import Kind, OurSheet
from kam_xl.plan.reports import report_fields
from kam_xl.plan.reports.portfolio_fields import GRID, PORTFOLIO


def test_no_two_fields_of_the_plan_share_a_name():
    names = Counter(field.name for section in PLAN for field in section.fields)
    assert names == Counter(list(PLAN_FIELDS))


def test_no_two_fields_of_the_portfolio_share_a_name():
    names = Counter([*(field.name for field in PORTFOLIO), *GRID.values()])
    assert set(names.values()) == {1}


@pytest.mark.parametrize("columns", [report_fields.KEY_ACCOUNTS, report_fields.DATA_CHECK])
def test_no_two_columns_of_a_list_share_a_name_or_a_title(columns):
    for lang in LANGUAGES:
        titles = [column.title.render(lang) for column in columns]  # a native table refuses equal headers
        assert len({column.name for column in columns}) == len(set(titles)) == len(columns)


def test_every_name_begins_with_our_mark():
    names = [*PLAN_FIELDS, *(field.name for field in PORTFOLIO), *GRID.values()]
    assert [name for name in names if not name.startswith("kam_")] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_drop_down_offers_different_choices_in_less_than_excels_255_characters(lang):
    for field in PLAN_FIELDS.values():
        choices = [each.render(lang) if isinstance(each, Text) else str(each) for each in field.choices]
        assert len(set(choices)) == len(choices)
        assert len(",".join(choices)) <= 255
        assert not any("," in choice for choice in choices)


def test_a_computed_field_offers_no_choice():
    assert [name for name, field in PLAN_FIELDS.items() if field.choices and field.kind is Kind.COMPUTED] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_our_sheets_have_different_titles(lang):
    assert len({sheet.label.render(lang) for sheet in OurSheet}) == len(OurSheet)
