"""Rows that a reading file leaves out: by their numbers, or by what stands in a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from math import fsum
from pathlib import Path
from typing import Any

from kam_xl.locale import Quoted, Text
from kam_xl.table.block import Block
from kam_xl.table.errors import MappingError
from kam_xl.table.finding import Remark
from kam_xl.table.grid import Grid, available_columns
from kam_xl.table.interpretation import Given, LeftOut
from kam_xl.table.records.filling import DESCRIPTIONS
from kam_xl.table.records.row_facts import LEFT_OUT, SKIPPED
from kam_xl.table.values.cells import Cell, quoted, read_name
from kam_xl.table.words.matching import words

ROWS = "rows"
_UNUSED = Text("The reading file leaves out rows with {value} in {column}, but there are none.")
_UNUSED_REMEDY = Text("Correct the text in the section skip, or leave it out.")
_REMEDY = Text("Change the section skip of the reading file if this row is a client.")


def read_skip(given: object, path: Path) -> Mapping[str, tuple[Any, ...]]:
    """The section `[skip]` of a reading file: row numbers under `rows`, texts under a field or a header.

    Raises
    ------
    MappingError
        Where it is no section, or its values are of another type.

    Examples
    --------
    >>> read_skip({"rows": [7, 9], "Status": "archived"}, Path("reading.toml"))
    {'rows': (7, 9), 'Status': ('archived',)}
    """
    if not isinstance(given, dict):
        raise MappingError(Text("skip must be a section of the reading file"), where=str(path), got=given)
    skip = {name: tuple(value) if isinstance(value, list) else (value,) for name, value in given.items()}
    for name, values in skip.items():
        wanted: tuple[type, ...] = (int,) if name == ROWS else (str, int, float)
        for value in values:
            if not isinstance(value, wanted) or isinstance(value, bool):
                raise MappingError(
                    Text("rows to skip must be numbers")
                    if name == ROWS
                    else Text("what to skip by {field} must be texts", field=name),
                    where=str(path),
                    got=value,
                )
    return skip


def without_skipped(block: Block, given: Given, read: Callable[[Grid], Block]) -> Block:
    """The block without the rows that a reading file leaves out.

    `read` reads the same table from another grid: where a total contradicts the rows, it may agree without those.

    Raises
    ------
    MappingError
        Where the reading file names a column or a row that is not there.
    """
    if not given.skip:
        return block
    remarks: list[Remark] = []
    skipped = _by_number(block, given) | _by_text(block, given, remarks)
    remarks += [_remark(block, row) for row in block.rows if row in skipped]
    left_out = _left_out(block, skipped)
    if skipped and _differs(block) and not _differs(again := read(_without_amounts(block, skipped))):
        block = replace(again, grid=block.grid)
    return replace(_without(block, skipped), left_out=[*block.left_out, *left_out], remarks=[*block.remarks, *remarks])


def _differs(block: Block) -> bool:
    return any(remark.code == "total-differs" for remark in block.remarks)


def _by_number(block: Block, given: Given) -> set[int]:
    numbers = [int(number) for number in given.skip.get(ROWS, ())]
    if numbers and len({sheet for sheet, _ in block.homes}) > 1:
        raise MappingError(
            Text("rows to skip have numbers, but several sheets are read together"),
            where=given.file,
            remedy=Text("Name the rows by a text: client = […]."),
        )
    first = block.header.row + 1
    below = {block.grid.place(first + row)[1]: row for row in range(len(block.grid.rows) - first)}
    if missing := [number for number in numbers if number not in below]:
        values = {"rows": list(map(str, missing)), "header": block.grid.place(block.header.row)[1]}
        raise MappingError(
            Text("the section skip names rows that are not below the header in row {header}: {rows}", **values),
            where=given.file,
            remedy=Text("Rows are counted as on the sheet, from 1."),
        )
    return {below[number] for number in numbers}


def _by_text(block: Block, given: Given, remarks: list[Remark]) -> set[int]:
    skipped: set[int] = set()
    for name, wanted in given.skip.items():
        if name == ROWS:
            continue
        cells = [_plain(cell) for cell in _column(block, name, given)]
        for value in wanted:
            pattern = _plain(value)
            rows = [row for row, cell in zip(block.rows, cells, strict=True) if cell and fnmatchcase(cell, pattern)]
            skipped.update(rows)
            if not rows:
                message = Text(_UNUSED.message, value=quoted(value), column=Quoted(name))
                remarks.append(Remark(None, None, "skip-unused", "note", message, value, _UNUSED_REMEDY))
    return skipped


def _column(block: Block, name: str, given: Given) -> Iterable[Cell]:
    """What stands in a column of the clients' rows: that of a field, else the one with this header."""
    if name in DESCRIPTIONS and name in block.fields:
        return block.fields[name]  # also where the cells are merged, or heads of groups name it
    titles = {"".join(words(title)): at for at, title in reversed([*enumerate(block.header.titles)]) if title}
    column = block.header.fields.get(name, titles.get("".join(words(name))))
    if column is None:
        raise MappingError(
            Text("the section skip names a column that is not there"),
            where=given.file,
            got=name,
            remedy=available_columns(name, [title for title in block.header.titles if title]),
        )
    return (block.settled.columns[column][row] for row in block.rows)


def _plain(cell: Cell) -> str:
    return " ".join((read_name(cell) or "").casefold().replace("ё", "е").split())


def _without_amounts(block: Block, rows: set[int]) -> Grid:
    """The grid with 0 for all amounts of some of its rows."""
    first, money = block.header.row + 1, {*block.factors, *block.settled.history.values()}
    parts = {part for column in money for part in block.settled.made_of.get(column, (column,))}
    kept = [
        [0.0 if at in parts else cell for at, cell in enumerate(cells)] if row - first in rows else cells
        for row, cells in enumerate(block.grid.rows)
    ]
    return replace(block.grid, rows=kept)


def _without(block: Block, skipped: set[int]) -> Block:
    kept = [at for at, row in enumerate(block.rows) if row not in skipped]

    def some(columns: Mapping[Any, list[Any]]) -> dict[Any, list[Any]]:
        return {name: [values[at] for at in kept] for name, values in columns.items()}

    return replace(
        block,
        rows=[block.rows[at] for at in kept],
        fields=some(block.fields),
        extra=some(block.extra),
        history=some(block.history),
    )


def _left_out(block: Block, skipped: set[int]) -> list[LeftOut]:
    rows = [at for at, row in enumerate(block.rows) if row in skipped]
    amounts = block.fields.get("revenue", [])
    known = [amount for at in rows if amounts and (amount := amounts[at]) is not None]
    return [LeftOut(SKIPPED, len(rows), fsum(known) if known else None)] if rows else []


def _remark(block: Block, row: int) -> Remark:
    column = block.column("client")
    label = block.settled.columns[column][row]
    message = Text(LEFT_OUT[SKIPPED].message, label=quoted(label))
    return Remark(row, column, SKIPPED, "note", message, label, _REMEDY)
