"""Clients from elsewhere into the client table: what would change is known as a whole before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace

import xlwings as xw

from kam_xl.actions.imports.competitors import CompetitorPlan
from kam_xl.actions.imports.incoming import Incoming
from kam_xl.actions.imports.plan import Plan
from kam_xl.actions.imports.report import ImportReport
from kam_xl.actions.imports.sheets import BesideSheet, SheetPlan
from kam_xl.actions.imports.target import Target


def import_table(
    book: xw.Book,
    clients: Incoming,
    *,
    sheet: str = "",
    beside: Sequence[BesideSheet] = (),
    adds_columns: bool = False,
    confirm: Callable[[ImportReport], bool] = lambda report: True,
) -> ImportReport | None:
    """Update the clients that the book's client table has, by id, and add the others at its end.

    A blank never erases a value; columns and cells that the source does not have, and cells with a formula, stay.

    Parameters
    ----------
    book : xlwings.Book
    clients : Incoming
        See `kam_xl.actions.imports.incoming.incoming` for those of a file.
    sheet : str, optional
        The sheet with the client table, where the right one is not found by itself.
    beside : sequence of BesideSheet, optional
        The sheets that come with the clients.
    adds_columns : bool, optional
        Whether fields of clients that the table does not have become new columns of it.
    confirm : callable, optional
        Gets the report before anything is written, and says whether to go on.

    Returns
    -------
    ImportReport or None
        None where `confirm` said no.

    Raises
    ------
    ImportRefusedError, UnitsDifferError, VatDiffersError, AmbiguousClientError, NoRoomError
        Nothing is written then.
    """
    plan = Plan(Target.clients(book, sheet), clients, adds_columns=adds_columns)
    plans: list[Plan] = [plan]
    report = plan.report
    if clients.competitors:
        listed = Target.competitors(book, plan.target)
        if listed:
            plans.append(CompetitorPlan(listed, clients.competitors, plan))
        report = replace(
            report,
            competitors=plans[-1].report if listed else None,
            homeless=0 if listed else sum(map(bool, clients.competitors.columns["revenue"])),
        )
    sheets = [SheetPlan(book, each, plan.target.lang) for each in beside]
    report = replace(
        report,
        sheets=[text for each in sheets for text in each.lines],
        writes_sheets=not all(each.is_empty for each in sheets),
    )
    if not confirm(report):
        return None
    _write([*plans, *sheets])
    return report


def _write(plans: Iterable[Plan | SheetPlan]) -> None:
    """Write it all; if that fails half way, what was written is taken back."""
    with ExitStack() as undo:  # of which each step is taken, even if another one fails
        for plan in plans:
            plan.write(undo)
        undo.pop_all()
