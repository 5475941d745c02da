"""What comes after clients were read: a person's workbook is updated, plans are built."""

from __future__ import annotations

from pathlib import Path

import typer

from kam_xl.actions.import_report import ImportReport, told_of_import
from kam_xl.actions.imports import import_table
from kam_xl.actions.incoming import Incoming
from kam_xl.cli.building import Built, build, opened, saved
from kam_xl.table import read

_SOME, _ALL = 6, 10**6  # changed cells to tell of


def merge(
    clients: Incoming,
    path: Path,
    lang: str,
    *,
    target: Path | None = None,
    sheet: str = "",
    dry_run: bool,
    backup: bool,
) -> bool:
    """Update the clients and competitors of a workbook, in place unless there is a target; whether it was written.

    What changes is told first.
    """

    def told(report: ImportReport) -> bool:
        typer.echo("\n".join(told_of_import(report, lang, cells=_ALL if dry_run else _SOME)))
        return not dry_run and not report.is_empty

    with opened(path) as book:
        done = import_table(book, clients, sheet=sheet, confirm=told)
        if done:
            saved(book, target or path, backup=backup)
        return done is not None


def plans(path: Path, lang: str) -> Built:
    """Build the plans into the workbook of a client table."""
    return build(path, path, read(path), {}, lang, template=None, overwrite=False, backup=False)
