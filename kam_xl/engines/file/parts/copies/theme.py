"""Themes: the colours and fonts that cells, charts and shapes refer to by a number or a word.

A sheet that comes into a book with another theme would change its look; its references are then put into plain colours
and fonts, so that it looks in its new book as it did in the old one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.ooxml import xml

# The order in which a colour scheme lists them; cells number the first four in pairs the other way round.
_WORDS = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_NUMBERED = ("lt1", "dk1", "lt2", "dk2", *_WORDS[4:])
_ALIASES = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
# What Excel takes where a book has no theme: that of Office 2007.
_OFFICE = ("000000", "FFFFFF", "1F497D", "EEECE1", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646")
_OFFICE_COLORS = dict(zip(_WORDS, (*_OFFICE, "0000FF", "800080"), strict=True))
_OFFICE_FONTS = ("Cambria", "Calibri")
_COLOR = re.compile(r"<(?:\w+:)?(?:sysClr\s[^>]*?lastClr|srgbClr\s[^>]*?val)=\"([0-9A-Fa-f]{6})\"")
_IN_CELLS = re.compile(r"(<(?:\w+:)?\w+\b[^>]*?\s)theme=\"(\d+)\"")
_IN_SHAPES = re.compile(
    r"<(?P<p>(?:\w+:)?)schemeClr\s+val=\"(?P<word>\w+)\"\s*(?:/>|>(?P<inner>.*?)</(?P=p)schemeClr>)", re.DOTALL
)
_FONT_SCHEME = re.compile(r"<(?:\w+:)?scheme\s+val=\"(?:major|minor)\"\s*/>")
_SHAPE_FONT = re.compile(r"typeface=\"\+(mj|mn)-lt\"")


@dataclass(frozen=True)
class Theme:
    """The colours of a theme by their words (``accent1``), and its fonts for headings and for text."""

    colors: dict[str, str]
    major: str
    minor: str

    @classmethod
    def of(cls, workbook: Workbook) -> Theme:
        """A workbook's theme."""
        part = workbook.package.part_of_type(workbook.part, "theme")
        return cls.read(workbook.package.text(part)) if part else cls(_OFFICE_COLORS, *_OFFICE_FONTS)

    @classmethod
    @lru_cache(8)  # every sheet that comes from a book asks for that book's theme
    def read(cls, text: str) -> Theme:
        """The theme in a theme part."""
        colors = dict(_OFFICE_COLORS)
        for word in _WORDS:
            element = xml.find(text, word)
            color = _COLOR.search(text, element.inner, element.close) if element else None
            colors[word] = color[1].upper() if color else colors[word]
        return cls(colors, _latin(text, "majorFont", _OFFICE_FONTS[0]), _latin(text, "minorFont", _OFFICE_FONTS[1]))

    def plain(self, text: str) -> str:
        """A text of a sheet, of styles, charts or shapes with colours and fonts for references to this theme.

        >>> theme = Theme({"accent1": "4F81BD", "lt1": "FFFFFF"}, "Cambria", "Calibri")
        >>> theme.plain('<color theme="4" tint="0.4"/><color theme="0"/>')
        '<color rgb="FF4F81BD" tint="0.4"/><color rgb="FFFFFFFF"/>'
        >>> theme.plain('<a:schemeClr val="accent1"><a:lumMod val="75000"/></a:schemeClr>')
        '<a:srgbClr val="4F81BD"><a:lumMod val="75000"/></a:srgbClr>'
        """
        text = _IN_CELLS.sub(self._numbered, text)
        text = _IN_SHAPES.sub(self._named, text)
        text = _SHAPE_FONT.sub(
            lambda match: f'typeface="{xml.quote(self.major if match[1] == "mj" else self.minor)}"', text
        )
        return _FONT_SCHEME.sub("", text)

    def _numbered(self, match: re.Match[str]) -> str:
        number = int(match[2])
        color = self.colors.get(_NUMBERED[number]) if number < len(_NUMBERED) else None
        return f'{match[1]}rgb="FF{color}"' if color else match[0]

    def _named(self, match: re.Match[str]) -> str:
        color = self.colors.get(_ALIASES.get(match["word"], match["word"]))
        if color is None:  # the colour of whatever holds the shape
            return match[0]
        start = f'<{match["p"]}srgbClr val="{color}"'
        return f"{start}/>" if match["inner"] is None else f"{start}>{match['inner']}</{match['p']}srgbClr>"


def _latin(text: str, kind: str, default: str) -> str:
    fonts = xml.find(text, kind)
    latin = xml.child(text, fonts, "latin") if fonts else None
    return xml.attributes(xml.tag(text, latin)).get("typeface", default) if latin else default
