"""What a header of an operational plan says: which period, plan or fact, revenue or margin.

The words are data: sections `[months]`, `[periods]` and `[plan_words]` of `kam_xl/table/words`, a file a language.

"Jan-26", "янв. 2026", "01.2026", "План I кв.", "Margin fact, March", "Итого 2026" and true dates are all understood. A
header with any other word ("Deviation", "%") says nothing of the kind and is nobody's period.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kam_xl.domain.operational import Indicator
from kam_xl.domain.periods import HALF_YEAR, MONTH, QUARTER, YEAR, Period
from kam_xl.table.values.cells import Cell
from kam_xl.table.values.dates import date_of_serial
from kam_xl.table.words.matching import full_years, is_unit, nature_of, words
from kam_xl.table.words.patterns import any_of
from kam_xl.table.words.vat import without_vat
from kam_xl.table.words.vocabulary import section


class Heading(NamedTuple):
    """What a header says; None for what it leaves open. `number` counts periods of `months` months within a year."""

    year: int | None = None
    months: int | None = None
    number: int | None = None
    measure: str | None = None
    kind: str | None = None

    def __or__(self, other: object) -> Heading:
        """What this header says, and the other one where this one is silent.

        >>> Heading(months=1, number=3) | Heading(year=2026, kind="plan")
        Heading(year=2026, months=1, number=3, measure=None, kind='plan')
        """
        if not isinstance(other, Heading):
            return NotImplemented
        return Heading(
            self.year if self.year is not None else other.year,
            self.months if self.months is not None else other.months,
            self.number if self.number is not None else other.number,
            self.measure or other.measure,
            self.kind or other.kind,
        )

    @property
    def period(self) -> Period | None:
        """The period, where nothing is missing."""
        if self.year is None or self.months is None or self.number is None:
            return None
        return Period(self.year, self.months, self.number)

    @property
    def is_revenue_of_part(self) -> bool:
        """Whether it says alone that amounts are our revenue of a part of a year: a single month says it by a word.

        >>> [heading_of(title).is_revenue_of_part for title in ("Revenue H1", "H1 2026", "Oct 2026", "Plan H1 2026")]
        [True, True, False, False]
        """
        named = self.measure == "revenue" or (not self.measure and self.year and (self.months or MONTH) > MONTH)
        return bool(named) and (self.months or YEAR) < YEAR and self.kind in (None, "fact")

    @property
    def indicator(self) -> Indicator | None:
        """The indicator, where plan or fact is said; what names no measure is of revenue, last year's is a fact."""
        kind = "fact" if self.kind == "last_year" else self.kind
        return Indicator(self.measure or "revenue", kind) if kind in ("plan", "fact") else None


def _tokens(name: str, *keys: str) -> dict[str, str]:
    """The words of a section that are one word, folded, to their key."""
    keys_of: dict[str, str] = {}
    for key in keys or section(name):
        for variant in section(name).get(key, ()):
            if len(words := _TOKEN.findall(_folded(variant))) == 1:
                keys_of.setdefault(words[0], key)
    return keys_of


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


