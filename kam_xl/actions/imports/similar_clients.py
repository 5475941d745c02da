"""New clients that may be existing ones: spelt differently, or under an id that lost its leading zeros."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kam_xl.locale import Text
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.similar_names import name_key


def spelt_alike(added: Sequence[tuple[str, str]], ids: Sequence[str], names: Sequence[str]) -> Iterator[Text]:
    """New clients, as ids and names, beside the existing ones that their names may be spellings of.

    >>> [pair.render() for pair in spelt_alike([("", "Nord Ltd"), ("", "South")], ["C1"], ["NORD"])]
    ['"Nord Ltd" – "NORD" (C1)']
    """
    known: dict[str, int] = {}
    for at, name in enumerate(names if added else ()):
        known.setdefault(name_key(name), at)
    for _, name in added:
        place = known.get(name_key(name)) if name_key(name) else None
        if place is not None and names[place].casefold() != name.casefold():
            spelt = {"new": quoted(name), "known": quoted(names[place])}
            if ids[place] in ("", names[place]):
                yield Text("{new} – {known}", **spelt)
            else:
                yield Text("{new} – {known} ({id})", **spelt, id=ids[place])


def without_zeros(added: Sequence[tuple[str, str]], ids: Sequence[str]) -> list[str]:
    """New ids that are existing ones but for leading zeros, which spreadsheet programs take off numbers.

    >>> without_zeros([("277012345", "Nord"), ("C1", "South")], ["0277012345", "C01"])
    ['277012345 – 0277012345']
    """
    known = {each.lstrip("0"): each for each in ids if each.isdecimal()} if added else {}
    pairs = ((key, known.get(key.lstrip("0"))) for key, _ in added if key.isdecimal())
    return [f"{key} – {other}" for key, other in pairs if other and other != key]
