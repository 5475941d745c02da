"""Texts of dates into dates, in the database: `31.12.2025`, `2025-12-31 00:00`, `12/31/25`, `2025-12`, `12.2025`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kam_xl.ledger.packages import required

if TYPE_CHECKING:
    import ibis

_TIME = r"([ T,]+[0-9]{1,2}:[0-9:.,]*\s*([AaPp]\.?[Mm]\.?)?\s*(Z|[A-Z]{3})?\s*([+-][0-9:]+)?)?\s*(г\.?)?$"
# Years of two digits from here on are of the last century, as `kam_xl.table.values.dates` has it.
_PIVOT = 70
_FORMS = {
    "ymd": r"^([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})" + _TIME,
    "compact": r"^((19|20)[0-9]{2})([0-9]{2})([0-9]{2})$",
    "point": r"^([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{4}|[0-9]{2})" + _TIME,
    "slash": r"^([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4}|[0-9]{2})" + _TIME,
    "ym": r"^([0-9]{4})[-./]([0-9]{1,2})$",
    "my": r"^([0-9]{1,2})[./]([0-9]{4})$",
}
# Texts whose numbers stand in fixed places: most are, and need one search alone.
_PLAIN = (
    r"^([0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9:.]*)?|[0-9]{2}\.[0-9]{2}\.[0-9]{4}|[0-9]{2}/[0-9]{2}/[0-9]{4})$"
)
_PLACES = {"ymd": ((0, 4), (5, 2), (8, 2)), "point": ((0, 2), (3, 2), (6, 4)), "slash": ((0, 2), (3, 2), (6, 4))}
# Which group of a form is the year, the month, the day; with slashes that depends on the country.
_ORDER = {
    "ymd": (1, 2, 3),
    "compact": (1, 3, 4),
    "point": (3, 2, 1),
    "dmy": (3, 2, 1),
    "mdy": (3, 1, 2),
    "ym": (1, 2, 0),
    "my": (2, 1, 0),
}


def cleaned(text: ibis.Value) -> ibis.Value:
    """The text without spaces around it."""
    return text.fill_null("").strip()


def is_plain(text: ibis.Value) -> ibis.BooleanValue:
    """Whether the numbers of a cleaned text stand in fixed places: 2025-12-31, 31.12.2025, 31/12/2025."""
    return text.re_search(_PLAIN)


def form_of(text: ibis.Value, plain: ibis.Value) -> ibis.Value:
    """One of the forms above, `none` where blank, else `bad`."""
    ibis = required("ibis")
    forms = [(text.re_search(pattern), form) for form, pattern in _FORMS.items()]
    mark = text.substr(2, 1)
    quick = [(plain & (mark == sign), form) for sign, form in ((".", "point"), ("/", "slash"))]
    return ibis.cases(*quick, (plain, "ymd"), (text == "", "none"), *forms, else_="bad")


def numbers(text: ibis.Value, form: ibis.Value, plain: ibis.Value) -> dict[str, ibis.Value]:
    """The three numbers of a date in their order; null where there is none."""
    ibis = required("ibis")
    used = {name: [group for group in order if group] for name, order in _ORDER.items()}
    return {
        f"number{place}": form.cases(
            *(
                (name, _number(text, pattern, group, plain, _PLACES.get(name, ())[place - 1 : place]))
                for name, pattern in _FORMS.items()
                if (group := _nth(used, name, place))
            ),
            else_=ibis.null("int32"),
        )
        for place in (1, 2, 3)
    }


def _nth(used: Mapping[str, list[int]], form: str, place: int) -> int:
    groups = sorted(used["dmy" if form == "slash" else form])
    return groups[place - 1] if place <= len(groups) else 0


def _number(
    text: ibis.Value, pattern: str, group: int, plain: ibis.Value, places: Sequence[tuple[int, int]]
) -> ibis.Value:
    digits = text.re_extract(pattern, group).nullif("")
    for start, length in places:
        digits = plain.ifelse(text.substr(start, length), digits)
    return digits.cast("int32")


def day(form: ibis.Value, groups_of_text: Sequence[ibis.Value], slashes: str) -> dict[str, ibis.Value]:
    """Year, month and day of the three numbers.

    Parameters
    ----------
    form : column
    found : three columns
    slashes : str
        "dmy" or "mdy", how `03/04/2025` is read; "both" where each date proves itself.
    """
    library = required("ibis")
    if slashes == "both":
        one, other = day(form, groups_of_text, "dmy"), day(form, groups_of_text, "mdy")
        return {
            part: library.ifelse((form == "slash") & (groups_of_text[1] > 12), other[part], one[part]) for part in one
        }
    columns: dict[str, list[tuple[str, ibis.Value]]] = {"year": [], "month": [], "day": []}
    for name in _FORMS:
        order = _ORDER[slashes if name == "slash" else name]
        groups = sorted(group for group in order if group)
        for part, group in zip(columns, order, strict=True):
            columns[part].append((name, groups_of_text[groups.index(group)] if group else library.literal(1, "int32")))
    values = {part: form.cases(*cases, else_=library.null("int32")) for part, cases in columns.items()}
    return values | {"year": _full_year(values["year"])}


def _full_year(year: ibis.Value) -> ibis.Value:
    library = required("ibis")
    return library.cases((year >= 100, year), (year >= _PIVOT, year + 1900), else_=year + 2000)


def date_of(year: ibis.Value, month: ibis.Value, day: ibis.Value) -> ibis.Value:
    """The date, of a month its first day; null where there is no such day."""
    ibis = required("ibis")
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    last = ibis.cases(
        (month.isin([4, 6, 9, 11]), 30), (month == 2, ibis.ifelse(leap, 29, 28)), (month.between(1, 12), 31), else_=0
    )
    real = year.between(1900, 2199) & day.between(1, last)
    return ibis.ifelse(real, ibis.date(year, month, day), ibis.null("date"))
