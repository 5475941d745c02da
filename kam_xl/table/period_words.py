"""What a header of an operational plan says: which period, plan or fact, revenue or margin; in English and Russian.

"Jan-26", "янв. 2026", "01.2026", "План I кв.", "Margin fact, March", "Итого 2026" and true dates are all understood. A
header with any other word ("Deviation", "%") says nothing of the kind and is nobody's period.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from kam_xl.domain.operational import Indicator
from kam_xl.domain.periods import HALF_YEAR, MONTH, QUARTER, YEAR, Period
from kam_xl.table.cells import Cell, date_of_serial
from kam_xl.table.matching import is_unit


class Said(NamedTuple):
    """What a header says; None for what it leaves open. `number` counts periods of `months` months within a year."""

    year: int | None = None
    months: int | None = None
    number: int | None = None
    measure: str | None = None
    kind: str | None = None

    def __or__(self, other: object) -> Said:
        """What this header says, and the other one where this one is silent.

        >>> Said(months=1, number=3) | Said(year=2026, kind="plan")
        Said(year=2026, months=1, number=3, measure=None, kind='plan')
        """
        if not isinstance(other, Said):
            return NotImplemented
        return Said(
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
    def indicator(self) -> Indicator | None:
        """The indicator, where plan or fact is said; what names no measure is of revenue."""
        return None if self.kind is None else Indicator(self.measure or "revenue", self.kind)


_MONTH_STEMS = (
    ("jan", "янв"),
    ("feb", "фев"),
    ("mar", "мар"),
    ("apr", "апр"),
    ("may", "май", "мая", "мае"),
    ("jun", "июн"),
    ("jul", "июл"),
    ("aug", "авг"),
    ("sep", "сен"),
    ("oct", "окт"),
    ("nov", "ноя"),
    ("dec", "дек"),
)
_MONTH_WORD = re.compile(
    r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|"
    r"dec(ember)?|янв(ар[ья])?|фев(р|рал[ья])?|мар(т|та)?|апр(ел[ья])?|ма[йяе]|июн[ья]?|июл[ья]?|авг(уст|уста)?|"
    r"сен(т|тябр[ья])?|окт(ябр[ья])?|ноя(б|бр[ья])?|дек(абр[ья])?)"
)
_NUMBERED = {
    QUARTER: frozenset(("q", "qtr", "quarter", "кв", "квартал", "квартале", "к")),
    HALF_YEAR: frozenset(("h", "half", "полугодие", "полугодия", "пг", "полуг")),
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "первое": 1,
    "второе": 2,
    "первый": 1,
    "второй": 2,
    "третий": 3,
    "четвертый": 4,
}
_WHOLE_YEAR = frozenset(("year", "год", "годовой", "fy", "total", "итого", "всего", "итог", "сумма", "sum"))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_WORDS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        _words("plan planned plans target targets план плана планы плановая плановый плановые пл"), ("kind", "plan")
    ),
    **dict.fromkeys(
        _words("fact facts actual actuals факт факта факты фактическая фактический фактически ф"), ("kind", "fact")
    ),
    **dict.fromkeys(
        _words("""
            revenue revenues sales turnover income выручка выручки продажи продаж оборот доход доходы дохода отгрузка
            отгрузки реализация реализации
        """),
        ("measure", "revenue"),
    ),
    **dict.fromkeys(
        _words("margin gp маржа маржи маржинальный маржинального маржинальная вп мд прибыль прибыли"),
        ("measure", "margin"),
    ),
}
_FILLERS = frozenset(
    _words("""
        г гг года году год the of for in by per за на по в и month months месяц месяцам помесячно мес period период
        gross валовая валовой st nd rd th й ый ой е ое client clients клиент клиентам клиентов key ключевым operational
        оперативный оперативного sheet лист
    """)
)
_ISO = re.compile(
    r"(?<!\d)(20\d\d|19\d\d)[-./](0?[1-9]|1[0-2])(?:[-./](?:0?[1-9]|[12]\d|3[01]))?(?:[t ]\d\d:.*)?(?!\d)"
)
_DAY_FIRST = re.compile(r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[./-])?(0?[1-9]|1[0-2])[./-]((?:20|19)\d\d)(?!\d)")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[%Δ+]")
_YEARS = range(1990, 2101)
_LONGEST = 60


def said_by(cell: Cell) -> Said | None:
    """What a header cell says of period and indicator; None for any other text.

    >>> said_by("План, янв. 2026")
    Said(year=2026, months=1, number=1, measure=None, kind='plan')
    >>> said_by("IV кв."), said_by("Margin fact").measure, said_by("Deviation, %"), said_by("Jan-26").year
    (Said(year=None, months=3, number=4, measure=None, kind=None), 'margin', None, 2026)
    """
    if isinstance(cell, date):
        return Said(cell.year, MONTH, cell.month)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _said_by_number(cell)
    if not isinstance(cell, str) or not cell.strip() or len(cell) > _LONGEST:
        return None
    found = _Reading()
    text = cell.casefold().replace("ё", "е").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for pattern, year, month in ((_ISO, 1, 2), (_DAY_FIRST, 2, 1)):
        if match := pattern.search(text):
            found.year, found.months, found.number = int(match[year]), MONTH, int(match[month])
            text = text[: match.start()] + " " + text[match.end() :]
    tokens = _TOKEN.findall(text.replace("п/г", "полугодие"))
    for before, token in zip(["", *tokens], tokens, strict=False):
        if not found.take(token, before):
            return None
    return found.said()


def _said_by_number(number: float) -> Said | None:
    if _YEARS.start <= number < _YEARS.stop and number == int(number):
        return Said(int(number))
    if day := date_of_serial(number):
        return Said(day.year, MONTH, day.month)
    return None


def hinted_by(text: object) -> Said:
    """What a title or the name of a sheet lets suppose of everything below it, whatever else it says.

    >>> hinted_by("Sigma Automation: sales plan for 2026")
    Said(year=2026, months=None, number=None, measure='revenue', kind='plan')
    """
    tokens = _TOKEN.findall(str(text).casefold().replace("ё", "е")) if isinstance(text, str) else []
    found = {token: _WORDS[token] for token in tokens if token in _WORDS}
    kinds = {what for which, what in found.values() if which == "kind"}
    measures = {what for which, what in found.values() if which == "measure"}
    years = {int(token) for token in tokens if token.isdigit() and int(token) in _YEARS}
    return Said(
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
        for months, names in _NUMBERED.items():
            if token in names:
                self.months = months
                return True
        if _MONTH_WORD.fullmatch(token):
            self.months = MONTH
            self.number = next(n for n, stems in enumerate(_MONTH_STEMS, start=1) if token.startswith(stems))
            return True
        if token in _ROMAN or token in _ORDINALS:
            self.number = _ROMAN.get(token) or _ORDINALS[token]
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
        elif 1 <= number <= 4 and self.number is None:
            self.number = number
        else:
            return False
        return True

    def said(self) -> Said | None:
        """All that was read, if it makes sense together."""
        measure = "margin" if "margin" in self.measures else next(iter(self.measures), None)
        kind = next(iter(self.kinds)) if len(self.kinds) == 1 else None
        months, number = self.months, self.number
        if months is None and number is None and self._whole:
            months, number = YEAR, 1
        if (months is None) != (number is None) or (months and number and number * months > YEAR):
            return None
        found = Said(self.year, months, number, measure, kind)
        return found if any(each is not None for each in found) else None
