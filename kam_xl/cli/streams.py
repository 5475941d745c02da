"""What goes into a pipe whose encoding lacks a letter: a code page of Windows knows neither U+2212 nor every script."""

from __future__ import annotations

import codecs
import unicodedata

LOOKALIKES = "kam_xl_lookalikes"
"""The name of the error handler, for `open` and `reconfigure`."""

_LOOKALIKES = {
    "\N{MINUS SIGN}": "-",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{GREATER-THAN OR EQUAL TO}": ">=",
    "\N{LESS-THAN OR EQUAL TO}": "<=",
    "\N{MIDDLE DOT}": "-",
}


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    return "".join(_lookalike(letter, error.encoding) for letter in letters), error.end


def _lookalike(letter: str, encoding: str) -> str:
    """The nearest that an encoding has: an unknown letter must not cost a number its sign.

    >>> _lookalike("\N{MINUS SIGN}", "cp1251"), _lookalike("é", "cp1251"), _lookalike("字", "cp1251")
    ('-', 'e', '?')
    """
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    candidates = (_LOOKALIKES.get(letter, ""), bare)
    return next((each for each in candidates if each and each == each.encode(encoding, "ignore").decode(encoding)), "?")


codecs.register_error(LOOKALIKES, _replaced)
