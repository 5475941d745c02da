"""What our sheets say in two languages, cell by cell: read from the texts that the build took from the drawn sheets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from kam_xl.template import BUILT

Pair = tuple[Any, Any]
Words = Mapping[str, str]

TEXTS = BUILT / "texts.json"
"""By the mark of a sheet: its title, and the cells that differ between languages, each as {language: content}."""


class TableWording(NamedTuple):
    """A table whose titles stand in `head_row`; everything by its titles in the first language.

    `formulas` are pairs of calculated columns, `words` those of drop-downs and answers; `example` holds the rows of the
    bundled example, each a pair by title, known by their cells under `key`.
    """

    head_row: int
    titles: Words
    formulas: Mapping[str, Pair]
    words: Mapping[str, Words]
    key: tuple[str, ...]
    example: tuple[Mapping[str, Pair], ...]


class SheetWording(NamedTuple):
    """A sheet in two languages; pairs are what stands there in the one and in the other.

    `cells` are texts and formulas by address, `answers` the values of formulas, `formats` number formats, where they
    differ; of a sheet with a table, above its titles and for its first row. `charts` are texts of the
    charts themselves.
    """

    title: Pair
    cells: Mapping[str, Pair]
    answers: Mapping[str, Pair]
    formats: Mapping[str, Pair]
    charts: Words
    table: TableWording | None = None


@cache
def wording(source: str, target: str) -> Mapping[str, SheetWording]:
    """All sheets of ours by their mark.

    >>> wording("en", "ru")["clients"].title
    ('Clients', 'Клиенты')
    """

    def pair(by_language: Mapping[str, Any]) -> Pair:
        return by_language[source], by_language[target]

    def pairs(cells: Mapping[str, Mapping[str, Any]]) -> dict[str, Pair]:
        return {key: pair(words) for key, words in cells.items()}

    def table(texts: Mapping[str, Any]) -> TableWording:
        titles = {column: words[source] for column, words in texts["titles"].items()}
        columns = texts["columns"].items()
        return TableWording(
            texts["head_row"],
            dict(map(pair, texts["titles"].values())),
            {titles[column]: pair(each["formula"]) for column, each in columns if "formula" in each},
            {titles[column]: dict(map(pair, each["words"])) for column, each in columns if "words" in each},
            tuple(titles[column] for column in map(str, range(texts["key"]))),
            tuple({titles[column]: pair(words) for column, words in row.items()} for row in texts["example"]),
        )

    sheets = json.loads(TEXTS.read_text(encoding="utf-8"))
    return {
        mark: SheetWording(
            pair(texts["title"]),
            pairs(texts["cells"]),
            pairs(texts["answers"]),
            pairs(texts["formats"]),
            dict(map(pair, texts["charts"])),
            table(texts["table"]) if "table" in texts else None,
        )
        for mark, texts in sheets.items()
    }
