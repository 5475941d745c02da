from kam_xl.table.matching import Unit
from kam_xl.table.units import settle_units

THOUSANDS, MILLIONS, ROUBLES, UNKNOWN = (Unit(scale, "RUB", None) for scale in (1e3, 1e6, 1.0, None))
SILENT = Unit(None, None, None)


def settle(*units, base=None):
    factors, remarks = settle_units(dict(enumerate(units)), {i: f"Column {i}" for i in range(len(units))}, base)
    return list(factors.values()), [(remark.column, remark.code) for remark in remarks]


def test_headers_that_say_nothing_change_nothing():
    assert settle(SILENT, SILENT) == ([1, 1], [])


def test_equal_units_change_nothing():
    assert settle(THOUSANDS, THOUSANDS) == ([1, 1], [])


def test_another_unit_is_brought_to_the_first_one_and_told():
    assert settle(THOUSANDS, MILLIONS) == ([1, 1000], [(1, "units-differ")])


def test_a_silent_header_beside_thousands_is_told_and_left():
    assert settle(THOUSANDS, SILENT) == ([1, 1], [(1, "unit-unclear")])


def test_a_silent_header_beside_whole_roubles_is_no_question():
    assert settle(ROUBLES, SILENT) == ([1, 1], [])


def test_currencies_are_never_converted():
    assert settle(ROUBLES, Unit(1.0, "USD", None)) == ([1, 1], [(1, "currencies-differ")])


def test_the_unit_of_another_table_can_be_the_base():
    assert settle(MILLIONS, base=("Revenue", THOUSANDS)) == ([1000], [(0, "units-differ")])
