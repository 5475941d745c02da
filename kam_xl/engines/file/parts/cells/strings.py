"""Texts of cells: how a workbook writes them, and the table of those that cells have in common."""

from __future__ import annotations

import re
from functools import lru_cache

from kam_xl.engines.file.errors import EditError
from kam_xl.locale import Text
from kam_xl.ooxml import xml
from kam_xl.ooxml.errors import DamagedFileError
from kam_xl.ooxml.package import Package

LIMIT = 32_767  # characters in a cell, as Excel counts them: UTF-16 units
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_NEEDS_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACE = re.compile(r"^\s|\s$|\n|  ")
_CONTROLS = bytes(range(32))
_BETWEEN = "\x7f"  # texts that are looked at together
_RUN = re.compile(
    r"<(?P<p>(?:\w+:)?)rPh(?=[\s>]).*?</(?P=p)rPh>|<(?:\w+:)?t(?:\s[^>]*)?(?:/>|>(?P<t>.*?)</(?:\w+:)?t>)", re.DOTALL
)


def encode(text: str) -> str:
    """A text as XML of a cell, what XML cannot hold written as the format asks: ``_x000D_``.

    >>> encode("a\\r\\nb <_x0041_>")
    'a_x000D_\\nb &lt;_x005F_x0041_&gt;'
    """
    if _NEEDS_ESCAPE.search(text):
        text = _NEEDS_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return xml.escape(text)


def decode(markup: str) -> str:
    """The text that a cell's XML stands for.

    >>> decode("a_x000D_&lt;_x005F_x0041_")
    'a\\r<_x0041_'
    """
    text = xml.plain(markup)
    if "_x" not in text:
        return text
    # Halves of a character beyond the first 65 536 are written one by one.
    joined = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def item_text(markup: str) -> str:
    """The text of a string item (``<si>``, ``<is>``): its runs joined, phonetic hints left out.

    >>> item_text("<r><t>Nord</t></r><r><rPr><b/></rPr><t>werk</t></r><rPh sb='0' eb='1'><t>x</t></rPh>")
    'Nordwerk'
    """
    return _short_text(markup) if len(markup) <= _SHORT else _text(markup)


def _text(markup: str) -> str:
    return "".join([decode(match["t"]) for match in _RUN.finditer(markup) if match["t"]])


_SHORT = 1000
_short_text = lru_cache(maxsize=4096)(_text)  # sheets made from one template share most of their texts


def element(text: str, name: str = "t") -> str:
    """The element for a text, with its spaces kept."""
    if (simple := simple_markup(text)) is not None:
        return f"<{name}>{simple}</{name}>"
    kept = ' xml:space="preserve"' if _SPACE.search(text) else ""
    return f"<{name}{kept}>{encode(text)}</{name}>"


def simple_markup(text: str) -> str | None:
    """The XML of a text that needs no code and no blank kept, as most need none; None for any other.

    >>> simple_markup("A & B"), simple_markup("A  B")
    ('A &amp; B', None)
    """
    if text[:1].isspace() or text[-1:].isspace() or ("_" in text and "_x" in text) or "  " in text:
        return None
    if not text.isascii() and ("\ufffe" in text or "\uffff" in text):
        return None
    try:
        encoded = text.encode()
    except UnicodeEncodeError:  # half of a character
        return None
    # In a fifth of the time that a pattern takes.
    return xml.escape(text) if len(encoded.translate(None, _CONTROLS)) == len(encoded) else None


def simple_markups(texts: list[str]) -> list[str] | None:
    """What `simple_markup` says of each text, all looked at together; None where one of them is not simple.

    >>> simple_markups(["A & B", "Nord"]), simple_markups(["Nord", "A  B"])
    (['A &amp; B', 'Nord'], None)
    """
    if [*map(str.strip, texts)] != texts:
        return None
    together = simple_markup(_BETWEEN.join(texts))
    markups = [] if together is None else together.split(_BETWEEN)
    return markups if len(markups) == len(texts) else None


