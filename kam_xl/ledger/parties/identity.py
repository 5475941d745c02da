"""Which client a row of a ledger is of: ids that identify, ids that do not, and clients that the target knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from kam_xl.ledger.counts.result import remark
from kam_xl.ledger.counts.sums import ClientMonth
from kam_xl.ledger.parties.company_names import core
from kam_xl.locale import Quoted, Text
from kam_xl.table.finding import Finding
from kam_xl.table.lookup import Lookup
from kam_xl.table.words.matching import words

# An id column that nobody calls the client's may contradict the names in no more than this share of its ids or names.
_DOUBTFUL = 0.1
# A message names no more than these.
_MANY = 5
_DAMAGED = re.compile(r"\d(?:[.,]\d+)?[eEеЕ]\+\d+")
# Words of a header that say: this is the number of a client, or of a taxpayer.
_CLIENT_WORDS = frozenset(
    words("""client clients customer buyer purchaser payer body authority tax tin vat registration клиента клиент
        контрагента контрагент заказчика покупателя плательщика партнера инн огрн унп бин""")
)


class SettledIds(NamedTuple):
    """Cells whose `client_id` can be relied on, and what to report about the ids."""

    cells: list[ClientMonth]
    findings: list[Finding]


def settled_ids(cells: Sequence[ClientMonth], title: str, where: str) -> SettledIds:
    """The cells under ids that identify; where the column of ids does not, without.

    A header such as "Client no" is believed, and ids with several names are reported. Any other column ("ID", "Code",
    "YEAR_ID") has to prove itself: where its values and the names contradict each other it is not an id of clients. A
    row without an id goes to the only id that its name has.

    Parameters
    ----------
    cells : sequence of ClientMonth
        All of the ledger, not those of a period alone.
    title : str
        The header of the ids.
    where : str
        The ledger's name.
    """
    pairs = _pairs(cells)
    if not pairs:
        return SettledIds(list(cells), [])
    ids = _unlike(pairs)
    names = _by_name(pairs)
    several = {name: several_ids for name, several_ids in names.items() if len(several_ids) > 1}
    doubtful = max(len(ids) / len({client_id for client_id, _ in pairs}), len(several) / max(1, len(names)))
    if doubtful > _DOUBTFUL and not _CLIENT_WORDS.intersection(words(title)):
        return SettledIds([cell._replace(client_id="") for cell in cells], [_no_id(title, pairs, ids, several, where)])
    findings = [*_damaged(pairs, where), *_several_names(ids, where)]
    damaged = {client_id for client_id, _ in pairs if _DAMAGED.fullmatch(client_id)}
    only = {name: next(iter(several_ids)) for name, several_ids in names.items() if len(several_ids) == 1}
    settled, joined = [], set()
    for cell in cells:
        client_id = "" if cell.client_id in damaged else cell.client_id
        if not client_id and (known := only.get(_core(cell))) and known not in damaged:
            client_id = known
            joined.add(known)
        settled.append(cell if client_id == cell.client_id else cell._replace(client_id=client_id))
    return SettledIds(settled, [*findings, *_joined(joined, where)])


class KnownClients:
    """Names of clients with their ids, such as those of the target: see `kam_xl.table.lookup.Lookup`.

    >>> known = KnownClients([("Leeds And Housing", "C1"), ("Leeds and Housing", "C2"), ("Nord", "C3")])
    >>> known.id_of("Leeds and Housing"), known.id_of("NORD"), known.id_of("LEEDS AND HOUSING")
    ('C2', 'C3', '')
    """

    def __init__(self, clients: Iterable[tuple[str, str]] = ()) -> None:
        self.clients = tuple(dict.fromkeys(clients))
        self._places = Lookup([name for name, _ in self.clients])

    def id_of(self, name: str) -> str:
        """The id of the only client that a name can mean; blank where there is none, or several."""
        place = self._places.find(name)
        return "" if place is None else self.clients[place][1]

    def candidates(self, name: str) -> list[tuple[str, str]]:
        """The clients that a name which has no id may be a spelling of, with their ids.

        >>> KnownClients([("Nord GmbH", "C1"), ("NORD", "C2"), ("Süd", "C3")]).candidates("nord")
        []
        >>> KnownClients([("Nord GmbH", "C1"), ("NORD AG", "C2"), ("Süd", "C3")]).candidates("nord")
        [('Nord GmbH', 'C1'), ('NORD AG', 'C2')]
        """
        return [] if self.id_of(name) else self._alike.get(core(name), [])

    @cached_property
    def _alike(self) -> dict[str, list[tuple[str, str]]]:
        by_core: dict[str, list[tuple[str, str]]] = {}
        for client in self.clients:
            by_core.setdefault(core(client[0]), []).append(client)
        return by_core


def _core(cell: ClientMonth) -> str:
    return core(" / ".join(part for part in cell.client if part))


def _pairs(cells: Iterable[ClientMonth]) -> dict[tuple[str, str], str]:
    """Every id with the names that it has, compared by what is essential in them; to the name as it is written."""
    pairs: dict[tuple[str, str], str] = {}
    for cell in cells:
        if cell.client_id:
            name = " / ".join(part for part in cell.client if part)
            pairs.setdefault((cell.client_id, core(name)), name)
    return pairs


def _unlike(pairs: Mapping[tuple[str, str], str]) -> dict[str, list[str]]:
    """The ids with names that are not spellings of one: none is made of words of the other."""
    by_id: dict[str, list[tuple[str, str]]] = {}
    for (client_id, bare), name in pairs.items():
        if bare:
            by_id.setdefault(client_id, []).append((bare, name))
    unlike = {}
    for client_id, names in by_id.items():
        sets = [set(bare.split()) for bare, _ in names]
        if any(not (sets[0] <= other or other <= sets[0]) for other in sets[1:]):
            unlike[client_id] = [name for _, name in names]
    return unlike


def _by_name(pairs: Mapping[tuple[str, str], str]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for client_id, bare in pairs:
        if bare:
            names.setdefault(bare, set()).add(client_id)
    return names


def _no_id(
    title: str,
    pairs: Mapping[tuple[str, str], str],
    ids: Mapping[str, Sequence[str]],
    names: Mapping[str, set[str]],
    where: str,
) -> Finding:
    for client_id, called in ids.items():
        example = Text("{id} stands for {names}", id=Quoted(client_id), names=_quoted(called))
        break
    else:
        bare, several = next(iter(names.items()))
        name = next(name for (_, each), name in pairs.items() if each == bare)
        example = Text("{name} has the values {ids}", name=Quoted(name), ids=_quoted(sorted(several)))
    message = Text(
        (
            'The column "{title}" does not identify clients ({example}): it was not used, and clients are '
            "identified by name."
        ),
        title=title,
        example=example,
    )
    remedy = Text("If it does, name it as client_id in the recipe, in the section [columns].")
    return remark("column-not-id", "warning", message, remedy, where)


def _several_names(ids: Mapping[str, Sequence[str]], where: str) -> list[Finding]:
    if not ids:
        return []
    shown: list[object] = [
        Text("{id} = {names}", id=client_id, names=_quoted(names)) for client_id, names in list(ids.items())[:_MANY]
    ]
    message = Text(
        "IDs with different names are counted as one client each: {ids}.", ids=shown + ["…"] * (len(ids) > _MANY)
    )
    remedy = Text("If they are different clients, correct their IDs, or leave out the column of IDs.")
    return [remark("id-several-names", "warning", message, remedy, where, len(ids))]


def _damaged(pairs: Iterable[tuple[str, str]], where: str) -> list[Finding]:
    damaged = sorted({client_id for client_id, _ in pairs if _DAMAGED.fullmatch(client_id)})
    if not damaged:
        return []
    message = Text(
        (
            "IDs were damaged by a spreadsheet program ({ids}): they were not used, and these clients are "
            "identified by name."
        ),
        ids=damaged[:_MANY] + ["…"] * (len(damaged) > _MANY),
    )
    remedy = Text("Export the ledger again, with the column of IDs as text.")
    return [remark("ids-damaged", "warning", message, remedy, where, len(damaged))]


def _joined(ids: set[str], where: str) -> list[Finding]:
    if not ids:
        return []
    shown = sorted(ids)[:_MANY] + ["…"] * (len(ids) > _MANY)
    message = Text("Rows without an ID were counted under the ID that their name has elsewhere: {ids}.", ids=shown)
    return [remark("id-by-name", "note", message, Text("Fill in the missing IDs."), where, len(ids))]


def _quoted(names: Sequence[str]) -> list[str]:
    return [Quoted(name) for name in names[:_MANY]] + ["…"] * (len(names) > _MANY)
