"""Cells of sums into clients: who is one client, what is it called, and its numbers by period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kam_xl.ledger.names import core
from kam_xl.ledger.opening import shown_name
from kam_xl.ledger.periods import Period
from kam_xl.ledger.recipe import About, Recipe
from kam_xl.ledger.result import PeriodRow, remark
from kam_xl.ledger.sums import ZERO, Cell
from kam_xl.locale import Text
from kam_xl.table.finding import Finding

Measure = Callable[[Iterable[Cell]], Decimal | None]
# A message names no more than these.
_MANY = 5


@dataclass
class Account:
    """One client with its cells, under the name that most of its money goes by."""

    client_id: str
    about: About
    cells: list[Cell] = field(default_factory=list)
    names: dict[str, Decimal] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its name."""
        return max(self.names, key=lambda name: (abs(self.names[name]), name))


def accounts(cells: Iterable[Cell], recipe: Recipe) -> list[Account]:
    """The clients, by name: one for each id, without an id one for each name.

    Where the recipe says so, clients without an id get a number in the order of their names.
    """
    found: dict[str, Account] = {}
    for cell in cells:
        name, about = _known(cell, recipe)
        key = cell.client_id or name
        account = found.setdefault(key, Account(key, about))
        account.cells.append(cell)
        account.names[name or key] = account.names.get(name or key, ZERO) + abs(cell.amount)
    ordered = sorted(found.values(), key=lambda each: (each.name, each.client_id))
    if recipe.number and not any(cell.client_id for each in ordered for cell in each.cells):
        for number, account in enumerate(ordered, start=1):
            account.client_id = f"{recipe.number}{number:04}"
    return ordered


def _known(cell: Cell, recipe: Recipe) -> tuple[str, About]:
    """The name of a cell's client and what the recipe says of it."""
    parts = [shown_name(part) for part in cell.client]
    whole = " / ".join(part for part in parts if part)
    whole = recipe.same.get(whole, whole)
    about = recipe.about.get(whole) or recipe.about.get(parts[0]) or recipe.about.get(cell.client_id) or About()
    if not about.name:
        return whole, about
    named = [about.name, *parts[1:]] if len(parts) > 1 and whole not in recipe.about else [about.name]
    return " / ".join(part for part in named if part), about


def amounts(account: Account, pieces: Sequence[Period], measure: Measure) -> list[Decimal | None]:
    """A measure of a client by period; None where there are no payments at all."""
    by_piece = ([cell for cell in account.cells if cell.month in piece] for piece in pieces)
    return [measure(cells) if cells else None for cells in by_piece]


def period_rows(
    found: Iterable[Account],
    pieces: Sequence[Period],
    measures: Mapping[Text, Measure],
) -> list[PeriodRow]:
    """Every client's numbers by period, a row for each measure."""
    return [
        PeriodRow(account.client_id, account.name, indicator, amounts(account, pieces, measure))
        for account in found
        for indicator, measure in measures.items()
    ]


def total(cells: Iterable[Cell]) -> Decimal:
    """The money of some cells."""
    return sum((cell.amount for cell in cells), ZERO)


def same_clients(found: Sequence[Account], where: str) -> list[Finding]:
    """Clients whose names differ in spelling or legal form only: perhaps they are one."""
    by_core: dict[str, list[Account]] = {}
    for account in found:
        by_core.setdefault(core(account.name), []).append(account)
    alike = [group for group in by_core.values() if len(group) > 1]
    if not alike:
        return []
    named = [f'"{group[0].name}" = "{group[1].name}"' for group in alike[:_MANY]] + ["…"] * (len(alike) > _MANY)
    message = Text("Clients with almost the same name are counted apart: {names}.", names=named)
    remedy = Text("Where two are one, write it into the recipe, in the section [clients.same].")
    return [remark("clients-alike", "warning", message, remedy, where, len(alike))]
