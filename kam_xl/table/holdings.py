"""Clients of one parent company as one client: amounts added up, all else kept where it is the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Any, NamedTuple

from kam_xl.domain.model import Competitor
from kam_xl.domain.operational import OperationalPlan, PlanFact
from kam_xl.domain.periods import Series, outermost
from kam_xl.locale import Text
from kam_xl.table.block import Block
from kam_xl.table.competitors import Clientele
from kam_xl.table.errors import HeaderNotFoundError
from kam_xl.table.finding import Remark
from kam_xl.table.interpretation import TITLES
from kam_xl.table.keys import Keys, similar
from kam_xl.table.values.cells import Cell, quoted, read_text
from kam_xl.table.words.similar_names import name_key
from kam_xl.table.words.vocabulary import KINDS, section

# A message names no more companies than these.
_MANY = 5
_NO_PARENT = frozenset(section("cells")["no_parent"])


class Holding(NamedTuple):
    """One client to be: its id and name, and the positions of the rows that it is made of, its own row first."""

    client_id: str
    name: str
    rows: list[int]


@dataclass(frozen=True)
class Holdings:
    """A table by parent company: its block and keys, and what each client was made of."""

    block: Block
    keys: Keys
    holdings: list[Holding]

    def clientele(self, keys: Keys) -> Clientele:
        """Finds the client of each holding by the id and name of any of its companies, whose `keys` these are."""
        of = {row: at for at, each in enumerate(self.holdings) for row in each.rows}
        known = set(keys.ids)
        parents = {at: each for at, each in enumerate(self.holdings) if each.client_id not in known}
        ids = [*keys.ids, *(each.client_id for each in parents.values())]
        names = [*keys.names, *(each.name for each in parents.values())]
        places = [*(of[row] for row in range(len(keys.ids))), *parents]
        return Clientele(ids, names, places)

    def shared(self, values: Sequence[Any], blank: Any = None) -> list[Any]:
        """Of each client the value that its rows share; `blank` where they differ."""
        return [_shared([values[row] for row in each.rows], blank) for each in self.holdings]

    def competitors(self, of: Mapping[int, tuple[Competitor, ...]]) -> dict[int, tuple[Competitor, ...]]:
        """The competitors of each client; one that sells to several of its companies is one, its revenue added up."""
        rivals_of = {
            at: [rival for row in each.rows for rival in of.get(row, ())] for at, each in enumerate(self.holdings)
        }
        return {at: tuple(_one_of_each_name(rivals)) for at, rivals in rivals_of.items() if rivals}

    def operations(self, of: Mapping[int, OperationalPlan]) -> dict[int, OperationalPlan]:
        """The operational plan of each client: those of its companies added up period by period."""
        plans_of = {at: [of[row] for row in each.rows if row in of] for at, each in enumerate(self.holdings)}
        return {at: _added_up(plans) for at, plans in plans_of.items() if plans}


# What is added up although a part of it is unknown, which is told.
_IN_PART = {
    "revenue": Text("Enter the revenue of each, 0 where there was none."),
    "procurement_budget": Text("Enter these budgets, or the whole budget in the row of the parent."),
}
_TOLD_IN_PART = (
    (
        "revenue",
        "revenue-in-part",
        Text("The revenue of {unknown} is unknown, so the revenue of {parent} is understated."),
    ),
    (
        "procurement_budget",
        "budget-in-part",
        Text("The budgets of {unknown} are unknown, so the budget of {parent} is understated."),
    ),
)


def by_parent(block: Block, keys: Keys, where: str) -> Holdings:
    """Make one client of all rows that have the same parent company.

    A parent is given by its name or id, and may be a client itself: then its own row stands for all. Amounts are added
    up; what else the rows say is kept where all that say anything say the same, and told where they do not.

    Raises
    ------
    HeaderNotFoundError
        Where no column names parents.
    """
    column = block.settled.parent
    if column is None:
        raise HeaderNotFoundError(
            Text("no column names parent companies, so clients cannot be joined by them"),
            where=where,
            remedy=Text('Name the column in a reading file (parent = "…"), or leave --by parent out.'),
        )
    cells = block.settled.columns[column]
    holdings = sorted(_holdings([_parent(cells[row]) for row in block.rows], keys), key=lambda each: each.rows[0])
    spoken = _rows_with_amounts(block)
    new = Keys([each.client_id for each in holdings], [each.name for each in holdings])
    together = joined(block, holdings)
    together.remarks = [
        remark for each in holdings if len(each.rows) > 1 for remark in _remarks(block, keys, each, spoken)
    ]
    together.remarks += similar(together, new)  # rows that were joined are one client whatever they are called
    for field, values in (("client_id", new.ids), ("client", new.names)):
        if field in together.fields:
            together.fields[field] = list(values)
    return Holdings(together, new, holdings)


def joined(block: Block, holdings: Sequence[Holding], once: Collection[str] = ()) -> Block:
    """The block with one row for each holding: amounts added up, but for the fields that count `once`."""
    spoken = _rows_with_amounts(block)
    return replace(
        block,
        rows=[block.rows[each.rows[0]] for each in holdings],
        fields={
            field: [
                _shared([values[row] for row in each.rows], None)
                if field in once
                else _value(field, values, each.rows, spoken)
                for each in holdings
            ]
            for field, values in block.fields.items()
        },
        extra={
            title: [_shared([values[row] for row in each.rows], None) for each in holdings]
            for title, values in block.extra.items()
        },
        history={
            year: [_whole(values, each.rows, spoken) for each in holdings] for year, values in block.history.items()
        },
    )


def _holdings(parents: Sequence[str | None], keys: Keys) -> Iterator[Holding]:
    by_id = {client_id.casefold(): name for client_id, name in zip(keys.ids, keys.names, strict=True)}
    named = [by_id.get(parent.casefold(), parent) if parent else None for parent in parents]
    parent_of = {_key(name): parent for name, parent in zip(keys.names, named, strict=True) if parent}
    heads = {_key(parent) for parent in parent_of.values()}
    rows: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for row, (name, parent) in enumerate(zip(keys.names, named, strict=True)):
        top = _topmost(parent or name, parent_of)
        alone = parent is None and _key(name) not in heads
        key = f"#{row}" if alone else _key(top)
        rows.setdefault(key, [])
        own = alone or _key(name) == key
        rows[key] = [row, *rows[key]] if own else [*rows[key], row]
        names[key] = name if own else names.get(key, top)
    for key, members in rows.items():
        head = members[0]
        is_client = _key(keys.names[head]) == _key(names[key])
        yield Holding(keys.ids[head] if is_client else names[key], names[key], members)


def _parent(cell: Cell) -> str | None:
    """The parent company that a cell names; None where it says that there is none.

    >>> _parent("ГК Ромашка"), _parent("не входит"), _parent("n/a")
    ('ГК Ромашка', None, None)
    """
    text = read_text(cell)
    return None if text is None or text.casefold().rstrip(".") in _NO_PARENT else text


def _key(name: str) -> str:
    return name_key(name) or name.casefold()


def _topmost(name: str, parent_of: Mapping[str, str]) -> str:
    """The company at the top of all; companies that own each other in a circle stop it."""
    seen = {_key(name)}
    while (parent := parent_of.get(_key(name))) and _key(parent) not in seen:
        seen.add(_key(parent))
        name = parent
    return name


def _rows_with_amounts(block: Block) -> set[int]:
    """The positions of rows that say any amount; the others, such as a holding's own row, make nothing unknown."""
    amounts = [values for field, values in block.fields.items() if KINDS.get(field) == "money"]
    return {row for row in range(len(block)) if any(values[row] is not None for values in amounts)}


