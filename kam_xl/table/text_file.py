"""Comma-separated files of any dialect: encoding, delimiter and decimal mark found out."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from pathlib import Path

from kam_xl.locale import Text
from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.grid import HEAD_ROWS, SingleGrid

_DELIMITERS = ";\t,|"
# Stands behind the last line: it is a row of its own unless an open quotation mark swallows it.
_END = "\x1a end"
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
    if hint := re.fullmatch(r"sep=([^\w\s\"']|\t)\r?", first, re.IGNORECASE):  # Excel's own
        delimiter, text = hint[1], rest
    else:
        delimiter = find_delimiter(text)
    previous = csv.field_size_limit(_CELL_LIMIT)
    try:
        ended = text if text.endswith(("\n", "\r")) else f"{text}\n"
        *rows, end = csv.reader(io.StringIO(ended + _END, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise _no_table(path, str(error)) from error
    finally:
        csv.field_size_limit(previous)
    if end != [_END]:
        raise _no_table(path, Text("a quotation mark is never closed"))
    return SingleGrid.of_file(path, rows, decimal="," if delimiter == ";" else "")


def _no_table(path: Path, why: Text | str) -> FileUnreadableError:
    return FileUnreadableError(
        Text("the text is no table ({why})", why=why),
        where=path.name,
        remedy=Text("Check the quotation marks, or save the table as .xlsx."),
    )


def _decoded(path: Path, data: bytes) -> str:
    encoding = guess_encoding(data)
    if b"\0" in data and encoding not in ("utf-16", "utf-32"):
        raise FileUnreadableError(
            Text("this is neither a workbook nor a text file"),
            where=path.name,
            remedy=Text("Give an .xlsx, .xlsm, .csv or .parquet file."),
        )
    return data.decode(encoding, "replace")


def guess_encoding(data: bytes) -> str:
    """The encoding of a text: by its byte order mark, UTF-8 where it can be, else a code page of Windows.

    That is the Russian one, or the western one where the Russian would put its letters into Latin words.

    >>> guess_encoding("Müller;Größe".encode("cp1252")), guess_encoding("Ёлкин и Co".encode("cp1251"))
    ('cp1252', 'cp1251')
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = re.findall(r"[A-Za-zА-яЁё]+", data.decode("cp1251", "replace"))
        mixed = sum(bool(re.search("[A-Za-z]", word) and re.search("[А-яЁё]", word)) for word in found)
        whole = sum(bool(re.fullmatch("[А-яЁё]{2,}", word)) for word in found)
        return "cp1252" if mixed > whole else "cp1251"
    return "utf-8-sig"


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
