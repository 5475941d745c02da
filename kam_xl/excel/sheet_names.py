"""Sheet names that Excel takes, from the names of clients.

Excel's rules: 1 to 31 UTF-16 code units, none of ``[ ] : * ? / \\``, no apostrophe at either end, unique in the book
without regard to case, and not the name that Excel keeps for its log of changes ("History", in Russian "Журнал").
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from kam_xl.locale.languages import RECORDS

LIMIT = 31  # UTF-16 code units
RESERVED = tuple(each.log_sheet for each in RECORDS)
_REPLACED = str.maketrans({"[": "(", "]": ")", "/": "-", "\\": "-", ":": "-", "*": " ", "?": " "})
_JOINER = "\N{ZERO WIDTH JOINER}"
_WORD_LOSS = 8  # characters given up at most to end with a whole word


def unique_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Sheet names for clients, none equal to another or to one already taken.

    Parameters
    ----------
    wanted : iterable of str
        The clients' names, as people write them; one that has nothing to show is "Client".
    taken : iterable of str
        The names of the sheets that the book has.

    Returns
    -------
    list of str
        One name for each wanted one, in the same order; a repeated one ends with " (2)", " (3)" ...

    Examples
    --------
    >>> unique_names(["Nordwerk", "NORDWERK", "A/B: Test?", "History"], taken=["Clients"])
    ['Nordwerk', 'NORDWERK (2)', 'A-B- Test', 'History (2)']
    >>> unique_names(["Северо-Западная транспортная компания"])
    ['Северо-Западная транспортная']
    """
    used = {_key(name) for name in (*taken, *RESERVED)}
    last: dict[str, int] = {}  # so that a thousand namesakes do not each count from 2
    names = []
    for name in wanted:
        clean = _clean(name) or "Client"
        unique, number = shortened(clean, LIMIT), last.get(_key(clean), 1)
        while _key(unique) in used:
            number += 1
            suffix = f" ({number})"
            unique = shortened(clean, LIMIT - len(suffix)) + suffix
        last[_key(clean)] = number
        used.add(_key(unique))
        names.append(unique)
    return names


def unique_sheet_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """One sheet name; for many clients `unique_names` does not look through the taken ones each time.

    >>> unique_sheet_name("Portfolio", taken=["PORTFOLIO"])
    'Portfolio (2)'
    """
    return unique_names([wanted], taken)[0]


def is_name_for(sheet: str, client: str) -> bool:
    """Whether a sheet has a name that `unique_names` gives the sheet of a client.

    >>> is_name_for("A-B- Test (2)", "A/B: Test?"), is_name_for("Test of mine", "Test")
    (True, False)
    """
    suffix = re.search(r" \(\d+\)$", sheet)
    whole, clean = unique_sheet_name(client), _clean(client)
    numbered = shortened(clean, LIMIT - len(suffix[0])) + suffix[0] if suffix and clean else whole
    return sheet in (whole, numbered)


def _key(name: str) -> str:
    """Equal for names that Excel may take as the same: it looks at neither case nor, in some languages, width."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _clean(name: str) -> str:
    """Without what Excel, XML or the eye does not take; empty where nothing visible is left."""
    clean = " ".join("".join(map(_shown, name.translate(_REPLACED))).split()).strip(" '")
    return clean if any(unicodedata.category(char)[0] in "LNPS" for char in clean) else ""


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    if category == "Cs" or char in "\ufffe\uffff" or (category == "Cf" and char != _JOINER):
        return ""
    return char


def length(name: str) -> int:
    """The length of a name as Excel counts it, in UTF-16 code units.

    >>> length("Plan"), length("Plan 🚀")
    (4, 7)
    """
    return sum(1 + (ord(char) > 0xFFFF) for char in name)


def cut(name: str, limit: int = LIMIT) -> str:
    """The beginning of a name that takes at most so many code units, as Excel itself cuts names of copies and files.

    >>> cut("Plan 🚀", 6), cut("Plan", 6)
    ('Plan ', 'Plan')
    """
    units = list(accumulate(1 + (ord(char) > 0xFFFF) for char in name))
    return name[: bisect_right(units, limit)]


def shortened(name: str, limit: int = LIMIT) -> str:
    """At most `limit` UTF-16 code units, ending with a whole character, and a whole word where that costs little."""
    units = list(accumulate(1 + (ord(char) > 0xFFFF) for char in name))
    if units[-1] <= limit:
        return name
    end = whole = bisect_right(units, limit)
    while whole and _continues(name, whole):
        whole -= 1
    end = whole or end
    space = name.rfind(" ", end - _WORD_LOSS, end + 1)
    return name[: space if space > 0 else end].rstrip(" '")


def _continues(text: str, at: int) -> bool:
    """Whether the character at this place belongs to the one before it: an accent, a joined emoji."""
    return unicodedata.category(text[at])[0] == "M" or _JOINER in text[at - 1 : at + 1]
