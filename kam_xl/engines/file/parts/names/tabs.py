"""The tabs of a workbook: its sheets in order, and which of them its windows show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kam_xl.engines.file.errors import EditError
from kam_xl.excel.sheet_names import LIMIT, cut, length
from kam_xl.locale import Text
from kam_xl.ooxml import xml
from kam_xl.ooxml.errors import DamagedFileError
from kam_xl.ooxml.package import Package
from kam_xl.ooxml.relationships import Rel

_KINDS = {
    "worksheet": "worksheet",
    "chartsheet": "chartsheet",
    "dialogsheet": "dialogsheet",
    "xlMacrosheet": "macrosheet",
    "xlIntlMacrosheet": "macrosheet",
}
_FORBIDDEN = set("[]:*?/\\")


@dataclass(eq=False, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it.

    `kind` is worksheet, chartsheet, dialogsheet or macrosheet; `part` is None where the list has a sheet that the file
    has not (Excel keeps some hidden macro sheets so). `fresh` is a sheet added since the file was opened. `source` is
    the element as read, for what this class does not know about it; `lead` is what stood before it.
    """

    name: str
    sheet_id: int
    rel_id: str
    part: str | None
    state: str = "visible"
    kind: str = "worksheet"
    fresh: bool = False
    source: str = ""
    lead: str = ""

    def render(self, prefix: str, related: str) -> str:
        """The element; `related` is the prefix of the namespace of relationship ids."""
        element = self.source
        if not element:
            rest = f'sheetId="{self.sheet_id}" {related}:id="{xml.quote(self.rel_id)}"/>'
            element = f'<{prefix}sheet name="{xml.quote(self.name)}" {rest}'
        known = xml.attributes(element)
        changes: dict[str, str | None] = {} if known.get("name") == self.name else {"name": self.name}
        if known.get("state", "visible") != self.state:
            changes["state"] = None if self.state == "visible" else self.state
        return xml.set_attributes(element, xml.root(element), changes) if changes else element


