"""A client as a build saw it, in one line: what later builds are compared with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace

from kam_xl.domain.classify import Account, Classification


@dataclass(frozen=True)
class State:
    """A client as a build saw it; codes in the place of words. Unknown is None, of texts blank."""

    client: str
    manager: str
    is_key: bool
    rank: int | None
    revenue: float | None
    budget: float | None
    penetration: float | None
    position: str
    potential: str
    goal: float | None
    criteria: str

    def packed(self) -> str:
        """It in one cell; a penetration that the other two figures give is marked in the place of its 16 digits.

        >>> state = State("Nordwerk", "Ann", True, 1, 60, 90, 60 / 90, "", "high", 90, "revenue")
        >>> state.packed()
        '["Nordwerk","Ann",true,1,60,90,true,"","high",90,"revenue"]'
        >>> State.unpacked(state.packed()) == state
        True
        """
        is_given = self.penetration is not None and self.penetration == _share(self.revenue, self.budget)
        values = astuple(replace(self, penetration=True) if is_given else self)
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def unpacked(cls, text: object) -> State | None:
        """The state from its cell; None where the cell holds anything else."""
        try:
            values = json.loads(str(text))
            state = cls(*values) if isinstance(values, list) else None
            if state and state.penetration is True:
                state = replace(state, penetration=_share(state.revenue, state.budget))
        except (ValueError, TypeError):
            return None
        return state


def _share(revenue: float | None, budget: float | None) -> float | None:
    return revenue / budget if revenue is not None and budget else None


def state_of(account: Account, classification: Classification) -> State:
    """A client as this build sees it."""
    client = account.client
    goals = classification.proposal(account).goals if account.is_key else ()
    return State(
        client.client,
        client.manager,
        account.is_key,
        account.rank,
        client.revenue,
        client.procurement_budget,
        account.penetration,
        account.position.value.value if account.position else "",
        account.potential.value.value if account.potential else "",
        goals[-1].revenue if goals else None,
        ",".join(criterion.value for criterion in account.criteria),
    )


def states(classification: Classification, before: Mapping[str, State]) -> dict[str, State]:
    """What a build keeps: clients that are key, and those that were at the build before."""
    key_before = {client_id for client_id, state in before.items() if state.is_key}
    return {
        client_id: state_of(account, classification)
        for client_id, account in classification.by_id.items()
        if account.is_key or client_id in key_before
    }
