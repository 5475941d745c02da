"""Many copies of one sheet, each filled through the names of the sheet: the way a template becomes plans.

Works with every xlwings engine. An engine that can do better than copy and write has a `stamp` of its own; the file
engine does: `benchmarks/stamp_plans.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kam_xl.engines.abilities import names_of
from kam_xl.engines.many_ranges import areas_of, takes_many
from kam_xl.engines.rows import runs, show_spans
from kam_xl.engines.rows import visible as visible_rows
from kam_xl.engines.values import Formula, Place, SheetWriter
from kam_xl.errors import KamError
from kam_xl.excel.addresses import address
from kam_xl.excel.references import Area, same
from kam_xl.locale import Text

if TYPE_CHECKING:
    import xlwings as xw


class DoesNotFitError(KamError, ValueError):
    """More values than the cells of a name."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A sheet to be: its name, and what goes into its named cells.

    Attributes
    ----------
    name : str
        The new sheet's name.
    cells : mapping of str to object
        By sheet-scoped defined name: a value for a cell; a list for a column of cells (or a row, where the name covers
        a single one); a list of lists for a block. A list may be shorter than its cells: the rest stays as it is.
        Text is always written as text, also where it begins with "=". None empties a cell. A `Formula` leaves the
        template's own formula in place. Names that the template does not have are passed over: whoever owns the
        template may have taken them out.
    shown : mapping of str to int
        By name, how many of its rows are shown from the top, the others hidden: `kam_xl.engines.rows.visible`. Rows of
        names that are not mentioned are as in the template.
    parts : mapping of str to int
        Names of what no page is to cut, where the engine can help it (`kam_xl.engines.pages`), and how many rows above
        its first one it begins; the same for all copies.
    """

    name: str
    cells: Mapping[str, object] = field(default_factory=dict)
    shown: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, int] = field(default_factory=dict)


def stamp(template: xw.Sheet, fills: Sequence[Fill], after: xw.Sheet) -> None:
    """Copy a sheet once for every fill, in their order, behind another sheet, and fill the copies.

    The other sheet may be in another book, if the engine can copy between books.

    Parameters
    ----------
    template : xlwings.Sheet
        The sheet to be copied; it stays as it is.
    fills : sequence of Fill
        The sheets to be.
    after : xlwings.Sheet
        The copies come behind it.

    Raises
    ------
    DoesNotFitError
        If a list has more values than its name has cells.
    """
    native = getattr(template.impl, "stamp", None)
    if native is not None:
        native(fills, after.impl)
        return
    book = after.book
    names = _Template(template, {name for fill in fills for name in (*fill.cells, *fill.shown)})
    first = [sheet.name for sheet in book.sheets].index(after.name) + 1
    for place, fill in enumerate(fills, first):
        # Not through Sheet.copy: it lists all sheets of the book before and after every copy.
        template.impl.copy(before=None, after=book.sheets[place - 1].impl)
        copy = book.sheets[place]
        copy.name = fill.name
        copy.visible = True
        names.write(copy, fill)


class _Template:
    """Where the names of a template lie, and so those of its copies: asked for once, because each call costs."""

    def __init__(self, template: xw.Sheet, wanted: Collection[str]) -> None:
        self._areas = {name.lower(): area for name, area in _areas(template, wanted).items()}
        known = self._areas.values()
        right = max((area.right for area in known), default=1) + 1  # two cells at least: one alone is not a list
        self._all = address(Area("", 1, 1, max((area.bottom for area in known), default=1), right))

    def write(self, sheet: xw.Sheet, fill: Fill) -> None:
        """Write what a copy is filled with."""
        formulas = sheet.range(self._all).formula
        cells: dict[Place, object] = {}
        for name, value in fill.cells.items():
            area = self._areas.get(name.lower())
            if area:
                rows = laid_out(value, *area.shape, f"{fill.name}, {name}")
                cells |= _with_own_formulas(area, rows, formulas)
        SheetWriter(sheet).write(cells)
        known = {name: self._areas[name.lower()] for name in fill.shown if name.lower() in self._areas}
        show_some(sheet, {name: range(area.top, area.bottom + 1) for name, area in known.items()}, fill.shown)


def _areas(template: xw.Sheet, wanted: Collection[str]) -> dict[str, Area]:
    """Where names lie on a template."""
    if takes_many(template):
        return areas_of(template, sorted(wanted))
    areas = {name: Area.parse(refers_to[1:]) for name, refers_to in names_of(template.names).items()}
    return {name: area for name, area in areas.items() if area and same(area.sheet, template.name)}


def _with_own_formulas(
    area: Area, rows: list[list[object]], formulas: Sequence[Sequence[object]]
) -> dict[Place, object]:
    """The cells, with the sheet's formulas in the place of ours: who owns the template may have improved on them."""
    return {
        (row, column): _own_formula(str(formulas[row - 1][column - 1]), item) if isinstance(item, Formula) else item
        for row, cells in enumerate(rows, area.top)
        for column, item in enumerate(cells, area.left)
    }


def show_some(sheet: xw.Sheet, areas: Mapping[str, range], shown: Mapping[str, int]) -> None:
    """Show the first rows of some names of a sheet and hide the others; see `Fill.shown`.

    Parameters
    ----------
    sheet : xlwings.Sheet
    areas : mapping of str to range
        The rows that a name stands for.
    shown : mapping of str to int
        How many of them show.
    """
    spans = runs(visible_rows(areas, shown))
    for visible in (True, False):
        show_spans(sheet, [f"A{first}:A{last}" for first, last, each in spans if each is visible], shown=visible)


def _own_formula(kept: str, ours: Formula) -> Formula:
    if not kept.startswith("="):
        return ours
    return Formula(kept, ours.value if kept == "=" + ours.text.removeprefix("=") else None)


def laid_out(value: object, height: int, width: int, where: str = "") -> list[list[object]]:
    """The value of a name as rows of a block that has this many rows and columns.

    >>> laid_out("Nordwerk", 1, 3), laid_out([1, 2], 6, 1), laid_out([1, 2], 1, 6), laid_out([[1, 2], [3, 4]], 6, 2)
    ([['Nordwerk']], [[1], [2]], [[1, 2]], [[1, 2], [3, 4]])
    """
    if not isinstance(value, (list, tuple)):
        return [[value]]
    if value and isinstance(value[0], (list, tuple)):
        rows = [list(row) for row in value]
    elif height == 1 and width > 1:
        rows = [list(value)]
    else:
        rows = [[item] for item in value]
    if len(rows) > height or any(len(row) > width for row in rows):
        size = (len(rows), max(map(len, rows)))
        raise DoesNotFitError(
            Text(
                "{rows} rows and {columns} columns of values, but room for {height} and {width}",
                rows=size[0],
                columns=size[1],
                height=height,
                width=width,
            ),
            where=where,
            remedy=Text("Give fewer values, or make room for them in the template."),
        )
    return rows
