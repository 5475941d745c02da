"""Scores from 0 to 5: competitors' in columns of their sheet, ours in columns of the client table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from kam_xl.domain.model import Score
from kam_xl.domain.scores import MOST_POINTS, score_criteria
from kam_xl.domain.settings import Settings
from kam_xl.locale import Text
from kam_xl.table.block import Block
from kam_xl.table.finding import Remark
from kam_xl.table.values.cells import Cell, quoted, read_text
from kam_xl.table.values.numbers import read_number
from kam_xl.table.words.matching import words
from kam_xl.table.words.vocabulary import section

_MANY = 3
_REMEDY = Text("Enter points from 0 to 5, or leave the cell blank.")
_MARKS_READ = Text("Marks such as {values} were read as whole points from 0 to 5.")
_MARKS_REMEDY = Text("No action needed. Enter a number such as 3.7 where you mean less or more.")
# A mark with a sign, "4-" or "4+", is the mark; words for marks are those of schools.
_SIGNED = re.compile(r"([0-5])\s?[-+\u2010-\u2015\u2212]")
_WORDS = {word.casefold(): float(points) for points, each in section("school_marks").items() for word in each}
# A criterion with its scale, "Price (1-5)", is a score without saying so.
_SCALE = re.compile(r"\b[01]\s?[-\u2010-\u2015]\s?5\b")


class ScoreHeader(NamedTuple):
    """A criterion, and whether its header says that it is a score."""

    criterion: str
    says_score: bool


def read_scores(block: Block, settings: Settings, *, own: bool = False) -> list[tuple[Score, ...]]:
    """The scores of each row; a cell that is not a score from 0 to 5 counts as blank and is remarked in the block.

    Parameters
    ----------
    block : Block
        The competitors' sheet, or the client table for our own scores.
    settings : Settings
        `score_criteria`.
    own : bool
        Whether our own scores are wanted, whose headers say so ("Our score: price"); those of competitors may be named
        by the criterion alone, where the column holds points.
    """
    scores: list[list[Score]] = []
    taken = set(block.header.fields.values())
    known = score_headers(tuple(score_criteria(settings)), own)
    for column, title in enumerate(block.header.titles):
        header = _header(title, known, own) if title and column not in taken else None
        if header is None or header.criterion in block.scores.values():
            continue
        cells = list(_cells(block, column))
        marks = {cell: _mark(cell) for cell in cells if isinstance(cell, str)}
        points = [_points(cell) if (mark := marks.get(cell)) is None else mark for cell in cells]
        if not header.says_score and sum(each is None for each in points) * 2 > sum(map(_is_filled, cells)):
            continue
        block.scores[column] = header.criterion
        if told := [quoted(cell) for cell, mark in marks.items() if mark is not None]:
            message = Text(_MARKS_READ.message, values=told[:_MANY])
            block.remarks.append(Remark(None, column, "school-marks", "note", message, title, _MARKS_REMEDY))
        scores = scores or [[] for _ in block.rows]
        for row, (cell, each) in enumerate(zip(cells, points, strict=True)):
            if each is not None:
                scores[row].append(Score(header.criterion, each))
            elif _is_filled(cell):
                message = Text("{value} is not a score from 0 to 5.", value=quoted(cell))
                block.remarks.append(Remark(block.rows[row], column, "not-a-score", "error", message, cell, _REMEDY))
    return [tuple(each) for each in scores] or [()] * len(block)


def _header(title: str, known: Mapping[str, ScoreHeader], own: bool) -> ScoreHeader | None:
    """The score that a header names; of ours a criterion alone only with its scale."""
    header = known.get(header_key(title))
    return header if header and (header.says_score or not own or _SCALE.search(title)) else None


def _cells(block: Block, column: int) -> Iterator[Cell]:
    for row in block.rows:
        cells = block.grid.rows[block.header.row + 1 + row]
        yield cells[column] if column < len(cells) else None


def _is_filled(cell: Cell) -> bool:
    return read_text(cell) is not None


def _mark(cell: str) -> float | None:
    """The points that a mark of a school stands for; None where a text is none.

    >>> _mark("4-"), _mark("отл."), _mark("-4")
    (4.0, 5.0, None)
    """
    text = cell.strip().casefold()
    signed = _SIGNED.fullmatch(text)
    return float(signed[1]) if signed else _WORDS.get(text.rstrip("."))


def _points(cell: Cell) -> float | None:
    """The points in a cell; None where it holds no number from 0 to 5."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return None
    number = read_number(cell) if isinstance(cell, str) else None
    value = float(cell) if not isinstance(cell, str) else number.value if number and not number.percent else None
    return value if value is not None and 0 <= value <= MOST_POINTS else None


def header_key(header: str) -> str:
    """The words of a header without the scale behind it: "Price (0-5)"."""
    return "".join(word for word in words(header) if not word.isdigit())


@cache
def score_headers(criteria: tuple[str, ...], own: bool) -> Mapping[str, ScoreHeader]:
    """Every way to head a score, by its key: a criterion with or without the words for a score around it."""
    words = section("score_words")
    around = [header_key(each) for each in words["own" if own else "score"]]
    headers: dict[str, ScoreHeader] = {}
    for criterion in criteria:
        for variant in map(header_key, _variants(criterion)):
            for each in around:
                headers.setdefault(each + variant, ScoreHeader(criterion, True))
                headers.setdefault(variant + each, ScoreHeader(criterion, True))
            headers.setdefault(variant, ScoreHeader(criterion, False))
    return headers


def _variants(criterion: str) -> list[str]:
    """What a criterion is called: as the settings name it, and the other words for the same."""
    same = [(key, *others) for key, others in section("scores").items()]
    name = header_key(criterion)
    return [criterion, *(each for group in same if name in map(header_key, group) for each in group)]
