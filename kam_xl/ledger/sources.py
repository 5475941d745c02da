"""Ledgers as tables of the database: csv, parquet and xlsx files, or tables that are there already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from glob import glob, has_magic
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kam_xl.ledger.connect import first_line, without_password
from kam_xl.ledger.csv_files import GIVE, Dialect, as_utf8, read_csv, sniff
from kam_xl.ledger.errors import SourceError
from kam_xl.ledger.layout import Layout, Own, find_layout
from kam_xl.ledger.packages import required
from kam_xl.locale import Text
from kam_xl.table.files import kind_of
from kam_xl.table.grid import NO_SHEET, pick
from kam_xl.table.workbook_file import WorkbookFile

if TYPE_CHECKING:
    import ibis

# Columns without a header that are read all the same: something in them tells that a row is out of joint.
_SPARE = 3


@dataclass(frozen=True)
class Wanted:
    """What is to be read: a kind of ledger ("market" or "invoices"), own headers, a sheet's name."""

    kind: str
    columns: Own = field(default_factory=dict)
    sheet: str = ""


@dataclass(frozen=True)
class Part:
    """Ledgers of one layout as one table.

    `columns` are the table's column names by their position in the layout; `places` maps what stands in its column
    `file` to the names that the person knows, and `dialect` is that of csv files, whose rows are found in them.
    """

    name: str
    table: ibis.Table
    columns: Sequence[str]
    layout: Layout
    places: Mapping[str, Path] = field(default_factory=dict)
    dialect: Dialect | None = None
    spare: Sequence[str] = ()


def tables_of(connection: ibis.BaseBackend, names: Sequence[str], url: str, wanted: Wanted) -> list[Part]:
    """Tables of a database, or parquet files that Spark reads."""
    parts = []
    for name in names:
        is_file = url.startswith("spark://") and (name.endswith(".parquet") or Path(name).exists())
        schema, _, table_name = name.rpartition(".")
        try:
            table = connection.read_parquet(name) if is_file else connection.table(table_name, database=schema or None)
        except Exception as error:
            raise SourceError(
                Text("the table cannot be read ({why})", why=first_line(error)),
                where=without_password(url),
                got=name,
                remedy=Text("Name a table as the database knows it: payments, or schema.payments."),
            ) from error
        layout = find_layout([list(table.columns)], wanted.kind, wanted.columns, name)
        parts.append(Part(name, table, table.columns, layout))
    return parts


def files_of(connection: ibis.BaseBackend, names: Sequence[str], folder: Path, wanted: Wanted) -> list[Part]:
    """Files for the embedded DuckDB; files of one layout become one part.

    Raises
    ------
    SourceError, FileUnreadableError, ColumnsError
    """
    groups: dict[Any, list[tuple[Path, Layout, Dialect | None]]] = {}
    parts: list[Part] = []
    for path in _paths(names):
        kind = kind_of(path)
        if kind == "workbook":
            parts.append(_workbook(connection, path, wanted))
        elif kind == "parquet":
            titles = _titles_of(path)
            groups.setdefault(("parquet", *titles), []).append(
                (path, find_layout([titles], wanted.kind, wanted.columns, path.name), None)
            )
        else:
            dialect, head = sniff(path)
            if not any(map(str.strip, chain.from_iterable(head))):
                raise SourceError(Text("the file is empty"), where=str(path), remedy=GIVE)
            layout = find_layout(head, wanted.kind, wanted.columns, path.name)
            groups.setdefault((dialect.delimiter, layout.row, *layout.titles), []).append((path, layout, dialect))
    for key, files in groups.items():
        parts.append(_parquet(connection, files) if key[0] == "parquet" else _csv(connection, files, folder))
    return parts


def _paths(names: Sequence[str]) -> list[Path]:
    """All files that are named, by name or by pattern, each once, in the order of their names."""
    paths: dict[Path, None] = {}
    for name in names:
        found = sorted(glob(name, recursive=True)) if has_magic(name) and not Path(name).exists() else [name]  # noqa: PTH207
        files = [Path(each) for each in found if not Path(each).is_dir() or name == each]
        if not files:
            raise SourceError(Text("no file has such a name"), got=name, remedy=Text("Check the name and the folder."))
        paths |= dict.fromkeys(files)
    return list(paths)


