"""The reading file: what the user says about a table, in TOML; a mapping file of headers alone is one, too."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import zip_longest
from pathlib import Path
from typing import Any

from kam_xl.domain.toml_file import read_toml
from kam_xl.errors import system_reason
from kam_xl.locale import Text
from kam_xl.table.errors import MappingError
from kam_xl.table.grid import Grid
from kam_xl.table.headers.header import Header
from kam_xl.table.interpretation import Given
from kam_xl.table.records.filling import DESCRIPTIONS
from kam_xl.table.skipping import read_skip
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.matching import Vocabulary, words
from kam_xl.table.words.vocabulary import CLIENT_FIELDS, COMPETITOR_FIELDS, OTHER_FIELDS

_KNOWN = CLIENT_FIELDS | OTHER_FIELDS
# A column by its letter.
_LETTERS = re.compile("[A-Z]{1,3}")
# A message quotes no more titles than these.
_MANY = 12
# The settings of a reading file beside its columns, with their types.
_SETTINGS: dict[str, tuple[type, ...]] = {
    "kind": (str,),
    "table": (str,),
    "sheets": (list,),
    "header_rows": (list,),
    "encoding": (str,),
    "decimal": (str,),
    "day_first": (bool,),
    "currency": (str,),
    "groups": (str, list),
}


def read_given(path: Path) -> Given:
    """What a reading file says: `Interpretation.toml` writes one.

    The file is TOML. `[columns]` names for each field its header (or several), or its column by letter (where no header
    is called so, the letter alone will do); the section `[competitors]` does so for the competitors' sheet. Fields may
    also stand at the top, as in older mapping files::

        sheets = ["Q1"]
        header_rows = [4]

        [columns]
        client = ["Debtor", "Debitor"]
        revenue = { column = "D" }

        [competitors]
        competitor = "Lieferant"

    `[history]` has earlier years with the columns of their revenue: `2024 = "Sales 2024"`.

    `groups = "manager"` says what heads of groups name, `[skip]` which rows are left out (`kam_xl.table.skipping`).

    Raises
    ------
    MappingError
        Where the file cannot be read, is not TOML, or names unknown fields.
    """
    given = read_mapping_file(path)
    settings = {name: given.pop(name) for name in _SETTINGS if name in given}
    for name, value in settings.items():
        if not isinstance(value, _SETTINGS[name]):
            raise MappingError(Text("{field} has another type of value", field=name), where=str(path), got=value)
    competitors = given.pop("competitors", {})
    columns = given.pop("columns", {})
    if not isinstance(columns, dict):
        raise MappingError(Text("columns must be a section of the reading file"), where=str(path), got=columns)
    if not isinstance(competitors, dict):
        raise MappingError(Text("competitors must be a section of the reading file"), where=str(path), got=competitors)
    history = _history(given.pop("history", {}), path)
    skip = read_skip(given.pop("skip", {}), path)
    settings["groups"] = _groups(settings.get("groups", ()), path)
    columns = {**given, **columns}
    letters = {
        field: str(value["column"])
        for field, value in columns.items()
        if field in _KNOWN and isinstance(value, dict) and "column" in value
    }
    named = {field: value for field, value in columns.items() if field not in letters}
    _refuse_unknown(path, (named, _KNOWN), (competitors, COMPETITOR_FIELDS))
    return Given(
        **settings,
        columns=_headers(named, path),
        letters=letters,
        competitors=_headers(competitors, path),
        history=history,
        skip=skip,
        file=str(path),
    )


def _history(given: object, path: Path) -> dict[str, str]:
    """Earlier years with the header, or the letter, of their revenue."""
    if not isinstance(given, dict):
        raise MappingError(Text("history must be a section of the reading file"), where=str(path), got=given)
    columns = {year: value.get("column") if isinstance(value, dict) else value for year, value in given.items()}
    for year, column in columns.items():
        if not re.fullmatch(r"20\d\d|19\d\d", year) or not isinstance(column, str):
            got = f"{year} = {given[year]}"
            raise MappingError(Text("history must give years with their columns"), where=str(path), got=got)
    return {year: str(column) for year, column in columns.items()}


def _groups(given: str | Sequence[str], path: Path) -> tuple[str, ...]:
    groups = (given,) if isinstance(given, str) else tuple(given)
    if wrong := [field for field in groups if field not in DESCRIPTIONS]:
        known = Text("Known: {names}.", names=list(DESCRIPTIONS))
        raise MappingError(Text("heads of groups cannot be this"), where=str(path), got=wrong[0], remedy=known)
    return groups


def refuse_missing(given: Given, header: Header, rivals: Header | None = None) -> None:
    """Stop where a table, or the list of competitors beside it, has none of the headers named for a field.

    Raises
    ------
    MappingError
        With all of them, each with the nearest header of its table.
    """
    missing = _missing(given.columns, header)
    of_rivals = _missing(given.competitors, rivals or Header(0, (), {}))
    if of_rivals and not (missing or rivals):
        raise _no_competitors(given)
    if not (missing or of_rivals):
        return
    shown = [title for each in (missing and header, of_rivals and rivals) if each for title in each.titles if title]
    titles = [*map(quoted, shown[:_MANY]), *["…"] * (len(shown) > _MANY)]
    raise MappingError(
        Text("there is no column {headers}", headers=[*missing, *of_rivals]),
        where=given.file,
        remedy=Text("The tables have: {titles}.", titles=titles)
        if missing and of_rivals and rivals
        else Text("The table has: {titles}.", titles=titles),
    )


def _missing(named: Vocabulary, header: Header) -> list[Text | str]:
    """The headers named for fields that a table has none of, each with the nearest of the table."""
    titles = {"".join(words(title)): title for title in header.titles}
    matched = {match.field for match in header.matches.values() if match.level == 0}
    return [
        _with_nearest(variant, titles)
        for field, variants in named.items()
        if field not in matched and titles.keys().isdisjoint("".join(words(each)) for each in variants)
        for variant in variants
    ]


def refuse_wrong_sheets(given: Given, sheets: Sequence[str], heads: Callable[[], Sequence[Grid]]) -> None:
    """Stop where a reading file names sheets that are not there, and headers that no sheet has: all of them at once.

    Raises
    ------
    MappingError
    """
    names = {sheet.strip().casefold(): sheet for sheet in sheets}
    missing = [sheet for sheet in given.sheets if sheet.strip().casefold() not in names]
    if missing:
        values = {"sheets": [_with_nearest(each, names, str.casefold) for each in missing]}
        absent = _absent(given, heads())
        raise MappingError(
            Text("there is no sheet {sheets}, and no column {headers}", **values, headers=absent)
            if absent
            else Text("there is no sheet {sheets}", **values),
            where=given.file,
            remedy=Text("The workbook has: {names}.", names=[quoted(sheet) for sheet in sheets]),
        )


def refuse_absent(given: Given, heads: Sequence[Grid]) -> None:
    """Stop where a reading file names headers that stand nowhere, so that no header row was found.

    Raises
    ------
    MappingError
    """
    if absent := _absent(given, heads):
        raise MappingError(
            Text("there is no column {headers}", headers=absent),
            where=given.file,
            remedy=Text("Write the headers as the table has them; kam-xl read INPUT shows them."),
        )


def _no_competitors(given: Given) -> MappingError:
    """The error where a reading file has a section of competitors and no sheet lists any."""
    headers = [quoted(each) for variants in given.competitors.values() for each in variants]
    return MappingError(
        Text("no sheet lists competitors below the headers of the section competitors ({headers})", headers=headers),
        where=given.file,
        remedy=Text("Correct the headers, or leave the section out."),
    )


def _absent(given: Given, heads: Sequence[Grid]) -> list[Text | str]:
    """Headers that stand in no cell of any head, nor in several cells one below the other, each with the nearest."""
    cells = {"".join(words(cell)): cell for head in heads for row in head.rows for cell in row if isinstance(cell, str)}
    columns = ["".join(map(_key, column)) for head in heads for column in zip_longest(*head.rows)]
    missing = [
        variant
        for variants in (*given.columns.values(), *given.competitors.values())
        if not any(_key(variant) in column for variant in variants for column in columns)
        for variant in variants
    ]
    return [_with_nearest(each, cells) for each in missing]


def _key(text: object) -> str:
    return "".join(words(text)) if isinstance(text, str) else ""


def _with_nearest(header: str, titles: Mapping[str, str], key: Callable[[str], str] = _key) -> Text | str:
    close = get_close_matches(key(header), titles, n=1)
    return (
        Text("{header}, perhaps {near}", header=quoted(header), near=quoted(titles[close[0]]))
        if close
        else quoted(header)
    )


def read_mapping_file(path: Path) -> dict[str, Any]:
    """What stands in a TOML file that a user wrote.

    Raises
    ------
    MappingError
        Where the file cannot be read or is not TOML.
    """
    try:
        return read_toml(path)
    except OSError as error:
        why = system_reason(error)
        raise MappingError(Text("the mapping file cannot be read ({why})", why=why), where=str(path)) from error
    except ValueError as error:  # TOML and encoding errors alike
        raise MappingError(
            Text("the mapping file is not valid TOML ({why})", why=str(error)), where=str(path)
        ) from error


def _refuse_unknown(path: Path, *sections: tuple[Mapping[str, Any], Vocabulary]) -> None:
    """Stop where sections name fields that are not known: all of them at once."""
    unknown = [(field, known) for given, known in sections for field in given if field not in known]
    if len(unknown) == 1:
        what = Text("the mapping file names an unknown field")
        raise MappingError(what, where=str(path), got=unknown[0][0], remedy=meant(unknown))
    if unknown:
        what = Text("the mapping file names unknown fields: {names}", names=[name for name, _ in unknown])
        raise MappingError(what, where=str(path), remedy=meant(unknown))


def _headers(given: dict[str, Any], path: Path) -> Vocabulary:
    headers: dict[str, tuple[str, ...]] = {}
    for field, value in given.items():
        variants = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
        if not variants or not all(isinstance(variant, str) for variant in variants):
            raise MappingError(
                Text("the headers of {field} must be a text or a list of texts", field=field),
                where=str(path),
                got=value,
            )
        headers[field] = variants
    return headers


def meant(unknown: Sequence[tuple[str, Collection[str]]]) -> Text:
    """What to do about names that are not known, each with those that are: the nearest, or all of them."""
    near = [near_names[0] for name, known in unknown if (near_names := get_close_matches(name, known, n=1))]
    if not near:
        return Text("Known: {names}.", names=list(unknown[0][1]))
    return (
        Text("Perhaps {name} is meant.", name=near[0])
        if len(near) == 1
        else Text("Perhaps meant: {names}.", names=near)
    )


def lettered(given: Given, heads: Sequence[Grid]) -> Given:
    """What the user says, with letters of columns (`client = "B"`) taken for such where no cell of a head says so."""
    named = {field: each[0] for field, each in given.columns.items() if len(each) == 1 and _LETTERS.fullmatch(each[0])}
    cells = {_key(cell) for head in heads for row in head.rows for cell in row} if named else set()
    letters = {field: letter for field, letter in named.items() if _key(letter) not in cells}
    columns = {field: each for field, each in given.columns.items() if field not in letters}
    return replace(given, columns=columns, letters={**given.letters, **letters}) if letters else given
