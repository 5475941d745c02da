import pytest

from kam_xl.table.finding import address


@pytest.mark.parametrize(
    ("sheet", "cell", "written"),
    [
        ("Клиенты", "D7", "Клиенты!D7"),
        ("Q1 list", "D7", "'Q1 list'!D7"),
        ("Bob's", "D7", "'Bob''s'!D7"),
        ("A1", "D7", "'A1'!D7"),
        ("Clients", "", "Clients"),
        ("", "D7", "D7"),
    ],
)
def test_an_address_is_what_a_formula_takes(sheet, cell, written):
    assert address(sheet, cell) == written
