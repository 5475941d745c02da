"""Queries of a ledger's database: small results fetched, small tables of ours, tables kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kam_xl.ledger.packages import required

if TYPE_CHECKING:
    import ibis


def rows_of(expression: ibis.Table) -> list[tuple[Any, ...]]:
    """The rows of a small result."""
    connection = expression.get_backend()
    if connection.name == "duckdb":  # asked itself: Ibis would import pandas for it
        connection._run_pre_execute_hooks(expression)
        fetched: list[tuple[Any, ...]] = connection.con.execute(str(connection.compile(expression))).fetchall()
        for at, kind in enumerate(expression.schema().types):
            if kind.is_date() and any(isinstance(row[at], datetime) for row in fetched):
                fetched = [(*row[:at], _day(row[at]), *row[at + 1 :]) for row in fetched]
        return fetched
    return list(zip(*(column.to_pylist() for column in expression.to_pyarrow().columns), strict=True))


def _day(cell: date | datetime | None) -> date | None:
    """A day: what DuckDB truncates to the month becomes a moment."""
    return cell.date() if isinstance(cell, datetime) else cell


def dicts(expression: ibis.Table) -> list[dict[str, Any]]:
    """The rows of a small result by the names of its columns."""
    return [dict(zip(expression.columns, row, strict=True)) for row in rows_of(expression)]


def small(connection: ibis.BaseBackend, columns: Mapping[str, Sequence[str]]) -> ibis.Table:
    """A small table of texts of ours to join with; none of them is null."""
    ibis = required("ibis")
    if connection.name != "duckdb":
        return ibis.memtable(dict(columns), schema=dict.fromkeys(columns, "string"))
    # As literals: for parameters DuckDB would import pandas.
    lists = {column: ", ".join(map(quoted, texts)) for column, texts in columns.items()}
    selected = ", ".join(f'unnest([{texts}]::VARCHAR[]) AS "{column}"' for column, texts in lists.items())
    name = ibis.util.gen_name("small")
    connection.raw_sql(f"CREATE TEMPORARY TABLE {name} AS SELECT {selected}")
    return whole(connection, name, dict.fromkeys(columns, "string"))


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def whole(connection: ibis.BaseBackend, name: str, schema: Any) -> ibis.Table:
    """A table of the embedded DuckDB whose columns are known: Ibis would import pyarrow to ask for them."""
    return connection.sql(f"SELECT * FROM {name}", schema=schema)  # noqa: S608 (a name of our own)


def described(connection: ibis.BaseBackend, name: str) -> ibis.Table:
    """A view of the embedded DuckDB, which is asked for its columns."""
    from_string = required("ibis.backends.sql.datatypes").DuckDBType.from_string
    columns = connection.con.execute(f"DESCRIBE SELECT * FROM {name}").fetchall()  # noqa: S608 (a name of our own)
    return whole(connection, name, {title: from_string(kind) for title, kind, *_ in columns})


def step(connection: ibis.BaseBackend, table: ibis.Table) -> ibis.Table:
    """A table as a query of its own, which neither Ibis nor the database folds into the next one."""
    if connection.name in ("duckdb", "postgres"):
        connection._run_pre_execute_hooks(table)  # small tables of ours that it joins with
    sql = str(connection.compile(table))
    name = required("ibis").util.gen_name("step")
    if connection.name == "duckdb":
        connection.raw_sql(f"CREATE TEMPORARY VIEW {name} AS {sql}")
        return whole(connection, name, table.schema())
    if connection.name == "pyspark":  # a view is not a border for it, only rows are; they are made once, when needed
        connection._run_pre_execute_hooks(table)
        connection._session.sql(sql).localCheckpoint(eager=False).createTempView(name)
        return connection.table(name)
    return connection.sql(f"{sql}\nOFFSET 0" if connection.name == "postgres" else sql, schema=table.schema())


def kept(connection: ibis.BaseBackend, table: ibis.Table, *, temporary: bool) -> ibis.Table:
    """A table that is made once, however often it is asked; where the database lets us make none, itself."""
    if connection.name == "pyspark":
        return step(connection, table)
    if not connection.supports_temporary_tables or (connection.name == "postgres" and not _may_keep(connection)):
        return table
    name = required("ibis").util.gen_name("kept")
    if connection.name != "duckdb":
        return connection.create_table(name, table, temp=temporary)
    connection._run_pre_execute_hooks(table)
    kind = "TEMPORARY TABLE" if temporary else "TABLE"
    connection.raw_sql(f"CREATE {kind} {name} AS {connection.compile(table)}")
    return whole(connection, name, table.schema())


def _may_keep(connection: ibis.BaseBackend) -> bool:
    asked = "SELECT has_database_privilege(current_database(), 'TEMP') AS may"
    [[may]] = rows_of(connection.sql(asked, schema={"may": "boolean"}))
    return bool(may)
