"""How the sheets look: one palette, a few looks, the number formats of a language."""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import Any, NamedTuple

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray

from kam_xl.locale import language_named
from kam_xl.plan.fields import Column, Field, Kind, Number

FONT = "Calibri"
INK, MUTED, WHITE = "22303C", "52606D", "FFFFFF"
BAND, SOFT, LINE = "34495E", "DDE4EB", "C3CDD6"
ACCENT = "C98A2B"  # the second colour of charts
GAP = "C0554B"  # what is missing to a goal, in charts
LINK = "1B5A9C"
DATA_BAR = "C9D6E2"
BUBBLE, BUBBLE_FILL = "5B7FA3", "9DB4C9"
ENTRY_FILL, PROPOSAL_FILL = "FFF8DB", "E4EDF8"

# Pairs of fill and ink that stay readable (contrast above 6:1) and differ in lightness, for black-and-white prints.
GOOD, FAIR, BAD = ("D9EDDC", "1B5230"), ("FBE9C6", "6B4300"), ("F6D5D2", "84150F")
PLAIN = (SOFT, INK)


PAD = "_0_0"  # in a number format: room for two digits, as wide as an indent
LINE_HEIGHT = 14  # points that a line of 10-point text takes in Excel, with a little air


class Look(NamedTuple):
    """The appearance of a cell; `edge` is a box around it, a line below it, or nothing.

    What is not centred is indented a little, so that it stands off the border and its neighbour. Numbers at the right
    keep their distance by their number format instead: LibreOffice forgets the indent of some of them.
    """

    size: float = 10
    bold: bool = False
    ink: str = INK
    fill: str = ""
    horizontal: str = "left"
    vertical: str = "center"
    wrap: bool = True
    shrink: bool = False
    edge: str = ""
    link: bool = False


TITLE = Look(16, bold=True, ink=WHITE, fill=BAND)
TITLE_NOTE = Look(12, ink=WHITE, fill=BAND, horizontal="right")
QUESTION = Look(12, bold=True, ink=WHITE, fill=BAND, wrap=False)
HEADING = Look(11, bold=True, fill=SOFT, wrap=False)
TABLE_HEAD = Look(9, bold=True, ink=MUTED, vertical="bottom", edge="below")
COLUMN_HEAD = Look(10, bold=True, ink=WHITE, fill=BAND)
LABEL = Look(9, ink=MUTED)
TILE_LABEL = Look(9, ink=MUTED, vertical="bottom")
TEXT = Look(10, vertical="top")
NOTE = Look(9, ink=MUTED)

_RIGHT = (Number.MONEY, Number.SHARE, Number.INDEX, Number.COUNT)
_FILLS = {Kind.COMPUTED: "", Kind.PROPOSAL: PROPOSAL_FILL, Kind.ENTRY: ENTRY_FILL}
_EDGES = {Kind.COMPUTED: "below", Kind.PROPOSAL: "box", Kind.ENTRY: "box"}


def field_look(field: Field, **changes: Any) -> Look:
    """The look of a field's cell, by whose it is and what it holds."""
    look = Look(
        fill=_FILLS[field.kind],
        edge=_EDGES[field.kind],
        horizontal=side(field) if field.rows > 1 else "left",
        wrap=field.number == Number.TEXT,
        shrink=field.number != Number.TEXT,  # a smaller number, rather than ####
    )
    return look._replace(**changes)


def side(field: Field | Column) -> str:
    """Numbers in a column stand under each other, so on the right; all else, ranks too, stands on the left."""
    ranked = field.name.endswith("_rank")
    return "right" if field.number in _RIGHT and not ranked else "left"


YEAR_FORMAT = "0;;;@"
"""A year; one that is not there is nothing, and no 0 on the axis of a chart either."""


def number_format(number: Number, lang: str) -> str:
    """The number format of a cell, in the form that a file keeps."""
    formats = {
        Number.TEXT: "General",
        Number.MONEY: "#,##0",
        Number.SHARE: "0.0%",
        Number.COUNT: "#,##0",
        Number.INDEX: "0.000",
        Number.YEAR: YEAR_FORMAT,
        Number.DATE: language_named(lang).cell_date_format,
    }
    return formats[number]


@cache
def font(look: Look) -> Font:
    """The font of a look."""
    if look.link:
        return Font(name=FONT, size=look.size, underline="single", color=LINK)
    return Font(name=FONT, size=look.size, bold=look.bold, color=look.ink)


@cache
def fill(color: str) -> PatternFill:
    """A solid fill; none for a blank colour."""
    return PatternFill("solid", fgColor=color) if color else PatternFill()


@cache
def border(edge: str) -> Border:
    """A thin box, a thin line below, or nothing."""
    side = Side("thin", color=LINE)
    if edge == "box":
        return Border(left=side, right=side, top=side, bottom=side)
    return Border(bottom=side) if edge == "below" else Border()


@cache
def alignment(look: Look, *, padded: bool = False) -> Alignment:
    """The alignment of a look, for what keeps its distance by an indent or by its number format."""
    indent = 0 if padded or look.horizontal == "center" else 1
    return Alignment(look.horizontal, look.vertical, wrap_text=look.wrap, shrink_to_fit=look.shrink, indent=indent)


class Painter:
    """Gives cells of one workbook their looks; openpyxl looks a style up once per look, not once per cell."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._known: dict[tuple[Look, Number], StyleArray] = {}

    def paint(self, cell: Cell, look: Look, number: Number = Number.TEXT) -> None:
        """Style a cell, or anything else that has a cell's style."""
        if (look, number) not in self._known:
            cell.font, cell.fill, cell.border = font(look), fill(look.fill), border(look.edge)
            padded = look.horizontal == "right" and number in _RIGHT
            cell.alignment = alignment(look, padded=padded)
            cell.number_format = number_format(number, self.lang) + (PAD if padded else "")
            self._known[look, number] = cell._style
        cell._style = copy(self._known[look, number])
