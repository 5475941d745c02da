"""What a whole book says of the columns of a table, when these are renamed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kam_xl.engines.file.parts.sweep import sweep_formulas

if TYPE_CHECKING:
    from kam_xl.engines.file.parts.workbook import Workbook

Renamed = Mapping[str, str]
_SPECIAL = re.compile(r"[\[\]#']")
# A text; or a name with what stands in its brackets, one level of brackets within.
_SPECIFIED = re.compile(
    r'"(?:[^"]|"")*"|(?P<table>[^\W\d][\w.]*)\[(?P<inside>(?:[^\[\]\']|\'.|\[(?:[^\[\]\']|\'.)*\])*)\]'
)
_NESTED = re.compile(r"\[((?:[^\[\]']|'.)*)\]")


def rename(workbook: Workbook, tables: Mapping[str, Renamed]) -> None:
    """Let formulas of the book speak of columns by their new names, as in Excel."""
    for table, columns in tables.items():
        if columns:
            sweep_formulas(workbook, table, lambda formula, t=table, c=columns: renamed(formula, t, c))  # type: ignore[misc]


def renamed(formula: str, table: str, columns: Renamed) -> str:
    """A formula with columns of a table renamed.

    >>> renamed('SUM(T[Sales])-T[[#This Row],[Sales]]&"T[Sales]"', "T", {"Sales": "Gain [net]"})
    'SUM(T[Gain \\'[net\\']])-T[[#This Row],[Gain \\'[net\\']]]&"T[Sales]"'
    """
    names = {_escaped(old).casefold(): _escaped(new) for old, new in columns.items()}

    def known(column: str) -> str:
        return names.get(column.casefold(), column)

    def change(found: re.Match[str]) -> str:
        if found["table"] is None or found["table"].casefold() != table.casefold():
            return found[0]
        inside = found["inside"]
        nested = "[" in re.sub("'.", "", inside)
        inside = _NESTED.sub(lambda each: f"[{known(each[1])}]", inside) if nested else known(inside)
        return f"{found['table']}[{inside}]"

    return _SPECIFIED.sub(change, formula)


def _escaped(column: str) -> str:
    return _SPECIAL.sub(lambda found: "'" + found[0], column)
