"""What comes after a ledger was read: a person's workbook is updated, plans are built."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl.actions.import_report import ImportReport, told_of_import
from kam_xl.actions.imports import import_table
from kam_xl.actions.incoming import incoming
from kam_xl.cli.building import Built, build
from kam_xl.ledger.result import Imported
from kam_xl.locale import Text
from kam_xl.table import read


def merge(imported: Imported, path: Path, lang: str, *, yes: bool) -> bool:
    """Update the client table of a workbook; whether it was written.

    What would change is shown first, and asked about where somebody can answer.
    """

    def confirmed(report: ImportReport) -> bool:
        typer.echo("\n".join(told_of_import(report, lang)))
        if report.is_empty or yes:
            return not report.is_empty
        if not sys.stdin.isatty():
            typer.echo(Text("To write this, add --yes.").render(lang))
            return False
        return typer.confirm(Text("Write this into {path}?", path=path.name).render(lang))

    app = xw.engines["file"].apps.add()
    try:
        book = app.books.open(path)
        done = import_table(book, incoming(imported.table(lang)), confirm=confirmed)
        if done:
            book.save(path)
        return done is not None
    finally:
        app.quit()


def plans(path: Path, lang: str) -> Built:
    """Build the plans into the workbook of a client table."""
    return build(path, path, read(path), {}, lang, template=None, overwrite=False, backup=False)
