"""Writing a workbook so that nothing can be lost: beside the old file, checked, and only then in its place.

Whatever goes wrong on the way, a full disk, a key pressed, a fault of our own, the file that was there is still there,
as it was.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kam_xl.engines.file.errors import LockedFileError, SaveError, UnexpectedChangeError
from kam_xl.engines.file.opc.package import Package
from kam_xl.engines.file.opc.writer import ArchiveWriter
from kam_xl.engines.file.parts.workbook import WORKBOOK_TYPES, Workbook
from kam_xl.engines.file.verify import verify
from kam_xl.locale import Text


@dataclass(frozen=True)
class Report:
    """What a written file has in common with the one that was read, part by part.

    >>> report = Report(Path("out.xlsx"), unchanged=("a.xml", "b.xml"), changed=("c.xml",), added=(), dropped=())
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
        pieces = [Text("{count:count} of {total:count} parts unchanged", count=len(self.unchanged), total=total)]
        if self.changed:
            pieces.append(Text("{count:count} changed: {parts}", count=len(self.changed), parts=list(self.changed)))
        if self.added:
            pieces.append(Text("{count:count} added", count=len(self.added)))
        if self.dropped:
            pieces.append(Text("{count:count} dropped: {parts}", count=len(self.dropped), parts=list(self.dropped)))
        return Text("{pieces}", pieces=pieces)

    def __str__(self) -> str:
        return self.text.render()


def save(workbook: Workbook, path: Path | str, *, backup: bool = False) -> Report:
    """Write a workbook to a file.

    Parameters
    ----------
    workbook : Workbook
        The book; parts that were not touched are copied as they are, still compressed.
    path : Path or str
        Where to; what is there is replaced, keeping its permissions.
    backup : bool
        Whether to keep a copy of what is there, as ``name.bak.xlsx``.

    Returns
    -------
    Report
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
    target = Path(os.path.realpath(path))
    _refuse_locked(target, workbook.package)
    _fit_type(workbook, target)
    workbook.flush()
    temporary = target.with_name(f".{target.stem[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        with _told(target):
            report, checksum = _write(workbook.package, temporary, target)
            _refuse_surprises(report, workbook.meant)
            verify(temporary, workbook, report.changed + report.added, report.dropped, checksum)
            if backup and target.exists():
                report = replace(report, backup=_keep_backup(target))
            _put_in_place(temporary, target)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    workbook.package.note(target)
    return report


def _write(package: Package, temporary: Path, target: Path) -> tuple[Report, int]:
    """Write all parts, those unchanged as they stand in the source; gives the checksum of the file too."""
    unchanged: list[str] = []
    changed: list[str] = []
    added: list[str] = []
    with temporary.open("xb", buffering=1 << 20) as stream:
        writer = ArchiveWriter(stream)
        for piece in package.pieces():
            content = piece.render()
            if piece.entry is not None and package.archive is not None:
                packed = package.archive.raw(piece.entry)
                if content is None or package.archive.holds(piece.entry, content):
                    writer.copy(piece.entry, packed)
                    unchanged.append(piece.name)
                    continue
            writer.write(piece.name, content or b"", piece.entry)
            (changed if piece.entry else added).append(piece.name)
        writer.close()
        stream.flush()
        os.fsync(stream.fileno())
    report = Report(target, tuple(unchanged), tuple(changed), tuple(added), tuple(package.dropped()))
    return report, writer.checksum


def _refuse_locked(target: Path, package: Package) -> None:
    """Refuse to write over a file that somebody has open, or has changed since it was read."""
    if not target.exists():
        return
    for lock, program in ((f"~${target.name}", "Excel"), (f".~lock.{target.name}#", "LibreOffice")):
        if target.with_name(lock).exists():
            raise LockedFileError(
                Text("the file is open in {program}", program=program),
                where=str(target),
                remedy=Text("Close it there. If it is not open, delete the file {lock} beside it.", lock=lock),
            )
    if not os.access(target, os.W_OK):  # its folder may well allow to replace it
        raise LockedFileError(
            Text("the file is read-only"),
            where=str(target),
            remedy=Text("Save under another name, or allow writing to it."),
        )
    if not package.fresh(target):
        raise LockedFileError(
            Text("the file was changed by another program after it was read"),
            where=str(target),
            remedy=Text("Run the command again, or save under another name."),
        )


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


def _refuse_surprises(report: Report, meant: set[str]) -> None:
    allowed = {part.lower() for part in meant}
    surprises = [part for part in report.changed + report.dropped if part.lower() not in allowed]
    if surprises:
        raise UnexpectedChangeError(
            Text("parts of the file would change that must not: {parts}", parts=surprises),
            where=str(report.path),
            remedy=Text("Nothing was written. Please report this with the file."),
        )


def _keep_backup(target: Path) -> Path:
    """A copy of the file beside it; earlier copies stay."""
    numbers = itertools.chain([""], itertools.count(2))
    places = (target.with_name(f"{target.stem}.bak{number}{target.suffix}") for number in numbers)
    place = next(place for place in places if not place.exists())
    shutil.copy2(target, place)
    return place


def _put_in_place(temporary: Path, target: Path) -> None:
    if target.exists():
        shutil.copymode(target, temporary)
    try:
        temporary.replace(target)
    except PermissionError as error:  # Windows, where an open file cannot be replaced
        raise LockedFileError(
            Text("the file is open in another program"), where=str(target), remedy=Text("Close it there.")
        ) from error
    if os.name == "posix":  # the rename itself must reach the disk
        with contextlib.suppress(OSError):  # what the file systems of some networks cannot promise; it is done
            folder = os.open(target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


@contextlib.contextmanager
def _told(target: Path) -> Iterator[None]:
    """Tell faults of the disk in words."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise SaveError(Text("the file cannot be written ({reason})", reason=reason), where=str(target)) from error
