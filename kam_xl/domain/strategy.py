"""What to do with a client, by position and potential (section 4)."""

from __future__ import annotations

from collections.abc import Collection

from kam_xl.domain.model import Criterion, Position, Potential, Strategy

_STRATEGIES = {
    (Position.STRONG, Potential.HIGH): Strategy.DEFEND,
    (Position.STRONG, Potential.MEDIUM): Strategy.HOLD,
    (Position.STRONG, Potential.LOW): Strategy.HARVEST,
    (Position.MEDIUM, Potential.HIGH): Strategy.INVEST,
    (Position.MEDIUM, Potential.MEDIUM): Strategy.SELECT,
    (Position.MEDIUM, Potential.LOW): Strategy.MAINTAIN,
    (Position.WEAK, Potential.HIGH): Strategy.ATTACK_OR_ALLY,
    (Position.WEAK, Potential.MEDIUM): Strategy.TEST,
    (Position.WEAK, Potential.LOW): Strategy.INSIDE_SALES,
}


# What a key account must not be told, because its task says otherwise.
_NEVER = {Strategy.INSIDE_SALES: Strategy.MAINTAIN, Strategy.HARVEST: Strategy.HOLD}
_HARVESTED = frozenset({Criterion.REVENUE, Criterion.PROSPECT})


def strategy(
    position: Position | None, potential: Potential | None, criteria: Collection[Criterion] = ()
) -> Strategy | None:
    """The standard strategy for a client; None where either rating is missing.

    A key account is never left to inside sales but maintained, a reference or expertise client never harvested but
    held: its task says otherwise.

    Parameters
    ----------
    position, potential : rating or None
    criteria : collection of Criterion
        The criteria of a key account that the client meets.

    Notes
    -----
    Section 4.

    Examples
    --------

    >>> strategy(Position.WEAK, Potential.HIGH)
    <Strategy.ATTACK_OR_ALLY: 'attack or ally'>
    >>> strategy(Position.WEAK, None)
    >>> strategy(Position.WEAK, Potential.LOW, [Criterion.EXPERTISE]).value
    'maintain'
    """
    if position is None or potential is None:
        return None
    cell = _STRATEGIES[position, potential]
    if cell is Strategy.HARVEST and _HARVESTED.issuperset(criteria):
        return cell
    return _NEVER.get(cell, cell) if criteria else cell
