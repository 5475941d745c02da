"""Draws the sheet Functions: a small table; for every function what it does, how it is typed, what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from openpyxl.utils.cell import range_boundaries

from kam_xl.functions import FUNCTIONS, Function
from kam_xl.locale import Text
from kam_xl.plan.book_sheets import BookSheet
from kam_xl.plan.fields import Number
from kam_xl.template import style
from kam_xl.template.canvas import Canvas
from kam_xl.template.style import Look
from kam_xl.template.workbook.columns import CLIENTS
from kam_xl.template.workbook.data_sheets import CALCULATED_INK
from kam_xl.template.workbook.draft import Draft, Rows, calculated

WIDTHS = {"A": 24, "B": 16, "C": 16, "D": 16, "E": 16, "F": 16, "G": 16, "H": 16}
ALL, LETTERS = "A:H", "BCDEFGH"
INSTRUCTION = Text(
    "Examples over the small table below: change a number and see. In your own sheets use the columns of the client "
    "table, for example {example}. Formulas are shown as you type them; blue cells are answers."
)
FIELDS = ("client", "revenue", "procurement_budget", "competitor_revenue", "sales_plan", "reference", "expertise")
SAMPLE: tuple[tuple[Any, ...], ...] = (
    ("Nordwerk", 600, 1000, 250, 650, True, None),
    ("Alfa", 90, 1500, 1200, 120, None, None),
    ("Beta", 210, 300, 60, 200, None, True),
    ("Gamma", 80, 120, None, 80, None, None),
    ("Delta", 20, 700, 500, 50, True, True),
)
_DATA = Look(size=10, wrap=False)


class Example(NamedTuple):
    """A call: arguments as they are typed, over the sample; `shape` is rows and columns of the answer."""

    arguments: tuple[str, ...]
    number: Number = Number.TEXT
    shape: tuple[int, int] = (1, 1)
    heads: tuple[Text, ...] = ()


# {revenue} is the first client's cell, {revenues} the column; {table} is the sample with its titles.
_LANG = "kam_set_language"
EXAMPLES: Mapping[str, Example] = {
    "KAM_PENETRATION": Example(("{revenue}", "{procurement_budget}"), Number.SHARE),
    "KAM_REVENUE_SHARE": Example(("{revenue}", "{revenues}"), Number.SHARE),
    "KAM_COMPETITOR_SHARE": Example(("{competitor_revenue}", "{procurement_budget}"), Number.SHARE),
    "KAM_HEADROOM": Example(("{revenue}", "{procurement_budget}"), Number.MONEY),
    "KAM_CLASSIFY": Example(
        ("{revenue}", "{revenues}", "{procurement_budget}", "", "{reference}", "{expertise}", "", "kam_settings")
    ),
    "KAM_STATUS": Example(("{revenue}", "{revenues}", "{sales_plan}", "{sales_plans}", "kam_settings")),
    "KAM_POSITION": Example(("KAM_PENETRATION({revenue},{procurement_budget})", "kam_settings")),
    "KAM_POTENTIAL": Example(("{procurement_budget}", "{procurement_budgets}", "kam_settings")),
    "KAM_STRATEGY": Example(
        (
            "KAM_POSITION(KAM_PENETRATION({revenue},{procurement_budget}),kam_settings)",
            "KAM_POTENTIAL({procurement_budget},{procurement_budgets},kam_settings)",
            _LANG,
        )
    ),
    "KAM_IS_KEY": Example(("{client}", "{table}", "TRUE", "kam_settings")),
    "KAM_EXPLAIN": Example(("{client}", "{table}", "kam_settings")),
    "KAM_TABLE": Example(
        ("{table}", '"rank, position, potential, status, strategy"', "kam_settings"),
        shape=(len(SAMPLE) + 1, 5),
    ),
    "KAM_TARGET": Example(
        ("{procurement_budget}", "0.1", "0.3", "3", "0.05"),
        Number.MONEY,
        (4, 4),
        (Text("Year"), Text("Procurement budget"), Text("Penetration index"), Text("Revenue")),
    ),
    "KAM_PLAN_FACT": Example(("{sales_plan}", "{revenue}", "TRUE"), Number.SHARE),
    "KAM_PLAN_GAP": Example(("700", "{sales_plan}"), Number.MONEY),
    "KAM_HHI": Example(("{revenues}",), Number.INDEX),
    "KAM_TOP_SHARE": Example(("{revenues}", "1"), Number.SHARE),
    "KAM_ABC": Example(("{revenues}",), shape=(len(SAMPLE), 1)),
}


class Sample:
    """The small table: where its columns stand, and the values that formulas find there."""

    def __init__(self, top: int) -> None:
        self.top, self.bottom = top, top + len(SAMPLE)
        self._columns = dict(zip(FIELDS, "ABCDEFG", strict=True))

    def places(self) -> dict[str, str]:
        """What stands for braces in an example."""
        found = {"table": f"$A${self.top}:$G${self.bottom}"}
        for field, column in self._columns.items():
            found[field] = f"{column}{self.top + 1}"
            found[f"{field}s"] = f"${column}${self.top + 1}:${column}${self.bottom}"
        return found

    def value(self, area: str, titles: Sequence[str]) -> Any:
        """What an address stands for."""
        left, top, right, bottom = range_boundaries(area)
        lines: Rows = [list(titles), *map(list, SAMPLE)]
        block = [line[left - 1 : right] for line in lines[top - self.top : bottom - self.top + 1]]
        return block if ":" in area else block[0][0]


def add_functions(draft: Draft) -> None:
    """Add the sheet."""
    canvas = draft.canvas(BookSheet.FUNCTIONS)
    canvas.widths(WIDTHS)
    canvas.line(ALL, BookSheet.FUNCTIONS.label, style.TITLE, 34)
    revenue, budget = _title(draft, "revenue"), _title(draft, "procurement_budget")
    example = _typed(draft, f"=KAM_PENETRATION(Clients[@[{revenue}]],Clients[@[{budget}]])")
    canvas.line(ALL, Text(INSTRUCTION.message, example=example), style.NOTE._replace(size=10, vertical="center"), 40)
    canvas.sheet.freeze_panes = f"A{canvas.row}"
    sample = _sample(draft, canvas)
    for function in FUNCTIONS.values():
        canvas.gap(10)
        _function(draft, canvas, function, sample)
    canvas.page(f"A1:H{canvas.row - 1}")


def _title(draft: Draft, field: str) -> str:
    return draft.say(next(column.title for column in CLIENTS if column.field == field))


def _sample(draft: Draft, canvas: Canvas) -> Sample:
    sample = Sample(canvas.row)
    numbers = {column.field: column.number for column in CLIENTS}
    for letter, field in zip("ABCDEFG", FIELDS, strict=True):
        side = "right" if numbers[field] == Number.MONEY else "left"
        canvas.write(letter, _title(draft, field), style.COLUMN_HEAD._replace(size=9, horizontal=side))
    canvas.height(28)
    canvas.row += 1
    yes = draft.say(Text("Yes"))
    for line in SAMPLE:
        for letter, field, value in zip("ABCDEFG", FIELDS, line, strict=True):
            side = "right" if numbers[field] == Number.MONEY else "left"
            fill = "" if field == "client" else style.ENTRY_FILL
            look = _DATA._replace(edge="below", fill=fill, horizontal=side)
            canvas.write(letter, yes if value is True else value, look, numbers[field])
        canvas.row += 1
    return sample


def _function(draft: Draft, canvas: Canvas, function: Function, sample: Sample) -> None:
    """Its signature, what it does, its arguments, an example with its answer."""
    signature = function.signature("; " if draft.lang == "ru" else ", ")
    canvas.line(ALL, signature, style.HEADING, 20)
    canvas.line(ALL, function.text, style.TEXT, _height(draft.say(function.text), 145))
    arguments = "\n".join(f"{each.name} – {draft.say(each.text)}" for each in function.arguments)
    lines = sum(-(-len(line) // 165) for line in arguments.splitlines())
    canvas.line(ALL, arguments, style.NOTE, 12 * lines + 3)
    example = EXAMPLES.get(function.name)
    if example:
        _example(draft, canvas, function, example, sample)


def _height(text: str, width: int) -> float:
    return 14.0 * -(-len(text) // width) + 3


def _example(draft: Draft, canvas: Canvas, function: Function, example: Example, sample: Sample) -> None:
    arguments = [argument.format_map(sample.places()) for argument in example.arguments]
    formula = f"={function.name}({','.join(arguments)})"
    canvas.write("A", Text("Example"), style.LABEL)
    cell = canvas.write("B:H", None, Look(10, ink=style.INK, wrap=True, fill="F4F6F8", edge="box"))
    canvas.sheet[cell].value = _typed(draft, formula)
    canvas.sheet[cell].data_type = "s"  # the formula as a text
    canvas.height(16 if len(formula) < 105 else 30)
    canvas.row += 1
    answer = _answer(draft, function.name, arguments, sample)
    rows, columns = example.shape
    if example.heads:
        for letter, head in zip(LETTERS, example.heads, strict=False):
            canvas.write(letter, head, style.TABLE_HEAD._replace(horizontal="right"))
        canvas.height(26)
        canvas.row += 1
    _draw_answer(draft, canvas, formula, example, answer if rows * columns > 1 else [[answer]])


def _draw_answer(draft: Draft, canvas: Canvas, formula: str, example: Example, answer: Rows) -> None:
    rows, columns = example.shape
    alone, top = rows * columns == 1, canvas.row
    sentence = alone and isinstance(answer[0][0], str)
    side = "left" if example.number == Number.TEXT else "right"
    look = Look(10, bold=alone, ink=CALCULATED_INK, edge="below", wrap=alone, horizontal=side)
    canvas.write("A", Text("Answer"), style.LABEL)
    for _row in range(rows):
        for letter in LETTERS[:columns]:
            canvas.write(f"{letter}:H" if sentence else letter, None, look, _number_of(example, letter))
        canvas.height(_height(answer[0][0], 105) if sentence else 15)
        canvas.row += 1
    if alone:
        draft.formula(canvas, f"B{top}", formula, answer[0][0])
    else:
        draft.array(canvas, f"B{top}:{LETTERS[columns - 1]}{canvas.row - 1}", formula, answer)


def _number_of(example: Example, letter: str) -> Number:
    if example.heads:  # a trajectory: year, budget, penetration, revenue
        return {"B": Number.COUNT, "D": Number.SHARE}.get(letter, Number.MONEY)
    return example.number


_CALL = re.compile(r"(KAM_\w+)\((.*)\)", re.DOTALL)


def _answer(draft: Draft, name: str, arguments: Sequence[str], sample: Sample) -> Any:
    return calculated(name, *[_value(draft, argument, sample) for argument in arguments])


def _value(draft: Draft, argument: str, sample: Sample) -> Any:
    """What an argument of an example is."""
    if call := _CALL.fullmatch(argument):
        return _answer(draft, call[1], list(_split(call[2])), sample)
    if argument.startswith('"'):
        return argument.strip('"')
    if argument in ("", "kam_settings", "kam_set_language"):
        return {"": None, "kam_settings": [["language", draft.lang]], "kam_set_language": draft.lang}[argument]
    if argument == "TRUE":
        return True
    if argument[0].isdigit():
        return float(argument)
    return sample.value(argument.replace("$", ""), [_title(draft, field) for field in FIELDS])


def _split(arguments: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, character in enumerate(arguments):
        depth += (character == "(") - (character == ")")
        if character == "," and not depth:
            yield arguments[start:at]
            start = at + 1
    yield arguments[start:]


def _typed(draft: Draft, formula: str) -> str:
    """A formula as a person types it in this language: Russian programs want semicolons and decimal commas."""
    if draft.lang != "ru":
        return formula
    parts = formula.split('"')
    parts[::2] = map(_in_russian, parts[::2])
    return '"'.join(parts)


def _in_russian(part: str) -> str:
    decimals = re.sub(r"(?<=\d)\.(?=\d)", "\0", part)
    return decimals.replace(",", ";").replace("\0", ",").replace("TRUE", "ИСТИНА")
