"""A csv as the spreadsheet programs of a language open it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from kam_xl.locale import language_named
from kam_xl.table.sources.formula_texts import kept_text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]], lang: str) -> str:
    """A csv that a spreadsheet program of the language opens as it should, and in which no text is run as a formula.

    >>> print(csv_text(["Client", "Revenue"], [["=1+1", 2.5]], "ru").strip())
    Client;Revenue
    '=1+1;2,5
    """
    stream = io.StringIO(newline="")
    language = language_named(lang)
    writer = csv.writer(stream, delimiter=language.list_separator, lineterminator="\r\n")
    writer.writerows([_cell(value, language.decimal_mark) for value in row] for row in (header, *rows))
    return stream.getvalue()


def _cell(value: object, decimal_mark: str) -> object:
    if isinstance(value, str):
        return kept_text(value)
    if isinstance(value, (float, Decimal)):
        return (format(value, ".15g") if isinstance(value, float) else str(value)).replace(".", decimal_mark)
    return value
