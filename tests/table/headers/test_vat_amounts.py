"""Amounts without VAT are computed where only those with VAT and the VAT itself stand beside each other."""

import pytest

from kam_xl.table import Grid, read_grid

GROSS_AND_VAT = [
    ["Client", "Revenue incl. VAT, EUR", "VAT", "Procurement budget, EUR"],
    ["Nord", 1200.0, 200.0, 3000.0],
    ["Süd", 242.0, 42.0, 900.0],
    ["West", 55.0, 5.0, 400.0],
]


def table_of(*rows):
    return read_grid(Grid("S", [*map(list, rows)]))


def revenues(table):
    return [client.revenue for client in table.clients()]


def codes(table):
    return [finding.code for finding in table.findings]


@pytest.mark.parametrize(
    ("revenue", "vat"),
    [
        ("Revenue incl. VAT, EUR", "VAT"),
        ("Sales, gross of VAT", "VAT amount"),
        ("Amount", "of which VAT"),
        ("Выручка с НДС, руб.", "НДС 20%, руб."),
        ("Сумма с НДС", "Сумма НДС"),
        ("Сумма", "В т.ч. НДС"),
        ("Umsatz inkl. MwSt", "MwSt"),
    ],
)
def test_the_vat_is_subtracted_from_revenue_with_vat(revenue, vat):
    table = table_of(["Client", revenue, vat], *(row[:3] for row in GROSS_AND_VAT[1:]))
    assert revenues(table) == [1000.0, 200.0, 50.0]
    [computed] = [use for use in table.interpretation.columns if use.letter == "B:C"]
    assert (computed.field, computed.why.render("en")) == ("revenue", "the amount with VAT less the VAT")


def test_units_of_both_columns_count():
    table = table_of(["Client", "Revenue incl. VAT, kEUR", "VAT, EUR"], ["Nord", 1.2, 200.0], ["Süd", 0.6, 100.0])
    assert revenues(table) == [1000.0, 500.0]


@pytest.mark.parametrize(
    ("revenue", "vat", "cells"),
    [
        ("Revenue", "VAT", (200.0, 42.0, 5.0)),  # nobody says what is in the revenue
        ("Revenue incl. VAT", "VAT", (20.0, 20.0, 10.0)),  # rates
        ("Revenue incl. VAT", "VAT", (0.2, 0.2, 0.1)),
        ("Revenue incl. VAT", "VAT", (1000.0, 200.0, 50.0)),  # amounts without VAT, or something else
        ("Revenue incl. VAT", "VAT, %", (20.0, 20.0, 10.0)),
    ],
)
def test_what_is_no_vat_of_the_revenue_is_not_subtracted(revenue, vat, cells):
    rows = [[*row[:2], cell] for row, cell in zip(GROSS_AND_VAT[1:], cells, strict=True)]
    assert revenues(table_of(["Client", revenue, vat], *rows)) == [1200.0, 242.0, 55.0]


def test_a_column_without_vat_goes_before_a_computed_one():
    table = table_of(["Client", "Revenue incl. VAT", "VAT", "Revenue excl. VAT"], ["N", 120.0, 20.0, 101.0])
    assert revenues(table) == [101.0]


@pytest.mark.parametrize("vat", [None, 1100.0])
def test_revenue_without_a_vat_that_fits_is_unknown_and_told(vat):
    many = [[f"C{number}", 1200.0, 200.0, 3000.0] for number in range(10)]
    table = table_of(GROSS_AND_VAT[0], *many, ["Odd", 1200.0, vat, 3000.0])
    assert revenues(table)[-1] is None
    assert [(each.cell, each.grade) for each in table.findings if each.code == "vat-unclear"] == [("C12", "error")]


def test_a_budget_with_vat_beside_computed_revenue_is_told():
    header = [*GROSS_AND_VAT[0][:3], "Procurement budget incl. VAT, EUR"]
    [told] = [each for each in table_of(header, *GROSS_AND_VAT[1:]).findings if each.code == "vat-differs"]
    assert told.cell == "D1"
    assert '"Revenue incl. VAT, EUR - VAT" is without' in told.message.render("en")


def test_the_budget_is_without_vat_too_where_its_own_vat_stands_behind_it():
    header = [*GROSS_AND_VAT[0][:3], "Procurement budget incl. VAT", "VAT"]
    table = table_of(header, *([*row, row[3] / 6] for row in GROSS_AND_VAT[1:]))
    assert [client.procurement_budget for client in table.clients()] == [2500.0, 750.0, pytest.approx(400 / 1.2)]
    assert "vat-differs" not in codes(table)


def test_earlier_years_are_on_the_basis_of_the_revenue():
    header = ["Client", "Revenue 2025 incl. VAT", "VAT", "Revenue 2024 incl. VAT"]
    rows = [["Nord", 1200.0, 200.0, 600.0], ["Süd", 240.0, 40.0, 120.0]]
    assert [client.history for client in table_of(header, *rows).clients()] == [(), ()]
    both = table_of([*header, "VAT"], *([*row, row[3] / 6] for row in rows))
    assert [client.history for client in both.clients()] == [((2024, 500.0),), ((2024, 100.0),)]
    net = table_of(["Client", "Revenue 2025 excl. VAT", "Revenue 2024 incl. VAT"], ["Nord", 1000.0, 600.0])
    assert [client.history for client in net.clients()] == [()]


@pytest.mark.parametrize(
    ("first", "second", "budget"),
    [
        ("Procurement budget incl. VAT", "Procurement budget excl. VAT", 100.0),
        ("Бюджет закупок с НДС", "Бюджет закупок без НДС", 100.0),
        ("Procurement budget 2025 incl. VAT", "Procurement budget 2024 excl. VAT", 120.0),
    ],
)
def test_of_budgets_of_one_year_the_one_without_vat_is_taken_and_told(first, second, budget):
    table = table_of(["Client", "Revenue excl. VAT", first, second], ["Nord", 50.0, 120.0, 100.0])
    assert [client.procurement_budget for client in table.clients()] == [budget]
    assert "ambiguous-column" in codes(table)
