"""Charts: which cells they show, the values they keep of them, and how their references follow the cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from functools import partial
from operator import is_

from kam_xl.engines.file.parts import alike_charts
from kam_xl.engines.file.parts.caches import UNKNOWN, ChartSource, Values, sources
from kam_xl.engines.file.parts.cells.sheet import SheetPart
from kam_xl.engines.file.parts.names.tabs import SheetEntry
from kam_xl.engines.file.parts.workbook import Workbook
from kam_xl.excel.references import Area, areas, in_text, quoted, same
from kam_xl.ooxml import markup, xml
from kam_xl.ooxml.archive import Packed
from kam_xl.ooxml.form import Pending, hole, plain_word
from kam_xl.ooxml.package import Package

Place = tuple[int, int]  # row and column
Locate = Callable[[str], Sequence[Area]]  # the areas of one sheet that a reference means, none where it means others

_NO_CHARTS = (".worksheet+xml", ".relationships+xml", ".drawing+xml", ".table+xml")
_MOST = 65_536  # cells of one reference; what a chart shows of more is not kept
_NAMED = re.compile(r"(?:'(?P<quoted>(?:[^'\[\]]|'')+)'|(?P<sheet>[^'!\[\]]+)|\[0\])!(?P<name>[^!:]+)")
# A chart of the newer kinds (waterfall, treemap ...): a dimension's reference, and the levels of values behind it.
_DIMENSION = re.compile(
    r"(<(?P<p>(?:\w+:)?)(?:str|num)Dim(?:\s[^>]*)?>\s*<(?P=p)f(?:\s[^>]*)?>(?P<formula>[^<]*)</(?P=p)f>"
    r"(?:\s*<(?P=p)nf(?:\s[^>]*)?>[^<]*</(?P=p)nf>)?)(?:\s*<(?P=p)lvl\b.*?</(?P=p)lvl>)+",
    re.DOTALL,
)
_HIDDEN_NAME = re.compile(r"(?<=>)(_xlchart\.[\w.]+)(?=</)")


def on_sheet(package: Package, part: str) -> list[str]:
    """The chart parts on a sheet, those of the newer kinds too, in the order of its drawings."""
    drawings = [rel.part for rel in package.rels(part) if rel.kind == "drawing" and rel.part]
    rels = [rel for drawing in drawings for rel in package.rels(drawing)]
    return [rel.part for rel in rels if rel.kind in {"chart", "chartEx"} and rel.part]


def locator(workbook: Workbook, entry: SheetEntry) -> Locate:
    """What finds the cells of one sheet that a chart's reference means, directly or through a defined name."""

    def locate(formula: str) -> list[Area]:
        places = areas(formula)
        named = None if places else _NAMED.fullmatch(formula)
        if named:
            sheet = (named["quoted"] or named["sheet"] or "").replace("''", "'")
            scope = workbook.tabs.get(sheet) if sheet else None
            defined = workbook.names.get(named["name"], scope) or workbook.names.get(named["name"])
            places = areas(defined.refers_to) if defined else []
        here = all(same(area.sheet, entry.name) for area in places)
        return places if here and sum(area.shape[0] * area.shape[1] for area in places) <= _MOST else []

    return locate


class ChartForm:
    """A chart's text with holes for what it keeps of the cells of one sheet.

    Parameters
    ----------
    text : str
        The chart.
    locate : callable
        Finds the cells of a reference.
    is_own : callable
        Whether a reference has to do with the sheet at all; if its cells cannot be found its values are left out.
    """

    def __init__(self, text: str, locate: Locate, is_own: Callable[[str], bool]) -> None:
        self._sources: list[_Cached] = []
        text = _DIMENSION.sub(lambda match: match[1] if is_own(xml.unescape(match["formula"])) else match[0], text)
        pieces, end = [], 0
        for source in sources(text):
            if is_own(source.formula):
                number = len(self._sources)
                kind, cache = f"kind {number}", f"cache {number}"
                self._sources.append(_Cached(kind, cache, source, locate(source.formula)))
                pieces += [text[end : source.start], source.text(hole(kind), hole(cache))]
                end = source.end
        self.text = "".join([*pieces, text[end:]])

    @property
    def areas(self) -> list[Area]:
        """The cells shown, as far as they can be found."""
        return [area for each in self._sources for area in each.areas]

    def values(self, cells: Values) -> dict[str, str]:
        """What goes into the holes for a sheet with these cells."""
        values: dict[str, str] = {}
        for each in self._sources:
            values[each.kind], values[each.cache] = each.filled(cells)
        return values


class _Cached:
    """A source of a chart with the holes for its kind and its cache; most copies show there what the last one did."""

    def __init__(self, kind: str, cache: str, source: ChartSource, areas: Sequence[Area]) -> None:
        self.kind, self.cache, self._source, self.areas = kind, cache, source, areas
        self._places = [place for area in areas for place in area.cells()]
        self._last: tuple[list[object], tuple[str, str]] | None = None

    def filled(self, cells: Values) -> tuple[str, str]:
        values = [cells[place] for place in self._places]
        if self._last is None or not all(map(is_, values, self._last[0])):
            self._last = values, self._source.filled(self.areas, cells)
        return self._last[1]


