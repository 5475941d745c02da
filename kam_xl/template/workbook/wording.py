"""What our sheets say in two languages, cell by cell: both drawn, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from kam_xl.domain.model import Criterion, Labelled, Position, Potential, Status, Strategy
from kam_xl.domain.operational import INDICATORS
from kam_xl.locale import Text
from kam_xl.plan.book_sheets import BookSheet
from kam_xl.template import book as template_book
from kam_xl.template.workbook import book as workbook_book
from kam_xl.template.workbook.book import mark_of
from kam_xl.template.workbook.columns import CLIENTS, COMPETITORS, Column
from kam_xl.template.workbook.data_sheets import FIRST_ROW, HEAD_ROW
from kam_xl.template.workbook.lists_sheet import SCALES, YES_NO

Pair = tuple[Any, Any]
Words = Mapping[str, str]


class TableWording(NamedTuple):
    """A table whose titles stand in `head_row`; everything by its titles in the first language.

    `formulas` are pairs of calculated columns, `words` those of drop-downs and answers; `example` holds the rows of the
    bundled example, each a pair by title, known by their cells under `key`.
    """

    head_row: int
    titles: Words
    formulas: Mapping[str, Pair]
    words: Mapping[str, Words]
    key: tuple[str, ...]
    example: tuple[Mapping[str, Pair], ...]


class SheetWording(NamedTuple):
    """A sheet in two languages; pairs are what stands there in the one and in the other.

    `cells` are texts and formulas by address, `answers` the values of formulas, `formats` number formats, where they
    differ; of a sheet with a table, above its titles and for its first row.
    """

    title: Pair
    cells: Mapping[str, Pair]
    answers: Mapping[str, Pair]
    formats: Mapping[str, Pair]
    table: TableWording | None = None


@cache
def wording(source: str, target: str) -> Mapping[str, SheetWording]:
    """All sheets of ours by their mark."""
    found = {}
    ours, theirs = _sheets(source), _sheets(target)
    for mark, (sheet, values) in ours.items():
        other, other_values = theirs[mark]
        found[mark] = SheetWording(
            (sheet.title, other.title),
            dict(_differences(_cells(sheet), _cells(other))),
            dict(_differences(values, other_values)),
            dict(_differences(_formats(sheet), _formats(other))),
            _table(mark, sheet, other, source, target),
        )
    return found


def _sheets(lang: str) -> dict[str, tuple[Worksheet, Mapping[str, object]]]:
    """Each sheet by its mark, with the values of its formulas; those of the workbook before those of every book."""
    draft = workbook_book.draw(lang)
    found: dict[str, tuple[Worksheet, Mapping[str, object]]] = {}
    found |= {mark_of(sheet): (sheet, {}) for sheet in template_book.draw(lang)}
    for sheet in draft.book:
        arrays, values = _arrays(sheet), draft.values.get(sheet.title, {})
        found[mark_of(sheet)] = sheet, {cell: value for cell, value in values.items() if cell not in arrays}
    return found


def _cells(sheet: Worksheet) -> dict[str, object]:
    """Texts and formulas."""
    arrays = _arrays(sheet)
    return {
        cell.coordinate: cell.value
        for line in sheet.iter_rows()
        for cell in line
        if isinstance(cell.value, str) and cell.coordinate not in arrays
    }


def _arrays(sheet: Worksheet) -> set[str]:
    """Cells that an array formula fills: they can be changed only with it, and programs calculate them anew."""
    formulas = [cell.value for line in sheet.iter_rows() for cell in line if isinstance(cell.value, ArrayFormula)]
    return {cell.coordinate for formula in formulas for line in sheet[formula.ref] for cell in line}


def _formats(sheet: Worksheet) -> dict[str, object]:
    return {cell.coordinate: cell.number_format for line in sheet.iter_rows() for cell in line}


def _differences(one: Mapping[str, object], other: Mapping[str, object]) -> Iterator[tuple[str, Pair]]:
    for cell, said in one.items():
        if cell in other and other[cell] != said:
            yield cell, (said, other[cell])


def _table(mark: str, sheet: Worksheet, other: Worksheet, source: str, target: str) -> TableWording | None:
    if mark not in _KEYS:
        return None
    titles, others = (_texts(each, HEAD_ROW) for each in (sheet, other))
    first = zip(titles, _texts(sheet, FIRST_ROW), _texts(other, FIRST_ROW), strict=True)
    below = range(FIRST_ROW, sheet.max_row + 1)
    return TableWording(
        HEAD_ROW,
        {one: two for one, two in zip(titles, others, strict=True) if isinstance(one, str)},
        {title: (one, two) for title, one, two in first if isinstance(one, str) and one.startswith("=")},
        dict(_columns(mark, sheet, source, target)),
        tuple(titles[: _KEYS[mark]]),
        tuple(_pairs(titles, _texts(sheet, row), _texts(other, row)) for row in below),
    )


def _pairs(titles: list[Any], ours: list[Any], theirs: list[Any]) -> dict[str, Pair]:
    return {title: (one, other) for title, one, other in zip(titles, ours, theirs, strict=True)}


# How many of the first columns tell a row from the others.
_KEYS: Mapping[str, int] = {BookSheet.CLIENTS: 2, BookSheet.COMPETITORS: 3, BookSheet.OPERATIONAL: 3}


def _texts(sheet: Worksheet, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]]


def _columns(mark: str, sheet: Worksheet, source: str, target: str) -> Iterator[tuple[str, Words]]:
    if mark == BookSheet.OPERATIONAL:
        yield sheet.cell(HEAD_ROW, 3).value, _words([each.label for each in INDICATORS], source, target)
        return
    for column in CLIENTS if mark == BookSheet.CLIENTS else COMPETITORS:
        if words := _words_of(column, source, target):
            yield column.title.render(source), words


# What the formulas of a column answer.
_ANSWERS: Mapping[str, type[Labelled]] = {
    "rated_position": Position,
    "rated_potential": Potential,
    "strategy": Strategy,
    "criteria": Criterion,
    "status": Status,
}


def _words_of(column: Column, source: str, target: str) -> Words:
    if column.choices == "kam_list_mark":
        return _words(YES_NO, source, target)
    scale = _ANSWERS.get(column.field) or SCALES.get(column.choices.removeprefix("kam_list_"))
    return _words([member.label for member in scale], source, target) if scale else {}


def _words(labels: Iterable[Text], source: str, target: str) -> Words:
    return {label.render(source): label.render(target) for label in labels}
