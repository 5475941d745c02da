"""Parquet files, where pyarrow is installed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import isfinite, isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kam_xl.errors import MissingPackageError
from kam_xl.gate.limits import check_table
from kam_xl.locale import Text
from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.grid import SingleGrid

if TYPE_CHECKING:
    from pyarrow import parquet as pq

# A text that repeats takes room only once it is read: so many rows are looked at a time.
_ROWS = 1000


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
        with parquet.ParquetFile(path) as file:  # unlike read_table it lets columns share a name
            _check_extent(file.metadata, path.name)
            rows = list(_rows(file, path.name))
            names = list(file.schema_arrow.names)
    except (ArrowException, OSError) as error:
        raise FileUnreadableError(
            Text("the parquet file is damaged ({why})", why=str(error).splitlines()[0]), where=path.name
        ) from error
    return SingleGrid.of_file(path, [names, *rows], decimal=".")


def _check_extent(metadata: pq.FileMetaData, where: str) -> None:
    """Refuse what the file itself declares to be too large."""
    chunks = [
        group.column(at)
        for group in map(metadata.row_group, range(metadata.num_row_groups))
        for at in range(group.num_columns)
    ]
    texts = sum(chunk.total_uncompressed_size for chunk in chunks if chunk.physical_type == "BYTE_ARRAY")
    check_table(where, metadata.num_rows, metadata.num_rows * metadata.num_columns, texts)


def _rows(file: pq.ParquetFile, where: str) -> Iterator[list[Any]]:
    characters = 0
    for batch in file.iter_batches(_ROWS):
        columns = [list(map(_cell, column.to_pylist())) for column in batch.columns]
        characters += sum(len(cell) for column in columns for cell in column if isinstance(cell, str))
        check_table(where, characters=characters)
        yield from map(list, zip(*columns, strict=True))


def _cell(value: Any) -> Any:
    if isinstance(value, float) and not isfinite(value):
        return None if isnan(value) else str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, dict)):
        return str(value)
    return float(value) if isinstance(value, (Decimal, int)) and not isinstance(value, bool) else value
