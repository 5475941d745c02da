"""The functions behind the real `xlwings.udfs`, as far as it goes without Excel: see `excel_server`."""

import ast
import doctest
import inspect
import sys
from datetime import date
from pathlib import Path

import pytest
from python_calamine import load_workbook

from kam_xl.functions import FUNCTIONS
from kam_xl.functions.answers import COLUMNS
from kam_xl.functions.arguments import rows
from kam_xl.locale import LANGUAGES, system_language

pytestmark = pytest.mark.skipif(sys.version_info < (3, 11), reason="the library that Excel loads wants Python 3.11")

EXAMPLES = Path(__file__).parents[2] / "examples"

OMITTED = {"omitted": True}
NA, DIV0, SPILL = ({"error": number} for number in (-2146826246, -2146826281, -2146826243))
TABLE = [
    ["Client ID", "Client", "Revenue", "Budget", "Reference"],
    [1, "Nordwerk", 60, 100, None],
    [2, "Alfa", 5, 900, "yes"],
    [3, "Beta", 35, None, None],
]
# What a cell reference, an array and a cell alone come to is the same.
FORMS = {"array": lambda cells: cells, "range": lambda cells: {"range": cells}}


# Each function as Excel calls it, all of its arguments given, left out ones too; and what the cells get.
CALLS = {
    "KAM_PENETRATION": ([30, 120], [[0.25]]),
    "KAM_REVENUE_SHARE": ([{"range": [[10], [30]]}, OMITTED], [[0.25], [0.75]]),
    "KAM_COMPETITOR_SHARE": ([{"range": [[30, 60]]}, 120], [[0.25, 0.5]]),
    "KAM_HEADROOM": ([{"currency": "30"}, {"integer": 120}], [[90]]),
    "KAM_CLASSIFY": ([12, 100, None, OMITTED, True, 0, OMITTED, OMITTED, "en"], [["Revenue, Reference"]]),
    "KAM_STATUS": ([10, 1000, OMITTED, OMITTED, OMITTED, "ru"], [["Актуальный"]]),
    "KAM_POSITION": ([{"range": 0.5}, {"range": [["position_strong_from", 0.6]]}, "en"], [["Medium"]]),
    "KAM_POTENTIAL": (
        [{"range": [[10], [20], [None]]}, OMITTED, OMITTED, OMITTED, "en"],
        [["Medium"], ["High"], ["#N/A"]],
    ),
    "KAM_STRATEGY": (["Strong", "Высокий", OMITTED, "en"], [["Defend and extend"]]),
    "KAM_IS_KEY": (
        [{"range": [[1], ["alfa"], ["Delta"]]}, {"range": TABLE}, OMITTED, OMITTED],
        [[True], [True], ["#N/A"]],
    ),
    "KAM_EXPLAIN": (
        ["Beta", {"range": TABLE}, OMITTED, "en"],
        [
            [
                "Revenue: 35% of all revenue (35 of 100) is more than 10%. "
                "Current account: 35% of all revenue (35 of 100) is at least 1%. "
                "Protect the income: 35% of all revenue depends on this client. "
                "Watch contract dates, build a second circle of contacts, act as soon as revenue falls."
            ]
        ],
    ),
    "KAM_TABLE": (
        [{"range": TABLE}, "rank, criteria, position", OMITTED, "en"],
        [
            ["Rank", "Criteria met", "Position"],
            [1, "Revenue", "Strong"],
            [3, "Prospect, Reference", "Weak"],
            [2, "Revenue", "#N/A"],
        ],
    ),
    "KAM_TARGET": (
        [1000, 0.1, 0.3, 2, OMITTED, OMITTED, OMITTED, OMITTED],
        [[0, 1000, 0.1, 100], [1, 1000, pytest.approx(0.2), pytest.approx(200)], [2, 1000, 0.3, 300]],
    ),
    "KAM_PLAN_FACT": ([{"range": [[100, 100]]}, {"range": [[90, None]]}, True, OMITTED], [[-0.1, "#N/A"]]),
    "KAM_PLAN_GAP": ([100, {"range": [[30, 30, 30]]}, {"range": [[35, None, None]]}], [[5]]),
    "KAM_HHI": ([{"range": [[50], [50]]}, OMITTED], [[0.5]]),
    "KAM_TOP_SHARE": ([{"range": [[50], [30], [20]]}, {"range": [[1, 2]]}], [[0.5, 0.8]]),
    "KAM_ABC": ([{"range": [[80], [15], [5]]}, OMITTED, OMITTED], [["A"], ["B"], ["C"]]),
}


def of_docstring(function):
    """The arguments of the first call in a function's docstring, ranges as ranges."""
    for example in doctest.DocTestParser().get_examples(inspect.getdoc(function.call)):
        for node in ast.walk(ast.parse(example.source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function.name:
                given = [ast.literal_eval(each) for each in node.args]
                return [{"range": rows(each)} if isinstance(each, list) else each for each in given], given
    raise AssertionError(f"{function.name}: give its docstring a call with plain arguments")


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - CALLS.keys()))
def test_a_function_without_a_call_of_its_own_here_answers_as_its_docstring_says(excel, name):
    arguments, plain = of_docstring(FUNCTIONS[name])
    left_out = [OMITTED] * (len(FUNCTIONS[name].arguments) - len(arguments))
    assert excel([name, [*arguments, *left_out]]) == [rows(FUNCTIONS[name].call(*plain))]


