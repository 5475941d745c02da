"""The value of one setting: its bounds, how it is read from what people write, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field, fields
from math import inf, isfinite
from typing import Any

from kam_xl.domain.model import PathShape
from kam_xl.locale import LANGUAGES, Quoted, Text

# Five hundred, or five hundred thousand? ("0,500" is clear.)
_UNCLEAR = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")
# The same of an amount with its unit: "1,500 mln", "1.500 mln".
_UNCLEAR_AMOUNT = re.compile(r"[-+]?[1-9]\d{0,2}[,.]\d{3}(?:\s*[^\W\d]+\.?)?")


def setting(
    default: object,
    title: Text,
    meaning: Text,
    low: float = 0,
    high: float = inf,
    *,
    whole: bool = False,
    one_of: tuple[str, ...] = (),
) -> Any:
    """A field of `Settings` with its title, its meaning and its range."""
    limits = {"low": low, "high": high, "whole": whole or isinstance(default, int), "one_of": one_of}
    return field(default=default, metadata={"title": title, "help": meaning, **limits})


def read_value(value: object, default: object, whole: bool) -> object:
    """The value in the setting's own type, or as it was where it cannot be read: `out_of_range` tells.

    Amounts with a unit, such as "5 mln", are read before (`kam_xl.table.setting_amounts`).

    >>> read_value("15%", 0.1, False), read_value("5.0", 4, True), read_value("500,000", 1.0, False)
    (0.15, 5, '500,000')
    """
    if isinstance(default, PathShape):
        return path_shape(value) or value
    if isinstance(default, str):
        return str(value)
    if isinstance(value, str) and not (is_amount(default, whole) and value.rstrip().endswith("%")):
        value = _number(value)
    if whole and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def is_amount(default: object, whole: bool) -> bool:
    """Whether a setting is an amount of money: of all settings only amounts are off by default, and the year."""
    return default is None and not whole


def _number(text: str) -> float | str:
    digits = "".join(text.split())
    if _UNCLEAR.fullmatch(digits):
        return digits
    digits = digits.replace(",", ".")
    try:
        return float(digits[:-1]) / 100 if digits.endswith("%") else float(digits)
    except ValueError:
        return text


def path_shape(word: object) -> PathShape | None:
    """The path that a code or a label names, in either language; None where it names none.

    >>> path_shape("S-образный"), path_shape("round")
    (<PathShape.S_SHAPED: 's-shaped'>, None)
    """
    names = {each.label.render(lang).casefold(): each for lang in LANGUAGES for each in PathShape}
    names |= {each.value: each for each in PathShape}
    return names.get(str(word).strip().casefold())


def out_of_range(settings: Any) -> Iterator[Text]:
    """What is wrong with each setting for itself."""
    for each in fields(settings):
        value, default = getattr(settings, each.name), each.default
        if isinstance(default, str):
            words = each.metadata["one_of"]
            if not isinstance(value, type(default)) or (words and value not in words):
                yield _not_one_of(each.name, value, default, words)
        elif not (value is None and default is None) and not _is_within(value, **each.metadata):
            yield _not_within(each.name, value, default, **each.metadata)


def _is_within(value: Any, low: float, high: float, whole: bool, **_: object) -> bool:
    numeric = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
    return numeric and low <= value <= high and isfinite(value)


def _as_given(value: object) -> str:
    return Quoted(value) if isinstance(value, str) else repr(value)


def _not_one_of(name: str, value: object, default: str, words: tuple[str, ...] = ()) -> Text:
    if words:
        return Text(
            "{name} must be blank or {words}, got {got}", name=name, words=[*filter(None, words)], got=_as_given(value)
        )
    if isinstance(default, PathShape):
        return Text("{name} must be linear or s-shaped, got {got}", name=name, got=_as_given(value))
    return Text("{name} must be text, got {got}", name=name, got=_as_given(value))


def _not_within(name: str, value: Any, default: object, low: float, high: float, whole: bool, **_: object) -> Text:
    values = {"name": name, "low": low, "high": high, "got": _as_given(value)}
    amount = is_amount(default, whole)
    if isinstance(value, str) and (_UNCLEAR_AMOUNT if amount else _UNCLEAR).fullmatch(value.strip()):
        return Text("{name} can be read in two ways, got {got}: write it without a separator of thousands", **values)
    if whole:
        return Text("{name} must be a whole number from {low} to {high}, got {got}", **values)
    if amount:
        return Text(
            "{name} must be an amount of at least {low}, such as 5 mln, without a currency, got {got}", **values
        )
    if high == 1 and not isinstance(value, str) and _is_within(value, 1, 100, whole):
        values |= {"percent": f"{value:.12g}", "share": f"{value / 100:.12g}"}
        return Text("{name} must be from {low} to {high}, got {got}: {percent}% is {share}", **values)
    return Text("{name} must be from {low} to {high}, got {got}", **values)
