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
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from kam_xl.table.words.patterns import any_of
from kam_xl.table.words.vat import is_tax, without_tax, without_vat
from kam_xl.table.words.vocabulary import CURRENCIES, KINDS, MORE_HEADER_SCALES, SCALES, section

# So many headers are remembered with what they mean.
_KEPT = 4096
Vocabulary = Mapping[str, tuple[str, ...]]

_WORDS = re.compile(r"[^\W_]+|[%№$€£₽₸¥₹₴₺]")


def words(text: object) -> list[str]:
    """The words of a header, lower case.

    >>> words("Объём_продаж, тыс. руб.")
    ['объем', 'продаж', 'тыс', 'руб']
    """
    return _WORDS.findall(str(text).casefold().replace("ё", "е"))


# A year in short: "2023/24" is the one that ends in 2024, "FY24", "'24" and "24 г." are 2024.
_SHORT_YEAR = re.compile(
    r"""(?<!\d)(?P<from>20\d\d|(?<=[fg][yj])[1-4]\d|(?<=[fg][yj]\s)[1-4]\d)\s?[/\u2010-\u2015-]\s?(?P<to>\d\d)(?![\d/.])
    | (?P<before>\b(?:fy|gj)\s?'?|(?<!\w)['\u2019\u02bc])(?P<year>[1-4]\d)(?!['\w]|\s?[/\u2010-\u2015-]\s?\d\d(?!\d))
    | (?<![\w.,'])(?P<number>[1-4]\d)(?=\s?(?:гг?|год[ау]?)(?!\w))""",
    re.IGNORECASE | re.VERBOSE,
)


def full_years(header: str) -> str:
    """A header with its years in four digits.

    >>> full_years("Sales FY24"), full_years("Выручка 24 г."), full_years("2023/24"), full_years("GJ 24/25")
    ('Sales FY2024', 'Выручка 2024 г.', '2024', 'GJ 2025')
    """
    return _SHORT_YEAR.sub(_full_year, header)


def _full_year(match: re.Match[str]) -> str:
    if match["from"]:
        ends = int(match["from"][-2:]) + 2001
        return str(ends) if ends % 100 == int(match["to"]) > 12 else match[0]
    return f"{(match['before'] or '').rstrip(chr(39) + chr(0x2019) + chr(0x2BC))}20{match['year'] or match['number']}"


