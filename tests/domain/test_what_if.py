"""What another setting would change is what it changes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.domain.classify import classify
from kam_xl.domain.errors import SettingsError
from kam_xl.domain.model import Client
from kam_xl.domain.settings import Settings
from kam_xl.domain.what_if import key_accounts_with

DAY = date(2026, 6, 1)
AMOUNTS = st.none() | st.integers(0, 1000).map(float)
CLIENTS = st.lists(
    st.builds(
        lambda number, revenue, budget, reference: Client(
            str(number), "x", revenue=revenue, procurement_budget=budget, reference=reference
        ),
        st.integers(1, 99),
        AMOUNTS,
        AMOUNTS,
        st.sampled_from([None, 0, 1, 2, 3]),
    ),
    max_size=12,
)
OTHERS = st.sampled_from(
    [
        ("key_revenue_share", 0.05),
        ("key_revenue_amount", 300.0),
        ("prospect_max_penetration", 0.5),
        ("prospect_min_budget", 200.0),
        ("mark_min_level", 1),
        ("potential_high_percentile", 0.6),
        ("considerable_share", 0.3),
    ]
)


@given(CLIENTS, OTHERS)
def test_it_counts_what_a_classification_with_the_other_value_counts(clients, other):
    name, value = other
    there = classify(clients, replace(Settings(), **{name: value}), DAY)
    assert key_accounts_with(clients, Settings(), DAY, name, value) == there.limit.qualified


def test_a_value_out_of_range_is_refused():
    with pytest.raises(SettingsError, match="key_revenue_share"):
        key_accounts_with([], Settings(), DAY, "key_revenue_share", 2.0)
