"""Opening ledgers: from file names or a database to one table of payments, all unreadable rows told at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kam_xl.files.temporary import temporary_folder
from kam_xl.ledger.cells.reading import Reading, find_reading, prepared
from kam_xl.ledger.cells.signs import with_signs
from kam_xl.ledger.cells.typed import one_table
from kam_xl.ledger.cells.undated import dated
from kam_xl.ledger.counts.filters import read_where
from kam_xl.ledger.counts.periods import read_period
from kam_xl.ledger.errors import RecipeError
from kam_xl.ledger.parties.names import Lost, cleaned, lost_of
from kam_xl.ledger.queries import kept, step
from kam_xl.ledger.recipe import Recipe
from kam_xl.ledger.sources.connect import database, embedded
from kam_xl.ledger.sources.sources import Part, Wanted, files_of
from kam_xl.ledger.sources.tables import NATIVE, fetched_parts, native_parts
from kam_xl.locale import Text
from kam_xl.table.interpretation import Interpretation
from kam_xl.table.values.cells import read_name

if TYPE_CHECKING:
    import ibis


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
    encoding : str
        That of text files, where it is not found by itself.
    query : str
        SQL, or the name of a file with it, in the place of tables; without `url` the embedded DuckDB runs it.
    """

    names: Sequence[str]
    url: str = ""
    sheet: str = ""
    memory: str = ""
    temporary: Path | None = None
    encoding: str = ""
    query: str = ""


@dataclass(frozen=True)
class Ledger:
    """An open ledger: its table of payments (`kam_xl.ledger.cells.typed`) and where it came from.

    `spelt` is the table with names as they are spelt, `lost` which of these are blank (`kam_xl.ledger.parties.names`);
    None where such sums would not be faster. `own` says that the database is ours, and goes with the ledger.
    """

    connection: ibis.BaseBackend
    table: ibis.Table
    parts: Sequence[Part]
    readings: Sequence[Reading]
    own: bool = False
    spelt: ibis.Table | None = None
    lost: Lost = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its name in messages."""
        return ", ".join(part.name for part in self.parts[:3]) + (" …" if len(self.parts) > 3 else "")

    def has(self, field: str) -> bool:
        """Whether any part has a column for a field."""
        return any(field in part.layout.fields for part in self.parts)

    @property
    def is_dated(self) -> bool:
        """Whether any part has a column of dates."""
        return any(part.layout.title("date") for part in self.parts)

    @property
    def interpretations(self) -> list[Interpretation]:
        """How each part was understood."""
        return [_interpretation(*each) for each in zip(self.parts, self.readings, strict=True)]

    @property
    def understood(self) -> list[Text]:
        """Which columns were taken as what, in a few lines; of many parts those of the first ones."""
        several = len(self.parts) > 1
        return [
            Text("{name}: {line}", name=each.name, line=line) if several else line
            for each in self.interpretations[:3]
            for line in each.summary()
        ]

    @property
    def files(self) -> list[Path]:
        """The files that it was read from."""
        return [path for part in self.parts for path in part.places.values()]

    @property
    def id_title(self) -> str:
        """The header of the clients' ids."""
        return next((part.layout.title("client_id") for part in self.parts if "client_id" in part.layout.fields), "")

    def kept(self, table: ibis.Table, *, few: bool = False) -> ibis.Table:
        """A table that is made once, however often it is asked: in our own database, elsewhere until we leave.

        A `few` rows are not written to the file of our own database, which takes longer than to find them.
        """
        return kept(self.connection, table, temporary=few or not self.own)


def _interpretation(part: Part, reading: Reading) -> Interpretation:
    """How a part was understood; what is as everywhere (UTF-8, points, days first) is not said."""
    texts = reading.money.get(part.layout.money[-1])
    return Interpretation(
        part.layout.kind,  # type: ignore[arg-type]
        part.name,
        header_rows=(part.layout.row + 1,) if part.dialect else (),
        columns=part.layout.columns(),
        encoding=part.dialect.encoding if part.dialect and part.dialect.encoding != "utf-8-sig" else "",
        decimal=texts.decimal if texts and texts.decimal == "," else "",
        day_first=False if reading.slashes == "mdy" else None,
        notes=tuple(part.notes),
    )


@contextmanager
def open_ledger(where: Where, kind: str, recipe: Recipe, undated: date | None = None) -> Iterator[Ledger]:
    """Open a ledger of a kind, "market" or "invoices".

    `undated` is the day of rows where no column has dates; without it such a ledger is refused. Texts are read once and
    kept; files and tables without texts to read are read anew by each sum, which costs less.
    """
    if recipe.kind not in ("", kind):
        raise RecipeError(
            Text("the reading file is for another kind of table"),
            got=recipe.kind,
            remedy=Text("Write the reading file again: kam-xl read FILE --kind {kind} -o reading.toml", kind=kind),
        )
    sheet, encoding = where.sheet or recipe.sheet, where.encoding or recipe.encoding
    year = read_period(recipe.period).year if recipe.period else None
    wanted = Wanted(kind, recipe.columns, sheet, recipe.client, encoding, undated, recipe.cents, year or 0)
    if where.url.partition("://")[0] in NATIVE:
        with database(where.url) as connection:
            parts = native_parts(connection, where.names, where.query, where.url, wanted)
            yield _ledger(connection, parts, recipe, undated, own=False)
        return
    with embedded(where.memory, where.temporary) as connection, temporary_folder("files", where.temporary) as folder:
        if where.url:
            parts = fetched_parts(connection, where.names, where.query, where.url, wanted)
        elif where.query:
            parts = native_parts(connection, (), where.query, "", wanted)
        else:
            parts = files_of(connection, where.names, folder, wanted)
        yield _ledger(connection, parts, recipe, undated, own=True)


def _ledger(
    connection: ibis.BaseBackend, parts: Sequence[Part], recipe: Recipe, undated: date | None, *, own: bool
) -> Ledger:
    parts = [prepared(dated(part, undated), connection) for part in parts]
    readings = [with_signs(part, find_reading(part, recipe.decimal, recipe.dates)) for part in parts]
    wheres = [read_where(each) for each in recipe.where]
    width = max(1, *(len(part.layout.fields.get("client", ())) for part in parts))
    spelt = one_table(connection, parts, readings, width, recipe.client, wheres)
    lost = lost_of(parts, readings, width, recipe.client)
    if connection.name == "duckdb":  # compiled once, not in each query
        spelt = step(connection, spelt)
    table = cleaned(spelt, lost)
    if any(name.endswith("_form") for part in parts for name in part.table.columns):
        return Ledger(connection, kept(connection, table, temporary=not own), parts, readings, own)
    return Ledger(connection, table, parts, readings, own, spelt if connection.name == "duckdb" else None, lost)


def shown_name(text: str) -> str:
    """A name on one line, without doubled spaces."""
    return read_name(text) or ""
