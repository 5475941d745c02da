"""XML as text: where elements and attributes stand in it, and how to change one without touching the rest.

A part of a workbook is never parsed and written anew, because that loses what the writer does not understand. These
helpers find places in the text of a well-formed document (`markup.decode` makes sure of that) and give back a text that
differs in just one place. Elements are named by their local name: whether a file says ``<sheet>`` or ``<x:sheet>`` is
its own business, and what is inserted takes the prefix found there.

Text that only looks like an element, in comments, processing instructions and CDATA sections, is never found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kam_xl.locale import Text
from kam_xl.ooxml.errors import DamagedFileError

_ATTRIBUTES = r"""[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*"""  # unrolled, so that it never tries one text twice
_START = re.compile(rf"<([\w:.\-]+){_ATTRIBUTES}>")
_ATTRIBUTE = re.compile(r"""\s([\w:.\-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_OPAQUE = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_MARKUP = re.compile(rf"<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<{_ATTRIBUTES}>|&(#?\w+);", re.DOTALL)
_REFERENCE = re.compile(r"&(#?\w+);")
_NUMBER = re.compile(r"[0-9]{1,9}")
_RARE = 32
_LONG = range(1 << 12, 1 << 26)
_bare = [""]  # the long text of late that hides nothing: it is asked for again and again
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}

RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"


class Element(NamedTuple):
    """Where an element stands in its text.

    `start` is its first character, `inner` the first behind its start tag, `close` that of its end tag, `end` the
    first behind it. Of an element written ``<a/>`` the last three are the same.
    """

    name: str
    start: int
    inner: int
    close: int
    end: int

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or nothing."""
        return self.name[: -len(self.local)]

    @property
    def self_closed(self) -> bool:
        """Whether it is written ``<a/>``."""
        return self.inner == self.end


def mask(text: str) -> str:
    """The text with comments, instructions and CDATA sections blanked, every other character in its place.

    >>> mask("<a><!-- <b/> --><c/></a>")
    '<a>             <c/></a>'
    """
    if text is _bare[0]:
        return text
    if not _in_bracket(text, "!", 1) and not _in_bracket(text, "?", 2):  # the declaration hides nothing
        if len(text) in _LONG:
            _bare[0] = text
        return text
    return _OPAQUE.sub(lambda match: " " * len(match[0]), text)


def _in_bracket(text: str, mark: str, start: int) -> bool:
    """Whether a mark stands behind a ``<``: a single rare letter is found many times faster than the two together."""
    at = text.find(mark, start)
    for _ in range(_RARE):
        if at < 0 or text[at - 1] == "<":
            return at >= 0
        at = text.find(mark, at + 1)
    return text.find(f"<{mark}", max(at - 1, 0)) >= 0


def root(text: str) -> Element:
    """The outermost element."""
    hidden = mask(text)
    match = _START.search(hidden)
    if match is None:
        raise ValueError("no element in the text")
    if hidden[match.end() - 2] == "/":
        return _element(hidden, match)
    # Its end tag is the last one: no need to look through all of a long text.
    return Element(match[1], match.start(), match.end(), hidden.rindex("</"), hidden.rindex(">") + 1)


def root_tag(text: str) -> str:
    """The start tag of the outermost element, which declares the namespaces.

    >>> root_tag('<?xml version="1.0"?><a x="1"><b/></a>')
    '<a x="1">'
    """
    match = _START.search(mask(text))
    return text[match.start() : match.end()] if match else ""


def children(text: str, parent: Element, local: str = "") -> Iterator[Element]:
    """The elements directly within another, all or those of one name.

    >>> text = "<a><b/><c><b/></c></a>"
    >>> [child.name for child in children(text, root(text))]
    ['b', 'c']
    """
    hidden, position = mask(text), parent.inner
    while match := _START.search(hidden, position, parent.close):
        element = _element(hidden, match)
        if not local or element.local == local:
            yield element
        position = element.end


def child(text: str, parent: Element, local: str) -> Element | None:
    """The first element of a name directly within another."""
    return next(children(text, parent, local), None)


def find_all(text: str, local: str, within: Element | None = None) -> Iterator[Element]:
    """The elements of a name at any depth, in order; of nested ones the outer comes first.

    >>> [element.start for element in find_all("<a><x:b/><c><b>1</b></c></a>", "b")]
    [3, 12]
    """
    hidden = mask(text)
    start, end = (within.inner, within.close) if within else (0, len(text))
    for match in _opening(local).finditer(hidden, start, end):
        yield _element(hidden, match)


def start_tags(text: str, local: str) -> Iterator[str]:
    """The start tags of the elements of a name at any depth, in order.

    >>> list(start_tags('<a><b id="1"/><x:b id="2">3</x:b></a>', "b"))
    ['<b id="1"/>', '<x:b id="2">']
    """
    return (match[0] for match in _opening(local).finditer(mask(text)))


def find(text: str, local: str, within: Element | None = None) -> Element | None:
    """The first element of a name at any depth."""
    return next(find_all(text, local, within), None)


@lru_cache(maxsize=256)
def _opening(local: str) -> re.Pattern[str]:
    return re.compile(rf"<((?:[\w.\-]+:)?{re.escape(local)})(?=[\s/>]){_ATTRIBUTES}>")


@lru_cache(maxsize=256)
def _tags(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{re.escape(name)}\s*>|<{re.escape(name)}(?=[\s/>]){_ATTRIBUTES}>")


def _element(hidden: str, match: re.Match[str]) -> Element:
    """The element whose start tag was found in the masked text."""
    inner = match.end()
    if hidden[inner - 2] == "/":
        return Element(match[1], match.start(), inner, inner, inner)
    close = hidden.find(f"</{match[1]}", inner)
    end = close + len(match[1]) + 3
    if hidden[end - 1 : end] == ">" and hidden.find(f"<{match[1]}", inner, close) < 0:
        return Element(match[1], match.start(), inner, close, end)
    depth = 1
    for tag in _tags(match[1]).finditer(hidden, inner):
        if hidden.startswith("</", tag.start()):
            depth -= 1
        elif hidden[tag.end() - 2] != "/":
            depth += 1
        if not depth:
            return Element(match[1], match.start(), inner, tag.start(), tag.end())
    raise ValueError(f"<{match[1]}> is not closed")


# --- reading ---------------------------------------------------------------------------------------------------------


def tag(text: str, element: Element) -> str:
    """The start tag as it is written."""
    return text[element.start : element.inner]


def attributes(start_tag: str) -> dict[str, str]:
    """The attributes of a start tag by their names as written.

    >>> attributes('<sheet name="A &amp; B" r:id="rId1"/>')
    {'name': 'A & B', 'r:id': 'rId1'}
    """
    return {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(start_tag)}


def number(attributes: Mapping[str, str], name: str, default: int | None = None) -> int:
    """A whole number among attributes.

    Raises
    ------
    DamagedFileError
        If it is none, or missing where there is no default.

    Examples
    --------
    >>> number({"min": "3"}, "min"), number({}, "style", 0)
    (3, 0)
    """
    value = attributes.get(name)
    if value is None and default is not None:
        return default
    if value is None or not _NUMBER.fullmatch(value):
        raise DamagedFileError(Text("an attribute of the file must be a number"), got=f'{name}="{value or ""}"')
    return int(value)


def related(start_tag: str, root_tag: str, local: str = "id") -> str | None:
    """The relationship id in a start tag (``r:id``, whatever the prefix), None where there is none.

    >>> related('<sheet rel:id="rId1"/>', f'<workbook xmlns:rel="{RELATIONSHIPS[0]}">')
    'rId1'
    """
    present = attributes(start_tag)
    prefixes = _relationship_prefixes(root_tag)
    if "xmlns" in start_tag:
        prefixes += _relationship_prefixes(start_tag)
    return next((present[f"{prefix}:{local}"] for prefix in prefixes if f"{prefix}:{local}" in present), None)


@lru_cache(maxsize=64)
def _relationship_prefixes(start_tag: str) -> tuple[str, ...]:
    return tuple(prefix for prefix, uri in namespaces(start_tag).items() if uri in RELATIONSHIPS)


@lru_cache(maxsize=64)
def namespaces(start_tag: str) -> Mapping[str, str]:
    """The namespaces that a start tag declares, by prefix ("" is the default one)."""
    return {
        name[6:] if name != "xmlns" else "": uri
        for name, uri in attributes(start_tag).items()
        if name == "xmlns" or name.startswith("xmlns:")
    }


def content(text: str, element: Element) -> str:
    """What an element says: its text, and that of elements within, without markup.

    >>> content("<f>A1&amp;<![CDATA[<B1>]]></f>", root("<f>A1&amp;<![CDATA[<B1>]]></f>"))
    'A1&<B1>'
    """
    return plain(text[element.inner : element.close])


def plain(markup: str) -> str:
    """A piece of XML without its tags, entities put into characters."""
    if "<" not in markup:
        return unescape(markup)
    return _MARKUP.sub(_unmarked, markup)


def _unmarked(match: re.Match[str]) -> str:
    return _character(match[2]) if match[2] else match[1] or ""


def unescape(text: str) -> str:
    """Entities put into characters.

    >>> unescape("&lt;&#1055;&#x41;&gt;")
    '<ПA>'
    """
    return _REFERENCE.sub(lambda match: _character(match[1]), text) if "&" in text else text


def _character(name: str) -> str:
    if name.startswith("#"):
        return chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
    return _NAMED.get(name, f"&{name};")


def escape(text: str) -> str:
    """A text as it stands between tags.

    >>> escape("A < B & C")
    'A &lt; B &amp; C'
    """
    if "&" in text:  # a look for one character takes a tenth of the time of a replacement in vain
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def quote(text: str) -> str:
    """A text as it stands within the double quotes of an attribute.

    >>> quote('5" & more')
    '5&quot; &amp; more'
    """
    escaped = escape(text).replace('"', "&quot;")
    return escaped.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")


# --- changing --------------------------------------------------------------------------------------------------------


def set_attributes(text: str, element: Element, changes: Mapping[str, str | None]) -> str:
    """The text with attributes of one element set, or left out where the value is None.

    >>> text = '<calcPr calcId="1" iterate="1"/>'
    >>> set_attributes(text, root(text), {"iterate": None, "fullCalcOnLoad": "1"})
    '<calcPr calcId="1" fullCalcOnLoad="1"/>'
    """
    return text[: element.start] + changed_tag(tag(text, element), changes) + text[element.inner :]


def changed_tag(start_tag: str, changes: Mapping[str, str | None]) -> str:
    """A start tag with attributes set, or left out where the value is None."""
    missing = dict(changes)

    def change(match: re.Match[str]) -> str:
        if match[1] not in changes:
            return match[0]
        value = missing.pop(match[1], None)
        return "" if value is None else f' {match[1]}="{quote(value)}"'

    changed = _ATTRIBUTE.sub(change, start_tag)
    added = "".join([f' {name}="{quote(value)}"' for name, value in missing.items() if value is not None])
    end = len(changed) - (2 if changed.endswith("/>") else 1)
    return changed[:end].rstrip() + added + changed[end:] if added else changed


def replace(text: str, element: Element, new: str) -> str:
    """The text with an element exchanged; with nothing for it, removed."""
    return text[: element.start] + new + text[element.end :]


def append(text: str, parent: Element, new: str) -> str:
    """The text with something more at the end of an element.

    >>> append("<x:a/>", root("<x:a/>"), "<x:b/>")
    '<x:a><x:b/></x:a>'
    """
    if parent.self_closed:
        opened = text[parent.start : parent.inner - 2].rstrip() + ">"
        return f"{text[: parent.start]}{opened}{new}</{parent.name}>{text[parent.end :]}"
    return text[: parent.close] + new + text[parent.close :]


def insert(text: str, parent: Element, new: str, later: Sequence[str]) -> str:
    """The text with something more within an element, before the first child that must come later.

    The order of children is fixed in most of a workbook's elements. A choice for other versions
    (``mc:AlternateContent``) counts as what it holds.

    >>> text = "<a><b/><d/></a>"
    >>> insert(text, root(text), "<c/>", later=["d", "e"])
    '<a><b/><c/><d/></a>'
    """
    for element in children(text, parent):
        if _kind(text, element) in later:
            return text[: element.start] + new + text[element.start :]
    return append(text, parent, new)


def with_relationships(text: str) -> tuple[str, str]:
    """The text with the namespace of relationship ids declared at its root, and the prefix that stands for it."""
    known = namespaces(root_tag(text))
    present = next((prefix for prefix, uri in known.items() if uri in RELATIONSHIPS and prefix), None)
    if present:
        return text, present
    prefix = next(name for name in ("r", "rel", "rel1") if name not in known)
    uri = RELATIONSHIPS[STRICT_MAIN in known.values()]
    return set_attributes(text, root(text), {f"xmlns:{prefix}": uri}), prefix


def _kind(text: str, element: Element) -> str:
    while element.local in {"AlternateContent", "Choice", "Fallback"}:
        inner = next(children(text, element), None)
        if inner is None:
            break
        element = inner
    return element.local
