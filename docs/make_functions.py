"""Writes functions.md and functions_ru.md from the table of functions: ``python docs/make_functions.py [FOLDER]``.

Examples are those of the docstrings; what they give, and the error that each bad input gives, is computed here.
"""

from __future__ import annotations

import ast
import doctest
import inspect
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from functions_words import INTRO, REMARKS, SPEECHES, Speech, words_of_examples

from kam_xl.functions import ERRORS, FUNCTIONS, Function
from kam_xl.functions.answers import COLUMNS, DEFAULT
from kam_xl.functions.arguments import rows
from kam_xl.functions.options import default_language
from kam_xl.locale import LANGUAGES, language_named

PAGES = {lang: f"functions{language_named(lang).suffix}.md" for lang in LANGUAGES}
BAD_INPUTS = (None, "xyz", -1.0, "#DIV/0!")
_LONG = 40


def main(folder: Path) -> None:
    """Write both pages."""
    for lang, name in PAGES.items():
        (folder / name).write_text(page(lang), "utf-8")


def page(lang: str) -> str:
    """The whole page in one language, which is also the one that a left out language comes to."""
    os.environ["LC_ALL"] = f"{lang}.UTF-8"
    default_language.cache_clear()
    speech = SPEECHES[lang]
    parts = [f"# {speech.words['title']}", INTRO[lang].rstrip()]
    parts.append(
        "\n".join(f"- [{each.name}](#{each.name.lower()}): {each.text.render(lang)}" for each in FUNCTIONS.values())
    )
    parts += [entry(each, lang) for each in FUNCTIONS.values()]
    parts += [f"## {speech.words['columns']}", table_columns(lang)]
    return "\n\n".join(parts) + "\n"


def entry(function: Function, lang: str) -> str:
    """What the page says of a function."""
    speech, given = SPEECHES[lang], list(examples(function, lang))
    remark = REMARKS.get(function.name)
    return "\n\n".join(
        [
            f"## {function.name}",
            f"`={function.signature(speech.separator)}`",
            function.text.render(lang),
            *([remark[lang]] if remark else []),
            arguments(function, lang),
            *(shown(function, each, speech) for each in given),
            speech.words["bad"],
            bad_inputs(function, given[0], speech),
        ]
    )


def arguments(function: Function, lang: str) -> str:
    """The table of arguments."""
    words = SPEECHES[lang].words
    lines = [
        [f"`{each.name}`", each.text.render(lang), words["yes"] if each.optional else ""] for each in function.arguments
    ]
    return markdown([words["argument"], words["meaning"], words["optional"]], lines)


def examples(function: Function, lang: str) -> Iterator[list[Any]]:
    """The arguments of the calls in a docstring, in the page's language."""
    known: dict[str, Any] = {}
    for example in doctest.DocTestParser().get_examples(str(inspect.getdoc(function.call))):
        for node in ast.walk(ast.parse(example.source)):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                known[node.targets[0].id] = ast.literal_eval(node.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function.name:
                given = [known[each.id] if isinstance(each, ast.Name) else ast.literal_eval(each) for each in node.args]
                yield [translated(each, lang) for each in given]


def translated(value: Any, lang: str) -> Any:
    """An argument of an example with its words in the page's language."""
    if isinstance(value, list):
        return [translated(each, lang) for each in value]
    if value == LANGUAGES[0]:
        return lang
    return words_of_examples(lang).get(value, value) if isinstance(value, str) else value


def shown(function: Function, given: Sequence[Any], speech: Speech) -> str:
    """An example: the formula with its answer, or a small sheet where it uses ranges."""
    answer = function.call(*given)
    blocks = {place: rows(each) for place, each in enumerate(given) if isinstance(each, list)}
    references, letter = {}, ord("A")
    for place, block in blocks.items():
        last = chr(letter + len(block[0]) - 1)
        references[place] = f"{chr(letter)}1:{last}{len(block)}"
        letter += len(block[0])
    typed = [references.get(place, speech.literal(each)) for place, each in enumerate(given)]
    formula = f"`={function.name}({speech.separator.join(typed)})`"
    if not blocks and not isinstance(answer, list):
        return f"{formula} {speech.words['gives']} `{speech.cell(answer)}`"
    inputs = list(blocks.values())
    return f"{formula} {speech.words['gives']}\n\n{sheet(inputs, rows(answer), letter, speech)}"


def sheet(inputs: Sequence[list[list[Any]]], answer: list[list[Any]], after: int, speech: Speech) -> str:
    """The ranges of an example side by side, the answer last."""
    letters = [chr(each) for each in range(ord("A"), after)]
    height = max(map(len, [*inputs, answer]))
    lines = []
    for row in range(height):
        cells = [cell for block in inputs for cell in (block[row] if row < len(block) else [None] * len(block[0]))]
        cells += answer[row] if row < len(answer) else [None] * len(answer[0])
        lines.append([str(row + 1), *map(speech.cell, cells)])
    titles = ["", *letters, speech.words["answer"], *[""] * (len(answer[0]) - 1)]
    return markdown(titles, lines)


def bad_inputs(function: Function, given: Sequence[Any], speech: Speech) -> str:
    """What comes out when one argument of an example is bad."""
    words = speech.words
    whole = [*given, *[None] * (len(function.arguments) - len(given))]
    usual = function.call(*whole)
    lines = []
    for place, argument in enumerate(function.arguments):
        answers = (function.call(*whole[:place], bad, *whole[place + 1 :]) for bad in BAD_INPUTS)
        lines.append([f"`{argument.name}`", *(in_words(each, usual, speech) for each in answers)])
    return markdown([words["argument"], words["blank"], words["text"], words["negative"], words["error"]], lines)


def in_words(answer: Any, usual: Any, speech: Speech) -> str:
    """An answer in few words."""
    if answer == usual:
        return speech.words["same"]
    cells = dict.fromkeys(cell for row in rows(answer) for cell in row)
    if cells.keys() <= ERRORS.keys():
        return ", ".join(f"`{each}`" for each in cells)
    if isinstance(answer, list):
        return speech.words["other"]
    text = speech.cell(answer)
    return speech.words["sentence"] if len(text) > _LONG else f"`{text}`"


def table_columns(lang: str) -> str:
    """What KAM_TABLE can answer."""
    words = SPEECHES[lang].words
    lines = [
        [f"`{code}`", column.title.render(lang), words["yes"] if code in DEFAULT else ""]
        for code, column in COLUMNS.items()
    ]
    return markdown([words["code"], words["column"], words["usual"]], lines)


def markdown(titles: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A table."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (titles, ["---"] * len(titles), *lines))


if __name__ == "__main__":
    if missing := set(LANGUAGES) - (set(SPEECHES) & set(INTRO)):
        sys.exit(f"docs/functions_words.py: SPEECHES, INTRO and REMARKS need texts in {', '.join(sorted(missing))}")
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
