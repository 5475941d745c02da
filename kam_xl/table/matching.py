"""Which field a column header names, whatever the spelling, the unit and the year in it.

A header is compared by its words only: case, ё/е, punctuation and spaces do not count ("Client_ID" is "client id").
If that fails, units and years are left out ("Выручка за 2019 год, тыс. руб." is "выручка"), and at last words that
do not change the meaning ("Our total sales" is "sales"). Behind the name of a mark its scale may stand
("Expertise (0-3)").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kam_xl.table.vocabulary import CURRENCIES, KINDS, MORE_HEADER_SCALES, SCALES

Vocabulary = Mapping[str, tuple[str, ...]]

_WORDS = re.compile(r"[^\W_]+|[%№$€£₽₸¥]")


def words(text: object) -> list[str]:
    """The words of a header, lower case.

    >>> words("Объём_продаж, тыс. руб.")
    ['объем', 'продаж', 'тыс', 'руб']
    """
    return _WORDS.findall(str(text).casefold().replace("ё", "е"))


_HEADER_SCALES = SCALES | MORE_HEADER_SCALES
_PERIOD = re.compile(
    r"(fy)?(19|20)\d\d(г|гг|год|году|года|y)?|fy\d\d|\d\dмес|г|гг|год|года|году|year|fy|per|annum|pa|ltm"
)
# What a header says of the marks below it: "(0-3)", "(оценка от 0 до 3)", ", yes/no", "[да/нет]".
_MEANING = (
    r"""(?:\b0\b.*\b[1-9]\b|\b1\b.*\b0\b|\b(?:yes|no|y|n|да|нет|level|score|points?|уровень|балл(?:ы|ов)?|оценка)\b)"""
)
_SCALE_OF_MARKS = re.compile(
    rf"[(\[].*{_MEANING}.*[)\]]\s*$|[,;:].*{_MEANING}.*$|\b0\W+[1-9]\s*$", re.IGNORECASE | re.DOTALL
)
# Words that change nothing beside a unit ...
_FILLERS = frozenset(
    words("""за в на по без с учётом ндс сша у е 12 мес месяцев excl excluding incl including vat net in for the of s us
        months""")
)
# ... and beside the name of a field.
_MODIFIERS = frozenset(
    words(
        """our total overall actual fact current annual yearly client customer sum all
        наш наша наше наши общий общая общее общие итого факт фактический фактическая фактически текущий текущая
        годовой годовая годовые клиента сумма весь вся все"""
    )
)


class Unit(NamedTuple):
    """What a header says of the money below it; None where it says nothing."""

    scale: float | None
    currency: str | None
    year: int | None


def unit_of(header: str) -> Unit:
    """The unit and the year that a header names.

    >>> unit_of("Выручка 2019, тыс. руб.")
    Unit(scale=1000.0, currency='RUB', year=2019)
    >>> unit_of("Sales")
    Unit(scale=None, currency=None, year=None)
    """
    found = _split_units(words(header))
    scale = next((_HEADER_SCALES[word] for word in found if word in _HEADER_SCALES), None)
    currency = next((CURRENCIES[word] for word in found if word in CURRENCIES), None)
    years = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", header)]
    return Unit(scale or (1.0 if currency else None), currency, max(years, default=None))


def _split_units(found: Iterable[str]) -> list[str]:
    """Words with a scale glued to a currency cut in two: "kEUR", "$m"."""
    parts: list[str] = []
    for word in found:
        glued = next(
            (c for c in CURRENCIES if len(c) > 1 and word.endswith(c) and word[: -len(c)] in _HEADER_SCALES), None
        )
        parts += [word[: -len(glued)], glued] if glued else [word]
    return parts


def is_unit(title: str) -> bool:
    """Whether a title names nothing but a unit or a period.

    >>> is_unit("тыс. руб."), is_unit("2024 год"), is_unit("Выручка, руб.")
    (True, True, False)
    """
    return all(_is_unit(word) for word in _split_units(words(title)))


def _is_unit(word: str) -> bool:
    return word in CURRENCIES or word in _HEADER_SCALES or word in _FILLERS or bool(_PERIOD.fullmatch(word))


@dataclass(frozen=True)
class Match:
    """The field that a header names; of two matches the lower one is better."""

    field: str
    level: int
    rank: int


class Matcher:
    """Finds the field that a header names.

    Parameters
    ----------
    vocabulary : mapping
        Field to header variants, best first.
    own : mapping, optional
        The person's own headers (a mapping file), which go before the vocabulary.

    Examples
    --------
    >>> matcher = Matcher({"revenue": ("выручка", "sales"), "margin": ("маржа",)})
    >>> matcher.match("Выручка за 2019 год, тыс. руб.").field, matcher.match("Маржа, %")
    ('revenue', None)
    """

    def __init__(self, vocabulary: Vocabulary, own: Vocabulary | None = None) -> None:
        self._index: dict[str, tuple[str, int]] = {}
        self._own: dict[str, tuple[str, int]] = {}
        for index, source in ((self._own, own or {}), (self._index, vocabulary)):
            for field, variants in source.items():
                for rank, variant in enumerate(variants):
                    index.setdefault("".join(words(variant)), (field, rank))

    def match(self, header: object) -> Match | None:
        """The field named by a header cell, or None."""
        if not isinstance(header, str) or not header.strip() or len(header) > 120:
            return None
        full = words(header)
        bare = [word for word in _split_units(full) if not _is_unit(word)]
        core = [word for word in bare if word not in _MODIFIERS]
        for level, (index, key) in enumerate(
            ((self._own, full), (self._index, full), (self._index, bare), (self._index, core))
        ):
            if found := index.get("".join(key)):
                return Match(found[0], level, found[1])
        found = self._index.get("".join(words(_SCALE_OF_MARKS.sub("", header))))
        return Match(found[0], 4, found[1]) if found and KINDS.get(found[0]) == "mark" else None
