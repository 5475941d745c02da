"""Scores from 0 to 5: competitors' in columns of their sheet, ours in columns of the client table."""

from __future__ import annotations

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

_REMEDY = Text("Enter points from 0 to 5, or leave the cell blank.")


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
        header = known.get(header_key(title)) if title and column not in taken else None
        if header is None or header.criterion in block.scores.values():
            continue
        cells = list(_cells(block, column))
        points = [_points(cell) for cell in cells]
        if not header.says_score and sum(each is None for each in points) * 2 > sum(map(_is_filled, cells)):
            continue
        block.scores[column] = header.criterion
        scores = scores or [[] for _ in block.rows]
        for row, (cell, each) in enumerate(zip(cells, points, strict=True)):
            if each is not None:
                scores[row].append(Score(header.criterion, each))
            elif _is_filled(cell):
                message = Text("{value} is not a score from 0 to 5.", value=quoted(cell))
                block.remarks.append(Remark(block.rows[row], column, "not-a-score", "error", message, cell, _REMEDY))
    return [tuple(each) for each in scores] or [()] * len(block)


def _cells(block: Block, column: int) -> Iterator[Cell]:
    for row in block.rows:
        cells = block.grid.rows[block.header.row + 1 + row]
        yield cells[column] if column < len(cells) else None


def _is_filled(cell: Cell) -> bool:
    return read_text(cell) is not None


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
            if not own:
                headers.setdefault(variant, ScoreHeader(criterion, False))
    return headers


def _variants(criterion: str) -> list[str]:
    """What a criterion is called: as the settings name it, and the other words for the same."""
    same = [(key, *others) for key, others in section("scores").items()]
    name = header_key(criterion)
    return [criterion, *(each for group in same if name in map(header_key, group) for each in group)]
