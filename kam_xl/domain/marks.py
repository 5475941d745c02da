"""The user's own marks of reference and expertise: yes and no, or levels from 0 to 3 (section 2)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from kam_xl.domain.errors import MarkError
from kam_xl.domain.settings import DEFAULTS, Settings


class MarkScale(Enum):
    """How a table's whole-number marks are meant."""

    YES_NO = "yes-no"
    LEVELS = "levels"


def mark_scale(marks: Iterable[bool | int | None]) -> MarkScale:
    """The scale of a column of marks: 1 and 0 mean yes and no where no mark is above 1, else all are levels.

    >>> mark_scale([1, 0, None, True]).value, mark_scale([1, 0, 3]).value
    ('yes-no', 'levels')
    """
    return MarkScale.LEVELS if any(mark is not None and mark > 1 for mark in marks) else MarkScale.YES_NO


def meets_mark(mark: bool | int | None, settings: Settings = DEFAULTS, *, scale: MarkScale | None = None) -> bool:
    """Whether a user's mark says yes.

    Parameters
    ----------
    mark : bool, int or None
        Yes or no, or a level from 0 to 3, which counts from `mark_min_level`. True is yes on either scale.
    scale : MarkScale, optional
        The scale of the mark's column (`mark_scale`); without it a lone 1 means yes.

    Raises
    ------
    MarkError
        For anything else.

    Examples
    --------
    >>> meets_mark(1), meets_mark(1, scale=MarkScale.LEVELS), meets_mark(2), meets_mark(None)
    (True, False, True, False)
    """
    if mark is None or isinstance(mark, bool):
        return mark is True
    if mark not in (0, 1, 2, 3):
        raise MarkError(mark)
    scale = scale or mark_scale((mark,))
    return mark >= (settings.mark_min_level if scale is MarkScale.LEVELS else 1)
