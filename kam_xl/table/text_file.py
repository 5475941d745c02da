"""Comma-separated files of any dialect: encoding, delimiter and decimal mark found out."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from pathlib import Path

from kam_xl.locale import Text
from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.grid import HEAD_ROWS, SingleGrid

_DELIMITERS = ";\t,|"
_CELL_LIMIT = 1_000_000


def read_text_file(path: Path, data: bytes) -> SingleGrid:
    """A csv file as a source.

    Raises
    ------
    FileUnreadableError
        For binary data and for quotes that never end.
    """
    text = _decoded(path, data)
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:  # Excel's own hint
        delimiter, text = first.strip()[4], rest
    else:
        delimiter = find_delimiter(text)
    previous = csv.field_size_limit(_CELL_LIMIT)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FileUnreadableError(
            Text("the text is no table ({why})", why=str(error)),
            where=path.name,
            remedy=Text("Check the quotation marks, or save the table as .xlsx."),
        ) from error
    finally:
        csv.field_size_limit(previous)
    return SingleGrid.of_file(path, rows, decimal="," if delimiter == ";" else "")


def _decoded(path: Path, data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise FileUnreadableError(
            Text("this is neither a workbook nor a text file"),
            where=path.name,
            remedy=Text("Give an .xlsx, .xlsm, .csv or .parquet file."),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def find_delimiter(text: str) -> str:
    r"""The character that cuts most lines into the same number of cells, and into most cells.

    >>> find_delimiter("Client;Revenue\nNord, Ltd;1,5\nSouth;2,5\n")
    ';'
    """
    lines = "\n".join(text.splitlines()[: HEAD_ROWS * 2])

    def agreement(delimiter: str) -> int:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(lines), delimiter=delimiter) if any(row))
        except csv.Error:
            return 0
        return max((count * (width - 1) for width, count in widths.items()), default=0)

    return max(_DELIMITERS, key=agreement)
