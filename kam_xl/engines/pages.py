"""Where printed pages end: what belongs together stays on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw


def end_pages(sheet: xw.Sheet, starts: Sequence[int]) -> None:
    """Have no page end between two of the rows with which parts of a sheet begin, if a page has room for the part.

    xlwings has no word for it; engines that can offer an `end_pages` of their own. In others pages end as they did.
    """
    native = getattr(sheet.impl, "end_pages", None)
    if native is not None:
        native(starts)


def page_ends(heights: Mapping[int, float], starts: Sequence[int], room: float) -> list[int]:
    """The last row of each page but the last one.

    Parameters
    ----------
    heights : mapping of int to float
        Of the rows from the top of a page on, 0 for a hidden one.
    starts : sequence of int
        The rows with which parts begin, from the top down. A part that is higher than a page is cut.
    room : float
        How high the rows of a page may be together.

    Examples
    --------
    >>> page_ends(dict.fromkeys(range(1, 11), 10.0), [1, 4, 8], room=70)
    [7]
    >>> page_ends(dict.fromkeys(range(1, 11), 10.0), [1, 4, 8], room=60)
    [3, 7]
    """
    ends, used = [], 0.0
    first, last = min(heights, default=1), max(heights, default=0)
    bounds = [first, *(row for row in starts if first < row <= last), last + 1]
    for top, behind in pairwise(bounds):
        high = sum(heights[row] for row in range(top, behind))
        if used and high and used + high > room:
            ends.append(top - 1)
            used = 0.0
        used += high
    return ends
