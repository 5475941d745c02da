"""Parquet files, where pyarrow is installed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from math import isfinite, isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kam_xl.errors import MissingPackageError
from kam_xl.gate.limits import check_table
from kam_xl.locale import Text
from kam_xl.ooxml.errors import UnsafeFileError
from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.grid import SingleGrid
from kam_xl.table.sources.parquet_pages import check_pages
from kam_xl.table.sources.text_file import CELL_LIMIT

if TYPE_CHECKING:
    from pyarrow import parquet as pq

_ROWS = 10_000  # looked at a time
_LONG = 1000  # characters: longer than the texts of a ledger are on average
_NUMBER = 32  # bytes of the longest number; other values of a fixed length are texts
_ROOM = 1 << 26  # bytes that the rows of one look may take where their texts cannot be counted before


def read_parquet_file(path: Path) -> SingleGrid:
    """A parquet file as a source whose first row is the column names.

    Raises
    ------
    MissingPackageError
        Where pyarrow is not installed.
    FileUnreadableError
        For a damaged file.
    UnsafeFileError
        For one that unfolds into more than a reader has room for.
    """
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        what = Text("reading parquet needs the package pyarrow")
        raise MissingPackageError(what, "parquet", where=path.name) from error
    try:
        metadata = parquet.read_metadata(path)
        _check_extent(metadata, path.name)
        check_pages(path, metadata, path.name)
        # A text that repeats stands in the file once, and in memory once as long as it is read as a dictionary.
        texts = [metadata.schema.column(at).path for at in _text_columns(metadata)]
        with parquet.ParquetFile(path, metadata=metadata, read_dictionary=texts) as file:  # columns may share a name
            rows = list(_rows(file, path.name, texts))
            names = list(file.schema_arrow.names)
    except (ArrowException, OSError) as error:
        raise FileUnreadableError(
            Text("the parquet file is damaged ({why})", why=str(error).splitlines()[0]), where=path.name
        ) from error
    return SingleGrid.of_file(path, [names, *rows], decimal=".")


def _text_columns(metadata: pq.FileMetaData) -> list[int]:
    schema = metadata.schema
    return [at for at in range(metadata.num_columns) if schema.column(at).physical_type == "BYTE_ARRAY"]


def _check_extent(metadata: pq.FileMetaData, where: str) -> None:
    """Refuse what the file itself declares to be too large."""
    fixed = [metadata.schema.column(at).length or 0 for at in range(metadata.num_columns)]
    chunks = [(group.column(at), length) for group in _groups(metadata) for at, length in enumerate(fixed)]
    characters = sum(length * chunk.num_values for chunk, length in chunks if length > _NUMBER)
    check_table(
        where, metadata.num_rows, metadata.num_rows * metadata.num_columns, sum(_declared(metadata)) + characters
    )


def _groups(metadata: pq.FileMetaData) -> list[pq.RowGroupMetaData]:
    return list(map(metadata.row_group, range(metadata.num_row_groups)))


def _declared(metadata: pq.FileMetaData) -> list[int]:
    """The bytes of each piece of texts, unpacked."""
    columns = _text_columns(metadata)
    return [group.column(at).total_uncompressed_size for group in _groups(metadata) for at in columns]


def _rows(file: pq.ParquetFile, where: str, texts: Sequence[str]) -> Iterator[list[Any]]:
    characters, rows = 0, _ROWS
    if len(set(texts)) < len(texts):  # of columns that share a name only one can be read as a dictionary
        rows = max(1, min(_ROWS, _ROOM // max(_declared(file.metadata), default=1)))
    for batch in file.iter_batches(rows):
        characters += sum(map(_characters, batch.columns))
        check_table(where, characters=characters)
        _refuse_endless(batch, where)
        yield from map(list, zip(*map(_cells, batch.columns), strict=True))


def _refuse_endless(batch: Any, where: str) -> None:
    """Refuse a cell that is longer than one of a csv file may be: words are looked for in all of it."""
    for column in map(_distinct, batch.columns):
        if _is_text(column.type) and (size := _longest(column)) > CELL_LIMIT:
            raise UnsafeFileError(
                Text("a cell has {size:count} characters", size=size),
                where=where,
                remedy=Text("Keep only the table, without its long texts, and try again."),
            )


def _distinct(column: Any) -> Any:
    return getattr(column, "dictionary", column)


def check_texts(path: Path, columns: Collection[str], where: str) -> None:
    """Refuse a file of any number of rows whose texts have a thousand characters on average, as no ledger's have.

    Its pages are checked, too. A text that repeats takes room in every row of a database that reads it. What cannot be
    read is for that to tell.

    Raises
    ------
    UnsafeFileError
    """
    from pyarrow import ArrowException, parquet

    try:
        metadata = parquet.read_metadata(path)
        check_pages(path, metadata, where)
        paths = [metadata.schema.column(at).path for at in _text_columns(metadata)]
        texts = [each for each in paths if each in columns]
        if not texts:
            return
        with parquet.ParquetFile(path, metadata=metadata, read_dictionary=texts) as file:
            characters = 0
            for at in range(metadata.num_row_groups):
                for more in _long_texts(file, at, texts):
                    characters += more
                    if characters > metadata.num_rows * _LONG:
                        check_table(where, characters=characters)
    except (ArrowException, OSError):
        return


def _long_texts(file: pq.ParquetFile, group: int, texts: Sequence[str]) -> Iterator[int]:
    """How many bytes the texts of a group of rows take, some rows after others; nothing where none of them is long.

    Texts that repeat stand in dictionaries, which the first row brings; others take no more room than in the file.
    """
    first = next(file.iter_batches(1, row_groups=[group], columns=texts), None)
    if first is not None and max(_longest(_distinct(each)) for each in first.columns) > _LONG:
        for batch in file.iter_batches(_ROWS, row_groups=[group], columns=texts):
            yield sum(map(_characters, batch.columns))


def _longest(column: Any) -> int:
    from pyarrow import compute

    return compute.max(compute.binary_length(column)).as_py() or 0


def _characters(array: Any) -> int:
    """How many bytes the texts of a column take once each stands for itself, at any depth."""
    from pyarrow import compute, types

    kind = array.type
    if types.is_dictionary(kind):
        lengths = compute.binary_length(array.dictionary)
        return compute.sum(lengths.cast("int64").take(array.indices)).as_py() or 0
    if types.is_nested(kind):
        within = [array.keys, array.items] if types.is_map(kind) else array.flatten()
        return sum(map(_characters, within if isinstance(within, list) else [within]))
    if _is_text(kind):
        return compute.sum(compute.binary_length(array).cast("int64")).as_py() or 0
    return 0


def _is_text(kind: Any) -> bool:
    from pyarrow import types

    return any(of(kind) for of in (types.is_string, types.is_large_string, types.is_binary, types.is_large_binary))


def _cells(column: Any) -> list[Any]:
    if hasattr(column, "dictionary"):
        column = column.dictionary_decode()
    return list(map(_cell, column.to_pylist()))


def _cell(value: Any) -> Any:
    if isinstance(value, float) and not isfinite(value):
        return None if isnan(value) else str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, dict)):
        return str(value)
    return float(value) if isinstance(value, (Decimal, int)) and not isinstance(value, bool) else value
