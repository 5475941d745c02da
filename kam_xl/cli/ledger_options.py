"""What the commands that read ledgers ask for, and what their options make of a recipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from kam_xl.cli.options import Lang, SheetName, checked_language, help_text
from kam_xl.ledger.counting import ImportOptions
from kam_xl.ledger.identity import KnownClients
from kam_xl.ledger.opening import Where
from kam_xl.ledger.recipe import Party, Recipe, checked, read_recipe
from kam_xl.locale import Text

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE]...",
        show_default=False,
        help=help_text(Text("csv, parquet or xlsx files, also by pattern; with --database its tables.")),
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        readable=False,
        help=help_text(Text("The new client table, .xlsx or .csv; by default beside SOURCE, named after it.")),
    ),
]
Into = Annotated[
    Path | None,
    typer.Option(
        readable=False,
        help=help_text(Text("A workbook of yours whose client table is updated by ID; what changes is shown first.")),
    ),
]
Append = Annotated[
    bool,
    typer.Option(
        "--append",
        help=help_text(Text("With --into: add the amounts to those of earlier months; no file is added twice.")),
    ),
]
Replace = Annotated[
    bool,
    typer.Option(
        "--replace",
        help=help_text(
            Text("With --into: replace what was imported before, also by files that hold less of the year.")
        ),
    ),
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help=help_text(Text("With --into: show what would change without writing anything."))),
]
Backup = Annotated[
    bool, typer.Option("--backup", help=help_text(Text("With --into: keep the previous workbook as a .bak file.")))
]
Plan = Annotated[bool, typer.Option("--plan", help=help_text(Text("Build the plans in the output at once.")))]
RecipeFile = Annotated[
    Path | None,
    typer.Option(
        "--recipe",
        "--reading",
        readable=False,
        help=help_text(
            Text("A TOML file with columns, seller, competitors and everything else; a reading file is one.")
        ),
    ),
]
Period = Annotated[
    str, typer.Option(metavar="PERIOD", help=help_text(Text("2025, 2025-Q1, 2025-03 or 2025-01..2025-06.")))
]
By = Annotated[
    str,
    typer.Option(
        metavar="year|quarter|month",
        help=help_text(Text("The length of a period on the sheet with numbers by period.")),
    ),
]
Category = Annotated[
    list[str],
    typer.Option(
        show_default=False, help=help_text(Text("Only these product groups; * stands for anything. Can be repeated."))
    ),
]
Currency = Annotated[str, typer.Option(metavar="CODE", help=help_text(Text("Only the rows in this currency.")))]
Vat = Annotated[str, typer.Option(metavar="excl|incl", help=help_text(Text("Only the rows without or with VAT.")))]
Decimal = Annotated[
    str, typer.Option(metavar="MARK", help=help_text(Text("The decimal mark, where amounts can be read in two ways.")))
]
Dates = Annotated[
    str,
    typer.Option(metavar="dmy|mdy", help=help_text(Text("Day or month first, where dates can be read in two ways."))),
]
Database = Annotated[
    str,
    typer.Option(
        metavar="URL", help=help_text(Text("Where the tables are: postgresql://…, spark://local[2], duckdb://file …"))
    ),
]
Query = Annotated[
    str,
    typer.Option(
        metavar="SQL",
        help=help_text(Text("A query, or a file ending in .sql, instead of tables: for joins and views.")),
    ),
]
Conditions = Annotated[
    list[str],
    typer.Option(
        "--where",
        metavar="CONDITION",
        show_default=False,
        help=help_text(Text("Only rows such as Status=Paid, Region=North|South* or Type!=Draft. Can be repeated.")),
    ),
]
Client = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help=help_text(Text("The client of all rows; {{file}} is the name of each file.")),
    ),
]
Encoding = Annotated[
    str, typer.Option(metavar="NAME", help=help_text(Text("The encoding of text files, if it is not detected.")))
]
Memory = Annotated[
    str, typer.Option(metavar="SIZE", help=help_text(Text("How much memory the calculation may use, such as 2GB.")))
]
Temporary = Annotated[
    Path | None, typer.Option(readable=False, help=help_text(Text("The folder for what does not fit into memory.")))
]
DropDuplicates = Annotated[
    bool,
    typer.Option("--drop-duplicates", help=help_text(Text("Count payments that are identical in every column once."))),
]
LeaveOutBad = Annotated[
    bool, typer.Option("--leave-out-bad", help=help_text(Text("Leave out the rows that cannot be read.")))
]
Overwrite = Annotated[bool, typer.Option(help=help_text(Text("Replace the output if it exists.")))]
Seller = Annotated[
    str, typer.Option(metavar="NAME", help=help_text(Text("Your own company, whose client table this is.")))
]
CompetitorNames = Annotated[
    list[str],
    typer.Option(
        "--competitor", metavar="NAME", show_default=False, help=help_text(Text("A competitor. Can be repeated."))
    ),
]
Suppliers = Annotated[
    Path | None,
    typer.Option(
        readable=False,
        help=help_text(Text("The csv file in which you decide which suppliers are who; by default beside the output.")),
    ),
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
