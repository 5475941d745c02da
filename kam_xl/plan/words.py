"""Values of fields put into words of one language."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.locale import Text


def said(value: object, lang: str) -> object:
    """A value, or a column of values, with its texts in one language; an empty text is a blank cell (None).

    >>> said([Text("Plan"), 12.5, None], "en")
    ['Plan', 12.5, None]
    """
    if isinstance(value, list):
        return [said(each, lang) for each in value]
    if isinstance(value, Text):
        value = value.render(lang)
    return None if value == "" else value


def filled(values: Sequence[object], rows: int) -> list[object]:
    """A column of exactly so many rows, the missing ones blank."""
    return [*values, *[None] * rows][:rows]
