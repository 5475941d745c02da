"""What clients spend on a category is their budget where no other column has one, and that is told."""

import pytest

from kam_xl.table import Grid, read_grid

SPENT = ["Purchases of packaging", "Annual spend on film", "Объём закупок упаковки", "Закупки нашей категории"]


def table_of(*titles, cells=(3000.0, 900.0)):
    rows = ([name, 100.0, *[cell] * len(titles)] for name, cell in zip(("Nord", "Süd"), cells, strict=True))
    return read_grid(Grid("S", [["Client", "Revenue", *titles], *rows]))


def budgets(table):
    return [client.procurement_budget for client in table.clients()]


def told(table):
    return [(each.cell, each.grade) for each in table.findings if each.code == "budget-of-category"]


@pytest.mark.parametrize(
    "title", [*SPENT, "Procurement budget: packaging, EUR", "Бюджет закупок упаковки, руб. без НДС"]
)
def test_the_only_column_of_a_category_is_the_budget_with_a_note(title):
    table = table_of(title)
    assert (budgets(table), told(table)) == ([3000.0, 900.0], [("C1", "note")])


@pytest.mark.parametrize("title", ["Purchases of packaging, kEUR", "Закупки упаковки, тыс. руб."])
def test_the_unit_of_its_header_counts(title):
    assert budgets(table_of(title)) == [3_000_000.0, 900_000.0]


@pytest.mark.parametrize(
    "title",
    [
        "Purchases from us",
        "Purchases of competitors",
        "Purchases of last year",
        "Procurement budget growth",
        "Spend on packaging, %",
        "Закупки у нас",
        "Закупки конкурентов упаковки",
        "Закупки прошлого года",
        "Закупки, шт.",
        "Закупки упаковки, т",
        "Закупки упаковки, руб./мес.",
        "Закупки январь 2025",
        "Закупки через тендер",
        "Бюджет проекта",
    ],
)
def test_what_says_something_else_is_no_budget(title):
    assert budgets(table_of(title)) == [None, None]


def test_of_several_categories_none_is_the_budget():
    assert budgets(table_of(*SPENT[:2])) == [None, None]


def test_a_column_of_whole_budgets_goes_before():
    table = table_of("Purchases of packaging", "Procurement budget")
    assert (table.interpretation.used[-1].title, told(table)) == ("Procurement budget", [])


def test_texts_are_no_budget():
    assert budgets(table_of("Закупки упаковки", cells=("регулярно", "редко"))) == [None, None]
