"""A CRM's deals into the opportunities of the plans, merged by client and name; nothing that somebody typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import xlwings as xw

from kam_xl.actions.book.cell_contents import write
from kam_xl.actions.book.filling import Contents
from kam_xl.actions.book.protection import refuse_protected
from kam_xl.actions.book.record import Fate, Record, is_blank
from kam_xl.actions.book.sheets import NamedSheet, OurSheets
from kam_xl.engines.values import Place, value_of
from kam_xl.excel.references import column_letters
from kam_xl.locale import LANGUAGES, Quoted, Text, plural
from kam_xl.plan.account.plan_fields import STAGES as LABELS
from kam_xl.plan.words import some
from kam_xl.table.client_table import ClientTable
from kam_xl.table.deals import STAGES, Deal, Deals, money
from kam_xl.table.headers.vat import vat_against

_COLUMNS = ("what", "with", "stage", "when", "amount", "probability")
_CLOSED = ("won", "lost")
_SHOWN = 5
_REASONS = {
    "unknown-client": Text("their clients are not in the client table"),
    "unclear-client": Text("several clients may be meant, or one of another legal form; give the exact name or the ID"),
    "no-plan": Text("their clients have no plan"),
    "closed": Text("won or lost before they were imported"),
    "no-room": Text("the plan has no room for more opportunities"),
    "other_currency": Text("in another currency"),
    "no_client": Text("without a client"),
    "no_name": Text("without a name"),
    "total": Text("totals"),
}


@dataclass
class DealReport:
    """What an import of deals does: deals by what becomes of them, and cells that stay as somebody typed them."""

    name: str
    new: list[Deal] = field(default_factory=list)
    updated: list[Deal] = field(default_factory=list)
    same: list[Deal] = field(default_factory=list)
    left_out: dict[str, list[Deal]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)
    plans: int = 0
    notes: Sequence[Text] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.new or self.updated)

    def lines(self) -> list[Text]:
        """The report for people, every deal of the file in it."""
        taken = [*self.new, *self.updated, *self.same]
        lines = [
            plural(
                "{name}: {n:count} deal ({amount:money}), {new:count} new, {updated:count} changed, plans: {plans}.",
                "{name}: {n:count} deals ({amount:money}), {new:count} new, {updated:count} changed, plans: {plans}.",
                n=len(taken),
                name=self.name,
                amount=money(taken),
                plans=self.plans,
                new=len(self.new),
                updated=len(self.updated),
            )
        ]
        lines += [*self.notes, *_stage_lines(taken)]
        for reason, deals in self.left_out.items():
            names = list(dict.fromkeys(deal.client or deal.client_id or deal.what for deal in deals))
            lines.append(
                Text(
                    "Left out, {reason} ({n:count}, {amount:money}): {names}.",
                    reason=_REASONS[reason],
                    n=len(deals),
                    amount=money(deals),
                    names=[*(Quoted(name) for name in names[:_SHOWN]), *["…"] * (len(names) > _SHOWN)],
                )
            )
        unsure = [deal for deal in taken if deal.probability is None and deal.stage not in _CLOSED]
        if unsure:
            lines.append(
                Text(
                    "Without a probability ({n:count}, {amount:money}): they carry no weight until one is entered.",
                    n=len(unsure),
                    amount=money(unsure),
                )
            )
        if self.unlike:
            ids = some(list(dict.fromkeys(self.unlike)))
            lines.append(Text("IDs with another name in the file than in the table, check them: {ids}", ids=ids))
        if self.kept:
            cells = [*self.kept[:_SHOWN], *["…"] * (len(self.kept) > _SHOWN)]
            lines.append(Text("Typed by hand and kept: {cells}.", cells=cells))
        return lines


def import_deals(
    book: xw.Book,
    table: ClientTable,
    deals: Deals,
    *,
    lang: str,
    confirm: Callable[[DealReport], bool] = lambda report: True,
) -> DealReport | None:
    """Bring deals into the opportunities of a book's plans.

    A deal is known by its client and its name. What the last import wrote is replaced; what somebody typed stays, and
    is told. Rows that the file does not have stay as well. New deals that are won or lost already are left out.

    Parameters
    ----------
    book : xlwings.Book
        With plans.
    table : ClientTable
        The client table of the book.
    deals : Deals
        See `kam_xl.table.deals.read_deals`.
    lang : str
        The language of stages where the book does not say its own.
    confirm : callable, optional
        Gets the report before anything is written, and says whether to go on.

    Returns
    -------
    DealReport or None
        None where `confirm` said no.
    """
    sheets = OurSheets(book)
    refuse_protected(book, sheets.built())
    record = Record(sheets)
    left_out = {reason: list(each) for reason, each in deals.left_out.items()}
    notes = [*deals.notes, *vat_against(deals.vat, table.block.vat)]
    report = DealReport(deals.name, left_out=left_out, notes=notes)
    lists = []
    for client_id, own in _by_client(deals.deals, table, report).items():
        plans = sheets.plans.get(client_id)
        if not plans or "kam_opportunity_what" not in plans[0]:
            report.left_out.setdefault("no-plan", []).extend(own)
            continue
        opportunities = _Opportunities(plans[0], record, client_id, record.lang or lang, report)
        opportunities.merge(own)
        lists.append(opportunities)
    report.plans = sum(each.takes for each in lists)
    if not confirm(report):
        return None
    for each in lists:
        each.write()
    record.save()
    return report


def _by_client(deals: Iterable[Deal], table: ClientTable, report: DealReport) -> Mapping[str, list[Deal]]:
    """The deals of each client of the table, by its id, in its currency; a name may be spelt in another way."""
    ids, clientele = [client.client_id for client in table.clients()], table.clientele
    by_client: dict[str, list[Deal]] = {}
    for deal in deals:
        if table.currency and deal.currency not in ("", table.currency):
            report.left_out.setdefault("other_currency", []).append(deal)
            continue
        at = clientele.find(deal.client_id or None, deal.client or None)
        if at is None:
            is_unclear = clientele.is_unclear(deal.client_id or None, deal.client or None)
            report.left_out.setdefault("unclear-client" if is_unclear else "unknown-client", []).append(deal)
        else:
            by_client.setdefault(ids[at], []).append(deal)
            if called := clientele.called_otherwise(deal.client_id or None, deal.client or None):
                report.unlike.append(f'{deal.client_id} = "{called}", "{deal.client}"')
    return by_client


class _Opportunities:
    """The opportunities of one plan while deals are merged into them."""

    def __init__(self, plan: NamedSheet, record: Record, client_id: str, lang: str, report: DealReport) -> None:
        self._plan, self._record, self._lang, self._report = plan, record, lang, report
        self._owner = f"deals:{client_id}"
        areas = plan.areas(f"kam_opportunity_{name}" for name in _COLUMNS)
        self._places = {name.removeprefix("kam_opportunity_"): list(area.cells()) for name, area in areas.items()}
        contents = Contents(plan, areas.values())
        self._cells = {name: [contents[place] for place in places] for name, places in self._places.items()}
        self._new: dict[Place, object] = {}
        self.takes = False
        """Whether any deal stands in the plan."""

    def merge(self, deals: Sequence[Deal]) -> None:
        """Find each deal its row, those that weigh most first."""
        for deal in sorted(
            _without_doubles(deals), key=lambda deal: (-(deal.amount or 0.0) * (deal.probability or 0.0), deal.what)
        ):
            row, report = self._row(_about(deal.what)), self._report
            place = self._free() if row is None else row
            if row is None and deal.stage in _CLOSED:
                report.left_out.setdefault("closed", []).append(deal)
            elif place is None:
                report.left_out.setdefault("no-room", []).append(deal)
            else:
                changed, self.takes = self._settle(place, deal), True
                (report.new if row is None else report.updated if changed else report.same).append(deal)

    def _row(self, what: str) -> int | None:
        return next((at for at, cell in enumerate(self._cells["what"]) if _about(value_of(cell)) == what), None)

    def _free(self) -> int | None:
        """The first row without anything."""
        rows = range(len(self._cells["what"]))
        return next((at for at in rows if all(is_blank(cells[at]) for cells in self._cells.values())), None)

    def _settle(self, row: int, deal: Deal) -> bool:
        """Put a deal into a row, but for cells that somebody typed; whether anything changes."""
        changed = False
        for name, value in self._values(deal).items():
            cells = self._cells.get(name)
            if cells is None or is_blank(value):
                continue
            field_ = f"{name}[{_about(deal.what)}]"
            fate = self._record.settle(self._owner, field_, value, cells[row])
            if fate is Fate.WRITE:
                self._new[self._places[name][row]] = cells[row] = value
                changed = True
            elif fate is Fate.KEEP:
                down, right = self._places[name][row]
                self._report.kept.append(f"{self._plan.title}!{column_letters(right)}{down}")
        return changed

    def _values(self, deal: Deal) -> dict[str, object]:
        stage = LABELS[STAGES.index(deal.stage)].render(self._lang) if deal.stage in STAGES else deal.stage
        return {
            "what": deal.what,
            "with": deal.owner,
            "stage": stage,
            "when": deal.when,
            "amount": deal.amount,
            "probability": deal.probability,
        }

    def write(self) -> None:
        """Write what was settled; all other cells stay."""
        write(self._plan.sheet, self._new)


def _own_word(deal: Deal) -> bool:
    """Whether the file calls a stage of ours by a word of its own."""
    known = {LABELS[STAGES.index(deal.stage)].render(lang) for lang in LANGUAGES} if deal.stage in STAGES else set()
    return bool(deal.word and known) and _about(deal.word) not in map(_about, known)


def _stage_lines(deals: Iterable[Deal]) -> list[Text]:
    """What the file's words for stages were taken for, and those that are none of ours."""
    deals, lines = list(deals), []
    if meant := {deal.word: LABELS[STAGES.index(deal.stage)] for deal in deals if _own_word(deal)}:
        pairs = [Text("{word} -> {stage}", word=Quoted(word), stage=stage) for word, stage in sorted(meant.items())]
        lines.append(Text("Stages: {pairs}.", pairs=pairs))
    if unknown := sorted({deal.stage for deal in deals if deal.stage and deal.stage not in STAGES}):
        shown = [*map(Quoted, unknown[:_SHOWN]), *["…"] * (len(unknown) > _SHOWN)]
        lines.append(Text("Stages that are not in the list count as open: {words}.", words=shown))
    return lines


def _about(name: object) -> str:
    return " ".join(str(name or "").casefold().split())


def _without_doubles(deals: Sequence[Deal]) -> Iterator[Deal]:
    """Deals of one client under one name get a number each, so that none stands for another.

    >>> [deal.what for deal in _without_doubles([Deal("1", "", "A"), Deal("", "Nord", "a"), Deal("1", "", "B")])]
    ['A', 'a (2)', 'B']
    """
    taken: set[str] = set()
    for deal in sorted(deals, key=lambda deal: (str(deal.when or ""), deal.amount or 0.0)):
        what, number = deal.what, 1
        while _about(what) in taken:
            number += 1
            what = f"{deal.what} ({number})"
        taken.add(_about(what))
        yield replace(deal, what=what)
