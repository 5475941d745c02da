"""Defined names of a book or a sheet: finding one, and the cells that it stands for."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from kam_xl.engines.errors import EditError, NoSuchItemError
from kam_xl.excel.references import Area, quoted
from kam_xl.locale import Text


class NamesBase(base_classes.Names):
    """The names of `_book`, those of its sheets among them, or of `_sheet`.

    To add: `_all()`, a list of names; `_get(name, sheet)`, the name of one sheet or of the whole book, None where there
    is none; `_define(name, formula, sheet)`, the new name, or the one that is there with its new meaning.
    """

    def __init__(self, book: Any, sheet: Any = None) -> None:
        self._book, self._sheet = book, sheet

    def _find(self, name_or_index: str | int) -> Any:
        if isinstance(name_or_index, int):
            names = self._all()
            return names[name_or_index - 1] if 0 < name_or_index <= len(names) else None
        sheet, name = self._scope(name_or_index)
        return self._get(name, sheet)

    def _scope(self, name: str) -> tuple[Any, str]:
        """The sheet that a name such as ``Sheet1!rate`` belongs to, and the name without it."""
        sheet, mark, local = name.rpartition("!")
        if not mark:
            return self._sheet, name
        return self._book.sheets(sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet), local

    def __call__(self, name_or_index: str | int) -> Any:
        name = self._find(name_or_index)
        if name is None:
            raise NoSuchItemError(Text("there is no such name"), where=self._book.name, got=name_or_index)
        return name

    def contains(self, name_or_index: str | int) -> bool:
        return self._find(name_or_index) is not None

    def __len__(self) -> int:
        return len(self._all())

    def snapshot(self) -> list[tuple[str, Any]]:
        return [(name.name, name) for name in self._all()]

    def meanings(self) -> dict[str, str]:
        """What each of the sheet's names, or of those of the whole book, refers to, by its name without the sheet."""
        sheet = self._sheet.name if self._sheet else ""
        return {name.local: name.refers_to for name in self._all() if name.scope == sheet}

    def add(self, name: str, refers_to: str) -> Any:
        """Define a name, on a sheet where it is asked for there or as ``Sheet1!rate``."""
        sheet, local = self._scope(name)
        return self._define(local, as_formula(refers_to), sheet)


class NameBase(base_classes.Name):
    """A name of `_book`; to add: `local`, `scope`, `area`, `refers_to`, `delete`."""

    _book: Any

    @property
    def name(self) -> str:
        """The name; of one that belongs to a sheet, with the sheet before it."""
        return f"{quoted(self.scope)}!{self.local}" if self.scope else str(self.local)

    @property
    def refers_to_range(self) -> Any:
        area: Area | None = self.area
        if area is None:
            raise EditError(Text("the name does not refer to a single range"), where=self.name, got=self.refers_to)
        return self._sheet_called(area.sheet).cells_of(area)

    def _sheet_called(self, title: str) -> Any:
        return self._book.sheets(title or 1)


def as_formula(refers_to: str) -> str:
    """What a name is to mean, as a formula: anything without an equal sign is a text, as in Excel.

    >>> as_formula("=Plan!$A$1"), as_formula("plan")
    ('=Plan!$A$1', '="plan"')
    """
    return refers_to if refers_to.startswith("=") else f'="{refers_to}"'
