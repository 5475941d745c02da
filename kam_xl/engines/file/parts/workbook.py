"""A workbook: its sheets, names, styles and texts over one package, and what must follow when one of them changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.parts.cells.shared_parts import SharedParts
from kam_xl.engines.file.parts.cells.sheet import SheetPart
from kam_xl.engines.file.parts.names.defined_names import DefinedNames
from kam_xl.engines.file.parts.names.table_names import TableNames
from kam_xl.engines.file.parts.names.tabs import SheetEntry, Tabs
from kam_xl.locale import Text
from kam_xl.ooxml import xml
from kam_xl.ooxml.archive import LIMITS, Limits
from kam_xl.ooxml.errors import NotAWorkbookError
from kam_xl.ooxml.markup import LongText
from kam_xl.ooxml.order import IN_WORKBOOK
from kam_xl.ooxml.package import Package

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
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]|<\0f\0[ />]")  # in UTF-8 and in UTF-16


class Workbook(SharedParts):
    """The model of one workbook over its package.

    Attributes
    ----------
    package : Package
        The parts; `flushing.flush` brings the changes of this model into them.
    part : str
        The name of the workbook part.
    names : DefinedNames
        The defined names of the book and of its sheets.
    recalculate : bool
        Whether Excel is told to calculate everything when it opens the book.
    """

    def __init__(self, package: Package) -> None:
        super().__init__(package, _workbook_part(package))
        self.tabs = Tabs(self._text, self.part, package)
        self.names = DefinedNames(self._text, self.tabs.sheets)
        self._text = self.names.frame
        self.recalculate = False
        self._parts: dict[SheetEntry, SheetPart] = {}
        self._chain_is_stale = self._values_changed = False
        self.inward_charts: set[str] = set()  # parts that were found to refer to their own sheet only

    @classmethod
    def open(cls, path: Path | str, limits: Limits = LIMITS) -> Workbook:
        """The workbook in a file.

        Raises
        ------
        PackageError
            If the file cannot be read, is not a workbook, or cannot be trusted.
        """
        return cls(Package.open(path, limits))

    @property
    def sheets(self) -> list[SheetEntry]:
        """All sheets in the order of their tabs, chart sheets and hidden ones among them."""
        return self.tabs.sheets

    @cached_property
    def table_names(self) -> TableNames:
        """The names and numbers that tables may no longer have."""
        return TableNames.of(self.package, self.names)

    @property
    def has_macros(self) -> bool:
        """Whether the book holds a VBA project."""
        return self.package.part_of_type(self.part, "vbaProject") is not None

    def drop_macros(self) -> None:
        """Take the VBA project out, with everything that belongs to it alone: for a copy that is only looked at."""
        self.unrelate([rel.id for rel in self.package.rels(self.part) if rel.kind == "vbaProject"])
        self.package.types.set(self.part, WORKBOOK_TYPES[".xlsx"])

    def unrelate(self, ids: Iterable[str]) -> None:
        """Take relationships of the workbook part away, and every part that nothing leads to any more."""
        before = self.package.reachable("")
        for relationship in ids:
            self.package.unrelate(self.part, relationship)
        for part in before - self.package.reachable(""):
            self.touch(part)
            self.package.drop(part)

    def sheet_part(self, entry: SheetEntry) -> SheetPart:
        """A sheet, whose text is read when it is asked for."""
        if entry not in self._parts:
            self._parts[entry] = SheetPart(self, entry)
        return self._parts[entry]

    # --- sheets ------------------------------------------------------------------------------------------------------

    def add_entry(self, name: str, part: str, *, index: int | None = None, state: str = "visible") -> SheetEntry:
        """List a part of the package as a worksheet, at the end or at a position.

        Sheet-scoped names keep their sheets, and windows go on showing what they showed.

        The new sheet gets no ``codeName``, in books with macros neither. The name ties a sheet to a document module of
        the VBA project, and every one that a sheet bears must have its module there; a sheet without one is a sheet
        that Excel gives a module, and a name, when it opens the book. So the project stays as it is, byte for byte,
        its signature valid.

        Raises
        ------
        EditError
            If Excel would not allow the name.
        """
        self.tabs.check_name(name)
        entry = SheetEntry(name, self.tabs.next_id(), "", part, state, fresh=True)
        entry.rel_id = self.package.relate(self.part, "worksheet", part)
        self.tabs.insert(entry, len(self.sheets) if index is None else index)
        self._chain_is_stale = True
        return entry

    def move(self, entry: SheetEntry, index: int) -> None:
        """Put a sheet's tab at another position, counted without the sheet itself."""
        self.sheets.remove(entry)
        self.sheets.insert(index, entry)

    def forget(self, entry: SheetEntry) -> None:
        """Let go of the contents of a sheet that was taken out."""
        self._parts.pop(entry, None)
        self._chain_is_stale = True

    def activate(self, entry: SheetEntry) -> None:
        """Show a sheet when the book is opened, and no other beside it."""
        if entry.state != "visible":
            raise EditError(Text("a hidden sheet cannot be the active one"), got=entry.name)
        for sheet in {self.tabs.active, entry}:
            if sheet.kind == "worksheet" and sheet.part:
                self.sheet_part(sheet).select(sheet is entry)
        self.tabs.active = entry

    def show(self, entry: SheetEntry, visible: bool) -> None:
        """Show a sheet's tab or hide it; a book must not open with a hidden sheet, so another one takes its place."""
        if visible == (entry.state == "visible"):
            return
        if not visible:
            self.tabs.check_removal(entry)
        entry.state = "visible" if visible else "hidden"
        if self.tabs.active is entry and not visible:
            self.activate(next(other for other in self.sheets if other.state == "visible"))

    def loaded(self) -> dict[str, SheetPart]:
        """The sheets that have been looked into, by the names of their parts."""
        return {sheet.part: sheet for sheet in self._parts.values()}

    # --- writing -----------------------------------------------------------------------------------------------------

    def note_change(self) -> None:
        """Take down that something changed which formulas may use, such as the meaning of a name."""
        self._values_changed = True

    def write_parts(self) -> None:
        """Write sheets, styles, texts and the list of sheets into the package; `flushing` has made them ready."""
        for sheet in self._parts.values():
            sheet.flush()
        self.styles.flush()
        self.strings.flush()
        self.touch(*filter(None, (self.part, self.styles.part, self.strings.part)))
        frame = self._with_calculation(self.tabs.render(self._text))
        if self.package.is_as_read(self.part) and frame == self.names.frame and self.names.as_read(self.sheets):
            return  # without making its text, which may be long, only to compare it
        text = self.names.render(frame, self.sheets, IN_WORKBOOK["definedNames"])
        if isinstance(text, LongText) or text != self.package.text(self.part):
            self.package.put(self.part, text)

    def _with_calculation(self, text: str) -> str:
        """The workbook's text after what was done to formulas and to values that formulas may use."""
        sheets = self._parts.values()
        formulas_changed = any(sheet.formulas_changed for sheet in sheets)
        if formulas_changed or self._chain_is_stale:
            self._drop_chain()
        values_changed = self._values_changed or any(sheet.values_changed for sheet in sheets)
        if not (self.recalculate or formulas_changed or (values_changed and self._has_formulas)):
            return text
        root = xml.root(text)
        properties = xml.child(text, root, "calcPr")
        if properties is None:
            return xml.insert(text, root, f'<{root.prefix}calcPr fullCalcOnLoad="1"/>', IN_WORKBOOK["calcPr"])
        return xml.set_attributes(text, properties, {"fullCalcOnLoad": "1"})

    def _drop_chain(self) -> None:
        """Drop the order of calculation: Excel makes a missing one anew, and takes a wrong one for damage."""
        for rel in self.package.rels(self.part):
            if rel.kind == "calcChain":
                self.package.unrelate(self.part, rel.id)
                if rel.part:
                    self.touch(rel.part)
                    self.package.drop(rel.part)

    @cached_property
    def _has_formulas(self) -> bool:
        """Whether any sheet of the source has a formula."""
        if self.package.part_of_type(self.part, "calcChain"):
            return True
        parts = (entry.part for entry in self.sheets if entry.part and not entry.fresh)
        return any(_FORMULA.search(self.package.read(part)) for part in parts)


def _workbook_part(package: Package) -> str:
    """The workbook part of a package that is a workbook of a form we know."""
    part = package.part_of_type("", "officeDocument")
    kind = package.content_type(part) if part else ""
    if part and kind in WORKBOOK_TYPES.values():
        return part
    raise NotAWorkbookError.of(package.name, is_binary=kind.startswith(_MACRO + "sheet.binary"))
