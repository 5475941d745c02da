"""What every client of one table is measured against: totals, bounds, scales, verticals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import inf
from typing import NamedTuple

from kam_xl.domain import measures
from kam_xl.domain.concentration import abc_classes
from kam_xl.domain.criteria import vertical_of
from kam_xl.domain.marks import MarkScale, mark_scale, meets_mark
from kam_xl.domain.measures import known
from kam_xl.domain.model import AbcClass, Client
from kam_xl.domain.operational import Calendar
from kam_xl.domain.ratings import PotentialBounds
from kam_xl.domain.sales_plan import calendar_of_clients, sales_plan_of
from kam_xl.domain.settings import Settings


class Uncovered(NamedTuple):
    """The industries and the territories in which no client is a reference, those with the most clients first."""

    industries: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Yardsticks:
    """What every client of one table is measured against.

    `references` counts the reference clients per vertical, the largest first; those without a vertical stand under an
    empty name. `clients` are those of the table, for the yardsticks that few ask for.
    """

    settings: Settings
    today: date
    total_revenue: float
    total_plan: float
    potential_bounds: PotentialBounds
    reference_scale: MarkScale
    expertise_scale: MarkScale
    references: Mapping[str, int]
    without_reference: Uncovered
    budgets_dated: bool
    calendar: Calendar | None
    clients: Sequence[Client] = field(repr=False, compare=False)

    @classmethod
    def of(cls, clients: Sequence[Client], settings: Settings, today: date) -> Yardsticks:
        """The yardsticks of a whole table."""
        scale = mark_scale(client.reference for client in clients)
        marked = [client for client in clients if client.reference and _is_reference(client, settings, scale)]
        calendar = calendar_of_clients(clients, settings, today)
        budgets = (usable_budget(client) for client in clients)
        total = measures.total_of(client.revenue for client in clients)
        return cls(
            settings=settings,
            today=today,
            total_revenue=total,
            total_plan=measures.total_of(sales_plan_of(client, calendar) for client in clients),
            potential_bounds=PotentialBounds.of([each for each in budgets if each is not None], settings, total),
            reference_scale=scale,
            expertise_scale=mark_scale(client.expertise for client in clients),
            references=_counted(vertical_of(client.industry, client.territory) for client in marked),
            without_reference=_without_reference(clients, marked),
            budgets_dated=any(client.budget_basis or client.budget_date for client in clients),
            calendar=calendar,
            clients=clients,
        )

    @cached_property
    def abc_classes(self) -> Mapping[float, AbcClass]:
        """The ABC class of each revenue."""
        return abc_classes((client.revenue for client in self.clients), self.settings)


def usable_budget(client: Client) -> float | None:
    """The client's budget unless the row contradicts it: below zero, or 0 although the client has bought.

    >>> usable_budget(Client("1", "Nordwerk", revenue=5, procurement_budget=0))
    """
    budget, revenue = client.procurement_budget, client.revenue
    if budget is not None and 1 <= budget < measures.LARGEST:  # as most are; no revenue contradicts it
        return budget
    if budget is None or not measures.is_valid_amount(budget):
        return None
    if revenue and measures.is_valid_amount(revenue) and (not budget or revenue / budget == inf):
        return None
    return budget


def _is_reference(client: Client, settings: Settings, scale: MarkScale) -> bool:
    return bool(known(lambda: meets_mark(client.reference, settings, scale=scale)))


def _counted(names: Iterator[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def _without_reference(clients: Sequence[Client], marked: Sequence[Client]) -> Uncovered:
    def missing(where: Callable[[Client], str]) -> tuple[str, ...]:
        covered = {"", *map(where, marked)}
        return tuple(_counted(name for name in map(where, clients) if name not in covered))

    return Uncovered(missing(lambda client: client.industry), missing(lambda client: client.territory))
