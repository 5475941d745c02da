"""Formulas cut into tokens, as far as references need: the one place that knows how Excel spells them."""

from __future__ import annotations

import re

from kam_xl.excel.error_values import IN_FORMULAS

TEXT = r'"(?:[^"]|"")*"'
"""A text."""

QUOTED = r"'(?:[^']|'')*'"
"""A name in apostrophes."""

IN_BRACKETS = r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"
"""A structured reference or another workbook: one level of brackets within, an apostrophe before special characters."""

NAME = r"[^\W\d][\w.?\\]*"
"""A bare name."""

_SHEET = rf"(?:{NAME}|\d[\w.]*)"  # a sheet's may begin with a digit in files of other programs
_NO_MORE = r"(?![\w(.!\[])"

TOKEN = re.compile(
    rf"""
    {TEXT}
    | (?P<column>\$?[A-Za-z]{{1,3}})(?P<row>\$?[1-9]\d{{0,6}}){_NO_MORE}
    | {IN_FORMULAS}                                                     # an error
    | {IN_BRACKETS}(?:{_SHEET}!)?                                       # Table[Column], [1]Other!
    | '(?P<quoted>(?:[^']|'')*)'!                                       # 'My sheet'!
    | {QUOTED}                                                           # in other programs
    | (?P<dollar>\$)?(?:(?P<first>{_SHEET}):)?(?P<sheet>{_SHEET})!      # Sheet1!, Sheet1:Sheet3!
    | (?P<left>\$?[A-Za-z]{{1,3}}):(?P<right>\$?[A-Za-z]{{1,3}}){_NO_MORE}
    | (?P<top>\$?\d+):(?P<bottom>\$?\d+)(?![\w.])
    | \d[\d.]*(?:[eE][+-]?\d+)?                                         # a number
    | (?P<name>{NAME})(?P<call>\()?
    """,
    re.VERBOSE,
)
"""Each match is a text, an error, brackets, the prefix of a sheet, a cell, columns, rows, a number, or a name."""


def outside_texts(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that steps over texts and names in apostrophes: these match it whole, with none of its groups.

    >>> outside_texts(r"(SUM)").sub(lambda found: "MAX" if found[1] else found[0], 'SUM(A1)&"SUM"')
    'MAX(A1)&"SUM"'
    """
    return re.compile(f"{TEXT}|{QUOTED}|{pattern}", flags)
