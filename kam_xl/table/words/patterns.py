"""Words of the vocabulary as a part of a regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    r"""Alternatives for some words, the longest first; spaces may be of any length, and "е" may be written "ё".

    >>> any_of(["в т.ч.", "учет", "в т.ч. ндс"])
    'в\\s+т\\.ч\\.\\s+ндс|в\\s+т\\.ч\\.|уч[её]т'
    """
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("е", "[её]") for word in longest_first)
