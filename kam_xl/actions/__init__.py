"""The buttons. Each takes an xlwings book, on whatever program it is open, and nothing else that it cannot do without.

Nothing is written before everything has been read and checked. What people typed stays: a computed cell is rewritten
only while it holds what the last build put there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import xlwings as xw

from kam_xl.actions import plans, reports
from kam_xl.actions.job import Job
from kam_xl.actions.plans import PlanReport, Progress
from kam_xl.actions.selection import selected_ids
from kam_xl.domain.classify import Account, Classification
from kam_xl.errors import KamError
from kam_xl.locale import Text
from kam_xl.plan.fields import OurSheet
from kam_xl.table import ClientTable, Finding, read_book

__all__ = [
    "Options",
    "Report",
    "build_part",
    "build_plans",
    "build_selected",
    "check",
    "classify",
    "portfolio",
    "refresh",
]
_REPORTS = (OurSheet.KEY_ACCOUNTS, OurSheet.PORTFOLIO, OurSheet.DATA_CHECK)


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
        Clients that were asked for and are no key accounts, by name.
    without_plan : list of str
        Key accounts that have no plan after a refresh, by name.
    """

    classification: Classification
    findings: list[Finding]
    plans: PlanReport = field(default_factory=PlanReport)
    kept: list[str] = field(default_factory=list)
    not_key: list[str] = field(default_factory=list)
    without_plan: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Options:
    """What a button may be told.

    Parameters
    ----------
    table : ClientTable, optional
        The client table where it is not to be looked for in the book.
    lang : str
        Language of texts, "en" or "ru"; blank takes that of the book, of the last build, of the system: the first that
        is known.
    settings : mapping
        Setting names to values; they go before the book's own settings sheet.
    template : Path, optional
        A file with a plan template of the person's own, for a book that has none.
    select : callable, optional
        Which key accounts this book is for; shares and ranks are of the whole table all the same.
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
    """Build or update everything: a plan for each key account, the list of them, the portfolio, the data check.

    Parameters
    ----------
    book : xlwings.Book
        Holds the client table, and gets our sheets; those it has are brought up to date.
    options : Options, optional
    """
    return _press(book, tuple(OurSheet), options)


def build_selected(book: xw.Book, options: Options = _DEFAULT, client_ids: Collection[str] = ()) -> Report:
    """Build or update the plans of some clients, by default of those whose rows the person selected.

    A plan is for a key account: clients that are none get no new plan and are named in the report. A plan that one of
    them has from better days is marked, as everywhere. Other plans are not touched; the list of key accounts, where
    there is one, gets its links.

    Parameters
    ----------
    book : xlwings.Book
    options : Options, optional
    client_ids : collection of str, optional
        The clients; by default those that are selected: `kam_xl.actions.selection`.

    Raises
    ------
    NothingSelectedError
        Where the selection holds no client.
    """
    job = _job(book, options)
    wanted = list(client_ids) or selected_ids(book, job.table, job.sheets)
    job.sheets.add_missing(job.lang, {OurSheet.PLAN, OurSheet.RECORD}, options.template)
    lists = {OurSheet.KEY_ACCOUNTS} if job.sheets.find(OurSheet.KEY_ACCOUNTS) else set()
    report = _written(job, {OurSheet.PLAN, *lists}, options, only=wanted)
    names = {client_id: account.client.client for client_id, account in job.accounts_by_id.items()}
    report.not_key.extend(names.get(each, each) for each in wanted if each not in job.key_accounts_by_id)
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
    job = _job(book, options)
    sheets = {kind for kind in _REPORTS if job.sheets.find(kind)}
    if not sheets and not job.sheets.plans:
        raise NothingToRefreshError(book.name)
    report = _written(job, {OurSheet.PLAN, *sheets}, options, only=list(job.sheets.plans))
    missing = [each for client_id, each in job.key_accounts_by_id.items() if client_id not in job.sheets.plans]
    report.without_plan.extend(account.client.client for account in missing)
    return report


def classify(book: xw.Book, options: Options = _DEFAULT) -> Report:
    """Rank the key accounts on their sheet; plans are not touched."""
    return _press(book, (OurSheet.KEY_ACCOUNTS,), options)


def portfolio(book: xw.Book, options: Options = _DEFAULT) -> Report:
    """Draw the portfolio: position against potential, concentration, coverage."""
    return _press(book, (OurSheet.PORTFOLIO,), options)


def check(book: xw.Book, options: Options = _DEFAULT) -> Report:
    """Check the client table and list the findings on their sheet."""
    return _press(book, (OurSheet.DATA_CHECK,), options)


def _press(book: xw.Book, sheets: Collection[OurSheet], options: Options) -> Report:
    job = _job(book, options)
    job.sheets.add_missing(job.lang, {*sheets, OurSheet.RECORD}, options.template)
    return _written(job, sheets, options)


def _job(book: xw.Book, options: Options) -> Job:
    """Everything read and checked, nothing written yet."""
    job = Job(
        book,
        options.table or read_book(book),
        lang=options.lang,
        settings=options.settings,
        today=options.today or date.today(),
        select=options.select,
    )
    job.record.lang = job.lang
    return job


def _written(job: Job, sheets: Collection[OurSheet], options: Options, only: Collection[str] | None = None) -> Report:
    """Bring sheets of ours up to date; of plans those of the clients in `only`, by default all."""
    report = Report(job.classification, list(job.table.findings))
    if OurSheet.PLAN in sheets:
        built = plans.build(job, options.progress, only)
        report = Report(job.classification, report.findings, built, built.kept)
    if OurSheet.KEY_ACCOUNTS in sheets:
        report.kept.extend(reports.key_accounts(job, report.plans.former))
    if OurSheet.PORTFOLIO in sheets:
        report.kept.extend(reports.portfolio(job))
    if OurSheet.DATA_CHECK in sheets:
        report.findings.extend(map(_typed_over, report.kept))
        reports.data_check(job, report.findings)
    job.record.save()
    return report


def _typed_over(address: str) -> Finding:
    sheet, _, cell = address.rpartition("!")
    return Finding(
        sheet,
        cell,
        client_id="",
        client="",
        code="typed-over",
        grade="note",
        message=Text("A computed cell was typed over; it stays as it is."),
        value=None,
        remedy=Text("Clear the cell to have it computed again."),
    )
