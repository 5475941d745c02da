"""Groups in the rows of a report: heads whose amounts are the sums of what follows, at one or several levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum, isclose
from typing import NamedTuple

Amounts = Sequence[float | None]
# Totals are often shown rounded.
ROUNDING = 1e-4


class Node(NamedTuple):
    """A row and the rows below it that it sums up."""

    row: int
    children: tuple[Node, ...]


def adds_up(total: Amounts, parts: Sequence[Amounts], tolerance: float = ROUNDING) -> bool:
    """Whether every known amount of a row is the sum of those in other rows; a row without amounts sums up nothing.

    >>> adds_up((30.0, None), [(10.0, 1.0), (20.0, None)]), adds_up((31.0,), [(10.0,), (20.0,)]), adds_up((None,), [])
    (True, False, False)
    """
    compared = _compared(total, parts)
    return bool(compared) and all(isclose(amount, sum_of_parts, rel_tol=tolerance) for amount, sum_of_parts in compared)


def adds_up_somewhere(total: Amounts, parts: Sequence[Amounts]) -> bool:
    """Whether any known amount of a row is the sum of those in other rows.

    >>> adds_up_somewhere((31.0, 3.0), [(10.0, 1.0), (20.0, 2.0)]), adds_up_somewhere((31.0,), [(10.0,), (20.0,)])
    (True, False)
    """
    return any(isclose(amount, sum_of_parts, rel_tol=ROUNDING) for amount, sum_of_parts in _compared(total, parts))


def _compared(total: Amounts, parts: Sequence[Amounts]) -> list[tuple[float, float]]:
    return [(amount, fsum(part[column] or 0.0 for part in parts)) for column, amount in enumerate(total) if amount]


def forest(rows: Sequence[int], amounts: Sequence[Amounts], depth: int) -> list[Node] | None:
    """The rows as trees of a known depth; None where their amounts do not add up so.

    Parameters
    ----------
    rows : sequence of int
        The rows in question, top to bottom.
    amounts : sequence
        The amounts of all rows of the table.
    depth : int
        1 for a flat list, 2 for heads with their members ...

    Examples
    --------
    >>> trees = forest([0, 1, 2, 3, 4], [(30.0,), (10.0,), (20.0,), (5.0,), (5.0,)], 2)
    >>> [(tree.row, [child.row for child in tree.children]) for tree in trees]
    [(0, [1, 2]), (3, [4])]
    >>> forest([0, 1], [(30.0,), (10.0,)], 2)
    """
    nodes: list[Node] = []
    at = 0
    while at < len(rows):
        taken = _tree(rows, at, amounts, depth)
        if taken is None:
            return None
        node, at = taken
        nodes.append(node)
    return nodes


def views(rows: Sequence[int], amounts: Sequence[Amounts]) -> Iterator[tuple[Sequence[Amounts], bool]]:
    """The amounts in all columns, then each column alone that every row has: figures of the others may have changed.

    >>> list(views([0, 1], [(3.0, 1.0, None), (2.0, 1.0, 5.0)]))[1:]
    [([(3.0,), (2.0,)], True), ([(1.0,), (1.0,)], True)]
    """
    yield amounts, False
    for column in range(len(amounts[0])) if amounts and len(amounts[0]) > 1 else ():
        if all(amounts[row][column] for row in rows):
            yield [(each[column],) for each in amounts], True


def are_many(trees: Sequence[Node]) -> bool:
    """Whether most heads sum up several rows, which is more than an amount that is repeated.

    >>> are_many([Node(0, (Node(1, ()), Node(2, ()))), Node(3, (Node(4, ()),))]), are_many([Node(0, (Node(1, ()),))])
    (True, False)
    """
    several = sum(len(tree.children) > 1 for tree in trees)
    return several > 0 and several * 2 >= len(trees)


def _tree(rows: Sequence[int], at: int, amounts: Sequence[Amounts], depth: int) -> tuple[Node, int] | None:
    head = rows[at]
    if depth == 1:
        return Node(head, ()), at + 1
    children: list[Node] = []
    sums = [0.0] * len(amounts[head])
    at += 1
    while at < len(rows):
        taken = _tree(rows, at, amounts, depth - 1)
        if taken is None:
            return None
        child, at = taken
        children.append(child)
        sums = [known + (amount or 0.0) for known, amount in zip(sums, amounts[child.row], strict=True)]
        if adds_up(amounts[head], [sums]):
            return Node(head, tuple(children)), at
        if _beyond(amounts[head], sums):
            return None
    return None


def _beyond(head: Amounts, sums: Amounts) -> bool:
    """Whether positive sums have passed their head already, so that nothing that follows can help."""
    return any(
        amount and sum_of_parts and sum_of_parts > amount * (1 + ROUNDING) > 0
        for amount, sum_of_parts in zip(head, sums, strict=True)
    )


def at_level(trees: Sequence[Node], level: int) -> list[tuple[Node, tuple[int, ...]]]:
    """The nodes of one level (from 0), each with the rows of the heads above it."""
    nodes: list[tuple[Node, tuple[int, ...]]] = [(tree, ()) for tree in trees] if level == 0 else []
    for tree in trees if level else ():
        nodes += [(node, (tree.row, *above)) for node, above in at_level(tree.children, level - 1)]
    return nodes


def all_rows(trees: Sequence[Node]) -> list[int]:
    """The rows of the trees, top to bottom."""
    return [row for tree in trees for row in (tree.row, *all_rows(tree.children))]
