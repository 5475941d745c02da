"""Comma-separated files of any dialect: encoding, delimiter and decimal mark found out."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kam_xl.gate.limits import LIMITS, check_table
from kam_xl.locale import Text
from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.grid import HEAD_ROWS, SingleGrid

_DELIMITERS = ";\t,|"
# Stands behind the last line: it is a row of its own unless an open quotation mark swallows it.
_END = "\x1a end"
_PIECE = 1 << 20
_PROBE = 1000
_CELL_LIMIT = 1_000_000
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
    text, used = decoded(path, data, encoding), encoding or guess_encoding(data)
    check_table(path.name, characters=len(text))
    if hint := _HINT.match(text):
        delimiter, text = hint[1], text[hint.end() :]
    else:
        delimiter = find_delimiter(text)
    previous = csv.field_size_limit(_CELL_LIMIT)
    try:
        *rows, end = _counted(csv.reader(_lines(text, path), delimiter=delimiter), path.name)
    except csv.Error as error:
        raise _no_table(path, str(error)) from error
    finally:
        csv.field_size_limit(previous)
    if end != [_END]:
        raise _no_table(path, Text("a quotation mark is never closed"))
    named = "" if used.startswith("utf-8") else used
    _keep_once(rows)
    return SingleGrid.of_file(path, rows, decimal="," if delimiter == ";" else "", encoding=named)


def check_size(path: Path) -> None:
    """Refuse a text file that is too large before it is read; no usual encoding takes more than two bytes a letter.

    Raises
    ------
    UnsafeFileError
    """
    check_table(path.name, characters=path.stat().st_size // 2)


def _counted(rows: Iterable[list[str]], where: str) -> Iterator[list[str]]:
    """The rows, until there are more than a reader has room for."""
    cells = 0
    for number, row in enumerate(rows):
        cells += len(row)
        if number > LIMITS.rows or cells > LIMITS.cells:
            check_table(where, number, cells)
        yield row


def _lines(text: str, path: Path) -> Iterator[str]:
    """The lines of a text with their ends, and `_END`; a piece at a time, because such a stream takes four bytes a
    letter.

    Raises
    ------
    FileUnreadableError
        For a line that never ends.
    """
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE, start + _LINE) + 1
        if not end and (found := _LINE_END.search(text, start + _PIECE, start + _LINE)):
            end = found.end()
        if not end and len(text) - start > _LINE:
            raise _no_table(path, Text("a line never ends"))
        end = end or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end
    yield _END


def _keep_once(rows: list[list[str]]) -> None:
    """Keep each text of columns that repeat theirs, such as industries, in memory once."""
    head = rows[:_PROBE]
    for column in range(min(map(len, head), default=0) if len(rows) > _PROBE else 0):
        known = {row[column]: row[column] for row in head}
        if len(known) * 2 < len(head):
            for row in rows:
                if len(row) > column:
                    row[column] = known.setdefault(row[column], row[column])


def _no_table(path: Path, why: Text | str) -> FileUnreadableError:
    return FileUnreadableError(
        Text("the text is not a table ({why})", why=why),
        where=path.name,
        remedy=Text("Check the quotation marks, or save the table as .xlsx."),
    )


def decoded(path: Path, data: bytes, encoding: str = "") -> str:
    """The text of a file.

    Raises
    ------
    FileUnreadableError
        For binary data, an unknown encoding, and another one than was named.
    """
    if encoding:
        try:
            return data.decode(encoding)
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
    return data.decode(encoding, "replace")


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
    lines = "\n".join(text[:_PIECE].splitlines()[: HEAD_ROWS * 2])

    def agreement(delimiter: str) -> int:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(lines), delimiter=delimiter) if any(row))
        except csv.Error:
            return 0
        return max((count * (width - 1) for width, count in widths.items()), default=0)

    return max(_DELIMITERS, key=agreement)
