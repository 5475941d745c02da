"""Parquet files, where pyarrow is installed."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite, isnan
from pathlib import Path
from typing import Any

from kam_xl.errors import MissingPackageError
from kam_xl.locale import Text
from kam_xl.table.errors import FileUnreadableError
from kam_xl.table.grid import SingleGrid


def read_parquet_file(path: Path) -> SingleGrid:
    """A parquet file as a source whose first row is the column names.

    Raises
    ------
    MissingPackageError
        Where pyarrow is not installed.
    FileUnreadableError
        For a damaged file.
    """
    try:
        from pyarrow import ArrowException, parquet
    except ImportError as error:
        what = Text("reading parquet needs the package pyarrow")
        raise MissingPackageError(what, "parquet", where=path.name) from error
    try:
        with parquet.ParquetFile(path) as file:  # unlike read_table it lets columns share a name
            table = file.read()
    except (ArrowException, OSError) as error:
        raise FileUnreadableError(
            Text("the parquet file is damaged ({why})", why=str(error).splitlines()[0]), where=path.name
        ) from error
    columns = [list(map(_cell, column.to_pylist())) for column in table.columns]
    return SingleGrid.of_file(path, [list(table.column_names), *map(list, zip(*columns, strict=True))], decimal=".")


def _cell(value: Any) -> Any:
    if isinstance(value, float) and not isfinite(value):
        return None if isnan(value) else str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, dict)):
        return str(value)
    return float(value) if isinstance(value, (Decimal, int)) and not isinstance(value, bool) else value
