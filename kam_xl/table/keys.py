"""Ids and names of clients: every client gets both, and what is missing or double is remarked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kam_xl.locale import Text
from kam_xl.table.block import Block
from kam_xl.table.finding import Grade, Remark
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.similar_names import all_differ, similar_names

SIMILAR = "similar-names"


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
    if all(ids) and all(names):
        keys = Keys(ids, names)
    else:
        known = zip(ids, names, block.rows, strict=True)
        both = [(a or b or f"#{block.home(row)[1]}", b or a or f"#{block.home(row)[1]}") for a, b, row in known]
        keys = Keys([client_id for client_id, _ in both], [name for _, name in both])
    has_alike = "client" in block.fields and not all_differ(keys.names)
    if "client_id" in block.fields:
        block.remarks += _missing(block, ids, names)
        block.remarks += _double_ids(block, keys.ids, "client_id")
        if has_alike:
            block.remarks += _double_names(block, keys)
    else:
        message = Text("There is no column with client IDs: the client's name serves as its ID.")
        remedy = Text("Add a column with IDs if names may change or repeat.")
        block.remarks.append(Remark(None, block.column("client"), "no-id-column", "note", message, None, remedy))
        block.remarks += _missing(block, names, names)
        block.remarks += _double_ids(block, keys.ids, "client")
    if has_alike:
        block.remarks += similar(block, keys)
    return keys


def similar(block: Block, keys: Keys) -> list[Remark]:
    """One finding for each company that seems to stand in the table under several spellings."""
    remarks: list[Remark] = []
    if "client" not in block.fields:
        return remarks
    for positions in similar_names(keys.names):
        message = Text(
            "These may be one client: {names}.",
            names=[
                Text(
                    "{name} ({cell})",
                    name=quoted(keys.names[at]),
                    cell=block.cell_named(block.rows[at], block.column("client")),
                )
                for at in positions
            ],
        )
        remedy = Text("If they are, merge the rows; each counts as a client of its own until then.")
        row, name = block.rows[positions[1]], keys.names[positions[1]]
        remarks.append(Remark(row, block.column("client"), SIMILAR, "warning", message, name, remedy))
    return remarks


def _missing(block: Block, ids: Sequence[str | None], names: Sequence[str | None]) -> list[Remark]:
    remarks: list[Remark] = []
    has_names = "client" in block.fields
    if all(ids) and (all(names) or not has_names):
        return remarks
    for position, (client_id, name) in enumerate(zip(ids, names, strict=True)):
        if client_id and (name or not has_names):
            continue
        row = block.rows[position]
        if has_names and not name:
            message, remedy = Text("The client has no name."), Text("Enter the name.")
            remarks.append(Remark(row, block.column("client"), "missing-name", "error", message, None, remedy))
        else:
            message = Text("The client has no ID: its name serves as one.") if name else Text("The client has no ID.")
            remedy = Text("Enter the ID.")
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
                "{key} is already in the table, in {cell}.",
                key=quoted(ids[position]),
                cell=block.cell_named(block.rows[first], column),
            ),
            ids[position],
            Text("Merge the two rows, or give the second client an ID of its own."),
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
                cell=block.cell_named(block.rows[first], column),
            ),
            keys.names[position],
            Text("Check that these are two clients; tell them apart by name, or merge the rows."),
        )
        for position, first in _doubles(keys.names)
        if keys.ids[position].casefold() != keys.ids[first].casefold()
    ]


def _doubles(keys: Sequence[str]) -> list[tuple[int, int]]:
    """Positions of repeated keys, letter case apart, each with the position of the first."""
    if len(set(map(hash, map(str.casefold, keys)))) == len(keys):  # as a rule
        return []
    first: dict[str, int] = {}
    seen = [first.setdefault(key.casefold(), position) for position, key in enumerate(keys)]
    return [(position, at) for position, at in enumerate(seen) if at != position]
