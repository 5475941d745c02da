"""Many copies of one sheet, each filled through the names of the sheet: the way a template becomes plans.

Works with every xlwings engine. An engine that can do better than copy and write has a `stamp` of its own; the file
engine does, and writes a thousand sheets in a second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kam_xl.engines.values import Formula, put
from kam_xl.errors import KamError
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
    """

    name: str
    cells: Mapping[str, object] = field(default_factory=dict)


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
    first = [sheet.name for sheet in book.sheets].index(after.name) + 1
    for place, fill in enumerate(fills, first):
        # Not through Sheet.copy: it lists all sheets of the book before and after every copy.
        template.impl.copy(before=None, after=book.sheets[place - 1].impl)
        copy = book.sheets[place]
        copy.name = fill.name
        copy.visible = True
        _write(copy, fill)


def _write(sheet: xw.Sheet, fill: Fill) -> None:
    names = {name.name.rpartition("!")[2].lower(): name for name in sheet.names}
    for name, value in fill.cells.items():
        if name.lower() in names:
            cells = names[name.lower()].refers_to_range
            rows = laid_out(value, cells.shape[0], cells.shape[1], f"{fill.name}, {name}")
            block = cells[: len(rows), : max(map(len, rows), default=0)]
            if rows and block.size:
                put(block, _with_own_formulas(block, rows))


def _with_own_formulas(block: xw.Range, rows: list[list[object]]) -> list[list[object]]:
    """The rows, with the sheet's formulas in the place of ours: who owns the template may have improved on them."""
    if not any(isinstance(item, Formula) for row in rows for item in row):
        return rows
    return [
        [_own_formula(block[i, j].formula, item) if isinstance(item, Formula) else item for j, item in enumerate(row)]
        for i, row in enumerate(rows)
    ]


def _own_formula(found: str, ours: Formula) -> Formula:
    if not str(found).startswith("="):
        return ours
    return Formula(found, ours.value if found == "=" + ours.text.removeprefix("=") else None)


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