def with_plain_references(text: str, workbook: Workbook) -> str:
    """A chart's text with the references that Excel keeps under hidden names put in the place of these names.

    The names belong to the one chart that they were made for; a copy of it must refer to cells of its own.
    """

    def resolved(match: re.Match[str]) -> str:
        defined = workbook.names.get(match[1])
        return xml.escape(defined.refers_to) if defined else match[0]

    return _HIDDEN_NAME.sub(resolved, text)


def refresh(workbook: Workbook, entry: SheetEntry, changed: Iterable[Place]) -> list[str]:
    """Bring the values that the sheet's own charts keep up to its cells, where one of the changed cells is shown.

    Parameters
    ----------
    workbook : Workbook
        The book.
    entry : SheetEntry
        The sheet whose cells changed.
    changed : iterable of (int, int)
        Row and column of each.

    Returns
    -------
    list of str
        The chart parts that changed.
    """
    if entry.part is None:
        return []
    changed, locate, package = set(changed), locator(workbook, entry), workbook.package
    values = partial(values_of, workbook.sheet_part(entry))
    touched = []
    for part in on_sheet(package, entry.part):
        text = markup.decode(package.read(part), part, loose=True)
        refreshed = alike_charts.refreshed(text, entry.name, changed, values)
        if refreshed is None:
            text = package.text(part)
            refreshed = _refreshed(text, locate, workbook.sheet_part(entry), changed)
        if text.count("!") == text.count(f"{quoted(entry.name)}!"):
            workbook.inward_charts.add(part)
        if refreshed != text:
            package.put(part, Packed(markup.encode(refreshed)))
            workbook.touch(part)
            touched.append(part)
    return touched


def _refreshed(text: str, locate: Locate, sheet: SheetPart, changed: Set[Place]) -> str:
    for source in reversed(list(sources(text))):
        places = locate(source.formula)
        if any(cell in changed for area in places for cell in area.cells()):
            element = source.text(*source.filled(places, values_of(sheet, places)))
            text = text[: source.start] + element + text[source.end :]
    return text


def values_of(sheet: SheetPart, places: Iterable[Area], *, results: bool = True) -> dict[Place, object]:
    """The values of the cells in some areas of a sheet; without `results` those of formulas count as unknown."""
    values: dict[Place, object] = {}
    for area in places:
        block = sheet.block(area.top, area.left, area.bottom, area.right)
        values |= zip(area.cells(), (value for row in block for value in row), strict=True)
    for cell, value in values.items():
        if (value is None or not results) and sheet.formula(*cell):
            values[cell] = UNKNOWN
    return values


def follow(workbook: Workbook, entry: SheetEntry, old: str, new: str) -> list[str]:
    """Let charts follow a block of cells that grew or shrank downwards, such as the rows of a table.

    A reference moves where it spans exactly the old rows, within the old columns; what a chart keeps of such cells is
    brought up to date when the book is saved.

    Parameters
    ----------
    workbook : Workbook
        The book; charts on all its sheets are looked at.
    entry : SheetEntry
        The sheet with the cells.
    old, new : str
        The block before and after, ``A2:F31`` (of a table: its data, without header and totals).

    Returns
    -------
    list of str
        The chart parts that changed.
    """
    before, after = Area.parse(old), Area.parse(new)
    if before is None or after is None or before == after:
        return []

    def follows(reference: str) -> str:
        area = Area.parse(xml.unescape(reference))
        if area is None or not same(area.sheet, entry.name) or not _spans(area, before):
            return reference
        return xml.escape(area._replace(top=after.top, bottom=after.bottom).address())

    touched = []
    elsewhere = workbook.inward_charts.difference(on_sheet(workbook.package, entry.part or ""))
    for part in _all_charts(workbook):
        if part in elsewhere or not _may_mention(workbook.package, part, entry.name):
            continue  # most show another sheet
        text = workbook.package.text(part)
        followed = in_text(text, follows)
        if followed != text:
            # Written when the file is: the cells may still get their values.
            workbook.package.put(part, partial(_up_to_date, workbook, entry, followed, frozenset(after.cells())))
            workbook.touch(part)
            touched.append(part)
    return touched


def _may_mention(package: Package, part: str, sheet: str) -> bool:
    """Whether a part may refer to a sheet; that it does not is certain."""
    pending = package.pending(part)
    if isinstance(pending, Pending):
        return pending.may_mention(sheet)
    text = markup.decode(package.read(part), part, loose=True)  # checked where it is changed
    return "&#" in text or plain_word(sheet) in text.casefold()


def _up_to_date(workbook: Workbook, entry: SheetEntry, text: str, changed: frozenset[Place]) -> bytes:
    return markup.encode(_refreshed(text, locator(workbook, entry), workbook.sheet_part(entry), changed))


def _spans(area: Area, block: Area) -> bool:
    rows = (area.top, area.bottom) == (block.top, block.bottom)
    return rows and block.left <= area.left and area.right <= block.right


def _all_charts(workbook: Workbook) -> dict[str, None]:
    """The charts on all sheets, and what may be one of a copy: its relationships, made for thousands, fill memory."""
    package = workbook.package
    copied = {part for part in package.names() if isinstance(package.pending(part), Pending)}
    read = [entry.part for entry in workbook.sheets if entry.part and entry.part not in copied]
    own = [part for part in copied if not package.content_type(part).endswith(_NO_CHARTS)]
    return dict.fromkeys([*(chart for part in read for chart in on_sheet(package, part)), *sorted(own)])