def check_length(text: str) -> None:
    """Refuse a text that no cell can hold."""
    if len(text) > LIMIT // 2 and len(text.encode("utf-16-le", "surrogatepass")) // 2 > LIMIT:
        raise EditError(
            Text("a cell holds at most {limit:count} characters", limit=LIMIT),
            got=len(text),
            remedy=Text("Shorten the text."),
        )


class SharedStrings:
    """The table of shared texts; a book need not have one.

    Cells written by this engine carry their text themselves (``t="inlineStr"``), which Excel reads as well, so that
    the table stays as it is; only sheets that come from another book add their items here.
    """

    def __init__(self, package: Package, workbook: str) -> None:
        self._package, self._workbook = package, workbook
        self.part = package.part_of_type(workbook, "sharedStrings")
        self._text = package.text(self.part) if self.part else ""
        self.items = _items(self._text)  # the XML within each item
        self._read = len(self.items)
        self._texts: dict[int, str] = {}
        self._known: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> str:
        """The text of an item.

        Raises
        ------
        DamagedFileError
            If there is no such item.
        """
        text = self._texts.get(index)
        if text is None:
            text = self._texts[index] = item_text(self.item(index))
        return text

    def item(self, index: int) -> str:
        """The XML within an item.

        Raises
        ------
        DamagedFileError
            If there is no such item.
        """
        if not 0 <= index < len(self.items):
            raise DamagedFileError(Text("a cell refers to a text that is not there"), where=self.part or "", got=index)
        return self.items[index]

    def add(self, item: str) -> int:
        """The number of the item with this XML (``<t>Nordwerk</t>``), added where there is none."""
        if not self._known:
            self._known = {known: index for index, known in reversed(list(enumerate(self.items)))}
        index = self._known.setdefault(item, len(self.items))
        if index == len(self.items):
            self.items.append(item)
        return index

    def flush(self) -> None:
        """Bring the added items into the package."""
        added = self.items[self._read :]
        if not added:
            return
        if not self.part:
            self.part = self._create()
        root = xml.root(self._text)
        p = root.prefix
        items = "".join([f"<{p}si>{_prefixed(item, p)}</{p}si>" for item in added])
        known = xml.attributes(xml.tag(self._text, root))
        counts = [name for name in ("count", "uniqueCount") if name in known]
        grown: dict[str, str | None] = {name: str(xml.number(known, name) + len(added)) for name in counts}
        text = xml.append(self._text, root, items)
        text = xml.set_attributes(text, xml.root(text), grown)
        self._package.put(self.part, text, None if self.part in self._package else _CONTENT_TYPE)

    def _create(self) -> str:
        """The name of the part for a book that has none, and the beginning of its text."""
        folder = self._workbook.rpartition("/")[0]
        part = f"{folder}/sharedStrings.xml".lstrip("/")
        if part in self._package:
            part = self._package.fresh_name(part)
        main = xml.STRICT_MAIN if self._package.strict else xml.MAIN
        self._text = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{main}"></sst>'
        self._package.relate(self._workbook, "sharedStrings", part)
        return part


def _items(text: str) -> list[str]:
    """The XML within each string item."""
    if not text:
        return []
    p = re.escape(xml.root(text).prefix)
    pattern = re.compile(rf"<{p}si(?:\s[^>]*)?(?:/>|(?<!/)>(.*?)</{p}si\s*>)", re.DOTALL)
    hidden = xml.mask(text)
    if hidden is text:
        return pattern.findall(text)
    return ["" if match[1] is None else text[match.start(1) : match.end(1)] for match in pattern.finditer(hidden)]


def _prefixed(markup: str, prefix: str) -> str:
    """XML without prefixes, as a document writes it whose main namespace has one."""
    return re.sub(r"(</?)(?=\w+[\s/>])", rf"\1{prefix}", markup) if prefix else markup
