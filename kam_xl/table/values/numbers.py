"""Numbers as people write them: `1 234 567,89`, `1,234.56`, `(500)`, `12%`, `₽ 1,5 млн`, `н/д`."""

from __future__ import annotations

import re
from typing import NamedTuple

from kam_xl.excel import error_values
from kam_xl.table.words.patterns import any_of
from kam_xl.table.words.vocabulary import CELL_CURRENCIES, SCALES, section

# What stands for "not known" in a cell of numbers.
BLANKS = frozenset(("", *section("cells")["blank"]))
# Stands in a grid for a formula that no program has computed yet.
UNCOMPUTED = "#FORMULA!"
# What a cell may show where it holds no value.
ERRORS = error_values.ERRORS | error_values.LOCALISED | {UNCOMPUTED}


_ABOUT = rf"(?:{any_of(section('cells')['approximate'])})"
_NUMBER = re.compile(
    rf"""(?P<before>-)?\s*(?:(?P<left>{any_of(CELL_CURRENCIES)})\.?)?\s*
         (?P<sign>[-+])?\s*(?P<digits>\d[\d\ '.,]*|[.,]\d+)\s*
         (?P<percent>%)?
         (?:(?P<scale>{any_of(SCALES)})\.?)?\s*\|?\s*(?:(?P<right>{any_of(CELL_CURRENCIES)})\.?)?\s*(?P<after>-)?""",
    re.VERBOSE,
)
_APPROXIMATE = re.compile(rf"{_ABOUT}\s*(?=[-+]?\S*\d)")
# What people put behind an amount: the mark of a footnote, a remark in brackets.
_REMARK = re.compile(r"(?<=\S)\s*(?:[*\u2020\u2021\u00b9\u00b2\u00b3]+\)?|\([^()\d]*[^\W\d_][^()\d]*\))$")
# "from 5 to 7 mln", "5-7 mln", "> 10 000": a range or a bound, which is not an amount.
_LOWER, _UPPER = (rf"(?:{any_of(section('cells')[key])})" for key in ("lower_bound", "upper_bound"))
_BOUND = rf"(?:{_LOWER}|{_UPPER})"
_RANGE = re.compile(rf"{_BOUND}\s*\d.*|\d[\d .,]*\D{{0,12}}?(?:-|\.\.|(?<!\w){_BOUND}(?!\w))\s*\d.*")
_FROM_TO = re.compile(
    rf"(?:{_LOWER}\s*)?(\d[\d .,]*?)\s*([^\d\s-]*(?:\s[^\d\s-]+)?)\s*(?:-|\.\.+|(?<!\w){_UPPER}(?!\w))\s*(\d.*)"
)
_ONE_END = re.compile(rf"(?:(?P<lower>{_LOWER})|{_UPPER})\s*(?P<amount>\d.*)")
# "1'200.-", "150,- €", "1,500/-": a mark and a dash in the place of the cents.
_NO_CENTS = re.compile(r"(?<=\d)(?:([.,:])\s?-{1,2}|/-)(?=\s|$|[^\d\s-])")
# "1 234 руб. 50 коп."
_KOPECKS = re.compile(r"(.*\d)\s*(?:руб\w*|р|грн)\.?\s*(\d{1,2})\s*коп\w*\.?")
# '"1 200"': what was quoted for a file and came out with its quotes.
_QUOTED = re.compile(r'\'?"\s*([^"]*\d[^"]*?)\s*"')
# How programs write numbers.
PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d\d?)?")
# Most numbers are of this form, which needs no further thought.
_COMMON = re.compile(r"(-?(?:\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+))(?:([.,])(\d\d?))?")
_NO_SPACES = str.maketrans("", "", " \u00a0\u202f")
_SCIENTIFIC = re.compile(r"-?\d+(?:[.,]\d+)?e[+-]?\d{1,3}")
# A negative amount as bookkeepers write it, with or without its currency inside.
_BRACKETS = re.compile(r"([^\d()]*)\(([^()]*\d[^()]*)\)([^\d()]*)")
_GROUPS = re.compile(r"\d{1,3}(?:(?P<mark>[ '.,])\d{3})(?:(?P=mark)\d{3})*")
# Lakh and crore: pairs of digits before the last three.
_PAIRS = re.compile(r"\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d*)?")
# What no eye sees: zero-width characters, marks of direction, soft hyphens.
_UNSEEN = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0x00AD))
_AS_ASCII = (
    dict.fromkeys(map(ord, "\u2212\u2013\u2014\u2010\u2011"), "-")
    | dict.fromkeys(map(ord, "\u2019\u2018\u02bc\u00b4\u0060\u2032\u066c"), "'")
    | {0x066B: ","}
    | _UNSEEN
)


