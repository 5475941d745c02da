"""The log of imports: what was imported when, so that the same file is never added twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kam_xl.ledger.errors import AppendError, ReplaceError
from kam_xl.locale import LANGUAGES, Text

LOG = Text("Import log")
TITLES = (
    Text("Imported on"),
    Text("Source"),
    Text("Period"),
    Text("Rows"),
    Text("Amount"),
    Text("Currency"),
    Text("Fingerprint"),
)
_SHOWN = 12  # hexadecimal digits of a fingerprint: enough to tell files apart


class LogEntry(NamedTuple):
    """One line of the log, in the order of `TITLES`."""

    day: object
    source: str
    period: str
    rows: int
    amount: float | None
    currency: str
    fingerprint: str


def fingerprint(files: Iterable[Path]) -> str:
    """The contents of files in a few digits each; what is not a file has none."""
    return " ".join(_digest(path) for path in files if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.blake2b(digest_size=16)
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()[:_SHOWN]


def entries(rows: Sequence[Sequence[object]]) -> list[LogEntry]:
    """The lines of a log as it stands on its sheet; none where the rows are not a log."""
    if not rows or [str(cell) for cell in rows[0][: len(TITLES)]] not in [
        [title.render(lang) for title in TITLES] for lang in LANGUAGES
    ]:
        return []
    return [LogEntry(*row[: len(TITLES)]) for row in rows[1:] if any(row)]  # type: ignore[arg-type]


def _day(day: object) -> date | str:
    """The day of a line; what a person made of it where it is not one."""
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(str(day)[:10])
    except ValueError:
        return str(day)


def refuse_append(known: Sequence[LogEntry], new: LogEntry, where: str) -> None:
    """Stop where a file cannot be added to what was imported: it is there already, or of another year.

    Raises
    ------
    AppendError
    """
    if not known:
        raise AppendError(
            Text("the workbook has no log of imports to add to"),
            where=where,
            remedy=Text("Import the first file without --append; the sheet {name} is the log.", name=LOG),
        )
    there = {part: each for each in known for part in str(each.fingerprint or "").split()}
    for part in new.fingerprint.split():
        if part in there:
            raise AppendError(
                Text("this file was imported already, on {day:date}", day=_day(there[part].day)),
                where=where,
                got=new.source,
                remedy=Text("Nothing was added. To replace what was imported, leave out --append and give all files."),
            )
    if is_other_year(known, new):
        raise AppendError(
            Text("the figures in the workbook are for another year: {period}", period=str(known[-1].period)),
            where=where,
            got=new.period,
            remedy=Text(
                "Import the new year into a new workbook, or into a copy of this one: there write {year} into the "
                "header of the revenue, clear the figures below it, and import without --append.",
                year=new.period[:4],
            ),
        )


def refuse_less(lost: Sequence[LogEntry], new: LogEntry, where: str, *, starts_late: bool) -> None:
    """Stop where files would replace earlier ones, but hold less of the year: a further month, most likely.

    Parameters
    ----------
    lost : sequence of LogEntry
        The imports whose figures would be gone.
    new : LogEntry
    where : str
    starts_late : bool
        Whether the new files lack the first months of the period.

    Raises
    ------
    ReplaceError
    """
    before = sum(int(each.rows or 0) for each in lost)
    if starts_late or new.rows < before:
        raise ReplaceError(
            Text(
                "{new} ({rows:count} rows) would replace the figures imported before from {sources} ({before:count} "
                "rows), which would be lost",
                new=new.source,
                rows=new.rows,
                sources=sources_of(lost),
                before=before,
            ),
            where=where,
            remedy=Text("To add a further month, use --append; to replace them all the same, --replace."),
        )


def sources_of(imports: Sequence[LogEntry]) -> list[str]:
    """The first of their sources, for a sentence."""
    return [str(each.source) for each in imports[:3]] + ["…"] * (len(imports) > 3)


def is_other_year(known: Sequence[LogEntry], new: LogEntry) -> bool:
    """Whether the figures in a workbook are for another year than the new ones."""
    return bool(known) and str(known[-1].period)[:4] != new.period[:4]


def replaced(known: Sequence[LogEntry], new: LogEntry) -> list[LogEntry]:
    """Earlier imports of the same year that the new files do not repeat: their figures are replaced."""
    ours = set(new.fingerprint.split())
    return [
        each
        for each in known
        if str(each.period)[:4] == new.period[:4]
        and (theirs := set(str(each.fingerprint or "").split()))
        and not theirs <= ours
    ]
