"""A formula as a user types it, turned into what a file holds: prefixes of new functions and of names within it."""

from __future__ import annotations

import re

# Functions that came after the format was written down, as far as our formulas use them ([MS-XLSX] 2.2.2).
_NEW = frozenset(
    (
        *("FILTER", "HSTACK", "ISOMITTED", "LAMBDA", "LET", "MAKEARRAY", "MAP", "REDUCE", "SCAN", "SEQUENCE", "SORTBY"),
        *("TAKE", "TEXTSPLIT", "UNICHAR", "UNIQUE", "VSTACK", "XMATCH"),
    )
)
_TEXT = re.compile(r'("(?:[^"]|"")*")')
_WORD = re.compile(r"(?<![\w.#\[])(\[?)([A-Za-z_][\w.]*)(\]?)(?!\w)")


def plain(text: str) -> str:
    """A formula that was written over several lines."""
    return "".join(line.strip() for line in text.splitlines())


def filed(formula: str) -> str:
    """The formula for a file.

    Names in lower letters that are not the book's (`kam_…`) are those of LAMBDA and LET; one in brackets may be left
    out of a call. References to tables do not occur in such formulas.

    >>> filed('LAMBDA(value,[other],IF(ISOMITTED(other),kam_amount("a b"),value>1E-09))')
    '_xlfn.LAMBDA(_xlpm.value,_xlop.other,IF(_xlfn.ISOMITTED(_xlpm.other),kam_amount("a b"),_xlpm.value>1E-09))'
    """
    parts = _TEXT.split(formula)
    parts[::2] = [_WORD.sub(_prefixed, part) for part in parts[::2]]
    return "".join(parts)


def _prefixed(match: re.Match[str]) -> str:
    bracket, word, _ = match.groups()
    if word in _NEW:
        return f"_xlfn.{word}"
    if word != word.lower() or word.startswith("kam_"):
        return word
    return f"_xlop.{word}" if bracket else f"_xlpm.{word}"
