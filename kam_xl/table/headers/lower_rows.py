"""Rows that may belong to the header above them: units, periods, parts of its titles."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.table.headers.period_words import heading_of
from kam_xl.table.values.numbers import read_number
from kam_xl.table.words.matching import Matcher, is_unit, nature_of


def may_be_lower(titles: Sequence[str], matcher: Matcher) -> bool:
    """Whether a row holds words of headers: nothing else, or several of them first and no numbers beside them.

    >>> matcher = Matcher({"client": ("client",), "revenue": ("revenue",)})
    >>> may_be_lower(["", "kEUR", "2026"], matcher), may_be_lower(["Client", "Revenue", "Pumps"], matcher)
    (True, True)
    >>> may_be_lower(["Client", "Revenue", "7 m"], matcher), may_be_lower(["Nord", "", "kEUR"], matcher)
    (False, False)
    >>> may_be_lower(["", "2025", "2026", "Δ"], matcher), may_be_lower(["2025", "Nord", "1000"], matcher)
    (True, False)
    """
    filled = [title for title in titles if title]
    if not filled or not _is_known(filled[0], matcher):
        return False
    known = [_is_known(title, matcher) for title in filled[1:]]
    return all(known) or (any(known) and not any(map(_is_amount, filled)))


def _is_amount(title: str) -> bool:
    return bool(read_number(title)) and not is_unit(title)


def _is_known(title: str, matcher: Matcher) -> bool:
    return bool(is_unit(title) or matcher.match(title) or nature_of(title) or heading_of(title))
