"""Headers of what a client spends on one category of goods: "Purchases of packaging", "Объём закупок упаковки"."""

from __future__ import annotations

import re

from kam_xl.table.headers.period_words import heading_of
from kam_xl.table.words.matching import full_years, is_unit, nature_of, words
from kam_xl.table.words.patterns import any_of
from kam_xl.table.words.vat import without_vat
from kam_xl.table.words.vocabulary import section

_BEGINS = re.compile(
    rf"\s*(?:{any_of(section('header_words')['spent_on'])})(?!\w)(?P<what>.+)", re.IGNORECASE | re.DOTALL
)
_NO_CATEGORY = frozenset(word for each in section("header_words")["no_category"] for word in words(each))
# More words than these are a sentence, not the name of a category.
_LONGEST = 5


def is_spent_on_category(title: str) -> bool:
    """Whether a header begins with what a client spends and goes on with a category, and says nothing else.

    >>> is_spent_on_category("Объём закупок упаковки, тыс. руб."), is_spent_on_category("Purchases of packaging, EUR")
    (True, True)
    >>> [is_spent_on_category(title) for title in ("Purchases of last year", "Закупки, шт.", "Закупки у конкурентов")]
    [False, False, False]
    """
    match = _BEGINS.match(without_vat(title))
    if match is None or nature_of(title) or heading_of(match["what"]) is not None:
        return False
    named = [word for word in words(full_years(match["what"])) if not is_unit(word)]
    return 0 < len(named) <= _LONGEST and _NO_CATEGORY.isdisjoint(named) and all(word.isalpha() for word in named)
