"""The last arguments of many functions: settings as a range of two columns, and the language of the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache, lru_cache

from kam_xl.domain.measures import is_valid_amount
from kam_xl.domain.ratings import PotentialBounds
from kam_xl.domain.settings import DEFAULTS, Settings
from kam_xl.functions.arguments import WRONG, ArgumentError, Cell, Cells, amounts, is_range, plain, rows, single, word
from kam_xl.locale import LANGUAGES, Text, code_of, system_language

SETTINGS = Text("Names and values of settings: a range of two columns; if omitted, the defaults.")
LANGUAGE = Text("{codes}; if omitted, as in the settings, else the system's language.", codes=LANGUAGES)

_NAME = re.compile(r"[a-z]+(_[a-z0-9]+)*")
_KNOWN = frozenset(field.name for field in fields(Settings))
_LANGUAGE = "language"


def settings_of(argument: Cells, **given: Cell) -> Settings:
    """The settings in a range; those passed as arguments of their own override it.

    Titles among the names are passed over, a blank value leaves the default. The range may also set the `language`.

    Raises
    ------
    ArgumentError
        For a name that is not a setting.
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
        raise ArgumentError(WRONG)
    written = dict(values)
    if str in types:
        from kam_xl.table.setting_amounts import with_amounts  # costs an import only where somebody wrote a text

        written = with_amounts(written)
    return Settings.from_mapping(written)


def _pairs(argument: Cells) -> Iterator[tuple[str, Cell]]:
    block = rows(argument)
    if len(block[0]) < 2:
        if argument is None or word(block[0][0]) is None:
            return
        raise ArgumentError(WRONG)
    for name, value, *_ in block:
        if isinstance(name, str) and _NAME.fullmatch(name.strip()):
            yield name.strip(), plain(value)


def potential_bounds(budgets: Cells, rules: Settings, total_revenue: float | None = None) -> PotentialBounds:
    """The bounds of potential: set amounts, else the percentiles of `budgets` where it is a column.

    One cell alone is not a column, but an error in it comes through.

    >>> potential_bounds([10, 20, None], DEFAULTS).high
    20.0
    """
    known = amounts(budgets)
    column = (each for each in known if each is not None and is_valid_amount(each)) if is_range(budgets) else ()
    return PotentialBounds.of(column, rules, total_revenue)


def spoken(language: Cells, settings: Cells = None) -> str:
    """The language of the answer: the one asked for, that of the settings, or the system's.

    >>> spoken("ru"), spoken(None, [["language", "ru"]])
    ('ru', 'ru')
    """
    wanted = None if language is None else word(single(language))
    if wanted is None and settings is not None:
        wanted = next((value for name, value in _pairs(settings) if name == _LANGUAGE), None)
    if wanted is None:
        return default_language()
    lang = code_of(str(wanted))
    if not lang:
        raise ArgumentError(WRONG)
    return lang


default_language = cache(system_language)
"""The language of the system, asked once."""
