"""Writing a workbook so that nothing can be lost: beside the old file, checked, and only then in its place.

Whatever goes wrong on the way, a full disk, a key pressed, a fault of our own, the file that was there is still there,
as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kam_xl.engines.file.errors import UnexpectedChangeError
from kam_xl.engines.file.parts.flushing import flush
from kam_xl.engines.file.parts.workbook import WORKBOOK_TYPES, Workbook
from kam_xl.engines.file.verify import verify
from kam_xl.files.destination import Destination, reported
from kam_xl.files.disk import synchronize
from kam_xl.files.errors import SaveError
from kam_xl.locale import Text, plural
from kam_xl.ooxml.package import Package
from kam_xl.ooxml.writer import ArchiveWriter


@dataclass(frozen=True)
class SaveReport:
    """What a written file has in common with the one that was read, part by part.

    >>> report = SaveReport(Path("out.xlsx"), unchanged=("a.xml", "b.xml"), changed=("c.xml",), added=(), dropped=())
    >>> print(report)
    2 of 3 parts unchanged, 1 changed: c.xml
    """

    path: Path
    unchanged: tuple[str, ...]
    changed: tuple[str, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    backup: Path | None = None

    @property
    def text(self) -> Text:
        """The report as a sentence."""
        total = len(self.unchanged) + len(self.changed) + len(self.dropped)
        pieces = [
            plural(
                "{count:count} of {n:count} part unchanged",
                "{count:count} of {n:count} parts unchanged",
                count=len(self.unchanged),
                n=total,
            )
        ]
        if self.changed:
            pieces.append(Text("{count:count} changed: {parts}", count=len(self.changed), parts=list(self.changed)))
        if self.added:
            pieces.append(Text("{count:count} added", count=len(self.added)))
        if self.dropped:
            pieces.append(Text("{count:count} dropped: {parts}", count=len(self.dropped), parts=list(self.dropped)))
        return Text("{pieces}", pieces=pieces)

    def __str__(self) -> str:
        return self.text.render()


def save(workbook: Workbook, path: Path | str | Destination, *, backup: bool = False) -> SaveReport:
    """Write a workbook to a file.

    Parameters
    ----------
    workbook : Workbook
        The book; parts that were not touched are copied as they are, still compressed.
    path : Path, str or Destination
        Where to; what is there is replaced, keeping its permissions.
    backup : bool
        Whether to keep a copy of what is there, as ``name.bak.xlsx``.

    Returns
    -------
    SaveReport
        Which parts are the same, changed, added, dropped.

    Raises
    ------
    LockedFileError
        If the file is open in Excel or LibreOffice, or was changed by somebody since it was read.
    UnexpectedChangeError
        If the result would differ from the source where nobody meant it to.
    SaveError
        If it cannot be written.
    """
    destination = _as_it_was_read(workbook.package, path if isinstance(path, Destination) else Destination.of(path))
    with reported(destination.given):
        destination.refuse_changed()
    _fit_type(workbook, destination.given)
    flush(workbook)
    with reported(destination.given), destination.temporary() as temporary:
        report, checksum = _write(workbook.package, temporary, destination.given)
        _refuse_surprises(report, workbook.meant)
        verify(temporary, workbook, report.changed + report.added, report.dropped, checksum)
        if backup:
            report = replace(report, backup=destination.keep_backup())
        workbook.package.note(destination.path, destination.put(temporary))
    return report


def _as_it_was_read(package: Package, destination: Destination) -> Destination:
    """A destination that the book itself came from must still be as it was read, not as it stands now."""
    known = package.seen.get(destination.path)
    return replace(destination, before=known) if known else destination


def _write(package: Package, temporary: Path, target: Path) -> tuple[SaveReport, int]:
    """Write all parts, those unchanged as they stand in the source; gives the checksum of the file too."""
    unchanged: list[str] = []
    changed: list[str] = []
    added: list[str] = []
    with temporary.open("wb", buffering=1 << 20) as stream:
        writer = ArchiveWriter(stream)
        for piece in package.pieces():
            content = piece.chunks()
            if piece.entry is not None and package.archive is not None:
                packed = package.archive.raw(piece.entry)
                if content is None or package.archive.holds(piece.entry, content):
                    writer.copy(piece.entry, packed)
                    unchanged.append(piece.name)
                    continue
            writer.write(piece.name, content or (), piece.entry)
            (changed if piece.entry else added).append(piece.name)
        writer.close()
        synchronize(stream)
    report = SaveReport(target, tuple(unchanged), tuple(changed), tuple(added), tuple(package.dropped()))
    return report, writer.checksum


def _fit_type(workbook: Workbook, target: Path) -> None:
    """Say in the file what its name says: Excel opens no .xlsx that calls itself a book with macros."""
    wanted = WORKBOOK_TYPES.get(target.suffix.lower())
    if wanted is None:
        raise SaveError(
            Text("workbooks of this kind cannot be written"),
            where=str(target),
            remedy=Text("Use a name that ends in .xlsx or .xlsm."),
        )
    before = workbook.package.path
    if before and before.suffix.lower() == target.suffix.lower():
        return  # what the file calls itself was good enough for this name
    if workbook.has_macros and "macroEnabled" not in wanted:
        raise SaveError(
            Text("the workbook has macros, which a file of this kind cannot hold"),
            where=str(target),
            remedy=Text("Use a name that ends in .xlsm."),
        )
    workbook.package.types.set(workbook.part, wanted)


def _refuse_surprises(report: SaveReport, meant: set[str]) -> None:
    allowed = {part.lower() for part in meant}
    surprises = [part for part in report.changed + report.dropped if part.lower() not in allowed]
    if surprises:
        raise UnexpectedChangeError(
            Text("parts of the file that must not change would change: {parts}", parts=surprises),
            where=str(report.path),
            remedy=Text("Nothing was written. Please report this with the file."),
        )
