"""What each button does: the actions, with what the person reads afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kam_xl.locale import Text
from kam_xl.plan.fields import OurSheet

if TYPE_CHECKING:
    import xlwings as xw

    from kam_xl.actions import Options, Report
    from kam_xl.table import ClientTable


@dataclass(frozen=True)
class Desk:
    """What a task works with.

    Attributes
    ----------
    book : xlwings.Book
    argument : str
        What the host asked the person for.
    lang : str
        The language of the workbook.
    status : callable
        Says in the status bar what is going on.
    ask : callable
        Asks the person a question of several lines; whether the answer is yes.
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
    """What is told at the end, and the sheet to show; nothing is told of what the person stopped or sees."""

    lines: tuple[str, ...] = ()
    show: str = ""


def _build_plans(desk: Desk) -> Outcome:
    from kam_xl import actions
    from kam_xl.actions.telling import told

    report = actions.build_plans(desk.book, desk.options())
    return Outcome(tuple(told(report, desk.lang)), _title(desk, OurSheet.KEY_ACCOUNTS))


def _build_selected(desk: Desk) -> Outcome:
    from kam_xl import actions
    from kam_xl.actions.sheets import OurSheets
    from kam_xl.actions.telling import told_of_plans

    report = actions.build_selected(desk.book, desk.options())
    first = next(iter((*report.plans.new, *report.plans.updated)), "")
    plans = OurSheets(desk.book).plans.get(first, [])
    return Outcome(tuple(told_of_plans(report, desk.lang)), plans[0].title if plans else "")


def _refresh(desk: Desk) -> Outcome:
    from kam_xl import actions
    from kam_xl.actions.telling import told

    return Outcome(tuple(told(actions.refresh(desk.book, desk.options()), desk.lang)))


def _check(desk: Desk) -> Outcome:
    from kam_xl import actions
    from kam_xl.plan.reports import data_check_summary

    report = actions.check(desk.book, desk.options())
    line = Text("Data check: {summary}", summary=data_check_summary(report.findings, desk.lang)).render(desk.lang)
    return Outcome((line, *_kept(report, desk.lang)), _title(desk, OurSheet.DATA_CHECK))


def _portfolio(desk: Desk) -> Outcome:
    from kam_xl import actions
    from kam_xl.plan.reports import key_accounts_summary

    report = actions.portfolio(desk.book, desk.options())
    line = key_accounts_summary(report.classification, desk.lang)
    return Outcome((line, *_kept(report, desk.lang)), _title(desk, OurSheet.PORTFOLIO))


def _dashboard(desk: Desk) -> Outcome:
    from kam_xl import actions
    from kam_xl.plan.dashboard import dashboard_summary

    report = actions.dashboard(desk.book, desk.options())
    line = dashboard_summary(report.classification, desk.lang)
    return Outcome((line, *_kept(report, desk.lang)), _title(desk, OurSheet.DASHBOARD))


def _import_table(desk: Desk) -> Outcome:
    from kam_xl.actions.import_report import told_of_import
    from kam_xl.actions.imports import import_table
    from kam_xl.actions.incoming import incoming

    if not desk.argument:  # the person closed the dialog
        return Outcome()
    report = import_table(
        desk.book,
        incoming(_read(desk)),
        confirm=lambda report: (
            report.is_empty
            or desk.ask("\n".join([*told_of_import(report, desk.lang), "", Text("Go on?").render(desk.lang)]))
        ),
    )
    if report is None:
        return Outcome()
    return Outcome(tuple(told_of_import(report, desk.lang, cells=0)), report.sheet)


def _read(desk: Desk) -> ClientTable:
    """The table of the file that the person named."""
    from kam_xl.actions.sheets import opened_copy
    from kam_xl.table import read, read_book

    path = Path(desk.argument)
    if find_spec("python_calamine") or path.suffix.lower() in (".csv", ".parquet"):
        return read(path)
    # LibreOffice's own Python has no reader of workbooks: the program reads it.
    with opened_copy(desk.book.app, path.name, path.read_bytes()) as opened:
        return read_book(opened)


def _export_pdf(desk: Desk) -> Outcome:
    from kam_xl.actions.pdf import export_pdf, plan_titles
    from kam_xl.locale import plural

    active = desk.book.sheets.active.name
    only = [active] if active in plan_titles(desk.book) else None
    made = export_pdf(desk.book, only=only, progress=desk.progress(Text("PDF files")))
    where = made[0] if only else made[0].parent
    line = plural("{n:count} PDF file: {path}", "{n:count} PDF files: {path}", n=len(made), path=str(where))
    return Outcome((line.render(desk.lang),))


def _split_by_manager(desk: Desk) -> Outcome:
    from tempfile import TemporaryDirectory

    from kam_xl.actions.places import folder_of
    from kam_xl.actions.splitting import own_template, split
    from kam_xl.engines.abilities import save_copy
    from kam_xl.table import read_book, read_settings

    name = Path(desk.book.name)
    folder = folder_of(desk.book) / f"{name.stem}-managers"
    table, settings = read_book(desk.book), read_settings(desk.book) or {}
    with TemporaryDirectory(prefix="kam_xl-") as temporary:
        copy = Path(temporary) / name.name
        save_copy(desk.book, copy)
        done = split(
            table,
            "manager",
            folder,
            name.stem,
            settings=settings,
            lang=desk.lang,
            template=own_template(copy),
            progress=desk.progress(Text("workbooks")),
        )
    return Outcome((done.text().render(desk.lang),))


def _settings(desk: Desk) -> Outcome:
    from kam_xl.actions.setup import settings_sheet

    return Outcome(show=settings_sheet(desk.book, desk.lang))


def _language(desk: Desk) -> Outcome:
    from kam_xl.actions.setup import change_language
    from kam_xl.actions.telling import told_of_kept

    lang = "ru" if desk.lang == "en" else "en"
    report = change_language(desk.book, lang)
    kept = told_of_kept(report, lang) if report else []
    return Outcome((Text("The workbook speaks English now.").render(lang), *kept))


def _help(desk: Desk) -> Outcome:
    import webbrowser

    from kam_xl.install.guide import guide_page

    path = guide_page(desk.lang)
    if webbrowser.open(path.as_uri()):
        return Outcome()
    return Outcome((Text("The user guide: {path}", path=str(path)).render(desk.lang),))


def _kept(report: Report, lang: str) -> list[str]:
    from kam_xl.actions.telling import told_of_kept

    return told_of_kept(report, lang)


def _title(desk: Desk, kind: OurSheet) -> str:
    from kam_xl.actions.sheets import OurSheets

    ours = OurSheets(desk.book).find(kind)
    return ours.title if ours else ""


TASKS: Mapping[str, Callable[[Desk], Outcome]] = {
    "build_plans": _build_plans,
    "build_selected": _build_selected,
    "refresh": _refresh,
    "check": _check,
    "portfolio": _portfolio,
    "dashboard": _dashboard,
    "import_table": _import_table,
    "export_pdf": _export_pdf,
    "split_by_manager": _split_by_manager,
    "settings": _settings,
    "language": _language,
    "help": _help,
}
CHANGES_WORK = frozenset(("build_plans", "build_selected", "refresh", "import_table", "language"))
"""Buttons before which a copy of the workbook is kept."""
