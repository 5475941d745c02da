"""The commands that bring data into a workbook; each source has a command of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kam_xl.cli import ledger_commands
from kam_xl.cli.help_pages import EPILOG, HelpfulGroup, help_text
from kam_xl.cli.options import (
    Backup,
    Encoding,
    Lang,
    Overwrite,
    Reading,
    SheetName,
    TableName,
    argument,
    checked_language,
    command,
    existing_file,
    group,
    option,
    show_understood,
)
from kam_xl.cli.reading import TableOptions
from kam_xl.cli.screen import show
from kam_xl.cli.workbook_commands import Output, Workbook
from kam_xl.locale import Text
from kam_xl.ooxml.errors import NotAWorkbookError

app = typer.Typer(
    cls=HelpfulGroup,
    name="import",
    no_args_is_help=True,
    epilog=EPILOG,
    help=help_text(Text("Import clients and their numbers into a workbook; what people typed stays.")),
)
app.callback()(group)


def add_to(whole: typer.Typer) -> None:
    """Put the group of commands into the program's list."""
    whole.add_typer(app)


DryRun = Annotated[bool, option(Text("Show what would change without writing anything."), "--dry-run")]


app.add_typer(ledger_commands.app)


@command(
    app,
    Text(
        "Import clients from INPUT into the client table of WORKBOOK: existing ones are updated by ID, new "
        "ones are added. A blank erases nothing; clients that INPUT lacks stay."
    ),
)
def clients(
    workbook: Workbook,
    input: Annotated[Path, argument(Text("A client table: an xlsx, xlsm, csv or parquet file."), metavar="INPUT")],
    out: Output = None,
    into: Annotated[str, option(Text("The sheet of WORKBOOK with the client table."), metavar="SHEET")] = "",
    sheet: SheetName = "",
    table: TableName = "",
    mapping: Reading = None,
    encoding: Encoding = "",
    add_columns: Annotated[
        bool,
        option(Text("Add columns for what INPUT says of clients and the table has no column for."), "--add-columns"),
    ] = False,
    dry_run: DryRun = False,
    overwrite: Overwrite = False,
    backup: Backup = False,
    lang: Lang = "",
) -> None:
    """Import a client table."""
    from kam_xl.actions.imports.incoming import incoming
    from kam_xl.cli.importing import merge
    from kam_xl.cli.targets import workbook_target
    from kam_xl.gate import kind_of
    from kam_xl.table import read

    lang = checked_language(lang)
    come = read(existing_file(input), sheet=sheet or None, table=table or None, mapping=mapping, encoding=encoding)
    show_understood(come, lang)
    inputs = [input, mapping]
    kind = kind_of(existing_file(workbook))
    if kind is None:
        raise NotAWorkbookError.of(str(workbook))
    target = workbook_target(workbook, out or workbook, overwrite=overwrite, kind=kind, inputs=inputs, dry_run=dry_run)
    if merge(
        incoming(come),
        workbook,
        lang,
        target=target,
        sheet=into,
        adds_columns=add_columns,
        dry_run=dry_run,
        backup=backup,
    ):
        show(Text("Written: {path}", path=str(target.given)).render(lang))


@command(
    app,
    Text(
        "Import a CRM's deals (deal, company, amount, probability, stage, close date, owner) into "
        "the opportunities of the plans in WORKBOOK. What people typed stays; what is left out is "
        "reported with its amounts."
    ),
)
def opportunities(
    input: Annotated[
        Path, argument(Text("A CRM's list of deals: an xlsx, xlsm, csv or parquet file."), metavar="INPUT")
    ],
    into: Annotated[Path, option(Text("The workbook with the plans."), metavar="WORKBOOK")],
    out: Output = None,
    sheet: SheetName = "",
    encoding: Encoding = "",
    currency: Annotated[str, option(Text("Only the deals in this currency."), metavar="CODE")] = "",
    dry_run: DryRun = False,
    overwrite: Overwrite = False,
    backup: Backup = False,
    lang: Lang = "",
) -> None:
    """Import a CRM's deals."""
    from kam_xl.actions.imports.deals import DealReport, import_deals
    from kam_xl.cli.building import opened, saved
    from kam_xl.cli.importing import follow
    from kam_xl.cli.targets import workbook_target
    from kam_xl.table.deals import read_deals

    shown = checked_language(lang)
    deals = read_deals(existing_file(input), sheet=sheet, encoding=encoding, currency=currency)
    for line in deals.understood.summary():
        show(line.render(shown), err=True)
    target = workbook_target(existing_file(into), out or into, overwrite=overwrite, inputs=[input], dry_run=dry_run)
    known = TableOptions(lang=lang).read(into)

    def confirmed(report: DealReport) -> bool:
        show("\n".join(line.render(shown) for line in report.lines()))
        return not dry_run and not report.is_empty

    with opened(into) as book:
        if import_deals(book, known.table, deals, lang=shown, confirm=confirmed):
            follow(book, shown)
            saved(book, target, backup=backup)
            show(Text("Written: {path}", path=str(target.given)).render(shown))
