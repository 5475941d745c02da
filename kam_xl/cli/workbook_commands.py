"""Commands on a workbook that has plans: what its buttons do, without a spreadsheet program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kam_xl.cli.options import (
    EPILOG,
    Lang,
    Mapping,
    SettingsFile,
    SheetName,
    TableName,
    checked_language,
    existing_file,
    say,
)
from kam_xl.domain.settings import Settings, toml_values
from kam_xl.locale import Text, plural

Workbook = Annotated[
    Path,
    typer.Argument(
        metavar="WORKBOOK", show_default=False, readable=False, help=say(Text("The workbook, an xlsx or xlsm file."))
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help=say(Text("Write another file and leave the workbook as it is."))),
]
Overwrite = Annotated[bool, typer.Option(help=say(Text("Replace the output where it exists.")))]
Backup = Annotated[bool, typer.Option(help=say(Text("Keep what the output held before as a .bak file.")))]
Verify = Annotated[bool, typer.Option(help=say(Text("Say which parts of the workbook changed.")))]


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program's list."""
    for command, text in (
        (refresh, Text("Bring the plans and lists of a workbook up to date with its client table; no sheet is added.")),
        (pdf, Text("Write plans as PDF files.")),
        (language, Text("Put a workbook into another language; what people typed stays.")),
        (guide, Text("Open the user guide in a browser; no internet is needed.")),
    ):
        app.command(epilog=EPILOG, help=say(text))(command)


def refresh(
    workbook: Workbook,
    out: Output = None,
    sheet: SheetName = "",
    table: TableName = "",
    mapping: Mapping = None,
    settings: SettingsFile = None,
    lang: Lang = "",
    overwrite: Overwrite = False,
    backup: Backup = False,
    verify: Verify = False,
) -> None:
    """Refresh what is there."""
    from kam_xl import actions
    from kam_xl.cli.building import refreshed
    from kam_xl.table import read

    shown = checked_language(lang)
    values = toml_values(settings) if settings else {}
    Settings.from_mapping(values, where=str(settings or ""))
    known = read(existing_file(workbook), sheet=sheet or None, table=table or None, mapping=mapping)
    options = actions.Options(table=known, lang=lang, settings=values)
    built = refreshed(workbook, out, options, overwrite=overwrite, backup=backup)
    typer.echo(built.render(shown))
    if verify:
        typer.echo(built.parts.render(shown))


def pdf(
    workbook: Workbook,
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=say(Text("The folder for the files; by default beside the workbook."))),
    ] = None,
    client: Annotated[
        list[str] | None,
        typer.Option(metavar="CLIENT", help=say(Text("Only the plan of this client (id or sheet); may be repeated."))),
    ] = None,
    one_file: Annotated[bool, typer.Option(help=say(Text("One file of all plans instead of one for each.")))] = False,
    lang: Lang = "",
) -> None:
    """Print plans into PDF files."""
    from kam_xl.actions.pdf import export_pdf
    from kam_xl.cli.building import opened, progress_bar

    lang = checked_language(lang)
    with opened(existing_file(workbook)) as book, progress_bar() as advance:
        made = export_pdf(book, only=client or None, folder=out, one_file=one_file, progress=advance)
    where = made[0] if len(made) == 1 else made[0].parent
    line = plural("{n:count} PDF file: {path}", "{n:count} PDF files: {path}", n=len(made), path=str(where))
    typer.echo(line.render(lang))


def language(
    workbook: Workbook,
    to: Annotated[
        str,
        typer.Argument(metavar="[en|ru]", show_default=False, help=say(Text("The language; by default the other."))),
    ] = "",
    out: Output = None,
    overwrite: Overwrite = False,
    backup: Backup = False,
) -> None:
    """Switch the language of a workbook."""
    from kam_xl.actions.setup import book_language, change_language
    from kam_xl.actions.telling import told_of_kept
    from kam_xl.cli.building import opened, saved
    from kam_xl.cli.targets import workbook_target

    wanted = checked_language(to) if to else ""
    with opened(existing_file(workbook)) as book:
        lang = wanted or ("en" if book_language(book) == "ru" else "ru")
        target = workbook_target(workbook, out or workbook, overwrite=overwrite)
        report = change_language(book, lang)
        saved(book, target, backup=backup)
    lines = [Text("The workbook speaks English now.").render(lang), *(told_of_kept(report, lang) if report else [])]
    typer.echo("\n".join([*lines, Text("Written: {path}", path=str(target)).render(lang)]))


def guide(
    path: Annotated[bool, typer.Option("--path", help=say(Text("Only print where the guide is.")))] = False,
    lang: Lang = "",
) -> None:
    """Open the guide."""
    import webbrowser

    from kam_xl.install.guide import guide_page

    page = guide_page(checked_language(lang))
    if path or not webbrowser.open(page.as_uri()):
        typer.echo(str(page))
