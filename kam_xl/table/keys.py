"""Ids and names of clients: every client gets both, and what is missing or double is remarked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kam_xl.locale import Text
from kam_xl.table.block import Block
from kam_xl.table.cells import quoted
from kam_xl.table.finding import Grade, Remark


class Keys(NamedTuple):
    """Client ids and names by position."""

    ids: list[str]
    names: list[str]


def settle_keys(block: Block) -> Keys:
    """Ids and names of all clients in a block; without an id the name is the id, and the other way round.

    A client with neither is known by its row: "#17".
    """
    blank: list[str | None] = [None] * len(block)
    ids, names = block.fields.get("client_id", blank), block.fields.get("client", blank)
    rows = block.row_numbers
    keys = Keys(
        [client_id or name or f"#{row}" for client_id, name, row in zip(ids, names, rows, strict=True)],
        [name or client_id or f"#{row}" for client_id, name, row in zip(ids, names, rows, strict=True)],
    )
    if "client_id" in block.fields:
        block.remarks += _missing(block, ids, names)
        block.remarks += _double_ids(block, keys.ids, "client_id")
        if "client" in block.fields:
            block.remarks += _double_names(block, keys)
    else:
        message = Text("There is no column with client ids: the client's name serves as its id.")
        remedy = Text("Add a column with ids if names may change or repeat.")
        block.remarks.append(Remark(None, block.column("client"), "no-id-column", "note", message, None, remedy))
        block.remarks += _missing(block, names, names)
        block.remarks += _double_ids(block, keys.ids, "client")
    return keys


def _missing(block: Block, ids: Sequence[str | None], names: Sequence[str | None]) -> list[Remark]:
    remarks = []
    has_names = "client" in block.fields
    for position, (client_id, name) in enumerate(zip(ids, names, strict=True)):
        if client_id and (name or not has_names):
            continue
        row = block.rows[position]
        if has_names and not name:
            message, remedy = Text("The client has no name."), Text("Enter the name.")
            remarks.append(Remark(row, block.column("client"), "missing-name", "error", message, None, remedy))
        else:
            message = Text("The client has no id: its name serves as one.") if name else Text("The client has no id.")
            remedy = Text("Enter the id.")
            grade: Grade = "warning" if name else "error"
            remarks.append(Remark(row, block.column("client_id"), "missing-id", grade, message, None, remedy))
    return remarks


def _double_ids(block: Block, ids: Sequence[str], field: str) -> list[Remark]:
    column = block.column(field)
    return [
        Remark(
            block.rows[position],
            column,
            "duplicate-id",
            "error",
            Text(
                "{key} stands in the table already, in {cell}.",
                key=quoted(ids[position]),
                cell=block.cell(block.rows[first], column),
            ),
            ids[position],
            Text("Merge the two rows, or give the second client an id of its own."),
        )
        for position, first in _doubles(ids)
    ]


def _double_names(block: Block, keys: Keys) -> list[Remark]:
    column = block.column("client")
    return [
        Remark(
            block.rows[position],
            column,
            "duplicate-name",
            "warning",
            Text(
                "Another client, in {cell}, is called {name} too.",
                name=quoted(keys.names[position]),
                cell=block.cell(block.rows[first], column),
            ),
            keys.names[position],
            Text("Check that these are two clients; tell them apart by name, or merge the rows."),
        )
        for position, first in _doubles(keys.names)
        if keys.ids[position].casefold() != keys.ids[first].casefold()
    ]


def _doubles(keys: Sequence[str]) -> list[tuple[int, int]]:
    """Positions of repeated keys, letter case apart, each with the position of the first."""
    first: dict[str, int] = {}
    doubles = []
    for position, key in enumerate(keys):
        seen = first.setdefault(key.casefold(), position)
        if seen != position:
            doubles.append((position, seen))
    return doubles