def _titles_of(path: Path) -> list[str]:
    """The names of a parquet file's columns."""
    try:
        return list(required("pyarrow.parquet").read_schema(path).names)
    except Exception as error:
        raise SourceError(
            Text("the parquet file is damaged ({why})", why=first_line(error)),
            where=str(path),
            remedy=Text("Write or copy it again."),
        ) from error


def _parquet(connection: ibis.BaseBackend, files: Sequence[tuple[Path, Layout, Dialect | None]]) -> Part:
    paths = [str(path) for path, *_ in files]
    places = {str(path.absolute()): path for path, *_ in files}
    layout = files[0][1]
    table = connection.read_parquet(paths, filename="file", file_row_number=True).rename(row="file_row_number")
    return Part(_names(files), table.mutate(row=table.row + 1), layout.titles, layout, places)


def _csv(connection: ibis.BaseBackend, files: Sequence[tuple[Path, Layout, Dialect | None]], folder: Path) -> Part:
    _, layout, dialect = files[0]
    assert dialect is not None  # noqa: S101 (csv files have one)
    places = {str(as_utf8(path, each.encoding, folder)): path for path, _, each in files if each}
    width = len(layout.titles) + _SPARE
    read = partial(read_csv, list(map(Path, places)), dialect.delimiter, layout.row + 1, width)
    names = [f"c{column}" for column in range(width)]
    table = _raw(connection, read).mutate(row=required("ibis").null("int64"))
    spare = names[len(layout.titles) :]
    return Part(_names(files), table, names, layout, places, dialect, spare)


def _raw(connection: ibis.BaseBackend, read: Callable[..., str]) -> ibis.Table:
    """The texts of csv files as a table, read once to see whether that works.

    Quoted line breaks are beyond DuckDB's parallel reader.
    """
    name = required("ibis").util.gen_name("csv")
    for parallel in (True, False):
        try:
            connection.raw_sql(f"CREATE OR REPLACE VIEW {name} AS {read(parallel=parallel)}")
            connection.raw_sql(f"SELECT max(c0) FROM {name}").fetchall()  # noqa: S608 (names of our own)
            break
        except Exception as error:
            if parallel and "parallel" in str(error):
                continue
            if isinstance(error, (MemoryError, required("duckdb").OutOfMemoryException)):
                raise
            why = first_line(error)
            raise SourceError(
                Text("the text is no table ({why})", why=why),
                remedy=Text("Check the quotation marks, or save the table as .xlsx."),
            ) from error
    return connection.table(name)


def _names(files: Sequence[tuple[Path, Layout, Dialect | None]]) -> str:
    first = files[0][0].name
    return first if len(files) == 1 else f"{first} … ({len(files)})"


def _workbook(connection: ibis.BaseBackend, path: Path, wanted: Wanted) -> Part:
    """A sheet of a workbook; like every table of texts it goes into the database as text."""
    book = WorkbookFile(path)
    sheets = [pick(wanted.sheet, book.all_sheets(), book.name, NO_SHEET)] if wanted.sheet else book.all_sheets()
    found, error = None, None
    for sheet in sheets:
        try:
            found = sheet, find_layout(book.head(sheet).rows, wanted.kind, wanted.columns, f"{path.name} ({sheet})")
            break
        except SourceError:
            raise
        except Exception as why:  # noqa: BLE001 (told where no sheet will do)
            error = error or why
    if found is None:
        raise error or SourceError(Text("the file is empty"), where=str(path), remedy=GIVE)
    sheet, layout = found
    grid = book.grid(sheet)
    cells = grid.columns(layout.row + 1, len(layout.titles))
    names = [f"c{column}" for column in range(len(layout.titles))]
    pa = required("pyarrow")
    data = {
        name: pa.array(list(map(_as_text, column)), pa.string()) for name, column in zip(names, cells, strict=False)
    }
    first = grid.top + layout.row + 1
    data["row"] = pa.array(range(first, first + len(data[names[0]])), pa.int64())
    data["file"] = pa.array([path.name] * len(data["row"]), pa.string())
    name = required("ibis").util.gen_name("sheet")
    return Part(
        path.name,
        connection.create_table(name, required("ibis").memtable(pa.table(data))),
        names,
        layout,
        {path.name: path},
    )


def _as_text(cell: Any) -> str | None:
    """A cell as an unmistakable text: four decimals are never taken for thousands."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, (int, float)):
        return str(int(cell)) if float(cell).is_integer() else f"{cell:.4f}"
    return cell.isoformat() if isinstance(cell, (date, datetime)) else str(cell)
