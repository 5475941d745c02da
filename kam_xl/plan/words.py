"""Values of fields put into words of one language."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.locale import Text


def in_language(value: object, lang: str) -> object:
    """A value, or a column of values, with its texts in one language; an empty text is a blank cell (None).

    >>> in_language([Text("Plan"), 12.5, None], "en")
    ['Plan', 12.5, None]
    """
    if isinstance(value, list):
        return [None if each is None else in_language(each, lang) for each in value]
    if isinstance(value, Text):
        value = value.render(lang)
    return None if value == "" else value


def both(first: Text | None, then: Text | None) -> Text | None:
    """Two sentences, one of them, or none.

    >>> both(Text("One."), Text("Two.")), both(None, Text("Two."))
    (Text('One. Two.'), Text('Two.'))
    """
    return Text("{first} {then}", first=first, then=then) if first and then else first or then


def filled(values: Sequence[object], rows: int) -> list[object]:
    """A column of exactly so many rows, the missing ones blank."""
    return [*values, *[None] * rows][:rows]


def is_written(value: object) -> bool:
    """Whether a cell, or one of a column's, holds anything.

    >>> is_written([None, " "]), is_written(0)
    (False, True)
    """
    cells = value if isinstance(value, (list, tuple)) else (value,)
    return any(cell is not None and str(cell).strip() for cell in cells)


def capitalised(text: str) -> str:
    """A text with a capital first letter, the others as they are.

    >>> capitalised("future revenue; access to a vertical")
    'Future revenue; access to a vertical'
    """
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A text with its full stop, also where a user left it out.

    >>> sentence("they know us"), sentence("It is below 20%.")
    ('they know us.', 'It is below 20%.')
    """
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def shortened(name: str, length: int = 30) -> str:
    """A name that fits into a narrow place, cut in the middle: names that begin alike differ in their last words.

    >>> shortened("Nordwerk"), shortened("International Petrochemical Company South")
    ('Nordwerk', 'International P… Company South')
    >>> shortened('ГБУЗ "Городская больница № 125" г. Тула')
    'ГБУЗ "Городска… № 125" г. Тула'
    """
    if len(name) <= length:
        return name
    ends = (name[at:] for at in range(len(name) - length * 2 // 3, len(name)) if name[at] == " ")
    end = next(ends, "")
    return name[: length - 1 - len(end)].rstrip(" ,;:./(-") + "…" + end


def beginning(text: str, length: int) -> str:
    """As many whole words of a text as fit into a narrow place; numbers are never cut.

    >>> beginning("the budget stayed", 20), beginning("the budget stayed at 18\N{NO-BREAK SPACE}600", 24)
    ('the budget stayed', 'the budget stayed at …')
    """
    if len(text) <= length:
        return text
    return text[: max(text.rfind(" ", 0, length - 1), 0)].rstrip(" ,;:") + " …"


def some(names: Sequence[str], many: int = 8) -> list[str]:
    """The first of many names, with a sign that there are more.

    >>> some(["a", "b", "c"], many=2)
    ['a', 'b', '…']
    """
    return [*names[:many], *(["…"] if len(names) > many else [])]
