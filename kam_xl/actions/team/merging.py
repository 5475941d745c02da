"""Three versions of what people typed, merged: as it was handed out, as it came back, and as it stands here by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kam_xl.actions.book.record import same
from kam_xl.engines.values import Formula

K = TypeVar("K")


@dataclass(frozen=True)
class Merge(Generic[K]):
    """What merging found.

    Attributes
    ----------
    changes : mapping
        Key to the content that is to stand here from now on; None empties a cell.
    conflicts : mapping
        Key to (theirs, ours), where both sides changed a cell, and not to the same.
    """

    changes: dict[K, object] = field(default_factory=dict)
    conflicts: dict[K, tuple[object, object]] = field(default_factory=dict)


def merge(base: Mapping[K, object], theirs: Mapping[K, object], ours: Mapping[K, object]) -> Merge[K]:
    """Bring what changed on one side only to ours; name what changed on both.

    Parameters
    ----------
    base : mapping
        Key to content as both sides began; a key that is missing stands for a blank cell.
    theirs, ours : mapping
        The same cells as they are now.

    Examples
    --------
    >>> merge({"goal": "grow"}, {"goal": "win", "risk": "strike"}, {"goal": "grow"}).changes
    {'goal': 'win', 'risk': 'strike'}
    >>> merge({"goal": "grow"}, {"goal": "win"}, {"goal": "hold"}).conflicts
    {'goal': ('win', 'hold')}
    >>> merge({"goal": "grow"}, {}, {"goal": "grow"}).changes
    {'goal': None}
    """
    merged = Merge[K]()
    for key in {**base, **theirs}:
        was, their, our = base.get(key), theirs.get(key), ours.get(key)
        if alike(their, was) or alike(their, our):
            continue
        if alike(our, was):
            merged.changes[key] = their
        else:
            merged.conflicts[key] = their, our
    return merged


def alike(one: object, other: object) -> bool:
    """Whether two contents of cells are the same to people; formulas by their text, not by today's result.

    >>> alike(Formula("=A1", 1), Formula("=A1", 2)), alike(Formula("=A1", 1), 1), alike(None, "")
    (True, False, True)
    """
    return same(form(one), form(other))


def form(content: object) -> object:
    """A cell's content as one value that can be kept in a cell: formulas and texts that look like one told apart.

    >>> form(Formula("=A1", 1)), form("=A1"), form("'s"), form(2)
    ('=A1', "'=A1", "''s", 2)
    """
    if isinstance(content, Formula):
        return "=" + content.text.removeprefix("=")
    return f"'{content}" if isinstance(content, str) and content[:1] in ("=", "'") else content


def content_of(kept: object) -> object:
    """The content that was kept as `form` gives it.

    >>> content_of("=A1"), content_of("'=A1"), content_of("plain")
    (Formula(text='=A1', value=None), '=A1', 'plain')
    """
    if not isinstance(kept, str):
        return kept
    return Formula(kept) if kept.startswith("=") else kept.removeprefix("'")
