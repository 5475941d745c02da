"""What a cell holds, and how the file writes it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Final, NamedTuple

from kam_xl.engines.file.errors import EditError
from kam_xl.engines.file.parts.cells import strings
from kam_xl.engines.numbers import check_number, number_text
from kam_xl.engines.values import CellError, Formula
from kam_xl.excel.error_values import ERRORS
from kam_xl.locale import Text
from kam_xl.ooxml import xml

FORMULA_LIMIT = 8_192
_SURE = strings.LIMIT // 2  # so many characters fit into a cell, whatever they are
_STARTS_A_FORMULA = ("=", "+", "-", "@")
# Of a text without blanks around it: no two repetitions that meet may match the same letters, or long texts take ages.
_LIKE_A_NUMBER = re.compile(r"\(?[$€£₽]?\s*\d[\d\s.,:/'-]*[%)$€£₽]?")

KEEP: Final = object()  # the content of an edit that changes the format only


class Edit(NamedTuple):
    """What a cell will be: its content as `inner` takes it, or `KEEP`, and the number of its format."""

    content: object
    style: int


def normal(content: object) -> object:
    """A value as cells hold it: None, bool, int, float, str, `CellError`, `Formula`, a date, a time, a duration.

    Numbers and dates of numpy and pandas become Python's own, not-a-number and not-a-time nothing.

    Raises
    ------
    EditError
        If no cell can hold it.
    """
    kind = type(content)  # the plain kinds first: there are many of them
    if (kind is str and len(content) <= _SURE) or (kind is float and content - content == 0):  # type: ignore
        return content
    if content is None or kind is bool:
        return content
    if kind is Formula:
        return _checked(content)  # type: ignore[arg-type]
    if isinstance(content, str):
        strings.check_length(content)
        return content
    if isinstance(content, (int, float)):
        if content != content:
            return None
        check_number(content)
        return content
    if isinstance(content, (dt.date, dt.time, dt.timedelta)):
        return content if content == content else None  # pandas' NaT is a datetime that equals nothing
    if isinstance(content, Decimal):
        return normal(float(content))
    if callable(getattr(content, "item", None)):
        return normal(content.item())  # type: ignore[attr-defined]
    raise _cannot_hold(content)


def _checked(formula: Formula) -> Formula:
    """The formula, if it is not too long for a cell, with a value that a cell can hold."""
    if len(formula.text) > FORMULA_LIMIT:
        limit = Text("a formula holds at most {limit:count} characters", limit=FORMULA_LIMIT)
        raise EditError(limit, got=len(formula.text))
    value = normal(formula.value)
    return formula if value is formula.value else Formula(formula.text, value)


def needs_prefix(text: str) -> bool:
    """Whether Excel would make something else of a text when somebody edits its cell: a formula, a number, a date.

    >>> [needs_prefix(text) for text in ("=1+1", "007", "31.12.2024", "12 %", "C0017", "2 rooms")]
    [True, True, True, True, False, False]
    """
    if text[:1].isalpha():
        return False
    return text.startswith(_STARTS_A_FORMULA) or _LIKE_A_NUMBER.fullmatch(text.strip()) is not None


def simple_markups(texts: list[str]) -> list[str] | None:
    """The XML of texts that a cell of any format holds without more, as most do; None where one of them needs more.

    >>> simple_markups(["Nordwerk", "A & B"]), simple_markups(["Nordwerk", "007"])
    (['Nordwerk', 'A &amp; B'], None)
    """
    if max(map(len, texts)) > _SURE or any(map(needs_prefix, texts)):
        return None
    return strings.simple_markups(texts)


def inner(content: object, prefix: str) -> tuple[str, str]:
    """The type of a cell (its attribute ``t``, "" for none) and the XML within it.

    `content` is None, bool, int, float, str, `CellError` or `Formula`.

    >>> inner("A < B", ""), inner(Formula("=A1&B1", "xy"), "x:")
    (('inlineStr', '<is><t>A &lt; B</t></is>'), ('str', '<x:f>A1&amp;B1</x:f><x:v>xy</x:v>'))
    """
    if content is None:
        return "", ""
    if isinstance(content, Formula):
        return _formula(content, prefix)
    if isinstance(content, str) and not isinstance(content, CellError):
        strings.check_length(content)
        return "inlineStr", f"<{prefix}is>{strings.element(content, prefix + 't')}</{prefix}is>"
    kind, text = _value(content)
    return kind, f"<{prefix}v>{text}</{prefix}v>"


def _formula(formula: Formula, p: str) -> tuple[str, str]:
    text = formula.text.removeprefix("=")
    element = f"<{p}f>{xml.escape(text)}</{p}f>"
    kind, value = result(formula.value, p)
    return kind, element + value


def result(value: object, prefix: str) -> tuple[str, str]:
    """The type of a cell with a formula, and the element of the formula's value; nothing where it is not known.

    >>> result(2.5, ""), result("#N/A", ""), result(None, "")
    (('', '<v>2.5</v>'), ('e', '<v>#N/A</v>'), ('', ''))
    """
    if value is None:
        return "", ""
    kind, text = _value(value)
    return kind, f"<{prefix}v>{text}</{prefix}v>"


def _value(value: object) -> tuple[str, str]:
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, (int, float)):
        return "", number_text(value)
    if isinstance(value, str):
        if isinstance(value, CellError) or value in ERRORS:
            return "e", xml.escape(value)
        strings.check_length(value)
        return "str", strings.encode(value)
    raise _cannot_hold(value)


def _cannot_hold(value: object) -> EditError:
    return EditError(
        Text("a cell cannot hold this"),
        got=type(value).__name__,
        remedy=Text("Give a number, a text, a date, true or false, or nothing."),
    )
