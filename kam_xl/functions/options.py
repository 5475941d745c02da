"""The last arguments of many functions: settings as a range of two columns, and the language of the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache, lru_cache

from kam_xl.domain.measures import is_valid_amount
from kam_xl.domain.ratings import PotentialBounds
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.functions.cells import WRONG, Cell, CellError, Cells, amounts, is_range, plain, rows, single
from kam_xl.locale import LANGUAGES, Text, system_language

SETTINGS = Text("Names and values of settings: a range of two columns; left out: the defaults.")
LANGUAGE = Text("en or ru; left out: as in the settings, else the language of the system.")

_NAME = re.compile(r"[a-z]+(_[a-z0-9]+)*")
_KNOWN = frozenset(field.name for field in fields(Settings))
_LANGUAGE = "language"
_SPOKEN = {
    **{lang: lang for lang in LANGUAGES},
    **dict.fromkeys(("english", "английский"), "en"),
    **dict.fromkeys(("russian", "русский"), "ru"),
}


def settings_of(argument: Cells, **given: Cell) -> Settings:
    """The settings of a range, those given by arguments of their own before them.

    Titles among the names are passed over, a blank value leaves the default. The range may also set the `language`.

    Raises
    ------
    CellError
        For a name that is no setting's.
    SettingsError
        For values out of range or bounds in the wrong order.

    Examples
    --------
    >>> settings_of([["Setting", "Value"], ["key_revenue_share", 0.2], ["abc_a", None]]).key_revenue_share
    0.2
    """
    if argument is None and not given:
        return DEFAULTS
    values = {name: value for name, value in _pairs(argument) if name != _LANGUAGE}
    values |= {name: value for name, value in given.items() if value is not None}
    return _settings(tuple(values.items()), tuple(map(type, values.values())))


@lru_cache(64)
def _settings(values: tuple[tuple[str, Cell], ...], types: tuple[type, ...]) -> Settings:
    """`types` keep TRUE and 1 apart, which are one key."""
    if any(name not in _KNOWN for name, _ in values):
        raise CellError(WRONG)
    return Settings.from_mapping(dict(values))


def _pairs(argument: Cells) -> Iterator[tuple[str, Cell]]:
    block = rows(argument)
    if len(block[0]) < 2:
        if argument is None or plain(block[0][0]) is None:
            return
        raise CellError(WRONG)
    for name, value, *_ in block:
        if isinstance(name, str) and _NAME.fullmatch(name.strip()):
            yield name.strip(), plain(value)


def potential_bounds(budgets: Cells, rules: Settings) -> PotentialBounds:
    """The bounds of potential: set amounts, else the percentiles of `budgets` where it is a column.

    >>> potential_bounds([10, 20, None], DEFAULTS).high
    20.0
    """
    known = amounts(budgets) if is_range(budgets) else []
    return PotentialBounds.of([each for each in known if each is not None and is_valid_amount(each)], rules)


def spoken(language: Cells, settings: Cells = None) -> str:
    """The language of the answer: the one asked for, that of the settings, or the system's.

    >>> spoken("ru"), spoken(None, [["language", "ru"]])
    ('ru', 'ru')
    """
    wanted = None if language is None else single(language)
    if wanted is None and settings is not None:
        wanted = next((value for name, value in _pairs(settings) if name == _LANGUAGE), None)
    if wanted is None:
        return default_language()
    lang = _SPOKEN.get(str(wanted).strip().casefold())
    if lang is None:
        raise CellError(WRONG)
    return lang


default_language = cache(system_language)
"""The language of the system, asked once."""
