"""The plan command's work: a workbook is opened without a spreadsheet program, built, and saved whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.actions.book.sheets import OurSheets
from kam_xl.actions.book.templates import template_faults
from kam_xl.actions.plans.plan_sheets import Progress as Advance
from kam_xl.actions.report_lines import report_lines
from kam_xl.cli.help_pages import LANG
from kam_xl.cli.reading import kept_to_the_end
from kam_xl.cli.screen import show
from kam_xl.cli.targets import WORKBOOKS, OutputError, workbook_target
from kam_xl.engines.values import put
from kam_xl.errors import KamError
from kam_xl.excel.sheet_names import unique_sheet_name
from kam_xl.files.destination import Destination
from kam_xl.gate import FileKind, holds_name, kind_of
from kam_xl.locale import Text
from kam_xl.table import ClientTable
from kam_xl.table.sources.files import is_workbook
from kam_xl.table.values.shown import currency_of, format_in, plain


@dataclass(frozen=True)
class Built:
    """What was built, and where it stands."""

    report: actions.Report
    target: Path
    parts: Text

    def render(self, lang: str) -> str:
        """A few lines for the user."""
        written = Text("Written: {path}", path=str(self.target)).render(lang)
        return "\n".join([*report_lines(self.report, lang), written])


class TemplateThereError(KamError):
    """A template was given for a workbook that has one."""

    exit_code = 2

    def __init__(self, book: str) -> None:
        super().__init__(
            Text("the workbook has a plan template of its own, so --template would change nothing"),
            where=book,
            remedy=Text(
                "Leave out --template. For new plans of another look, delete the workbook's template sheet first; "
                "plans that exist keep theirs."
            ),
        )


def build(
    source: Path,
    wanted: Path | None,
    table: ClientTable,
    settings: Mapping[str, object],
    lang: str,
    *,
    template: Path | None,
    overwrite: bool,
    backup: bool,
    only: Collection[str] = (),
    inputs: Iterable[Path | None] = (),
) -> Built:
    """Build the plans of `source` into a workbook, of all key accounts or only of some clients.

    A workbook that holds our sheets already is updated in place, unless another output is wanted.
    """
    kind = carried_kind(source, table, lang)
    app = xw.engines["file"].apps.add()
    try:
        book = app.books.open(source) if kind else _new_book(app, table)
        if wanted is None and source.suffix.lower() in WORKBOOKS and OurSheets(book).titles():
            wanted = source
        if template and OurSheets(book).plan_template:
            raise TemplateThereError(source.name)
        inputs = [template, *inputs]
        target = workbook_target(source, wanted, overwrite=overwrite, kind=kind, inputs=inputs, keep_table=True)
        with progress_bar() as advance, kept_to_the_end():
            options = actions.Options(table=table, lang=lang, settings=settings, template=template, progress=advance)
            report = actions.build_selected(book, options, only) if only else actions.build_plans(book, options)
        return Built(report, target.given, saved(book, target, backup=backup))
    finally:
        app.quit()


def refreshed(
    source: Path,
    wanted: Path | None,
    options: actions.Options,
    *,
    overwrite: bool,
    backup: bool,
    inputs: Iterable[Path | None] = (),
) -> Built:
    """Bring the plans and lists of a workbook up to date, in place unless another output is wanted."""
    with opened(source) as book:
        target = workbook_target(source, wanted or source, overwrite=overwrite, kind=kind_of(source), inputs=inputs)
        with progress_bar() as advance:
            report = actions.refresh(book, replace(options, progress=advance))
        return Built(report, target.given, saved(book, target, backup=backup))


def carried_kind(source: Path, table: ClientTable, lang: str) -> FileKind | None:
    """What the source is, where the whole workbook is carried over; None where only its table can be.

    Of a workbook in another format it is said what stays behind, before anything is written.

    Raises
    ------
    OutputError
        Where that would be plans and what was typed into them.
    """
    kind = kind_of(source) if is_workbook(source) else None
    if kind is None or kind.is_open_xml:
        return kind
    if holds_name(source, "kam_sheet"):
        raise OutputError(
            Text("this workbook holds plans, and its format (.{kind}) cannot be carried over", kind=kind.value),
            where=str(source),
            remedy=Text("Open it, save it as .xlsx, and run the command with that file: what was typed stays."),
        )
    note = Text(
        "From {name} (.{kind}) only the client table on sheet {sheet} is carried over. Other sheets, formats, formulas "
        "and macros stay behind; to keep them, save the workbook as .xlsx first.",
        name=source.name,
        kind=kind.value,
        sheet=table.source.sheet,
    )
    show(note.render(lang or LANG), err=True)
    return None


@contextmanager
def opened_source(source: Path, table: ClientTable, lang: str) -> Iterator[xw.Book]:
    """The workbook that a table is in, or a new one with the table of another file."""
    kind = carried_kind(source, table, lang)
    app = xw.engines["file"].apps.add()
    try:
        yield app.books.open(source) if kind else _new_book(app, table)
    finally:
        app.quit()


@contextmanager
def opened(path: Path) -> Iterator[xw.Book]:
    """A workbook, open without a spreadsheet program."""
    app = xw.engines["file"].apps.add()
    try:
        yield app.books.open(path)
    finally:
        app.quit()


def saved(book: xw.Book, target: Path | Destination, *, backup: bool = False) -> Text:
    """Save a workbook; returns which of its parts changed."""
    book.impl.backup = backup
    book.impl.save_to(target)
    return book.impl.report.text


def faults_of_template(path: Path) -> list[Text]:
    """What is wrong with the plan template of a workbook."""
    app = xw.engines["file"].apps.add()
    try:
        return template_faults(app.books.open(path))
    finally:
        app.quit()


def _new_book(app: xw.App, table: ClientTable) -> xw.Book:
    """A workbook with the table of a csv or parquet file in it."""
    book = app.books.add()
    sheet = book.sheets[0]
    sheet.name = unique_sheet_name(table.source.sheet)
    rows = table.sheet_rows()
    put(sheet.range("A1"), [list(map(plain, row)) for row in rows])
    for column, cells in enumerate(zip(*rows, strict=True), start=1):
        for first, last, code in _in_currencies(cells):
            sheet.range((first, column), (last, column)).number_format = format_in(code)
    return book


def _in_currencies(cells: Sequence[object]) -> Iterator[tuple[int, int, str]]:
    """The rows of a column, from and to, whose numbers are all shown in one currency."""
    numbers = ((row, cell) for row, cell in enumerate(cells, start=1) if isinstance(cell, float))
    for code, run in groupby(numbers, key=lambda each: currency_of(each[1])):
        if code:
            rows = [row for row, _ in run]
            yield rows[0], rows[-1], code


@contextmanager
def progress_bar() -> Iterator[Advance]:
    """A progress bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console  # takes a while
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("kam-xl", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
