"""What managers typed into their workbooks, brought back into the whole one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import xlwings as xw

from kam_xl import actions
from kam_xl.actions.book.filling import Filled
from kam_xl.actions.book.lists import List
from kam_xl.actions.book.protection import refuse_protected
from kam_xl.actions.book.record import Record, is_blank
from kam_xl.actions.book.sheets import OurSheets, id_text, native, opened_copy
from kam_xl.actions.building import carry_on_part
from kam_xl.actions.plans.context import NoPlansError
from kam_xl.actions.plans.plan_sheets import plan_owner
from kam_xl.actions.report_lines import exchange_lines, to_be_exchanged
from kam_xl.actions.setup import own_language
from kam_xl.actions.team.exchange import (
    HANDED,
    Cells,
    Difference,
    Exchange,
    Side,
    bring,
    collected,
    common_base,
    handed,
    handed_row,
    kept_base,
    waiting,
)
from kam_xl.actions.team.merging import alike, form
from kam_xl.actions.team.typed import TypedList, TypedPlan
from kam_xl.engines.whereabouts import address_of
from kam_xl.errors import KamError
from kam_xl.excel.references import quoted
from kam_xl.files.names import is_same_file
from kam_xl.locale import Quoted, Text, plural, system_language
from kam_xl.ooxml import xml
from kam_xl.ooxml.package import Package, read_file
from kam_xl.plan.fields import OurSheet
from kam_xl.plan.reports.conflicts import CONFLICTS, HINT, Choice, choice_of, conflict_rows, conflicts_summary
from kam_xl.plan.words import some

_WORKBOOKS = (".xlsx", ".xlsm")
Choices = Callable[[str, str], "bool | None"]
"""Client and key of a conflict -> whether theirs wins; None leaves it open."""
Confirm = Callable[["Collected"], bool]


class NothingToCollectError(KamError):
    """A folder without a workbook that was handed out, or what is not a folder."""

    exit_code = 3

    def __init__(self, folder: Path) -> None:
        what = Text("there is no workbook with plans to collect from")
        if not folder.is_dir():
            what = Text("this is not a folder") if folder.exists() else Text("there is no such folder")
        super().__init__(
            what,
            where=str(folder),
            remedy=Text('Name the folder that "kam-xl plan --split-by" wrote, with the workbooks that came back.'),
        )


class TwiceError(KamError):
    """Workbooks of a folder that hold clients of others: the older one would bring back what is out of date."""

    def __init__(self, folder: Path, names: Sequence[str], clients: Sequence[str], remedy: Text) -> None:
        super().__init__(
            Text(
                "plans of these clients would be in two workbooks ({clients}): {names}",
                clients=some(clients),
                names=some(names),
            ),
            where=str(folder),
            remedy=remedy,
        )


@dataclass
class Collected:
    """What came back.

    Attributes
    ----------
    exchange : Exchange
        What was brought (or would be), conflicts, and what finds no cell.
    workbooks : list of str
        Names of the workbooks that were read.
    left_out : list of str
        Names of files in the folder that are not workbooks with plans.
    comments : dict
        Workbook to its comments on cells, which stay there, each with its cell.
    new : list of str
        Clients whose plan this workbook did not have: it came as a whole.
    holders : dict
        Client id to the workbooks that have its plan; not those of former managers, where it waits to be collected.
    unread : list of str
        What stands under *Choice* on the sheet Conflicts and is none of the drop-down.
    written : bool
        Whether it was done, not only found out.
    """

    exchange: Exchange = field(default_factory=Exchange)
    workbooks: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    comments: dict[str, list[str]] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    holders: dict[str, list[str]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    written: bool = False

    def lines(self, lang: str) -> list[str]:
        """It in a few lines."""
        texts = [
            plural(
                "{n:count} workbook was read: {names}",
                "{n:count} workbooks were read: {names}",
                n=len(self.workbooks),
                names=some(self.workbooks),
            ),
            *(exchange_lines(self.exchange) if self.written else to_be_exchanged(self.exchange)),
        ]
        if self.new:
            texts.append(
                plural(
                    "{n:count} plan exists only there and is brought over as a whole: {names}",
                    "{n:count} plans exist only there and are brought over as a whole: {names}",
                    n=len(self.new),
                    names=some(self.new),
                )
            )
        if not (self.exchange.brought or self.exchange.conflicts or self.exchange.homeless or self.new):
            texts.append(Text("Nothing new was typed there."))
        if self.exchange.conflicts and self.written:
            texts.append(Text("Both texts are on the sheet Conflicts: choose there, then collect again."))
        if self.unread:
            texts.append(
                plural(
                    "{n:count} choice on the sheet Conflicts is not in its drop-down and decides nothing: {choices}",
                    "{n:count} choices on the sheet Conflicts are not in its drop-down and decide nothing: {choices}",
                    n=len(self.unread),
                    choices=some([*map(Quoted, self.unread)]),
                )
            )
        if self.comments:
            texts.append(
                plural(
                    "{n:count} comment on a cell is not brought over and stays in: {names}",
                    "{n:count} comments on cells are not brought over and stay in: {names}",
                    n=sum(map(len, self.comments.values())),
                    names=[f"{name} ({'; '.join(some(comments))})" for name, comments in self.comments.items()],
                )
            )
        if self.left_out:
            texts.append(Text("Left out, because they contain no plans: {names}", names=some(self.left_out)))
        return [text.render(lang) for text in texts]


def collect(
    book: xw.Book,
    folder: Path,
    options: actions.Options,
    confirm: Confirm = lambda preview: True,
    prefer: Choice | None = None,
) -> Collected:
    """Bring back what was typed into the workbooks of a folder since they were handed out, and refresh our sheets.

    Three versions are compared: as handed out, as it came back, as it stands here. What only the manager changed is
    brought; what changed on both sides stays, and stands on the sheet Conflicts with both texts. A choice made there
    holds at the next run. A second run brings only what was typed since the first.

    Parameters
    ----------
    book : xlwings.Book
        The whole workbook, with the client table and the plans of all managers.
    folder : Path
    options : Options
    confirm : callable, optional
        Asked with what would happen, before anything is written; where it says no, nothing is.
    prefer : Choice, optional
        Whose text stays in conflicts for which nothing is chosen on the sheet.

    Raises
    ------
    NoPlansError
        Where the workbook has no plans itself.
    NothingToCollectError, TwiceError, KamError
        Where there is no such folder, it holds nothing of ours or two workbooks of one client, or a workbook cannot be
        read. Nothing is written then.
    """
    if not folder.is_dir():
        raise NothingToCollectError(folder)
    lang = own_language(book) or options.lang  # whoever collects, the sheets keep theirs
    options = replace(options, table=options.table or actions.table_of(book, options), lang=lang)
    contents = {path: read_file(path) for path in workbooks_in(folder, Path(address_of(book)))}
    sheets = OurSheets(book)
    if not sheets.plans:  # what nobody split gets nothing back: the name of another workbook was given
        raise NoPlansError.at_all(book.name)
    refuse_protected(book, sheets.built())
    unread = _unread(sheets)
    choices = _choices(sheets, prefer)
    preview = _pass(book, contents, choices, options, dry_run=True)
    if not preview.workbooks:
        raise NothingToCollectError(folder)
    _refuse_twice(folder, preview.holders, sheets)
    if not confirm(preview):
        return preview
    done = _pass(book, contents, choices, options, dry_run=False)
    done.unread = [*unread.values()]
    actions.refresh(book, options)
    _list_conflicts(book, done.exchange.conflicts, unread, lang or system_language(), options.today or date.today())
    done.written = True
    return done


def _typed_choices(sheets: OurSheets) -> dict[tuple[str, str], str]:
    """What stands under *Choice* on the sheet of conflicts, by client and key."""
    sheet = sheets.find(OurSheet.CONFLICTS)
    rows = [row.ours for row in List(sheet, CONFLICTS).rows()] if sheet else []
    return {(id_text(row["client_id"]), str(row["key"])): str(row.get("choice") or "").strip() for row in rows}


def _unread(sheets: OurSheets) -> dict[tuple[str, str], str]:
    """The words among them that are not choices."""
    return {place: words for place, words in _typed_choices(sheets).items() if words and choice_of(words) is None}


def _choices(sheets: OurSheets, prefer: Choice | None) -> Choices:
    """What was chosen on the sheet of conflicts, else what is preferred."""
    chosen = {place: choice_of(words) for place, words in _typed_choices(sheets).items()}
    otherwise = prefer is Choice.THEIRS if prefer else None

    def choice(client_id: str, key: str) -> bool | None:
        chosen_here = chosen.get((client_id, key))
        return otherwise if chosen_here is None else chosen_here

    return choice


def _list_conflicts(
    book: xw.Book,
    conflicts: Sequence[Difference],
    unread: Mapping[tuple[str, str], str],
    lang: str,
    today: date,
) -> None:
    sheets = OurSheets(book)
    if conflicts:
        sheets.add_missing(lang, {OurSheet.CONFLICTS})
    sheet = sheets.find(OurSheet.CONFLICTS)
    if sheet is None:
        return
    names = {client_id: str(plans[0].cells("kam_client")[0] or "") for client_id, plans in sheets.plans.items()}
    the_list = List(sheet, CONFLICTS)
    lines = []
    for row in conflict_rows(conflicts, names, lang):
        line: list[object] = [None] * the_list.width
        row["choice"] = unread.get((str(row["client_id"]), str(row["key"])))  # what somebody typed stays
        for code, offset in the_list.offsets.items():
            line[offset] = native(row[code])
        lines.append(line)
    the_list.write(lines)
    record = Record(sheets)
    head = Filled(sheet, record, sheet.kind, ("kam_summary", "kam_hint", "kam_built"))
    head.fill(
        {
            "kam_summary": conflicts_summary(len(conflicts)).render(lang),
            "kam_hint": HINT.render(lang),
            "kam_built": today,
        }
    )
    head.write()
    record.save()


def workbooks_in(folder: Path, besides: Path) -> Iterator[Path]:
    """The workbooks of a folder but for one; those that a program keeps for itself and backups are none."""
    for path in sorted(folder.iterdir()):
        is_backup = path.stem.endswith(".bak")
        is_left_out = is_same_file(path, besides)
        if path.suffix.lower() in _WORKBOOKS and not (path.name.startswith("~$") or is_backup or is_left_out):
            yield path


def _refuse_twice(folder: Path, holders: Mapping[str, Sequence[str]], ours: OurSheets) -> None:
    twice = {client_id: names for client_id, names in holders.items() if len(names) > 1}
    if twice:
        clients = [ours.plans[each][0].title if each in ours.plans else each for each in twice]
        remedy = Text("Leave the newer one here, and collect the other from a folder of its own first.")
        raise TwiceError(folder, sorted({name for names in twice.values() for name in names}), clients, remedy)


def _pass(
    book: xw.Book, contents: Mapping[Path, bytes], choices: Choices, options: actions.Options, *, dry_run: bool
) -> Collected:
    done, ours = Collected(), Side(book)
    our_list = ours.list() if dry_run else None  # what would be brought from one workbook is there for the next
    for path, content in contents.items():
        with opened_copy(book.app, path.name, content) as opened:
            theirs = Side(opened)
            if carry_on_part(opened, options, theirs.record):
                theirs = Side(opened)
            if not theirs.sheets.plans:
                done.left_out.append(path.name)
                continue
            done.workbooks.append(path.name)
            for client_id in (each for each in theirs.sheets.plans if not theirs.record.of(waiting(each))):
                done.holders.setdefault(client_id, []).append(path.name)
            if comments := comments_in(Package.from_bytes(content)):
                done.comments[path.name] = comments
            _Collection(ours, theirs, choices, dry_run).run(done, our_list or ours.list())
    if not dry_run:
        ours.record.save()
    return done


_COMMENTS = ("comments", "threadedComment")


def comments_in(package: Package) -> list[str]:
    """The comments on cells of a workbook, each with its cell; a thread is kept twice in a file, and told answer by
    answer."""
    by_kind: dict[str, list[str]] = {kind: [] for kind in _COMMENTS}
    titles = _titles(package)
    for owner in package.reachable(""):
        for rel in package.rels(owner):
            if rel.part and rel.kind in _COMMENTS:
                text, sheet = package.text(rel.part), titles.get(owner, "")
                for element in xml.find_all(text, rel.kind.removesuffix("s")):
                    cell = xml.attributes(xml.tag(text, element)).get("ref", "")
                    words = " ".join(xml.content(text, element).split())
                    by_kind[rel.kind].append(f"{quoted(sheet)}!{cell} {words}".strip())
    return max(by_kind.values(), key=len)


def _titles(package: Package) -> dict[str, str]:
    """The names of sheets by their parts."""
    book = package.part_of_type("", "officeDocument") or ""
    text, parts = package.text(book), {rel.id: rel.part for rel in package.rels(book)}
    root = xml.root_tag(text)
    tags = [(parts.get(xml.related(tag, root) or ""), xml.attributes(tag)) for tag in xml.start_tags(text, "sheet")]
    return {part: attributes.get("name", "") for part, attributes in tags if part}


class _Collection:
    """One workbook that came back."""

    def __init__(self, ours: Side, theirs: Side, choices: Choices, dry_run: bool) -> None:
        self._ours, self._theirs, self._choices, self._dry_run = ours, theirs, choices, dry_run
        self._since = str(theirs.record.of(HANDED).get("id", ""))

    def run(self, done: Collected, our_list: TypedList | None) -> None:
        """Bring everything back."""
        for client_id, plans in self._theirs.sheets.plans.items():
            mine, typed = self._ours.plan(client_id), self._theirs.plan(client_id)
            if mine and typed:
                done.exchange.add(self._bring(client_id, handed(client_id), typed, mine))
            elif client_id not in done.new:
                done.new.append(client_id)
                if not self._dry_run:
                    for plan in plans:
                        self._ours.sheets.take(plan)
                    self._ours.record.replace(plan_owner(client_id), self._theirs.record.of(plan_owner(client_id)))
        their_list = self._theirs.list()
        if their_list and our_list:
            done.exchange.add(self._bring_list(their_list, our_list))

    def _bring_list(self, theirs: TypedList, ours: TypedList) -> Exchange:
        exchange = Exchange()
        columns = {key.partition("|")[2] for key in theirs.cells} - ours.columns.keys()
        ours.add_columns(sorted(columns), dry_run=self._dry_run)
        for client_id in theirs.rows.keys() & ours.rows.keys():
            exchange.add(self._bring(client_id, handed_row(client_id), theirs, ours))
        return exchange

    def _bring(self, client_id: str, base: str, theirs: TypedPlan | TypedList, ours: TypedPlan | TypedList) -> Exchange:
        before = common_base(self._theirs.record, self._ours.record, client_id, base)
        brought = bring(
            client_id, before, theirs, ours, lambda key: self._choices(client_id, key), dry_run=self._dry_run
        )
        if self._dry_run:
            brought_here = brought.exchange.brought
            ours.cells |= {each.key: each.theirs for each in brought_here}
            if isinstance(ours, TypedPlan):
                self._ours.foresee(brought_here)
        else:
            self._remember(client_id, base, brought.there)
        return brought.exchange

    def _remember(self, client_id: str, base: str, common: Cells) -> None:
        """Have our record keep what is common from now on, as far as it was not handed out so."""
        first = kept_base(self._theirs.record, base)
        changed = {key: common.get(key) for key in {**first, **common} if not alike(first.get(key), common.get(key))}
        kept = {key: _REMOVED if is_blank(content) else form(content) for key, content in changed.items()}
        owner = collected(self._theirs.record, client_id, base)
        self._ours.record.replace(owner, {HANDED: self._since, **kept} if kept else {})


_REMOVED = "'"  # what `content_of` gives back as nothing
