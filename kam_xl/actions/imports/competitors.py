"""What an import would do to the list of competitors: a row for each client and competitor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kam_xl.actions.imports.incoming import Incoming
from kam_xl.actions.imports.plan import Plan
from kam_xl.actions.imports.target import Target
from kam_xl.errors import KamError
from kam_xl.locale import Text
from kam_xl.table.competitors import Clientele

Key = tuple[str, str]


class AmbiguousCompetitorError(KamError):
    """Competitors that stand in the workbook's list more than once for the same client."""

    def __init__(self, where: str, cells: Sequence[str]) -> None:
        super().__init__(
            Text("competitors from the file are in the list more than once for one client: {cells}", cells=list(cells)),
            where=where,
            remedy=Text("Merge these rows."),
        )


class CompetitorPlan(Plan):
    """The same for competitors, after the clients' own plan: under the ids and names that the clients have there."""

    keys = frozenset(["competitor"])

    def __init__(self, target: Target, competitors: Incoming, clients: Plan) -> None:
        self._clientele = Clientele(clients.target.ids, clients.target.names)
        self._known = clients.target.ids
        competitors = _under_known_names(competitors, clients)
        super().__init__(target, replace(competitors, name=target.sheet.name))

    def _matched(self) -> dict[int, int]:
        standing = [self._standing_key(at) for at in range(len(self.target.rows))]
        places = {key: at for at, key in reversed(list(enumerate(standing)))}
        keys = [_key(client, self._competitor(at)) for at, client in enumerate(self.clients.ids or ())]
        matches = {at: places[key] for at, key in enumerate(keys) if key in places}
        counts, ours = Counter(standing), {standing[matched] for matched in matches.values()}
        rows = zip(self.target.rows, standing, strict=True)
        doubles = [row for row, key in rows if counts[key] > 1 and key in ours]
        if doubles:
            column = self.target.columns["competitor"]
            raise AmbiguousCompetitorError(self.target.sheet.name, [self._address(row, column) for row in doubles])
        return matches

    def _is_news(self, at: int) -> bool:
        """A competitor with nothing is told only where it stood with something."""
        return any(values[at] for name, values in self.clients.columns.items() if name not in self.keys)

    def _standing_key(self, at: int) -> Key:
        """Of a row of the list: its client as the client table knows it, else as it stands there."""
        fields = self.target.block.fields
        given = [fields[name][at] if name in fields else None for name in ("client_id", "client")]
        row = self._clientele.find(*given)
        return _key(self.target.ids[at] if row is None else self._known[row], fields["competitor"][at] or "")

    def _competitor(self, at: int) -> str:
        return str(self.clients.columns["competitor"][at])

    def _called(self, at: int) -> str:
        return f"{self.clients.names[at]} – {self._competitor(at)}"


def _key(client: str, competitor: str) -> Key:
    return client.casefold(), " ".join(competitor.casefold().split())


def _under_known_names(competitors: Incoming, clients: Plan) -> Incoming:
    """Competitors with the ids and names that their clients have in the client table."""
    source, table = clients.clients, clients.target
    known = {}
    for at, key in enumerate(source.ids or source.names):
        row = clients.matches.get(at)
        known[key] = (key, source.names[at]) if row is None else (table.ids[row], table.names[row])
    named = [known[key] for key in competitors.ids or competitors.names]
    return replace(competitors, ids=[key for key, _ in named], names=[name for _, name in named])
