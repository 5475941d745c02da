"""Rows without dates: all of them are of one day, totals of none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import reduce

from kam_xl.ledger.cells.typed import BARE_TOTAL, SURE_TOTAL
from kam_xl.ledger.packages import required
from kam_xl.ledger.sources.sources import Part

_NAMES = ("client", "client_id", "category")


def dated(part: Part, day: date | None) -> Part:
    """A part whose rows have a day where no column has dates; what calls itself a total has none, as everywhere."""
    layout = part.layout
    if day is None or "date" in layout.fields:
        return part
    ibis = required("ibis")
    cells = [
        part.table[part.columns[at]].cast("string").fill_null("")
        for name in _NAMES
        for at in layout.fields.get(name, ())
    ]
    totals = [cell.re_search(SURE_TOTAL) | cell.re_search(BARE_TOTAL) for cell in cells]
    is_total = reduce(lambda one, other: one | other, totals)
    return replace(
        part,
        table=part.table.mutate(day=ibis.ifelse(is_total, "", day.isoformat())),
        columns=[*part.columns[: len(layout.titles)], "day"],
        layout=replace(layout, titles=(*layout.titles, ""), fields={**layout.fields, "date": (len(layout.titles),)}),
    )