class Tabs:
    """The sheets of a workbook in the order of their tabs, and the tab that each window shows.

    `windows` holds, for each window of the workbook, the sheet it shows and the first one on its bar.
    """

    def __init__(self, text: str, part: str, package: Package) -> None:
        root = xml.root(text)
        parent = xml.child(text, root, "sheets")
        if parent is None:
            raise DamagedFileError(Text("the workbook lists no sheets"), where=part)
        rels = {rel.id: rel for rel in package.rels(part)}
        self.sheets: list[SheetEntry] = []
        end = parent.inner
        for element in xml.children(text, parent, "sheet"):
            entry = _read(text[element.start : element.end], xml.tag(text, root), rels, part)
            entry.lead, end = text[end : element.start], element.end
            self.sheets.append(entry)
        if not self.sheets:
            raise DamagedFileError(Text("the workbook lists no sheets"), where=part)
        self._by_name = {entry.name.casefold(): entry for entry in self.sheets}
        self._last_id = max(entry.sheet_id for entry in self.sheets)
        windows = xml.child(text, root, "bookViews")
        views = (
            [xml.attributes(xml.tag(text, view)) for view in xml.children(text, windows, "workbookView")]
            if windows
            else []
        )
        self.windows = [(self._at(view, "activeTab"), self._at(view, "firstSheet")) for view in views]

    def _at(self, view: Mapping[str, str], name: str) -> SheetEntry:
        given = re.fullmatch(r"[0-9]{1,9}", view.get(name, ""))
        number = int(given[0]) if given else 0  # other programs write -1 where no tab was chosen
        return self.sheets[number if number < len(self.sheets) else 0]

    @property
    def active(self) -> SheetEntry:
        """The sheet that is shown when the book is opened."""
        return self.windows[0][0] if self.windows else self.sheets[0]

    @active.setter
    def active(self, entry: SheetEntry) -> None:
        # The bar begins with the sheet shown, if that would else be to its left, out of sight.
        self.windows[:1] = [(entry, min(first, entry, key=self.sheets.index)) for _, first in self.windows[:1]]

    def next_id(self) -> int:
        """A number for a new sheet; no sheet has had it."""
        self._last_id += 1
        return self._last_id

    def get(self, name: str) -> SheetEntry | None:
        """The sheet of a name; capitals do not matter."""
        return self._by_name.get(name.casefold())

    def check_name(self, name: str, besides: SheetEntry | None = None) -> None:
        """Refuse a name that Excel would refuse.

        Raises
        ------
        EditError
            If it is empty or too long, has forbidden characters, or another sheet has it.
        """
        fault = _fault(name)
        if fault:
            remedy = Text("Use 1 to 31 characters, none of []:*?/\\, and no apostrophe at either end.")
            raise EditError(fault, got=name, remedy=remedy)
        if self.get(name) not in {None, besides}:
            raise EditError(Text("another sheet of the workbook has this name"), got=name)

    def free_name(self, like: str) -> str:
        """The name if it is free, else with a number behind it, as Excel names copies: "Plan (2)"."""
        name, number = like, 2
        while self.get(name):
            suffix = f" ({number})"
            base = re.sub(r" \(\d+\)$", "", like)
            name, number = cut(base, LIMIT - len(suffix)) + suffix, number + 1
        return name

    def insert(self, entry: SheetEntry, index: int) -> None:
        """Put a sheet in at a position, from 0."""
        self.check_name(entry.name)
        self.sheets.insert(index, entry)
        self._by_name[entry.name.casefold()] = entry

    def rename(self, entry: SheetEntry, name: str) -> None:
        """Give a sheet another name."""
        self.check_name(name, entry)
        del self._by_name[entry.name.casefold()]
        entry.name = name
        self._by_name[name.casefold()] = entry

    def check_removal(self, entry: SheetEntry) -> None:
        """Refuse to delete or hide the only sheet that can be seen."""
        if not any(other is not entry and other.state == "visible" for other in self.sheets):
            raise EditError(Text("a workbook must keep one visible sheet"), got=entry.name)

    def remove(self, entry: SheetEntry) -> None:
        """Take a tab away; windows that showed it show its neighbour."""
        self.check_removal(entry)
        position = self.sheets.index(entry)
        del self.sheets[position], self._by_name[entry.name.casefold()]
        neighbours = [other for other in self.sheets[position:] + self.sheets[position::-1] if other.state == "visible"]
        self.windows = [
            (neighbours[0] if active is entry else active, neighbours[0] if first is entry else first)
            for active, first in self.windows
        ]

    def render(self, text: str) -> str:
        """The workbook's text with these tabs in it."""
        return self._render_windows(self._render_sheets(text))

    def _render_sheets(self, text: str) -> str:
        text, related = xml.with_relationships(text)
        root = xml.root(text)
        items = [entry.lead + entry.render(root.prefix, related) for entry in self.sheets]
        for parent in xml.children(text, root, "sheets"):
            tail = text[max(element.end for element in xml.children(text, parent)) : parent.close]
            return text[: parent.inner] + "".join(items) + tail + text[parent.close :]
        return text

    def _render_windows(self, text: str) -> str:
        positions = {entry: index for index, entry in enumerate(self.sheets)}
        windows = xml.child(text, xml.root(text), "bookViews")
        views = list(xml.children(text, windows, "workbookView")) if windows else []
        for view, shown in reversed(list(zip(views, self.windows, strict=True))):
            known = xml.attributes(xml.tag(text, view))
            wanted = {"activeTab": str(positions[shown[0]]), "firstSheet": str(positions[shown[1]])}
            changes = {name: value for name, value in wanted.items() if known.get(name, "0") != value}
            text = xml.set_attributes(text, view, changes) if changes else text
        return text


def _read(element: str, root_tag: str, rels: dict[str, Rel], part: str) -> SheetEntry:
    attributes = xml.attributes(element)
    rel_id = xml.related(element, root_tag) or ""
    if "name" not in attributes:
        raise DamagedFileError(Text("a sheet of the workbook has no name"), where=part)
    rel = rels.get(rel_id)
    if rel_id and (rel is None or rel.part is None):
        raise DamagedFileError(
            Text("a sheet of the workbook is missing in the file"), where=part, got=attributes["name"]
        )
    kind = _KINDS.get(rel.kind, "worksheet") if rel else "macrosheet"
    state = attributes.get("state", "visible")
    return SheetEntry(
        attributes["name"],
        xml.number(attributes, "sheetId"),
        rel_id,
        rel.part if rel else None,
        state,
        kind,
        source=element,
    )


def _fault(name: str) -> Text | None:
    """What Excel has against a sheet's name, None where it has nothing."""
    if not name or length(name) > LIMIT:
        return Text("a sheet's name must have 1 to 31 characters")
    if _FORBIDDEN & set(name) or not name.isprintable():
        return Text("a sheet's name has a character that Excel does not allow")
    if name.startswith("'") or name.endswith("'"):
        return Text("a sheet's name must not begin or end with an apostrophe")
    if name.casefold() == "history":
        return Text("Excel reserves this name")
    return None
