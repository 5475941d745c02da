"""What amounts are in, as sheets say it."""

from __future__ import annotations

from typing import NamedTuple

from kam_xl.locale import Text


class TableUnit(NamedTuple):
    """What a client table says about its amounts; None and blank where it says nothing."""

    currency: str = ""
    scale: float | None = None


AS_GIVEN = TableUnit()
_SCALES = {1e3: Text("thousands"), 1e6: Text("millions"), 1e9: Text("billions")}


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
    return Text("Amounts in {unit}", unit=label) if label else Text("Amounts as in the client table")
