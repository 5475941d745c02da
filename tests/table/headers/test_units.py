from kam_xl.table.headers.units import settle_units
from kam_xl.table.words.matching import Unit

THOUSANDS, MILLIONS, ROUBLES, UNKNOWN = (Unit(scale, "RUB", None) for scale in (1e3, 1e6, 1.0, None))
SILENT = Unit(None, None, None)


def settle(*units, base=None):
    factors, remarks = settle_units(dict(enumerate(units)), {i: f"Column {i}" for i in range(len(units))}, base)
    return list(factors.values()), [(remark.column, remark.code) for remark in remarks]


def test_headers_that_say_nothing_change_nothing():
    assert settle(SILENT, SILENT) == ([1, 1], [])


def test_amounts_in_thousands_are_read_as_whole_amounts():
    assert settle(THOUSANDS, THOUSANDS) == ([1000, 1000], [])


def test_units_that_differ_are_told():
    assert settle(THOUSANDS, MILLIONS) == ([1000, 1e6], [(1, "units-differ")])


def test_a_silent_header_beside_thousands_is_in_thousands_too_and_told():
    assert settle(THOUSANDS, SILENT) == ([1000, 1000], [(1, "unit-unclear")])


def test_a_silent_header_beside_whole_roubles_is_no_question():
    assert settle(ROUBLES, SILENT) == ([1, 1], [])


def test_currencies_are_never_converted():
    assert settle(ROUBLES, Unit(1.0, "USD", None)) == ([1, 1], [(1, "currencies-differ")])


def test_the_unit_of_another_table_counts_where_there_is_none():
    assert settle(MILLIONS, base=("Revenue", THOUSANDS)) == ([1e6], [(0, "units-differ")])
    assert settle(SILENT, base=("Revenue", THOUSANDS)) == ([1000], [(0, "unit-unclear")])


def test_columns_without_a_unit_are_told_together():
    units = {1: THOUSANDS, 2: SILENT, 3: SILENT}
    _, [remark] = settle_units(units, {1: "Revenue, kEUR", 2: "Margin", 3: "Budget"})
    assert remark.message.render("en") == ('"Margin", "Budget" give no unit; the unit of "Revenue, kEUR" was assumed.')


def test_what_is_computed_from_a_column_is_told_with_it():
    titles = {1: "Revenue", 2: "Budget, mRUB", 3: "Budget, mRUB"}
    assert [remark.column for remark in settle_units({1: ROUBLES, 2: MILLIONS, 3: MILLIONS}, titles)[1]] == [2]
    [remark] = settle_units({1: MILLIONS, 2: SILENT, 3: SILENT}, {1: "Revenue, mRUB", 2: "Budget", 3: "Budget"})[1]
    assert remark.message.render("en") == '"Budget" gives no unit; the unit of "Revenue, mRUB" was assumed.'
