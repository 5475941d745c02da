"""One workbook per manager (or any other column), each a file of its own whatever program the table is open in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import xlwings as xw

import kam_xl.engines.file  # noqa: F401 (registers the engine)
from kam_xl import actions
from kam_xl.actions.book.record import Record
from kam_xl.actions.book.sheets import OurSheets, id_text
from kam_xl.actions.building import carry_on_part
from kam_xl.actions.output.places import file_names, filled_folder
from kam_xl.actions.plans.plan_sheets import Progress
from kam_xl.actions.report_lines import exchange_lines
from kam_xl.actions.team.collecting import TwiceError, workbooks_in
from kam_xl.actions.team.exchange import HANDED, Exchange
from kam_xl.actions.team.handing import HandOut, Original, holds_more, keep_waiting, take_away
from kam_xl.domain.classify import Account
from kam_xl.errors import KamError
from kam_xl.files.destination import Destination
from kam_xl.files.names import as_spelt, is_same_file
from kam_xl.gate import kind_of
from kam_xl.locale import Text, language_of_texts, plural, system_language
from kam_xl.plan.words import some
from kam_xl.table import ClientTable
from kam_xl.table.grid import available_columns
from kam_xl.table.sources.files import is_workbook


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


@dataclass
class Split:
    """What was written, and where.

    Attributes
    ----------
    folder : Path
    workbooks, plans : int
        How many.
    exchange : Exchange
        What was brought into workbooks that were there already.
    as_values : list of str
        Formulas that refer to sheets which are not handed out: their values are.
    staying : list of str
        Plans of clients that another manager has now, left where they are: what was typed there was not collected yet.
    shared_ids : list of str
        Client ids of which rows belong to several workbooks; all of them went into the first.
    """

    folder: Path
    workbooks: int
    plans: int = 0
    exchange: Exchange = field(default_factory=Exchange)
    as_values: list[str] = field(default_factory=list)
    staying: list[str] = field(default_factory=list)
    shared_ids: list[str] = field(default_factory=list)

    def text(self) -> Text:
        """It in a sentence."""
        return plural(
            "{n:count} workbook with {plans:count} plans: {folder}",
            "{n:count} workbooks with {plans:count} plans: {folder}",
            n=self.workbooks,
            plans=self.plans,
            folder=str(self.folder),
        )

    def lines(self, lang: str) -> list[str]:
        """It in a few lines, with what the user should know."""
        lines = [self.text(), *exchange_lines(self.exchange)]
        if self.as_values:
            lines.append(
                plural(
                    "{n:count} formula refers to sheets that are not handed out; its value was handed out: {cells}",
                    "{n:count} formulas refer to sheets that are not handed out; their values were handed out: {cells}",
                    n=len(self.as_values),
                    cells=some(self.as_values),
                )
            )
        if self.staying:
            lines.append(
                plural(
                    "{n:count} plan stays with its former manager, because something typed there has not been collected"
                    " yet: {plans}. Collect, then split again.",
                    "{n:count} plans stay with their former managers, because something typed there has not been"
                    " collected yet: {plans}. Collect, then split again.",
                    n=len(self.staying),
                    plans=some(self.staying),
                )
            )
        if self.shared_ids:
            lines.append(
                plural(
                    "The rows of {n:count} client ID would belong to several workbooks; all are in that of the first "
                    "row: {ids}. Give each client an ID of its own.",
                    "The rows of {n:count} client IDs would belong to several workbooks; all are in that of the first "
                    "row: {ids}. Give each client an ID of its own.",
                    n=len(self.shared_ids),
                    ids=some(self.shared_ids),
                )
            )
        return [line.render(lang) for line in lines]


def split(
    table: ClientTable,
    by: str,
    folder: Path,
    stem: str,
    *,
    settings: Mapping[str, object],
    lang: str,
    source: Path | None = None,
    template: Path | None = None,
    backup: bool = False,
    progress: Progress = lambda done, total: None,
) -> Split:
    """Write one workbook with list and plans for every value of a column, with everything that people typed into them.

    A workbook that is there already is updated: what people typed into its plans stays. A client that has moved to
    another value takes its plan along.

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
    source : Path, optional
        The workbook that has the plans so far; its plan template is used unless another is given.
    backup : bool
        Keep what a workbook held before as a .bak file.
    progress : callable, optional
        Called with the number of workbooks done and of all.

    Raises
    ------
    NoColumnError, StrangerError, TwiceError, PlaceError
        Nothing is written then.
    """
    titles = (column.title for column in table.interpretation.columns)
    groups, several = _groups(
        table, by, Text("(not given)").render(lang or language_of_texts(titles) or system_language())
    )
    targets = file_names(stem, groups, ".xlsx")
    source = source if source and _is_carried(source) else None
    options = actions.Options(
        table=table, settings=settings, lang=lang, template=template or (source and own_template(source))
    )
    shares = [
        _Share(as_spelt(folder / name), frozenset(groups[value]), options, backup) for value, name in targets.items()
    ]
    _refuse_strangers(shares)
    names = dict(zip(map(str, table.columns["client_id"]), map(str, table.columns["client"]), strict=True))
    _refuse_twice(folder, shares, source or folder, names)
    done = Split(folder, len(shares), shared_ids=several)
    with filled_folder(folder), ExitStack() as opened:
        origin = Original(opened.enter_context(_opened(source))) if source else None
        moving = _Moving(shares)
        for number, share in enumerate(shares):
            progress(number, len(shares))
            _build(share, origin, moving, done)
        done.staying = moving.finish(origin)
        done.as_values = origin.as_values if origin else []
    return done


class _Moving:
    """Plans that lie in the workbook of a manager whose clients they are not any more."""

    def __init__(self, shares: Sequence[_Share]) -> None:
        self._shares = [share for share in shares if share.target.exists()]
        mine = {client_id for share in shares for client_id in share.clients}
        self._lying: dict[str, _Share] = {}
        self._taken: set[str] = set()
        for share in self._shares:
            with _opened(share.target) as book:
                for client_id in OurSheets(book).plans.keys() & mine - share.clients:
                    self._lying[client_id] = share

    def bring(self, hand_out: HandOut, share: _Share) -> None:
        """Let a workbook take over the plans of its clients that lie elsewhere."""
        for client_id in sorted(self._lying.keys() & share.clients):
            with _opened(self._lying[client_id].target) as book:
                if hand_out.take_from(Original(book), client_id):
                    self._taken.add(client_id)

    def finish(self, origin: Original | None) -> list[str]:
        """Take the plans away where nothing would be lost; returns the others."""
        staying = []
        for share in self._shares:
            with _opened(share.target) as book:
                plans = OurSheets(book).plans
                lying = {client_id for client_id, where in self._lying.items() if where is share}
                stays = {
                    client_id
                    for client_id in lying - self._taken
                    if origin is None or holds_more(book, client_id, origin)
                }
                staying += [f"{book.name}: {plans[client_id][0].title}" for client_id in sorted(stays)]
                if lying - stays:
                    take_away(book, lying - stays)
                if keep_waiting(book, stays) or lying - stays:
                    book.save(share.target)
        return staying


def _groups(table: ClientTable, by: str, blank: str) -> tuple[dict[str, list[str]], list[str]]:
    """Client ids by the value of a column; clients without one stand under the word for a blank.

    An id that rows of several groups have belongs to the first of them, for its plan cannot be in two workbooks; these
    ids come second.
    """
    column = table.column_named(by)
    if column is None:
        raise NoColumnError(
            Text("there is no such column to split by"),
            got=by,
            remedy=available_columns(by, table.column_names),
        )
    of_id: dict[str, str] = {}
    several: set[str] = set()
    spelt: dict[str, str] = {}  # spellings that differ in letter case or blanks are one group
    for client_id, value in zip(map(str, table.columns["client_id"]), column, strict=True):
        group = id_text(value) or blank
        group = spelt.setdefault("".join(group.casefold().split()), group)
        if of_id.setdefault(client_id, group) != group:
            several.add(client_id)
    groups: dict[str, list[str]] = {}
    for client_id, group in of_id.items():
        groups.setdefault(group, []).append(client_id)
    return groups, sorted(several)


def _refuse_strangers(shares: Sequence[_Share]) -> None:
    """Nothing is written where a file stands that is not ours to update, or that somebody has open."""
    for share in shares:
        Destination.of(share.target)
        with _application() as app:
            if share.target.exists() and not OurSheets(app.books.open(share.target)).titles():
                raise StrangerError(
                    Text("the file exists already"),
                    where=str(share.target),
                    remedy=Text("Move it, or choose another folder."),
                )


def _refuse_twice(folder: Path, shares: Sequence[_Share], source: Path, names: Mapping[str, str]) -> None:
    """Workbooks of an earlier split under other names would stay beside the new ones, with what was typed there."""
    targets = [share.target for share in shares]
    wanted = {client_id for share in shares for client_id in share.clients}
    held: dict[str, set[str]] = {}
    for path in workbooks_in(folder, source) if folder.is_dir() else ():
        is_target = any(is_same_file(path, target) for target in targets)
        if not is_target and (clients := _handed_out(path)) & wanted:
            held[path.name] = clients & wanted
    if held:
        raise TwiceError(
            folder,
            sorted(held),
            [names[client_id] for client_id in sorted(set().union(*held.values()))],
            Text("Collect what was typed there, then move these workbooks away, or choose another folder."),
        )


def _handed_out(path: Path) -> set[str]:
    """The clients whose plans a workbook holds that was handed out; none in any other, or one that cannot be read."""
    with suppress(KamError, OSError):
        if _is_carried(path):
            with _opened(path) as book:
                sheets = OurSheets(book)
                return set(sheets.plans) if Record(sheets).of(HANDED) else set()
    return set()


def _build(share: _Share, origin: Original | None, moving: _Moving, done: Split) -> None:
    """Build one workbook."""

    def mine(account: Account) -> bool:
        return account.client.client_id in share.clients

    with _application() as app:
        book = app.books.open(share.target) if share.target.exists() else app.books.add()
        fresh = None if share.target.exists() else book.sheets[0]
        if fresh is None:
            carry_on_part(book, replace(share.options, select=mine), Record(OurSheets(book)))
        hand_out = HandOut(book, share.clients, share.options.lang or (origin.side.record.lang if origin else ""))
        if origin:
            hand_out.take(origin)
        moving.bring(hand_out, share)
        report = actions.build_part(book, replace(share.options, select=mine))
        hand_out.finish()
        if fresh is not None:
            fresh.delete()
        book.impl.backup = share.backup
        book.save(share.target)
    done.plans += len(report.plans.new) + len(report.plans.updated)
    done.exchange.add(hand_out.exchange)


@contextmanager
def _application() -> Iterator[xw.App]:
    app = xw.engines["file"].apps.add()
    try:
        yield app
    finally:
        app.quit()


@contextmanager
def _opened(path: Path) -> Iterator[xw.Book]:
    with _application() as app:
        yield app.books.open(path)


def own_template(path: Path) -> Path | None:
    """The workbook itself, where it has a plan template: the plans of all its parts are to look like its own."""
    if not _is_carried(path):
        return None
    with _opened(path) as book:
        return path if OurSheets(book).plan_template else None


def _is_carried(path: Path) -> bool:
    """Whether a file is a workbook that the file engine opens, whatever its name."""
    kind = kind_of(path) if is_workbook(path) else None
    return kind is not None and kind.is_open_xml
