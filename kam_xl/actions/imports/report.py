"""What an import changes, known as a whole before anything is written, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kam_xl.actions.book.record import is_blank
from kam_xl.locale import Text, plural
from kam_xl.plan.words import some
from kam_xl.table.values.cells import quoted

_MANY = 8


@dataclass(frozen=True)
class CellChange:
    """A cell that gets another value: where, whose, and from what to what."""

    row: int
    column: int
    client_id: str
    client: str
    title: str
    old: object
    new: object


@dataclass(frozen=True)
class ImportReport:
    """What an import changes, cell by cell, and what it leaves.

    Attributes
    ----------
    name : str
        Where the clients come from.
    sheet : str
        The sheet of the client table.
    changes : list of CellChange
        In rows that are there.
    added : list of (str, str)
        Ids and names of new clients.
    unchanged : int
        Clients of the file that are as the table has them.
    absent : int
        Clients of the table that the file does not have; they stay.
    computed : list of str
        Addresses of cells that hold a formula of the user's own and differ; they stay.
    left_out : list of str
        Columns of the file that the table does not have.
    addable : list of str
        Those of them that are known fields of a client.
    added_columns : list of str
        Headers of new columns of the table.
    passed : list of str
        Cells of the file that cannot be read; what stands in the table stays.
    alike : list of str
        New clients that are called like one that is there.
    spelt : list of Text
        New clients whose names may be other spellings of existing ones.
    zeros : list of str
        New ids that are existing ones but for leading zeros.
    competitors : ImportReport, optional
        What changes in the list of competitors: a row for each client and competitor.
    homeless : int
        Competitors for whom the book has no list.
    unlike : list of str
        Ids that have another name in the file than in the table.
    stale : list of str
        Totals that somebody typed and that will not fit the figures any more; they stay.
    unsaid : list of Text
        Where only the file or only the table names a currency, or says whether amounts include VAT.
    titles : dict of str to str
        Headers of the table to what they become, because the file says more of the figures below them.
    sheets : list of Text
        What to report about the sheets beside the client table.
    writes_sheets : bool
        Whether any of them changes.
    """

    name: str
    sheet: str
    changes: list[CellChange] = field(default_factory=list)
    added: list[tuple[str, str]] = field(default_factory=list)
    unchanged: int = 0
    absent: int = 0
    computed: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    addable: list[str] = field(default_factory=list)
    added_columns: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    spelt: list[Text] = field(default_factory=list)
    zeros: list[str] = field(default_factory=list)
    competitors: ImportReport | None = None
    homeless: int = 0
    unlike: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    unsaid: list[Text] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    sheets: list[Text] = field(default_factory=list)
    writes_sheets: bool = False

    @property
    def updated(self) -> int:
        """How many clients get other values."""
        return len({change.row for change in self.changes})

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        clients = self.changes or self.added or self.writes_sheets
        return not clients and (self.competitors is None or self.competitors.is_empty)


def import_lines(report: ImportReport, lang: str, *, cells: int = 6) -> list[str]:
    """The report in a few lines, with the first of the changed cells; what becomes of competitors comes last."""
    lines = [line.render(lang) for line in _lines(report, cells)]
    return lines + (import_lines(report.competitors, lang, cells=cells) if report.competitors else [])


def _lines(report: ImportReport, cells: int) -> list[Text]:
    lines = [
        Text(
            "{name}: {updated:count} changed, {added:count} new, {same:count} unchanged. Not in it, and kept: "
            "{absent:count}.",
            name=report.name,
            updated=report.updated,
            added=len(report.added),
            same=report.unchanged,
            absent=report.absent,
        ),
        *(
            Text(
                "{client}: {title} {old} → {new}",
                client=each.client,
                title=each.title,
                old=_shown(each.old),
                new=_shown(each.new),
            )
            for each in report.changes[:cells]
        ),
    ]
    more = len(report.changes) - cells
    rest = [
        (more if more > 0 else 0, plural("and {n:count} cell more", "and {n:count} cells more", n=more)),
        (report.added, Text("New: {names}", names=some([name or key for key, name in report.added]))),
        (
            report.alike,
            Text("Named like an existing client with another ID: {names}", names=some(report.alike)),
        ),
        (
            report.spelt,
            Text(
                "New clients that may be existing ones, spelt differently: {names}. Where they are, use the name or ID "
                "of the workbook in the file.",
                names=[*report.spelt[:_MANY], *["…"] * (len(report.spelt) > _MANY)],
            ),
        ),
        (
            report.zeros,
            Text(
                "New IDs that differ from existing ones in leading zeros only, which spreadsheet programs drop: {ids}. "
                "Where they are the same, keep the IDs of the file as text.",
                ids=some(report.zeros),
            ),
        ),
        (
            report.unlike,
            Text("IDs with another name in the file than in the table, check them: {ids}", ids=some(report.unlike)),
        ),
        (report.computed, Text("Cells with formulas were kept: {cells}", cells=some(report.computed))),
        (
            report.stale,
            Text(
                "Totals that were typed and will not fit the new figures; correct them or make them formulas: {cells}",
                cells=some(report.stale),
            ),
        ),
        (
            report.passed,
            Text("Cells that cannot be read change nothing: {cells}", cells=some(report.passed)),
        ),
        (
            report.left_out,
            Text("Columns that the table does not have were left out: {names}", names=some(report.left_out)),
        ),
        (
            report.addable,
            Text(
                "To import {names}, use --add-columns, or write these headers beside the table and import again.",
                names=some(list(map(quoted, report.addable))),
            ),
        ),
        (report.added_columns, Text("New columns: {names}", names=some(report.added_columns))),
        (
            report.homeless,
            plural(
                "The workbook has no list of competitors: {n:count} row of them is left out.",
                "The workbook has no list of competitors: {n:count} rows of them are left out.",
                n=report.homeless,
            ),
        ),
    ]
    titles = [
        Text("The header {old} becomes {new}.", old=quoted(old), new=quoted(new)) for old, new in report.titles.items()
    ]
    return [*lines, *(text for known, text in rest if known), *titles, *report.unsaid, *report.sheets]


def _shown(value: object) -> object:
    if is_blank(value):
        return "–"
    if isinstance(value, (int, float)):
        return Text("{amount:money}", amount=value)
    return value if isinstance(value, date) else quoted(value)