def _value(field: str, values: Sequence[Any], rows: Sequence[int], spoken: Collection[int]) -> Any:
    if KINDS.get(field) != "money":
        return _shared([values[row] for row in rows], None)
    return _sum(values[row] for row in rows) if field in _IN_PART else _whole(values, rows, spoken)


def _whole(values: Sequence[float | None], rows: Sequence[int], spoken: Collection[int]) -> float | None:
    """A sum of which no part is unknown."""
    parts = [values[row] for row in rows if row in spoken]
    return None if None in parts else _sum(parts)


def _sum(values: Any) -> float | None:
    known = [value for value in values if value is not None]
    return fsum(known) if known else None


def _shared(values: Sequence[Any], blank: Any) -> Any:
    known = [value for value in values if value not in (None, "", ())]
    return known[0] if known and all(value == known[0] for value in known) else blank


def _one_of_each_name(rivals: Sequence[Competitor]) -> Iterator[Competitor]:
    by_name: dict[str, list[Competitor]] = {}
    for rival in rivals:
        by_name.setdefault(rival.name.casefold(), []).append(rival)
    for same in by_name.values():
        yield replace(
            same[0],
            revenue=_sum(each.revenue for each in same),
            strengths="; ".join(dict.fromkeys(each.strengths for each in same if each.strengths)),
            weaknesses="; ".join(dict.fromkeys(each.weaknesses for each in same if each.weaknesses)),
            stance=_shared([each.stance for each in same], None),
            scores=_shared([each.scores for each in same], ()),
        )


