"""Numbers as cells hold them and as formulas and files write them."""

from __future__ import annotations

import math

from kam_xl.engines.errors import EditError
from kam_xl.locale import Text

_EXACT = 2**53  # up to here every whole number is one to Excel


def number_text(value: float) -> str:
    """A number as the file writes it.

    Raises
    ------
    EditError
        If it is infinite, or a whole number that Excel would change because it has too many digits.

    >>> number_text(3.0), number_text(0.1), number_text(10**15 + 1)
    ('3', '0.1', '1000000000000001')
    """
    if value.__class__ is float and value - value == 0:  # finite, as most are
        return str(int(value)) if value.is_integer() and -1e15 < value < 1e15 else repr(value)
    check_number(value)
    if isinstance(value, int):
        return str(int(value))
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))


def check_number(value: float) -> None:
    """Refuse a number that Excel would change or cannot hold."""
    if isinstance(value, int):
        if not -_EXACT <= value <= _EXACT and not _is_float(value):
            raise EditError(
                Text("the number has more digits than Excel keeps"),
                got=value,
                remedy=Text("Write it as text."),
            )
    elif not math.isfinite(value):
        raise EditError(Text("a cell cannot hold an infinite number"))


def _is_float(value: int) -> bool:
    try:
        return int(float(value)) == value
    except OverflowError:
        return False