_HEADER_SCALES = SCALES | MORE_HEADER_SCALES
_LENGTHS_OF_CURRENCIES = sorted({len(currency) for currency in CURRENCIES} - {1}, reverse=True)
_PERIOD = re.compile(
    r"(fy|gj)?(19|20)\d\d(г|гг|год|году|года|y)?|\d\dмес|г|гг|год|года|году|year|fy|gj|per|annum|pa|ltm"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# What a header says about the marks below it: "(0-3)", "(оценка от 0 до 3)", ", yes/no", "[да/нет]".
_MEANING = (
    r"""(?:\b0\b.*\b[1-9]\b|\b1\b.*\b0\b|\b(?:yes|no|y|n|да|нет|level|score|points?|уровень|балл(?:ы|ов)?|оценка)\b)"""
)
_SCALE_OF_MARKS = re.compile(
    rf"[(\[].*{_MEANING}.*[)\]]\s*$|[,;:].*{_MEANING}.*$|\b0\W+[1-9]\s*$", re.IGNORECASE | re.DOTALL
)


def _all_words(section_: str, key: str) -> frozenset[str]:
    return frozenset(word for variant in section(section_)[key] for word in words(variant))


# Words that change nothing beside a unit, and beside the name of a field.
_FILLERS = _all_words("header_words", "filler")
_MODIFIERS = _all_words("header_words", "modifier")
_PERCENTAGE = _all_words("header_words", "percentage")
_BARE_BUDGETS = _all_words("header_words", "bare_budget")
# A T, "тыс." for short, is a scale beside a currency only: alone it is a tonne, as MM are millimetres.
_SCALES_BESIDE_CURRENCY = frozenset(("т", "т.р", "mm"))


def _alternatives(section_: str, key: str) -> str:
    return any_of(section(section_)[key])


_PREFIX = re.compile(
    rf"\s*(?:{_alternatives('header_words', 'prefix')})(?<![^\W_])\s*|\s*(?:"
    rf"{_alternatives('header_words', 'prefix')})\s+",
    re.IGNORECASE,
)
_NOT_MONEY = re.compile(rf"\s*(?:{_alternatives('header_words', 'not_money_prefix')})", re.IGNORECASE)
_QUANTITY_UNIT = re.compile(
    rf"[,(\[/]\s*(?:(?:{any_of(SCALES)})\.?\s*)?"
    rf"(?:{_alternatives('header_words', 'quantity_unit')})\.?\s*"
    rf"(?:(?:{_alternatives('header_words', 'per_year')})\.?)?\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_PER_PART = re.compile(
    rf"(?:(?<!\w)|(?=/))(?:{_alternatives('header_words', 'per_part_of_year')})(?!\w|\.?\s?\d)", re.IGNORECASE
)
_SLASH = re.compile(r"\s*/\s*")
_NET_OF_RETURNS = re.compile(rf"\b(?:{_alternatives('header_words', 'net_of_returns')})", re.IGNORECASE)
_IN_CENTS = re.compile(rf"(?<!\bper )(?<!\bpro )\b(?:{_alternatives('header_words', 'in_cents')})\b")
# "Potential (H/M/L)", "Position: strong, medium or weak": the words to choose from.
_ROLLING = re.compile(rf"(?<!\w)(?:{_alternatives('periods', 'rolling')})(?!\w)\.?", re.IGNORECASE)
_OF_YEAR = re.compile(rf"(?<!\w)(?:{_alternatives('periods', 'financial_year')})(?!\w)\.?", re.IGNORECASE)
_CHOICES = re.compile(r"\s*[(\[:][^()\[\]]*[/,|][^()\[\]]*[)\]]?\s*$")

# Fields whose columns hold money.
MONEY = frozenset(field for field, kind in KINDS.items() if kind == "money") | {"amount", "total", "client_turnover"}
_LONGEST = 120
# Fields that people call by words of their own, whatever their order and endings: "Budget for purchases".
_IN_ANY_ORDER = ("procurement_budget", "competitor_revenue", "share_of_wallet")
Nature = Literal["", "quantity", "percentage", "tax", "not money"]


def nature_of(header: str) -> Nature:
    """What the numbers below a header are where they are not money.

    >>> nature_of("Объём продаж, т"), nature_of("Маржа, %"), nature_of("Сумма НДС"), nature_of("Сумма без НДС, т. руб.")
    ('quantity', 'percentage', 'tax', '')
    >>> nature_of("Бюджет закупок, руб./мес.")  # not the money of a year
    'not money'
    """
    plain = without_vat(header)
    if _NOT_MONEY.match(plain) or is_per_part_of_year(plain):
        return "not money"
    if _QUANTITY_UNIT.search(_SLASH.sub("/", plain)):
        return "quantity"
    if not _PERCENTAGE.isdisjoint(words(plain)):
        return "percentage"
    return "tax" if is_tax(header) else ""


def is_per_part_of_year(header: str) -> bool:
    """Whether a header says that its amounts are those of a month, a quarter or a week each.

    >>> [is_per_part_of_year(header) for header in ("Budget, EUR / month", "Бюджет, руб. в кв.", "9 мес.")]
    [True, True, False]
    """
    return bool(_PER_PART.search(_SLASH.sub("/", header)))


def is_bare_budget(header: str) -> bool:
    """Whether a header says "budget" without saying whose.

    >>> is_bare_budget("YTD Budget, EUR"), is_bare_budget("Бюджет закупок")
    (True, False)
    """
    core = [word for word in _split_units(words(header)) if not _is_unit(word) and word not in _MODIFIERS]
    return " ".join(core) in _BARE_BUDGETS


def is_rolling(header: str) -> bool:
    """Whether a header says that its amounts are of the last twelve months.

    >>> is_rolling("Sales LTM"), is_rolling("Выручка, скользящие 12 мес."), is_rolling("Sales last year")
    (True, True, False)
    """
    return bool(_ROLLING.search(header))


def is_net_of_returns(header: str) -> bool:
    """Whether a header says that returns are subtracted.

    >>> is_net_of_returns("Продажи за вычетом возвратов"), is_net_of_returns("Net sales"), is_net_of_returns("Без НДС")
    (True, True, False)
    """
    return bool(_NET_OF_RETURNS.search(header))


class Unit(NamedTuple):
    """What a header says about the money below it; None where it says nothing."""

    scale: float | None
    currency: str | None
    year: int | None


def unit_of(header: str) -> Unit:
    """The unit and the year that a header names.

    >>> unit_of("Выручка 2019, тыс. руб.")
    Unit(scale=1000.0, currency='RUB', year=2019)
    >>> unit_of("Sales"), unit_of("Сумма, руб., в т.ч. НДС").scale
    (Unit(scale=None, currency=None, year=None), 1.0)
    >>> unit_of("Amount, EUR cents").scale, unit_of("Сумма, руб. коп.").scale, unit_of("Margin per cent").scale
    (0.01, 1.0, None)
    """
    header = full_years(without_tax(header))
    parts = _split_units(words(header))
    currency = next((CURRENCIES[word] for word in parts if word in CURRENCIES), None)
    scales = (word for word in parts if word in _HEADER_SCALES and (currency or word not in _SCALES_BESIDE_CURRENCY))
    scale = 0.01 if _cents(header) else next((_HEADER_SCALES[word] for word in scales), None)
    years = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", header)]
    return Unit(scale or (1.0 if currency else None), currency, max(years, default=None))


def _cents(header: str) -> str:
    """The words of a header that say that its amounts are hundredths; beside roubles kopecks are their decimals."""
    match = _IN_CENTS.search(spelled := " ".join(words(header)))
    before = spelled[: match.start()].split()[-1:] if match else []
    mixed = before and before[0] in CURRENCIES and not before[0].isascii()
    return match[0] if match and not mixed else ""


def _split_units(spelled: Iterable[str]) -> list[str]:
    """Words with a scale glued to a currency cut in two: "kEUR", "$m"."""
    return [part for word in spelled for part in _unglued(word)]


@lru_cache(_KEPT)
def _unglued(word: str) -> tuple[str, ...]:
    for length in _LENGTHS_OF_CURRENCIES:
        if word[-length:] in CURRENCIES and word[:-length] in _HEADER_SCALES:
            return word[:-length], word[-length:]
    return (word,)


@lru_cache(_KEPT)
def is_unit(title: str) -> bool:
    """Whether a title names nothing but a unit or a period.

    >>> is_unit("тыс. руб."), is_unit("2024 год"), is_unit("Выручка, руб.")
    (True, True, False)
    """
    parts = _split_units(words(full_years(without_vat(title))))
    return all(map(_is_unit, parts)) and not _QUANTITY_UNIT.search(f",{title}")


def _is_unit(word: str) -> bool:
    return _is_measure(word) or word in _FILLERS or bool(_PERIOD.fullmatch(word))


def _is_measure(word: str) -> bool:
    """Whether a word is a currency, a scale or a year in digits."""
    return word in CURRENCIES or word in _HEADER_SCALES or bool(_YEAR.fullmatch(word))


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
        The user's own headers (a mapping file), which override the vocabulary.

    Examples
    --------
    >>> matcher = Matcher({"revenue": ("выручка", "sales"), "margin": ("маржа",)})
    >>> Matcher({"procurement_budget": ("purchase budget",)}).match("Budget for purchases").field
    'procurement_budget'
    >>> matcher.match("Выручка за 2019 год, тыс. руб.").field, matcher.match("Маржа, %")
    ('revenue', None)
    """

    def __init__(self, vocabulary: Vocabulary, own: Vocabulary | None = None) -> None:
        self._index = _indexed(tuple(vocabulary.items()))
        self._stems = _stemmed(tuple((field, vocabulary.get(field, ())) for field in _IN_ANY_ORDER))
        self._own = {
            "".join(words(variant)): (field, 0) for field, variants in (own or {}).items() for variant in variants
        }

        self._matched = lru_cache(_KEPT)(self._find)  # headers are asked for again for each row that may head a table

    @classmethod
    def of(cls, vocabulary: Vocabulary, own: Vocabulary | None = None) -> Matcher:
        """The matcher of a vocabulary: the same one each time, with the headers that it has met, if nothing is added.

        >>> Matcher.of({"margin": ("маржа",)}) is Matcher.of({"margin": ("маржа",)})
        True
        """
        return cls(vocabulary, own) if own else _shared(tuple(vocabulary.items()))

    def match(self, header: object) -> Match | None:
        """The field named by a header cell, or None; money is not what a header of tonnes or percentages names."""
        if not isinstance(header, str) or not header.strip() or len(header) > _LONGEST:
            return None
        return self._matched(header)

    def _find(self, header: str) -> Match | None:
        if own := self._own.get("".join(words(header))):
            return Match(own[0], 0, own[1])
        plain = header if self._is_known(header) else without_vat(header)
        match = self._match_money(plain if self._is_known(plain) else _ROLLING.sub(" ", plain))
        if match is None or match.field not in MONEY or match.level == 1:
            return match  # what the vocabulary holds word for word is money: "competitor share of wallet amount"
        return None if nature_of(header) else match

    def _is_known(self, header: str) -> bool:
        """Whether the vocabulary has a header as it stands, but for its unit and its year."""
        spelled = words(header)
        unitless = (word for word in _split_units(spelled) if not _is_measure(word))
        return "".join(spelled) in self._index or "".join(unitless) in self._index

    def _match_money(self, header: str) -> Match | None:
        """The field of a header that may say in what its amounts are, what they are the sum of, and of which year."""
        if cents := _IN_CENTS.search(" ".join(words(header))):
            header = cents.string.replace(cents[0], "")
        match = self._match(header)
        if (match is None or match.level > 1) and (prefix := _PREFIX.match(header)):
            bare = self._match(header[prefix.end() :])
            match = bare if bare and (match is None or bare.level < match.level) else match
        if match is None and (bare_header := _OF_YEAR.sub(" ", header)) != header:
            match = self._match(bare_header)
        return match

    def _match(self, header: str) -> Match | None:
        full = words(full_years(header))
        split = _split_units(full)
        unitless = [word for word in split if not _is_measure(word)]  # "last year" of "Revenue last year, EUR" stays
        bare = [word for word in unitless if not _is_unit(word)]
        core = [word for word in bare if word not in _MODIFIERS]
        for level, key in ((1, full), (2, unitless), (2, bare), (3, core)):
            if entry := self._index.get("".join(key)):
                return Match(entry[0], level, entry[1])
        if entry := self._index.get("".join(word for word in bare if word != "%")):
            return Match(entry[0], 4, entry[1]) if entry[0] in ("share_of_wallet", "competitor_share") else None
        entry = self._index.get("".join(words(_SCALE_OF_MARKS.sub("", header))))
        if entry and KINDS.get(entry[0]) == "mark":
            return Match(entry[0], 4, entry[1])
        entry = self._index.get("".join(words(_CHOICES.sub("", header))))
        if entry and KINDS.get(entry[0]) == "choice":
            return Match(entry[0], 4, entry[1])
        entry = self._index.get("".join(words(_QUANTITY_UNIT.sub("", header))))
        if entry and entry[0] == "quantity":
            return Match(entry[0], 4, entry[1])
        known = (each for key in (bare, core) if (each := self._stems.get(_stems(key))))
        return next((Match(field, 5, 0) for field in known), None)


def resembles(header: str, field: str) -> bool:
    """Whether a header that names no field has a word that alone would name this one, in any ending.

    >>> resembles("Бюджет закупок упаковки, тыс. руб.", "procurement_budget"), resembles("Mood", "procurement_budget")
    (True, False)
    """
    return not nature_of(header) and not _stems_of_names(field).isdisjoint(_stems(words(header)))


@cache
def _stems_of_names(field: str) -> frozenset[str]:
    variants = [words(variant) for variant in section("columns")[field]]
    return _stems(variant[0] for variant in variants if len(variant) == 1 and not _is_unit(variant[0]))


@cache
def _shared(vocabulary: tuple[tuple[str, tuple[str, ...]], ...]) -> Matcher:
    return Matcher(dict(vocabulary))


def _stems(words_: Iterable[str]) -> frozenset[str]:
    """The beginnings of words, which have neither order nor endings; of contracts and counterparties some more."""
    return frozenset(word[: 8 if word.startswith(("контр", "contr")) else 5] for word in words_)


@cache
def _stemmed(vocabulary: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[frozenset[str], str]:
    """Beginnings of the words of each variant that has several, to its field, where they are those of one field."""
    fields: dict[frozenset[str], str] = {}
    for field, variants in vocabulary:
        for variant in variants:
            bare = [word for word in words(variant) if not _is_unit(word)]
            core = [word for word in bare if word not in _MODIFIERS]
            for stems in {_stems(bare), _stems(core)}:
                if len(stems) > 1:
                    fields[stems] = field if fields.get(stems, field) == field else ""
    return fields


@cache
def _indexed(vocabulary: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, tuple[str, int]]:
    """Variants without spaces to their field and rank; also without small words and VAT, where that is free."""
    index: dict[str, tuple[str, int]] = {}
    bare: dict[str, tuple[str, int]] = {}
    for field, variants in vocabulary:
        for rank, variant in enumerate(variants):
            index.setdefault("".join(words(variant)), (field, rank))
            plain = words(without_vat(variant))
            bare.setdefault("".join(word for word in plain if not _is_unit(word)), (field, rank))
    bare.pop("", None)
    return {**bare, **index}
