"""Native formulas of ours on a sheet: their values are cached beside them, for programs that never recalculate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kam_xl.actions.record import same
from kam_xl.actions.sheets import NamedSheet, native
from kam_xl.engines.values import put
from kam_xl.plan.formulas import Computed


def refresh_formulas(
    sheet: NamedSheet, computed: Mapping[str, Computed | list[Computed]], current: Mapping[str, Sequence[object]]
) -> None:
    """Cache the values of our own formulas; where a person put another formula or a value, that is theirs.

    Parameters
    ----------
    sheet : NamedSheet
    computed : mapping
        Field name to its formula with the value that it has now, a list for a column.
    current : mapping
        What the cells of each field hold; fields that the sheet lacks are not in it.
    """
    for name, formulas in computed.items():
        column = formulas if isinstance(formulas, list) else [formulas]
        for at, (shown, each) in enumerate(zip(current.get(name, ()), column, strict=False)):
            if not same(shown, each.value) and sheet[name][at].formula == each.formula:
                put(sheet[name][at], [[native(each)]])
