"""Defined names: what a workbook or one of its sheets calls a cell, a range, a constant or a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.parts.names.plain_names import PLAIN, PlainNames
from kam_xl.locale import Text
from kam_xl.ooxml import xml
from kam_xl.ooxml.markup import LongText

if TYPE_CHECKING:
    from kam_xl.engines.file.parts.names.tabs import SheetEntry

_VALID = re.compile(r"[^\W\d][\w.\\?]*|\\[\w.\\?]*")
_HERE = "\0"  # no XML has it
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
    """The names of a workbook, in the order of the file.

    There may be hundreds of thousands: plain ones stay in the text as they were read, until somebody asks for one.

    Attributes
    ----------
    frame : str
        The workbook's text without them.
    """

    def __init__(self, text: str, sheets: list[SheetEntry]) -> None:
        self._made: dict[int, DefinedName] = {}  # by number, in the order of the file; all others are plain
        self._gone: set[int] = set()
        self._scopes: dict[SheetEntry | None, dict[str, int]] = {}
        self._next = 0
        self._blocks: dict[SheetEntry, Block] = {}
        self._sheets = list(sheets)  # by the places that the file gives them
        parent = xml.child(text, xml.root(text), "definedNames")
        self._text = text[parent.inner : parent.close] if parent else ""
        self.frame = text[: parent.inner] + text[parent.close :] if parent else text
        self._plain = PlainNames(self._text)
        self._read_all()
        self._count_read = self._next

    def _read_all(self) -> None:
        text, end = self._text, 0
        scopes: dict[str | None, dict[str, int]] = {}
        for match in PLAIN.finditer(text) if xml.mask(text) is text else ():
            start, place = match.start(), match[2]
            if start != end:
                end = self._read_between(end, start)
            if place not in scopes:
                scopes[place] = self._scopes.setdefault(self._sheet_at(place), {})
            scopes[place].setdefault(self._plain.add(match, end), self._next)
            self._next += 1
            end = match.end()
        self._plain.skip(self._read_between(end, len(text)))

    def _read_between(self, start: int, stop: int) -> int:
        """Keep the names between two places, whatever they look like; returns where the last one ends."""
        text, end = self._text, start
        between = xml.Element("", start, start, stop, stop)
        for element in xml.children(text, between, "definedName") if start < stop else ():
            self._plain.skip(end)
            self._keep(_read(text, element, text[end : element.start], self._sheets))
            end = element.end
        return end

    def __iter__(self) -> Iterator[DefinedName]:
        self._read_blocks()
        return iter([self._at(number) for number in self._numbers()])

    def __len__(self) -> int:
        self._read_blocks()
        return self._next - len(self._gone)

    def _numbers(self) -> Iterator[int]:
        return (number for number in range(self._next) if number not in self._gone)

    def of(self, sheet: SheetEntry | None) -> list[DefinedName]:
        """The names that belong to one sheet, or to the whole book."""
        self._read_block(sheet)
        return [self._at(number) for number in self._scopes.get(sheet, {}).values()]

    def meanings(self, sheet: SheetEntry | None) -> dict[str, str]:
        """What each name of one sheet, or of the whole book, refers to."""
        self._read_block(sheet)
        numbers, made = self._scopes.get(sheet, {}).values(), self._made
        if made.keys().isdisjoint(numbers):
            return self._plain.meanings(numbers)
        return dict((made[at].name, made[at].refers_to) if at in made else self._plain.meaning(at) for at in numbers)

    def get(self, name: str, sheet: SheetEntry | None = None) -> DefinedName | None:
        """The name of one sheet, or of the whole book; capitals do not matter."""
        self._read_block(sheet)
        number = self._scopes.get(sheet, {}).get(name.casefold())
        return None if number is None else self._at(number)

    def _at(self, number: int) -> DefinedName:
        item = self._made.get(number)
        if item is None:
            name, refers_to = self._plain.meaning(number)
            place, lead, source = self._plain.place(number), self._plain.lead(number), self._plain.source(number)
            plain = (name, int(place) if place else None, refers_to)
            item = DefinedName(name, refers_to, self._sheet_at(place), source=source, lead=lead, plain=plain)
            self._made[number] = item
        return item

    def _sheet_at(self, place: str | None) -> SheetEntry | None:
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
        if number is not None and self._made.get(number) is defined:
            del scope[key]
        else:  # a second one of its name, which some programs leave behind
            number = next((at for at, item in self._made.items() if item is defined), None)
        if number is not None:
            del self._made[number]
            self._gone.add(number)

    def rename(self, defined: DefinedName, name: str) -> None:
        """Give a name another spelling; formulas that use it stay as they are."""
        check(name)
        if self.get(name, defined.sheet) not in {None, defined}:
            raise EditError(Text("this name is taken"), got=name)
        self.delete(defined)
        defined.name = name
        self._keep(defined)

    def _keep(self, item: DefinedName) -> None:
        self._made[self._next] = item
        self._scopes.setdefault(item.sheet, {}).setdefault(item.name.casefold(), self._next)
        self._next += 1

    def render(self, frame: str, sheets: list[SheetEntry], later: list[str]) -> str | LongText:
        """The workbook's text, from one without names, with these in it: those not read are made as it is written."""
        root = xml.root(frame)
        positions = {sheet: index for index, sheet in enumerate(sheets)}
        in_place = sheets[: len(self._sheets)] == self._sheets
        parent = xml.child(frame, root, "definedNames")
        if in_place and self._as_read(positions):
            return frame[: parent.inner] + self._text + frame[parent.close :] if parent else frame
        items = [
            self._plain.element(at)
            if in_place and at < self._count_read and at not in self._made
            else self._rendered(at, root.prefix, positions)
            for at in self._numbers()
        ]
        blocks = [partial(block.render, positions[sheet]) for sheet, block in self._blocks.items()]
        if parent is None:
            if not items and not blocks:
                return frame
            tag = f"{root.prefix}definedNames"
            text = xml.insert(frame, root, f"<{tag}>{_HERE}</{tag}>", later)
        elif not items and not blocks and self._count_read:  # an empty list is not of our making, and stays
            return xml.replace(frame, parent, "")
        else:
            text = xml.append(frame, parent, _HERE + self._plain.tail)
        before, behind = text.split(_HERE)
        before += "".join(items)
        return LongText([before, *blocks, behind]) if blocks else before + behind

    def as_read(self, sheets: list[SheetEntry]) -> bool:
        """Whether nothing is to be written: all names, and the places of their sheets, are as they were read."""
        in_place = sheets[: len(self._sheets)] == self._sheets
        return in_place and self._as_read({sheet: index for index, sheet in enumerate(sheets)})

    def _as_read(self, positions: Mapping[SheetEntry, int]) -> bool:
        """Whether all names are plain and as they were read: then there is nothing to write."""
        if self._blocks or self._gone or self._count_read != self._next:
            return False
        made = self._made.values()
        return all(item.as_read(positions[item.sheet] if item.sheet else None) for item in made)

    def _rendered(self, number: int, prefix: str, positions: Mapping[SheetEntry, int]) -> str:
        name = self._at(number)
        return name.lead + name.render(prefix, positions[name.sheet] if name.sheet else None)


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
