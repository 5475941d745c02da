"""What the commands that read ledgers ask for, and what their options make of a recipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from kam_xl.cli.options import Lang, Overwrite, SheetName, argument, checked_language, option
from kam_xl.ledger.counts.counting import ImportOptions
from kam_xl.ledger.opening import Where
from kam_xl.ledger.parties.identity import KnownClients
from kam_xl.ledger.recipe import Party, Recipe, checked, read_recipe
from kam_xl.locale import Text

Sources = Annotated[
    list[str] | None,
    argument(Text("csv, parquet or xlsx files, also by pattern; with --database its tables."), metavar="[SOURCE]..."),
]
Out = Annotated[
    Path | None,
    option(Text("The new client table, .xlsx or .csv; by default beside SOURCE, named after it."), "--output", "-o"),
]
Into = Annotated[
    Path | None, option(Text("A workbook of yours whose client table is updated by ID; what changes is shown first."))
]
Append = Annotated[
    bool, option(Text("With --into: add the amounts to those of earlier months; no file is added twice."), "--append")
]
Replace = Annotated[
    bool,
    option(
        Text("With --into: replace what was imported before, also by files that hold less of the year."), "--replace"
    ),
]
DryRun = Annotated[bool, option(Text("With --into: show what would change without writing anything."), "--dry-run")]
Backup = Annotated[bool, option(Text("With --into: keep the previous workbook as a .bak file."), "--backup")]
Plan = Annotated[bool, option(Text("Build the plans in the output at once."), "--plan")]
RecipeFile = Annotated[
    Path | None,
    option(
        Text("A TOML file with columns, seller, competitors and everything else; a reading file is one."),
        "--recipe",
        "--reading",
    ),
]
Period = Annotated[str, option(Text("2025, 2025-Q1, 2025-03 or 2025-01..2025-06."), metavar="PERIOD")]
By = Annotated[
    str, option(Text("The length of a period on the sheet with numbers by period."), metavar="year|quarter|month")
]
Category = Annotated[
    list[str], option(Text("Only these product groups; * stands for anything. Can be repeated."), show_default=False)
]
Currency = Annotated[str, option(Text("Only the rows in this currency."), metavar="CODE")]
Vat = Annotated[str, option(Text("Only the rows without or with VAT."), metavar="excl|incl")]
Decimal = Annotated[str, option(Text("The decimal mark, where amounts can be read in two ways."), metavar="MARK")]
Dates = Annotated[str, option(Text("Day or month first, where dates can be read in two ways."), metavar="dmy|mdy")]
Database = Annotated[
    str, option(Text("Where the tables are: postgresql://…, spark://local[2], duckdb://file …"), metavar="URL")
]
Query = Annotated[
    str, option(Text("A query, or a file ending in .sql, instead of tables: for joins and views."), metavar="SQL")
]
Conditions = Annotated[
    list[str],
    option(
        Text("Only rows such as Status=Paid, Region=North|South* or Type!=Draft. Can be repeated."),
        "--where",
        metavar="CONDITION",
        show_default=False,
    ),
]
Client = Annotated[str, option(Text("The client of all rows; {{file}} is the name of each file."), metavar="NAME")]
Encoding = Annotated[str, option(Text("The encoding of text files, if it is not detected."), metavar="NAME")]
Memory = Annotated[str, option(Text("How much memory the calculation may use, such as 2GB."), metavar="SIZE")]
Temporary = Annotated[Path | None, option(Text("The folder for what does not fit into memory."))]
DropDuplicates = Annotated[
    bool, option(Text("Count payments that are identical in every column once."), "--drop-duplicates")
]
LeaveOutBad = Annotated[bool, option(Text("Leave out the rows that cannot be read."), "--leave-out-bad")]
Seller = Annotated[str, option(Text("Your own company, whose client table this is."), metavar="NAME")]
CompetitorNames = Annotated[
    list[str], option(Text("A competitor. Can be repeated."), "--competitor", metavar="NAME", show_default=False)
]
Suppliers = Annotated[
    Path | None, option(Text("The csv file in which you decide which suppliers are who; by default beside the output."))
]


@dataclass(frozen=True)
class TargetOptions:
    """Where the result goes."""

    out: Out = None
    into: Into = None
    append: Append = False
    replace: Replace = False
    dry_run: DryRun = False
    backup: Backup = False
    plan: Plan = False
    overwrite: Overwrite = False
    lang: Lang = ""


@dataclass(frozen=True)
class SourceOptions:
    """Where the ledger lies, and how it is read."""

    recipe: RecipeFile = None
    period: Period = ""
    by: By = ""
    category: Category = field(default_factory=list)
    currency: Currency = ""
    vat: Vat = ""
    decimal: Decimal = ""
    dates: Dates = ""
    sheet: SheetName = ""
    encoding: Encoding = ""
    where: Conditions = field(default_factory=list)
    client: Client = ""
    database: Database = ""
    query: Query = ""
    memory: Memory = ""
    temporary: Temporary = None
    drop_duplicates: DropDuplicates = False
    leave_out_bad: LeaveOutBad = False


def recipe_of(options: SourceOptions, seller: str = "", competitors: Sequence[str] = ()) -> Recipe:
    """The recipe of a file; the options of the command line override it.

    A party that the recipe knows keeps its patterns.
    """
    recipe = read_recipe(options.recipe) if options.recipe else Recipe()
    words = {name: getattr(options, name) for name in ("period", "by", "currency", "vat", "decimal", "dates")}
    changes: dict[str, Any] = {name: word for name, word in words.items() if word}
    known = {party.name.casefold(): party for party in recipe.parties}
    if seller:
        changes["seller"] = known.get(seller.casefold(), Party(seller))
    if competitors:
        changes["competitors"] = tuple(known.get(name.casefold(), Party(name)) for name in competitors)
    if options.where:
        changes["where"] = (*recipe.where, *options.where)
    if options.client:
        changes["client"] = options.client
    if options.category:
        changes["categories"] = tuple(options.category)
    return checked(replace(recipe, **changes))


def named(sources: list[str] | None, options: SourceOptions) -> list[str]:
    """The files or tables to read; a query needs none.

    Raises
    ------
    typer.BadParameter
    """
    if not sources and not options.query:
        raise typer.BadParameter(Text("name a file or a table, or give a --query").render(checked_language("")))
    return sources or []


def where_of(sources: Sequence[str], options: SourceOptions) -> Where:
    """Where the ledger lies."""
    return Where(
        sources, options.database, options.sheet, options.memory, options.temporary, options.encoding, options.query
    )


def options_of(options: SourceOptions, lang: str, known: KnownClients, decisions: Path | None = None) -> ImportOptions:
    """How the import goes about it."""
    return ImportOptions(decisions, options.drop_duplicates, options.leave_out_bad, lang, known)
