"""Formulas of people's own that move with their row of a list."""

from __future__ import annotations

import re

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

_CELLS = re.compile(r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?", re.IGNORECASE)
_ROW = re.compile(r"(?<=[A-Za-z])\d+")


def moved(formula: str, row: int, to: int) -> str:
    """The formula with what it says of cells in its own row said of another row; all else stays.

    Parameters
    ----------
    formula : str
        In US-English form, with its "=".
    row, to : int
        The row that it stands in, and the one that it goes to.

    Examples
    --------
    >>> moved("=H5*2+$B$1+Rates!A5+kam_key_accounts[[#This Row],[Revenue]]+H4", 5, 7)
    '=H7*2+$B$1+Rates!A5+kam_key_accounts[[#This Row],[Revenue]]+H4'
    """
    if row == to:
        return formula
    return "=" + "".join(_moved(token, row, to) for token in Tokenizer(formula).items)


def _moved(token: Token, row: int, to: int) -> str:
    value = str(token.value)
    if token.type != Token.OPERAND or not _CELLS.fullmatch(value):
        return value
    return _ROW.sub(lambda found: str(to) if int(found[0]) == row else found[0], value)
