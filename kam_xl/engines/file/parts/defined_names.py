"""Defined names: what a workbook or one of its sheets calls a cell, a range, a constant or a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from kam_xl.engines.file.errors import EditError
from kam_xl.locale import Text
from kam_xl.ooxml import xml

if TYPE_CHECKING:
    from kam_xl.engines.file.parts.tabs import SheetEntry

_VALID = re.compile(r"[^\W\d][\w.\\?]*|\\[\w.\\?]*")
# A name as every known program writes most of them; whatever else is said about one is read by the parser of XML.
_PLAIN = re.compile(
    r'()(<(?:\w+:)?definedName name="([\w.\\?]+)"(?: localSheetId="(\d{1,9})")?>([^<&]+)</(?:\w+:)?definedName>)'
)
_Plain = tuple[str, str, str, str, str]
"""A plain name as it stands in the file: what stood before it, the element, its name, the place of its sheet ("" for
the whole book), its meaning. A tuple of texts alone, which costs the search for cycles nothing."""
_CELL_LIKE = re.compile(r"\$?[A-Za-z]{1,3}\$?\d+|[rR]\d*|[cC]\d*|[rR]\d*[cC]\d*")


@dataclass(eq=False, slots=True)
class DefinedName:
    """A name and what it stands for.

    `refers_to` is a formula without its equal sign; `sheet` is the sheet that it belongs to, None for the whole book.
    `source` is the element as read, for what this class does not know about it; `lead` is what stood before it, `plain`
    what a plain element said: name, place of its sheet, meaning.
    """

    name: str
    refers_to: str
    sheet: SheetEntry | None = None
    hidden: bool = False
    source: str = ""
    lead: str = ""
    plain: tuple[str, int | None, str] | None = None

    def as_read(self, position: int | None) -> bool:
        """Whether it is plain, and nothing about it has changed; `position` is the tab of its sheet."""
        return self.plain == (self.name, position, self.refers_to) and not self.hidden

    def render(self, prefix: str, position: int | None) -> str:
        """The element; `position` is the tab of its sheet."""
        if self.as_read(position):
            return self.source
        name = f"{prefix}definedName"
        element = self.source or f"<{name}></{name}>"
        place = xml.root(element)
        known = xml.attributes(xml.tag(element, place))
        changes = {} if known.get("name") == self.name else {"name": self.name}
        if position is not None and known.get("localSheetId") != str(position):
            changes["localSheetId"] = str(position)
        if self.hidden != _is_true(known.get("hidden")):
            changes["hidden"] = str(int(self.hidden))
        if xml.content(element, place) != self.refers_to:
            element = element[: place.inner] + xml.escape(self.refers_to) + element[place.close :]
        return xml.set_attributes(element, place, changes) if changes else element


class Block(Protocol):
    """The names of a sheet as one text, not yet read."""

    def render(self, position: int) -> str:
        """The elements, for a sheet at this tab."""


class DefinedNames:
    """The names of a workbook, in the order of the file."""

    def __init__(self, text: str, sheets: list[SheetEntry]) -> None:
        self._items: dict[int, DefinedName | _Plain] = {}  # by number, in the order of the file
        self._scopes: dict[SheetEntry | None, dict[str, int]] = {}
        self._next = 0
        self._blocks: dict[SheetEntry, Block] = {}
        self._sheets = list(sheets)  # by the places that the file gives them
        parent = xml.child(text, xml.root(text), "definedNames")
        if parent and not self._keep_plain(text, parent):
            for item in _read_all(text, parent, self._sheets):
                self._keep(item)
        self._count_read = self._next

    def __iter__(self) -> Iterator[DefinedName]:
        self._read_blocks()
        return iter([self._at(number) for number in self._items])

    def __len__(self) -> int:
        self._read_blocks()
        return len(self._items)

    def of(self, sheet: SheetEntry | None) -> list[DefinedName]:
        """The names that belong to one sheet, or to the whole book."""
        self._read_block(sheet)
        return [self._at(number) for number in self._scopes.get(sheet, {}).values()]

    def meanings(self, sheet: SheetEntry | None) -> dict[str, str]:
        """What each name of one sheet, or of the whole book, refers to."""
        self._read_block(sheet)
        items = [self._items[number] for number in self._scopes.get(sheet, {}).values()]
        return dict((item[2], item[4]) if isinstance(item, tuple) else (item.name, item.refers_to) for item in items)

    def get(self, name: str, sheet: SheetEntry | None = None) -> DefinedName | None:
        """The name of one sheet, or of the whole book; capitals do not matter."""
        self._read_block(sheet)
        number = self._scopes.get(sheet, {}).get(name.casefold())
        return None if number is None else self._at(number)

    def _at(self, number: int) -> DefinedName:
        """A name, made of what was read when it is first asked for: there may be tens of thousands."""
        item = self._items[number]
        if isinstance(item, tuple):
            lead, source, name, place, refers_to = item
            plain = (name, int(place) if place else None, refers_to)
            sheet = self._sheet_at(place)
            item = self._items[number] = DefinedName(name, refers_to, sheet, source=source, lead=lead, plain=plain)
        return item

    def _sheet_at(self, place: str) -> SheetEntry | None:
        return self._sheets[int(place)] if place and int(place) < len(self._sheets) else None

    def add(self, name: str, refers_to: str, sheet: SheetEntry | None = None, *, hidden: bool = False) -> DefinedName:
        """Define a name; one that is there already gets the new meaning.

        Parameters
        ----------
        name : str
            As Excel allows it.
        refers_to : str
            A US-English formula; the equal sign may be left out.
        sheet : SheetEntry, optional
            The sheet that the name belongs to.
        hidden : bool
            Whether Excel leaves it out of its list of names.
        """
        check(name)
        defined = self.get(name, sheet)
        if defined is None:
            defined = DefinedName(name, "", sheet, hidden)
            self._keep(defined)
        defined.refers_to = refers_to.removeprefix("=")
        return defined

    def defer(self, sheet: SheetEntry, block: Block) -> None:
        """Give a new sheet its names as one text, which is read when somebody asks for them.

        A template with a hundred names may be copied a thousand times, and all these names need nobody's memory.
        """
        self._blocks[sheet] = block

    def _read_blocks(self) -> None:
        for sheet in list(self._blocks):
            self._read_block(sheet)

    def _read_block(self, sheet: SheetEntry | None) -> None:
        block = self._blocks.pop(sheet, None) if sheet and self._blocks else None
        if block is not None:
            text = f"<names>{block.render(0)}</names>"
            for element in xml.children(text, xml.root(text)):
                self._keep(_read(text, element, "", [sheet] if sheet else []))

    def delete(self, defined: DefinedName) -> None:
        """Take a name away."""
        scope, key = self._scopes.get(defined.sheet, {}), defined.name.casefold()
        number = scope.get(key)
        if number is not None and self._items[number] is defined:
            del scope[key], self._items[number]
        else:  # a second one of its name, which some programs leave behind
            self._items = {at: item for at, item in self._items.items() if item is not defined}

    def rename(self, defined: DefinedName, name: str) -> None:
        """Give a name another spelling; formulas that use it stay as they are."""
        check(name)
        if self.get(name, defined.sheet) not in {None, defined}:
            raise EditError(Text("this name is taken"), got=name)
        self.delete(defined)
        defined.name = name
        self._keep(defined)

    def _keep(self, item: DefinedName | _Plain) -> None:
        name, sheet = (item[2], self._sheet_at(item[3])) if isinstance(item, tuple) else (item.name, item.sheet)
        self._items[self._next] = item
        self._scopes.setdefault(sheet, {}).setdefault(name.casefold(), self._next)
        self._next += 1

    def _keep_plain(self, text: str, parent: xml.Element) -> bool:
        """Keep the names of a list in which all are plain and nothing stands between them; whether that is so."""
        items: list[_Plain] = _PLAIN.findall(text, parent.inner, parent.close)
        if sum(len(item[1]) for item in items) != parent.close - parent.inner or xml.mask(text) is not text:
            return False
        self._items = dict(enumerate(items))
        self._next = len(items)
        scopes: dict[str, dict[str, int]] = {}
        for number, item in enumerate(items):
            place = item[3]
            scope = scopes.get(place)
            if scope is None:
                scope = scopes[place] = self._scopes.setdefault(self._sheet_at(place), {})
            scope.setdefault(item[2].casefold(), number)
        return True

    def render(self, text: str, sheets: list[SheetEntry], later: list[str]) -> str:
        """The workbook's text with these names in it."""
        root = xml.root(text)
        positions = {sheet: index for index, sheet in enumerate(sheets)}
        prefix = root.prefix
        in_place = sheets[: len(self._sheets)] == self._sheets
        if in_place and self._as_read(positions):
            return text
        items = [
            item[0] + item[1] if in_place and isinstance(item, tuple) else self._rendered(at, prefix, positions)
            for at, item in self._items.items()
        ]
        items += [block.render(positions[sheet]) for sheet, block in self._blocks.items()]
        parent = xml.child(text, root, "definedNames")
        if parent is None:
            tag = f"{prefix}definedNames"
            return xml.insert(text, root, f"<{tag}>{''.join(items)}</{tag}>", later) if items else text
        if not items:  # an empty list is not of our making, and stays
            return xml.replace(text, parent, "") if xml.child(text, parent, "definedName") else text
        if parent.self_closed:
            return xml.append(text, parent, "".join(items))
        end = xml.mask(text).rfind(">", parent.inner, parent.close) + 1  # of the last element
        return text[: parent.inner] + "".join(items) + text[end or parent.close :]

    def _as_read(self, positions: Mapping[SheetEntry, int]) -> bool:
        """Whether all names are plain and as they were read: then there is nothing to write."""
        if self._blocks or not self._count_read == self._next == len(self._items):
            return False
        made = (item for item in self._items.values() if isinstance(item, DefinedName))
        return all(item.as_read(positions[item.sheet] if item.sheet else None) for item in made)

    def _rendered(self, number: int, prefix: str, positions: Mapping[SheetEntry, int]) -> str:
        name = self._at(number)
        return name.lead + name.render(prefix, positions[name.sheet] if name.sheet else None)