def _added_up(plans: Sequence[OperationalPlan]) -> OperationalPlan:
    revenue, margin = (
        PlanFact(*(_series([getattr(getattr(plan, measure), kind) for plan in plans]) for kind in ("plan", "fact")))
        for measure in ("revenue", "margin")
    )
    return OperationalPlan(revenue, margin)


def _series(parts: Sequence[Series]) -> Series:
    """The parts added up; where one knows no more than a quarter, the months of the others make theirs."""
    amounts = [each for part in parts for each in part.items()]
    periods = outermost(period for period, _ in amounts)
    return Series({whole: fsum(amount for period, amount in amounts if whole.covers(period)) for whole in periods})


def _remarks(block: Block, keys: Keys, holding: Holding, spoken: Collection[int]) -> Iterator[Remark]:
    """What was joined, what had to be left blank, and whose budget is unknown."""
    row, column = block.rows[holding.rows[0]], block.column("client")
    names = [quoted(keys.names[each]) for each in holding.rows]
    about = {
        "parent": quoted(holding.name),
        "count": len(names),
        "names": [*names[:_MANY], *["…"] * (len(names) > _MANY)],
    }
    message = Text("{count} rows were joined into {parent}: {names}.", **about)
    remedy = Text("To count each as a client of its own, read the table without --by parent.")
    yield Remark(row, column, "rolled-up", "note", message, holding.name, remedy)
    differing = [
        TITLES[field]
        for field, values in block.fields.items()
        if field in TITLES and field not in ("client", "client_id") and KINDS.get(field) != "money"
        if len({str(values[each]) for each in holding.rows} - {"None", ""}) > 1
    ]
    if differing:
        message = Text(
            "The companies of {parent} differ in {fields}: left blank.", parent=about["parent"], fields=differing
        )
        yield Remark(
            row, column, "rolled-up-differs", "warning", message, None, Text("Make them the same in the table.")
        )
    amounts = {field: values for field, values in block.fields.items() if KINDS.get(field) == "money"}
    missing: list[Text | str] = [
        TITLES[field]
        for field, values in amounts.items()
        if field not in _IN_PART and None in (parts := [values[each] for each in holding.rows if each in spoken])
        if any(part is not None for part in parts)
    ]
    missing += [
        Text("Revenue {year}", year=str(year))
        for year, values in block.history.items()
        if None in (parts := [values[each] for each in holding.rows if each in spoken])
        if any(part is not None for part in parts)
    ]
    if missing:
        message = Text(
            "Some companies of {parent} do not say {fields}: unknown for the whole.",
            parent=about["parent"],
            fields=missing,
        )
        yield Remark(
            row, column, "rolled-up-unknown", "warning", message, None, Text("Fill the columns for all of them.")
        )
    for field, code, in_part in _TOLD_IN_PART:
        values = block.fields.get(field, [])
        unknown = [name for each, name in zip(holding.rows, names, strict=True) if values and values[each] is None]
        own = _key(keys.names[holding.rows[0]]) == _key(holding.name) and values and values[holding.rows[0]] is not None
        if unknown and len(unknown) < len(names) and not (own and field == "procurement_budget"):
            message = Text(in_part.message, parent=about["parent"], unknown=unknown[:_MANY])
            yield Remark(row, block.column(field), code, "warning", message, None, _IN_PART[field])
