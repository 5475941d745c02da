"""A sheet copied from one workbook into another.

It keeps its look: formats, differences and table styles are appended to the other book's, colours and fonts of another
theme put in plain words. Its texts join the other book's table of texts. Formulas go on meaning what they meant: those
that refer to the sheet itself move with it; those that refer to other sheets are taken to mean the sheets of the same
names in the other book. Where the other book lacks such a sheet, or a table that a formula refers to, the copy is
refused, because every other way would change numbers behind somebody's back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kam_xl.engines.file.errors import EditError, UnsupportedError
from kam_xl.engines.file.parts.copies import persons
from kam_xl.engines.file.parts.copies.carrier import Carrier
from kam_xl.engines.file.parts.copies.clone import SHARED, SheetCopier, own_parts
from kam_xl.engines.file.parts.names.table_names import all_heads
from kam_xl.engines.file.parts.names.tabs import SheetEntry
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.excel import references
from kam_xl.locale import Text
from kam_xl.ooxml import xml

_REFUSED = {
    "pivotTable": Text("a pivot table"),
    "queryTable": Text("a table fed by a query"),
    "customXml": Text("ink"),
}
_RICH_VALUE = re.compile(r"<(?:\w+:)?c\s[^>]*\svm=")


def copy(source: Workbook, entry: SheetEntry, target: Workbook, name: str, index: int) -> SheetEntry:
    """A copy of a sheet in another workbook, at a place among its tabs.

    Raises
    ------
    UnsupportedError
        If the sheet carries something that cannot be brought into another book.
    EditError
        If its formulas refer to what the other book lacks, or Excel would not allow the name.
    """
    target.tabs.check_name(name)
    copier, package = SheetCopier(source, entry, target), source.package
    parts = dict(own_parts(package, entry.part or ""))
    _refuse(source, entry, parts.values())
    carrier = Carrier(source, target)
    carried = _Formulas(source, entry, target).check(part for part in parts if carrier.is_text(part))
    texts = {part: carrier.text(part, kind) for part, kind in parts.items() if carrier.is_text(part)}
    common = {rel.part for part in parts for rel in package.rels(part) if rel.part and rel.kind in SHARED}
    shared = {part: carrier.shared(part) for part in sorted(common)}
    persons.carry(source, target, [texts[part] for part, kind in parts.items() if kind == "threadedComment"])
    target.recalculate = True
    copier.prepare(texts, shared, carried)
    return copier.copy(name, index)


def _refuse(source: Workbook, entry: SheetEntry, kinds: Iterable[str]) -> None:
    things = [_REFUSED[kind] for kind in kinds if kind in _REFUSED]
    if _RICH_VALUE.search(source.package.text(entry.part or "")):
        things.append(Text("a picture in a cell, or a value of a linked data type"))
    if things:
        raise UnsupportedError(
            Text("a sheet with {thing} cannot be copied into another workbook", thing=things[0]),
            where=entry.name,
            remedy=Text("Remove it from the sheet, or copy the sheet in Excel."),
        )


class _Formulas:
    """What the formulas of a sheet refer to beside the sheet itself, and whether another book has it."""

    def __init__(self, source: Workbook, entry: SheetEntry, target: Workbook) -> None:
        self._source, self._entry, self._target = source, entry, target
        self._local = {name.name.casefold() for name in source.names.of(entry)}
        own = {rel.part for rel in source.package.rels(entry.part or "") if rel.kind == "table"}
        self._tables = {table.name.casefold() for table in all_heads(source.package) if table.part not in own}
        self._known = {table.name.casefold() for table in all_heads(target.package)}
        self._carried: set[str] = set()
        self._missing: dict[str, None] = {}

    def check(self, parts: Iterable[str]) -> frozenset[str]:
        """The names of the whole source that the formulas in these parts use, in lower case.

        Raises
        ------
        EditError
            If the formulas refer to what the target lacks.
        """
        for part in parts:
            references.in_text(self._source.package.text(part), self._look_at)
        for name in self._source.names.of(self._entry):
            self._follow(name.refers_to)
        if self._missing:
            raise EditError(
                Text(
                    "its formulas refer to things that the other workbook does not have: {things}",
                    things=[*self._missing],
                ),
                where=self._entry.name,
                remedy=Text("Copy those first, or remove the references from the sheet."),
            )
        return frozenset(self._carried)

    def _look_at(self, formula: str) -> str:
        self._follow(xml.unescape(formula))
        return formula

    def _follow(self, formula: str) -> None:
        if references.is_external(formula):
            self._missing[formula] = None
        for sheet in references.sheets(formula):
            if not references.same(sheet, self._entry.name) and self._target.tabs.get(sheet) is None:
                self._missing[sheet] = None
        for name in references.names(formula):
            self._follow_name(name)

    def _follow_name(self, name: str) -> None:
        key = name.casefold()
        if key in self._local or key in self._carried:
            return
        defined = self._source.names.get(name)
        if defined:
            self._carried.add(key)
            self._follow(defined.refers_to)
        elif key in self._tables - self._known:
            self._missing[name] = None
