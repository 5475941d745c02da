"""The values that a chart keeps of the cells it shows, so that a preview can draw it without the cells.

A copied or filled sheet must not show the numbers of another: its charts' caches are made anew from its own cells, or
left out where a cell's value is not known (the format allows a reference without a cache; Excel reads the cells).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kam_xl.engines.file.parts.cells import strings
from kam_xl.engines.numbers import number_text
from kam_xl.engines.values import CellError
from kam_xl.excel.references import Area
from kam_xl.ooxml import xml

UNKNOWN: Final = object()  # the value of a formula that nobody has calculated
Values = Mapping[tuple[int, int], object]  # of cells, by row and column: None, bool, number, str or UNKNOWN

_END = re.compile(r"R(?:ef|ange)>")  # of a source's tag: a rare letter first, so that the search is fast
_ROLE = re.compile(r"<(?:\w+:)?(?:cat|xVal)>\s*")
_SOURCE = re.compile(
    r"<(?P<p>(?:\w+:)?)(?P<kind>numRef|strRef|multiLvlStrRef)>\s*<(?P=p)f>(?P<formula>[^<]*)</(?P=p)f>\s*"
    r"(?P<cache><(?P=p)(?P<store>\w+Cache)>.*?</(?P=p)(?P=store)>|<(?P=p)\w+Cache/>)?(?P<tail>.*?)"
    r"</(?P=p)(?P=kind)>"
    r"|<(?P<lp>(?:\w+:)?)datalabelsRange>\s*<(?P=lp)f>(?P<labels>[^<]*)</(?P=lp)f>\s*"
    r"(?P<label_cache><(?P=lp)dlblRangeCache>.*?</(?P=lp)dlblRangeCache>|<(?P=lp)dlblRangeCache/>)?"
    r"</(?P=lp)datalabelsRange>",
    re.DOTALL,
)
_PIVOT = re.compile(r"<(?:\w+:)?pivotSource>")
_FORMAT = re.compile(r"<(?:\w+:)?formatCode>[^<]*</(?:\w+:)?formatCode>")


class ChartSource(NamedTuple):
    """A chart's reference to cells with its cache, as it stands in the chart's text.

    `kind` is numRef, strRef, multiLvlStrRef or datalabelsRange; `tail` is what follows the cache within the element.
    `points` is the prefix of what stands in the cache: the chart's own, also where the element is of an extension.
    `turns` says that numbers may become texts: categories are whatever the cells hold.
    """

    start: int
    end: int
    prefix: str
    points: str
    kind: str
    formula: str
    cache: str
    tail: str
    turns: bool

    def text(self, kind: str, cache: str) -> str:
        """The element with another kind and cache."""
        p = self.prefix
        return f"<{p}{kind}><{p}f>{xml.escape(self.formula)}</{p}f>{cache}{self.tail}</{p}{kind}>"

    def filled(self, areas: Sequence[Area], cells: Values) -> tuple[str, str]:
        """The kind that suits the cells' values, and the cache that holds them ("" where one of them is unknown)."""
        values = [cells[cell] for area in areas for cell in area.cells()]
        if not values or UNKNOWN in values:
            return self.kind, ""
        if self.kind == "datalabelsRange":
            store = f"{self.prefix}dlblRangeCache"
            return self.kind, f"<{store}>{_points(self.points, [_string(value) for value in values])}</{store}>"
        if self.kind == "multiLvlStrRef":
            return self.kind, _levels(self.prefix, areas[0], values)
        if self.kind == "strRef" or (self.turns and any(_is_text(value) for value in values)):
            return "strRef", _strings(self.prefix, values)
        return "numRef", _numbers(self.prefix, self.cache, values)


def sources(chart: str) -> Iterator[ChartSource]:
    """The references of a chart's text, in order; none of a pivot chart, which shows what its pivot table says.

    >>> [source.formula for source in sources("<c:val><c:numRef><c:f>Plan!$A$1</c:f></c:numRef></c:val>")]
    ['Plan!$A$1']
    """
    for match in () if _PIVOT.search(chart) else _elements(chart):
        yield ChartSource(
            start=match.start(),
            end=match.end(),
            prefix=match["p"] if match["kind"] else match["lp"],
            points=match["p"] if match["kind"] else xml.root(chart).prefix,
            kind=match["kind"] or "datalabelsRange",
            formula=xml.unescape(match["formula"] if match["kind"] else match["labels"]),
            cache=(match["cache"] or "") if match["kind"] else (match["label_cache"] or ""),
            tail=match["tail"] or "",
            turns=bool(match["kind"] and _ROLE.fullmatch(chart, chart.rfind("<", 0, match.start()), match.start())),
        )


def _elements(chart: str) -> Iterator[re.Match[str]]:
    end = 0
    for tag in _END.finditer(chart):
        start = chart.rfind("<", end, tag.start())
        match = _SOURCE.match(chart, start) if start >= 0 else None
        if match:
            yield match
            end = match.end()


def _number(value: object) -> str | None:
    """A value as a numeric cache holds it; None where it leaves a gap: blanks and texts."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (int, float)):
        return number_text(value)
    return value if isinstance(value, CellError) else None


def _string(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        return strings.encode(value)
    return str(value).upper() if isinstance(value, bool) else _number(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, CellError)


def _points(p: str, texts: Sequence[str | None]) -> str:
    count = f'<{p}ptCount val="{len(texts)}"/>'
    return count + "".join(
        [f'<{p}pt idx="{i}"><{p}v>{text}</{p}v></{p}pt>' for i, text in enumerate(texts) if text is not None]
    )


def _numbers(p: str, old: str, values: Sequence[object]) -> str:
    kept = _FORMAT.search(old)  # how the numbers are shown does not change with the numbers
    form = kept[0] if kept else f"<{p}formatCode>General</{p}formatCode>"
    return f"<{p}numCache>{form}{_points(p, [_number(value) for value in values])}</{p}numCache>"


def _strings(p: str, values: Sequence[object]) -> str:
    return f"<{p}strCache>{_points(p, [_string(value) for value in values])}</{p}strCache>"


def _levels(p: str, area: Area, values: Sequence[object]) -> str:
    """Categories of several columns: the innermost, the last column, comes first."""
    rows, columns = area.shape
    texts = [_string(value) for value in values]
    levels = [texts[column::columns] for column in reversed(range(columns))]
    marks = [
        f"<{p}lvl>{_points(p, level).partition('/>')[2]}</{p}lvl>"  # the count stands once, before the levels
        for level in levels
    ]
    return f'<{p}multiLvlStrCache><{p}ptCount val="{rows}"/>{"".join(marks)}</{p}multiLvlStrCache>'
