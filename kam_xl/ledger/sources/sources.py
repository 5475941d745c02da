"""Ledgers as tables of the database: files of any kind, or tables and queries of a database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kam_xl.errors import KamError
from kam_xl.files.archives import naming
from kam_xl.ledger.columns.header import Own, find_layout
from kam_xl.ledger.columns.layout import Layout
from kam_xl.ledger.errors import ColumnsError, SourceError
from kam_xl.ledger.packages import required
from kam_xl.ledger.queries import described, quoted
from kam_xl.ledger.sources.archives import Named, files_named
from kam_xl.ledger.sources.connect import first_line
from kam_xl.ledger.sources.csv_files import GIVE, Dialect, as_utf8, every_row, read_csv, sniff
from kam_xl.ledger.sources.sheets import LedgerRows, rows_of_workbook, table_of
from kam_xl.locale import Text, plural
from kam_xl.table.grid import HEAD_ROWS
from kam_xl.table.sources.files import kind_of
from kam_xl.table.sources.parquet_file import check_texts

if TYPE_CHECKING:
    import ibis

# Columns without a header that are read all the same: something in them tells that a row is out of joint.
_SPARE = 3
# A report is turned into rows in memory, which takes many times its size.
_LARGEST_REPORT = 200 << 20


@dataclass(frozen=True)
class Wanted:
    """What is to be read: a kind of ledger ("market" or "invoices"), own headers, a sheet's name, an encoding.

    `client` is the client of all rows, where no column names it, `undated` their day where none has dates, `cents` says
    "yes" or "no" whether amounts are in cents, where the user does, `year` is that of dates without one.
    """

    kind: str
    columns: Own = field(default_factory=dict)
    sheet: str = ""
    client: str = ""
    encoding: str = ""
    undated: date | None = None
    cents: str = ""
    year: int = 0

    def layout(self, head: Sequence[Sequence[Any]], where: str) -> Layout:
        """The layout of a ledger from its first rows."""
        known = {"client": bool(self.client), "dated": self.undated is None}
        return find_layout(head, self.kind, self.columns, where, **known, cents=self.cents, year=self.year)


@dataclass(frozen=True)
class Part:
    """Ledgers of one layout as one table.

    `columns` are the table's column names by their position in the layout; `places` maps what stands in its column
    `file` to the files that the user knows, and `dialect` is that of csv files, whose rows are found in them.
    `notes` report how it was read.
    """

    name: str
    table: ibis.Table
    columns: Sequence[str]
    layout: Layout
    places: Mapping[str, Path] = field(default_factory=dict)
    dialect: Dialect | None = None
    spare: Sequence[str] = ()
    notes: Sequence[Text] = ()


@dataclass(frozen=True)
class _Csv:
    """A csv file: where it lies, how it is written, its first rows; `layout` None where it has no header of its own."""

    named: Named
    dialect: Dialect
    head: Sequence[Sequence[str]]
    layout: Layout | None = None


def files_of(connection: ibis.BaseBackend, names: Sequence[str], folder: Path, wanted: Wanted) -> list[Part]:
    """Files for the embedded DuckDB; files of one layout become one part.

    Raises
    ------
    SourceError, FileUnreadableError, ColumnsError
        Of several files that cannot be read, all are named.
    """
    return _Files(connection, folder, wanted).parts(files_named(names, folder))


class _Files:
    """The files of a ledger, sorted by what they are."""

    def __init__(self, connection: ibis.BaseBackend, folder: Path, wanted: Wanted) -> None:
        self._connection, self._folder, self._wanted = connection, folder, wanted
        self._errors: list[KamError] = []
        self._headless: list[tuple[_Csv, KamError]] = []
        self._texts: dict[Any, list[_Csv]] = {}
        self._parquets: dict[Any, list[tuple[Named, Layout]]] = {}
        self._rows: list[LedgerRows] = []

    def parts(self, files: Sequence[Named]) -> list[Part]:
        for each in files:
            try:
                with naming(each.path, each.shown):
                    self._take(each)
            except KamError as error:  # noqa: PERF203 (all files are told)
                self._errors.append(error)
        for csv, why in self._headless:
            self._join(csv, why)
        if self._errors:
            raise self._errors[0] if len(self._errors) == 1 else _all_of(self._errors)
        parts = [_parquet(self._connection, group) for group in self._parquets.values()]
        parts += [_csv(self._connection, group, self._folder) for group in self._texts.values()]
        return parts + self._sheets()

    def _take(self, named: Named) -> None:
        kind = kind_of(named.path)
        if kind == "workbook":
            self._rows += rows_of_workbook(named, self._wanted)
        elif kind == "parquet":
            titles = _titles_of(self._connection, named)
            layout = self._wanted.layout([titles], named.shown.name)
            read = {titles[at] for columns in layout.fields.values() for at in columns}
            check_texts(named.path, read, str(named.shown))
            self._parquets.setdefault(tuple(titles), []).append((named, layout))
        else:
            self._take_text(named)

    def _take_text(self, named: Named) -> None:
        dialect, head = sniff(named.path, self._wanted.encoding)
        if not any(map(str.strip, chain.from_iterable(head))):
            raise SourceError(Text("the file is empty"), where=str(named.shown), remedy=GIVE)
        csv = _Csv(named, dialect, head)
        try:
            layout = self._wanted.layout(head, named.shown.name)
        except ColumnsError as error:
            if named.path.stat().st_size > _LARGEST_REPORT:
                raise
            from kam_xl.ledger.sources.reports import flattened

            rows = [list(cells) for cells in every_row(named.path, dialect)]
            stem = named.shown.name.rpartition(":")[2].partition(".")[0]
            if flat := flattened(_with_numbers(rows), self._wanted.kind, stem):
                layout = self._wanted.layout(flat.rows[:HEAD_ROWS], named.shown.name)
                self._rows.append(
                    LedgerRows(
                        named, named.shown.name, flat.rows[1:], layout, [at + 1 for at in flat.places[1:]], (flat.note,)
                    )
                )
            else:
                self._headless.append((csv, error))
            return
        self._texts.setdefault((dialect.delimiter, layout.row, *layout.titles), []).append(replace(csv, layout=layout))

    def _join(self, csv: _Csv, error: KamError) -> None:
        """A file without a header goes on where the only other one of its width left off."""
        fits = [
            key
            for key, group in self._texts.items()
            if key[0] == csv.dialect.delimiter and (layout := group[0].layout) and _goes_on(layout, csv.head[0])
        ]
        if len(fits) == 1:
            self._texts[fits[0]].append(csv)
        else:
            self._errors.append(error)

    def _sheets(self) -> list[Part]:
        groups: dict[Any, list[LedgerRows]] = {}
        for rows in self._rows:
            groups.setdefault(rows.layout.titles, []).append(rows)
        return [_workbooks(self._connection, group) for group in groups.values()]


def _with_numbers(rows: Sequence[Sequence[str]]) -> list[list[Any]]:
    """Rows of texts with the numbers among them read, as those of a sheet are: amounts tell groups from rows."""
    from kam_xl.table.values.numbers import read_number

    def read(text: str) -> Any:
        number = read_number(text) if text[:1].isdigit() or text[:1] in "-(" else None
        return number.value if number and number.value is not None and not number.unclear else text

    return [[read(cell) for cell in row] for row in rows]


def _goes_on(layout: Layout, first: Sequence[str]) -> bool:
    """Whether a first row looks like one of a layout's rows: as wide, with a date where the dates are."""
    from kam_xl.table.values.dates import read_written

    dated = layout.fields["date"][0] if "date" in layout.fields else len(first)
    return len(first) == len(layout.titles) and dated < len(first) and read_written(first[dated]) is not None


