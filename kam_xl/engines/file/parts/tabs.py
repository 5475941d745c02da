"""The tabs of a workbook: its sheets in order, and which of them its windows show."""

from __future__ import annotations

from dataclasses import dataclass

from kam_xl.engines.file import xml
from kam_xl.engines.file.errors import DamagedFileError, EditError
from kam_xl.engines.file.opc.package import Package
from kam_xl.engines.file.opc.relationships import Rel
from kam_xl.locale import Text

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
    the element as read, for what this class does not know of it; `lead` is what stood before it.
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
        self.windows = [
            tuple(self._at(xml.attributes(xml.tag(text, view)).get(name)) for name in ("activeTab", "firstSheet"))
            for view in xml.find_all(text, "workbookView")
        ]

    def _at(self, position: str | None) -> SheetEntry:
        number = int(position) if position and position.isdigit() else 0
        return self.sheets[number if number < len(self.sheets) else 0]

    @property
    def active(self) -> SheetEntry:
        """The sheet that is shown when the book is opened."""
        return self.windows[0][0] if self.windows else self.sheets[0]
