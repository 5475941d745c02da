"""Every token is what Excel takes it for, whatever stands within texts, apostrophes and brackets."""

from __future__ import annotations

import pytest

from kam_xl.excel.tokens import TOKEN, outside_texts


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("A1", {"column": "A", "row": "1"}),
        ("$AB$12", {"column": "$AB", "row": "$12"}),
        ("A1:B2", {"column": "A", "row": "1"}),
        ("A1:Plan!B2", {"column": "A", "row": "1"}),
        ("A:$C", {"left": "A", "right": "$C"}),
        ("$1:3", {"top": "$1", "bottom": "3"}),
        ("A1!B2", {"sheet": "A1"}),
        ("Jan:Mar!A1", {"first": "Jan", "sheet": "Mar"}),
        ("1st!A1", {"sheet": "1st"}),
        ("'It''s'!A1", {"quoted": "It''s"}),
        ("LOG10(2)", {"name": "LOG10", "call": "("}),
        ("T2[Jan]", {"name": "T2"}),
        ("A1.b", {"name": "A1.b"}),
        ("1.5E+3", {}),
        ("[1]Plan!A1", {}),
        ("'A1 x'.B2", {}),
        ('"A1"', {}),
        ("#REF!", {}),
    ],
)
def test_a_token_is_what_excel_takes_it_for(formula, expected):
    found = TOKEN.match(formula)
    assert {name: text for name, text in found.groupdict().items() if text is not None} == expected


def test_what_stands_in_texts_and_apostrophes_is_stepped_over():
    pattern = outside_texts("(SUM)")
    assert [found[1] for found in pattern.finditer("SUM(A1)&\"SUM\"&'SUM x'!A1+SUM(B1)")] == ["SUM", None, None, "SUM"]
