"""Names that are alike: which of many suppliers may be a party."""

from __future__ import annotations

import pytest

from kam_xl.ledger.parties import suppliers
from kam_xl.ledger.recipe import Party

NAMES = ["IBM UK Ltd", "Miller", "Telecom British", "Brittish Telecom", "Insightdirect (UK)", "Bakery", "I.B.M.", "Ibn"]
PARTIES = [Party("IBM"), Party("British Telecom"), Party("Insight Direct")]


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_names_are_alike_however_many_are_compared_at_a_time(at_once, monkeypatch):
    monkeypatch.setattr(suppliers, "_AT_ONCE", at_once)
    assert suppliers.candidates(NAMES, PARTIES, []) == [
        "Brittish Telecom",
        "I.B.M.",
        "IBM UK Ltd",
        "Insightdirect (UK)",
        "Telecom British",
    ]