def test_functions_answer_calls_from_excel(excel):
    given = excel(*[[name, arguments] for name, (arguments, _) in CALLS.items()])
    assert dict(zip(CALLS, given, strict=True)) == {name: answer for name, (_, answer) in CALLS.items()}


@pytest.mark.parametrize("form", FORMS)
class TestArguments:
    def test_a_column_a_row_and_a_block_keep_their_shape(self, excel, form):
        of = FORMS[form]
        shapes = [[[1], [2]], [[1, 2]], [[1, 2], [3, 4]]]
        assert excel(*[["KAM_PENETRATION", [of(cells), 4]] for cells in shapes]) == [
            [[0.25], [0.5]],
            [[0.25, 0.5]],
            [[0.25, 0.5], [0.75, 1.0]],
        ]

    def test_one_cell_is_a_scalar_in_any_form(self, excel, form):
        assert excel(["KAM_PENETRATION", [FORMS[form]([[30]]), FORMS[form]([[120]])]]) == [[[0.25]]]

    def test_what_is_in_a_cell_decides_what_comes_out(self, excel, form):
        cells = [[30], [None], [""], ["n/a"], ["text"], [True], [{"date": "2024-05-06"}], [{"currency": "30"}], [-1]]
        assert excel(["KAM_PENETRATION", [FORMS[form](cells), 120]]) == [
            [[0.25], ["#N/A"], ["#N/A"], ["#N/A"], ["#VALUE!"], ["#VALUE!"], ["#VALUE!"], [0.25], ["#NUM!"]]
        ]

    def test_errors_come_through_and_newer_ones_are_value_errors(self, excel, form):
        cells = [[NA], [DIV0], [SPILL], [30]]
        assert excel(["KAM_PENETRATION", [FORMS[form](cells), 120]]) == [[["#N/A"], ["#DIV/0!"], ["#VALUE!"], [0.25]]]

    def test_an_error_in_a_whole_column_is_the_answer(self, excel, form):
        assert excel(["KAM_HHI", [FORMS[form]([[50], [DIV0]]), OMITTED]]) == [[["#DIV/0!"]]]

    def test_a_table_with_dates_currency_and_errors(self, excel, form):
        table = [
            ["Client", "Revenue", "Budget", "Budget date"],
            ["Alfa", {"currency": "60"}, 100, {"date": "2020-05-06"}],
            ["Beta", DIV0, 100, None],
        ]
        (answer,) = excel(["KAM_TABLE", [FORMS[form](table), "penetration, arguments", OMITTED, "en"]])
        assert [row[0] for row in answer] == ["Penetration index", 0.6, "#N/A"]
        assert "dated 2020-05-06" in answer[1][1]


def test_scalars_of_every_kind(excel):
    scalars = [None, "", True, {"date": "2024-05-06"}, {"currency": "30"}, {"integer": 30}, DIV0, SPILL]
    assert excel(*[["KAM_PENETRATION", [cell, 120]] for cell in scalars]) == [
        [[answer]] for answer in ("#N/A", "#N/A", "#VALUE!", "#VALUE!", 0.25, 0.25, "#DIV/0!", "#VALUE!")
    ]


def test_no_answer_is_ever_empty_but_an_empty_text(excel):
    given = excel(*[[name, [None] * len(each.arguments)] for name, each in FUNCTIONS.items()])
    assert not [answer for answer in given for row in answer for cell in row if cell is None or cell == ""]


@pytest.fixture
def functions(excel):
    return excel.registered["functions"]


def example(lang):
    """A sheet of the example as a reference to it, and as plain cells."""
    sheet = load_workbook(str(EXAMPLES / f"clients_{lang}.xlsx")).get_sheet_by_index(0)
    cells = [[None if cell == "" else cell for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    as_excel = [[{"date": cell.isoformat()} if isinstance(cell, date) else cell for cell in row] for row in cells]
    return {"range": as_excel}, cells


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_whole_sheet_comes_to_the_functions_as_it_is(excel, lang):
    given, cells = example(lang)
    columns = [[*COLUMNS]]
    (answer,) = excel(["KAM_TABLE", [given, columns, OMITTED, lang]])
    assert answer == [*map(list, FUNCTIONS["KAM_TABLE"].call(cells, columns, None, lang))]
    assert [sum(1 for row in answer if row[place] is True) for place in (2, 3)] == [14, 7]  # key, within the limit


class TestRegistration:
    def test_the_whole_set_is_registered_under_its_category(self, functions):
        assert [each["name"] for each in functions] == list(FUNCTIONS)
        assert {(each["category"], each["volatile"]) for each in functions} == {("KAM", False)}

    def test_texts_are_those_of_the_table_of_functions(self, functions):
        lang = system_language()
        assert [(each["text"], each["arguments"]) for each in functions] == [
            (each.text.render(lang), {argument.name: argument.text.render(lang) for argument in each.arguments})
            for each in FUNCTIONS.values()
        ]

    def test_no_annotation_becomes_a_converter(self, functions):
        assert {converter for each in functions for converter in each["converters"]} == {"cells of kam_xl"}
