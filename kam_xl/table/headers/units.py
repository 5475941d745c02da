"""Money columns in one unit: what headers, titles and notes say about thousands, millions and currencies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kam_xl.locale import Quoted, Text, plural
from kam_xl.table.finding import Remark
from kam_xl.table.grid import Grid
from kam_xl.table.values.cells import Cell
from kam_xl.table.words.matching import Unit, is_unit, unit_of, words

# What parts a title: "Sales by client, kEUR", "Выручка (тыс. руб.)", "All figures in EUR thousands".
_CLAUSES = re.compile(r"[,;:()\[\]\n]|\s(?:in|в|en)\s", re.IGNORECASE)
# Notes below a table stand in its last rows; without a currency a scale is believed from this many letters on.
_NOTES, _SHORTEST = 8, 3


def settle_units(
    units: Mapping[int, Unit], titles: Mapping[int, str], base: tuple[str, Unit] | None = None
) -> tuple[dict[int, float], list[Remark]]:
    """Factors that bring all money columns to whole units of their currency: 1.5 below "kEUR" is 1500.

    Parameters
    ----------
    units, titles : mapping
        Column to its unit and header; the columns in the order of their weight, revenue first.
    base : (str, Unit), optional
        Header and unit of a column elsewhere, which counts where a column names none.

    Returns
    -------
    tuple
        Column to factor, and a remark for each column in another unit than the first one: one that names none beside
        one in thousands is taken to be in thousands, too; other currencies are left as they are.

    Examples
    --------
    >>> units = {4: Unit(1e3, "RUB", None), 5: Unit(1e6, "RUB", None)}
    >>> settle_units(units, {4: "Revenue, kRUB", 5: "Budget, mRUB"})[0]
    {4: 1000.0, 5: 1000000.0}
    """
    base = base or base_unit(units, titles)
    if base is None:
        return dict.fromkeys(units, 1.0), []
    factors = {column: unit.scale or base[1].scale or 1.0 for column, unit in units.items()}
    first: dict[str, int] = {}  # what is computed from a column bears its title, too
    for column in units:
        first.setdefault(titles[column], column)
    told = [*first.values()]
    silent = [column for column in told if not units[column].scale] if base[1].scale != 1 else []
    others = (_remark(column, units[column], *base, titles[column]) for column in told if column not in silent)
    remarks = [*filter(None, others), *([_unclear(silent, base[0], titles)] if silent else [])]
    return factors, remarks


def _unclear(columns: Sequence[int], first: str, titles: Mapping[int, str]) -> Remark:
    """One remark on all columns that give no unit."""
    names = [Quoted(titles[column]) for column in columns]
    message = plural(
        "{columns} gives no unit; the unit of {first} was assumed.",
        "{columns} give no unit; the unit of {first} was assumed.",
        n=len(columns),
        columns=names,
        first=Quoted(first),
    )
    remedy = Text("Write the unit into the header.")
    return Remark(None, columns[0], "unit-unclear", "warning", message, titles[columns[0]], remedy)


def base_unit(units: Mapping[int, Unit], titles: Mapping[int, str]) -> tuple[str, Unit] | None:
    """Header and unit of the first column that names a unit."""
    return next(((titles[column], unit) for column, unit in units.items() if unit.scale), None)


def unit_around(grid: Grid, top: int) -> tuple[str, Unit] | None:
    """The text above or below a table, or the name of its sheet, that gives the unit of all amounts, and this unit.

    Parameters
    ----------
    top : int
        The row of the grid where the header begins.

    Examples
    --------
    >>> unit_around(Grid("S", [["Выручка по клиентам за 2025 год, тыс. руб."], ["Клиент", "Сумма"]]), 1)[1]
    Unit(scale=1000.0, currency='RUB', year=None)
    """
    units: dict[Unit, str] = {}
    for text, clause in clauses_around(grid, top):
        if unit := _stated(clause):
            units.setdefault(unit, text)
    scaled = {unit: text for unit, text in units.items() if unit.scale != 1}
    unit, text = next(iter((scaled or units).items()), (None, ""))
    return (text, unit) if unit and len(scaled or units) == 1 else None


def clauses_around(grid: Grid, top: int) -> Iterator[tuple[str, str]]:
    """The texts above and below a table and the name of its sheet, each with what it says part by part."""
    return ((text, clause) for text in _texts_around(grid, top) for clause in _CLAUSES.split(text))


def _texts_around(grid: Grid, top: int) -> Iterator[str]:
    above: Iterable[list[Cell]] = grid.rows[: max(top, 0)]
    notes = (row for row in grid.rows[max(top + 1, len(grid.rows) - _NOTES) :] if sum(map(bool, row)) == 1)
    yield from (cell for row in (*above, *notes) for cell in row if isinstance(cell, str))
    yield grid.sheet


def _stated(clause: str) -> Unit | None:
    """The unit that a part of a title is, without its year; None where it says anything else."""
    unit = unit_of(clause)
    sure = unit.currency or any(len(word) >= _SHORTEST for word in words(clause) if unit_of(word).scale)
    return Unit(unit.scale, unit.currency, None) if unit.scale and sure and is_unit(clause) else None


def _remark(column: int, unit: Unit, first: str, base: Unit, title: str) -> Remark | None:
    names = {"column": Quoted(title), "first": Quoted(first)}
    if unit.currency and base.currency and unit.currency != base.currency:
        code = "currencies-differ"
        message = Text("{column} is in another currency than {first}; nothing is converted.", **names)
        remedy = Text("Bring all amounts to one currency.")
    elif unit.scale and unit.scale != base.scale:
        code = "units-differ"
        message = Text("{column} is in another unit than {first}; both are read as whole amounts.", **names)
        remedy = Text("Check both headers, or bring the columns to one unit.")
    else:
        return None
    return Remark(None, column, code, "warning", message, title, remedy)
