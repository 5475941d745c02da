"""A csv as the spreadsheet programs of a language open it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain

from kam_xl.locale import language_named
from kam_xl.table.sources.formula_texts import kept_text


class _Lines(list[str]):
    """What `csv` writes to: lines, joined in the end; a stream would hold four bytes for each letter."""

    write = list.append


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]], lang: str) -> str:
    """A csv that a spreadsheet program of the language opens as it should, and in which no text is run as a formula.

    >>> print(csv_text(["Client", "Revenue"], [["=1+1", 2.5]], "ru").strip())
    Client;Revenue
    '=1+1;2,5
    """
    lines, language = _Lines(), language_named(lang)
    mark = language.decimal_mark
    writer = csv.writer(lines, delimiter=language.list_separator, lineterminator="\r\n")
    writer.writerows(
        [
            kept_text(value)
            if value.__class__ is str
            else ("%.15g" % value).replace(".", mark)  # noqa: UP031 (in half the time)
            if value.__class__ is float
            else _cell(value, mark)
            for value in row
        ]
        for row in chain([header], rows)
    )
    return "".join(lines)


def _cell(value: object, decimal_mark: str) -> object:
    if isinstance(value, str):
        return kept_text(value)
    if isinstance(value, (float, Decimal)):
        return (format(value, ".15g") if isinstance(value, float) else str(value)).replace(".", decimal_mark)
    return value