def _all_of(errors: Sequence[KamError]) -> KamError:
    """One error for several files; of files with the same headers these are named once."""
    first = errors[0]
    if len({(each.what.render(), each.remedy and each.remedy.render()) for each in errors}) == 1:
        return type(first)(
            first.what, where=Text("{names}", names=[each.where for each in errors]), remedy=first.remedy
        )
    remedy = Text("Correct them, or leave them out.")
    if all(isinstance(each, ColumnsError) for each in errors):
        remedy = Text(
            "Import files with different headers one after another, each with its own reading file, the later ones "
            "with --into WORKBOOK --append. {name}: {remedy}",
            name=first.where,
            remedy=first.remedy or "",
        )
    return SourceError(
        plural(
            "{n:count} file cannot be read: {errors}",
            "{n:count} files cannot be read: {errors}",
            n=len(errors),
            errors=[error.sentence for error in errors],
        ),
        remedy=remedy,
    )


def _titles_of(connection: ibis.BaseBackend, named: Named) -> list[str]:
    """The names of a parquet file's columns."""
    file = f"read_parquet({quoted(str(named.path))}, hive_partitioning = false)"
    try:
        return [title for title, *_ in connection.con.execute(f"DESCRIBE SELECT * FROM {file}").fetchall()]  # noqa: S608
    except Exception as error:
        raise SourceError(
            Text("the parquet file is damaged ({why})", why=_why(error, {str(named.path): named.shown})),
            where=str(named.shown),
            remedy=Text("Write or copy it again."),
        ) from error


