"""Formats brought from one workbook into another: appended to its own, never changing them, each only once."""

from __future__ import annotations

import re
from collections.abc import Callable

from kam_xl.engines.file.parts.looks.native import native
from kam_xl.engines.file.parts.looks.styles import Styles
from kam_xl.ooxml import xml

_FACETS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
# The order in which Excel writes what makes a font; it reads any, but checkers of files complain of others.
_FONT = [
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
]
_TABLE_STYLE_PARTS = re.compile(r'(\sdxfId=")(\d+)(?=")')


class Restyling:
    """The numbers that formats of one book have in another.

    What a cell takes from its named style (most often Normal) it takes from the style of that name in the other book;
    what is its own stays as it is. So does Excel.

    Parameters
    ----------
    source, target : Styles
        The books' formats; those needed are added to the target's.
    plain : callable
        Puts what an element says by reference to the source's theme in plain words.
    """

    def __init__(self, source: Styles, target: Styles, plain: Callable[[str], str]) -> None:
        self._source, self._target, self._plain = source, target, plain
        self._numbers: dict[tuple[str, int], int] = {}

    def cell(self, number: int) -> int:
        """The number of a cell format; the first is that of cells without one in every book."""
        return number and self._carried("cellXfs", number, self._cell_format)

    def difference(self, number: int) -> int:
        """The number of a difference, which conditional formats and tables lay over a cell's format."""
        return self._carried("dxfs", number, lambda element: self._target.add("dxfs", element))

    def table_style(self, name: str) -> None:
        """See to it that the target knows a table style, if the source defines it."""
        if self._find("tableStyles", self._target, name=name) is None:
            number = self._find("tableStyles", self._source, name=name)
            if number is not None:
                element = self._spelled(self._source.collection("tableStyles")[number])
                self._target.add("tableStyles", _TABLE_STYLE_PARTS.sub(self._renumbered, element))

    def _renumbered(self, match: re.Match[str]) -> str:
        return match[1] + str(self.difference(int(match[2])))

    def _carried(self, kind: str, number: int, add: Callable[[str], int]) -> int:
        """The number in the target of an element of the source, added the first time it is asked for."""
        known = self._numbers.get((kind, number))
        if known is None:
            items = self._source.collection(kind)
            known = add(self._spelled(items[number])) if number < len(items) else 0
            self._numbers[kind, number] = known
        return known

    def _spelled(self, element: str) -> str:
        """An element in plain words and with the target's prefix, without extensions that point to other parts."""
        element = native(element, self._source.prefix)
        root = xml.root(element)
        for extension in reversed(list(xml.children(element, root, "extLst"))):
            element = xml.replace(element, extension, "")
        old, new = self._source.prefix, self._target.prefix
        if old != new:
            element = re.sub(rf"(</?){re.escape(old)}(?=\w+[\s/>])", rf"\1{new}", element)
        for font in xml.find_all(element, "font"):
            element = xml.replace(element, font, _ordered(element[font.start : font.end]))
        return self._plain(element)

    def _cell_format(self, element: str) -> int:
        style = self._attribute(element, "xfId")
        base, parent = self._at(self._source, style), self._named_style(style)
        return self._target.add("cellXfs", self._mapped(element, base, self._at(self._target, parent), str(parent)))

    def _named_style(self, number: int) -> int:
        """The number of the format behind a named style."""
        return self._carried("cellStyleXfs", number, lambda element: self._style_of_same_name(element, number))

    def _style_of_same_name(self, element: str, number: int) -> int:
        index = self._find("cellStyles", self._source, xfId=str(number))
        if index is None:
            return 0
        style = self._spelled(self._source.collection("cellStyles")[index])
        attributes = xml.attributes(style)
        known = self._find("cellStyles", self._target, name=attributes.get("name", ""))
        if known is None and "builtinId" in attributes:  # Excel in another language calls it by another name
            known = self._find(
                "cellStyles", self._target, builtinId=attributes["builtinId"], iLevel=attributes.get("iLevel", "")
            )
        if known is not None:
            return self._attribute(self._target.collection("cellStyles")[known], "xfId")
        formats = self._target.collection("cellStyleXfs")  # each style has one of its own, even if two look the same
        formats.append(self._mapped(element, {}, {}, None))
        changed = xml.changed_tag(style, {"xfId": str(len(formats) - 1)})
        self._target.add("cellStyles", changed)
        return len(formats) - 1

    def _mapped(self, element: str, base: dict[str, str], parent: dict[str, str], style: str | None) -> str:
        """A format with the target's numbers; `base` and `parent` are its named style there and here."""
        root = xml.root(element)
        attributes = xml.attributes(xml.tag(element, root))
        changes: dict[str, str | None] = {"xfId": style}
        for name in ("numFmtId", *_FACETS):
            inherited = name in parent and attributes.get(name, "0") == base.get(name, "0")
            changes[name] = parent[name] if inherited else self._facet(name, int(attributes.get(name, "0")))
        return xml.set_attributes(element, root, changes)

    def _facet(self, name: str, number: int) -> str:
        if name in _FACETS:
            kind = _FACETS[name]
            return str(self._carried(kind, number, lambda element: self._target.add(kind, element)))
        index = self._find("numFmts", self._source, numFmtId=str(number))
        if index is None:  # one of Excel's own, which have the same numbers in every book
            return str(number)
        attributes = xml.attributes(self._source.collection("numFmts")[index])
        return str(self._target.number_of(attributes.get("formatCode", "General")))

    @staticmethod
    def _attribute(element: str, name: str) -> int:
        value = xml.attributes(xml.tag(element, xml.root(element))).get(name, "0")
        return int(value) if value.isdigit() else 0

    @staticmethod
    def _at(styles: Styles, number: int) -> dict[str, str]:
        items = styles.collection("cellStyleXfs")
        return xml.attributes(xml.tag(items[number], xml.root(items[number]))) if number < len(items) else {}

    @staticmethod
    def _find(kind: str, styles: Styles, **wanted: str) -> int | None:
        """The number of the first element whose attributes are the wanted ones; capitals do not matter."""
        for index, item in enumerate(styles.collection(kind)):
            attributes = xml.attributes(xml.tag(item, xml.root(item)))
            if all(attributes.get(name, "").casefold() == value.casefold() for name, value in wanted.items()):
                return index
        return None


def _ordered(font: str) -> str:
    """A font with its parts in the order of Excel.

    >>> _ordered('<font><name val="Arial"/><b/></font>')
    '<font><b/><name val="Arial"/></font>'
    """
    root = xml.root(font)
    parts = sorted(xml.children(font, root), key=lambda part: _FONT.index(part.local) if part.local in _FONT else 99)
    return font[: root.inner] + "".join([font[part.start : part.end] for part in parts]) + font[root.close :]
