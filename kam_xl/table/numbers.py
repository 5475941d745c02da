"""Numbers as people write them: `1 234 567,89`, `1,234.56`, `(500)`, `12%`, `₽ 1,5 млн`, `н/д`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from kam_xl.table.vocabulary import CURRENCIES, SCALES

# What stands for "not known" in a cell of numbers.
BLANKS = frozenset(
    (
        *("", "-", "--", "---", "?", "…", "...", ".", "n/a", "na", "n.a.", "n/d", "nd", "none", "null", "nan", "nil"),
        *("unknown", "no data", "not available", "tbd", "tbc", "н/д", "н/д.", "нд", "н.д.", "н/а", "нет данных"),
        *("неизвестно", "не известно", "нет сведений", "уточняется", "нет инф.", "нет информации", "не указано"),
    )
)
# Excel's error values as text.
ERRORS = frozenset(
    (
        *(
            "#N/A",
            "#DIV/0!",
            "#VALUE!",
            "#REF!",
            "#NAME?",
            "#NUM!",
            "#NULL!",
            "#SPILL!",
            "#CALC!",
            "#GETTING_DATA",
            "#FORMULA!",
        ),
        *("#Н/Д", "#ДЕЛ/0!", "#ЗНАЧ!", "#ССЫЛКА!", "#ИМЯ?", "#ЧИСЛО!", "#ПУСТО!"),
    )
)
# Stands in a grid for a formula that no program has computed yet.
UNCOMPUTED = "#FORMULA!"


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_NUMBER = re.compile(
    rf"""(?P<before>-)?\s*(?:(?P<left>{_any_of(CURRENCIES)})\.?)?\s*
         (?P<sign>[-+])?\s*(?P<digits>\d[\d\ '.,]*|[.,]\d+)\s*
         (?P<percent>%)?
         (?:(?P<scale>{_any_of(SCALES)})\.?)?\s*(?:(?P<right>{_any_of(CURRENCIES)})\.?)?\s*(?P<after>-)?""",
    re.VERBOSE,
)
# Most numbers are of this form, which needs no further thought.
_COMMON = re.compile(r"(-?(?:\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+))(?:([.,])(\d\d?))?")
_NO_SPACES = str.maketrans("", "", " \u00a0\u202f")
_SCIENTIFIC = re.compile(r"-?\d+(?:[.,]\d+)?e[+-]?\d{1,3}")
# A negative amount as bookkeepers write it, with or without its currency inside.
_BRACKETS = re.compile(r"([^\d()]*)\(([^()]*\d[^()]*)\)([^\d()]*)")
_GROUPS = re.compile(r"\d{1,3}(?:(?P<mark>[ '.,])\d{3})(?:(?P=mark)\d{3})*")
_AS_ASCII = str.maketrans(
    {
        "\u2212": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2010": "-",
        "\u2011": "-",
        "\u2019": "'",
        "\u066b": ",",
        "\u066c": "'",
    }
)


class Number(NamedTuple):
    """A number read from text.

    `value` is None where the text says that nothing is known. `decimal` is the decimal mark that the text proves
    ("," or "."), `unclear` the mark that may be either ("1,234"); such a value is the one with `unclear` as
    thousands separator.
    """

    value: float | None
    decimal: str = ""
    unclear: str = ""
    percent: bool = False
    scaled: bool = False
    currency: str = ""


def read_number(text: str) -> Number | None:
    """The number that a text says, or None where it says none.

    Parameters
    ----------
    text : str
        A cell's text: thousands separated by (no-break) spaces, apostrophes, commas or points in groups of three; a
        decimal comma or point; minus before or after, or brackets; a currency before or after; "%"; "тыс", "млн",
        "k", "m" ... behind the digits.

    Examples
    --------
    >>> [read_number(text).value for text in ("1 234 567,89", "1,234.56", "(500)", "−12%", "1,5 млн руб.", "н/д")]
    [1234567.89, 1234.56, -500.0, -0.12, 1500000.0, None]
    >>> read_number("1,234")
    Number(value=1234.0, decimal='', unclear=',', percent=False, scaled=False, currency='')
    >>> read_number("12 abc")
    """
    if common := _COMMON.fullmatch(text):
        whole, mark, fraction = common.groups()
        return Number(float(f"{whole.translate(_NO_SPACES)}.{fraction or 0}"), mark or "")
    text = " ".join(text.split()).casefold().translate(_AS_ASCII)
    if text in BLANKS:
        return Number(None)
    if _SCIENTIFIC.fullmatch(text):
        return Number(float(text.replace(",", ".")))
    if bracketed := _BRACKETS.fullmatch(text):
        text = "".join(bracketed.groups()).strip()
    found = _NUMBER.fullmatch(text)
    if not found or sum(map(bool, (bracketed, found["before"], found["sign"], found["after"]))) > 1:
        return None
    if (amount := _amount(found["digits"].strip())) is None:
        return None
    value, decimal, unclear = amount
    negative = bracketed or found["before"] or found["sign"] == "-" or found["after"]
    value *= (-1 if negative else 1) * SCALES.get(found["scale"], 1)
    if found["percent"]:
        value /= 100
    currency = CURRENCIES.get(found["left"] or found["right"], "")
    return Number(value, decimal, unclear, bool(found["percent"]), bool(found["scale"]), currency)


def _amount(digits: str) -> tuple[float, str, str] | None:
    """Value, proven decimal mark and unclear mark of unsigned digits with their separators."""
    marks = [character for character in digits if character in ".,"]
    last = marks[-1] if marks else ""
    if len(marks) == 1 and not (_GROUPS.fullmatch(digits) and not digits.startswith("0")):
        return _decimal(digits, last)
    if len(marks) > 1 and marks.count(last) == 1:
        return _decimal(digits, last)
    if digits.isdigit():
        return float(digits), "", ""
    if not (groups := _GROUPS.fullmatch(digits)):
        return None
    # Several groups between equal marks prove that the mark separates thousands, so the other one is decimal.
    proven = {",": ".", ".": ","}.get(last, "") if len(marks) > 1 else ""
    return float(re.sub(r"\D", "", digits)), proven, last if len(marks) == 1 and groups else ""


def _decimal(digits: str, mark: str) -> tuple[float, str, str] | None:
    whole, _, fraction = digits.partition(mark)
    if (whole and not whole.isdigit() and not _GROUPS.fullmatch(whole)) or (fraction and not fraction.isdigit()):
        return None
    return float(f"{re.sub(r'[^0-9]', '', whole) or 0}.{fraction or 0}"), mark, ""
