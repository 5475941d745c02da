"""What each button does: the actions, with what the user reads afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kam_xl.locale import Text, next_language
from kam_xl.plan.commands import Command
from kam_xl.plan.fields import OurSheet

if TYPE_CHECKING:
    import xlwings as xw

    from kam_xl.actions import Options, Report
    from kam_xl.actions.reports.agenda import Week
    from kam_xl.actions.reports.whitespace import WhitespaceReport
    from kam_xl.table import ClientTable
    from kam_xl.table.product_sales import ProductSales
    from kam_xl.table.products import DocumentsError

_Read = TypeVar("_Read")


@dataclass(frozen=True)
class ButtonCall:
    """What a task works with.

    Attributes
    ----------
    book : xlwings.Book
    argument : str
        What the host asked the user for.
    lang : str
        The language of the workbook.
    status : callable
        Says in the status bar what is going on.
    ask : callable
        Asks the user a question of several lines; whether the answer is yes.
    """

    book: xw.Book
    argument: str
    lang: str
    status: Callable[[Text], None]
    ask: Callable[[str], bool]

    def options(self) -> Options:
        """What the actions are told."""
        from kam_xl.actions import Options

        return Options(lang=self.lang, progress=self.progress(Text("plans")))

    def progress(self, what: Text) -> Callable[[int, int], None]:
        """How far it is, in the status bar."""
        return lambda done, total: self.status(
            Text("{what}: {done:count} of {total:count}", what=what, done=done, total=total)
        )


@dataclass(frozen=True)
class Outcome:
    """What is told at the end, and the sheet to show; nothing is reported what the user stopped or sees.

    `lang` is the language that the workbook speaks from now on, blank where the button left it as it was.
    """

    lines: tuple[str, ...] = ()
    show: str = ""
    lang: str = ""


def build_plans(call: ButtonCall) -> Outcome:
    from kam_xl import actions
    from kam_xl.actions.report_lines import report_lines

    table = actions.table_of(call.book, call.options())
    if not _wants_plans(call, table):
        return Outcome()
    report = actions.build_plans(call.book, replace(call.options(), table=table))
    return Outcome(tuple(report_lines(report, call.lang)), _title(call, OurSheet.KEY_ACCOUNTS))


def build_selected(call: ButtonCall) -> Outcome:
    from kam_xl import actions
    from kam_xl.actions.book.sheets import OurSheets
    from kam_xl.actions.report_lines import plan_lines

    table = actions.table_of(call.book, call.options())
    if not _wants_plans(call, table):
        return Outcome()
    report = actions.build_selected(call.book, replace(call.options(), table=table))
    first = next(iter((*report.plans.new, *report.plans.updated)), "")
    plans = OurSheets(call.book).plans.get(first, [])
    return Outcome(tuple(plan_lines(report, call.lang)), plans[0].title if plans else "")


def refresh(call: ButtonCall) -> Outcome:
    from kam_xl import actions
    from kam_xl.actions.report_lines import report_lines

    return Outcome(tuple(report_lines(actions.refresh(call.book, call.options()), call.lang)))


def agenda(call: ButtonCall) -> Outcome:
    from kam_xl import actions
    from kam_xl.plan.week.agenda import agenda_summary

    report = actions.agenda(call.book, call.options())
    lines = (agenda_summary(report.items, call.lang), *_kept(report, call.lang))
    return Outcome(lines, _title(call, OurSheet.AGENDA))


def changes(call: ButtonCall) -> Outcome:
    from kam_xl import actions

    report = actions.what_changed(call.book, call.options())
    return Outcome((*_alarms(report, call.lang), *_kept(report, call.lang)), _title(call, OurSheet.CHANGES))


def check(call: ButtonCall) -> Outcome:
    from kam_xl import actions
    from kam_xl.plan.reports.lists import data_check_summary

    report = actions.check(call.book, call.options())
    line = Text("Data check: {summary}", summary=data_check_summary(report.findings, call.lang)).render(call.lang)
    return Outcome((line, *_kept(report, call.lang)), _title(call, OurSheet.DATA_CHECK))


def portfolio(call: ButtonCall) -> Outcome:
    from kam_xl import actions
    from kam_xl.plan.reports.lists import key_accounts_summary

    report = actions.portfolio(call.book, call.options())
    line = key_accounts_summary(report.classification, call.lang)
    return Outcome((line, *_kept(report, call.lang)), _title(call, OurSheet.PORTFOLIO))


def dashboard(call: ButtonCall) -> Outcome:
    from kam_xl import actions
    from kam_xl.plan.reports.dashboard import dashboard_summary

    report = actions.dashboard(call.book, call.options())
    line = dashboard_summary(report.classification, call.lang)
    return Outcome((line, *_kept(report, call.lang)), _title(call, OurSheet.DASHBOARD))


def whitespace(call: ButtonCall) -> Outcome:
    from kam_xl import actions
    from kam_xl.actions.reports.whitespace import whitespace
    from kam_xl.table.products import DocumentsError

    try:
        report = whitespace(call.book, call.options())
    except DocumentsError as documents:
        table = actions.table_of(call.book, call.options())
        report = whitespace(
            call.book, replace(call.options(), table=table), _sales_of_documents(call, documents, table)
        )
    return Outcome((*report.lines(call.lang), *_kept(report, call.lang)), _title(call, OurSheet.WHITE_SPOTS))


def _sales_of_documents(call: ButtonCall, documents: DocumentsError, table: ClientTable) -> ProductSales:
    """The sales by product group of a sheet with documents, read from a copy of the workbook as ledgers are."""
    from kam_xl.domain.settings import Settings
    from kam_xl.engines.abilities import save_copy
    from kam_xl.files.temporary import temporary_folder
    from kam_xl.ledger.counts.counting import ImportOptions
    from kam_xl.ledger.products import documented_sales
    from kam_xl.ledger.recipe import Recipe
    from kam_xl.table import read_settings

    tolerance = Settings.from_mapping(read_settings(call.book) or {}).money_tolerance
    with temporary_folder() as temporary:
        copy = temporary / Path(call.book.name).name
        save_copy(call.book, copy)
        return documented_sales(
            copy, documents.sheet, Recipe(), ImportOptions(), table, tolerance, elsewhere=documents.elsewhere
        )


def import_table(call: ButtonCall) -> Outcome:
    from kam_xl.actions.imports.clients import import_table
    from kam_xl.actions.imports.incoming import incoming
    from kam_xl.actions.imports.report import import_lines

    if not call.argument:  # the user closed the dialog
        return Outcome()
    report = import_table(
        call.book,
        incoming(_read(call)),
        confirm=lambda report: report.is_empty or _goes_on(call, import_lines(report, call.lang)),
    )
    if report is None:
        return Outcome()
    return Outcome(tuple(import_lines(report, call.lang, cells=0)), report.sheet)


def import_opportunities(call: ButtonCall) -> Outcome:
    from kam_xl import actions
    from kam_xl.actions.imports.deals import import_deals
    from kam_xl.table.deals import read_deals
    from kam_xl.table.sources.open_book import OpenBook

    if not call.argument:  # the user closed the dialog
        return Outcome()
    deals = _from_file(call, read_deals, lambda opened: read_deals(OpenBook(opened)))
    table = actions.table_of(call.book, call.options())
    report = import_deals(
        call.book,
        table,
        deals,
        lang=call.lang,
        confirm=lambda report: report.is_empty or _goes_on(call, [line.render(call.lang) for line in report.lines()]),
    )
    if report is None:
        return Outcome()
    kept = () if report.is_empty else _kept(actions.refresh(call.book, call.options()), call.lang)
    return Outcome((*(line.render(call.lang) for line in report.lines()), *kept))


def _read(call: ButtonCall) -> ClientTable:
    """The table of the file that the user named."""
    from kam_xl.table import read, read_book

    return _from_file(call, read, read_book)


def _from_file(call: ButtonCall, read: Callable[[Path], _Read], read_book: Callable[[xw.Book], _Read]) -> _Read:
    """What the file holds that the user named, read from the file or from the workbook as the program opens it."""
    from kam_xl.actions.book.sheets import opened_copy
    from kam_xl.ooxml.package import read_file

    path = Path(call.argument)
    if find_spec("python_calamine") or path.suffix.lower() in (".csv", ".parquet"):
        return read(path)
    # LibreOffice's own Python has no reader of workbooks: the program reads it.
    with opened_copy(call.book.app, path.name, read_file(path)) as opened:
        return read_book(opened)


def _goes_on(call: ButtonCall, lines: Sequence[str]) -> bool:
    """Tell what would be done; whether the user wants it."""
    return call.ask("\n".join([*lines, "", Text("Go on?").render(call.lang)]))


def export_pdf(call: ButtonCall) -> Outcome:
    from kam_xl.actions.output.pdf import export_pdf, plan_titles
    from kam_xl.locale import plural

    active = call.book.sheets.active.name
    only = [active] if active in plan_titles(call.book) else None
    made = export_pdf(call.book, only=only, progress=call.progress(Text("PDF files")))
    where = made[0] if only else made[0].parent
    line = plural("{n:count} PDF file: {path}", "{n:count} PDF files: {path}", n=len(made), path=str(where))
    return Outcome((line.render(call.lang),))


def deck(call: ButtonCall) -> Outcome:
    from datetime import date

    from kam_xl.actions.output.deck import deck
    from kam_xl.actions.output.places import folder_of, unused
    from kam_xl.files.destination import Destination
    from kam_xl.locale import plural

    name = Path(call.book.name).stem
    place = folder_of(call.book) / f"{name} {date.today().isoformat()}.pptx"
    target = Destination.of(unused(place))  # people edit decks: none is replaced
    done = deck(call.book, call.options())
    target.write(done.content)
    line = plural("{n:count} slide: {path}", "{n:count} slides: {path}", n=done.slides, path=str(target.given))
    return Outcome(tuple(each.render(call.lang) for each in (line, *done.notes)))


def split_by_manager(call: ButtonCall) -> Outcome:
    from kam_xl.actions.output.places import folder_of
    from kam_xl.actions.team.splitting import split
    from kam_xl.domain.settings import Settings
    from kam_xl.engines.abilities import save_copy
    from kam_xl.files.temporary import temporary_folder
    from kam_xl.table import read_book, read_settings

    name = Path(call.book.name)
    folder = folder_of(call.book) / managers_folder(name.name)
    settings = read_settings(call.book) or {}
    table = read_book(call.book, settings=Settings.from_mapping(settings))
    if not _wants_plans(call, table):
        return Outcome()
    with temporary_folder() as temporary:
        copy = temporary / name.name
        save_copy(call.book, copy)
        done = split(
            table,
            "manager",
            folder,
            name.stem,
            settings=settings,
            lang=call.lang,
            source=copy,
            progress=call.progress(Text("workbooks")),
        )
    return Outcome(tuple(done.lines(call.lang)))


def collect(call: ButtonCall) -> Outcome:
    from kam_xl.actions.output.places import folder_of
    from kam_xl.actions.team.collecting import collect

    folder = folder_of(call.book) / managers_folder(call.book.name)
    done = collect(
        call.book,
        folder,
        call.options(),
        confirm=lambda exchange: _goes_on(call, exchange.lines(call.lang)),
    )
    if not done.written:
        return Outcome()
    return Outcome(tuple(done.lines(call.lang)), _title(call, OurSheet.CONFLICTS) if done.exchange.conflicts else "")


def managers_folder(book: str) -> str:
    """The folder beside a workbook with those of its managers.

    >>> managers_folder("KeyAccounts.xlsm")
    'KeyAccounts-managers'
    """
    return f"{Path(book).stem}-managers"


def settings(call: ButtonCall) -> Outcome:
    from kam_xl.actions.setup import settings_sheet

    return Outcome(show=settings_sheet(call.book, call.lang))


def language(call: ButtonCall) -> Outcome:
    from kam_xl.actions.report_lines import kept_lines
    from kam_xl.actions.setup import change_language

    lang = next_language(call.lang)
    report = change_language(call.book, lang)
    kept = kept_lines(report.kept, lang) if report else []
    return Outcome((Text("The workbook is now in English.").render(lang), *kept), lang=lang)


def help(call: ButtonCall) -> Outcome:  # noqa: A001 (the code of its button)
    from kam_xl.install.guide import guide_page, open_page

    path = guide_page(call.lang)
    if open_page(path):
        return Outcome()
    return Outcome((Text("The user guide: {path}", path=str(path)).render(call.lang),))


def _wants_plans(call: ButtonCall, table: ClientTable) -> bool:
    """Whether plans are wanted: of a table without revenue and budgets the user is asked first."""
    from kam_xl.plan.reports.lists import WITHOUT_MONEY

    return table.has_money or call.ask(WITHOUT_MONEY.render(call.lang))


def _alarms(report: Report, lang: str) -> list[str]:
    from kam_xl.actions.report_lines import alarm_lines

    return alarm_lines(report, lang)


def _kept(report: Report | Week | WhitespaceReport, lang: str) -> list[str]:
    from kam_xl.actions.report_lines import kept_lines

    return kept_lines(report.kept, lang)


def _title(call: ButtonCall, kind: OurSheet) -> str:
    from kam_xl.actions.book.sheets import first_sheet

    ours = first_sheet(call.book, kind)
    return ours.title if ours else ""


def task_of(command: Command) -> Callable[[ButtonCall], Outcome]:
    """What a button does: the function of its name here."""
    task: Callable[[ButtonCall], Outcome] | None = globals().get(command.code)
    if task is None:
        raise NotImplementedError(f"kam_xl/buttons/tasks.py has no function {command.code}(call) for this button")
    return task