def _parquet(connection: ibis.BaseBackend, files: Sequence[tuple[Named, Layout]]) -> Part:
    paths = [str(named.path) for named, _ in files]
    places = {str(named.path.absolute()): named.shown for named, _ in files}
    layout = files[0][1]
    listed = ", ".join(map(quoted, paths))
    name = required("ibis").util.gen_name("parquet")
    source = f"read_parquet([{listed}], filename = 'file', file_row_number = true)"
    connection.raw_sql(f"CREATE TEMPORARY VIEW {name} AS SELECT * FROM {source}")  # noqa: S608 (quoted)
    table = described(connection, name).rename(row="file_row_number")
    return Part(
        _names([named for named, _ in files]),
        table.mutate(row=table.row + 1),
        layout.titles,
        layout,
        places,
        notes=layout.notes,
    )


def _csv(connection: ibis.BaseBackend, files: Sequence[_Csv], folder: Path) -> Part:
    layout, dialect = files[0].layout, files[0].dialect
    assert layout is not None  # noqa: S101 (the first of a group has a header)
    places: dict[str, Path] = {}
    heads: list[Path] = []
    bare: list[Path] = []
    for each in files:
        path = as_utf8(each.named.path, each.dialect.encoding, folder)
        places[str(path)] = each.named.shown
        (heads if each.layout else bare).append(path)
    width = len(layout.titles) + _SPARE
    groups = [(heads, layout.row + 1), *([(bare, 0)] if bare else [])]
    read = partial(read_csv, groups, dialect.delimiter, width)
    names = [f"c{column}" for column in range(width)]
    table = _raw(connection, read, places).mutate(row=required("ibis").null("int64"))
    note = Text("Without a header, read like the others: {names}.", names=[places[str(path)].name for path in bare])
    notes = (*layout.notes, *([note] if bare else []))
    spare = names[len(layout.titles) :]
    return Part(_names([each.named for each in files]), table, names, layout, places, dialect, spare, notes)


def _why(error: Exception, places: Mapping[str, Path]) -> str:
    """What DuckDB says, with the names of the files that the user knows."""
    why = first_line(error)
    for path, shown in places.items():
        why = why.replace(path, str(shown))
    return why


def _raw(connection: ibis.BaseBackend, read: Callable[..., str], places: Mapping[str, Path]) -> ibis.Table:
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
            why = _why(error, places)
            raise SourceError(
                Text("the text is not a table ({why})", why=why),
                remedy=Text("Check the quotation marks, or save the table as .xlsx."),
            ) from error
    return described(connection, name)


def _names(files: Sequence[Named]) -> str:
    first = files[0].shown.name
    return first if len(files) == 1 else f"{first} … ({len(files)})"


def _workbooks(connection: ibis.BaseBackend, group: Sequence[LedgerRows]) -> Part:
    """Sheets of one header; like every table of texts they go into the database as text."""
    layout = group[0].layout
    names = [f"c{column}" for column in range(len(layout.titles))]
    memory = required("ibis").memtable(table_of(group, names))
    table = connection.create_table(required("ibis").util.gen_name("sheet"), memory)
    places = {rows.place: rows.named.shown for rows in group}
    notes = dict.fromkeys(chain(layout.notes, *(rows.notes for rows in group)))
    name = group[0].place if len(group) == 1 else f"{group[0].place} … ({len(group)})"
    return Part(name, table, names, layout, places, notes=tuple(notes))
