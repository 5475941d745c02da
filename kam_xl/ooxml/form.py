"""Texts with holes: cut once, filled in as often as wanted by one join.

Whoever prepares a text puts `hole(key)` where something will differ from copy to copy; the mark is a character that no
XML document can hold, so that it survives escaping and cannot be mistaken for content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kam_xl.ooxml import markup

_MARK = "\0"


def hole(key: str) -> str:
    """The mark of a hole, to be put into a text."""
    return f"{_MARK}{key}{_MARK}"


def plain_word(sheet: str) -> str:
    """What must stand, in whatever letters, in a text that refers to a sheet: escaping leaves it as it is.

    >>> plain_word("Sales & Marketing's")
    ' marketing'
    """
    return max(re.split(r"[&<>\"']", sheet), key=len).casefold()


class Form:
    """A text cut at its holes.

    >>> form = Form(f"<f>{hole('sheet')}A1+{hole('sheet')}B1</f>")
    >>> form.fill({"sheet": "Nordwerk!"})
    '<f>Nordwerk!A1+Nordwerk!B1</f>'
    >>> sorted(form.keys)
    ['sheet']
    """

    __slots__ = ("_holes", "_mentioned", "_pieces", "keys")

    def __init__(self, marked: str) -> None:
        self._pieces = marked.split(_MARK)
        self._holes = self._pieces[1::2]
        self._mentioned: dict[str, bool] = {}
        self.keys = frozenset(self._holes)

    def fill(self, values: Mapping[str, str]) -> str:
        """The text with every hole filled."""
        if not self._holes:
            return self._pieces[0]
        pieces = self._pieces.copy()
        pieces[1::2] = map(values.__getitem__, self._holes)
        return "".join(pieces)

    def mentions(self, word: str) -> bool:
        """Whether a word, in lower case, stands between the holes."""
        known = self._mentioned.get(word)
        if known is None:
            known = self._mentioned[word] = any(word in piece.casefold() for piece in self._pieces[::2])
        return known


@dataclass(frozen=True, slots=True)
class Pending:
    """A part that is written when the file is: a text with holes, and what fills them.

    `more` gives further values at that time; none of them names a sheet.
    """

    form: Form
    values: Mapping[str, str]
    more: Callable[[dict[str, str]], Mapping[str, str]] | None = None

    def __call__(self) -> bytes:
        """The part."""
        values = {**self.values, **self.more(dict(self.values))} if self.more else self.values
        return markup.encode(self.form.fill(values))

    def may_mention(self, sheet: str) -> bool:
        """Whether the text may refer to a sheet; that it does not is certain."""
        word = plain_word(sheet)
        return self.form.mentions(word) or any(word in value.casefold() for value in self.values.values())
