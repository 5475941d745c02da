"""What calamine leaves out of an Open XML workbook: whose a sheet is, groups of rows, errors, uncomputed formulas."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property

from kam_xl.excel.references import Area, column_number
from kam_xl.gate import Admission
from kam_xl.locale import Text
from kam_xl.ooxml import markup, xml
from kam_xl.ooxml.errors import DamagedFileError
from kam_xl.ooxml.part_names import relationships_of
from kam_xl.ooxml.relationships import Relationships
from kam_xl.table.grid import OWN_NAME
from kam_xl.table.sources.excel_table import ExcelTable
from kam_xl.table.values.numbers import UNCOMPUTED
from kam_xl.table.values.shown import Shown, shown_by

_PREFIX = re.compile(rb"<((?:[\w.\-]+:)?)sheetData\b")
_ROW, _OUTLINE = (re.compile(rb"<(?:[\w.\-]+:)?%s(?=[\s/>])[^>]*>" % name) for name in (b"row", b"outlinePr"))
_USUAL = {
    "officeDocument": "xl/workbook.xml",
    "sharedStrings": "xl/sharedStrings.xml",
    "styles": "xl/styles.xml",
}
# Number formats that need no code in the file; those of currencies mean that of each reader's computer.
_PERCENT = {"9": "0%", "10": "0.00%"}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


class PackageParts:
    """The parts of an admitted workbook; empty answers for files that are not Open XML.

    Sheets are scanned as bytes: building a tree of a large sheet would take longer than reading the whole table.
    """

    def __init__(self, admission: Admission) -> None:
        self._admission = admission
        self._package = admission.package if admission.kind.is_open_xml else None
        self.tells_names = self._package is not None
        self._sheets: dict[str, bytes] = {}

    @cached_property
    def own_sheets(self) -> dict[str, str]:
        """The sheets that kam_xl itself has made, those with a name `kam_sheet` of their own: name to kind."""
        tags = map(xml.attributes, xml.start_tags(self._book, "sheet"))
        names, kinds = [attributes.get("name", "") for attributes in tags], {}
        for text in _elements_with(OWN_NAME, self._book):
            for defined in xml.find_all(text, "definedName"):
                attributes = xml.attributes(xml.tag(text, defined))
                owner = xml.number(attributes, "localSheetId", len(names))
                if attributes.get("name") == OWN_NAME and owner < len(names):
                    kinds[names[owner]] = xml.content(text, defined).strip('="')
        return kinds

    @cached_property
    def tables(self) -> dict[str, ExcelTable]:
        """The Excel tables of all sheets by name."""
        package = self._package
        parts = [
            (sheet, package.text(rel.part))
            for sheet, part in self._parts.items()
            for rel in (package.rels(part) if package else ())
            if package and rel.kind == "table" and rel.part
        ]
        return {table.name: table for sheet, text in parts if (table := ExcelTable.of(sheet, text))}

    def troubles(self, sheet: str) -> Iterator[tuple[int, int, str]]:
        """Row, column (from 1) and text of each cell with an error value or with a formula that has no value."""
        data = self._sheet(sheet)
        match = _PREFIX.search(data)
        prefix = match[1] if match else b""
        yield from _errors(data, prefix)
        yield from _uncomputed(data, prefix)

    def outline(self, sheet: str) -> tuple[dict[int, int], bool]:
        """How deep the grouped rows of a sheet are, by number, and whether their summary rows stand below them.

        Rows without an outline are as deep as their first indented cell, which stands below its head.
        """
        data = self._sheet(sheet)
        if b"outlineLevel" not in data:
            return self._indented(data), not self._indents
        levels: dict[int, int] = {}
        number = 0
        for match in _ROW.finditer(data):
            values = xml.attributes(match[0].decode("utf-8", "replace"))
            number = xml.number(values, "r", number + 1)
            if level := xml.number(values, "outlineLevel", 0):
                levels[number] = level
        place = _OUTLINE.search(data)
        values = xml.attributes(place[0].decode("utf-8", "replace")) if place else {}
        return levels, values.get("summaryBelow") not in ("0", "false")

    def shown(self, sheet: str) -> Iterator[tuple[int, int, Shown]]:
        """Row, column (from 1) and look of each cell whose number format says more than digits."""
        if not self._looks:
            return
        styles = "|".join(self._looks).encode()
        opening = rb"<(?:[\w.\-]+:)?c\s(?=[^>]*?\bs=[\"'](%s)[\"'])[^>]*?\br=[\"']([A-Z]+)(\d+)[\"']" % styles
        for match in re.finditer(opening, self._sheet(sheet)):
            yield int(match[3]), column_number(match[2].decode()), self._looks[match[1].decode()]

    @cached_property
    def _looks(self) -> dict[str, Shown]:
        """The formats of cells, by their number, whose number formats say more than digits."""
        text = self._styles
        codes = dict(_PERCENT)
        for tag in xml.start_tags(text, "numFmt"):
            values = xml.attributes(tag)
            codes[values.get("numFmtId", "")] = values.get("formatCode", "")
        formats, looks = xml.find(text, "cellXfs") if text else None, {}
        for number, each in enumerate(xml.children(text, formats)) if formats else ():
            code = codes.get(xml.attributes(xml.tag(text, each)).get("numFmtId", ""))
            if code and (shown := shown_by(code)):
                looks[str(number)] = shown
        return looks

    @cached_property
    def _styles(self) -> str:
        part = self._package.part_of_type(self._part, "styles") if self._package and self._part else None
        return self._package.text(part) if self._package and part else ""

    @cached_property
    def _indents(self) -> dict[str, int]:
        """The formats of cells, by their number, that indent."""
        text = self._styles
        if "indent" not in text:
            return {}
        formats = xml.find(text, "cellXfs")
        depths = {}
        for number, each in enumerate(xml.children(text, formats)) if formats else ():
            alignment = xml.child(text, each, "alignment")
            depth = xml.number(xml.attributes(xml.tag(text, alignment)), "indent", 0) if alignment else 0
            if depth:
                depths[str(number)] = depth
        return depths

    def _indented(self, data: bytes) -> dict[int, int]:
        """How deep the first indented cell of each row is."""
        levels: dict[int, int] = {}
        if not self._indents:
            return levels
        styles = "|".join(self._indents).encode()
        for match in re.finditer(rb"<(?:[\w.\-]+:)?c\s[^>]*?\bs=[\"'](?:%s)[\"'][^>]*>" % styles, data):
            values = xml.attributes(match[0].decode("utf-8", "replace"))
            if area := Area.parse(values.get("r", "")):
                levels.setdefault(area.top, self._indents[values["s"]])
        return levels

    def check(self, sheet: str) -> None:
        """Refuse a sheet that is too large to read.

        Raises
        ------
        UnsafeFileError
        """
        if self._package is not None:
            self._admission.check_sheet(self._sheet(sheet), sheet)

    def let_go(self) -> None:
        """Forget the sheet that was looked at: it is as large as all its cells together."""
        self._sheets = {}

    def under_usual_names(self) -> bytes | None:
        """The workbook with its main parts where calamine looks for them; None where they are there already.

        Any name is legal (Office 365 writes ``xl/workbook22.xml``), because relationships lead to the parts.
        """
        if self._package is None:
            return None
        parts = {self._part: _USUAL["officeDocument"]}
        kinds = {rel.kind: rel.part for rel in self._package.rels(self._part) if rel.part}
        parts.update({kinds[kind]: usual for kind, usual in _USUAL.items() if kind in kinds})
        if all(part == usual for part, usual in parts.items()):
            return None
        return self._renamed(parts)

    def _renamed(self, parts: dict[str, str]) -> bytes:
        assert self._package is not None  # noqa: S101 (asked for above)
        links, stream = relationships_of(self._part), io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name in self._package.names():
                if name in parts or name not in (*_USUAL.values(), relationships_of(_USUAL["officeDocument"]), links):
                    archive.writestr(parts.get(name, name), self._package.read(name))
            archive.writestr(relationships_of(_USUAL["officeDocument"]), self._absolute_links(parts))
        return stream.getvalue()

    def _absolute_links(self, parts: dict[str, str]) -> str:
        """The workbook's relationships to its parts, told from the root."""
        assert self._package is not None  # noqa: S101 (asked for above)
        text = Relationships().text
        for rel in self._package.rels(self._part):
            if rel.part:
                values = {"Id": rel.id, "Type": rel.type, "Target": f"/{parts.get(rel.part, rel.part)}"}
                text = xml.append(text, xml.root(text), xml.changed_tag("<Relationship/>", values))
        return text

    @cached_property
    def _part(self) -> str:
        return (self._package and self._package.part_of_type("", "officeDocument")) or ""

    @cached_property
    def _book(self) -> str:
        if self._package is None or not self._part:
            return ""
        # Not checked: the reader checks it, and it may hold hundreds of thousands of names.
        return markup.decode(self._package.read(self._part), self._part, loose=True)

    @cached_property
    def _parts(self) -> dict[str, str]:
        """The parts of the sheets by name."""
        root = xml.root_tag(self._book)
        rels = {rel.id: rel.part for rel in self._package.rels(self._part)} if self._package else {}
        tags = [
            (xml.attributes(tag).get("name", ""), xml.related(tag, root)) for tag in xml.start_tags(self._book, "sheet")
        ]
        return {name: part for name, related in tags if (part := rels.get(related or ""))}

    def _sheet(self, name: str) -> bytes:
        if name not in self._sheets:
            self._sheets = {name: self._read_sheet(name)}  # the last one only: it is asked for twice
        return self._sheets[name]

    def _read_sheet(self, name: str) -> bytes:
        if self._package is None:
            return b""
        part = self._parts.get(name)
        if part is None:
            raise DamagedFileError(Text("a part of the file is missing"), where=self._package.name, got=name)
        data = self._package.read(part)
        return self._package.text(part).encode() if data.startswith(_UTF_16) else data


