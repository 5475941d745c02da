"""Where an import of a ledger goes: a new table, or a user's workbook with all that an import makes in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from kam_xl.cli import output, targets
from kam_xl.cli.ledger_options import TargetOptions
from kam_xl.cli.options import checked_language, existing_file
from kam_xl.cli.screen import show
from kam_xl.errors import KamError
from kam_xl.files.destination import Destination
from kam_xl.ledger.counts.log import (
    LOG,
    LogEntry,
    entries,
    is_other_year,
    refuse_append,
    refuse_less,
    replaced,
    sources_of,
)
from kam_xl.ledger.counts.result import BY_PERIOD, CLIENTS, COMPETITORS, IMPORT, OPERATIONAL_PLAN, SUPPLIERS, Imported
from kam_xl.ledger.parties.identity import KnownClients
from kam_xl.locale import LANGUAGES, Text, plural
from kam_xl.table.sources.csv_text import csv_text

# How each sheet beside the client table comes into a workbook that has it.
_WAYS = {OPERATIONAL_PLAN: "merge", BY_PERIOD: "merge", SUPPLIERS: "replace", IMPORT: "replace", LOG: "append"}


class ImportOptionsError(KamError):
    """Options that exclude each other."""

    exit_code = 2


@dataclass(frozen=True)
class ImportTarget:
    """Where an import goes, and what the target knows already.

    `known` are the target's clients, `log` is what was imported into it before. `table` is where a new table goes, None
    for an update of a workbook.
    """

    out: Path
    table: Destination | None
    options: TargetOptions
    lang: str
    known: KnownClients
    log: Sequence[LogEntry]


def target_of(sources: Sequence[str], options: TargetOptions) -> ImportTarget:
    """The target, refused before a long reading where it cannot be reached.

    Raises
    ------
    ImportOptionsError, OutputError
    """
    lang = checked_language(options.lang)
    if options.append and options.replace:
        raise ImportOptionsError(Text("--append adds, and --replace replaces: choose one of them"))
    if options.into is not None:
        if options.out is not None:
            raise ImportOptionsError(
                Text("--into updates a workbook, and --output writes a new one: choose one of them")
            )
        into = existing_file(options.into)
        return ImportTarget(into, None, options, lang, _known(into), _log(into))
    if options.append:
        raise ImportOptionsError(Text("--append adds to a workbook: name it with --into"))
    if options.replace:
        raise ImportOptionsError(Text("--replace replaces what is in a workbook: name it with --into"))
    first = Path(sources[0]) if sources else Path()
    wanted = options.out or (targets.beside(first, "-clients.xlsx") if first.is_file() else Path("clients.xlsx"))
    table = targets.table_target(wanted, overwrite=options.overwrite, inputs=map(Path, sources))
    known = _known(wanted) if wanted.is_file() and options.overwrite else KnownClients()
    if options.plan and wanted.suffix.lower() != ".xlsx":
        raise ImportOptionsError(
            Text("plans go into a workbook"), got=wanted.name, remedy=Text("Use a name that ends with .xlsx.")
        )
    return ImportTarget(wanted, table, options, lang, known, [])


def _known(path: Path) -> KnownClients:
    """The clients of a table that is there: their ids are kept."""
    from kam_xl.table import read
    from kam_xl.table.errors import TableError

    try:
        clients = read(path).clients()
    except TableError:  # an empty one, or none
        return KnownClients()
    return KnownClients((each.client, each.client_id) for each in clients if not each.client_id.startswith("#"))


def _log(path: Path) -> list[LogEntry]:
    from kam_xl.table.sources.files import open_file

    book = open_file(path)
    names = {LOG.render(lang).casefold() for lang in LANGUAGES}
    sheet = next((name for name in book.sheets() if name.casefold() in names), None)
    return entries(book.grid(sheet).rows) if sheet else []


def finish(imported: Imported, target: ImportTarget) -> None:
    """Show what was found, write it, and build the plans where they are wanted; exit code 1 where there are errors."""
    _tell(imported, target.lang)
    _deliver(imported, target)
    if any(each.grade == "error" for each in imported.findings):
        raise typer.Exit(1)


def _deliver(imported: Imported, target: ImportTarget) -> None:
    if target.options.into:
        if not _into(imported, target):
            return
    elif target.table:
        _write(imported, target.table, target.lang)
    show(Text("Written: {path}", path=str(target.out)).render(target.lang))
    if target.options.plan and not target.options.into:
        from kam_xl.cli.importing import plans

        show(plans(target.out, target.lang).render(target.lang))


def _into(imported: Imported, target: ImportTarget) -> bool:
    """Update the workbook and everything that an import made in it; whether it was written."""
    from kam_xl.actions.imports.incoming import incoming, with_competitors
    from kam_xl.actions.imports.sheets import BesideSheet  # xlwings and the engine are heavy
    from kam_xl.cli.importing import merge

    options = target.options
    if options.append:
        refuse_append(target.log, imported.entry, str(target.out))
    elif lost := replaced(target.log, imported.entry):
        if not options.replace:
            refuse_less(lost, imported.entry, str(target.out), starts_late=imported.starts_late)
        show(_replaced_warning(lost).render(target.lang))
    table = imported.table(target.lang)
    come = incoming(table, adds=options.append)
    come = replace(come, other_year=is_other_year(target.log, imported.entry), of_ledger=True)
    sheets = {lang: imported.sheets(lang) for lang in LANGUAGES}
    beside = [
        BesideSheet(
            "add" if options.append and _WAYS[title] == "merge" else _WAYS[title],  # type: ignore[arg-type]
            {lang: title.render(lang) for lang in LANGUAGES},
            {lang: each[title.render(lang)] for lang, each in sheets.items()},
            optional=title in (BY_PERIOD, SUPPLIERS),
        )
        for title in imported.titles
        if title not in (CLIENTS, COMPETITORS)
    ]
    return merge(
        with_competitors(come, table, () if options.append else imported.rivals),
        target.out,
        target.lang,
        beside=beside,
        plan=options.plan,
        dry_run=options.dry_run,
        backup=options.backup,
    )


def _replaced_warning(lost: Sequence[LogEntry]) -> Text:
    return Text(
        "Warning: figures imported before from {sources} are replaced by those of these files. To add instead, use "
        "--append.",
        sources=sources_of(lost),
    )


def _tell(imported: Imported, lang: str) -> None:
    count = plural("{n:count} client", "{n:count} clients", n=len(imported.clients))
    line = Text(
        "{clients} of {period}, from {used:count} of {rows:count} rows.",
        clients=count,
        period=imported.period.name,
        used=imported.used.rows,
        rows=imported.read.rows,
    )
    for each_line in (*imported.understood, line):
        show(each_line.render(lang))
    for each in imported.left_out:
        left = plural(
            "Left out: {n:count} row, {reason}", "Left out: {n:count} rows, {reason}", n=each.rows, reason=each.reason
        )
        money = Text("{line} ({amounts})", line=left, amounts=each.money) if each.amounts else left
        show(money.render(lang))
    output.print_findings(imported.findings, lang)


def _write(imported: Imported, target: Destination, lang: str) -> None:
    sheets = imported.sheets(lang)
    if target.given.suffix.lower() == ".csv":
        header, *rows = sheets[CLIENTS.render(lang)]
        target.write(csv_text(list(map(str, header)), rows, lang).encode("utf-8-sig"))
        return
    from kam_xl.engines.file.plain_book import PlainSheet, plain_book  # heavy, of no use to imports into a workbook
    from kam_xl.engines.file.save import save

    save(plain_book({name: PlainSheet(rows[0], rows[1:], len(rows) - 1) for name, rows in sheets.items()}), target)
