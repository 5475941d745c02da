"""Money columns in one unit: what their headers say of thousands, millions and currencies, taken together."""

from __future__ import annotations

from collections.abc import Mapping

from kam_xl.locale import Text
from kam_xl.table.finding import Remark
from kam_xl.table.matching import Unit


def settle_units(
    units: Mapping[int, Unit], titles: Mapping[int, str], base: tuple[str, Unit] | None = None
) -> tuple[dict[int, float], list[Remark]]:
    """Factors that bring all money columns to the unit of the first one that names a unit.

    Parameters
    ----------
    units, titles : mapping
        Column to its unit and header; the columns in the order of their weight, revenue first.
    base : (str, Unit), optional
        Header and unit of a column elsewhere whose unit counts instead.

    Returns
    -------
    tuple
        Column to factor, and a remark for each column that was converted, or that may have to be: one that names no
        unit beside one in thousands, or another currency. Amounts in such columns are left as they are.

    Examples
    --------
    >>> units = {4: Unit(1e3, "RUB", None), 5: Unit(1e6, "RUB", None)}
    >>> settle_units(units, {4: "Revenue, kRUB", 5: "Budget, mRUB"})[0]
    {4: 1.0, 5: 1000.0}
    """
    base = base or base_unit(units, titles)
    if base is None:
        return dict.fromkeys(units, 1.0), []
    remarks: list[Remark] = []
    factors: dict[int, float] = {}
    for column, unit in units.items():
        factors[column] = (unit.scale / base[1].scale) if unit.scale and base[1].scale else 1.0
        if remark := _remark(column, unit, *base, titles[column]):
            remarks.append(remark)
    return factors, remarks


def base_unit(units: Mapping[int, Unit], titles: Mapping[int, str]) -> tuple[str, Unit] | None:
    """Header and unit of the first column that names a unit."""
    return next(((titles[column], unit) for column, unit in units.items() if unit.scale), None)


def _remark(column: int, unit: Unit, first: str, base: Unit, title: str) -> Remark | None:
    names = {"column": f'"{title}"', "first": f'"{first}"'}
    if unit.currency and base.currency and unit.currency != base.currency:
        code = "currencies-differ"
        message = Text("{column} is in another currency than {first}; nothing is converted.", **names)
        remedy = Text("Bring all amounts to one currency.")
    elif unit.scale and unit.scale != base.scale:
        code = "units-differ"
        message = Text("{column} is converted to the unit of {first}.", **names)
        remedy = Text("Check both headers, or bring the columns to one unit.")
    elif not unit.scale and base.scale != 1:
        code = "unit-unclear"
        message = Text("{column} names no unit; it is taken to be the unit of {first}.", **names)
        remedy = Text("Write the unit into the header.")
    else:
        return None
    return Remark(None, column, code, "warning", message, title, remedy)
