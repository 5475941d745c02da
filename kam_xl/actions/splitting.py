"""One workbook per manager (or any other column), each a file of its own whatever program the table is open in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.actions.places import file_names, made_folder
from kam_xl.actions.plans import Progress
from kam_xl.actions.sheets import OurSheets
from kam_xl.domain.classify import Account
from kam_xl.errors import KamError
from kam_xl.locale import Text, plural
from kam_xl.table import ClientTable


class NoColumnError(KamError):
    """No column to split by."""

    exit_code = 2


class StrangerError(KamError):
    """A file that is not ours to update stands where a workbook is to go."""

    exit_code = 4


@dataclass(frozen=True)
class _Share:
    """The part of the work that goes into one workbook."""

    target: Path
    clients: frozenset[str]
    options: actions.Options
    backup: bool


@dataclass(frozen=True)
class Split:
    """What was written, and where."""

    folder: Path
    workbooks: int
    plans: int

    def text(self) -> Text:
        """It in a sentence."""
        return plural(
            "{n:count} workbook with {plans:count} plans: {folder}",
            "{n:count} workbooks with {plans:count} plans: {folder}",
            n=self.workbooks,
            plans=self.plans,
            folder=str(self.folder),
        )


def split(
    table: ClientTable,
    by: str,
    folder: Path,
    stem: str,
    *,
    settings: Mapping[str, object],
    lang: str,
    template: Path | None = None,
    backup: bool = False,
    progress: Progress = lambda done, total: None,
) -> Split:
    """Write one workbook with list and plans for every value of a column.

    A workbook that is there already is updated: what people typed into its plans stays.

    Parameters
    ----------
    table : ClientTable
        Shares, ranks and the limit are of all its clients.
    by : str
        A field of a client, or the header of another column.
    folder, stem : Path, str
        Where the workbooks go, and how their names begin.
    settings, lang, template
        As `kam_xl.actions.Options` has them.
    backup : bool
        Keep what a workbook held before as a .bak file.
    progress : callable, optional
        Called with the number of workbooks done and of all.

    Raises
    ------
    NoColumnError, StrangerError, PlaceError
        Nothing is written then.
    """
    groups = _groups(table, by)
    targets = file_names(stem, groups, ".xlsx")
    options = actions.Options(table=table, settings=settings, lang=lang, template=template)
    shares = [_Share(folder / name, frozenset(groups[value]), options, backup) for value, name in targets.items()]
    _refuse_strangers(shares)
    made_folder(folder)
    plans = 0
    for done, share in enumerate(shares):
        progress(done, len(shares))
        plans += _build(share)
    return Split(folder, len(shares), plans)


def _groups(table: ClientTable, by: str) -> dict[str, list[str]]:
    """Client ids by the value of a column; clients without one stand under a blank."""
    data = table.columns
    columns = {str(name).casefold(): name for name in data}
    name = columns.get(by.casefold())
    if name is None:
        raise NoColumnError(
            Text("there is no such column to split by"),
            got=by,
            remedy=Text("There are: {names}.", names=[str(name) for name in data]),
        )
    groups: dict[str, list[str]] = {}
    for client_id, value in zip(data["client_id"], data[name], strict=True):
        groups.setdefault("" if value is None else str(value), []).append(str(client_id))
    return groups


def _refuse_strangers(shares: Sequence[_Share]) -> None:
    """Nothing is written where a file stands that is not ours to update."""
    for share in shares:
        with _application() as app:
            if share.target.exists() and not OurSheets(app.books.open(share.target)).titles():
                raise StrangerError(
                    Text("the file exists already"),
                    where=str(share.target),
                    remedy=Text("Move it, or choose another folder."),
                )


def _build(share: _Share) -> int:
    """Build one workbook; returns the number of its plans."""

    def mine(account: Account) -> bool:
        return account.client.client_id in share.clients

    with _application() as app:
        book = app.books.open(share.target) if share.target.exists() else app.books.add()
        fresh = None if share.target.exists() else book.sheets[0]
        report = actions.build_part(book, replace(share.options, select=mine))
        if fresh is not None:
            fresh.delete()
        book.impl.backup = share.backup
        book.save(share.target)
    return len(report.plans.new) + len(report.plans.updated)


@contextmanager
def _application() -> Iterator[xw.App]:
    app = xw.engines["file"].apps.add()
    try:
        yield app
    finally:
        app.quit()


def own_template(path: Path) -> Path | None:
    """The workbook itself, where it has a plan template: the plans of all its parts are to look like its own."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return None
    with _application() as app:
        return path if OurSheets(app.books.open(path)).plan_template else None
