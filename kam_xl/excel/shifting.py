"""Formulas moved from cell to cell: relative references follow, as when a formula is copied in Excel."""

from __future__ import annotations

import re

from kam_xl.excel.references import COLUMNS, ROWS, column_letters, column_number, on_sheet
from kam_xl.excel.tokens import TOKEN


def shifted(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads some rows further down and columns further right.

    References that would leave the sheet come in again on its other side, as Excel itself reads shared formulas.

    >>> shifted('A1+$A1+A$1+SUM(B:B)+LOG10(2)&"A1"', 1, 2)
    'C2+$A2+C$1+SUM(D:D)+LOG10(2)&"A1"'
    """

    def move(token: re.Match[str]) -> str:
        if token["column"] and on_sheet(token["column"], token["row"]):
            return _column(token["column"], columns) + _row(token["row"], rows)
        if token["left"]:
            return f"{_column(token['left'], columns)}:{_column(token['right'], columns)}"
        if token["top"]:
            return f"{_row(token['top'], rows)}:{_row(token['bottom'], rows)}"
        return token[0]

    return TOKEN.sub(move, formula) if rows or columns else formula


def row_moved(formula: str, row: int, to: int) -> str:
    """The formula with its references to cells of its own row turned to another row; all else stays.

    Parameters
    ----------
    formula : str
        In US-English form.
    row, to : int
        The row that it stands in, and the one that it goes to.

    Examples
    --------
    >>> row_moved("=H5*2+$B$5+Rates!A5+kam_key_accounts[[#This Row],[Revenue]]+H4", 5, 7)
    '=H7*2+$B$5+Rates!A5+kam_key_accounts[[#This Row],[Revenue]]+H4'
    >>> row_moved("=SUM(H5:J5)+SUM('My sheet'!H5:J5)", 5, 7)
    "=SUM(H7:J7)+SUM('My sheet'!H5:J5)"
    """
    elsewhere = -1  # where a reference to another sheet ends: what follows its colon belongs to it

    def move(token: re.Match[str]) -> str:
        nonlocal elsewhere
        if not token["column"]:
            return token[0]
        before = formula[token.start() - 1 : token.start()]
        if before == "!" or (before == ":" and token.start() - 1 == elsewhere):
            elsewhere = token.end()
            return token[0]
        return f"{token['column']}{to}" if token["row"] == str(row) else token[0]

    return TOKEN.sub(move, formula) if row != to else formula


def _column(reference: str, by: int) -> str:
    if reference.startswith("$"):
        return reference
    return column_letters((column_number(reference) - 1 + by) % COLUMNS + 1)


def _row(reference: str, by: int) -> str:
    return reference if reference.startswith("$") else str((int(reference) - 1 + by) % ROWS + 1)
