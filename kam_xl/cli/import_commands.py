"""The commands that bring data into a workbook; each source has a command of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kam_xl.cli import ledger_commands
from kam_xl.cli.options import EPILOG, Lang, Mapping, SheetName, TableName, checked_language, existing_file, say
from kam_xl.cli.workbook_commands import Backup, Output, Overwrite, Workbook
from kam_xl.locale import Text

app = typer.Typer(
    name="import",
    no_args_is_help=True,
    epilog=EPILOG,
    help=say(Text("Bring clients and their numbers into a workbook; what people typed stays.")),
)

DryRun = Annotated[bool, typer.Option("--dry-run", help=say(Text("Say what would change, and write nothing.")))]


app.add_typer(ledger_commands.app)


@app.command(
    epilog=EPILOG,
    help=say(
        Text(
            "Take clients over from INPUT into the client table of WORKBOOK: known ones are updated by their id, new "
            "ones are added. A blank erases nothing; what INPUT does not have stays."
        )
    ),
)
def clients(
    workbook: Workbook,
    input: Annotated[
        Path,
        typer.Argument(
            metavar="INPUT",
            show_default=False,
            readable=False,
            help=say(Text("A client table: an xlsx, xlsm, csv or parquet file.")),
        ),
    ],
    out: Output = None,
    into: Annotated[
        str, typer.Option(metavar="SHEET", help=say(Text("The sheet of WORKBOOK with the client table.")))
    ] = "",
    sheet: SheetName = "",
    table: TableName = "",
    mapping: Mapping = None,
    dry_run: DryRun = False,
    overwrite: Overwrite = False,
    backup: Backup = False,
    lang: Lang = "",
) -> None:
    """Import a client table."""
    from kam_xl.actions.incoming import incoming
    from kam_xl.cli.importing import merge
    from kam_xl.cli.targets import workbook_target
    from kam_xl.table import read

    lang = checked_language(lang)
    come = read(existing_file(input), sheet=sheet or None, table=table or None, mapping=mapping)
    target = workbook_target(existing_file(workbook), out or workbook, overwrite=overwrite)
    if merge(incoming(come), workbook, lang, target=target, sheet=into, dry_run=dry_run, backup=backup):
        typer.echo(Text("Written: {path}", path=str(target)).render(lang))
