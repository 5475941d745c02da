"""What our sheets say in each language, cell by cell, for `kam_xl.template.wording`: all drawn, and compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from drawing import book as template_book
from drawing.key_accounts import book as key_accounts_book
from drawing.key_accounts.book import mark_of
from drawing.key_accounts.columns import CLIENTS, COMPETITORS, Column
from drawing.key_accounts.data_sheets import FIRST_ROW, HEAD_ROW
from drawing.key_accounts.lists_sheet import SCALES, YES_NO
from kam_xl.domain.model import Criterion, Labelled, Position, Potential, Status, Strategy
from kam_xl.domain.operational import INDICATORS
from kam_xl.engines.file.parts.chart_words import own_texts
from kam_xl.excel.future_functions import shown
from kam_xl.locale import LANGUAGES, Text
from kam_xl.plan.book_sheets import BookSheet

ByLanguage = dict[str, Any]
"""Language -> its text."""
Sheets = dict[str, Worksheet]
"""Language -> the sheet in it."""


def build_texts() -> bytes:
    """The file of the texts."""
    drawn = {lang: _sheets(lang) for lang in LANGUAGES}
    texts = {mark: _texts_of(mark, {lang: drawn[lang][mark] for lang in LANGUAGES}) for mark in drawn[LANGUAGES[0]]}
    return (json.dumps(texts, ensure_ascii=False, indent=0) + "\n").encode()


def _sheets(lang: str) -> dict[str, tuple[Worksheet, Mapping[str, object]]]:
    """Each sheet by its mark, with the values of its formulas; those of KeyAccounts before those of every book."""
    draft = key_accounts_book.draw(lang)
    sheets: dict[str, tuple[Worksheet, Mapping[str, object]]] = {}
    sheets |= {mark_of(sheet): (sheet, {}) for sheet in template_book.draw(lang)}
    for sheet in draft.book:
        sheets[mark_of(sheet)] = sheet, draft.values.get(sheet.title, {})
    return sheets


def _texts_of(mark: str, drawn: Mapping[str, tuple[Worksheet, Mapping[str, object]]]) -> dict[str, Any]:
    sheets = {lang: sheet for lang, (sheet, _) in drawn.items()}
    # Below the first row of a table stands what its columns say, and the example.
    last = FIRST_ROW if mark in _KEYS else None
    texts: dict[str, Any] = {
        "title": {lang: sheet.title for lang, sheet in sheets.items()},
        "cells": _differing({lang: _cells(sheet, last) for lang, sheet in sheets.items()}),
        "answers": {} if last else _differing({lang: values for lang, (_, values) in drawn.items()}),
        "formats": _differing({lang: _formats(sheet, last) for lang, sheet in sheets.items()}),
        "charts": _chart_words(sheets),
    }
    if mark in _KEYS:
        texts["table"] = _table(mark, sheets)
    return texts


def _differing(cells: Mapping[str, Mapping[str, object]]) -> dict[str, ByLanguage]:
    """The cells that all languages have and that say something else in one of them."""
    first, *others = cells.values()
    shared = [cell for cell in first if all(cell in other for other in others)]
    by_cell = {cell: {lang: each[cell] for lang, each in cells.items()} for cell in shared}
    return {cell: each for cell, each in by_cell.items() if _differs(each)}


def _differs(texts: ByLanguage) -> bool:
    first, *others = texts.values()
    return any(other != first for other in others)


def _cells(sheet: Worksheet, last: int | None) -> dict[str, object]:
    """Texts and formulas, down to a last row."""
    return {
        cell.coordinate: _as_shown(cell.value)
        for line in sheet.iter_rows(max_row=last)
        for cell in line
        if isinstance(cell.value, str)
    }


def _as_shown(content: object) -> object:
    """A formula as programs show it, without what files put before the names of later functions."""
    return shown(content) if isinstance(content, str) and content.startswith("=") else content


def _chart_words(sheets: Sheets) -> list[ByLanguage]:
    """What the charts say themselves, in an order that all languages share."""
    said = [
        [words for chart in sheet._charts for words in own_texts(tostring(chart._write()).decode())]
        for sheet in sheets.values()
    ]
    texts = {words: dict(zip(sheets, words, strict=True)) for words in zip(*said, strict=True)}
    return [each for each in texts.values() if _differs(each)]


def _formats(sheet: Worksheet, last: int | None) -> dict[str, object]:
    return {cell.coordinate: cell.number_format for line in sheet.iter_rows(max_row=last) for cell in line}


# How many of the first columns tell a row from the others.
_KEYS: Mapping[str, int] = {BookSheet.CLIENTS: 2, BookSheet.COMPETITORS: 3, BookSheet.OPERATIONAL: 3}


def _table(mark: str, sheets: Sheets) -> dict[str, Any]:
    last = next(iter(sheets.values())).max_row
    return {
        "head_row": HEAD_ROW,
        "key": _KEYS[mark],
        "titles": {at: texts for at, texts in _row(sheets, HEAD_ROW) if isinstance(next(iter(texts.values())), str)},
        "columns": dict(_columns(mark, sheets)),
        "example": [row for each in range(FIRST_ROW, last + 1) if (row := _example(sheets, each, _KEYS[mark]))],
    }


def _row(sheets: Sheets, row: int) -> list[tuple[str, ByLanguage]]:
    """What stands in a row, by the number of the column from 0, as text: the keys of the file are texts."""
    lines = {lang: [_as_shown(cell.value) for cell in sheet[row]] for lang, sheet in sheets.items()}
    width = max(map(len, lines.values()))
    return [(str(at), {lang: line[at] for lang, line in lines.items()}) for at in range(width)]


def _example(sheets: Sheets, row: int, key: int) -> dict[str, ByLanguage]:
    """The cells by which the row is known, and those that differ; none of a row that is the same everywhere."""
    cells = _row(sheets, row)
    differing = {at: texts for at, texts in cells if _differs(texts) and not _is_formula(texts)}
    return dict(cells[:key]) | differing if differing else {}


def _is_formula(texts: ByLanguage) -> bool:
    return any(isinstance(each, str) and each.startswith("=") for each in texts.values())


def _columns(mark: str, sheets: Sheets) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is special about a column: its formula, the words that stand in it."""
    words = dict(_words_of_columns(mark))
    for at, texts in _row(sheets, FIRST_ROW):
        column: dict[str, Any] = {}
        if _is_formula(texts):
            column["formula"] = texts
        if at in words:
            column["words"] = [{lang: word.render(lang) for lang in LANGUAGES} for word in words[at]]
        if column:
            yield at, column


def _words_of_columns(mark: str) -> Iterator[tuple[str, list[Text]]]:
    if mark == BookSheet.OPERATIONAL:
        yield "2", [each.label for each in INDICATORS]
        return
    for at, column in enumerate(CLIENTS if mark == BookSheet.CLIENTS else COMPETITORS):
        if words := _words_of(column):
            yield str(at), words


# What the formulas of a column answer.
_ANSWERS: Mapping[str, type[Labelled]] = {
    "rated_position": Position,
    "rated_potential": Potential,
    "strategy": Strategy,
    "criteria": Criterion,
    "status": Status,
}


def _words_of(column: Column) -> list[Text]:
    if column.choices == "kam_list_mark":
        return list(YES_NO)
    scale = _ANSWERS.get(column.field) or SCALES.get(column.choices.removeprefix("kam_list_"))
    return [member.label for member in scale] if scale else []
