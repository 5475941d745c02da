"""Product groups may stand below their client, across, or beside a client that is named once."""

import pytest

from kam_xl.table import Grid, read_grid
from kam_xl.table.errors import HeaderNotFoundError
from kam_xl.table.grid import Grids
from kam_xl.table.products import read_products

CLIENTS = read_grid(Grid("Clients", [["Client", "Revenue excl. VAT, RUB"], ["Nord", 9.0], ["Süd", 4.0]]))
BELOW = [
    ["Контрагент / Номенклатурная группа", "Выручка"],
    ["Nord", 9.0],
    ["   Pumps", 5.0],
    ["   Pipes", 4.0],
    ["Süd", 4.0],
    ["   Pumps", 4.0],
    ["Итого", 13.0],
]
ACROSS = [
    ["№ п/п", "Клиент", "Pumps", "Pipes", "Итого"],
    [1.0, "Nord", 5.0, 4.0, 9.0],
    [2.0, "Süd", 4.0, None, 4.0],
    [None, "Итого", 9.0, 4.0, 13.0],
]
ONCE = [
    ["Клиент", "Товарная группа", "Сумма"],
    ["Nord", "Pumps", 5.0],
    [None, "Pipes", 4.0],
    ["Süd", "Pumps", 4.0],
    [None, "Pipes", None],
]
ROWS = ["Client", "Product group", "Revenue"]


def products_of(rows, table=CLIENTS, name="Товарные группы"):
    return read_products(Grids("groups.xlsx", [Grid(name, rows)]), table)


def sales(read):
    return [(each.client_id, each.product, each.revenue) for each in read.sales if each.revenue]


def notes(read):
    return [note.render("en") for note in read.notes]


@pytest.mark.parametrize("rows", [BELOW, ACROSS, ONCE], ids=["below", "across", "once"])
def test_each_shape_gives_the_same_sales_without_a_doubt(rows):
    read = products_of(rows)
    assert sales(read) == [("Nord", "Pumps", 5.0), ("Nord", "Pipes", 4.0), ("Süd", "Pumps", 4.0)]
    assert read.notes == []


def test_a_total_of_groups_below_their_clients_is_compared():
    read = products_of([*BELOW[:-1], ["Итого", 99.0]])
    assert notes(read) == ["Row 7 states a total of 99; the rows above add up to 13."]


@pytest.mark.parametrize("titles", [["Pumps, USD", "Pipes, RUB"], ["Pumps, k", "Pipes"], ["Pumps, pcs", "Share, %"]])
def test_columns_that_are_not_amounts_of_one_unit_are_no_product_groups(titles):
    with pytest.raises(HeaderNotFoundError):
        products_of([["Client", *titles], ["Nord", 5.0, 4.0]])


def test_columns_of_numbers_are_product_groups_only_on_a_sheet_that_is_called_so():
    with pytest.raises(HeaderNotFoundError):
        products_of(ACROSS, name="Sheet2")


def test_groups_of_subsidiaries_are_those_of_their_parent():
    rows = [["Client", "Parent company", "Revenue"], ["Nord East", "Nord", 5.0], ["Nord West", "Nord", 4.0]]
    groups = [ROWS, ["Nord East", "Pumps", 5.0], ["NORD WEST, Ltd", "Pipes", 4.0]]
    read = products_of(groups, read_grid(Grid("Clients", rows)).by_parent())
    assert (sales(read), read.notes) == ([("Nord", "Pumps", 5.0), ("Nord", "Pipes", 4.0)], [])


def test_clients_that_lack_most_are_named_first():
    table = read_grid(Grid("Clients", [["Client", "Revenue"], ["A", 5.0], ["B", 900.0], ["C", 60.0]]))
    assert notes(products_of([ROWS, ["X", "Pumps", 1.0], ["Y", "Pumps", 2.0]], table)) == [
        "Not in the client table and left out, 3 in all: Y, X.",
        "Revenue in the client table without product groups, 965 in all: B, C, A.",
    ]


def test_groups_with_vat_beside_a_table_without_it_are_told():
    read = products_of([["Client", "Product group", "Sum incl. VAT"], ["Nord", "Pumps", 9.0], ["Süd", "Pipes", 4.0]])
    assert notes(read) == ['"Sum incl. VAT" is with VAT, "Revenue excl. VAT, RUB" is without; nothing is converted.']
