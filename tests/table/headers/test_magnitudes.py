from hypothesis import given
from hypothesis import strategies as st

from kam_xl.table.headers.magnitudes import disproportions

AMOUNTS = st.none() | st.floats(allow_nan=False) | st.sampled_from([5e-324, 1e-309, 1e308])


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=2), st.sampled_from([{}, {1: 1e3}, {2: 1e6}]))
def test_every_disproportion_can_be_told(pairs, assumed):
    columns = {1: [amount for amount, _ in pairs], 2: [amount for _, amount in pairs]}
    for found in disproportions({"revenue": 1, "procurement_budget": 2}, columns, assumed):
        assert found.remark({1: "Revenue", 2: "Budget"}).message.render("en")


def test_amounts_next_to_nothing_tell_no_unit():
    fields = {"revenue": 1, "procurement_budget": 2}
    assert not [*disproportions(fields, {1: [1.0, 1.0], 2: [2e-309, 2e-309]}, {})]
    assert [*disproportions(fields, {1: [1.0, 1.0], 2: [2e-9, 2e-9]}, {})]
