"""Cells of sums into clients: who is one client, what is it called, and its numbers by period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kam_xl.ledger.counts.periods import MonthSpan
from kam_xl.ledger.counts.result import PeriodRow, remark
from kam_xl.ledger.counts.sums import ZERO, ClientMonth
from kam_xl.ledger.opening import shown_name
from kam_xl.ledger.parties.company_names import core
from kam_xl.ledger.parties.identity import KnownClients
from kam_xl.ledger.recipe import About, Recipe
from kam_xl.locale import Quoted, Text
from kam_xl.table.finding import Finding
from kam_xl.table.values.cells import quoted

Measure = Callable[[Iterable[ClientMonth]], Decimal | None]
# A message names no more than these.
_MANY = 5


@dataclass
class PayingClient:
    """One client with its cells, under the name that most of its money goes by."""

    client_id: str
    about: About
    cells: list[ClientMonth] = field(default_factory=list)
    names: dict[str, Decimal] = field(default_factory=dict)

    def described(self, name: str) -> str:
        """Its industry, territory or manager: what the recipe says, else what most of its money goes by."""
        if known := getattr(self.about, name):
            return str(known)
        money: dict[str, Decimal] = {}
        for cell in self.cells:
            if value := getattr(cell, name):
                money[value] = money.get(value, ZERO) + abs(cell.amount)
        return max(money, key=lambda value: (money[value], value), default="")

    @property
    def name(self) -> str:
        """Its name."""
        return max(self.names, key=lambda name: (abs(self.names[name]), name))


def accounts(cells: Iterable[ClientMonth], recipe: Recipe, known: KnownClients) -> list[PayingClient]:
    """The clients, by name: one for each id, without an id one for each name.

    A client without an id has the one under which it is known by name. Where the recipe says so, the others get the
    next free numbers in the order of their names: no client ever changes its number.

    Parameters
    ----------
    cells : iterable of ClientMonth
    recipe : Recipe
    known : KnownClients
        Those of the target.
    """
    by_key: dict[str, PayingClient] = {}
    names: dict[tuple[tuple[str, ...], str], tuple[str, About]] = {}
    cells = list(cells)
    same = _same_ids(cells, recipe, known)
    for cell in cells:
        spelt = cell.client, cell.client_id
        name, about = names[spelt] = names.get(spelt) or _known(*spelt, recipe)
        key = same.get(spelt, cell.client_id) or known.id_of(name) or name
        account = by_key.setdefault(key, PayingClient(key, about))
        account.cells.append(cell)
        account.names[name or key] = account.names.get(name or key, ZERO) + abs(cell.amount)
    ordered = sorted(by_key.values(), key=lambda each: (each.name, each.client_id))
    if recipe.number and not any(cell.client_id for each in ordered for cell in each.cells):
        new = [each for each in ordered if not known.id_of(each.name)]
        last = _last_number((client_id for _, client_id in known.clients), recipe.number)
        for number, account in enumerate(new, start=last + 1):
            account.client_id = f"{recipe.number}{number:04}"
    return ordered


def _same_ids(
    cells: Sequence[ClientMonth], recipe: Recipe, known: KnownClients
) -> dict[tuple[tuple[str, ...], str], str]:
    """The id of another client for those that the recipe says are the same, by their names or their ids.

    So one client has one id where two systems number it differently.
    """
    if not recipe.same:
        return {}
    spelt = {(cell.client, cell.client_id) for cell in cells}
    ids: dict[str, set[str]] = {}
    for client, client_id in spelt:
        ids.setdefault(client_id, set()).add(client_id)
        ids.setdefault(_whole(client), set()).add(client_id)
    same = {}
    for client, client_id in spelt:
        by_id = recipe.same.get(client_id, "")
        target = by_id or recipe.same.get(_whole(client), "")
        meant = ids.get(target, set()) - {""}
        if target and client_id and len(meant) < 2:
            same[client, client_id] = next(iter(meant), known.id_of(target) or by_id or client_id)
    return same


def _whole(client: Sequence[str]) -> str:
    """The name of a client as the ledger spells it."""
    return " / ".join(part for part in map(shown_name, client) if part)


def _last_number(ids: Iterable[str], prefix: str) -> int:
    """The highest number that an id of the recipe's kind has.

    >>> _last_number(["C0002", "C0010", "X3"], "C")
    10
    """
    numbers = (each.removeprefix(prefix) for each in ids if each.startswith(prefix))
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def _known(client: tuple[str, ...], client_id: str, recipe: Recipe) -> tuple[str, About]:
    """The name of a client as the ledger spells it, and what the recipe says about it."""
    parts = [shown_name(part) for part in client]
    whole = _whole(client)
    whole = recipe.same.get(whole, whole)
    about = recipe.about.get(whole) or recipe.about.get(next(iter(parts), "")) or recipe.about.get(client_id) or About()
    if not about.name:
        return whole, about
    named = [about.name, *parts[1:]] if len(parts) > 1 and whole not in recipe.about else [about.name]
    return " / ".join(part for part in named if part), about


def amounts(account: PayingClient, pieces: Sequence[MonthSpan], measure: Measure) -> list[Decimal | None]:
    """A measure of a client by period; None where there are no payments at all."""
    by_piece = ([cell for cell in account.cells if cell.month in piece] for piece in pieces)
    return [measure(cells) if cells else None for cells in by_piece]


def period_rows(
    paying: Iterable[PayingClient],
    pieces: Sequence[MonthSpan],
    measures: Mapping[Text, Measure],
) -> list[PeriodRow]:
    """Every client's numbers by period, a row for each measure."""
    return [
        PeriodRow(account.client_id, account.name, indicator, amounts(account, pieces, measure))
        for account in paying
        for indicator, measure in measures.items()
    ]


