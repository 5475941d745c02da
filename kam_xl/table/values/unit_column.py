"""A column that says for each row in what unit its amounts are: "тыс. руб." below "Ед. изм."."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.table.values.cells import Cell, read_text
from kam_xl.table.words.matching import is_unit, unit_of


def scales_in(cells: Sequence[Cell]) -> set[float]:
    """The scales that the cells of a column name, where all of them name units of money and one is not a plain amount.

    >>> scales_in(["тыс. руб.", None, "тыс. руб."]), sorted(scales_in(["mln", "k", ""])), scales_in(["шт", "т"])
    ({1000.0}, [1.0, 1000.0, 1000000.0], set())
    """
    texts = {read_text(cell) for cell in cells}
    named = texts - {None}
    if not named or not all(text and is_unit(text) and unit_of(text).scale for text in named):
        return set()
    scales = {unit_of(text or "").scale or 1.0 for text in named}
    return set() if scales == {1.0} else scales | ({1.0} if None in texts and len(scales) > 1 else set())
