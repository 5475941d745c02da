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
    **dict.fromkeys("«»“”„", '"'),
    **dict.fromkeys("‘’‚", "'"),
    "€": "EUR",
    "£": "GBP",
    "ß": "ss",
    "Æ": "AE",
    "æ": "ae",
    "Ø": "O",
    "ø": "o",
    "Ł": "L",
    "ł": "l",
}


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_lookalike, error.object[error.start : error.end])), error.end


def _lookalike(letter: str) -> str:
    """The nearest that every encoding has: an unknown letter must not cost a number its sign.

    >>> _lookalike("\N{MINUS SIGN}"), _lookalike("é"), _lookalike("ß"), _lookalike("字")
    ('-', 'e', 'ss', '?')
    """
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    # Not the encoding is asked: of a code page, Python tells an error handler only that it is one.
    return _LOOKALIKES.get(letter) or (bare if bare.isascii() else "?")


codecs.register_error(LOOKALIKES, _replaced)
