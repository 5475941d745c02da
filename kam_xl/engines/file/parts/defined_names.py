"""Defined names: what a workbook or one of its sheets calls a cell, a range, a constant or a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kam_xl.engines.file.errors import EditError
from kam_xl.locale import Text
from kam_xl.ooxml import xml

if TYPE_CHECKING:
    from kam_xl.engines.file.parts.tabs import SheetEntry

_VALID = re.compile(r"[^\W\d][\w.\\?]*|\\[\w.\\?]*")
# A name as every known program writes most of them; whatever else is said about one is read by the parser of XML.
_PLAIN = re.compile(
    r'<(?:\w+:)?definedName name="([\w.\\?]+)"(?: localSheetId="(\d{1,9})")?>([^<&]+)</(?:\w+:)?definedName>'
)
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

    def render(self, prefix: str, position: int | None) -> str:
        """The element; `position` is the tab of its sheet."""
        if self.plain == (self.name, position, self.refers_to) and not self.hidden:
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
        self._all: dict[DefinedName, None] = {}
        self._scopes: dict[SheetEntry | None, dict[str, DefinedName]] = {}
        self._blocks: dict[SheetEntry, Block] = {}
        parent = xml.child(text, xml.root(text), "definedNames")
        for defined in _read_all(text, parent, sheets) if parent else ():
            self._keep(defined)

    def __iter__(self) -> Iterator[DefinedName]:
        self._read_blocks()
        return iter(self._all)

    def __len__(self) -> int:
        self._read_blocks()
        return len(self._all)

    def of(self, sheet: SheetEntry | None) -> list[DefinedName]:
        """The names that belong to one sheet, or to the whole book."""
        self._read_block(sheet)
        return list(self._scopes.get(sheet, {}).values())

    def get(self, name: str, sheet: SheetEntry | None = None) -> DefinedName | None:
        """The name of one sheet, or of the whole book; capitals do not matter."""
        self._read_block(sheet)
        return self._scopes.get(sheet, {}).get(name.casefold())

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
        self._all.pop(defined, None)
        scope = self._scopes.get(defined.sheet, {})
        if scope.get(defined.name.casefold()) is defined:
            del scope[defined.name.casefold()]

    def rename(self, defined: DefinedName, name: str) -> None:
        """Give a name another spelling; formulas that use it stay as they are."""
        check(name)
        if self.get(name, defined.sheet) not in {None, defined}:
            raise EditError(Text("this name is taken"), got=name)
        self.delete(defined)
        defined.name = name
        self._keep(defined)

    def _keep(self, defined: DefinedName) -> None:
        self._all[defined] = None
        self._scopes.setdefault(defined.sheet, {}).setdefault(defined.name.casefold(), defined)

    def render(self, text: str, sheets: list[SheetEntry], later: list[str]) -> str:
        """The workbook's text with these names in it."""
        root = xml.root(text)
        positions = {sheet: index for index, sheet in enumerate(sheets)}
        prefix = root.prefix
        items = [name.lead + name.render(prefix, positions[name.sheet] if name.sheet else None) for name in self._all]
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


def _read_all(text: str, parent: xml.Element, sheets: list[SheetEntry]) -> Iterator[DefinedName]:
    """All names of a list; there may be tens of thousands, so that plain ones are read without a parser."""
    end = parent.inner
    is_bare = xml.mask(text) is text
    for found in _PLAIN.finditer(text, parent.inner, parent.close) if is_bare else ():
        start = found.start()
        if start != end:
            for element in _elements(text, end, start):
                yield _read(text, element, text[end : element.start], sheets)
                end = element.end
        name, local, refers_to = found.groups()
        place = None if local is None else int(local)
        sheet = sheets[place] if place is not None and place < len(sheets) else None
        plain = (name, place, refers_to)
        yield DefinedName(name, refers_to, sheet, source=found[0], lead=text[end:start], plain=plain)
        end = found.end()
    for element in _elements(text, end, parent.close):
        yield _read(text, element, text[end : element.start], sheets)
        end = element.end


def _elements(text: str, start: int, stop: int) -> Iterator[xml.Element]:
    """The names between two places, whatever they look like."""
    return xml.children(text, xml.Element("", start, start, stop, stop), "definedName")


def _read(text: str, element: xml.Element, lead: str, sheets: list[SheetEntry]) -> DefinedName:
    found = xml.attributes(xml.tag(text, element))
    local = xml.number(found, "localSheetId") if "localSheetId" in found else len(sheets)
    sheet = sheets[local] if local < len(sheets) else None
    source = text[element.start : element.end]
    hidden = _is_true(found.get("hidden"))
    return DefinedName(found.get("name", ""), xml.content(text, element), sheet, hidden, source, lead)


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
