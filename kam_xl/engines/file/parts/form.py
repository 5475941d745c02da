"""Texts with holes: cut once, filled in as often as wanted by one join.

Whoever prepares a text puts `hole(key)` where something will differ from copy to copy; the mark is a character that no
XML document can hold, so that it survives escaping and cannot be mistaken for content.
"""

from __future__ import annotations

from collections.abc import Mapping

_MARK = "\0"


def hole(key: str) -> str:
    """The mark of a hole, to be put into a text."""
    return f"{_MARK}{key}{_MARK}"


class Form:
    """A text cut at its holes.

    >>> form = Form(f"<f>{hole('sheet')}A1+{hole('sheet')}B1</f>")
    >>> form.fill({"sheet": "Nordwerk!"})
    '<f>Nordwerk!A1+Nordwerk!B1</f>'
    >>> sorted(form.keys)
    ['sheet']
    """

    __slots__ = ("_holes", "_pieces", "keys")

    def __init__(self, marked: str) -> None:
        self._pieces = marked.split(_MARK)
        self._holes = self._pieces[1::2]
        self.keys = frozenset(self._holes)

    def fill(self, values: Mapping[str, str]) -> str:
        """The text with every hole filled."""
        pieces = self._pieces.copy()
        pieces[1::2] = map(values.__getitem__, self._holes)
        return "".join(pieces)
