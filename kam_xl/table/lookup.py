"""Finding one of several keys, such as a client by its name: the exact spelling first, then letter case apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property


class Lookup:
    """Positions by key. An exact spelling wins; letter case and spaces do not count where they leave only one.

    >>> places = Lookup(["Nord", "Resources And Housing", "Resources and Housing"])
    >>> places.find("NORD"), places.find("Resources and Housing"), places.find("RESOURCES AND HOUSING")
    (0, 2, None)
    >>> places.candidates("RESOURCES AND HOUSING")
    [1, 2]
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys

    @cached_property
    def _exact(self) -> dict[str, list[int]]:
        return _places(self._keys)

    @cached_property
    def _folded(self) -> dict[str, list[int]]:
        return _places(map(_folded, self._keys))

    def candidates(self, key: str) -> list[int]:
        """The positions that a key may mean."""
        return self._exact.get(key) or self._folded.get(_folded(key), [])

    def find(self, key: str) -> int | None:
        """The only position that a key can mean; None where there is none, or several."""
        places = self.candidates(key)
        return places[0] if len(places) == 1 else None


def _places(keys: Iterable[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for position, key in enumerate(keys):
        places.setdefault(key, []).append(position)
    return places


def _folded(key: str) -> str:
    return " ".join(key.casefold().split())
