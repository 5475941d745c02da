"""Comma-separated files of any dialect: encoding, delimiter and decimal mark found out."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, zip_longest
from pathlib import Path

from kam_xl.gate.limits import check_table
from kam_xl.locale import Text
from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.grid import HEAD_ROWS, SingleGrid
from kam_xl.table.values.text_columns import Piece, TextRows

_DELIMITERS = ";\t,|"
# Stands behind the last line: it is a row of two cells unless an open quotation mark swallows it.
_END = ["\x1a", "end"]
_PART = 1 << 18
_PROBE = 1 << 20
CELL_LIMIT = 1_000_000
# A longer line is not cut by line feeds alone: old programs of the Mac end lines by a carriage return.
_LINE = 16 << 20
_LINE_END = re.compile(r"\r\n?|\n")
_HINT = re.compile(r"sep=([^\w\s\"']|\t)(\r?\n|\Z)", re.IGNORECASE)  # Excel's own


def read_text_file(path: Path, data: bytes, encoding: str = "") -> SingleGrid:
    """A csv file as a source; its encoding is found out where none is named.

    Raises
    ------
    FileUnreadableError
        For binary data, another encoding than the one named, and quotes or lines that never end.
    UnsafeFileError
        For more than a reader has room for.
    """
    text, used = decoded(path, data, encoding)
    del data  # as large as all cells
    check_table(path.name, characters=len(text))
    if hint := _HINT.match(text):
        delimiter, text = hint[1], text[hint.end() :]
    else:
        delimiter = find_delimiter(text)
    previous = csv.field_size_limit(CELL_LIMIT)
    try:
        rows = TextRows.of(list(_tables(text, delimiter, path)))
    except csv.Error as error:
        raise _no_table(path, str(error)) from error
    finally:
        csv.field_size_limit(previous)
    named = "" if used.startswith("utf-8") else used
    return SingleGrid.of_file(path, rows, decimal="," if delimiter == ";" else "", encoding=named)


def check_size(path: Path) -> None:
    """Refuse a text file that is too large before it is read; no usual encoding takes more than two bytes a letter.

    Raises
    ------
    UnsafeFileError
    """
    check_table(path.name, characters=path.stat().st_size // 2)


def _tables(text: str, delimiter: str, path: Path) -> Iterator[list[Piece]]:
    """The cells of a text column by column, one part of it after another.

    Raises
    ------
    FileUnreadableError
        For quotes or lines that never end.
    UnsafeFileError
        For more than a reader has room for.
    """
    start = rows = cells = 0
    parts = 1
    while start < len(text):
        end = start
        for _ in range(parts):
            end = _line_end(text, end, path)
        lines = text[start:end]
        table = _split(lines, delimiter)
        if table is None and (records := _records(lines, delimiter)) is not None:
            count, width = len(records), max(map(len, records))
            check_table(path.name, rows + count, cells + count * width)
            table = [Piece.of(column) for column in zip_longest(*records)] or [Piece([None] * count, count)]
        if table is not None:
            rows += table[0].size
            cells += table[0].size * len(table)
            check_table(path.name, rows, cells)
            yield table
            start, parts = end, 1
        elif end < len(text):
            parts *= 2  # up to where the open quotation mark is closed
        else:
            raise _no_table(path, Text("a quotation mark is never closed"))


def _line_end(text: str, start: int, path: Path) -> int:
    """Where a part of a text ends, with a line.

    Raises
    ------
    FileUnreadableError
        For a line that never ends.
    """
    end = text.find("\n", start + _PART, start + _LINE) + 1
    if not end and (found := _LINE_END.search(text, start + _PART, start + _LINE)):
        end = found.end()
    if not end and len(text) - start > _LINE:
        raise _no_table(path, Text("a line never ends"))
    return end or len(text)


def _split(lines: str, delimiter: str) -> list[Piece] | None:
    r"""The columns of plain lines: no quotation marks, and as many cells in each; None for others.

    >>> _split("a,b\nc,\n", ","), _split('a,"b"\n', ",")
    ([Piece(cells='a\nc', size=2), Piece(cells='b\n', size=2)], None)
    """
    lines = lines.replace("\r\n", "\n").removesuffix("\n")
    width, count = lines.partition("\n")[0].count(delimiter) + 1, lines.count("\n") + 1
    if width == 1 or '"' in lines or "\r" in lines or len(lines) > CELL_LIMIT:
        return None
    cells = lines.replace("\n", delimiter + "\n").split(delimiter)
    first = "".join(cells[::width])
    if len(cells) != width * count or first.count("\n") != count - 1:
        return None
    return [Piece(first, count), *(Piece("\n".join(cells[at::width]), count) for at in range(1, width))]


def _records(lines: str, delimiter: str) -> list[list[str]] | None:
    """The rows of any lines; None where a quotation mark is still open at the end."""
    *rows, end = csv.reader(chain(io.StringIO(lines, newline=""), [delimiter.join(_END)]), delimiter=delimiter)
    return rows if end == _END else None


def _no_table(path: Path, why: Text | str) -> FileUnreadableError:
    return FileUnreadableError(
        Text("the text is not a table ({why})", why=why),
        where=path.name,
        remedy=Text("Check the quotation marks, or save the table as .xlsx."),
    )


def decoded(path: Path, data: bytes, encoding: str = "") -> tuple[str, str]:
    """The text of a file and its encoding.

    Raises
    ------
    FileUnreadableError
        For binary data, an unknown encoding, and another one than was named.
    """
    if encoding:
        try:
            return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError) as error:
            raise FileUnreadableError(
                Text("the text is not in the encoding {encoding} ({why})", encoding=encoding, why=str(error)),
                where=path.name,
                remedy=Text("Name another one, such as utf-8, cp1251, cp866, koi8-r, cp1250, utf-16; or leave it out."),
            ) from error
    encoding = guess_encoding(data)
    if b"\0" in data and not encoding.startswith(("utf-16", "utf-32")):
        raise FileUnreadableError(
            Text("this is neither a workbook nor a text file"),
            where=path.name,
            remedy=Text("Give an .xlsx, .xlsm, .csv or .parquet file."),
        )
    return data.decode(encoding, "replace"), encoding


# So much of a file shows its encoding.
_SAMPLE = 200_000
# How often letters occur in Russian texts, the ten most frequent ones; a wrong code page turns them into rare ones.
_FREQUENT = frozenset("оеаинтсрвл")

# Letters of central Europe in cp1250; and what reads so there, but is "£ 5", "m³" and "año" in cp1252.
_CENTRAL = re.compile("[ŁłŚśŻżŹźĄąĘęĆćŃńŠšČčŘřŽžĚěŮůŐőŰűŞşŢţ]")
_NOT_CENTRAL = re.compile(r"Ł(?!\w)|\bmł\b|ń(?=[aeiou])")


def guess_encoding(data: bytes) -> str:
    """The encoding of a text: by its byte order mark, UTF-16 by its zeros, UTF-8 where it can be, else a code page.

    Of the Russian code pages it is the one whose text reads most like Russian; a western or central European one
    where a Russian would put its letters into Latin words.

    >>> guess_encoding("Müller;Größe".encode("cp1252")), guess_encoding("Ёлкин и Co".encode("cp1251"))
    ('cp1252', 'cp1251')
    >>> guess_encoding("N° client;5 000 €".encode("cp1252")), guess_encoding("№;Client".encode("cp1251"))
    ('cp1252', 'cp1251')
    >>> guess_encoding("Клиент;Выручка".encode("cp866")), guess_encoding("Клиент;Выручка".encode("koi8-r"))
    ('cp866', 'koi8-r')
    >>> guess_encoding("Client".encode("utf-16-le")), guess_encoding("Łódź śledź".encode("cp1250"))
    ('utf-16-le', 'cp1250')
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if wide := _utf_16(data[:_SAMPLE]):
        return wide
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _code_page(data[:_SAMPLE])
    return "utf-8-sig"