class WrittenNumber(NamedTuple):
    """A number read from text.

    `value` is None where the text says that nothing is known. `decimal` is the decimal mark that the text proves
    ("," or "."), `unclear` the mark that may be either ("1,234"); such a value is the one with `unclear` as
    thousands separator. `approximate` tells that the text says so ("~500"), or bears a footnote or a remark ("500*").
    """

    value: float | None
    decimal: str = ""
    unclear: str = ""
    percent: bool = False
    scaled: bool = False
    currency: str = ""
    approximate: bool = False


def read_number(text: str) -> WrittenNumber | None:
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
    >>> [read_number(text).value for text in ("1'200.-", "₹12,34,567", "2 Cr", "~500", "1 234 руб. 50 коп.")]
    [1200.0, 1234567.0, 20000000.0, 500.0, 1234.5]
    >>> read_number("1,234")
    WrittenNumber(value=1234.0, decimal='', unclear=',', percent=False, scaled=False, currency='', approximate=False)
    >>> read_number("12 abc")
    """
    if common := _COMMON.fullmatch(text):
        whole, mark, fraction = common.groups()
        return WrittenNumber(float(f"{whole.translate(_NO_SPACES)}.{fraction or 0}"), mark or "")
    text = " ".join(text.translate(_UNSEEN).split()).casefold().translate(_AS_ASCII)
    if text in BLANKS:
        return WrittenNumber(None)
    if _SCIENTIFIC.fullmatch(text):
        return WrittenNumber(float(text.replace(",", ".")))
    text = quoted[1] if (quoted := _QUOTED.fullmatch(text)) else text
    text = text.removeprefix("'")  # how Excel marks a number that is to stay a text
    plain = _APPROXIMATE.sub("", text, count=1) if _APPROXIMATE.match(text) else text
    number = _money(plain) or _money(plain := _REMARK.sub("", plain))
    return number if number is None or plain == text else number._replace(approximate=True)


def is_range(text: str) -> bool:
    """Whether a text that is not a number tells between which amounts one lies, or above or below which.

    >>> is_range("от 5 до 7 млн"), is_range("> 10 000"), is_range("5-7 m"), is_range("Nord 5")
    (True, True, True, False)
    """
    return bool(_RANGE.fullmatch(" ".join(text.split()).casefold().translate(_AS_ASCII)))


def ends_of(text: str) -> tuple[str, str] | None:
    """The lowest and the highest amount of a range as texts, blank where it is open; None where there is no reading.

    >>> ends_of("от 5 до 7 млн"), ends_of("до 5 млн"), ends_of("> 10 000"), ends_of("7-5 m"), ends_of("5")
    (('5 млн', '7 млн'), ('', '5 млн'), ('10 000', ''), None, None)
    """
    plain = " ".join(text.split()).casefold().translate(_AS_ASCII)
    if both := _FROM_TO.fullmatch(plain):
        low, unit, high = both.groups()
        ends = f"{low} {unit or high.lstrip('0123456789 .,')}".strip(), high
    elif one := _ONE_END.fullmatch(plain):
        ends = (one["amount"], "") if one["lower"] else ("", one["amount"])
    else:
        return None
    numbers = [read_number(end) for end in ends if end]
    values = [number.value for number in numbers if number and number.value is not None]
    return ends if len(values) == len(numbers) and values == sorted(values) else None


def _money(text: str) -> WrittenNumber | None:
    """A number with what may stand around it: brackets, a sign, a currency, a scale."""
    if kopecks := _KOPECKS.fullmatch(text):
        whole = _money(kopecks[1])
        cents = int(kopecks[2]) / 100
        return whole and whole._replace(value=(whole.value or 0.0) + (-cents if text[0] == "-" else cents), unclear="")
    no_cents = _NO_CENTS.search(text)
    if no_cents:
        text = text[: no_cents.start()] + text[no_cents.end() :]
    if bracketed := _BRACKETS.fullmatch(text):
        text = "".join(bracketed.groups()).strip()
    match = _NUMBER.fullmatch(text)
    if not match or sum(map(bool, (bracketed, match["before"], match["sign"], match["after"]))) > 1:
        return None
    if (amount := _amount(match["digits"].strip())) is None:
        return None
    value, decimal, unclear = amount
    if no_cents:  # what follows the mark are cents, so the other mark, if there is one, separates thousands
        decimal, unclear = (no_cents[1] or decimal).replace(":", ""), ""
    negative = bracketed or match["before"] or match["sign"] == "-" or match["after"]
    value *= (-1 if negative else 1) * SCALES.get(match["scale"], 1)
    if match["percent"]:
        value /= 100
    currency = CELL_CURRENCIES.get(match["left"] or match["right"], "")
    return WrittenNumber(value, decimal, unclear, bool(match["percent"]), bool(match["scale"]), currency)


def _amount(digits: str) -> tuple[float, str, str] | None:
    """Value, proven decimal mark and unclear mark of unsigned digits with their separators."""
    if _PAIRS.fullmatch(digits):
        return float(digits.replace(",", "")), ".", ""
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
