"""Where the sums are made: an embedded DuckDB with its own temporary folder, or the database of a connection string."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

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
    ibis = required("ibis")
    required("duckdb")
    folder = Path(mkdtemp(prefix="kam_xl-", dir=temporary))
    options = {"memory_limit": memory} if memory else {}
    try:
        connection = ibis.duckdb.connect(folder / "ledger.duckdb", temp_directory=str(folder), **options)
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise SourceError(
            Text("DuckDB cannot start ({why})", why=first_line(error)),
            got=memory or str(folder),
            remedy=Text("Give the memory as 2GB or 500MB."),
        ) from error
    try:
        with _told(
            Text("Give it room: a folder on another disk with --temporary, or memory with --memory; check the files.")
        ):
            yield connection
    finally:
        connection.disconnect()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _told(remedy: Text, where: str = "") -> Iterator[None]:
    """What a database says while it works, in one sentence."""
    try:
        yield
    except Exception as error:
        if "Query interrupted" in str(error):  # how DuckDB says that somebody pressed Ctrl+C
            raise KeyboardInterrupt from error
        if type(error).__module__.partition(".")[0] not in _DATABASES:
            raise
        raise SourceError(
            Text("the database gave up ({why})", why=first_line(error)), where=where, remedy=remedy
        ) from error


@contextmanager
def database(url: str) -> Iterator[ibis.BaseBackend]:
    """The database of a connection string: `postgresql://…`, `spark://local[2]`, `duckdb://file` and others of Ibis.

    Raises
    ------
    SourceError, LedgerPackageError
    """
    ibis = required("ibis")
    scheme, _, rest = url.partition("://")
    if scheme in _EXTRAS:
        required(*_EXTRAS[scheme])
    try:
        connection = _spark(rest) if scheme == "spark" else ibis.connect(url)
    except Exception as error:
        raise SourceError(
            Text("the database cannot be reached ({why})", why=first_line(error)),
            where=without_password(url),
            remedy=Text("Check the connection string, and whether the database runs."),
        ) from error
    try:
        with _told(Text("Check the tables, and what the role may do in the database."), without_password(url)):
            yield connection
    finally:
        connection.disconnect()


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


def without_password(url: str) -> str:
    """A connection string for messages.

    >>> without_password("postgresql://kam:secret@server/sales")
    'postgresql://kam:…@server/sales'
    """
    scheme, mark, rest = url.partition("://")
    account, at, place = rest.rpartition("@")
    user, colon, _ = account.partition(":")
    return f"{scheme}{mark}{user}{':…' if colon else ''}{at}{place}"


def first_line(error: Exception) -> str:
    """What an error of a library says, in one line."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
