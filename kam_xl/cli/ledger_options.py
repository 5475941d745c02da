"""What the commands that read ledgers ask for, and what their options make of a recipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from kam_xl.cli.options import say
from kam_xl.ledger.recipe import Party, Recipe, checked, read_recipe
from kam_xl.locale import Text

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        show_default=False,
        help=say(Text("csv, parquet or xlsx files, also by pattern; with --database its tables.")),
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help=say(Text("The new client table, .xlsx or .csv; by default beside SOURCE, named after it.")),
    ),
]
Into = Annotated[
    Path | None,
    typer.Option(
        readable=False,
        help=say(Text("A workbook of yours whose client table is updated by id; what changes is shown first.")),
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=say(Text("With --into: say what would change, and write nothing.")))
]
Backup = Annotated[
    bool, typer.Option("--backup", help=say(Text("With --into: keep what the workbook held before as a .bak file.")))
]
Plan = Annotated[bool, typer.Option("--plan", help=say(Text("Build the plans in the output at once.")))]
RecipeFile = Annotated[
    Path | None,
    typer.Option(
        "--recipe", readable=False, help=say(Text("A TOML file with columns, seller, competitors and all else."))
    ),
]
Period = Annotated[str, typer.Option(metavar="PERIOD", help=say(Text("2025, 2025-Q1, 2025-03 or 2025-01..2025-06.")))]
By = Annotated[
    str, typer.Option(metavar="year|quarter|month", help=say(Text("The steps of the sheet with numbers by period.")))
]
Category = Annotated[
    list[str],
    typer.Option(
        show_default=False, help=say(Text("Only these product groups; * stands for anything. Can be repeated."))
    ),
]
Currency = Annotated[str, typer.Option(metavar="CODE", help=say(Text("Only the rows in this currency.")))]
Vat = Annotated[str, typer.Option(metavar="excl|incl", help=say(Text("Only the rows without or with VAT.")))]
Decimal = Annotated[
    str, typer.Option(metavar="MARK", help=say(Text("The decimal mark, where amounts can be read in two ways.")))
]
Dates = Annotated[
    str, typer.Option(metavar="dmy|mdy", help=say(Text("Day or month first, where dates can be read in two ways.")))
]
Database = Annotated[
    str,
    typer.Option(
        metavar="URL", help=say(Text("Where the tables are: postgresql://…, spark://local[2], duckdb://file …"))
    ),
]
Memory = Annotated[str, typer.Option(metavar="SIZE", help=say(Text("How much memory the sums may take, such as 2GB.")))]
Temporary = Annotated[Path | None, typer.Option(help=say(Text("The folder for what does not fit into memory.")))]
DropDuplicates = Annotated[
    bool, typer.Option("--drop-duplicates", help=say(Text("Count payments that are equal in everything once.")))
]
LeaveOutBad = Annotated[
    bool, typer.Option("--leave-out-bad", help=say(Text("Go on without the rows that cannot be read.")))
]
Overwrite = Annotated[bool, typer.Option(help=say(Text("Replace the output where it exists.")))]
Seller = Annotated[str, typer.Option(metavar="NAME", help=say(Text("Whose client table it is: you.")))]
CompetitorNames = Annotated[
    list[str],
    typer.Option("--competitor", metavar="NAME", show_default=False, help=say(Text("A competitor. Can be repeated."))),
]
Suppliers = Annotated[
    Path | None,
    typer.Option(
        readable=False,
        help=say(Text("The csv file in which you decide which suppliers are who; by default beside the output.")),
    ),
]


def recipe_of(
    file: Path | None,
    *,
    seller: str = "",
    competitors: Sequence[str] = (),
    categories: Sequence[str] = (),
    **words: str,
) -> Recipe:
    """The recipe of a file with the options of the command line before it.

    A party that the recipe knows keeps its patterns.
    """
    recipe = read_recipe(file) if file else Recipe()
    changes: dict[str, Any] = {name: word for name, word in words.items() if word}
    known = {party.name.casefold(): party for party in recipe.parties}
    if seller:
        changes["seller"] = known.get(seller.casefold(), Party(seller))
    if competitors:
        changes["competitors"] = tuple(known.get(name.casefold(), Party(name)) for name in competitors)
    if categories:
        changes["categories"] = tuple(categories)
    return checked(replace(recipe, **changes))
