"""Whose steps are asked for: a name as somebody typed it, and the people of the plans."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from kam_xl.errors import KamError
from kam_xl.locale import Quoted, Text
from kam_xl.plan.words import some

# What parts several people in one cell.
_BETWEEN_PEOPLE = re.compile(r"\s*[,;/&+\n]\s*")


class NoSuchOwnerError(KamError):
    """No person of the plans is meant by a name, or several are."""

    exit_code = 5

    def __init__(self, wanted: str, similar: Iterable[str], known: Iterable[str]) -> None:
        several, names = [*map(Quoted, similar)], [*map(Quoted, known)]
        super().__init__(
            Text("several people of the plans can be meant") if several else Text("nobody in the plans has this name"),
            where="--owner",
            got=wanted,
            remedy=Text("Name one of: {names}.", names=some(several or names)) if several or names else None,
        )


class Person(NamedTuple):
    """A person of the plans: the name, and what stands in the cells that have it, alone or beside others."""

    name: str
    cells: set[str]


def person_named(wanted: str, owners: Iterable[str]) -> Person:
    """The one person that a name or a part of it means, in any case.

    Where somebody wrote a part of a name only ("Orlova"), and just one person has all of it and more, both are meant.

    Raises
    ------
    NoSuchOwnerError
        Where it means nobody, or several people; their names are given.

    Examples
    --------
    >>> found = person_named("orlova", ["Anna Orlova", "Ben Ross", "Ben Ross, Anna Orlova"])
    >>> found.name, sorted(found.cells)
    ('Anna Orlova', ['Anna Orlova', 'Ben Ross, Anna Orlova'])
    >>> person_named("orlova", ["Orlova", "Anna Orlova"]).name
    'Anna Orlova, Orlova'
    >>> person_named("ann", ["Anna Orlova", "Ann Lee"])
    Traceback (most recent call last):
    kam_xl.plan.week.owners.NoSuchOwnerError: --owner: several people of the plans can be meant, got ann. Name one of:
    "Ann Lee", "Anna Orlova".
    """
    owners = [*owners]
    people, key = _people(owners), _plain(wanted)
    if key not in people and (whole := {owner for owner in owners if _plain(owner) == key}):
        return Person(min(whole), whole)  # "Orlova, Anna"
    similar = [key] if key in people else sorted(name for name in people if key in name)
    if len(similar) != 1:
        known = [_shown(people[name]) for name in similar], sorted(map(_shown, people.values()))
        raise NoSuchOwnerError(wanted, *known)
    others = others_named(wanted, owners) if key in people else []
    meant = [key, _plain(others[0])] if len(others) == 1 else similar
    return Person(
        ", ".join(sorted(_shown(people[name]) for name in meant)), {*chain(*(people[name] for name in meant))}
    )


def others_named(wanted: str, owners: Iterable[str]) -> list[str]:
    """The people whose names have all words of a name and more.

    >>> others_named("Orlova", ["Orlova", "Anna Orlova", "Orlova A.", "Orlovand"])
    ['Anna Orlova', 'Orlova A.']
    """
    words = {*_plain(wanted).split()}
    return sorted(_shown(spelt) for name, spelt in _people(owners).items() if words < {*name.split()})


def _people(owners: Iterable[str]) -> dict[str, dict[str, str]]:
    """Each person: what stands in the cells that name it, with the person's own name in each."""
    people: dict[str, dict[str, str]] = {}
    for owner in owners:
        for name in filter(None, map(str.strip, _BETWEEN_PEOPLE.split(owner))):
            people.setdefault(_plain(name), {})[owner] = name
    return people


def _shown(spelt: dict[str, str]) -> str:
    return min(spelt.values())


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").replace(".", ". ").split())
