"""The words of key-account management as types: a client, its competitors, and the scales they are rated on.

Money is in one currency and one period for the whole table; shares are fractions. ``None`` means unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, make_dataclass
from datetime import date
from enum import Enum
from itertools import repeat
from typing import Any, NamedTuple, overload

from kam_xl.domain.operational import OperationalPlan
from kam_xl.locale import Repeated, Text, in_context


class Labelled(str, Enum):
    """An enumeration whose members have a code for machines and a label for people."""

    label: Text

    def __new__(cls, code: str, label: Text) -> Labelled:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = Repeated(label)
        return member

    def __str__(self) -> str:
        return str(self.value)


class Criterion(Labelled):
    """The four ways to be a key account (section 2)."""

    REVENUE = "revenue", in_context("criterion", "Revenue")
    PROSPECT = "prospect", in_context("criterion", "Prospect")
    REFERENCE = "reference", in_context("criterion", "Reference")
    EXPERTISE = "expertise", in_context("criterion", "Expertise")


class Position(Labelled):
    """How we stand with the client (section 1)."""

    STRONG = "strong", in_context("position", "Strong")
    MEDIUM = "medium", in_context("position", "Medium")
    WEAK = "weak", in_context("position", "Weak")


class Potential(Labelled):
    """What the client can give (section 1)."""

    HIGH = "high", in_context("potential", "High")
    MEDIUM = "medium", in_context("potential", "Medium")
    LOW = "low", in_context("potential", "Low")


class Status(Labelled):
    """Whether the client contributes considerably already, or could do so in future (section 2)."""

    ACTUAL = "actual", in_context("status", "Current")
    POTENTIAL = "potential", in_context("status", "Potential")


class Stance(Labelled):
    """How to meet a competitor at the client (section 2)."""

    COMPETE = "compete", Text("Compete")
    SUBCONTRACT = "subcontract", Text("Subcontract")
    COEXIST = "coexist", Text("Coexist")


class BudgetBasis(Labelled):
    """How the procurement budget is known (section 3)."""

    CONFIRMED = "confirmed", Text("Confirmed")
    ESTIMATED = "estimated", Text("Estimated")
    PROXY = "proxy", Text("Proxy")


class Strategy(Labelled):
    """What to do, by position and potential (section 4)."""

    DEFEND = "defend and extend", Text("Defend and extend")
    HOLD = "hold", Text("Hold")
    HARVEST = "harvest", Text("Harvest")
    INVEST = "invest to grow", Text("Invest to grow")
    SELECT = "grow selectively", Text("Grow selectively")
    MAINTAIN = "maintain", Text("Maintain")
    ATTACK_OR_ALLY = "attack or ally", Text("Attack or ally (subcontract, coexist)")
    TEST = "test", Text("Test")
    INSIDE_SALES = "leave to inside sales", Text("Leave to inside sales")


class AbcClass(Labelled):
    """Class by cumulative revenue (section 3)."""

    A = "A", Text("A")
    B = "B", Text("B")
    C = "C", Text("C")


class Task(Labelled):
    """What an account is for, by the criterion that it meets (section 4)."""

    PROTECT = "protect", in_context("task", "Protect the income")
    ATTACK = "attack", in_context("task", "Attack: win a share from competitors")
    ALLY = "ally", in_context("task", "Ally: subcontract or coexist")
    FIND_OUT = "find out", in_context("task", "Find out who sells there")
    USE = "use", in_context("task", "Use the reference")
    LEARN = "learn", in_context("task", "Learn from the client")


class PathShape(Labelled):
    """How penetration goes from today's to the target (section 5)."""

    LINEAR = "linear", Text("Linear")
    S_SHAPED = "s-shaped", Text("S-shaped")


class Score(NamedTuple):
    """How good somebody is for a client by one criterion, such as price: from 0 to 5 points."""

    criterion: str
    points: float


@dataclass(frozen=True)
class Competitor:
    """A competitor at one client; revenue is what it earns there in the same scope and period."""

    name: str
    revenue: float | None = None
    strengths: str = ""
    weaknesses: str = ""
    stance: Stance | None = None
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True)
class Client:
    """One row of the client table.

    `reference` and `expertise` are the user's own marks: True/False for yes/no, or a level from 0 to 3.
    `position` and `potential` are manual ratings, which override the computed ones; each goes with its reason.
    `own_scores` say how good we are for the client, by the criteria that its competitors are scored by.
    `year` is the year of the amounts where the table names it, `history` the revenue by earlier year, the oldest first;
    `operational` is the client's operational plan.
    """

    client_id: str
    client: str
    revenue: float | None = None
    procurement_budget: float | None = None
    competitor_revenue: float | None = None
    margin: float | None = None
    sales_plan: float | None = None
    industry: str = ""
    territory: str = ""
    manager: str = ""
    reference: bool | int | None = None
    reference_reason: str = ""
    expertise: bool | int | None = None
    expertise_reason: str = ""
    budget_basis: BudgetBasis | None = None
    budget_date: date | None = None
    budget_low: float | None = None
    budget_high: float | None = None
    position: Position | None = None
    position_reason: str = ""
    potential: Potential | None = None
    potential_reason: str = ""
    competitors: tuple[Competitor, ...] = ()
    own_scores: tuple[Score, ...] = ()
    year: int | None = None
    operational: OperationalPlan | None = None
    history: tuple[tuple[int, float], ...] = ()


_FIELDS = {field.name: field.default for field in fields(Client)}
_Open = make_dataclass("_Open", list(_FIELDS), slots=True)
"""A client that is not frozen yet."""


class Clients(Sequence[Client]):
    """Clients by the columns of their fields: each is made only when it is asked for.

    Parameters
    ----------
    columns : mapping
        What the clients have in each field, in one order; other fields have their default.
    count : int
        How many clients there are.

    Examples
    --------
    >>> clients = Clients({"client_id": ["1", "2"], "client": ["Nord", "Alfa"]}, 2)
    >>> clients[1] == Client("2", "Alfa"), list(clients.column("revenue"))
    (True, [None, None])
    """

    def __init__(self, columns: Mapping[str, Sequence[Any]], count: int) -> None:
        self._columns, self._count = columns, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Client: ...
    @overload
    def __getitem__(self, at: slice) -> list[Client]: ...
    def __getitem__(self, at: int | slice) -> Client | list[Client]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(self._count))]
        return Client(**{name: column[at] for name, column in self._columns.items()})

    def column(self, name: str) -> Iterable[Any]:
        """What the clients have in a field."""
        return self._columns[name] if name in self._columns else repeat(_FIELDS[name], self._count)

    def made(self) -> list[Client]:
        """All clients at once.

        As ``list(clients)`` does, in a quarter of the time: Python sets each field of a frozen object by a call. So
        objects with the same slots are filled, which become clients when they are whole.

        >>> clients = Clients({"client_id": ["1", "2"], "client": ["Nord", "Alfa"]}, 2)
        >>> clients.made() == list(clients)
        True
        """
        clients: list[Any] = list(map(_Open, *map(self.column, _FIELDS)))
        for client in clients:
            client.__class__ = Client
        return clients
