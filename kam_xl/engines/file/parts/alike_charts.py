"""Charts of sheets that were made from one template: alike but for the sheet's name, and for the values that they keep.

What they have in common is checked and looked at once for all of them; a chart of another kind is for `charts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from kam_xl.engines.file.parts.caches import ChartSource, Values, sources
from kam_xl.excel.references import Area, areas, quoted
from kam_xl.ooxml import markup
from kam_xl.ooxml.errors import PackageError

_SHEET = "kam_xl_own_sheet"  # in the place of the sheet's own name
_LETTER = r"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
# Values as every program keeps them, as far as the end tag: nothing in them needs to be checked.
_KEPT = re.compile(
    rf"(?=<((?:\w+:)?))(?:<\1formatCode>{_LETTER}*</\1formatCode>)?<\1ptCount val=\"\d+\"/>"
    rf"(?:<\1pt idx=\"\d+\"><\1v>{_LETTER}*</\1v></\1pt>)*</([\w:]+)"
)
_CACHE = "Cache>"


class _Shown(NamedTuple):
    """A reference of a chart, with its cells."""

    source: ChartSource
    areas: Sequence[Area]
    cells: frozenset[tuple[int, int]]


def refreshed(
    text: str, sheet: str, changed: Set[tuple[int, int]], values: Callable[[Sequence[Area]], Values]
) -> str | None:
    """A chart's text with the values that cells of its sheet have now, where one of the changed cells is shown.

    Parameters
    ----------
    text : str
        The chart, not yet checked.
    sheet : str
        The name of its sheet.
    changed : set of (int, int)
        Row and column of the cells that changed.
    values : callable
        Gives the values of the cells in areas of the sheet.

    Returns
    -------
    str or None
        None of a chart that shows anything else than cells of its sheet, or whose values are kept in another way.
    """
    own, marked = f"{quoted(sheet)}!", f"{_SHEET}!"
    pieces = text.split(_CACHE)
    around, kept = pieces[::2], pieces[1::2]
    common = "Cache/>".join(around)
    if _SHEET in text or "Cache/>" in text or any(letter in own for letter in '<>&"') or not _close(around, kept):
        return None
    shown = _shown(common.replace(own, marked))
    if shown is None:
        return None
    for at, (source, places, cells) in enumerate(shown):
        if not changed.isdisjoint(cells):
            kind, cache = source._replace(cache=kept[at]).filled(places, values(places))
            if kind != source.kind or not cache:
                return None
            kept[at] = cache.split(_CACHE)[1]
    return _CACHE.join([piece for pair in zip(around, [*kept, ""], strict=True) for piece in pair][:-1])


def _close(around: Sequence[str], kept: Sequence[str]) -> bool:
    """Whether what stands between two pieces is the simple content of an element that the first one opens."""
    if len(around) != len(kept) + 1:
        return False
    for before, values in zip(around, kept, strict=False):
        match = _KEPT.fullmatch(values)
        if not match or not before.endswith(f"<{match[2]}"):
            return False
    return True


@lru_cache(maxsize=64)
def _shown(common: str) -> Sequence[_Shown] | None:
    """The references of charts that have this in common, None where there is more to them."""
    try:
        markup.check(common)
    except PackageError:
        return None
    found = []
    for source in sources(common):
        places = areas(source.formula)
        own = bool(places) and all(area.sheet == _SHEET for area in places)
        if not own or not source.cache or source.text(source.kind, source.cache) != common[source.start : source.end]:
            return None
        found.append(_Shown(source, places, frozenset(cell for area in places for cell in area.cells())))
    return found if len(found) == common.count("Cache/>") else None
