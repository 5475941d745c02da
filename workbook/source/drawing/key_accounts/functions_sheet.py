"""Draws the sheet Functions: a small table; for every function what it does, how it is typed, what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.pagebreak import Break

from drawing import style
from drawing.canvas import Canvas
from drawing.key_accounts.columns import CLIENTS
from drawing.key_accounts.data_sheets import CALCULATED_INK
from drawing.key_accounts.draft import Draft, Rows, calculated
from drawing.style import Look
from kam_xl.functions import FUNCTIONS, Example, Function
from kam_xl.locale import Text, language_named
from kam_xl.locale.languages import Language
from kam_xl.plan.book_sheets import BookSheet
from kam_xl.plan.fields import Number

WIDTHS = {"A": 24, "B": 16, "C": 16, "D": 16, "E": 16, "F": 16, "G": 16, "H": 16}
ALL, LETTERS = "A:H", "BCDEFGH"
ASIDE = dict(zip(LETTERS, "LMNOPQR", strict=True))
"""Where calls of LAMBDA names stand."""
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
_PAGE = 960  # points of rows on a page of A4, as wide as the sheet; a function stands on one page


class Sample:
    """The small table: where its columns stand, and the values that formulas find there."""

    def __init__(self, top: int) -> None:
        self.top, self.bottom = top, top + len(SAMPLE)
        self._columns = dict(zip(FIELDS, "ABCDEFG", strict=True))

    def places(self) -> dict[str, str]:
        """What stands for braces in an example."""
        places = {"table": f"$A${self.top}:$G${self.bottom}"}
        for field, column in self._columns.items():
            places[field] = f"{column}{self.top + 1}"
            places[f"{field}s"] = f"${column}${self.top + 1}:${column}${self.bottom}"
        return places

    def value(self, area: str, titles: Sequence[str]) -> Any:
        """What an address stands for."""
        left, top, right, bottom = range_boundaries(area)
        lines: Rows = [list(titles), *map(list, SAMPLE)]
        block = [line[left - 1 : right] for line in lines[top - self.top : bottom - self.top + 1]]
        return block if ":" in area else block[0][0]


def add_functions(draft: Draft, functions: Mapping[str, Function] = FUNCTIONS) -> None:
    """Add the sheet with the functions that the workbook has."""
    canvas = draft.canvas(BookSheet.FUNCTIONS)
    canvas.widths(WIDTHS)
    canvas.line(ALL, BookSheet.FUNCTIONS.label, style.TITLE, 34)
    revenue, budget = _title(draft, "revenue"), _title(draft, "procurement_budget")
    example = _typed(draft, f"=KAM_PENETRATION(Clients[@[{revenue}]],Clients[@[{budget}]])")
    canvas.line(ALL, Text(INSTRUCTION.message, example=example), style.NOTE._replace(size=10, vertical="center"), 40)
    canvas.sheet.freeze_panes = f"A{canvas.row}"
    sample = _sample(draft, canvas)
    room = _PAGE - _high(canvas, 1)
    for function in functions.values():
        top = canvas.row
        canvas.gap(10)
        _function(draft, canvas, function, sample)
        if (room := room - _high(canvas, top)) < 0:
            canvas.sheet.row_breaks.append(Break(id=top))
            room = _PAGE - _high(canvas, top)
    if draft.lambdas:
        for letter in ASIDE.values():
            canvas.sheet.column_dimensions[letter].hidden = True
    canvas.page(f"A1:H{canvas.row - 1}")


def _high(canvas: Canvas, top: int) -> float:
    """How high the rows from `top` on are, in points."""
    return sum(canvas.sheet.row_dimensions[row].height or 15 for row in range(top, canvas.row))


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
    signature = function.signature(language_named(draft.lang).list_separator + " ")
    canvas.line(ALL, signature, style.HEADING, 20)
    canvas.line(ALL, function.text, style.TEXT, _height(draft.say(function.text), 145))
    arguments = "\n".join(f"{each.name} – {draft.say(each.text)}" for each in function.arguments)
    lines = sum(-(-len(line) // 165) for line in arguments.splitlines())
    canvas.line(ALL, arguments, style.NOTE, 12 * lines + 3)
    _example(draft, canvas, function, sample)


def _height(text: str, width: int) -> float:
    return 14.0 * -(-len(text) // width) + 3


def _example(draft: Draft, canvas: Canvas, function: Function, sample: Sample) -> None:
    example = function.example
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
    """The answer, cell by cell. LibreOffice without our functions keeps the values of plain formulas that give numbers
    or texts, and calculates all others at once: so of a range each cell takes its own part, and a truth is a text."""
    rows, columns = example.shape
    alone, top = rows * columns == 1, canvas.row
    sentence = alone and isinstance(answer[0][0], str)
    side = "left" if example.number == Number.TEXT.value else "right"
    look = Look(10, bold=alone, ink=CALCULATED_INK, edge="below", wrap=alone, horizontal=side)
    canvas.write("A", Text("Answer"), style.LABEL)
    for _row in range(rows):
        for letter in LETTERS[:columns]:
            wide = sentence or (side == "left" and 1 < columns == LETTERS.index(letter) + 1)  # the last column of texts
            canvas.write(
                f"{letter}:H" if wide else letter, None, look._replace(shrink=not alone), _number_of(example, letter)
            )
        canvas.height(_height(answer[0][0], 105) if sentence else 15)
        canvas.row += 1
    for row, line in enumerate(answer, start=1):
        for letter, column, value in zip(LETTERS, range(1, columns + 1), line, strict=False):
            part = formula if alone else f"=INDEX({formula[1:]},{row},{column})"
            if isinstance(value, bool):
                language = language_named(draft.lang)
                yes, no = language.true, language.false
                part, value = f'=IF({part[1:]},"{yes}","{no}")', yes if value else no
            number = top + row - 1
            draft.answer(canvas, f"{letter}{number}", part, value, f"{ASIDE[letter]}{number}")


def _number_of(example: Example, letter: str) -> Number:
    numbers = example.number.split(", ")
    return Number(numbers[min(LETTERS.index(letter), len(numbers) - 1)])


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
    """A formula as a user types it in this language: with its separators, its decimal mark and its word for TRUE."""
    language = language_named(draft.lang)
    parts = formula.split('"')
    parts[::2] = (_localised(part, language) for part in parts[::2])
    return '"'.join(parts)


def _localised(part: str, language: Language) -> str:
    decimals = re.sub(r"(?<=\d)\.(?=\d)", "\0", part)
    separated = decimals.replace(",", language.list_separator).replace("\0", language.decimal_mark)
    return separated.replace("TRUE", language.true)
