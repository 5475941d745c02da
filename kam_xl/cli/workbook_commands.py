"""Commands on a workbook that has plans: what its buttons do, without a spreadsheet program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kam_xl.cli.options import (
    Backup,
    ForgetReading,
    Lang,
    Overwrite,
    Verify,
    argument,
    checked_language,
    command,
    existing_file,
    option,
)
from kam_xl.cli.reading import TableOptions
from kam_xl.cli.screen import show
from kam_xl.locale import LANGUAGES, Text, next_language, plural

Workbook = Annotated[Path, argument(Text("The workbook, an xlsx or xlsm file."), metavar="WORKBOOK")]
Output = Annotated[Path | None, option(Text("Write another file and leave the workbook as it is."), "--output", "-o")]


def add_to(app: typer.Typer) -> None:
    """Put the commands into the program's list."""
    for function, text in (
        (refresh, Text("Bring the plans and lists of a workbook up to date with its client table; no sheet is added.")),
        (pdf, Text("Write plans as PDF files.")),
        (language, Text("Switch a workbook to another language; what people typed stays.")),
        (guide, Text("Open the user guide in a browser; no internet is needed.")),
    ):
        command(app, text)(function)


def refresh(
    workbook: Workbook,
    out: Output = None,
    forget: ForgetReading = False,
    overwrite: Overwrite = False,
    backup: Backup = False,
    verify: Verify = False,
    *,
    reading: TableOptions,
) -> None:
    """Refresh what is there."""
    from kam_xl import actions
    from kam_xl.cli.building import refreshed

    known = reading.read(workbook, forget=forget)
    options = actions.Options(table=known.table, lang=reading.lang, settings=known.settings)
    built = refreshed(workbook, out, options, overwrite=overwrite, backup=backup, inputs=reading.files)
    show(built.render(known.lang))
    if verify:
        show(built.parts.render(known.lang))


def pdf(
    workbook: Workbook,
    out: Annotated[
        Path | None, option(Text("The folder for the files; by default the workbook's own."), "--output", "-o")
    ] = None,
    client: Annotated[
        list[str] | None, option(Text("Only the plan of this client (ID or sheet); may be repeated."), metavar="CLIENT")
    ] = None,
    one_file: Annotated[bool, option(Text("One file of all plans instead of one for each."))] = False,
    one_page: Annotated[bool, option(Text("Only the first page of each plan."))] = False,
    lang: Lang = "",
) -> None:
    """Print plans into PDF files."""
    from kam_xl.actions.output.pdf import export_pdf
    from kam_xl.cli.building import opened, progress_bar

    lang = checked_language(lang)
    with opened(existing_file(workbook)) as book, progress_bar() as advance:
        made = export_pdf(book, only=client or None, folder=out, one_file=one_file, one_page=one_page, progress=advance)
    where = made[0] if len(made) == 1 else made[0].parent
    line = plural("{n:count} PDF file: {path}", "{n:count} PDF files: {path}", n=len(made), path=str(where))
    show(line.render(lang))


def language(
    workbook: Workbook,
    to: Annotated[
        str, argument(Text("The language; by default the next one."), metavar=f"[{'|'.join(LANGUAGES)}]")
    ] = "",
    out: Output = None,
    overwrite: Overwrite = False,
    backup: Backup = False,
) -> None:
    """Switch the language of a workbook."""
    from kam_xl.actions.report_lines import kept_lines
    from kam_xl.actions.setup import book_language, change_language
    from kam_xl.cli.building import opened, saved
    from kam_xl.cli.targets import workbook_target
    from kam_xl.gate import kind_of

    wanted = checked_language(to) if to else ""
    with opened(existing_file(workbook)) as book:
        lang = wanted or next_language(book_language(book))
        target = workbook_target(workbook, out or workbook, overwrite=overwrite, kind=kind_of(workbook))
        report = change_language(book, lang)
        saved(book, target, backup=backup)
    lines = [Text("The workbook is now in English.").render(lang), *(kept_lines(report.kept, lang) if report else [])]
    show("\n".join([*lines, Text("Written: {path}", path=str(target.given)).render(lang)]))


def guide(
    path: Annotated[bool, option(Text("Only print where the guide is."), "--path")] = False, lang: Lang = ""
) -> None:
    """Open the guide."""
    from kam_xl.install.guide import guide_page, open_page

    page = guide_page(checked_language(lang))
    if path or not open_page(page):
        show(str(page))
