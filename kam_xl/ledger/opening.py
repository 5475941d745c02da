"""Opening ledgers: from file names or a database to one table of payments, all unreadable rows told at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from kam_xl.ledger.amounts import LARGEST
from kam_xl.ledger.connect import database, embedded
from kam_xl.ledger.csv_files import rows
from kam_xl.ledger.errors import BadRowsError
from kam_xl.ledger.reading import MONEY, find_reading, kept, prepared
from kam_xl.ledger.recipe import Recipe
from kam_xl.ledger.sources import Part, Wanted, files_of, tables_of
from kam_xl.ledger.typed import one_table
from kam_xl.locale import Text, plural
from kam_xl.table.cells import quoted, read_name

if TYPE_CHECKING:
    import ibis

# So many bad rows are told one by one.
SHOWN = 20
_FIELDS = {
    "date": Text("the date cannot be read"),
    "amount": Text("the amount cannot be read"),
    "cost": Text("the cost cannot be read"),
    "margin": Text("the margin cannot be read"),
    "cells": Text("the row has more cells than the header"),
    "quote": Text("a quotation mark is never closed"),
}

_TOO_LARGE = Text("the amount is too large")


@dataclass(frozen=True)
class Where:
    """Where a ledger lies: names of files or of tables, and how to get at them.

    Parameters
    ----------
    names : sequence of str
        Files and patterns; with `url` tables (for Spark also parquet files).
    url : str
        A connection string; blank: the embedded DuckDB.
    sheet : str
        The sheet of a workbook, where the right one is not found by itself.
    memory : str
        What the embedded DuckDB may use, such as "2GB".
    temporary : path
        Where it may put what does not fit.
    """

    names: Sequence[str]
    url: str = ""
    sheet: str = ""
    memory: str = ""
    temporary: Path | None = None


@dataclass(frozen=True)
class Ledger:
    """An open ledger: its table of payments (`kam_xl.ledger.typed`) and where it came from.

    `own` says that the database is ours, and goes with the ledger.
    """

    connection: ibis.BaseBackend
    table: ibis.Table
    parts: Sequence[Part]
    own: bool = False

    @property
    def name(self) -> str:
        """Its name in messages."""
        return ", ".join(part.name for part in self.parts[:3]) + (" …" if len(self.parts) > 3 else "")

    def has(self, field: str) -> bool:
        """Whether any part has a column for a field."""
        return any(field in part.layout.fields for part in self.parts)

    def kept(self, table: ibis.Table) -> ibis.Table:
        """A table that is made once, however often it is asked: in our own database, elsewhere until we leave."""
        return kept(self.connection, table, temporary=not self.own)


@contextmanager
def open_ledger(where: Where, kind: str, recipe: Recipe) -> Iterator[Ledger]:
    """Open a ledger of a kind, "market" or "invoices".

    Texts are read once and kept; files and tables without texts to read are read anew by each sum, which costs less.
    """
    wanted = Wanted(kind, recipe.columns, where.sheet)
    if where.url:
        with database(where.url) as connection:
            yield _ledger(connection, tables_of(connection, where.names, where.url, wanted), recipe, own=False)
        return
    with embedded(where.memory, where.temporary) as connection, TemporaryDirectory(dir=where.temporary) as folder:
        parts = files_of(connection, where.names, Path(folder), wanted)
        yield _ledger(connection, parts, recipe, own=True)


def _ledger(connection: ibis.BaseBackend, parts: Sequence[Part], recipe: Recipe, *, own: bool) -> Ledger:
    parts = [prepared(part, connection) for part in parts]
    readings = [find_reading(part, recipe.decimal, recipe.dates) for part in parts]
    ledger = Ledger(connection, one_table(connection, parts, readings), parts, own)
    texts = any({"date_form", "amount_form"}.intersection(part.table.columns) for part in parts)
    return replace(ledger, table=ledger.kept(ledger.table)) if texts else ledger


def refuse_bad_rows(ledger: Ledger, count: int) -> None:
    """Stop where rows, `count` of them, cannot be read.

    Raises
    ------
    BadRowsError
        Naming file, row and cell of each, up to `SHOWN` of them.
    """
    if not count:
        return
    bad = ledger.table.filter(ledger.table.bad_field.notnull())
    found = bad.select("file", "row", "bad_field", "bad_value", "date", "amount").order_by("file", "row", "bad_value")
    shown = sorted((_told(ledger, each) for each in found.limit(SHOWN).to_pyarrow().to_pylist()), key=itemgetter(0))
    told = [text for _, text in shown]
    more = [Text("and {n:count} more", n=count - SHOWN)] if count > SHOWN else []
    raise BadRowsError(
        plural(
            "{n:count} row cannot be read: {rows}",
            "{n:count} rows cannot be read: {rows}",
            n=count,
            rows=[*told, *more],
        ),
        where=ledger.name,
        remedy=Text("Correct them, or leave them out with --leave-out-bad."),
    )


def _told(ledger: Ledger, bad: dict[str, Any]) -> tuple[tuple[str, int], Text]:
    """A bad row in words, with its place to sort by."""
    part = next((each for each in ledger.parts if bad["file"] in each.places), None)
    path = part.places[bad["file"]] if part else None
    row = bad["row"] or (part and path and _row(part, Path(bad["file"]), bad))
    name = path.name if path else bad["file"]
    place = f"{name}:{row}" if row else name
    what = _TOO_LARGE if _is_large(bad["bad_value"]) and bad["bad_field"] in MONEY else _FIELDS[bad["bad_field"]]
    text = Text("{place} {what} ({value})", place=place, what=what, value=quoted(bad["bad_value"]))
    return (name, row or 0), text


def _is_large(text: str) -> bool:
    try:
        return abs(float(text)) >= LARGEST
    except ValueError:
        return False


def _row(part: Part, path: Path, bad: dict[str, Any]) -> int | None:
    """The number of a csv's row, which DuckDB does not know: the first one with this very cell."""
    if part.dialect is None:
        return None
    field = bad["bad_field"]
    columns = part.layout.fields.get(field) or range(len(part.columns))
    utf8 = part.dialect._replace(encoding="utf-8-sig")
    wanted = str(bad["bad_value"]).strip()
    for number, cells in rows(path, utf8):
        if any(column < len(cells) and cells[column].strip() == wanted for column in columns):
            return number
    return None


def shown_name(text: str) -> str:
    """A name on one line, without doubled spaces."""
    return read_name(text) or ""
