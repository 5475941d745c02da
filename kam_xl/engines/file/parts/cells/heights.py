"""How high a row must be for what it holds: an estimate, since only a program that draws letters can measure them.

It rather leaves a line too many than cuts one off. The height is written as one that the program found itself, not as
a user's own, so that Excel fits the row anew when somebody types into it.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from kam_xl.engines.file.parts.cells.sheet import SheetPart
from kam_xl.engines.file.parts.looks.styles import Styles
from kam_xl.engines.values import CellError
from kam_xl.excel.references import Area
from kam_xl.ooxml import xml

HIGHEST = 409.5  # Excel's limit, in points
PIXEL = 0.75  # in points
# Pixels of a column that its text cannot use: its margins, and each step of an indent.
_MARGINS, _INDENT = 6, 9

# Widths of letters in ems, a few kinds of them, measured in a font with Calibri's metrics.
_THIN, _SLIM, _LIGHT, _PLAIN, _CAPITAL, _BROAD, _SQUARE = 0.25, 0.34, 0.44, 0.52, 0.61, 0.77, 1.0
_KINDS = {
    " \xa0\u202fijlI,.:;'!|": _THIN,
    'fJrt()[]{}/\\-"`г': _SLIM,
    "cksvxyzFLSZ?зкстухчьэяГЗ": _LIGHT,
    "BCEKPRTXYВЕКРСТУХЧЬЭЯ": _PLAIN,
    "mwMW%&@—…№жмшщыюЖМШЩЫЮФ": _BROAD,
}
_WIDTHS = {letter: width for letters, width in _KINDS.items() for letter in letters}
_ROOMIER, _BOLD = 1.1, 1.03  # the letters of most other fonts are wider, bold ones a little
_SURE = 0.95  # how much of its column a text is counted on to use: programs break lines unlike each other, printers too
_AIR = 6  # points that several lines get beside their own height


def fit(sheet: SheetPart, first: int, last: int) -> None:
    """Fit rows to what their cells hold, but for a line of the book's usual font; empty rows get the usual height.

    Merged cells do not count, nor does turned text; Excel passes over merged cells, too.

    Parameters
    ----------
    sheet : SheetPart
    first, last : int
        The rows, from 1.
    """
    used = sheet.used()
    if used is None or first > used.bottom:
        return
    last = min(last, used.bottom)
    looks, merged = _Looks(sheet.workbook.styles), _merged(sheet, first, last)
    width_of = widths(sheet, looks)
    for row, values in enumerate(sheet.block(first, used.left, last, used.right), first):
        needed = [
            _height(value, looks.of(sheet.style(row, column)), width_of(column))
            for column, value in enumerate(values, used.left)
            if value is not None and not (merged and any(area.meets(row, column) for area in merged))
        ]
        height = min(max(*needed, looks.of(0).line), HIGHEST) if any(needed) else None
        if not sheet.is_high(row, height):
            sheet.set_height(row, height)


@lru_cache(maxsize=4096)
def lines(text: str, room: float) -> int:
    """How many lines a text takes, its own line breaks and those between words.

    Parameters
    ----------
    text : str
    room : float
        The width of a line in ems of the font.

    Examples
    --------
    >>> lines("Manchester / Chief Executives", 20), lines("Manchester / Chief Executives", 10)
    (1, 2)
    """
    return sum(_wrapped(line, max(room, 1.0)) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    if len(line) * _BROAD <= room:
        return 1
    count, used = 1, 0.0
    for word in line.split(" "):
        wide = width(word)
        if used and used + _THIN + wide > room:
            count, used = count + 1, 0.0
        used += wide + (_THIN if used else 0.0)
        if used > room:  # a word that fits into no line is cut
            count, used = count + math.ceil(used / room) - 1, used % room
    return count


def width(text: str) -> float:
    """About how wide a text is, in ems.

    >>> round(width("Illinois"), 1), round(width("MAMMOTH"), 1)
    (2.7, 4.7)
    """
    return sum(map(_letter, text))


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.east_asian_width(letter) in "WF":
        return _SQUARE
    return _CAPITAL if letter.isupper() else _PLAIN


# --- the sheet -------------------------------------------------------------------------------------------------------


class _Look(NamedTuple):
    """What the height of a cell depends on: the height of a line in points; the width of an em, and what an indent
    takes of the column, in pixels."""

    line: float
    em: float
    indent: int
    wraps: bool
    turned: bool


def _height(value: object, look: _Look, width: float) -> float:
    """What one cell needs, in points."""
    if look.turned or not width:
        return 0
    if not look.wraps or not isinstance(value, str) or isinstance(value, CellError):
        return look.line  # numbers take one line, and text that does not wrap goes on in the next cell
    count = lines(value, _SURE * (width - _MARGINS - look.indent) / look.em)
    return look.line * count + (_AIR if count > 1 else 0)


class _Looks:
    """The formats of cells by their numbers."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._known: dict[int, _Look] = {}

    @property
    def digit(self) -> int:
        """The width of a digit in the usual font in pixels: widths of columns count in it."""
        return max(round(self.of(0).em / 2), 1)

    def of(self, style: int) -> _Look:
        if style not in self._known:
            items = self._styles.collection("cellXfs")
            self._known[style] = self._look(items[style] if style < len(items) else "<xf/>")
        return self._known[style]

    def _look(self, element: str) -> _Look:
        alignment = xml.find(element, "alignment")
        attributes = xml.attributes(xml.tag(element, alignment)) if alignment else {}
        size, wide = self._font(int(xml.attributes(xml.root_tag(element)).get("fontId", "0")))
        return _Look(
            line=math.ceil(size * 4 / 3 / PIXEL) * PIXEL,
            em=size * 4 / 3 * wide,
            indent=int(attributes.get("indent", "0")) * _INDENT,
            wraps=attributes.get("wrapText") in {"1", "true"},
            turned=attributes.get("textRotation", "0") != "0",
        )

    def _font(self, number: int) -> tuple[float, float]:
        """The size of a font, and how wide its letters are against Calibri's."""
        fonts = self._styles.collection("fonts")
        font = fonts[number] if number < len(fonts) else "<font/>"
        attributes = {
            name: xml.attributes(xml.tag(font, element)).get("val", "1")
            for name in ("name", "sz", "b")
            if (element := xml.find(font, name))
        }
        wide = (
            1.0 if attributes.get("name", "Calibri").casefold() in {"calibri", "carlito", "arial narrow"} else _ROOMIER
        )
        return float(attributes.get("sz", 11)), wide * (_BOLD if attributes.get("b", "0") in {"1", "true"} else 1)


def widths(sheet: SheetPart, looks: _Looks | None = None) -> Callable[[int], float]:
    """What gives the width of a column in pixels, 0 for a hidden one."""
    digit = (looks or _Looks(sheet.workbook.styles)).digit
    columns = [xml.attributes(tag) for tag in xml.start_tags(sheet.frame, "col")]
    usual = xml.attributes(next(xml.start_tags(sheet.frame, "sheetFormatPr"), "<a/>")).get("defaultColWidth", "9.14")
    known = {
        (int(column["min"]), int(column["max"])): 0.0
        if column.get("hidden") in {"1", "true"}
        else float(column.get("width", usual)) * digit
        for column in columns
    }

    @cache
    def width_of(column: int) -> float:
        widths = (width for (first, last), width in known.items() if first <= column <= last)
        return next(widths, float(usual) * digit)

    return width_of


def _merged(sheet: SheetPart, first: int, last: int) -> list[Area]:
    """The merged cells in some rows."""
    areas = (Area.parse(xml.attributes(tag).get("ref", "")) for tag in xml.start_tags(sheet.frame, "mergeCell"))
    return [area for area in areas if area and area.top <= last and area.bottom >= first]
