"""The competitors' sheet: who else sells to which client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kam_xl.domain.model import Competitor
from kam_xl.locale import Text
from kam_xl.table.block import Block
from kam_xl.table.cells import quoted
from kam_xl.table.finding import Remark

COLUMNS = ("client_id", "competitor", "revenue", "strengths", "weaknesses", "stance")


@dataclass
class Competition:
    """Competitors by the position of their client; the sheet's own columns and the clients' names beside them."""

    of: Mapping[int, tuple[Competitor, ...]] = field(default_factory=dict)
    columns: Mapping[str, list[Any]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    names: Sequence[str] = ()


class Clientele:
    """Finds a client's position in its table by id or by name, letter case apart.

    >>> Clientele(["C1", "C2"], ["Nord", "Süd"]).find(None, "nord")
    0
    """

    def __init__(self, ids: Sequence[str], names: Sequence[str]) -> None:
        self._ids = _first_positions(ids)
        self._names = _first_positions(names)

    def find(self, client_id: str | None, name: str | None) -> int | None:
        """The position; an id may stand in for a name and the other way round."""
        for key, index in ((client_id, self._ids), (client_id, self._names), (name, self._names), (name, self._ids)):
            if key and (position := index.get(key.casefold())) is not None:
                return position
        return None


def _first_positions(keys: Sequence[str]) -> dict[str, int]:
    return {key.casefold(): position for position, key in reversed(list(enumerate(keys)))}


def join(block: Block, ids: Sequence[str], names: Sequence[str]) -> Competition:
    """The competitors of each client; rows of unknown clients join nobody and are remarked in the block."""
    clientele = Clientele(ids, names)
    blank: list[Any] = [None] * len(block)
    columns = {name: block.fields.get(name, blank) for name in COLUMNS}
    given = list(zip(columns["client_id"], block.fields.get("client", blank), strict=True))
    found = [clientele.find(client_id, name) for client_id, name in given]
    of: dict[int, list[Competitor]] = {}
    for row, position in enumerate(found):
        competitor = Competitor(
            name=columns["competitor"][row] or "",
            revenue=columns["revenue"][row],
            strengths=columns["strengths"][row] or "",
            weaknesses=columns["weaknesses"][row] or "",
            stance=columns["stance"][row],
        )
        if position is not None:
            of.setdefault(position, []).append(competitor)
        block.remarks += _remarks(block, row, competitor, given[row], position)
    columns["client_id"] = [
        client_id if position is None else ids[position] for (client_id, _), position in zip(given, found, strict=True)
    ]
    called = [name or "" if at is None else names[at] for (_, name), at in zip(given, found, strict=True)]
    return Competition({at: tuple(them) for at, them in of.items()}, {**columns, **block.extra}, called)


def _remarks(
    block: Block, row: int, competitor: Competitor, given: tuple[str | None, str | None], position: int | None
) -> list[Remark]:
    remarks = []
    raw = block.rows[row]
    if position is None:
        message = Text(
            "There is no client {key} in the client table: this competitor joins nobody.",
            key=quoted(given[0] or given[1]),
        )
        remedy = Text("Correct the client, or add it to the client table.")
        column = block.column("client_id" if given[0] else "client")
        remarks.append(Remark(raw, column, "unknown-client", "warning", message, given[0] or given[1], remedy))
    if not competitor.name:
        message, remedy = Text("The competitor has no name."), Text("Enter its name.")
        remarks.append(Remark(raw, block.column("competitor"), "missing-competitor", "warning", message, None, remedy))
    if competitor.revenue is not None and competitor.revenue < 0:
        message = Text("The competitor's revenue is negative ({got:money}).", got=competitor.revenue)
        remedy = Text("Enter what the competitor earns from the client or leave it blank.")
        column = block.column("revenue")
        remarks.append(Remark(raw, column, "negative-competitor-revenue", "error", message, competitor.revenue, remedy))
    return remarks
