"""What to do with a client, by position and potential (section 4)."""

from __future__ import annotations

from kam_xl.domain.model import Position, Potential, Strategy

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


def strategy(position: Position | None, potential: Potential | None) -> Strategy | None:
    """The standard strategy for a client; None where either rating is missing.

    >>> strategy(Position.WEAK, Potential.HIGH)
    <Strategy.ATTACK_OR_ALLY: 'attack or ally'>
    >>> strategy(Position.WEAK, None)
    """
    if position is None or potential is None:
        return None
    return _STRATEGIES[position, potential]
