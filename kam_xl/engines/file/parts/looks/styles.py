"""The styles part: formats of cells, added to and never altered, because other cells use the ones that are there."""

from __future__ import annotations

from functools import cached_property

from kam_xl.engines.file.parts.looks import formats
from kam_xl.ooxml import xml
from kam_xl.ooxml.order import IN_STYLES
from kam_xl.ooxml.package import Package

STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
# What Excel needs of a styles part at least, for books that come without one.
LEAST = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{main}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_FIRST_OWN_FORMAT = 164


class Styles:
    """The collections of the styles part, each a list of elements as text, numbered from 0 as cells refer to them.

    Elements are in the document's own spelling (`prefix`); `collection` and `add` work on any of the part's lists:
    "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "dxfs" ...
    """

    def __init__(self, package: Package, workbook: str) -> None:
        self._package, self._workbook = package, workbook
        self.part = package.part_of_type(workbook, "styles")
        main = xml.STRICT_MAIN if package.strict else xml.MAIN
        self.text = package.text(self.part) if self.part else LEAST.format(main=main)
        self.prefix = xml.root(self.text).prefix
        self._lists: dict[str, list[str]] = {}
        self._numbers: dict[str, dict[str, int]] = {}
        self._read: dict[str, int] = {}
        self._quoted: dict[int, bool] = {}  # formats are only ever appended
        self._styles: dict[tuple[int, tuple[tuple[str, str], ...]], int] = {}

    def collection(self, name: str) -> list[str]:
        """The elements of one of the lists, added ones at the end."""
        if name not in self._lists:
            parent = xml.child(self.text, xml.root(self.text), name)
            elements = xml.children(self.text, parent) if parent else ()
            self._lists[name] = [self.text[element.start : element.end] for element in elements]
            self._read[name] = len(self._lists[name])
        return self._lists[name]

    def add(self, name: str, element: str) -> int:
        """The number of an element in one of the lists, added where the list has none that reads the same."""
        items = self.collection(name)
        numbers = self._numbers.setdefault(name, {})
        if not numbers:
            numbers.update({item: index for index, item in reversed(list(enumerate(items)))})
        index = numbers.setdefault(element, len(items))
        if index == len(items):
            items.append(element)
        return index

    # --- formats of cells --------------------------------------------------------------------------------------------

    def number_format(self, style: int) -> str:
        """The number format of a cell format.

        >>> Styles(Package.blank(), "xl/workbook.xml").number_format(0)
        'General'
        """
        number = self._format_number(style)
        return self._codes.get(number) or formats.BUILTIN.get(number, formats.GENERAL)

    def is_date(self, style: int) -> bool:
        """Whether a cell of this format shows a number as a date or a time of day."""
        number = self._format_number(style)
        code = self._codes.get(number)
        return formats.is_date(code) if code is not None else formats.is_date_number(number)

    def with_number_format(self, style: int, code: str) -> int:
        """The cell format that differs from another in its number format alone."""
        return self._variant(style, {"numFmtId": str(self.number_of(code)), "applyNumberFormat": "1"})

    def with_prefix(self, style: int, quoted: bool) -> int:
        """The cell format that differs from another in that Excel takes what is typed as text, or does not."""
        if quoted == self.is_quoted(style):
            return style
        return self._variant(style, {"quotePrefix": "1" if quoted else None})

    def is_quoted(self, style: int) -> bool:
        """Whether Excel shows an apostrophe before the cell's text when it is edited."""
        if style not in self._quoted:
            self._quoted[style] = self._xf(style).get("quotePrefix") in {"1", "true"}
        return self._quoted[style]

    def _variant(self, style: int, changes: dict[str, str | None]) -> int:
        items = self.collection("cellXfs")
        if not items:
            self.add("cellXfs", f'<{self.prefix}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>')
        element = items[style] if style < len(items) else items[0]
        return self.add("cellXfs", xml.set_attributes(element, xml.root(element), changes))

    def _xf(self, style: int) -> dict[str, str]:
        items = self.collection("cellXfs")
        if style >= len(items):
            return {}
        return xml.attributes(xml.tag(items[style], xml.root(items[style])))

    def _format_number(self, style: int) -> int:
        return xml.number(self._xf(style), "numFmtId", 0)

    @cached_property
    def _codes(self) -> dict[int, str]:
        formats = [xml.attributes(element) for element in self.collection("numFmts")]
        return {xml.number(item, "numFmtId"): item.get("formatCode", "") for item in formats}

    def number_of(self, code: str) -> int:
        """The number of a number format, Excel's own or the book's, defined where it is new."""
        if code in formats.NUMBERS:
            return formats.NUMBERS[code]
        for number, known in self._codes.items():
            if known == code:
                return number
        number = max([_FIRST_OWN_FORMAT - 1, *self._codes]) + 1
        self._codes[number] = code
        self.add("numFmts", f'<{self.prefix}numFmt numFmtId="{number}" formatCode="{xml.quote(code)}"/>')
        return number

    # --- writing -----------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Bring what was added into the package."""
        grown = {name: items[self._read[name] :] for name, items in self._lists.items()}
        text = self.text
        for name, added in grown.items():
            if added:
                text = self._grow(text, name, added)
        if text == self.text and self.part:
            return
        if self.part:
            self._package.put(self.part, text)
        elif any(grown.values()):
            folder = self._workbook.rpartition("/")[0]
            self.part = f"{folder}/styles.xml".lstrip("/")
            self._package.put(self.part, text, STYLES)
            self._package.relate(self._workbook, "styles", self.part)

    def _grow(self, text: str, name: str, added: list[str]) -> str:
        root = xml.root(text)
        parent = xml.child(text, root, name)
        if parent is None:
            empty = f'<{self.prefix}{name} count="0"></{self.prefix}{name}>'
            text = xml.insert(text, root, empty, IN_STYLES[name])
            parent = xml.child(text, xml.root(text), name) or root
        text = xml.append(text, parent, "".join(added))
        parent = xml.child(text, xml.root(text), name) or root
        return xml.set_attributes(text, parent, {"count": str(len(self._lists[name]))})
