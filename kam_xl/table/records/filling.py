"""What describes several clients: cells that hold for several rows, merged or left blank, and spellings of one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kam_xl.locale import Text
from kam_xl.table.finding import Remark
from kam_xl.table.grid import Grid
from kam_xl.table.values.cells import Cell, quoted, read_name
from kam_xl.table.words.row_words import is_total

# Fields that describe a client and so may be written once for a group of clients.
DESCRIPTIONS = ("industry", "territory", "manager")
FILLED_DOWN = Text("Blank cells below a value are taken to repeat it.")
FILLED_DOWN_REMEDY = Text("Fill in the column where a blank means unknown.")
_SPELLINGS = Text("{usual} is also spelt {spellings}: they differ in letter case or blanks only.")
_SPELLINGS_REMEDY = Text("Spell it in one way, or in two that differ in more, if these are two.")


def merged_cells(grid: Grid, first: int, count: int) -> dict[int, dict[int, Cell]]:
    """Column to data row to the value of the merged range that covers it; data rows count from the grid's row `first`.

    >>> grid = Grid("S", [["Region", "Client"], ["North", "A"], ["", "B"]], merged=[((1, 0), (2, 0))])
    >>> merged_cells(grid, 1, 2)
    {0: {0: 'North', 1: 'North'}}
    """
    merged: dict[int, dict[int, Cell]] = {}
    for (top, left), (bottom, right) in grid.merged:
        row, column = top - (grid.top - 1), left - (grid.left - 1)
        if left != right or not 0 <= row < len(grid.rows) or not 0 <= column < len(grid.rows[row]):
            continue
        value = grid.rows[row][column]
        rows = range(max(row - first, 0), min(bottom - (grid.top - 1) - first + 1, count))
        if row >= first and value not in (None, ""):
            merged.setdefault(column, {}).update(dict.fromkeys(rows, value))
    return merged


def filled_below(values: Sequence[Cell], rows: Sequence[int]) -> dict[int, Cell]:
    """What blanks stand for where each value stands once, at the first row of its group; nothing where that is unsure.

    At least two groups have blanks below their value, and there are as many blanks as values: a table that is sorted by
    the column has all blanks at its end, below the last value alone.

    >>> filled_below(["North", None, None, "South", None], range(5))
    {1: 'North', 2: 'North', 4: 'South'}
    >>> filled_below(["North", None, "North"], range(3)), filled_below(["North", "South", None, None], range(4))
    ({}, {})
    """
    if None not in values or not rows or values[rows[0]] is None:
        return {}
    given = [values[row] for row in rows if values[row] is not None]
    filled: dict[int, Cell] = {}
    last: Cell = None
    for row in rows:
        last = values[row] if values[row] is not None else last
        if values[row] is None:
            filled[row] = last
    is_grouped = len(set(given)) == len(given) <= len(filled) and len(set(filled.values())) > 1
    return filled if is_grouped else {}


def with_fills(values: Sequence[Cell], fills: Mapping[int, Cell]) -> Sequence[Cell]:
    """The values, with fills where they are blank."""
    if not fills:
        return values
    return [fills.get(row) if value is None or value == "" else value for row, value in enumerate(values)]


def spelt_alike(
    fields: Mapping[str, list[str | None]], columns: Mapping[str, int], rows: Sequence[int]
) -> list[Remark]:
    """Give each manager, industry and territory one spelling, the most frequent one, and say so where another stands.

    >>> fields = {"manager": ["Ann Lee", "ann  lee", "Ann Lee", None, "Bo"]}
    >>> [(remark.row, remark.message.render()) for remark in spelt_alike(fields, {"manager": 2}, range(5))]
    [(1, '"Ann Lee" is also spelt "ann  lee": they differ in letter case or blanks only.')]
    >>> fields["manager"]
    ['Ann Lee', 'Ann Lee', 'Ann Lee', None, 'Bo']
    """
    remarks = []
    for field in DESCRIPTIONS:
        spelt = [*fields.get(field, ())]
        counts = Counter(filter(None, spelt))
        alike: dict[str, list[str]] = {}
        for value, _ in counts.most_common():
            alike.setdefault("".join(value.casefold().split()), []).append(value)
        usual = {other: first for first, *others in alike.values() for other in others}
        if usual:
            fields[field][:] = [usual.get(value or "", value) for value in spelt]
        for first, *others in alike.values():
            if others:
                values = {"spellings": [*map(quoted, others)], "usual": quoted(first)}
                message, column = Text(_SPELLINGS.message, **values), columns.get(field)
                row = None if column is None else rows[spelt.index(others[0])]
                remarks.append(Remark(row, column, "two-spellings", "note", message, None, _SPELLINGS_REMEDY))
    return remarks


def named_below(columns: Sequence[Sequence[Cell]], keys: Sequence[int], product: int) -> list[Sequence[Cell]]:
    """The columns with the client of the row above where a row names a product only, of two clients at least.

    The row of a client that names no product itself stands for the whole client, so nothing is repeated below it. A
    row whose product is a total gets that as its name.

    >>> named_below([["Nord", None, "Total"], ["Sand", "Lime", None]], [0], 1)
    [['Nord', None, 'Total'], ['Sand', 'Lime', None]]
    >>> named_below([["Nord", None, "Süd", None], ["Sand", "Lime", "Sand", "Lime"]], [0], 1)
    [['Nord', 'Nord', 'Süd', 'Süd'], ['Sand', 'Lime', 'Sand', 'Lime']]
    """
    filled = {key: list(columns[key]) for key in keys}
    current: list[Cell] = []
    groups: set[tuple[Cell, ...]] = set()
    for row, cell in enumerate(columns[product]):
        own = [columns[key][row] for key in keys]
        if any(value not in (None, "") for value in own):
            current = own if read_name(cell) else []
        elif current and (name := read_name(cell)):
            for key, value in zip(keys, current, strict=True):
                filled[key][row] = name if is_total(name) else value
            groups.add(tuple(current))
    return [filled.get(column, cells) for column, cells in enumerate(columns)] if len(groups) > 1 else list(columns)
