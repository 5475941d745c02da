"""Whatever stands in cells: an answer comes, of a shape and of kinds that every host can take."""

import math
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_xl.functions import FUNCTIONS
from kam_xl.functions.arguments import rows

WORDS = ["", " ", "n/a", "н/д", "Client", "Revenue", "Budget", "Reference", "Strong", "высокий", "да", "ru", "linear"]
NAMES = ["key_revenue_share", "abc_a", "language", "horizon_years", "no_such_setting", "rank, abc", "#REF!", "#N/A"]
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.floats(0, 1000),
    st.integers(-3, 5),
    st.sampled_from(WORDS + NAMES),
    st.text(max_size=8),
    st.just(datetime(2024, 5, 6)),
    st.decimals(-10, 10).map(Decimal),
)
RANGES = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=5))
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=5).map(
    lambda lines: [["Client", "Revenue", "Budget", "Reference"], *map(list, lines)]
)
ARGUMENTS = st.one_of(CELLS, RANGES, TABLES)


@pytest.mark.parametrize("name", FUNCTIONS)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_answer_always_comes(name, data):
    function = FUNCTIONS[name]
    answer = function.call(*[data.draw(ARGUMENTS) for _ in function.arguments])
    cells = [cell for row in rows(answer) for cell in row]
    assert {type(cell) for cell in cells} <= {str, int, float, bool}
    assert all(math.isfinite(cell) for cell in cells if isinstance(cell, float))
    assert len({len(row) for row in rows(answer)}) == 1


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("KAM_CAGR", (1e-116, 1.0, 0.25)),
        ("KAM_CAGR", (1e-300, 1e99, 1.0)),
        ("KAM_PLAN_FACT", (1e-300, 1e99, True)),
        ("KAM_PLAN_FACT", (-1e308, 1e308)),
        ("KAM_PLAN_GAP", (1e308, [-1e308])),
    ],
)
def test_a_number_beyond_all_bounds_is_an_impossible_one(name, arguments):
    assert FUNCTIONS[name].call(*arguments) == "#NUM!"
