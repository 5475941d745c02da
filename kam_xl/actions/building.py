"""The builds that buttons and commands start: which sheets they bring up to date, and what they report.

Nothing is written before all is read and checked. A computed cell is rewritten only while it holds what we put there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import xlwings as xw

import kam_xl.engines.excel_processes  # noqa: F401 (ends no Excel on exit)
from kam_xl.actions.book.protection import refuse_protected
from kam_xl.actions.book.record import Record
from kam_xl.actions.book.selection import selected_ids
from kam_xl.actions.plans import build_findings, plan_sheets
from kam_xl.actions.plans.context import BookContext, BuildContext, NoPlansError
from kam_xl.actions.plans.history import compare
from kam_xl.actions.plans.kept_operational import keep_operational, lost_operational
from kam_xl.actions.plans.kept_settings import keep_settings
from kam_xl.actions.plans.late_ids import carry_on, recorded_ids
from kam_xl.actions.plans.lost_columns import refuse_lost
from kam_xl.actions.plans.plan_sheets import PlanReport, Progress
from kam_xl.actions.reports import report_sheets
from kam_xl.actions.reports.agenda import Week, take_back
from kam_xl.actions.reports.agenda import agenda as agenda_of
from kam_xl.actions.reports.whitespace_sheets import SHEETS as WHITESPACE_SHEETS
from kam_xl.actions.reports.whitespace_sheets import refresh_whitespace
from kam_xl.domain.classify import Account, Classification
from kam_xl.domain.settings import Settings
from kam_xl.errors import KamError
from kam_xl.locale import Text
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.week.agenda import Item
from kam_xl.plan.week.changes import Change, alarms
from kam_xl.table import ClientTable, Finding, read_book, read_settings

_REPORTS = (
    OurSheet.KEY_ACCOUNTS,
    OurSheet.PORTFOLIO,
    OurSheet.DASHBOARD,
    OurSheet.AGENDA,
    OurSheet.CHANGES,
    OurSheet.DATA_CHECK,
)
_ON_DEMAND = (OurSheet.CONFLICTS, *WHITESPACE_SHEETS)
_BUILT = tuple(sheet for sheet in OurSheet if sheet not in _ON_DEMAND)


class NoOperationalPlanError(KamError):
    """A book without an operational plan."""

    exit_code = 3

    def __init__(self, book: str) -> None:
        super().__init__(
            Text("no operational plan was found"),
            where=book,
            remedy=Text("Add a sheet with plan and actual by month for the clients of the table."),
        )


class NothingToRefreshError(KamError):
    """A book without any sheet of ours."""

    def __init__(self, book: str) -> None:
        super().__init__(
            Text("there is nothing to refresh yet"), where=book, remedy=Text("Build the plans first: kam-xl plan.")
        )


@dataclass(frozen=True)
class Report:
    """What a button did.

    Attributes
    ----------
    classification : Classification
    findings : list of Finding
    plans : PlanReport
    kept : list of str
        Addresses of computed cells that people typed over, left as they are.
    not_key : list of str
        Clients that were asked for and are not key accounts, by name.
    without_plan : list of str
        Key accounts that have no plan after a refresh, by name.
    items : list of Item
        The lines of the agenda, where it was made.
    changes : list of Change
        What changed since the last build, alarms first.
    """

    classification: Classification
    findings: list[Finding]
    plans: PlanReport = field(default_factory=PlanReport)
    kept: list[str] = field(default_factory=list)
    not_key: list[str] = field(default_factory=list)
    without_plan: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Options:
    """What a button may be told.

    Parameters
    ----------
    table : ClientTable, optional
        The client table where it is not to be looked for in the book.
    lang : str
        Language of texts, "en" or "ru"; blank takes that of the book, of the last build, of the table's headers, of the
        system: the first that is known.
    settings : mapping
        Setting names to values; they override the book's own settings sheet.
    template : Path, optional
        A file with the user's own plan template, for a book that has none.
    select : callable, optional
        Which key accounts this book is for; shares and ranks are still those of the whole table.
    today : date, optional
        The day of the build; by default the present one.
    progress : callable, optional
        Called with the number of plans done and of all plans.
    """

    table: ClientTable | None = None
    lang: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    template: Path | None = None
    select: Callable[[Account], bool] | None = None
    today: date | None = None
    progress: Progress = lambda done, total: None


_DEFAULT = Options()


def build_plans(book: xw.Book, options: Options = _DEFAULT) -> Report:
    """Build or update everything: a plan for each key account, the list of them, the portfolio, the data check, and
    the operational dashboard where there is an operational plan.

    Parameters
    ----------
    book : xlwings.Book
        Holds the client table, and gets our sheets; those it has are brought up to date.
    options : Options, optional
    """
    return _press(book, _BUILT, options)


def build_selected(book: xw.Book, options: Options = _DEFAULT, client_ids: Collection[str] = ()) -> Report:
    """Build or update the plans of some clients, by default of those whose rows the user selected.

    A plan is for a key account: clients that are none get no new plan and are named in the report. A plan that one of
    them has from better days is marked, as everywhere. Other plans are not touched; the list of key accounts, where
    there is one, gets its links.

    Parameters
    ----------
    book : xlwings.Book
    options : Options, optional
    client_ids : collection of str, optional
        The clients; by default those that are selected: `kam_xl.actions.book.selection`.

    Raises
    ------
    NothingSelectedError
        Where the selection holds no client.
    """
    context = _context(book, options)
    refuse_lost(context)
    carry_on(context)
    wanted = list(client_ids) or selected_ids(book, context.table, context.sheets)
    first_time = context.sheets.plan_template is None
    context.sheets.add_missing(context.lang, {OurSheet.PLAN, OurSheet.RECORD}, options.template)
    lists = {OurSheet.KEY_ACCOUNTS} if context.sheets.find(OurSheet.KEY_ACCOUNTS) else set()
    report = _written(context, {OurSheet.PLAN, *lists}, options, only=wanted)
    names = {client_id: account.client.client for client_id, account in context.classification.by_id.items()}
    report.not_key.extend(names.get(each, each) for each in wanted if each not in context.key_accounts_by_id)
    if first_time and (new := next(iter(report.plans.sheets.values()), None)):
        book.sheets[new.name].activate()  # what was asked for is what the book opens with
    return report


def build_part(book: xw.Book, options: Options) -> Report:
    """Build or update the list and the plans of some key accounts (`options.select`), in a book of their own."""
    return _press(book, (OurSheet.KEY_ACCOUNTS, OurSheet.PLAN), options)


def refresh(book: xw.Book, options: Options = _DEFAULT) -> Report:
    """Bring our sheets that the book has up to date; no sheet is added.

    Raises
    ------
    NothingToRefreshError
        Where there are none.
    """
    context = _context(book, options)
    sheets = {kind for kind in (*_REPORTS, *WHITESPACE_SHEETS) if context.sheets.find(kind)}
    if not sheets and not context.sheets.plans:
        raise NothingToRefreshError(book.name)
    refuse_lost(context)
    carry_on(context)
    report = _written(context, {OurSheet.PLAN, *sheets}, options, only=list(context.sheets.plans))
    missing = [each for client_id, each in context.key_accounts_by_id.items() if client_id not in context.sheets.plans]
    report.without_plan.extend(account.client.client for account in missing)
    return report


def classify(book: xw.Book, options: Options = _DEFAULT) -> Report:
    """Rank the key accounts on their sheet; plans are not touched."""
    return _press(book, (OurSheet.KEY_ACCOUNTS,), options)


def portfolio(book: xw.Book, options: Options = _DEFAULT) -> Report:
    """Draw the portfolio: position against potential, concentration, coverage."""
    return _press(book, (OurSheet.PORTFOLIO,), options)


def dashboard(book: xw.Book, options: Options = _DEFAULT) -> Report:
    """Draw the operational dashboard: plan and fact of the current year by manager, territory and month.

    Raises
    ------
    NoOperationalPlanError
        Where there is no operational plan beside the client table.
    """
    table = options.table or table_of(book, options)
    if not table.has_operational:
        raise NoOperationalPlanError(book.name)
    return _press(book, (OurSheet.DASHBOARD,), replace(options, table=table))


def agenda(book: xw.Book, options: Options = _DEFAULT) -> Week:
    """List every open step of all plans; dates and states changed on the list go back to their plans.

    The client table is not needed.

    Raises
    ------
    NoPlansError
    """
    today = options.today or date.today()
    context = BookContext(book, lang=options.lang, settings=options.settings, today=today)
    if not context.sheets.plans:
        raise NoPlansError.at_all(book.name)
    refuse_protected(book, context.sheets.built())
    context.sheets.add_missing(context.lang, {OurSheet.AGENDA, OurSheet.RECORD})
    with context.record.saved():
        take_back(context.sheets, context.record)
        return agenda_of(context)


def what_changed(book: xw.Book, options: Options = _DEFAULT) -> Report:
    """List what changed since the last build: who became key or ceased to be, figures before and after, alarms."""
    return _press(book, (OurSheet.CHANGES,), options)


def check(book: xw.Book, options: Options = _DEFAULT) -> Report:
    """Check the client table and list the findings on their sheet; amounts in several currencies do not hinder it."""
    table = options.table or table_of(book, options)
    if table.several_currencies:
        table = table.without_amounts()
    return _press(book, (OurSheet.DATA_CHECK,), replace(options, table=table))


def carry_on_part(book: xw.Book, options: Options, record: Record) -> bool:
    """Carry what names identified in the book of a part of the clients on under the IDs of the table, where it has any.

    Parameters
    ----------
    book : xlwings.Book
    options : Options
        With the client table.
    record : Record
        Of the book.

    Returns
    -------
    bool
        Whether the book may have changed.
    """
    known = set(map(str, options.table.columns["client_id"])) if options.table else set()
    if recorded_ids(record) <= known:
        return False
    carry_on(_read(book, options))
    return True


def _press(book: xw.Book, sheets: Collection[OurSheet], options: Options) -> Report:
    context = _context(book, options)
    if set(sheets) != {OurSheet.DATA_CHECK}:
        refuse_lost(context)
    carry_on(context)
    sheets = _sheets_with_something_to_say(context, sheets)
    context.sheets.add_missing(context.lang, {*sheets, OurSheet.RECORD}, options.template)
    return _written(context, sheets, options)


def _context(book: xw.Book, options: Options) -> BuildContext:
    """Everything read and checked, nothing written yet."""
    context = _read(book, options)
    refuse_protected(book, context.sheets.built())
    return context


def _read(book: xw.Book, options: Options) -> BuildContext:
    return BuildContext(
        book,
        options.table or table_of(book, options),
        lang=options.lang,
        settings=options.settings,
        today=options.today or date.today(),
        select=options.select,
    )


def _written(
    context: BuildContext, sheets: Collection[OurSheet], options: Options, only: Collection[str] | None = None
) -> Report:
    """Bring sheets of ours up to date; of plans those of the clients in `only`, by default all."""
    with context.record.saved():
        lost = [*keep_operational(context), *lost_operational(context)]
        report = Report(context.classification, [*context.table.findings, *lost])
        take_back(context.sheets, context.record)
        if OurSheet.PLAN in sheets:
            built = plan_sheets.build(context, options.progress, only)
            report = Report(context.classification, [*report.findings, *built.findings], built, built.kept)
        if OurSheet.KEY_ACCOUNTS in sheets:
            report.kept.extend([*report_sheets.key_accounts(context, report.plans), *report_sheets.settings(context)])
            report.findings.extend(keep_settings(context, options.settings))
        if OurSheet.PORTFOLIO in sheets:
            report.kept.extend(report_sheets.portfolio(context, report.plans))
        if OurSheet.DASHBOARD in sheets:
            report.kept.extend(report_sheets.dashboard(context))
        if OurSheet.AGENDA in sheets:
            week = agenda_of(context, report.plans.cells)
            report.items.extend(week.items)
            report.kept.extend(week.kept)
            report.findings.extend(week.findings)
        if any(kind in sheets for kind in WHITESPACE_SHEETS) or (OurSheet.PLAN in sheets and only is None):
            kept, findings = refresh_whitespace(context)
            report.kept.extend(kept)
            report.findings.extend(findings)
        # Unknown amounts are not changes.
        differences, kept = ([], []) if context.table.several_currencies else compare(context)
        report.changes.extend(differences)
        report.kept.extend(kept)
        report.findings.extend(build_findings.alarm(context, change) for change in alarms(differences))
        report.findings.extend(
            build_findings.stranded(title, cells) for title, cells in context.record.stranded.items()
        )
        if OurSheet.DATA_CHECK in sheets:
            report.findings.extend(build_findings.typed_over(report.kept, report.findings))
            report.findings.extend(build_findings.forgotten(context, owner) for owner in context.record.damaged)
            report_sheets.data_check(context, report.findings)
        return report


def table_of(book: xw.Book, options: Options) -> ClientTable:
    """The client table of a book."""
    settings = Settings.from_mapping({**(read_settings(book) or {}), **options.settings})
    return read_book(book, settings=settings, today=options.today)


def _sheets_with_something_to_say(context: BuildContext, sheets: Collection[OurSheet]) -> Collection[OurSheet]:
    """Without an operational plan there is no new dashboard; one that is there already says so."""
    if context.classification.calendar is not None or context.sheets.find(OurSheet.DASHBOARD):
        return sheets
    return tuple(sheet for sheet in sheets if sheet is not OurSheet.DASHBOARD)
