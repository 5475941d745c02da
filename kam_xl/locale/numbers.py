"""Numbers in sentences: amounts, counts and shares as people of a language write them.

Each shows a number with at least so many decimals, zeros at the end left out. What is known of most numbers, that they
are of a usual size and far from a half, saves them the long way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from kam_xl.locale.languages import language_named


class Beside(float):
    """A number that is compared with others in one sentence: shown with enough decimals to tell them apart.

    A rounding never makes a sentence false: 349,999.6 is not said to be "below 350,000" as 350,000.

    >>> apart(Beside(349_999.6, 350_000), "money", "en"), apart(Beside(350_000, 349_999.6), "money", "en")
    ('349,999.6', '350,000')
    """

    others: tuple[float, ...]

    def __new__(cls, value: float, *others: float | None) -> Beside:
        number = float.__new__(cls, value)
        number.others = tuple([other for other in others if other is not None])
        return number


def beside(value: float, kind: str, *others: float | None) -> float:
    """A number shown as `kind` beside others: `Beside` where another is so near that both could look the same.

    >>> type(beside(0.2, "share", 0.2001)).__name__, type(beside(0.2, "share", 0.5, None)).__name__
    ('Beside', 'float')
    """
    far = _FAR[kind]
    for other in others:
        if other is not None and -far < other - value < far:
            return Beside(value, *others)
    return value


def apart(value: Beside, kind: str, lang: str) -> str:
    """A number with as many decimals as tell it apart from those beside it."""
    show, far = NUMBERS[kind], _FAR.get(kind, math.inf)
    text, number = show(value, lang), float(value)
    near = [other for other in value.others if -far < other - number < far]
    close = [other for other in near if not math.isclose(other, number)] if near else near
    least = 0
    while close and least < _MOST and any(show(other, lang, least) == text for other in close):
        least += 1
        text = show(value, lang, least)
    return text


def _number(value: float, lang: str, decimals: int = 2) -> str:
    if not math.isfinite(value):
        return str(value)
    digits = format(_rounded(abs(value), decimals), _FORMATS[decimals])
    if decimals:
        digits = digits.rstrip("0").rstrip(".")
    thousands, decimal, _ = _marks(lang)
    if thousands != "," or decimal != ".":
        whole, point, rest = digits.partition(".")
        digits = whole.replace(",", thousands) + (decimal + rest if point else "")
    return f"\N{MINUS SIGN}{digits}" if value < 0 and digits != "0" else digits


@cache
def _marks(lang: str) -> tuple[str, str, str]:
    """The marks that a language writes between thousands, before decimals and behind a share."""
    record = language_named(lang)
    return record.thousands_mark, record.decimal_mark, record.percent_sign


def _rounded(value: float, decimals: int) -> float | Decimal:
    # Halves go up and 15 digits count, as in a spreadsheet: beside a cell with 6.3 % a text must not say 6.2 %.
    scaled = value * 10**decimals
    if scaled < _SURE and not _HALF_FROM <= scaled % 1 <= _HALF_TO:  # however it is rounded, it is the same
        return value
    number = Decimal(format(value, ".15g"))
    return number if value >= 1e15 else number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _money(value: float, lang: str, least: int = 0) -> str:
    if 1000 <= value < _SURE and not least and not _HALF_FROM <= value % 1 <= _HALF_TO:
        digits, thousands = f"{round(value):,}", _marks(lang)[0]
        return digits if thousands == "," else digits.replace(",", thousands)
    return _any_money(value, lang, least)


@lru_cache(4096)
def _any_money(value: float, lang: str, least: int) -> str:
    # Kopecks matter on small amounts only.
    return _number(value, lang, max(2 if abs(value) < 1000 else 0, least))


def _count(value: float, lang: str, least: int = 0) -> str:
    return _number(value, lang, least)


@lru_cache(4096)
def _plain(value: float, lang: str, least: int = 0) -> str:
    return _number(value, lang, max(2, least))


def _share(value: float, lang: str, least: int = 0) -> str:
    percent = value * 100
    if 0.051 <= percent < 999 and not least and not _HALF_FROM <= percent * 10 % 1 <= _HALF_TO:
        digits, (_, decimal, sign) = f"{percent:.1f}", _marks(lang)
        if digits[-1] == "0":
            return digits[:-2] + sign
        return (digits if decimal == "." else digits.replace(".", decimal)) + sign
    if 1e-5 <= percent < 0.0499 and not least and _WHOLE_TO < percent * 1e6 % 1 < _WHOLE_FROM:
        return _tiny_share(lang)  # it has more than two digits
    return _any_share(value, lang, least)


@lru_cache(4096)
def _any_share(value: float, lang: str, least: int) -> str:
    # In per cent with one decimal, as in the cells. What would read as 0 is shown whole where it has two digits, as a
    # bound of the user's has, else as less than what one decimal can show.
    percent = value * 100
    tiny = 0 < abs(percent) < 0.051 and _rounded(abs(percent), 1) < 0.05
    decimals = min(6, 1 - math.floor(math.log10(abs(percent)))) if tiny else 1
    is_less = tiny and percent > 0 and least <= 1 and not math.isclose(percent, round(percent, decimals))
    return _tiny_share(lang) if is_less else _number(percent, lang, max(decimals, least)) + _marks(lang)[2]


@cache
def _tiny_share(lang: str) -> str:
    return f"<{_plain(0.1, lang)}{_marks(lang)[2]}"


_MOST = 9  # decimals that tell numbers apart
_FORMATS = [f",.{decimals}f" for decimals in range(_MOST + 1)]
_SURE = 1e9  # up to here the 15th digit is far behind what decides
_HALF_FROM, _HALF_TO = 0.49999, 0.50001  # fractions that may be a half, which goes up
NUMBERS: Mapping[str, Callable[..., str]] = {"money": _money, "count": _count, "share": _share, "number": _plain}
"""What shows a number of each kind, given the number, the language and how many decimals at least."""
_WHOLE_TO, _WHOLE_FROM = 0.001, 0.999  # fractions between which a number is not whole, whatever its noise
_FAR = {"money": 1.01, "share": 0.0011}
"""How far apart two numbers differ however they are rounded."""