_TOKEN = re.compile(r"\d+|[^\W\d_]+|[%Δ+]")
_MONTHS = {token: int(number) for token, number in _tokens("months").items()}
_MONTH_WORD = re.compile(f"({any_of(_MONTHS)})")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINALS = _ROMAN | {
    token: int(key[-1]) for token, key in _tokens("periods", *(f"ordinal_{number}" for number in range(1, 5))).items()
}
_NUMBERED = dict.fromkeys(_tokens("periods", "quarter"), QUARTER)
_NUMBERED |= dict.fromkeys(_tokens("periods", "half_year"), HALF_YEAR)
_WHOLE_YEAR = frozenset(_tokens("periods", "whole_year"))
_FINANCIAL = re.compile(rf"(?<!\w)(?:{any_of(section('periods')['financial_year'])})(?!\w)")
_KINDS = ("plan", "fact", "forecast", "last_year")
_WORDS = {
    **{token: ("measure", key) for token, key in _tokens("plan_words", "revenue", "margin").items()},
    **{token: ("kind", key) for token, key in _tokens("plan_words", *_KINDS).items()},
}
_FILLERS = frozenset(_tokens("plan_words", "filler"))
# Kinds of several words, longest first: "last year" says more than its words; each becomes a word of ours.
_OURS = {"last_year": "lastyear", "forecast": "forecast", "fact": "fact", "plan": "plan"}
_PHRASES = sorted(
    (
        (_folded(variant), _OURS[kind])
        for kind in _OURS
        for variant in section("plan_words")[kind]
        if len(_TOKEN.findall(_folded(variant))) > 1
    ),
    key=lambda pair: -len(pair[0]),
)
_WORDS["lastyear"] = ("kind", "last_year")
_ISO = re.compile(
    r"(?<!\d)(20\d\d|19\d\d)[-./](0?[1-9]|1[0-2])(?:[-./](?:0?[1-9]|[12]\d|3[01]))?(?:[t ]\d\d:.*)?(?!\d)"
)
_DAY_FIRST = re.compile(r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[./-])?(0?[1-9]|1[0-2])[./-]((?:20|19)\d\d)(?!\d)")
# The day of a month that is named: "31 Dec 2025" says no more than "Dec 2025".
_DAY = re.compile(rf"(?<!\d)(?:0?[1-9]|[12]\d|3[01])\.?\s+(?={_MONTH_WORD.pattern}\.?,?\s+(?:19|20)\d\d)")
# "Jan - Dec 25", "01.01.2025 - 31.12.2025", "янв-дек 2025", "9 мес. 2025": several months as one period.
_DASH = re.compile(r"\s*[-\u2010-\u2015/]\s*|\s+(?:to|по|bis|à|through)\s+")
_SEVERAL_MONTHS = re.compile(
    rf"(.*?)\b(?:(?:{any_of(section('periods')['first_months'])})\s+)?"
    r"(1[0-2]|[1-9])(?:\s*(?:мес\w*|months?|mths?|м)|(?<=[369])m)\b\.?(.*)"
)
_TO_DATE = re.compile(rf"(?<!\w)(?:{any_of(section('periods')['to_date'])})(?!\w)")
# How a month that is only numbered is called: "m1", "P12", "Period 3", "2026M01", "001.2026".
_NUMBERED_MONTH = re.compile(
    rf"(?P<year>(?:19|20)\d\d)?[ ./-]?(?:{any_of(section('periods')['period'])})\.?[ -]?"
    r"(?P<month>0?[1-9]|1[0-2])(?:[ ./-](?P<later>(?:19|20)\d\d))?"
    r"|0(?P<posting>0[1-9]|1[0-2])[./](?P<posted>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_CUMULATIVE = frozenset(word for each in section("header_words")["cumulative"] for word in words(each))
_VARIANCE = frozenset(word for each in section("columns")["variance"] for word in words(each)) - set(_WORDS)
_YEARS = range(1990, 2101)
_LONGEST = 60
# Quarters are numbered 1 or 01; more digits are those of a code.
_DIGITS_OF_NUMBER = 2


def heading_of(cell: Cell) -> Heading | None:
    """What a header cell says about period and indicator; None for any other text.

    >>> heading_of("План, янв. 2026")
    Heading(year=2026, months=1, number=1, measure=None, kind='plan')
    >>> heading_of("IV кв."), heading_of("Margin fact").measure, heading_of("Deviation, %"), heading_of("Jan-26").year
    (Heading(year=None, months=3, number=4, measure=None, kind=None), 'margin', None, 2026)
    """
    if isinstance(cell, date):
        return Heading(cell.year, MONTH, cell.month)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _heading_of_number(cell)
    if not isinstance(cell, str) or not cell.strip() or len(cell) > _LONGEST or is_span(cell):
        return None
    return _heading_of_text(without_vat(cell))


@lru_cache(4096)
def _heading_of_text(cell: str) -> Heading | None:
    if numbered := _NUMBERED_MONTH.fullmatch(cell.strip()):
        year = numbered["year"] or numbered["later"] or numbered["posted"]
        return Heading(int(year) if year else None, MONTH, int(numbered["month"] or numbered["posting"]))
    reading = _Reading()
    text = _DAY.sub("", _with_phrases(full_years(_FINANCIAL.sub("fy", _folded(cell)))))
    for pattern, year, month in ((_ISO, 1, 2), (_DAY_FIRST, 2, 1)):
        if match := pattern.search(text):
            reading.year, reading.months, reading.number = int(match[year]), MONTH, int(match[month])
            text = text[: match.start()] + " " + text[match.end() :]
    tokens = _TOKEN.findall(text.replace("п/г", "полугодие"))
    for before, token in zip(["", *tokens], tokens, strict=False):
        if not reading.take(token, before):
            return None
    return reading.heading()


def _with_phrases(text: str) -> str:
    """A folded text whose phrases are one word each.

    >>> _with_phrases("last year actual, jan")
    ' lastyear , jan'
    """
    for phrase, word in _PHRASES:
        if phrase in text:
            text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", f" {word} ", text)
    return re.sub(" +", " ", text)


def _heading_of_number(number: float) -> Heading | None:
    if _YEARS.start <= number < _YEARS.stop and number == int(number):
        return Heading(int(number))
    if day := date_of_serial(number):
        return Heading(day.year, MONTH, day.month)
    return None


def is_span(text: str) -> bool:
    """Whether a header names several months as one period: the total of them stands below it.

    >>> is_span("Jan - Dec 25"), is_span("9 мес. 2025"), is_span("01.01.2025 - 31.12.2025"), is_span("YTD Oct 2025")
    (True, True, True, True)
    >>> is_span("Jan-25"), is_span("May / Май")
    (False, False)
    """
    return months_of_span(text) > 0


@lru_cache(4096)
def months_of_span(text: str) -> int:
    """How many months a header names as one period; 0 where it names none or a single one.

    >>> months_of_span("Факт 9 мес. 2025, без НДС"), months_of_span("Jan - Mar 25"), months_of_span("YTD Oct")
    (9, 3, 10)
    >>> months_of_span("Revenue 9M 2026"), months_of_span("Выручка за первые 9 месяцев")
    (9, 9)
    """
    plain = without_vat(text).casefold().replace("ё", "е").strip(" ,;")
    if several := _SEVERAL_MONTHS.fullmatch(plain):
        around = f"{several[1]} {several[3]}".strip()
        return int(several[2]) if not around or _heading_of_text(around) is not None else 0
    if (to_date := _TO_DATE.sub(" ", plain)) != plain:
        last = _heading_of_text(to_date)
        return last.number if last and last.months == MONTH and last.number else 0
    parts = _DASH.split(plain)
    if len(parts) != 2:
        return 0
    first, last = map(_heading_of_text, parts)
    if not (first and last and first.number and last.number and first.months == last.months == MONTH):
        return 0
    years = (last.year or 0) - (first.year or 0) if first.year and last.year else 0
    months = years * YEAR + last.number - first.number + 1
    return max(months, 0) if first.number != last.number else 0


def is_to_date(text: str) -> bool:
    """Whether a header counts from the beginning of a year to a day that it does not name.

    >>> is_to_date("Sales YTD"), is_to_date("YTD Oct 2026"), is_to_date("Sales 2025")
    (True, False, False)
    """
    plain = text.casefold().replace("ё", "е").strip()
    return bool(_TO_DATE.search(plain)) and not months_of_span(text)


def hinted_by(text: object) -> Heading:
    """What a title or the name of a sheet lets suppose of everything below it, whatever else it says.

    >>> hinted_by("Sigma Automation: sales plan for 2026")
    Heading(year=2026, months=None, number=None, measure='revenue', kind='plan')
    """
    return _hinted_by(text) if isinstance(text, str) else Heading()


def is_kind_of_plan(text: object) -> bool:
    """Whether a label names a plan or actual figures with words that change what they are.

    >>> [is_kind_of_plan(text) for text in ("Fact cumulative", "Budget v2", "Deviation from plan", "Plan, %", "Plan")]
    [True, True, False, False, False]
    """
    if not isinstance(text, str) or heading_of(text) is not None or hinted_by(text).kind not in ("plan", "fact"):
        return False
    others = [word for word in words(text) if word not in _CUMULATIVE]
    return _VARIANCE.isdisjoint(others) and not nature_of(" ".join(others)) and nature_of(text) != "quantity"


@lru_cache(4096)
def names_other_period(title: str) -> bool:
    """Whether a header names a period or a plan in a way that no single period of an operational plan does.

    >>> [names_other_period(title) for title in ("Fact 10 months 2026", "Pumps Q1 2026", "Fact cumulative")]
    [True, True, True]
    >>> [names_other_period(title) for title in ("Q1 2026", "Deviation Q1", "Q1, %", "Manager", "Contract No. 2026")]
    [False, False, False, False, False]
    """
    if is_kind_of_plan(title):
        return True
    if heading_of(title) is not None or nature_of(title) or not _VARIANCE.isdisjoint(words(title)):
        return False
    if is_span(title) or is_to_date(title):
        return True
    parts = title.split()
    cuts = (part for at in range(1, len(parts)) for part in (" ".join(parts[at:]), " ".join(parts[:at])))
    return any((heading := heading_of(part)) is not None and heading.months for part in cuts)


@lru_cache(4096)
def _hinted_by(text: str) -> Heading:
    tokens = _TOKEN.findall(_with_phrases(_folded(text)))
    hints = {token: _WORDS[token] for token in tokens if token in _WORDS}
    kinds = {what for which, what in hints.values() if which == "kind"}
    measures = {what for which, what in hints.values() if which == "measure"}
    years = {int(token) for token in tokens if token.isdigit() and int(token) in _YEARS}
    return Heading(
        year=next(iter(years)) if len(years) == 1 else None,
        measure="margin" if "margin" in measures else next(iter(measures), None),
        kind=next(iter(kinds)) if len(kinds) == 1 else None,
    )


class _Reading:
    """A header while its words are read one by one."""

    def __init__(self) -> None:
        self.year: int | None = None
        self.months: int | None = None
        self.number: int | None = None
        self.measures: set[str] = set()
        self.kinds: set[str] = set()
        self._whole = False

    def take(self, token: str, before: str) -> bool:
        """Take note of a word; False where it is one that no header of a period has."""
        return self._take_word(token) or self._take_period(token) or self._take_number(token, before)

    def _take_word(self, token: str) -> bool:
        if token in _WORDS:
            which, what = _WORDS[token]
            (self.kinds if which == "kind" else self.measures).add(what)
            return True
        if token in _WHOLE_YEAR:
            self._whole = True
            return True
        return token in _FILLERS

    def _take_period(self, token: str) -> bool:
        if token in _NUMBERED:
            self.months = _NUMBERED[token]
            return True
        if token in _MONTHS:
            self.months, self.number = MONTH, _MONTHS[token]
            return True
        if token in _ORDINALS:
            self.number = _ORDINALS[token]
            return True
        return False

    def _take_number(self, token: str, before: str) -> bool:
        if not token.isdigit():
            return is_unit(token)
        number = int(token)
        if number in _YEARS:
            self.year = number
        elif len(token) == 2 and self.number and (before.isdigit() or self.months):  # "Jan-26", "Q1 26"
            self.year = 2000 + number
        elif 1 <= number <= 4 and self.number is None and len(token) <= _DIGITS_OF_NUMBER:  # "Q-0004" is a code
            self.number = number
        else:
            return False
        return True

    def heading(self) -> Heading | None:
        """All that was read, if it makes sense together."""
        measure = "margin" if "margin" in self.measures else next(iter(self.measures), None)
        if "last_year" in self.kinds:  # "last year, actual"
            self.kinds = {"last_year"}
        kind = next(iter(self.kinds)) if len(self.kinds) == 1 else None
        months, number = self.months, self.number
        if months is None and number is None and self._whole:
            months, number = YEAR, 1
        if (months is None) != (number is None) or (months and number and number * months > YEAR):
            return None
        heading = Heading(self.year, months, number, measure, kind)
        return heading if any(each is not None for each in heading) else None
