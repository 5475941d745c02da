"""Formulas read and written in the words of Excel."""

import pytest

from kam_xl.engines.errors import UnsupportedError

pytestmark = pytest.mark.slow

FORMS = [
    "=SUM(A1:B2,3)",
    "=-A1^2*10%",
    "=SUM(A:A)+SUM(1:3)",
    '=IF(A1>=0.5,"да; ""x""",TRUE)',
    "=Clients!A1*2",
    "=SUM('Мой ''лист'' А'!$A$1:B2)",
    "=rate*2",
    "=SUM({1,2;3,4})",
    "=SUM((A1:A2,B1:B2))",
    "=XLOOKUP(1,A:A,B:B)",
    '=TEXTJOIN(",",TRUE,A1:A3)',
    "=NORM.DIST(1,2,3,FALSE)",
    "=CEILING(A1,2)+ERROR.TYPE(NA())",
    "=EOMONTH(A1,1)",
    "=IFERROR(A1/B1,#N/A)",
    "=IF(A1,#REF!,1)",
    "=HYPERLINK(\"#'Nordwerk''s'!A1\",\"Plan\")",
    "=SUM(Sales[Revenue])",
    "=COUNTA(Sales[#Headers])",
    '=COUNTIFS(A:A,">=1")',
    "=TODAY()",
    "=VLOOKUP(A1,Clients!$A:$B,2,0)",
    "=KAM_UNKNOWN(A1,B1)",
]


@pytest.fixture
def prepared(book):
    for name in ("Мой 'лист' А", "Clients"):
        book.sheets.add(name, after=book.sheets[-1])
    book.names.add("rate", "=Clients!$C$1")
    sheet = book.sheets["Clients"]
    sheet["E1"].value = [["Client", "Revenue"], ["a", 1], ["b", 2]]
    sheet.tables.add(sheet["E1:F3"], name="Sales")
    return book.sheets[0]


@pytest.mark.parametrize("formula", FORMS)
def test_a_formula_comes_back_as_it_was_written(prepared, formula):
    prepared["D4"].formula = formula
    assert prepared["D4"].formula == formula


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(Sales[Revenue])", 3),
        ("=SUM({1,2;3,4})", 10),
        ('=TEXTJOIN("-",TRUE,"a","b")', "a-b"),
        ("=IFERROR(#N/A,7)", 7),
        ("=SUM((Clients!F2,Clients!F3))", 3),
        ("=CEILING(2.5,1)", 3),
        ("=TRUE", True),
    ],
)
def test_a_formula_calculates(prepared, formula, value):
    prepared["D4"].formula = formula
    assert prepared["D4"].value == value


def test_this_row_is_the_row_of_the_cell(prepared):
    clients = prepared.book.sheets["Clients"]
    clients["G2"].value = [["=Sales[[#This Row],[Revenue]]*10"], ["=Sales[[#This Row],[Revenue]]*10"]]
    assert clients["G2:G3"].value == [10, 20]
    assert clients["G3"].formula == "=Sales[[#This Row],[Revenue]]*10"


def test_an_array_formula(prepared):
    prepared["A1:A3"].value = [[1], [2], [3]]
    prepared["C1:C3"].formula_array = "=A1:A3*2"
    assert (prepared["C1:C3"].value, prepared["C2"].formula_array) == ([2, 4, 6], "=A1:A3*2")


def test_number_formats_are_those_of_excel(prepared):
    for code in ("#,##0.00", "0.0%", "General", "@", '#,##0 "₽"'):
        prepared["A1"].number_format = code
        assert prepared["A1"].number_format == code


def test_what_is_not_there_is_refused_by_name(prepared):
    with pytest.raises(UnsupportedError, match=r"Calc engine does not support Sheet\.pictures"):
        _ = prepared.pictures
