"""Whose steps are asked for: a name as somebody typed it, and the people of the plans."""

from __future__ import annotations

from collections.abc import Iterable

from kam_xl.errors import KamError
from kam_xl.locale import Text
from kam_xl.plan.words import some


class NoSuchOwnerError(KamError):
    """No person of the plans is meant by a name, or several are."""

    exit_code = 5

    def __init__(self, wanted: str, similar: Iterable[str], known: Iterable[str]) -> None:
        several, names = [*similar], [*known]
        super().__init__(
            Text("several people of the plans can be meant") if several else Text("nobody in the plans has this name"),
            where="--owner",
            got=wanted,
            remedy=Text("Name one of: {names}.", names=some(several or names)) if several or names else None,
        )


def owners_named(wanted: str, owners: Iterable[str]) -> set[str]:
    """The spellings of the one person that a name or a part of it means, in any case.

    Raises
    ------
    NoSuchOwnerError
        Where it means nobody, or several people; their names are given.

    Examples
    --------
    >>> owners_named("orlova", ["Anna Orlova", "Ben Ross"])
    {'Anna Orlova'}
    >>> owners_named("ann", ["Anna Orlova", "Ann Lee"])
    Traceback (most recent call last):
    kam_xl.plan.week.owners.NoSuchOwnerError: --owner: several people of the plans can be meant, got ann. Name one of:
    Ann Lee, Anna Orlova.
    """
    people: dict[str, set[str]] = {}
    for owner in filter(None, owners):
        people.setdefault(_plain(owner), set()).add(owner)
    key = _plain(wanted)
    similar = [key] if key in people else sorted(name for name in people if key in name)
    if len(similar) != 1:
        known = [*map(min, map(people.__getitem__, similar))], sorted(map(min, people.values()))
        raise NoSuchOwnerError(wanted, *known)
    return people[similar[0]]


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())
