"""What the rows of an operational plan say about their amounts: their unit and their currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kam_xl.table.finding import Remark
from kam_xl.table.headers.currencies import currency_code
from kam_xl.table.headers.units import settle_units
from kam_xl.table.operational.remarks import Remarked, in_other_currency, not_money
from kam_xl.table.values.cells import Cell, read_name
from kam_xl.table.words.matching import Unit, is_unit, unit_of

UNIT_KEYS = ("unit", "indicator", "currency")
"""The columns that may say it."""

_NOTHING = Unit(None, None, None)


@dataclass
class RowUnits:
    """Row to the scale of its amounts, where it says one, and the rows that are not read.

    `told` has what is to be remarked, each with its row and the key of its column.
    """

    scales: dict[int, float] = field(default_factory=dict)
    ignored: set[int] = field(default_factory=set)
    told: list[tuple[int, str, Remarked]] = field(default_factory=list)


def row_units(keys: Mapping[str, Sequence[Cell]], rows: Sequence[int], base: tuple[str, Unit]) -> RowUnits:
    """What the rows say of their amounts themselves.

    Parameters
    ----------
    keys : mapping
        The cells of those columns of `UNIT_KEYS` that are there.
    rows : sequence of int
        The rows that count.
    base : (str, Unit)
        Header and unit of the client table's revenue. Where it names no currency, the first row's is the one.

    Examples
    --------
    >>> keys = {"indicator": ["Plan, kEUR", "Plan"], "currency": [None, "USD"]}
    >>> read = row_units(keys, [0, 1], ("Revenue, EUR", Unit(1.0, "EUR", None)))
    >>> read.scales, read.ignored, [(row, key, remarked[0]) for row, key, remarked in read.told]
    ({0: 1000.0}, {1}, [(0, 'indicator', 'units-differ'), (1, 'currency', 'other-currency')])
    """
    result = RowUnits()
    alike: dict[tuple[str | None, ...], list[int]] = {}
    for row in rows:
        alike.setdefault(tuple(read_name(keys[key][row]) if key in keys else None for key in UNIT_KEYS), []).append(row)
    told: set[tuple[str, str]] = set()
    currency = base[1].currency
    for texts, of in alike.items():
        said = {key: text for key, text in zip(UNIT_KEYS, texts, strict=True) if text}
        if "unit" in said and not _is_of_money(said["unit"]):
            result.ignored.update(of)
            remarks = [("unit", not_money(said["unit"]))]
        else:
            key, unit = _unit(said)
            currency = currency or unit.currency
            if unit.currency not in (None, currency):
                result.ignored.update(of)
                remarks = [(key, in_other_currency(said[key], str(unit.currency), str(currency)))]
            else:
                result.scales.update(dict.fromkeys(of, unit.scale) if unit.scale else {})
                remarks = [(key, each[2:]) for each in _differences(said.get(key, ""), unit, base)]
        for key, remarked in remarks:
            if (key, said[key]) not in told:
                told.add((key, said[key]))
                result.told.append((of[0], key, remarked))
    return result


def _unit(said: Mapping[str, str]) -> tuple[str, Unit]:
    """What a row says altogether, and the key of the column that names its currency, else its scale."""
    units = {key: unit_of(said[key]) if key in said else _NOTHING for key in ("unit", "indicator")}
    key = next((key for key, unit in units.items() if unit.scale), "")
    scale, currency = (units[key].scale, units[key].currency) if key else (None, None)
    if currency is None and "currency" in said:
        key, currency = "currency", currency_code(said["currency"])
    return key, Unit(scale, currency, None)


def _differences(text: str, unit: Unit, base: tuple[str, Unit]) -> list[Remark]:
    """That amounts are in another unit than those of the client table."""
    remarks = settle_units({0: unit}, {0: text}, base)[1] if unit.scale else []
    return [each for each in remarks if each.code == "units-differ"]


def _is_of_money(text: str) -> bool:
    """Whether a unit is one of money, and not of tonnes, pieces or hours."""
    return is_unit(text) and bool(unit_of(text).scale)