def _elements_with(word: str, text: str) -> Iterator[str]:
    """The elements without children that have a word in their start tags, of the hundreds of thousands in a text."""
    at = text.find(word)
    while at >= 0:
        start, end = text.rfind("<", 0, at), text.find("</", at)
        end = text.find(">", end) + 1 if end >= 0 else len(text)
        yield text[start:end]
        at = text.find(word, end)


def _errors(data: bytes, prefix: bytes) -> Iterator[tuple[int, int, str]]:
    """Cells whose type is "error", wherever the attribute stands in the tag."""
    opening, value = b"<" + prefix + b"c", re.compile(rb"<%sv(?:\s[^>]*)?>([^<]+)<" % re.escape(prefix))
    for mark in (b'"e"', b"'e'") if b"'" in data else (b'"e"',):  # a look for one byte costs next to nothing
        for found in re.finditer(mark, data):  # in half the time that `find` takes
            at = found.start()
            start = data.rfind(b"<", 0, at)
            tag = data[start : data.find(b">", at) + 1]
            place = _place(tag) if tag.startswith(opening) else None
            if place and xml.attributes(tag.decode("utf-8", "replace")).get("t") == "e":
                match = value.search(data, at, data.find(b"</" + prefix + b"c>", at))
                yield (*place, match[1].decode("utf-8", "replace") if match else UNCOMPUTED)


def _uncomputed(data: bytes, prefix: bytes) -> Iterator[tuple[int, int, str]]:
    """Cells whose formula has no value; an empty text is one."""
    p = re.escape(prefix)
    formula = rb"(?:</%sf\s*>|<%sf\s[^<>]*/>)" % (p, p)
    no_value = rb"\s*(?:<%sv\s*/>|<%sv\s*>\s*</%sv\s*>)?\s*</%sc\s*>" % (p, p, p, p)
    opening = b"<" + prefix + b"c "
    for match in re.finditer(formula + no_value, data) if re.search(b"<%sf" % p, data) else ():
        start = data.rfind(opening, 0, match.start())
        tag = data[start : data.find(b">", start) + 1]
        place = _place(tag)
        if place and xml.attributes(tag.decode("utf-8", "replace")).get("t") not in ("str", "e"):
            yield (*place, UNCOMPUTED)


def _place(tag: bytes) -> tuple[int, int] | None:
    area = Area.parse(xml.attributes(tag.decode("utf-8", "replace")).get("r", ""))
    return (area.top, area.left) if area else None
