"""The printed pages of a sheet: how much room they have, and where they end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from kam_xl.engines.file.parts.cells import heights
from kam_xl.engines.file.parts.cells.sheet import SheetPart
from kam_xl.engines.file.parts.names.defined_names import DefinedName
from kam_xl.engines.pages import page_ends
from kam_xl.excel.references import Area, areas
from kam_xl.ooxml import xml
from kam_xl.ooxml.order import IN_WORKSHEET

_PAPERS = {"1": (612.0, 792.0), "9": (595.3, 841.9)}  # Letter and A4, upright, in points
_INCH = 72
_TITLES = re.compile(r"\$(\d+):\$(\d+)$")


class PageEnds:
    """The ends of a sheet's pages, by the rows that it shows.

    Parameters
    ----------
    sheet : SheetPart
        As it is now; later changes do not count.
    names : iterable of DefinedName
        Those of the sheet: what is printed, and which rows each page repeats.
    starts : sequence of int
        The rows with which parts begin that no page is to cut. Ends of pages above them stay; where one below them is
        within a part, a person has put it there, and all stay.
    """

    def __init__(self, sheet: SheetPart, names: Sequence[DefinedName], starts: Sequence[int]) -> None:
        self._prefix, self._starts = sheet.prefix, sorted(starts)
        meanings = {each.name: each.refers_to for each in names}
        self._printed = next(iter(areas(meanings.get("_xlnm.Print_Area", ""))), None)
        self._repeated = _TITLES.search(meanings.get("_xlnm.Print_Titles", ""))
        self._rows = dict(enumerate(sheet.rows_high(1, self._printed.bottom), 1)) if self._printed else {}
        self._room = _room(sheet, self._printed) if self._printed else None
        known, first = _ends(sheet.frame), min(starts, default=1)
        self._kept = [row for row in known if row < first]
        self._is_ours = all(row + 1 in self._starts for row in known if row >= first)

    def markup(self, shown: Mapping[int, bool]) -> str | None:
        """The element that says where pages end; `shown` tells of some rows whether they show.

        None where the sheet does not say how it is printed, or a person said where pages end: they end as they did.
        """
        if self._room is None or not self._starts or not self._is_ours:
            return None
        high = {row: full if shown.get(row, shows) else 0.0 for row, (full, shows) in self._rows.items()}
        first = max(self._kept, default=0) + 1
        ends = page_ends(
            {row: each for row, each in high.items() if row >= first}, self._starts, self._room - self._titles
        )
        return self._markup([*self._kept, *ends])

    @cached_property
    def _titles(self) -> float:
        """How high the rows are that each page repeats."""
        if self._repeated is None:
            return 0.0
        first, last = int(self._repeated[1]), int(self._repeated[2])
        return sum(full for row, (full, shows) in self._rows.items() if shows and first <= row <= last)

    def _markup(self, ends: Sequence[int]) -> str:
        if not ends:
            return ""
        p, count = self._prefix, len(ends)
        marks = "".join(f'<{p}brk id="{row}" max="16383" man="1"/>' for row in ends)
        return f'<{p}rowBreaks count="{count}" manualBreakCount="{count}">{marks}</{p}rowBreaks>'


def with_page_ends(frame: str, markup: str) -> str:
    """The frame of a sheet with another element for the ends of its pages, or a hole for it."""
    root = xml.root(frame)
    if known := xml.child(frame, root, "rowBreaks"):
        return xml.replace(frame, known, markup)
    return xml.insert(frame, root, markup, IN_WORKSHEET["rowBreaks"]) if markup else frame


def _ends(frame: str) -> list[int]:
    """The last rows of pages, as the sheet says."""
    known = xml.child(frame, xml.root(frame), "rowBreaks")
    breaks = xml.children(frame, known) if known else ()
    return [int(xml.attributes(xml.tag(frame, each)).get("id", "0")) for each in breaks]


def _room(sheet: SheetPart, printed: Area) -> float | None:
    """How high the rows of a page may be, where it is as wide as its columns; None where that is not said."""
    setup, margins = (
        xml.attributes(next(xml.start_tags(sheet.frame, name), "<a/>")) for name in ("pageSetup", "pageMargins")
    )
    if setup.get("paperSize") not in _PAPERS or setup.get("fitToHeight") != "0" or not margins:
        return None
    wide, high = sorted(_PAPERS[setup["paperSize"]], reverse=setup.get("orientation") == "landscape")
    edges = {side: float(margins.get(side, 0)) * _INCH for side in ("left", "right", "top", "bottom")}
    width_of = heights.widths(sheet)
    columns = sum(map(width_of, range(printed.left, printed.right + 1))) * heights.PIXEL
    scale = min((wide - edges["left"] - edges["right"]) / columns, 1.0) if columns else 1.0
    return (high - edges["top"] - edges["bottom"]) / scale
