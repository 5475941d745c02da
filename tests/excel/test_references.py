"""Formulas are read as far as references need, and only those to the sheet in question are moved."""

from __future__ import annotations

import pytest

from kam_xl.excel import references
from kam_xl.excel.references import Area


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("Plan!A1", "New!A1"),
        ("plan!A1", "New!A1"),
        ("'Plan'!A1", "New!A1"),
        ("SUM(Plan!$A$1:$B$2,Other!C1)", "SUM(New!$A$1:$B$2,Other!C1)"),
        ("Plan!A1:Plan!B2", "New!A1:New!B2"),
        ("Plan!$A$1:Plan!$B$2", "New!$A$1:New!$B$2"),
        ("Plan!first:Plan!last", "New!first:New!last"),
        ("Plan!#REF!", "New!#REF!"),
        ("Plan!rate*2", "New!rate*2"),
        ("#Plan!A1", "#New!A1"),
        ("(Plan!A1,Plan!C1)", "(New!A1,New!C1)"),
        ("-Plan!A1%", "-New!A1%"),
        ("{1,2}*Plan!A1", "{1,2}*New!A1"),
    ],
)
def test_a_reference_to_the_sheet_moves(formula, expected):
    assert references.moved(formula, "Plan", "New!") == expected


@pytest.mark.parametrize(
    "formula",
    [
        "Plans!A1",
        "My.Plan!A1",
        "'My Plan'!A1",
        "[1]Plan!A1",
        "'[Book.xlsx]Plan'!A1",
        "'C:\\folder\\[Book.xlsx]Plan'!A1",
        '"Plan!A1"',
        'INDIRECT("Plan!A1")',
        '"say ""Plan!A1"" aloud"',
        "Jan:Plan!A1",
        "Plan:Mar!A1",
        "'Plan:Mar 2'!A1",
        "#REF!A1",
        "Plan",
        "Table[Plan!]",
        "Table['[Plan!A1]",
    ],
)
def test_what_only_looks_like_a_reference_to_the_sheet_stays(formula):
    assert references.moved(formula, "Plan", "New!") == formula


def test_a_quoted_sheet_moves_whatever_its_name_holds():
    assert references.moved("'It''s (1)'!A1", "It's (1)", "'New one'!") == "'New one'!A1"


def test_a_cyrillic_sheet_moves():
    assert references.moved("План!A1+'Шаблон плана'!B2", "Шаблон плана", "Нева!") == "План!A1+Нева!B2"


def test_a_table_is_renamed_where_it_is_a_table():
    formula = 'SUM(Sales[Jan])+ROWS(sales)&"Sales"&Sales(1)+Sales!A1+Sales2[Jan]+Other[Sales]+x.Sales'
    expected = 'SUM(Sales_2[Jan])+ROWS(Sales_2)&"Sales"&Sales(1)+Sales!A1+Sales2[Jan]+Other[Sales]+x.Sales'
    assert references.moved(formula, "Plan", "New!", {"sales": "Sales_2"}) == expected


def test_the_sheets_of_a_formula_are_those_of_its_own_workbook():
    formula = "'My sheet'!A1+Plan!B1+Jan:Mar!C1+'Q 1:Q 2'!D1+[1]Other!E1+'[B.xlsx]X'!F1+\"Text!A1\""
    assert list(references.sheets(formula)) == ["My sheet", "Plan", "Jan", "Mar", "Q 1", "Q 2"]


def test_cells_are_not_names_but_what_lies_off_the_sheet_may_be():
    assert list(references.names('A1+$B$2:C3+XYZ1+rate+SUM(A:C)&"x"+1E5')) == ["XYZ1", "rate"]


def test_the_second_half_of_a_range_is_not_a_span_of_sheets():
    assert references.spans_renamed("A1:Plan!B2+Plan!first:Plan!last", "Plan", "X") == "A1:Plan!B2+Plan!first:Plan!last"


@pytest.mark.parametrize("sheet", ["Plan 1", "1st", "A1", "R1C1", "RC", "true", "a-b", "It's", "a,b", "", "C5"])
def test_a_name_that_a_formula_could_misread_stands_in_apostrophes(sheet):
    assert references.quoted(sheet) == "'" + sheet.replace("'", "''") + "'"


@pytest.mark.parametrize("sheet", ["Plan", "План", "Plan_1", "a.b", "ABCD1"])
def test_a_plain_name_stands_bare(sheet):
    assert references.quoted(sheet) == sheet


def test_quoting_and_moving_agree():
    for sheet in ("Plan", "Plan 1", "It's", "A1", "100%", "Jan, Feb", "План №1"):
        assert references.moved(references.quoted(sheet) + "!A1", sheet, "X!") == "X!A1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("B2", Area("", 2, 2, 2, 2)),
        ("$B$2:$C$9", Area("", 2, 2, 9, 3)),
        ("C9:B2", Area("", 2, 2, 9, 3)),
        ("Plan!B2", Area("Plan", 2, 2, 2, 2)),
        ("'Jan, Feb'!$AA$10", Area("Jan, Feb", 10, 27, 10, 27)),
        ("'[1]Plan'!A1", None),
        ("Jan:Mar!A1", None),
        ("$A:$B", None),
        ("rate", None),
        ("#REF!", None),
    ],
)
def test_an_area_is_read_from_its_address(text, expected):
    assert Area.parse(text) == expected


def test_a_union_is_all_areas_or_none():
    assert references.areas("('Jan, Feb'!$A$1,Plan!$B$1:$B$2)") == [
        Area("Jan, Feb", 1, 1, 1, 1),
        Area("Plan", 1, 2, 2, 2),
    ]
    assert references.areas("(Plan!$A$1,rate)") == []


def test_formulas_are_found_in_every_kind_of_part():
    text = (
        '<c r="A1"><f>F</f><v>F</v></c><f t="shared" si="0"/><formula>F</formula><x14:formula1><xm:f>F</xm:f>'
        "</x14:formula1><formula2>F</formula2><c15:sqref>F</c15:sqref><x:FmlaLink>F</x:FmlaLink>"
        '<hyperlink ref="A1" location="F" display="F"/><formControlPr fmlaLink="F" fmlaRange="F"/><sp textlink="F"/>'
    )
    changed = references.in_text(text, lambda formula: formula + "!")
    assert changed == text.replace(">F<", ">F!<").replace('="F"', '="F!"').replace("<v>F!", "<v>F").replace(
        'display="F!"', 'display="F"'
    )
