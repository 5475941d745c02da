"""Texts of dates into dates, in the database: `31.12.2025`, `2025-12-31 00:00`, `12/31/25`, `2025-12`, `12.2025`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kam_xl.ledger.packages import required

if TYPE_CHECKING:
    import ibis

_TIME = r"([ T][0-9:.,+Z ]*)?\s*(г\.?)?$"
_FORMS = {
    "ymd": r"^([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})" + _TIME,
    "compact": r"^((19|20)[0-9]{2})([0-9]{2})([0-9]{2})$",
    "point": r"^([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{4}|[0-9]{2})" + _TIME,
    "slash": r"^([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4}|[0-9]{2})" + _TIME,
    "ym": r"^([0-9]{4})[-./]([0-9]{1,2})$",
    "my": r"^([0-9]{1,2})[./]([0-9]{4})$",
}
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


class Day:
    """A text column of dates."""

    def __init__(self, text: ibis.Value) -> None:
        self._text = text.fill_null("").strip()

    @property
    def form(self) -> ibis.Value:
        """One of the forms above, `none` where blank, else `bad`."""
        ibis = required("ibis")
        forms = [(self._text.re_search(pattern), form) for form, pattern in _FORMS.items()]
        return ibis.cases((self._text == "", "none"), *forms, else_="bad")

    def part(self, form: str, group: int) -> ibis.Value:
        """A group of a form as a whole number; null where the text is not of the form."""
        return self._text.re_extract(_FORMS[form], group).nullif("").cast("int32")

    def value(self, slashes: str) -> ibis.Value:
        """The date, of a month its first day; null where there is none or it cannot be read.

        Parameters
        ----------
        slashes : str
            "dmy" or "mdy", how `03/04/2025` is read.
        """
        ibis = required("ibis")
        years, months, days = [], [], []
        for form in _FORMS:
            year, month, day = _ORDER[slashes if form == "slash" else form]
            years.append((form, self.part(form, year)))
            months.append((form, self.part(form, month)))
            days.append((form, self.part(form, day) if day else ibis.literal(1, "int32")))
        form = self.form
        year, month, day = (form.cases(*each, else_=ibis.null("int32")) for each in (years, months, days))
        return _date(ibis.ifelse(year < 100, year + 2000, year), month, day)


def _date(year: ibis.Value, month: ibis.Value, day: ibis.Value) -> ibis.Value:
    ibis = required("ibis")
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    last = ibis.cases(
        (month.isin([4, 6, 9, 11]), 30), (month == 2, ibis.ifelse(leap, 29, 28)), (month.between(1, 12), 31), else_=0
    )
    real = year.between(1900, 2199) & day.between(1, last)
    text = year.cast("string") + "-" + _two(month) + "-" + _two(day)
    return ibis.ifelse(real, text, ibis.null("string")).cast("date")


def _two(number: ibis.Value) -> ibis.Value:
    return number.cast("string").lpad(2, "0")
