"""Where the sums are made: an embedded DuckDB with its own temporary folder, or the database of a connection string."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kam_xl.errors import why_unreadable
from kam_xl.files.secrets import secrets_of, without_password, without_secrets
from kam_xl.files.temporary import temporary_folder
from kam_xl.ledger.errors import SourceError
from kam_xl.ledger.packages import required
from kam_xl.locale import Text

if TYPE_CHECKING:
    import ibis

_EXTRAS = {"postgresql": ("psycopg", "postgres"), "postgres": ("psycopg", "postgres"), "spark": ("pyspark", "spark")}
# Whose errors are told in one sentence.
_DATABASES = ("_duckdb", "duckdb", "ibis", "psycopg", "py4j", "pyspark")


@contextmanager
def embedded(memory: str = "", temporary: Path | None = None) -> Iterator[ibis.BaseBackend]:
    """A DuckDB of our own; what does not fit into memory goes to a temporary folder that is deleted afterwards.

    Parameters
    ----------
    memory : str, optional
        How much memory it may use: "2GB"; by default what DuckDB takes, four fifths of the machine's.
    temporary : path, optional
        The folder for its temporary folder, with room for a large ledger.
    """
    with temporary_folder("ledger", temporary) as folder:
        connection = _started(folder, memory)
        try:
            with _as_source_error(
                Text(
                    "Provide more space: a folder on another disk with --temporary, or memory with --memory; "
                    "check the files."
                )
            ):
                yield connection
        finally:
            connection.disconnect()


def _started(folder: Path, memory: str) -> ibis.BaseBackend:
    ibis = required("ibis")
    required("duckdb")
    options = {"memory_limit": memory} if memory else {}
    try:
        connection = ibis.duckdb.connect(folder / "ledger.duckdb", temp_directory=str(folder), **options)
        connection.raw_sql("PRAGMA disable_checkpoint_on_shutdown")  # the file is deleted then
        _in_utc(connection)
    except Exception as error:
        raise SourceError(
            Text("DuckDB cannot start ({why})", why=first_line(error)),
            got=memory or str(folder),
            remedy=Text("Give the memory as 2GB or 500MB."),
        ) from error
    return connection


@contextmanager
def _as_source_error(remedy: Text, url: str = "") -> Iterator[None]:
    """What a database says while it works, in one sentence."""
    try:
        yield
    except Exception as error:
        if "Query interrupted" in str(error):  # how DuckDB says that somebody pressed Ctrl+C
            raise KeyboardInterrupt from error
        if type(error).__module__.partition(".")[0] not in _DATABASES:
            raise
        raise SourceError(
            Text("the database reported an error ({why})", why=first_line(error, url)),
            where=without_password(url),
            remedy=remedy,
        ) from error


@contextmanager
def database(url: str) -> Iterator[ibis.BaseBackend]:
    """The database of a connection string: `postgresql://…`, `spark://local[2]`, `duckdb://file` and others of Ibis.

    Raises
    ------
    SourceError, MissingPackageError
    """
    scheme, _, rest = url.partition("://")
    if scheme == "spark" and secrets_of(url):  # Java would write it to the screen
        raise SourceError(
            Text("Spark takes no password in its address"),
            where=without_password(url),
            remedy=Text("Give it as spark://host:7077."),
        )
    ibis = required("ibis")
    if scheme in _EXTRAS:
        required(*_EXTRAS[scheme])
    try:
        if scheme == "spark":
            connection = _spark(rest)
        elif scheme == "duckdb":
            connection = ibis.duckdb.connect(existing(rest, url), read_only=True)
        else:
            connection = ibis.connect(url)
        _in_utc(connection)
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(
            Text("the database cannot be reached ({why})", why=first_line(error, url)),
            where=without_password(url),
            remedy=Text("Check the connection string, and whether the database runs."),
        ) from error
    try:
        with _as_source_error(Text("Check the tables, and what the role may do in the database."), url):
            yield connection
    finally:
        connection.disconnect()


def existing(path: str, url: str) -> str:
    """The path of a database file, which is never made by asking for it."""
    file = path.partition("?")[0]
    if why := why_unreadable(Path(file)):
        what, remedy = why
        raise SourceError(what, where=without_password(url), got=file, remedy=remedy)
    return file


def _in_utc(connection: ibis.BaseBackend) -> None:
    """Days of moments are those of UTC, whatever the session's own time zone: that must not move a payment."""
    if connection.name == "duckdb":
        connection.raw_sql("SET TimeZone = 'UTC'")
    elif connection.name == "postgres":
        connection.raw_sql("SET TIME ZONE 'UTC'").close()


def _spark(master: str) -> ibis.BaseBackend:
    """A Spark session; a bare name is local Spark, anything with a port a cluster."""
    sql = required("pyspark.sql", "spark")
    master = f"spark://{master}" if ":" in master else master or "local[*]"
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.catalogImplementation": "in-memory",
        # What Spark concludes from columns that stand on one another grows beyond its memory.
        "spark.sql.constraintPropagation.enabled": "false",
    }
    if master.startswith("local"):  # 200 partitions, the default, are for a cluster
        settings["spark.sql.shuffle.partitions"] = "2"
    builder = sql.SparkSession.builder.master(master).appName("kam-xl")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return required("ibis").pyspark.connect(session)


def first_line(error: Exception, url: str = "") -> str:
    """What an error of a library says, in one line, without the secrets of a connection string."""
    line = next(iter(str(error).strip().splitlines()), type(error).__name__)
    return without_secrets(line, url)
