"""Tables and queries of a database as parts of a ledger: where they lie, or fetched into the embedded DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from kam_xl.files.secrets import without_password
from kam_xl.ledger.errors import SourceError
from kam_xl.ledger.packages import required
from kam_xl.ledger.sources.connect import existing, first_line
from kam_xl.ledger.sources.sheets import as_text
from kam_xl.ledger.sources.sources import Part, Wanted
from kam_xl.locale import Text
from kam_xl.table.sources.files import check_readable

if TYPE_CHECKING:
    import ibis

# The databases in which all sums can be made; what lies in others is fetched, row by row.
NATIVE = ("duckdb", "postgresql", "postgres", "spark")
_BATCH = 50_000


def native_parts(
    connection: ibis.BaseBackend, names: Sequence[str], query: str, url: str, wanted: Wanted
) -> list[Part]:
    """Tables, and the result of a query, where they lie; for Spark also parquet files."""
    parts = [_native(connection, name, url, wanted) for name in names]
    if query:
        sql = query_text(query)
        try:
            table = connection.sql(sql)
        except Exception as error:
            raise SourceError(
                Text("the query cannot be run ({why})", why=first_line(error, url)), where=without_password(url)
            ) from error
        name = query if query.endswith(".sql") else "query"
        parts.append(Part(name, table, table.columns, wanted.layout([list(table.columns)], name)))
    return parts


def _native(connection: ibis.BaseBackend, name: str, url: str, wanted: Wanted) -> Part:
    is_file = url.startswith("spark://") and (name.endswith(".parquet") or Path(name).exists())
    schema, _, table_name = name.rpartition(".")
    try:
        table = connection.read_parquet(name) if is_file else connection.table(table_name, database=schema or None)
    except Exception as error:
        raise _no_table(error, name, url) from error
    return Part(name, table, table.columns, wanted.layout([list(table.columns)], name))


def _no_table(error: Exception, name: str, url: str) -> SourceError:
    return SourceError(
        Text("the table cannot be read ({why})", why=first_line(error, url)),
        where=without_password(url),
        got=name,
        remedy=Text("Name a table as the database knows it: payments, or schema.payments."),
    )


def query_text(query: str) -> str:
    """The SQL of a query: itself, or what stands in the file that it names."""
    if not query.lower().endswith(".sql"):
        return query.strip().rstrip(";")
    path = Path(query)
    check_readable(path)
    return path.read_text("utf-8-sig").strip().rstrip(";")


def fetched_parts(
    connection: ibis.BaseBackend, names: Sequence[str], query: str, url: str, wanted: Wanted
) -> list[Part]:
    """Tables, and the result of a query, fetched into the embedded DuckDB as texts, whatever the database can.

    Raises
    ------
    SourceError, MissingPackageError
    """
    scheme = url.partition("://")[0].partition("+")[0]
    if scheme not in _OPENERS:
        return _fetched_by_ibis(connection, names, query, url, wanted)
    try:
        foreign = _OPENERS[scheme](url)
    except SourceError:
        raise
    except Exception as error:
        if type(error).__module__.startswith("kam_xl"):
            raise
        raise SourceError(
            Text("the database cannot be reached ({why})", why=first_line(error, url)),
            where=without_password(url),
            remedy=Text("Check the connection string, and whether the database runs."),
        ) from error
    asked = [(name, f"SELECT * FROM {_quoted(name, scheme)}") for name in names]  # noqa: S608 (quoted)
    asked += [(query if query.endswith(".sql") else "query", query_text(query))] if query else []
    with closing(foreign):
        return [_fetched(connection, foreign, name, sql, url, wanted) for name, sql in asked]


def _fetched(connection: ibis.BaseBackend, foreign: Any, name: str, sql: str, url: str, wanted: Wanted) -> Part:
    with closing(foreign.cursor()) as cursor:
        try:
            cursor.execute(sql)
        except Exception as error:
            raise _no_table(error, name, url) from error
        titles = [str(each[0]) for each in cursor.description or ()]
        return _stored(connection, name, titles, _batches(cursor), wanted)


def _batches(cursor: Any) -> Iterator[Sequence[Any]]:
    """The rows of a cursor, many at a time; drivers differ in what they answer at the end."""
    while rows := cursor.fetchmany(_BATCH):
        yield rows


def _fetched_by_ibis(
    connection: ibis.BaseBackend, names: Sequence[str], query: str, url: str, wanted: Wanted
) -> list[Part]:
    """Through any other backend of Ibis."""
    ibis = required("ibis")
    try:
        foreign = ibis.connect(url)
        tables = {name: foreign.table(name) for name in names}
        if query:
            tables["query"] = foreign.sql(query_text(query))
        parts = []
        for name, table in tables.items():
            batches = (zip(*batch.to_pydict().values(), strict=True) for batch in table.to_pyarrow_batches())
            parts.append(_stored(connection, name, list(table.columns), (list(rows) for rows in batches), wanted))
    except (ImportError, ibis.common.exceptions.IbisError, ValueError, OSError) as error:
        raise SourceError(
            Text("the database cannot be reached ({why})", why=first_line(error, url)),
            where=without_password(url),
            remedy=Text("Install the backend of Ibis for it, and check the connection string."),
        ) from error
    return parts


def _stored(
    connection: ibis.BaseBackend, name: str, titles: Sequence[str], batches: Iterator[Sequence[Any]], wanted: Wanted
) -> Part:
    """Rows in a table of texts of the embedded DuckDB."""
    layout = wanted.layout([titles], name)
    pa, con = required("pyarrow"), connection.con
    columns = [f"c{at}" for at in range(len(titles))]
    table = required("ibis").util.gen_name("fetched")
    con.execute(f"CREATE TABLE {table} ({', '.join(f'{column} VARCHAR' for column in columns)})")
    for rows in batches:
        data = {column: pa.array([_cell(row[at]) for row in rows], pa.string()) for at, column in enumerate(columns)}
        con.register("batch", pa.table(data))
        con.execute(f"INSERT INTO {table} SELECT * FROM batch")  # noqa: S608 (a name of our own)
        con.unregister("batch")
    return Part(name, connection.table(table), columns, layout)


def _cell(value: Any) -> str | None:
    return value.decode("utf-8", "replace") if isinstance(value, (bytes, bytearray)) else as_text(value)


def _quoted(name: str, scheme: str) -> str:
    mark = "`" if scheme in ("mysql", "mariadb") else '"'
    return ".".join(f"{mark}{part.replace(mark, mark * 2)}{mark}" for part in name.split("."))


def _sqlite(url: str) -> Any:
    import sqlite3

    rest = url.partition("://")[2].partition("?")[0]
    path = unquote(rest[1:] if rest.startswith("/") and not Path(unquote(rest)).is_file() else rest)
    return sqlite3.connect(f"{Path(existing(path, url)).absolute().as_uri()}?mode=ro", uri=True)


def _mysql(url: str) -> Any:
    driver = required("pymysql", "mysql")
    parts = urlsplit(url)
    return driver.connect(
        host=parts.hostname or "localhost",
        port=parts.port or 3306,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=unquote(parts.path.strip("/")),
        unix_socket=_parameter(parts.query, "unix_socket") or None,
        charset="utf8mb4",
        init_command="SET time_zone = '+00:00'",
        cursorclass=required("pymysql.cursors", "mysql").SSCursor,
    )


def _mssql(url: str) -> Any:
    driver = required("mssql_python", "mssql")
    parts = urlsplit(url)
    words = {
        "Server": f"{parts.hostname or 'localhost'},{parts.port or 1433}",
        "Database": unquote(parts.path.strip("/")),
        "UID": unquote(parts.username or ""),
        "PWD": unquote(parts.password or ""),
        "Encrypt": _parameter(parts.query, "encrypt") or "yes",
        "TrustServerCertificate": _parameter(parts.query, "trust") or "no",
    }
    return driver.connect(";".join(f"{name}={{{value}}}" for name, value in words.items() if value))


def _parameter(query: str, name: str) -> str:
    return parse_qs(query).get(name, [""])[0]


_OPENERS = {"sqlite": _sqlite, "mysql": _mysql, "mariadb": _mysql, "mssql": _mssql}
