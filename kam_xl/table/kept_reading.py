"""The reading that a workbook keeps: a reading file given once holds for everything done with the workbook later.

It stands in the workbook's hidden record, without the name or place of its file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from typing import Any

from kam_xl.excel.references import column_number
from kam_xl.locale import Text
from kam_xl.table.errors import MappingError, SheetNotFoundError
from kam_xl.table.grid import Source
from kam_xl.table.headers.choose import Place
from kam_xl.table.interpretation import Given
from kam_xl.table.values.cells import quoted
from kam_xl.table.words.matching import words

_RECORD, _RECORD_TITLE = "record", "KAM record"
_HEADER = ["owner", "part", "written"]
_BOOK, _READING, _OPERATIONAL = "book", "reading", "operational"

IS_USED = Text(
    "The reading kept in the workbook is used; --reading FILE replaces it, "
    "kam-xl refresh WORKBOOK --forget-reading drops it."
)
_REMEDY = Text(
    "The workbook is read by the reading kept in it. Give one that fits with --reading FILE, or drop the kept one: "
    "kam-xl refresh WORKBOOK --forget-reading."
)


def kept_reading(source: Source) -> Given | None:
    """The reading that a workbook keeps; None where it keeps none, as other files.

    Raises
    ------
    MappingError
        Where it is damaged.
    """
    try:
        kept = _of_book(source).get(_READING)
        return given_of(kept) if kept else None
    except (ValueError, TypeError, AttributeError) as error:
        raise MappingError(
            Text("the reading kept in the workbook is damaged"), where=source.name, remedy=_REMEDY
        ) from error


def counted_operational(source: Source) -> bool:
    """Whether the last build of a workbook counted with an operational plan."""
    try:
        return bool(_of_book(source).get(_OPERATIONAL))
    except (ValueError, TypeError, AttributeError):  # whoever asks for the kept reading is told
        return False


def _of_book(source: Source) -> dict[str, Any]:
    """What the record says of the whole workbook; empty where there is no record, or one that said nothing yet."""
    sheet = source.own_sheet(_RECORD, _RECORD_TITLE)
    header, *rows = (sheet and source.head(sheet).rows) or [[]]
    if list(header[: len(_HEADER)]) != _HEADER:
        return {}
    text = "".join(str(row[2]) for row in rows if row[0] == _BOOK)
    kept: dict[str, Any] = json.loads(text) if text else {}
    return kept


def text_of(given: Given) -> str:
    """A reading as the record keeps it; blank where nothing was given.

    >>> text_of(Given(columns={"client": ("Name",)}, file="reading.toml")), text_of(Given())
    ('{"columns": {"client": ["Name"]}}', '')
    """
    kept = asdict(replace(given, file="", encoding=""))
    kept = {name: value for name, value in kept.items() if value is False or value}
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def given_of(text: str) -> Given:
    """The reading that `text_of` wrote.

    >>> given_of('{"columns": {"client": ["Name"]}}') == Given(columns={"client": ("Name",)})
    True
    """
    known = {field.name for field in fields(Given)}
    return Given(**{name: _frozen(value) for name, value in json.loads(text).items() if name in known})


def _frozen(value: Any) -> Any:
    """Lists as the tuples that they were, also within a mapping."""
    if isinstance(value, dict):
        return {name: _frozen(each) for name, each in value.items()}
    return tuple(value) if isinstance(value, list) else value


def with_titles(given: Given, place: Place) -> Given:
    """A reading that keeps what stands above the columns that it names by letter.

    Raises
    ------
    MappingError
        Where something else stands there than when the reading was given.
    """
    titles = {field: _title(place, letter) for field, letter in given.letters.items()}
    wrong = [field for field, title in given.titles.items() if words(title) != words(titles.get(field, ""))]
    if wrong:
        pairs = [
            Text(
                "{column}: {new} instead of {old}",
                column=given.letters[field],
                new=quoted(titles[field]),
                old=quoted(given.titles[field]),
            )
            for field in wrong
        ]
        raise MappingError(
            Text("other headers stand above the columns ({headers})", headers=pairs), where=place.grid.sheet
        )
    return replace(given, titles=titles) if titles else given


def _title(place: Place, letter: str) -> str:
    at = column_number(letter) - place.grid.left
    return place.header.titles[at] if 0 <= at < len(place.header.titles) else ""


@contextmanager
def refusing_unfit(source: Source) -> Iterator[None]:
    """Where the kept reading does not fit the workbook any more, the error says so and what to do."""
    try:
        yield
    except (MappingError, SheetNotFoundError) as error:
        remedy = Text("{first} {then}", first=error.remedy, then=_REMEDY) if error.remedy else _REMEDY
        raise MappingError(error.what, where=error.where or source.name, got=error.got, remedy=remedy) from error
