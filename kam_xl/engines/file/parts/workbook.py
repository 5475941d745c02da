"""A workbook: its sheets, names, styles and texts over one package, and what must follow when one of them changes."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from kam_xl.engines.file import xml
from kam_xl.engines.file.errors import NotAWorkbookError
from kam_xl.engines.file.opc.archive import LIMITS, Limits
from kam_xl.engines.file.opc.names import relationships_of
from kam_xl.engines.file.opc.package import Package
from kam_xl.engines.file.parts.names import DefinedNames
from kam_xl.engines.file.parts.sheet import SheetPart
from kam_xl.engines.file.parts.strings import SharedStrings
from kam_xl.engines.file.parts.styles import Styles
from kam_xl.engines.file.parts.tabs import SheetEntry, Tabs
from kam_xl.locale import Text

__all__ = ["SheetEntry", "SheetPart", "Workbook"]

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_MACRO = "application/vnd.ms-excel."
WORKBOOK_TYPES = {
    ".xlsx": _MAIN + "sheet.main+xml",
    ".xltx": _MAIN + "template.main+xml",
    ".xlsm": _MACRO + "sheet.macroEnabled.main+xml",
    ".xltm": _MACRO + "template.macroEnabled.main+xml",
    ".xlam": _MACRO + "addin.macroEnabled.main+xml",
}
WORKSHEET = _MAIN + "worksheet+xml"
# The order of the workbook's children, as the standard has it (CT_Workbook).
_ORDER = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
]


class Workbook:
    """The model of one workbook over its package.

    Attributes
    ----------
    package : Package
        The parts; `flush` brings the changes of this model into them.
    part : str
        The name of the workbook part.
    names : DefinedNames
        The defined names of the book and of its sheets.
    recalculate : bool
        Whether Excel is told to calculate everything when it opens the book.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = _workbook_part(package)
        self._text = package.text(self.part)
        self.tabs = Tabs(self._text, self.part, package)
        self.names = DefinedNames(self._text, self.tabs.sheets)
        self.recalculate = False
        self._parts: dict[SheetEntry, SheetPart] = {}
        self._meant = {self.part, relationships_of(self.part)}
        self._chain_is_stale = False

    @classmethod
    def open(cls, path: Path | str, limits: Limits = LIMITS) -> Workbook:
        """The workbook in a file.

        Raises
        ------
        PackageError
            If the file cannot be read, is no workbook, or cannot be trusted.
        """
        return cls(Package.open(path, limits))

    @property
    def sheets(self) -> list[SheetEntry]:
        """All sheets in the order of their tabs, chart sheets and hidden ones among them."""
        return self.tabs.sheets

    @cached_property
    def styles(self) -> Styles:
        """The formats of cells."""
        return Styles(self.package, self.part)

    @cached_property
    def strings(self) -> SharedStrings:
        """The texts that cells have in common."""
        return SharedStrings(self.package, self.part)

    @cached_property
    def date_1904(self) -> bool:
        """Whether dates count from 1904, as in books of old Macintosh origin."""
        found = xml.child(self._text, xml.root(self._text), "workbookPr")
        return found is not None and xml.attributes(xml.tag(self._text, found)).get("date1904") in {"1", "true"}

    @property
    def has_macros(self) -> bool:
        """Whether the book holds a VBA project."""
        return self.package.part_of_type(self.part, "vbaProject") is not None

    def sheet_part(self, entry: SheetEntry) -> SheetPart:
        """The contents of a sheet, read when first asked for."""
        if entry not in self._parts:
            self._parts[entry] = SheetPart(self, entry)
        return self._parts[entry]

    # --- sheets ------------------------------------------------------------------------------------------------------

    def add_entry(self, name: str, part: str, *, index: int | None = None, state: str = "visible") -> SheetEntry:
        """List a part of the package as a worksheet, at the end or at a position.

        Sheet-scoped names keep their sheets, and windows go on showing what they showed.

        Raises
        ------
        EditError
            If Excel would not allow the name.
        """
        self.tabs.check_name(name)
        sheet_id = max((entry.sheet_id for entry in self.sheets), default=0) + 1
        entry = SheetEntry(name, sheet_id, "", part, state, fresh=True)
        entry.rel_id = self.package.relate(self.part, "worksheet", part)
        self.tabs.insert(entry, len(self.sheets) if index is None else index)
        self._chain_is_stale = True
        return entry

    def move(self, entry: SheetEntry, index: int) -> None:
        """Put a sheet's tab at another position, counted without the sheet itself."""
        self.sheets.remove(entry)
        self.sheets.insert(index, entry)
        self._chain_is_stale = True

    # --- writing -----------------------------------------------------------------------------------------------------

    def touch(self, *parts: str) -> None:
        """Declare that parts of the source are meant to change; `save` takes any other change for a fault."""
        self._meant.update(parts)

    def flush(self) -> None:
        """Bring the changes of this model into the package."""
        for sheet in self._parts.values():
            sheet.flush()
        self.styles.flush()
        self.strings.flush()
        text = self.names.render(self.tabs.render(self._text), self.sheets, _later("definedNames"))
        if text != self.package.text(self.part):
            self.package.put(self.part, text)


def _later(local: str) -> list[str]:
    return _ORDER[_ORDER.index(local) + 1 :]


def _workbook_part(package: Package) -> str:
    """The workbook part of a package that is a workbook of a form we know."""
    part = package.part_of_type("", "officeDocument")
    kind = package.content_type(part) if part else ""
    if part and kind in WORKBOOK_TYPES.values():
        return part
    binary = kind.startswith(_MACRO + "sheet.binary")
    raise NotAWorkbookError(
        Text("this is a binary workbook (.xlsb)") if binary else Text("this is not an Excel workbook"),
        where=package.name,
        remedy=Text("Open it in Excel and save it as .xlsx or .xlsm."),
    )
