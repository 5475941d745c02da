"""What a whole book says about the columns of a table, when these are renamed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kam_xl.engines.file.parts.sweep import sweep_formulas
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.excel.tokens import IN_BRACKETS, NAME, TEXT

Renamed = Mapping[str, str]
_SPECIAL = re.compile(r"[\[\]#']")
_SPECIFIED = re.compile(rf"{TEXT}|(?P<table>{NAME})(?P<inside>{IN_BRACKETS})")
_NESTED = re.compile(r"\[((?:[^\[\]']|'.)*)\]")


def rename(workbook: Workbook, tables: Mapping[str, Renamed]) -> None:
    """Let formulas of the book refer to columns by their new names, as in Excel."""
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

    def change(match: re.Match[str]) -> str:
        if match["table"] is None or match["table"].casefold() != table.casefold():
            return match[0]
        inside = match["inside"][1:-1]
        nested = "[" in re.sub("'.", "", inside)
        inside = _NESTED.sub(lambda each: f"[{known(each[1])}]", inside) if nested else known(inside)
        return f"{match['table']}[{inside}]"

    return _SPECIFIED.sub(change, formula)


def _escaped(column: str) -> str:
    return _SPECIAL.sub(lambda match: "'" + match[0], column)
