"""What comes after clients were read: a user's workbook is updated, plans are built."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlwings as xw

from kam_xl import actions
from kam_xl.actions.imports.clients import import_table
from kam_xl.actions.imports.incoming import Incoming
from kam_xl.actions.imports.report import ImportReport, import_lines
from kam_xl.actions.imports.sheets import BesideSheet
from kam_xl.actions.report_lines import report_lines
from kam_xl.actions.setup import own_language
from kam_xl.cli.building import Built, build, opened, saved
from kam_xl.cli.screen import show
from kam_xl.files.destination import Destination
from kam_xl.table import read
from kam_xl.table.kept_reading import IS_USED, kept_reading
from kam_xl.table.sources.open_book import OpenBook

_SOME, _ALL = 6, 10**6  # changed cells to report


def merge(
    clients: Incoming,
    path: Path,
    lang: str,
    *,
    target: Destination | None = None,
    sheet: str = "",
    beside: Sequence[BesideSheet] = (),
    plan: bool = False,
    adds_columns: bool = False,
    dry_run: bool,
    backup: bool,
) -> bool:
    """Update the clients and competitors of a workbook, in place unless there is a target; whether it was written.

    What changes is told first. The sheets beside the client table follow, and all of ours that the book has already;
    with `plan` the plans are built. All of it is saved at once, or none.
    """

    def confirmed(report: ImportReport) -> bool:
        show("\n".join(import_lines(report, lang, cells=_ALL if dry_run else _SOME)))
        return not dry_run and not report.is_empty

    with opened(path) as book:
        if kept_reading(OpenBook(book)):
            show(IS_USED.render(lang), err=True)
        done = import_table(book, clients, sheet=sheet, beside=beside, adds_columns=adds_columns, confirm=confirmed)
        if done:
            follow(book, lang, plan=plan)
            saved(book, target or path, backup=backup)
        return done is not None


def follow(book: xw.Book, lang: str, *, plan: bool = False) -> None:
    """Bring the sheets of ours up to date with the clients, in an open book; build the plans where they are wanted."""
    options = actions.Options(lang=own_language(book) or lang)
    try:
        report = actions.build_plans(book, options) if plan else actions.refresh(book, options)
    except actions.NothingToRefreshError:
        return
    show("\n".join(report_lines(report, lang)))


def plans(path: Path, lang: str) -> Built:
    """Build the plans into the workbook of a client table."""
    return build(path, path, read(path), {}, lang, template=None, overwrite=True, backup=False)
