import pytest

from kam_xl.table.finding import address, column_letter


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


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_columns_are_counted_in_letters(number, letters):
    assert column_letter(number) == letters
