"""Formulas moved from cell to cell: relative references follow, as when a formula is copied in Excel."""

from __future__ import annotations

import re

from kam_xl.engines.references import COLUMNS, ROWS, column_letters, column_number

_TOKEN = re.compile(
    r"""
    "(?:[^"]|"")*"                                           # a text
    | '(?:[^']|'')*'!?                                       # a sheet's name in apostrophes
    | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]              # a structured reference, another workbook
    | (?P<c1>\$?[A-Za-z]{1,3}):(?P<c2>\$?[A-Za-z]{1,3})(?![\w(.!\[])    # columns, A:C
    | (?P<r1>\$?\d+):(?P<r2>\$?\d+)(?![\w.])                 # rows, 1:3
    | (?P<column>\$?[A-Za-z]{1,3})(?P<row>\$?[1-9]\d{0,6})(?![\w(.!\[]) # a cell
    | [^\W\d][\w.?\\]*!?                                     # a name, a function, a sheet
    | \d[\d.]*(?:[eE][+-]?\d+)?                              # a number
    """,
    re.VERBOSE,
)


def shifted(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads some rows further down and columns further right.

    References that would leave the sheet come in again on its other side, as Excel itself reads shared formulas.

    >>> shifted('A1+$A1+A$1+SUM(B:B)+LOG10(2)&"A1"', 1, 2)
    'C2+$A2+C$1+SUM(D:D)+LOG10(2)&"A1"'
    """

    def move(token: re.Match[str]) -> str:
        if token["column"] and _on_sheet(token["column"], token["row"]):
            return _column(token["column"], columns) + _row(token["row"], rows)
        if token["c1"]:
            return f"{_column(token['c1'], columns)}:{_column(token['c2'], columns)}"
        if token["r1"]:
            return f"{_row(token['r1'], rows)}:{_row(token['r2'], rows)}"
        return token[0]

    return _TOKEN.sub(move, formula) if rows or columns else formula


def _on_sheet(column: str, row: str) -> bool:
    return column_number(column.lstrip("$")) <= COLUMNS and int(row.lstrip("$")) <= ROWS


def _column(reference: str, by: int) -> str:
    if reference.startswith("$"):
        return reference
    return column_letters((column_number(reference) - 1 + by) % COLUMNS + 1)


def _row(reference: str, by: int) -> str:
    return reference if reference.startswith("$") else str((int(reference) - 1 + by) % ROWS + 1)
