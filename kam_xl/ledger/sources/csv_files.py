"""Csv ledgers of any dialect for DuckDB: encoding, delimiter and header found on their first rows.

DuckDB reads UTF-8 only; a file in another encoding is written anew into the temporary folder, piece by piece.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from kam_xl.ledger.errors import SourceError
from kam_xl.locale import Text
from kam_xl.table.grid import HEAD_ROWS
from kam_xl.table.sources.text_file import find_delimiter, guess_encoding

GIVE = Text("Give .csv, .xlsx, .xlsm or .parquet files, or a table of a database with --database.")
# What is looked at to tell the encoding and the dialect.
_SAMPLE = 1 << 18
_PIECE = 1 << 20


class Dialect(NamedTuple):
    """How a csv file is written."""

    encoding: str
    delimiter: str


def sniff(path: Path, encoding: str = "") -> tuple[Dialect, list[list[str]]]:
    """The dialect of a file and its first rows; `encoding` where the user says it."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if not encoding:
        encoding = guess_encoding(_whole_lines(sample))
        if encoding == "utf-8-sig" and (odd := _not_utf8(path)):
            encoding = guess_encoding(odd)
    if not encoding.startswith(("utf-16", "utf-32")) and b"\0" in sample:
        raise SourceError(Text("this is neither a workbook nor a text file"), where=str(path), remedy=GIVE)
    if sample.lstrip()[:2] in (b"[{", b'{"'):
        raise SourceError(Text("this is JSON, not a table"), where=str(path), remedy=GIVE)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    dialect = Dialect(encoding, find_delimiter(text))
    try:
        return dialect, list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter), HEAD_ROWS))
    except csv.Error as error:
        raise SourceError(Text("the text is not a table ({why})", why=str(error)), where=str(path)) from error


def _whole_lines(sample: bytes) -> bytes:
    """A cut sample ends at a line's end, so that no letter is cut in two."""
    return sample if len(sample) < _SAMPLE else sample[: sample.rfind(b"\n") + 1] or sample


def _not_utf8(path: Path) -> bytes:
    """The first piece of a file that is not UTF-8: one odd name in a million must not stop the reading."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:  # noqa: PERF203 (pieces are large)
                return piece
    return b""


def as_utf8(path: Path, encoding: str, folder: Path) -> Path:
    """The file itself where it is UTF-8, else a copy of it that is."""
    if encoding in ("utf-8", "utf-8-sig"):
        return path
    copy = folder / f"{len(list(folder.iterdir()))}-{path.name}"
    with (
        path.open(encoding=encoding, errors="replace", newline="") as source,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        while piece := source.read(_PIECE):
            target.write(piece)
    return copy


def every_row(path: Path, dialect: Dialect) -> Iterator[list[str]]:
    """The rows of a file, the blank ones included: their place is their number."""
    with path.open(encoding=dialect.encoding, errors="replace", newline="") as file:
        yield from csv.reader(file, delimiter=dialect.delimiter)


def read_csv(groups: Sequence[tuple[Sequence[Path], int]], delimiter: str, width: int, *, parallel: bool) -> str:
    """The SQL that reads files of one layout: texts `c0`, `c1` … and the file's name.

    `groups` are files with the number of rows above their data. Some spare columns stand behind the last: cells
    without a header tell that a row is out of joint.
    """
    columns = ", ".join(f"'c{column}': 'VARCHAR'" for column in range(width))
    how = (
        f"columns = {{{columns}}}, header = false, delim = {_literal(delimiter)}, quote = '\"', escape = '\"', "
        f"null_padding = true, strict_mode = false, auto_detect = false, filename = 'file', "
        f"parallel = {str(parallel).lower()}"
    )
    return " UNION ALL ".join(
        f"SELECT * FROM read_csv([{', '.join(_literal(str(file)) for file in files)}], skip = {skip}, {how})"  # noqa: S608 (quoted)
        for files, skip in groups
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
