"""What a cell of a plan says, in words."""

from __future__ import annotations

from datetime import date

from kam_xl.locale import Text, shown
from kam_xl.plan.account.formulas import Computed
from kam_xl.plan.account.plan_fields import PLAN_FIELDS
from kam_xl.plan.fields import Number


def field_words(name: str, value: object, lang: str) -> str:
    """A field of a plan in words; a column as its filled cells, one below the other.

    >>> field_words("kam_revenue", 1250000.0, "en"), field_words("kam_action_what", ["Visit", None, "Offer"], "en")
    ('1,250,000', 'Visit\\nOffer')
    """
    number = PLAN_FIELDS[name].number
    return "\n".join(filter(None, (in_words(cell_value(cell), number, lang) for cell in as_list(value))))


_SHAPES = {
    Number.MONEY: "money",
    Number.SHARE: "share",
    Number.COUNT: "count",
    Number.DATE: "date",
    Number.INDEX: "number",
}


def in_words(value: object, number: Number, lang: str) -> str:
    """A cell as people of the language read it; unknown is blank.

    >>> in_words(0.5, Number.SHARE, "en"), in_words(2028.0, Number.YEAR, "en"), in_words(None, Number.MONEY, "ru")
    ('50%', '2028', '')
    """
    value = cell_value(value)
    if value is None or value == "":
        return ""
    if isinstance(value, Text):
        return value.render(lang)
    if isinstance(value, date):
        return shown(value, "date", lang)
    if isinstance(value, (int, float)) and number in _SHAPES:
        return shown(value, _SHAPES[number], lang)
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def cell_value(cell: object) -> object:
    """The value that a cell shows; a blank text is none.

    >>> cell_value(""), cell_value(2.0)
    (None, 2.0)
    """
    value = cell.value if isinstance(cell, Computed) else cell
    return None if value == "" else value


def as_list(value: object) -> list[object]:
    """The cells of a field: those of a column, or its one.

    >>> as_list([1, 2]), as_list("Visit")
    ([1, 2], ['Visit'])
    """
    return list(value) if isinstance(value, (list, tuple)) else [value]


def amount_of(value: object) -> float | None:
    """The number in a cell; None for anything else.

    >>> amount_of(2), amount_of("two"), amount_of(True)
    (2.0, None, None)
    """
    value = cell_value(value)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
