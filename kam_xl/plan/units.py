"""What amounts are in and how much of a year they are of, as sheets say it."""

from __future__ import annotations

from typing import NamedTuple

from kam_xl.locale import Text, in_context, plural


class TableUnit(NamedTuple):
    """What a client table says about its amounts; None and blank where it says nothing.

    `months` are those of the year that they are of, 0 where it is a part of unknown length.
    """

    currency: str = ""
    scale: float | None = None
    months: int | None = None


AS_GIVEN = TableUnit()
_SCALES = {1e3: Text("thousands"), 1e6: Text("millions"), 1e9: Text("billions")}

_CURRENCIES = {
    "RUB": in_context("amounts in", "RUB"),
    "USD": in_context("amounts in", "USD"),
    "EUR": in_context("amounts in", "EUR"),
    "KZT": in_context("amounts in", "KZT"),
    "BYN": in_context("amounts in", "BYN"),
}
"""Currencies that some languages name in such a sentence."""


def unit_label(unit: TableUnit, currency: str = "") -> Text | str:
    """The unit in words; `currency` is the one of the settings, for tables that name none.

    >>> unit_label(TableUnit("RUB", 1000.0)).render("en"), unit_label(AS_GIVEN, "EUR"), unit_label(AS_GIVEN)
    ('RUB, thousands', 'EUR', '')
    """
    currency, scale = unit.currency or currency, _SCALES.get(unit.scale or 1.0)
    if currency and scale:
        return Text("{currency}, {scale}", currency=currency, scale=scale)
    return currency or scale or ""


def amounts_in(unit: TableUnit, currency: str = "") -> Text:
    """The same as a line of a sheet's head.

    >>> amounts_in(TableUnit("RUB")).render("en"), amounts_in(AS_GIVEN).render("en")
    ('Amounts in RUB', 'Amounts as in the client table')
    """
    label = unit_label(unit, currency)
    if not label:
        return Text("Amounts as in the client table")
    known = _CURRENCIES.get(label) if isinstance(label, str) else None
    return Text("Amounts in {currency}", currency=known) if known else Text("Amounts in {unit}", unit=label)


def period_label(unit: TableUnit, year: str) -> Text | str:
    """The period of the amounts in words.

    >>> period_label(TableUnit(months=10), "2026").render("en"), period_label(AS_GIVEN, "2026")
    ('10 months of 2026', '2026')
    """
    if unit.months is None:
        return year
    if not unit.months:
        return Text("part of {year}", year=year)
    return plural("{n:count} month of {year}", "{n:count} months of {year}", n=unit.months, year=year)


def rests_on_part(unit: TableUnit, year: str) -> Text | None:
    """What to say wherever ratings, shares or goals stand that follow from the revenue of a part of a year.

    >>> rests_on_part(TableUnit(months=1), "2026").render("en")
    'Revenue of 1 month of 2026 only: positions, shares and goals rest on it.'
    """
    if unit.months is None:
        return None
    period = period_label(unit, year)
    return Text("Revenue of {period} only: positions, shares and goals rest on it.", period=period)
