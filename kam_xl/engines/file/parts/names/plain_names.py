"""Defined names that say no more than their name, sheet and meaning: left in the text of their list."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable

# A name as every known program writes most of them; whatever else is said about one is read by the parser of XML.
PLAIN = re.compile(
    r'<(?:\w+:)?definedName name="([\w.\\?]+)"(?: localSheetId="(\d{1,9})")?>([^<&]+)</(?:\w+:)?definedName>'
)


class PlainNames:
    """The plain names in the text of a list, by number: where each stands, and no more."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._leads, self._starts, self._meanings = array("q"), array("q"), array("q")
        self._names: list[str] = []
        self._spellings: dict[str, tuple[str, str]] = {}  # a name as it is written, and in lower case

    def add(self, match: re.Match[str], lead: int) -> str:
        """Take down a name; what stands before it begins at `lead`. Returns the name in lower case."""
        written = match[1]
        if written not in self._spellings:
            self._spellings[written] = written, written.casefold()
        name, folded = self._spellings[written]
        self._leads.append(lead)
        self._starts.append(match.start())
        self._meanings.append(match.start(3))
        self._names.append(name)
        return folded

    def skip(self, lead: int) -> None:
        """Pass over a name that is not plain, or over the end."""
        self._leads.append(lead)
        self._starts.append(lead)
        self._meanings.append(lead)
        self._names.append("")

    def meaning(self, number: int) -> tuple[str, str]:
        """A name and what it refers to."""
        start = self._meanings[number]
        return self._names[number], self._text[start : self._text.index("<", start)]

    def meanings(self, numbers: Iterable[int]) -> dict[str, str]:
        """Names with what they refer to."""
        names, starts, text = self._names, self._meanings, self._text
        return {names[number]: text[starts[number] : text.index("<", starts[number])] for number in numbers}

    def place(self, number: int) -> str:
        """The place of its sheet, blank for a name of the whole book."""
        _, _, _, *place = self._text[self._starts[number] : self._meanings[number]].split('"')
        return place[0] if place else ""

    def lead(self, number: int) -> str:
        """What stands before it."""
        return self._text[self._leads[number] : self._starts[number]]

    def source(self, number: int) -> str:
        """Its element."""
        return self._text[self._starts[number] : self._leads[number + 1]]

    def element(self, number: int) -> str:
        """Its element with what stands before it."""
        return self._text[self._leads[number] : self._leads[number + 1]]

    @property
    def tail(self) -> str:
        """What stands behind the last name."""
        return self._text[self._leads[-1] :]
