"""Conditional formats that several sheets share; they look at cells of their own sheet and at nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Side

from drawing import style
from drawing.canvas import Canvas
from kam_xl.domain.model import Position, Potential
from kam_xl.locale import LANGUAGES, Text

Tint = tuple[str, str]

POSITION_TINTS: dict[Text, Tint] = {
    Position.STRONG.label: style.GOOD,
    Position.MEDIUM.label: style.FAIR,
    Position.WEAK.label: style.BAD,
}
POTENTIAL_TINTS: dict[Text, Tint] = {
    Potential.HIGH.label: style.GOOD,
    Potential.MEDIUM.label: style.FAIR,
    Potential.LOW.label: style.PLAIN,
}


def first_cell(area: str) -> str:
    """The first cell of an area.

    >>> first_cell("G50:G57")
    'G50'
    """
    return area.partition(":")[0]


def tint_where(canvas: Canvas, area: str, formula: str, tint: Tint) -> None:
    """Colour the cells of an area for which a formula, written for its first cell, holds."""
    canvas.sheet.conditional_formatting.add(
        area, FormulaRule([formula], fill=_fill(tint[0]), font=_font(tint[1]), border=_LINE)
    )


def tint_labels(canvas: Canvas, area: str, tints: Mapping[Text, Tint]) -> None:
    """Colour the cells of an area by the label that stands in them, in whichever language a build wrote it."""
    for label, tint in tints.items():
        tint_where(canvas, area, says(first_cell(area), label), tint)


def says(cell: str, *labels: Text) -> str:
    """A formula: whether a cell holds one of these, in whichever language it was written.

    >>> says("A1", Position.STRONG.label)
    'OR(A1="Strong",A1="Сильная")'
    """
    words = dict.fromkeys(label.render(lang) for label in labels for lang in LANGUAGES)
    return "OR({})".format(",".join(f'{cell}="{word}"' for word in words))


_LINE = Border(bottom=Side("thin", color=style.LINE))


def line_below_filled(canvas: Canvas, area: str, formula: str) -> None:
    """A line below the cells of an area for which a formula, written for its first cell, holds.

    To be added after all other formats of the same area: LibreOffice shows only the first that holds.
    """
    canvas.sheet.conditional_formatting.add(area, FormulaRule([formula], border=_LINE))


@cache
def _fill(color: str) -> PatternFill:
    # A differential format keeps the colour of a solid fill as its background.
    return PatternFill("solid", bgColor=color)


@cache
def _font(color: str) -> Font:
    return Font(color=color)
