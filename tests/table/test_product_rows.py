"""Clients that stand in several rows, one for each product."""

import openpyxl
import pytest

from kam_xl.table import Grid, read, read_grid

HEADER = ["Client", "Product", "Revenue", "Budget"]


def clients(table):
    return {each.client: (each.revenue, each.procurement_budget) for each in table.clients()}


def codes(table, grade):
    return [each.code for each in table.findings if each.grade == grade]


def test_products_below_merged_clients_add_up(tmp_path):
    book = openpyxl.Workbook()
    for row in [
        HEADER,
        ["Nord", "Sand", 100, 900],
        [None, "Lime", 50, None],
        ["Süd", "Sand", 7, 70],
        ["Total", "", 157],
    ]:
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("D2:D3")
    book.save(tmp_path / "products.xlsx")
    table = read(tmp_path / "products.xlsx")
    assert clients(table) == {"Nord": (150, 900), "Süd": (7, 70)}
    assert table.interpretation.total_agrees
    assert table.interpretation.summary()[-1].render("en") == (
        'Clients have a row for each "Product": their amounts are added up.'
    )


@pytest.mark.parametrize("below", ["", "Nord"])
def test_a_client_is_named_once_or_in_each_row(below):
    rows = [
        ["Nord", "Sand", 100.0, 9.0],
        [below, "Lime", 50.0, 9.0],
        ["Süd", "Sand", 1.0, 5.0],
        [below and "Süd", "Lime", 2.0, 5.0],
    ]
    table = read_grid(Grid("", [HEADER, *rows]))
    assert clients(table) == {"Nord": (150, 9), "Süd": (3, 5)}
    assert codes(table, "error") == []
    assert table.interpretation.summary()[-1].render("en").endswith('added up, "Budget" counts once.')


def test_the_totals_of_clients_are_left_out_and_compared():
    rows = [
        ["Nord", "Sand", 100.0],
        ["", "Lime", 50.0],
        ["", "Total", 150.0],
        ["Süd", "Sand", 1.0],
        ["", "Lime", 2.0],
        ["", "Total", 3.0],
    ]
    assert clients(read_grid(Grid("", [HEADER[:3], *rows]))) == {"Nord": (150, None), "Süd": (3, None)}


def test_a_client_twice_with_the_same_product_is_an_error():
    table = read_grid(Grid("", [HEADER, ["Nord", "Sand", 100.0, 9.0], ["Nord", "Sand", 50.0, 9.0]]))
    assert codes(table, "error") == ["duplicate-id"]


def test_the_row_of_a_whole_client_above_its_products_is_not_counted_twice():
    rows = [
        ["Nord", None, 150.0],
        [None, "Sand", 100.0],
        [None, "Lime", 50.0],
        ["Süd", None, 3.0],
        [None, "Sand", 1.0],
        [None, "Lime", 2.0],
    ]
    assert clients(read_grid(Grid("", [HEADER[:3], *rows]))) == {"Nord": (150, None), "Süd": (3, None)}
