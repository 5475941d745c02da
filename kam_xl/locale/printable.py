"""Text for a screen: what a table holds must not steer the terminal that shows it."""

from __future__ import annotations

_CONTROLS = [*range(0x20), *range(0x7F, 0xA0)]  # C0, delete, C1: with some a terminal moves, answers, renames itself
_SHOWN = dict.fromkeys(_CONTROLS, "\N{REPLACEMENT CHARACTER}") | {ord("\n"): "\n", ord("\t"): "\t", ord("\r"): " "}


def printable(text: str) -> str:
    """A text without control characters; line ends and tabs stay.

    >>> printable("Alfa\\x1b[2J")
    'Alfa\ufffd[2J'
    """
    return text if text.isprintable() else text.translate(_SHOWN)
