"""The names that every copy of a sheet gets for itself.

A template may have a hundred names and be copied a thousand times: the copies' names stay one text with holes until
somebody asks for one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from kam_xl.engines.file.parts.names.defined_names import DefinedName
from kam_xl.engines.file.parts.names.tabs import SheetEntry
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.excel import references
from kam_xl.ooxml import xml
from kam_xl.ooxml.form import Form, hole

_POSITION = "position"


class LocalNames:
    """What a sheet's copies are to call their cells.

    The names of the sheet itself, and as in Excel those of the whole book that refer to the sheet: in the copy they
    mean the copy's cells, so that its formulas calculate with its own numbers.

    Parameters
    ----------
    workbook : Workbook
        The book.
    entry : SheetEntry
        The sheet that is copied.
    target : Workbook
        The book that the copies come into.
    move : callable
        Puts holes into a formula as it stands in XML.
    carried : collection of str, optional
        Names of the whole book that the copies take along too, in lower case.
    """

    def __init__(
        self,
        workbook: Workbook,
        entry: SheetEntry,
        target: Workbook,
        move: Callable[[str], str],
        carried: Collection[str] = (),
    ) -> None:
        self._target = target
        names = {name.name.casefold(): name for name in workbook.names.of(entry)}
        for name in workbook.names.of(None):
            if name.name.casefold() in carried or _speaks_of(name, entry.name):
                names.setdefault(name.name.casefold(), name)
        prefix = xml.root(target.package.text(target.part)).prefix
        own = [
            name if target is workbook else DefinedName(name.name, name.refers_to, hidden=name.hidden)
            for name in names.values()
        ]  # what else the element says is in the other book's words
        self._form = Form("".join([_marked(name, prefix, move) for name in own])) if own else None

    def give(self, entry: SheetEntry, values: Mapping[str, str]) -> None:
        """Give a copy its names."""
        if self._form:
            self._target.names.defer(entry, _Block(self._form, values))


@dataclass(frozen=True, slots=True)
class _Block:
    """The names of one copy, not yet read; `values` are the copy's, and change with its name."""

    form: Form
    values: Mapping[str, str]

    def render(self, position: int) -> str:
        return self.form.fill({**self.values, _POSITION: str(position)})


def _speaks_of(name: DefinedName, sheet: str) -> bool:
    """Whether a name of the whole book means cells of a sheet; Excel's own names and those of macros stay alone."""
    is_macro = any(f" {mark}=" in name.source for mark in ("function", "vbProcedure", "xlm", "macro"))
    return (
        not is_macro
        and not name.name.startswith("_xl")
        and any(references.same(sheet, each) for each in references.sheets(name.refers_to))
    )


def _marked(name: DefinedName, prefix: str, move: Callable[[str], str]) -> str:
    element = name.render(prefix, 0)
    place = xml.root(element)
    element = element[: place.inner] + move(element[place.inner : place.close]) + element[place.close :]
    return xml.set_attributes(element, xml.root(element), {"localSheetId": hole(_POSITION)})
