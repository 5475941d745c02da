"""What the sheets of a workbook have in common: the package, texts, formats, and the day from which dates count."""

from __future__ import annotations

from collections import deque
from functools import cached_property
from typing import Protocol

from kam_xl.engines.file.parts.cells.known_rows import KnownRows
from kam_xl.engines.file.parts.cells.strings import SharedStrings
from kam_xl.engines.file.parts.looks.styles import Styles
from kam_xl.ooxml import content_types, xml
from kam_xl.ooxml.package import Package
from kam_xl.ooxml.part_names import relationships_of

_TEXTS_KEPT = 32  # sheets whose unchanged texts stay in memory, however long; more of them
_LETTERS_KEPT = 24 << 20  # as long as all together are no longer than this


class KeepsText(Protocol):
    """A sheet whose text can be let go."""

    @property
    def length(self) -> int:
        """How many letters the text has."""

    def release(self) -> None:
        """Let the text go where nothing was changed."""


class SharedParts:
    """The parts of a workbook that all its sheets use.

    Attributes
    ----------
    package : Package
        The parts; `flushing.flush` brings the changes of the model into them.
    part : str
        The name of the workbook part.
    """

    def __init__(self, package: Package, part: str) -> None:
        self.package, self.part = package, part
        self._text = package.text(part)
        self.known_rows = KnownRows()
        self._texts: deque[tuple[KeepsText, int]] = deque()
        self._letters = 0  # of them
        self._meant: set[str] = set()

    @cached_property
    def styles(self) -> Styles:
        """The formats of cells."""
        return Styles(self.package, self.part)

    @cached_property
    def strings(self) -> SharedStrings:
        """The texts that cells have in common."""
        return SharedStrings(self.package, self.part)

    @cached_property
    def date_1904(self) -> bool:
        """Whether dates count from 1904, as in books of old Macintosh origin."""
        properties = xml.child(self._text, xml.root(self._text), "workbookPr")
        return properties is not None and xml.attributes(xml.tag(self._text, properties)).get("date1904") in {
            "1",
            "true",
        }

    def keep(self, sheet: KeepsText) -> None:
        """Keep the text of a sheet just read, and let go that of the one read longest ago."""
        self._texts.append((sheet, sheet.length))
        self._letters += sheet.length
        while len(self._texts) > _TEXTS_KEPT and self._letters > _LETTERS_KEPT:
            oldest, length = self._texts.popleft()
            self._letters -= length
            oldest.release()

    def touch(self, *parts: str) -> None:
        """Declare that parts of the source are meant to change; `save` takes any other change for a fault."""
        self._meant.update(parts)
        self._meant.update(map(relationships_of, parts))

    @property
    def meant(self) -> set[str]:
        """The parts of the source that may differ in the file to be written."""
        return self._meant | {content_types.PART}
