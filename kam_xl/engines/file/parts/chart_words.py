"""The texts that a chart bears itself, not from cells: names of series, titles of axes, words of number formats."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kam_xl.engines.file.parts import charts
from kam_xl.engines.file.parts.names.tabs import SheetEntry
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.ooxml import xml

_TEXT = re.compile(
    r"(?P<before><(?:\w+:)?tx>\s*<(?:\w+:)?v>|<\w+:t>|&quot;)(?P<words>[^<&]+)(?P<after></(?:\w+:)?v>|</\w+:t>|&quot;)"
)


def put(workbook: Workbook, entry: SheetEntry, words: Mapping[str, str]) -> None:
    """Put other words into the charts of a sheet, wherever one of their own texts is just one of these."""
    package = workbook.package
    for part in charts.on_sheet(package, entry.part) if entry.part else ():
        text = package.text(part)
        new = said(text, words)
        if new != text:
            package.put(part, new)
            workbook.touch(part)


def own_texts(chart: str) -> list[str]:
    """What a chart says itself, in the order of its part.

    >>> own_texts("<c:tx><c:v>Goal</c:v></c:tx><c:pt><c:v>5</c:v></c:pt><a:t>Year</a:t>")
    ['Goal', 'Year']
    """
    return [match["words"] for match in _TEXT.finditer(chart)]


def said(chart: str, words: Mapping[str, str]) -> str:
    """A chart with other words in its own texts; what it keeps of cells stays.

    >>> said("<c:tx><c:v>Goal</c:v></c:tx><c:pt><c:v>Goal</c:v></c:pt><a:t>Year</a:t>", {"Goal": "Цель", "Year": "Год"})
    '<c:tx><c:v>Цель</c:v></c:tx><c:pt><c:v>Goal</c:v></c:pt><a:t>Год</a:t>'
    >>> said('formatCode="&quot;High&quot;;&quot;Low&quot;"', {"High": "Высокое"})
    'formatCode="&quot;Высокое&quot;;&quot;Low&quot;"'
    """

    def other(match: re.Match[str]) -> str:
        text = match["words"]
        return match["before"] + xml.escape(words.get(text, text)) + match["after"]

    return _TEXT.sub(other, chart)
