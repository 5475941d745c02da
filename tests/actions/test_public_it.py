"""A real table from end to end: what the sheets show adds up, within capacity, and is the same in each language."""

from datetime import date
from math import fsum

import openpyxl
import pytest

from kam_xl.locale import LANGUAGES
from kam_xl.plan.reports.report_fields import KEY_ACCOUNTS
from tests.actions.test_build import named

pytestmark = pytest.mark.slow

DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def books(build, shared, tmp_path_factory):
    """The workbook with its plans in each language."""
    folder = tmp_path_factory.mktemp("public_it")
    paths = {lang: folder / f"{lang}.xlsx" for lang in LANGUAGES}
    for lang, path in paths.items():
        build(shared / "data" / "clients_public_it_2019.xlsx", path, lang=lang, today=DAY)
    return {lang: openpyxl.load_workbook(path, data_only=True) for lang, path in paths.items()}


@pytest.fixture
def book(books):
    return books["en"]


def sheets_of(book, kind):
    return [
        sheet
        for sheet in book
        if "kam_sheet" in sheet.defined_names
        and sheet.sheet_state == "visible"
        and sheet.defined_names["kam_sheet"].attr_text == f'"{kind}"'
    ]


def plans_of(book):
    return [sheet for sheet in sheets_of(book, "plan") if named(sheet, "kam_client_id")[0].value]


def the_list(book):
    (sheet,) = sheets_of(book, "key_accounts")
    columns = {each.code: named(sheet, each.name)[0] for each in KEY_ACCOUNTS}
    top, count = columns["rank"].row + 1, len(plans_of(book))
    return {
        code: [sheet.cell(row, head.column).value for row in range(top, top + count)] for code, head in columns.items()
    }


def test_a_fifth_of_the_revenue_stands_among_the_first_three(book):
    listed = the_list(book)
    assert dict(zip(listed["client_id"], listed["rank"], strict=True))["C0017"] <= 3


def test_the_sum_of_the_goals_shown_is_the_sum_of_the_plans_and_within_capacity(book):
    plans, (portfolio,) = plans_of(book), sheets_of(book, "portfolio")
    goals = [named(plan, "kam_goal_revenue")[0].value for plan in plans]
    years = [cell.value for cell in named(portfolio, "kam_total_year")]
    totals = dict(zip(years, (cell.value for cell in named(portfolio, "kam_total_goals")), strict=True))
    last = max(year for year in years if year)
    assert fsum(goals) == pytest.approx(totals[last])
    assert sorted(the_list(book)["goal"]) == pytest.approx(sorted(goals))
    managers = [cell.value or 0.0 for cell in named(portfolio, "kam_by_manager_goal")]
    assert fsum(managers) == pytest.approx(totals[last])
    revenue = named(portfolio, "kam_kpi_revenue")[0].value
    capacity = revenue * (1.2**3 - 1)
    assert fsum(goals) - fsum(the_list(book)["revenue"]) == pytest.approx(capacity)


def test_what_is_still_open_adds_up_from_the_plans_to_the_portfolio(book):
    (portfolio,) = sheets_of(book, "portfolio")
    gaps = [max(named(plan, "kam_goal_open")[0].value, 0.0) for plan in plans_of(book)]
    shown = [cell.value for cell in named(portfolio, "kam_total_open") if cell.value is not None]
    assert fsum(gaps) == pytest.approx(shown[-1])
    assert sorted(the_list(book)["gap"]) == pytest.approx(
        sorted(named(plan, "kam_goal_open")[0].value for plan in plans_of(book))
    )


def test_the_language_changes_no_number(books):
    def numbers(book):
        found = {}
        for place, sheet in enumerate(each for each in book if each.sheet_state == "visible"):
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
                        found[place, cell.coordinate] = cell.value
        return found

    first, *others = map(numbers, books.values())
    assert len(first) > 2500
    assert all(other == first for other in others)


def test_a_sentence_says_why_most_goals_add_the_same(books):
    for lang, ceiling in (("en", "118,779"), ("ru", "118\N{NO-BREAK SPACE}779")):
        (listed,) = sheets_of(books[lang], "key_accounts")
        assert ceiling in named(listed, "kam_rule")[0].value
        plan = plans_of(books[lang])[0]
        assert ceiling in named(plan, "kam_goal_argument")[0].value
