"""The mapping file: a person's own headers for the fields of the client table."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

from kam_xl.locale import Text
from kam_xl.table.errors import MappingError
from kam_xl.table.matching import Vocabulary
from kam_xl.table.vocabulary import CLIENT_FIELDS, COMPETITOR_FIELDS


def read_mapping(path: Path) -> tuple[Vocabulary, Vocabulary]:
    """Own headers for the client table and, from the section `[competitors]`, for the competitors' sheet.

    The file is TOML: a field of the vocabulary, and one header or a list of headers that name it::

        revenue = "Net invoiced"
        client = ["Debtor", "Debitor"]

        [competitors]
        competitor = "Lieferant"

    Raises
    ------
    MappingError
        Where the file cannot be read, is no TOML, or names unknown fields.
    """
    given = read_toml(path)
    competitors = given.pop("competitors", {})
    return _headers(given, CLIENT_FIELDS, path), _headers(competitors, COMPETITOR_FIELDS, path)


def read_toml(path: Path) -> dict[str, Any]:
    """What stands in a TOML file that a person wrote.

    Raises
    ------
    MappingError
        Where the file cannot be read or is no TOML.
    """
    tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        given: dict[str, Any] = tomllib.loads(Path(path).read_text("utf-8-sig"))
    except OSError as error:
        why = error.strerror or str(error)
        raise MappingError(Text("the mapping file cannot be read ({why})", why=why), where=str(path)) from error
    except ValueError as error:  # TOML and encoding errors alike
        raise MappingError(
            Text("the mapping file is not valid TOML ({why})", why=str(error)), where=str(path)
        ) from error
    return given


def _headers(given: Any, known: Vocabulary, path: Path) -> Vocabulary:
    headers: dict[str, tuple[str, ...]] = {}
    if not isinstance(given, dict):
        raise MappingError(Text("competitors must be a section of the mapping file"), where=str(path), got=given)
    for field, value in given.items():
        variants = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
        if field not in known:
            close = get_close_matches(field, known, n=1)
            remedy = (
                Text("Perhaps {name} is meant.", name=close[0]) if close else Text("Known: {names}.", names=list(known))
            )
            raise MappingError(
                Text("the mapping file names an unknown field"), where=str(path), got=field, remedy=remedy
            )
        if not variants or not all(isinstance(variant, str) for variant in variants):
            raise MappingError(
                Text("the headers of {field} must be a text or a list of texts", field=field),
                where=str(path),
                got=value,
            )
        headers[field] = variants
    return headers
