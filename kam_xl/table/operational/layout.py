"""Where an operational plan stands on a sheet: its blocks, and what each of their columns is.

A block is wide (a column a period, a row per client and indicator) or long (a row per client and period). A sheet may
hold several below each other, "Plan" and "Fact" for example; headers may take two rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from kam_xl.domain.periods import YEAR
from kam_xl.table.grid import Grid
from kam_xl.table.headers.period_words import Heading, heading_of, hinted_by
from kam_xl.table.operational.turned import upright
from kam_xl.table.values.cells import Cell, read_name
from kam_xl.table.words.matching import Matcher
from kam_xl.table.words.vat import without_vat
from kam_xl.table.words.vocabulary import CLIENT_FIELDS, CLIENT_ONLY, OPERATIONAL_FIELDS, OPERATIONAL_SHEETS, headers

_KEYS = ("client", "client_id")
# By whom a plan may be kept that names no client.
_OTHERS = ("manager", "territory", "industry", "category", "department")
# Columns by which people sort a plan, too; any other column of clients only makes a client table of the sheet.
_NO_PROOF = {"industry", "territory", "manager", "revenue", "margin", "sales_plan"}
# "Operational plan 2027" is one by its name, too, and so is "Plan 2027 (incl. VAT)".
_YEAR = re.compile(r"(?:19|20)\d\d|[()]")
# So many periods make an operational plan of a sheet that is not named so.
_PROOF = 3
# So many make the header of a plan of a row that names neither a client nor a manager, a product or a region.
_SEVERAL = 2


@dataclass(frozen=True)
class AmountColumn:
    """A column of amounts and what its header says about them; in a long block the period stands in each row."""

    column: int
    title: str
    heading: Heading


@dataclass(frozen=True)
class PlanBlock:
    """A part of a sheet with one header.

    `keys` holds the columns of client, indicator and (in a long block) period and year; `hint` is what titles and the
    sheet's name let suppose of all amounts; `of_sheet` says that their period is the sheet's name. Rows are indices
    into the grid's: data from `first` to before `end`.
    """

    keys: dict[str, int]
    amounts: tuple[AmountColumn, ...]
    hint: Heading
    titles: tuple[str, ...]
    header: int
    first: int
    end: int
    of_sheet: bool = False

    @property
    def is_long(self) -> bool:
        """Whether each row has a period of its own."""
        return "period" in self.keys

    @property
    def is_plan(self) -> bool:
        """Whether it can be nothing but an operational plan."""
        is_named = "indicator" in self.keys or all((each.heading | self.hint).kind for each in self.amounts)
        within_a_year = any((each.heading.months or YEAR) < YEAR for each in self.amounts)
        return is_named and (self.is_long or self.of_sheet or (within_a_year and len(self.amounts) >= _PROOF))


def find_blocks(grid: Grid) -> list[PlanBlock]:
    """All blocks of a sheet, from the top down."""
    headers = [row for row, cells in enumerate(grid.rows) if _may_head(cells)]
    blocks: list[PlanBlock] = []
    start = 0
    for place, row in enumerate(headers):
        after = headers[place + 1] if place + 1 < len(headers) else len(grid.rows)
        block = _block(grid, row, start, after)
        if block and (block.first < after or after == len(grid.rows)):  # else it is the upper row of the next header
            blocks.append(block)
            start = block.end
    return blocks


def with_blocks(grid: Grid) -> tuple[Grid, list[PlanBlock]]:
    """A sheet with its blocks, turned where its months stand below each other and no column names the client."""
    if blocks := find_blocks(grid):
        return grid, blocks
    turned = upright(grid)
    return turned, [] if turned is grid else find_blocks(turned)


def is_operational(head: Grid) -> bool:
    """Whether a sheet, seen by its first rows, holds an operational plan and no client table."""
    head, blocks = with_blocks(head)
    if not blocks:
        return False
    named = _is_named(head.sheet) or any(block.is_plan for block in blocks)
    return named and not _heads_clients(head, blocks)


def is_meant_operational(head: Grid) -> bool:
    """Whether a sheet is named as an operational plan and names clients, but nothing of it can be read."""
    return _is_named(head.sheet) and any(map(_may_head, head.rows)) and not with_blocks(head)[1]


def has_periods(head: Grid) -> bool:
    """Whether a sheet names clients and periods, and is not a client table."""
    head, blocks = with_blocks(head)
    return bool(blocks) and not _heads_clients(head, blocks)


def is_unnamed_plan(grid: Grid) -> bool:
    """Whether a sheet holds plans by client that neither its name nor its periods make an operational plan."""
    grid, blocks = with_blocks(grid)
    if _is_named(grid.sheet) or any(block.is_plan for block in blocks) or _heads_clients(grid, blocks):
        return False
    return any(all((each.heading | block.hint).kind == "plan" for each in block.amounts) for block in blocks)


def plan_of_others(grid: Grid) -> tuple[int, int] | None:
    """Row and column of the title by which a plan is kept that names no client: by manager, product, region or else."""
    for row, cells in enumerate(grid.rows):
        texts = [at for at, cell in enumerate(cells) if cell.__class__ is str and read_name(cell)]
        known = next((at for at in texts if _others().match(cells[at])), None)
        column = next((at for at in texts if heading_of(cells[at]) is None), None) if known is None else known
        if column is None or _may_head(cells):
            continue
        keys = _keys(cells) | {"client": column}
        above = grid.rows[row - 1] if row else []
        amounts = _long(cells, keys) if known is not None or "period" in keys else []
        amounts += _wide(cells, above, [], keys)
        hint = _hint([grid.sheet, *(text for line in grid.rows[:row] for cell in line if (text := read_name(cell)))])
        if len(amounts) < (_SEVERAL if known is None else 1):
            continue
        if _is_named(grid.sheet) or any((each.heading | hint).kind == "plan" for each in amounts):
            return row, column
    return None


def _is_named(sheet: str) -> bool:
    return " ".join(_YEAR.sub("", without_vat(sheet)).casefold().replace("ё", "е").split()) in OPERATIONAL_SHEETS


def _heads_clients(head: Grid, blocks: Sequence[PlanBlock]) -> bool:
    for block in blocks:
        amounts = {each.column for each in block.amounts}  # "Budget" is a plan there, not what clients buy
        cells = [cell for column, cell in enumerate(head.rows[block.header]) if column not in amounts]
        if {match.field for cell in cells if (match := _clients().match(cell))} & (CLIENT_ONLY - _NO_PROOF):
            return True
    return False


@cache
def _clients() -> Matcher:
    return Matcher.of(CLIENT_FIELDS)


@cache
def _fields() -> Matcher:
    return Matcher(OPERATIONAL_FIELDS)


@cache
def _others() -> Matcher:
    return Matcher.of(headers(*_OTHERS))


@cache
def _names_of_keys() -> frozenset[str]:
    return frozenset(name for key in _KEYS for name in OPERATIONAL_FIELDS[key])


def _may_head(cells: Sequence[Cell]) -> bool:
    return any(cell.__class__ is str and " ".join(cell.casefold().split()) in _names_of_keys() for cell in cells)


def _months_named(cells: Sequence[Cell]) -> list[Cell]:
    """A header with months that are only numbered, 1 to 12: each gets its name.

    >>> _months_named(["Client", 1.0, 2.0, 3.0, "Total"])
    ['Client', 'm1', 'm2', 'm3', 'Total']
    >>> _months_named(["Client", 1.0, 5.0])
    ['Client', 1.0, 5.0]
    """
    numbers = [cell for cell in cells if isinstance(cell, float) or (isinstance(cell, str) and cell.strip().isdigit())]
    if (
        len(numbers) < _PROOF
        or [float(each) for each in numbers] != [*range(1, len(numbers) + 1)]
        or len(numbers) > YEAR
    ):
        return list(cells)
    return [f"m{float(cell):.0f}" if cell in numbers else cell for cell in cells]


def _block(grid: Grid, row: int, start: int, after: int) -> PlanBlock | None:
    cells = _months_named(grid.rows[row])
    keys = _keys(cells)
    if not any(key in keys for key in _KEYS):
        return None
    lower = grid.rows[row + 1] if row + 1 < after and _is_lower(grid.rows[row + 1], keys) else []
    upper = grid.rows[row - 1] if row > start else []
    amounts = tuple(_long(cells, keys) if "period" in keys else _wide(cells, upper, lower, keys))
    of_sheet = () if amounts else _of_sheet(cells, keys, grid.sheet)
    amounts = amounts or of_sheet
    if not amounts:
        return None
    above = [text for line in reversed(grid.rows[start:row]) for cell in line if (text := read_name(cell))]
    hint = _hint([*above, grid.sheet])
    first = row + (2 if lower else 1)
    return PlanBlock(keys, amounts, hint, tuple(above), row, first, _end(grid, first, after), bool(of_sheet))


def _keys(cells: Sequence[Cell]) -> dict[str, int]:
    keys: dict[str, int] = {}
    for column, cell in enumerate(cells):
        match = _fields().match(cell)
        if match and match.field not in keys:
            keys[match.field] = column
    if "period" not in keys:  # then a column "Year" is the total of the months
        keys.pop("year", None)
        keys.pop("amount", None)
    return keys


def _is_lower(cells: Sequence[Cell], keys: dict[str, int]) -> bool:
    """Whether a row below the titles says more of them: "Plan", "Fact" under each month."""
    texts = [cell for cell in cells if read_name(cell)]
    named = any(column < len(cells) and read_name(cells[column]) for column in keys.values())
    return (
        len(texts) > 1
        and not named
        and all(heading_of(cell) for cell in texts[:2])
        and not any(isinstance(cell, float) and heading_of(cell) is None for cell in texts)
    )


def _wide(cells: list[Cell], upper: list[Cell], lower: list[Cell], keys: dict[str, int]) -> list[AmountColumn]:
    """A column for each period; a title merged over several columns stands in the first of them."""
    amounts = []
    above: Heading | None = None
    over = ""
    for column, (high, cell, low) in enumerate(zip_longest(upper, cells, lower)):
        if column in keys.values():  # what stands above these is a title of the whole
            continue
        above = heading_of(high) if read_name(high) else above
        over = read_name(cell) or (over if lower else "")
        if not (read_name(cell) or read_name(low)):
            continue
        own = [heading_of(each) for each in (low, cell if read_name(cell) else over) if read_name(each)]
        if None in own:
            continue
        heading = _joined([*own, above])
        if heading.year and heading.months is None:
            heading = heading._replace(months=YEAR, number=1)
        if heading.months:
            amounts.append(AmountColumn(column, " ".join(filter(None, (over, read_name(low)))), heading))
    return amounts


def _of_sheet(cells: Sequence[Cell], keys: dict[str, int], sheet: str) -> tuple[AmountColumn, ...]:
    """Plan and fact of the month or quarter that the sheet is named after; none where one of the two is missing."""
    period = heading_of(sheet)
    if not period or not period.months or period.months == YEAR:
        return ()
    named = [(at, heading_of(cell)) for at, cell in enumerate(cells) if at not in keys.values()]
    amounts = tuple(
        AmountColumn(at, read_name(cells[at]) or "", heading | period)
        for at, heading in named
        if heading and heading.kind
    )
    return amounts if {"plan", "fact"} <= {each.heading.kind for each in amounts} else ()


def _joined(headings: Sequence[Heading | None]) -> Heading:
    whole = Heading()
    for each in headings:
        whole = whole | (each or Heading())
    return whole


def _long(cells: list[Cell], keys: dict[str, int]) -> list[AmountColumn]:
    amounts = []
    for column, cell in enumerate(cells):
        heading = heading_of(cell)
        if column == keys.get("amount") or (
            column not in keys.values() and heading and (heading.kind or heading.measure)
        ):
            amounts.append(AmountColumn(column, read_name(cell) or "", heading or Heading()))
    return amounts


def _hint(titles: Sequence[str]) -> Heading:
    """What the titles suppose, the nearest first."""
    return _joined([hinted_by(title) for title in titles])


def _end(grid: Grid, first: int, after: int) -> int:
    """Where the data end: before the titles of the next block, which stand alone in their rows."""
    if after == len(grid.rows):
        return after
    end = after
    while end > first and sum(1 for cell in grid.rows[end - 1] if read_name(cell)) <= 1:
        end -= 1
    return end
