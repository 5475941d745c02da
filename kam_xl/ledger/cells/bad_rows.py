"""Rows that cannot be read: all of them told at once, each with its own number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kam_xl.ledger.cells.amounts import LARGEST
from kam_xl.ledger.cells.reading import MONEY
from kam_xl.ledger.errors import BadRowsError
from kam_xl.ledger.queries import dicts
from kam_xl.ledger.sources.csv_files import every_row
from kam_xl.ledger.sources.sources import Part
from kam_xl.locale import Text, plural
from kam_xl.table.values.cells import quoted

if TYPE_CHECKING:
    from kam_xl.ledger.opening import Ledger

# So many bad rows are told one by one.
SHOWN = 20
_FIELDS = {
    "date": Text("the date cannot be read"),
    "cost": Text("the cost cannot be read"),
    "margin": Text("the margin cannot be read"),
    "cells": Text("the row has more cells than the header"),
    "quote": Text("a quotation mark is never closed"),
}
_AMOUNT = Text("the amount cannot be read")
_TOO_LARGE = Text("the amount is too large")


def refuse_bad_rows(ledger: Ledger, count: int) -> None:
    """Stop where rows, `count` of them, cannot be read.

    Raises
    ------
    BadRowsError
        Naming file, row and cell of each, up to `SHOWN` of them.
    """
    if not count:
        return
    bad = ledger.table.filter(ledger.table.bad_field.notnull())
    rows = bad.select("file", "row", "bad_field", "bad_value").order_by("file", "row", "bad_value")
    cells = dicts(rows.limit(SHOWN))
    _number(ledger.parts, cells)
    shown = sorted((_in_words(ledger.parts, each) for each in cells), key=itemgetter(0))
    texts = [text for _, text in shown]
    more = [Text("and {n:count} more", n=count - SHOWN)] if count > SHOWN else []
    raise BadRowsError(
        plural(
            "{n:count} row cannot be read: {rows}",
            "{n:count} rows cannot be read: {rows}",
            n=count,
            rows=[*texts, *more],
        ),
        where=ledger.name,
        remedy=Text("Correct them, or leave them out with --leave-out-bad."),
    )


def _part_of(parts: Sequence[Part], bad: Mapping[str, Any]) -> Part | None:
    return next((each for each in parts if bad["file"] in each.places), None)


def _number(parts: Sequence[Part], cells: Sequence[dict[str, Any]]) -> None:
    """Give rows of csv files their numbers, which DuckDB does not know: each its own, though cells be equal."""
    wanted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in cells:
        part = _part_of(parts, each)
        if each["row"] is None and part and part.dialect:
            wanted[each["file"]].append(each)
    for file, bad in wanted.items():
        part = _part_of(parts, bad[0])
        assert part is not None and part.dialect is not None  # noqa: S101, PT018 (looked up above)
        open_ones = list(bad)
        for number, row in enumerate(every_row(Path(file), part.dialect._replace(encoding="utf-8-sig")), start=1):
            cell = next((each for each in open_ones if _is_in(part, each, row)), None)
            if cell is not None:
                cell["row"] = number
                open_ones = [each for each in open_ones if each is not cell]
            if not open_ones:
                break


def _is_in(part: Part, bad: Mapping[str, Any], row: Sequence[str]) -> bool:
    columns = part.layout.fields.get(bad["bad_field"]) or range(len(part.columns))
    wanted = str(bad["bad_value"]).strip()
    return any(column < len(row) and row[column].strip() == wanted for column in columns)


def _in_words(parts: Sequence[Part], bad: Mapping[str, Any]) -> tuple[tuple[str, int], Text]:
    """A bad row in words, with its place to sort by."""
    part = _part_of(parts, bad)
    name = bad["file"] if part is None or Path(bad["file"]).name == bad["file"] else part.places[bad["file"]].name
    place = f"{name}:{bad['row']}" if bad["row"] else name
    what = _FIELDS.get(bad["bad_field"], _AMOUNT)
    if bad["bad_field"] in MONEY and _is_large(bad["bad_value"]):
        what = _TOO_LARGE
    text = Text("{place} {what} ({value})", place=place, what=what, value=quoted(bad["bad_value"]))
    return (name, bad["row"] or 0), text


def _is_large(text: str) -> bool:
    try:
        return abs(float(text)) >= LARGEST
    except ValueError:
        return False
