"""The ways of Ctrl and the arrow keys, as xlwings names them."""

from __future__ import annotations

from kam_xl.engines.errors import EditError
from kam_xl.locale import Text

_STEPS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}


def step(direction: str) -> tuple[int, int]:
    """How many rows down and columns right the next cell in a direction is.

    >>> step("left")
    (0, -1)
    """
    if direction not in _STEPS:
        raise EditError(Text("the direction must be up, down, left or right"), got=direction)
    return _STEPS[direction]