def _utf_16(data: bytes) -> str:
    """UTF-16 without its mark: every other byte is 0 (Latin) or 4 (Cyrillic), and none between is 0."""
    if len(data) < 4:
        return ""
    for encoding, high, low in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        wide = high.count(0) + high.count(4) > 0.9 * len(high)
        if wide and 0 in high and 0 not in low:
            return encoding
    return ""


def _code_page(data: bytes) -> str:
    texts = {name: data.decode(name, "replace") for name in ("cp1251", "cp866", "koi8-r")}
    best = max(texts, key=lambda name: _russian(texts[name]))
    words = re.findall(r"[A-Za-zА-яЁё]+", texts["cp1251"])
    mixed = sum(bool(re.search("[A-Za-z]", word) and re.search("[А-яЁё]", word)) for word in words)
    whole = sum(bool(re.fullmatch("[А-яЁё]{2,}", word)) for word in words)
    russian = re.search("[А-яЁё]{2}|№", texts[best])  # "5 000 €" of a western code page is "5 000 А" in cp866
    if russian and (whole >= mixed or not mixed):
        return best
    central = _NOT_CENTRAL.sub("", data.decode("cp1250", "replace"))
    letters = re.findall("[^\x00-\x7f]", central)
    return "cp1250" if len(_CENTRAL.findall(central)) * 2 > len(letters) else "cp1252"


def _russian(text: str) -> float:
    """How much a text reads like Russian: frequent letters, no capitals inside words, no strange signs."""
    letters = re.findall("[А-яЁё]", text)
    strange = len(re.findall(r"[^\x00-\x7fА-яЁё№«»—–…₽€°§©® ]", text))
    inner_capitals = len(re.findall("[а-яё][А-ЯЁ]", text))
    return sum(letter.lower() in _FREQUENT for letter in letters) - 2 * inner_capitals - 3 * strange


def find_delimiter(text: str) -> str:
    r"""The character that cuts most lines into the same number of cells, and into most cells.

    >>> find_delimiter("Client;Revenue\nNord, Ltd;1,5\nSouth;2,5\n")
    ';'
    """
    lines = "\n".join(text[:_PROBE].splitlines()[: HEAD_ROWS * 2])

    def agreement(delimiter: str) -> int:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(lines), delimiter=delimiter) if any(row))
        except csv.Error:
            return 0
        return max((count * (width - 1) for width, count in widths.items()), default=0)

    return max(_DELIMITERS, key=agreement)
