"""The parts of a sheet in the words of another workbook: its formats, texts, dates, colours, namespaces."""

from __future__ import annotations

import re
from functools import cached_property

from kam_xl.engines.file.parts.cells import grid
from kam_xl.engines.file.parts.copies.theme import Theme
from kam_xl.engines.file.parts.looks.native import native
from kam_xl.engines.file.parts.looks.restyle import Restyling
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.engines.numbers import number_text
from kam_xl.ooxml import xml

_DAYS_1904 = 1462  # between the two beginnings of time that a workbook may have
_USUAL = re.compile(r"(<(?:\w+:)?c r=\"[A-Z]+\d+\" s=\")(\d+)(\"(?: t=\"(\w+)\")?/?>)")  # the tag of most cells
_ROW_OR_COLUMN = re.compile(r"(<(?:\w+:)?(?:row\b[^>]*?\ss|col\b[^>]*?\sstyle)=\")(\d+)(?=\")")
_DIFFERENCE = re.compile(r"(\b(?:\w+D|d)xfId=\")(\d+)(?=\")")
_TABLE_STYLE = re.compile(r"<(?:\w+:)?tableStyleInfo\b[^>]*?\sname=\"([^\"]*)\"")
_STYLE_OF_TABLE_PART = re.compile(r"\s(?:headerRow|data|totalsRow)CellStyle=\"[^\"]*\"")
# What a sheet says about windows, views and web pages of its old book.
_VIEW = re.compile(
    r"<(?P<p>(?:\w+:)?)sheetView\b(?=[^>]*\sworkbookViewId=\"[1-9])[^>]*?(?:/>|(?<!/)>.*?</(?P=p)sheetView>)"
    r"|<(?P<q>(?:\w+:)?)(?P<name>customSheetViews|webPublishItems)\b[^>]*>.*?</(?P=q)(?P=name)>",
    re.DOTALL,
)
_TRANSITIONAL = re.compile(r"http://schemas\.openxmlformats\.org/(spreadsheetml|drawingml|officeDocument)/2006/(\w+)")
_STRICT = re.compile(r"http://purl\.oclc\.org/ooxml/(spreadsheetml|drawingml|officeDocument)/(\w+)")


class Carrier:
    """What puts parts of one book into the words of another, adding to the other's formats and texts what they need."""

    def __init__(self, source: Workbook, target: Workbook) -> None:
        self._source, self._target = source, target
        theme = Theme.of(source)
        self._theme = None if theme == Theme.of(target) else theme
        self._styles = Restyling(source.styles, target.styles, self._plain)
        self._days = _DAYS_1904 * (source.date_1904 - target.date_1904)
        self._carried: dict[str, str] = {}

    def is_text(self, part: str) -> bool:
        """Whether a part may have to be put into other words."""
        return self._source.package.content_type(part).endswith("xml")

    def text(self, part: str, kind: str) -> str:
        """A part of the source as the target would write it."""
        text = self._source.package.text(part)
        if kind == "worksheet":
            text = self._sheet(text)
        elif kind == "table":
            text = _STYLE_OF_TABLE_PART.sub("", text)
            for name in _TABLE_STYLE.findall(text):
                self._styles.table_style(xml.unescape(name))
        if kind in {"worksheet", "table"}:
            text = _DIFFERENCE.sub(lambda match: match[1] + str(self._styles.difference(int(match[2]))), text)
        return self.spoken(self._plain(text))

    def spoken(self, text: str) -> str:
        """A text with the namespaces of the target's form of the standard."""
        if self._source.package.strict and not self._target.package.strict:
            return _STRICT.sub(r"http://schemas.openxmlformats.org/\1/2006/\2", text)
        if self._target.package.strict and not self._source.package.strict:
            return _TRANSITIONAL.sub(r"http://purl.oclc.org/ooxml/\1/\2", text)
        return text

    def shared(self, part: str) -> str:
        """The name in the target of a part that sheets have in common, such as a picture; it is brought in once."""
        if part not in self._carried:
            source, target = self._source.package, self._target.package
            new = self._carried[part] = target.fresh_name(part)
            extension = new.rpartition(".")[2]
            if extension.lower() != "xml":
                target.types.set_default(extension, source.content_type(part))
            target.put(new, source.read(part), source.content_type(part))
        return self._carried[part]

    def _plain(self, text: str) -> str:
        return self._theme.plain(text) if self._theme else text

    def _sheet(self, text: str) -> str:
        text = _VIEW.sub("", text)
        text = _ROW_OR_COLUMN.sub(lambda match: match[1] + str(self._styles.cell(int(match[2]))), text)
        patterns = grid.patterns(xml.root(text).prefix)
        return patterns.cell.sub(lambda match: self._cell(match[0], patterns), text)

    def _cell(self, cell: str, patterns: grid.Patterns) -> str:
        start = cell.index(">") + 1
        tag, rest = cell[:start], cell[start:]
        usual = _USUAL.fullmatch(tag)
        attributes = {"s": usual[2], "t": usual[4] or "n"} if usual else xml.attributes(tag)
        style = int(attributes.get("s") or "0")
        value = patterns.value.search(rest)
        if value and value[1]:
            rest = (
                rest[: value.start(1)] + self._value(value[1], attributes.get("t", "n"), style) + rest[value.end(1) :]
            )
        number = self._styles.cell(style)
        if usual:
            return f"{usual[1]}{number}{usual[3]}{rest}"
        changes: dict[str, str | None] = {"cm": None, "vm": None}  # numbers in tables of the old book
        if "s" in attributes or number:
            changes["s"] = str(number)
        return xml.changed_tag(tag, changes) + rest

    def _value(self, value: str, kind: str, style: int) -> str:
        if kind == "s":
            return str(self._text_number(int(value)))
        if self._days and kind == "n" and self._source.styles.is_date(style):
            return number_text(float(value) + self._days)
        return value

    def _text_number(self, number: int) -> int:
        """The number of a text in the target's table."""
        known = self._text_numbers.get(number)
        if known is None:
            item, p = self._source.strings.item(number), self._text_prefix
            if ":" in item:
                si = native(f"<{p}si>{item}</{p}si>", p)
                item = si[xml.root(si).inner : xml.root(si).close]
            if p:
                item = re.sub(rf"(</?){re.escape(p)}(?=\w+[\s/>])", r"\1", item)
            known = self._text_numbers[number] = self._target.strings.add(self.spoken(self._plain(item)))
        return known

    @cached_property
    def _text_numbers(self) -> dict[int, int]:
        return {}

    @cached_property
    def _text_prefix(self) -> str:
        part = self._source.strings.part
        return xml.root(self._source.package.text(part)).prefix if part else ""
