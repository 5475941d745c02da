"""The competitors' sheet: who else sells to which client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kam_xl.domain.model import Competitor, Score
from kam_xl.locale import Text
from kam_xl.table.block import Block
from kam_xl.table.competitor_amounts import amounts_with_shares, unused_numbers
from kam_xl.table.finding import Remark
from kam_xl.table.lookup import Lookup
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.similar_names import contradict, name_key, unlike

COLUMNS = ("client_id", "competitor", "revenue", "strengths", "weaknesses", "stance")


OTHER_NAME = Text("ID {id} is that of {called} in the client table, but stands here beside the name {name}.")
OTHER_NAME_REMEDY = Text("Correct the ID or the name: the ID decides to whom the row belongs.")


@dataclass
class Competition:
    """Competitors by the position of their client; the sheet's columns, the clients' names beside them, its block."""

    of: Mapping[int, tuple[Competitor, ...]] = field(default_factory=dict)
    columns: Mapping[str, list[Any]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    names: Sequence[str] = ()
    block: Block | None = None


class Clientele:
    """Finds a client's position in its table by id or by name: see `kam_xl.table.lookup.Lookup`.

    `of` has the position of the client that each of the keys means, where several mean one.
    A name may be spelt otherwise (`kam_xl.table.words.similar_names`), but never with another legal form.

    >>> clients = Clientele(["C1", "C2"], ["Nord", "ООО Ромашка"])
    >>> clients.find(None, "nord"), clients.find(None, "Ромашка"), clients.find(None, "ИП Ромашка")
    (0, 1, None)
    """

    def __init__(self, ids: Sequence[str], names: Sequence[str], of: Sequence[int] = ()) -> None:
        self._ids, self._names, self._called = Lookup(ids), Lookup(names), names
        self._of = of or range(len(names))

    def find(self, client_id: str | None, name: str | None) -> int | None:
        """The position; an id may stand in for a name and the other way round."""
        candidates = self._candidates(client_id, name) or self._spelt_alike(name)
        return candidates[0] if len(candidates) == 1 else None

    def is_unclear(self, client_id: str | None, name: str | None) -> bool:
        """Whether several clients may be meant, or one of another legal form."""
        return self.find(client_id, name) is None and bool(
            self._candidates(client_id, name) or self._places_by_key.get(name_key(name or ""))
        )

    def called_otherwise(self, client_id: str | None, name: str | None) -> str:
        """What the table calls the client of an id that stands beside the name of somebody else; else blank.

        >>> clients = Clientele(["C1", "C2"], ["Nord Ltd", "Nord Bau"])
        >>> clients.called_otherwise("C1", "West"), clients.called_otherwise("C1", "Nord Bau")
        ('Nord Ltd', 'Nord Ltd')
        >>> clients.called_otherwise("C1", "NORD"), clients.called_otherwise(None, "West")
        ('', '')
        """
        at = self._ids.find(client_id) if client_id and name else None
        if at is None or not name:
            return ""
        namesakes = self._names.candidates(name)
        differ = at not in namesakes if namesakes else unlike(self._called[at], name)
        return self._called[at] if differ else ""

    @cached_property
    def _places_by_key(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, name in enumerate(self._called):
            if key := name_key(name):
                places.setdefault(key, []).append(place)
        return places

    def _spelt_alike(self, name: str | None) -> list[int]:
        """The clients whose name is another spelling of this one."""
        places = self._places_by_key.get(name_key(name), []) if name else []
        return self._clients(place for place in places if not contradict(self._called[place], name or ""))

    def _clients(self, places: Iterable[int]) -> list[int]:
        """The clients that the keys at some places mean."""
        return list(dict.fromkeys(self._of[place] for place in places))

    def _candidates(self, client_id: str | None, name: str | None) -> list[int]:
        """Those of the first key that leaves one client, else of the first that leaves any."""
        tried = ((client_id, self._ids), (client_id, self._names), (name, self._names), (name, self._ids))
        tries = [self._clients(places) for key, index in tried if key and (places := index.candidates(key))]
        return next((places for places in tries if len(places) == 1), tries[0] if tries else [])


def join(
    block: Block,
    ids: Sequence[str],
    names: Sequence[str],
    scores: Sequence[tuple[Score, ...]] = (),
    budgets: Sequence[float | None] = (),
) -> Competition:
    """The competitors of each client; rows of unknown clients join nobody and are remarked in the block.

    What a row gives as a share is that of the client's procurement budget.
    """
    clientele = Clientele(ids, names)
    blank: list[Any] = [None] * len(block)
    columns = {name: block.fields.get(name, blank) for name in COLUMNS}
    given = list(zip(columns["client_id"], block.fields.get("client", blank), strict=True))
    positions = [clientele.find(client_id, name) for client_id, name in given]
    columns["revenue"] = amounts_with_shares(block, positions, budgets)
    block.remarks += unused_numbers(block)
    of: dict[int, list[Competitor]] = {}
    for row, position in enumerate(positions):
        competitor = Competitor(
            name=columns["competitor"][row] or "",
            revenue=columns["revenue"][row],
            strengths=columns["strengths"][row] or "",
            weaknesses=columns["weaknesses"][row] or "",
            stance=columns["stance"][row],
            scores=scores[row] if scores else (),
        )
        if position is not None:
            of.setdefault(position, []).append(competitor)
        is_unclear = clientele.is_unclear(*given[row])
        if known := clientele.called_otherwise(*given[row]):
            client, beside = map(quoted, given[row])
            message = Text(OTHER_NAME.message, id=client, called=quoted(known), name=beside)
            column = block.column("client")
            remark = Remark(block.rows[row], column, "other-name", "warning", message, given[row][1], OTHER_NAME_REMEDY)
            block.remarks.append(remark)
        block.remarks += _remarks(block, row, competitor, given[row], position, is_unclear=is_unclear)
    columns["client_id"] = [
        client_id if position is None else ids[position]
        for (client_id, _), position in zip(given, positions, strict=True)
    ]
    called = [name or "" if at is None else names[at] for (_, name), at in zip(given, positions, strict=True)]
    return Competition({at: tuple(them) for at, them in of.items()}, {**columns, **block.extra}, called, block)


def _remarks(
    block: Block,
    row: int,
    competitor: Competitor,
    given: tuple[str | None, str | None],
    position: int | None,
    *,
    is_unclear: bool,
) -> list[Remark]:
    remarks = []
    raw = block.rows[row]
    if position is None:
        key = quoted(given[0] or given[1])
        message = (
            Text(
                "Client {key} may be several of the client table, or one of another legal form: this competitor is "
                "ignored.",
                key=key,
            )
            if is_unclear
            else Text("Client {key} is not in the client table: this competitor is ignored.", key=key)
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