def total(cells: Iterable[ClientMonth]) -> Decimal:
    """The money of some cells."""
    return sum((cell.amount for cell in cells), ZERO)


def same_clients(paying: Sequence[PayingClient], where: str) -> list[Finding]:
    """Clients whose names differ in spelling or legal form only: perhaps they are one."""
    by_core: dict[str, list[PayingClient]] = {}
    for account in paying:
        by_core.setdefault(core(account.name), []).append(account)
    alike = [group for group in by_core.values() if len(group) > 1]
    if not alike:
        return []
    named = [" = ".join(f'"{each.name}"' for each in group[:_MANY]) for group in alike[:_MANY]]
    named += ["…"] * (len(alike) > _MANY)
    message = Text("Clients with almost the same name are counted separately: {names}.", names=named)
    remedy = Text("If two of them are one client, say so in the recipe, in the section [clients.same].")
    return [remark("clients-alike", "warning", message, remedy, where, len(alike))]


def unused_same(cells: Iterable[ClientMonth], recipe: Recipe, where: str) -> list[Finding]:
    """Names and ids that the recipe says are another client's, and that no client of the ledger has."""
    if not recipe.same:
        return []
    spelt = {name for cell in cells for name in (cell.client_id, _whole(cell.client))}
    unused = [quoted(key) for key in recipe.same if key not in spelt]
    if not unused:
        return []
    message = Text(
        "The section [clients.same] of the recipe names {names}: no client that counts here is called so.",
        names=[*unused[:_MANY], *["…"] * (len(unused) > _MANY)],
    )
    remedy = Text("Write the names or IDs exactly as the ledger has them; if they are of other periods, do nothing.")
    return [remark("clients-same-unused", "warning", message, remedy, where, len(unused))]


def unclear_clients(paying: Sequence[PayingClient], known: KnownClients, where: str) -> list[Finding]:
    """New clients whose names may be spellings of clients that the target has: which one is for the user to say."""
    asked: list[Text | str] = []
    for account in paying:
        candidates = [] if any(cell.client_id for cell in account.cells) else known.candidates(account.name)
        if candidates:
            named = [Text("{name} ({id})", name=Quoted(name), id=client_id) for name, client_id in candidates[:_MANY]]
            asked.append(Text("{name}: {candidates}?", name=Quoted(account.name), candidates=named))
    if not asked:
        return []
    message = Text(
        "Names may be spellings of clients that are there, and count as new clients until you say so: {names}",
        names=[*asked[:_MANY], *["…"] * (len(asked) > _MANY)],
    )
    remedy = Text("Say which client is meant in the recipe, in the section [clients.same].")
    return [remark("clients-unclear", "warning", message, remedy, where, len(asked))]
