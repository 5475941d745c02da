import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kam_xl.functions
from kam_xl.functions import ERRORS, FUNCTIONS, Argument, Example, Function
from kam_xl.functions.registry import function
from kam_xl.locale import LANGUAGES, Text

ROOM = Path(kam_xl.functions.__file__).parent


def test_every_module_that_makes_functions_enters_them_into_the_table():
    making = {path.stem for path in ROOM.glob("*.py") if re.search(r"^@function\(", path.read_text("utf-8"), re.M)}
    entered = {each.call.__module__.rpartition(".")[2] for each in FUNCTIONS.values()}
    assert making == entered, f"import {', '.join(making - entered)} in kam_xl/functions/__init__.py"


@pytest.mark.parametrize("each", FUNCTIONS.values(), ids=lambda each: each.name)
class TestEveryFunction:
    def test_its_texts_fit_the_function_wizard(self, each):
        texts = [text.render(lang) for text in (each.text, *(a.text for a in each.arguments)) for lang in LANGUAGES]
        assert [text for text in texts if not 0 < len(text) <= 255 or "\n" in text] == []

    def test_its_arguments_fit_the_function_wizard(self, each):
        assert len(", ".join(argument.name for argument in each.arguments)) <= 250

    def test_what_may_be_left_out_comes_last(self, each):
        optional = [argument.optional for argument in each.arguments]
        assert optional == sorted(optional)

    def test_settings_and_language_are_the_last_arguments(self, each):
        names = [argument.name for argument in each.arguments]
        last = [name for name in names if name in ("settings", "language")]
        assert names[len(names) - len(last) :] == last == sorted(last, reverse=True)

    def test_blank_cells_alone_give_an_error_and_never_nothing(self, each):
        answer = each.call(*[None] * len(each.arguments))
        assert answer in ERRORS or each.name == "KAM_EXPLAIN"
        assert answer is not None

    def test_an_error_in_its_first_argument_comes_through(self, each):
        needed = [argument.name for argument in each.arguments if not argument.optional]
        table = [["Client", "Revenue"], ["Alfa", 5.0]]
        assert each.call("#REF!", *(table if name == "table" else 1.0 for name in needed[1:])) == "#REF!"

    def test_its_docstring_has_an_example(self, each):
        assert f"{each.name}(" in inspect.getdoc(each.call).partition(">>> ")[2]

    def test_its_example_gives_no_more_arguments_than_it_has(self, each):
        assert 0 < len(each.example.arguments) <= len(each.arguments)


def test_a_function_enters_the_table_with_what_may_be_left_out(monkeypatch):
    monkeypatch.setattr("kam_xl.functions.registry.FUNCTIONS", table := {})

    @function(Text("Adds."), example := Example(("1", "2")), each_cell=True, a=Text("One."), b=Text("Other."))
    def KAM_ADD(a, b=None):  # noqa: N802
        """Adds.

        >>> KAM_ADD(1, 2)
        3
        """
        return a if b is None else a + b

    arguments = Argument("a", Text("One.")), Argument("b", Text("Other."), optional=True)
    assert table["KAM_ADD"] == Function("KAM_ADD", KAM_ADD, Text("Adds."), arguments, example, cell_by_cell=True)
    assert table["KAM_ADD"].signature() == "KAM_ADD(a, [b])"


def test_every_argument_needs_its_text():
    def rule(a, b):
        return a

    with pytest.raises(TypeError, match=r"rule in .*test_registry: @function must give a text .* \(b\)"):
        function(Text("Adds."), Example(("1",)), a=Text("One."))(rule)


def test_every_function_needs_an_example():
    with pytest.raises(TypeError, match="its docstring needs an example, >>> <lambda>"):
        function(Text("Adds."), Example(("1",)), a=Text("One."))(lambda a: a)


def test_the_functions_need_the_standard_library_only():
    code = (
        "import sys\n"
        "outside = ['pandas', 'numpy', 'openpyxl', 'python_calamine', 'pyarrow', 'xlwings', 'typer']\n"
        "sys.modules.update(dict.fromkeys(outside))\n"
        "from kam_xl.functions import FUNCTIONS\n"
        "assert 'kam_xl.table' not in sys.modules\n"
        "table = [['Client', 'Revenue'], ['Alfa', 5.0]]\n"
        "assert FUNCTIONS['KAM_TABLE'].call(table, 'rank') [1] == (1,)\n"
        "assert FUNCTIONS['KAM_EXPLAIN'].call('Alfa', table, None, 'ru').startswith('Выручка')\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-X", "utf8", "-c", code], check=True)


def test_an_example_answers_in_a_known_kind():
    def rule(a):
        """Twice.

        >>> rule(1)
        2
        """
        return a

    with pytest.raises(TypeError, match=r"its Example answers one of text, .*, not amount"):
        function(Text("Doubles."), Example(("1",), "amount"), a=Text("One."))(rule)