def _read_all(text: str, parent: xml.Element, sheets: list[SheetEntry]) -> Iterator[DefinedName | _Plain]:
    """All names of a list; plain ones are found without a parser, which would take long for tens of thousands."""
    end = parent.inner
    is_bare = xml.mask(text) is text
    for match in _PLAIN.finditer(text, parent.inner, parent.close) if is_bare else ():
        start = match.start()
        if start != end:
            for element in _elements(text, end, start):
                yield _read(text, element, text[end : element.start], sheets)
                end = element.end
        yield cast(_Plain, (text[end:start], *match.groups("")[1:]))
        end = match.end()
    for element in _elements(text, end, parent.close):
        yield _read(text, element, text[end : element.start], sheets)
        end = element.end


def _elements(text: str, start: int, stop: int) -> Iterator[xml.Element]:
    """The names between two places, whatever they look like."""
    return xml.children(text, xml.Element("", start, start, stop, stop), "definedName")


def _read(text: str, element: xml.Element, lead: str, sheets: list[SheetEntry]) -> DefinedName:
    attributes = xml.attributes(xml.tag(text, element))
    local = xml.number(attributes, "localSheetId") if "localSheetId" in attributes else len(sheets)
    sheet = sheets[local] if local < len(sheets) else None
    source = text[element.start : element.end]
    hidden = _is_true(attributes.get("hidden"))
    return DefinedName(attributes.get("name", ""), xml.content(text, element), sheet, hidden, source, lead)


def _is_true(value: str | None) -> bool:
    return value in {"1", "true"}


def check(name: str) -> None:
    """Refuse what Excel does not take as a name.

    >>> check("C0017")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    kam_xl.engines.errors.EditError: Excel does not allow this name, got C0017. Begin with...
    """
    builtin = name.startswith("_xlnm.")
    if not builtin and (not _VALID.fullmatch(name) or _CELL_LIKE.fullmatch(name) or len(name) > 255):
        raise EditError(
            Text("Excel does not allow this name"),
            got=name,
            remedy=Text("Begin with a letter or underscore, use letters, digits, dots; it must not look like a cell."),
        )
